"""Whatever the writer of exports can write is read back whole, and holds against the documents it came from."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.attacks.forgeries import as_old, edited
from tests.support.hits import hit_of, matcher_of
from tjqa.citations import export_format as form
from tjqa.citations.documents_now import DocumentsNow
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_reading import read_export
from tjqa.citations.library import Library
from tjqa.citations.quoted import cuts_number
from tjqa.citations.verification import verify
from tjqa.documents import ByteRange, Passage, Span
from tjqa.errors import SourcesError
from tjqa.ingest.chunking import pack
from tjqa.ingest.pipeline import cleaned
from tjqa.ingest.sources import read_source
from tjqa.messages import Language
from tjqa.results import Answer, Citation
from tjqa.text.display import visible
from tjqa.text.whole_numbers import is_within_run

TODAY = date(2026, 11, 24)
FEW = settings(  # each takes several files or exports
    max_examples=settings().max_examples * 3 // 5, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# Pieces that an export uses itself, or that lines, tables and terminals trip over.
PIECES = [
    *("\n", "\r\n", "\r", "\t", " ", "  ", "\u3000", "\x00", "\x1b[31m", "\u202e", "\u200b", "\u2028", "\x85"),
    *("> ", "## ", "# ", "[1] ", " [1]", "    > ", " · ", "0-2 · SHA-256 " + "0" * 64, "参考文献(GB/T 7714—2015)"),
    *("资料里没有找到可靠的答案。", "[2026-11-24]", "tjqa 0.1.0", "校验 SHA-256 ", "日期不详", "答句"),
    *("=1+1", "'", '"', ",", "{", "\\", "第一句话。", "二〇二三年", "12.5公顷", "字", "a", "\ufeff"),
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)
VERY_LONG = st.just("很长的题名" * 400)
WRITABLE = TEXT.map(lambda text: text.encode("utf-8", "replace").decode())


@st.composite
def citations(draw: Any, number: int) -> Citation:
    """A citation that says anything."""
    start = draw(st.integers(0, 10**6))
    return Citation(
        number=number,
        path=draw(WRITABLE) or "甲.txt",
        sha256=draw(st.sampled_from(["0" * 64, "a1" * 32])),
        span=Span(start, start + draw(st.integers(0, 500))),
        line=draw(st.integers(0, 9999)),
        column=draw(st.integers(0, 9999)),
        quote=draw(WRITABLE),
        title=draw(WRITABLE | VERY_LONG),
        published=draw(st.sampled_from([None, "2023-08-22"])),
        score=draw(st.floats(0, 1)),
        unchanged=draw(st.booleans()),
        section=draw(WRITABLE),
        place=draw(st.sampled_from(["", "第 3 页", "第 1 行至第 2 行"]) | WRITABLE),
        byte_range=draw(st.sampled_from([None, ByteRange(3, 9)])),
        publisher=draw(st.none() | WRITABLE),
        reporter=draw(st.none() | WRITABLE),
    )


@st.composite
def any_answers(draw: Any) -> list[Answer]:
    """Answers that say anything, some without a citation, some without an answer."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        cited = tuple(draw(citations(number)) for number in range(1, draw(st.integers(0, 3)) + 1))
        best = tuple(draw(citations(one.number)) for one in cited[: draw(st.integers(0, 2))])
        state = "found" if best else "weak" if cited else "nothing"
        filters = tuple(draw(st.lists(TEXT, max_size=2)))
        found.append(Answer(draw(TEXT), state, 0.5, best, cited, 0.0, filters=filters))
    return found


@pytest.mark.slow
@FEW
@given(any_answers(), st.sampled_from(FORMATS), st.sampled_from(form.LANGUAGES), st.integers())
def test_whatever_is_written_is_read(answers: list[Answer], kind: str, language: Language, seed: int) -> None:
    """No line is strange, no count or digest differs, every quote comes back; and so after honest editors."""
    text = export(answers, kind, TODAY, language)
    text.encode("utf-8")
    wrote = [c for answer in answers for c in (*answer.best, *answer.citations)]
    for variant in edited(text, kind, random.Random(seed)):
        read = read_export(variant.text)
        assert read.faults == [], variant.what
        assert len(read.answers) == len(answers)
        assert [q.number for q in read.quotes] == [c.number for c in wrote]
        assert [q.span for q in read.quotes] == [c.span for c in wrote]
        for quote, citation in zip(read.quotes, wrote, strict=True):
            said = visible(citation.quote) if quote.is_shown else citation.quote
            assert form.settled(quote.quote) == form.settled(said)


