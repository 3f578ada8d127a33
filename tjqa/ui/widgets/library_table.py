"""The library as a table: one row a document, a row of heads above that sorts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tjqa.reports import SkippedFile, SourceSummary
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten, shorten_name
from tjqa.ui.widgets.library_rows import MARKER_WIDTH, sign, summary_date, summary_title
from tjqa.ui.widgets.rows import styled
from tjqa.ui.widgets.styles import QUIET_STYLE, WARN_STYLE

SortBy = Literal["date", "title", "file"]
SORTS: tuple[SortBy, ...] = ("date", "title", "file")

TABLE_FROM = 90
"""Columns from which on a document has one row: those of a window of 100 less borders and blanks."""

_DATE, _NUMBER, _STATE = 12, 6, 10

_ASIDE = 5
"""Columns of the panel beside a row: the blanks at its ends, the scrollbar."""


def rows_width(panel: int) -> int:
    """How wide the rows are in a panel of some columns; the heads stand over them by it."""
    return max(panel - _ASIDE, 20)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths of what is not fixed: title and file share what is left."""

    title: int
    file: int

    @classmethod
    def of(cls, width: int) -> _Columns:
        left = width - MARKER_WIDTH - _DATE - 2 * _NUMBER - _STATE - 2
        file = min(max(left // 3, 26), 40)
        return cls(left - file, file)


def _filled(text: str, width: int) -> str:
    return text + " " * max(width - cells(text), 0)


def _right(text: str, width: int) -> str:
    return " " * max(width - cells(text), 0) + text


def document_row(
    summary: SourceSummary, texts: Texts, width: int, is_open: bool, is_selected: bool, is_stale: bool
) -> Content:
    """Date, title, articles, passages, file, state."""
    columns = _Columns.of(width)
    date = styled(_filled(summary_date(summary) or "——", _DATE), QUIET_STYLE)
    title = styled(_filled(summary_title(summary, texts, columns.title - 2), columns.title), "bold")
    counts = _right(f"{max(len(summary.articles), 1):,}", _NUMBER - 2) + _right(f"{summary.passages:,}", _NUMBER + 2)
    file = _filled(shorten_name(one_line(summary.path), columns.file - 1), columns.file)
    state = styled(texts("state_stale"), WARN_STYLE) if is_stale else styled("", "")
    return sign(is_open, is_selected) + date + title + styled(f"{counts}  {file}", QUIET_STYLE) + state


def unread_row(file: SkippedFile, texts: Texts, width: int) -> Content:
    """A file that gave no text, and why, on a row."""
    name = shorten_name(one_line(file.path), _Columns.of(width).title)
    lead = " " * MARKER_WIDTH + _filled("——", _DATE) + f"✗ {name}  "
    why = shorten(texts("library_unread", why=one_line(texts.of(file.reason))), max(width - cells(lead), 10))
    return styled(lead, "") + styled(why, WARN_STYLE)


class TableHead(Widget):
    """The heads of the columns; a click on one sorts by it."""

    @dataclass
    class Clicked(Message):
        """Sort by this."""

        sort: SortBy

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="library-head")
        self.texts = texts
        self.sort: SortBy = "date"
        self.is_reversed = False

    def show(self, sort: SortBy, is_reversed: bool) -> None:
        """Sorted by another column."""
        self.sort, self.is_reversed = sort, is_reversed
        self.refresh()

    def _named(self, sort: SortBy) -> str:
        downward = (sort == "date") != self.is_reversed
        name = {"date": "column_date", "title": "column_title", "file": "column_file"}[sort]
        return self.texts(name) + ("" if sort != self.sort else "▼" if downward else "▲")

    def render(self) -> Content:
        """Heads over their columns; where a document has several rows, side by side."""
        width = rows_width(self.outer_size.width)
        if width < TABLE_FROM:
            return Content("  ".join(self._named(sort) for sort in SORTS))
        columns = _Columns.of(width)
        articles, passages = self.texts("column_articles"), self.texts("column_passages")
        counts = _right(articles, _NUMBER - 2) + _right(passages, _NUMBER + 2)
        lead = " " * MARKER_WIDTH + _filled(self._named("date"), _DATE) + _filled(self._named("title"), columns.title)
        return Content(f"{lead}{counts}  {_filled(self._named('file'), columns.file)}{self.texts('column_state')}")

    def on_click(self, event: events.Click) -> None:
        """Sort by the head under the pointer."""
        event.stop()
        offset = event.get_content_offset(self)
        shown = self.render().plain
        starts = {shown.index(self._named(sort)): sort for sort in SORTS}
        if offset is None:
            return
        before = [at for at in starts if cells(shown[:at]) <= offset.x + 1]
        if before:
            self.post_message(self.Clicked(starts[max(before)]))
