"""The notebook as a window: what was kept is listed, ordered, changed, deleted, exported. Each quote shown was just
looked up in its document."""

from __future__ import annotations

from dataclasses import replace

from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import quoted, state_of
from tjqa.citations.notebook.file import Removed
from tjqa.errors import TjqaError
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.notebook_access import NotebookAccess
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.controllers.excerpt_files import ExcerptFiles
from tjqa.ui.controllers.sharing import Sharing, pasted_source
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.excerpt_dialog import ExcerptScreen, Kept
from tjqa.ui.widgets.notebook_screen import NotebookScreen, Wish


class NotebookWindow:
    """Opens the window and does what is wanted in it.

    Args:
        view: of the main screen, for its language.
        services: windows, and work beside the screen.
        engine: opens places.
        sharing: the clipboard.
        notebook: what was kept.
    """

    def __init__(
        self, view: View, services: AppServices, engine: EngineThread, sharing: Sharing, notebook: NotebookAccess
    ) -> None:
        self._texts = view.texts
        self._services = services
        self._engine = engine
        self._sharing = sharing
        self._notebook = notebook
        self._files = ExcerptFiles(view, services)
        self._removed: list[Removed] = []

    def handlers(self) -> dict[str, Handler]:
        """The commands that are done here."""
        return {"excerpts": lambda _: self.show()}

    def show(self) -> None:
        """Open the notebook."""
        self._removed.clear()
        window = NotebookScreen(self._texts)
        self._services.open_window(window)
        self._services.start(self._refresh(window), group="notebook")

    async def _refresh(self, window: NotebookScreen, on: str | None = None) -> None:
        """List what is there, each quote looked up in its document."""
        try:
            held = await self._notebook.do(lambda notebook: notebook.checked())
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
        text = f"{quoted(checked.citation, checked.excerpt.told)}\n{pasted_source(checked.citation, self._texts)}\n"
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
                removed = await self._notebook.do(lambda notebook: notebook.remove(checked.excerpt))
                self._removed.append(removed)
                said, on = self._texts("notebook_deleted"), removed.behind
            elif checked is not None:
                by = -1 if wish == "up" else 1
                await self._notebook.do(lambda notebook: notebook.move(checked.excerpt, by))
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
        await self._notebook.do(lambda notebook: notebook.put_back(removed))
        return self._texts("notebook_put_back")

    async def _edit(self, checked: CheckedExcerpt) -> None:
        topics = await self._notebook.do(lambda notebook: notebook.topics())
        excerpt = checked.excerpt
        before = Kept(excerpt.topic, excerpt.note)
        kept = await self._services.ask(ExcerptScreen((checked.citation,), before, topics, self._texts, "excerpt_edit"))
        if kept is not None:
            await self._notebook.do(lambda notebook: notebook.change(excerpt, kept.topic, kept.note))

    async def _export(self, window: NotebookScreen, checked: CheckedExcerpt) -> None:
        """Ask for what and how, then write the file; the quotes are looked up once more for it."""
        chosen = await self._files.choose(checked.excerpt.topic)
        if chosen is None:
            return
        topic, form = chosen
        try:
            held = await self._notebook.do(lambda notebook: notebook.checked(topic))
        except TjqaError as error:
            said = self._texts.of(error.whole)
        else:
            said = self._files.write(held, form)
        if window.is_attached:
            window.say(said)
