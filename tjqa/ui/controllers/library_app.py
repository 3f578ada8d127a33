"""The part of the app that is about which library is open. Textual tells each class of an app what is posted."""

from __future__ import annotations

from tjqa.index.filters import Filter
from tjqa.ui.background.messages import EngineReady, FolderSurveyed, LibraryOpening, SamplesReady
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.deepening import DeepeningApp
from tjqa.ui.controllers.remembering import Remembering
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.widgets.library_panel import LibraryPanel


class LibraryApp(DeepeningApp):
    """What is told of a library that is opened, and of what is chosen in it."""

    asking: Asking
    remembering: Remembering
    sharing: Sharing

    async def on_library_opening(self, message: LibraryOpening) -> None:
        """Another library takes the place of the one that is open."""
        self.deepen_anew()
        await self.remembering.opening(message.settings)

    def on_engine_ready(self, message: EngineReady) -> None:
        """It is open: what was kept of it is taken up again."""
        if self.screen_stack:
            self.remembering.found()

    def on_samples_ready(self, message: SamplesReady) -> None:
        """There are questions to offer."""
        self.readiness.sampled(message.samples)

    def on_folder_surveyed(self, message: FolderSurveyed) -> None:
        """It is known what a folder without an index holds."""
        self.readiness.surveyed(message.found)

    def on_library_panel_narrowed(self, message: LibraryPanel.Narrowed) -> None:
        """Only these documents are to be asked: filters, in place of those on files."""
        wanted = tuple(Filter("file", path) for path in message.paths)
        self.asking.filter((*(f for f in self.asking.filters if f.kind != "file"), *wanted))
        self.asking.say_narrowed(len(wanted))

    def on_text_selected(self) -> None:
        """Something was selected with the mouse."""
        self.sharing.selected()
