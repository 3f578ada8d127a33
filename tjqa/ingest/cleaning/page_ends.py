"""What stands above and below the text of a page: lines that their words alone do not give away.

`vocabulary` holds phrases that are furniture anywhere. A line that only consists of the words of page functions
(打印正文, 订阅我们的通讯) may as well head a section of a manual: it goes above the first and below the last paragraph,
beside others of its kind, or when the page has it again and again.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning import patterns
from tjqa.ingest.cleaning.boilerplate import Boilerplate, Kind, legal
from tjqa.ingest.cleaning.function_words import composed, leaning, purpose
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import stamps
from tjqa.text.headings import numbered_item, numbering

_HAN = re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(
    r"(?:var|let|const|function|window|document|if|try)\b.*[;{(]|[$#.][\w(].*[{;)]|[{}()\];]+$|<!--|//<|\{\{"
)
_SECTION = re.compile(r"#|\d{1,2}\s*[.．、)）]|[(（]?[一二三四五六七八九十]+[、)）]")
_TALLY = re.compile(r"\d[\d,.]{0,8}\s*[万wk+]{0,2}")  # how often a page was read
_COLON = (":", "：")
_FOOT: dict[DropReason, Kind] = {DropReason.RELATED_LINKS: "list"}
_INSIDE = frozenset(["展开", "播放", "暂停", "朗读"])  # buttons inside texts end nothing
_ANNOUNCED = re.compile(
    r"如下|以下|名单|清单|一览|附件|目录|结果|公布|包括|分别|其中|有[:：]|[:：]$|下列|共.{0,8}[项个类家名篇件]"
)
_CLOSING = re.compile(r"特此|此[复致]|以上(?:请示|报告|意见)")  # 特此公告
_ANNEX = re.compile(r"附\s*[件表录注]?\s*\d{0,2}\s*(?:[:：]|$)|.{0,30}(?:名单|清单|一览表|明细表|登记表)$")
_PAIR = re.compile(r"[^\s:]{2,6}:\s*\S")  # 当事人:…


def surround(lines: list[Line], found: list[Boilerplate | None], meta: list[bool]) -> None:
    """Adds to `found`, in place, the furniture around the text. `meta` are the lines of dates and names."""
    if not any(entry and not entry.vague for entry in found) and not any(
        flag and stamps(line.text) for flag, line in zip(meta[: parameters.DATED_PAGE_LINES], lines, strict=False)
    ):
        return  # nothing shows this to be a saved page
    _scripts(lines, found)
    text = _text(lines, found)
    _functions(lines, found, meta, text)
    if text:
        _wedged(lines, found, meta, text)
        _half(lines, found, meta, _foot(lines, found, meta, text[1] + 1))
        _notices(lines, found, text[1] + 1)
        _after(lines, found, meta, text)


def _ends(entry: Boilerplate | None) -> bool:
    """True for furniture that ends the text."""
    return entry is not None and entry.kind != "aside"


def _scripts(lines: list[Line], found: list[Boilerplate | None]) -> None:
    """What is left of a page's code before its first and after its last line in Chinese."""
    han = [i for i, line in enumerate(lines) if _HAN.search(line.text)]
    for i in (*range(han[0]), *range(han[-1] + 1, len(lines))) if han else ():
        if _CODE.match(lines[i].text):
            found[i] = Boilerplate(DropReason.SCRIPT, "aside")


def _text(lines: list[Line], found: list[Boilerplate | None]) -> tuple[int, int] | None:
    """The lines from the first paragraph to the end of the text; None on a page without paragraphs.

    At the end short sentences and numbered headings are text, too, but a paragraph may be a notice that no phrase
    knows: one of the law, or one much shorter than the text.
    """
    prose = [i for i, line in enumerate(lines) if line.prose and not found[i]]
    while prose and 2 * prose[-1] > len(lines) and legal(lines[prose[-1]].folded):
        prose.pop()
    told = sum(len(lines[i].text) for i in prose)
    while prose and len(lines[prose[-1]].text) < parameters.LAST_PARAGRAPH_SHARE * told:
        told -= len(lines[prose.pop()].text)
    if not prose:
        return None
    last = prose[-1]
    for i in range(last + 1, len(lines)):
        if _ends(found[i]):
            break
        notice = patterns.NOTICE.search(lines[i].folded) is not None
        ends = lines[i].stopped and len(lines[i].text) >= parameters.SHORTEST_SENTENCE and not notice
        if ends or numbering(lines[i].text) or _CLOSING.match(lines[i].text):
            last = i
    return prose[0], last


