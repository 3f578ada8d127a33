"""Numbers, percentages and dates in Chinese text, brought to one written form.

5.2％, 5.2% and 百分之五点二 all become "5.2%"; 1.15万 and 11500 and 11,500 become "=11500"; 2023年8月22日,
2023-08-22 and 2023.8.22 become "@2023-08-22" (with the year, month and day forms they contain), so that a
question meets a document however either writes them. Works on folded text (`tjqa.text.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

UNREAD = "〓"
"""What a reader writes where a picture or an object stands within a number, as printers do for a sign they lack: what
is beside it is a part of a number that nobody knows."""

# Longer runs of digits are no figure (a bar code, noise), and Decimal and int() refuse very long ones.
_LONGEST = 25
_NEAR = 4  # blanks and a sign

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_CN = "零〇○一二两三四五六七八九"
_HAN_NUMBER = rf"[{_CN}十百千万亿]+(?:点[{_CN}]+)?"
_ARABIC = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# 3亿千瓦 is 3亿 of the unit 千瓦; 5千 is 5000.
_MULTIPLIER = r"(?:万亿|[十百]?[万亿]|[十百千])(?![瓦米克伏升卡帕赫一二两三四五六七八九十])"
_YEAR = rf"(?:(?:1\d|20)\d\d|[一二][{_CN}]{{3}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"

# What a figure begins with: looked for first, for most characters begin none (six times faster, measured).
_BEGINS = rf"(?=[\d{_CN}十百千万亿])"

_FIGURE = re.compile(
    rf"""{_BEGINS}(?:
      (?P<y1>{_YEAR})\s*年\s*(?P<m1>{_MONTH})\s*月\s*(?P<d1>{_DAY})\s*[日号]
    | (?<!\d)(?P<y2>(?:19|20)\d\d)(?P<s2>[-./])(?P<m2>1[0-2]|0?[1-9])(?P=s2)(?P<d2>3[01]|[12]\d|0?[1-9])(?!\d)
    | (?P<y3>{_YEAR})\s*年\s*(?P<m3>{_MONTH})\s*月(?!\d)
    | (?P<m4>{_MONTH})\s*月\s*(?P<d4>{_DAY})\s*[日号]
    | (?<!\d)(?P<y5>{_YEAR})\s*年(?!历史)
    | 百分之(?P<cp>{_HAN_NUMBER}|{_ARABIC})
    | (?<![a-z\d.])(?P<num>{_ARABIC})(?:\s*(?P<mul>{_MULTIPLIER}))?(?:\s*(?P<pct>%|个百分点))?
    | (?!千万[不别要莫勿])(?P<han>{_HAN_NUMBER})(?P<hpct>个百分点)?
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or date found at characters start:end; `forms` are its written forms for matching, widest first."""

    start: int
    end: int
    kind: str  # "date" | "percent" | "number" | "relative" (only of relative_dates)
    forms: tuple[str, ...]


_FORM = re.compile(r"[@=].*|[\d.]+(?:%|pp)")


def is_form(term: str) -> bool:
    """Whether an index term is a written form of a figure, and no word (ppp, app)."""
    return _FORM.fullmatch(term) is not None


def figures(folded: str) -> Iterator[Figure]:
    """Every figure of `folded`, in order, not overlapping."""
    for match in _FIGURE.finditer(folded):
        if match.end() - match.start() > _LONGEST or _is_part(folded, match.start(), match.end()):
            continue
        figure = _date(match) or _percent(match) or _number(match)
        if figure is not None:
            yield figure


def _is_part(folded: str, start: int, end: int) -> bool:
    """Whether something that was not read stands right beside a figure."""
    if UNREAD not in folded:
        return False
    before, behind = folded[max(0, start - _NEAR) : start].rstrip(), folded[end : end + _NEAR].lstrip()
    return before.endswith(UNREAD) or behind.startswith(UNREAD)


# Dates told from where the text stands, and centuries and decades; with no fixed day they match nothing, but they
# answer 什么时候.
_RELATIVE = re.compile(
    rf"""(?=[去今明前上次同当本下年底末初内中第春夏秋冬昨日近\d一二三四五六七八九十])
    (?:(?:去年|今年|明年|前年|上年|次年|同年|当年|本月|上月|下月|次月|当月|年)?
    (?:底前?|末|初|内|中|上半年|下半年|[一二三四]季度|第[一二三四]季度|上旬|中旬|下旬|{_MONTH}月份?(?!\d)|[春夏秋冬][季天])
    |(?:[12]\d|\d|二?十?[一二三四五六七八九十])世纪(?:[1-9]0年代|[二三四五六七八九]十年代)?|[1-9]0年代|[二三四五六七八九]十年代
    |去年|今年|明年|前年|上年|次年|同年|昨[日天]|今[日天]|明[日天]|前[日天]|日前|近日|上周|本周|下周|当[日天]|次日|同日)""",
    re.VERBOSE,
)
_BARE = frozenset("底末初内中")


def relative_dates(folded: str) -> Iterator[Figure]:
    """去年底, 6月, 上半年, 日前: dates relative to the text they stand in, in order; they have no written forms."""
    for match in _RELATIVE.finditer(folded):
        if match[0].rstrip("前") not in _BARE:
            yield Figure(match.start(), match.end(), "relative", ())


_NAMED_MONTH = re.compile(rf"(?<![\d{_CN}十])({_MONTH})\s*月")


def months(folded: str) -> set[int]:
    """The months that a text names, 1..12, with or without a year."""
    dated = (form for figure in figures(folded) for form in figure.forms if re.fullmatch(r"@\d{4}-\d\d", form))
    return {int(form[-2:]) for form in dated} | {_small(m[1]) for m in _NAMED_MONTH.finditer(folded)}


def whole_number(text: str) -> int | None:
    """The value of a run of decimal digits; None of anything else, and of more digits than any number needs."""
    return int(text) if len(text) <= _LONGEST and text.isdecimal() else None


_MARKED = re.compile(r"\d\s*[⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉①-⑳]")


def is_marked(written: str) -> bool:
    """Whether a raised or circled digit stands behind a figure as it is written: the mark of a note or an exponent,
    which folding makes a digit of the figure."""
    return _MARKED.search(written) is not None


_NUMBERED = re.compile(rf"第?(\d+|[{_CN}十]+)(?=[期批轮届次])")


def numbers_of(folded: str) -> set[str]:
    """What a text numbers, as written with Arabic figures: 三期, 第2轮 → 3期, 2轮."""
    found = ((m[1], folded[m.end()]) for m in _NUMBERED.finditer(folded))
    return {f"{number if number.isdigit() else value_of(number) or number}{unit}" for number, unit in found}


def value_of(han: str) -> Decimal | None:
    """The value of Chinese numerals (三千二百, 十七, 二〇二四, 五点二), or None when they are not one number."""
    whole, _, fraction = han.partition("点")
    if not (set(whole) | set(fraction)) <= _DIGIT.keys() | set(_SMALL) | set(_LARGE):  # 半, 几
        return None
    if not (set(whole) & (set(_SMALL) | set(_LARGE))):  # digits one by one: 二〇二四, but 三五成群 says "a few"
        if len(whole) == 2 and not fraction and not set(whole) & set("零〇○"):
            return None
        digits = "".join(str(_DIGIT[c]) for c in whole)
    else:
        units = _by_units(whole)
        if units is None:
            return None
        digits = str(units)
    tail = "".join(str(_DIGIT[c]) for c in fraction)
    return Decimal(f"{digits or 0}.{tail}" if tail else digits or "0")


def _by_units(han: str) -> int | None:
    total = section = digit = 0
    # In speech a last digit is of the next smaller unit: 两万五 is 25000, unlike 两万零五.
    if len(han) > 2 and han[-1] in _DIGIT and _DIGIT[han[-1]]:
        unit = _SMALL.get(han[-2]) or _LARGE.get(han[-2])
        if unit and (rest := _by_units(han[:-1])) is not None:
            return rest + _DIGIT[han[-1]] * unit // 10
    for before, char in zip(" " + han, han, strict=False):
        if char in _DIGIT:
            if digit and before in _DIGIT:  # 十三五 is a name, not a number
                return None
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            total = (total + section + digit) * _LARGE[char] if char == "亿" else total + (section + digit) * 10_000
            section = digit = 0
    return total + section + digit


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


_DATE_FORM = re.compile(r"@(\d{4})?(?:-?(\d\d)(?:-(\d\d))?)?")


def _small(text: str) -> int:
    return int(text) if text.isdigit() else int(value_of(text) or 0)


def _date(match: re.Match[str]) -> Figure | None:
    group = match.groupdict()
    year = group["y1"] or group["y2"] or group["y3"] or group["y5"]
    month = group["m1"] or group["m2"] or group["m3"] or group["m4"]
    day = group["d1"] or group["d2"] or group["d4"]
    if not (year or month):
        return None
    forms = []
    if year:
        number = _small(year)
        forms.append(f"@{number}")
        if month:
            forms.append(f"@{number}-{_small(month):02}")
            if day:
                forms.append(f"@{number}-{_small(month):02}-{_small(day):02}")
    if month and day:
        forms.append(f"@{_small(month):02}-{_small(day):02}")
    return Figure(match.start(), match.end(), "date", tuple(forms))


def date_words(form: str) -> str:
    """The form of a date as people write it: 2024年8月 of @2024-08, 8月20日 of @08-20; "" of what is none."""
    found = _DATE_FORM.fullmatch(form)
    if found is None:
        return ""
    return "".join(f"{int(part)}{sign}" for part, sign in zip(found.groups(), "年月日", strict=True) if part)


def _percent(match: re.Match[str]) -> Figure | None:
    text = match["cp"] or (match["pct"] and match["num"]) or (match["hpct"] and match["han"])
    if not text:
        return None
    value = Decimal(text.replace(",", "")) if text[0].isascii() else value_of(text)
    unit = "pp" if match["hpct"] or (match["pct"] or "").startswith("个") else "%"
    return None if value is None else Figure(match.start(), match.end(), "percent", (f"{_plain(value)}{unit}",))


def _number(match: re.Match[str]) -> Figure | None:
    if match["num"]:
        value: Decimal | None = Decimal(match["num"].replace(",", ""))
        for unit in match["mul"] or "":
            value = value * (_SMALL.get(unit) or _LARGE[unit]) if value is not None else None
    elif len(match["han"] or "") > 1:  # a single 一 or 百 is more often part of a word than a figure
        value = value_of(match["han"])
    else:
        return None
    if value is None:
        return None
    form = f"={_plain(value)}"
    # A bare 1900…2099 may be a year written without 年.
    year = (f"@{value}",) if match["num"] and not match["mul"] and re.fullmatch(r"(19|20)\d\d", match["num"]) else ()
    return Figure(match.start(), match.end(), "number", (form, *year))
