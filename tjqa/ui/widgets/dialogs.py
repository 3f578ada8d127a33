"""Windows over the main screen: help, and a list to pick from (past questions, themes)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tjqa.ui.commands import COMMANDS, Command
from tjqa.ui.keys import DIGITS, LOCAL
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.rows import Row, Rows, styled, text_rows
from tjqa.ui.widgets.styles import CITE_STYLE, QUIET_STYLE

Result = TypeVar("Result")

_DIGIT_IDS = " ".join(digit.id for digit in DIGITS)
# Keys as they are, or the bindings whose keys are shown.
_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "help_ask"),
    ("input.older input.newer", "help_history"),
    ("→ End", "help_suggestion"),
    ("page.up page.down", "help_page"),
    ("input.newline", "help_newline"),
    ("Tab", "help_tab"),
    (_DIGIT_IDS, "help_card"),
    ("source.next", "help_next"),
    ("source.previous", "help_previous"),
    ("find.next find.previous", "help_find"),
    ("source.outline", "help_outline"),
    ("grid.text", "help_grid"),
    ("figures.up figures.down figures.left figures.right", "help_figures"),
    ("card.previous card.next", "help_proof"),
    ("library.unfold library.fold", "help_tree"),
    ("library.select", "help_select"),
    ("library.sort", "help_sort"),
    ("app.back", "help_escape"),
)
_LINES = ("line_filters", "line_exact", "line_followup")
_NARROWEST = 14
"""Columns that keys have beside what they do: Shift+F6 and the like."""

_SIGNS = ("sign_answer", "sign_cited", "sign_dropped", "sign_bar", "sign_possible", "sign_judged")


class _HelpText(Rows):
    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    def build_rows(self, width: int) -> Iterable[Row]:
        yield from self._heading("help_keys", width)
        keys = [(self._shown(keys), self.texts(text)) for keys, text in _KEYS]
        yield from _table([*keys, (self.texts("key_mouse"), self.texts("help_mouse"))], width)
        yield Row(styled("", ""))
        yield from self._heading("help_lines", width)
        for line in _LINES:
            yield from text_rows(self.texts(line), width, lead="  ")
        yield Row(styled("", ""))
        yield from self._heading("help_commands", width)
        yield from _table([self._command(command) for command in COMMANDS], width)
        yield Row(styled("", ""))
        yield from self._heading("help_signs", width)
        for sign in _SIGNS:
            yield from text_rows(self.texts(sign), width, lead="  ")
        yield Row(styled("", ""))
        yield from self._heading("help_rebind", width)
        yield from _table(self._names(), width)

    def _command(self, command: Command) -> tuple[str, str]:
        typed = " ".join(f"/{name}" for name in command.names)
        name = command.zh if self.texts.language == "zh" else command.en
        return self._shown(f"app.{command.action}"), f"{name}  {typed}"

    def _names(self) -> list[tuple[str, str]]:
        """The keys of config.toml; in Chinese each of them has two names."""
        begin = 0 if self.texts.language == "zh" else 1
        named = [(self._shown(key.id), " ".join(key.names[begin:])) for key in LOCAL if key not in DIGITS]
        ranges = [f"{one} … {nine}" for one, nine in zip(DIGITS[0].names, DIGITS[-1].names, strict=True)]
        return [*named, (self._shown(_DIGIT_IDS), "  ".join(ranges[begin:]))]

    def _shown(self, bindings: str) -> str:
        """Keys as they are now; 1–9 for the nine digits."""
        names = bindings.split()
        signs = [sign for name in names for sign in (self.texts.keys_of(name) if "." in name else [name])]
        return "1–9" if signs == list("123456789") else " ".join(signs)

    def _heading(self, key: str, width: int) -> list[Row]:
        text = self.texts(key)
        return text_rows(text, width, [(0, len(text), "bold")])


def _table(lines: Sequence[tuple[str, str]], width: int) -> Iterable[Row]:
    """Keys, and what they do beside them, in two columns; below keys that would take most of a narrow window."""
    column = min(max(cells(keys) for keys, _ in lines) + 2, max(width * 2 // 5, _NARROWEST))
    for keys, text in lines:
        lead = f"  {keys}" + " " * (column - cells(keys))
        if cells(keys) > column - 2:
            yield from text_rows(keys, width, [(0, len(keys), CITE_STYLE)], "  ")
            lead = " " * (column + 2)
        first, *rest = text_rows(text, width, lead=lead)
        yield Row(first.content.stylize(CITE_STYLE, 0, len(lead)), first.target, first.continues)
        yield from rest


class ReadScreen(ModalScreen[None]):
    """A window of text to read.

    Args:
        title: over the window.
        close: under it, how to leave.
        text: what it shows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", show=False)]

    def __init__(self, title: str, close: str, text: Rows) -> None:
        super().__init__()
        self._heading = title
        self._close = close
        self._text = text

    def compose(self) -> ComposeResult:
        """One scrolling window."""
        with VerticalScroll(classes="dialog") as window:
            window.border_title = Content(f" {self._heading} ")
            window.border_subtitle = Content(f" {self._close} ")
            yield self._text


class HelpScreen(ReadScreen):
    """Keys, commands and signs."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts("help_title"), texts("help_close"), _HelpText(texts))


class CommandedScreen(ModalScreen[Result]):
    """A window that does some of the commands itself, with the keys that they have everywhere."""

    def command(self, action: str) -> None:
        """Do a command, if it is one of those."""


class PickScreen(ModalScreen[str | None]):
    """A filter and a list; gives the chosen line, or None.

    Args:
        title: over the window.
        placeholder: in the filter.
        choices: the lines, in order.
        empty: said when there is none.
        preview: called with each line that the cursor comes to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        placeholder: str,
        choices: Sequence[str],
        empty: str,
        preview: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._preview = preview
        self._heading = title
        self._placeholder = placeholder
        self._choices = tuple(choices)
        self._empty = empty
        self._found: list[str] = []

    def compose(self) -> ComposeResult:
        """Filter above list."""
        with Vertical(id="pick", classes="dialog") as window:
            window.border_title = Content(f" {self._heading} ")
            yield Input(placeholder=self._placeholder, select_on_focus=False)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Everything is listed at first; the filter has the focus."""
        self._fill("")
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Cut the lines to the new width, which the list gets after its window has."""
        self.call_after_refresh(lambda: self._fill(self.query_one(Input).value))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Enter takes the line under the cursor."""
        index = self.query_one(OptionList).highlighted
        if index is not None and index < len(self._found):
            self.dismiss(self._found[index])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the line under the cursor would do."""
        if self._preview is not None and event.option_index < len(self._found):
            self._preview(self._found[event.option_index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a line."""
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index])

    def action_move(self, direction: int) -> None:
        """Move the cursor of the list from the filter."""
        options = self.query_one(OptionList)
        if direction > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _fill(self, wanted: str) -> None:
        words = wanted.lower().split()
        self._found = [c for c in self._choices if all(word in c.lower() for word in words)]
        options = self.query_one(OptionList)
        width = max(options.size.width - 3, 20)  # blanks at both ends, a scrollbar
        options.clear_options()
        options.add_options([Option(Content(shorten(one_line(choice), width))) for choice in self._found])
        if self._found:
            options.highlighted = 0
        else:
            options.add_option(Option(styled(self._empty, QUIET_STYLE), disabled=True))
