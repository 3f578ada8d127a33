"""The versions of what makes an index; another one means a rebuild."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from tjqa.errors import IndexOutdated
from tjqa.ingest.chunking import PACKER_VERSION
from tjqa.ingest.cleaning.clean import CLEANER_VERSION
from tjqa.ingest.readers import READING_VERSION
from tjqa.messages import Message, message
from tjqa.text.normalize import TEXT_VERSION
from tjqa.text.terms import TERMS_VERSION

VERSIONS = {
    "text": TEXT_VERSION,
    "terms": TERMS_VERSION,
    "cleaner": CLEANER_VERSION,
    "packer": PACKER_VERSION,
    "reading": READING_VERSION,
}


# What the numbers in `VERSIONS` count, and those by which a question is read like the passages were.
_VERSIONED = {
    "text": "version_text",
    "terms": "version_terms",
    "cleaner": "version_cleaner",
    "packer": "version_packer",
    "reading": "version_reading",
    "words": "version_words",
}
_ASKING = {"text", "terms"}


def index_versions(words: tuple[str, ...]) -> dict[str, int]:
    """What an index depends on beside the documents and the model: our own versions, and the user's words."""
    return {**VERSIONS, "words": zlib.crc32("\n".join(words).encode("utf-8", "surrogatepass"))}


def rebuild_reason(made: Any, versions: Mapping[str, int]) -> Message | None:
    """Why an index of other versions is due for a rebuild; None when all are the same.

    Raises:
        IndexOutdated: a question would be read otherwise than the passages were.
    """
    made = made if isinstance(made, dict) else {}
    other = [name for name, number in versions.items() if made.get(name) != number]
    if not other:
        return None
    names = [message(_VERSIONED[name]) if name in _VERSIONED else name for name in other]
    if set(other) & _ASKING:
        raise IndexOutdated("index_outdated", "update_hint", names=names)
    return message("index_due", names=names)
