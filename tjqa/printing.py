"""What all commands print with: data as one line of JSON or text safe for a terminal, talk to stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

from tjqa.pace import Pace, rounded
from tjqa.records import Progress
from tjqa.text import visible

_HALF = re.compile("[\ud800-\udfff]")


def say(text: str) -> None:
    """Something for the person, not for the next program."""
    print(text, file=sys.stderr)


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON; half characters, which no output takes, are escaped."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(row, ensure_ascii=False))


def where(line: int, column: int) -> str:
    """The place in the file; line 0 says that the text no longer stands there (`Library.position`)."""
    return f"第 {line} 行第 {column} 字" if line else "原文已改动,这是建立索引时的文字"


def one_line(text: str, limit: int = 10_000) -> str:
    """`text` on one row, at most `limit` characters, safe for a terminal."""
    flat = visible(" ".join(text.split()))
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def progress_line() -> Callable[[Progress], None]:
    """Shows the steps of a build, each over the one before; nothing into a file or pipe."""
    pace = Pace()

    def show(step: Progress) -> None:
        count = f" {step.done}/{step.total}" if step.total else ""
        left = pace.seconds_left(step)
        number, minutes = rounded(left or 0)
        told = f" 约还要 {number} {'分钟' if minutes else '秒'}" if left is not None else ""
        print(f"\r\033[K{step.phase}{count}{told} {visible(step.detail)}", end="", file=sys.stderr, flush=True)

    return show if sys.stderr.isatty() else lambda step: None
