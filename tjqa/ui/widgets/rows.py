"""A widget made of screen rows that knows how to wrap, to be clicked and to be copied; cards and pages are such.

One widget a card, whatever it holds: Textual pays per widget, not per row (2,000 cards of several widgets took
94 s to mount, one widget each took 0.4 s for the fifty that are kept).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.content import Content, Span
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.widget import Widget

from tjqa.ui.text.wrap import cells, wrap
from tjqa.ui.widgets.targets import Target

_CITATION_MARK = re.compile(r" \[\d+\]\Z")

Mark = tuple[int, int, str]
"""Start, end and style of a part of a text."""


@dataclass(frozen=True, slots=True)
class Row:
    """One screen row: what it shows, what a click on it chooses, whether it continues the row above."""

    content: Content
    target: Target | None = None
    continues: bool = False


def text_rows(
    text: str, width: int, marks: Iterable[Mark] = (), lead: str = "", target: Target | None = None
) -> list[Row]:
    """`text` (one displayable line) as rows of at most `width` columns, all but the first indented like `lead`.

    A citation mark at its end never stands alone on a row.
    """
    indent = cells(lead)
    marks = list(marks)
    rows: list[Row] = []
    mark = _CITATION_MARK.search(text)
    for start, end in wrap(text, width - indent, len(mark[0]) if mark else 0):
        prefix = " " * indent if rows else lead
        moved = [
            Span(len(prefix) + max(s, start) - start, len(prefix) + min(e, end) - start, style)
            for s, e, style in marks
            if s < end and e > start
        ]
        rows.append(Row(Content(prefix + text[start:end], moved), target, bool(rows)))
    return rows


def styled(text: str, style: str) -> Content:
    """`text` in one style, never read as markup."""
    return Content(text, [Span(0, len(text), style)] if style else [])


def joined(rows: Iterable[Row], selection: Selection) -> str:
    """The selected text without the line breaks that only the width of the window made."""
    parts: list[str] = []
    for y, row in enumerate(rows):
        span = selection.get_span(y)
        if span is None:
            continue
        plain = row.content.plain
        start, end = span[0], len(plain) if span[1] == -1 else span[1]
        piece = plain[start:end]
        if parts and row.continues:
            parts.append(piece.lstrip())
        else:
            parts.append(("\n" if parts else "") + piece)
    return "".join(parts)


class Rows(Widget):
    """Shows what `build_rows` returns for the width at hand; a click on a row with a target posts `Chosen`."""

    @dataclass
    class Chosen(Message):
        """A row was clicked, or chosen with a key."""

        rows: Rows
        target: Target

        @property
        def control(self) -> Rows:
            """The widget it happened in."""
            return self.rows

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._built: tuple[int, tuple[Row, ...]] | None = None

    def build_rows(self, width: int) -> Iterable[Row]:
        """The rows at `width` columns; to be overridden."""
        raise NotImplementedError

    def rows_at(self, width: int) -> tuple[Row, ...]:
        """`build_rows`, kept until the width or the content changes."""
        if self._built is None or self._built[0] != width:
            self._built = (width, tuple(self.build_rows(width)))
        return self._built[1]

    def changed(self) -> None:
        """Forget the rows and lay out again."""
        self._built = None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One row each."""
        return len(self.rows_at(width))

    def render(self) -> Content:
        """All rows; the style `text-wrap: nowrap` keeps them as they are."""
        rows = self.rows_at(self.content_size.width) if self.content_size.width else ()
        return Content("\n").join(row.content for row in rows)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as the document has it."""
        return joined(self.rows_at(self.content_size.width), selection), "\n"

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked row's target, unless the click ended a drag over text."""
        offset = event.get_content_offset(self)
        if offset is None or self.text_selection is not None:
            return
        rows = self.rows_at(self.content_size.width)
        if offset.y < len(rows) and (target := rows[offset.y].target) is not None:
            event.stop()
            self.post_message(self.Chosen(self, target))
