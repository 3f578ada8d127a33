"""Going about in the document that is read: finding words, a line, a part by its outline, a table as a grid."""

from __future__ import annotations

from tjqa.errors import TjqaError
from tjqa.results import DocumentOutline
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.view import View
from tjqa.ui.widgets.find_row import line_named


class Studying:
    """Commands on the document in the source panel; without one they say so.

    Args:
        view: of the main screen.
        engine: reads outlines.
    """

    def __init__(self, view: View, engine: EngineThread) -> None:
        self._view = view
        self._engine = engine

    def handlers(self) -> dict[str, Handler]:
        """The commands that are done here."""
        return {"find": self.find, "line": self.go_to_line, "outline": self.toggle_outline}

    def _opened(self) -> bool:
        """Bring the document on the screen, as a text; False, after saying so, when none was opened."""
        view = self._view
        if view.source_panel.source is None:
            view.notice(view.texts("source_none"))
            return False
        if not view.is_shown("source"):
            view.panel("source", True)
        if view.is_shown("grid"):
            view.panel("grid", False)
        return True

    def find(self, argument: str) -> None:
        """Open the row to find in; what was typed with the command is looked for at once."""
        if self._opened():
            self._view.column.find(argument)

    def go_to_line(self, argument: str) -> None:
        """Show a line by its number: 123, or 3+489 for a character of it."""
        if not self._opened():
            return
        if (named := line_named(f":{argument.lstrip(':：')}")) is None:
            self._view.notice(self._view.texts("line_how"))
            return
        self._view.source_panel.focus()
        self._view.column.go_to_line(*named)

    def toggle_outline(self, argument: str) -> None:
        """Open the outline, or close it."""
        if not self._opened():
            return
        column = self._view.column
        if column.is_outlined and column.outline.has_focus:
            column.close_outline()
            self._view.source_panel.focus()
        else:
            column.show_outline()
            self._engine.outline(column.outline.path)

    def follow(self) -> None:
        """Another document was opened: an outline that is open becomes its outline."""
        column, source = self._view.column, self._view.source_panel.source
        if column.is_outlined and source is not None and column.outline.path != source.view.path:
            column.outline.wait_for(source.view.path, source.view.span.start)
            self._engine.outline(source.view.path)

    def outline_read(self, path: str, found: DocumentOutline | TjqaError) -> None:
        """An outline is there, or could not be read."""
        if self._view.is_open:
            self._view.column.outline.grow(path, found)

    def as_grid(self) -> None:
        """Show the table of the citation looked at as a grid, where none is looked at the next one in the document."""
        panel = self._view.source_panel
        if panel.source is None or (table := panel.table) is None:
            self._view.notice(self._view.texts("grid_none"))
            return
        self._view.grid_panel.open(panel.source.view, table, panel.place, panel.heading)
        self._view.panel("grid", True)
        self._view.reader.focus()
