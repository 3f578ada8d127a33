"""Which keys come from what a terminal sends."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

if sys.platform == "win32":
    pytest.skip("terminals of other systems", allow_module_level=True)

from textual import events

from tjqa.ui.browser_input import BrowserDriver
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


class Sent:
    """What a page sent, piece by piece."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        """There is no more."""
        self.is_closed = True


def test_a_page_in_a_browser_sends_the_same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alt+Enter breaks a line there, too; what is no text ends nothing, what the page says of itself is no key."""
    driver, came, told = object.__new__(BrowserDriver), list[str](), list[tuple[str, bytes]]()
    packets = [(b"D", b"\x1b\r"), (b"D", b"\r\n"), (b"M", b"{}"), (b"D", b"\xff"), (b"D", "问".encode())]
    sent = Sent(*(kind + len(payload).to_bytes(4, "big") + payload for kind, payload in packets), b"")
    monkeypatch.setattr(driver, "_input_reader", sent, raising=False)
    monkeypatch.setattr(driver, "_debug", False, raising=False)
    monkeypatch.setattr(driver, "process_message", lambda event: came.append(event.key), raising=False)
    monkeypatch.setattr(driver, "_on_meta", lambda kind, payload: told.append((kind, payload)), raising=False)
    driver.run_input_thread()
    assert came[0] == "alt+enter" and came[1:3] == ["enter", "ctrl+j"] and came[-1] == "问"
    assert told == [("M", b"{}")] and sent.is_closed
