"""The nouns of tjqa: frozen, validated where they are made, shared by every layer.

A document becomes a `SourceFile`; cleaning turns it into a `CleanedFile` (articles and dropped spans);
packing turns articles into `Passage`s; asking turns passages into an `Answer` with `Citation`s.
Whatever points into a file is a `Span` over `SourceFile.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tjqa.documents import ByteRange, Position
from tjqa.documents import Dropped as Dropped
from tjqa.documents import Span as Span
from tjqa.messages import Message
from tjqa.reports import SkippedFile
from tjqa.views import DocumentOutline as DocumentOutline
from tjqa.views import OutlineKind as OutlineKind
from tjqa.views import OutlineNode as OutlineNode
from tjqa.views import SourceTable as SourceTable
from tjqa.views import SourceView as SourceView
from tjqa.views import StartingPlace as StartingPlace
from tjqa.views import TableLine as TableLine

State = Literal["found", "weak", "nothing"]
"""found: answered; weak: passages shown, no reliable answer; nothing: no passage at all."""


Strength = Literal["answer", "possible", "none"]
"""How far an answer can be trusted: by its confidence an answer (`SURE`), one that may be right (`LIKELY`), none."""

SURE = 0.8
"""Chance of being right from which on an answer is given as such: of ten such answers nine are right (0.91 on documents
held out, see docs/measurements.md)."""

LIKELY = 0.25
"""The same from which on it is shown, with its doubt: one in four. From one half on, one in six of the questions on the
seeds that have an answer would be refused."""


LackingKind = Literal["", "date", "number", "fact"]
"""What is asked for and in none of the nearest passages; empty when it is there."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a feature added to the rank of a passage, in log odds; `label` is what a person reads for it."""

    name: str
    label: Message
    value: float


