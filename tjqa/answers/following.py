"""An answer given earlier, looked up again after the index caught up with its documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tjqa.answers.notes import with_changed_files
from tjqa.answers.tables.statement import told_of
from tjqa.citations.library import Library
from tjqa.citations.locations import byte_range, cell_heads, place_name, position
from tjqa.citations.quote_search import moved, place_now
from tjqa.documents import SourceFile, Span
from tjqa.index.base import Index
from tjqa.results import Answer, AnswerCell, Citation

_OF_ALL_ROWS = ("extreme", "total", "count")
"""What is worked out from every row of a table: another figure in another row makes another answer."""


def followed(answer: Answer, library: Library, index: Index, folder: Path) -> Answer:
    """The answer as it was, each of its quotes where it stands now; those that stand nowhere any more say so.

    Args:
        answer: given from an older index.
        library: the documents as they are now.
        index: that caught up with them.
        folder: of the documents.
    """
    cells = answer.cells or (None,) * len(answer.best)
    best = tuple(_now(one, library, index, cell) for one, cell in zip(answer.best, cells, strict=True))
    if best != answer.best and any(one.operation in _OF_ALL_ROWS for one in answer.computed):
        best = tuple(_gone(citation) for citation in best)
    citations = tuple(_now(citation, library, index) for citation in answer.citations)
    if best == answer.best and citations == answer.citations:
        return answer
    return with_changed_files(replace(answer, best=best, citations=citations), folder)


def _now(citation: Citation, library: Library, index: Index, cell: AnswerCell | None = None) -> Citation:
    held = index.summary(citation.path)
    also = tuple(_now(other, library, index) for other in citation.also)
    if held is not None and held.sha256 == citation.sha256 and citation.unchanged and not citation.edited:
        return replace(citation, also=also) if also != citation.also else citation
    source = library.files.current(citation.path)
    here = None
    if source is not None and (cell is not None or citation.heads):
        here = _cell_now(citation, cell, source, index)
    elif source is not None:
        here = place_now(source.text, citation.span, citation.quote)
    if source is None or here is None:
        return replace(_gone(citation), unread=source is None, also=also)
    return replace(_placed(citation, source, here, library, index), also=also)


def _gone(citation: Citation) -> Citation:
    return replace(citation, line=0, column=0, place="", byte_range=None, unchanged=False, unread=False, edited=False)


def _cell_now(citation: Citation, told: AnswerCell | None, source: SourceFile, index: Index) -> Span | None:
    """Where a cell stands now with the same words, heads, unit, period and sheet in a row that is as it was: a figure
    that stands where it stood may be the figure of something else."""
    found: list[Span] = []
    for passage in index.passages_of(citation.path):
        table = passage.table
        for row in table.rows if table is not None and passage.sha256 == source.sha256 else ():
            assert table is not None
            cells = list(replace(table, rows=(row,)).cells(passage.text, passage.span.start))
            for cell in (one for one in cells if one.span.of(source.text) == citation.quote):
                if told is None:
                    same = cell_heads(passage, cell.span) == citation.heads
                else:
                    now = told_of(cell, cells, table.sheet)
                    same = now == replace(told, address=now.address, statement=now.statement, is_rival=False)
                found += [cell.span] if same else []
    return min(found, key=lambda span: abs(span.start - citation.span.start), default=None)


def _placed(citation: Citation, source: SourceFile, here: Span, library: Library, index: Index) -> Citation:
    """The citation at the place of its quote: as a passage of the index cites it, where one holds it."""
    marks = tuple(moved(mark, here.start - citation.span.start) for mark in citation.marks)
    for passage in index.passages_of(citation.path):
        if passage.span.start <= here.start and here.end <= passage.span.end:
            made = library.quote(citation.number, passage, here, marks)
            shown = replace(made, score=citation.score, contributions=citation.contributions, matched=citation.matched)
            return replace(shown, figures_differ=citation.figures_differ, words_differ=citation.words_differ)
    at = position(source.text, here.start)
    return replace(
        citation,
        sha256=source.sha256,
        span=here,
        marks=marks,
        line=at.line,
        column=at.column,
        place=place_name(source, here),
        byte_range=byte_range(source, here),
        unchanged=True,
        unread=False,
        edited=False,
    )
