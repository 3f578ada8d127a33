"""What an index knows of a passage beside its words, held against its file as it is now.

The figure of a cell may stand where it stood while the heads of its row and column, the sheet or the title became
others: then it is the figure of something else. So of a file that was edited the passages are made again.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tjqa.citations.quote_search import place_now
from tjqa.documents import NOTHING_KEPT, Passage, SourceFile, Span
from tjqa.errors import SourcesError
from tjqa.ingest.chunking import passages
from tjqa.ingest.pipeline import cleaned, told_of
from tjqa.reports import SourceState, SourceSummary

_KEPT_FILES = 16
"""Edited files whose passages are kept between questions."""

Held = Callable[[str], SourceSummary | None]
"""What the index holds of a file."""
_NOWHERE = Span(0, 0)
_Known = tuple[object, ...]
_Found = dict[_Known, list[tuple[Span, ...]]]


@dataclass(slots=True)
class _Made:
    """The passages of an edited file, and what is known of each and of its rows; as far as it could be cleaned."""

    sha256: str
    passages: list[Passage] = field(default_factory=list)
    found: _Found = field(default_factory=dict)


class PassagesNow:
    """The passages of edited files, made by the rules that the index was made by.

    Args:
        states: of the files of the index, by path.
        held: what the index holds of a file.
    """

    def __init__(self, states: Mapping[str, SourceState], held: Held) -> None:
        self._states = states
        self._held = held
        self._files: OrderedDict[str, _Made] = OrderedDict()

    def hold(self, source: SourceFile, passage: Passage) -> bool:
        """Whether the file still gives a passage with the same words, title, section and dates, wherever in it."""
        return source.sha256 == passage.sha256 or _of_passage(passage) in self._of(source)

    def place(self, source: SourceFile, passage: Passage, span: Span) -> Span | None:
        """Where a stretch of a passage stands in its file now; None when it does no more. A cell stands where all of
        its row is as it was, every figure and what is said of each, be there other rows beside it by now."""
        stored = passage.text[span.start - passage.span.start : span.end - passage.span.start]
        own = next(((known, cells) for known, cells in _rows(passage) if span in cells), None)
        if own is None or source.sha256 == passage.sha256:
            return place_now(source.text, span, stored)
        known, cells = own
        places = [row[cells.index(span)] for row in self._of(source).get(known, ())]
        held = [place for place in places if place.of(source.text) == stored]
        return min(held, key=lambda place: abs(place.start - span.start), default=None)

    def nearest(self, source: SourceFile, span: Span) -> Passage | None:
        """The passage of a file as it is now that a stretch stands in, else the nearest one: it knows the heads, title
        and date that are true of it now. None where the file gives none, or cannot be cleaned."""
        return nearest(self._kept(source).passages, span)

    def _of(self, source: SourceFile) -> _Found:
        """What is known now of an indexed file; of one that is not in the index nothing is believed."""
        known = source.path in self._states and self._held(source.path) is not None
        return self._kept(source).found if known else {}

    def _kept(self, source: SourceFile) -> _Made:
        kept = self._files.get(source.path)
        if kept is None or kept.sha256 != source.sha256:
            kept = self._files[source.path] = self._made(source)
        self._files.move_to_end(source.path)
        while len(self._files) > _KEPT_FILES:
            self._files.popitem(last=False)
        return kept

    def _made(self, source: SourceFile) -> _Made:
        state, held = self._states.get(source.path), self._held(source.path)
        keep, drop = (state.keep, state.drop) if state is not None else (NOTHING_KEPT, ())
        made = _Made(source.sha256)
        with contextlib.suppress(SourcesError), told_of(source.path):
            for passage in passages(source, cleaned(source, keep, held.repeats if held is not None else (), drop)):
                made.passages.append(passage)
                made.found[_of_passage(passage)] = []
                for known, cells in _rows(passage):
                    made.found.setdefault(known, []).append(cells)
        return made


def nearest(passages: Iterable[Passage], span: Span) -> Passage | None:
    """The passage that a stretch of their file stands in, else the nearest one; None of none."""
    return min(passages, key=lambda one: _distance(one.span, span), default=None)


def _distance(one: Span, other: Span) -> tuple[int, int]:
    """How far apart two spans are, then how little of them is the same."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(-common, 0), -common


def _of_passage(passage: Passage) -> _Known:
    """All that is known of a passage but where it stands and the hash of its file."""
    return (passage.text, *_around(passage), passage.table and replace(passage.table, rows=()))


def _around(passage: Passage) -> _Known:
    dates = passage.page_date, passage.text_date, passage.publisher, passage.reporter
    return passage.role, passage.title, passage.section, passage.name, *dates


def _rows(passage: Passage) -> Iterator[tuple[_Known, tuple[Span, ...]]]:
    """Every row of a passage, all that is known of it, and where its cells stand."""
    table = passage.table
    for row in table.rows if table is not None else ():
        assert table is not None
        part = replace(table, rows=(row,))
        cells = tuple(part.cells(passage.text, passage.span.start))
        told = tuple(replace(cell, span=_NOWHERE) for cell in cells)
        yield (*_around(passage), table.name, table.sheet, told), tuple(cell.span for cell in cells)
