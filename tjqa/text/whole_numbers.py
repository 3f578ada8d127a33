"""Whether a place in a text lies within a number, a date or a name of letters and digits: what is cut there says
something else than the text does, 234公顷 of 1,234公顷, 5元 of 3~5元.
"""

from __future__ import annotations

import re

from tjqa.documents import Span
from tjqa.text.normalize import fold
from tjqa.text.numbers import UNREAD, figures
from tjqa.text.units import unit_length

_DIGIT = "[0-9０-９]"
_MULTIPLES = "十百千万亿兆拾佰仟萬億"
_NUMERAL = f"[零〇○一二两三四五六七八九廿卅卌壹贰叁肆伍陆柒捌玖{_MULTIPLES}]"
_BLANK = r"[^\S\t]"  # between cells of a table is a tab
_NUMBER = re.compile(
    # A sign; between figures and dates it is a hyphen: 2023-05, 3-5, 5月-7月.
    rf"(?:(?<![0-9A-Za-z０-９])[-−–‑﹣－+＋](?={_DIGIT})(?!{_DIGIT}{{1,4}}[年月日号时])|负|零下)?(?={_DIGIT}|{_NUMERAL})"
    rf"(?:(?<!{_DIGIT}){_DIGIT}{{1,3}}(?:[ \xa0\u2009\u202f]{_DIGIT}{{3}})+(?!{_DIGIT})"  # 3 215
    rf"|(?<![零〇○一二两三四五六七八九]){_DIGIT}+(?:[.,．，]{_DIGIT}+)*"  # 统一3元 is no number of two signs
    rf"|{_NUMERAL}+"
    rf"|(?:[点/／⁄]|分之)(?={_DIGIT}|{_NUMERAL})"
    rf"|{_BLANK}{{1,2}}(?=[百千]?[万亿兆萬億])|[余多来](?={_BLANK}{{0,2}}[{_MULTIPLES}])"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹½¼¾⅓⅔⅛])+"
    rf"(?:{_BLANK}{{0,2}}[%％‰‱﹪])?"
)
# A comma groups three digits, behind one to three; else it stands between two numbers (13,占比; 2023,500个), as it does
# between two that happen to be written so: nobody can tell.
_GROUPS = rf"(?<!{_DIGIT}){_DIGIT}{{1,3}}(?:[,，]\r?\n?{_DIGIT}{{3}}(?!{_DIGIT}))+"
_LETTER = f"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ{UNREAD}]"
_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀-₉]"  # of what stands before it: 100m²
# What has no width parts nothing that is read: soft hyphens, zero-width blanks and joiners.
_JOINS = "[.．·_:：/／~～∼〜‐-―−－°′″'’\u00ad\u200b-\u200d\u2060\ufeff-]"
_WORD = rf"(?:{_GROUPS}|{_LETTER}+{_RAISED}*)"
_RUN = re.compile(rf"{_WORD}(?:{_JOINS}{_WORD})*[%％‰‱°′″℃℉㎀-㏟]?")
# What says of a number that it is less than nothing, a bound, a sum of money, a range, a share, an order: ▼10% is no
# 10%, (8)万元 of accounts is -8, 第12届 no twelve.
_SIGNED = re.compile(
    rf"[▲▼△▽↑↓±≤≥≠≈＜＞￥¥＄$€£]+{_BLANK}?{_DIGIT}|[(（]{_BLANK}?{_DIGIT}[0-9０-９.,．，]*[%％]?{_BLANK}?[)）]"
    rf"|{_DIGIT}(?:[至到×+＋]{_DIGIT}|折|成(?=[以左多半、，,。；;]))|第(?:{_DIGIT}|{_NUMERAL})|[十百千]几"
    rf"|[一二三四五六七八九]成(?=[以左多半、，,。；;])"
)
# Struck out, as readers mark it: within one sentence, or the mark of one stretch would be taken for that of another.
_STRUCK = re.compile(r"~~(?:[^~\n。！？；!?;，,：:]|[,，:：](?=\d)){1,40}~~")
_REACH = 64
"""Characters beside a place in which the number that it may cut is looked for."""


def is_within_number(text: str, at: int) -> bool:
    """Whether a place in a text lies between two characters of one number, its sign and its unit among them."""
    return _start(_NUMBER, text, at) < at


def is_within_run(text: str, at: int) -> bool:
    """Whether a place lies within a run of digits and letters, with what joins them, that no sentence or clause can end
    in: digits grouped by commas, though a line ends behind one; a range (3~5), a ratio, a time of day, a day, a name
    (A-2023-15). A comma that groups no digits joins nothing."""
    return _start(_RUN, text, at) < at


def cuts(text: str, span: Span) -> set[int]:
    """The ends of a stretch that have it say another thing of a number than the text does: it leaves a part of it away,
    its sign, its unit, or that it is struck out."""
    found = {at for at in (span.start, span.end) if _is_cut(text, at)}
    return found | ({span.end} if _leaves_unit(text, span.end) else set())


def _is_cut(text: str, at: int) -> bool:
    """Whether a place lies within a number with what belongs to it, its unit apart. A comma that groups no digits may
    stand between two numbers, and lines end wherever they do: tjqa itself ends quotes there."""
    beside = text[max(0, at - 1) : at + 1]
    own = not any(char in ",，\r\n" for char in beside) and is_within_number(text, at)
    return own or is_within_run(text, at) or _is_inside(_SIGNED, text, at) or _is_inside(_STRUCK, text, at)


def _is_inside(pattern: re.Pattern[str], text: str, at: int) -> bool:
    found = pattern.finditer(text, max(0, at - _REACH), at + _REACH)
    return any(one.start() < at < one.end() for one in found)


def _leaves_unit(text: str, at: int) -> bool:
    """Whether a place lies between a number and its unit, or within that."""
    if at <= 0 or at >= len(text) or text[at - 1].isspace() or text[at].isspace():
        return False
    start = max(0, at - _REACH)
    near = fold(text[start : at + _REACH])
    here = at - start
    return any(
        one.end <= here < one.end + unit_length(near, one.end) or (one.kind == "percent" and one.start < here < one.end)
        for one in figures(near)
    )


def before_cut(text: str, at: int) -> int:
    """The last place at or before `at` where a stretch may end; `at` itself where there is none near."""
    return next(
        (
            place
            for place in range(at, max(0, at - _REACH), -1)
            if not (_is_cut(text, place) or _leaves_unit(text, place))
        ),
        at,
    )


def before_run(text: str, at: int, least: int = 0) -> int:
    """The last place at or before `at` where a text can be cut without cutting a number; `at` itself where that is not
    behind `least`, or the number is so long that it is none."""
    place = min(_start(_NUMBER, text, at), _start(_RUN, text, at))
    return place if place > max(least, at - _REACH) else at


def _start(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what a place lies within begins; the place itself when it lies within nothing that has a digit."""
    for found in pattern.finditer(text, max(0, at - _REACH), at + _REACH):
        if found.start() < at < found.end() and (pattern is _NUMBER or any(map(str.isdigit, found[0]))):
            return found.start()
    return at
