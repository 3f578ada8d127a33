"""Whose index it is: two folders of documents with one place for an index must not take each other's."""

from __future__ import annotations

import os
from pathlib import Path

from tjqa.errors import IndexUnusable
from tjqa.index.base import Index


def require_own(index: Index, folder: Path, embeddings: Path) -> None:
    """Refuse an index of other documents, as long as their folder is still there and none of them lies in `folder`: a
    library that was moved or copied keeps its index.

    Args:
        index: the one that was found.
        folder: the documents that are asked about or indexed now.
        embeddings: where the index lies; for the message.

    Raises:
        IndexUnusable: it is another folder's.
    """
    if index.made_for in ("", os.path.realpath(folder)) or not Path(index.made_for).is_dir():
        return
    if folder.is_dir() and not any((folder / state.path).exists() for state in index.sources):
        raise IndexUnusable(
            "index_of_others", "index_of_others_hint", embeddings=embeddings, made=index.made_for, folder=folder
        )
