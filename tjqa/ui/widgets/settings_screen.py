"""The settings in a window: each change shows at once, and is written down at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.lines import Wrapped
from tjqa.ui.widgets.rows import styled
from tjqa.ui.widgets.styles import LISTED_STYLE, QUIET_STYLE

Value = str | bool

_LABELS = {
    "theme": "setting_theme",
    "language": "setting_language",
    "ambiguous_wide": "setting_ambiguous_wide",
    "compact": "setting_compact",
    "auto_copy": "setting_auto_copy",
    "history": "setting_history",
    "fast": "setting_fast",
    "follow": "setting_follow",
}


@dataclass(slots=True)
class Setting:
    """An entry of [ui]: its name there, what it may be, and which of that it is, from 0. `shown` says what a value is
    called, where it is not just on or off."""

    name: str
    values: Sequence[Value]
    at: int
    shown: Callable[[Value], str] | None = None


class SettingsScreen(ModalScreen[None]):
    """A row each; ← and → or Enter change the one under the cursor.

    Args:
        texts: in the language at hand.
        settings: the entries.
        where: the file that they are written into, as it is shown; "" where they are not kept.
        change: makes a change, told the entry's name and its value.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    def __init__(
        self, texts: Texts, settings: Sequence[Setting], where: str, change: Callable[[str, Value], None]
    ) -> None:
        super().__init__()
        self._texts = texts
        self._settings = tuple(settings)
        self._where = where
        self._change = change

    def compose(self) -> ComposeResult:
        """The rows, and where they are kept."""
        with Vertical(id="pick", classes="dialog settings"):
            yield OptionList(markup=False)
            yield Wrapped("", id="settings-where")

    def on_mount(self) -> None:
        """The first row is under the cursor."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Cut the rows to the new width."""
        self.call_after_refresh(lambda: self._fill(self.query_one(OptionList).highlighted or 0))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: the next value."""
        self._step(event.option_index, 1)

    def action_step(self, direction: int) -> None:
        """The next or the last value of the row under the cursor."""
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._step(at, direction)

    def _step(self, index: int, direction: int) -> None:
        setting = self._settings[index]
        setting.at = (setting.at + direction) % len(setting.values)
        self._change(setting.name, setting.values[setting.at])
        self._fill(index)

    def _fill(self, highlighted: int) -> None:
        window = self.query_one("#pick")
        window.border_title = Content(f" {self._texts('settings_title')} ")
        window.border_subtitle = Content(f" {self._texts('settings_keys')} ")
        where = self._texts("settings_where", path=self._where) if self._where else self._texts("settings_nowhere")
        self.query_one("#settings-where", Wrapped).say(where)
        options = self.query_one(OptionList)
        width = max(options.size.width - 3, 20)
        column = max(cells(self._label(setting)) for setting in self._settings) + 2
        options.clear_options()
        options.add_options([Option(self._row(setting, width, column)) for setting in self._settings])
        options.highlighted = highlighted

    def _label(self, setting: Setting) -> str:
        return self._texts(_LABELS[setting.name])

    def _row(self, setting: Setting, width: int, column: int) -> Content:
        value = setting.values[setting.at]
        said = setting.shown(value) if setting.shown else self._texts("setting_on" if value else "setting_off")
        label = self._label(setting)
        label += " " * (column - cells(label))
        row = styled(label, "") + styled("◂ ", QUIET_STYLE)
        row += styled(shorten(one_line(said), max(width - column - 4, 8)), LISTED_STYLE)
        return row + styled(" ▸", QUIET_STYLE)
