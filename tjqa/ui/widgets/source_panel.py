"""The source panel: a file, opened at the cited characters, with its title, a search, and how far one has read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from tjqa.documents import Span
from tjqa.results import SourceTable, SourceView
from tjqa.ui.keys import local, scrolling
from tjqa.ui.text.finding import Finding
from tjqa.ui.text.source_text import SourceText
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import in_room, one_line, shorten, shorten_name
from tjqa.ui.widgets.document_text import DocumentText

_LEAD_ROWS = 2
"""Rows kept above the cited span, so that it is read in its surroundings."""

_NUMBER = re.compile(r"\A\[\d+\] ")
"""Of a citation, before its title."""


class NothingCited(Message):
    """Another citation was wanted where there is none."""


class AsGrid(Message):
    """The table at hand is wanted as a grid."""


class OutlineWanted(Message):
    """The outline of the document is to be opened."""


@dataclass
class Found(Message):
    """Something was looked for in the document, and what came of it."""

    finding: Finding


@dataclass
class Stepped(Message):
    """The panel went to another citation of the answer."""

    span: Span


class SourcePanel(DocumentText, can_focus=True, inherit_bindings=False):
    """Shows one file; ▌ marks the cited rows, × the dropped ones; ← and → go from citation to citation, while
    something is looked for from match to match."""

    BINDINGS: ClassVar[list[BindingType]] = [
        local("source.next", "step(1)"),
        local("source.previous", "step(-1)"),
        local("source.outline", "outline"),
        *scrolling(),
        local("grid.text", "as_grid"),
    ]

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(texts, id)
        self._headings: Mapping[Span, str] = {}
        self._heading = ""
        self._current = 0

    def open(
        self,
        view: SourceView,
        marks: tuple[Span, ...] = (),
        headings: Mapping[Span, str] | None = None,
        heading: str = "",
        top: int | None = None,
    ) -> None:
        """Show a file at its span, or at row `top`.

        Args:
            view: the file.
            marks: answer spans to light up.
            headings: the cited spans, each with what stands on top of the panel while it is looked at.
            heading: the same while none of them is; "" for the name of the file.
            top: the row to stay at, of a file that is read again.
        """
        preface = self.texts("source_quote", quote=view.quote) if view.quote else ""
        self._headings, self._heading = headings or {}, heading
        self.source = SourceText(view, marks, tuple(self._headings), preface)
        if self.finding is not None:
            self.finding = Finding(self.source.shown, self.finding.wanted)
        spans = self.source.cited
        self._current = spans.index(self.source.span) if self.source.span in spans else 0
        self.aim(self._citation_row if top is None else lambda: top)
        self.tell()
        self.lay_out()
        self.call_after_refresh(self.fit)  # a panel just shown may get no Resize (LibraryPanel.fit)

    # --- what is told of it

    def speak(self) -> None:
        """Say the border in the language at hand."""
        if self.source is not None:
            self.tell()
            self.refresh()

    def tell(self) -> None:
        """On top what is read; below, which citation of the file this is and how far one has read."""
        if self.source is None:
            return
        room = max(self.size.width - 6, 20)
        heading = in_room(one_line(self._found_heading() or self.heading), room)
        name = shorten_name(one_line(self.source.view.path), room - 6)
        view = self.source.view
        told = [self.texts("quote_gone" if view.is_current else "source_changed")] if view.changed else []
        if not told and self.source.cited:
            told.append(self.texts("next_citation", index=self._current + 1, count=len(self.source.cited)))
        if rows := self.source.rows():
            told.append(f"{min(100 * (self.scroll_offset.y + self.size.height) // len(rows), 100)}%")
        self.border_title = Content(heading or self.texts("source_title", name=name))
        self.border_subtitle = Content(shorten(one_line(" · ".join(told)), room))

    @property
    def heading(self) -> str:
        """What stands on top of the citation looked at, "" for the name of the file."""
        span = self.source.span if self.source is not None else None
        return (self._headings.get(span) if span is not None else None) or self._heading

    def _found_heading(self) -> str:
        """The document and the line of the match looked at; "" where none is, or where it stands in the citation."""
        if self.source is None or self.finding is None or self.finding.current is None:
            return ""
        at, span, view = self.finding.current[0] - self.source.offset, self.source.span, self.source.view
        if at < 0 or (span is not None and span.start <= at < span.end):
            return ""
        line = view.text.count("\n", 0, at) + 1
        title = _NUMBER.sub("", self.heading.rpartition(" · ")[0]) or view.path
        return f"{title} · {self.texts('line', line=line)}"

    @property
    def is_cited(self) -> bool:
        """True when passages of an answer are read, not a document as it was opened in the library."""
        return bool(self._headings)

    @property
    def place(self) -> Span:
        """The citation looked at; where none is, an empty span where one reads."""
        if self.source is None:
            return Span(0, 0)
        span, at = self.source.span, max(self.top - self.source.offset, 0)
        is_meant = span is not None and (self.is_cited or self.source.view.table_at(span) is not None)
        return span if span is not None and is_meant else Span(at, at)

    @property
    def table(self) -> SourceTable | None:
        """The table of the citation looked at; where none is, the one at or below the place where one reads."""
        if self.source is None or not (tables := self.source.view.tables):
            return None
        if len(place := self.place):
            return self.source.view.table_at(place)
        return next((table for table in tables if table.row_from(place.start) is not None), tables[-1])

    # --- going to places

    def _citation_row(self) -> int:
        """The row to open at: the cited span, or the answer in it when that would stay below the window."""
        if self.source is None or self.source.span is None:
            return 0
        row = self.source.row_of(self.source.span.start)
        inside = [mark for mark in self.source.marks if self.source.span.covers(mark)]
        answer = self.source.row_of(inside[0].start) if inside else row
        if answer >= row + self.size.height - _LEAD_ROWS - 1:
            row = answer
        return max(row - _LEAD_ROWS, 0)

    def action_as_grid(self) -> None:
        """Ask for the table as a grid."""
        self.post_message(AsGrid())

    def action_outline(self) -> None:
        """Ask for the outline of the document."""
        self.post_message(OutlineWanted())

    def action_step(self, direction: int) -> None:
        """Go to the next or the previous citation in this file, around the end; while something is looked for, to the
        next or the previous match."""
        if self.finding is not None and self.finding.count:
            self.find_step(direction)
            return
        if self.source is None or not self.source.cited:
            self.post_message(NothingCited())
            return
        self._current = (self._current + direction) % len(self.source.cited)
        self.source.span = self.source.cited[self._current]
        self.tell()
        self.scroll_to(y=self._citation_row(), animate=False)
        self.refresh()
        self.post_message(Stepped(self.source.span))

    def go_to(self, offset: int) -> None:
        """Bring a shown character to the top of the window."""
        if self.source is not None:
            self.scroll_to(y=self.source.row_of(offset), animate=False)

    def find(self, wanted: str) -> None:
        """Look for something, from the place at hand on."""
        if self.source is None:
            return
        start = self.finding.current[0] if self.finding is not None and self.finding.current else self.top
        self.finding = Finding(self.source.shown, wanted)
        self.finding.start_from(start)
        self._show_found()

    def find_step(self, direction: int) -> None:
        """Go to the next match, or the one before."""
        if self.finding is not None:
            self.finding.step(direction)
            self._show_found()

    def end_finding(self) -> None:
        """Look for nothing any more."""
        self.finding = None
        self.tell()
        self.refresh()

    def _show_found(self) -> None:
        """Bring the match looked at into the window, with some rows above it."""
        if self.source is None or self.finding is None:
            return
        if self.finding.current is not None:
            row = self.source.row_of(self.finding.current[0])
            if not self.scroll_offset.y <= row < self.scroll_offset.y + self.size.height - 1:
                self.scroll_to(y=max(row - _LEAD_ROWS, 0), animate=False)
        self.tell()
        self.refresh()
        self.post_message(Found(self.finding))


def top_to_keep(panel: SourcePanel) -> int | None:
    """The row at the top of a panel, None while the cited span is in sight: then that is what is being read."""
    source, top = panel.source, panel.scroll_offset.y
    if source is None or source.span is None or not source.rows():
        return top
    return None if 0 <= source.row_of(source.span.start) - top < panel.size.height else top
