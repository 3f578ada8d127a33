"""Fields of Word: their results are text, their codes are not. And what a field shows without a result: boxes to tick,
choices of a form, characters laid over each other (EQ)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.parts import W, number, switched, value

HEADING_MARK = "_Toc"  # how Word names the bookmarks of headings
CHECKED, UNCHECKED = "☑", "☐"
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_EQUATION = re.compile(r"\s*EQ\b", re.IGNORECASE)
_LONGEST_CODE = 10_000  # characters of a code that are looked at
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]{0,60}"|[^\s\\"]{1,60})')  # \* jc2: how it is set
_RAISED = "\0"  # before what stands raised inside an overlay
_CIRCLED = {str(n): chr(0x2460 + n - 1) for n in range(1, 21)}
_CIRCLED |= {sign: chr(0x3280 + n) for n, sign in enumerate("一二三四五六七八九十")}
_CIRCLES = frozenset("○〇◯⚪●O")
_DEEPEST = 20  # brackets in brackets of an EQ code
_EQ_TOKEN = re.compile(r"\\([a-z]+)\s*-?\d*|([(,;)])|\\(.)|([^\\(,;)]+)", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A field that has begun: its number in the document, its code so far, whether its result has begun."""

    number: int
    form: str
    code: list[str] = field(default_factory=list)
    length: int = 0
    result: bool = False
    contents: bool = False
    linked: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the document. `broken` are those without an end, by their number or by
    the `id` of their first mark: taken for fields they would swallow all text after them."""

    broken: frozenset[int] = frozenset()
    begun: int = 0
    open: list[_Open] = field(default_factory=list)
    codes: int = 0  # how many of the open ones are still in their code
    in_contents: int = 0  # how many are tables of contents
    links: int = 0  # how many lead to a heading or tell its page

    @property
    def shown(self) -> bool:
        """Whether text that stands here is shown: not inside the code of a field."""
        return not self.codes

    def code(self, text: str) -> None:
        """A part of a code."""
        if self.open and not self.open[-1].result and self.open[-1].length < _LONGEST_CODE:
            self.open[-1].code.append(text)
            self.open[-1].length += len(text)

    def mark(self, element: Element) -> str:
        """w:fldChar: begin, separate, end. What the field shows without a result of its own."""
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            self.begun += 1
            if self.begun not in self.broken and id(element) not in self.broken:
                self.open.append(_Open(self.begun, _form(element)))
                self.codes += 1
        elif kind == "separate" and self.open and not self.open[-1].result:
            one = self.open[-1]
            code = "".join(one.code)
            one.result, one.contents, one.linked = True, is_contents(code), HEADING_MARK in code
            self._count(one, 1)
            self.codes -= 1
        elif kind == "end" and self.open:
            one = self.open.pop()
            self._count(one, -1)
            self.codes -= not one.result
            if self.shown:
                return one.form or ("" if one.result else overlaid("".join(one.code)))
        return ""

    def _count(self, one: _Open, step: int) -> None:
        self.in_contents += step * one.contents
        self.links += step * one.linked

    def unended(self) -> frozenset[int]:
        """Those still open where the document ends."""
        return frozenset(one.number for one in self.open)


def unended_in(container: Element) -> frozenset[int]:
    """The marks with which fields begin that do not end inside."""
    begun: list[int] = []
    for mark in container.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(id(mark))
        elif kind == "end" and begun:
            begun.pop()
    return frozenset(begun)


def is_contents(code: str) -> bool:
    """Whether a field makes a table of contents."""
    return _CONTENTS.match(code) is not None


def _form(element: Element) -> str:
    """What a field of a form shows: a box, or the choice made."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = switched(box, "checked")
        checked = switched(box, "default") if checked is None else checked
        return CHECKED if checked else UNCHECKED
    choices = element.find(f"{W}ffData/{W}ddList")
    if choices is not None:
        entries = [entry.get(f"{W}val", "") for entry in choices.iterfind(f"{W}listEntry")]
        at = number(value(choices, "result") or value(choices, "default"))
        return entries[at] if 0 <= at < len(entries) else ""
    return ""


def overlaid(code: str) -> str:
    r"""What an EQ field shows: EQ \o\ac(○,3) is ③, EQ \f(1,2) is 1/2. "" for other fields.

    They have no result: Word sets them from the code. Chinese documents make characters in circles with them.
    """
    match = _EQUATION.match(code)
    if match is None:
        return ""
    code = _SWITCH.sub("", code[match.end() : _LONGEST_CODE])
    text, _ = _parts([found.groups() for found in _EQ_TOKEN.finditer(code)], 0, 0)
    return "".join(text).replace(_RAISED, "").strip()


_Token = tuple[str | None, ...]


def _parts(tokens: list[_Token], at: int, depth: int) -> tuple[list[str], int]:
    """The parts up to the closing bracket, and where that is."""
    parts = [""]
    command = ""
    while at < len(tokens):
        name, sign, plain, text = tokens[at]
        at += 1
        if name is not None:
            switch = name.lower()
            command = command if command and switch not in _COMMANDS else switch
        elif sign == "(" and depth < _DEEPEST:
            inner, at = _parts(tokens, at, depth + 1)
            parts[-1] += _joined(command, inner)
            command = ""
        elif sign == ")" and depth:
            return parts, at
        elif sign in (",", ";") and depth:
            parts.append("")
        elif not (command and text is not None and not text.strip()):
            parts[-1] += sign or plain or text or ""
    return parts, at


_COMMANDS = frozenset({"a", "b", "d", "f", "i", "l", "o", "r", "s", "x"})


def _joined(command: str, parts: list[str]) -> str:
    clean = [part.strip() for part in parts]
    if command == "f" and len(clean) == 2:
        return "/".join(part if part.isalnum() else f"({part})" for part in clean)
    if command == "r":
        return f"√({clean[-1]})" if len(clean) == 1 else f"{clean[0]}√({clean[-1]})"
    if command == "b":
        return f"({','.join(clean)})"
    if command == "s":
        return _RAISED + "".join(clean)
    if command == "o":
        raised = [part for part in clean if part.startswith(_RAISED)]
        if len(clean) == 2 and len(raised) == 1:  # a reading above its characters
            clean.remove(raised[0])
            return f"{clean[0]}({raised[0].removeprefix(_RAISED)})"
        inner = [part for part in clean if part not in _CIRCLES]
        if len(inner) < len(clean) and len(inner) == 1:
            return _CIRCLED.get(inner[0], f"({inner[0]})")
        return "".join(inner)
    return ",".join(clean) if command == "l" else "".join(part for part in clean if part)
