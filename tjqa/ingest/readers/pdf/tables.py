"""Tables drawn with rules: which cell a run stands in is said by the rules next to it on all four sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.bands import Band, Filled
from tjqa.ingest.readers.pdf.grid_cells import table_rows
from tjqa.ingest.readers.pdf.lines import rows_of, segments_of
from tjqa.ingest.readers.pdf.shapes import Page, Rule, Run, Table, TableRow

_MOST_COMPARISONS = 4_000_000  # rules times runs: a page with more is a drawing


class _Grid(NamedTuple):
    across: list[Rule]
    upright: list[Rule]
    x0: float
    x1: float
    top: float
    bottom: float


_Cell = tuple[float, float, float, float]  # top, left, bottom, right


def tables_of(page: Page, runs: list[Run]) -> tuple[list[Table], list[Run]]:
    """Tables, and the runs that stand in none. What stands in a frame of one cell a row is no table."""
    rules = len(page.across) + len(page.upright)
    if not page.across or not page.upright or rules * max(rules, len(runs)) > _MOST_COMPARISONS:
        return [], runs
    tables: list[Table] = []
    grids = sorted(_grids(page), key=lambda grid: (grid.x1 - grid.x0) * (grid.bottom - grid.top))
    for grid in grids:  # inner ones first
        inside: list[Run] = []
        rest: list[Run] = []
        for run in runs:
            middle, height = (run.x0 + run.x1) / 2, run.base - 0.35 * run.size
            (inside if grid.x0 < middle < grid.x1 and grid.top < height < grid.bottom else rest).append(run)
        rows = _rows(grid, inside)
        if any(sum(bool(cell.text) for cell in row.cells) >= parameters.CELLS_OF_A_ROW for row in rows):
            tables.append(Table(grid.x0, grid.x1, grid.top, grid.bottom, rows))
            runs = rest
    return tables, runs


def _grids(page: Page) -> Iterator[_Grid]:
    """Rules that cross or meet each other."""
    touch = parameters.RULE_TOUCH
    group = list(range(len(page.across)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    met: list[int] = []  # for each upright rule one that it meets, -1 for none
    for upright in page.upright:
        first = -1
        for at, across in enumerate(page.across):
            if (
                across.start - touch <= upright.at <= across.end + touch
                and upright.start - touch <= across.at <= upright.end + touch
            ):
                if first >= 0:
                    group[root(at)] = root(first)
                first = at
        met.append(first)
    across_of: dict[int, list[Rule]] = {}
    upright_of: dict[int, list[Rule]] = {}
    for at, rule in enumerate(page.across):
        across_of.setdefault(root(at), []).append(rule)
    for at, rule in zip(met, page.upright, strict=True):
        if at >= 0:
            upright_of.setdefault(root(at), []).append(rule)
    for key, upright_rules in upright_of.items():
        rules = across_of[key]
        if len(rules) >= 2:
            x0 = min(min(rule.start for rule in rules), upright_rules[0].at)
            x1 = max(max(rule.end for rule in rules), upright_rules[-1].at)
            top = min(rules[0].at, min(rule.start for rule in upright_rules))
            bottom = max(rules[-1].at, max(rule.end for rule in upright_rules))
            yield _Grid(rules, upright_rules, x0 - touch, x1 + touch, top - touch, bottom + touch)


def _rows(grid: _Grid, runs: Sequence[Run]) -> list[TableRow]:
    cells: dict[_Cell, list[Run]] = {}
    for run in runs:
        for part in _cut(run, grid.upright):
            cells.setdefault(_cell(grid, part), []).append(part)
    bands: list[Band] = []
    before = float("-inf")
    for cell in sorted(cells):
        if cell[0] - before > parameters.RULE_TOUCH:
            bands.append([])
            before = cell[0]
        lines = [(row[0].base, segments_of(row)) for row in rows_of(cells[cell])]
        bands[-1].append(Filled(*cell, lines))
    ordered = [sorted(band, key=lambda cell: cell.left) for band in bands]
    return table_rows(ordered, grid.across, grid.upright)


def _cut(run: Run, upright: Sequence[Rule]) -> Iterator[Run]:
    """A run across a rule as two, unless its text runs on over the rule."""
    height = run.base - 0.35 * run.size
    for rule in upright:
        if not (run.x0 < rule.at < run.x1 and rule.start <= height <= rule.end):
            continue
        at = next((n for n, glyph in enumerate(run.glyphs) if (glyph.x0 + glyph.x1) / 2 > rule.at), 0)
        if at and run.glyphs[at].x0 - run.glyphs[at - 1].x1 > 0.2 * run.size:
            left, right = run.glyphs[:at], run.glyphs[at:]
            yield Run(left, run.x0, max(glyph.x1 for glyph in left), run.base, run.size, run.shift)
            yield from _cut(Run(right, right[0].x0, run.x1, run.base, run.size, run.shift), upright)
            return
    yield run


def _cell(grid: _Grid, run: Run) -> _Cell:
    middle, height, touch = (run.x0 + run.x1) / 2, run.base - 0.35 * run.size, parameters.RULE_TOUCH
    top, left, bottom, right = grid.top, grid.x0, grid.bottom, grid.x1
    for rule in grid.across:
        if rule.start - touch <= middle <= rule.end + touch:
            if rule.at <= height:
                top = rule.at
            else:
                bottom = rule.at
                break
    for rule in grid.upright:
        if rule.start - touch <= height <= rule.end + touch:
            if rule.at <= middle:
                left = rule.at
            else:
                right = rule.at
                break
    return top, left, bottom, right
