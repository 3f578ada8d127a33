"""Filters written in a question line: 文件:002 地区:海淀 自:2023 至:2024-06 "exact words"; what each lets through.

The words before the colon are Chinese or English, the colon half or full width; a value with blanks stands in "".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tjqa.documents import Passage
from tjqa.text.normalize import fold, squeeze

FilterKind = Literal["file", "place", "since", "until", "exact"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on passages: part of the file's path, a place it speaks of, dates (2023, 2023-05, 2023-05-01)
    between which it was published, words it must hold as they are."""

    kind: FilterKind
    value: str


@dataclass(frozen=True, slots=True)
class FilterValues:
    """Places and years with the number of articles that name them in their title or are of them, most first, of years
    the latest first; `files` are paths with the title of their first article and the number of their articles."""

    places: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[str, int], ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()


class Place(Protocol):
    """Where a passage stands: what it has in common with its neighbours."""

    @property
    def path(self) -> str:
        """Its file."""
        ...

    @property
    def title(self) -> str:
        """Its article."""
        ...

    @property
    def section(self) -> str:
        """The heading it stands under."""
        ...

    @property
    def publisher(self) -> str | None:
        """Who published it."""
        ...

    @property
    def published(self) -> str | None:
        """When, as an ISO date."""
        ...


EITHER = ("file", "place")
"""Of these kinds one is enough (文件:甲 文件:乙); of the others all must hold."""


def passes(filters: Sequence[Filter], passage: Passage) -> bool:
    """True when a passage passes: one of the files, one of the places, within the dates, holding all exact words."""
    results = [(f.kind, matches_context(f, passage) or in_text(f, passage.text)) for f in filters]
    strict = all(passed for kind, passed in results if kind not in EITHER)
    return strict and all(any(passed for k, passed in results if k == kind) for kind in EITHER if kind in dict(results))


def matches_context(filter_: Filter, place: Place) -> bool:
    """Whether a passage passes a filter for where it stands."""
    value = filter_.value
    if filter_.kind == "file":
        return fold(value) in fold(place.path)
    if filter_.kind == "place":
        # A report names its place in its title or file name and takes it for granted afterwards.
        named = "\n".join((place.title, place.section, place.publisher or "", place.path))
        return _speaks_of(named, value)
    if filter_.kind == "since":
        # Of a document that tells no day, some day of its month may be late enough.
        return place.published is not None and place.published >= value[: len(place.published)]
    # Cut to the filter's own precision: 至:2024 includes 2024-12-31.
    return filter_.kind == "until" and place.published is not None and place.published[: len(value)] <= value


def in_text(filter_: Filter, text: str) -> bool:
    """Whether a passage passes a filter for what it says."""
    if filter_.kind == "exact":
        return squeeze(fold(filter_.value)) in squeeze(fold(text))
    return filter_.kind == "place" and _speaks_of(text, filter_.value)


def _speaks_of(text: str, place: str) -> bool:
    from tjqa.text.places import speaks_of  # the screens name filters before they can afford it

    return speaks_of(fold(text), fold(place))
