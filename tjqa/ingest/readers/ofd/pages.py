"""A page of an OFD file: characters and rules with their places, as they are known of a PDF."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from tjqa.errors import SourcesError
from tjqa.ingest.readers.ofd import parameters
from tjqa.ingest.readers.ofd.package import Content, Document, first, named, said
from tjqa.ingest.readers.pdf import parameters as layout
from tjqa.ingest.readers.pdf.characters import is_wide, plain
from tjqa.ingest.readers.pdf.rules import merged, sort_in
from tjqa.ingest.readers.pdf.shapes import Glyph, Page, Rule

Matrix = tuple[float, float, float, float, float, float]
_DRAWN = ("TextObject", "PathObject", "ImageObject", "PageBlock", "CompositeObject")
_NO = frozenset({"false", "0"})
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def page_of(content: Content, document: Document) -> Page:
    """What stands on a page and on the templates behind it.

    Raises:
        SourcesError: it is a drawing without end.
    """
    box = numbers(said(content.own, "Area", "PhysicalBox")) or numbers(document.box())
    left, top, width, height = box if len(box) == 4 and min(box[2:]) > 0 else parameters.PAPER
    drawn = _Drawn(document, (1, 0, 0, 1, -left, -top))
    for tree in (*content.behind, content.own):
        for layer in named(first(tree, "Content"), "Layer"):
            drawn.add(layer, drawn.origin, 0)
    glyphs = [*drawn.glyphs, *drawn.behind_pictures()]
    page = Page(width * parameters.POINTS, height * parameters.POINTS, glyphs, askew=drawn.askew)
    page.glyphs = [one for one in page.glyphs if one.x1 >= 0 and one.x0 <= page.width and 0 <= one.base <= page.height]
    if len(drawn.across) + len(drawn.upright) <= layout.MOST_RULES:
        page.across, page.upright = merged(drawn.across), merged(drawn.upright)
    return page


def numbers(text: str) -> list[float]:
    """Finite numbers between blanks; none at all where one is not."""
    try:
        found = [float(part) for part in text.split()[: parameters.MOST_STEPS]]
    except ValueError:
        return []
    return found if all(math.isfinite(one) and abs(one) < 1e6 for one in found) else []


def steps(text: str, most: int) -> list[float]:
    """How far each character stands from the one before: `5 5 2.5`, and `g 2 5` for twice 5."""
    parts = text.split()[: parameters.MOST_STEPS]
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < most:
        repeated = parts[at] == "g" and at + 2 < len(parts)
        value = numbers(parts[at + 2] if repeated else parts[at])
        count = int(parts[at + 1]) if repeated and parts[at + 1].isdecimal() and len(parts[at + 1]) < 9 else 1
        found += (value or [0.0]) * min(count, most - len(found))
        at += 3 if repeated else 1
    return found


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """A place on the page in points."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * parameters.POINTS, (b * x + d * y + f) * parameters.POINTS


