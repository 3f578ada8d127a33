"""Styles, lists and fonts of a binary Word file, as a Word file of today has them."""

from __future__ import annotations

from collections.abc import Iterator

from tjqa.ingest.readers.word.made import on, quoted
from tjqa.ingest.readers.word97.file import FONTS, LISTS, STYLES, USES, WordFile, number
from tjqa.ingest.readers.word97.properties import Look, Shape

_MOST_STYLES, _MOST_LISTS, _LEVELS = 4000, 4000, 9
_NAMED = {62: "Title", 74: "Subtitle"}
_NAMED |= {n: f"heading {n}" for n in range(1, 10)} | {n + 18: f"toc {n}" for n in range(1, 10)}
# How numbers are written, by their code; the others count in plain figures.
_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 6: "cardinalText",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal",
    17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
_BEHIND = ("tab", "space", "nothing")


def fonts_of(file: WordFile) -> list[str]:
    """Their names by number."""
    data = file.part(FONTS)
    found: list[str] = []
    at = 4
    while at < len(data) and len(found) < _MOST_STYLES:
        entry = data[at : at + data[at] + 1]
        found.append(entry[40:].decode("utf-16-le", "replace").partition("\0")[0])
        at += len(entry)
    return found


def styles_of(file: WordFile, fonts: list[str]) -> str:
    """The inside of styles.xml; a style's id is its number."""
    data = file.part(STYLES)
    at, count, base = 2 + number(data, 0, 2), min(number(data, 2, 2), _MOST_STYLES), number(data, 4, 2)
    found = []
    for key in range(count):
        size = number(data, at, 2)
        entry = data[at + 2 : at + 2 + size]
        at += 2 + size
        if len(entry) >= base >= 10:
            found.append(_style(key, entry, base, fonts))
    return "".join(found)


def _style(key: int, entry: bytes, base: int, fonts: list[str]) -> str:
    built_in, kind, below = number(entry, 0, 2) & 0xFFF, number(entry, 2, 2) & 15, number(entry, 2, 2) >> 4
    length = number(entry, base, 2)
    name = entry[base + 2 : base + 2 + 2 * length].decode("utf-16-le", "replace")
    at = base + 4 + 2 * length
    parts = []
    for _ in range(number(entry, 4, 2) & 15):
        at += at & 1
        size = number(entry, at, 2)
        parts.append(entry[at + 2 : at + 2 + size])
        at += 2 + size
    name = _NAMED.get(built_in, name)
    inside = f"<w:name w:val={quoted(name)}/>" + (on("basedOn", below) if below != 0xFFF else "")
    if kind == 1 and parts:
        inside += f"<w:pPr>{Shape.of(parts[0]).xml()}</w:pPr>"
    look = parts[1] if kind == 1 and len(parts) > 1 else parts[0] if kind == 2 and parts else b""
    inside += f"<w:rPr>{Look.of(look).xml(fonts)}</w:rPr>"
    default = ' w:default="1"' if key == 0 else ""
    return (
        f'<w:style w:type="{"paragraph" if kind == 1 else "character"}"{default} w:styleId="{key}">{inside}</w:style>'
    )


def lists_of(file: WordFile, fonts: list[str]) -> str:
    """The inside of numbering.xml: every list, then every use of one."""
    data, levels = file.part(LISTS), file.behind(LISTS)
    count = min(number(data, 0, 2), _MOST_LISTS)
    found: list[str] = []
    names: dict[int, int] = {}
    at = 0
    for key in range(count):
        entry = data[2 + 28 * key : 30 + 28 * key]
        names[number(entry, 0)] = key
        inside = ""
        for level in range(1 if number(entry, 26, 1) & 1 else _LEVELS):
            xml, at = _level(levels, at, level, fonts)
            inside += xml
        found.append(f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>')
    return "".join([*found, *_uses(file.part(USES), names, fonts)])


def _uses(data: bytes, names: dict[int, int], fonts: list[str]) -> Iterator[str]:
    count = min(number(data, 0), _MOST_LISTS)
    at = 4 + 16 * count
    for key in range(count):
        entry = data[4 + 16 * key : 20 + 16 * key]
        inside = on("abstractNumId", names.get(number(entry, 0), -1))
        at += 4
        for _ in range(number(entry, 12, 1)):
            start, flags = number(data, at), number(data, at + 4)
            at += 8
            own = ""
            if flags & 0x20:
                own, at = _level(data, at, flags & 15, fonts)
            begun = on("startOverride", start) if flags & 0x10 and not own else ""
            inside += f'<w:lvlOverride w:ilvl="{flags & 15}">{begun}{own}</w:lvlOverride>'
        yield f'<w:num w:numId="{key + 1}">{inside}</w:num>'


def _level(data: bytes, at: int, level: int, fonts: list[str]) -> tuple[str, int]:
    """The XML of a level, and where the next one begins."""
    head = data[at : at + 28]
    look, shape = number(head, 24, 1), number(head, 25, 1)
    at += 28 + shape
    font = Look.of(data[at : at + look]).xml(fonts)
    at += look
    length = number(data, at, 2)
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in text)
    inside = on("start", number(head, 0)) + on("numFmt", _FORMS.get(number(head, 4, 1), "decimal"))
    inside += on("suff", _BEHIND[min(number(head, 15, 1), 2)]) + on("lvlText", shown)
    inside += "<w:isLgl/>" if number(head, 5, 1) & 4 else ""
    inside += on("lvlRestart", number(head, 26, 1)) if number(head, 5, 1) & 8 else ""
    return f'<w:lvl w:ilvl="{level}">{inside}<w:rPr>{font}</w:rPr></w:lvl>', at + 2 + 2 * length
