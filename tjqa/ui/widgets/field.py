"""An input of a window or a panel: a full-width blank is a blank, a paste of several lines is taken whole."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.question_box import FULL_WIDTH_BLANK


class Field(Input):
    """Textual's input loses both."""

    async def _on_key(self, event: events.Key) -> None:
        """What an input method sends for a blank is no character to Textual."""
        if event.character == FULL_WIDTH_BLANK:
            event.prevent_default()
            event.stop()
            self.replace(" ", *sorted(self.selection))

    def _on_paste(self, event: events.Paste) -> None:
        """All lines on one, as far as there is room."""
        event.prevent_default()
        event.stop()
        line = one_line(" ".join(part.strip() for part in event.text.splitlines() if part.strip()))
        start, end = sorted(self.selection)
        room = (self.max_length or len(line)) - len(self.value) + (end - start)
        self.replace(line[: max(room, 0)], start, end)
