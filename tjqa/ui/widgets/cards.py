"""What the conversation is made of: the first page, answer cards, notes. One widget each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.actions import SkipAction
from textual.await_remove import AwaitRemove
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import AwaitMount, Widget

from tjqa.config import Settings
from tjqa.errors import TjqaError
from tjqa.index.filters import Filter
from tjqa.results import NEAREST, Answer
from tjqa.ui.keys import DIGITS, local
from tjqa.ui.text.folders import folder_name
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.card_text import (
    answer_rows,
    failure_rows,
    filter_rows,
    library_rows,
    question_rows,
    searched_rows,
)
from tjqa.ui.widgets.first_page import PageState, page_rows
from tjqa.ui.widgets.passage_text import CardView
from tjqa.ui.widgets.rows import Row, Rows, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE
from tjqa.ui.widgets.targets import DropFilter, OpenCitation
from tjqa.ui.widgets.typed_number import TypedNumber

CARDS_KEPT = 50
"""Live cards; older ones stay in the history."""


class FirstPage(Rows):
    """What is shown before the first question."""

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.state = PageState()

    def show(self, state: PageState) -> None:
        """Tell another state."""
        self.state = state
        self.changed()

    def build_rows(self, width: int) -> Iterable[Row]:
        """The page at a width."""
        return page_rows(self.state, self.texts, width)


class AnswerCard(Rows, can_focus=True):
    """One question and what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        local("card.open", "open"),
        local("card.fold", "fold"),
        local("card.unfilter", "unfilter"),
        *(local(digit.id, f"digit({number})") for number, digit in enumerate(DIGITS, 1)),
        Binding("0,０", "digit(0)", show=False),
        local("card.previous", "move(-1)"),
        local("card.next", "move(1)"),
    ]

    @dataclass
    class Move(Message):
        """The reader goes to the card above (-1) or below (1)."""

        card: AnswerCard
        direction: int

    def __init__(self, number: int, question: str, texts: Texts, wait: str, shown: int) -> None:
        super().__init__(classes="card")
        self.number = number
        self.question = question
        self.texts = texts
        self.wait = wait
        self.answer: Answer | None = None
        self.error: TjqaError | None = None
        self.expanded = False
        self.line = question
        self.filters: tuple[Filter, ...] = ()
        self.library: Settings | None = None  # that is asked, where it is not the one that is open
        self.verdicts: dict[int, bool] = {}
        self.opened = 0
        self._typed = TypedNumber(self.set_timer, self._choose)
        self.today = date.today()
        self.border_title = Content(f" {shown} ")

    @property
    def searched(self) -> str:
        """The question really searched: of a follow-up, the whole question it stands for."""
        return self.answer.question if self.answer is not None else self.question

    @property
    def is_settled(self) -> bool:
        """Whether it waits for nothing any more."""
        return self.answer is not None or self.error is not None

    def waiting(self, text: str) -> None:
        """Say what the card waits for."""
        self.wait = text
        self.changed()

    def show(self, answer: Answer) -> None:
        """Fill in the answer."""
        self.answer, self.error = answer, None
        self.changed()

    def judged(self, verdicts: dict[int, bool]) -> None:
        """Show the reader's marks on passages."""
        self.verdicts = verdicts
        self.changed()

    def mark_opened(self, number: int) -> None:
        """Show which passage is open in the source panel; 0 for none."""
        if number != self.opened:
            self.opened = number
            self.changed()

    def fail(self, error: TjqaError) -> None:
        """Fill in what went wrong."""
        self.error = error
        self.changed()

    def build_rows(self, width: int) -> Iterable[Row]:
        """Question, then answer, error or what is waited for."""
        view = CardView(width, self.expanded, self.texts, self.today, self.verdicts, self.opened)
        yield from question_rows(self.question, view)
        if self.searched != self.question:
            yield from searched_rows(self.searched, view)
        if self.library is not None:
            yield from library_rows(folder_name(str(self.library.sources)), view)
        yield from filter_rows(self.filters, view)
        if self.answer is not None:
            yield from answer_rows(self.answer, view)
        elif self.error is not None:
            yield from failure_rows(self.error, view)
        else:
            yield from text_rows(self.wait, width, [(0, len(self.wait), QUIET_STYLE)], "    ")

    def changed(self) -> None:
        """Lay out again; below an answer the keys for it."""
        number = self.answer.best[0].number if self.answer is not None and self.answer.strength != "none" else 0
        open_it = self.texts.keys_of(f"card.{number}")[0] if number in range(1, 10) else f"{number} Enter"
        self.border_subtitle = Content(f" {self.texts('card_keys', open=open_it)} " if number else "")
        super().changed()

    def action_fold(self) -> None:
        """Unfold or fold the passages."""
        self.expanded = not self.expanded
        self.changed()

    def action_unfilter(self) -> None:
        """Ask again without the last filter."""
        self.post_message(self.Chosen(self, DropFilter(len(self.filters) - 1)))

    def action_digit(self, digit: int) -> None:
        """Choose the citation of a digit, of two that follow each other where so many are shown."""
        if not self._typed.add(digit, self._shown_numbers()):
            raise SkipAction

    def action_open(self) -> None:
        """Choose the citation whose number was begun, else the first."""
        self._choose(self._typed.begun or 1)

    def on_blur(self) -> None:
        """What was begun here does not open when the reader is elsewhere."""
        self._typed.forget()

    def _shown_numbers(self) -> list[int]:
        if self.answer is None:
            return []
        shown = self.answer.citations if self.expanded else self.answer.best
        return [citation.number for citation in (shown if self.answer.best else shown[:NEAREST])]

    def _choose(self, number: int) -> None:
        """Of the card that is looked at, where this one was scrolled out of view."""
        self._typed.forget()
        meant = self.parent.meant(answered=False) if isinstance(self.parent, Conversation) else None
        self.post_message(self.Chosen(meant or self, OpenCitation(number)))

    def action_move(self, direction: int) -> None:
        """Go to another card."""
        self.post_message(self.Move(self, direction))


