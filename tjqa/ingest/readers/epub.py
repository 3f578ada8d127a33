"""Books (.epub): the pages of the book in its order, each read as a web page; places are its chapters."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from tjqa.documents import DocumentKind, Landmark
from tjqa.errors import SourcesError
from tjqa.ingest.readers import html
from tjqa.ingest.readers.base import MAX_CHARACTERS, Extracted, joined
from tjqa.ingest.readers.titles import plausible_title
from tjqa.ingest.readers.word.parts import Package
from tjqa.ingest.readers.zip_archive import opened
from tjqa.messages import message

_CONTAINER = "META-INF/container.xml"
_LOCK = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_CONTENTS = "application/x-dtbncx+xml"
_LONGEST_CHAPTER = 40  # characters of a chapter's name in a place


def read(raw: bytes, name: str) -> Extracted:
    """All pages.

    Raises:
        SourcesError: no book, locked, or too long.
    """
    package = Package(opened(raw, name, message("kind_book")), name)
    book = _Book.of(package)
    text = _Text(name)
    for count, path in enumerate(book.pages(), 1):
        page = package.raw(path)
        try:
            found = html.read(page, "a.html") if page is not None else None
        except SourcesError:
            found = None
        text.add(found, book.chapters.get(path, ""), count)
    if text.unread and not text.pages:
        key = "pdf_locked" if package.raw(_LOCK) is not None else "archive_no_text"
        raise SourcesError(key, "archive_no_text_hint", name=name)
    return text.finished(plausible_title(book.title))


def _named(tree: Element | None, name: str) -> Iterator[Element]:
    """Elements of a name anywhere below, whatever their namespace."""
    for element in tree.iter() if tree is not None else ():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name:
            yield element


@dataclass(slots=True)
class _Book:
    """What the book says of itself; `chapters` are names by the path of a page."""

    title: str = ""
    chapters: dict[str, str] = field(default_factory=dict)
    _order: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, package: Package) -> _Book:
        """From its list of parts.

        Raises:
            SourcesError: there is none.
        """
        root = next((one.get("full-path", "") for one in _named(package.parsed(_CONTAINER), "rootfile")), "")
        tree = package.parsed(root)
        if tree is None:
            raise SourcesError("archive_no_text", "archive_no_text_hint", name=package.name)
        book = cls(next(("".join(one.itertext()) for one in _named(tree, "title")), ""))
        items: dict[str, str] = {}
        for item in _named(tree, "item"):
            path, kind = _path(root, item.get("href", "")), item.get("media-type", "")
            if kind in _PAGES:
                items[item.get("id", "")] = path
            if kind == _CONTENTS or "nav" in item.get("properties", "").split():
                book._list(package.parsed(path), path)
        book._order = [items[key] for one in _named(tree, "itemref") if (key := one.get("idref", "")) in items]
        return book

    def pages(self) -> Iterator[str]:
        """Their paths in order, each once."""
        yield from dict.fromkeys(self._order)

    def _list(self, tree: Element | None, origin: str) -> None:
        """The table of contents, old or new."""
        for point in _named(tree, "navPoint"):
            target = next((one.get("src", "") for one in _named(point, "content")), "")
            label = next(("".join(one.itertext()) for one in _named(point, "text")), "")
            self.chapters.setdefault(_path(origin, target), " ".join(label.split()))
        for link in _named(tree, "a"):
            self.chapters.setdefault(_path(origin, link.get("href", "")), " ".join("".join(link.itertext()).split()))


def _path(origin: str, target: str) -> str:
    """The part that another one names."""
    path = posixpath.join("/", posixpath.dirname(origin), unquote(target.partition("#")[0]))
    return posixpath.normpath(path).lstrip("/")


@dataclass(slots=True)
class _Text:
    """Pages one after the other."""

    name: str
    pages: list[Extracted] = field(default_factory=list)
    unread: int = 0
    _length: int = 0

    def add(self, page: Extracted | None, chapter: str, count: int) -> None:
        """The next page; None is one that cannot be read."""
        if page is None:
            self.unread += 1
            return
        if not page.text.strip():
            return
        first = next((mark.span.of(page.text) for mark in page.headings), "")
        place = (chapter or first)[:_LONGEST_CHAPTER] or f"第 {count} 页"
        self.pages.append(replace(page, landmarks=(Landmark(0, place),)))
        self._length += len(page.text) + 1
        if self._length > MAX_CHARACTERS:
            most = MAX_CHARACTERS
            raise SourcesError("text_long", "split_file_hint", name=self.name, count=self._length, most=most)

    def finished(self, title: str) -> Extracted:
        """The whole book."""
        return replace(
            joined(self.pages or [Extracted("", "")]),
            encoding=f"EPUB(有 {self.unread} 页没有读出)" if self.unread else "EPUB",
            kind=DocumentKind.DOCUMENT,
            title=title,
        )
