"""What an answer card says, as rows for a width: pure functions from records to rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from textual.content import Content

from tjqa.answers.wording import beside
from tjqa.errors import TjqaError
from tjqa.index.filters import Filter
from tjqa.results import NEAREST, Answer, Citation
from tjqa.retrieval.query_syntax import shown as shown_filter
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten, shorten_name
from tjqa.ui.widgets.cell_text import cell_with_mark, computed_rows
from tjqa.ui.widgets.rows import Mark, Row, styled, text_rows
from tjqa.ui.widgets.targets import DropFilter, EditQuestion, FoldPassages, OpenCitation

ANSWER_STYLE = "bold $ans-fg on $ans-bg"
QUIET_STYLE = "$quiet"
CITE_STYLE = "bold $cite"
WARN_STYLE = "$warn"

FOLDED_PASSAGES = 3
"""Passages shown before the reader asks for the rest: with the answer they fit a screen of 24 rows."""

SNIPPET_ROWS = 2

QUESTION_ROWS = 4

# Narrower, a shortened name and the place need all of the row.
_WORD_WIDTH = 56

# A name cut shorter than this (0…23f…) could be that of many files.
_NAME_WIDTH = 12

# Less of a title than this says nothing.
_TITLE_WIDTH = 16

# A column is only worth showing in a line too long to be searched by eye.
_LONG_LINE = 200
_ASKS_FOR_NOW = re.compile(r"现在|目前|当前|今年|最新|眼下|如今|近期|\bnow\b|\bcurrent", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardView:
    """How a card is looked at: width, folded or not, the language, the day it is read, the reader's marks by number."""

    width: int
    expanded: bool
    texts: Texts
    today: date
    verdicts: Mapping[int, bool] = field(default_factory=dict)


def question_rows(question: str, view: CardView) -> list[Row]:
    """The question with its label; of a pasted article, folded, only the beginning."""
    lead = f"{view.texts('question')}  "
    rows = text_rows(one_line(question), view.width, [(0, len(question), "bold")], lead)
    if view.expanded or len(rows) <= QUESTION_ROWS:
        return rows
    last = rows[QUESTION_ROWS - 1]
    return [*rows[: QUESTION_ROWS - 1], Row(_cut(last.content, view.width), last.target, last.continues)]


def searched_rows(searched: str, view: CardView) -> list[Row]:
    """The whole question that a follow-up stood for; a click puts it into the input."""
    shown = one_line(searched)
    rows = text_rows(shown, view.width, [(0, len(shown), "bold")], f"{view.texts('searched')}  ", EditQuestion())
    hint = _plain(view.texts("searched_hint"), view, QUIET_STYLE, 4)
    return rows + [replace(row, target=EditQuestion()) for row in hint]


def filter_rows(filters: Sequence[Filter], view: CardView) -> list[Row]:
    """The filters the passages had to pass, a row each; a click asks again without it."""
    rows: list[Row] = []
    label = f"{view.texts('filters')}  "
    for index, filter_ in enumerate(filters):
        text = f"{one_line(shown_filter(filter_, view.texts.language))} ×"
        lead = label if not rows else " " * cells(label)
        rows += text_rows(text, view.width, [(0, len(text), CITE_STYLE)], lead, DropFilter(index))
    return rows


def _cut(content: Content, width: int) -> Content:
    """`content` ending in …, whether or not it filled its row."""
    return content.truncate(width - 2).rstrip() + Content("…")


def failure_rows(error: TjqaError, view: CardView) -> list[Row]:
    """What failed and what to do next."""
    label = f"{view.texts('failed')}  "
    what = one_line(view.texts.of(error.message))
    rows = text_rows(what, view.width, [(0, len(what), WARN_STYLE)], label)
    if error.advice is not None:
        rows += text_rows(one_line(view.texts.of(error.advice)), view.width, lead=f"{view.texts('try_this')}  ")
    return rows


def answer_rows(answer: Answer, view: CardView) -> list[Row]:
    """The answer, then the ranked passages."""
    if answer.state == "found" and answer.best:
        rows = _best_rows(answer, view)
        rows += _note_rows(answer, view)
        return [*rows, Row(styled("", "")), *_evidence_rows(answer, view)]
    return _abstention_rows(answer, view)


