"""Paragraphs, rows of tables, text boxes, notes: each becomes one line or several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.contents import is_entry
from tjqa.ingest.readers.word.embedded import lines_of
from tjqa.ingest.readers.word.fields import Fields, unended_in
from tjqa.ingest.readers.word.inline import DIAGRAM, A, Inline
from tjqa.ingest.readers.word.notes import Notes
from tjqa.ingest.readers.word.numbering import Numbering
from tjqa.ingest.readers.word.parts import Package, R, W, switched, value
from tjqa.ingest.readers.word.styles import Styles, outline_level
from tjqa.ingest.readers.word.table_rows import CellShape, TableRow, blanks_before, goes_on_across, shape_of
from tjqa.ingest.readers.word.within import CHUNK, TBL, TC, TR, P, blocks_in

_BREAKS = re.compile(r"[\n\t]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a row of a table. `size` is that of its largest text in half points, 0 without any; `place` names
    it where it is no paragraph of the text; `breaks` is where a page begins: before it, or in or behind it."""

    text: str
    level: int | None = None
    sizes: Counter[float] = field(default_factory=Counter)
    contents: bool = False
    place: str = ""
    in_table: bool = False
    row: TableRow | None = None
    breaks_before: bool = False
    breaks_after: bool = False

    @property
    def size(self) -> float:
        """Of its largest text."""
        return max(self.sizes, default=0.0)


@dataclass(slots=True)
class Story:
    """What is true of a place in the document: what was counted, which fields are open."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes
    fields: Fields
    in_contents: int = 0  # how deep in blocks that are tables of contents
    unread: int = 0  # embedded files that cannot be read
    embedded: dict[str, list[str] | None] = field(default_factory=dict)
    diagrams: dict[str, list[str]] = field(default_factory=dict)
    broken: frozenset[int] | None = None  # of a box or a note that is being read: fields without an end
    waiting: list[Element | str] | None = None  # text boxes of a row that is being read: they follow behind it

    @classmethod
    def of(cls, package: Package, raw: bytes, broken: frozenset[int] = frozenset()) -> Story:
        """The text's own."""
        styles = Styles.of(package.tree("styles"))
        numbering = Numbering.of(package.tree("numbering"), styles)
        return cls(package, styles, numbering, Notes.of(package, raw), Fields(broken))

    def note_lines(self) -> Iterator[Line]:
        """The notes that the text refers to."""
        for name, element in self.notes.texts():
            for line in self.lines_inside(element):
                yield replace(line, place=name)

    def lines_inside(self, container: Element) -> list[Line]:
        """Of a text box or a note: fields begin and end in it."""
        outer = self.fields, self.waiting, self.broken
        self.broken = unended_in(container) if self.broken is None else self.broken
        self.fields, self.waiting = Fields(self.broken), None
        lines = self.lines(blocks_in(container))
        self.fields, self.waiting, self.broken = outer
        return lines

    def lines(self, elements: Iterable[Element]) -> list[Line]:
        """Of paragraphs and tables in order."""
        flow = Flow(self)
        lines = []
        for element in elements:
            lines += flow.lines(element)
        return lines + flow.end()

    def boxes(self, found: Iterable[Element | str]) -> list[Line]:
        """Text boxes, as paragraphs of their own."""
        if self.waiting is not None:
            self.waiting += found
            return []
        lines: list[Line] = []
        for box in found:
            if isinstance(box, str):
                lines.append(Line(box))
            elif box.tag == f"{A}txBody":
                lines += [Line(text) for text in _drawn(box)]
            elif box.tag == f"{DIAGRAM}relIds":
                lines += [Line(text) for text in self._diagram(box.get(f"{R}dm", ""))]
            else:
                lines += self.lines_inside(box)
        return lines

    def _diagram(self, key: str) -> list[str]:
        """The words of a diagram (SmartArt), shape by shape."""
        if key not in self.diagrams:
            tree = self.package.target(key)
            points = tree.iter(f"{DIAGRAM}pt") if tree is not None else ()
            shown = (point for point in points if point.get("type", "node") in ("node", "asst"))
            texts = (text for point in shown for text in point.iterfind(f"{DIAGRAM}t"))
            self.diagrams[key] = [line for text in texts for line in _drawn(text)]
        return self.diagrams[key]


def _drawn(body: Element) -> Iterator[str]:
    """The paragraphs of a text in DrawingML."""
    for paragraph in body.iterfind(f"{A}p"):
        yield "".join(
            "\n" if part.tag == f"{A}br" else part.text or ""
            for part in paragraph.iter()
            if part.tag in (f"{A}t", f"{A}br")
        )


