"""What a card says of answering cells of tables: each in a line with its heads, its value marked, and what was worked
out from them."""

from __future__ import annotations

from tjqa.results import Answer, AnswerCell, Citation
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.rows import Mark, Row, text_rows

_VALUE_STYLE = "bold $ans-fg on $ans-bg"


def computed_rows(answer: Answer, texts: Texts, width: int, lead: str) -> list[Row]:
    """What was worked out: no quotation, and so without a number to open."""
    rows: list[Row] = []
    for one in answer.computed:
        rows += text_rows(one_line(one.statement.text(texts.language)), width, lead=lead if not rows else "")
    return rows


def cell_with_mark(cell: AnswerCell, best: Citation) -> tuple[str, list[Mark]]:
    """The statement of a cell on one line, and its value in it."""
    text = one_line(cell.statement)
    value = one_line(best.quote.strip())
    start = text.rfind(value)
    return text, [(start, start + len(value), _VALUE_STYLE)] if start >= 0 else []