def _best_rows(answer: Answer, view: CardView) -> list[Row]:
    name, weight = ("answer", "bold") if answer.strength == "answer" else ("possible", "")
    label = f"{view.texts(name)}  "
    rows = computed_rows(answer, view.texts, view.width, label)
    for at, best in enumerate(answer.best):
        text, marks = cell_with_mark(answer.cells[at], best) if answer.cells else quote_with_marks(best)
        sign = f" [{best.number}]"
        shown = best.with_cuts(text)
        marks = [(start + best.cut[0], end + best.cut[0], style) for start, end, style in marks]
        styles = [(0, len(shown), weight), *marks, (len(shown), len(shown) + len(sign), CITE_STYLE)]
        lead = label if not rows else " " * cells(label)
        rows += text_rows(shown + sign, view.width, styles, lead, OpenCitation(best.number))
    return rows


def quote_with_marks(citation: Citation) -> tuple[str, list[Mark]]:
    """The quote on one line without blanks around it, and the answer spans inside it."""
    shown = one_line(citation.quote)
    lead = len(shown) - len(shown.lstrip())
    text = shown.strip()
    offset = citation.span.start + lead
    marks: list[Mark] = [
        (max(mark.start - offset, 0), min(mark.end - offset, len(text)), ANSWER_STYLE)
        for mark in citation.marks
        if mark.end > offset and mark.start < offset + len(text)
    ]
    return text, marks


def _note_rows(answer: Answer, view: CardView) -> list[Row]:
    notes = beside(answer, view.texts.language)
    published = answer.best[0].published
    if published and published[:4] < str(view.today.year) and _ASKS_FOR_NOW.search(answer.question):
        notes.append(view.texts("old_document", date=published))
    return [row for note in notes for row in _plain(note, view, WARN_STYLE, indent=4)]


def _plain(text: str, view: CardView, style: str = "", indent: int = 0) -> list[Row]:
    shown = one_line(text)
    return text_rows(shown, view.width, [(0, len(shown), style)] if style else [], " " * indent)


def _abstention_rows(answer: Answer, view: CardView) -> list[Row]:
    texts = view.texts
    nothing = texts("nothing")
    rows = text_rows(nothing, view.width, [(0, len(nothing), "bold")], f"{texts('answer')}  ")
    for said in beside(answer, texts.language):
        rows += _plain(said, view, indent=4)
    if answer.filters:
        rows += _plain(texts("nothing_filtered"), view, QUIET_STYLE, indent=4)
    for hint in ("nothing_hint_1", "nothing_hint_2", "nothing_hint_3"):
        rows += _plain(texts(hint), view, QUIET_STYLE, indent=4)
    if not answer.citations:
        return rows
    shown = answer.citations if view.expanded else answer.citations[:NEAREST]
    rows += [Row(styled("", "")), *_plain(texts("nearest", count=len(shown)), view, "bold")]
    return rows + _shown_passages(answer, shown, view)


def _evidence_rows(answer: Answer, view: CardView) -> list[Row]:
    rows = _plain(view.texts("evidence", count=len(answer.citations)), view, "bold")
    return rows + _shown_passages(answer, answer.citations if view.expanded else _folded(answer), view)


def _shown_passages(answer: Answer, shown: tuple[Citation, ...], view: CardView) -> list[Row]:
    """Passages, and the line that unfolds the others or folds them again."""
    rows = _passages(answer, shown, view)
    hidden = len(answer.citations) - len(shown)
    if view.expanded:
        rows += _toggle(view.texts("less"), view)
    elif hidden:
        rows += _toggle(view.texts("more", count=hidden), view)
    return rows


def _folded(answer: Answer) -> tuple[Citation, ...]:
    """The passages the answer stands in, and the first of the others, in their order."""
    cited = {best.number for best in answer.best}
    spare = [c.number for c in answer.citations if c.number not in cited][: max(FOLDED_PASSAGES - len(cited), 0)]
    return tuple(c for c in answer.citations if c.number in cited or c.number in spare)


def _toggle(text: str, view: CardView) -> list[Row]:
    return [Row(row.content, FoldPassages(), row.continues) for row in _plain(text, view, QUIET_STYLE)]


def _passages(answer: Answer, citations: tuple[Citation, ...], view: CardView) -> list[Row]:
    bests = {best.number: best for best in reversed(answer.best)}
    # Without an answer every passage is of low relevance; a word beside each would say otherwise.
    tail = _tail([(c, bests.get(c.number, c)) for c in citations], view) if bests else 2
    rows: list[Row] = []
    for citation in citations:
        best = bests.get(citation.number)
        rows.append(Row(chip(citation, best or citation, view, tail), OpenCitation(citation.number)))
        if view.expanded:
            rows += _whole_passage(citation, best, view)
        elif best is None:
            rows += _snippet(citation, view)
        for other in citation.also:
            rows += _plain(_also(other, view.texts), view, QUIET_STYLE, indent=4)
    return rows


