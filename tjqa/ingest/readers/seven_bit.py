"""Encodings of Chinese in bytes below 128, of mails and news from before UTF-8: HZ, UTF-7, the forms of ISO-2022. Read
as what their bytes seem to be they are ASCII without a word in it."""

from __future__ import annotations

import re

from tjqa.errors import SourcesError
from tjqa.ingest import parameters
from tjqa.ingest.readers.foreign_encodings import chinese_share

# By what mails and pages call them, without their marks: the label, and the codecs from the one that is meant to those
# with more characters.
_JAPANESE = ("iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004")
_CODECS = {
    "HZ": ("hz",),
    "UTF-7": ("utf-7",),
    "ISO-2022-JP": _JAPANESE,
    "ISO-2022-KR": ("iso2022_kr",),
    "ISO-2022-CN": ("",),  # Python has none
}
_CALLED = (
    (re.compile(r"hz(?:-?gb(?:-?2312)?)?"), "HZ"),
    (re.compile(r"(?:unicode-(?:1-1|2-0)-)?utf-?7|csunicode11utf7"), "UTF-7"),
    (re.compile(r"(?:x-)?iso-?2022-?jp(?:-.{1,5})?|csiso2022jp2?"), "ISO-2022-JP"),
    (re.compile(r"(?:x-)?iso-?2022-?kr|csiso2022kr"), "ISO-2022-KR"),
    (re.compile(r"(?:x-)?iso-?2022-?cn(?:-(?:gb|cns|ext))?|csiso2022cn"), "ISO-2022-CN"),
)
# What stands in no text but those, by the label of the encoding it is of; looked for in this order.
_SIGNS = (
    (re.compile(rb"\x1b\$\)C"), "ISO-2022-KR"),
    (re.compile(rb"\x1b\$[)*][AEGH]"), "ISO-2022-CN"),
    (re.compile(rb"\x1b\$(?:[@AB]|\([@-D])"), "ISO-2022-JP"),
    (re.compile(rb"~\{[!-w][!-~]"), "HZ"),
    (re.compile(rb"\+[A-Za-z0-9+/]{3}"), "UTF-7"),
)
_WIDE = re.compile(r"[\u1100-\u11ff\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3]")
# Of ISO-2022-CN: which set follows, one character of another, the set and ASCII by turns, a line that begins anew.
_SHIFT = re.compile(rb"\x1b\$[)*+](.)|\x1b[NO]..|(\x0e)|(\x0f)|(\n)", re.DOTALL)


def declared(raw: bytes, charset: str) -> tuple[str, str] | None:
    """The text of bytes that are said to be in one of these encodings, and its name; None when `charset` is none of
    them, or the bytes are not in it."""
    called = charset.strip().lower().replace("_", "-")
    label = next((label for names, label in _CALLED if names.fullmatch(called)), "")
    text = _read(raw, label) if label and raw.isascii() else None
    return None if text is None else (text, label)


def undeclared(raw: bytes, name: str) -> tuple[str, str] | None:
    """The same of bytes that nothing is said of: Chinese by the signs of such an encoding.

    Raises:
        SourcesError: they are another language in one of them; `name` is told.
    """
    if not raw.isascii():
        return None
    for sign, label in _SIGNS:
        text = _read(raw, label) if sign.search(raw) is not None else None
        if text is None or len(_WIDE.findall(text)) < parameters.LEAST_SEVEN_BIT:
            continue
        if chinese_share(text) >= parameters.RARE_PART:
            return text, label
        if label.startswith("ISO"):
            raise SourcesError("encoding_doubtful", "encoding_unknown_hint", name=name, read="ASCII", other=label)
    return None


def _read(raw: bytes, label: str) -> str | None:
    for codec in _CODECS[label]:
        try:
            return raw.decode(codec) if codec else _iso_2022_cn(raw)
        except (UnicodeError, LookupError):
            continue
    return None


def _iso_2022_cn(raw: bytes) -> str:
    """Text of which characters of GB 2312 stand between SO and SI (RFC 1922).

    Raises:
        UnicodeError: characters of another set.
    """
    out: list[str] = []
    at, known, shifted = 0, False, False

    def add(part: bytes) -> None:
        if shifted and part and not known:
            raise UnicodeError
        out.append(bytes(byte | 0x80 for byte in part).decode("gb2312") if shifted else part.decode("ascii"))

    for found in _SHIFT.finditer(raw):
        add(raw[at : found.start()])
        at = found.end()
        if found[1] is not None:
            known = found[1] == b"A"
        elif found[2] or found[3]:
            shifted = found[2] is not None
        elif found[4]:
            known = shifted = False
            out.append("\n")
        else:
            raise UnicodeError
    add(raw[at:])
    return "".join(out)
