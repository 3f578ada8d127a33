"""What repeats from page to page, page numbers, and contents: no text of the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tjqa.documents import DropReason
from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.characters import is_wide
from tjqa.ingest.readers.pdf.paragraphs import STOPPED
from tjqa.ingest.readers.pdf.shapes import Line

_FIGURES = re.compile(r"\d+")
_PAGE = re.compile(
    r"(第\s*\d+\s*页\s*[,，/／、]?\s*)?[（(]?共\s*\d+\s*页[)）]?|第\s*\d+\s*页|[Pp](age|AGE|\.)\s*\d+(\s*(of|/)\s*\d+)?"
)
_NUMBER = re.compile(r"[-–—─·•~～|\[(（\s]*(\d{1,4}|[ivxlc]{1,6})(\s*[/／]\s*\d{1,4})?[-–—─·•~～|\])）\s]*")
_SECTION = re.compile(r"(附件|附表|附录|图|表|第|[Cc]hapter|[Ss]ection|[Aa]ppendix)\s*\d|\d+[.、．]")
_NO_MEASURE = re.compile(r"\s*(?:页|$)|\s+[^\s\d%‰℃]|[-–—─_·•~～|\])）/／,，、]")
_COMES_TO = re.compile(r"[为是达至到了共约有计增减超近比]\s*$|[.,:：]$")
_LEADERS = re.compile(
    r"(?:[.．。…·•‧⋯_—─-]\s*){4,}\s*[(（-]?\s*(\d{1,4}|[ivxlcIVXLC]{1,6})\s*[)）-]?\s*$|…{2,}\s*(\d{1,4})\s*$"
)
_NUMBER_AT_END = re.compile(r"(?:\s{2}|\t)(\d{1,4})$")
_CONTENTS = {"目录", "目次", "目錄", "contents", "tableofcontents"}
_HEAD_BEFORE = 3  # lines between the heading 目录 and the first entry

_Key = tuple[bool, str]  # at the top, text with its figures masked


def mark_furniture(pages: Sequence[list[Line]], heights: Sequence[float]) -> None:
    """Set `drop` of running heads, page numbers and contents."""
    edges: defaultdict[_Key, list[Line]] = defaultdict(list)
    inner: dict[int, Line] = {}  # id of a line at the edge → the line next to it towards the middle of the page
    for lines, height in zip(pages, heights, strict=True):
        for key, line, neighbour in _at_edges(lines, height):
            edges[key].append(line)
            if neighbour is not None:
                inner[id(line)] = neighbour
    for (_, masked), lines in edges.items():
        if _is_number(masked, lines, len(pages)):
            found = lines
        else:
            heads = [group for group in _by_height(lines) if _runs(masked, group, len(pages), inner)]
            sizes = [line.size for group in heads for line in group]
            found = [line for line in lines if any(abs(line.size - size) < 0.1 * size for size in sizes[:1])]
        for line in found:
            line.drop = DropReason.RUNNING_HEAD
    for lines in edges.values():
        for line in lines:
            if _PAGE.fullmatch(line.text.strip()):
                line.drop = DropReason.RUNNING_HEAD
    _mark_boxes(pages, heights)
    _mark_askew(pages)
    _mark_contents([line for lines in pages for line in lines if not line.drop])


def _at_edges(lines: Sequence[Line], height: float) -> Iterator[tuple[_Key, Line, Line | None]]:
    ordered = sorted((line for line in lines if not line.askew), key=lambda line: line.base)
    for top, seen in ((True, ordered), (False, ordered[::-1])):
        for at, line in enumerate(seen[: parameters.EDGE_LINES]):
            off = line.base if top else height - line.base
            if line.ruled or off > parameters.EDGE_SHARE * height:
                break
            neighbour = seen[at + 1] if at + 1 < len(seen) else None
            if sum(1 + is_wide(char) for char in line.text) <= parameters.LONGEST_HEAD:
                yield (top, _FIGURES.sub("#", line.text.strip())), line, neighbour


def _by_height(lines: Sequence[Line]) -> list[list[Line]]:
    """Those of one height on the page, in the order of the pages; parts of a document differ."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if groups and line.base - groups[-1][-1].base <= parameters.SAME_PLACE:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [sorted(group, key=lambda line: line.page) for group in groups]


def _is_number(masked: str, lines: Sequence[Line], pages: int) -> bool:
    """Whether nothing but a figure stands there, and counts with the pages."""
    if not lines or not _NUMBER.fullmatch(lines[0].text.strip()):
        return False
    if pages < parameters.LEAST_PAGES:
        return all(_FIGURES.findall(line.text)[:1] == [str(line.page + 1)] for line in lines)
    if "#" not in masked:  # Roman
        return False
    return len(lines) >= parameters.LEAST_PAGES and _counts(lines)


def _counts(lines: Sequence[Line], skipped: int = 0) -> bool:
    """Whether one of the figures, but for the first ones, is the number of the page, more or less a constant."""
    found = [list(_FIGURES.finditer(line.text))[skipped:] for line in lines]
    for column in range(min(map(len, found))):
        if not all(_may_be_page(row[column]) for row in found):
            continue
        offs = Counter(int(row[column][0][:9]) - line.page for row, line in zip(found, lines, strict=True))
        if offs.most_common(1)[0][1] >= parameters.COUNTING_SHARE * len(lines):
            return True
    # Numbered anew in each part of a document: it counts from one page to the next.
    firsts = [(line.page, int(row[0][0][:9])) for row, line in zip(found, lines, strict=True) if row]
    steps = [two[1] - one[1] == two[0] - one[0] for one, two in pairwise(firsts)]
    alone = all(_may_be_page(row[0]) for row in found if row)
    return alone and bool(steps) and sum(steps) >= parameters.COUNTING_SHARE * len(steps)


