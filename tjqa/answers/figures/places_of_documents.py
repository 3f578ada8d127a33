"""The place that a document is of, by its title, its text's name or the name of its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tjqa.documents import Passage
from tjqa.ingest.tables.names import place_said
from tjqa.text.normalize import fold, squeeze
from tjqa.text.places import beside_dates, place_names
from tjqa.text.segmenter import AREAS, Segmenter

_WHOLE = re.compile(r"全[国省市县区州盟旗]")
_RELATIVE = re.compile(r"(?:今年|本年度?|去年|上年|明年|当年)(?!同[期月])")
_OFFICE = re.compile(r"(?:人民)?政府$|统计局$")
_RANKS = tuple(map(re.compile, ("省$|(?:自治|特别行政)区$", "[市州盟]$|地区$", "[区县旗]$", "[乡镇]$", "村$")))
_CITY = "市"


def place_of(passage: Passage, kind: str, segmenter: Segmenter) -> str:
    """The place that a document is of, the innermost where its title names one within another (甲市乙区); "" where that
    is not sure. With `kind`, the area of that kind: 全市 in a report of a county is none of its own."""
    for text in (passage.title, passage.name, passage.path.rpartition("/")[2]):
        folded = squeeze(fold(text))
        names = place_names(folded, segmenter) or [name for name in [place_begun(folded)] if name]
        runs = list(dict.fromkeys(_runs(folded, names)))
        every = list(dict.fromkeys(name for run in runs for name in run))
        fitting = [name for name in every if not kind or name[-1] not in AREAS or name.endswith(kind)]
        if kind and len(fitting) == 1:
            return fitting[0]
        if len(every) == 1:
            return next(iter(fitting), "")
        inner = {run[-1] for run in runs if len(run) == 1 or _is_nested(run)}
        if not kind and len(inner) == 1 and all(len(run) == 1 or _is_nested(run) for run in runs):
            return inner.pop()
        if every:
            break
    return ""


def place_begun(text: str) -> str:
    """A place that a piece of text begins with; 今年全省 is none."""
    said = next((found for part in beside_dates(text) if (found := place_said(part.strip()))), "")
    return "" if _WHOLE.search(said) or _RELATIVE.search(said) else said


def _runs(folded: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The names in the order of a text, those together that stand one right behind the other, offices as the places
    that they are of."""
    longest = sorted(filter(None, names), key=len, reverse=True)
    runs: list[list[str]] = []
    end = -1
    for found in re.finditer("|".join(map(re.escape, longest)), folded) if longest else ():
        name = _OFFICE.sub("", found[0])
        is_next, end = found.start() == end, found.end()
        if is_next and name in AREAS:  # 青山|镇政府
            runs[-1][-1] += name
        elif name and is_next:
            runs[-1].append(name)
        elif name:
            runs.append([name])
    return [tuple(run) for run in runs]


def _is_nested(run: Sequence[str]) -> bool:
    """Whether each of some places is within the one before it, as far as their words for areas tell."""
    if run[-1][-1] not in AREAS:
        return False
    ranked = [(rank, name) for name in run if (rank := _rank(name)) is not None]
    return all(
        one < next_ or (one == next_ and name.endswith(_CITY) and other.endswith(_CITY))  # a county that is a city
        for (one, name), (next_, other) in pairwise(ranked)
    )


def _rank(name: str) -> int | None:
    return next((rank for rank, ends in enumerate(_RANKS) if ends.search(name)), None)
