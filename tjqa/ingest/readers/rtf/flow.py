"""Paragraphs, tables and notes of rich text, as a Word file of today has them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tjqa.ingest.readers.word.made import Row, on, table_of

_MOST_CELLS = 63


@dataclass(slots=True)
class Paragraph:
    """What was said of the paragraph that is being read."""

    style: int = 0
    outline: int | None = None
    in_table: bool = False
    runs: list[str] = field(default_factory=list)

    def xml(self) -> str:
        """As it stands in the document."""
        outline = on("outlineLvl", self.outline) if self.outline is not None else ""
        return f"<w:p><w:pPr>{on('pStyle', self.style)}{outline}</w:pPr>{''.join(self.runs)}</w:p>"


@dataclass(slots=True)
class Table:
    """Rows in the making, and what was said of the next one's cells."""

    rows: list[Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    below: list[bool | None] = field(default_factory=list)
    goes_on: bool | None = None
    across: list[bool] = field(default_factory=list)
    goes_across: bool = False
    head: bool = False

    def word(self, word: str, number: int | None) -> None:
        """What is said of a row."""
        if word == "row":
            self.rows.append(Row(self.cells, [0, *self.edges], self.below, self.head, self.across))
            self.cells, self.cell = [], []
        elif word == "trowd":
            self.edges, self.below, self.goes_on, self.head = [], [], None, False
            self.across, self.goes_across = [], False
        elif word == "trhdr":
            self.head = True
        elif word in ("clvmgf", "clvmrg"):
            self.goes_on = word == "clvmrg"
        elif word in ("clmgf", "clmrg"):
            self.goes_across = word == "clmrg"
        elif word == "cellx" and len(self.edges) < _MOST_CELLS:
            self.edges.append(max(number or 0, self.edges[-1] if self.edges else 0))
            self.below.append(self.goes_on)
            self.across.append(self.goes_across)
            self.goes_on, self.goes_across = None, False

    def add(self, xml: str, *, last: bool) -> None:
        """A paragraph of a cell, the last one of it or not; cells within a cell are part of it."""
        self.cell.append(xml)
        if last and len(self.cells) < _MOST_CELLS:
            self.cells.append("".join(self.cell))
            self.cell = []

    def xml(self) -> list[str]:
        """The table; what lacks the end of its row follows."""
        return [*table_of(self.rows), *self.cells, *self.cell]


@dataclass(slots=True)
class Flow:
    """The text so far, and the paragraph that is being read, of the text or of a note."""

    paragraph: Paragraph = field(default_factory=Paragraph)
    notes: list[str] = field(default_factory=list)
    _done: list[str] = field(default_factory=list)
    _table: Table = field(default_factory=Table)
    _outer: Paragraph | None = None  # the one around a note
    _note: list[str] = field(default_factory=list)

    @property
    def in_note(self) -> bool:
        """Whether a note is being read."""
        return self._outer is not None

    def add(self, inside: str, look: str) -> None:
        """A run."""
        self.paragraph.runs.append(f"<w:r><w:rPr>{look}</w:rPr>{inside}</w:r>")

    def word(self, word: str, number: int | None) -> None:
        """What is said of a paragraph or of a row."""
        if word in ("par", "sect"):
            self._end_paragraph()
        elif word == "pard":
            self.paragraph.style, self.paragraph.outline, self.paragraph.in_table = 0, None, False
        elif word == "intbl":
            self.paragraph.in_table = True
        elif word == "outlinelevel":
            self.paragraph.outline = number
        elif word in ("cell", "nestcell"):
            self._table.add(self._taken(), last=word == "cell")
        else:
            self._table.word(word, number)

    def begin_note(self) -> None:
        """What follows is one; its mark stands in the text."""
        self.add(f'<w:footnoteReference w:id="{len(self.notes)}"/>', "")
        self._outer, self.paragraph = self.paragraph, Paragraph()

    def end_note(self) -> None:
        """The text goes on."""
        if self._outer is not None:
            self.notes.append("".join([*self._note, self.paragraph.xml()]))
            self._note, self.paragraph, self._outer = [], self._outer, None

    def finished(self) -> str:
        """The whole text."""
        self.end_note()
        if self.paragraph.runs:
            self._end_paragraph()
        self._end_table()
        return "".join(self._done)

    def _taken(self) -> str:
        """The paragraph so far; the next one is like it."""
        paragraph, self.paragraph = self.paragraph, replace(self.paragraph, runs=[])
        return paragraph.xml()

    def _end_paragraph(self) -> None:
        in_table, xml = self.paragraph.in_table, self._taken()
        if self.in_note:
            self._note.append(xml)
        elif in_table:
            self._table.add(xml, last=False)
        else:
            self._end_table()
            self._done.append(xml)

    def _end_table(self) -> None:
        self._done += self._table.xml()
        last = self._table  # of which the next one's rows are like, where they say nothing
        self._table = Table(edges=last.edges, below=last.below, across=last.across, head=last.head)
