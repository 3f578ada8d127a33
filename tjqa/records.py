"""The nouns of tjqa: frozen, validated where they are made, shared by every layer.

A document becomes a `SourceFile`; cleaning turns it into a `CleanedFile` (articles and dropped spans);
packing turns articles into `Passage`s; asking turns passages into `Hit`s and an `Answer` with `Citation`s.
Whatever points into a file is a `Span` over `SourceFile.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tjqa.documents import Dropped as Dropped
from tjqa.documents import Landmark as Landmark
from tjqa.documents import Piece as Piece
from tjqa.documents import Role as Role
from tjqa.documents import Sheet as Sheet
from tjqa.documents import SourceFile as SourceFile
from tjqa.documents import Span as Span

State = Literal["found", "weak", "nothing"]
"""found: answered; weak: passages shown, no reliable answer; nothing: no passage at all."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page: its pieces in file order, and what the page says about it.

    Dates are ISO (2023-08-22) or None. `page_date` is the date shown on the page, `text_date` the date the
    text itself bears (the head of a speech, its headline, its signature).
    """

    title: str
    pieces: tuple[Piece, ...]
    title_span: Span | None = None
    page_date: str | None = None
    text_date: str | None = None
    publisher: str | None = None
    reporter: str | None = None

    @property
    def published(self) -> str | None:
        """The date to show with a citation: the text's own, else the page's."""
        return self.text_date or self.page_date


@dataclass(frozen=True, slots=True)
class CleanedFile:
    """Articles and dropped spans; together their spans tile the file's text without gap or overlap."""

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article; `text` is exactly the slice of the file at `span`."""

    path: str
    sha256: str
    span: Span
    text: str
    role: Role
    title: str
    section: str = ""
    page_date: str | None = None
    text_date: str | None = None
    publisher: str | None = None
    reporter: str | None = None

    @property
    def published(self) -> str | None:
        """The date to show with a citation: the text's own, else the page's."""
        return self.text_date or self.page_date


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage: row in the index, final score in 0..1, the features it was ranked by, what each added to
    the score (`shares`), the question's words it holds, how near each of its sentences comes to the question by late
    interaction (0..1; empty for a model without token vectors), and how far it supports each word of the question."""

    row: int
    passage: Passage
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    shares: tuple[tuple[str, float], ...] = ()
    matched: tuple[str, ...] = ()
    near: tuple[float, ...] = ()
    support: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered place in a file. `quote` was re-read from the file when this was made. `line` and `column` are
    1-based, `column` in characters. `marks` are the answer spans inside the quote (file offsets). `unchanged` is False
    when the file no longer holds the quote there: then `quote` is the stored text and must be shown with a warning.

    `place` names page, paragraph or row in formats that have them, `bytes` are the file's bytes of a plain text. `also`
    are other places that say the same, `figures_differ` of such a place that a figure is another one there. `parts` is
    what each feature added to the ranking (log odds, largest first), `matched` the words of the question that stand in
    the passage or its title.
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
    section: str = ""
    marks: tuple[Span, ...] = ()
    parts: dict[str, float] = field(default_factory=dict)
    matched: tuple[str, ...] = ()
    place: str = ""
    bytes: Span | None = None
    also: tuple[Citation, ...] = ()
    figures_differ: bool = False
    publisher: str | None = None
    reporter: str | None = None


NEAREST = 3
"""Passages that a refusal shows: more would look like an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for one question.

    `best` are the answering sentences, best first: citations whose `marks` are the answer spans; empty unless
    `state` is "found". Their `number` is that of the passage in `citations` they stand in. `citations` are the
    ranked passages, all of which passed `filters`. `confidence` is 0..1. `remark` says in Chinese what was searched
    instead of a mistyped question and which words were not found, `note` that files changed or the index is due.
    """

    question: str
    state: State
    confidence: float
    best: tuple[Citation, ...]
    citations: tuple[Citation, ...]
    seconds: float
    remark: str = ""
    note: str = ""
    filters: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """The answering sentences joined, or None when abstaining."""
        return "\n".join(c.quote for c in self.best) if self.best else None


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source file as it was when indexed; size and mtime let a change be noticed without reading the file.

    `skipped` is the reason why the file gave no text; it is kept so that the same unreadable file is not taken for a
    new one on every question. `sha256` is empty when not even its bytes could be read. `reader` is what extracted the
    text, with its version: another one may extract another text. `keep` is what the user wanted kept of it.
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    skipped: str = ""
    reader: str = ""
    keep: str = ""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What the index holds of one file. Counts are characters of the decoded text. `edges` are hashes of the kept lines
    at its ends (of `lines` in all), `repeats` those that were dropped because its whole folder has them; `keep` is what
    the user wants kept against the cleaner (`tjqa.keeping`)."""

    path: str
    sha256: str
    encoding: str
    characters: int
    kept: int
    dropped: tuple[Dropped, ...]
    articles: tuple[tuple[str, str | None], ...]
    passages: int
    text_sha256: str = ""
    edges: tuple[str, ...] = ()
    lines: int = 0
    repeats: tuple[str, ...] = ()
    keep: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A file opened for reading at a citation: the text, the cited span, what cleaning dropped. When it changed since
    it was indexed, `changed` is True, `warning` says so in Chinese, and `span` may not fit: show `quote` instead."""

    path: str
    text: str
    span: Span
    quote: str
    dropped: tuple[Dropped, ...]
    cited: tuple[Span, ...] = ()
    changed: bool = False
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a build, for people: `phase` is Chinese, `done` of `total` in that phase (0 = unknown)."""

    phase: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: summaries in path order, files skipped with the reason, passages embedded anew. `moved` are
    files found under another name (old, new), `removed` those that are gone; `unchanged` says that the index already
    held everything and was not written."""

    sources: tuple[SourceSummary, ...]
    skipped: tuple[tuple[str, str], ...]
    passages: int
    embedded: int
    seconds: float
    moved: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """For the top bar: counts, when the index was built (ISO, local), and files changed since then. `skipped` are the
    files that could not be read when it was built, each with the reason. `due` says why the index should be made again
    (a new cleaner, another model); it still answers, as it did."""

    documents: int
    passages: int
    built: str
    model: str
    stale: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    due: str = ""
