"""The library panel: which documents there are, what was kept and dropped of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tjqa.documents import DropReason
from tjqa.reports import SourceSummary
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten, shorten_name
from tjqa.ui.widgets.card_text import QUIET_STYLE
from tjqa.ui.widgets.rows import Row, Rows, styled, text_rows

MOST_DETAILS = 6
"""Rows of reasons below the list."""

ASK_AGAIN = 0.1
"""Seconds until a panel being shown looks again whether it has been laid out."""

MOST_LISTED = 300
"""Documents listed at a time; with 2,000 a key in the filter takes 0.2 s."""


def summary_title(summary: SourceSummary, texts: Texts, width: int) -> str:
    """The title of a page's first article, and how many the page holds, in at most `width` columns."""
    title = next((one_line(title) for title, _ in summary.articles if title), one_line(summary.path))
    count = len(summary.articles)
    more = texts("library_articles", count=count) if count > 1 else ""
    return shorten(title, width - cells(more)) + more


def summary_date(summary: SourceSummary) -> str | None:
    """The newest date of a page's articles."""
    return max((day for _, day in summary.articles if day), default=None)


class _Details(Rows):
    """What was left out of a document, and why."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="library-details")
        self._texts = texts
        self._summary: SourceSummary | None = None

    def show(self, summary: SourceSummary | None) -> None:
        """Tell about another document."""
        self._summary = summary
        self.changed()

    def build_rows(self, width: int) -> Iterable[Row]:
        """Reasons with their characters, most first."""
        if self._summary is None or not self._summary.dropped:
            return []
        sizes: Counter[DropReason] = Counter()
        for dropped in self._summary.dropped:
            sizes[dropped.reason] += len(dropped.span)
        reasons = " · ".join(f"{self._texts.left_out(reason)} {size}" for reason, size in sizes.most_common())
        text = self._texts("library_dropped", reasons=reasons)
        return text_rows(text, width, [(0, len(text), QUIET_STYLE)])[:MOST_DETAILS]


class LibraryPanel(Vertical):
    """A filter and a list; Enter or a click opens a document."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    @dataclass
    class Picked(Message):
        """A document was chosen."""

        path: str

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.summaries: tuple[SourceSummary, ...] = ()
        self._made_for = 0

    def action_move(self, direction: int) -> None:
        """Move the cursor of the list while the filter has the focus."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def compose(self) -> ComposeResult:
        """Filter above list."""
        yield Input(placeholder=self.texts("library_filter"), select_on_focus=False, id="library-filter")
        yield OptionList(id="library-list", markup=False)
        yield _Details(self.texts)

    @property
    def highlighted(self) -> str | None:
        """The path of the row under the cursor."""
        row = self.query_one(OptionList).highlighted_option
        return row.id if row is not None else None

    def speak(self) -> None:
        """Say everything in the language at hand."""
        self.query_one(Input).placeholder = self.texts("library_filter")
        self._fill(self.query_one(Input).value)

    def show(self, summaries: Sequence[SourceSummary]) -> None:
        """List `summaries`."""
        self.summaries = tuple(summaries)
        self._fill(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the filter opens the document under the cursor."""
        event.stop()
        if self.highlighted:
            self.post_message(self.Picked(self.highlighted))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Below the list, what was left out of the document under the cursor."""
        event.stop()
        self.query_one(_Details).show(next((s for s in self.summaries if s.path == event.option.id), None))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chosen document."""
        event.stop()
        if event.option.id:
            self.post_message(self.Picked(event.option.id))

    def on_resize(self) -> None:
        """Cut the rows to the new width."""
        self.fit()

    def fit(self) -> None:
        """Cut the rows to the width at hand, if they were made for another.

        For a panel shown while a layout is under way Textual may send no Resize (once in a hundred times on a busy
        machine): who shows it calls this after the next refresh, and it asks again until there is a width.
        """
        if self.display and not self.size.width:
            self.set_timer(ASK_AGAIN, self.fit)
        elif self.size.width != self._made_for:
            self._fill(self.query_one(Input).value)

    def _fill(self, wanted: str) -> None:
        self._made_for = self.size.width
        words = wanted.lower().split()
        found = [s for s in self.summaries if all(word in _searched(s) for word in words)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._prompt(summary), id=summary.path) for summary in found[:MOST_LISTED]])
        if len(found) > MOST_LISTED:
            more = self.texts("library_more", count=len(found) - MOST_LISTED)
            options.add_option(Option(styled(more, QUIET_STYLE), disabled=True))
        if found:
            options.highlighted = 0
        else:
            self.query_one(_Details).show(None)
            options.add_option(Option(styled(self.texts("library_empty"), QUIET_STYLE), disabled=True))
        self.border_title = Content(f" {self.texts('library_title', count=len(found))} ")

    def _prompt(self, summary: SourceSummary) -> Content:
        width = max(self.size.width - 5, 20)
        texts = self.texts
        facts = texts(
            "library_row",
            date=summary_date(summary) or texts("undated"),
            passages=summary.passages,
            kept=summary.kept,
            dropped=summary.characters - summary.kept,
        )
        return Content("\n").join(
            [
                styled(summary_title(summary, texts, width), "bold"),
                styled(shorten_name(one_line(summary.path), width), ""),
                styled(shorten(facts, width), QUIET_STYLE),
            ]
        )


def _searched(summary: SourceSummary) -> str:
    parts = [summary.path, *(title for title, _ in summary.articles), *(day or "" for _, day in summary.articles)]
    return " ".join(parts).lower()
