"""Styles of a Word document: what a paragraph is by them, how large and whether at all its text is set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.parts import FALSE, W, number, value

_DEEPEST = 32  # styles based on styles based on …; Word allows 11
_PLAIN_SIZE = 20.0  # half points, where neither the file nor its styles say anything
_BODY_LEVEL = 9  # an outline level that says: no heading
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$")
_CONTENTS = re.compile(
    r"(?:toc|目录)\s*[1-9]$|(?:contents|toc) heading$|tocheading$|toc 标题\d*$|table of figures$|tableoffigures$"
)
_TITLES = {"title": 0, "标题": 0, "subtitle": -1, "副标题": -1}


@dataclass(frozen=True, slots=True)
class Look:
    """What styles or direct formatting say of a run; None is nothing. `script` is superscript, subscript or baseline,
    `font` the one of its Latin letters, `struck` tells whether a line goes through it, `shift` how far it is set above
    its line, in half points."""

    size: float | None = None
    hidden: bool | None = None
    script: str | None = None
    font: str | None = None
    struck: bool | None = None
    shift: int | None = None

    def over(self, below: Look) -> Look:
        """Both, of which this one wins."""
        if self is _NO_LOOK:
            return below
        return Look(
            below.size if self.size is None else self.size,
            below.hidden if self.hidden is None else self.hidden,
            below.script if self.script is None else self.script,
            below.font if self.font is None else self.font,
            below.struck if self.struck is None else self.struck,
            below.shift if self.shift is None else self.shift,
        )


_NO_LOOK = Look()
_STRUCK = (f"{W}strike", f"{W}dstrike")
_VALUE, _SIZE, _HIDDEN, _SCRIPT, _SHIFT, _FONTS = (
    f"{W}{name}" for name in ("val", "sz", "vanish", "vertAlign", "position", "rFonts")
)
# Of the size: programs that turn pages into Word files move every other run by a half point or one; what is set as an
# exponent or as the mark of a note stands a quarter of the size or more away from its line.
_SHIFTED = 1 / 6


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it is based on. `level` is that of a `Heading`, None for other text; `numbering` and
    `depth` (w:numId, w:ilvl) are texts, None where nothing is said; `chain` are the ids it is based on, its own
    first."""

    look: Look = Look()
    level: int | None = None
    contents: bool = False
    numbering: str | None = None
    depth: str | None = None
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Own:
    """What one style says by itself."""

    look: Look
    level: int | None
    contents: bool
    numbering: str
    depth: str
    outline: str


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids."""

    elements: dict[str, Element] = field(default_factory=dict)
    base: Look = Look()
    plain: str = ""  # the style of paragraphs that name none
    known: dict[str, Style] = field(default_factory=dict)
    paragraphs: dict[str, Style] = field(default_factory=dict)
    own: dict[str, _Own] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Element | None) -> Styles:
        """From styles.xml."""
        styles = cls()
        if tree is None:
            return styles
        styles.base = look_of(tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in tree.iterfind(f"{W}style"):
            key = element.get(f"{W}styleId", "")
            styles.elements.setdefault(key, element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                styles.plain = key
        return styles

    def paragraph(self, key: str) -> Style:
        """A paragraph's style, over what holds for the whole document."""
        if key not in self.paragraphs:
            style = self.style(key or self.plain)
            self.paragraphs[key] = replace(style, look=style.look.over(self.base))
        return self.paragraphs[key]

    def style(self, key: str) -> Style:
        """A style with what it is based on; one that the file does not define is known by its id alone."""
        if key not in self.known:
            self.known[key] = self._resolved(key)
        return self.known[key]

    def _resolved(self, key: str) -> Style:
        chain: list[str] = []
        at = key
        while at and at not in chain and len(chain) < _DEEPEST:
            chain.append(at)
            at = value(self.elements.get(at), "basedOn")
        says = [self._own(at) for at in chain]
        contents = any(one.contents for one in says)
        level = next((one.level for one in says if one.level is not None), None)
        outline = next((one.outline for one in says if one.outline), None)
        if outline is not None and (level is None or level > 0):  # Chinese templates give titles a level, too
            level = outline_level(outline)
        look = Look()
        for one in says:
            look = look.over(one.look)
        numbering = next((one.numbering for one in says if one.numbering), None)
        depth = next((one.depth for one in says if one.depth), None)
        return Style(look, None if contents else level, contents, numbering, depth, tuple(chain))

    def _own(self, key: str) -> _Own:
        """What a style says by itself."""
        if key not in self.own:
            element = self.elements.get(key)
            names = {key.strip().lower()} | ({value(element, "name").strip().lower()} if element is not None else set())
            properties = element.find(f"{W}pPr") if element is not None else None
            numbers = properties.find(f"{W}numPr") if properties is not None else None
            self.own[key] = _Own(
                look_of(element.find(f"{W}rPr")) if element is not None else Look(),
                _level(names),
                any(_CONTENTS.match(name) for name in names),
                value(numbers, "numId"),
                value(numbers, "ilvl"),
                value(properties, "outlineLvl"),
            )
        return self.own[key]


def outline_level(text: str) -> int | None:
    """The level of a heading by w:outlineLvl."""
    level = number(text, _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else None


def _level(names: set[str]) -> int | None:
    for name in names:
        if name in _TITLES:
            return _TITLES[name]
        if found := _HEADING.match(name):
            return int(found[1])
    return None


def look_of(properties: Element | None) -> Look:
    """What w:rPr says."""
    if properties is None or not len(properties):
        return _NO_LOOK
    size = hidden = script = font = struck = shift = None
    for child in properties:  # one walk instead of a search for each: there is one of these for every run
        tag = child.tag
        if tag == _SIZE:
            size = float(number(child.get(_VALUE))) or None
        elif tag == _HIDDEN:
            hidden = child.get(_VALUE, "1").lower() not in FALSE
        elif tag == _SCRIPT:
            script = child.get(_VALUE)
        elif tag == _SHIFT:
            shift = number(child.get(_VALUE))
        elif tag == _FONTS:
            font = child.get(f"{W}asciiTheme") or child.get(f"{W}ascii") or child.get(f"{W}hAnsi")
        elif tag in _STRUCK:  # of a double line that is off and a single one that is on the latter is seen
            struck = struck or child.get(_VALUE, "1").lower() not in FALSE
    return Look(size if size and size > 0 else None, hidden, script, font, struck, shift)


def size_of(look: Look) -> float:
    """Half points."""
    return look.size or _PLAIN_SIZE


def script_of(look: Look) -> str:
    """How its characters stand to their line: by their script, or by how far they are moved by hand."""
    if look.script in ("superscript", "subscript") or not look.shift:
        return look.script or ""
    if abs(look.shift) < _SHIFTED * size_of(look):
        return ""
    return "superscript" if look.shift > 0 else "subscript"
