"""Records as JSON, one a line; and what those read from disk must be: fields, types and ranges of each kind.

JSON gives any type for any field, and a hash tells accidents only: whoever writes an index can make it fit. So a row is
held against its table before anything is made of it.

By hand and not by a library: to import msgspec takes 46 ms, a tenth of a question's start, and its reader refuses half
characters, which names of files may have.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

Check = Callable[[Any], bool]
"""Whether a value may stand in a field."""

MOST = 2**53
"""No count of characters, bytes or passages reaches this."""

# What a terminal would obey, hide or reorder by, and halves of characters, which no output takes. JSON itself escapes
# the control characters below the blank.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001-\U000e007f]"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CONTROLS = frozenset(chr(point) for point in range(0xA0) if unicodedata.category(chr(point)) == "Cc")


def json_line(row: dict[str, Any]) -> str:
    """One line of JSON; what cannot be seen or written is escaped, so that it may be read in a terminal."""
    return _UNSEEN.sub(lambda unseen: json.dumps(unseen[0])[1:-1], json.dumps(row, ensure_ascii=False))


def read_rows(raw: bytes, errors: str = "strict") -> list[tuple[int, Any]]:
    """The rows of such a file, each with the number of its line, from 1; blank lines are left out.

    Args:
        raw: the bytes of the file, in UTF-8, with or without a byte order mark.
        errors: what to do about bytes that are no UTF-8, as `bytes.decode` takes it.

    Returns:
        A row is None where its line is no JSON (or says null): what that means is the caller's to say.

    Raises:
        UnicodeDecodeError: the bytes are no UTF-8 and `errors` is "strict".
    """
    lines = raw.decode("utf-8-sig", errors).split("\n")
    return [(number, _row(line)) for number, line in enumerate(lines, 1) if line.strip()]


def _row(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


class Unfit(ValueError):
    """A row is not as its table says."""


def fitting(row: Any, table: Mapping[str, Check], missing: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A row that is as its table says; fields the table does not name are for the caller to refuse.

    Args:
        row: what JSON gave.
        table: what may stand in each field.
        missing: fields that need not be there.

    Raises:
        Unfit: it is no such row.
    """
    if not isinstance(row, dict):
        raise Unfit("no record")
    for name, check in table.items():
        try:
            value = row[name]
        except KeyError:
            if name in missing:
                continue
            raise Unfit(name) from None
        if not check(value):
            raise Unfit(name)
    return row


def text(value: Any) -> bool:
    """Any text, as it stands in a document: who prints it makes it visible."""
    return isinstance(value, str)


def label(value: Any) -> bool:
    """A name that this program or the user gave, without controls of a terminal."""
    return isinstance(value, str) and _CONTROLS.isdisjoint(value)


