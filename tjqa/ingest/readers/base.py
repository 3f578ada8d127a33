"""What a reader gives: text, and where in the document its parts stand."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from tjqa.documents import LONGEST_NAME, DocumentKind, Dropped, DropReason, Heading, Landmark, Sheet, Span

MAX_CHARACTERS = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text of a document. `codec` turns it back into the file's bytes (plain text only, else empty); `landmarks` say
    where pages, paragraphs or rows begin; `furniture` is what the format itself marks as no text of the document;
    `sheets` are the tables the whole text consists of, if it does. `kind`, `title` and `headings` are those of
    `SourceFile`."""

    text: str
    encoding: str
    codec: str = ""
    landmarks: tuple[Landmark, ...] = ()
    furniture: tuple[Dropped, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    kind: DocumentKind = DocumentKind.TEXT
    title: str = ""
    headings: tuple[Heading, ...] = ()


def to_json(found: Extracted) -> bytes:
    """For the way between processes."""
    return json.dumps(asdict(found)).encode()


def from_json(data: bytes) -> Extracted:
    """What `to_json` wrote, with names of at most `LONGEST_NAME` characters: the other process is not to be trusted."""
    row = json.loads(data)
    return Extracted(
        row["text"],
        row["encoding"],
        row["codec"],
        tuple(Landmark(mark["start"], mark["name"][:LONGEST_NAME]) for mark in row["landmarks"]),
        tuple(Dropped(Span(**part["span"]), DropReason(part["reason"])) for part in row["furniture"]),
        tuple(Sheet(Span(**sheet["span"]), sheet["title"][:LONGEST_NAME], sheet["header"]) for sheet in row["sheets"]),
        DocumentKind(row["kind"]),
        row["title"][:LONGEST_NAME],
        tuple(Heading(Span(**mark["span"]), int(mark["level"]), float(mark["size"])) for mark in row["headings"]),
    )
