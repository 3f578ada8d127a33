"""What a character of a PDF stands for: hyphens, ligatures, radicals, bullets of symbol fonts, raised figures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

from tjqa.ingest.readers.pdf import parameters

HYPHENS = "\x02\ufffe\u00ad"
"""What PDFium gives for a hyphen at the end of a line, and the soft hyphen."""
RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()aehklmnopstx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕₖₗₘₙₒₚₛₜₓ")
# Bullets that Word sets in Symbol and Wingdings, by their code in these fonts.
_SYMBOLS = {
    0xF0B7: "•", 0xF06C: "●", 0xF06E: "■", 0xF0A7: "▪", 0xF075: "◆", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "□", 0xF06F: "□",
    0xF0A3: "□", 0xF052: "☑", 0xF0FE: "☑", 0xF0B4: "×", 0xF02D: "-", 0xF0E0: "→", 0xF0D7: "·", 0xF076: "❖",
}  # fmt: skip
# Radicals that fonts of today map their characters to, and that NFKC leaves as they are.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻑⻗⻲⺮⺌⺍",
        "母民虎西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟長雨龜竹小小",
        strict=True,
    )
)
# Scripts that stand in a Chinese document, by the first word of their letters' names.
_USUAL = {
    "CJK", "LATIN", "FULLWIDTH", "HALFWIDTH", "GREEK", "CYRILLIC", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO",
    "MATHEMATICAL", "IDEOGRAPHIC", "KANGXI", "MICRO", "FEMININE", "MASCULINE", "MODIFIER", "DOUBLE-STRUCK", "SCRIPT",
}  # fmt: skip
_MARKS = re.compile(r"[①-⑳*†‡]|[\[(〔［（]?\d{1,3}[\])〕］）]?")
# A figure at the end of a line, after Chinese; at the head of the next one, before Chinese or a sign. Between words of
# Western languages stands a blank, which the end of a line leaves out.
_FIGURE_BEGUN = re.compile(r"(?:[^\x00-\x7f]\s?|[(\[])[-+]?\d[\d.,]*$")
_FIGURE_ENDED = re.compile(r"\d[\d.,]*(?:\s?[^\x00-\x7f]|[%)\];]|$)")


def plain(code: int) -> str:
    """The character for a code as PDFium gives it; "" for what says nothing."""
    if 0x20 < code < 0x2E80:
        if 0x7F <= code <= 0x9F or 0x200B <= code <= 0x200F or 0x202A <= code <= 0x202E or 0x2060 <= code <= 0x2064:
            return ""
        return "-" if code in (0xAD, 0x2010, 0x2011) else chr(code)
    if 0x3000 <= code < 0xD800:
        return chr(code)
    char = chr(code)
    if char in HYPHENS:
        return "\x02"
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if 0x2E80 <= code < 0x2FE0:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if 0xFB00 <= code <= 0xFB06 or 0xF900 <= code < 0xFB00:
        return unicodedata.normalize("NFKC", char)
    return "" if code == 0xFEFF or unicodedata.category(char) in ("Cc", "Cs", "Cn") else char


def garbled(texts: Iterable[str]) -> bool:
    """Whether the text of a file is none that anybody wrote: letters of many scripts at once, which is what a font
    gives whose file does not say which characters its signs stand for. A document in Tibetan or Thai has one more."""
    letters = [char for char in islice(chain.from_iterable(texts), parameters.LETTERS_LOOKED_AT) if char.isalpha()]
    scripts = Counter(unicodedata.name(char, "?").partition(" ")[0] for char in letters)
    rare = {script: count for script, count in scripts.items() if script not in _USUAL}
    much = sum(rare.values()) >= parameters.GARBLED_SHARE * len(letters)
    return len(rare) >= parameters.GARBLED_SCRIPTS and much


def raised(text: str) -> str:
    """As Unicode superscripts where there are such for all of it; a mark of a note in brackets stays as it is."""
    made = text.translate(RAISED)
    return made if all(char not in text for char in made) else text


def lowered(text: str) -> str:
    """As Unicode subscripts where there are such for all of it."""
    made = text.translate(LOWERED)
    return made if all(char not in text for char in made) else text


def is_note_mark(text: str) -> bool:
    """Whether a line may begin a footnote."""
    first = text.lstrip()[:1]
    if not any(char.isalpha() for char in text):  # a page number
        return False
    return first != "" and (first in "⁰¹²³⁴⁵⁶⁷⁸⁹" or _MARKS.match(text.lstrip()) is not None)


def is_latin(char: str) -> bool:
    """Letters and figures of scripts that part words with blanks."""
    return char.isalnum() and ord(char[0]) < 0x2E80 if char else False


def is_wide(char: str) -> bool:
    """Chinese, Japanese and their punctuation."""
    return unicodedata.east_asian_width(char) in "WF" if char else False


def joined(before: str, after: str, *, flush: bool = False) -> str:
    """Two lines of a paragraph: a word broken at the line's end is whole again, words are parted by a blank. `flush`
    says that the first one has no room for another digit: then a figure in Chinese text may go on in the next."""
    if flush and _FIGURE_BEGUN.search(before) and _FIGURE_ENDED.match(after):
        return before + after
    if before.endswith("\x02") or (before.endswith("-") and before[-2:-1].isalpha() and before[-2:-1].isascii()):
        stem = before[:-1]
        if stem[-1:].isalpha() and after[:1].islower() and is_latin(stem[-1:]) and is_latin(after[:1]):
            return stem + after
        return f"{stem}-{after}"
    left, right = before[-1:], after[:1]
    if is_wide(left) or is_wide(right) or left == " " or not left or left in "-–−±/(" or right in ",.;:!?)]%":
        return before + after
    return f"{before} {after}"
