"""What a collected figure is in words and as a row of data: the same for the terminal and every file."""

from __future__ import annotations

from typing import Any

from tjqa.answers.figures.figure import Against, Figure, Kind, Standing
from tjqa.text.periods import Period, wordings

_KINDS = {Kind.LEVEL: "数值", Kind.CHANGE: "增减", Kind.SHARE: "占比"}
_AGAINST = {Against.YEAR: "同比", Against.PERIOD: "环比", Against.AVERAGE: "年均"}
_STANDINGS = {Standing.DONE: "完成", Standing.FORECAST: "预计", Standing.PLAN: "目标"}
COLUMNS = {
    "number": "序号",
    "name": "指标",
    "place": "地区",
    "period": "时间",
    "cumulative": "累计",
    "kind": "类别",
    "against": "对比",
    "standing": "性质",
    "value": "数",
    "unit": "单位",
    "rough": "约数",
    "text": "原文的数",
    "differs": "≠",
    "check": "核对",
    "file": "文件",
    "page": "位置",
    "line": "行",
    "start": "起",
    "end": "止",
    "byte_start": "字节起",
    "byte_end": "字节止",
    "quote": "引文",
    "title": "题名",
    "published": "日期",
}
"""The fields of a row, docs/output.md, and what they are called in a file for people."""


def kind_of(figure: Figure) -> str:
    """同比增减, 目标, 累计完成: what kind of figure it is, in a word or two."""
    kind = _AGAINST.get(figure.against, "") + _KINDS[figure.kind]
    parts = ["累计" * figure.cumulative, _STANDINGS.get(figure.standing, ""), kind if kind != "数值" else ""]
    return "".join(parts) or kind


def period_of(figure: Figure) -> str:
    """The period as people write it."""
    return wordings(Period.read(figure.period))[0] if figure.period else ""


def value_of(figure: Figure) -> str:
    """The number as written with its unit; a fall told by a word (下降3.3%) with its sign."""
    sign = "-" if figure.value < 0 and not figure.text.lstrip().startswith(("-", "−", "－")) else ""
    unit = figure.unit if figure.unit and not figure.text.endswith(figure.unit) and "=" not in figure.unit else ""
    return f"{'约 ' * figure.rough}{sign}{figure.text}{' ' * bool(unit and unit != '%')}{unit}"


def doubts_of(figure: Figure) -> str:
    """What contradicts it, or bears it out."""
    told = [f"≠ {'、'.join(map(str, figure.differs))}"] if figure.differs else []
    if figure.check is not None:
        before = f"第 {figure.check.before} 项"
        told.append(f"✓ 与{before}相符" if figure.check.agrees else f"≠ 按{before}算得 {figure.check.computed}")
    return ";".join(told)


def row_of(figure: Figure) -> dict[str, Any]:
    """A figure for JSON and tables of data; what is not told is null."""
    citation = figure.citation
    mark = citation.marks[0] if citation.marks else citation.span
    place = figure.byte_range
    check = figure.check
    return {
        "number": citation.number,
        "name": figure.name,
        "place": figure.place or None,
        "period": figure.period or None,
        "cumulative": figure.cumulative,
        "kind": figure.kind.value,
        "against": figure.against.value or None,
        "standing": figure.standing.value or None,
        "value": format(figure.value, "f"),
        "unit": figure.unit or None,
        "rough": figure.rough,
        "text": figure.text,
        "differs": list(figure.differs),
        "check": {"agrees": check.agrees, "computed": check.computed, "before": check.before} if check else None,
        "file": citation.path,
        "page": citation.place or None,
        "line": citation.line,
        "start": mark.start,
        "end": mark.end,
        "byte_start": place.start if place is not None else None,
        "byte_end": place.end if place is not None else None,
        "quote": citation.quote,
        "title": citation.title,
        "published": citation.published,
    }
