"""Every text of the terminal app, from one table (texts.toml): key → Chinese, English."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]


def keys() -> dict[str, tuple[str, str]]:
    """The whole table: key → Chinese, English."""
    table: dict[str, list[str]] = tomllib.loads(files("tjqa.ui").joinpath("texts.toml").read_text("utf-8"))
    return {key: (chinese, english) for key, (chinese, english) in table.items()}


_TABLE = keys()


class Texts:
    """The table in one language; call it with a key and the values its text names."""

    def __init__(self, language: Language = "zh") -> None:
        self.language: Language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, filled with `values`."""
        text = _TABLE[key][0 if self.language == "zh" else 1]
        return text.format(**values) if values else text

    def maybe(self, key: str) -> str | None:
        """The text of `key`; None when there is none."""
        return self(key) if key in _TABLE else None
