"""Rich text (RTF) in words: what opens and closes, commands, text in whatever encoding it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9A-Fa-f]{2})"
    rb"|\\(?P<sign>[^A-Za-z'])|(?P<text>[^\\{}\r\n]+)|[\r\n\\]",
    re.DOTALL,
)


class Token(NamedTuple):
    """`kind` is open, close, word, bytes or sign; `number` that of a word, None without one."""

    kind: str
    text: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(raw: bytes) -> Iterator[Token]:
    """All of them; what is stored in binary is passed over."""
    at = 0
    while found := _TOKEN.match(raw, at):
        at = found.end()
        if found["text"] is not None:
            yield Token("bytes", data=found["text"])
        elif found["byte"] is not None:
            yield Token("bytes", data=bytes([int(found["byte"], 16)]))
        elif found["word"] is not None:
            word = found["word"].decode("ascii")
            number = int(found["number"]) if found["number"] is not None else None
            if word == "bin":
                at += max(0, number or 0)
            else:
                yield Token("word", word, number)
        elif found["sign"] is not None:
            yield Token("sign", found["sign"].decode("latin-1"))
        elif found["open"] is not None:
            yield Token("open")
        elif found["close"] is not None:
            yield Token("close")
