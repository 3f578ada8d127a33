"""Styles and lists of an OpenDocument text, as a Word file of today has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.odf.names import FO, STYLE, TEXT
from tjqa.ingest.readers.word.made import on
from tjqa.ingest.readers.word.parts import number

_LEVELS = 9
_MOST_LISTS = 10_000  # of a text; those beyond count on from the last
_DEEPEST = 32  # styles based on styles
_LO = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "①": "decimalEnclosedCircle", "甲": "ideographTraditional",
    "子": "ideographZodiac", "１": "decimalFullWidth",
}  # fmt: skip
_OWN = re.compile(r"%(\d)%")


@dataclass(slots=True)
class Sheets:
    """Styles by name, lists in use."""

    styles: dict[tuple[str, str], Element] = field(default_factory=dict)  # family, name
    lists: dict[str, Element] = field(default_factory=dict)
    outline: Element | None = None
    _uses: list[str] = field(default_factory=list)  # names of the lists' styles

    def add(self, root: Element | None) -> None:
        """Those of a part of the file."""
        for element in root.iter() if root is not None else ():
            name = element.get(f"{STYLE}name", "")
            if element.tag == f"{STYLE}style":
                self.styles.setdefault((element.get(f"{STYLE}family", ""), name), element)
            elif element.tag == f"{TEXT}list-style":
                self.lists.setdefault(name, element)
            elif element.tag == f"{TEXT}outline-style":
                self.outline = element

    def said(self, family: str, name: str, properties: str, key: str) -> str:
        """What a style, or one it is based on, says."""
        for _ in range(_DEEPEST):
            style = self.styles.get((family, name))
            if style is None:
                break
            found = style.find(f"{STYLE}{properties}")
            if found is not None and found.get(key) is not None:
                return found.get(key, "")
            name = style.get(f"{STYLE}parent-style-name", "")
        return ""

    def parent(self, name: str) -> str:
        """The style with a name of its own that a paragraph's stands for."""
        for _ in range(_DEEPEST):
            style = self.styles.get(("paragraph", name))
            above = style.get(f"{STYLE}parent-style-name", "") if style is not None else ""
            if not above or not re.fullmatch(r"P\d+", name):
                break
            name = above
        return name

    def look(self, name: str) -> str:
        """The properties of a run of this style."""
        script = self.script(name)
        look = on("vertAlign", script or "baseline") if script is not None else ""
        return look + self._unseen("text", name) + self._line("text", name) + self._size("text", name)

    def script(self, name: str) -> str | None:
        """Whether what is of this style stands above its line or below: superscript, subscript, "" on it; None where
        nothing is said."""
        place = self.said("text", name, "text-properties", f"{STYLE}text-position").split()
        if not place:
            return None
        shift = number(place[0][:-1]) if place[0].endswith("%") else {"super": 1, "sub": -1}.get(place[0], 0)
        return "superscript" if shift > 0 else "subscript" if shift < 0 else ""

    def hides(self, family: str, name: str) -> bool | None:
        """Whether what is of this style is not shown; None where nothing is said."""
        said = self.said(family, name, "text-properties", f"{TEXT}display")
        return said == "none" if said else None

    def _unseen(self, family: str, name: str) -> str:
        hidden = self.hides(family, name)
        return "" if hidden is None else on("vanish", int(hidden))

    def paragraph_look(self, name: str) -> str:
        """The properties that all runs of a paragraph have."""
        return self._unseen("paragraph", name) + self._line("paragraph", name) + self._size("paragraph", name)

    def strikes_out(self, family: str, name: str) -> bool | None:
        """Whether a line goes through what is of this style; None where nothing is said."""
        line = self.said(family, name, "text-properties", f"{STYLE}text-line-through-style")
        line = line or self.said(family, name, "text-properties", f"{STYLE}text-line-through-type")
        return line != "none" if line else None

    def _line(self, family: str, name: str) -> str:
        struck = self.strikes_out(family, name)
        return "" if struck is None else on("strike", int(struck))

    def _size(self, family: str, name: str) -> str:
        size = self.said(family, name, "text-properties", f"{FO}font-size")
        return on("sz", 2 * number(size[:-2])) if size.endswith("pt") and number(size[:-2]) > 0 else ""

    def use(self, name: str) -> int:
        """A number for a list of this style, which counts from its start; "" is that of headings."""
        if len(self._uses) < _MOST_LISTS:
            self._uses.append(name)
        return len(self._uses)

    def numbering(self) -> str:
        """The inside of numbering.xml: a list for every use, because each counts by itself."""
        lists, uses, known = [], [], dict[str, str]()
        for count, name in enumerate(self._uses, 1):
            if name not in known:
                source = self.lists.get(name) if name else self.outline
                known[name] = "".join(_level(level) for level in source) if source is not None else ""
            lists.append(f'<w:abstractNum w:abstractNumId="{count}">{known[name]}</w:abstractNum>')
            uses.append(f'<w:num w:numId="{count}">{on("abstractNumId", count)}</w:num>')
        return "".join([*lists, *uses])


def _level(level: Element) -> str:
    at = number(level.get(f"{TEXT}level"), 1)
    if not 1 <= at <= _LEVELS:
        return ""
    bullet = level.get(f"{TEXT}bullet-char")
    form = level.get(f"{STYLE}num-format", "")
    kind = "bullet" if bullet is not None else _FORMS.get(form[:1], "decimal")
    shown = max(1, min(number(level.get(f"{TEXT}display-levels"), 1), at))
    figures = ".".join(f"%{one}" for one in range(at - shown + 1, at + 1)) if kind != "none" else ""
    text = f"{level.get(f'{STYLE}num-prefix', '')}{figures}{level.get(f'{STYLE}num-suffix', '')}"
    if own := level.get(f"{_LO}num-list-format"):
        text = _OWN.sub(r"%\1", own)
    inside = on("start", level.get(f"{TEXT}start-value", "1")) + on("numFmt", kind)
    inside += on("lvlText", bullet if bullet is not None else text)
    return f'<w:lvl w:ilvl="{at - 1}">{inside}</w:lvl>'
