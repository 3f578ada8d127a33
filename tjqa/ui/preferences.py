"""What a reader may set for the screen: the table [ui] of config.toml; everything in it is optional.

[ui]
theme = "nord"        # any name that /主题 lists
language = "zh"       # or "en"
history = true        # keep questions from one session to the next
ambiguous_wide = true # for terminals that draw “ ” — … two cells wide

[ui.keys]             # another key for a command, by the name the help shows for it
copy = "f5"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from tjqa.ui.commands import COMMANDS
from tjqa.ui.strings import Language, Texts

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings, and what could not be understood (complete sentences to show)."""

    theme: str | None = None
    language: Language = "zh"
    history: bool = True
    ambiguous_wide: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def load(path: Path) -> Preferences:
    """The preferences of a file; a missing file is an empty one, a wrong entry is named and left out."""
    texts = Texts()
    try:
        with path.open("rb") as stream:
            whole = tomllib.load(stream)
    except FileNotFoundError:
        return Preferences()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Preferences(problems=(texts("config_unreadable", path=path, reason=error),))
    table = whole.pop("ui", {})
    unknown = tuple(texts("config_unknown", path=path, name=name) for name in whole)
    if not isinstance(table, dict):
        return Preferences(problems=(*unknown, texts("config_value", path=path, name="ui", value=table)))
    found = _Reader(path, table, texts).preferences()
    return replace(found, problems=(*unknown, *found.problems))


class _Reader:
    """Takes entries out of the table one by one; what is left is unknown."""

    def __init__(self, path: Path, table: dict[str, object], texts: Texts) -> None:
        self._path = path
        self._table = dict(table)
        self._texts = texts
        self._problems: list[str] = []

    def preferences(self) -> Preferences:
        theme = self._take("theme", str)
        language = self._take("language", str)
        history = self._take("history", bool)
        ambiguous_wide = self._take("ambiguous_wide", bool)
        keys = self._keys(self._take("keys", dict))
        if language is not None and language not in _LANGUAGES:
            self._wrong("language", language)
        for name in self._table:
            self._problems.append(self._texts("config_unknown", path=self._path, name=f"ui.{name}"))
        return Preferences(
            theme=theme if isinstance(theme, str) else None,
            language=_LANGUAGES.get(str(language), "zh"),
            history=history is not False,
            ambiguous_wide=ambiguous_wide is True,
            keys=keys,
            problems=tuple(self._problems),
        )

    def _take(self, name: str, kind: type) -> object:
        value = self._table.pop(name, None)
        if value is not None and not isinstance(value, kind):
            self._wrong(name, value)
            return None
        return value

    def _wrong(self, name: str, value: object) -> None:
        self._problems.append(self._texts("config_value", path=self._path, name=f"ui.{name}", value=value))

    def _keys(self, table: object) -> dict[str, str]:
        """Command names as the help shows them → binding ids with their keys."""
        known = {name: f"app.{command.action}" for command in COMMANDS if command.keys for name in command.names}
        chosen: dict[str, str] = {}
        for name, key in (table if isinstance(table, dict) else {}).items():
            if name not in known:
                self._problems.append(self._texts("config_unknown", path=self._path, name=f"ui.keys.{name}"))
            elif not isinstance(key, str) or not key.strip():
                self._wrong(f"keys.{name}", key)
            else:
                chosen[known[name]] = key
        return chosen
