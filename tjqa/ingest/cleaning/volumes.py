"""A bound volume (a handbook, a collection of rules) → the texts it binds, each with its own name and articles.

Each begins with its name; below it stand its number (某学〔2025〕9号), a note in brackets, a preamble, and its first
article, which counts from one again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from tjqa.ingest import parameters
from tjqa.ingest.cleaning.dates import ARTICLE, legal
from tjqa.ingest.cleaning.document_titles import kind_alone
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import date_only
from tjqa.text.headings import numbering
from tjqa.text.normalize import fold, squeeze

_FIRST_ARTICLE = re.compile(r"(?:\*\*)?第\s*(?:[一1])\s*条")
_GOES_ON = ("学院", "大学", "公司", "关于")  # a name whose first line ends so goes on below
_OFFICIAL_NUMBER = re.compile(r"\(?[\u4e00-\u9fff]{1,12}[〔\[(【]?(?:19|20)\d\d[〕\])】]?第?\d{1,4}号\)?")


@dataclass(frozen=True, slots=True)
class Bound:
    """A text of a volume: the numbers of its lines, and of those that are its name (none where it is not known)."""

    members: list[int]
    name: tuple[int, ...] = ()


def split_volume(lines: list[Line], kept: list[int]) -> list[Bound]:
    """The texts of a volume; one text of all lines where it is no volume."""
    ends = {**_by_articles(lines, kept), **_numbered(lines, kept)}
    if len(ends) < 2:
        return [Bound(kept)] if kept else []
    bounds = sorted({0, *ends, len(kept)})
    return [Bound(kept[a:b], tuple(kept[a : ends.get(a, a)])) for a, b in pairwise(bounds)]


def _by_articles(lines: list[Line], kept: list[int]) -> dict[int, int]:
    """Where the names begin and end of texts whose articles begin from 第一条 again."""
    firsts = [k for k, i in enumerate(kept) if _FIRST_ARTICLE.match(lines[i].text)]
    found: dict[int, int] = {}
    for before, at in zip([-1, *firsts], firsts, strict=False):
        articles = sum(ARTICLE.match(lines[kept[k]].text) is not None for k in range(max(before, 0), at))
        if not found or articles >= parameters.LEAST_ARTICLES:
            start, end = _name_above(lines, kept, at, before + 1)
            if start < end:  # articles without a name are a form or a contract within the text
                found[start] = end
    return found


def _numbered(lines: list[Line], kept: list[int]) -> dict[int, int]:
    """Where the names begin and end of texts that bear an official number right below; fewer than a few are those of
    one document and of what it cites."""
    found = {}
    for k, i in enumerate(kept[1:], 1):
        above = lines[kept[k - 1]]
        if _official_number(lines[i].text) and _may_name(above) and legal(above.text):
            found[_first_line(lines, kept, k - 1, 0)] = k
    return found if len(found) >= parameters.LEAST_NUMBERED_TEXTS else {}


def _official_number(text: str) -> bool:
    return _OFFICIAL_NUMBER.fullmatch(squeeze(fold(text))) is not None


def _name_above(lines: list[Line], kept: list[int], first: int, least: int) -> tuple[int, int]:
    """Where the name begins and ends of the text whose first article stands at `first`: the last lines above that may
    be one. Above a preamble only what is called as laws are is a name: the text before ends there, too."""
    shown = first
    preamble = False
    for at in range(first - 1, max(least, first - parameters.ENACTMENT_LINES) - 1, -1):
        line = lines[kept[at]]
        preamble = preamble or (line.prose and not _noted(line))
        if not preamble:
            shown = at
        if _may_name(line) and (not preamble or legal(line.text)):
            return _first_line(lines, kept, at, least), at + 1
    return shown, shown


def _may_name(line: Line) -> bool:
    """Whether a line is neither a chapter's heading nor a note in brackets nor a date nor a number nor a paragraph."""
    plain = numbering(line.text) is None and not _noted(line) and not date_only(line.text)
    return plain and not line.stopped and not line.prose and not _official_number(line.text)


def _noted(line: Line) -> bool:
    """A note in brackets, or a line of one that was broken."""
    text = fold(line.text).strip()
    return text.startswith("(") or (text.endswith(")") and text.count("(") < text.count(")"))


def _first_line(lines: list[Line], kept: list[int], at: int, least: int) -> int:
    """The first line of a name that was set on several."""
    while at > least and kept[at - 1] == kept[at] - 1 and _broken(lines[kept[at - 1]], lines[kept[at]]):
        at -= 1
    return at


def _broken(above: Line, below: Line) -> bool:
    short = len(above.text) <= parameters.LONGEST_HEADING and _may_name(above)
    return short and above.gap == below.gap == 0 and (above.text.endswith(_GOES_ON) or kind_alone(below.text))
