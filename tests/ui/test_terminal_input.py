"""Which keys come from what a terminal sends."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("terminals of other systems", allow_module_level=True)

from textual import events

from tjqa.ui.keys import DEFAULTS
from tjqa.ui.terminal_input import KeyReader


def keys(sent: str) -> list[str]:
    """The keys of what is sent in one piece."""
    return [event.key for event in KeyReader(False).feed(sent) if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    "sent", ["\x1b\r", "\x1b\n", "\x1b[13;3u", "\x1b[13;2u", "\x1b[27;2;13~", "\x1b[27;3;13~", "\n"]
)
def test_every_way_to_send_a_new_line_is_one(sent: str) -> None:
    """Escape before Enter, kitty's way, xterm's way, Ctrl+J: the keys that break a line in the question."""
    (key,) = keys(sent)
    assert key in DEFAULTS["input.newline"].split(",")


def test_other_keys_are_as_before() -> None:
    """Enter sends, an arrow is one, letters behind each other."""
    assert keys("\r") == ["enter"]
    assert keys("\x1b[A") == ["up"]
    assert keys("ab") == ["a", "b"]
    assert keys("\x1bOP\r") == ["f1", "enter"]
