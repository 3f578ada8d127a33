"""The terminal app: questions in, cards out; handlers of what the engine thread and the widgets post."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from textual.filter import LineFilter
from textual.widgets import Input

from tjqa.citations.judgements import FILE_NAME, Judgements
from tjqa.config import Settings, preferences_file
from tjqa.errors import IndexMissing, IndexUnusable
from tjqa.ui.asking import AskingActions
from tjqa.ui.background.engine_thread import Backend, EngineThread, RealBackend
from tjqa.ui.background.index_process import Builder
from tjqa.ui.background.lifeline import end_with_server
from tjqa.ui.background.messages import EngineFailed, EngineReady
from tjqa.ui.commands import is_command
from tjqa.ui.history import History
from tjqa.ui.history import default_path as history_path
from tjqa.ui.language import Language
from tjqa.ui.log_file import log_to_file
from tjqa.ui.preferences import Preferences, load
from tjqa.ui.text.ambiguous import CertainWidth
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.cards import FirstPage, Note
from tjqa.ui.widgets.first_page import PageState
from tjqa.ui.widgets.lines import OneLine

_FULL_WIDTH = str.maketrans("１２３４５６７８９", "123456789")


class TjqaApp(AskingActions):
    """tjqa in a terminal.

    Args:
        settings: where documents, index and model are.
        backend: where the engine comes from.
        past: questions of earlier sessions.
        preferences: theme, language, keys.
        log_file: named when something unexpected happens.
    """

    def __init__(
        self,
        settings: Settings,
        backend: Backend,
        past: History,
        preferences: Preferences | None = None,
        log_file: str = "",
    ) -> None:
        self.preferences = preferences or Preferences()
        super().__init__(
            Texts(self.preferences.language, self.preferences.keys), past, Judgements(settings.embeddings / FILE_NAME)
        )
        self._certain_width = [CertainWidth()] if self.preferences.ambiguous_wide else []
        self.settings = settings
        self.engine = EngineThread(settings, self.post_message, backend, log_file)
        self.builder = Builder(self.post_message, partial(backend.build, settings), self.engine.reopen)
        self.page = PageState(folder=str(settings.sources))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to every painted row."""
        return [*super().get_line_filters(), *self._certain_width]

    def on_mount(self) -> None:
        """Paint first, load after."""
        self.prefer(self.preferences)
        self.suggest()
        self.show_page(self.page)
        self.call_after_refresh(self.engine.start)

    def prefer(self, preferences: Preferences) -> None:
        """Set theme and keys; say what of the settings was not understood."""
        problems = list(preferences.problems)
        self.set_keymap(preferences.keys)
        if preferences.theme in self.available_themes:
            self.theme = str(preferences.theme)
        elif preferences.theme is not None:
            known = "、".join(sorted(self.available_themes))
            problems.append(self.texts("theme_unknown", name=preferences.theme, names=known))
        if problems:
            self.conversation.mount(Note(problems))

    # --- the first page and the top bar

    def show_page(self, state: PageState) -> None:
        """Show the first page in a state; a ready one gives way to the cards."""
        self.page = state
        first = self.main.query_one(FirstPage)
        first.show(state)
        stuck = state.kind in ("no_index", "failed")
        first.display = not self.building if stuck else not self.conversation.cards
        if first.display and state.kind in ("no_index", "failed"):
            self.conversation.scroll_home(animate=False)
        self.show_status()

    def show_status(self) -> None:
        """The top bar: name, warning, counts, model, index."""
        texts, status = self.texts, self.status
        parts = [texts("name")]
        if status is not None and status.stale:
            parts.append(texts("stale_chip", count=len(status.stale)))
        elif status is not None and status.due:
            parts.append(texts("due_chip"))
        if self.building:
            parts.append(texts("index_building"))
        if status is not None:
            parts.append(texts("counts", documents=status.documents, passages=status.passages))
            parts += [texts("model_ready"), texts("index_date", date=status.built[:10])]
        elif self.building:
            pass
        elif isinstance(self.page.error, IndexMissing):
            parts.append(texts("index_none"))
        else:
            parts.append(texts("model_loading" if self.page.kind == "loading" else "model_failed"))
        bar = self.main.query_one("#status", OneLine)
        bar.set_class(status is not None and bool(status.stale or status.due), "-warn")
        bar.say("   ".join(parts))

    def speak(self, language: Language) -> None:
        """The top bar and the example are ours to say."""
        super().speak(language)
        self.show_status()
        self.show_example()

    def show_example(self) -> None:
        """An example in the empty input."""
        samples = self.page.samples
        plain = self.texts("placeholder_plain")
        self.input.example(self.texts("placeholder", example=samples[0]) if samples else plain)

    def suggest(self) -> None:
        """Offer past questions, samples and titles while typing."""
        titles = [title for s in self.library_panel.summaries for title, _ in s.articles if title]
        self.input.suggestions.candidates = [*reversed(self.past.questions), *self.page.samples, *titles]

    def on_engine_ready(self, message: EngineReady) -> None:
        """Questions can be answered now."""
        self.status = message.status
        self.library_panel.show(message.sources)
        self.show_page(PageState("ready", message.samples, folder=self.page.folder))
        self.show_example()
        self.suggest()

    def on_engine_failed(self, message: EngineFailed) -> None:
        """Say why, and offer what helps: building the index, or trying again."""
        self.status = None
        buildable = isinstance(message.error, IndexUnusable)
        self.show_page(PageState("no_index" if buildable else "failed", error=message.error, folder=self.page.folder))
        for card in self.conversation.cards:
            if buildable and card.answer is None and card.error is None:
                card.waiting(self.texts("waiting_index"))

    # --- asking

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """A command, a digit for a citation or a sample, a question, or Enter alone for what the page offers."""
        if event.input is not self.input:
            return
        line = event.value.strip()
        digit = line.translate(_FULL_WIDTH)
        if not line:
            self.act()
        elif is_command(line):
            await self.run_line(line)
        elif len(digit) == 1 and digit in "123456789":
            self.input.value = ""
            await self.choose_number(int(digit))
        else:
            await self.ask(line)

    def act(self) -> None:
        """Enter on an empty line: build, try again, or say that a question is missing."""
        if self.page.kind == "no_index":
            self.start_build(rebuild=not isinstance(self.page.error, IndexMissing))
        elif self.page.kind == "failed":
            self.show_page(PageState(folder=self.page.folder))
            self.engine.reopen()
        else:
            self.notice(self.texts("empty_question"))

    async def choose_number(self, number: int) -> None:
        """A lone digit: a sample on the first page, a citation afterwards."""
        if self.conversation.cards:
            self.open_newest(number)
        elif number <= len(self.page.samples):
            await self.ask(self.page.samples[number - 1])
        else:
            self.notice(self.texts("no_citation", number=number))

    async def restart_conversation(self) -> None:
        """Back to the first page; the next question follows none."""
        self.start_afresh()
        self.session.clear()
        await self.conversation.remove_children("AnswerCard, Note")
        self.panel("source", False)
        self.show_page(self.page)


def run(settings: Settings) -> int:
    """Run the app until the user leaves; the exit code."""
    if "TEXTUAL_DRIVER" in os.environ:  # in the browser
        end_with_server()
    log_file = log_to_file()
    preferences = load(preferences_file())
    past = History(history_path() if preferences.history else None)
    app = TjqaApp(settings, RealBackend(str(log_file or "")), past, preferences, str(log_file or ""))
    return app.run() or app.return_code or 0
