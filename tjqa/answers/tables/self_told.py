"""What a cell says of its own value beside the figure: what it is of and in what it counts (罚款人民币30万元)."""

from __future__ import annotations

import re

from tjqa.documents.tables import Cell
from tjqa.text.normalize import fold, squeeze
from tjqa.text.units import is_unit

_COUNTED = re.compile(r"[-+]?\d[\d,.]*\s*(\D{1,8})")
_SAID = re.compile(
    r"(?P<what>[\u4e00-\u9fff、,，;；和并及]{2,20}?)(?:人民币|共计?|约|为|[:：])*(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<unit>\D{1,4})"
)
_LETTERED = re.compile(
    r"[\[(〔【(（]?\d{4}[\])〕】)）]?(?:年)?第?\d+号|\d{4}年\d{1,2}月(?:\d{1,2}日)?|"
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d{2}[-/](?:0?[1-9]|1[0-2])(?!\d)|第\d+[条款项章号]"
)
_WRITTEN_OUT = re.compile("[一二三四五六七八九十百千万亿两零〇壹贰叁肆伍陆柒捌玖拾佰仟半双无]")


def unit_of(cell: Cell) -> str:
    """The unit that its table tells for a cell, else the one behind its figure: 1500元."""
    if cell.unit is not None:
        return cell.unit.value
    own = _COUNTED.fullmatch(cell.text.strip())
    if own is not None and is_unit(own[1]):
        return own[1]
    said = _SAID.search(_plain(cell.text))
    return next((unit for unit in _beginnings(said["unit"]) if is_unit(unit)), "") if said is not None else ""


def said_measure(text: str) -> str:
    """What a text says that its figure is of: 罚款 of 警告并罚款6万元; "" for none."""
    said = _SAID.search(_plain(text))
    if said is None or not any(map(is_unit, _beginnings(said["unit"]))):
        return ""
    return said["what"]


# Of where something stands: 环河街33号, 3栋2单元501室, 110国道.
_HOUSE = re.compile(
    r"(?<=[\u4e00-\u9fff甲乙])\d+(?:[-~、,]\d+)*(?:号|栋|幢|弄|室)(?!文)[\u4e00-\u9fff]{0,2}(?:[-~]?\d+(?:号|栋|幢|单元|层|楼|室))*|\d+(?:国道|省道|县道|乡道)"
)


def holds_number(text: str) -> bool:
    """Whether a text holds a number that may count something, be it written out; those of papers, paragraphs and days
    count nothing."""
    plain = _HOUSE.sub("", _LETTERED.sub("", _plain(text)))
    return any(char.isdigit() for char in plain) or _WRITTEN_OUT.search(plain) is not None


def _plain(text: str) -> str:
    return squeeze(fold(text))


def _beginnings(text: str) -> list[str]:
    return [text[:end] for end in range(len(text), 0, -1)]
