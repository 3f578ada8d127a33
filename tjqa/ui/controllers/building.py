"""Building the index from inside the app: progress, cancelling, what came of it."""

from __future__ import annotations

from collections.abc import Callable

from tjqa.errors import Cancelled, IndexUnusable, TjqaError
from tjqa.progress import BuildSummary
from tjqa.reports import Progress
from tjqa.ui.background.index_process import Builder
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.state import AppState
from tjqa.ui.text.strings import Texts
from tjqa.ui.view import View
from tjqa.ui.widgets.first_page import PageKind, PageState

QuietEnd = Callable[[BuildSummary | TjqaError], None]
"""Told what came of a build that nobody asked for."""


class Building:
    """The build as the reader sees it; a process of its own does it. One that follows the folder is not seen at all,
    unless the reader asks for a build meanwhile: then it is the one that was asked for.

    Args:
        view: of the main screen.
        state: whether a build is under way, set here.
        builder: follows the process.
        readiness: shows the first page and the top bar.
    """

    def __init__(self, view: View, state: AppState, builder: Builder, readiness: Readiness) -> None:
        self._view = view
        self._texts = view.texts
        self._state = state
        self._builder = builder
        self._readiness = readiness
        self._quiet_end: QuietEnd | None = None
        self._done = "build_done"

    def start(self, rebuild: bool) -> None:
        """Build the index, with `rebuild` from nothing; questions are answered from the old one meanwhile."""
        if self._state.is_building and not (self._state.is_quiet and not rebuild):
            self._view.notice(self._texts(self._state.busy))
            return
        is_under_way, self._state.is_quiet = self._state.is_building, False
        self._state.is_building = True
        self._done = self._state.built
        self._view.open_build_panel(meanwhile=self._state.status is not None)
        self._readiness.show_page(self._state.page)
        if not is_under_way:
            self._builder.build(rebuild)

    def start_quietly(self, end: QuietEnd) -> None:
        """Build what is new in the folder, and tell nobody but `end`; not while another build is under way."""
        self._state.is_building = self._state.is_quiet = True
        self._quiet_end = end
        self._builder.build(False)

    def _ended_quietly(self, came_of_it: BuildSummary | TjqaError) -> bool:
        """A build has ended; true when it was a quiet one, which says no more."""
        end, self._quiet_end = self._quiet_end, None
        was_quiet = self._state.is_quiet
        if was_quiet:
            self._state.is_building = self._state.is_quiet = False
        if end is not None:
            end(came_of_it)
        return was_quiet

    def update(self) -> None:
        """Build what is new in the folder."""
        self.start(rebuild=False)

    def cancel(self) -> bool:
        """Stop the build; false when there is none, or none that is seen."""
        if self._state.is_quiet:
            return False
        if self._state.is_building:
            self._builder.cancel()
            for panel in self._view.build_panels:
                panel.cancelling()
        return self._state.is_building

    def end(self) -> None:
        """The app is leaving: a build ends with it."""
        self._builder.end()

    def step(self, progress: Progress) -> None:
        """Move the bar."""
        if not self._view.is_open:
            return
        for panel in self._view.build_panels:
            panel.step(progress)

    async def done(self, built: BuildSummary) -> None:
        """Say what was built; the engine is opened again by its thread."""
        if not self._view.is_open:
            return
        if self._ended_quietly(built):
            return
        self._state.page = PageState(folder=self._state.page.folder)
        await self._close(told(built, self._texts, self._done))

    async def failed(self, error: TjqaError) -> None:
        """Say what stopped it; the old index stays."""
        if not self._view.is_open:
            return
        if self._ended_quietly(error):
            return
        cancelled = isinstance(error, Cancelled)
        await self._close([self._texts("build_cancelled")] if cancelled else [])
        if not cancelled and self._state.status is not None:
            told_error = [self._texts.of(said) for said in (error.message, error.advice) if said]
            await self._view.note(told_error)
        elif self._state.status is None:
            page = self._state.page
            shown = page.error if cancelled else error
            buildable = cancelled or isinstance(shown, IndexUnusable)
            kind: PageKind = "no_index" if buildable else "failed"
            self._readiness.show_page(PageState(kind, error=shown, folder=page.folder))

    async def _close(self, lines: list[str]) -> None:
        self._state.is_building = False
        await self._view.build_panels.remove()
        if lines:
            await self._view.note(lines)
        self._view.after_refresh(self._view.conversation.scroll_end, animate=False)
        self._readiness.show_page(self._state.page)


def told(built: BuildSummary, texts: Texts, done: str) -> list[str]:
    """What came of a build, a sentence each: that it is `done` with counts, files moved, gone and skipped."""
    between = texts("build_between")
    key = "build_unchanged" if built.unchanged else done
    lines = [texts(key, documents=built.documents, passages=built.passages, dropped=built.dropped)]
    if built.moved:
        names = between.join(f"{file.old} → {file.new}" for file in built.moved)
        lines.append(texts("build_moved", count=len(built.moved), names=names))
    if built.removed:
        lines.append(texts("build_removed", count=len(built.removed), names=between.join(built.removed)))
    lines += [texts.of(why) for _, why in built.kept]
    if built.skipped:
        # A reason that names its file needs no name before it.
        reasons = [(file.path, texts.of(file.reason)) for file in built.skipped]
        names = between.join(
            why if name in why else texts("build_because", name=name, why=why) for name, why in reasons
        )
        lines.append(texts("build_skipped", count=len(built.skipped), names=names))
    return lines
