"""A page as lines in the order they are read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.blocks import blocks_of
from tjqa.ingest.readers.pdf.cells import with_whole_cells
from tjqa.ingest.readers.pdf.columns import Region, regions_of
from tjqa.ingest.readers.pdf.lines import lift, rows_of, runs_of, segments_of
from tjqa.ingest.readers.pdf.open_tables import open_tables_of
from tjqa.ingest.readers.pdf.shapes import BLOCK, Line, Page, Run, Segment, Table, TableRow
from tjqa.ingest.readers.pdf.tables import tables_of

_MARGIN_LINES = 8  # a page with so many lines shows its own margins, others have those of the document
_LONG = 8  # characters of a line that counts for the margins
_ALIGNED = 0.7  # type sizes by which cells of one column may be shifted


def lines_of(page: Page, number: int) -> list[Line]:
    """Lines of the page with this number (from 0); texts that run askew come last."""
    runs = runs_of(page.glyphs)
    lift(runs)
    tables, rest = tables_of(page, runs)
    opened, rest = open_tables_of(page, rest, tables)
    tables += opened
    found: list[Line] = []
    for count, region in enumerate(_with_blocks(regions_of([*rest, *tables]), number)):
        texts = [item for item in region.items if isinstance(item, Run)]
        lines = _text_lines(texts, number)
        for table in sorted((item for item in region.items if isinstance(item, Table)), key=lambda item: item.top):
            at = next((n for n, line in enumerate(lines) if not line.ruled and line.base > table.top), len(lines))
            rows = [_row(row, number) for row in table.rows]
            for row in rows:
                row.table = id(table)
            lines[at:at] = rows
        for line in lines:
            line.region, line.path = count, region.path
        found += lines
    turned = [row for glyphs in page.turned for row in rows_of(runs_of(glyphs))]
    askew = ["  ".join(segment.text for segment in segments_of(row)) for row in turned] + page.askew
    found += [Line(text, 0, 0, page.height, 0, 0, number, region=-1, askew=True) for text in askew]
    return found


def _with_blocks(regions: Sequence[Region], number: int) -> Iterator[Region]:
    """Regions of boxes as a region for each box."""
    for region in regions:
        runs = [item for item in region.items if isinstance(item, Run)]
        blocks = blocks_of(runs) if len(runs) == len(region.items) else []
        if not blocks:
            yield region
        for at, block in enumerate(blocks):
            yield Region(list(block), f"{BLOCK}{number}.{at}")


def _row(row: TableRow, number: int) -> Line:
    told = [cell for cell in row.cells if cell.text]
    size = Counter(cell.size for cell in told).most_common(1)[0][0]
    first, last = told[0], told[-1]
    line = Line("\t".join(cell.text for cell in row.cells), first.x0, last.x1, row.base, size, 0.0, number, row=True)
    line.ruled, line.tail, line.wide, line.covered = True, last.x0, row.wide, row.covered
    return line


def _text_lines(runs: Sequence[Run], number: int) -> list[Line]:
    """Rows as lines; where cells stand below each other in several rows, with tabs between them."""
    rows = with_whole_cells([(row[0].base, segments_of(row)) for row in rows_of(runs)])
    aligned = [
        any(_are_aligned(row, rows[near][1]) for near in (at - 1, at + 1) if 0 <= near < len(rows))
        for at, (_, row) in enumerate(rows)
    ]
    found = []
    for (base, segments), is_row in zip(rows, aligned, strict=True):
        sizes: Counter[float] = Counter()
        for segment in segments:
            sizes[segment.size] += len(segment.text)
        text = ("\t" if is_row else "  ").join(segment.text for segment in segments)
        size, first = sizes.most_common(1)[0][0], segments[0].first
        found.append(Line(text, segments[0].x0, segments[-1].x1, base, size, first, number, row=is_row))
    return found


def _are_aligned(row: Sequence[Segment], other: Sequence[Segment]) -> bool:
    """Whether a cell beyond the first begins, ends or is centred where one of the other row does."""
    for one in row[1:]:
        white = _ALIGNED * one.size
        for two in other[1:]:
            ends = (one.x0 - two.x0, one.x1 - two.x1, (one.x0 + one.x1 - two.x0 - two.x1) / 2)
            if any(abs(end) <= white for end in ends):
                return True
    return False


def set_margins(pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> None:
    """Give each line the margins of its column: where most lines of the page, or of pages like it, begin and end."""
    everywhere: defaultdict[tuple[int, str], list[Line]] = defaultdict(list)
    groups: list[tuple[tuple[int, str], list[Line]]] = []
    for lines, width in zip(pages, widths, strict=True):
        here: defaultdict[str, list[Line]] = defaultdict(list)
        for line in lines:
            here[line.path].append(line)
        for path, group in here.items():
            key = (round(width / 20), path)
            groups.append((key, group))
            everywhere[key] += _telling(group)
    usual = {key: _margins(lines) for key, lines in everywhere.items() if lines}
    for key, group in groups:
        telling = _telling(group)
        own = _margins(telling) if len(telling) >= _MARGIN_LINES else usual.get(key)
        if own is None:
            own = min(line.x0 for line in group), max(line.x1 for line in group)
        for line in group:
            line.left, line.right = own


def _telling(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.row and not line.askew and not line.drop and len(line.text) >= _LONG]


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    least = max(parameters.LEAST_MARGIN_LINES, round(parameters.LEAST_MARGIN_SHARE * len(lines)))
    white = sorted(line.size for line in lines)[len(lines) // 2]
    return -_edge([-line.x0 for line in lines], least, white), _edge([line.x1 for line in lines], least, white)


def _edge(ends: Sequence[float], least: int, white: float) -> float:
    """The farthest place at which so many lines end: one wide line, a chart's axis, is not the margin."""
    ordered = sorted(ends, reverse=True)
    for at, end in enumerate(ordered):
        last = ordered[at + least - 1] if at + least <= len(ordered) else None
        if last is not None and end - last <= white:
            return end
    return ordered[0]


def pitches_of(pages: Sequence[Sequence[Line]]) -> dict[tuple[int, float], float]:
    """The usual distance of baselines for each page and type size; page -1 is the whole document."""
    counts: defaultdict[tuple[int, float], Counter[float]] = defaultdict(Counter)
    for before, after in neighbours(pages):
        if before.size == after.size and before.region == after.region and after.base > before.base:
            step = round(after.base - before.base, 0)
            counts[after.page, after.size][step] += 1
            counts[-1, after.size][step] += 1
    return {
        key: min(steps, key=lambda step: (-steps[step], step)) for key, steps in counts.items() if steps.total() >= 3
    }


def neighbours(pages: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, Line]]:
    """Lines of text that follow each other on a page."""
    for lines in pages:
        kept = [line for line in lines if not line.row and not line.drop and not line.askew]
        yield from pairwise(kept)
