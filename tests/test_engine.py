"""tjqa.engine: build, open, ask, view, check."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.helpers import DOCUMENTS, REPORT, TEA, FakeEncoder, data_file
from tjqa.answers.wording import warnings
from tjqa.citations.library import view_slice
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine, build
from tjqa.errors import (
    Cancelled,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexUnusable,
    SourcesError,
    TjqaError,
    UsageError,
)
from tjqa.index.generations import live_generation, write_lock
from tjqa.index.versions import VERSIONS
from tjqa.messages import joined
from tjqa.reports import Progress


def stored(place: Settings) -> bytes:
    """The live generation's passages file."""
    return data_file(live_generation(place.index_dir)[0], "passages.jsonl").read_bytes()


def test_build_reports_every_file(place: Settings, encoder: FakeEncoder) -> None:
    """The report has every document with its encoding and counts, in path order."""
    steps: list[Progress] = []
    report = build(place, steps.append)
    assert [s.path for s in report.sources] == sorted(DOCUMENTS)
    assert [s.encoding for s in report.sources] == ["UTF-8", "UTF-8 BOM", "GB18030"]
    assert sum(s.passages for s in report.sources) == report.passages == report.embedded == len(encoder.encoded)
    assert report.skipped == ()
    assert {step.phase for step in steps} == {"phase_read", "phase_embed"}
    assert steps[-1].done == steps[-1].total == report.passages


def test_answer_cites_the_exact_place(library: Settings) -> None:
    """The answer's sentence and every citation are slices of the files."""
    answer = Engine.open(library).ask("石桥水库的总库容是多少?", k=3)
    assert answer.state == "found"
    assert "4200万立方米" in (answer.text or "")
    assert 1 <= len(answer.citations) <= 3
    for cited in (*answer.best, *answer.citations):
        with (library.sources / cited.path).open(
            encoding="gb18030" if cited.path.endswith(".md") else "utf-8", newline=""
        ) as f:
            text = f.read()
        assert cited.span.of(text) == cited.quote
        assert text.split("\n")[cited.line - 1][cited.column - 1 :].startswith(cited.quote.split("\n")[0])
        assert all(cited.span.covers(mark) for mark in cited.marks)
    best = answer.best[0]
    assert answer.citations[best.number - 1].span.covers(best.span)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))


@pytest.mark.parametrize(
    "question",
    [
        "。",
        "?!…",
        "的",
        "\udcff\ud83d",
        "\x00\x1b[31m红",
        "就业×5000",
        "a×10000",
        "\u202e多少",
        "“”",
        "SELECT 1; --",
        "亿×600",
    ],
)
def test_ask_raises_for_no_string(library: Settings, question: str) -> None:
    """Whatever is asked, the answer is an answer."""
    text, _, times = question.partition("×")
    question = text * int(times or 1)
    answer = Engine.open(library).ask(question)
    assert answer.question == question
    assert answer.state in ("found", "weak", "nothing")


@pytest.mark.parametrize("question", ["", " ", "\n\t\u3000"])
def test_empty_question_is_wrong_usage(library: Settings, question: str) -> None:
    """Nothing asked is the one thing that is refused."""
    with pytest.raises(UsageError, match="问题是空的"):
        Engine.open(library).ask(question)


def test_rebuilding_gives_the_same_bytes(library: Settings) -> None:
    """The same sources and model give the same passages file, byte for byte, rebuilt from nothing or not."""
    before = stored(library)
    assert build(library).embedded == 0
    assert stored(library) == before
    assert build(library, rebuild=True).embedded > 0
    assert stored(library) == before


def test_only_changed_passages_are_embedded(library: Settings, encoder: FakeEncoder, tmp_path: Path) -> None:
    """After one sentence changed, its passage alone is embedded, and answers equal those of a full build."""
    path = library.sources / "报告.txt"
    path.write_text(REPORT.replace("3500人", "3600人"))
    (library.sources / "茶叶.md").unlink()
    (library.sources / "新.txt").write_text("渔业养殖试点\n\n白鹭湖渔业养殖试点面积1200亩,参加农户86户。\n")
    report = build(library)
    changed = [text for text in encoder.encoded[-report.embedded :] if "3600" in text or "渔业" in text]
    assert len(changed) == report.embedded
    assert 2 <= report.embedded < report.passages
    fresh = Settings(library.sources, tmp_path / "fresh")
    build(fresh)
    assert stored(fresh) == stored(library)
    for question in ("新增就业多少人", "渔业养殖试点有多少农户", "采摘标准"):
        one, other = Engine.open(library).ask(question), Engine.open(fresh).ask(question)
        assert (one.best, one.citations) == (other.best, other.citations)


def test_passages_are_short_exact_and_ordered(library: Settings) -> None:
    """Every stored passage is its slice, at most 500 characters, after the one before it."""
    last: tuple[str, int] = ("", 0)
    engine = Engine.open(library)
    for passage, position in engine.passages():
        assert 0 < len(passage.text) <= 500
        assert position is not None and position.line > 0 and position.column > 0
        assert (passage.path, passage.span.start) >= last
        last = passage.path, passage.span.end
    assert engine.check() == []


