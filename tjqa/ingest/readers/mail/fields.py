"""Header fields of mails as people read them: encoded words, and bytes that were never encoded."""

from __future__ import annotations

import base64
import binascii
import re
from email.policy import EmailPolicy
from typing import Any

from tjqa.ingest.readers import seven_bit

LONGEST_FIELD = 4_000
"""Characters of a header field that are looked at: the standard library's parser takes ever longer for long ones."""

_ONE_WORD = re.compile(r"=\?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z-]*)?\?([BbQq])\?([^?]{0,2000})\?=")
_WORDS = re.compile(r"=\?[^?\s]{1,60}\?[BbQq]\?[^?]{0,2000}\?=(?:\s*=\?[^?\s]{1,60}\?[BbQq]\?[^?]{0,2000}\?=)*")
# Programs declare the smaller set and write characters of the larger one.
_LARGER = dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "hz-gb-2312", "x-gbk", "cp936"), "gb18030") | {
    "big5": "big5hkscs"
}


def readable(value: str) -> str:
    """A header field with its encoded words decoded, and bytes beyond ASCII as UTF-8 or else GB18030."""
    value = _raw_bytes(value[:LONGEST_FIELD])
    return _WORDS.sub(lambda run: _decoded_words(run[0]), value) if "=?" in value else value


def decoded(raw: bytes, charset: str) -> str | None:
    """Text in a declared encoding; None when it is unknown or does not fit."""
    charset = charset.lower()
    if (found := seven_bit.declared(raw, charset)) is not None:
        return found[0]
    try:
        return raw.decode(_LARGER.get(charset, charset))
    except (LookupError, ValueError):
        return None


def _raw_bytes(value: str) -> str:
    if not any("\udc80" <= char <= "\udcff" for char in value):
        return value
    raw = value.encode("utf-8", "surrogateescape")
    for codec in ("utf-8", "gb18030"):
        text = decoded(raw, codec)
        if text is not None:
            return text
    return raw.decode("utf-8", "replace")


def _decoded_words(run: str) -> str:
    """Words one after the other, of which a character may begin in one and end in the next."""
    out: list[str] = []
    held, before = b"", ""
    for word in _ONE_WORD.finditer(run):
        charset, data = word[1].lower(), _bytes_of(word[2], word[3])
        if charset != before and held:
            out.append(_text(held, before))
            held = b""
        held, before = held + data, charset
    return "".join([*out, _text(held, before)])


def _bytes_of(kind: str, data: str) -> bytes:
    raw = data.encode("utf-8", "replace")
    if kind in "Qq":
        return binascii.a2b_qp(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def _text(raw: bytes, charset: str) -> str:
    text = decoded(raw, charset)
    if text is None:
        text = decoded(raw, "gb18030")
    return raw.decode("utf-8", "replace") if text is None else text


class Lenient(EmailPolicy):
    """The standard library's rules over fields that are decoded first: many programs encode what may not be."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """The field's value, parsed; of one that the parser fails over, nothing."""
        try:
            return super().header_fetch_parse(name, readable(str(value)))
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
            return super().header_fetch_parse(name, "")
