"""The library panel: which documents there are, what was kept and dropped of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tjqa.records import SourceSummary
from tjqa.ui.card_text import QUIET_STYLE
from tjqa.ui.rows import styled
from tjqa.ui.strings import Texts
from tjqa.ui.wrap import one_line, shorten, shorten_name


def summary_title(summary: SourceSummary, texts: Texts) -> str:
    """The title of a page's first article, and how many more it holds."""
    titles = [title for title, _ in summary.articles if title]
    if not titles:
        return summary.path
    rest = len(summary.articles) - 1
    return texts("library_articles", title=titles[0], count=rest) if rest else titles[0]


def summary_date(summary: SourceSummary) -> str | None:
    """The newest date of a page's articles."""
    return max((day for _, day in summary.articles if day), default=None)


class LibraryPanel(Vertical):
    """A filter and a list; Enter or a click opens a document."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "list", show=False)]

    @dataclass
    class Picked(Message):
        """A document was chosen."""

        path: str

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.summaries: tuple[SourceSummary, ...] = ()

    def action_list(self) -> None:
        """From the filter down into the list."""
        self.query_one(OptionList).focus()

    def compose(self) -> ComposeResult:
        """Filter above list."""
        yield Input(placeholder=self.texts("library_filter"), select_on_focus=False, id="library-filter")
        yield OptionList(id="library-list", markup=False)

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
        """Enter in the filter opens the first document left."""
        event.stop()
        options = self.query_one(OptionList)
        if options.option_count and (first := options.get_option_at_index(0).id):
            self.post_message(self.Picked(first))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chosen document."""
        event.stop()
        if event.option.id:
            self.post_message(self.Picked(event.option.id))

    def on_resize(self) -> None:
        """Cut the rows to the new width."""
        self._fill(self.query_one(Input).value)

    def _fill(self, wanted: str) -> None:
        words = wanted.lower().split()
        found = [s for s in self.summaries if all(word in _searched(s) for word in words)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._prompt(summary), id=summary.path) for summary in found])
        if not found:
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
                styled(shorten(one_line(summary_title(summary, texts)), width), "bold"),
                styled(shorten_name(one_line(summary.path), width), ""),
                styled(shorten(facts, width), QUIET_STYLE),
            ]
        )


def _searched(summary: SourceSummary) -> str:
    parts = [summary.path, *(title for title, _ in summary.articles), *(day or "" for _, day in summary.articles)]
    return " ".join(parts).lower()
