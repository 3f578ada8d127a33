"""The parts of an OFD file: documents, pages, templates, shared drawings, found by the paths that others name."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tjqa.errors import SourcesError
from tjqa.ingest.readers.ofd import parameters
from tjqa.ingest.readers.pdf.shapes import Bookmark
from tjqa.ingest.readers.word.parts import clean_xml, stored_name
from tjqa.ingest.readers.zip_archive import MAX_UNPACKED


def named(element: Element | None, *names: str) -> Iterator[Element]:
    """Children of these names, whatever their namespace: it changed between versions of the standard."""
    for child in element if element is not None else ():
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] in names:
            yield child


def first(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of names."""
    for name in path:
        element = next(named(element, name), None)
    return element


def said(element: Element | None, *path: str) -> str:
    """Its text."""
    found = first(element, *path)
    return (found.text or "").strip() if found is not None else ""


@dataclass(slots=True)
class Content:
    """A page: its own XML and that of the templates behind it; `key` is its number in the file."""

    key: str
    own: Element | None
    behind: list[Element]


class Package:
    """The archive. Parts that are missing or damaged are None."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self.name = archive, name
        self._parsed = 0  # bytes: one page may be named a million times
        self.missing = 0  # pages that could not be read
        entry = stored_name(archive, "OFD.xml")
        self._root = self.tree("OFD.xml") if entry is not None else None
        if self._root is None:
            raise SourcesError("archive_no_text", "archive_no_text_hint", name=name)

    def title(self) -> str:
        """What the file calls itself."""
        return said(self._root, "DocBody", "DocInfo", "Title")

    def documents(self) -> Iterator[Document]:
        """All documents of the file; most have one."""
        for body in named(self._root, "DocBody"):
            path = self.path("OFD.xml", said(body, "DocRoot"))
            root = self.tree(path) if path else None
            if root is not None:
                yield Document(self, path, root)

    def path(self, origin: str, target: str) -> str:
        """The part that another one names: from the root, from its own folder, or, as some programs have it, from the
        root without saying so; "" where there is none."""
        target = target.strip().replace("\\", "/")
        if not target:
            return ""
        for folder in (posixpath.dirname(origin), ""):
            wanted = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found = stored_name(self._archive, wanted)
            if found is not None:
                return found
        return ""

    def tree(self, path: str) -> Element | None:
        """A part's XML.

        Raises:
            SourcesError: all parts together are too much.
        """
        raw = None
        with suppress(Exception):  # zipfile raises many kinds of errors over a damaged member
            raw = self._archive.read(stored_name(self._archive, path) or path)
        if raw is None:
            return None
        self._parsed += len(raw)
        if self._parsed > MAX_UNPACKED:
            size = self._parsed // (1024 * 1024)
            count = len(self._archive.namelist())
            raise SourcesError("archive_large", "split_file_hint", name=self.name, size=size, count=count)
        with suppress(ElementTree.ParseError, ValueError):
            return ElementTree.fromstring(clean_xml(raw))
        return None


@dataclass(slots=True)
class Document:
    """One document of the file. `numbers` tell pages by their keys."""

    package: Package
    path: str
    root: Element
    numbers: dict[str, int] = field(default_factory=dict)
    _templates: dict[str, Element | None] = field(default_factory=dict)
    _units: dict[str, Element] | None = None

    def box(self) -> str:
        """The size of pages that do not say their own."""
        return said(self.root, "CommonData", "PageArea", "PhysicalBox")

    def pages(self) -> Iterator[Content]:
        """One after the other."""
        paths = {
            template.get("ID", ""): template.get("BaseLoc", "")
            for template in named(first(self.root, "CommonData"), "TemplatePage")
        }
        for count, page in enumerate(named(first(self.root, "Pages"), "Page")):
            if count >= parameters.MOST_PAGES:
                raise SourcesError("pdf_long", "split_file_hint", name=self.package.name)
            path = self.package.path(self.path, page.get("BaseLoc", ""))
            own = self.package.tree(path) if path else None
            self.package.missing += own is None
            used = [each.get("TemplateID", "") for each in named(own, "Template")][: parameters.MOST_TEMPLATES]
            behind = [tree for key in used if (tree := self._template(key, paths.get(key, ""))) is not None]
            yield Content(page.get("ID", ""), own, behind)

    def _template(self, key: str, target: str) -> Element | None:
        if key not in self._templates:
            path = self.package.path(self.path, target)
            self._templates[key] = self.package.tree(path) if path else None
        return self._templates[key]

    def unit(self, key: str) -> Element | None:
        """A drawing that pages share."""
        if self._units is None:
            self._units = {}
            for resource in named(first(self.root, "CommonData"), "PublicRes", "DocumentRes"):
                path = self.package.path(self.path, resource.text or "")
                for group in named(self.package.tree(path) if path else None, "CompositeGraphicUnits"):
                    for unit in named(group, "CompositeGraphicUnit"):
                        self._units.setdefault(unit.get("ID", ""), unit)
        return self._units.get(key)

    def bookmarks(self) -> list[Bookmark]:
        """The outline, of pages that were read."""
        found: list[Bookmark] = []
        waiting = [(entry, 1) for entry in reversed(list(named(first(self.root, "Outlines"), "OutlineElem")))]
        while waiting and len(found) < parameters.MOST_BOOKMARKS:
            entry, level = waiting.pop()
            target = first(entry, "Actions", "Action", "Goto", "Dest")
            page = self.numbers.get(target.get("PageID", "")) if target is not None else None
            if page is not None:
                found.append(Bookmark(entry.get("Title", ""), page, level))
            waiting += [(child, level + 1) for child in reversed(list(named(entry, "OutlineElem")))]
        return found
