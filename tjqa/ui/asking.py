"""Asking: a line becomes a question with filters, a card, an answer; filters and the thread of talk carry on."""

from __future__ import annotations

from tjqa.citations.judgements import Judgements
from tjqa.errors import UsageError
from tjqa.index.filters import Filter
from tjqa.retrieval.query_syntax import exact_filters, join_filters, merged, split_filters, without
from tjqa.ui.background.messages import AnswerReady, AskFailed, Request
from tjqa.ui.history import History
from tjqa.ui.reading import ReadingActions
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.cards import AnswerCard, FirstPage
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.question_box import QuestionBox
from tjqa.ui.widgets.rows import Rows
from tjqa.ui.widgets.targets import AskSample, DoOffered, DropFilter, EditQuestion, FoldPassages, OpenCitation


class AskingActions(ReadingActions):
    """The conversation as it grows. Filters once typed stay for the next questions, as chips over the input."""

    def __init__(self, texts: Texts, past: History, judgements: Judgements) -> None:
        super().__init__(texts, past, judgements)
        self.filters: tuple[Filter, ...] = ()
        self._asked = 0

    def suggest(self) -> None:
        """Offer lines while typing; the app knows which."""
        raise NotImplementedError

    async def ask(self, line: str) -> None:
        """Take the filters out of a typed line, then ask what is left."""
        try:
            question, filters = split_filters(line)
        except UsageError as error:
            self.notice(str(error))
            return
        self.input.value = ""
        self.filter(merged(self.filters, filters))
        if question:
            self.past.add(line)
            await self.put(question, self.filters, line)
        else:
            self.notice(self.texts("filters_set"))

    async def put(self, question: str, filters: tuple[Filter, ...], line: str = "") -> None:
        """Put a card and queue the question; `line` is what was typed for it."""
        self._asked += 1
        wait = {"ready": "searching", "no_index": "waiting_index"}.get(self.page.kind, "waiting")
        wait = "waiting_index" if self.building and self.status is None else wait
        card = AnswerCard(self._asked, question, self.texts, self.texts(wait))
        card.line = line or question
        card.filters = (*filters, *exact_filters(question))
        self.main.query_one(FirstPage).display = self.page.kind in ("no_index", "failed") and not self.building
        self.panel("source", self.is_shown("source") and not self.main.has_class("-narrow"))
        await self.conversation.add(card)
        self.conversation.reveal(card)
        self.suggest()
        self.engine.ask(Request(card.number, question, filters))

    def card(self, number: int) -> AnswerCard | None:
        """The live card of a question."""
        return next((card for card in self.conversation.cards if card.number == number), None)

    def on_answer_ready(self, message: AnswerReady) -> None:
        """Fill the card that waits for it."""
        self.status = message.status
        self.show_status()
        self.session.append(message.answer)
        if (card := self.card(message.number)) is not None:
            if message.answer.question != card.question:
                self.past.replace(card.line, message.answer.question)
            card.judged(self.verdicts(message.answer))
            card.show(message.answer)
            self.conversation.reveal(card)

    def on_ask_failed(self, message: AskFailed) -> None:
        """The card says what failed; the question goes back into an empty input."""
        if (card := self.card(message.number)) is not None:
            card.fail(message.error)
            self.conversation.reveal(card)
            if not self.input.value:
                self.input.put(card.question)

    def on_question_box_recall(self, event: QuestionBox.Recall) -> None:
        """Go through past questions."""
        found = self.past.step(event.direction, self.input.value)
        if found is not None:
            self.input.put(found)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A row of a card or of the first page was chosen."""
        if isinstance(card := event.rows, AnswerCard):
            match event.target:
                case OpenCitation(number):
                    self.open_citation(card.answer, number)
                case FoldPassages():
                    card.action_fold()
                case EditQuestion():
                    self.edit(card)
                case DropFilter(index):
                    await self.ask_without(card, index)
        else:
            match event.target:
                case AskSample(number):
                    await self.ask(self.page.samples[number - 1])
                case DoOffered():
                    self.act()

    def act(self) -> None:
        """Do what the first page offers; the app knows how."""
        raise NotImplementedError

    # --- filters

    def filter(self, filters: tuple[Filter, ...]) -> None:
        """Set the filters of the next questions."""
        self.filters = filters
        self.main.query_one(ChipBar).show(filters)

    def on_chip_bar_removed(self, event: ChipBar.Removed) -> None:
        """A chip was clicked away."""
        self.filter(tuple(f for f in self.filters if f != event.filter_))

    def on_question_box_erase(self) -> None:
        """Backspace in an empty input takes the last chip away."""
        self.filter(self.filters[:-1])

    async def ask_without(self, card: AnswerCard, number: int) -> None:
        """Ask a card's question again without one of its filters."""
        if not 0 <= number < len(card.filters):
            return
        dropped = card.filters[number]
        kept = tuple(f for f in card.filters if f.kind != "exact")
        question, filters = without(card.searched, kept, dropped)
        self.filter(filters)
        await self.put(question, filters)

    # --- the thread of talk

    def do_edit(self, _: str) -> None:
        """Put the question really searched back into the input."""
        cards = self.conversation.cards
        card = self.focused if isinstance(self.focused, AnswerCard) else cards[-1] if cards else None
        if card is None:
            self.notice(self.texts("nothing_to_edit"))
        else:
            self.edit(card)

    def edit(self, card: AnswerCard) -> None:
        """Put a card's line, as searched, into the input."""
        kept = tuple(f for f in card.filters if f.kind != "exact")
        self.input.put(join_filters(card.searched, kept))
        self.input.focus()

    def do_new(self, _: str) -> None:
        """A new subject: no filters, and the next question follows none."""
        self.start_afresh()
        self.notice(self.texts("afresh"))

    def start_afresh(self) -> None:
        """Forget filters and the question before."""
        self.filter(())
        self.engine.forget()
