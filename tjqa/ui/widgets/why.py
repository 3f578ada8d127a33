"""Why a passage was found: the question's words it holds, and what each feature added to its score."""

from __future__ import annotations

from collections.abc import Iterable

from tjqa.results import Citation
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line
from tjqa.ui.widgets.passage_text import place, relevance
from tjqa.ui.widgets.rows import Row, Rows, styled, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE

_LABEL_COLUMN = 18
_FULL_BAR = 16


class WhyText(Rows):
    """What a citation was found by, for a window over the screen."""

    def __init__(self, citation: Citation, texts: Texts) -> None:
        super().__init__()
        self.citation = citation
        self.texts = texts

    def build_rows(self, width: int) -> Iterable[Row]:
        """Place, relevance, words, then a bar for each feature, the largest first."""
        citation, texts = self.citation, self.texts
        heading = " › ".join(one_line(part) for part in (citation.title, citation.section) if part)
        yield from text_rows(heading, width, [(0, len(heading), "bold")])
        where = f"{one_line(citation.path)} · {place(citation, texts)} · {citation.published or texts('undated')}"
        yield from text_rows(where, width, [(0, len(where), QUIET_STYLE)])
        yield Row(styled("", ""))
        yield from text_rows(" ".join(relevance(citation.score, texts)), width, lead=f"{texts('why_relevance')}  ")
        words = " · ".join(one_line(word) for word in citation.matched) or texts("why_no_words")
        yield from text_rows(words, width, lead=f"{texts('why_words')}  ")
        yield Row(styled("", ""))
        yield from _shares(citation, texts, width)


def _shares(citation: Citation, texts: Texts, width: int) -> Iterable[Row]:
    explanation = citation.explanation()
    if not explanation:
        return
    title = texts("why_shares")
    yield from text_rows(title, width, [(0, len(title), "bold")])
    largest = max(abs(told.value) for told in explanation)
    for told in explanation:
        label = one_line(texts.of(told.label))
        bar = "▮" * max(round(abs(told.value) / largest * _FULL_BAR), 1)
        lead = f"  {label}" + " " * max(_LABEL_COLUMN - cells(label), 1)
        yield from text_rows(f"{told.value:+.2f}  {bar}", width, lead=lead)
