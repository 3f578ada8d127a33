"""The title among the properties of an Office file of before 2007 ([MS-OLEPS])."""

from __future__ import annotations

from tjqa.ingest.readers.word97.file import number

_SECTION = 44  # where the head says where the properties begin
_MOST = 1000  # properties that are looked at
_PAGE, _TITLE = 1, 2  # of which these are the encoding and the title
_NARROW, _WIDE = 30, 31  # kinds of text
_LONGEST = 4096  # bytes of a title


def title_in(data: bytes) -> str:
    """The title; "" where there is none, or in an encoding that is not known."""
    section = number(data, _SECTION)
    count = min(number(data, section + 4), _MOST)
    entries = (data[section + 8 + 8 * at : section + 16 + 8 * at] for at in range(count))
    places = {number(entry): section + number(entry, 4) for entry in entries}
    at = places.get(_TITLE)
    if at is None:
        return ""
    kind, length = number(data, at), min(number(data, at + 4), _LONGEST)
    page = number(data, places[_PAGE] + 4, 2) if _PAGE in places else 936
    encoding = {65001: "utf-8", 1200: "utf-16-le", 936: "gb18030"}.get(page, f"cp{page}")
    try:
        if kind == _WIDE:
            return data[at + 8 : at + 8 + 2 * length].decode("utf-16-le").partition("\0")[0]
        return data[at + 8 : at + 8 + length].decode(encoding).partition("\0")[0] if kind == _NARROW else ""
    except (LookupError, UnicodeDecodeError):
        return ""
