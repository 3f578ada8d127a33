"""Writing the table [ui] of config.toml: its other lines, and what people wrote beside them, stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tjqa.errors import TjqaError, reason
from tjqa.files import read_regular, write_atomically

_MAX_BYTES = 64 * 1024  # as much as is read of it


def write_settings(path: Path, values: Mapping[str, str | bool]) -> None:
    """Set entries of [ui], and make the file where there is none.

    Raises:
        TjqaError: the file cannot be read as TOML, which to write would lose what is in it, or not be written.
    """
    import tomlkit  # when something is set, not when the app starts
    from tomlkit.exceptions import TOMLKitError

    try:
        try:
            whole = tomlkit.parse(read_regular(path, _MAX_BYTES).decode("utf-8"))
        except FileNotFoundError:
            whole = tomlkit.document()
        if not isinstance(whole.setdefault("ui", tomlkit.table()), dict):
            raise TjqaError("settings_unwritten", "settings_unreadable_hint", path=path, why="ui")
        for name, value in values.items():
            whole["ui"][name] = value
        write_atomically(path, tomlkit.dumps(whole).encode("utf-8"))
    except OSError as error:
        raise TjqaError("settings_unwritten", "settings_unwritten_hint", path=path, why=reason(error)) from error
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise TjqaError("settings_unwritten", "settings_unreadable_hint", path=path, why=str(error)[:80]) from error
