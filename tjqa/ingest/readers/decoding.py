"""Bytes → text, strictly: nothing is ever replaced.

The encoding is decided on evidence. A byte-order mark or valid UTF-8 settles it. A file that is almost UTF-8 is a
damaged UTF-8 file and is refused with the place of the bad byte: reading it as GB18030 would turn every
character into another one without complaint, and a replacement character would be quoted as if the file held it. What
is left is tried as GB18030, Big5 and UTF-16 without a mark, and scored by how much the result looks like Chinese.
"""

from __future__ import annotations

import codecs
import re

from tjqa.errors import SourcesError
from tjqa.ingest import parameters
from tjqa.ingest.readers.foreign_encodings import part_in_another, rival
from tjqa.ingest.readers.frequent_characters import CHINESE, PUNCTUATION
from tjqa.ingest.readers.seven_bit import undeclared

# Longest mark first: the UTF-16 mark is a prefix of the UTF-32 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32LE BOM"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32BE BOM"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8 BOM"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE BOM"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE BOM"),
)
# The legacy encodings, each with the lead bytes of its frequent characters (GB2312 level 1, Big5 level 1). Big5 has
# the extensions that texts are written with (ETEN, HKSCS; the Encoding Standard's table): in Python's "big5", which
# follows a table of 1994, the codes of ① and 〇 are kana.
BIG5 = "big5hkscs"
_LEGACY = (
    ("gb18030", "GB18030", range(0xB0, 0xD8)),
    (BIG5, "Big5", range(0xA4, 0xC7)),
)
_WIDE = (("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE"))
# The most frequent characters of written Chinese, both scripts: over a quarter of any running text, almost
# none of a text decoded wrongly.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当"
    "想看文无开手十用主行方又如前所本见经头面公同三已老从动两长這來個國說們為時會過學對裡後麼沒於發當經頭動兩長、，。：；！？「」《》“”（）·"
)
_USUAL = CHINESE | PUNCTUATION  # half of it
_UNICODE = frozenset(label for _, label in _WIDE)
_MINIMUM_SCORE = 0.5
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding's name; a byte-order mark stays as the first character.

    Raises:
        SourcesError: not text, or not decodable without loss; `name` is told.
    """
    for mark, codec, label in _MARKS:
        if raw.startswith(mark):
            return _checked(_strict(raw, codec, label, name), name), label
    if (found := undeclared(raw, name)) is not None:
        return _checked(found[0], name), f"{found[1]}(编码存疑:文件没有写明)"
    try:
        text = raw.decode("utf-8")
        return (text, "UTF-8") if "\0" not in text and _clean(text) else _unmarked(raw, name)
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            return _unmarked(raw, name)
        if _nearly_utf8(raw):
            raise _bad_byte(name, "UTF-8", error) from error
    return _legacy(raw, name)


def decode_declared(raw: bytes, label: str, name: str) -> str | None:
    """Text in the Chinese encoding that a page declares; None when it is not in it: bytes do not fit, or they make far
    better Chinese in the other one. Pages often declare another encoding than theirs.

    Raises:
        SourcesError: the bytes are rather those of another language; `name` is told.
    """
    read = {other: _tried(raw, codec, leads) for codec, other, leads in _LEGACY}
    own = read.pop(label)
    if own is None or any(other and other[0] > parameters.DECLARED_OUTDONE * own[0] for other in read.values()):
        return None
    _require_undoubted(raw, own[1], label, name)
    return own[1]


def _tried(raw: bytes, codec: str, leads: range) -> tuple[float, str] | None:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    return _score(text, codec, leads), text


def _require_undoubted(raw: bytes, text: str, label: str, name: str) -> None:
    """Refuse bytes that, read in a Chinese encoding, are rather in another one, as a whole or in a part."""
    if (other := rival(raw, text)) is not None:
        raise SourcesError("encoding_doubtful", "encoding_unknown_hint", name=name, read=label, other=other)
    if (part := part_in_another(raw, _CODECS[label])) is not None:
        told = {"name": name, "read": label, "line": part.line, "other": part.label}
        raise SourcesError("encoding_mixed", "encoding_unknown_hint", **told)


def _strict(raw: bytes, codec: str, label: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise _bad_byte(name, label, error) from error


def _checked(text: str, name: str) -> str:
    if not _clean(text):
        raise _not_text(name)
    return text


def _clean(text: str) -> bool:
    # Text has next to no control characters; a program or a picture that happens to decode is full of them.
    return "\0" not in text and len(_CONTROL.findall(text)) <= max(2, len(text) // 100)


def _unmarked(raw: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a byte-order mark, which every zero byte speaks for; else no text."""
    best = max((_utf16(raw, codec, label) for codec, label in _WIDE), key=lambda entry: entry[0])
    if best[0] < _MINIMUM_SCORE:
        raise _not_text(name)
    return best[1], best[2]


