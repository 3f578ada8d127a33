"""What is said of a whole table: its name, unit, period and place, in the lines around it and the names of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tjqa.documents.tables import YEARLESS, Known, Origin, completed
from tjqa.ingest import parameters
from tjqa.ingest.tables.cells import unit_of_head, unit_said
from tjqa.text.normalize import fold
from tjqa.text.periods import periods as periods_in

_TABLE_NUMBER = re.compile(r"(?:附?表|table)\s*[\dA-Za-z一二三四五六七八九十]+(?:[-—.．]\d+)*", re.IGNORECASE)
_CONTINUED = re.compile(r"[(（\[]?\s*续\s*(?:表|上表)?\s*[\d一二三四五六七八九十]*(?:[-—.．]\d+)*\s*[)）\]]?(?:\s.*)?")
_NOTE = re.compile(
    r"(?:备\s*)?注\s*[\d一二三四五六]*\s*[:：.、]|说\s*明\s*[:：]|(?:资料|数据)?来源\s*[:：]|\*|\[\d+\]|[①②③④⑤]"
)
_NAME_LABEL = re.compile(r"(?:指标(?:名称)?|表\s*名|统计表名称|名\s*称|标\s*题)\s*[:：]\s*(.*\S)")
_LABEL = re.compile(r"[^\s:：]{1,8}[:：]")
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|"
    "西藏|陕西|甘肃|青海|宁夏|新疆|台湾|香港|澳门"
)
_PLACE = re.compile(
    rf"(?:{_PROVINCES})(?:壮族|回族|维吾尔)?(?:省|市|自治区|特别行政区)?(?:[\u4e00-\u9fff]{{2,6}}?(?:自治州|市|州|盟|县|区|旗))?"
    r"|(?:^|(?<=[\d年月日\s_\-—（(《:：]))(?![全本我该各两几每某此这那大新老城地年月日])[\u4e00-\u9fff]{2,5}?(?:省|市|自治州|县|区|镇|乡|街道)"
    r"(?![场区域级直长])"
)
_COMMON = re.compile(
    r".*(?:城市|地区|市区|小区|园区|社区|开发区|示范区|县区|郊区|辖区|景区|校区|片区|乡镇|村镇|省市|区县|市县)"
)
_PLACE_HEAD = re.compile(
    r"(?:行政)?(?:地\s*区|区\s*域|省\s*份|城\s*市|市\s*州|县\s*区|区\s*县|省|市|州|县|区|乡\s*镇|街\s*道|镇\s*街|国\s*家|省\s*市|市\s*县|所在地)"
    r"(?:名\s*称)?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What holds for all cells of a table that say nothing else."""

    name: str
    unit: Known | None = None
    period: Known | None = None
    place: Known | None = None


def said_of(captions: Iterable[str], others: Iterable[tuple[str, Origin]]) -> Said:
    """What a table's own lines and, behind them, the names of its sheet, text and file say, and the day it bears.

    Args:
        captions: the lines above and below it.
        others: further names with where they stand, nearest first.
    """
    lines = [line for line in captions if line]
    named = [line for line in lines if is_name(line)]
    labelled = [label[1] for line in lines if (label := _NAME_LABEL.match(line))]
    numbered = [line for line in named if _TABLE_NUMBER.match(line)]
    name = next(iter([*labelled, *reversed(numbered), *reversed(named)]), "")
    unit = next(filter(None, [*map(unit_said, lines), *map(unit_of_head, [name])]), "")
    sources = [*((line, Origin.CAPTION) for line in lines), *others]
    periods = [found for text, origin in sources if (found := _period(text, origin)) is not None]
    period = periods[0] if periods else None
    if period is not None and period.value.startswith(YEARLESS):  # 1月 on the tab, 2024年 in the file's name
        year = next((known.value[:4] for known in periods if known.value[:4].isdecimal()), "")
        period = Known(completed(period.value, year), period.origin)
    place = next(filter(None, (_place(text, origin) for text, origin in sources)), None)
    return Said(name[: parameters.LONGEST_TABLE_NAME], Known(unit, Origin.CAPTION) if unit else None, period, place)


def is_name(line: str) -> bool:
    """Whether a line above a table names it."""
    return (
        not _LABEL.match(line)
        and not unit_said(line)
        and not is_note(line)
        and not is_continued(line)
        and len(line) > 1
    )


def is_note(line: str) -> bool:
    """Whether a line around a table is a remark: 注:…, 资料来源:…"""
    return _NOTE.match(line) is not None


def is_continued(line: str) -> bool:
    """Whether a line says that the table above goes on: 续表, (续)."""
    return _CONTINUED.fullmatch(line.strip()) is not None


def names_table(line: str) -> bool:
    """Whether a line above a table in a text belongs to it: 表3 …, 单位:亿元, a short line that ends no sentence."""
    line = line.strip()
    if not line or len(line) > parameters.LONGEST_TABLE_NAME:
        return False
    return bool(_TABLE_NUMBER.match(line) or unit_said(line) or is_continued(line)) or not re.search(
        "[。;；!！?？]$", line
    )


def names_places(heads: Iterable[str]) -> bool:
    """Whether what stands below some heads are places."""
    return any(_PLACE_HEAD.fullmatch(head) for head in heads)


def _period(text: str, origin: Origin) -> Known | None:
    """The first period that is spelled out, else the first."""
    found = list(periods_in(fold(text)))
    best = next((dated for dated in found if dated.spelled), found[0] if found else None)
    return Known(str(best.period), origin) if best is not None else None


def place_said(text: str) -> str:
    """The first place that a name or the beginning of a sentence says; "" where it says none."""
    return next((found[0] for found in _PLACE.finditer(text) if not _COMMON.fullmatch(found[0])), "")


def _place(text: str, origin: Origin) -> Known | None:
    place = place_said(text)
    return Known(place, origin) if place else None
