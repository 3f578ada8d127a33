"""The text of a binary Word file as the body of a Word file of today: paragraphs, runs, fields, notes, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tjqa.ingest.readers.word.made import PICTURE, Row, quoted, table_of, written
from tjqa.ingest.readers.word97.file import (
    CHARACTERS,
    ENDNOTE_MARKS,
    ENDNOTES,
    FOOTNOTE_MARKS,
    FOOTNOTES,
    PARAGRAPHS,
    Stretches,
    WordFile,
    plex,
)
from tjqa.ingest.readers.word97.properties import Look, Shape

_ENDS = "\r\x07\x0c"
# What stands for something else than itself.
_SIGNS = {
    "\t": "<w:tab/>", "\x0b": "<w:br/>", "\x0c": '<w:br w:type="page"/>', "\x0e": "<w:br/>",
    "\x1e": "<w:noBreakHyphen/>", "\x1f": "<w:softHyphen/>",
    "\x13": '<w:fldChar w:fldCharType="begin"/>', "\x14": '<w:fldChar w:fldCharType="separate"/>',
    "\x15": '<w:fldChar w:fldCharType="end"/>', "\x01": PICTURE,
}  # fmt: skip
_NOTES = {"footnote": (FOOTNOTE_MARKS, FOOTNOTES), "endnote": (ENDNOTE_MARKS, ENDNOTES)}


@dataclass(slots=True)
class Body:
    """What makes the parts of the document."""

    file: WordFile
    fonts: list[str]
    runs: Stretches
    paragraphs: Stretches
    marks: dict[int, str] = field(default_factory=dict)  # place in the text → reference to a note
    _looks: dict[bytes, Look] = field(default_factory=dict)
    _shapes: dict[bytes, Shape] = field(default_factory=dict)
    _code: list[bool] = field(default_factory=list)  # open fields: whether their code goes on

    @classmethod
    def of(cls, file: WordFile, fonts: list[str]) -> Body:
        """Of a file."""
        body = cls(file, fonts, Stretches.of(file, CHARACTERS), Stretches.of(file, PARAGRAPHS))
        for kind, (marks, _) in _NOTES.items():
            starts = [start for start, _, _ in plex(file.part(marks), 2)]
            body.marks |= {at: f'<w:{kind}Reference w:id="{number}"/>' for number, at in enumerate(starts)}
        return body

    def main(self) -> str:
        """The text, then that of text boxes."""
        return "".join([*self._flow(*self.file.stories["main"]), *self._flow(*self.file.stories["boxes"])])

    def notes(self, kind: str) -> str:
        """The inside of footnotes.xml or endnotes.xml."""
        first, last = self.file.stories[f"{kind}s"]
        found = []
        for number, (start, end, _) in enumerate(plex(self.file.part(_NOTES[kind][1]), 0)):
            start, end = min(first + start, last), min(first + end, last)
            found.append(f'<w:{kind} w:id="{number}">{"".join(self._flow(start, end))}</w:{kind}>')
        return "".join(found)

    def _flow(self, start: int, end: int) -> Iterator[str]:
        """Paragraphs and tables."""
        rows: list[Row] = []
        cells: list[str] = []
        cell: list[str] = []
        self._code = []
        for at, mark in self._paragraphs(start, end):
            shape = self._shape(mark)
            if not shape.in_table and not shape.depth:
                if rows or cells or cell:
                    yield from table_of(rows)
                    yield "".join([*cells, *cell])  # a table without the end of its row
                    rows, cells, cell = [], [], []
                yield self._paragraph(at, mark, shape)
            elif shape.ends_row and shape.depth < 2:
                rows.append(Row(cells, shape.edges, shape.below, shape.head, shape.across))
                cells, cell = [], []
            else:
                cell.append(self._paragraph(at, mark, shape))
                if self.file.text[mark] == "\x07" and shape.depth < 2:
                    cells.append("".join(cell))
                    cell = []
        yield from table_of(rows)
        yield "".join([*cells, *cell])

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each begins, and the mark it ends with."""
        text, end = self.file.text, min(end, len(self.file.text))
        for at in range(start, end):
            if text[at] in _ENDS:
                yield start, at
                start = at + 1
        if start < end:
            yield start, end - 1

    def _shape(self, at: int) -> Shape:
        entry = self.paragraphs.at(self.file.place_of(at))
        if entry not in self._shapes:
            self._shapes[entry] = Shape.of(entry)
        return self._shapes[entry]

    def _look(self, place: int) -> Look:
        entry = self.runs.at(place)
        if entry not in self._looks:
            self._looks[entry] = Look.of(entry)
        return self._looks[entry]

    def _paragraph(self, start: int, mark: int, shape: Shape) -> str:
        """With its runs; its mark says whether it is deleted."""
        ends = self.file.text[mark] in _ENDS
        look = self._look(self.file.place_of(mark)) if ends else Look()
        gone = "<w:rPr><w:del/></w:rPr>" if look.deleted else "<w:rPr><w:vanish/></w:rPr>" if look.hidden else ""
        runs = "".join(self._run(*cut) for cut in self._cuts(start, mark if ends else mark + 1))
        page = '<w:r><w:br w:type="page"/></w:r>' if self.file.text[mark] == "\x0c" else ""
        return f"<w:p><w:pPr>{shape.xml()}{gone}</w:pPr>{runs}{page}</w:p>"

    def _cuts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches of one piece and one look."""
        while start < end:
            piece = self.file.piece_at(start)
            if piece is None:
                return
            place = self.file.place_of(start)
            stop = min(end, piece.end)
            last = start
            for cut in self.runs.cuts(place, place + (stop - start) * piece.width):
                at = start + (cut - place) // piece.width
                if last < at < stop:
                    yield last, at
                    last = at
            yield last, stop
            start = stop

    def _run(self, start: int, end: int) -> str:
        look = self._look(self.file.place_of(start))
        if look.deleted:
            return ""
        parts: list[str] = []
        plain = start
        text = self.file.text
        for at in range(start, end):
            char = text[at]
            special = (look.special and char in "\x01\x02\x05\x08\x28") or char in _SIGNS or at in self.marks
            if special or char < " ":
                parts += (self._words(text[plain:at]), self._sign(char, at, look))
                plain = at + 1
        parts.append(self._words(text[plain:end]))
        inside = "".join(parts)
        return f"<w:r><w:rPr>{look.xml(self.fonts)}</w:rPr>{inside}</w:r>" if inside else ""

    def _words(self, text: str) -> str:
        if not text:
            return ""
        name = "instrText" if self._code and self._code[-1] else "t"
        return f'<w:{name} xml:space="preserve">{written(text)}</w:{name}>'

    def _sign(self, char: str, at: int, look: Look) -> str:
        if char == "\x13":
            self._code.append(True)
        elif char == "\x14" and self._code:
            self._code[-1] = False
        elif char == "\x15" and self._code:
            self._code.pop()
        if at in self.marks:
            own = ' w:customMarkFollows="1"' if char != "\x02" else ""
            mark = self.marks[at].replace("/>", f"{own}/>")
            return mark + ("" if char == "\x02" else self._words(char))
        if char == "\x28" and look.symbol is not None:
            font = self.fonts[look.symbol[0]] if look.symbol[0] < len(self.fonts) else ""
            return f'<w:sym w:font={quoted(font)} w:char="{look.symbol[1]:04X}"/>'
        if char == "\x02":  # the mark of a note before its text
            return "<w:footnoteRef/>"
        return _SIGNS.get(char, "") if char != "\x01" or look.special else ""
