"""What a proof looks up in an opened library: the passages near a sentence, and whether words stand anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from tjqa.answers.figures.parameters import MOST_SCANNED
from tjqa.answers.proof import parameters
from tjqa.answers.proof.quote_finding import Place, closed, in_order, standing
from tjqa.citations.library import Library
from tjqa.documents import Passage, Span
from tjqa.encoders.base import Encoder
from tjqa.index.base import Index
from tjqa.retrieval.candidates import retrieve
from tjqa.retrieval.parameters import MAX_QUESTION
from tjqa.retrieval.question import parse
from tjqa.text.segmenter import Segmenter

_MARKS = re.compile(r"[\"“”＂「」『』]")
_BLANKS = re.compile(r"\s*")


class LibrarySearch:
    """Looks into one library."""

    def __init__(self, index: Index, library: Library, encoder: Encoder, segmenter: Segmenter) -> None:
        self._index = index
        self._library = library
        self._encoder = encoder
        self._segmenter = segmenter

    def near(self, text: str, most: int = parameters.MOST_PASSAGES) -> list[Passage]:
        """The passages that words and meaning of a text lead to, best first."""
        # Marks would ask for exact words.
        asked = _MARKS.sub(" ", text).strip()[:MAX_QUESTION]
        if not asked:
            return []
        found = retrieve(self._index, self._encoder, parse(asked, self._segmenter))
        order = (found.lexical + found.dense).argsort(kind="stable")[::-1][:most]
        return self._index.fetch(found.rows[order].tolist())

    def standing(self, words: str, near: list[Passage]) -> Place | None:
        """Where some words stand exactly: in the passages near, else anywhere in the library, unless it is so large
        that only its nearest files are looked through."""
        found = standing(words, near, self._follows)
        if found is not None:
            return found
        wanted = closed(words)
        for path, text in self._files(near):
            if wanted in text:
                found = standing(words, self._index.passages_of(path), self._follows)
                if found is not None:
                    return found
        return None

    def together(self, parts: list[str], near: list[Passage]) -> tuple[Span, str]:
        """Which parts of a quotation stand together, in their order, in one document, the most of them, and in which;
        "" where none stands in any."""
        wanted = [closed(part) for part in parts]
        best, where = Span(0, 0), ""
        for path, text in self._files(near):
            found = in_order(wanted, text)
            if len(found) > len(best):
                best, where = found, path
            if len(best) == len(parts):
                break
        return best, where

    def standing_in(self, path: str, words: str) -> Place | None:
        """Where some words stand in one document."""
        return standing(words, self._index.passages_of(path), self._follows)

    def _follows(self, first: Passage, second: Passage) -> bool:
        """Whether nothing but blanks is between two passages in their file, as it is now: what is left out of the index
        may stand there, and only the first one is cited."""
        source = self._library.files.current(first.path)
        text = source.text if source is not None else ""
        at = first.span.start if first.span.of(text) == first.text else text.find(first.text)
        behind = _BLANKS.match(text, at + len(first.text)) if at >= 0 else None
        return behind is not None and text.startswith(second.text, behind.end())

    def _files(self, near: list[Passage]) -> Iterator[tuple[str, str]]:
        if len(self._index) <= MOST_SCANNED:
            yield from self._texts.items()
            return
        for path in dict.fromkeys(passage.path for passage in near):
            yield path, "".join(closed(passage.text) for passage in self._index.passages_of(path))

    @cached_property
    def _texts(self) -> dict[str, str]:
        """Every file's passages, one after the other, in half width and without blanks."""
        texts: dict[str, list[str]] = {}
        for passage in self._index.passages():
            texts.setdefault(passage.path, []).append(closed(passage.text))
        return {path: "".join(parts) for path, parts in texts.items()}
