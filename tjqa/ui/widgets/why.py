"""Why a passage was found, for people: the question and the passage with the words they share marked, then what speaks
for it in a few lines; what each feature added to its score is folded away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from tjqa.documents import Span
from tjqa.results import Answer, Citation
from tjqa.text.normalize import fold
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line
from tjqa.ui.widgets.dialogs import ReadScreen
from tjqa.ui.widgets.passage_text import densest, place, relevance, words_met
from tjqa.ui.widgets.rows import Row, Rows, styled, text_rows
from tjqa.ui.widgets.styles import ANSWER_STYLE, QUIET_STYLE, WORD_STYLE
from tjqa.ui.widgets.targets import FoldPassages

_LABEL_COLUMN = 18
_FULL_BAR = 16

_PASSAGE_ROWS = 6
"""Rows of the passage that are shown at most: the part where most of the words meet."""

_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_ASKS = re.compile(
    r"多少(?:[个家项人次名元亿万公吨平所座条亩%]\S?)?|几[个家项人次年月天岁所条座]|百分之几|什么时候|何时|哪一?[年月天位家个里]|谁"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


class WhyText(Rows):
    """What a citation was found by, for a window over the screen."""

    def __init__(self, citation: Citation, answer: Answer, texts: Texts) -> None:
        super().__init__()
        self.citation = citation
        self.answer = answer
        self.texts = texts
        self.is_open = False

    def build_rows(self, width: int) -> Iterable[Row]:
        """Title and place, question and passage, what speaks for it, the numbers if they are wanted."""
        citation, texts = self.citation, self.texts
        heading = " › ".join(one_line(part) for part in (citation.title, citation.section) if part)
        yield from text_rows(heading, width, [(0, len(heading), "bold")])
        told = " ".join(relevance(citation.score, texts))
        where = f"{place(citation, texts)} · {citation.published or texts('undated')} · {told}"
        yield from text_rows(where, width, [(0, len(where), QUIET_STYLE)])
        yield Row(styled("", ""))
        yield from _marked(self.answer.question, citation, (), f"{texts('question')}  ", width)
        words = tuple(mark for best in _answering(citation, self.answer) for mark in best.marks)
        yield from _marked(citation.quote, citation, words, f"{texts('why_passage')}  ", width)
        yield Row(styled("", ""))
        for reason in reasons(citation, self.answer, texts):
            yield from text_rows(one_line(reason), width, lead="· ")
        if citation.explanation():
            yield Row(styled("", ""))
            shown = texts("why_less" if self.is_open else "why_more")
            yield from text_rows(shown, width, [(0, len(shown), QUIET_STYLE)], target=FoldPassages())
        if self.is_open:
            yield from _shares(citation, texts, width)

    def toggle(self) -> None:
        """Show or hide the numbers."""
        self.is_open = not self.is_open
        self.changed()


class WhyScreen(ReadScreen):
    """The window; the key that unfolds a card unfolds the numbers."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "unfold", show=False)]

    def action_unfold(self) -> None:
        """Show or hide the numbers."""
        self.query_one(WhyText).toggle()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """The row that says so was clicked."""
        event.stop()
        self.action_unfold()


def _marked(text: str, citation: Citation, answers: tuple[Span, ...], label: str, width: int) -> list[Row]:
    """A text with the words of the question marked and what answers lit; of a long one the part where they meet."""
    lead = len(text) - len(text.lstrip())
    shown = one_line(text).strip()
    met = words_met(shown, citation.matched)
    start, end = densest(shown, met, _PASSAGE_ROWS * max(width - cells(label) - 2, 8))
    cut = f"{'…' * (start > 0)}{shown[start:end]}{'…' * (end < len(shown))}"
    shift = (start > 0) - start
    marks = [
        (0, len(cut), QUIET_STYLE),
        *((s + shift, e + shift, WORD_STYLE) for s, e in met if start <= s and e <= end),
    ]
    for mark in answers:
        at = mark.start - citation.span.start - lead
        if start <= at and at + len(mark) <= end:
            marks.append((at + shift, at + len(mark) + shift, ANSWER_STYLE))
    return text_rows(cut, width, marks, label)


def _answering(citation: Citation, answer: Answer) -> list[Citation]:
    """The sentences of a passage that answer."""
    return [best for best in answer.best if best.number == citation.number]


def reasons(citation: Citation, answer: Answer, texts: Texts) -> list[str]:
    """What speaks for a passage, a line each: the words of the question it holds, what it answers with, title and
    date."""
    return [_by_words(citation, texts), *_by_answer(citation, answer, texts), *_by_context(citation, answer, texts)]


def _whole(words: Iterable[str]) -> list[str]:
    """Words each once, without those that are a part of a longer one: the name of a district without and with 区."""
    shown = dict.fromkeys(map(one_line, words))
    return [word for word in shown if not any(word != other and word in other for other in shown)]


def _by_words(citation: Citation, texts: Texts) -> str:
    words = _whole(citation.matched)
    if not words:
        return texts("why_no_words")
    sentences = [fold(part) for part in _SENTENCE.findall(citation.quote)]
    together = max((sum(fold(word) in sentence for word in words) for sentence in sentences), default=0)
    key = "why_words_together" if together > 1 else "why_words"
    return texts(key, words="、".join(words), count=len(words), together=together)


def _by_answer(citation: Citation, answer: Answer, texts: Texts) -> list[str]:
    best = _answering(citation, answer)
    parts = [b.quote[mark.start - b.span.start : mark.end - b.span.start] for b in best for mark in b.marks]
    said = one_line(" ".join(parts)).strip()
    asks = _ASKS.search(answer.question)
    if said and asks is not None:
        return [texts("why_asked", asked=asks[0], said=said)]
    return [texts("why_answers", said=said)] if said else [texts("why_holds_answer")] if best else []


def _by_context(citation: Citation, answer: Answer, texts: Texts) -> list[str]:
    """Words of the question that stand in the title, and its year where the document is of it."""
    title = fold(citation.title)
    named = [word for word in _whole(citation.matched) if fold(word) in title]
    years = [year for year in _YEAR.findall(answer.question) if (citation.published or "").startswith(year)]
    said = [texts("why_title_holds", words="、".join(named))] if named else []
    said += [texts("why_date_fits", date=citation.published)] if years else []
    return [texts("build_between").join(said)] if said else []


def _shares(citation: Citation, texts: Texts, width: int) -> Iterable[Row]:
    """A bar for each feature, the largest first; of one that took away an empty one."""
    explanation = citation.explanation()
    title = texts("why_shares")
    yield from text_rows(title, width, [(0, len(title), "bold")])
    largest = max(abs(told.value) for told in explanation)
    for told in explanation:
        label = one_line(texts.of(told.label))
        bar = ("▮" if told.value > 0 else "▯") * max(round(abs(told.value) / largest * _FULL_BAR), 1)
        lead = f"  {label}" + " " * max(_LABEL_COLUMN - cells(label), 1)
        yield from text_rows(f"{told.value:+.2f}  {bar}", width, lead=lead)
