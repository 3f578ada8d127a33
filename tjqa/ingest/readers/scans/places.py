"""What is told of recognised pages, and where on their pictures the text stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from tjqa.documents import Landmark, Printed, Span
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.scans import RECOGNIZED
from tjqa.ingest.readers.scans.shapes import RecognizedPage
from tjqa.text.normalize import fold

_NAMED = 12  # pages with unread ink that are named
_DECIMALS = 4  # of shares of a page: a thousandth of a character


def marked(found: Extracted, recognized: Mapping[int, RecognizedPage]) -> Extracted:
    """A document with the places on recognised pages saying that they are, and with the boxes of its lines."""
    if not recognized:
        return found
    names = {f"第 {number + 1} 页": number for number in recognized}
    stretches: defaultdict[int, list[Span]] = defaultdict(list)
    ends = [*(mark.start for mark in found.landmarks[1:]), len(found.text)]
    for mark, end in zip(found.landmarks, ends, strict=True):
        if mark.name in names:
            stretches[names[mark.name]].append(Span(mark.start, end))
    printed = [
        one for number, spans in stretches.items() for one in _on_page(found.text, spans, number, recognized[number])
    ]
    landmarks = (_named(mark, names) for mark in found.landmarks)
    printed.sort(key=lambda one: one.span)
    return replace(found, landmarks=tuple(landmarks), printed=tuple(printed))


def told(recognized: Mapping[int, RecognizedPage]) -> list[str]:
    """What is said of recognised pages: how many, and where there is ink that was not read."""
    unread = [f"第 {n + 1} 页 {len(page.unread)} 处" for n, page in sorted(recognized.items()) if page.unread]
    named = "、".join(unread[:_NAMED]) + ("等" if len(unread) > _NAMED else "")
    return [f"△ {len(recognized)} 页据扫描件识别", *([f"没有认出的:{named}"] if unread else [])]


def _named(mark: Landmark, pages: Collection[str]) -> Landmark:
    return replace(mark, name=f"{mark.name}({RECOGNIZED})") if mark.name in pages else mark


def _on_page(text: str, spans: Sequence[Span], number: int, page: RecognizedPage) -> Iterator[Printed]:
    """The lines of a page, each where the text has it. Composing moves them, and takes blanks and hyphens out, but
    leaves a line's characters together: the longest are looked for first, those that are alike in their order."""
    at = [place for span in spans for place in range(span.start, span.end) if not text[place].isspace()]
    signs = fold("".join(text[place] for place in at))
    free = bytearray(b"\1") * len(signs)
    lines = [("".join(fold(line.text).split()), line.box) for line in page.lines]
    order = sorted((n for n in range(len(lines)) if lines[n][0]), key=lambda n: (-len(lines[n][0]), n))
    for words, same in groupby(order, key=lambda n: lines[n][0]):
        start = 0
        for line in same:
            while (start := signs.find(words, start)) >= 0 and not all(free[start : start + len(words)]):
                start += 1
            if start < 0:
                break
            end = start + len(words)
            free[start:end] = bytes(len(words))
            box = lines[line][1]
            shares = (box.x0 / page.width, box.y0 / page.height, box.x1 / page.width, box.y1 / page.height)
            left, top, right, bottom = (round(min(1.0, max(0.0, share)), _DECIMALS) for share in shares)
            yield Printed(Span(at[start], at[end - 1] + 1), number, (left, top, right, bottom))
            start = end
