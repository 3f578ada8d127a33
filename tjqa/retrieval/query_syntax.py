"""Filters as typed in a question (地区:白鹭 自:2023), split off, shown and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tjqa.errors import UsageError
from tjqa.index.filters import Filter, FilterKind
from tjqa.messages import Language, message
from tjqa.results import Answer
from tjqa.retrieval import parameters
from tjqa.text.display import encodable

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
_NAMES = {"file": "filter_file", "place": "filter_place", "since": "filter_since", "until": "filter_until"}
# At the beginning of the line or after a blank, so that 来自: in a question stays part of it.
_TOKEN = re.compile(rf'(?<!\S)({"|".join(_KINDS)})[:：]\s?(?:["＂]([^"＂]*)["＂]|(\S*))', re.IGNORECASE)
# What people call a filter that there is not, written as one: with its value right behind the colon.
_UNKNOWN = re.compile(
    r"(?<!\S)(日期|时间|年份|年度|年|月份|地点|地方|地名|城市|区县|区域|省份|标题|题名|题目|文档|文件名|来源|类型|格式|作者|部门|发布|从|到"
    r"|date|year|time|title|since|until|before|after|source|type|author|city|region|doc)[:：](?=[^\s/])",
    re.IGNORECASE,
)
_EXACT = re.compile(r'["＂]([^"＂]{2,})["＂]')
_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?月?)?年?", re.ASCII)


def looked_at(question: str) -> str:
    """The part of a typed question that is looked at."""
    return encodable(question.strip()[: parameters.MAX_QUESTION])


def split_filters(line: str) -> tuple[str, tuple[Filter, ...]]:
    """A line as question and filters. Exact words stay in the question, which is searched for them.

    Raises:
        UsageError: a filter without a value, or a date that is none.
    """
    filters = tuple(_filter(match) for match in _TOKEN.finditer(line))
    return " ".join(_TOKEN.sub(" ", line).split()), tuple(dict.fromkeys(filters))


def unknown_filters(line: str) -> tuple[str, ...]:
    """Names in a line that are written as those of filters and are none: they are searched like any other word."""
    return tuple(dict.fromkeys(_UNKNOWN.findall(line)))


def _filter(match: re.Match[str]) -> Filter:
    kind = _KINDS[match[1].lower()]
    value = (match[2] if match[2] is not None else match[3]).strip()
    if not value:
        raise UsageError("filter_empty", "filter_empty_hint", name=match[1])
    if kind in ("since", "until"):
        value = _date(value)
    return Filter(kind, value)


def _date(value: str) -> str:
    """2023, 2023年5月, 2023.5.1 → 2023, 2023-05, 2023-05-01."""
    match = _DATE.fullmatch(value)
    if match is None or not (1 <= int(match[2] or 1) <= 12 and 1 <= int(match[3] or 1) <= 31):
        raise UsageError("filter_date", "filter_date_hint", value=value)
    return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])


def exact_filters(question: str) -> tuple[Filter, ...]:
    """The words in "" that a passage must hold."""
    return tuple(dict.fromkeys(Filter("exact", match[1]) for match in _EXACT.finditer(question)))


def shown(filter_: Filter, language: Language = "zh") -> str:
    """A filter as it is typed in a language; either is understood."""
    if filter_.kind == "exact":
        return f'"{filter_.value}"'
    quoted = f'"{filter_.value}"' if re.search(r"\s", filter_.value) else filter_.value
    return f"{message(_NAMES[filter_.kind]).text(language)}:{quoted}"


def join_filters(question: str, filters: Iterable[Filter], language: Language = "zh") -> str:
    """The line to type for a question with filters; what `split_filters` takes apart."""
    return " ".join([*(shown(f, language) for f in filters if f.kind != "exact"), question])


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