def test_unreadable_files_are_skipped_and_remembered(place: Settings, encoder: FakeEncoder) -> None:
    """A picture, a FIFO and a damaged file stop nothing, are told with reasons, and are no news afterwards."""
    (place.sources / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (place.sources / "断.txt").write_bytes("汉字".encode() * 50 + b"\xe6\xb1")
    os.mkfifo(place.sources / "管.txt")
    (place.sources / "空.txt").write_bytes(b"")
    (place.sources / "白.txt").write_bytes(b" \n\n")
    report = build(place)
    assert [name for name, _ in report.skipped] == ["图.txt", "断.txt", "管.txt"]
    assert all(reason for _, reason in report.skipped)
    assert {s.path: s.passages for s in report.sources if not s.passages} == {"白.txt": 0, "空.txt": 0}
    engine = Engine.open(place)
    assert engine.status().stale == ()
    assert engine.status().skipped == report.skipped
    assert engine.status().documents == 5
    assert engine.check() == []


@pytest.mark.parametrize("make", ["missing", "file", "empty", "binary"])
def test_sources_without_text_are_told(place: Settings, encoder: FakeEncoder, tmp_path: Path, make: str) -> None:
    """No folder, a file, an empty folder, only unreadable files: each has its message, and the old index stays."""
    folder = tmp_path / make
    if make == "file":
        folder.write_text("x")
    if make in ("empty", "binary"):
        folder.mkdir()
    if make == "binary":
        (folder / "a.txt").write_bytes(b"\0\1" * 50)
    build(place)
    before = stored(place)
    with pytest.raises(SourcesError) as caught:
        build(Settings(folder, place.embeddings))
    assert str(folder) in caught.value.what
    assert caught.value.hint
    assert stored(place) == before


def test_missing_folder_is_told_before_the_index(library: Settings) -> None:
    """An index whose documents are gone does not answer 'nothing found'."""
    library.sources.rename(library.sources.with_name("别处"))
    with pytest.raises(SourcesError, match="不存在"):
        Engine.open(library)


def test_index_that_cannot_be_used(place: Settings, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, outdated, made by another model, damaged: each is an IndexUnusable of its own with a next step."""
    with pytest.raises(IndexMissing, match="tjqa index"):
        Engine.open(place)
    build(place)
    encoder.name = "another"
    with pytest.raises(IndexUnusable, match="another"):
        Engine.open(place)
    encoder.name = "pairs"
    with monkeypatch.context() as patch:
        patch.setitem(VERSIONS, "terms", -1)
        with pytest.raises(IndexOutdated, match="tjqa index"):
            Engine.open(place)
    data_file(live_generation(place.index_dir)[0], "vectors.faiss").write_bytes(b"")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Engine.open(place)
    assert build(place).embedded > 0  # a damaged index does not stand in the way of the next
    assert Engine.open(place).check() == []


def test_cancelled_build_keeps_the_old_index(library: Settings) -> None:
    """Stopping at any step leaves what was there, and no lock."""
    before = stored(library)
    (library.sources / "新.txt").write_text("新来的文档,内容是渔业养殖试点。")
    for phase in ("phase_read", "phase_embed"):

        def stop(step: Progress, phase: str = phase) -> None:
            if step.phase == phase:
                raise Cancelled("build_cancelled")

        with pytest.raises(Cancelled):
            build(library, stop)
        assert stored(library) == before
    build(library)
    assert stored(library) != before


def test_two_builders(library: Settings) -> None:
    """While one builds, another is turned away and readers go on."""
    with write_lock(library.index_dir):
        with pytest.raises(IndexLocked):
            build(library)
        assert Engine.open(library).ask("总库容多少").citations


def test_unwritable_place_is_told(place: Settings, encoder: FakeEncoder, tmp_path: Path) -> None:
    """An embeddings folder below a file cannot be made."""
    (tmp_path / "file").write_text("")
    with pytest.raises(TjqaError, match="--embeddings"):
        build(Settings(place.sources, tmp_path / "file" / "embeddings"))


def test_changed_source_is_answered_with_a_warning(library: Settings) -> None:
    """What no longer stands in the file is never the answer, is marked in the citations, and is told."""
    engine = Engine.open(library)
    assert warnings(engine.ask("石桥水库的总库容是多少?")) == []
    path = library.sources / "水利" / "水库.txt"
    path.write_bytes(path.read_bytes().replace("4200万".encode(), "4300万".encode()))
    answer = engine.ask("石桥水库的总库容是多少?")
    assert engine.status().stale == ("水利/水库.txt",)
    assert "4200万" not in (answer.text or "")
    assert [c.unchanged for c in answer.citations if "4200万" in c.quote] == [False]
    assert answer.changed_files == ("水利/水库.txt",) and "tjqa index" in joined(warnings(answer))
    assert any("水利/水库.txt" in fault.text() for fault in engine.check())


def test_vanished_source_gives_no_answer(library: Settings) -> None:
    """A question answered only by a file that is gone is not answered."""
    (library.sources / "茶叶.md").unlink()
    engine = Engine.open(library)
    answer = engine.ask("云岭毛峰的采摘标准是什么?")
    assert all(c.path != "茶叶.md" for c in answer.best)
    assert all(not c.unchanged for c in answer.citations if c.path == "茶叶.md")
    with pytest.raises(SourcesError, match="tjqa index"):
        engine.view_source("茶叶.md")


def test_check_counts(library: Settings) -> None:
    """A forged passage count is found even when every slice holds."""
    engine = Engine.open(library)
    (segment,) = engine._index.segments
    described = json.loads(bytes(segment.described))
    described["summaries"][0]["passages"] += 1
    object.__setattr__(segment, "described", json.dumps(described).encode())
    assert any("合计" in fault.text() for fault in engine.check())


def test_view_opens_at_the_citation(library: Settings) -> None:
    """The source panel gets the file with the cited words and what was left out."""
    engine = Engine.open(library)
    cited = engine.ask("总库容是多少?").citations[0]
    view = engine.view(cited)
    assert view.span.of(view.text) == cited.quote
    assert view.dropped == next(s.dropped for s in engine.sources() if s.path == cited.path)


def test_samples_come_from_the_documents(library: Settings) -> None:
    """Sample questions are made of the user's own documents, and the library answers each; there are no more than
    those."""
    engine = Engine.open(library)
    samples = engine.samples(3)
    assert 0 < len(samples) == len(set(samples)) <= 3
    assert all(engine.ask(sample).strength == "answer" for sample in samples)
    assert engine.samples(1) == samples[:1]


def test_show_needs_no_index(place: Settings) -> None:
    """A stretch of a file is shown as it is now, with a span to the last character."""
    view = view_slice(place.sources, "报告.txt", Span(0, len(REPORT)))
    assert view.quote == REPORT


@pytest.mark.parametrize("path", ["../外.txt", "/etc/passwd", "水利/../../外.txt", "水利/../报告.txt", "链.txt"])
def test_show_stays_inside_the_folder(place: Settings, path: str) -> None:
    """Paths that lead outside, by dots, from the root or through a link, are refused."""
    (place.sources.parent / "外.txt").write_text("秘密")
    (place.sources / "链.txt").symlink_to(place.sources.parent / "外.txt")
    with pytest.raises(UsageError, match="不在资料文件夹"):
        view_slice(place.sources, path, Span(0, 1))


def test_show_of_what_is_not_there(place: Settings) -> None:
    """A span beyond the end, and a file that does not exist, are told with a next step."""
    for path, span in (("报告.txt", Span(0, len(REPORT) + 1)), ("没有.txt", Span(0, 1)), ("水利", Span(0, 1))):
        with pytest.raises(SourcesError) as caught:
            view_slice(place.sources, path, span)
        assert caught.value.hint


def test_the_users_own_words(place: Settings, encoder: FakeEncoder) -> None:
    """A word of .tjqa-words is cut as one in documents and questions; a changed list is said to be due, then used."""
    words = place.sources / ".tjqa-words"
    words.write_text("# 地名\n云岭毛峰\n长\n", "utf-8")
    build(place)
    assert "云岭毛峰" in Engine.open(place).segmenter.cut("云岭毛峰茶叶")
    assert Engine.open(place).status().due == ()
    words.write_text("毛峰茶叶\n", "utf-8")
    engine = Engine.open(place)
    assert "用户词典" in joined(engine.status().due)
    assert "6%以下" in engine.ask("云岭毛峰含水量多少").citations[0].quote  # still answers
    assert not build(place).unchanged
    assert Engine.open(place).status().due == ()
    assert "毛峰茶叶" in Engine.open(place).segmenter.cut("云岭毛峰茶叶")
    words.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SourcesError, match="tjqa-words"):
        Engine.open(place)
    words.unlink()
    build(place)
    assert "云岭毛峰" not in Engine.open(place).segmenter.cut("云岭毛峰茶叶")


@pytest.mark.parametrize("with_words_first", [True, False])
def test_libraries_open_at_once_cut_by_their_own_words(
    tmp_path: Path, encoder: FakeEncoder, with_words_first: bool
) -> None:
    """Opening or building one library changes nothing in how another one cuts, in either order, asked in turns."""
    engines = {}
    for name in ("有词典", "无词典") if with_words_first else ("无词典", "有词典"):
        sources = tmp_path / name
        sources.mkdir()
        (sources / "茶.txt").write_text(TEA, "utf-8")
        if name == "有词典":
            (sources / ".tjqa-words").write_text("云岭毛峰\n", "utf-8")
        place = Settings(sources, tmp_path / f"索引{name}")
        build(place)
        engines[name] = Engine.open(place)
    for _ in range(2):
        for name, engine in engines.items():
            words = engine.ask("云岭毛峰的含水量是多少").citations[0].matched
            assert ("云岭毛峰" in words) is (name == "有词典"), words
