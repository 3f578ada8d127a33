"""What a card says of a passage: where it stands in one row, and the part of it that meets the question, words
marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from textual.content import Content

from tjqa.results import Answer, Citation
from tjqa.text.normalize import fold
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, display, one_line, shorten, shorten_name
from tjqa.ui.widgets.rows import Mark, Row, styled, text_rows
from tjqa.ui.widgets.styles import ANSWER_STYLE, CITE_STYLE, QUIET_STYLE, WORD_STYLE
from tjqa.ui.widgets.targets import OpenCitation

SNIPPET_ROWS = 2

INDENT = 4
"""Columns before what stands under a label or a number."""

# Less of a title than this says nothing.
_TITLE_WIDTH = 16

# A column is only worth showing in a line too long to be searched by eye.
_LONG_LINE = 200

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[。！？；，,;!?\s]")

# Characters back from a word to where its clause may begin: more would push the word out of the first row.
_CLAUSE = 24

# Shorter, a word is found everywhere: 的, 个.
_SHORTEST_WORD = 2

_FROM_TO = re.compile(r"(?P<head>.*?)(?P<first>\d+)(?P<tail>\D*)至(?P=head)(?P<last>\d+)(?P=tail)")


@dataclass(frozen=True, slots=True)
class CardView:
    """How a card is looked at: width, folded or not, the language, the day it is read, the reader's marks by number,
    the number of the passage that is open in the source panel (0: none)."""

    width: int
    expanded: bool
    texts: Texts
    today: date
    verdicts: Mapping[int, bool] = field(default_factory=dict)
    opened: int = 0


def place(citation: Citation, texts: Texts) -> str:
    """Page, paragraph or row of a format that has them, else the lines, and the character in one that is long; of a
    file that changed there is none to trust."""
    if not citation.unchanged:
        return texts("place_unread" if citation.unread else "place_changed")
    if citation.place:  # a page, a row: what such a document is cited by
        return _from_to(one_line(citation.place))
    last = citation.line + citation.quote.rstrip().count("\n")
    if last > citation.line:
        return texts("lines", first=citation.line, last=last)
    key = "line_column" if citation.column > _LONG_LINE else "line"
    return texts(key, line=citation.line, column=citation.column)


def _from_to(name: str) -> str:
    """收入 第 9 行至收入 第 16 行 in short: 收入 第 9–16 行."""
    found = _FROM_TO.fullmatch(name)
    return f"{found['head']}{found['first']}–{found['last']}{found['tail']}" if found else name


def heading(citation: Citation, where: str) -> str:
    """What stands over a passage that is read: its number in the answer (0: it is of none), the title of its text, its
    place."""
    number = f"[{citation.number}] " if citation.number else ""
    return " · ".join(part for part in (f"{number}{citation.title or citation.path}", where) if part)


def relevance(score: float, texts: Texts) -> tuple[str, str]:
    """A bar of five and a word for a score of 0..1; the number itself says nothing to a reader."""
    full = min(max(round(score * 5), 1), 5)
    word = "very_relevant" if full >= 4 else "relevant" if full >= 2 else "little_relevant"
    return "▮" * full + "▯" * (5 - full), texts(word)


def source_line(citation: Citation, shown: Citation, view: CardView) -> Row:
    """One row: [n] 《title》 publisher date · place; too narrow for all, the publisher goes, then the title's end, then
    the date. A document without a title is called by its file.

    Args:
        citation: the passage.
        shown: what of it is cited, for the place.
        view: how the card is looked at.
    """
    verdict = view.verdicts.get(citation.number)
    opened = "▌" if citation.number == view.opened else ""
    sign = f"{opened}[{citation.number}] " + (
        "" if verdict is None else f"{view.texts('right' if verdict else 'wrong')} "
    )
    where = f" · {place(shown, view.texts)}"
    day = f" {citation.published or view.texts('undated')}"
    by = f" {one_line(citation.publisher)}" if citation.publisher else ""
    title = one_line(citation.title)
    named = cells(f"《{title}》" if title else one_line(citation.path))
    room = view.width - cells(sign) - cells(where) - cells(day) - cells(by)
    if room < named:
        room, by = room + cells(by), ""
    if room < min(named, _TITLE_WIDTH):
        room, day = room + cells(day), ""
    room = max(room, 6)
    name = f"《{shorten(title, room - 4)}》" if title else shorten_name(one_line(citation.path), room)
    parts = ((sign, CITE_STYLE), (name, ""), (by + day + where, QUIET_STYLE))
    content = Content.assemble(*(styled(text, style) for text, style in parts)).truncate(view.width)
    return Row(content, OpenCitation(citation.number))


def also_line(other: Citation, texts: Texts) -> str:
    """Another place that says the same as a cited passage."""
    key = "also_differs" if other.figures_differ else "also_reworded" if other.words_differ else "also"
    return texts(key, file=one_line(other.path), place=place(other, texts))


def quote_with_marks(citation: Citation, style: str = ANSWER_STYLE) -> tuple[str, list[Mark]]:
    """The quote on one line without blanks around it, and the answer spans inside it."""
    shown = one_line(citation.quote)
    lead = len(shown) - len(shown.lstrip())
    text = shown.strip()
    offset = citation.span.start + lead
    marks: list[Mark] = [
        (max(mark.start - offset, 0), min(mark.end - offset, len(text)), style)
        for mark in citation.marks
        if mark.end > offset and mark.start < offset + len(text)
    ]
    return text, marks


def words_met(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words of the question stand in a text, in order, the longer one where two meet."""
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for word in sorted({fold(word) for word in words if len(word) >= _SHORTEST_WORD}, key=len, reverse=True):
        at = folded.find(word)
        while at >= 0:
            if not any(start < at + len(word) and at < end for start, end in found):
                found.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return sorted(found)