def _utf16(raw: bytes, codec: str, label: str) -> tuple[float, str, str]:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return 0.0, "", label
    if not text or not _clean(text):
        return 0.0, "", label
    likely = sum(char in _FREQUENT or char.isascii() for char in text)
    usual = sum(char in _FREQUENT or char.isascii() or "\u4e00" <= char <= "\u9fff" for char in text)
    # A picture gives characters from all over Unicode, bytes of another encoding taken in pairs give rare ones.
    alike = usual >= 0.9 * len(text) and likely >= 0.15 * len(text)
    return (2 * likely + usual) / len(text) if alike else 0.0, text, label


def _nearly_utf8(raw: bytes) -> bool:
    """True when nearly all bytes above 127 stand in well-formed UTF-8 sequences."""
    whole = sum(len(sequence) for sequence in _MULTIBYTE.findall(raw))
    high = sum(byte > 127 for byte in raw)
    return whole >= 0.8 * high


def _legacy(raw: bytes, name: str) -> tuple[str, str]:
    tried: list[tuple[float, str, str]] = []
    for codec, label, leads in _LEGACY:
        if (found := _tried(raw, codec, leads)) is not None:
            tried.append((*found, label))
    if sum(byte < 127 for byte in raw) < parameters.MOSTLY_ASCII * len(raw):
        tried += [_utf16(raw, codec, label) for codec, label in _WIDE]
    best = max(tried, key=lambda entry: entry[0], default=(0.0, "", ""))
    if best[0] < _MINIMUM_SCORE:
        raise SourcesError("encoding_unknown", "encoding_unknown_hint", name=name)
    if best[2] not in _UNICODE:
        _require_undoubted(raw, best[1], best[2], name)
    return _checked(best[1], name), best[2]


def _score(text: str, codec: str, leads: range) -> float:
    """0..3: how much `text` looks like Chinese: frequent characters, and those its encoding puts first."""
    wide = [char for char in text if ord(char) > 127]
    if not wide:
        return 0.0
    frequent = sum(char in _USUAL for char in wide)
    # Not all that is read is written alone: of the two characters of 88 62 in Big5 the second is not.
    usual = sum(char in _USUAL or char.encode(codec, "replace")[0] in leads for char in wide)
    return 2 * frequent / len(wide) + usual / len(wide)


def _not_text(name: str) -> SourcesError:
    return SourcesError("no_text", "no_text_hint", name=name)


def _bad_byte(name: str, label: str, error: UnicodeDecodeError) -> SourcesError:
    byte = f"{error.object[error.start]:02X}"
    return SourcesError("bad_byte", "bad_byte_hint", name=name, encoding=label, at=error.start, byte=byte)


_CODECS = {label: codec for _, codec, label in _MARKS} | {label: codec for codec, label, _ in _LEGACY}
_CODECS |= {label: codec for codec, label in _WIDE} | {"UTF-8": "utf-8"}


def codec_of(label: str, raw: bytes, text: str) -> str:
    """The codec that turns any slice of `text` back into the file's bytes; "" when there is none: in an encoding of
    seven bits what a byte is depends on those before.

    The legacy encodings have a few characters with two codes: a file that uses the second one cannot be written back.
    """
    codec = _CODECS.get(label, "")
    if codec.startswith("utf"):
        return codec
    return codec if codec and text.encode(codec) == raw else ""
