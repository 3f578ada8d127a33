"""Pages of boxes (slides, posters, charts, mind maps): text in blocks whose lines stand on heights of their own."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.lines import rows_of
from tjqa.ingest.readers.pdf.shapes import Run


class Block(NamedTuple):
    """Runs that belong together, and their place."""

    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    runs: list[Run]


def blocks_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The blocks in the order they are read; none for a page whose lines stand side by side, or below each other."""
    pieces = sorted((piece for row in rows_of(runs) for piece in _pieces(row)), key=attrgetter("base"))
    if not _out_of_step(pieces):
        return []
    group = list(range(len(pieces)))
    for at, piece in enumerate(pieces):
        above = [n for n in range(max(0, at - parameters.BLOCKS_SEEN), at) if _is_below(pieces[n], piece)]
        if above:
            group[at] = group[max(above)]
    blocks: dict[int, list[Block]] = {}
    for key, piece in zip(group, pieces, strict=True):
        blocks.setdefault(key, []).append(piece)
    return [block.runs for block in _ordered([_united(parts) for parts in blocks.values()], 0)]


def _pieces(row: Sequence[Run]) -> list[Block]:
    """A row cut at wide white."""
    parts: list[list[Run]] = []
    for run in row:
        if parts and run.x0 - max(other.x1 for other in parts[-1]) <= parameters.SEGMENT_GAP * run.size:
            parts[-1].append(run)
        else:
            parts.append([run])
    return [
        Block(
            min(run.x0 for run in part),
            max(run.x1 for run in part),
            min(run.top for run in part),
            max(run.bottom for run in part),
            part[0].base,
            max(run.size for run in part),
            part,
        )
        for part in parts
    ]


def _out_of_step(pieces: Sequence[Block]) -> bool:
    """Whether much of the page stands beside something whose lines have other heights."""
    found = set()
    for at, piece in enumerate(pieces):
        for n in range(at + 1, min(len(pieces), at + parameters.BLOCKS_SEEN)):
            step = pieces[n].base - piece.base
            if step > 0.8 * piece.size:
                break
            beside = pieces[n].x0 > piece.x1 or pieces[n].x1 < piece.x0
            if step > parameters.ROW_BASE * piece.size and beside:
                found |= {at, n}
    return len(found) >= max(parameters.LEAST_BLOCKS, parameters.OUT_OF_STEP * len(pieces))


def _is_below(above: Block, piece: Block) -> bool:
    step, size = piece.base - above.base, above.size
    if not 0.5 * size < step <= parameters.CELL_PITCH * size or abs(piece.size - size) > parameters.SAME_SIZE * size:
        return False
    aligned = abs(piece.x0 - above.x0) <= 0.6 * size or abs(piece.x0 + piece.x1 - above.x0 - above.x1) <= size
    return aligned and min(piece.x1, above.x1) > max(piece.x0, above.x0)


def _united(parts: Sequence[Block]) -> Block:
    return Block(
        min(part.x0 for part in parts),
        max(part.x1 for part in parts),
        min(part.top for part in parts),
        max(part.bottom for part in parts),
        parts[0].base,
        parts[0].size,
        [run for part in parts for run in part.runs],
    )


def _ordered(blocks: list[Block], depth: int) -> list[Block]:
    """Cut across where white runs through, else upright, and so on in each part."""
    if len(blocks) > 1 and depth < parameters.DEEPEST_CUT:
        for start, end, white in (("top", "bottom", parameters.CUT_WHITE * blocks[0].size), ("x0", "x1", 0.0)):
            parts = _cut(blocks, start, end, white)
            if len(parts) > 1:
                return [block for part in parts for block in _ordered(part, depth + 1)]
    return sorted(blocks, key=lambda block: (block.top, block.x0))


def _cut(blocks: Sequence[Block], start: str, end: str, white: float) -> list[list[Block]]:
    parts: list[list[Block]] = []
    reach = float("-inf")
    for block in sorted(blocks, key=attrgetter(start)):
        if not parts or getattr(block, start) > reach + white:
            parts.append([])
        parts[-1].append(block)
        reach = max(reach, getattr(block, end))
    return parts
