"""The documents as they lie in the folder now, against what the index says of them; every citation is made here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tjqa.citations.files_now import FilesNow
from tjqa.citations.locations import byte_range, cell_heads, cell_name, cuts, place_name, position, starting_places
from tjqa.citations.passages_now import Held, PassagesNow
from tjqa.citations.quote_search import moved, place_now
from tjqa.documents import Dropped, Passage, Position, SourceFile, Span
from tjqa.errors import SourcesError, UsageError
from tjqa.ingest.containers import on_disk
from tjqa.ingest.outline import outline
from tjqa.ingest.pipeline import cleaned, summarise, text_hash, told_of
from tjqa.ingest.sources import look_into, read_source, sha256_of
from tjqa.ingest.user_rules import dropped_of, kept_of, read_drop, read_keep
from tjqa.reports import SourceState, SourceSummary
from tjqa.results import Citation, DocumentOutline, SourceView
from tjqa.retrieval.hit import Hit

if TYPE_CHECKING:
    from tjqa.index.base import Index

_BEGINNING = Span(0, 0)


class Library:
    """The sources folder of an index, read when needed; without `held` no cell of an edited file is believed."""

    def __init__(self, folder: Path, sources: Sequence[SourceState], held: Held = lambda path: None) -> None:
        self._folder = folder
        self._states = {state.path: state for state in sources}
        self.now = PassagesNow(self._states, held)
        self.files = FilesNow(folder)

    def stale(self) -> tuple[str, ...]:
        """Files that changed, vanished or came since the index was built, sorted."""
        try:
            listed = look_into(self._folder, self._states.values())
        except SourcesError:
            return tuple(sorted(self._states))
        try:
            keep, drop = read_keep(self._folder), read_drop(self._folder)
        except SourcesError:
            keep, drop = [], []
        held = {path: self._states[path] for path in self._states.keys() & set(listed.documents)}
        changed = {
            path
            for path, state in held.items()
            if self._differs(path) or (kept_of(keep, path), dropped_of(drop, path)) != (state.keep, state.drop)
        }
        told = {path for path in listed.told if path in self._states and self._states[path].skipped is not None}
        # Nobody knows what became of those in a folder that is known to be out of reach: an update could do nothing.
        away = {path for path in self._states if any(path.startswith(f"{name}/") for name in listed.unlisted)}
        present = {*listed.documents, *listed.told, *away}
        return tuple(sorted(changed | (present ^ self._states.keys()) | (listed.told.keys() - told)))

    def cite(self, number: int, hit: Hit, span: Span, marks: tuple[Span, ...] = ()) -> Citation:
        """A citation of `span` of a hit, its quote re-read from the file now."""
        made = self.quote(number, hit.passage, span, marks)
        return replace(made, score=hit.score, contributions=hit.contributions, matched=hit.matched)

    def quote(self, number: int, passage: Passage, span: Span, marks: tuple[Span, ...] = ()) -> Citation:
        """A citation of `span` of a passage that was not ranked."""
        inside = Span(span.start - passage.span.start, span.end - passage.span.start)
        stored = inside.of(passage.text)
        source = self.files.current(passage.path)
        here = self.now.place(source, passage, span) if source is not None else None
        unchanged = here is not None
        marks = tuple(moved(mark, here.start - span.start) for mark in marks) if here is not None else ()
        edited = source is not None and unchanged and source.sha256 != passage.sha256
        cell, heads = cell_name(passage, span) if here == span else "", cell_heads(passage, span)
        text, within = (source.text, here) if source is not None and here is not None else (passage.text, inside)
        cut = cuts(passage, span, text, within)
        span = here or span
        at = position(source.text, span.start) if source is not None and unchanged else None
        return Citation(
            number=number,
            path=passage.path,
            sha256=source.sha256 if edited and source is not None else passage.sha256,
            span=span,
            line=at.line if at else 0,
            column=at.column if at else 0,
            quote=stored,
            title=passage.title,
            published=passage.published,
            score=0.0,
            unchanged=unchanged,
            unread=source is None,
            edited=edited,
            section=passage.section,
            marks=marks,
            place=(cell or place_name(source, span)) if source is not None and unchanged else "",
            byte_range=byte_range(source, span) if source is not None and unchanged else None,
            cut=cut,
            heads=heads,
            publisher=passage.publisher,
            reporter=passage.reporter,
        )

    def position(self, passage: Passage) -> Position | None:
        """Where a passage starts; None when its file changed or is gone."""
        source = self.files.current(passage.path)
        if source is None or passage.span.of(source.text) != passage.text:
            return None
        return position(source.text, passage.span.start)

    def view(self, citation: Citation, dropped: tuple[Dropped, ...]) -> SourceView:
        """The file of a citation as it is now, at the quote as long as that stands in it."""
        source = self.files.read(citation.path)
        edited = source.sha256 != citation.sha256
        here = place_now(source.text, citation.span, citation.quote) if edited else citation.span
        as_indexed = not self._changed(source)
        return SourceView(
            path=citation.path,
            text=source.text,
            span=here or citation.span,
            quote=citation.quote,
            dropped=dropped if as_indexed else (),
            changed=here is None,
            moved=edited and here is not None,
            is_current=as_indexed,
        )

    def view_source(self, path: str, dropped: tuple[Dropped, ...], span: Span = _BEGINNING) -> SourceView:
        """A file as it is now, from its beginning or at a stretch of it as it was indexed."""
        source = self.files.read(path)
        changed = self._changed(source)
        if changed or span.end > len(source.text):
            span = _BEGINNING
        return SourceView(path, source.text, span, span.of(source.text), () if changed else dropped, changed)

    def outline(self, path: str, held: SourceSummary | None) -> DocumentOutline:
        """The tree of a file as it is now: by the rules it was indexed with while it is the same, else by those of the
        folder as they are now.

        Args:
            path: of the file, relative to the folder.
            held: what the index holds of it, if it holds anything.

        Raises:
            SourcesError: the file is gone or unreadable, or so are the rules where they are needed.
        """
        source = self.files.read(path)
        state = self._states.get(path)
        changed = state is None or held is None or self._changed(source)
        if state is not None and not changed:
            keep, drop = state.keep, state.drop
        else:
            keep, drop = kept_of(read_keep(self._folder), path), dropped_of(read_drop(self._folder), path)
        made = cleaned(source, keep, held.repeats if held is not None else (), drop)
        with told_of(path):
            nodes = outline(source, made)
            places = starting_places(source, [node.span.start for node in nodes])
            passages = sum(node.passages for node in nodes if not node.level)
            summary = replace(summarise(source, made, passages), keep=keep)
        return DocumentOutline(summary, nodes, tuple(places), changed)

    def _changed(self, source: SourceFile) -> bool:
        state = self._states.get(source.path)
        return state is None or state.sha256 != source.sha256

    def _differs(self, path: str) -> bool:
        state = self._states[path]
        try:
            stat = on_disk(self._folder / path)[0].stat()
            if (stat.st_size, stat.st_mtime_ns) == (state.size, state.mtime_ns):
                return False
            if state.skipped or stat.st_size != state.size:
                return True
            return sha256_of(self._folder / path) != state.sha256
        except FileNotFoundError:
            return state.size >= 0  # it could not even be looked at when indexed: still the same
        except OSError:  # nobody knows what became of it: an update could do nothing
            return False
        except SourcesError:
            return True


def view_slice(folder: Path, path: str, span: Span, index: Index | None = None) -> SourceView:
    """A stretch of a file as it is now, with what is left out of it: by what the index holds of the file while it is
    the same, else by the rules of the folder as they are now.

    Args:
        folder: the sources folder.
        path: of the file, relative to the folder.
        span: the stretch, in characters of the file's text.
        index: the index of the folder, when there is one; nothing of its model is needed.

    Raises:
        UsageError: the path leads outside the folder.
        SourcesError: the file is gone, unreadable, or shorter than the span; `.tjqa-keep` or `.tjqa-drop` is needed and
            unreadable.
    """
    place = folder / path
    # realpath, not Path.resolve: that raises RuntimeError over links in a circle, of which reading says what they are.
    if ".." in Path(path).parts or not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise UsageError("outside_folder", "outside_folder_hint", path=path, folder=folder)
    with told_of(path):
        source = read_source(folder, place)
    if span.end > len(source.text):
        raise SourcesError(
            "source_short",
            "source_short_hint",
            path=path,
            length=len(source.text),
            start=span.start,
            end=span.end,
        )
    held = index.summary(source.path) if index is not None else None
    changed = held is not None and held.sha256 != source.sha256
    return SourceView(path, source.text, span, span.of(source.text), _left_out(folder, source, held), changed)


def _left_out(folder: Path, source: SourceFile, held: SourceSummary | None) -> tuple[Dropped, ...]:
    if held is not None and (held.sha256, held.text_sha256) == (source.sha256, text_hash(source)):
        return held.dropped
    templates = held.repeats if held is not None else ()
    drop = dropped_of(read_drop(folder), source.path)
    return cleaned(source, kept_of(read_keep(folder), source.path), templates, drop).dropped
