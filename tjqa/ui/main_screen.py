"""The main screen: where the focus goes, what is typed outside the input, how far a page scrolls."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from tjqa.ui.text.strings import Texts
from tjqa.ui.view import View
from tjqa.ui.widgets.cards import AnswerCard, Conversation, FirstPage
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.completion import Completion
from tjqa.ui.widgets.figures_panel import FiguresPanel
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.lines import HintLine, KeyBar, OneLine, Wrapped
from tjqa.ui.widgets.question_box import FULL_WIDTH_BLANK, QUESTION_LIMIT, QuestionBox
from tjqa.ui.widgets.source_column import NoSuchLine, SourceColumn

SMALLEST = (40, 10)
"""Columns and rows below which nothing useful fits."""

ROOMY_FOOTER = 60
"""Columns below which the keys of the footer move together."""


def parts(texts: Texts) -> ComposeResult:
    """Top bar, library | conversation | source, hints, input, keys."""
    yield OneLine(id="status")
    with Horizontal(id="main"):
        yield LibraryPanel(texts, id="library")
        with Conversation(id="conversation"):
            yield FirstPage(texts, id="first")
        yield FiguresPanel(texts, id="figures")
        yield SourceColumn(texts, id="reading")
    yield HintLine(id="hint")
    yield ChipBar(texts)
    yield QuestionBox(id="question")
    yield Completion()
    yield KeyBar(texts)
    yield Wrapped(texts("too_small"), id="tiny")


class MainScreen(Screen[None]):
    """What needs no engine. Tab goes between the four regions instead of through every card.

    Args:
        view: of this screen.
        id: of the widget.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "region(1)", show=False),
        Binding("shift+tab", "region(-1)", show=False),
    ]
    AUTO_FOCUS = "#question"

    def __init__(self, view: View, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = view

    def on_resize(self, event: events.Resize) -> None:
        """Below the smallest size say so; the widgets underneath keep their state and the focus."""
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")
        for footer in self.query(KeyBar):
            footer.compact = event.size.width < ROOMY_FOOTER

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another part has the focus: other keys work."""
        if self.app.screen is self:
            self._view.turned_to(event.widget)
            self._view.hint_for(event.widget)
            self._show_offers()

    def on_question_box_offering(self) -> None:
        """Show what may be completed."""
        self._show_offers()
        self._view.hint_for(self.focused)

    def on_completion_picked(self, event: Completion.Picked) -> None:
        """One of them was clicked."""
        self._view.input.take_offer(event.number)

    def _show_offers(self) -> None:
        box, bottom = self._view.input, self.query_one(HintLine).region.y
        self.query_one(Completion).show(box.offers if box.has_focus else None, bottom, self.size.width)

    def action_region(self, direction: int) -> None:
        """Go round input, newest card, source, library, as far as they are shown."""
        regions = [region for region in self._regions() if region.focusable]
        here = next((i for i, region in enumerate(regions) if region is self.focused), None)
        if here is None and isinstance(self.focused, AnswerCard):
            here = 1
        elif here is None and self._view.is_reading:
            here = regions.index(self._view.reader)
        regions[((here or 0) + direction) % len(regions)].focus()

    def _regions(self) -> Iterable[Widget]:
        view = self._view
        yield view.input
        if view.conversation.cards and view.conversation.display:
            yield view.conversation.cards[-1]
        if view.is_shown("figures") and view.figures_panel.display:
            yield view.figures_panel
        if view.is_shown("source"):
            yield view.reader
        if view.is_shown("library"):
            yield view.library_panel.query_one(OptionList)

    def on_answer_card_move(self, event: AnswerCard.Move) -> None:
        """Go to the card above or below; scroll first while the card reaches out of the view that way."""
        view, card = self._view.conversation, event.card
        hidden = card.region.y < view.region.y if event.direction < 0 else card.region.bottom > view.region.bottom
        cards = view.cards
        index = cards.index(card) + event.direction
        if hidden:
            view.scroll_relative(y=event.direction * 3, animate=False)
        elif 0 <= index < len(cards):
            cards[index].focus()

    def on_question_box_page(self, event: QuestionBox.Page) -> None:
        """Scroll what is being read without leaving the input."""
        view = self._view
        target: Widget = view.conversation if view.conversation.region else view.reader
        target.scroll_relative(y=event.direction * max(target.size.height - 2, 1), animate=False)

    def on_question_box_cut(self, event: QuestionBox.Cut) -> None:
        """A paste did not fit: say so."""
        self._view.notice(self._view.texts("cut_question", limit=QUESTION_LIMIT, count=event.count))

    def on_grid_panel_as_text(self) -> None:
        """The document is wanted as a text."""
        self._view.panel("grid", False)
        self._view.reader.focus()

    def on_outline_panel_jump(self) -> None:
        """A part of the document is wanted, which is seen in its text."""
        self.on_grid_panel_as_text()

    def on_no_such_line(self, event: NoSuchLine) -> None:
        """The document is shorter: say so."""
        self._view.notice(self._view.texts("no_line", line=event.line, count=event.count))

    def on_nothing_cited(self) -> None:
        """Nothing in the document that is read was cited: say so."""
        self._view.notice(self._view.texts("nothing_cited"))

    def on_key(self, event: events.Key) -> None:
        """What is typed outside an input goes to the question; an input would have kept it to itself."""
        typed = " " if event.character == FULL_WIDTH_BLANK else event.character if event.is_printable else None
        if typed and event.key not in self.active_bindings:
            event.prevent_default()
            event.stop()
            self._view.input.focus()
            self._view.input.insert_text_at_cursor(typed)

    def on_paste(self, event: events.Paste) -> None:
        """So does what is pasted outside an input."""
        event.stop()
        self._view.input.focus()
        self._view.input.take(event.text)
