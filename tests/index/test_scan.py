"""tjqa.index.scan through `build`: only what changed is read and embedded; nothing changed, nothing written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.helpers import DOCUMENTS, REPORT, FakeEncoder, data_file
from tjqa import engine as module
from tjqa.answers.wording import warnings
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import IndexOutdated, SourcesError
from tjqa.index import analyzer
from tjqa.index.generations import amend, live_generation
from tjqa.index.versions import VERSIONS
from tjqa.ingest import pipeline
from tjqa.messages import joined
from tjqa.reports import row_of

QUESTIONS = ("新增就业多少人", "石桥水库的总库容是多少?", "采摘标准")


class Counts:
    """How often the costly steps ran."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.termed: list[str] = []
        self._wrap(monkeypatch, pipeline, "read_source", lambda folder, path: self.read.append(path.name))
        self._wrap(monkeypatch, analyzer, "terms", lambda text, segmenter: self.termed.append(text))

    def _wrap(self, monkeypatch: pytest.MonkeyPatch, place: object, name: str, note: Callable[..., None]) -> None:
        real = getattr(place, name)

        def noted(*arguments: object) -> object:
            note(*arguments)
            return real(*arguments)

        monkeypatch.setattr(place, name, noted)


@pytest.fixture
def counts(library: Settings, monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Counts of everything after the first build."""
    return Counts(monkeypatch)


def data(place: Settings) -> dict[str, bytes]:
    """The live generation's data files."""
    generation, manifest = live_generation(place.index_dir)
    return {name: (generation / name).read_bytes() for name in manifest["files"]}


def same_as_fresh(place: Settings, fresh: Path) -> None:
    """The updated index equals, byte for byte, one built from nothing."""
    other = Settings(place.sources, fresh)
    build(other)
    assert data(place) == data(other)


def test_without_a_change_nothing_is_read_or_written(library: Settings, counts: Counts, encoder: FakeEncoder) -> None:
    """No file is opened, nothing tokenised, embedded or written, and the report says so."""
    before, made = live_generation(library.index_dir), len(encoder.encoded)
    report = build(library)
    assert (report.unchanged, report.embedded, len(report.sources)) == (True, 0, len(DOCUMENTS))
    assert (counts.read, counts.termed, len(encoder.encoded)) == ([], [], made)
    assert live_generation(library.index_dir) == before


def test_new_times_alone_are_noted_without_new_files(library: Settings, counts: Counts) -> None:
    """A file with a new time and the same contents is hashed once, not read; the data files stay the same ones."""
    path = library.sources / "报告.txt"
    before = data(library)
    inode = data_file(live_generation(library.index_dir)[0], "vectors.faiss").stat().st_ino
    os.utime(path, ns=(1, 2_000_000_000))
    assert build(library).unchanged
    assert counts.read == []
    assert data(library) == before
    assert data_file(live_generation(library.index_dir)[0], "vectors.faiss").stat().st_ino == inode
    states = {state.path: state for state in Engine.open(library)._index.sources}
    assert states["报告.txt"].mtime_ns == 2_000_000_000
    assert Engine.open(library).check() == []


@pytest.mark.skipif(os.name == "nt", reason="there the third time is that of making the file")
def test_a_change_behind_size_and_time_is_read(library: Settings, counts: Counts) -> None:
    """A program set the time back: that of the change itself tells, without opening any other file; an index that did
    not note it takes it over and tells from then on."""
    path = library.sources / "报告.txt"

    def rewrite(old: str, new: str) -> None:
        stat = path.stat()
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)

    rewrite("3215人", "3216人")
    assert not build(library).unchanged and counts.read == ["报告.txt"]
    assert "3216人" in Engine.open(library).ask(QUESTIONS[0]).best[0].quote
    older = [replace(state, ctime_ns=0) for state in Engine.open(library)._index.sources]
    amend(library.index_dir, {"sources": [row_of(state) for state in older]})
    assert build(library).unchanged and build(library).unchanged
    rewrite("3216人", "3217人")
    assert not build(library).unchanged and counts.read == ["报告.txt", "报告.txt"]


def test_one_changed_file_costs_its_own_passages(
    library: Settings, counts: Counts, encoder: FakeEncoder, tmp_path: Path
) -> None:
    """One sentence changed: one file read, its new passages tokenised and embedded, the rest taken over exactly."""
    made = len(encoder.encoded)
    (library.sources / "报告.txt").write_text(REPORT.replace("3500人", "3600人"))
    report = build(library)
    assert counts.read == ["报告.txt"]
    assert 1 <= report.embedded < report.passages
    assert len(encoder.encoded) - made == report.embedded
    assert len(counts.termed) == 2 * report.embedded  # text and context of each
    same_as_fresh(library, tmp_path / "fresh")


@pytest.mark.parametrize("change", ["remove", "copy", "insert", "swap"])
def test_taking_over_equals_building_anew(library: Settings, tmp_path: Path, change: str) -> None:
    """Rows that vanish, come twice, move down or change places: every data file is that of a full build."""
    report, tea = library.sources / "报告.txt", library.sources / "茶叶.md"
    if change == "remove":
        report.unlink()
    if change == "copy":
        (library.sources / "0副本.txt").write_bytes(report.read_bytes())
    if change == "insert":
        (library.sources / "0.txt").write_text("渔业养殖试点\n\n白鹭湖渔业养殖试点面积1200亩,参加农户86户。\n")
    if change == "swap":
        first, second = report.read_bytes(), tea.read_bytes()
        report.write_bytes(second)
        tea.write_bytes(first)
    build(library)
    same_as_fresh(library, tmp_path / "fresh")


