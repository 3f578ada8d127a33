"""Whether questions can be answered: the engine being opened, the first page, the top bar."""

from __future__ import annotations

from dataclasses import replace

from tjqa.errors import IndexMissing, IndexUnusable, TjqaError
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import EngineReady, FoundFiles
from tjqa.ui.history import History
from tjqa.ui.kept.store import Kept
from tjqa.ui.state import AppState
from tjqa.ui.text.folders import folder_name
from tjqa.ui.view import View
from tjqa.ui.widgets.first_page import PageKind, PageState, is_without_folder
from tjqa.ui.widgets.overview import Overview, overview_of

_MOST_OFFERED = 3
"""Libraries of before that a page offers where the one wanted is not there."""


class Readiness:
    """What the reader sees of an engine that loads, is ready, or cannot be.

    Args:
        view: of the main screen.
        state: page and status, both set here.
        engine: opened again when it could not be.
        past: questions to suggest while typing.
        kept: libraries and conversations to go on with.
    """

    def __init__(self, view: View, state: AppState, engine: EngineThread, past: History, kept: Kept) -> None:
        self._kept = kept
        self._overview: Overview | None = None
        self._view = view
        self._texts = view.texts
        self._state = state
        self._engine = engine
        self._past = past

    def show_page(self, page: PageState) -> None:
        """Show the first page in a state; a ready one gives way to the cards."""
        page = self._with_kept(page)
        self._state.page = page
        first, conversation = self._view.first_page, self._view.conversation
        first.show(page if page.samples is None else replace(page, samples=self.offered))
        stuck = page.kind in ("no_index", "failed")
        first.display = not self._state.is_building if stuck else not conversation.cards
        if first.display and stuck:
            conversation.scroll_home(animate=False)
        self.show_status()

    def _with_kept(self, page: PageState) -> PageState:
        """With what of before can be gone on with."""
        others = [known.folder for known in self._kept.libraries.all() if known.folder != page.folder]
        turns = self._kept.conversations.of(page.folder)
        return replace(page, recent=tuple(others[:_MOST_OFFERED]), resumable=len(turns))

    def show_status(self) -> None:
        """The top bar: name, library, warning, counts, index."""
        status = self._state.status
        parts = [self._texts("name"), folder_name(str(self._state.settings.sources)), *self._warnings()]
        if self._state.is_building and not self._state.is_quiet:
            parts.append(self._texts("index_building" if status is None else "index_updating"))
        if status is not None:
            articles = self._overview.articles if self._overview is not None else status.documents
            counted = {"files": status.documents, "articles": articles, "passages": status.passages}
            parts += [self._texts("counts", **counted), self._texts("index_date", date=status.built[:10])]
            if self._state.deepening is not None:
                key = "recognizing" if self._state.deepening_phase == "phase_recognize" else "deepening"
                parts.append(self._texts(key, percent=self._state.deepening))
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
        if is_without_folder(self._state.page.error):
            return self._texts("no_folder_title")
        return self._texts("model_loading" if self._state.page.kind == "loading" else "model_failed")

    @property
    def offered(self) -> tuple[str, ...]:
        """The samples to be offered: none while filters are in force, which they were not tried with."""
        return () if self._view.is_narrowed else self._state.page.samples or ()

    def filtered(self) -> None:
        """Other filters are in force."""
        if self._view.is_open and self._state.page.kind == "ready" and self._view.first_page.display:
            self.show_page(self._state.page)
            self.show_example()

    def show_example(self) -> None:
        """An example in the empty input."""
        samples = self.offered
        plain = self._texts("placeholder_plain")
        self._view.input.example(self._texts("placeholder", example=samples[0]) if samples else plain)

    def suggest(self) -> None:
        """Offer past questions, samples and titles while typing."""
        summaries = self._view.library_panel.summaries
        titles = [title for summary in summaries for title, _ in summary.articles if title]
        candidates = [*reversed(self._past.questions), *(self._state.page.samples or ()), *titles]
        self._view.input.candidates = candidates

    def ready(self, message: EngineReady) -> None:
        """Questions can be answered now."""
        if not self._view.is_open:
            return
        self._state.status = message.status
        self._overview = overview_of(message.sources)
        self._view.library_panel.show(message.sources, message.status.skipped, message.status.stale)
        self.show_page(PageState("ready", folder=self._state.page.folder, overview=self._overview))
        self.suggest()

    def sampled(self, samples: tuple[str, ...]) -> None:
        """There are questions to offer, or none."""
        if self._view.is_open and self._state.page.kind == "ready":
            self.show_page(replace(self._state.page, samples=samples))
            self.show_example()
            self.suggest()

    def surveyed(self, found: FoundFiles) -> None:
        """It is known what a folder without an index holds."""
        if self._view.is_open and self._state.page.kind == "no_index":
            self.show_page(replace(self._state.page, found=found))

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
