"""Asking: a line becomes a question with filters, a card, an answer; filters and the thread of talk carry on."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.config import Settings
from tjqa.errors import TjqaError, UsageError
from tjqa.index.filters import Filter
from tjqa.results import Answer
from tjqa.retrieval.query_syntax import exact_filters, join_filters, merged, split_filters, unknown_filters, without
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import AnswerReady, Request
from tjqa.ui.controllers.filtering import Filtering
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.history import History
from tjqa.ui.kept.conversations import Turn
from tjqa.ui.state import AppState
from tjqa.ui.view import View
from tjqa.ui.widgets.cards import CARDS_KEPT, AnswerCard


class Asking(Filtering):
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
        super().__init__(view, engine)
        self.turns: dict[int, Turn] = {}
        self._answers: dict[int, Answer] = {}
        self._state = state
        self._past = past
        self._readiness = readiness
        self._reading = reading
        self._asked = 0
        self._cleared = 0  # of the questions asked, those before the conversation was last cleared

    @property
    def session(self) -> list[Answer]:
        """The answers of the conversation, in the order of their questions."""
        return [answer for _, answer in sorted(self._answers.items())]

    async def ask(self, line: str, libraries: Sequence[Settings | None] = (None,), typed: str = "") -> None:
        """Take the filters out of a line, then ask what is left.

        Args:
            line: as typed, less what names libraries.
            libraries: those that are asked, each with a card of its own; None is the one that is open.
            typed: all that was typed, where that is more than the line.
        """
        typed = typed or line
        try:
            question, filters = split_filters(line)
        except UsageError as error:
            self._past.add(typed)
            self._view.input.give_back(typed)
            self._view.notice(self._texts.of(error.whole))
            return
        if unknown := unknown_filters(line):
            self._view.notice(self._texts("filter_unknown", names=" ".join(f"{name}:" for name in unknown)))
        # What is filtered in another library is for this question alone.
        here = merged(self.filters, filters) if None in libraries else self.filters
        self.filter(here)
        if question:
            self._past.add(typed)
            for library in libraries:
                await self._put(question, here if library is None else filters, typed, library)
        else:
            self._view.notice(self._texts("filters_set"))

    async def ask_without(self, card: AnswerCard, index: int) -> None:
        """Ask a card's question again without its filter at `index`; nothing happens when there is none."""
        if not 0 <= index < len(card.filters):
            return
        dropped = card.filters[index]
        kept = tuple(f for f in card.filters if f.kind != "exact")
        question, filters = without(card.searched, kept, dropped)
        if card.library is None:
            self.filter(filters)
        await self._put(question, filters, library=card.library)

    async def ask_instead(self, card: AnswerCard, question: str) -> None:
        """Ask another question with a card's filters."""
        self._past.add(question)
        await self._put(question, tuple(f for f in card.filters if f.kind != "exact"), library=card.library)

    async def ask_again(self, turns: Sequence[tuple[Turn, Settings | None]]) -> None:
        """Put the questions of an earlier conversation back, to be looked up in the documents as they are now."""
        requests = []
        for turn, library in turns:
            card = await self._add(turn.question, turn.filters, self._texts("looking_up_again"), "", library)
            card.line = ""  # nothing was typed: the history stays as it is
            self.turns[card.number] = turn
            requests.append(Request(card.number, turn.question, turn.filters, library, is_whole=True))
        self._engine.ask_again(requests)

    async def _put(
        self, question: str, filters: tuple[Filter, ...], line: str = "", library: Settings | None = None
    ) -> None:
        """Put a card and queue the question; `line` is what was typed for it."""
        card = await self._add(question, filters, self._texts(self._waits_for()), line, library)
        self._readiness.suggest()
        self._engine.ask(Request(card.number, question, filters, library))

    async def _add(
        self, question: str, filters: tuple[Filter, ...], wait: str, line: str, library: Settings | None
    ) -> AnswerCard:
        view = self._view
        self._asked += 1
        number = self._asked - self._cleared
        card = AnswerCard(self._asked, question, self._texts, wait, number)
        card.line = line or question
        card.library = library
        card.filters = (*filters, *exact_filters(question))
        stuck = self._state.page.kind in ("no_index", "failed")
        view.first_page.display = stuck and not self._state.is_building
        view.to_conversation()
        if await view.conversation.add(card) and number == CARDS_KEPT + 1:
            view.notice(self._texts("oldest_gone", count=CARDS_KEPT))
        view.conversation.reveal(card)
        return card

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
        if message.status is not None:
            self._state.status = message.status
            self._readiness.show_status()
        if message.number <= self._cleared:
            return  # of a conversation that was put away meanwhile
        self._answers[message.number] = answer
        if (card := self._view.conversation.card(message.number)) is not None:
            whole = answer.question if answer.question != card.question else card.line
            if card.line:
                self._past.answered(card.line, whole, answer.strength != "none", answer.strength == "possible")
            kept = tuple(f for f in card.filters if f.kind != "exact")
            self.turns[card.number] = Turn(answer.question, kept, answer.strength != "none", answer.library)
            self.changed()
            card.judged(self._reading.verdicts(answer))
            card.show(answer)
            self._view.conversation.reveal(card)
            self._view.hint_for(self._view.focused)

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
        """The answer that is read or looked at, else the newest of the session."""
        return self._view.answer_at_hand or (self.session[-1] if self._answers else None)

    # --- the thread of talk

    def edit_at_hand(self) -> None:
        """Put the question really searched, of the card in focus, else of the one looked at, back into the input."""
        if (card := self._view.conversation.meant(answered=False)) is None:
            self._view.notice(self._texts("nothing_to_edit"))
        else:
            self.edit(card)

    def edit(self, card: AnswerCard) -> None:
        """Put a card's line, as searched, into the input."""
        kept = tuple(f for f in card.filters if f.kind != "exact")
        self._view.input.put(join_filters(card.searched, kept, self._texts.language))
        self._view.input.focus()

    async def put_away(self, waiting_stay: bool = False) -> None:
        """Empty the screen of the conversation; the next question follows none and is filtered by nothing.

        Args:
            waiting_stay: keep the cards that still wait for an answer.
        """
        if not waiting_stay:
            self._engine.forget()
        self._cleared = self._asked
        self._answers.clear()
        self.turns.clear()
        stay = [card for card in self._view.conversation.cards if waiting_stay and not card.is_settled]
        if stay:
            self._cleared = stay[0].number - 1
        await self._view.conversation.keep_only(stay)
        self._view.hint_for(self._view.focused)
        self.filters = ()
        self._view.show_filters(())
        self._view.to_conversation(alone=True)
