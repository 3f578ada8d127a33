"""The streams of a binary Word file: its head, its text by the piece table, what is known of parts of it."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import MAX_CHARACTERS

_HEAD = 0x9A  # where pairs of place and length begin
_PAGE = 512  # bytes of a page of properties
# Parts of the table stream by their number in the head.
STYLES, FOOTNOTE_MARKS, FOOTNOTES, CHARACTERS, PARAGRAPHS, FONTS, PIECES, ENDNOTE_MARKS, ENDNOTES, LISTS, USES = (
    1, 2, 3, 12, 13, 15, 33, 46, 47, 73, 74,
)  # fmt: skip
# The stories that the text consists of, in order, and where the head has their lengths.
_STORIES = {
    "main": 0x4C, "footnotes": 0x50, "heads": 0x54, "macros": 0x58, "remarks": 0x5C, "endnotes": 0x60, "boxes": 0x64,
}  # fmt: skip


def number(data: bytes, at: int = 0, size: int = 4) -> int:
    """An unsigned number; 0 beyond the end."""
    return int.from_bytes(data[at : at + size], "little") if at >= 0 else 0


@dataclass(slots=True)
class Piece:
    """Characters from `start` to `end`, which stand in the file from `place` on, `width` bytes each."""

    start: int
    end: int
    place: int
    width: int


@dataclass(slots=True)
class WordFile:
    """A file; `text` holds all stories one after the other."""

    data: bytes
    table: bytes
    name: str
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    stories: dict[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, table: bytes, name: str) -> WordFile:
        """Read.

        Raises:
            SourcesError: its text is too long.
        """
        found = cls(data, table, name)
        at = 0
        for story, place in _STORIES.items():
            length = min(number(data, place), 2**31)
            found.stories[story] = at, at + length
            at += length
        found._read()
        return found

    def part(self, which: int) -> bytes:
        """A part of the table stream."""
        place, length = number(self.data, _HEAD + 8 * which), number(self.data, _HEAD + 8 * which + 4)
        return self.table[place : place + length]

    def behind(self, which: int) -> bytes:
        """What follows it there."""
        return self.table[number(self.data, _HEAD + 8 * which) + number(self.data, _HEAD + 8 * which + 4) :]

    def _read(self) -> None:
        parts: list[str] = []
        length = 0
        for start, end, entry in plex(_piece_table(self.part(PIECES)), 8):
            raw = number(entry, 2)
            narrow = bool(raw & 0x40000000)
            place, width = ((raw & 0x3FFFFFFF) // 2, 1) if narrow else (raw & 0x3FFFFFFF, 2)
            length += end - start
            if length > 2 * MAX_CHARACTERS:
                raise SourcesError("text_long", "split_file_hint", name=self.name, count=length, most=MAX_CHARACTERS)
            stored = self.data[place : place + (end - start) * width]
            text = stored.decode("cp1252" if narrow else "utf-16-le", "replace")
            if not narrow:  # a character beyond the first 65,536 counts as two
                text = "".join(char if ord(char) < 0x10000 else f"{char}\0" for char in text)
            parts.append(text[: end - start].ljust(end - start, "\0"))
            self.pieces.append(Piece(start, end, place, width))
        self.text = "".join(parts)

    def place_of(self, at: int) -> int:
        """Where in the file a character stands; -1 for none."""
        piece = self.piece_at(at)
        return piece.place + (at - piece.start) * piece.width if piece is not None else -1

    def piece_at(self, at: int) -> Piece | None:
        """The piece that holds a character."""
        found = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        return self.pieces[found] if found >= 0 and at < self.pieces[found].end else None


def _piece_table(data: bytes) -> bytes:
    at = 0
    while at < len(data) and data[at] == 1:  # properties of pieces that were saved fast
        at += 3 + number(data, at + 1, 2)
    return data[at + 5 : at + 5 + number(data, at + 1)] if at < len(data) and data[at] == 2 else b""


def plex(data: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and entry of each stretch of a table: the places stand first, then the entries."""
    count = max(0, (len(data) - 4) // (4 + size))
    places = struct.unpack_from(f"<{count + 1}I", data) if count else ()
    for at, (start, end) in enumerate(pairwise(places)):
        if start < end:
            base = 4 * (count + 1) + size * at
            yield start, end, data[base : base + size]


@dataclass(slots=True)
class Stretches:
    """Properties of stretches of the file, paragraphs or runs, in the order of their places."""

    starts: list[int]
    ends: list[int]
    entries: list[bytes]

    @classmethod
    def of(cls, file: WordFile, which: int) -> Stretches:
        """From the pages that a part of the table names; `which` is `PARAGRAPHS` or `CHARACTERS`."""
        found: list[tuple[int, int, bytes]] = []
        pages = dict.fromkeys(number(entry) & 0x3FFFFF for _, _, entry in plex(file.part(which), 4))
        for page in pages:
            data = file.data[page * _PAGE : (page + 1) * _PAGE]
            if len(data) == _PAGE:
                found += _paragraphs(data) if which == PARAGRAPHS else _runs(data)
        found.sort(key=lambda one: one[:2])
        return cls([one[0] for one in found], [one[1] for one in found], [one[2] for one in found])

    def at(self, place: int) -> bytes:
        """Those of what stands there."""
        found = bisect_right(self.starts, place) - 1
        return self.entries[found] if found >= 0 and place < self.ends[found] else b""

    def cuts(self, start: int, end: int) -> Iterator[int]:
        """Where within these places others begin."""
        first, last = bisect_right(self.starts, start), bisect_right(self.starts, end - 1)
        yield from self.starts[first:last]


def _paragraphs(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    for at in range(min(count, 29)):
        offset = 2 * page[min(4 * (count + 1) + 13 * at, _PAGE - 1)]
        size = page[offset] if offset < _PAGE else 0
        begin, end = offset + 1, offset + 2 * size
        if not size:
            begin, end = offset + 2, offset + 2 + 2 * page[(offset + 1) % _PAGE]
        entry = page[begin:end]
        yield number(page, 4 * at), number(page, 4 * at + 4), entry if offset else b""


def _runs(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    for at in range(min(count, 101)):
        offset = 2 * page[min(4 * (count + 1) + at, _PAGE - 1)]
        entry = page[offset + 1 : offset + 1 + page[offset]] if offset else b""
        yield number(page, 4 * at), number(page, 4 * at + 4), entry
