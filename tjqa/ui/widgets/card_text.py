"""What an answer card says, as rows for a width: pure functions from records to rows.

The answer comes first: its words, then the sentence they stand in, then one row on the source; what else was found is
folded away. How sure it is shows in the label, in the words and in the weight, never in colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from tjqa.answers.offers import other_questions
from tjqa.answers.wording import beside, headline
from tjqa.errors import TjqaError
from tjqa.index.filters import Filter
from tjqa.results import NEAREST, Answer, Citation
from tjqa.retrieval.query_syntax import shown as shown_filter
from tjqa.text.display import padded
from tjqa.ui.text.wrap import cells, one_line
from tjqa.ui.widgets.cell_text import computed_rows, table_rows, told_value
from tjqa.ui.widgets.passage_text import (
    INDENT,
    CardView,
    also_line,
    quote_with_marks,
    snippet,
    source_line,
    whole_passage,
)
from tjqa.ui.widgets.rows import Mark, Row, styled, text_rows
from tjqa.ui.widgets.styles import ANSWER_STYLE, CITE_STYLE, POSSIBLE_STYLE, QUIET_STYLE, WARN_STYLE
from tjqa.ui.widgets.targets import AskInstead, DropFilter, EditQuestion, FoldPassages, OpenCitation, Target

QUESTION_ROWS = 4

# Words that answer and are longer than this are read in their sentence.
_SHORT_ANSWER = 40

_POSSIBLE, _NO_ANSWER = "≈", "✗"

_ASKS_FOR_NOW = re.compile(r"现在|目前|当前|今年|最新|眼下|如今|近期|\bnow\b|\bcurrent", re.IGNORECASE)


def question_rows(question: str, view: CardView) -> list[Row]:
    """The question with its label; of a pasted article, folded, only the beginning."""
    lead = padded(view.texts("question"), INDENT)
    rows = text_rows(one_line(question), view.width, [(0, len(question), "bold")], lead)
    if view.expanded or len(rows) <= QUESTION_ROWS:
        return rows
    last = rows[QUESTION_ROWS - 1]
    return [*rows[: QUESTION_ROWS - 1], Row(_cut(last.content, view.width), last.target, last.continues)]


def searched_rows(searched: str, view: CardView) -> list[Row]:
    """The whole question that a follow-up stood for; a click puts it into the input."""
    shown = one_line(view.texts("searched", question=searched))
    rows = text_rows(shown, view.width, [(0, len(shown), "bold")], " " * INDENT, EditQuestion())
    hint = _plain(view.texts("searched_hint"), view, QUIET_STYLE, INDENT)
    return rows + [replace(row, target=EditQuestion()) for row in hint]


def library_rows(name: str, view: CardView) -> list[Row]:
    """Which library was asked, where it is not the one that is open."""
    shown = one_line(name)
    return text_rows(shown, view.width, [(0, len(shown), "bold")], f"{view.texts('library_asked')}  ")


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
    """The answer, where it stands, what else was found; or that there is none, and what to do next."""
    if answer.strength == "none":
        return _abstention_rows(answer, view)
    first = headline(answer)
    rows = _plain(view.texts.of(first), view, f"bold {WARN_STYLE}") if first is not None else []
    rows += [*_headline(answer, view), *_sentences(answer, view), *table_rows(answer, view.width)]
    return [*rows, *_sources(answer, view), *_note_rows(answer, view), *_others(answer, view)]


def _headline(answer: Answer, view: CardView) -> list[Row]:
    """The words that answer by themselves, or what was worked out; nothing where they fill their sentence. What may not
    be the answer says so."""
    possible = answer.strength == "possible"
    label = padded(_POSSIBLE if possible else view.texts("answer"), INDENT)
    if computed := computed_rows(answer, view.texts, view.width, label):
        return [*computed, *_warned(possible, " " * cells(label), view)]
    text, marks = "", list[Mark]()
    for best, words in zip(answer.best, _words(answer), strict=True):
        if not words or cells(words) > _SHORT_ANSWER:
            return _warned(possible, label, view)
        sign = f" [{best.number}]" if len(answer.best) > 1 else ""
        text += "  " * bool(text)
        marks += [(len(text), len(text) + len(words), POSSIBLE_STYLE if possible else ANSWER_STYLE)]
        marks += [(len(text) + len(words), len(text) + len(words) + len(sign), CITE_STYLE)]
        text += words + sign
    if possible:
        doubt = f"   {view.texts('check_source')}"
        if cells(label + text + doubt) > view.width:  # in a row of its own rather than broken over two
            rows = text_rows(text, view.width, marks, label, OpenCitation(answer.best[0].number))
            return [*rows, *_warned(possible, " " * cells(label), view)]
        marks.append((len(text), len(text) + len(doubt), WARN_STYLE))
        text += doubt
    return text_rows(text, view.width, marks, label, OpenCitation(answer.best[0].number))


def _warned(possible: bool, label: str, view: CardView) -> list[Row]:
    """Of a possible answer that is all of a sentence, that it is only possible."""
    doubt = view.texts("check_source")
    return text_rows(doubt, view.width, [(0, len(doubt), WARN_STYLE)], label) if possible else []


def _words(answer: Answer) -> list[str]:
    """For each answering sentence the words of it that answer, for each cell its value; "" where all of it does."""
    found = []
    for at, best in enumerate(answer.best):
        text, marks = quote_with_marks(best)
        if answer.cells:
            found.append(told_value(answer.cells[at]))
        else:
            parts = [text[start:end] for start, end, _ in marks]
            found.append(" ".join(parts) if parts and len("".join(parts)) < len(text) else "")
    return found


def _sentences(answer: Answer, view: CardView) -> list[Row]:
    """Each answering sentence with the number of its source, below the label of the card."""
    possible = answer.strength == "possible"
    label = padded(_POSSIBLE if possible else view.texts("answer"), INDENT)
    is_first = not _headline(answer, view)
    lit = ANSWER_STYLE if is_first else POSSIBLE_STYLE if possible else "bold"
    rows: list[Row] = []
    for at, best in enumerate(answer.best):
        text, marks = (one_line(answer.cells[at].statement), []) if answer.cells else quote_with_marks(best, lit)
        sign = f" [{best.number}]"
        shown = best.with_cuts(text)
        marks = [(start + best.cut[0], end + best.cut[0], style) for start, end, style in marks]
        styles = [*marks, (len(shown), len(shown) + len(sign), CITE_STYLE)]
        lead = label if is_first and not rows else " " * cells(label)
        rows += text_rows(shown + sign, view.width, styles, lead, OpenCitation(best.number))
    return rows


def _sources(answer: Answer, view: CardView) -> list[Row]:
    """A row for each passage that answers, the whole of it when the card is unfolded."""
    rows: list[Row] = []
    for citation in _cited(answer):
        inside = [best for best in answer.best if best.number == citation.number]
        rows.append(source_line(citation, inside[0], view))
        if view.expanded:
            lit = ANSWER_STYLE if answer.strength == "answer" else POSSIBLE_STYLE
            rows += whole_passage(citation, inside, view, lit)
        rows += _elsewhere(citation, view)
    return rows


def _elsewhere(citation: Citation, view: CardView) -> list[Row]:
    return [row for other in citation.also for row in _plain(also_line(other, view.texts), view, QUIET_STYLE, INDENT)]


def _cited(answer: Answer) -> list[Citation]:
    """The passages that the answer stands in; where one of them is not among those found, the sentence itself."""
    found = {citation.number: citation for citation in answer.citations}
    return list({best.number: found.get(best.number, best) for best in answer.best}.values())


def _note_rows(answer: Answer, view: CardView) -> list[Row]:
    notes = [view.texts.in_app(note) for note in beside(answer, view.texts.language)]
    published = answer.best[0].published
    if published and published[:4] < str(view.today.year) and _ASKS_FOR_NOW.search(answer.question):
        notes.append(view.texts("old_document", date=published))
    return [row for note in notes for row in _plain(note, view, WARN_STYLE, INDENT)]


def _plain(text: str, view: CardView, style: str = "", indent: int = 0, target: Target | None = None) -> list[Row]:
    shown = one_line(text)
    return text_rows(shown, view.width, [(0, len(shown), style)] if style else [], " " * indent, target)


def _others(answer: Answer, view: CardView) -> list[Row]:
    """What else was found: how much, and, unfolded, where each meets the question."""
    cited = {best.number for best in answer.best}
    others = [citation for citation in answer.citations if citation.number not in cited]
    if not others:
        return _plain(view.texts("less" if view.expanded else "whole"), view, QUIET_STYLE, target=FoldPassages())
    if view.expanded:
        rows = [Row(styled("", "")), *_plain(view.texts("others_shown", count=len(others)), view, "bold")]
        return [*rows, *_passages(others, view), *_plain(view.texts("less"), view, QUIET_STYLE, target=FoldPassages())]
    own = {(citation.path, citation.title) for citation in _cited(answer)}
    same = sum((citation.path, citation.title) in own for citation in others)
    key = "others_same" if 0 < same < len(others) else "others_all_same" if same else "others"
    return _plain(view.texts(key, count=len(others), same=same), view, QUIET_STYLE, target=FoldPassages())


def _passages(citations: Sequence[Citation], view: CardView) -> list[Row]:
    """Each in a row, below it where it meets the question."""
    return [
        row
        for citation in citations
        for row in (source_line(citation, citation, view), *snippet(citation, view), *_elsewhere(citation, view))
    ]


def _abstention_rows(answer: Answer, view: CardView) -> list[Row]:
    """That there is no answer and what is missing, then what can be done, each by a key or a click."""
    texts = view.texts
    said = [texts.in_app(note) for note in beside(answer, texts.language)]
    first = headline(answer)
    nothing = one_line(texts.of(first)) if first is not None else texts("nothing")
    if left_nothing := bool(answer.filters) and not answer.citations:
        nothing = one_line(texts("nothing_passes", filters=" ".join(answer.filters)))
    rows = text_rows(nothing, view.width, [(0, len(nothing), "bold")], padded(_NO_ANSWER, INDENT))
    for told in said:
        rows += _plain(told, view, indent=INDENT)
    for other, question in other_questions(answer):
        rows += _plain(texts("ask_instead", other=other), view, CITE_STYLE, INDENT, AskInstead(question))
    if answer.filters:
        rows += _plain(texts("nothing_filtered"), view, QUIET_STYLE, INDENT)
    if not said and first is None and not left_nothing:
        for hint in ("nothing_hint_1", "nothing_hint_2", "nothing_hint_3"):
            rows += _plain(texts(hint), view, QUIET_STYLE, INDENT)
    if not answer.citations:
        return rows
    if not view.expanded:
        nearest = texts("see_nearest", count=len(answer.citations[:NEAREST]))
        return rows + _plain(nearest, view, CITE_STYLE, INDENT, FoldPassages())
    shown = answer.citations[:NEAREST]
    rows += [Row(styled("", "")), *_plain(texts("nearest", count=len(shown)), view, "bold")]
    return [*rows, *_passages(shown, view), *_plain(texts("less"), view, QUIET_STYLE, target=FoldPassages())]
