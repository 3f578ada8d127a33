"""A document and its parts; the ground of `tjqa.records`, where every other module finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
