"""Completion of commands, options and file names by the shell, written by shtab."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from tjqa.errors import UsageError

SHELLS = ("bash", "zsh", "fish")

_FOLDERS = {"sources", "embeddings"}
_FILES = {"files", "file", "batch", "output"}


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """What the shell is to run to complete the command line of `parser`.

    Raises:
        UsageError: another shell.
    """
    import shtab

    if shell not in SHELLS:
        raise UsageError("shell_unknown", "shell_unknown_hint", name=shell)
    for action in _actions(parser):
        kind = shtab.DIRECTORY if action.dest in _FOLDERS else shtab.FILE if action.dest in _FILES else None
        if kind is not None:
            action.complete = kind  # type: ignore[attr-defined]
    return shtab.complete(parser, shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Those of a parser and of its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _actions(below)
