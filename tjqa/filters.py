"""Filters written in a question line: 文件:002 地区:海淀 自:2023 至:2024-06 "exact words"; what each lets through.

The words before the colon are Chinese or English, the colon half or full width; a value with blanks stands in "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

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


def passes(filters: Iterable[Filter], passage: Passage) -> bool:
    """True when a passage passes: one of the files, one of the places, within the dates, holding all exact words."""
    by_kind: dict[FilterKind, list[str]] = {}
    for f in filters:
        by_kind.setdefault(f.kind, []).append(f.value)
    return all(_TESTS[kind](passage, values) for kind, values in by_kind.items())


def _of_file(passage: Passage, names: list[str]) -> bool:
    path = _folded(passage.path)
    return any(_folded(name) in path for name in names)


def _of_place(passage: Passage, places: list[str]) -> bool:
    # A report names its place in its title or file name and takes it for granted afterwards.
    about = "\n".join((passage.title, passage.section, passage.publisher or "", passage.path))
    return any(_folded(name) in _folded(about) or _folded(name) in fold(passage.text) for name in places)


def _since(passage: Passage, days: list[str]) -> bool:
    return passage.published is not None and passage.published >= max(days)


def _until(passage: Passage, days: list[str]) -> bool:
    # Cut to the filter's own precision: 至:2024 includes 2024-12-31.
    return passage.published is not None and all(passage.published[: len(day)] <= day for day in days)


def _holds(passage: Passage, phrases: list[str]) -> bool:
    wording = squeeze(fold(passage.text))
    return all(squeeze(fold(phrase)) in wording for phrase in phrases)


@lru_cache(maxsize=1024)  # titles and paths repeat from passage to passage
def _folded(text: str) -> str:
    return fold(text)


_TESTS: dict[FilterKind, Callable[[Passage, list[str]], bool]] = {
    "file": _of_file,
    "place": _of_place,
    "since": _since,
    "until": _until,
    "exact": _holds,
}
