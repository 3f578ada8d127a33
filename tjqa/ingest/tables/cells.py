"""What a cell holds by its looks: a figure, a period, a unit, words."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from tjqa.text.normalize import fold
from tjqa.text.periods import whole_period
from tjqa.text.units import is_unit

# With the unit or the remark that some tables write into each cell: 64.5%, 19.2米, 5-10, (3.2), 8.2[2].
_FIGURE = re.compile(
    r"[<>≤≥~约±*(\[]*[-+−—]?\s*[¥$£€]?\s*\d[\d,.\s]*(?:[-~—–至/×:e^+]+\s*[-+]?[\d,.]+)*\s*(?P<tail>[^\d\s,，。、;；:：]{0,8}?)(?:\[\d+\])?[)\]*]*"
)
_TAILS = frozenset(("", "#", "+", "-", "以上", "以下", "左右", "多", "余", "个"))
_NOTHING = re.compile(r"[-—–−.…/\\*×x~·]{1,4}|无|空|n/?a|null|none|不适用|暂无|缺")
_GLYPH = re.compile(r"(?<=[\u3400-\u9fff])[\s\u3000]+(?=[\u3400-\u9fff])")
_BREAK = re.compile(r"[\s\u3000]+")
_UNIT_SAID = re.compile(r"(?:计[量价]|货币)?单位\s*[:：]\s*(?P<unit>[^\s)）;；]+(?:[、,，]\s*[^\s)）]+)*)")
_BRACKETED = re.compile(r"[(（\[［【]([^()（）\[\]]{1,16})[)）\]］】]")


class Kind(Enum):
    """What a cell looks like."""

    BLANK = 0
    NOTHING = 1  # a dash where there is no figure
    FIGURE = 2
    PERIOD = 3  # 2019, 2019年, 一季度: at the head of a column its name, below it a date
    TEXT = 4


@lru_cache(maxsize=65536)
def kind_of(text: str) -> Kind:
    """What a cell's text looks like."""
    if not text:
        return Kind.BLANK
    if len(text) > 60:
        return Kind.TEXT
    folded = fold(text).strip()
    if not folded or _NOTHING.fullmatch(folded):
        return Kind.NOTHING
    if whole_period(folded) is not None and not re.fullmatch(r"\d{4}[./]\d+", folded):
        return Kind.PERIOD
    found = _FIGURE.fullmatch(folded)
    return Kind.FIGURE if found is not None and (found["tail"] in _TAILS or is_unit(found["tail"])) else Kind.TEXT


def plain(text: str) -> str:
    """A head as one line, without the blanks that space its characters out: 地　区 is 地区."""
    return _BREAK.sub(" ", _GLYPH.sub("", text)).strip() if _BREAK.search(text) is not None else text


def unit_said(text: str) -> str:
    """The unit that a line above a table tells (单位：亿元), "" for none."""
    found = _UNIT_SAID.search(text)
    return found["unit"].strip("()（）。.") if found is not None else ""


def unit_of_head(head: str) -> str:
    """The unit at the end of a head: 面积(公顷), 亿元, 比上年增长%; "" for none."""
    if said := unit_said(head):
        return said
    for found in reversed(list(_BRACKETED.finditer(head))):
        for part in re.split(r"[,，、;；\s]", found[1]):
            if part and is_unit(fold(part)):
                return part
    if is_unit(fold(head)) and not head.isdecimal():
        return head.strip()
    last = head.strip()[-1:]
    return "%" if last in ("%", "％") else ""
