"""The window in which a quote that is to be kept, or was kept, gets its topic and note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label

from tjqa.citations.notebook.exporting import quoted
from tjqa.citations.notebook.parameters import MOST_NOTE, MOST_TOPIC
from tjqa.results import Citation
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.dialogs import CommandedScreen
from tjqa.ui.widgets.field import Field
from tjqa.ui.widgets.passage_text import heading, place
from tjqa.ui.widgets.rows import Row, Rows, styled, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE

_MOST_ROWS = 6
"""Rows of the quotes, without their places: enough to know them by."""

_MOST_QUOTES = 3
"""Quotes that are shown; of more it is said how many there are."""

_MOST_TOPICS = 5
"""Topics that are named where one is asked for."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the reader gave a quote."""

    topic: str
    note: str


class _QuoteText(Rows):
    def __init__(self, citations: Sequence[Citation], texts: Texts) -> None:
        super().__init__(id="excerpt-quote")
        self._citations = citations
        self._texts = texts

    def build_rows(self, width: int) -> Iterable[Row]:
        shown = self._citations[:_MOST_QUOTES]
        for citation in shown:
            yield from self._quote(citation, width, max(_MOST_ROWS // len(shown), 1))
        if more := len(self._citations) - len(shown):
            yield Row(styled(self._texts("excerpt_more", count=more), QUIET_STYLE))

    def _quote(self, citation: Citation, width: int, most: int) -> Iterable[Row]:
        rows = text_rows(one_line(quoted(citation)), width)
        if len(rows) > most:
            rows = [*rows[: most - 1], Row(rows[most - 1].content.truncate(width - 2).rstrip() + Content("…"))]
        yield from rows
        where = one_line(heading(citation, place(citation, self._texts)))
        yield from text_rows(where, width, [(0, len(where), QUIET_STYLE)])


class ExcerptScreen(CommandedScreen[Kept | None]):
    """Quote, topic, note; Enter keeps it, Esc does not.

    Args:
        citations: the quote, or all quotes of an answer.
        kept: its topic and note so far.
        topics: those there are, offered while typing.
        texts: in the language at hand.
        title: over the window, by its key.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        # Before an input has them: what is typed behind such a key is meant for the other input.
        Binding("down", "app.focus_next", show=False, priority=True),
        Binding("up", "app.focus_previous", show=False, priority=True),
    ]
    AUTO_FOCUS = "#excerpt-note"

    def __init__(
        self, citations: Sequence[Citation], kept: Kept, topics: Sequence[str], texts: Texts, title: str
    ) -> None:
        super().__init__()
        self._citations = citations
        self._kept = kept
        self._topics = [topic for topic in topics if topic]
        self._texts = texts
        self._heading = title

    def compose(self) -> ComposeResult:
        """One window."""
        texts = self._texts
        with Vertical(id="excerpt", classes="dialog") as window:
            window.border_title = Content(f" {texts(self._heading)} ")
            window.border_subtitle = Content(f" {texts('excerpt_keys')} ")
            yield _QuoteText(self._citations, texts)
            yield Label(texts("excerpt_note_label"), markup=False)
            note = one_line(self._kept.note)
            yield Field(note, placeholder=texts("excerpt_note_hint"), max_length=MOST_NOTE, id="excerpt-note")
            yield Label(texts("excerpt_topic_label"), markup=False)
            yield Field(
                self._kept.topic,
                placeholder=self._topic_hint(),
                max_length=MOST_TOPIC,
                suggester=SuggestFromList(self._topics, case_sensitive=False) if self._topics else None,
                id="excerpt-topic",
            )

    def _topic_hint(self) -> str:
        if not self._topics:
            return self._texts("excerpt_topic_hint")
        between = "、" if self._texts.language == "zh" else ", "
        return self._texts("excerpt_topic_known", topics=one_line(between.join(self._topics[:_MOST_TOPICS])))

    def on_input_submitted(self) -> None:
        """Enter keeps it."""
        topic, note = self.query_one("#excerpt-topic", Input).value, self.query_one("#excerpt-note", Input).value
        # A note of several lines is shown on one, and stays what it is unless it was changed.
        self.dismiss(Kept(topic, self._kept.note if note == one_line(self._kept.note) else note))

    def command(self, action: str) -> None:
        """The key that opened the window keeps it, too."""
        if action == "excerpt":
            self.on_input_submitted()
