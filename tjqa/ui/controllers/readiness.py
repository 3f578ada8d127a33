"""Whether questions can be answered: the engine being opened, the first page, the top bar."""

from __future__ import annotations

from tjqa.errors import IndexMissing, IndexUnusable, SourcesError, TjqaError
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import EngineReady
from tjqa.ui.history import History
from tjqa.ui.state import AppState
from tjqa.ui.view import View
from tjqa.ui.widgets.first_page import PageKind, PageState


class Readiness:
    """What the reader sees of an engine that loads, is ready, or cannot be.

    Args:
        view: of the main screen.
        state: page and status, both set here.
        engine: opened again when it could not be.
        past: questions to suggest while typing.
    """

    def __init__(self, view: View, state: AppState, engine: EngineThread, past: History) -> None:
        self._view = view
        self._texts = view.texts
        self._state = state
        self._engine = engine
        self._past = past

    def show_page(self, page: PageState) -> None:
        """Show the first page in a state; a ready one gives way to the cards."""
        self._state.page = page
        first, conversation = self._view.first_page, self._view.conversation
        first.show(page)
        stuck = page.kind in ("no_index", "failed")
        first.display = not self._state.is_building if stuck else not conversation.cards
        if first.display and stuck:
            conversation.scroll_home(animate=False)
        self.show_status()

    def show_status(self) -> None:
        """The top bar: name, warning, counts, model, index."""
        status = self._state.status
        parts = [self._texts("name"), *self._warnings()]
        if self._state.is_building and not self._state.is_quiet:
            parts.append(self._texts("index_building"))
        if status is not None:
            parts.append(self._texts("counts", documents=status.documents, passages=status.passages))
            parts += [self._texts("model_ready"), self._texts("index_date", date=status.built[:10])]
            if self._state.deepening is not None:
                parts.append(self._texts("deepening", percent=self._state.deepening))
        elif not self._state.is_building:
            parts.append(self._why_there_is_no_engine())
        self._view.top_bar("   ".join(parts), warn=bool(self._warnings()))

    def _warnings(self) -> list[str]:
        status = self._state.status
        if status is not None and status.stale:
            return [self._texts("stale_chip", count=len(status.stale))]
        if status is not None and status.due:
            return [self._texts("due_chip")]
        return []

    def _why_there_is_no_engine(self) -> str:
        if isinstance(self._state.page.error, IndexMissing):
            return self._texts("index_none")
        if isinstance(self._state.page.error, SourcesError):
            return self._texts("folder_missing")
        return self._texts("model_loading" if self._state.page.kind == "loading" else "model_failed")

    def show_example(self) -> None:
        """An example in the empty input."""
        samples = self._state.page.samples
        plain = self._texts("placeholder_plain")
        self._view.input.example(self._texts("placeholder", example=samples[0]) if samples else plain)

    def suggest(self) -> None:
        """Offer past questions, samples and titles while typing."""
        summaries = self._view.library_panel.summaries
        titles = [title for summary in summaries for title, _ in summary.articles if title]
        candidates = [*reversed(self._past.questions), *self._state.page.samples, *titles]
        self._view.input.candidates = candidates

    def ready(self, message: EngineReady) -> None:
        """Questions can be answered now."""
        if not self._view.is_open:
            return
        self._state.status = message.status
        self._view.library_panel.show(message.sources, message.status.skipped)
        self.show_page(PageState("ready", message.samples, folder=self._state.page.folder))
        self.show_example()
        self.suggest()

    def failed(self, error: TjqaError) -> None:
        """Say why, and offer what helps: building the index, or trying again."""
        if not self._view.is_open:
            return
        self._state.status = None
        buildable = isinstance(error, IndexUnusable)
        kind: PageKind = "no_index" if buildable else "failed"
        self.show_page(PageState(kind, error=error, folder=self._state.page.folder))
        for card in self._view.conversation.cards:
            if buildable and card.answer is None and card.error is None:
                card.waiting(self._texts("waiting_index"))

    def retry(self) -> None:
        """Load index and model again."""
        self.show_page(PageState(folder=self._state.page.folder))
        self._engine.reopen()
