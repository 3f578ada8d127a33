"""How Chinese documents number their sections: 第一章, 一、, 第一条, (一), 1. and Markdown's #.

The cleaner asks whether a line is a heading; the packer asks which heading governs a sentence. Long report
lines carry the numbering inside the line ("…提出意见。 一、2018年工作回顾2018年是…"), so the patterns match at the
start of any sentence, and the heading's own end has to be guessed (`heading_text`).
"""

from __future__ import annotations

import re

_NUMBER = "[〇零一二三四五六七八九十百]{1,4}"
# 第三章规定的, 第三章“评标办法”没有规定的: speaks of a chapter and opens none.
_SPOKEN_OF = r"(?!\s*(?:[“\"《「][^”\"》」]{1,20}[”\"》」]\s*)?(?:规定|所列|所述|没有|的|中|和|及|与|至|或|第|[、,，]))"
_SIGN = r"(?:[-*+•·●■◆][ \t　]+)?"  # a list of Markdown or Word around numbered lines: - （一）, - **第十五条**
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第(?:{_NUMBER}|\d{{1,3}})(?:编|篇|部分|章){_SPOKEN_OF}[\s　]*")),
    (2, re.compile(rf"第(?:{_NUMBER}|\d{{1,3}})节{_SPOKEN_OF}[\s　]*")),
    (2, re.compile(rf"{_NUMBER}(?:、|[.．](?![\d一二三四五六七八九]))\s*")),
    (4, re.compile(rf"{_SIGN}[(（]\s*{_NUMBER}\s*[)）]\s*")),
)
ARTICLE_LEVEL = 3  # 第十四条 lies below chapters and sections and above (一)
_ARTICLE = re.compile(
    rf"{_SIGN}(?:\*\*)?(?P<name>第\s*(?:[〇零一二三四五六七八九十百千]{{1,7}}|\d{{1,4}})\s*条(?:之[一二三四五六七八九十])?)(?:\*\*)?"
    r"(?!\s*(?:规定|所列|所称|的|、|和|至|或|与|第|款|中|,|，))[\s　]*"
)
_NAMES_ARTICLE = re.compile(r"第(?:[〇零一二三四五六七八九十百千]{1,7}|\d{1,4})条(?:之[一二三四五六七八九十])?\s*$")
_ARABIC = re.compile(rf"{_SIGN}\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}[、.．)）]?\s*(?=[^\d\s.,%％年月日])")
_FIGURES = re.compile(
    r"(?P<number>\d{1,2}(?=\s*[、.．])|\d{1,2}(?:\.\d{1,2}){1,3})[、.．]?\s*(?=[^\d\s.,%％年月日万亿元])"
)
_COUNTED = re.compile(
    r"(?:(?P<marked>\d{1,2})[、.．](?!\d)|[(（](?P<bracketed>\d{1,2})[)）]|(?P<closed>\d{1,2})[)）]|(?P<circled>[①-⑳]))"
)
_ITEM = re.compile(
    rf"{_SIGN}(?P<shown>[(（]\s*(?:{_NUMBER}|\d{{1,2}})\s*[)）]|{_NUMBER}(?:、|[.．])|[①-⑳]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}(?:[、.．)）]|(?=\s))(?=\s*[^\d\s.,%％年月日]))"
)
_NARROW = str.maketrans("（）．" + "".join(map(chr, range(ord("①"), ord("⑳") + 1))), "()." + "①" * 20)
_MARKDOWN = re.compile(r"(#{1,6})\s+")
_END = re.compile(r"[。！？!?；;：:\n]|(?<=\S{6})\s")  # scraped text has stray blanks inside words: "第 一"
_LONGEST = 30  # characters of one heading as shown
MARKDOWN_LEVELS = 10  # numbered levels lie below Markdown's: # is 1 … ###### is 6, 一、 is 12


def numbering(text: str) -> tuple[int, int] | None:
    """(level, length of the numbering) when `text` starts like a numbered or Markdown heading."""
    if mark := _MARKDOWN.match(text):
        return len(mark[1]), mark.end()
    for level, pattern in _LEVELS:
        if found := pattern.match(text):
            return MARKDOWN_LEVELS + level, found.end()
    return None


def numbered_item(text: str) -> bool:
    """True for any numbering, Arabic figures included ("1.", "2)", "3.1")."""
    return numbering(text) is not None or _ARABIC.match(text) is not None


def figures_number(text: str) -> tuple[int, ...] | None:
    """(6,) for 6、开标时间, (1, 2) for 1.2 资金来源; None for a figure that numbers nothing (35 台)."""
    found = _FIGURES.match(text)
    return tuple(map(int, found["number"].split("."))) if found else None


def counted_item(text: str) -> tuple[str, int] | None:
    """The kind of number that an item begins with and which it is: 2、, (2), 2), ②; None when there is none."""
    found = _COUNTED.match(text)
    if found is None or found.lastgroup is None:
        return None
    number = found[found.lastgroup]
    return found.lastgroup, int(number) if number.isdecimal() else ord(number) - ord("①") + 1


def numbering_shape(text: str) -> str:
    """How an item of a list is numbered, alike for all of one list: (1) for （3）, 1.1 for 4.2, (一) for (十二); empty
    for a text that is no item."""
    found = _ITEM.match(text)
    if found is None:
        return ""
    shown = "".join(found["shown"].translate(_NARROW).split())
    return re.sub(_NUMBER, "一", re.sub(r"\d+", "1", shown))


def article_number(text: str) -> str | None:
    """第十四条 when the line `text` opens an article of a law or contract; a sentence that speaks of one does not."""
    found = _ARTICLE.match(text)
    return "".join(found["name"].split()) if found else None


def names_article(heading: str) -> bool:
    """Whether a title or a path of headings ends with an article of a law or contract: 第二章 / 第十四条."""
    return _NAMES_ARTICLE.search(heading) is not None


def heading_text(text: str) -> str:
    """The heading that `text` starts with, at most 30 characters, without Markdown marks.

    Where heading and text are glued together the heading ends at the first stop or blank; without one, at a
    year that comes twice ("2018年工作回顾2018年是…"), else at the first comma.
    """
    found = numbering(text)
    mark = found[1] if found else 0
    shown = "" if text.startswith("#") else text[:mark].lstrip("-*+•·●■◆ \t　")
    rest = text[mark:]
    end = _END.search(rest)
    head = rest[: end.start()] if end else rest
    if again := re.match(r"((?:19|20)\d\d年).+?(?=\1)", head):
        head = again[0]
    if len(head) > _LONGEST:
        head = re.split(r"[,，]", head)[0][:_LONGEST]
    return (shown + head).strip()
