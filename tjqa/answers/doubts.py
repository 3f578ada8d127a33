"""What makes an answer doubtful, or keeps it back: a copy of its words that says otherwise, a file that cannot be
read again. Both are told before the answer, as nobody reads on behind one that looks sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tjqa.citations.library import Library
from tjqa.documents import Passage
from tjqa.retrieval.near_duplicates import Group, says_otherwise

Told = tuple[Passage, str]
"""A passage and the words of it that answer."""


def disputed_by(library: Library, groups: Sequence[Group], answering: Iterable[Told]) -> tuple[str, ...]:
    """Files, sorted, whose copy of an answering passage says the answer with another figure or word; only those that
    say so when they are read again."""
    found = set()
    for passage, words in answering:
        copies = (copy for copy in _copies(passage, groups) if copy.path != passage.path)
        found |= {copy.path for copy in copies if says_otherwise(words, copy.text) and is_confirmed(library, copy)}
    return tuple(sorted(found))


def withheld(library: Library, passages: Iterable[Passage]) -> tuple[str, ...]:
    """Files, sorted, of passages that would answer but whose files are others by now, or cannot be read."""
    return tuple(sorted({passage.path for passage in passages if not _is_of_now(library, passage)}))


def _is_of_now(library: Library, passage: Passage) -> bool:
    source = library.files.current(passage.path)
    return source is not None and source.sha256 == passage.sha256


def is_confirmed(library: Library, passage: Passage) -> bool:
    """Whether a passage stands where it was when its file is read again."""
    return library.position(passage) is not None


def _copies(passage: Passage, groups: Sequence[Group]) -> list[Passage]:
    """All of the group that a passage stands in."""
    for group in groups:
        members = [group.hit.passage, *(copy.hit.passage for copy in group.others)]
        if any((member.path, member.span) == (passage.path, passage.span) for member in members):
            return members
    return []
