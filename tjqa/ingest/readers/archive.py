"""Archives (.zip): no text of their own. What lies in one are documents, each with a path (tjqa/ingest/containers)."""

from __future__ import annotations

from tjqa.ingest.readers.base import Extracted


def read(raw: bytes, name: str) -> Extracted:
    """Nothing, which is no fault of it."""
    del raw, name
    return Extracted("", "ZIP")
