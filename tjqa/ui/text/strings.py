"""Every text of the terminal app, from one table (texts.toml): key → Chinese, English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

from tjqa.documents import DropReason
from tjqa.messages import Language, Message
from tjqa.ui.keys import DEFAULTS, shown, side_by_side


def keys() -> dict[str, tuple[str, str]]:
    """The whole table: key → Chinese, English."""
    table: dict[str, list[str]] = tomllib.loads(files("tjqa.ui").joinpath("texts.toml").read_text("utf-8"))
    return {key: (chinese, english) for key, (chinese, english) in table.items()}


_TABLE = keys()

_UPDATE = re.compile(r"(?:请)?运行 tjqa index 更新(?:索引)?|[Rr]un tjqa index to update(?: the index| it)?")


class Texts:
    """The table in one language; call it with a key and the values its text names.

    A text names the key of a binding as {k[app.copy]}, of a pair as {k[card.previous+card.next]}.

    Args:
        language: of the texts.
        bound: binding id → its keys, of those that are not the default ones.
    """

    def __init__(self, language: Language = "zh", bound: Mapping[str, str] | None = None) -> None:
        self.language: Language = language
        self.bound = {**DEFAULTS, **(bound or {})}
        self._keys = _FirstKeys(self)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, filled with `values`."""
        text = _TABLE[key][0 if self.language == "zh" else 1]
        return text.format(k=self._keys, **values)

    def of(self, said: Message) -> str:
        """What a result or an error says."""
        return self.in_app(said.text(self.language))

    def in_app(self, text: str) -> str:
        """A text of the catalogue as it is said here: what the shell would be asked for has a key."""
        key = self.keys_of("app.rebuild")[0]
        return _UPDATE.sub(f"按 {key} 更新" if self.language == "zh" else f"press {key} to update", text)

    def left_out(self, reason: DropReason) -> str:
        """Why a part of a file is not searched."""
        return self(f"left_out_{reason.name.lower()}")

    def keys_of(self, binding: str) -> list[str]:
        """All keys of a binding as people write them; a command may have none."""
        return shown(self.bound[binding], self.language == "zh")


class _FirstKeys:
    """What a text is filled from: the first key of a binding, or of each binding of a pair."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __getitem__(self, bindings: str) -> str:
        return side_by_side([self._texts.keys_of(binding)[0] for binding in bindings.split("+")])
