"""Where a span stands: its page, paragraph or row, its bytes, its line and column."""

from __future__ import annotations

from bisect import bisect_right

from tjqa.documents import ByteRange, Position, SourceFile, Span


def place_name(source: SourceFile, span: Span) -> str:
    """Page, paragraph or row of a span, from the first to the last one; empty for plain text."""
    starts = [mark.start for mark in source.landmarks]
    ends = {max(0, bisect_right(starts, at) - 1): None for at in (span.start, max(span.start, span.end - 1))}
    return "至".join(source.landmarks[at].name for at in ends) if starts else ""


def byte_range(source: SourceFile, span: Span) -> ByteRange | None:
    """The bytes of the file in which the characters of `span` are written; None where they are not."""
    if not source.codec:
        return None
    start = len(source.text[: span.start].encode(source.codec))
    return ByteRange(start, start + len(span.of(source.text).encode(source.codec)))


def position(text: str, start: int) -> Position:
    """Line and column of the character of a text that has the number `start`, from 0."""
    return Position(text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1)
