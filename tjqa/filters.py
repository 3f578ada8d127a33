"""Filters written in a question line: 文件:002 地区:海淀 自:2023 至:2024-06 "exact words"; what each lets through.

The words before the colon are Chinese or English, the colon half or full width; a value with blanks stands in "".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tjqa.errors import UsageError
from tjqa.records import Answer, Passage
from tjqa.text import fold, squeeze

FilterKind = Literal["file", "place", "since", "until", "exact"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on passages: part of the file's path, a place it speaks of, dates (2023, 2023-05, 2023-05-01)
    between which it was published, words it must hold as they are."""

    kind: FilterKind
    value: str


_KINDS: dict[str, FilterKind] = {
    "文件": "file",
    "file": "file",
    "地区": "place",
    "place": "place",
    "自": "since",
    "from": "since",
    "至": "until",
    "to": "until",
}
_NAMES = {"file": "文件", "place": "地区", "since": "自", "until": "至"}
# At the beginning of the line or after a blank, so that 来自: in a question stays part of it.
_TOKEN = re.compile(rf'(?<!\S)({"|".join(_KINDS)})[:：]\s?(?:["＂]([^"＂]*)["＂]|(\S*))', re.IGNORECASE)
_EXACT = re.compile(r'["＂]([^"＂]{2,})["＂]')
_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?月?)?年?", re.ASCII)


def split_filters(line: str) -> tuple[str, tuple[Filter, ...]]:
    """A line as question and filters. Exact words stay in the question, which is searched for them.

    Raises:
        UsageError: a filter without a value, or a date that is none.
    """
    filters = tuple(_filter(match) for match in _TOKEN.finditer(line))
    return " ".join(_TOKEN.sub(" ", line).split()), tuple(dict.fromkeys(filters))


def _filter(match: re.Match[str]) -> Filter:
    kind = _KINDS[match[1].lower()]
    value = (match[2] if match[2] is not None else match[3]).strip()
    if not value:
        raise UsageError(f"{match[1]}: 后面要写一个值。", "例如 文件:报告 地区:海淀 自:2023 至:2024-06。")
    if kind in ("since", "until"):
        value = _date(value)
    return Filter(kind, value)


def _date(value: str) -> str:
    """2023, 2023年5月, 2023.5.1 → 2023, 2023-05, 2023-05-01."""
    match = _DATE.fullmatch(value)
    if match is None or not (1 <= int(match[2] or 1) <= 12 and 1 <= int(match[3] or 1) <= 31):
        raise UsageError(f"看不懂日期 {value}。", "请写成 2023、2023-05 或 2023-05-01。")
    return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])


def exact_filters(question: str) -> tuple[Filter, ...]:
    """The words in "" that a passage must hold."""
    return tuple(dict.fromkeys(Filter("exact", match[1]) for match in _EXACT.finditer(question)))


def shown(filter_: Filter) -> str:
    """A filter as it is typed."""
    if filter_.kind == "exact":
        return f'"{filter_.value}"'
    quoted = f'"{filter_.value}"' if re.search(r"\s", filter_.value) else filter_.value
    return f"{_NAMES[filter_.kind]}:{quoted}"


def join_filters(question: str, filters: Iterable[Filter]) -> str:
    """The line to type for a question with filters; what `split_filters` takes apart."""
    return " ".join([*(shown(f) for f in filters if f.kind != "exact"), question])


def asked(answer: Answer) -> str:
    """The line to type for the question an answer was found for."""
    return " ".join([*(written for written in answer.filters if not written.startswith('"')), answer.question])


def without(question: str, filters: Sequence[Filter], dropped: Filter) -> tuple[str, tuple[Filter, ...]]:
    """Question and filters once `dropped` is taken away: exact words then need not stand there as they are."""
    if dropped.kind == "exact":
        question = _EXACT.sub(lambda match: match[1] if match[1] == dropped.value else match[0], question)
    return question, tuple(f for f in filters if f != dropped)


def merged(before: Sequence[Filter], new: Sequence[Filter]) -> tuple[Filter, ...]:
    """Filters that go on, with `new` in place of those of the same kind."""
    kinds = {f.kind for f in new}
    return (*(f for f in before if f.kind not in kinds), *new)


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
    results = [(f.kind, in_place(f, passage) or in_text(f, passage.text)) for f in filters]
    strict = all(passed for kind, passed in results if kind not in EITHER)
    return strict and all(any(passed for k, passed in results if k == kind) for kind in EITHER if kind in dict(results))


def in_place(filter_: Filter, place: Place) -> bool:
    """Whether a passage passes a filter for where it stands."""
    value = filter_.value
    if filter_.kind == "file":
        return fold(value) in fold(place.path)
    if filter_.kind == "place":
        # A report names its place in its title or file name and takes it for granted afterwards.
        return fold(value) in fold("\n".join((place.title, place.section, place.publisher or "", place.path)))
    if filter_.kind == "since":
        return place.published is not None and place.published >= value
    # Cut to the filter's own precision: 至:2024 includes 2024-12-31.
    return filter_.kind == "until" and place.published is not None and place.published[: len(value)] <= value


def in_text(filter_: Filter, text: str) -> bool:
    """Whether a passage passes a filter for what it says."""
    if filter_.kind == "exact":
        return squeeze(fold(filter_.value)) in squeeze(fold(text))
    return filter_.kind == "place" and fold(filter_.value) in fold(text)