class Conversation(VerticalScroll, can_focus=False):
    """The cards, newest last."""

    _opened: tuple[Answer, int] | None = None

    @property
    def opened(self) -> Answer | None:
        """The answer of which the source panel shows a passage, if it does."""
        return self._opened[0] if self._opened is not None else None

    def open(self, answer: Answer | None, number: int) -> None:
        """Remember which passage of which answer the source panel shows, and mark it in its card."""
        self._opened = (answer, number) if answer is not None else None
        self.mark_opened(True)

    def mark_opened(self, is_shown: bool) -> None:
        """Mark the passage that the source panel shows, as long as that `is_shown`."""
        for card in self.cards:
            is_of = is_shown and self._opened is not None and card.answer is self._opened[0]
            card.mark_opened(self._opened[1] if is_of and self._opened is not None else 0)

    @property
    def cards(self) -> list[AnswerCard]:
        """All live cards, oldest first."""
        return list(self.query(AnswerCard))

    @property
    def answers(self) -> list[Answer]:
        """All answers on the screen, oldest first."""
        return [card.answer for card in self.cards if card.answer is not None]

    def card(self, number: int) -> AnswerCard | None:
        """The live card of question `number`."""
        return next((card for card in self.cards if card.number == number), None)

    async def add(self, card: AnswerCard) -> bool:
        """Append a card; beyond `CARDS_KEPT` the oldest goes. Returns whether one had to go."""
        oldest = self.cards[: -(CARDS_KEPT - 1)]
        for old in oldest:
            await old.remove()
        await self.put(card)
        return bool(oldest)

    def keep_only(self, cards: Sequence[AnswerCard]) -> AwaitRemove:
        """Remove everything but the first page and these cards."""
        return self.remove_children(
            [child for child in self.children if not isinstance(child, FirstPage) and child not in cards]
        )

    def put(self, widget: Widget) -> AwaitMount:
        """Append a widget; nothing when the app ends and its screen has gone already."""
        return self.mount(widget) if self.is_attached else AwaitMount(self, ())

    def reveal(self, card: AnswerCard) -> None:
        """After the next layout, bring the card into view, its beginning first when it is taller than the view."""

        def scroll(again: bool) -> None:
            self.scroll_to_widget(card, animate=False, top=card.size.height > self.size.height)
            if again:  # a card that was just filled may have been as high as before, and not reached to its end
                self.call_after_refresh(scroll, False)

        self.call_after_refresh(scroll, True)

    @property
    def in_view(self) -> AnswerCard | None:
        """The card in focus, else the newest one, of those that can be seen."""
        seen = [card for card in self.cards if self._rows_seen(card)]
        return next((card for card in seen if card.has_focus), seen[-1] if seen else None)

    def meant(self, answered: bool) -> AnswerCard | None:
        """The card that a command means: the one in focus; else, of those that can be seen, the newest one whose lower
        border with the keys is seen; else the one that fills most of the view; the newest where none can be seen.

        Args:
            answered: only those that have an answer, and the one in focus.
        """
        cards = [card for card in self.cards if card.has_focus or card.answer is not None or not answered]
        seen = [card for card in cards if self._rows_seen(card)]
        if (focused := next((card for card in seen if card.has_focus), None)) is not None:
            return focused
        bottom = self.scroll_offset.y + self.size.height
        ended = [card for card in seen if card.virtual_region.bottom <= bottom]
        most = max(seen, key=self._rows_seen, default=None)
        return ended[-1] if ended else most or (cards[-1] if cards else None)

    def _rows_seen(self, card: AnswerCard) -> int:
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        return max(int(min(card.virtual_region.bottom, bottom) - max(card.virtual_region.y, top)), 0)


class Note(Rows):
    """Something the app says in the conversation, to be read again later."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(classes="note")
        self.lines = tuple(lines)

    def build_rows(self, width: int) -> Iterable[Row]:
        """Its lines."""
        for line in self.lines:
            yield from text_rows(one_line(line), width, lead="· ")
