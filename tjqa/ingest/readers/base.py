"""What a reader gives: text, and where in the document its parts stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from tjqa.documents import (
    LONGEST_NAME,
    DocumentKind,
    Dropped,
    DropReason,
    Heading,
    Landmark,
    Merged,
    Printed,
    Sheet,
    Span,
)
from tjqa.errors import SourcesError

MAX_CHARACTERS = 16 * 1024 * 1024
"""Characters of the text of one document. The longest honest ones have half of it: a collection of laws, a history in
many volumes, a table of a million cells. To clean so much takes a minute; what is longer is a bomb or several files."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text of a document. `codec` turns it back into the file's bytes (plain text only, else empty); `landmarks` say
    where pages, paragraphs or rows begin; `furniture` is what the format itself marks as no text of the document;
    `sheets` are the tables the whole text consists of, if it does. `kind`, `title`, `headings`, `tables`, `published`
    and `printed` are those of `SourceFile`."""

    text: str
    encoding: str
    codec: str = ""
    landmarks: tuple[Landmark, ...] = ()
    furniture: tuple[Dropped, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    kind: DocumentKind = DocumentKind.TEXT
    title: str = ""
    headings: tuple[Heading, ...] = ()
    tables: tuple[Sheet, ...] = ()
    published: str = ""
    printed: tuple[Printed, ...] = ()


def bounded(found: Extracted, name: str) -> Extracted:
    """What a reader gave, with names of at most `LONGEST_NAME` characters; `name` of the document is told in messages.

    Raises:
        SourcesError: its text is longer than `MAX_CHARACTERS`.
    """
    if len(found.text) > MAX_CHARACTERS:
        raise SourcesError("text_long", "split_file_hint", name=name, count=len(found.text), most=MAX_CHARACTERS)
    return replace(
        found,
        landmarks=tuple(Landmark(mark.start, mark.name[:LONGEST_NAME]) for mark in found.landmarks),
        sheets=tuple(replace(sheet, title=sheet.title[:LONGEST_NAME]) for sheet in found.sheets),
        tables=tuple(replace(sheet, title=sheet.title[:LONGEST_NAME]) for sheet in found.tables),
        title=found.title[:LONGEST_NAME],
    )


def joined(parts: Iterable[Extracted]) -> Extracted:
    """Texts one after the other, each from a new line, with what is known of them; the rest is the first one's."""
    parts = list(parts)
    texts: list[str] = []
    length = 0
    shifts: list[int] = []
    for part in parts:
        text = part.text if part.text.endswith("\n") or not part.text else part.text + "\n"
        shifts.append(length)
        texts.append(text)
        length += len(text)
    each = list(zip(parts, shifts, strict=True))
    return replace(
        parts[0],
        text="".join(texts),
        landmarks=tuple(Landmark(mark.start + by, mark.name) for part, by in each for mark in part.landmarks),
        furniture=tuple(replace(one, span=_moved(one.span, by)) for part, by in each for one in part.furniture),
        headings=tuple(replace(one, span=_moved(one.span, by)) for part, by in each for one in part.headings),
        tables=tuple(replace(one, span=_moved(one.span, by)) for part, by in each for one in part.tables),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


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
        tuple(map(_sheet, row["sheets"])),
        DocumentKind(row["kind"]),
        row["title"][:LONGEST_NAME],
        tuple(Heading(Span(**mark["span"]), int(mark["level"]), float(mark["size"])) for mark in row["headings"]),
        tuple(map(_sheet, row["tables"])),
        str(row["published"])[:LONGEST_NAME],
        tuple(_printed(one) for one in row["printed"]),
    )


def _printed(row: dict[str, Any]) -> Printed:
    left, top, right, bottom = map(float, row["box"])
    return Printed(Span(**row["span"]), int(row["page"]), (left, top, right, bottom))


def _sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(
        Span(**row["span"]),
        row["title"][:LONGEST_NAME],
        str(row["separator"]),
        int(row["head"]),
        tuple(Merged(*map(int, merged.values())) for merged in row["merged"]),
        tuple(map(int, row["numbers"])),
        tuple(map(int, row["leads"])),
        bool(row["loose"]),
        tuple(map(int, row["cuts"])),
    )
