"""The versions of what makes an index; another one means a rebuild."""

from __future__ import annotations

import zlib

from tjqa.ingest.chunking import PACKER_VERSION
from tjqa.ingest.cleaning.clean import CLEANER_VERSION
from tjqa.ingest.readers import READING_VERSION
from tjqa.text.normalize import TEXT_VERSION
from tjqa.text.terms import TERMS_VERSION

VERSIONS = {
    "text": TEXT_VERSION,
    "terms": TERMS_VERSION,
    "cleaner": CLEANER_VERSION,
    "packer": PACKER_VERSION,
    "reading": READING_VERSION,
}


def _versions(words: tuple[str, ...]) -> dict[str, int]:
    """What an index depends on beside the documents and the model: our own versions, and the user's words."""
    return {**VERSIONS, "words": zlib.crc32("\n".join(words).encode("utf-8", "surrogatepass"))}
