"""What cells and texts of a table are to a question: what it may ask for, or what it says itself."""

from __future__ import annotations

import re

from tjqa.answers.tables.grid import Grid, is_figure
from tjqa.answers.tables.heads import HeadReader, bare_head
from tjqa.answers.tables.markers import is_no_value
from tjqa.answers.tables.measures import may_name
from tjqa.answers.tables.question import CellQuestion
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.text.normalize import fold, squeeze

_GOES_ON = re.compile(r"(?![的和与及是在有])[\u4e00-\u9fff]{2}")  # the text is the beginning of a longer name
_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司$|集团(?:公司)?$")
_MEANS = "指"  # between a term and what it stands for


class AskedCells:
    """Tells for one question which cells may answer it, and which texts it says itself."""

    def __init__(self, question: CellQuestion, heads: HeadReader) -> None:
        self._question = question
        self._heads = heads

    def can_answer(self, cell: Cell) -> bool:
        """A name of a row is asked for by its column: 哪家公司; never where a figure is."""
        if may_name(cell.text) and self._heads.of(cell.text).is_named and not self._is_asked_for(cell):
            return False  # what a question says it does not ask for
        if self._question.wants_figure and cell.text.lstrip().startswith("="):
            return False  # a formula that was never computed is no figure
        if cell.text.strip() == _MEANS or is_no_value(cell.text):
            return False  # what a program writes where it has none
        if cell.kind is ColumnKind.NAME:
            if self._question.wants_figure or is_figure(cell.text):
                return False
            # Who asks 哪个地区, or names 地区, is answered by a name of a row.
            named = any(head.is_named or head.is_last for head in map(self._heads.of, cell.column_heads))
            return bool(cell.column_heads) and (named or bool(self._question.asked))
        return cell.kind is ColumnKind.VALUE

    def _is_asked_for(self, cell: Cell) -> bool:
        """Whether the question names the head of a cell and in a longer name its text: 简称 of
        天铭科技股份有限公司, which is 天铭科技."""
        heads = [self._heads.of(head) for head in (*cell.row_heads[-1:], *cell.column_heads[-1:])]
        if cell.kind is not ColumnKind.VALUE or not any(head.is_named and not head.dates for head in heads):
            return False
        text = squeeze(fold(cell.text))
        at = self._question.folded.find(text)
        return at >= 0 and bool(_GOES_ON.match(self._question.folded, at + len(text)))

    def owns(self, name: str) -> bool:
        """Whether the question tells a name as that of which something is asked: 甲超市的…, 甲超市被罚…."""
        at = self._question.folded.find(name)
        return at >= 0 and self._question.folded[at + len(name) :].startswith(("的", "被"))

    def told_name(self, text: str, grid: Grid) -> str:
        """What the question holds of a text that tells one row of a table from all others: all of it, or all but its
        legal form; "" where it does not."""
        name = _LEGAL_FORM.sub("", bare_head(text)) if text in grid.telling_texts else ""
        return name if name in self._question.folded else ""
