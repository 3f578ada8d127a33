"""Screens in tests: the same day and the same milliseconds always, no terminal's environment, true pictures."""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from textual import _wait

CELL = 12.2
"""Width of a cell in the pictures Rich draws."""


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's terminal sets must not change a screen."""
    for name in ("SSH_CONNECTION", "NO_COLOR", "COLORTERM", "TMUX", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _short_waits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot looks twice after each key, for 20 ms at least, whether anything is going on: a third of all the time.

    Tests wait for what is seen, so half of that will do; a picture is taken of whatever there is.
    """
    if "snap_compare" not in request.fixturenames:
        monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.01)
        monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.0005)


@pytest.fixture(autouse=True)
def _true_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich counts characters where it should count cells, so Chinese overlaps in its pictures: place each run."""
    draw = Console.export_svg

    def export_svg(console: Console, **options: Any) -> str:
        return re.sub(r"<text([^>]*textLength[^>]*)>(.*?)</text>", _placed, draw(console, **options))

    monkeypatch.setattr(Console, "export_svg", export_svg)


def _placed(match: re.Match[str]) -> str:
    attributes, text = match[1], html.unescape(match[2]).replace("\xa0", " ")
    x = float(re.search(r'\bx="([\d.]+)"', attributes)[1])  # type: ignore[index]
    parts: list[str] = []
    for width, group in groupby(text, key=cell_len):
        run = "".join(group)
        length = CELL * width * len(run)
        if run.strip():
            moved = re.sub(r'\bx="[\d.]+"', f'x="{x:g}"', attributes)
            moved = re.sub(r'textLength="[^"]*"', f'textLength="{length:g}"', moved)
            parts.append(f"<text{moved}>{html.escape(run).replace(' ', '&#160;')}</text>")
        x += length
    return "".join(parts)