@dataclass(slots=True)
class _Drawn:
    """What was found on a page so far."""

    document: Document
    origin: Matrix
    glyphs: list[Glyph] = field(default_factory=list)
    askew: list[str] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    unseen: list[Glyph] = field(default_factory=list)  # those that leave nothing on the page
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)  # left, top, right, bottom
    _seen: int = 0
    _open: set[str] = field(default_factory=set)  # shared drawings of which this is a part

    def add(self, block: Element, place: Matrix, depth: int) -> None:
        """The objects of a layer or block, and of the blocks and shared drawings within."""
        for piece in named(block, *_DRAWN):
            self._seen += 1
            if self._seen > parameters.MOST_OBJECTS:
                raise SourcesError("pdf_long", "split_file_hint", name=self.document.package.name)
            if depth > parameters.DEEPEST:
                raise SourcesError("nested_deep", "save_again_hint", name=self.document.package.name)
            if piece.get("Visible", "true").lower() in _NO:
                continue
            kind = piece.tag.rpartition("}")[2]
            if kind == "PageBlock":
                self.add(piece, place, depth + 1)
                continue
            own = _times(_matrix(piece), place)
            if kind == "TextObject":
                self._seen_or_not(piece, own)
            elif kind == "ImageObject":
                self._picture(piece, place)
            elif kind == "PathObject":
                self._path(piece, own)
            elif _is_opaque(piece):
                self._shared(piece.get("ResourceID", ""), own, depth)

    def behind_pictures(self) -> Iterator[Glyph]:
        """Characters that nobody sees, on a picture: those that were recognized in a scan, which is what they are read
        from."""
        for one in self.unseen:
            if any(x0 <= one.x0 <= x1 and y0 <= one.base <= y1 for x0, y0, x1, y1 in self.pictures):
                yield one

    def _seen_or_not(self, piece: Element, place: Matrix) -> None:
        before, askew = len(self.glyphs), len(self.askew)
        self._text(piece, place)
        if not _is_drawn(piece):
            self.unseen += self.glyphs[before:]
            del self.glyphs[before:], self.askew[askew:]

    def _picture(self, piece: Element, place: Matrix) -> None:
        box = numbers(piece.get("Boundary", ""))
        if len(box) == 4 and len(self.pictures) < parameters.MOST_PICTURES:
            (x0, y0), (x1, y1) = (_at(x, y, place) for x, y in (box[:2], (box[0] + box[2], box[1] + box[3])))
            self.pictures.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _shared(self, key: str, place: Matrix, depth: int) -> None:
        unit = self.document.unit(key) if key not in self._open else None
        if unit is not None:
            self._open.add(key)
            content = first(unit, "Content")
            self.add(unit if content is None else content, place, depth + 1)
            self._open.discard(key)

    def _text(self, piece: Element, place: Matrix) -> None:
        a, b, c, d, _, _ = place
        size = (numbers(piece.get("Size", "")) or [0.0])[0] * parameters.POINTS
        tall = size * math.hypot(c, d)
        wide = (numbers(piece.get("HScale", "")) or [1.0])[0] * size * math.hypot(a, b)
        if not 0.1 < tall < 10_000 or not 0 < wide < 10_000:
            return
        x = y = 0.0
        for code in named(piece, "TextCode"):
            x = (numbers(code.get("X", "")) or [x])[0]
            y = (numbers(code.get("Y", "")) or [y])[0]
            text = (code.text or "").strip("\n\r")
            if a > 0 and abs(b) <= parameters.STRAIGHT * a:
                self._run(text, code, (x, y), place, (wide, tall))
            elif shown := "".join(char if char == " " else plain(ord(char)) for char in text).strip():
                self.askew.append(" ".join(shown.split()))

    def _run(self, text: str, code: Element, at: tuple[float, float], place: Matrix, size: tuple[float, float]) -> None:
        """The characters of one piece of text, one after the other."""
        across, down = (steps(code.get(name, ""), len(text)) for name in ("DeltaX", "DeltaY"))
        x, y = at
        wide, tall = size
        space = False
        for number, char in enumerate(text):
            shown = plain(ord(char)) if not char.isspace() else ""
            left, base = _at(x, y, place)
            on = across[number] if number < len(across) else 0.0
            x += on
            y += down[number] if number < len(down) else 0.0
            step = _at(x, y, place)[0] - left
            if not shown:
                space = space or char.isspace()
                continue
            width = wide
            if not is_wide(char):
                width *= min(step / wide, parameters.WIDEST_NARROW) if step > 0 else parameters.NARROW
            for part in shown:
                self.glyphs.append(Glyph(part, left, left + width, base, tall, space))
                space = False
            if not across and not down:  # nothing says how far the characters stand apart: as wide as they are
                x += width / (parameters.POINTS * math.hypot(*place[:2]))

    def _path(self, piece: Element, place: Matrix) -> None:
        """Straight lines; of a filled area without strokes its opposite corners."""
        if len(self.across) + len(self.upright) > layout.MOST_RULES:
            return
        drawn = piece.get("Stroke", "true").lower() not in _NO
        for points in _shapes(said(piece, "AbbreviatedData")):
            ends = [_at(x, y, place) for x, y in points]
            if drawn:
                for one, other in pairwise(ends):
                    sort_in(one, other, self.across, self.upright)
            else:
                xs, ys = [x for x, _ in ends], [y for _, y in ends]
                sort_in((min(xs), min(ys)), (max(xs), max(ys)), self.across, self.upright)


def _is_drawn(piece: Element) -> bool:
    """Whether a piece of text leaves anything on the page: filled, as it is without a word, or outlined."""
    filled = piece.get("Fill", "true").lower() not in _NO and _is_opaque(first(piece, "FillColor"))
    outlined = piece.get("Stroke", "false").lower() not in _NO and _is_opaque(first(piece, "StrokeColor"))
    return _is_opaque(piece) and (filled or outlined)


def _is_opaque(piece: Element | None) -> bool:
    """Not wholly transparent."""
    return piece is None or numbers(piece.get("Alpha", "")) != [0.0]


def _matrix(piece: Element) -> Matrix:
    """From the piece's own measure to that of what it stands in."""
    own = numbers(piece.get("CTM", ""))
    box = numbers(piece.get("Boundary", "")) or [0.0, 0.0]
    inner: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else _PLAIN
    return _times(inner, (1, 0, 0, 1, box[0], box[1])) if len(box) >= 2 else inner


_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _shapes(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each shape of a path; a curve ends one."""
    parts = data.split()[: parameters.MOST_STEPS]
    points: list[tuple[float, float]] = []
    at = 0
    while at < len(parts):
        sign = parts[at]
        count = _TAKES.get(sign, 0)
        values = numbers(" ".join(parts[at + 1 : at + 1 + count]))
        at += 1 + count
        if len(values) < count:
            continue
        if sign == "C" and points:
            points.append(points[0])
        elif sign == "L" and points:
            points.append((values[0], values[1]))
        elif count:
            if len(points) > 1:
                yield points
            points = [(values[-2], values[-1])]
    if len(points) > 1:
        yield points
