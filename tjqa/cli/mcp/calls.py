"""Arguments of a call held against what a tool takes, and long results in pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tjqa.cli.mcp import parameters
from tjqa.engine import Engine
from tjqa.errors import UsageError

Given = dict[str, Any]
"""The arguments of a call, each of its parameter's kind and within its bounds; what was not given has its default."""


Step = Callable[[int, int], None]
"""Told now and then how much of how much is done; raises `Cancelled` when nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a tool takes under a name: of texts `least` and `most` are lengths, of a list of texts those of each."""

    name: str
    about: str
    kind: Literal["text", "texts", "number"] = "text"
    is_required: bool = False
    least: int = 0
    most: int = 2000
    default: Any = None

    def schema(self) -> dict[str, Any]:
        """It as JSON Schema says it."""
        text = {"type": "string", "minLength": self.least, "maxLength": self.most}
        described: dict[str, Any] = {
            "text": text,
            "texts": {"type": "array", "items": text, "maxItems": parameters.MOST_HITS},
            "number": {"type": "integer", "minimum": self.least, "maximum": self.most},
        }[self.kind]
        given = {"default": self.default} if self.default is not None else {}
        return {**described, "description": self.about, **given}

    def checked(self, value: Any) -> Any:
        """A value that fits.

        Raises:
            UsageError: it does not.
        """
        if self.kind == "number":
            if type(value) is not int or not self.least <= value <= self.most:
                raise UsageError("mcp_number", name=self.name, least=self.least, most=self.most)
            return value
        if self.kind == "texts":
            if not isinstance(value, list) or len(value) > parameters.MOST_HITS:
                raise UsageError("mcp_texts", name=self.name, most=parameters.MOST_HITS)
            return [self._text(one) for one in value]
        return self._text(value)

    def _text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise UsageError("mcp_text", name=self.name)
        if not self.least <= len(value) <= self.most:
            raise UsageError("mcp_length", name=self.name, least=self.least, most=self.most, length=len(value))
        if "\0" in value:
            raise UsageError("mcp_nul", name=self.name)
        return value


@dataclass(frozen=True, slots=True)
class Tool:
    """What can be called: `run` answers with a row of data for JSON."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    run: Callable[[Engine, Given, Step], dict[str, Any]]

    def schema(self) -> dict[str, Any]:
        """Its arguments as JSON Schema says them."""
        return {
            "type": "object",
            "properties": {one.name: one.schema() for one in self.parameters},
            "required": [one.name for one in self.parameters if one.is_required],
            "additionalProperties": False,
        }

    def given(self, arguments: Mapping[str, Any]) -> Given:
        """The arguments of a call, held against the parameters.

        Raises:
            UsageError: one is missing, unknown, of another kind or out of its bounds.
        """
        known = {one.name: one for one in self.parameters}
        unknown = sorted(arguments.keys() - known.keys())
        if unknown:
            raise UsageError("mcp_unknown", names=[name[:80] for name in unknown[:5]], known=list(known))
        missing = [one.name for one in self.parameters if one.is_required and arguments.get(one.name) is None]
        if missing:
            raise UsageError("mcp_missing_argument", names=missing)
        return {
            name: one.checked(arguments[name]) if arguments.get(name) is not None else one.default
            for name, one in known.items()
        }


def paged(rows: Sequence[Any], given: Given, name: str, total: int | None = None) -> dict[str, Any]:
    """A page of rows from `offset` on, at most `limit` of them and not too long; `next_offset` is where the next page
    begins, None after the last one. `rows` are those from `offset` on where `total`, the number of all, is given."""
    offset, limit = given["offset"], given["limit"]
    wanted = rows[offset : offset + limit] if total is None else rows[:limit]
    page: list[Any] = []
    left = parameters.PAGE_CHARACTERS
    for row in wanted:
        left -= len(json.dumps(row, ensure_ascii=False))
        if page and left < 0:
            break
        page.append(row)
    count = len(rows) if total is None else total
    end = offset + len(page)
    return {name: page, "offset": offset, "total": count, "next_offset": end if page and end < count else None}


def sayable(value: Any) -> Any:
    """A value for JSON whose texts can be encoded: names of files may hold bytes that are no text, which are told as
    Python writes them."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {sayable(name): sayable(one) for name, one in value.items()}
    return [sayable(one) for one in value] if isinstance(value, list | tuple) else value
