"""What the documents say of a place in them, worked out from the files alone: no index, no model.

An index may have been built when the folder's pages, `.tjqa-keep` or `.tjqa-drop` were others. So a place is looked up
in every form that its file can take: cleaned by the rules as they are or without them, with everything kept, with and
without the template of its folder.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from tjqa.citations.export_format import one_line
from tjqa.citations.locations import byte_range, cell_heads, cell_name, cuts, place_name, position
from tjqa.citations.quote_search import QuoteSearch
from tjqa.documents import CleanedFile, Keep, Passage, SourceFile, Span
from tjqa.errors import SourcesError
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.templates import edges, kept_lines, repeated, without_lines
from tjqa.ingest.pipeline import cleaned, told_of
from tjqa.ingest.sources import find_sources, read_source
from tjqa.ingest.user_rules import DropRule, KeepRule, dropped_of, kept_of, read_drop, read_keep
from tjqa.results import Citation
from tjqa.text.display import visible
from tjqa.text.sentences import cut_ends


@dataclass(slots=True)
class ReadDocument:
    """A document as it is now, and the passages of the forms of it that were asked for so far."""

    source: SourceFile
    shown: str
    forms: list[Sequence[Passage]] = field(default_factory=list)
    searches: dict[bool, QuoteSearch] = field(default_factory=dict)

    def find(self, quote: str, is_shown: bool, exact: bool) -> Span | None:
        """Where a quote stands first in the text, or in the text as it is shown; `exact` as in `QuoteSearch.find`."""
        if is_shown not in self.searches:
            self.searches[is_shown] = QuoteSearch(self.shown if is_shown else self.source.text)
        return self.searches[is_shown].find(quote, exact)


class DocumentsNow:
    """The documents below a folder, each read when it is first asked for.

    Raises:
        SourcesError: the folder is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Only documents of the library are opened, whatever path an export names.
        self._paths = {path.relative_to(folder).as_posix(): path for path in find_sources(folder)}
        self._read: dict[str, ReadDocument | SourcesError] = {}
        self._templates: dict[tuple[str, bool], dict[str, tuple[str, ...]]] = {}

    @cached_property
    def _shown(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for name in self._paths:
            names.setdefault(one_line(name), []).append(name)
        return names

    def named(self, path: str, is_shown: bool) -> list[str]:
        """The documents of this name; of a name as shown there may be several."""
        if is_shown:
            return self._shown.get(path, [])
        return [path] if path in self._paths else []

    def read(self, name: str) -> ReadDocument | SourcesError:
        """A document, or why it cannot be read."""
        if name not in self._read:
            try:
                with told_of(name):
                    source = read_source(self._folder, self._paths[name])
                self._read[name] = ReadDocument(source, visible(source.text))
            except SourcesError as error:
                self._read[name] = error
        return self._read[name]

    def citations(self, document: ReadDocument, number: int, span: Span) -> Iterator[Citation]:
        """The citation of a span as every form of the document makes it, the likeliest first.

        Raises:
            SourcesError: the document cannot be cleaned or cut.
        """
        for passages in self._forms(document):
            for passage in passages:
                if passage.span.start < span.end and span.start < passage.span.end:
                    yield citation_of(document.source, passage, number, span)

    def edges(self, document: ReadDocument, span: Span) -> set[int]:
        """Where passages and the cells of their tables begin and end near a span, in any form of a document: in a file
        whose cells are parted by commas, 234 is all of the one behind 1. Nothing where it cannot be cleaned or cut."""
        found: set[int] = set()
        with contextlib.suppress(SourcesError):
            for passages in self._forms(document):
                near = [one for one in passages if one.span.start < span.end and span.start < one.span.end]
                values = [v for one in near if one.table is not None for row in one.table.rows for v in row.values]
                for place in (*(one.span for one in near), *(value.span for value in values)):
                    found |= {place.start, place.end}
        return found

    def _forms(self, document: ReadDocument) -> Iterator[Sequence[Passage]]:
        ways = self._ways(document.source)
        for number in range(len(ways)):
            if number == len(document.forms):
                with told_of(document.source.path):
                    document.forms.append(pack(document.source, ways[number]()))
            yield document.forms[number]

    def _ways(self, source: SourceFile) -> list[Callable[[], CleanedFile]]:
        """How a file may have been cleaned: by the rules as they are, then by what they may have been."""
        keep, drop = kept_of(self._rules[0], source.path), dropped_of(self._rules[1], source.path)
        ways: list[Callable[[], CleanedFile]] = []
        for lines in (drop, ()) if drop else ((),):
            template = partial(self._template, source.path, bool(lines))
            ways.append(partial(cleaned, source, keep, (), lines))
            ways.append(partial(_by_template, source, keep, template, lines))
            ways.append(partial(_by_template, source, Keep(everything=True), template, lines))
        return ways

    @cached_property
    def _rules(self) -> tuple[list[KeepRule], list[DropRule]]:
        """What the user wants kept and dropped; nothing when that cannot be read."""
        try:
            return read_keep(self._folder), read_drop(self._folder)
        except SourcesError:
            return [], []

    def _template(self, path: str, drops: bool) -> tuple[str, ...]:
        """The lines that are the template of a file's folder, with or without what the user wants dropped. For this
        all pages of the folder are cleaned, once."""
        folder = str(PurePosixPath(path).parent)
        if (folder, drops) not in self._templates:
            ends: dict[str, tuple[str, ...]] = {}
            lines: dict[str, int] = {}
            for name in (name for name in self._paths if str(PurePosixPath(name).parent) == folder):
                try:
                    with told_of(name):
                        source = read_source(self._folder, self._paths[name])
                        source = without_lines(source, dropped_of(self._rules[1], name) if drops else ())
                        alone = clean(source)
                except SourcesError:
                    continue
                ends[name], lines[name] = edges(source, alone), kept_lines(alone)
            self._templates[folder, drops] = repeated(ends, lines)
        return self._templates[folder, drops].get(path, ())


def _by_template(
    source: SourceFile, keep: Keep, template: Callable[[], tuple[str, ...]], drop: tuple[str, ...]
) -> CleanedFile:
    """The file without its folder's template, which is found only now: that means to read all pages of the folder."""
    return cleaned(source, keep, template(), drop)


def citation_of(source: SourceFile, passage: Passage | None, number: int, span: Span) -> Citation:
    """The citation of a stretch of a document as it is now.

    Args:
        source: the document.
        passage: that the stretch stands in, or the nearest one: it knows the title; None where there is none.
        number: of the citation.
        span: the stretch.
    """
    at = position(source.text, span.start)
    plain = Citation(
        number=number,
        path=source.path,
        sha256=source.sha256,
        span=span,
        line=at.line,
        column=at.column,
        quote=span.of(source.text),
        title="",
        published=None,
        score=0.0,
        place=place_name(source, span),
        byte_range=byte_range(source, span),
        cut=cut_ends(source.text, span),
    )
    if passage is None:
        return plain
    return replace(
        plain,
        title=passage.title,
        published=passage.published,
        section=passage.section,
        place=cell_name(passage, span) or plain.place,
        cut=cuts(passage, span, source.text, span),
        heads=cell_heads(passage, span),
        publisher=passage.publisher,
        reporter=passage.reporter,
    )