def _may_be_page(figure: re.Match[str]) -> bool:
    """Whether a figure stands as the number of a page does: at an end of the line, between signs, before 页. With a
    measure behind it (12人, 5%), or as what a clause comes to (人数为12), it is a fact, even if it counts."""
    before, after = figure.string[: figure.start()], figure.string[figure.end() :]
    return _NO_MEASURE.match(after) is not None and _COMES_TO.search(before) is None


def _runs(masked: str, lines: Sequence[Line], pages: int, inner: dict[int, Line]) -> bool:
    """Whether it is a running head: the same on several pages near each other, and set apart from the text."""
    if pages < parameters.LEAST_PAGES or len(lines) < parameters.LEAST_PAGES or STOPPED.search(lines[0].text):
        return False
    first = lines[0].text.strip()
    differ = masked != first and len({line.text for line in lines}) > 1
    if differ and not _counts(lines, 1 if _SECTION.match(first) else 0):  # 附件1, 附件2 count, too
        return False
    numbers = sorted({line.page for line in lines})
    chain = longest = 1
    for one, two in pairwise(numbers):
        chain = chain + 1 if two - one <= parameters.PAGES_APART else 1
        longest = max(longest, chain)
    if longest < parameters.LEAST_PAGES:
        return False
    if len(numbers) >= parameters.MOST_PAGES_SHARE * pages:
        return True
    apart = [_is_apart(line, inner.get(id(line))) for line in lines]
    return sum(apart) >= 0.5 * len(apart)


def _is_apart(line: Line, neighbour: Line | None) -> bool:
    if neighbour is None or abs(neighbour.size - line.size) > 0.05 * line.size:
        return True
    return abs(neighbour.base - line.base) > 1.8 * max(line.size, neighbour.size)


def _mark_boxes(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> None:
    """Heads and feet in a table of their own; the repeated first row of a table is a part of a larger one."""
    boxes: defaultdict[_Key, list[tuple[Line, list[Line]]]] = defaultdict(list)
    for lines, height in zip(pages, heights, strict=True):
        ordered = sorted((line for line in lines if not line.askew and not line.drop), key=lambda line: line.base)
        for top, first in ((True, ordered[:1]), (False, ordered[-1:])):
            box = [line for line in lines if first and first[0].ruled and line.table == first[0].table]
            off = max((line.base if top else height - line.base for line in box), default=height)
            if off <= parameters.EDGE_SHARE * height:
                text = "\n".join(line.text for line in box)
                boxes[top, _FIGURES.sub("#", text)].append((replace(box[0], text=text), box))
    for (_, masked), found in boxes.items():
        for group in _by_height([whole for whole, _ in found]):
            if _runs(masked, group, len(pages), {}):
                for whole, box in found:
                    if any(whole is one for one in group):
                        for line in box:
                            line.drop = DropReason.RUNNING_HEAD


def _mark_askew(pages: Sequence[Sequence[Line]]) -> None:
    """Watermarks, which stand askew on several pages, and the head and number of a page whose text lies on its side."""
    seen = Counter(text for lines in pages for text in {line.text for line in lines if line.askew})
    heads = {_FIGURES.sub("#", line.text) for lines in pages for line in lines if line.drop}
    for lines in pages:
        for line in lines:
            if line.askew and (seen[line.text] >= parameters.LEAST_PAGES or _FIGURES.sub("#", line.text) in heads):
                line.drop = DropReason.RUNNING_HEAD


def _mark_contents(lines: Sequence[Line]) -> None:
    """Entries that end in dots and a page, and those below 目录 that end in a page; with the lines between them."""
    entries = {at: _page_named(match) for at, line in enumerate(lines) if (match := _LEADERS.search(line.text))}
    for at, line in enumerate(lines):
        if _is_contents_heading(line):
            misses = 0
            for below in range(at + 1, len(lines)):
                match = _NUMBER_AT_END.search(lines[below].text) if not lines[below].ruled else None
                misses = 0 if below in entries or match else misses + 1
                if misses > parameters.CONTENTS_GAP:
                    break
                if match:
                    entries.setdefault(below, int(match[1]))
    run: list[int] = []
    for at in [*sorted(entries), len(lines) + 100]:
        if run and at - run[-1] > parameters.CONTENTS_GAP + 1:
            _mark_run(lines, run, entries)
            run = []
        run.append(at)


def _mark_run(lines: Sequence[Line], run: Sequence[int], entries: dict[int, int | None]) -> None:
    numbers = [number for at in run if (number := entries[at]) is not None]
    rising = [one <= two for one, two in pairwise(numbers)]
    if len(run) < parameters.LEAST_CONTENTS or sum(rising) < parameters.RISING_SHARE * len(rising):
        return
    start = run[0]
    for at in range(start - 1, max(-1, start - 2 - _HEAD_BEFORE), -1):
        if _is_contents_heading(lines[at]):
            start = at
            break
    for line in lines[start : run[-1] + 1]:
        line.drop = DropReason.CONTENTS


def _is_contents_heading(line: Line) -> bool:
    return "".join(line.text.split()).lower() in _CONTENTS


def _page_named(match: re.Match[str]) -> int | None:
    named = match[1] or match[2]
    return int(named) if named.isdecimal() else None
