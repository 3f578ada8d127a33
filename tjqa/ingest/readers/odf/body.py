"""The text of an OpenDocument file as the body of a Word file of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.errors import SourcesError
from tjqa.ingest.readers.odf.hidden import is_hidden
from tjqa.ingest.readers.odf.names import DRAW, OFFICE, PICTURES, TABLE, TEXT, count_of
from tjqa.ingest.readers.odf.sheets import Sheets
from tjqa.ingest.readers.word.made import PICTURE, on, quoted, written
from tjqa.ingest.readers.word.parts import number

_DEEPEST = 100  # lists, tables, sections, spans within each other
_MOST_CELLS, _MOST_ROWS, _MOST_BLANKS = 63, 10_000, 1000
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_APART = frozenset(
    {f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}note-citation", f"{TEXT}sequence-decls", f"{OFFICE}forms"}
)
_CONTENTS = frozenset(f"{TEXT}{name}" for name in ("table-of-content", "illustration-index", "table-index"))
_BOXES = frozenset({f"{DRAW}text-box", f"{DRAW}custom-shape"})


@dataclass(slots=True)
class Body:
    """What makes the parts of the document."""

    sheets: Sheets
    name: str
    notes: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})
    _lists: dict[str, int] = field(default_factory=dict)  # by the list's id, and by the name of its style
    _outline: int = 0
    _contents: bool = False
    _depth: int = 0

    def blocks(self, container: Element, numbers: str = "") -> Iterator[str]:
        """Paragraphs, lists and tables; `numbers` are the properties of a list's first paragraph."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SourcesError("nested_deep", "save_again_hint", name=self.name)
        for element in container:
            if is_hidden(element):
                continue
            if element.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield self._paragraph(element, numbers)
                numbers = ""
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, 0, 0)
            elif element.tag == f"{TABLE}table":
                yield from self._table(element)
            elif element.tag in _CONTENTS:
                self._contents = True
                yield from self.blocks(element)
                self._contents = False
            elif element.tag not in _APART:
                yield from self.blocks(element, numbers)
        self._depth -= 1

    def _list(self, element: Element, level: int, use: int) -> Iterator[str]:
        style = element.get(f"{TEXT}style-name", "")
        if not use:
            before = self._lists.get(element.get(f"{TEXT}continue-list", "") or "\0", 0)
            if not before and element.get(f"{TEXT}continue-numbering") == "true":
                before = self._lists.get(f"\0{style}", 0)
            use = before or self.sheets.use(style)
            self._lists[element.get(_ID, "")] = self._lists[f"\0{style}"] = use
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SourcesError("nested_deep", "save_again_hint", name=self.name)
        for item in element:
            numbers = f"<w:numPr>{on('ilvl', min(level, 8))}{on('numId', use)}</w:numPr>"
            if item.tag != f"{TEXT}list-item":
                numbers = ""  # a header of the list
            for child in item:
                if is_hidden(child):
                    continue
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, level + 1, use)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield self._paragraph(child, numbers)
                    numbers = ""
                elif child.tag == f"{TABLE}table":
                    yield from self._table(child)
        self._depth -= 1

    def _paragraph(self, element: Element, numbers: str) -> str:
        style = element.get(f"{TEXT}style-name", "")
        level = number(element.get(f"{TEXT}outline-level"), 0) if element.tag == f"{TEXT}h" else 0
        if level and not numbers and self.sheets.outline is not None:
            self._outline = self._outline or self.sheets.use("")
            numbers = f"<w:numPr>{on('ilvl', min(level - 1, 8))}{on('numId', self._outline)}</w:numPr>"
        name = "toc1" if self._contents else self.sheets.parent(style)
        outline = on("outlineLvl", level - 1) if 1 <= level <= 9 else ""
        runs = "".join(self._inline(element, self.sheets.paragraph_look(style)))
        return f"<w:p><w:pPr>{on('pStyle', name)}{numbers}{outline}</w:pPr>{runs}</w:p>"

    def _inline(self, element: Element, look: str, depth: int = 0) -> Iterator[str]:
        """Runs of an element and of those within it."""
        if depth > _DEEPEST:
            raise SourcesError("nested_deep", "save_again_hint", name=self.name)
        yield _run(element.text, look)
        for child in element:
            yield from self._piece(child, look, depth)
            yield _run(child.tail, look)

    def _piece(self, child: Element, look: str, depth: int) -> Iterator[str]:
        tag = child.tag
        if is_hidden(child):
            return
        if tag == f"{TEXT}s":
            yield _run(" " * min(number(child.get(f"{TEXT}c"), 1), _MOST_BLANKS), look)
        elif tag == f"{TEXT}tab":
            yield "<w:r><w:tab/></w:r>"
        elif tag == f"{TEXT}line-break":
            yield "<w:r><w:br/></w:r>"
        elif tag == f"{TEXT}note":
            yield self._note(child, look)
        elif tag == f"{TEXT}ruby":
            base = ""
            for part in child:
                words = "".join(part.itertext())
                base += f"({words})" if part.tag == f"{TEXT}ruby-text" else words
            yield _run(base, look)
        elif tag in _BOXES:
            yield f"<w:r><w:txbxContent>{''.join(self.blocks(child))}</w:txbxContent></w:r>"
        elif tag in PICTURES:
            yield f"<w:r>{PICTURE}</w:r>" if child.get(f"{TEXT}anchor-type") == "as-char" else ""
            yield from self._inline(child, look, depth + 1)
        elif tag == f"{TEXT}span":
            yield from self._inline(child, look + self.sheets.look(child.get(f"{TEXT}style-name", "")), depth + 1)
        elif tag not in _APART:
            yield from self._inline(child, look, depth + 1)

    def _note(self, element: Element, look: str) -> str:
        kind = "endnote" if element.get(f"{TEXT}note-class") == "endnote" else "footnote"
        body = element.find(f"{TEXT}note-body")
        notes = self.notes[kind]
        at = len(notes)
        notes.append("")
        notes[at] = "".join(self.blocks(body)) if body is not None else ""
        mark = notes[at].find("</w:pPr>") + len("</w:pPr>")
        notes[at] = f"{notes[at][:mark]}<w:r><w:{kind}Ref/></w:r>{notes[at][mark:]}" if notes[at] else ""
        return f"<w:r><w:rPr>{look}</w:rPr><w:{kind}Reference w:id={quoted(at)}/></w:r>"

    def _table(self, element: Element) -> Iterator[str]:
        yield "<w:tbl>"
        above: dict[int, tuple[int, int]] = {}  # by column: rows that a cell still covers, its columns
        count = 0
        for row, head in _rows(element):
            for _ in range(count_of(row, "number-rows-repeated", 100) if "".join(row.itertext()).strip() else 1):
                count += 1
                if count > _MOST_ROWS * 10:
                    raise SourcesError("sheet_large", "split_file_hint", title=element.get(f"{TABLE}name", ""))
                yield f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>"
                yield from self._cells(row, above)
                yield "</w:tr>"
        yield "</w:tbl>"

    def _cells(self, row: Element, above: dict[int, tuple[int, int]]) -> Iterator[str]:
        at = covered = 0
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            for _ in range(count_of(cell, "number-columns-repeated", _MOST_CELLS)):
                if at >= _MOST_CELLS:
                    return
                if cell.tag == f"{TABLE}covered-table-cell":
                    left, columns = above.get(at, (0, 0))
                    if covered:
                        covered -= 1
                    elif left:
                        above[at] = left - 1, columns
                        covered = columns - 1
                        yield f"<w:tc><w:tcPr>{on('gridSpan', columns)}<w:vMerge/></w:tcPr></w:tc>"
                else:
                    columns = count_of(cell, "number-columns-spanned", _MOST_CELLS)
                    rows = count_of(cell, "number-rows-spanned", _MOST_ROWS)
                    above[at], covered = (rows - 1, columns), columns - 1
                    merged = on("vMerge", "restart") if rows > 1 else ""
                    inside = "".join(self.blocks(cell))
                    yield f"<w:tc><w:tcPr>{on('gridSpan', columns)}{merged}</w:tcPr>{inside}</w:tc>"
                at += 1


def _rows(element: Element, head: bool = False, depth: int = 0) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, in groups or not, and whether they are its heads."""
    for child in element if depth < _DEEPEST else ():
        if child.tag == f"{TABLE}table-row":
            yield child, head
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child, head or child.tag == f"{TABLE}table-header-rows", depth + 1)


def _run(text: str | None, look: str) -> str:
    if not text:
        return ""
    words = text.replace("\n", " ").replace("\t", " ")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{written(words)}</w:t></w:r>'
