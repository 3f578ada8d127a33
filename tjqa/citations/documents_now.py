"""What the documents say of a place in them, worked out from the files alone: no index, no model.

An index may have been built when the folder's pages or `.tjqa-keep` were others. So a place is looked up in every form
that its file can take: cleaned by itself, without the template of its folder, and with everything kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from tjqa.citations.export_format import one_line
from tjqa.citations.locations import byte_range, place_name, position
from tjqa.documents import Keep, Passage, SourceFile, Span
from tjqa.errors import SourcesError
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.templates import edges, kept_lines, repeated
from tjqa.ingest.pipeline import cleaned
from tjqa.ingest.sources import find_sources, read_source
from tjqa.ingest.user_rules import KeepRule, kept_of, read_keep
from tjqa.results import Citation
from tjqa.text.display import visible


@dataclass(slots=True)
class ReadDocument:
    """A document as it is now, and the passages of the forms of it that were asked for so far."""

    source: SourceFile
    shown: str
    forms: dict[str, Sequence[Passage]] = field(default_factory=dict)


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
        self._templates: dict[str, dict[str, tuple[str, ...]]] = {}

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
                source = read_source(self._folder, self._paths[name])
                self._read[name] = ReadDocument(source, visible(source.text))
            except SourcesError as error:
                self._read[name] = error
        return self._read[name]

    def citations(self, document: ReadDocument, number: int, span: Span) -> Iterator[Citation]:
        """The citation of a span as every form of the document makes it, the likeliest first."""
        for passages in self._forms(document):
            for passage in passages:
                if passage.span.start < span.end and span.start < passage.span.end:
                    yield _citation(document.source, passage, number, span)

    def _forms(self, document: ReadDocument) -> Iterator[Sequence[Passage]]:
        source = document.source
        keep = kept_of(self._rules, source.path)
        if "alone" not in document.forms:
            document.forms["alone"] = pack(source, cleaned(source, keep))
        yield document.forms["alone"]
        if "folder" not in document.forms:
            templates = self._template(source.path)
            document.forms["folder"] = pack(source, cleaned(source, keep, templates)) if templates else ()
        yield document.forms["folder"]
        if "whole" not in document.forms:
            document.forms["whole"] = pack(source, cleaned(source, Keep(everything=True), self._template(source.path)))
        yield document.forms["whole"]

    @cached_property
    def _rules(self) -> list[KeepRule]:
        try:
            return read_keep(self._folder)
        except SourcesError:
            return []

    def _template(self, path: str) -> tuple[str, ...]:
        """The lines that are the template of a file's folder; for this all its pages are cleaned, once."""
        folder = str(PurePosixPath(path).parent)
        if folder not in self._templates:
            ends: dict[str, tuple[str, ...]] = {}
            lines: dict[str, int] = {}
            for name in (name for name in self._paths if str(PurePosixPath(name).parent) == folder):
                try:
                    source = read_source(self._folder, self._paths[name])
                except SourcesError:
                    continue
                alone = clean(source)
                ends[name], lines[name] = edges(source, alone), kept_lines(alone)
            self._templates[folder] = repeated(ends, lines)
        return self._templates[folder].get(path, ())


def _citation(source: SourceFile, passage: Passage, number: int, span: Span) -> Citation:
    at = position(source.text, span.start)
    return Citation(
        number=number,
        path=source.path,
        sha256=source.sha256,
        span=span,
        line=at.line,
        column=at.column,
        quote=span.of(source.text),
        title=passage.title,
        published=passage.published,
        score=0.0,
        section=passage.section,
        place=place_name(source, span),
        byte_range=byte_range(source, span),
        publisher=passage.publisher,
        reporter=passage.reporter,
    )
