"""What a question wants done with cells, by the words of the language. Works on folded text."""

from __future__ import annotations

import re
from typing import Literal

Operation = Literal["look", "difference", "highest", "lowest", "total", "select"]
"""What is to be done with the cells: told as they are, two subtracted, the extreme ones of a column, summed, those of a
column that meet a condition."""

_EXTREME = r"(?=的|是[谁哪什]|[,，。?？]|$)"  # not 最大起飞重量, which is a name
_HIGHEST = re.compile(rf"最[高多大长强贵快重好热]{_EXTREME}|排名?(?:第[一1]|首位|最前){_EXTREME}|居首|位居第一")
_LOWEST = re.compile(rf"最[低少小短弱便慢轻差冷]宜?{_EXTREME}|排名?最后|垫底|末位")
# Of two or more that are named, or of all: 甲省和乙省哪个人口多. 多少 and 多高 ask for a figure.
_COMPARED = re.compile(
    r"(?:谁|哪一?[个家座种]?[省市县区镇乡村]?)[^,，。;；?？]{0,14}?"
    r"(?P<how>更?(?:(?P<more>多(?!少)|(?<!多)[高大长强贵快重])|(?<!多)[低少小短弱慢轻])一?[些点]?)[?？]?$"
)
_FALLS = re.compile(r"[跌降减](?:得|幅|了)?(?:最|更)?[多大]")
_ADDED_UP = re.compile(r"一共|总共|加起来|共计|之和|全部加")
_TOTAL = re.compile(rf"(?<!组)合计(?!提)|总[计和共额量]|{_ADDED_UP.pattern}")
_WHICH_WAY = re.compile(r"是?[升涨增多高上][加高长升了]*(?:还是|或)[降跌减少低下][低少跌降了]*")
_BY_HOW_MUCH = re.compile(
    r"[多少][用花产卖招收来养种建](?=了?(?:多少|几|\|))"
)  # 少用了多少: what was done says nothing more
_DIFFERENCE = re.compile(
    rf"{_WHICH_WAY.pattern}|"
    r"[从由].{2,30}[到至].{2,30}[涨跌增减升降变多少]|相差|差多少|之差|差额"
    r"|(?:比(?![例重率值])|较)(?!上[期月年旬周季]|去年|上个).{2,20}(?:[多少高低贵涨跌增减升降]|便宜).{0,3}[多少几]"
)


def operation_asked(folded: str) -> Operation:
    """The first operation that a question tells."""
    if _HIGHEST.search(folded):
        return "lowest" if _FALLS.search(folded) else "highest"
    if _LOWEST.search(folded):
        return "lowest"
    if (compared := _COMPARED.search(folded)) is not None:
        return "highest" if compared["more"] and not _FALLS.search(folded) else "lowest"
    if _DIFFERENCE.search(folded):
        return "difference"
    return "total" if _TOTAL.search(folded) else "look"


def is_between(folded: str) -> bool:
    """Whether it is to be told which of those that are named has more or less: 甲和乙哪个多."""
    return not (_HIGHEST.search(folded) or _LOWEST.search(folded)) and _COMPARED.search(folded) is not None


def without_operation(folded: str) -> str:
    """A question of the same length in which the words are blanked out that say which cell or sum is wanted."""
    for pattern in (_HIGHEST, _LOWEST, _ADDED_UP, _WHICH_WAY, _BY_HOW_MUCH):
        folded = pattern.sub(lambda found: "|" * len(found[0]), folded)
    return _COMPARED.sub(_without_how, folded)


def _without_how(found: re.Match[str]) -> str:
    start = found.start("how") - found.start()
    return found[0][:start] + "|" * (len(found[0]) - start)


def extreme_at(folded: str) -> int | None:
    """Where a question says that it asks for the highest or the lowest; None where it does not."""
    places = [found.start() for pattern in (_HIGHEST, _LOWEST) if (found := pattern.search(folded)) is not None]
    compared = _COMPARED.search(folded)
    places += [compared.start("how")] if compared is not None else []
    return min(places, default=None)