def test_moved_file_is_told_and_not_read(library: Settings, counts: Counts, tmp_path: Path) -> None:
    """A file in another folder keeps its passages under the new path; one that is gone is named."""
    (library.sources / "旧档").mkdir()
    (library.sources / "报告.txt").rename(library.sources / "旧档" / "报告.txt")
    (library.sources / "茶叶.md").unlink()
    report = build(library)
    assert report.moved == (("报告.txt", "旧档/报告.txt"),)
    assert report.removed == ("茶叶.md",)
    assert (counts.read, counts.termed, report.embedded) == ([], [], 0)
    engine = Engine.open(library)
    assert engine.check() == []
    assert engine.ask("新增就业多少人?").best[0].path == "旧档/报告.txt"
    same_as_fresh(library, tmp_path / "fresh")


def test_file_that_could_not_be_opened_is_tried_again(place: Settings, encoder: FakeEncoder) -> None:
    """What keeps a file from being opened may pass without a change of the file; a file that is no text is not
    decoded again until it changes."""
    bad = place.sources / "坏.txt"
    bad.write_bytes(b"\0" * 10)
    report = build(place)
    assert [name for name, _ in report.skipped] == ["坏.txt"]
    assert build(place).unchanged
    bad.write_text("现在是文本了,渔业养殖试点面积1200亩。")
    report = build(place)
    assert report.skipped == () and not report.unchanged


def test_another_cleaner_answers_on_and_says_why_to_rebuild(
    library: Settings, monkeypatch: pytest.MonkeyPatch, counts: Counts
) -> None:
    """The old index goes on answering with a note; an update then reads every file again, without embedding again."""
    monkeypatch.setitem(VERSIONS, "cleaner", VERSIONS["cleaner"] + 1)
    engine = Engine.open(library)
    assert "清洗规则已改变" in (told := joined(engine.status().due)) and "tjqa index" in told
    answer = engine.ask("石桥水库的总库容是多少?")
    assert answer.state == "found" and "清洗规则已改变" in joined(warnings(answer))
    report = build(library)
    assert (len(counts.read), report.embedded, report.unchanged) == (len(DOCUMENTS), 0, False)
    assert Engine.open(library).status().due == ()


def test_another_way_of_reading_questions_cannot_answer(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms cut otherwise than the index's would find nothing: that is said, with what changed."""
    monkeypatch.setitem(VERSIONS, "terms", -1)
    with pytest.raises(IndexOutdated, match="索引词"):
        Engine.open(library)


def test_another_model_is_announced_and_the_old_one_answers(
    library: Settings, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Naming another model does not take the index away: its own model answers until it is built again."""
    other = FakeEncoder("other", 16)
    monkeypatch.setattr(module, "load_encoder", lambda asked, folder: other if asked else encoder)
    monkeypatch.setattr(module, "model_name", lambda asked, folder: other.name if asked else encoder.name)
    wanted = Settings(library.sources, library.embeddings, "某个模型")
    engine = Engine.open(wanted)
    assert "other" in (told := joined(engine.status().due)) and "pairs" in told
    assert engine.ask("石桥水库的总库容是多少?").state == "found"
    report = build(wanted)
    assert report.embedded == report.passages
    assert Engine.open(wanted).status().due == ()
    assert Engine.open(library).status().model == "other"


def test_vanished_text_is_told_with_the_answer(library: Settings) -> None:
    """A citation out of a file that is gone says that it is gone, not that it changed."""
    engine = Engine.open(library)
    (library.sources / "茶叶.md").unlink()
    note = joined(warnings(engine.ask("云岭毛峰的采摘标准是什么?")))
    assert "已移走或删除：茶叶.md" in note and "tjqa index" in note


def generated(count: int) -> Iterator[tuple[str, str]]:
    """Names and texts of small documents, no two alike."""
    for number in range(count):
        yield (
            f"{number % 10}/{number:04}.txt",
            f"第{number}号村道路工程\n\n第{number}号村道路工程全长{number + 3}公里,投资{number * 7 + 11}万元,"
            f"由第{number % 13}施工队承建,惠及农户{number * 3 + 20}户。\n",
        )


@pytest.mark.slow
def test_one_of_a_thousand_files_changed(tmp_path: Path, encoder: FakeEncoder) -> None:
    """Of 1,000 files one is changed: one file is read and only its passages are embedded."""
    place = Settings(tmp_path / "资料", tmp_path / "embeddings")
    for name, text in generated(1000):
        path = place.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    full = build(place)
    assert full.embedded == full.passages >= 1000
    target = place.sources / "7/0507.txt"
    target.write_text(target.read_text().replace("510公里", "511公里"))
    made = len(encoder.encoded)
    report = build(place)
    assert report.passages == full.passages
    assert 1 <= report.embedded == len(encoder.encoded) - made <= 2
    assert all("507号村" in text for text in encoder.encoded[made:])
    assert build(place).unchanged
    target.unlink()
    report = build(place)
    assert (report.embedded, report.removed) == (0, ("7/0507.txt",))


def test_update_of_an_emptied_folder_keeps_the_index(library: Settings) -> None:
    """When every document is gone the old index stays, and the message says what is missing."""
    before = live_generation(library.index_dir)
    for path in library.sources.rglob("*.*"):
        path.unlink()
    with pytest.raises(SourcesError, match="现在没有文档"):
        build(library)
    assert live_generation(library.index_dir) == before


def test_a_build_says_whether_there_was_an_index_to_update(place: Settings, encoder: FakeEncoder) -> None:
    """The first one and one from nothing build it, the others update it."""
    assert build(place).is_first
    (place.sources / "新.txt").write_text("新的一份资料，有一句完整的话。\n", "utf-8")
    assert not build(place).is_first
    assert build(place, rebuild=True).is_first
