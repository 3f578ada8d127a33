"""What a card says of answering cells of tables: what was worked out from them, and their rows under their heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from textual.content import Content, Span

from tjqa.results import Answer, AnswerCell
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.cell_labels import labels
from tjqa.ui.widgets.rows import Mark, Row, text_rows
from tjqa.ui.widgets.styles import ANSWER_STYLE, POSSIBLE_STYLE, QUIET_STYLE
from tjqa.ui.widgets.targets import OpenCitation

_WIDEST = 30
"""Columns of the screen that a column of a table may take; of a longer text the beginning is shown."""

_MOST_HEADS = 3
"""Rows of heads, the innermost: more would be higher than what stands under them."""

_INDENT = 4
_BETWEEN = "  "
_SKIPPED = "…"


def computed_rows(answer: Answer, texts: Texts, width: int, lead: str) -> list[Row]:
    """What was worked out: no quotation, and so without a number to open."""
    rows: list[Row] = []
    for one in answer.computed:
        rows += text_rows(one_line(one.statement.text(texts.language)), width, lead=lead if not rows else "")
    return rows


def told_value(cell: AnswerCell) -> str:
    """The value of a cell with its unit, on one line."""
    return one_line(cell.value)


def table_rows(answer: Answer, width: int) -> list[Row]:
    """The rows of the cells that answer, those of one table under the same heads, the cells marked; before them what
    tells them apart."""
    lit = ANSWER_STYLE if answer.strength == "answer" else POSSIBLE_STYLE
    pairs = [pair for pair in zip(answer.cells, answer.best, strict=False) if pair[0].row]
    told = labels([cell for cell, _ in pairs], [best for _, best in pairs])
    named = [_Named(cell, best.number, label) for (cell, best), label in zip(pairs, told, strict=True)]
    rows: list[Row] = []
    for _, group in groupby(named, key=lambda one: [head.heads for head in one.cell.row]):
        rows += _table(list(group), width - _INDENT, lit)
    return rows


@dataclass(frozen=True, slots=True)
class _Named:
    """A cell with the number that opens it and what is said of its row."""

    cell: AnswerCell
    number: int
    label: str


@dataclass(slots=True)
class _Line:
    texts: tuple[str, ...]
    marked: set[int]
    number: int


def _table(group: Sequence[_Named], width: int, lit: str) -> list[Row]:
    before = int(any(one.label for one in group))  # a column of what is said of the rows
    lines: dict[tuple[str, ...], _Line] = {}
    for one in group:
        texts = (*[one.label] * before, *(one_line(beside.text).strip() for beside in one.cell.row))
        lines.setdefault(texts, _Line(texts, set(), one.number)).marked.add(before + one.cell.at)
    first = group[0].cell.row
    heads = [*[()] * before, *(tuple(one_line(head) for head in one.heads[-_MOST_HEADS:]) for one in first)]
    columns = list(zip(*lines, strict=True))
    widths = [max(cells(text) for text in (*heads[at], *column)) for at, column in enumerate(columns)]
    marked = {at for line in lines.values() for at in line.marked}
    said = {head for one in group for head in one.cell.row_heads}  # of blocks beside each other one names the cell
    names = [at + before for at, one in enumerate(first) if one.is_name and (at == 0 or one.text in said)]
    right = {at for at, column in enumerate(columns) if at >= before and all(map(_is_figure, column))}
    held = _fitting(widths, [*range(before), *names], marked, width)
    form = _Form(held, right, lit, max(held) < len(widths) - 1)
    depth = max((len(heads[at]) for at in form.held), default=0)
    rows = [form.row(_head_line(heads, form.held, level - depth), style=QUIET_STYLE) for level in range(depth)]
    for line in lines.values():
        shown = {at: shorten(line.texts[at], wide) for at, wide in form.held.items()}
        rows.append(form.row(shown, line.marked, target=OpenCitation(line.number)))
    return rows


@dataclass(frozen=True, slots=True)
class _Form:
    """How a table is laid out: the columns that are shown with the width of each, those set to the right, how what
    answers looks, whether the last column is left out."""

    held: dict[int, int]
    right: set[int]
    lit: str
    is_cut: bool

    def row(
        self, texts: dict[int, str], marked: Iterable[int] = (), style: str = "", target: OpenCitation | None = None
    ) -> Row:
        """One row; a sign stands where columns are left out."""
        line, marks = "", list[Mark]()
        before = -1
        for at, wide in self.held.items():
            line += _BETWEEN * bool(line)
            if at != before + 1:
                line += _SKIPPED + _BETWEEN
            blank = " " * (wide - cells(texts[at]))
            start = len(line) + len(blank) * (at in self.right)
            line += blank + texts[at] if at in self.right else texts[at] + blank
            marks += [(start, start + len(texts[at]), self.lit)] if at in marked else []
            before = at
        line += (_BETWEEN + _SKIPPED) * self.is_cut
        marks += [(0, len(line), style)] if style else []
        return Row(
            Content(" " * _INDENT + line, [Span(s + _INDENT, e + _INDENT, look) for s, e, look in marks]), target
        )


def _fitting(widths: Sequence[int], names: Sequence[int], marked: set[int], width: int) -> dict[int, int]:
    """The columns that there is room for, in order, and how wide each is: what answers, what its row is, then what
    stands next to it."""
    widths = [min(wide, _WIDEST) for wide in widths]
    nearest = sorted(range(len(widths)), key=lambda at: min((abs(at - one) for one in marked), default=at))
    held: set[int] = set()
    for at in dict.fromkeys([*sorted(marked), *names, *nearest]):
        if not held or _taken(widths, held | {at}) <= width:
            held.add(at)
    return {at: min(widths[at], width) for at in sorted(held)}


def _taken(widths: Sequence[int], held: Iterable[int]) -> int:
    """How wide a row of some columns is, with the signs where others are left out."""
    taken, before = 0, -1
    for at in sorted(held):
        taken += widths[at] + len(_BETWEEN) * bool(taken) + len(_SKIPPED + _BETWEEN) * (at != before + 1)
        before = at
    return taken + len(_BETWEEN + _SKIPPED) * (before < len(widths) - 1)


def _head_line(heads: Sequence[tuple[str, ...]], held: dict[int, int], level: int) -> dict[int, str]:
    """One row of heads, counted from the innermost, -1; a head over several columns once."""
    line: dict[int, str] = {}
    before: tuple[str, ...] = ()
    for at, wide in held.items():
        own = heads[at][: len(heads[at]) + level + 1] if len(heads[at]) >= -level else ()
        line[at] = shorten(own[-1], wide) if own and (own != before or level == -1) else ""
        before = own
    return line


def _is_figure(text: str) -> bool:
    return text[:1].isdigit() or (text[:1] in "+-−" and text[1:2].isdigit())
