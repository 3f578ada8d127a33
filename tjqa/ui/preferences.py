"""What a reader may set for the screen: the table [ui] of config.toml; everything in it is optional.

[ui]
theme = "nord"        # any name that /主题 lists
language = "zh"       # or "en"
history = true        # keep questions from one session to the next
ambiguous_wide = true # for terminals that draw “ ” — … two cells wide
fast = true           # answer without the reader
follow = false        # update the index by command only, not whenever a document changes
auto_copy = true      # what is selected is copied by itself
compact = true        # no blank rows between the cards

[ui.keys]             # other keys, by the names the help shows
copy = "shift+f5"
next_citation = "j"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from tjqa.errors import reason
from tjqa.files import read_regular
from tjqa.messages import Language
from tjqa.ui.keys import DEFAULTS, NAMES, is_for_typing, normal, rivals
from tjqa.ui.text.strings import Texts

# With the focus in the input these must leave the characters to it.
_WHILE_TYPING = {"app", "input", "page"}

_MAX_BYTES = 64 * 1024  # some dozens of lines

_MOST_SHOWN = 80  # characters of a wrong name or value: a line of a usual terminal

_NAME_OF = {id_: name for name, id_ in reversed(NAMES.items())}

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
    fast: bool = False
    follow: bool = True
    auto_copy: bool = False
    compact: bool = False


def load(path: Path) -> Preferences:
    """The preferences of a file; a missing file is an empty one, a wrong entry is named and left out."""
    texts = Texts()
    try:
        whole = tomllib.loads(read_regular(path, _MAX_BYTES).decode("utf-8"))
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        return Preferences(problems=(texts("config_unreadable", path=path, reason=texts.of(reason(error))),))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Preferences(problems=(texts("config_unreadable", path=path, reason=_abridged(error)),))
    except ValueError:  # of some thousands of digits tomllib hands on what int() says, which is no advice to a reader
        return Preferences(problems=(texts("config_unreadable", path=path, reason=texts("config_digits")),))
    table = whole.pop("ui", {})
    unknown = tuple(texts("config_unknown", path=path, name=_abridged(name)) for name in whole)
    if not isinstance(table, dict):
        return Preferences(problems=(*unknown, texts("config_value", path=path, name="ui", value=_abridged(table))))
    found = _Reader(path, table, texts).preferences()
    return replace(found, problems=(*unknown, *found.problems))


def _abridged(value: object) -> str:
    """A name or a value of the file as a part of a sentence: a long one without its end."""
    try:
        text = str(value)
    except (ValueError, RecursionError):  # a number in hexadecimal that is too long to be written with decimal digits
        return "…"
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


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
        fast = self._take("fast", bool)
        follow = self._take("follow", bool)
        auto_copy = self._take("auto_copy", bool)
        compact = self._take("compact", bool)
        keys = self._keys(self._take("keys", dict))
        if language is not None and language not in _LANGUAGES:
            self._wrong("language", language)
        for name in self._table:
            self._problems.append(self._texts("config_unknown", path=self._path, name=f"ui.{_abridged(name)}"))
        return Preferences(
            theme=theme if isinstance(theme, str) else None,
            language=_LANGUAGES.get(str(language), "zh"),
            history=history is not False,
            ambiguous_wide=ambiguous_wide is True,
            fast=fast is True,
            follow=follow is not False,
            auto_copy=auto_copy is True,
            compact=compact is True,
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
        told = self._texts("config_value", path=self._path, name=f"ui.{name}", value=_abridged(value))
        self._problems.append(told)

    def _keys(self, table: object) -> dict[str, str]:
        """Names as the help shows them → binding ids with their keys."""
        chosen: dict[str, str] = {}
        named: dict[str, str] = {}
        for name, key in (table if isinstance(table, dict) else {}).items():
            if name not in NAMES:
                self._problems.append(self._texts("config_key_name", path=self._path, name=_abridged(name)))
            elif not isinstance(key, str) or not key.strip():
                self._wrong(f"keys.{name}", key)
            elif (keys := normal(key)) is None:
                self._refuse("config_key_sign", name, key)
            elif NAMES[name].partition(".")[0] in _WHILE_TYPING and is_for_typing(keys):
                self._refuse("config_key_typing", name, key)
            else:
                chosen[NAMES[name]], named[NAMES[name]] = keys, name
        return self._without_clashes(chosen, named)

    def _without_clashes(self, chosen: dict[str, str], named: dict[str, str]) -> dict[str, str]:
        """`chosen` less what would take its key from something else; keys may be exchanged."""
        clash = True
        while clash:
            clash = False
            for id_, keys in list(chosen.items()):
                if others := rivals(id_, keys, {**DEFAULTS, **chosen}):
                    self._refuse("config_key_taken", named[id_], keys, other=_NAME_OF[others[0]])
                    del chosen[id_]  # its own key is back, and may be what another has chosen
                    clash = True
        return chosen

    def _refuse(self, why: str, name: str, sign: str, **other: str) -> None:
        old = " ".join(self._texts.keys_of(NAMES[name]))
        self._problems.append(self._texts(why, path=self._path, name=name, sign=_abridged(sign), old=old, **other))
