"""Help for eyes: Chinese takes two cells a character, which argparse counts as one."""

from __future__ import annotations

import argparse
import shutil
from typing import Any

WIDEST = 100
"""Columns beyond which a line is tiring to read."""

_COLUMN = 28
"""Where explanations begin."""


def columns() -> int:
    """Of the terminal, as far as they are used."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def rows(text: str, width: int) -> list[str]:
    """A text in rows of at most so many cells, broken the Chinese way."""
    from tjqa.ui.text.wrap import wrap

    return [line[start:end] for line in text.split("\n") for start, end in wrap(line, width)]


class Formatter(argparse.RawDescriptionHelpFormatter):
    """argparse's layout with columns of cells."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_COLUMN, width=columns() - 2)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """In Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{row}" for row in rows(text, width - len(indent)))

    def _format_action(self, action: argparse.Action) -> str:
        from tjqa.text.display import padded
        from tjqa.text.display import width as cells

        head = " " * self._current_indent + self._format_action_invocation(action)
        told = rows(self._expand_help(action), self._width - _COLUMN) if action.help else []
        if not told:
            lines = [head]
        elif cells(head) + 2 <= _COLUMN:
            lines = [padded(head, _COLUMN) + told[0], *(" " * _COLUMN + row for row in told[1:])]
        else:
            lines = [head, *(" " * _COLUMN + row for row in told)]
        below = [self._format_action(part) for part in self._iter_indented_subactions(action)]
        return "".join([*(f"{line}\n" for line in lines), *below])
