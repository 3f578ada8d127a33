"""Asking: a line becomes a question with filters, a card, an answer; filters and the thread of talk carry on."""

from __future__ import annotations

from tjqa.errors import TjqaError, UsageError
from tjqa.index.filters import Filter
from tjqa.results import Answer
from tjqa.retrieval.query_syntax import exact_filters, join_filters, merged, split_filters, unknown_filters, without
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import AnswerReady, Request
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.history import History
from tjqa.ui.state import AppState
from tjqa.ui.view import View
from tjqa.ui.widgets.cards import CARDS_KEPT, AnswerCard


class Asking:
    """The conversation as it grows. Filters once typed stay for the next questions, as chips over the input.

    Args:
        view: of the main screen.
        state: whether questions can be answered; its status is renewed with every answer.
        engine: answers them.
        past: questions typed so far.
        readiness: shows the first page and the top bar.
        reading: knows the reader's marks.
    """

    def __init__(
        self,
        view: View,
        state: AppState,
        engine: EngineThread,
        past: History,
        readiness: Readiness,
        reading: Reading,
    ) -> None:
        self.filters: tuple[Filter, ...] = ()
        self.session: list[Answer] = []
        self._view = view
        self._texts = view.texts
        self._state = state
        self._engine = engine
        self._past = past
        self._readiness = readiness
        self._reading = reading
        self._asked = 0
        self._cleared = 0  # of the questions asked, those before the conversation was last cleared

    async def ask(self, line: str) -> None:
        """Take the filters out of a typed line, then ask what is left."""
        try:
            question, filters = split_filters(line)
        except UsageError as error:
            self._past.add(line)
            self._view.input.give_back(line)
            self._view.notice(self._texts.of(error.whole))
            return
        self.filter(merged(self.filters, filters))
        if unknown := unknown_filters(line):
            self._view.notice(self._texts("filter_unknown", names=" ".join(f"{name}:" for name in unknown)))
        if question:
            self._past.add(line)
            await self._put(question, self.filters, line)
        else:
            self._view.notice(self._texts("filters_set"))

    async def ask_without(self, card: AnswerCard, index: int) -> None:
        """Ask a card's question again without its filter at `index`; nothing happens when there is none."""
        if not 0 <= index < len(card.filters):
            return
        dropped = card.filters[index]
        kept = tuple(f for f in card.filters if f.kind != "exact")
        question, filters = without(card.searched, kept, dropped)
        self.filter(filters)
        await self._put(question, filters)

    async def ask_instead(self, card: AnswerCard, question: str) -> None:
        """Ask another question with a card's filters."""
        self._past.add(question)
        await self._put(question, tuple(f for f in card.filters if f.kind != "exact"))

    async def _put(self, question: str, filters: tuple[Filter, ...], line: str = "") -> None:
        """Put a card and queue the question; `line` is what was typed for it."""
        view = self._view
        self._asked += 1
        number = self._asked - self._cleared
        card = AnswerCard(self._asked, question, self._texts, self._texts(self._waits_for()), number)
        card.line = line or question
        card.filters = (*filters, *exact_filters(question))
        stuck = self._state.page.kind in ("no_index", "failed")
        view.first_page.display = stuck and not self._state.is_building
        view.panel("source", view.is_shown("source") and not view.main.has_class("-narrow"))
        if await view.conversation.add(card) and number == CARDS_KEPT + 1:
            view.notice(self._texts("oldest_gone", count=CARDS_KEPT))
        view.conversation.reveal(card)
        self._readiness.suggest()
        self._engine.ask(Request(card.number, question, filters))

    def _waits_for(self) -> str:
        """The text, by key, that says what a new card waits for."""
        if self._state.is_building and self._state.status is None:
            return "waiting_index"
        return {"ready": "searching", "no_index": "waiting_index"}.get(self._state.page.kind, "waiting")

    def answered(self, message: AnswerReady) -> None:
        """Fill the card that waits for the answer."""
        if not self._view.is_open:
            return
        answer = message.answer
        self._state.status = message.status
        self._readiness.show_status()
        self.session.append(answer)
        if (card := self._view.conversation.card(message.number)) is not None:
            if answer.question != card.question:
                self._past.replace(card.line, answer.question)
            card.judged(self._reading.verdicts(answer))
            card.show(answer)
            self._view.conversation.reveal(card)

    def failed(self, number: int, error: TjqaError) -> None:
        """The card says what failed; the question goes back into an empty input."""
        if not self._view.is_open:
            return
        if (card := self._view.conversation.card(number)) is not None:
            card.fail(error)
            self._view.conversation.reveal(card)
            if not self._view.input.value:
                self._view.input.put(card.question)

    def answer_at_hand(self) -> Answer | None:
        """The answer of the card in focus, else the newest of the session."""
        card = self._view.focused_card
        if card is not None and card.answer is not None:
            return card.answer
        return self.session[-1] if self.session else None

    # --- filters

    def filter(self, filters: tuple[Filter, ...]) -> None:
        """Set the filters of the next questions."""
        if filters and filters != self.filters:
            self._engine.count(filters)
        self.filters = filters
        self._view.show_filters(filters)

    def drop(self, filter_: Filter) -> None:
        """Take one filter away."""
        self.filter(tuple(f for f in self.filters if f != filter_))

    def drop_last(self) -> None:
        """Take the last filter away."""
        self.filter(self.filters[:-1])

    # --- the thread of talk

    def edit_newest(self) -> None:
        """Put the question really searched, of the card in focus, else of the newest, back into the input."""
        cards = self._view.conversation.cards
        card = self._view.focused_card
        if card is None and cards:
            card = cards[-1]
        if card is None:
            self._view.notice(self._texts("nothing_to_edit"))
        else:
            self.edit(card)

    def edit(self, card: AnswerCard) -> None:
        """Put a card's line, as searched, into the input."""
        kept = tuple(f for f in card.filters if f.kind != "exact")
        self._view.input.put(join_filters(card.searched, kept, self._texts.language))
        self._view.input.focus()

    def new(self) -> None:
        """A new subject: no filters, and the next question follows none."""
        self._start_afresh()
        self._view.notice(self._texts("afresh"))

    async def clear(self) -> None:
        """Empty the conversation: back to the first page; the next question follows none."""
        self._start_afresh()
        self.session.clear()
        self._cleared = self._asked
        await self._view.conversation.remove_children("AnswerCard, Note")
        self._view.panel("source", False)
        self._readiness.show_page(self._state.page)
        self._view.notice(self._texts("cleared"))

    def _start_afresh(self) -> None:
        self.filter(())
        self._engine.forget()
