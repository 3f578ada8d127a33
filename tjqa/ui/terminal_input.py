"""What comes from a terminal, whatever it is: Textual's own reader ends the app with a traceback when bytes are no
UTF-8 (a terminal of another encoding, a paste of something else), and never ends when the terminal is gone.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

_ENTERS = {
    "\x1b\r": "alt+enter",
    "\x1b\n": "alt+enter",
    "\x1b[27;3;13~": "alt+enter",
    "\x1b[27;2;13~": "shift+enter",
    "\x1b[27;5;13~": "ctrl+enter",
}
"""How terminals send Enter with a modifier: with Escape before it, or as xterm does other keys."""


class KeyReader(XTermParser):
    """Textual's reader of keys, which takes Alt+Enter for Enter."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if (key := _ENTERS.get(sequence)) is not None:
            return [events.Key(key, None)]
        return super()._sequence_to_key_events(sequence, alt)


class TerminalDriver(LinuxDriver):
    """Textual's driver for POSIX systems with a reader of our own."""

    def run_input_thread(self) -> None:
        """Read keys until the app ends, or end it at once when the terminal has gone."""
        parser = KeyReader(self._debug)
        decoder = getincrementaldecoder("utf-8")("replace")
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    for event in parser.feed(decoder.decode(_read(self.fileno))):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        with suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass


def _read(terminal: int) -> bytes:
    try:
        data = os.read(terminal, 4096)
    except OSError:  # so says Linux of a terminal whose window was closed
        data = b""
    if not data:
        # Usually SIGHUP has ended the app by now; under nohup it has not. As in `background.lifeline`, nothing is lost.
        os._exit(0)
    return data
