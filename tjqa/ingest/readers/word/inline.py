"""What stands in a paragraph, in one string: runs, fields, breaks, symbols, raised figures, readings, equations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.overridden import END, TO_LEFT, as_seen
from tjqa.ingest.readers.unread import UNREAD, is_blank, marked
from tjqa.ingest.readers.word.equations import linear
from tjqa.ingest.readers.word.fields import HEADING_MARK, Fields, is_contents, overlaid
from tjqa.ingest.readers.word.notes import Notes
from tjqa.ingest.readers.word.parts import M, W, value
from tjqa.ingest.readers.word.pieces import NOTE, Piece, joined
from tjqa.ingest.readers.word.styles import Look, Styles, look_of, script_of, size_of
from tjqa.ingest.readers.word.symbols import sign, signs
from tjqa.ingest.readers.word.within import ALTERNATIVES, IN_LINE, SHAPES, is_hidden, stands_in_line, version_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
_EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_BROKEN = re.compile(r"[\r\n]+")  # line ends of the XML are none of the text
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in "pPr rPr del moveFrom delText delInstrText sdtPr sdtEndPr commentReference annotationRef pgNum".split()  # noqa: SIM905
)


@dataclass(slots=True)
class Inline:
    """The text of one paragraph in the making, and what was found on the way."""

    styles: Styles
    fields: Fields
    notes: Notes
    base: Look  # of the paragraph's style
    parts: list[Piece] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)  # text boxes and drawn words, in order
    sizes: Counter[float] = field(default_factory=Counter)  # characters of each size, in half points
    contents: bool = False  # some of it stands in a table of contents
    linked: bool = False  # and leads to a heading
    breaks_before: bool = False  # a page begins before the text
    breaks_inside: bool = False

    def read(self, paragraph: Element) -> str:
        """Walk through a paragraph."""
        self._children(paragraph, self.base)
        self._end_reading()
        return as_seen(marked(joined(self.parts)))

    def _children(self, element: Element, look: Look) -> None:
        for child in element:
            self._walk(child, look)

    def _walk(self, element: Element, look: Look) -> None:
        tag = element.tag
        if tag in _SKIPPED:
            return
        handler = _HANDLERS.get(tag)
        if handler is None:
            self._children(element, look)
        else:
            handler(self, element, look)

    def _add(self, text: str, look: Look, script: str | None = None) -> None:
        if not text or look.hidden or not self.fields.shown:
            return
        self._end_reading()
        self.parts.append((text, script_of(look) if script is None else script, bool(look.struck)))
        seen = 0 if is_blank(text) else len(text.strip())
        if seen:
            self.sizes[size_of(look)] += seen
            self.contents = self.contents or self.fields.in_contents > 0
            self.linked = self.linked or self.fields.links > 0

    def _run(self, element: Element, look: Look) -> None:
        properties = element.find(f"{W}rPr")
        own = look_of(properties)
        if key := value(properties, "rStyle"):
            own = own.over(self.styles.style(key).look)
        self._children(element, own.over(look))

    def _text(self, element: Element, look: Look) -> None:
        self._add(signs(_unbroken(element.text or ""), look.font or ""), look)

    def _break(self, element: Element, look: Look) -> None:
        if element.get(f"{W}type") == "page":
            self._page(element, look)
        self._add("\n", look)

    def _page(self, element: Element, look: Look) -> None:
        if not all(is_blank(part[0]) for part in self.parts):
            self.breaks_inside = True
        else:
            self.breaks_before = True

    def _symbol(self, element: Element, look: Look) -> None:
        code = element.get(f"{W}char", "") or element.get(f"{_EMOJI}char", "")
        if re.fullmatch("[0-9A-Fa-f]{1,6}", code):
            self._add(sign(int(code, 16), element.get(f"{W}font", "")), look)

    def _field_mark(self, element: Element, look: Look) -> None:
        self._add(self.fields.mark(element), look)

    def _field_code(self, element: Element, look: Look) -> None:
        self.fields.code(element.text or "")

    def _simple_field(self, element: Element, look: Look) -> None:
        code = element.get(f"{W}instr", "")
        before = len(self.parts)
        self._children(element, look)
        if len(self.parts) == before:
            self._add(overlaid(code), look)
        elif is_contents(code):
            self.contents = True

    def _link(self, element: Element, look: Look) -> None:
        self._children(element, look)
        self.linked = self.linked or element.get(f"{W}anchor", "").startswith(HEADING_MARK)

    def _note(self, element: Element, look: Look) -> None:
        if not look.hidden and self.fields.shown:
            self._add(self.notes.mark(element), look, NOTE)

    def _own_note(self, element: Element, look: Look) -> None:
        self._add(self.notes.current, look, NOTE)

    def _ruby(self, element: Element, look: Look) -> None:
        waiting, self.readings = self.readings, []
        base, above = element.find(f"{W}rubyBase"), element.find(f"{W}rt")
        if base is not None:
            before = len(self.parts)
            self._children(base, look)
            if len(self.parts) == before or above is None:
                self.readings = waiting
                return
            inner = Inline(self.styles, Fields(), self.notes, Look())
            self.readings = [*waiting, inner.read(above).strip()]

    def _end_reading(self) -> None:
        """Readings over characters stand in brackets behind the last of them."""
        if self.readings:
            text = " ".join(reading for reading in self.readings if reading)
            self.parts += [(f"({text})", "", False)] if text else []
            self.readings = []

    def _equation(self, element: Element, look: Look) -> None:
        self._add(linear(element).strip(), look, "")

    def _box(self, element: Element, look: Look) -> None:
        if not look.hidden and self.fields.shown:
            self.boxes.append(element)

    def _drawn_words(self, element: Element, look: Look) -> None:
        if not look.hidden and self.fields.shown and element.get("string", "").strip():
            self.boxes.append(_unbroken(element.get("string", "")))

    def _shape(self, element: Element, look: Look) -> None:
        if not is_hidden(element):
            self._children(element, look)

    def _picture(self, element: Element, look: Look) -> None:
        """A picture, a chart, an object: what it shows has no text, but stands between what is before and behind it."""
        if stands_in_line(element):
            self._add(UNREAD, look, "")
        self._children(element, look)

    def _turned(self, element: Element, look: Look) -> None:
        to_left = element.get(f"{W}val") == "rtl"
        self._add(TO_LEFT if to_left else "", look)
        self._children(element, look)
        self._add(END if to_left else "", look)

    def _alternatives(self, element: Element, look: Look) -> None:
        for child in version_of(element):
            self._walk(child, look)


def _unbroken(text: str) -> str:
    """With a blank for each break between lines of the XML and the blanks around it."""
    first, *more = _BROKEN.split(text)
    if not more:
        return text
    return " ".join([first.rstrip(), *(part.strip() for part in more[:-1]), more[-1].lstrip()])


def _fixed(text: str) -> Callable[[Inline, Element, Look], None]:
    return lambda inline, _, look: inline._add(text, look)


def _nothing(inline: Inline, element: Element, look: Look) -> None:
    pass


_HANDLERS: dict[str, Callable[[Inline, Element, Look], None]] = {
    f"{W}r": Inline._run,
    f"{W}t": Inline._text,
    f"{W}tab": _fixed("\t"),
    f"{W}ptab": _fixed("\t"),
    f"{W}br": Inline._break,
    f"{W}cr": _fixed("\n"),
    f"{W}noBreakHyphen": _fixed("-"),
    f"{W}softHyphen": _nothing,
    f"{W}lastRenderedPageBreak": Inline._page,
    f"{W}sym": Inline._symbol,
    f"{_EMOJI}symEx": Inline._symbol,
    f"{W}fldChar": Inline._field_mark,
    f"{W}instrText": Inline._field_code,
    f"{W}fldSimple": Inline._simple_field,
    f"{W}hyperlink": Inline._link,
    f"{W}footnoteReference": Inline._note,
    f"{W}endnoteReference": Inline._note,
    f"{W}footnoteRef": Inline._own_note,
    f"{W}endnoteRef": Inline._own_note,
    f"{W}ruby": Inline._ruby,
    f"{W}bdo": Inline._turned,
    f"{M}oMath": Inline._equation,
    f"{W}txbxContent": Inline._box,
    f"{A}txBody": Inline._box,
    f"{DIAGRAM}relIds": Inline._box,
    _TEXT_PATH: Inline._drawn_words,
    ALTERNATIVES: Inline._alternatives,
    **dict.fromkeys(IN_LINE, Inline._picture),
    **dict.fromkeys(SHAPES, Inline._shape),
}
