"""The real program in a real pseudo-terminal, its screen kept by pyte, its bytes kept as they came."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pyte

ROOT = Path(__file__).parents[2]


class Terminal:
    """Runs `python -m tjqa`, or another `program` of Python, with `arguments`; leaves nothing behind."""

    def __init__(
        self,
        arguments: list[str],
        home: Path,
        size: tuple[int, int] = (80, 24),
        extra: dict[str, str] | None = None,
        program: tuple[str, ...] = ("-m", "tjqa"),
    ) -> None:
        self.raw = b""
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.master, slave = pty.openpty()
        self._set_size(size)
        keep = {key: value for key, value in os.environ.items() if not key.startswith(("TJQA_", "XDG_", "TEXTUAL"))}
        environ = keep | {"HOME": str(home), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        for name in ("NO_COLOR", "COLUMNS", "LINES"):  # the size is that of the terminal, not of one further out
            environ.pop(name, None)
        environ |= extra or {}
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ,
            cwd=home,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    @property
    def text(self) -> str:
        """The screen; pyte puts an empty cell after each wide character, which is no blank.

        Not `screen.display`: that fails while a resize has parted such a cell from its character.
        """
        rows = (self.screen.buffer[number] for number in range(self.screen.lines))
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    def places_of(self, text: str) -> list[tuple[int, int]]:
        """Row and first cell of each place where the screen shows `text`."""
        found = []
        for number in range(self.screen.lines):
            cells = [self.screen.buffer[number][x].data for x in range(self.screen.columns)]
            starts = [x for x in range(len(cells)) if "".join(cells[x:]).startswith(text) and cells[x]]
            found += [(number, x) for x in starts]
        return found

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program has written."""
        end = time.monotonic() + seconds
        while select.select([self.master], [], [], max(end - time.monotonic(), 0))[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:  # Linux says so when the program has gone
                return
            if not data:
                return
            self.raw += data
            self.stream.feed(data)

    def wait_for(self, seen: str | Callable[[str], bool], seconds: float = 60) -> None:
        """Go on as soon as the screen shows it."""
        end = time.monotonic() + seconds
        while not (seen in self.text if isinstance(seen, str) else seen(self.text)):
            assert time.monotonic() < end and self.process.poll() is None, f"never saw {seen!r} in\n{self.text}"
            self.read()

    def send(self, text: str) -> None:
        """Type."""
        os.write(self.master, text.encode())

    def resize(self, size: tuple[int, int]) -> None:
        """Another window size."""
        self.screen.resize(size[1], size[0])
        self._set_size(size)

    def _set_size(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if hasattr(self, "process"):
            os.killpg(self.process.pid, signal.SIGWINCH)

    def wait_exit(self, seconds: float = 20) -> int:
        """The exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, f"still running:\n{self.text}"
            self.read()
        return self.process.returncode
