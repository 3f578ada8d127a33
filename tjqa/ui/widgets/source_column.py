"""The column in which a document is read: its outline, its text or the table that is cited, the row to find in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from tjqa.ui.keys import local
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.find_row import FindInput, FindRow
from tjqa.ui.widgets.grid_panel import GridPanel
from tjqa.ui.widgets.outline_panel import OutlinePanel
from tjqa.ui.widgets.source_panel import Found, SourcePanel


@dataclass
class NoSuchLine(Message):
    """A line was wanted that the document does not have, and how many it has."""

    line: int
    count: int


class SourceColumn(Vertical):
    """Outline above text above find row; the first and the last only when they are wanted. Esc closes them first."""

    BINDINGS: ClassVar[list[BindingType]] = [local("app.back", "back")]

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts

    def compose(self) -> ComposeResult:
        """Everything is there from the start, and shown by classes."""
        yield OutlinePanel(self.texts, id="outline")
        yield SourcePanel(self.texts, id="source")
        yield GridPanel(self.texts, id="grid")
        yield FindRow(self.texts, id="find")

    @property
    def text(self) -> SourcePanel:
        """The document as a text."""
        return self.query_one(SourcePanel)

    @property
    def outline(self) -> OutlinePanel:
        """Its outline."""
        return self.query_one(OutlinePanel)

    @property
    def find_row(self) -> FindRow:
        """The row to find in."""
        return self.query_one(FindRow)

    @property
    def is_finding(self) -> bool:
        """True while the find row is open."""
        return self.has_class("-find")

    @property
    def is_outlined(self) -> bool:
        """True while the outline is open."""
        return self.has_class("-outline")

    def speak(self) -> None:
        """Say everything in the language at hand."""
        self.find_row.speak()
        self.outline.speak()

    def find(self, wanted: str = "") -> None:
        """Open the find row."""
        self.add_class("-find")
        self.find_row.begin(wanted)

    def end_finding(self) -> None:
        """Close the find row."""
        self.remove_class("-find")
        self.text.end_finding()

    def go_to_line(self, line: int, column: int = 1) -> None:
        """Bring a line to the top of the window, if the document has one of that number."""
        if (source := self.text.source) is None:
            return
        if (place := source.place_of_line(line, column)) is not None:
            self.text.go_to(place)
        else:
            self.post_message(NoSuchLine(line, source.lines))

    def show_outline(self) -> None:
        """Open the outline and go to it; it is being read."""
        source = self.text.source
        assert source is not None
        self.add_class("-outline")
        self.outline.wait_for(source.view.path, max(self.text.top - source.offset, 0))
        self.outline.focus()

    def close_outline(self) -> None:
        """Close the outline."""
        self.remove_class("-outline")

    def action_back(self) -> None:
        """Close the find row, else the outline; with none of them open it is for the window to say."""
        if self.is_finding:
            self.end_finding()
        elif self.is_outlined:
            self.close_outline()
        else:
            raise SkipAction
        self.text.focus()

    # --- what the parts post

    def on_find_row_wanted(self, event: FindRow.Wanted) -> None:
        """Look for what is typed."""
        event.stop()
        self.text.find(event.text)

    def on_find_input_again(self, event: FindInput.Again) -> None:
        """Another match."""
        event.stop()
        self.text.find_step(event.direction)

    def on_find_row_line(self, event: FindRow.Line) -> None:
        """A line."""
        event.stop()
        self.go_to_line(event.line, event.column)

    def on_found(self, event: Found) -> None:
        """How many there are."""
        event.stop()
        self.find_row.show(event.finding)

    def on_outline_panel_jump(self, event: OutlinePanel.Jump) -> None:
        """Show a part of the document; the window sees to it that the text is shown, not a table of it."""
        source = self.text.source
        if source is not None:
            self.text.go_to(event.offset + source.offset)