SMALLEST_CONTRIBUTION = 0.005
"""Log odds below which a contribution is not worth a line: it would be shown as +0.00."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered place in a file. `quote` was re-read from the file when this was made. `line` and `column` are
    1-based, `column` in characters. `marks` are the answer spans inside the quote (file offsets). `unchanged` is False
    when the file no longer holds the quote there: then `quote` is the stored text and must be shown with a warning;
    `unread` says that the file could not be read at all.
    `edited` says that the file changed since it was indexed, though the quote still stands in it, at `span`.

    `place` names page, paragraph or row in formats that have them, `byte_range` are the file's bytes of a plain text.
    `also` are other places that say the same, `figures_differ` and `words_differ` of such a
    place that a figure or a word is another one there.
    `contributions` is what each feature added to the ranking (log odds, largest first), `matched` the words of the
    question that stand in the passage or its title. `cut` tells whether the quote begins, and whether it ends, within
    a sentence. `heads` say what the cell of a table is that is quoted: those of its row, then those of its column.
    """

    number: int
    path: str
    sha256: str
    span: Span
    line: int
    column: int
    quote: str
    title: str
    published: str | None
    score: float
    unchanged: bool = True
    unread: bool = False
    edited: bool = False
    section: str = ""
    marks: tuple[Span, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    matched: tuple[str, ...] = ()
    place: str = ""
    byte_range: ByteRange | None = None
    also: tuple[Citation, ...] = ()
    figures_differ: bool = False
    words_differ: bool = False
    publisher: str | None = None
    reporter: str | None = None
    cut: tuple[bool, bool] = (False, False)
    heads: tuple[str, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether the quote is a part of a sentence."""
        return any(self.cut)

    def with_cuts(self, shown: str) -> str:
        """The quote as a line of text, with … outside of it where the sentence goes on."""
        return f"{'…' * self.cut[0]}{shown}{'…' * self.cut[1]}"

    @property
    def position(self) -> Position | None:
        """Where the quote stands in the file; None when it no longer does."""
        return Position(self.line, self.column) if self.unchanged else None

    def explanation(self) -> list[Contribution]:
        """Why the passage stands where it does: the contributions that are worth a line, largest first."""
        return [told for told in self.contributions if abs(told.value) >= SMALLEST_CONTRIBUTION]


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell in the row of one that answers: the heads of its column, outermost first, its text, and whether it is a
    head of the row."""

    heads: tuple[str, ...]
    text: str
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """A cell of a table that answers: `quote` of the citation beside it is its text. `row_heads`, `column_heads` say
    what it is, outermost first, `unit` what it counts, `period` of when it is, as people write it (2024年3月中旬), each
    "" where that is not told; `address` is its place on a sheet (B7), "" elsewhere; `statement` tells all in a line.
    `is_rival` says that it is of another table than the first cell, which the question may mean as well. `value` is its
    text with its unit, `row` are the cells of its row, of which it is number `at`, from 0."""

    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    unit: str
    period: str
    sheet: str
    address: str
    statement: str
    is_rival: bool = False
    value: str = ""
    row: tuple[RowCell, ...] = ()
    at: int = 0


@dataclass(frozen=True, slots=True)
class BlankCell:
    """A cell that a question asks for and that holds nothing: its file, the name of its table ("" where it has none),
    the heads of its row and its column, outermost first, and the `mark` that stands there in place of a value (—)."""

    path: str
    table: str
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that stands nowhere: worked out from answering cells, whose numbers in `Answer.best` are `of`, from 1;
    `statement` tells how and what came out."""

    operation: Literal["difference", "growth", "total", "extreme", "count"]
    value: str
    of: tuple[int, ...]
    statement: Message


NEAREST = 3
"""Passages that a refusal shows: more would look like an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for one question.

    `best` are the answering sentences, best first: citations whose `marks` are the answer spans; empty unless
    `state` is "found". Their `number` is that of the passage in `citations` they stand in. `citations` are the
    ranked passages, all of which passed `filters`. `confidence` is the chance, 0..1, that it is right, `strength` what
    that means for who reads it. `milliseconds` is how long each stage took, `hurdle` why the reader was left out
    although it was wanted. `library` is the folder of the library that was asked where several are at hand, else "".

    `corrected` is the question that was searched in place of a mistyped one, or of one that the documents word
    otherwise (GDP), empty when it was read as typed. Of a
    refusal `missing` are the words of the question that the nearest passages lack, or `lacks_kind` says that they
    lack what is asked for, as does an answer. Of an answer `unsaid` are years, months, places and acts of the question
    that neither it nor its titles and dates speak of, or that it tells another of.
    `changed_files` and `gone_files` are cited files that no longer hold
    the quote, `unreadable_files` those that the system refuses now;
    `withheld_files` those whose stored text would answer and could not be read again there; `disputed_by` files with a
    copy of an answering sentence that has another figure or word.
    `edited_files` changed elsewhere since they were indexed; `unread` are files whose names fit the
    question and which gave no text; `due` says why the index should be made again.
    `tjqa.answers.wording` puts all this into words.

    Where cells of tables answer, `cells` says what each of `best` is, and `computed` what was worked out from them. Of
    a refusal `lacking_periods` are those of the question of which no figure is there, `existing_periods` those of which
    there is one; `lacking_place` is the area that the nearest passages do not speak of, `existing_places` those of its
    kind that they are of; `blank_cell` is the cell that was asked for and holds nothing.
    """

    question: str
    state: State
    confidence: float
    best: tuple[Citation, ...]
    citations: tuple[Citation, ...]
    seconds: float
    filters: tuple[str, ...] = ()
    corrected: str = ""
    missing: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    lacks_kind: LackingKind = ""
    changed_files: tuple[str, ...] = ()
    gone_files: tuple[str, ...] = ()
    unreadable_files: tuple[str, ...] = ()
    withheld_files: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    edited_files: tuple[str, ...] = ()
    unread: tuple[SkippedFile, ...] = ()
    due: tuple[Message, ...] = ()
    cells: tuple[AnswerCell, ...] = ()
    computed: tuple[Computed, ...] = ()
    lacking_periods: tuple[str, ...] = ()
    existing_periods: tuple[str, ...] = ()
    lacking_place: str = ""
    existing_places: tuple[str, ...] = ()
    blank_cell: BlankCell | None = None
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    hurdle: Message | None = None
    library: str = ""

    @property
    def strength(self) -> Strength:
        """Whether it is an answer, may be one, or is none. One that leaves out a year or a place asked for, of which
        there are several, that a copy disputes, or whose words stand no more, only may be one."""
        if not self.best:
            return "none"
        doubtful = (
            self.unsaid
            or self.lacks_kind
            or self.disputed_by
            or self.withheld_files
            or any(cell.is_rival for cell in self.cells)
        )
        doubtful = doubtful or not all(citation.unchanged for citation in self.best)
        return "answer" if self.confidence >= SURE and not doubtful else "possible"

    @property
    def quoted(self) -> str | None:
        """The answering sentences joined, or None when abstaining: words of the documents and nothing else."""
        return "\n".join(c.quote for c in self.best) if self.best else None

    @property
    def text(self) -> str | None:
        """The answer to read, or None when abstaining: of cells what they are with their values, and what was worked
        out from them; else the answering sentences."""
        if not self.cells:
            return self.quoted
        return "\n".join([*(one.statement.text() for one in self.computed), *(cell.statement for cell in self.cells)])
