"""What comes from a page in a browser: Textual's own reader takes Alt+Enter for Enter, which would send a question that
has only begun.
"""

from __future__ import annotations

from codecs import getincrementaldecoder

from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver, _ExitInput

from tjqa.ui.terminal_input import KeyReader

_KEYS = "D"
"""The packets of the browser's server that hold what was typed."""


class BrowserDriver(WebDriver):
    """Textual's driver for the app in a browser with the same reader: there Alt+Enter is sent as in a terminal."""

    def run_input_thread(self) -> None:
        """Read what the server sends until the app ends: keys, and what the page says of itself."""
        parser, packets = KeyReader(self._debug), ByteStream()
        decoder = getincrementaldecoder("utf-8")("replace")
        try:
            for data in self._input_reader:
                for kind, payload in packets.feed(data) if data else ():
                    if kind != _KEYS:
                        self._on_meta(kind, payload)
                        continue
                    for event in parser.feed(decoder.decode(payload)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        except _ExitInput:
            pass
        finally:
            self._input_reader.close()
