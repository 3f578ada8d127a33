"""The citations of a proof, each place once, with all that is marked in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tjqa.citations.library import Library
from tjqa.documents import Passage, Span
from tjqa.results import Citation


@dataclass(slots=True)
class _Cited:
    """A citation, how far its file moved it, and what is marked in it."""

    citation: Citation
    moved: int
    marks: dict[Span, None]


class Citations:
    """The citations of a report, numbered as they are first named, each place once with all that is marked in it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._cited: list[_Cited] = []
        self._numbers: dict[tuple[str, Span], int] = {}

    def cite(self, passage: Passage, quote: Span, *marks: Span) -> tuple[int, str, Span | None]:
        """The number of a citation, what stands at the first mark or in all of it, and where; 0 when the file no longer
        holds what would be cited."""
        key = (passage.path, quote)
        if key not in self._numbers:
            citation = self._library.quote(len(self._cited) + 1, passage, quote)
            self._numbers[key] = citation.number if citation.unchanged else 0
            if citation.unchanged:
                self._cited.append(_Cited(citation, citation.span.start - quote.start, {}))
        number = self._numbers[key]
        if not number:
            return 0, "", None
        cited = self._cited[number - 1]
        cited.marks |= dict.fromkeys(marks)
        first = marks[0] if marks else quote
        told = cited.citation.quote[first.start - quote.start : first.end - quote.start]
        return number, told, shifted(first, cited.moved)

    @property
    def made(self) -> tuple[Citation, ...]:
        """All of them."""
        return tuple(
            replace(one.citation, marks=tuple(sorted((shifted(mark, one.moved) for mark in one.marks), key=_start)))
            for one in self._cited
        )


def _start(span: Span) -> tuple[int, int]:
    return span.start, span.end


def shifted(span: Span, by: int) -> Span:
    """The same stretch so many characters further on."""
    return Span(span.start + by, span.end + by)
