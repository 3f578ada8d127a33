"""What is said of paragraphs and runs in a binary Word file (sprm), and how a Word file of today says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tjqa.ingest.readers.word.made import on, quoted
from tjqa.ingest.readers.word97.file import number

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of what follows, by the last three bits; 0 says it itself
_TABLE, _TABS = 0xD608, 0xC615  # two that say it in other ways
_MOST_CELLS = 63
_SCRIPTS = {1: "superscript", 2: "subscript"}


def said(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each property and its value, until the end or what makes no sense."""
    at = 0
    while at + 2 < len(data):
        code = number(data, at, 2)
        at += 2
        size = _SIZES[code >> 13]
        if code == _TABLE:
            size, at = number(data, at, 2) - 1, at + 2
        elif size == 0:
            size, at = data[at], at + 1
            if code == _TABS and size == 255:
                return
        if size < 0:
            return
        yield code, data[at : at + size]
        at += size


@dataclass(slots=True)
class Look:
    """Of a run."""

    hidden: bool | None = None
    struck: bool | None = None
    deleted: bool = False
    special: bool = False
    script: int | None = None
    shift: int | None = None  # above the line, in half points
    size: int | None = None
    font: int | None = None
    symbol: tuple[int, int] | None = None  # font, character

    @classmethod
    def of(cls, data: bytes) -> Look:
        """From what is said."""
        look = cls()
        for code, value in said(data):
            first = number(value, 0, 1)
            if code == 0x083C:
                look.hidden = first in (1, 0x81)
            elif code in (0x0837, 0x2A53):
                look.struck = bool(look.struck) or first in (1, 0x81)
            elif code == 0x0800:
                look.deleted = first in (1, 0x81)
            elif code == 0x0855:
                look.special = first == 1
            elif code == 0x2A48:
                look.script = first
            elif code == 0x4845:
                look.shift = int.from_bytes(value[:2], "little", signed=True)
            elif code == 0x4A43:
                look.size = number(value, 0, 2)
            elif code == 0x4A4F:
                look.font = number(value, 0, 2)
            elif code == 0x6A09:
                look.symbol = number(value, 0, 2), number(value, 2, 2)
        return look

    def xml(self, fonts: Sequence[str]) -> str:
        """As w:rPr holds it."""
        parts = [] if self.hidden is None else [on("vanish", int(self.hidden))]
        parts += [] if self.struck is None else [on("strike", int(self.struck))]
        parts += [on("vertAlign", _SCRIPTS.get(self.script, "baseline"))] if self.script is not None else []
        parts += [on("position", self.shift)] if self.shift is not None else []
        parts += [on("sz", self.size)] if self.size else []
        if self.font is not None and self.font < len(fonts):
            parts.append(f"<w:rFonts w:ascii={quoted(fonts[self.font])}/>")
        return "".join(parts)


@dataclass(slots=True)
class Shape:
    """Of a paragraph. `edges` are the places of a table row's cells, in twentieths of a point, `below` says of each
    cell whether it goes on with the one above (None where it is not merged), `across` whether with the one before."""

    style: int = 0
    in_table: bool = False
    ends_row: bool = False
    depth: int = 0
    inner: bool = False
    outline: int | None = None
    level: int | None = None
    numbers: int | None = None
    head: bool = False
    page: bool = False
    edges: list[int] = field(default_factory=list)
    below: list[bool | None] = field(default_factory=list)
    across: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, entry: bytes) -> Shape:
        """From a style's number and what is said."""
        shape = cls(style=number(entry, 0, 2))
        shape._take(entry[2:])
        return shape

    def _take(self, data: bytes) -> None:
        for code, value in said(data):
            first = number(value, 0, 1)
            if code == 0x2416:
                self.in_table = first == 1
            elif code == 0x2417:
                self.ends_row = first == 1
            elif code == 0x6649:
                self.depth = number(value)
            elif code in (0x244B, 0x244C):
                self.inner = first == 1
            elif code == 0x2640:
                self.outline = first
            elif code == 0x260A:
                self.level = first
            elif code == 0x460B:
                self.numbers = number(value, 0, 2)
            elif code == 0x3404:
                self.head = first == 1
            elif code == 0x2407:
                self.page = first == 1
            elif code == _TABLE:
                self._cells(value)

    def _cells(self, value: bytes) -> None:
        count = min(number(value, 0, 1), _MOST_CELLS)
        places = [int.from_bytes(value[1 + 2 * at : 3 + 2 * at], "little", signed=True) for at in range(count + 1)]
        self.edges = [max(place, before) for before, place in zip([-32768, *places], places, strict=False)]
        base = 3 + 2 * count
        flags = [number(value, base + 20 * at, 2) for at in range(count)]
        self.below = [{0: None, 1: True}.get((flag >> 5) & 3, False) for flag in flags]
        self.across = [bool(flag & 2) for flag in flags]

    def xml(self) -> str:
        """As w:pPr holds it."""
        parts = [on("pStyle", self.style)]
        if self.numbers is not None or self.level is not None:
            numbers = on("numId", self.numbers if self.numbers is not None and self.numbers < 0xF800 else 0)
            level = on("ilvl", self.level) if self.level is not None else ""
            parts.append(f"<w:numPr>{level}{numbers if self.numbers is not None else ''}</w:numPr>")
        parts += [on("outlineLvl", self.outline)] if self.outline is not None else []
        parts += ["<w:pageBreakBefore/>"] if self.page else []
        return "".join(parts)
