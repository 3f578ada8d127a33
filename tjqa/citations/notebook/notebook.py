"""The notebook of a library: keeping quotes, looking them up, checking them against the documents."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tjqa.citations.documents_now import citation_of
from tjqa.citations.library import Library
from tjqa.citations.locations import table_words
from tjqa.citations.notebook import parameters
from tjqa.citations.notebook.excerpt import CheckedExcerpt, Excerpt, excerpt_from, row_of
from tjqa.citations.notebook.exporting import export_excerpts
from tjqa.citations.notebook.file import FILE_NAME, NotebookFile, Removed
from tjqa.citations.notebook.recheck import place_of, recheck
from tjqa.citations.passages_now import nearest
from tjqa.config import Settings
from tjqa.documents import Passage, SourceFile, Span
from tjqa.errors import SourcesError, UsageError
from tjqa.messages import Language
from tjqa.results import Citation


class Notebook:
    """The excerpts kept of one library, in a file beside its index.

    Args:
        path: the file of the excerpts; it need not exist.
        library: the documents as they are now.
        passages_of: the indexed passages of a file, which know the titles of its texts.
    """

    def __init__(
        self, path: Path, library: Library, passages_of: Callable[[str], Sequence[Passage]] = lambda path: ()
    ) -> None:
        self._file = NotebookFile(path)
        self._library = library
        self._passages_of = passages_of

    @classmethod
    def of(cls, settings: Settings) -> Notebook:
        """The notebook of a library whose index is not open, or not there."""
        return cls(settings.embeddings / FILE_NAME, Library(settings.sources, ()))

    @property
    def path(self) -> Path:
        """The file of the excerpts."""
        return self._file.path

    def excerpts(self, topic: str | None = None) -> tuple[Excerpt, ...]:
        """All excerpts, or those of a topic, in the reader's order, the excerpts of a topic together.

        Raises:
            TjqaError: the file cannot be read.
        """
        held = self._file.excerpts()
        order = list(dict.fromkeys(excerpt.topic for excerpt in held))
        return tuple(
            excerpt for name in order if topic is None or name == topic for excerpt in held if excerpt.topic == name
        )

    def topics(self) -> tuple[str, ...]:
        """The topics in the order of their first excerpts; "" is that of excerpts without one."""
        return tuple(dict.fromkeys(excerpt.topic for excerpt in self.excerpts()))

    def checked(self, topic: str | None = None) -> tuple[CheckedExcerpt, ...]:
        """The same as `excerpts`, each held against its document as it is now."""
        return tuple(recheck(excerpt, self._library) for excerpt in self.excerpts(topic))

    def export(self, form: str, topic: str | None = None, language: Language = "zh") -> bytes:
        """All excerpts, or those of a topic, as a file, after each was held against its document; what does not stand
        there any more is marked in it.

        Args:
            form: md, docx (with footnotes), bib (BibTeX), ris, json (CSL-JSON).
            topic: None for all.
            language: of the words around the quotes.

        Raises:
            UsageError: there is no such form.
        """
        return export_excerpts(self.checked(topic), form, date.today(), language)

    def cite(self, path: str, span: Span) -> Citation:
        """A citation of any stretch of a document: its words as they stand now, the title of the text that it is of.

        Args:
            path: of the document, relative to the folder.
            span: the stretch, in characters of its text.

        Raises:
            SourcesError: the document is gone or unreadable, or shorter than the stretch.
            UsageError: there are no words in the stretch.
        """
        source = self._library.files.current(path)
        if source is None:
            raise SourcesError("excerpt_unread", path=path)
        if span.end > len(source.text):
            values = {"path": path, "length": len(source.text), "start": span.start, "end": span.end}
            raise SourcesError("source_short", "source_short_hint", **values)
        if not span.of(source.text).strip():
            raise UsageError("excerpt_empty")
        return citation_of(source, self._passage_at(source, span), 1, span)

    def add(self, citation: Citation, topic: str = "", note: str = "") -> Excerpt | None:
        """Keep a quote, after it was found in its document; None when it is kept under the topic already.

        Raises:
            SourcesError: the document is gone, or the quote does not stand in it any more.
            TjqaError: the file of the excerpts cannot be written; so for all changes.
        """
        source = self._library.files.current(citation.path)
        if source is None:
            raise SourcesError("excerpt_unread", path=citation.path)
        held = citation
        if citation.edited or citation.sha256 != source.sha256:  # its title and date are those of the index
            citation = self.cite(citation.path, citation.span)
        added = datetime.now().astimezone().isoformat(timespec="seconds")
        excerpt = Excerpt(uuid.uuid4().hex, *_settled(topic, note), added, citation)
        is_same = (citation.quote, citation.heads) == (held.quote, held.heads)
        if not is_same or place_of(excerpt, source) != citation.span:
            raise SourcesError("excerpt_changed", "excerpt_changed_hint", path=citation.path)
        span = citation.span
        before = source.text[max(span.start - parameters.CONTEXT, 0) : span.start]
        after = source.text[span.end : span.end + parameters.CONTEXT]
        # What is written, so that it equals what is read: of the citation some is not kept, as its marks.
        told = self._told(citation, source)
        kept = excerpt_from(row_of(replace(excerpt, before=before, after=after, told=told)))
        return kept if self._file.add(kept) else None

    def _told(self, citation: Citation, source: SourceFile) -> str:
        passage = self._passage_at(source, citation.span)
        return table_words(passage, citation.span) if passage is not None else ""

    def _passage_at(self, source: SourceFile, span: Span) -> Passage | None:
        """What stands at a place. Of a file that was edited since it was indexed the index knows the heads of then."""
        passages = [one for one in self._passages_of(source.path) if one.sha256 == source.sha256]
        return nearest(passages, span) or self._library.now.nearest(source, span)

    def change(self, excerpt: Excerpt, topic: str, note: str) -> Excerpt:
        """Give an excerpt another topic or note."""
        return self._file.change(excerpt.key, *_settled(topic, note))

    def move(self, excerpt: Excerpt, by: int) -> None:
        """Put an excerpt one place up (-1) or down (1) within its topic."""
        self._file.move(excerpt.key, by)

    def remove(self, excerpt: Excerpt) -> Removed:
        """Take an excerpt out; `put_back` takes what comes back."""
        return self._file.remove(excerpt.key)

    def put_back(self, removed: Removed) -> None:
        """Undo `remove`."""
        self._file.put_back(removed)


def _settled(topic: str, note: str) -> tuple[str, str]:
    """Both without blanks around them; a topic is one line."""
    return " ".join(topic.split())[: parameters.MOST_TOPIC], note.strip()[: parameters.MOST_NOTE]