def snippet(citation: Citation, view: CardView) -> list[Row]:
    """The part of a passage where most words of the question meet, those words marked."""
    text = one_line(citation.quote).strip()
    room = view.width - INDENT
    met = words_met(text, citation.matched)
    start, end = densest(text, met, SNIPPET_ROWS * room - room // 8)
    shown = f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"
    shift = (start > 0) - start
    marks = [(s + shift, e + shift, WORD_STYLE) for s, e in met if start <= s and e <= end]
    rows = text_rows(shown, view.width, marks, " " * INDENT, OpenCitation(citation.number))
    return [Row(row.content.stylize_before(QUIET_STYLE), row.target, row.continues) for row in rows]


def densest(text: str, met: Sequence[tuple[int, int]], room: int) -> tuple[int, int]:
    """The part of a text, in columns as wide as `room`, that holds the most of its words met; its beginning where that
    is as good."""
    if cells(text) <= room:
        return 0, len(text)
    starts = [0, *(_clause_start(text, start) for start, _ in met)]
    parts = [(start, start + len(shorten(text[start:], room).removesuffix("…"))) for start in dict.fromkeys(starts)]
    held = [len({fold(text[s:e]) for s, e in met if start <= s and e <= end}) for start, end in parts]
    return parts[held.index(max(held))]


def _clause_start(text: str, at: int) -> int:
    """Where the sentence of a word begins, where that is far off the clause."""
    first = max(at - _CLAUSE, 0)
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, first, at)]
    clauses = [match.end() for match in _CLAUSE_END.finditer(text, first, at)]
    return sentences[-1] if sentences else clauses[0] if clauses else max(at - _CLAUSE // 2, 0)


def whole_passage(citation: Citation, best: Sequence[Citation], view: CardView, lit: str = ANSWER_STYLE) -> list[Row]:
    """All of a passage, a row for each of its paragraphs, what answers in it marked in the style `lit`."""
    rows: list[Row] = []
    section = one_line(citation.section)
    if section:
        rows += text_rows(section, view.width, [(0, len(section), QUIET_STYLE)], " " * INDENT)
    at = citation.span.start
    for line in display(citation.quote).split("\n"):
        inside = [(b.span.start - at, b.span.end - at, "bold") for b in best]
        inside += [(m.start - at, m.end - at, lit) for b in best for m in b.marks]
        marks = [(max(s, 0), min(e, len(line)), style) for s, e, style in inside if s < len(line) and e > 0]
        if line.strip():
            rows += text_rows(line, view.width, marks, " " * INDENT, OpenCitation(citation.number))
        at += len(line) + 1
    return rows


def cited_places(answer: Answer) -> dict[int, Citation]:
    """Number → where to open it: the answering sentence, else the passage."""
    places = {citation.number: citation for citation in answer.citations}
    return places | {best.number: best for best in reversed(answer.best)}
