"""Building the index from inside the app: progress, cancelling, what came of it."""

from __future__ import annotations

from tjqa.errors import Cancelled, IndexUnusable
from tjqa.reports import Status
from tjqa.ui.actions import CommandActions
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.index_process import Builder
from tjqa.ui.background.messages import BuildDone, BuildFailed, BuildProgress
from tjqa.ui.history import History
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.build_panel import BuildPanel
from tjqa.ui.widgets.cards import Note
from tjqa.ui.widgets.first_page import PageState


class BuildActions(CommandActions):
    """The build as the reader sees it; a process of its own does it."""

    engine: EngineThread
    builder: Builder
    page: PageState

    def __init__(self, texts: Texts, past: History) -> None:
        super().__init__(texts, past)
        self.status: Status | None = None
        self.building = False

    def show_page(self, state: PageState) -> None:
        """Show the first page in a state; the app knows how."""
        raise NotImplementedError

    def show_status(self) -> None:
        """Repaint the top bar; the app knows how."""
        raise NotImplementedError

    def start_build(self, rebuild: bool) -> None:
        """Build the index; questions are answered from the old one meanwhile."""
        if self.building:
            self.notice(self.texts("build_busy"))
            return
        self.building = True
        # Outside the conversation, which goes on: cards must not push it out of sight.
        self.main.mount(BuildPanel(self.texts, meanwhile=self.status is not None), before="#hint")
        self.show_page(self.page)
        self.builder.build(rebuild)

    def action_leave(self) -> None:
        """Close what is on top, go back to the input; with nothing to go back from, stop a build."""
        if self.focused is self.input and not self.is_shown("source") and not self.is_shown("library"):
            self.cancel_build()
        super().action_leave()

    def action_help_quit(self) -> None:
        """Ctrl+C stops a build; without one it says what quits."""
        if not self.cancel_build():
            super().action_help_quit()

    def cancel_build(self) -> bool:
        """Stop the build; false when there is none."""
        if self.building:
            self.builder.cancel()
            for panel in self.main.query(BuildPanel):
                panel.cancelling()
        return self.building

    def on_unmount(self) -> None:
        """A build ends with the app."""
        self.builder.end()

    def on_build_progress(self, message: BuildProgress) -> None:
        """Move the bar."""
        for panel in self.main.query(BuildPanel):
            panel.step(message.progress)

    async def on_build_done(self, message: BuildDone) -> None:
        """Say what was built; the engine is opened again by its thread."""
        report, texts = message.built, self.texts
        key = "build_unchanged" if report.unchanged else "build_done"
        lines = [texts(key, documents=report.documents, passages=report.passages, dropped=report.dropped)]
        if report.moved:
            names = "；".join(f"{old} → {new}" for old, new in report.moved)
            lines.append(texts("build_moved", count=len(report.moved), names=names))
        if report.removed:
            lines.append(texts("build_removed", count=len(report.removed), names="；".join(report.removed)))
        if report.skipped:
            # A reason that names its file needs no name before it.
            names = "；".join(why if name in why else f"{name}（{why}）" for name, why in report.skipped)
            lines.append(texts("build_skipped", count=len(report.skipped), names=names))
        self.page = PageState(folder=self.page.folder)
        await self._end_build(lines)

    async def on_build_failed(self, message: BuildFailed) -> None:
        """Say what stopped it; the old index stays."""
        cancelled = isinstance(message.error, Cancelled)
        await self._end_build([self.texts("build_cancelled")] if cancelled else [])
        if not cancelled and self.status is not None:
            await self.conversation.mount(Note([message.error.what, message.error.hint]))
        elif self.status is None:
            error = self.page.error if cancelled else message.error
            buildable = cancelled or isinstance(error, IndexUnusable)
            self.show_page(PageState("no_index" if buildable else "failed", error=error, folder=self.page.folder))

    async def _end_build(self, lines: list[str]) -> None:
        self.building = False
        await self.main.query(BuildPanel).remove()
        if lines:
            await self.conversation.mount(Note(lines))
        self.call_after_refresh(self.conversation.scroll_end, animate=False)
        self.show_page(self.page)