def library_of(folder: Path, name: str, text: str) -> tuple[Library, list[Passage]]:
    """A folder with one document and its passages; none when it cannot be read."""
    for old in folder.glob("*"):
        old.unlink()
    (folder / name).write_bytes(text.encode("utf-8", "ignore"))
    try:
        source = read_source(folder, folder / name)
    except SourcesError:
        return Library(folder, []), []
    return Library(folder, []), pack(source, cleaned(source))


def answer_from(library: Library, passages: list[Passage], question: str, draw: random.Random) -> Answer:
    """An answer with some of the passages and sentences cut out of them anywhere, as an index would give it."""
    chosen = draw.sample(passages, min(len(passages), draw.randrange(1, 4)))
    one = hit_of(matcher_of("就业"), "就业")
    hits = [replace(one, passage=passage, score=draw.random()) for passage in chosen]
    cited = tuple(library.cite(number, hit, hit.passage.span) for number, hit in enumerate(hits, 1))
    best = []
    for number, hit in list(enumerate(hits, 1))[: draw.randrange(3)]:
        span = hit.passage.span
        start = draw.randrange(span.start, span.end)
        end = draw.randrange(start, span.end) + 1
        before = " " * span.start + hit.passage.text
        part = Span(start, end).of(before)
        cut = cuts_number(before, Span(start, end)) or any(is_within_run(before, at) for at in (start, end))
        if part == part.strip() and not cut:  # no answer cuts a number
            best.append(library.cite(number, hit, Span(start, end)))
    state = "found" if best else "weak"
    return Answer(question, state, 0.5, tuple(best), cited, 0.0)


@pytest.mark.slow
@FEW
@given(
    st.sampled_from(["甲.txt", "a · 0-2 · SHA-256.md", "[1] > #.txt", "乙.csv", "丙.html", "丁\u202e.txt", "戊\n.txt"]),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join),
    TEXT,
    st.integers(),
)
@example("甲.txt", "0\x1b0", "", 0)  # shown as 0·0, which would be one number
def test_whatever_stands_in_a_document_holds(tmp_path: Path, name: str, body: str, question: str, seed: int) -> None:
    """Any text in any file: its citations are exported, edited honestly, and found again as they were."""
    draw = random.Random(seed)
    folder = tmp_path / "资料"
    folder.mkdir(exist_ok=True)
    library, passages = library_of(folder, name, body)
    if not passages:
        return
    answers = [answer_from(library, passages, question, draw) for _ in range(draw.randrange(1, 3))]
    documents = DocumentsNow(folder)
    for kind in FORMATS:
        text = export(answers, kind, TODAY)
        # Exports of old told no heads of cells.
        old = [] if any(c.heads for answer in answers for c in answer.best) else edited(as_old(text, kind), kind, draw)
        for variant in [*edited(text, kind, draw), *old]:
            found = verify(read_export(variant.text), documents)
            assert found.faults == () and found.changed == (), (kind, variant.what)
    english = verify(read_export(export(answers, "md", TODAY, "en")), documents)
    assert english.faults == () and english.is_sealed


@pytest.mark.parametrize("kind", FORMATS)
def test_answers_without_citations_are_kept(kind: str) -> None:
    """The question stands in every format, and that nothing was found."""
    answer = Answer("火星上有人吗", "nothing", 0.0, (), (), 0.0)
    text = export([answer, replace(answer, question="=月球上呢")], kind, TODAY)
    read = read_export(text)
    assert "火星上有人吗" in text and len(read.answers) == 2 and not read.faults and not read.quotes
