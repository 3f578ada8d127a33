"""Presentations (.pptx): the words of each slide in the order of its file, the rows of its tables, then its notes.

What becomes of each thing that a slide may hold: docs/formats.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.titles import plausible_title
from tjqa.ingest.readers.word.assembling import assembled, bounded_lines, row_of
from tjqa.ingest.readers.word.blocks import Line
from tjqa.ingest.readers.word.equations import linear
from tjqa.ingest.readers.word.inline import DIAGRAM, A
from tjqa.ingest.readers.word.number_formats import shown
from tjqa.ingest.readers.word.parts import M, Package, R, number
from tjqa.ingest.readers.word.scripts import lowered, raised
from tjqa.ingest.readers.word.within import ALTERNATIVES, is_hidden, version_of
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TITLES = {"ctrTitle": 0, "title": 1}  # kinds of placeholders, and the level of their headings
_PASSED_BY = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})  # placeholders that say the same on every slide
_MOST_SPANNED = 100  # columns of a table
_DEEPEST = 64  # groups within groups
# How paragraphs are counted: the first word of the name says with what, the rest what stands around.
_COUNTED = {
    "arabic": "decimal", "circle": "decimalEnclosedCircle", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting",
    "ea1Jpn": "chineseCounting", "romanLc": "lowerRoman", "romanUc": "upperRoman", "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
}  # fmt: skip


def read(raw: bytes, name: str) -> Extracted:
    """All slides.

    Raises:
        SourcesError: no presentation, or damaged.
    """
    package = Package.of(opened(raw, name, message("kind_slides")), name)
    main = package.parsed(package.main)
    listed = main.find(f"{_P}sldIdLst") if main is not None else None
    if main is None or listed is None:
        raise SourcesError("archive_no_text", "archive_no_text_hint", name=name)
    paths = dict.fromkeys(package.targets.get(entry.get(f"{R}id", ""), "") for entry in listed)
    slides = [_Slide(package, path, count) for count, path in enumerate(paths, 1)]
    lines = bounded_lines((line for slide in slides for line in slide.lines()), name)
    missing = sum(slide.missing for slide in slides)
    properties = package.properties()
    title = properties.findtext(_TITLE, "") if properties is not None else ""
    return assembled(lines, f"PPTX(有 {missing} 张没有读出)" if missing else "PPTX", plausible_title(title))


@dataclass(slots=True)
class _Slide:
    """One slide, its number from 1."""

    package: Package
    path: str
    count: int
    missing: bool = False
    _targets: dict[str, tuple[str, str]] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """Its title first, wherever the file has it; its notes last."""
        root = self.package.parsed(self.path)
        if root is None:
            self.missing = True
            return
        self._targets = {key: (kind, path) for key, kind, path in self.package.relations(self.path)}
        place = f"第 {self.count} 张幻灯片"
        if root.get("show") in ("0", "false"):
            place += "(隐藏的)"
        shapes = list(_shapes(root.find(f"{_P}cSld/{_P}spTree")))
        for shape in sorted(shapes, key=lambda shape: _placeholder(shape) not in _TITLES):
            yield from self._shape(shape, place)
        notes = next((path for kind, path in self._targets.values() if kind == "notesSlide"), "")
        tree = self.package.parsed(notes)
        for shape in _shapes(tree.find(f"{_P}cSld/{_P}spTree") if tree is not None else None):
            if _placeholder(shape) == "body":
                yield from self._shape(shape, f"{place}的备注")

    def _shape(self, shape: Element, place: str) -> Iterator[Line]:
        kind = _placeholder(shape)
        if kind in _PASSED_BY:
            return
        body = shape.find(f"{_P}txBody")
        if body is not None:
            level = _TITLES.get(kind)
            for text in _paragraphs(body):
                yield Line(text, 1 if level == 0 and self.count > 1 else level, place=place)
        for table in shape.iterfind(f"{A}graphic/{A}graphicData/{A}tbl"):
            yield from _rows(table, place)
        for diagram in shape.iterfind(f"{A}graphic/{A}graphicData/{DIAGRAM}relIds"):
            tree = self.package.parsed(self._targets.get(diagram.get(f"{R}dm", ""), ("", ""))[1])
            for point in tree.iter(f"{DIAGRAM}pt") if tree is not None else ():
                if point.get("type", "node") in ("node", "asst"):
                    for part in point.iterfind(f"{DIAGRAM}t"):
                        yield from (Line(text, place=place) for text in _paragraphs(part))


def _shapes(tree: Iterable[Element] | None, depth: int = 0) -> Iterator[Element]:
    """Shapes and frames that are shown, also those in groups; of several versions the one that is."""
    for element in tree if tree is not None and depth < _DEEPEST else ():
        if any(map(is_hidden, element[:1])):  # what is said of a shape is its first child
            continue
        if element.tag == f"{_P}grpSp":
            yield from _shapes(element, depth + 1)
        elif element.tag == ALTERNATIVES:
            yield from _shapes(version_of(element), depth + 1)
        elif element.tag in (f"{_P}sp", f"{_P}graphicFrame"):
            yield element


def _placeholder(shape: Element) -> str:
    """What the shape is for; "" for one of the author's own, "body" is the usual one."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return found.get("type", "body") if found is not None else ""