@dataclass(slots=True)
class Flow:
    """Paragraphs one below the other, of which some run on into the next: their mark was deleted or is hidden."""

    story: Story
    carried: list[str] = field(default_factory=list)
    unlabelled: bool = False  # what is carried takes the number of the paragraph that it runs on into
    boxes: list[Element | str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    above: dict[int, int] = field(default_factory=dict)  # of the row before: where merged cells begin, their columns

    def lines(self, element: Element) -> list[Line]:
        """Of the next paragraph, table, row or embedded file."""
        if element.tag == P:
            return self._paragraph(element)
        lines = self.end()
        if element.tag == TBL:
            self.above = {}
            for row in blocks_in(element, frozenset({TR})):
                lines += self._row(row)
        elif element.tag == TR:
            lines += self._row(element)
        elif element.tag == CHUNK:
            lines += self._embedded(element)
        return lines

    def end(self) -> list[Line]:
        """What still waits for a paragraph to run on into."""
        text = "".join(self.carried)
        lines = [Line(text, sizes=self.sizes)] if text.strip() else []
        lines += self.story.boxes(self.boxes)
        self.carried, self.boxes, self.sizes = [], [], Counter()
        return lines

    def _paragraph(self, element: Element) -> list[Line]:
        story = self.story
        self.above = {}
        properties = element.find(f"{W}pPr")
        style = story.styles.paragraph(value(properties, "pStyle"))
        inline = Inline(story.styles, story.fields, story.notes, style.look, sizes=self.sizes, boxes=self.boxes)
        text = inline.read(element)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        gone = mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
        joined = gone or switched(mark, "vanish") or _drop_capital(properties)
        only_section = not text.strip() and properties is not None and properties.find(f"{W}sectPr") is not None
        label = "" if gone or only_section else story.numbering.label(properties, style)
        if joined and not text.strip():  # not seen, but counted: a hidden heading takes a number
            label = ""
        if text[:1].isspace():
            label = label.rstrip(" ")
        if self.unlabelled and label:
            self.carried = [label, *self.carried, text]
        else:
            self.carried += (label, text)
        self.unlabelled = joined and gone and (self.unlabelled or len(self.carried) <= 2)
        if joined:
            return []
        text = "".join(self.carried)
        level = outline_level(outline) if (outline := value(properties, "outlineLvl")) else style.level
        if outline and style.level is not None and style.level <= 0:
            level = style.level
        line = Line(
            text,
            level,
            inline.sizes,
            style.contents or ((story.in_contents > 0 or inline.contents) and is_entry(text, inline.linked)),
            breaks_before=inline.breaks_before or switched(properties, "pageBreakBefore") is True,
            breaks_after=inline.breaks_inside or _ends_section(properties),
        )
        boxes = self.boxes
        self.carried, self.boxes, self.sizes = [], [], Counter()
        return [line, *story.boxes(boxes)]

    def _row(self, row: Element) -> list[Line]:
        """One line, cells parted by tabs; behind it what hangs on it in text boxes."""
        found = row.find(f"{W}trPr")
        if found is not None and (found.find(f"{W}del") is not None or switched(found, "hidden")):
            return []
        story = self.story
        outermost = story.waiting is None
        boxes = story.waiting = [] if story.waiting is None else story.waiting
        cells, shape = self._cells(row, boxes)
        if outermost:
            story.waiting = None
        line = _row_line(cells, shape, switched(row.find(f"{W}trPr"), "tblHeader") is True)
        return [line, *story.boxes(boxes)] if outermost else [line]

    def _cells(self, row: Element, boxes: list[Element | str]) -> tuple[list[list[Line]], list[CellShape]]:
        """What each cell shows, and the shapes of all. A cell that goes on with the one above or before it shows
        nothing of its own, though what is counted in it is."""
        cells: list[list[Line]] = []
        shape = blanks_before(row)
        column = len(shape)
        above: dict[int, int] = {}
        for cell in blocks_in(row, frozenset({TC})):
            found = cell.find(f"{W}tcPr")
            if found is not None and found.find(f"{W}cellDel") is not None:
                continue
            seen = len(boxes)
            lines = self.story.lines(blocks_in(cell))
            columns, goes_on = shape_of(found)
            across = bool(cells) and goes_on_across(found)
            if across or (goes_on and self.above.get(column) == columns):
                lines = []
                del boxes[seen:]
            if across:
                before, goes_on = shape[-1]
                columns, column = before + columns, column - before
                shape[-1] = columns, goes_on
            else:
                cells.append(lines)
                shape.append((columns, goes_on))
            if goes_on is not None:
                above[column] = columns
            column += columns
        self.above = above
        return cells, shape

    def _embedded(self, element: Element) -> list[Line]:
        target = self.story.package.targets.get(element.get(f"{R}id", ""), "")
        if target not in self.story.embedded:
            self.story.embedded[target] = lines_of(self.story.package, target)
        texts = self.story.embedded[target]
        if texts is None:
            self.story.unread += 1
            return []
        return [Line(text) for text in texts]


def _row_line(cells: list[list[Line]], shape: list[CellShape], head: bool) -> Line:
    texts: list[str] = [""] * (len(shape) - len(cells))
    for cell, (span, _) in zip(cells, shape[len(texts) :], strict=True):
        texts += [" ".join(_unbroken(line.text) for line in cell if line.text.strip()), *[""] * (span - 1)]
    text = "\t".join(texts).rstrip(" \t")
    lead = len(text) - len(text.lstrip(" \t"))
    parts = [line for cell in cells for line in cell if line.text.strip()]
    sizes: Counter[float] = Counter()
    for line in parts:
        sizes.update(line.sizes)
    return Line(
        text.lstrip(" \t"),
        parts[0].level if len(parts) == 1 else None,
        sizes,
        bool(parts) and all(line.contents for line in parts),
        in_table=True,
        row=TableRow(tuple(shape), head, text[:lead].count("\t")),
        breaks_before=any(line.breaks_before for line in parts[:1]),
        breaks_after=any(line.breaks_after for line in parts) or any(line.breaks_before for line in parts[1:]),
    )


def _unbroken(text: str) -> str:
    """In one line, as it stands in a cell."""
    return " ".join(part.strip() for part in _BREAKS.split(text) if part.strip())


def _drop_capital(properties: Element | None) -> bool:
    frame = properties.find(f"{W}framePr") if properties is not None else None
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def _ends_section(properties: Element | None) -> bool:
    section = properties.find(f"{W}sectPr") if properties is not None else None
    return section is not None and value(section, "type", "nextPage") != "continuous"
