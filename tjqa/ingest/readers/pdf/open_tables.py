"""Tables with rules across only, as reports set them: one above the head, one below it, one at the foot (none where the
table goes on overleaf). Columns are where white runs down between what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.lines import rows_of
from tjqa.ingest.readers.pdf.shapes import Page, Rule, Run, Table
from tjqa.ingest.readers.pdf.white_columns import WordRow, body_rows, edges_of, head_rows, is_across, meet, words_of

_MARK = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]?|[^\w\s]")


@dataclass(slots=True)
class _Band:
    """What stands between two rules, or below the last one: rows from the top."""

    top: float
    bottom: float
    rows: list[WordRow]

    @property
    def is_tabular(self) -> bool:
        """Whether there is white in its rows, as prose has none; a cell may have a line above and below its row's."""
        parted = sum(len(row) > 1 for row in self.rows)
        return 0 < len(self.rows) <= 3 * parted


def open_tables_of(page: Page, runs: list[Run], taken: Sequence[Table]) -> tuple[list[Table], list[Run]]:
    """Tables between rules that lie in none of those `taken`, and the runs that stand in none."""
    free = [
        rule
        for rule in page.across
        if not any(one.top <= rule.at <= one.bottom and rule.start < one.x1 and rule.end > one.x0 for one in taken)
    ]
    if len(free) * len(runs) > parameters.MOST_OPEN_COMPARISONS:
        return [], runs
    found: list[Table] = []
    for rules in _alike([rule for rule in free if not _underlines(rule, runs)]):
        inside = [run for run in runs if rules[0].start <= (run.x0 + run.x1) / 2 <= rules[0].end]
        bands = [_Band(top.at, foot.at, _rows(top.at, foot.at, inside)) for top, foot in pairwise(rules)]
        for part in _tabular(bands, _below(rules[-1].at, inside)):
            table = _table(part, rules[0].start, rules[0].end)
            if table is not None and not _is_framed(table, page.upright):
                found.append(table)
                gone = {id(run) for run in inside if table.top < _height(run) < table.bottom}
                runs = [run for run in runs if id(run) not in gone]
    return found, runs


def _height(run: Run) -> float:
    return run.base - 0.35 * run.size


def _is_framed(table: Table, upright: Sequence[Rule]) -> bool:
    """Whether a rule runs down one of its sides: a box around something else."""
    reach = parameters.ALIKE_RULES * (table.x1 - table.x0)
    return any(
        min(abs(rule.at - table.x0), abs(rule.at - table.x1)) <= reach
        and rule.start < table.bottom
        and rule.end > table.top
        for rule in upright
    )


def _underlines(rule: Rule, runs: Sequence[Run]) -> bool:
    """Whether a rule is drawn below a text, no longer than this: those of tables are longer than what they part."""
    return any(
        -0.1 * run.size <= rule.at - run.base <= parameters.UNDERLINE * run.size
        and run.x0 - 0.5 * run.size <= rule.start
        and rule.end <= run.x1 + 0.5 * run.size
        for run in runs
    )


def _alike(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules that begin and end at about the same places, from the top; one may be drawn in pieces."""
    groups: list[list[Rule]] = []
    for at, level in groupby(sorted(rules), key=lambda rule: rule.at):
        pieces = list(level)
        whole = Rule(at, pieces[0].start, max(rule.end for rule in pieces))
        fits = [group for group in groups if any(_is_alike(group[0], rule) for rule in pieces)]
        fits = fits or [group for group in groups if _is_alike(group[0], whole)]
        for group in fits:
            group.append(Rule(at, group[0].start, group[0].end))
        if not fits:
            groups += [[rule] for rule in pieces]
    return (group for group in groups if len(group) >= 2)


def _is_alike(one: Rule, other: Rule) -> bool:
    off = parameters.ALIKE_RULES * (one.end - one.start)
    return abs(one.start - other.start) <= off and abs(one.end - other.end) <= off


def _rows(top: float, bottom: float, runs: Sequence[Run]) -> list[WordRow]:
    return [words_of(row) for row in rows_of([run for run in runs if top < _height(run) < bottom])]


def _below(top: float, runs: Sequence[Run]) -> _Band:
    """The rows of cells that follow a rule."""
    rows = []
    for row in _rows(top, float("inf"), runs):
        if len(row) < 2:
            break
        rows.append(row)
    foot = max((run.bottom for row in rows for word in row for run in word.runs), default=top)
    return _Band(top, foot, rows)


def _tabular(bands: Sequence[_Band], below: _Band) -> Iterator[list[_Band]]:
    """Two bands and more of cells that follow each other; what is `below` the last rule is the body of a head that has
    none. A caption at the foot of a band is that of the next table."""
    part: list[_Band] = []
    for band in bands:
        ends = _has_caption(band)
        if band.is_tabular:
            part.append(_without_last(band) if ends else band)
        if ends or not band.is_tabular:
            if len(part) >= 2:
                yield part
            part = []
    if len(part) >= 2 or (part and below.rows):
        yield part if len(part) >= 2 else [*part, below]


def _has_caption(band: _Band) -> bool:
    """Whether the last row is one text across what stands in columns above it."""
    *rows, last = band.rows or [[]]
    whole = last[0]._replace(x1=last[-1].x1) if last else None
    if whole is None or any(two.x0 - one.x1 > parameters.SEGMENT_GAP * two.size for one, two in pairwise(last)):
        return False
    return any(len(row) > len(last) and sum(meet(whole, word) for word in row) > 1 for row in rows)


def _without_last(band: _Band) -> _Band:
    rows = band.rows[:-1]
    return _Band(band.top, max(run.bottom for word in rows[-1] for run in word.runs), rows)


def _table(bands: Sequence[_Band], x0: float, x1: float) -> Table | None:
    """None where the body shows no columns, or is prose."""
    head, *body = bands
    lines = [row for band in body for row in band.rows]
    edges = edges_of(lines, head.rows)
    across = sum(is_across(word, edges) for row in lines for word in row)
    if not edges or len(edges) >= parameters.MOST_COLUMNS or 3 * across > len(lines):
        return None
    if len(edges) == 1 and all(_MARK.fullmatch(row[0].text) for row in [*head.rows, *lines] if len(row) > 1):
        return None  # a list
    columns = [x0, *edges, x1]
    rows = head_rows(head.rows, columns)
    for band in body:
        rows += body_rows(band.rows, columns)
    told = [sum(bool(cell.text) for cell in row.cells) for row in rows]
    if told[0] < parameters.CELLS_OF_A_ROW or 2 * sum(count >= parameters.CELLS_OF_A_ROW for count in told) < len(told):
        return None
    return Table(x0, x1, head.top, body[-1].bottom, rows)