def _also(other: Citation, texts: Texts) -> str:
    """Another place that says the same as a cited passage."""
    key = "also_differs" if other.figures_differ else "also_reworded" if other.words_differ else "also"
    return texts(key, file=one_line(other.path), place=place(other, texts))


def _snippet(citation: Citation, view: CardView) -> list[Row]:
    text, marks = quote_with_marks(citation)
    rows = text_rows(text, view.width, marks, " " * 4, OpenCitation(citation.number))
    if len(rows) <= SNIPPET_ROWS:
        return [_dimmed(row) for row in rows]
    last = rows[SNIPPET_ROWS - 1]
    cut = Row(_cut(last.content, view.width), last.target, last.continues)
    return [_dimmed(row) for row in (*rows[: SNIPPET_ROWS - 1], cut)]


def _dimmed(row: Row) -> Row:
    return Row(row.content.stylize_before(QUIET_STYLE), row.target, row.continues)


def _whole_passage(citation: Citation, best: Citation | None, view: CardView) -> list[Row]:
    heading = " › ".join(part for part in (citation.title, citation.section) if part)
    rows = _plain(heading, view, "italic " + QUIET_STYLE, indent=4) if heading else []
    text, marks = quote_with_marks(citation)
    if best is not None:
        inside, _ = quote_with_marks(best)
        start = text.find(inside)
        marks = [*marks, (start, start + len(inside), "bold")] if start >= 0 else marks
        marks += [(start + s, start + e, style) for s, e, style in quote_with_marks(best)[1]] if start >= 0 else []
    return rows + text_rows(text, view.width, marks, " " * 4, OpenCitation(citation.number))


def place(citation: Citation, texts: Texts) -> str:
    """Page, paragraph or row of a format that has them, else the line, and the character in it when the line is long;
    of a file that changed there is none to trust."""
    if not citation.unchanged:
        return texts("place_changed")
    if citation.place:  # a page, a row: what such a document is cited by
        return one_line(citation.place)
    key = "line_column" if citation.column > _LONG_LINE else "line"
    return texts(key, line=citation.line, column=citation.column)


def relevance(score: float, texts: Texts) -> tuple[str, str]:
    """A bar of five and a word for a score of 0..1; the number itself says nothing to a reader."""
    full = min(max(round(score * 5), 1), 5)
    word = "very_relevant" if full >= 4 else "relevant" if full >= 2 else "little_relevant"
    return "▮" * full + "▯" * (5 - full), texts(word)


def chip(citation: Citation, shown: Citation, view: CardView, tail: int = 0) -> Content:
    """One row: [n] file · place · date, relevance, title; too wide, the title goes, then the middle of the name, then,
    before the name says nothing any more, the date."""
    verdict = view.verdicts.get(citation.number)
    sign = f"[{citation.number}] " + ("" if verdict is None else f"{view.texts('right' if verdict else 'wrong')} ")
    where, date = f" · {place(shown, view.texts)}", f" · {citation.published or view.texts('undated')}"
    bar, word = relevance(citation.score, view.texts)
    ending = (f"  {bar} {word}", f"  {word}", "")[tail]
    room = view.width - cells(sign) - cells(where) - cells(date) - cells(ending)
    path = one_line(citation.path)
    if room < min(_NAME_WIDTH, cells(path)):
        room, date = room + cells(date), ""
    name = shorten_name(path, max(room, 6))
    room -= cells(name) + 2
    title = f"  {shorten(one_line(citation.title), room)}" if room >= _TITLE_WIDTH and citation.title else ""
    parts = ((sign, CITE_STYLE), (name, ""), (where + date + ending, QUIET_STYLE), (title, "italic " + QUIET_STYLE))
    return Content.assemble(*(styled(text, style) for text, style in parts)).truncate(view.width)


def _tail(pairs: Sequence[tuple[Citation, Citation]], view: CardView) -> int:
    """How much of the relevance all chips of a card have room for: bar and word, the word, nothing."""
    for level in (0, 1):
        if all(_fits(citation, shown, view, level) for citation, shown in pairs):
            return level
    return 1 if view.width >= _WORD_WIDTH else 2


def _fits(citation: Citation, shown: Citation, view: CardView, level: int) -> bool:
    return chip(replace(citation, title=""), shown, replace(view, width=10_000), level).cell_length <= view.width


def cited_places(answer: Answer) -> dict[int, Citation]:
    """Number → where to open it: the answering sentence, else the passage."""
    places = {citation.number: citation for citation in answer.citations}
    return places | {best.number: best for best in reversed(answer.best)}
