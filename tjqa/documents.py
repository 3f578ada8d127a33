"""A document and its parts; the ground of `tjqa.results`, where every other module finds them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple


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


class Context(NamedTuple):
    """What is true of all passages of a section: what filters ask for."""

    path: str
    title: str
    section: str
    publisher: str | None
    published: str | None


def context(passage: Passage) -> str:
    """What is searched with a passage beside its own text."""
    parts = (passage.title, passage.section, passage.publisher or "", passage.published or "")
    return " ".join(part for part in parts if part)


def line_of(passage: Passage) -> bytes:
    """A passage as a line of JSON."""
    return json.dumps(asdict(passage), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def passage_of(line: bytes) -> Passage:
    """The passage of such a line."""
    fields = json.loads(line.decode("utf-8", "surrogatepass"))  # of bytes it would find out the encoding first
    fields["span"] = Span(**fields["span"])
    return Passage(**fields)


Role = Literal["title", "meta", "heading", "body"]
"""What a kept piece is: headline, byline or date line, section heading, article text."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters (Unicode code points) of one `SourceFile.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"bad span {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of `text` this span names."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """True when `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Landmark:
    """Where a page, paragraph or row begins in a document's text; `name` as shown: 第 3 页."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, one line a row; `header` is how long the line with the names of its columns is, 0 without one."""

    span: Span
    title: str
    header: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A kept range of a file and what it is."""

    span: Span
    role: Role


@dataclass(frozen=True, slots=True)
class Dropped:
    """A range of a file that is not searched, and the reason (a short Chinese phrase)."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One document as read. Of plain text `text` is the strict decoding of the bytes, newlines untouched; of other
    formats it is what their reader extracts.

    `path` is relative to the sources folder with forward slashes; `sha256` is over the raw bytes. `codec`, where there
    is one, turns any slice of the text back into the file's bytes. `furniture` is what the format itself marks as no
    text of the document, `sheets` are tables that make up the whole text.
    """

    path: str
    sha256: str
    encoding: str
    text: str
    codec: str = ""
    landmarks: tuple[Landmark, ...] = ()
    furniture: tuple[Dropped, ...] = ()
    sheets: tuple[Sheet, ...] = ()
