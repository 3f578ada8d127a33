"""A text input that grows with what is typed, up to some rows, each broken as Chinese is."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.widgets import TextArea

from tjqa.ui.text.wrap import cells, display, one_line, shorten, wrap

MOST_ROWS = 5

_SHARE = 4
"""Parts of the window of which the input takes one at most."""

MOST_BLINKS = 20
"""Times the cursor comes or goes (every half second) after the last key, until it stays: to paint it would be all that
an idle app does."""

# Those of Textual that the app has other uses for, or whose keys it has.
_NOT_OURS = {"up", "down", "pageup", "pagedown", "f6", "f7", "ctrl+k", "ctrl+x,super+x", "ctrl+y,super+y"}


class _ChineseWrap(WrappedDocument):
    """Textual's view of a text in rows, with our breaks: its own are at blanks, of which Chinese has none."""

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break every line into rows of at most `width` columns; 0 leaves them whole."""
        self._width = width
        starts = [[start for start, _ in wrap(display(line), width)] if width else [0] for line in self.document.lines]
        self._wrap_offsets = [own[1:] for own in starts]
        self._tab_width_cache = [[] for _ in starts]
        self._offset_to_line_info = [(line, row) for line, own in enumerate(starts) for row in range(len(own))]
        self._line_index_to_offsets = []
        at = 0
        for own in starts:
            self._line_index_to_offsets.append(list(range(at, at + len(own))))
            at += len(own)

    def wrap_range(self, start: object, old_end: object, new_end: object) -> None:
        """All of it again: it is no more than a question."""
        self.wrap(self._width)


class GrowingInput(TextArea, inherit_bindings=False):
    """An input of one row and more; `value` is its text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextArea.BINDINGS if isinstance(binding, Binding) and binding.key not in _NOT_OURS
    ]

    def __init__(self, id: str | None = None) -> None:
        self._example = ""
        self._blinks = 0
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)

    # --- what it shows while it is empty

    def example(self, text: str) -> None:
        """Show `text` in the empty input."""
        self._example = one_line(text)
        self._fit_example()

    def on_resize(self) -> None:
        """Cut the example to the width: longer, it would be broken at a blank or a character and the rest not shown."""
        self._fit_example()

    def _fit_example(self) -> None:
        room = self.wrap_width or cells(self._example)
        self.placeholder = Content(shorten(self._example, room).replace(" ", "\xa0"))

    # --- its cursor

    def _restart_blink(self) -> None:
        self._blinks = 0
        super()._restart_blink()

    def _toggle_cursor_blink_visible(self) -> None:
        super()._toggle_cursor_blink_visible()
        self._blinks += 1
        if self._blinks >= MOST_BLINKS:
            self._pause_blink()

    # --- its text

    @property
    def value(self) -> str:
        """What was typed."""
        return self.text

    @value.setter
    def value(self, text: str) -> None:
        self.put(text)

    def put(self, text: str) -> None:
        """Replace the content and go to its end."""
        self.load_text(text)
        self.move_cursor(self.document.end)
        self.update_suggestion()

    def insert_text_at_cursor(self, text: str) -> None:
        """Type `text`."""
        self._replace_via_keyboard(text, *self.selection)

    @property
    def before_cursor(self) -> str:
        """The text before the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)

    @property
    def cursor_at_end(self) -> bool:
        """Whether nothing stands behind the cursor."""
        return self.selection.is_empty and self.cursor_location == self.document.end

    # --- its rows

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = _ChineseWrap(self.document)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def _refresh_size(self) -> None:
        """Grow with the text."""
        super()._refresh_size()
        most = max(1, min(MOST_ROWS, self.app.size.height // _SHARE)) if self.is_attached else 1
        rows = max(1, min(self.wrapped_document.height, most))
        height = rows + self.gutter.height
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
            self.call_after_refresh(self.scroll_cursor_visible)

    @property
    def is_in_first_row(self) -> bool:
        """Whether the cursor can go no further up."""
        return self.navigator.get_location_above(self.cursor_location)[0] == 0 and self._cursor_offset[1] == 0

    @property
    def is_in_last_row(self) -> bool:
        """Whether the cursor can go no further down."""
        return bool(self._cursor_offset[1] >= self.wrapped_document.height - 1)

    async def _on_key(self, event: events.Key) -> None:
        """What is typed is inserted by subclasses, in the order of the keys."""
        event.prevent_default()
