"""Numbers and signs that name one of several alike: 〔2023〕17号, 12路, D型, 3号线, 第二条, 二期, KB-200, 一等, 14时.

A neighbour of the same kind is another thing: what is asked of 19号 is not answered by 17号. Works on folded text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tjqa.text.numbers import value_of

_HAN = "〇○零一二三四五六七八九十百"
_NUMBER = rf"(?:\d{{1,6}}|[{_HAN}]{{1,5}})"
_FILE = re.compile(
    r"(?:[〔\[(【]\s*(?P<a>20\d\d|19\d\d)\s*[〕\])】]|(?<!\d)(?P<b>20\d\d|19\d\d)年?)\s*第?\s*(?P<number>\d{1,4})\s*号(?![线楼院])"
)
_ROUTE = re.compile(
    rf"(?<![{_HAN}\d.])(?:(?P<number>\d{{1,4}})路(?![口段])|(?P<han>[{_HAN}]{{1,4}})路(?=公交|车|线路))"
)
_NAMED = re.compile(
    rf"(?<![{_HAN}\d.月])(?P<number>{_NUMBER})\s*(?P<kind>号(?:线|楼|院|门|库|井|机|炉|泵|馆|厅|地块|岛|桥|文|令|公告)?)(?!码|召|称)"
)
_SIGNED = re.compile(
    r"(?<![a-z\d])(?P<number>\d?[a-z]{1,3}\d{0,4})(?P<kind>型|款|座|区|栋|级|类|馆|票|证|标段|包|档|组|岗)(?![号])"
)
_ORDINAL = re.compile(
    rf"第\s*(?P<number>{_NUMBER})\s*(?P<kind>条|款|项|章|节|编|篇|期|批|轮|届|次|标段|包|组|名|针|剂|周|天|学期|阶段|阶梯|产业|附件|中学|小学|医院|水厂|"
    r"(?:人民|中心)医院|实验(?:小学|中学)|幼儿园|中级人民法院|工区|车间|教学楼|食堂)"
)
_COUNTED = re.compile(rf"(?<![{_HAN}\d.第])(?P<number>{_NUMBER})(?P<kind>期|批|轮|届)(?![间末初限货待房望])")
_ATTACHED = re.compile(
    rf"(?P<kind>附件|附表|附录|表|图|标段|包)\s*(?P<number>\d{{1,3}}|[{_HAN}]{{1,3}}|[a-z](?![a-z]))(?![\d.%年月万亿元])"
)
_PART = r"\d{1,6}[a-z]{0,2}"
_MODEL = re.compile(rf"(?<![a-z0-9.])(?P<kind>[a-z]{{1,6}})[- ]?(?P<number>{_PART}(?:[-./]{_PART})*)(?![a-z0-9%]|\.\d)")
_RANKED = re.compile(
    rf"(?<![{_HAN}\d])(?P<number>[特一二三四五])(?P<kind>等)(?=[奖品舱座]|[\u4e00-\u9fff]{{2}})(?![于到待同])"
)
_TIMED = {
    "时": re.compile(r"(?<![\d.])(\d{1,2})时(?![间候段代期差尚装而常速效])"),
    "午": re.compile("([上下])午"),
    "星期": re.compile("(?:星期|礼拜|周)([一二三四五六日天末])(?![年期个天次小边围岁])"),
    "年代": re.compile(r"(?<!\d)([1-9]0)年代"),
    "五": re.compile("十([一二三四五六])五(?!日|年|天|人|个|名)"),
    "学年": re.compile(r"(?<!\d)(20\d\d\s*[-—–~至]+\s*20\d\d)\s*学年"),
}
_AGED = re.compile(r"(?<![\d.])(?P<number>\d{1,3})(?:周)?(?P<kind>岁)(?=以[上下]|及以[上下]|至|-)")
_LONG = re.compile(r"(?<![\d.,])(?P<number>\d{7,20}x?)(?![\d.,%]|\s*[元人个吨户万亿米件])")
"""Numbers of papers, telephones and accounts: such of the same length are of one kind."""


@lru_cache(maxsize=256)  # of a question it is asked for every sentence
def identifiers(folded: str) -> Mapping[str, frozenset[str]]:
    """What a text names by number or sign: the kind of thing (号, 路, 型, 条) → the numbers, Arabic and in small
    letters; of a document's number also with its year (2023/17)."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _FILE.finditer(folded):
        found["号"] |= {match["number"].lstrip("0"), f"{match['a'] or match['b']}/{match['number'].lstrip('0')}"}
    for match in _ROUTE.finditer(folded):
        found["路"].add(_plain(match["number"] or match["han"]))
    for pattern in (_NAMED, _SIGNED, _ORDINAL, _COUNTED, _ATTACHED, _MODEL, _RANKED, _AGED):
        for match in pattern.finditer(folded):
            kind = "号" if match["kind"] in ("号文", "号令", "号公告") else match["kind"]
            found[kind].add(_plain(match["number"]))
    for kind, pattern in _TIMED.items():
        for number in pattern.findall(folded):
            found[kind].add(_plain(re.sub(r"\s*[-—–~至]+\s*", "-", number.replace("天", "日"))))
    for match in _LONG.finditer(folded):
        found[f"{len(match['number'])}位"].add(match["number"])
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def others(asked: str, text: str) -> frozenset[str]:
    """What a folded text names of the kinds that a folded question names, where it names none that is asked for:
    12路 and 18路 for a question about 15路; empty where one is met, or none of the kind is named."""
    wanted = identifiers(asked)
    if not wanted:
        return frozenset()
    held = identifiers(text)
    found: set[str] = set()
    for kind, numbers in wanted.items():
        precise = {number for number in numbers if "/" in number} or numbers
        named = held.get(kind, frozenset())
        if not any("/" in number for number in named):
            precise = {number.split("/")[-1] for number in precise}
        if named and not any(_is_same(one, other) for one in named for other in precise):
            found |= {f"{number}{kind}" for number in named}
    return frozenset(found)


_ISSUER = r"(?:[\u4e00-\u9fff](?:政|办|政办)?[发函字规令])?"
_CITED = (re.compile(_ISSUER + _FILE.pattern), re.compile(rf"第\s*{_NUMBER}\s*[条章节]"))


def unnamed(asked: str, text: str) -> Iterator[str]:
    """The numbers of documents, and the articles, chapters and sections, that a folded question names, as it writes
    them, and a folded text does not."""
    held = identifiers(text)
    for match in (match for pattern in _CITED for match in pattern.finditer(asked)):
        wanted = identifiers(match[0])
        if not all(_holds(held.get(kind, frozenset()), numbers) for kind, numbers in wanted.items()):
            yield match[0]


def _holds(held: frozenset[str], numbers: frozenset[str]) -> bool:
    """Whether some numbers of a kind are among others; of a document's that with its year is what counts."""
    precise = {number for number in numbers if "/" in number} or numbers
    return any(_is_same(one, other) for one in held for other in precise)


def _is_same(one: str, other: str) -> bool:
    """Whether two numbers of a kind are one, or one names a part of what the other names: KB3 and KB3-75."""
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _plain(number: str) -> str:
    if number.isdecimal():
        return number.lstrip("0") or "0"
    value = value_of(number) if re.fullmatch(f"[{_HAN}]+", number) else None
    return str(int(value)) if value is not None else number
