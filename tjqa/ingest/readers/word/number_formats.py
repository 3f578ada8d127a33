"""Numbers as Word counts paragraphs and notes: 一、甲、①、iv (the values of w:numFmt)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN, _MOST_LETTERS = 3999, 26 * 30  # beyond, as Word does, plain figures: no file makes endless labels
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"


def shown(number: int, form: str) -> str:
    """A number in a format; in plain figures where the format does not reach, or is not known."""
    if form == "none":
        return ""
    if form.startswith("zeros "):
        return f"{number:0{int(form[6:])}}"
    make = _FORMATS.get(form)
    return (make(number) if make is not None and number > 0 else "") or str(number)


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千", wan: str = "万亿") -> str:
    """In words: 12 is 十二 with the common digits, 壹拾贰 with the formal ones."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for place, group in reversed(list(enumerate(groups))):
        if group:
            gap = digits[0] if text and group < 1000 else ""
            text += gap + _group(group, digits, units) + (wan[place - 1] if place else "")
    return text[1:] if text.startswith("一十") else text


def _group(number: int, digits: str, units: str) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        figure = number // 10**place % 10
        if figure:
            zero = text and number // 10 ** (place + 1) % 10 == 0
            text += (digits[0] if zero else "") + digits[figure] + (units[place - 1] if place else "")
    return text


def _counting(number: int) -> str:
    """一 to 九十九 in words, from a hundred on figure by figure: 一〇一."""
    return chinese(number) if number < 100 else _figures(number)


def _figures(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _japanese(number: int) -> str:
    text = chinese(number)
    for unit in "十百千":
        text = text.replace(f"一{unit}", unit)
    return text.replace("零", "")


def _roman(number: int) -> str:
    text = ""
    if number <= _MOST_ROMAN:
        for size, letters in _ROMAN:
            count, number = divmod(number, size)
            text += letters * count
    return text


def _letters(number: int) -> str:
    """a to z, then aa, bb, as Word does."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= _MOST_LETTERS else ""


def _from(first: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if number <= count else ""


def _circled(number: int) -> str:
    if number <= 20:
        return chr(0x2460 + number - 1)
    if number <= 50:
        return chr(0x3251 + number - 21) if number <= 35 else chr(0x32B1 + number - 36)
    return ""


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(figure)) for figure in str(number))


def _cardinal(number: int) -> str:
    words = _WORDS.split()
    return words[number].capitalize() if number < len(words) else ""


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "hex": lambda number: f"{number:X}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _figures,
    "japaneseDigitalTenThousand": _figures,
    "taiwaneseDigital": _figures,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL_SIMPLIFIED, "拾佰仟"),
    "ideographLegalTraditional": lambda number: chinese(number, _LEGAL_TRADITIONAL, "拾佰仟", "萬億"),
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= 10 else "",
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= 12 else "",
    "ideographZodiacTraditional": _sexagenary,
}