def _foot(lines: list[Line], found: list[Boilerplate | None], meta: list[bool], start: int) -> int:
    """Where the foot of the page begins: the lines to the end of which most are half made of page functions.

    Each such line counts for it and every other one against it, headlines of links little: a form of a public office
    is full of 许可 and 咨询, but not in every second line.
    """
    best, total, foot = 0.0, 0.0, len(lines)
    for i in range(len(lines) - 1, start - 1, -1):
        line = lines[i]
        if (found[i] or (leaning(line.folded) and not meta[i])) and not _SECTION.match(line.text):
            total += parameters.FOOT_FOR
            if total >= best:
                best, foot = total, i
        elif line.prose or line.stopped or _SECTION.match(line.text):
            total -= parameters.FOOT_AGAINST_TEXT
        elif not meta[i]:
            link = len(line.core) >= parameters.SHORTEST_FOOT_LINK
            total -= parameters.FOOT_AGAINST_LINK if link else parameters.FOOT_AGAINST
    return foot


def _functions(
    lines: list[Line], found: list[Boilerplate | None], meta: list[bool], text: tuple[int, int] | None
) -> None:
    """Lines made of page functions, where they may be furniture."""
    plain = [composed(line.folded) and not _SECTION.match(line.text) and not meta[i] for i, line in enumerate(lines)]
    kind = [entry is not None or composes for entry, composes in zip(found, plain, strict=True)]
    again = Counter(line.folded for line in lines)
    for i, line in enumerate(lines):
        known = found[i]
        if not plain[i] or (known and not known.vague) or _headline(i, meta, text):
            continue
        if i > 0 and not kind[i - 1] and lines[i - 1].text.endswith(_COLON):
            continue
        outside = text is not None and not text[0] < i < text[1] and not known
        beside = any(kind[max(0, i - 1) : i] + kind[i + 1 : i + 2])
        if outside or beside or again[line.folded] >= parameters.REPEATED_FUNCTION:
            reason = purpose(line.folded)
            below = (text is None or i > text[1]) and line.folded.strip("[]【】()") not in _INSIDE
            found[i] = Boilerplate(reason, _FOOT.get(reason, "line") if below else "aside")


def _headline(at: int, meta: list[bool], text: tuple[int, int] | None) -> bool:
    """Whether a line stands where a headline does: right above a date, or on the first line right above the text."""
    return text is not None and at < text[0] and (meta[at + 1] or (at == 0 and text[0] == 1))


def _wedged(lines: list[Line], found: list[Boilerplate | None], meta: list[bool], text: tuple[int, int]) -> None:
    """Very short lines between two of furniture, above or below the text: counts, names, formats of files."""
    for i in range(1, len(lines) - 1):
        line, above, below = lines[i], found[i - 1], found[i + 1]
        counts = _TALLY.fullmatch(line.core) is not None and i != text[0] - 1
        if counts and not text[0] <= i <= text[1] and not found[i] and (above or below):
            found[i] = Boilerplate(DropReason.SHARING, "aside")
        if text[0] - 1 <= i <= text[1] or meta[i] or found[i] or not above or not below or above.vague:
            continue
        longest = parameters.LONGEST_WEDGED if i > text[1] else parameters.SHORTEST_RUN_HEADLINE - 1
        if len(line.core) <= longest and not line.stopped and not numbered_item(line.text):
            found[i] = Boilerplate(above.reason, "aside")


