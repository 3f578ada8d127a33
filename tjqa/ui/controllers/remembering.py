"""Keeping the conversation, the filters and the panel of each library, and taking them up again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tjqa.citations.judgements import FILE_NAME, Judgements
from tjqa.config import Settings
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.history import History
from tjqa.ui.kept.store import Kept
from tjqa.ui.state import AppState
from tjqa.ui.text.folders import folder_name
from tjqa.ui.view import View
from tjqa.ui.widgets.first_page import PageState


class Remembering:
    """What a library is left with, and found with again.

    Args:
        view: of the main screen.
        state: which library is open.
        kept: the files.
        asking: the conversation as it is.
        reading: the reader's marks.
        readiness: shows the first page.
        past: the questions of the library.
    """

    def __init__(
        self,
        view: View,
        state: AppState,
        kept: Kept,
        asking: Asking,
        reading: Reading,
        readiness: Readiness,
        past: History,
    ) -> None:
        self._view = view
        self._texts = view.texts
        self._state = state
        self._kept = kept
        self._asking = asking
        self._reading = reading
        self._readiness = readiness
        self._past = past
        self._is_switched = False
        self._is_found = False  # whether what was kept of the library has been taken up
        asking.changed = self._changed

    @property
    def _library(self) -> str:
        return str(self._state.settings.sources)

    def _changed(self) -> None:
        self.keep()
        self._readiness.filtered()

    def keep(self) -> None:
        """Keep everything of the library as it is now; nothing before that was looked at."""
        if not self._is_found:
            return
        panel = self._view.is_shown("library") if self._view.is_open else False
        filters = [one for one in self._asking.filters if one != self._kept.only]
        self._kept.libraries.remember(self._state.settings, filters, panel)
        if self._asking.turns:
            turns = [turn for _, turn in sorted(self._asking.turns.items())]
            self._kept.conversations.keep(self._library, turns)

    def found(self) -> None:
        """The library is open: take filters and panel up again, unless the reader was quicker."""
        if self._is_found:
            return
        known = self._kept.libraries.of(self._library)
        if not self._asking.filters and not self._view.conversation.cards:
            left = known.filters if known is not None else ()
            self._asking.filter(left if self._kept.only is None else (self._kept.only,))
            if known is not None and known.panel and not self._view.is_narrow:
                self._view.panel("library", True)
                self._view.after_refresh(self._view.library_panel.fit)
        self._is_found = True
        self.keep()
        if self._is_switched:
            self._view.notice(self._texts("opened", name=folder_name(self._library)))
            self._is_switched = False

    async def opening(self, settings: Settings) -> None:
        """Another library takes the place of the one that is open; what is asked already is asked of it."""
        self._is_found, self._is_switched, self._kept.only = False, True, None
        self._state.settings = settings
        self._state.status, self._state.deepening = None, None
        self._past.open(str(settings.sources))
        self._reading.open_library(Judgements(settings.embeddings / FILE_NAME))
        await self._asking.put_away(waiting_stay=True)
        self._view.panel("library", False)
        self._view.library_panel.show(())
        self._readiness.show_page(PageState(folder=self._library))
        self._readiness.show_example()
        self._readiness.suggest()

    async def resume(self, settings_of: Callable[[str], Settings | None]) -> None:
        """Go on with the last conversation: its questions are looked up again in the documents as they are now."""
        turns = self._kept.conversations.of(self._library)
        if not turns or self._view.conversation.cards:
            self._view.notice(self._texts("nothing_to_resume"))
            return
        there = [turn for turn in turns if not turn.library or Path(turn.library).is_dir()]
        await self._asking.ask_again([(turn, settings_of(turn.library)) for turn in there])
        self._view.notice(self._texts("resumed", count=len(there)))

    async def new(self) -> None:
        """A new conversation; the old one can be gone on with from the first page."""
        self.keep()
        await self._asking.put_away()
        self.keep()
        self._readiness.show_page(self._state.page)
        self._view.notice(self._texts("afresh"))

    async def clear(self) -> None:
        """Empty the conversation, and keep nothing of it but the history of questions."""
        await self._asking.put_away()
        self.keep()
        self._kept.conversations.keep(self._library, ())
        self._readiness.show_page(self._state.page)
        self._view.notice(self._texts("cleared"))
