"""Tables in plain text whose cells are set below each other with blanks: a column begins behind white that runs down
through all of its rows, so that a blank cell is seen where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tjqa.documents import Sheet, Span
from tjqa.ingest.tables.cells import Kind, kind_of, unit_said
from tjqa.ingest.tables.separated import SPACED, columns_before, spaced, wide_gaps

_LEAST_ROWS = 3  # with white in them, as of tables of tabs
_CLEAR = 0.6  # of the rows have wide white where a column ends; the others may have a single blank there
_MOST_CUTS = 64
_LINE_END = re.compile(r"\r\n|\r|\n")
_RULED = re.compile(r"[\s\-=—─━_+|.]+")  # a line that only rules a table


class _Line(NamedTuple):
    start: int
    end: int  # of its text
    after: int  # behind its line break


def aligned_tables(text: str) -> tuple[Sheet, ...]:
    """Runs of lines whose cells are parted by blanks alone and stand in columns, one of them at least of figures."""
    return tuple(sheet for run in _runs(text) if (sheet := _sheet(text, run)) is not None)


def rows_of(text: str, sheets: Sequence[Sheet]) -> set[int]:
    """The numbers of the lines that are rows of tables."""
    found = set()
    for number, line in enumerate(_lines(text)):
        if any(sheet.span.start <= line.start < sheet.span.end for sheet in sheets):
            found.add(number)
    return found


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for end in _LINE_END.finditer(text):
        yield _Line(at, end.start(), end.end())
        at = end.end()
    yield _Line(at, len(text), len(text))


def _runs(text: str) -> Iterator[list[_Line]]:
    """Lines next to each other of which the first and the last have wide white in them."""
    run: list[_Line] = []
    for line in [*_lines(text), _Line(len(text), len(text), len(text))]:
        told = text[line.start : line.end]
        if told.strip() and "\t" not in told:
            run.append(line)
            continue
        spread = [at for at, one in enumerate(run) if wide_gaps(text[one.start : one.end])]
        if len(spread) >= _LEAST_ROWS:
            yield run[spread[0] : spread[-1] + 1]
        run = []


def _sheet(text: str, run: list[_Line]) -> Sheet | None:
    """A table of some lines; what says the unit of all of them stands above it (表1 …  单位：元)."""
    while run and (unit_said(text[run[0].start : run[0].end]) or not wide_gaps(text[run[0].start : run[0].end])):
        run = run[1:]
    rows = [text[line.start : line.end] for line in run]
    rows = [row for row in rows if wide_gaps(row) and not _RULED.fullmatch(row)]
    cuts = _cuts(rows)
    if len(rows) < _LEAST_ROWS or not 1 < len(cuts) <= _MOST_CUTS or not _holds_figures(rows, cuts):
        return None
    return Sheet(Span(run[0].start, run[-1].after), separator=SPACED, loose=True, cuts=cuts)


def _cuts(rows: Sequence[str]) -> tuple[int, ...]:
    """Where columns begin: behind white in all rows that is wide in most of them."""
    white = [_white(row) for row in rows]
    width = max(map(len, white), default=0)
    blank = [all(at >= len(row) or row[at] for row in white) for at in range(width)]
    first = next((at for at, is_blank in enumerate(blank) if not is_blank), width)
    cuts = [0]
    for at in range(first + 1, width):
        if blank[at - 1] and not blank[at]:
            clear = sum(at > len(row) or all(row[max(at - 2, 0) : at]) or _is_wide(row, at) for row in white)
            if clear >= _CLEAR * len(rows):
                cuts.append(at)
    return tuple(cuts)


def _white(row: str) -> list[bool]:
    """For each column of a fixed pitch whether a row is blank there."""
    places = columns_before(row)
    found: list[bool] = []
    for char, start, end in zip(row, places, places[1:], strict=False):
        found += [char.isspace()] * (end - start)
    return found


def _is_wide(row: Sequence[bool], at: int) -> bool:
    """Whether the white before a column of a row goes on into it: a figure that is set to the right."""
    return row[at - 1] and (at >= len(row) or row[at])


def _holds_figures(rows: Sequence[str], cuts: tuple[int, ...]) -> bool:
    """Whether most of what stands in some column behind the first one, its head apart, is figures."""
    bodies = [[row[slice(*place)] for place in spaced(row, 0, len(row), cuts)] for row in rows[1:]]
    for at in range(1, len(cuts)):
        told = [texts[at] for texts in bodies if texts[at]]
        if told and 2 * sum(kind_of(text) is Kind.FIGURE for text in told) > len(told):
            return True
    return False