def _half(lines: list[Line], found: list[Boilerplate | None], meta: list[bool], start: int) -> None:
    """Lines in the foot of the page that are half made of page functions, when there are several."""
    half = [
        i
        for i in range(start, len(lines))
        if leaning(lines[i].folded)
        and not (
            meta[i] or lines[i].stopped or _SECTION.match(lines[i].text) or patterns.WEAK.fullmatch(lines[i].folded)
        )
        and not lines[i - 1].text.endswith(_COLON)
    ]
    for i in half if len(half) >= parameters.LEANING_LINES else []:
        found[i] = found[i] or Boilerplate(purpose(lines[i].folded))


def _notices(lines: list[Line], found: list[Boilerplate | None], start: int) -> None:
    """Sentences below the text that speak of liability though not of the page: 以上数据仅供参考."""
    for i in range(start, len(lines)):
        short = len(lines[i].core) <= parameters.LONGEST_LOOSE_NOTICE
        if short and not found[i] and patterns.NOTICE.search(lines[i].folded):
            found[i] = Boilerplate(DropReason.COPYRIGHT)


def _after(lines: list[Line], found: list[Boilerplate | None], meta: list[bool], text: tuple[int, int]) -> None:
    """Short lines between the last sentence and the first known furniture below it, or many of them down to the end,
    on a page that is all sentences.

    Prices, rankings, shops nearby: no words tell them. Lists of the text's own are announced (如下, 名单, 其中),
    numbered, or follow other short lines; pairs (出席:…, 记录:…) and the name of an office close minutes and notices:
    all that stays.
    """
    if _loose(lines, found, meta, text):
        return
    told = sum(len(line.text) for line in lines[: text[1] + 1] if line.prose or line.stopped)
    last = lines[text[1]]
    if told < parameters.LEAST_ABOVE_FOOT or not (last.prose or last.stopped):
        return
    if _ANNOUNCED.search(last.text[-parameters.ANNOUNCING_END :]):
        return
    zone = list(takewhile(lambda i: not _ends(found[i]), range(text[1] + 1, len(lines))))
    zone = [i for i in zone if not meta[i] and not found[i] and len(lines[i].core) > 1]  # 完 ends a dispatch
    zone = [i for i in zone if not (_signs(lines[i]) and i + 1 < len(lines) and meta[i + 1])]
    known = any(map(_ends, found[text[1] + 1 :]))
    least = parameters.LEAST_KNOWN_FOOT if known else parameters.LEAST_UNKNOWN_FOOT
    if len(zone) < least or not all(_plain(lines[i]) for i in zone):
        return
    if _belongs([lines[i] for i in zone[: parameters.SIGNATURE_LINES]]):
        return
    for i in zone:
        found[i] = Boilerplate(DropReason.AFTER_TEXT)


def _belongs(first: list[Line]) -> bool:
    """Whether the first short lines below the text show that they belong to it: an annex, minutes, a signature."""
    pairs = all(_PAIR.match(line.folded) for line in first)
    return pairs or any(_ANNEX.match(line.text) or _signs(line) for line in first)


def _loose(lines: list[Line], found: list[Boilerplate | None], meta: list[bool], text: tuple[int, int]) -> bool:
    """Whether short lines stand in the text other than those that a sentence with a colon announces."""
    listed = False
    for i in range(text[0], text[1] + 1):
        if _sentence(lines[i]):
            listed = lines[i].text.endswith(_COLON)
        elif not (listed or meta[i] or found[i]):
            return True
    return False


def _sentence(line: Line) -> bool:
    listed = line.text.endswith(_COLON) or numbered_item(line.text) or _PAIR.match(line.folded) is not None
    return line.prose or line.stopped or listed


def _plain(line: Line) -> bool:
    """A short line that is no sentence, no row of a table, no note in brackets."""
    text = line.prose or line.stopped or line.text.endswith(_COLON) or numbering(line.text)
    return not (text or "\t" in line.text or line.text.startswith(("(", "（", "—", "【")))


def _signs(line: Line) -> bool:
    """The name of an office alone."""
    return patterns.OFFICE.search(line.folded) is not None and not re.search(r"[\d:]", line.folded)