def truth(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def digest(value: Any) -> bool:
    """A SHA-256."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def no_or_digest(value: Any) -> bool:
    """A SHA-256, or empty where there was nothing to hash."""
    return value == "" or digest(value)


def date(value: Any) -> bool:
    """An ISO date, or none."""
    return value is None or (isinstance(value, str) and _DATE.fullmatch(value) is not None)


def maybe_text(value: Any) -> bool:
    """Any text, or none."""
    return value is None or isinstance(value, str)


def maybe_name(value: Any) -> bool:
    """A name that is not empty, or none."""
    return value is None or (label(value) and value != "")


def count(value: Any) -> bool:
    """How many, how far; true and false are no numbers."""
    return type(value) is int and 0 <= value <= MOST


def size(value: Any) -> bool:
    """Bytes of a file; -1 of one that could not be looked at."""
    return type(value) is int and -1 <= value <= MOST


def moment(value: Any) -> bool:
    """Nanoseconds since 1970 as a file system tells them, before it, too."""
    return type(value) is int and -(2**65) <= value < 2**65


def span(value: Any) -> bool:
    """The two ends of a span of characters."""
    if not isinstance(value, dict) or len(value) != 2:
        return False
    start, end = value.get("start"), value.get("end")
    return type(start) is int and type(end) is int and 0 <= start <= end <= MOST


def rows(value: Any) -> bool:
    """A list, of which each row is held against a table of its own."""
    return isinstance(value, list)


def texts(value: Any) -> bool:
    """A list of texts."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def plain_name(value: Any) -> bool:
    """The name of a file in the folder of its generation: it leads nowhere else."""
    return label(value) and 0 < len(value) <= 255 and not set(value) & set("/\\:") and value not in (".", "..")


@lru_cache(maxsize=4096)  # every passage names its file
def _leads_down(path: str) -> bool:
    try:
        whole = bool(path) and b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:  # half characters that stand for no bytes
        return False
    if os.name == "nt":
        path = path.replace("\\", "/").replace(":", "/../")  # a drive leads elsewhere, too
    return whole and not path.startswith("/") and ".." not in path.split("/")


def path(value: Any) -> bool:
    """A path below a folder."""
    return isinstance(value, str) and _leads_down(value)


def versions(value: Any) -> bool:
    """What made an index: a number for each name."""
    return isinstance(value, dict) and all(map(label, value)) and all(type(one) is int for one in value.values())


def anything(value: Any) -> bool:
    """What is read by a function of its own."""
    return True


ROLES = ("title", "meta", "heading", "body")

PASSAGE: Mapping[str, Check] = {
    "path": path,
    "sha256": digest,
    "span": span,
    "text": text,
    "role": ROLES.__contains__,
    "title": text,
    "section": text,
    "name": text,
    "page_date": date,
    "text_date": date,
    "publisher": maybe_text,
    "reporter": maybe_text,
    "table": anything,
}

PASSAGE_MISSING = frozenset({"name", "table"})
"""What passages lack in an index of a version that did not search the names of files; what only rows of tables have,
which are read by a function of their own."""

CONTEXT: Mapping[str, Check] = {
    "path": path,
    "title": text,
    "section": text,
    "publisher": maybe_text,
    "published": date,
}

STATE: Mapping[str, Check] = {
    "path": path,
    "sha256": no_or_digest,
    "size": size,
    "mtime_ns": moment,
    "skipped": anything,
    "reader": label,
    "keep": text,
    "drop": texts,
    "ctime_ns": moment,
}
STATE_MISSING = frozenset({"skipped", "reader", "keep", "drop", "ctime_ns"})

SUMMARY: Mapping[str, Check] = {
    "path": path,
    "sha256": digest,
    "encoding": label,
    "characters": count,
    "kept": count,
    "dropped": rows,
    "articles": rows,
    "passages": count,
    "text_sha256": no_or_digest,
    "edges": texts,
    "lines": count,
    "repeats": texts,
    "keep": text,
}
SUMMARY_MISSING = frozenset({"text_sha256", "lines", "keep"})

DROPPED: Mapping[str, Check] = {"span": span, "reason": text}
ARTICLE: Mapping[str, Check] = {"title": text, "published": date}

MANIFEST: Mapping[str, Check] = {
    "tjqa": label,
    "built": label,
    "folder": text,
    "model": lambda row: bool(fitting(row, MODEL)),
    "versions": versions,
    "passages": count,
    "parts": rows,
    "sources": rows,
    "files": lambda row: isinstance(row, dict) and all(map(plain_name, row)),
}
MODEL: Mapping[str, Check] = {"name": label, "dimension": count, "asked": maybe_name}
PART: Mapping[str, Check] = {"name": plain_name, "first": path, "passages": count}
FILE: Mapping[str, Check] = {"size": count, "sha256": digest}

SINCE_FOLDERS = frozenset({"folder"})
"""What the manifest of a version lacks that did not note whose index it is."""

JUDGEMENT: Mapping[str, Check] = {
    "question": text,
    "file": text,
    "sha256": text,
    "start": count,
    "end": count,
    "quote": text,
    "answers": truth,
    "at": text,
}
