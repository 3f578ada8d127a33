"""Characters → runs → rows → text: what stands on one baseline, with blanks where there is white."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import is_wide, lowered, raised
from tjqa.ingest.readers.pdf.shapes import Glyph, Run, Segment

_LONGEST_SHIFTED = 8  # characters of what is raised or lowered
_TELLING_GAPS = 3  # pairs of characters
_OPENING = "（《「『【〔“‘([{"
_CLOSING = "，。、；：！？）》」』】〕”’,.;:!?)]}%"


def runs_of(glyphs: Sequence[Glyph]) -> list[Run]:
    """In the order of the file, which mostly is the one of writing."""
    found: list[Run] = []
    for glyph in glyphs:
        run = found[-1] if found else None
        if (
            run is not None
            and abs(glyph.size - run.size) <= 0.03 * run.size
            and abs(glyph.base - run.base) <= 0.03 * run.size
            and -0.5 * run.size <= glyph.x0 - run.x1 <= parameters.SEGMENT_GAP * run.size
        ):
            run.glyphs.append(glyph)
            run.x1 = max(run.x1, glyph.x1)
        else:
            found.append(Run([glyph], glyph.x0, glyph.x1, glyph.base, glyph.size))
    return found


def lift(runs: Sequence[Run]) -> None:
    """Put raised and lowered figures on the line they belong to."""
    by_base = sorted(runs, key=lambda run: run.base)
    bases = [run.base for run in by_base]
    sizes = {run.size for run in runs}
    if len(sizes) < 2:
        return
    largest = max(sizes)
    for run in sorted(runs, key=lambda run: run.x0):
        if len(run.glyphs) > _LONGEST_SHIFTED or run.size > parameters.SMALL * largest:
            continue
        reach = min(largest, parameters.LARGEST_HOST * run.size) * parameters.FARTHEST_RAISED
        near = by_base[bisect_left(bases, run.base - reach) : bisect_right(bases, run.base + reach)]
        host = min(
            (other for other in near if _holds(other, run)), key=lambda other: abs(run.x0 - other.x1), default=None
        )
        if host is not None:
            off = (host.base - run.base) / host.size
            run.shift = 1 if off >= parameters.RAISED else -1 if off <= -parameters.LOWERED else 0
            run.base, run.size = host.base, host.size


def _holds(host: Run, run: Run) -> bool:
    """Whether `run` is set on or under the line of `host`, right beside it."""
    if host is run or not run.size / parameters.SMALL <= host.size <= parameters.LARGEST_HOST * run.size:
        return False
    off = (host.base - run.base) / host.size
    if not -0.45 <= off <= parameters.FARTHEST_RAISED:
        return False
    after, before = run.x0 - host.x1, host.x0 - run.x1
    white = parameters.TOUCHING * host.size
    return -white <= after <= white or -white <= before <= white


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs on one baseline from left to right, rows from the top."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.base):
        if rows:
            first = rows[-1][0]
            size = min(run.size, first.size)
            if run.base - first.base <= max(
                parameters.ROW_BASE * size, parameters.SAME_BASE * max(run.size, first.size)
            ):
                rows[-1].append(run)
                continue
        rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def segments_of(row: Sequence[Run]) -> list[Segment]:
    """The text of a row, cut at wide white."""
    glyphs = list(_in_order(row))
    usual = _usual_gap(glyphs)
    found: list[Segment] = []
    begin = 0
    for at in range(1, len(glyphs) + 1):
        if at < len(glyphs) and _gap(glyphs[at - 1][0], glyphs[at][0]) <= parameters.SEGMENT_GAP:
            continue
        if at == len(glyphs) or at - begin > 1 or not _is_spread(glyphs[begin:]):
            found.append(_segment(glyphs[begin:at], usual))
            begin = at
    return found


def _is_spread(pairs: Sequence[tuple[Glyph, int]]) -> bool:
    """Whether a single character begins a word that is set wide: 账　　号, 目　　录."""
    (one, _), (two, _) = pairs[:2]
    return one.char >= "\u4e00" and two.char >= "\u4e00" and _gap(one, two) <= parameters.WIDEST_SPREAD


def _in_order(row: Sequence[Run]) -> Iterator[tuple[Glyph, int]]:
    """Characters from left to right with their shift; what is drawn twice for a bold look counts once."""
    places: dict[str, list[Glyph]] = {}
    reach = float("-inf")
    for run in row:
        doubled = run.x0 < reach - 0.5 * run.size  # stands on top of another one
        near = parameters.DOUBLED * run.size
        for glyph in run.glyphs:
            if doubled and any(
                abs(glyph.x0 - other.x0) <= near and abs(glyph.base - other.base) <= near
                for other in places.get(glyph.char, ())
            ):
                continue
            yield glyph, run.shift
        for glyph in run.glyphs:
            places.setdefault(glyph.char, []).append(glyph)
        reach = max(reach, run.x1)


def _gap(before: Glyph, after: Glyph) -> float:
    return (after.x0 - before.x1) / max(before.size, after.size)


def _segment(pairs: Sequence[tuple[Glyph, int]], usual: float) -> Segment:
    parts: list[str] = []
    at = 0
    while at < len(pairs):
        shift, end = pairs[at][1], at + 1
        if shift:  # all of what is raised in one place, or none of it
            while end < len(pairs) and pairs[end][1] == shift and _gap(pairs[end - 1][0], pairs[end][0]) < 0.3:
                end += 1
        text = "".join(pair[0].char for pair in pairs[at:end])
        if at and not shift and _parted(pairs[at - 1][0], pairs[at][0], usual):
            parts.append(" ")
        parts.append(raised(text) if shift > 0 else lowered(text) if shift < 0 else text)
        at = end
    glyphs = [pair[0] for pair in pairs]
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    return Segment(
        "".join(parts),
        glyphs[0].x0,
        max(glyph.x1 for glyph in glyphs),
        sizes.most_common(1)[0][0],
        _first_word(glyphs, usual),
    )


def _usual_gap(pairs: Sequence[tuple[Glyph, int]]) -> float:
    """White between Chinese characters of a row: a justified line is moved apart everywhere."""
    gaps = sorted(
        _gap(before, after)
        for (before, _), (after, _) in pairwise(pairs)
        if before.char >= "\u2e80" and after.char >= "\u2e80"
    )
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) >= _TELLING_GAPS else 0.0


def _parted(before: Glyph, after: Glyph, usual: float) -> bool:
    """Whether a blank stands between two characters."""
    gap = _gap(before, after)
    if gap <= 0.08:
        return False
    if after.space:
        return True
    wide = is_wide(before.char) + is_wide(after.char)
    return gap - wide * usual / 2 > (parameters.WORD_GAP, parameters.MIXED_GAP, parameters.CHINESE_GAP)[wide]


def _first_word(glyphs: Sequence[Glyph], usual: float) -> float:
    """Width of what cannot be broken at the head of a line."""
    end = 1
    while end < len(glyphs) and not _parted(glyphs[end - 1], glyphs[end], usual):
        wide = is_wide(glyphs[end - 1].char) or is_wide(glyphs[end].char)
        if wide and glyphs[end].char not in _CLOSING and glyphs[end - 1].char not in _OPENING:
            break
        end += 1
    return glyphs[end - 1].x1 - glyphs[0].x0