def _paragraphs(body: Element) -> Iterator[str]:
    """Those that hold anything, with the numbers that are counted for them."""
    counts: dict[int, int] = {}
    for paragraph in body.iterfind(f"{A}p"):
        text = "".join(_pieces(paragraph)).strip("\n")
        if not text.strip():
            continue
        properties = paragraph.find(f"{A}pPr")
        level = number(properties.get("lvl")) if properties is not None else 0
        form = properties.find(f"{A}buAutoNum") if properties is not None else None
        counts = {at: count for at, count in counts.items() if at < level or (at == level and form is not None)}
        if form is not None:
            start = number(form.get("startAt"), 1)
            counts[level] = counts.get(level, start - 1) + 1
            text = _label(form.get("type", ""), counts[level]) + text
        yield text


def _label(form: str, count: int) -> str:
    """A number as PowerPoint writes it before a paragraph."""
    kind = next((kind for kind in _COUNTED if form.startswith(kind)), "arabic")
    figure = shown(count, _COUNTED[kind])
    if form.endswith("ParenBoth"):
        return f"({figure}) "
    if form.endswith("ParenR"):
        return f"{figure}) "
    if form.endswith("Plain"):
        return f"{figure} "
    return f"{figure}、" if kind.startswith("ea1") else f"{figure}. "


def _pieces(paragraph: Element) -> Iterator[str]:
    for piece in paragraph:
        if piece.tag == f"{A}br":
            yield "\n"
        elif piece.tag in (f"{A}r", f"{A}fld"):
            text = (piece.findtext(f"{A}t") or "").replace("\x0b", "\n").replace("_x000B_", "\n")
            properties = piece.find(f"{A}rPr")
            shift = number(properties.get("baseline")) if properties is not None else 0
            text = raised(text) if shift > 0 else lowered(text) if shift < 0 else text
            struck = properties is not None and properties.get("strike", "noStrike") != "noStrike"
            yield f"~~{text}~~" if struck and text.strip() else text
        elif piece.tag == ALTERNATIVES or piece.tag.endswith("}m"):
            yield from (linear(equation) for equation in piece.iter(f"{M}oMath"))


def _rows(table: Element, place: str) -> Iterator[Line]:
    properties = table.find(f"{A}tblPr")
    head = properties is not None and properties.get("firstRow") in ("1", "true")
    for at, row in enumerate(table.iterfind(f"{A}tr")):
        cells = []
        for cell in row.iterfind(f"{A}tc"):
            if cell.get("hMerge") in ("1", "true"):
                continue
            columns = min(max(number(cell.get("gridSpan"), 1), 1), _MOST_SPANNED)
            below = True if cell.get("vMerge") in ("1", "true") else False if cell.get("rowSpan") else None
            body = cell.find(f"{A}txBody")
            text = " ".join(_paragraphs(body)) if body is not None and not below else ""
            cells.append((text, (columns, below)))
        yield row_of(cells, head=head and at == 0, place=place)
