"""Keeping quotes: into the notebook, out of it again, as a file. What is shown of it was just looked up in the
documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import quoted, state_of
from tjqa.citations.notebook.file import Removed
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.results import Answer, Citation
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.controllers.excerpt_files import ExcerptFiles
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.sharing import Sharing, pasted_source
from tjqa.ui.services import AppServices
from tjqa.ui.state import AppState
from tjqa.ui.view import View
from tjqa.ui.widgets.excerpt_dialog import ExcerptScreen, Kept
from tjqa.ui.widgets.notebook_screen import NotebookScreen, Wish
from tjqa.ui.widgets.passage_text import cited_places

if TYPE_CHECKING:
    from tjqa.citations.notebook.notebook import Notebook

_Result = TypeVar("_Result")


class Excerpting:
    """The commands of the notebook. All reading and writing is done beside the screen, one thing after the other.

    Args:
        view: of the main screen.
        services: windows, and work beside the screen.
        engine: cites what is selected, opens places.
        reading: knows the citation at hand.
        sharing: the clipboard.
        state: which library is open, with its documents and its notebook.
    """

    def __init__(
        self,
        view: View,
        services: AppServices,
        engine: EngineThread,
        reading: Reading,
        sharing: Sharing,
        state: AppState,
    ) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._engine = engine
        self._reading = reading
        self._sharing = sharing
        self._state = state
        self._files = ExcerptFiles(view, services)
        self._opened: Notebook | None = None
        self._opened_of: Path | None = None
        self._one_at_a_time = asyncio.Lock()
        self._topic: str | None = None
        self._removed: list[Removed] = []

    def handlers(self) -> dict[str, Handler]:
        """The commands that are done here."""
        return {"excerpt": self.keep, "excerpts": lambda _: self.show(), "copy": lambda _: self.copy()}

    async def _with(self, work: Callable[[Notebook], _Result]) -> _Result:
        """Do something with the notebook in another thread, where it is not busy."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(lambda: work(self._notebook()))

    def _notebook(self) -> Notebook:
        settings = self._state.settings
        if self._opened is None or self._opened_of != settings.sources:
            from tjqa.citations.notebook.notebook import Notebook  # with it comes all that reads documents

            self._opened, self._opened_of = Notebook.of(settings), settings.sources
        return self._opened

    # --- keeping

    def keep(self, argument: str) -> None:
        """Keep what is selected in the source, else the quote that is read, else the answer of the card at hand."""
        if not argument and (selected := self._selected()) is not None:
            self._engine.cite(*selected, "keep")
        elif (citation := self._at_hand(argument)) is not None:
            self._services.start(self._keep(citation), group="excerpt")

    def copy(self) -> None:
        """Copy: of a selection in the source its words and where they stand."""
        if (selected := self._selected()) is not None:
            self._engine.cite(*selected, "copy")
        else:
            self._sharing.copy_at_hand()

    def cited(self, citation: Citation, purpose: str) -> None:
        """What was selected has its citation."""
        if not self._view.is_open:
            return
        if purpose == "copy":
            text = f"{citation.quote.strip()}\n{pasted_source(citation, self._texts)}\n"
            self._sharing.copy_text(text, self._texts("selection_and_place_copied"))
        else:
            self._services.start(self._keep(citation), group="excerpt")

    def _selected(self) -> tuple[str, Span] | None:
        panel = self._view.source_panel
        span = panel.selected if self._view.is_shown("source") else None
        return (panel.source.view.path, span) if span is not None and panel.source is not None else None

    def _at_hand(self, argument: str) -> Citation | None:
        """The quote that is meant; None, after saying so, where there is none."""
        found = self._reading.passage_at_hand(argument)
        if found is None:
            return None
        answer, passage = found
        if not argument and answer.strength == "none" and not self._view.is_shown("source"):
            self._view.notice(self._texts("refusal_not_kept"))
            return None
        return _quote_of(answer, passage.number)

    async def _keep(self, citation: Citation) -> None:
        try:
            held = await self._with(lambda notebook: notebook.excerpts())
            topics = tuple(dict.fromkeys(excerpt.topic for excerpt in held))
            if self._topic is None:  # the one that the reader was at work on when the app was last open
                self._topic = max(held, key=lambda one: one.added).topic if held else ""
            window = ExcerptScreen(citation, Kept(self._topic, ""), topics, self._texts, "excerpt_title")
            kept = await self._services.ask(window)
            if kept is None:
                return
            added = await self._with(lambda notebook: notebook.add(citation, kept.topic, kept.note))
        except TjqaError as error:
            self._notice(self._texts.of(error.whole))
            return
        self._topic = " ".join(kept.topic.split())
        name = self._topic or self._texts("notebook_untitled")
        self._notice(self._texts("excerpt_kept" if added is not None else "excerpt_kept_before", topic=name))

    def _notice(self, text: str) -> None:
        if self._view.is_open:
            self._view.notice(text)

    # --- the notebook

    def show(self) -> None:
        """Open the notebook."""
        self._removed.clear()
        window = NotebookScreen(self._texts)
        self._services.open_window(window)
        self._services.start(self._refresh(window), group="notebook")

    async def _refresh(self, window: NotebookScreen, on: str | None = None) -> None:
        """List what is there, each quote looked up in its document."""
        try:
            held = await self._with(lambda notebook: notebook.checked())
        except TjqaError as error:
            if window.is_attached:
                window.say(self._texts.of(error.whole))
            return
        if window.is_attached:
            window.show(held, on)

    def wanted(self, window: NotebookScreen, wish: Wish, checked: CheckedExcerpt | None) -> None:
        """Do what the reader wants of the notebook."""
        if wish == "open" and checked is not None:
            self._open(window, checked)
        elif wish == "copy" and checked is not None:
            self._copy(window, checked)
        elif wish == "export" and checked is not None:
            self._services.start(self._export(window, checked), group="notebook")
        else:
            self._services.start(self._change(window, wish, checked), group="notebook")

    def _open(self, window: NotebookScreen, checked: CheckedExcerpt) -> None:
        if not self._engine.is_open:
            window.say(self._texts("notebook_not_open"))
            return
        window.dismiss(None)
        self._engine.view(replace(checked.citation, number=0), None)

    def _copy(self, window: NotebookScreen, checked: CheckedExcerpt) -> None:
        text = f"{quoted(checked.citation)}\n{pasted_source(checked.citation, self._texts)}\n"
        if not checked.is_good and (state := state_of(checked)) is not None:
            text += f"{self._texts.of(state)}\n"
        self._sharing.copy_text(text, self._texts("selection_and_place_copied"))
        window.say(self._texts("notebook_copied" if checked.is_good else "notebook_copied_bad"))

    async def _change(self, window: NotebookScreen, wish: Wish, checked: CheckedExcerpt | None) -> None:
        said, on = "", checked.excerpt.key if checked is not None else None
        try:
            if wish == "undo":
                said, on = await self._undo(), None
            elif checked is not None and wish == "edit":
                await self._edit(checked)
            elif checked is not None and wish == "delete":
                removed = await self._with(lambda notebook: notebook.remove(checked.excerpt))
                self._removed.append(removed)
                said, on = self._texts("notebook_deleted"), removed.behind
            elif checked is not None:
                by = -1 if wish == "up" else 1
                await self._with(lambda notebook: notebook.move(checked.excerpt, by))
        except TjqaError as error:
            said = self._texts.of(error.whole)
        await self._refresh(window, on)
        if said and window.is_attached:
            window.say(said)

    async def _undo(self) -> str:
        """Put back what was deleted last; what is to be said of it."""
        if not self._removed:
            return self._texts("notebook_nothing_deleted")
        removed = self._removed.pop()
        await self._with(lambda notebook: notebook.put_back(removed))
        return self._texts("notebook_put_back")

    async def _edit(self, checked: CheckedExcerpt) -> None:
        topics = await self._with(lambda notebook: notebook.topics())
        excerpt = checked.excerpt
        before = Kept(excerpt.topic, excerpt.note)
        kept = await self._services.ask(ExcerptScreen(checked.citation, before, topics, self._texts, "excerpt_edit"))
        if kept is not None:
            await self._with(lambda notebook: notebook.change(excerpt, kept.topic, kept.note))

    async def _export(self, window: NotebookScreen, checked: CheckedExcerpt) -> None:
        """Ask for what and how, then write the file; the quotes are looked up once more for it."""
        chosen = await self._files.choose(checked.excerpt.topic)
        if chosen is None:
            return
        topic, form = chosen
        try:
            held = await self._with(lambda notebook: notebook.checked(topic))
        except TjqaError as error:
            said = self._texts.of(error.whole)
        else:
            said = self._files.write(held, form)
        if window.is_attached:
            window.say(said)


def _quote_of(answer: Answer, number: int) -> Citation:
    """The sentence or cell that answers in a passage, else the passage."""
    return cited_places(answer)[number]
