"""What was typed or clicked goes to whom it concerns."""

from __future__ import annotations

from tjqa.errors import IndexMissing, UsageError
from tjqa.ui.commands import is_command
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.building import Building
from tjqa.ui.controllers.commands import Commands
from tjqa.ui.controllers.libraries import Libraries
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.remembering import Remembering
from tjqa.ui.history import History
from tjqa.ui.state import AppState
from tjqa.ui.text.greetings import small_talk
from tjqa.ui.view import View
from tjqa.ui.widgets.cards import AnswerCard
from tjqa.ui.widgets.targets import (
    AskInstead,
    AskSample,
    ChooseFolder,
    DoOffered,
    DropFilter,
    EditQuestion,
    FoldPassages,
    OpenCitation,
    OpenDocument,
    OpenKnown,
    Resume,
    Target,
)

_MOST_DIGITS = 2
"""Digits that a line of nothing else may have to be the number of a passage."""


class Choosing:
    """Takes a submitted line, a row chosen on a card, a row chosen on the first page.

    Args:
        view: of the main screen.
        state: what the first page offers.
        readiness: tries again to open the engine.
        building: builds the index.
        reading: opens citations.
        asking: asks questions.
        commands: does typed commands.
        libraries: opens and names them.
        remembering: goes on with the last conversation.
        past: where a line that is not understood is kept.
    """

    def __init__(
        self,
        view: View,
        state: AppState,
        readiness: Readiness,
        building: Building,
        reading: Reading,
        asking: Asking,
        commands: Commands,
        libraries: Libraries,
        remembering: Remembering,
        past: History,
    ) -> None:
        self._view = view
        self._state = state
        self._readiness = readiness
        self._building = building
        self._reading = reading
        self._asking = asking
        self._commands = commands
        self._libraries = libraries
        self._remembering = remembering
        self._past = past

    async def submitted(self, value: str) -> None:
        """A command, a digit for a citation or a sample, a question, or Enter alone for what the page offers."""
        line = value.strip()
        if not line:
            self._do_offered()
        elif is_command(line):
            await self._commands.run_line(line)
        elif line.isdecimal() and len(line) <= _MOST_DIGITS and self._is_number(int(line)):
            await self._number(int(line))
        elif (said := small_talk(line)) is not None:
            on_page = self._view.first_page.display  # they stand there already
            await self._view.greet(said, () if on_page else self._readiness.offered)
        else:
            await self._ask(line)

    async def _ask(self, line: str) -> None:
        try:
            rest, libraries = self._libraries.named(line)
        except UsageError as error:
            self._past.add(line)
            self._view.input.give_back(line)
            self._view.notice(self._view.texts.of(error.message))
            return
        await self._asking.ask(rest, libraries, line)

    def _is_number(self, number: int) -> bool:
        """Whether a typed number is meant as one: of one digit always, of two when the answer at hand has a passage of
        it."""
        answer = self._view.answer_at_hand
        return 0 < number < 10 or (answer is not None and any(c.number == number for c in answer.citations))

    async def _number(self, number: int) -> None:
        """A lone digit: a sample on the first page, a citation afterwards."""
        samples = self._readiness.offered
        if self._view.conversation.cards:
            self._reading.open_at_hand(number)
        elif number <= len(samples):
            await self._asking.ask(samples[number - 1])
        else:
            self._view.notice(self._view.texts("no_citation", number=number))

    def _do_offered(self) -> None:
        """Build, try again, or say that a question is missing."""
        page = self._state.page
        if page.kind == "no_index" and page.found is not None and not page.found.count:
            self._readiness.retry()
        elif page.kind == "no_index":
            self._building.start(rebuild=not isinstance(page.error, IndexMissing))
        elif page.kind == "failed":
            self._readiness.retry()
        else:
            self._view.notice(self._view.texts("empty_question"))

    async def on_card(self, card: AnswerCard, target: Target) -> None:
        """A row of a card was chosen, or the key for it."""
        match target:
            case OpenCitation(number):
                self._reading.open_citation(card.answer, number)
            case FoldPassages():
                card.action_fold()
            case EditQuestion():
                self._asking.edit(card)
            case AskInstead(question):
                await self._asking.ask_instead(card, question)
            case DropFilter(index):
                await self._asking.ask_without(card, index)

    async def on_page(self, target: Target) -> None:
        """A row of the first page was chosen."""
        match target:
            case AskSample(number):
                samples = self._readiness.offered
                if number <= len(samples):  # of another library by now
                    await self._asking.ask(samples[number - 1])
            case DoOffered():
                self._do_offered()
            case OpenDocument(path):
                self._reading.open_file(path)
            case Resume():
                await self._remembering.resume(self._libraries.settings_of)
            case ChooseFolder():
                self._libraries.choose("")
            case OpenKnown(folder):
                self._libraries.open(folder)
