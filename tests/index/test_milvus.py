"""An index in Milvus (milvus-lite, a file): the answers of one on this machine, after changes, filters and crashes."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.test_segment import QUESTIONS as VILLAGE_QUESTIONS
from tests.index.test_segment import write as write_villages
from tests.support.helpers import REPORT, ROOT, FakeEncoder, Finished, environment
from tjqa import engine as engine_module
from tjqa.answers.wording import remarks
from tjqa.config import Remote, Settings, settings
from tjqa.documents import Dropped, Span
from tjqa.engine import Engine, build
from tjqa.errors import Cancelled, IndexLocked, IndexMissing, IndexOutdated, IndexUnusable, StoreError, UsageError
from tjqa.index import analyzer, parameters
from tjqa.index.filters import Filter
from tjqa.index.milvus import recovery, writer
from tjqa.index.milvus.backend import MilvusBackend
from tjqa.index.milvus.client import Server
from tjqa.index.milvus.document_frequencies import Frequencies
from tjqa.index.milvus.filter_expressions import expression, searchable
from tjqa.index.milvus.index import INTERRUPTED, open_store
from tjqa.index.milvus.metadata import Notes, file_key
from tjqa.index.milvus.recovery import signed
from tjqa.index.milvus.scoring import exact_score, key_weights, norm, sparse_vectors, term_keys
from tjqa.index.postings import Postings, count_terms, term_key
from tjqa.index.versions import VERSIONS
from tjqa.messages import joined
from tjqa.reports import Progress, SourceSummary
from tjqa.results import Answer

pytestmark = pytest.mark.slow

pytest.importorskip("pymilvus", reason="the client of Milvus is not installed: pip install -e '.[milvus]'")
lite = pytest.importorskip(
    "milvus_lite.server_manager", reason="milvus-lite is not installed: pip install -e '.[dev]' (not on Windows)"
).server_manager_instance

GOLD = [
    json.loads(line)["question"] for line in (ROOT / "tests/data/gold/questions.jsonl").read_text("utf-8").splitlines()
]
SMALL_QUESTIONS = ("新增就业多少人", "石桥水库的总库容是多少?", "采摘标准", "谁承建了第一中学新校区", "去年的降雨量")
ODD = "它\"说' 100%_a{b}的\\目录 1.txt"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Remote]:
    """A place in a file of its own, released afterwards."""
    # For each of four indexes the client sleeps half a second before it looks whether an empty one is ready.
    brief = SimpleNamespace(**{**vars(time), "sleep": lambda seconds: time.sleep(min(seconds, 0.01))})
    monkeypatch.setattr("pymilvus.client.grpc_handler.time", brief)
    remote = Remote(str(tmp_path / "库.db"))
    yield remote
    lite.release_all()


@pytest.fixture
def shared(place: Settings, store: Remote, encoder: FakeEncoder) -> Settings:
    """The small library, indexed in Milvus; its own folder has no index."""
    shared = replace(place, store=store)
    build(shared)
    return shared


def local(place: Settings) -> Settings:
    """The same documents with a fresh index on this machine."""
    at_home = Settings(place.sources, place.embeddings.with_name("local"))
    build(at_home, rebuild=True)
    return at_home


def told(answer: Answer) -> list[Any]:
    """All that an answer says, without time and scores."""
    cited = [(c.path, c.span, c.quote, c.unchanged, [(o.path, o.span) for o in c.also]) for c in answer.citations]
    return [answer.state, [(c.path, c.span) for c in answer.best], cited, remarks(answer)]


def same_answers(shared: Settings, at_home: Settings, questions: tuple[str, ...]) -> None:
    """Both libraries say the same."""
    alike(Engine.open(shared), Engine.open(at_home), questions)


def alike(there: Engine, here: Engine, questions: tuple[str, ...], *filters: Filter) -> None:
    """Two opened libraries say the same, scores within 1e-3."""
    for question in questions:
        mine, theirs = here.ask(question, 10, filters), there.ask(question, 10, filters)
        assert told(theirs) == told(mine), question
        scores = [[c.score for c in answer.citations] for answer in (mine, theirs)]
        assert np.allclose(*scores, atol=1e-3), question
        assert abs(mine.confidence - theirs.confidence) < 1e-3


def held(remote: Remote) -> list[Any]:
    """All that a library holds, as far as two of the same documents have to hold the same."""
    server = Server(remote)
    rows = list(server.rows("id >= 0", ["file", "start", "passage", "length", "sparse", "dense", "path", "published"]))
    rows = [{**row, "sparse": sorted(term_keys(row["sparse"]).tolist()), "id": 0} for row in rows]
    rows.sort(key=lambda row: (row["file"], row["start"]))
    notes = Notes(server)
    library = notes.library()
    assert library is not None and library.writer is None
    sources = {key: replace(note, stamp=0) for key, note in notes.sources().items()}
    stamps = {note.stamp for note in notes.sources().values() if note.passages}
    assert notes.summary_stamps() == stamps
    return [rows, sources, Frequencies(server).counts(), library.passages, library.length]


def same_as_fresh(shared: Settings) -> None:
    """The library holds what one made anew from the same documents holds, and every quote of it holds."""
    fresh = replace(shared, store=Remote(f"{shared.store.uri.removesuffix('.db')}-fresh.db"))
    build(fresh, rebuild=True)
    assert held(shared.store) == held(fresh.store)
    assert Engine.open(shared).check() == []


class TestAsking:
    """What a library in Milvus says."""

    def test_seeds_are_answered_as_on_this_machine(self, seed_library: Settings, store: Remote) -> None:
        """Every sixth gold question on the seeds, with the shipped model: the same state, answer, citations. Without
        the reader, which gets the same passages of both; it reads those of the next test."""
        at_home = replace(seed_library, fast=True)
        there = replace(at_home, store=store)
        report = build(there)
        assert report.passages == report.embedded == len(Engine.open(at_home)._index)
        same_answers(there, at_home, tuple(GOLD[::6]))
        here = Engine.open(at_home)
        assert Engine.open(there).sources() == here.sources()
        assert list(Engine.open(there).passages()) == list(here.passages())

    def test_another_model_is_answered_alike(self, shared: Settings) -> None:
        """A model without token vectors, a library of three files; no index appears in the local folder."""
        assert not (shared.index_dir / "CURRENT").exists() and Engine.open(shared).samples()
        same_answers(shared, local(shared), SMALL_QUESTIONS)

    def test_filters_act_as_on_this_machine(self, shared: Settings) -> None:
        """Each kind of filter, several of a kind, and such that let nothing through."""
        (shared.sources / ODD).write_text(
            "白鹭县水文站2023年5月8日报告\n\n石桥水库的 总库容没有变化,新增就业二百人。\n", "utf-8"
        )
        build(shared)
        at_home = local(shared)
        cases = [
            [Filter("file", "水库")],
            [Filter("file", "水库"), Filter("file", "报告"), Filter("place", "白鹭")],
            *([Filter("file", part)] for part in ('"', "'", "%_", "\\", "{b}", "目录 1", "100%_A", "x%", "没有")),
            [Filter("place", "云岭")],
            [Filter("since", "2023")],
            [Filter("until", "2021")],
            [Filter("since", "2021"), Filter("until", "2023-05")],
            [Filter("exact", "总库容没有")],
            [Filter("exact", '"')],
        ]
        engine, here = Engine.open(shared), Engine.open(at_home)
        for filters in cases:
            alike(engine, here, SMALL_QUESTIONS[:2], *filters)
        assert {c.path for c in engine.ask("总库容", 9, [Filter("file", "%_")]).citations} == {ODD}

    def test_filters_act_before_the_best_are_cut(self, shared: Settings) -> None:
        """A passage that a hundred better ones would hide is found when the filter lets only it through."""
        for number in range(100):
            (shared.sources / f"多{number:03}.txt").write_text("全年新增就业三千人。就业人数创新高。\n" * 9, "utf-8")
        (shared.sources / "远.txt").write_text("云岭毛峰茶叶炒制的锅温说明。\n其中就业一词只出现一次。\n", "utf-8")
        build(shared)
        found = Engine.open(shared).ask("全年新增就业多少人", 10, [Filter("file", "远")])
        assert {c.path for c in found.citations} == {"远.txt"}

    def test_mentions_and_places(self, shared: Settings) -> None:
        """What a follow-up asks of a library: a text in a passage or title, as written, and nothing else."""
        engine = Engine.open(shared)
        assert engine.mentions("沈怀民") and engine.mentions("除险加固工程完工") and engine.mentions("4200万")
        assert not engine.mentions("沈怀氏") and not engine.mentions("_") and not engine.mentions("水库.txt")

    def test_commands_work_with_a_store(self, tjqa: Callable[..., Finished], store: Remote) -> None:
        """index, ask, sources, passages and check of the command line, all by --store."""
        where = f"--store={store}"
        assert "还没有资料库" in tjqa("ask", where, "总库容多少").err
        assert "3 个文件" in tjqa("index", where).err
        assert json.loads(tjqa("ask", where, "--json", "石桥水库总库容多少").out)["hits"][0]["file"] == "水利/水库.txt"
        assert "水利/水库.txt" in tjqa("sources", where).out and "茶叶.md" in tjqa("passages", where).out
        checked = tjqa("check", where)
        assert checked.code == 0 and "全部相符" in checked.err
        assert "没有改动" in tjqa("index", where).err


class TestUpdating:
    """Only what changed is sent, and the library then holds what a new one would."""

    def test_without_a_change_nothing_is_written(self, shared: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """A second build writes nothing at all; one after new times only notes those."""
        written: list[str] = []
        for name in ("insert", "delete", "put_notes", "delete_notes", "create"):
            monkeypatch.setattr(Server, name, lambda *_, name=name: written.append(name))
        assert build(shared).unchanged and written == []
        (shared.sources / "报告.txt").touch()
        assert build(shared).unchanged and written == ["put_notes"]

    def test_only_the_changed_file_is_sent(self, shared: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """One file changed, one moved, one gone, one new with an odd name, one that cannot be read."""
        sent: list[str] = []
        real = Server.insert
        monkeypatch.setattr(
            Server, "insert", lambda self, rows: (sent.extend(row["path"] for row in rows), real(self, rows))[1]
        )
        (shared.sources / "报告.txt").write_text(REPORT.replace("3215", "3299"), "utf-8")
        report = build(shared)
        assert set(sent) == {"报告.txt"} and report.embedded == len(sent)
        same_as_fresh(shared)
        (shared.sources / "茶叶.md").rename(shared.sources / "水利" / "新茶.md")
        (shared.sources / "水利" / "水库.txt").unlink()
        (shared.sources / ODD).write_text("云岭建工集团承建了新的桥。\n", "utf-8")
        (shared.sources / "坏.docx").write_bytes(b"PK\x03\x04")
        report = build(shared)
        assert (report.moved, report.removed) == ([("茶叶.md", "水利/新茶.md")], ["水利/水库.txt"]) or (
            report.moved == (("茶叶.md", "水利/新茶.md"),) and report.removed == ("水利/水库.txt",)
        )
        same_as_fresh(shared)
        assert Engine.open(shared).ask("云岭建工集团承建了什么").citations[0].path in {ODD, "报告.txt"}
        (shared.sources / "坏.docx").unlink()
        (shared.sources / "报告.txt").write_bytes(b"\xff\xfe\x00")
        build(shared)
        same_as_fresh(shared)

    def test_a_change_is_seen_without_opening_it(self, shared: Settings, store: Remote) -> None:
        """Once for what others wrote, not for what they found the same; and that there is none."""
        shelf, none = MilvusBackend(store), MilvusBackend(Remote(f"{store.uri.removesuffix('.db')}-none.db"))
        first = shelf.generation()
        build(shared)
        assert first == shelf.generation() == MilvusBackend(store).generation() != b""
        (shared.sources / "新.txt").write_text("渔业养殖试点面积四百亩。", "utf-8")
        build(shared)
        second = shelf.generation()
        library = Notes(Server(store)).library()
        assert library is not None
        for turn in (8, 9):  # as it stands while somebody writes
            Notes(Server(store)).put_library(signed(replace(library, turn=turn)))
            writing = shelf.generation()
            assert len({first, second, writing}) == 3 and writing == MilvusBackend(store).generation()
        assert none.generation() == b""

    async def test_assistants_are_answered_from_what_was_written_meanwhile(self, shared: Settings) -> None:
        """A session of tjqa mcp takes up a new state of the library, its list of files too."""
        pytest.importorskip("mcp")
        from tests.cli.test_mcp import call, session

        async with session(shared) as client:
            assert (await call(client, "sources"))["total"] == 3
            (shared.sources / "新.txt").write_text("渔业养殖试点面积四百亩。", "utf-8")
            build(shared)
            assert (await call(client, "sources"))["total"] == 4
            assert (await call(client, "verify", quote="渔业养殖试点面积四百亩", file="新.txt"))["found"]

    def test_scores_follow_a_library_that_grows(self, shared: Settings, encoder: FakeEncoder) -> None:
        """Stored weights keep the mean length of the first build; scores are those of today's mean all the same."""
        for number in range(6):  # no two passages alike: of equal candidates either may be left out
            said = [
                f"第{i}条水渠第{number}段灌溉农田{i * 31 + number * 7}亩,投资{i + number * 3}万元。" for i in range(30)
            ]
            (shared.sources / f"长{number}.txt").write_text("".join([f"第{number}号水库\n\n", *said]), "utf-8")
        build(shared)
        library = Notes(Server(shared.store)).library()
        assert library is not None and abs(library.mean - library.length / library.passages) > 5
        same_answers(shared, local(shared), (*SMALL_QUESTIONS, "第7段水渠投资多少"))

    def test_villages_in_small_steps(self, tmp_path: Path, store: Remote, encoder: FakeEncoder) -> None:
        """Thirty-two files with pieces of a few passages: files over several pieces and several files in one."""
        place = Settings(tmp_path / "资料", tmp_path / "embeddings", store=store)
        write_villages(place.sources, range(32))
        from tjqa.index.milvus import writer

        with pytest.MonkeyPatch.context() as patch:
            for module in (analyzer, writer):
                patch.setattr(module, "CHUNK", 3)
            patch.setattr(writer, "_GROUP", 7)
            patch.setattr(writer, "MANY_TERMS", 50)
            patch.setattr(writer, "SIGN_OF_LIFE", -1.0)
            build(place)
        same_as_fresh(place)
        same_answers(place, local(place), VILLAGE_QUESTIONS)

    def test_another_model_replaces_all_vectors(self, shared: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """An index of one model refuses another one; an update to it sends all again; who had it open is told."""
        before = Engine.open(shared)
        other = FakeEncoder("other", 32)
        monkeypatch.setattr(engine_module, "load_encoder", lambda asked, folder: other)
        monkeypatch.setattr(engine_module, "model_name", lambda asked, folder: other.name)
        with pytest.raises(IndexUnusable, match="pairs"):
            Engine.open(shared)
        assert build(shared).embedded == len(before._index)
        same_as_fresh(shared)
        with pytest.raises(IndexUnusable, match="重建"):
            before.ask("总库容")

    def test_other_versions(self, shared: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another cleaner: still answered, due, replaced file by file. Other terms: not answered, then made anew."""
        monkeypatch.setitem(VERSIONS, "cleaner", 999)
        assert "清洗规则" in joined(Engine.open(shared).status().due)
        build(shared)
        assert Engine.open(shared).status().due == ()
        same_as_fresh(shared)
        monkeypatch.setitem(VERSIONS, "terms", 999)
        with pytest.raises(IndexOutdated):
            Engine.open(shared)
        build(shared)
        same_as_fresh(shared)


class TestTrouble:
    """What goes wrong is told with the next step, and nothing of others is lost."""

    def test_a_server_that_is_away(self, tjqa: Callable[..., Finished]) -> None:
        """Nothing listens there: exit code 3, the address, what to look at; no traceback."""
        for command in (["ask", "总库容"], ["index"], ["check"]):
            done = tjqa(command[0], "--store=milvus:http://127.0.0.1:9", *command[1:])
            assert done.code == 3 and "连不上 milvus:http://127.0.0.1:9" in done.err and "端口" in done.err

    def test_the_client_is_not_installed(self, tjqa: Callable[..., Finished], monkeypatch: pytest.MonkeyPatch) -> None:
        """Without pymilvus the command to install it is told."""
        monkeypatch.setitem(sys.modules, "pymilvus", None)
        done = tjqa("ask", "--store=milvus:http://127.0.0.1:9", "总库容")
        assert done.code == 3 and "pip install 'tjqa[milvus]'" in done.err

    def test_places_that_cannot_be(self, tmp_path: Path) -> None:
        """A folder that is not there; another program's file; wrong forms of the option."""
        with pytest.raises(StoreError, match="没有文件夹"):
            Server(Remote(str(tmp_path / "无" / "a.db")))
        (tmp_path / "b.db").write_text("something else")
        with pytest.raises(StoreError, match="打不开"):
            Server(Remote(str(tmp_path / "b.db")))
        for wrong in (
            "http://a:1",
            "milvus:",
            "milvus:ftp://a",
            "milvus:a.txt",
            "milvus:http://a:1#资料",
            "milvus:x.db#1a",
        ):
            with pytest.raises(UsageError, match="看不懂"):
                settings(store=wrong, environ={})

    def test_the_option_and_its_variables(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A flag beats TJQA_STORE; files become absolute; the token comes from the environment and is never shown."""
        monkeypatch.chdir(tmp_path)
        environ = {"TJQA_STORE": "milvus:./团队.db#a_1", "TJQA_MILVUS_TOKEN": "root:geheim"}
        named = settings(environ=environ).store
        assert named == Remote(str(tmp_path / "团队.db"), "a_1", "root:geheim") and "geheim" not in repr(named)
        flagged = settings(store="milvus:https://m.example:443", environ=environ).store
        assert str(flagged) == "milvus:https://m.example:443" and flagged is not None and flagged.name == "tjqa"
        assert settings(store=str(named), environ={}).store == Remote(named.uri, "a_1")
        assert settings(environ={}).store is None

    def test_two_libraries_share_a_server(self, shared: Settings) -> None:
        """Another #name is another library."""
        other = replace(shared, store=replace(shared.store, name="other"))
        with pytest.raises(IndexMissing):
            Engine.open(other)
        (shared.sources / "报告.txt").unlink()
        build(other)
        assert len(Engine.open(other)._index) < len(Engine.open(shared)._index)

    def test_foreign_collections_are_left_alone(self, place: Settings, store: Remote, encoder: FakeEncoder) -> None:
        """A collection of that name which tjqa did not make is neither used nor dropped, whatever is asked."""
        from pymilvus import MilvusClient

        client = MilvusClient(store.uri)
        client.create_collection("tjqa_notes", dimension=4)
        for rebuild in (False, True):
            with pytest.raises(StoreError, match="tjqa_notes"):
                build(replace(place, store=store), rebuild=rebuild)
        assert client.has_collection("tjqa_notes")

    def test_a_wrong_folder_empties_nothing(self, tmp_path: Path, store: Remote, encoder: FakeEncoder) -> None:
        """A folder that lacks most of the library's files is refused, with other words too; --rebuild insists."""
        place = Settings(tmp_path / "资料", tmp_path / "embeddings", store=store)
        write_villages(place.sources, range(15))
        build(place)
        other = replace(place, sources=tmp_path / "别处")
        write_villages(other.sources, range(2, 4))
        for words in ("", "白鹭县\n"):
            (other.sources / ".tjqa-words").write_text(words, "utf-8")
            with pytest.raises(StoreError, match="--rebuild"):
                build(other)
        assert Engine.open(place).check() == []
        assert len(build(other, rebuild=True).sources) == 2

    def test_one_writer_at_a_time(self, shared: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """While another machine shows signs of life an update is refused; readers are told; a dead one is followed."""
        notes = Notes(Server(shared.store))
        now = 1_000_000.0
        monkeypatch.setattr(recovery, "time", SimpleNamespace(time=lambda: now))
        library = notes.library()
        assert library is not None
        notes.put_library(replace(library, writer=("elsewhere/7", now - 60)))
        for rebuild in (False, True):
            with pytest.raises(IndexLocked, match="elsewhere"):
                build(shared, rebuild=rebuild)
        assert INTERRUPTED in Engine.open(shared).status().due
        notes.put_library(replace(library, writer=("elsewhere/7", now - 600)))
        build(shared)
        assert Engine.open(shared).status().due == ()
        same_as_fresh(shared)


class TestInterrupted:
    """Rows without their note do not count; what an interrupted update left is put in order by the next."""

    def test_rows_of_another_version_are_never_shown(self, shared: Settings) -> None:
        """Newer rows that are not committed, and such of a file that was removed, crowd out nothing."""
        server, at_home = Server(shared.store), local(shared)
        rows = list(server.rows("id >= 0", ["*"]))
        forged = [row | {"id": row["id"] ^ n, "stamp": row["stamp"] ^ n} for n in range(1, 31) for row in rows]
        server.insert(forged)
        removed = {**rows[0], "id": 1, "stamp": 5, "file": file_key("不在.txt")}
        server.insert([removed])
        same_answers(shared, at_home, SMALL_QUESTIONS)
        library = Notes(server).library()
        assert library is not None
        Notes(server).put_library(replace(library, writer=("dead", 0.0)))
        build(shared)
        same_as_fresh(shared)

    def test_lost_rows_are_sent_again(self, shared: Settings) -> None:
        """A file of which a row is missing is found by `check`, and sent again once the library is put in order."""
        server = Server(shared.store)
        row = next(server.rows(f"file == {file_key('报告.txt')}", ["id"]))
        server.delete(f"id in [{row['id']}]")
        with pytest.raises(IndexUnusable, match="段"):
            Engine.open(shared).check()
        library = Notes(server).library()
        assert library is not None
        Notes(server).put_library(replace(library, writer=("dead", 0.0)))
        assert build(shared).embedded > 0
        same_as_fresh(shared)

    @pytest.mark.parametrize("error", [Cancelled("build_cancelled"), KeyboardInterrupt()], ids=["cancelled", "ctrl-c"])
    def test_stopped_by_the_user(
        self, tmp_path: Path, store: Remote, encoder: FakeEncoder, error: BaseException
    ) -> None:
        """Files that were finished answer, nothing has to be counted anew, and the next update goes on from there."""

        place = Settings(tmp_path / "资料", tmp_path / "embeddings", store=store)
        write_villages(place.sources, range(20))

        def stop(step: Progress) -> None:
            if step.phase == "phase_embed" and step.done >= 10:
                raise error

        with pytest.MonkeyPatch.context() as patch, pytest.raises(Cancelled):
            for module in (analyzer, writer):
                patch.setattr(module, "CHUNK", 4)
            build(place, stop)
        assert Engine.open(place).status().due == ()
        rows, sources, *_ = held(store)
        assert 0 < len(sources) < 20 and len(rows) == sum(note.passages for note in sources.values())
        report = build(place)
        assert 0 < report.embedded < report.passages
        same_as_fresh(place)

    def test_killed_at_random_moments(self, documents: Path, tmp_path: Path, store: Remote) -> None:
        """Killed with SIGKILL while it writes: each time the library opens, every quote of it holds, it answers; the
        next update completes, and at the end it equals a new one."""
        draw = random.Random(5)
        place = Settings(documents, tmp_path / "embeddings", store=store)
        for _ in range(2):
            with subprocess.Popen(
                [sys.executable, "-c", INDEXER, str(documents), str(place.embeddings), store.uri],
                env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True,
            ) as process:  # fmt: skip
                assert process.stdout is not None
                assert process.stdout.readline() == "settled\n"
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(draw.random() * 0.4)
                process.kill()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine_module, "load_encoder", lambda asked, folder: FakeEncoder())
            patch.setattr(engine_module, "model_name", lambda asked, folder: "pairs")
            build(place)
            same_as_fresh(place)


# Looks at what the one before it left, puts it in order, and writes without pause until it is killed.
INDEXER = """
import sys
import time
from pathlib import Path
from tests.support.helpers import REPORT, FakeEncoder
from tjqa import engine
from tjqa.config import Remote, Settings
from tjqa.errors import IndexMissing
engine.load_encoder = lambda asked, folder: FakeEncoder()
engine.model_name = lambda asked, folder: "pairs"
place = Settings(Path(sys.argv[1]), Path(sys.argv[2]), store=Remote(sys.argv[3]), fast=True)
changing = place.sources / "变.txt"
if changing.exists():
    opened = engine.Engine.open(place)
    found = opened.ask("石桥水库的总库容是多少?")
    assert found.state == "found" and found.citations[0].path == "水利/水库.txt", found
    versions = {p.sha256 for p, _ in opened.passages() if p.path == "变.txt"}
    assert len(versions) <= 1, versions
engine.build(place)
assert engine.Engine.open(place).check() == []
print("settled", flush=True)
number = 0
while True:
    number += 1
    (place.sources / "变.part").write_text(REPORT.replace("3215", str(number)) + f"第{number}次。\\n" * (number % 7))
    (place.sources / "变.part").replace(changing)
    engine.build(place)
"""


class TestStored:
    """What is stored gives back what it was made of."""

    @given(
        st.lists(st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=300), min_size=1, max_size=6),
        st.floats(1, 400),
        st.floats(1, 400),
    )
    def test_scores_are_those_of_the_local_index(self, documents: list[list[str]], then: float, now: float) -> None:
        """Frequencies come back from the stored weights, in the precision Milvus keeps them with."""
        postings = count_terms(documents)
        weights = key_weights("甲乙丙", np.array([1.5, 0.7, 0.1], dtype=np.float32))
        for row, sparse in enumerate(sparse_vectors(postings, then)):
            stored = {key: float(np.float32(weight)) for key, weight in sparse.items()}
            mine = postings.rows == row
            tf = dict(zip(postings.keys[mine].tolist(), postings.counts[mine].tolist(), strict=True))
            length = int(postings.lengths[row])
            parts = [
                w * tf.get(k, 0) * (parameters.K1 + 1) / (tf.get(k, 0) + norm(length, now)) for k, w in weights.items()
            ]
            assert exact_score(weights, stored, length, then, now) == pytest.approx(sum(parts), rel=1e-6)

    def test_an_empty_passage_has_a_vector(self) -> None:
        """A vector without any entry is refused by servers; the one in its place is no term."""
        (vector,) = sparse_vectors(count_terms([[]]), 10.0)
        assert vector and len(term_keys(vector)) == 0

    def test_the_largest_key_is_stored(self) -> None:
        """Milvus takes 32 bits but for the last number."""
        keys = np.array([2**32 - 1], dtype=np.uint32)
        one = np.ones(1, np.uint16)
        (vector,) = sparse_vectors(Postings(keys, one - 1, one.astype(np.uint8), one), 1.0)
        assert set(vector) == {2**32 - 2}

    def test_counts_add_up(self, store: Remote, encoder: FakeEncoder, place: Settings) -> None:
        """Counts are added and taken away; a term that no passage holds any more is not kept."""
        server = Server(store)
        server.create(4)
        counts = Frequencies(server)
        counts.add({5: 2, 6: 1, 2**32 - 1: 7, term_key("水库"): 3})
        counts.add({5: 1, 6: -1})
        assert dict(counts.counts()) == {5: 3, 2**32 - 1: 7, term_key("水库"): 3}
        assert (counts.held("水库"), counts.held("·水库"), counts.held("没有")) == (3, 3, 0)
        counts.clear()
        assert not counts.counts() and counts.held("水库") == 0

    def test_long_notes_are_cut_and_joined(self, store: Remote) -> None:
        """A summary of many dropped spans is longer than a string of Milvus may be, and is removed whole."""
        server = Server(store)
        server.create(4)
        notes = Notes(server)
        dropped = tuple(Dropped(Span(n, n + 1), "各页重复") for n in range(5000))
        summary = SourceSummary("一.txt", "0" * 64, "utf-8", 9, 9, dropped, (("题", None),), 1)
        notes.put_summaries({7: summary, 8: replace(summary, dropped=())})
        assert notes.summaries([7, 8, 9]) == {7: summary, 8: replace(summary, dropped=())}
        notes.forget_summaries([7])
        assert [key for key, _ in server.notes_under("")] == ["summary/0000000000000008"]

    def test_expressions_quote_nothing_dangerous(self) -> None:
        """Whatever a filter's value, an expression holds no quote, percent or backslash of it."""
        for value in ('a"b', "a%b", "a\\b", "a'b", "a_b"):
            assert expression([Filter("file", value)]) == '(path like "%a_b%")'
        late = '(published >= "20230" or published == "2023")'
        assert expression([Filter("since", '2023" or id > 0')], [9, 3]) == f"{late} and stamp not in [3, 9]"
        assert searchable("全 角\tＡ\x00\ud800。") == "全角a\ufffd。"


def test_the_app_hands_the_store_on(place: Settings) -> None:
    """The browser's app and the app's own build work on the same library; no token is in a command line."""
    from tjqa.ui.background.index_process import command_line as building
    from tjqa.ui.browser import command_line as browsing

    shared = replace(place, store=Remote("http://m:19530", "team", "geheim"))
    for line in (browsing(shared), " ".join(building(shared, rebuild=False))):
        assert "--store=milvus:http://m:19530#team" in line and "geheim" not in line


def test_versions_of_a_store_are_read_without_a_model(shared: Settings) -> None:
    """Opening a library needs neither model nor local index."""
    store = open_store(shared.store, {})
    assert (store.model, store.dimension, store.due, store.unsettled) == ("pairs", 64, None, None)
