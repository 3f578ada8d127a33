"""What tjqa says, as data: a key of the one catalogue (messages.toml) and the values its sentence names.

Results and errors hold messages; the front ends put them into words, each in its own language. Chinese is the language
of the command line. A message compares by what it says, goes through JSON between processes and into an index, and
stays readable there: its Chinese text goes along.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from importlib.resources import files
from typing import Any, Literal, TypeAlias

Language = Literal["zh", "en"]

Value: TypeAlias = "str | int | Message | tuple[Value, ...]"
"""What a sentence is filled with; of several values the sentence shows a list."""

_LITERAL, _SENTENCES = "literal", "sentences"
_BREAKS = dict.fromkeys(map(ord, "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "·")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue with its values, sorted by name; `message` makes one."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    def text(self, language: Language = "zh") -> str:
        """The sentence in a language.

        Raises:
            KeyError: the catalogue has no such key, or the sentence names a value that is not here.
        """
        sentence = catalogue()[self.key][0 if language == "zh" else 1]
        return sentence.format_map({name: _shown(value, language) for name, value in self.values})


def message(key: str, /, **values: object) -> Message:
    """A message; a value that is neither text, number, message nor a list of these is told as Python writes it."""
    return Message(key, tuple(sorted((name, _value(value)) for name, value in values.items())))


def literal(text: str) -> Message:
    """A text as it is, in every language: what another program said, what an older index noted."""
    return message(_LITERAL, text=text)


def joined(messages: Iterable[Message], language: Language = "zh") -> str:
    """Several sentences, one after the other: Chinese ones without a blank between them."""
    return ("" if language == "zh" else " ").join(one.text(language) for one in messages)


def in_one(messages: Iterable[Message]) -> Message:
    """Several sentences as one message, one after the other."""
    return reduce(lambda before, one: message(_SENTENCES, what=before, hint=one), messages)


def cause(said: Message) -> Message:
    """What happened, of a message that goes on with what to do."""
    return next((v for name, v in said.values if name == "what" and isinstance(v, Message)), said)


def to_json(said: Message) -> dict[str, Any]:
    """A message for JSON, with its Chinese text for people who read it there."""
    return {**_parts(said), "text": said.text()}


def from_json(row: Any) -> Message:
    """What `to_json` gave; a plain text is taken literally, and so is the text of a key that this version lacks.

    Raises:
        KeyError, TypeError: it is neither.
    """
    if isinstance(row, str):
        return literal(row)
    said = _whole(row)
    try:
        said.text()
    except (KeyError, ValueError):
        return literal(str(row["text"]))
    return said


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, tuple[str, str]]:
    """The whole catalogue: key → Chinese, English."""
    table: dict[str, list[str]] = tomllib.loads(files("tjqa").joinpath("messages.toml").read_text("utf-8"))
    return {key: (chinese, english) for key, (chinese, english) in table.items()}


def _value(value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(_value(one) for one in value)
    return value if isinstance(value, str | int | Message) else str(value)


def _shown(value: Value, language: Language) -> str:
    if isinstance(value, tuple):
        return catalogue()["list_separator"][0 if language == "zh" else 1].join(_shown(one, language) for one in value)
    # A sentence is one line: a name with a line break must not look like another sentence of ours.
    return value.text(language) if isinstance(value, Message) else str(value).translate(_BREAKS)


def _parts(said: Message) -> dict[str, Any]:
    return {"key": said.key, "values": {name: _to_json(value) for name, value in said.values}}


def _to_json(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_to_json(one) for one in value]
    return _parts(value) if isinstance(value, Message) else value


def _whole(row: Any) -> Message:
    if not isinstance(row["values"], dict):
        raise TypeError("values")
    return message(row["key"], **{name: _from_json(value) for name, value in row["values"].items()})


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_from_json(one) for one in value)
    return _whole(value) if isinstance(value, dict) else value
