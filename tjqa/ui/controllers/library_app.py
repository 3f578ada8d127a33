"""The part of the app that is about which library is open. Textual tells each class of an app what is posted."""

from __future__ import annotations

from tjqa.index.filters import Filter
from tjqa.ui.background.messages import EngineReady, FolderSurveyed, LibraryOpening, OutlineRead, SamplesReady
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.controllers.figures import FiguresApp
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.remembering import Remembering
from tjqa.ui.controllers.sharing import Sharing
from tjqa.ui.view import View
from tjqa.ui.widgets.chips import ChipBar
from tjqa.ui.widgets.library_choice import LibraryChoice
from tjqa.ui.widgets.library_panel import LibraryPanel


class LibraryApp(FiguresApp):
    """What is told of a library that is opened, and of what is chosen in it."""

    asking: Asking
    reading: Reading
    remembering: Remembering
    sharing: Sharing
    view: View

    async def on_library_opening(self, message: LibraryOpening) -> None:
        """Another library takes the place of the one that is open."""
        self.deepen_anew()
        self.figures.put_away()
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

    def on_library_choice_narrowed(self, message: LibraryChoice.Narrowed) -> None:
        """Only these documents are to be asked: filters, in place of those on files."""
        wanted = tuple(Filter("file", path) for path in message.paths)
        self.asking.filter((*(f for f in self.asking.filters if f.kind != "file"), *wanted))
        self.asking.say_narrowed(len(wanted))

    def on_library_panel_picked(self, event: LibraryPanel.Picked) -> None:
        """A document was chosen in the library, or a part of one, or its tree was opened."""
        if event.is_for_tree:
            self.reading.read_tree(event.path)
        else:
            self.reading.open_file(event.path, event.span)

    def on_outline_read(self, message: OutlineRead) -> None:
        """The tree of a document is there, or could not be read."""
        self.view.library_panel.grow(message.path, message.found)

    def on_question_box_erase(self) -> None:
        """Backspace in an empty question box takes the last chip away."""
        self.asking.drop_last()

    def on_chip_bar_removed(self, event: ChipBar.Removed) -> None:
        """A chip was clicked away."""
        self.asking.drop(event.filter_)

    def on_text_selected(self) -> None:
        """Something was selected with the mouse."""
        self.sharing.selected()
