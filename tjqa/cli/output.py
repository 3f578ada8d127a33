"""What all commands print with: data as one line of JSON or text safe for a terminal, talk to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tjqa.documents import Position
from tjqa.messages import message
from tjqa.progress import Pace, counted, rounded
from tjqa.reports import Progress
from tjqa.text.display import one_line, visible


def say(text: str) -> None:
    """Something for the person, not for the next program; one line, whatever the names in it hold."""
    print(one_line(text), file=sys.stderr)


def where(position: Position | None) -> str:
    """The place in the file; None says that the text no longer stands there (`Library.position`)."""
    return f"第 {position.line} 行第 {position.column} 字" if position else "原文已改动，这是建立索引时的文字"


def flattened(text: str, limit: int = 10_000) -> str:
    """`text` on one row, runs of blanks as one, at most `limit` characters, safe for a terminal."""
    flat = visible(" ".join(text.split()))
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def progress_line() -> Callable[[Progress], None]:
    """Shows the steps of a build, each over the one before; nothing into a file or pipe."""
    pace = Pace()

    def show(step: Progress) -> None:
        count = f" {counted(step)}" if step.total else ""
        left = pace.seconds_left(step)
        number, minutes = rounded(left or 0)
        told = f" 约还要 {number} {'分钟' if minutes else '秒'}" if left is not None else ""
        print(
            f"\r\033[K{message(step.phase).text()}{count}{told} {one_line(step.detail)}",
            end="",
            file=sys.stderr,
            flush=True,
        )

    return show if sys.stderr.isatty() else lambda step: None


def end_of_line() -> None:
    """Take the last step of a `progress_line` away."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
