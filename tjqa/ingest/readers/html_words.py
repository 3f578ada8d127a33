"""What elements within a line make of the text in them: exponents, quotation marks, readings, what is struck out."""

from __future__ import annotations

from dataclasses import dataclass, field

from tjqa.ingest.readers import html_nodes as nodes
from tjqa.ingest.readers.html_lines import Lines
from tjqa.ingest.readers.html_rules import Rules
from tjqa.ingest.readers.html_styles import Attributes

_QUOTES = ("“”", "‘’")  # q and q in q
_SCRIPTS = ("sup", "sub")
_READINGS = ("rt", "rtc")
_STRUCK = "~~"  # around what the page strikes out, as Markdown has it
_LONGEST_SHIFTED = 12  # characters of an exponent or a mark; a sentence that a style sets higher is one all the same


@dataclass(slots=True)
class Words:
    """The elements that are open, by what they do to a text."""

    lines: Lines
    rules: Rules
    struck: int = 0
    quotes: int = 0
    scripts: list[tuple[str, bool]] = field(default_factory=list)  # sup or sub, and whether it is one by its name
    readings: list[str] | None = None  # of the ruby that is open
    reading: int = 0
    _open: list[tuple[bool, bool]] = field(default_factory=list)  # of each element: shifts its text, strikes it out

    def written(self, text: str) -> str:
        """A text as it is read; "" for a reading, which stands behind its characters."""
        if self.reading and self.readings is not None:
            self.readings.append(text.strip())
            return ""
        if self.scripts and (self.scripts[-1][1] or len(text.strip()) <= _LONGEST_SHIFTED):
            text = nodes.raised(text) if self.scripts[-1][0] == "sup" else nodes.lowered(text)
        return f"{_STRUCK}{text}{_STRUCK}" if self.struck and text.strip() else text

    def enter(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        attributes = self.rules.of(tag, attributes)
        self.lines.turned.enter(tag, attributes, self.lines.line)
        shift = nodes.shift_of(tag, attributes)
        shifted = bool(shift.script) and (shift.sure or self.lines.in_word())
        struck = nodes.strikes(tag, attributes)
        self._open.append((shifted or tag in _SCRIPTS, struck))
        self.struck += struck
        if shifted:
            self.scripts.append((shift.script, False))
        elif tag in _SCRIPTS:
            self.scripts.append((tag, True))
        if tag == "q":
            self.lines.put(_QUOTES[self.quotes % 2][0])
            self.quotes += 1
        elif tag == "ruby":
            self.readings = []
        elif tag in _READINGS:
            self.reading += 1

    def leave(self, tag: str) -> None:
        """The last one that began ends."""
        shifted, struck = self._open.pop()
        self.struck -= struck
        if shifted:
            self.scripts.pop()
        if tag == "q":
            self.quotes -= 1
            self.lines.put(_QUOTES[self.quotes % 2][1])
        elif tag == "ruby" and self.readings is not None:
            spoken = " ".join(filter(None, self.readings))
            self.lines.put(f"({spoken})" if spoken else "")
            self.readings = None
        elif tag in _READINGS:
            self.reading -= 1
