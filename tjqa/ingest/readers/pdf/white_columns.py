"""Rows of tables without upright rules: columns are where white runs down between what is written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.cells import with_whole_cells
from tjqa.ingest.readers.pdf.characters import joined
from tjqa.ingest.readers.pdf.lines import segments_of
from tjqa.ingest.readers.pdf.shapes import Run, Segment, TableRow


class Word(NamedTuple):
    """What stands in a row without white as wide as between columns."""

    x0: float
    x1: float
    size: float
    runs: list[Run]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.char for run in self.runs for glyph in run.glyphs)


WordRow = list[Word]
_Held = dict[tuple[int, int], Segment]  # what stands in which columns, first and last
_Line = tuple[float, _Held]  # with its baseline


def words_of(row: Sequence[Run]) -> WordRow:
    """What stands on one baseline, from the left."""
    found: WordRow = []
    for run in sorted((part for run in row for part in _parts(run)), key=lambda run: run.x0):
        if found and run.x0 - found[-1].x1 < parameters.COLUMN_WHITE * run.size:
            word = found[-1]
            found[-1] = Word(word.x0, max(word.x1, run.x1), word.size, [*word.runs, run])
        else:
            found.append(Word(run.x0, run.x1, run.size, [run]))
    return found


def _parts(run: Run) -> Iterator[Run]:
    """A run cut where there is white as between columns."""
    begin = 0
    for at in range(1, len(run.glyphs) + 1):
        if at == len(run.glyphs) or run.glyphs[at].x0 - run.glyphs[at - 1].x1 >= parameters.COLUMN_WHITE * run.size:
            glyphs = run.glyphs[begin:at]
            yield Run(glyphs, glyphs[0].x0, max(glyph.x1 for glyph in glyphs), run.base, run.size, run.shift)
            begin = at


def edges_of(body: Sequence[WordRow], head: Sequence[WordRow]) -> list[float]:
    """Where columns meet: in the middle of the white that runs down the body; a label of the head that reaches into it
    from one side leaves it the rest."""
    filled = _filled(word for row in body if len(row) > 1 for word in row)
    alone = [row[0] for row in body if len(row) == 1]  # labels of several lines, or text across columns
    filled = _filled([*filled, *(word for word in alone if sum(meet(word, other) for other in filled) < 2)])
    sizes = sorted(word.size for row in body for word in row)
    found = []
    for left, right in ((one.x1, other.x0) for one, other in pairwise(filled)):
        if right - left < parameters.COLUMN_WHITE * sizes[len(sizes) // 2]:
            continue
        begins = max([left, *(word.x1 for row in head for word in row if left < word.x1 < right)])
        ends = min([right, *(word.x0 for row in head for word in row if left < word.x0 < right)])
        found.append((begins + ends) / 2 if begins < ends else (left + right) / 2)
    return found


def _filled(words: Iterable[Word]) -> WordRow:
    """Words that stand above each other as one."""
    found: WordRow = []
    for word in sorted(words, key=lambda word: word.x0):
        if found and word.x0 <= found[-1].x1:
            found[-1] = found[-1]._replace(x1=max(found[-1].x1, word.x1))
        else:
            found.append(word)
    return found


def meet(one: Word, other: Word) -> bool:
    """Whether one stands above the other somewhere."""
    return one.x0 < other.x1 and other.x0 < one.x1


def is_across(word: Word, edges: Sequence[float]) -> bool:
    """Whether it stands in several columns."""
    return any(word.x0 < edge < word.x1 for edge in edges)


def _held(row: WordRow, columns: Sequence[float]) -> _Held:
    """The cells of a row: what is written across an edge stands in the columns on both sides of it."""
    found: _Held = {}
    for word in row:
        first, last = (sum(edge <= end for edge in columns[1:-1]) for end in (word.x0, word.x1))
        segments = segments_of(word.runs)
        text = " ".join(segment.text for segment in segments)
        cell = segments[0]._replace(text=text, x1=segments[-1].x1)
        before = found.get((first, last))
        found[first, last] = cell if before is None else before._replace(text=f"{before.text} {text}", x1=cell.x1)
    return found


def _base(row: WordRow) -> float:
    return row[0].runs[0].base


def head_rows(rows: Sequence[WordRow], columns: Sequence[float]) -> list[TableRow]:
    """The head as one row, its labels of several lines whole; below labels over several columns a second one."""
    lines = [(_base(row), _held(row, columns)) for row in rows]
    over = [at for at, (_, held) in enumerate(lines) if any(first != last for first, last in held)]
    if not over:
        return [_one_row(lines, columns)]
    upper, lower = lines[: over[-1] + 1], lines[over[-1] + 1 :]
    spans = sorted({place for _, held in upper for place in held if place[0] != place[1]})
    spanned = {at for first, last in spans for at in range(first, last + 1)}
    single = set(range(len(columns) - 1)) - spanned
    first_row = _one_row([*upper, *_only(lower, single)], columns)
    below = _only(lower, spanned)
    if not below:
        return [first_row]
    reached = tuple(at for at in sorted(single) if first_row.cells[at].text)
    return [first_row, _one_row(below, columns)._replace(covered=reached)]


def _only(lines: Sequence[_Line], columns: Container[int]) -> list[_Line]:
    """What stands in some of the columns."""
    kept = [(base, {place: cell for place, cell in held.items() if place[0] in columns}) for base, held in lines]
    return [(base, held) for base, held in kept if held]


def body_rows(rows: Sequence[WordRow], columns: Sequence[float]) -> list[TableRow]:
    """Rows; where only one has several cells, the others are lines of labels around it."""
    lines = [(_base(row), _held(row, columns)) for row in rows]
    is_one = sum(len(held) > 1 for _, held in lines) == 1
    if is_one and all(first == last for _, held in lines for first, last in held):
        return [_one_row(lines, columns)]
    found = []
    for base, segments in with_whole_cells([(base, [held[at] for at in sorted(held)]) for base, held in lines]):
        placed = {
            (sum(edge <= one.x0 for edge in columns[1:-1]), sum(edge <= one.x1 for edge in columns[1:-1])): one
            for one in segments
        }
        found.append(_one_row([(base, placed)], columns))
    return found


def _one_row(lines: Sequence[_Line], columns: Sequence[float]) -> TableRow:
    """Lines as one row: what stands below each other in a column is one cell."""
    cells = [Segment("", left, right, 0.0, 0.0) for left, right in pairwise(columns)]
    wide: dict[int, int] = {}
    for _, held in sorted(lines, key=lambda line: line[0]):
        for (first, last), segment in sorted(held.items()):
            before = cells[first]
            cells[first] = segment._replace(text=joined(before.text, segment.text)) if before.text else segment
            wide[first] = max(wide.get(first, 1), last - first + 1)
    over = {
        at: count
        for at, count in wide.items()
        if count > 1 and not any(cell.text for cell in cells[at + 1 : at + count])
    }
    return TableRow(min(base for base, _ in lines), cells, tuple(sorted(over.items())))
