"""The parts of an Office package: where they are, and their XML read without a document type."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.zip_archive import part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# "Strict" documents say the same under other names. They are replaced where a document declares them.
_STRICT = re.compile(rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([^"']*)""")
_NAMES = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"presentationml/main": b"http://schemas.openxmlformats.org/presentationml/2006/main",
}
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_MAIN = "word/document.xml"
FALSE = frozenset({"0", "false", "off", "none"})
_MOST = 2**31 - 1


def clean_xml(raw: bytes) -> bytes:
    """XML in UTF-8 with the usual names and no document type: Office writes none, and entities declared in one are how
    small files become huge.

    Raises:
        ValueError: there is one, or UTF-16 that is none.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = _DECLARATION.sub(b"", raw.decode("utf-16").encode("utf-8"))
    if b"<!DOCTYPE" in raw[:4096] or b"<!ENTITY" in raw:
        raise ValueError("document type")
    return _STRICT.sub(lambda found: found[1] + _NAMES.get(found[2], b"http://purl.oclc.org/ooxml/" + found[2]), raw)


@dataclass(slots=True)
class Package:
    """The zip archive of a document. Parts that are missing or damaged are None, except the main one."""

    archive: zipfile.ZipFile
    name: str
    depth: int = 0  # of how many documents it is a part itself
    main: str = _MAIN
    targets: dict[str, str] = field(default_factory=dict)  # of the main part's relations: id → part
    kinds: dict[str, str] = field(default_factory=dict)  # last word of a relation's type → part

    @classmethod
    def of(cls, archive: zipfile.ZipFile, name: str, depth: int = 0) -> Package:
        """The package with the relations of its main part."""
        package = cls(archive, name, depth)
        for _, kind, target in package.relations(""):
            if kind == "officeDocument" and (stored := stored_name(archive, target)) is not None:
                package.main = stored
        for key, kind, target in package.relations(package.main):
            stored = stored_name(archive, target) or target
            package.targets[key] = stored
            package.kinds.setdefault(kind, stored)
        return package

    def text(self) -> io.BytesIO:
        """The main part.

        Raises:
            SourcesError: it is not there.
            ValueError, zipfile.BadZipFile, EOFError: damaged.
        """
        with part(self.archive, self.main, self.name) as file:
            return io.BytesIO(clean_xml(file.read()))

    def raw_main(self) -> bytes | None:
        """The bytes of the main part."""
        return self.raw(self.main)

    def tree(self, kind: str) -> Element | None:
        """The part that has this relation to the text: styles, numbering, footnotes."""
        path = self.kinds.get(kind, posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))
        return self.parsed(path)

    def target(self, key: str) -> Element | None:
        """The part that the text relates to by this id."""
        return self.parsed(self.targets.get(key, ""))

    def properties(self) -> Element | None:
        """Title, author and so on."""
        return self.parsed("docProps/core.xml")

    def raw(self, path: str) -> bytes | None:
        """A part's bytes."""
        with suppress(Exception):  # zipfile raises many kinds of errors over a damaged member
            return self.archive.read(path)
        return None

    def parsed(self, path: str) -> Element | None:
        """A part's XML."""
        raw = self.raw(path) if path in self.archive.NameToInfo else None
        with suppress(ElementTree.ParseError, ValueError):
            return ElementTree.fromstring(clean_xml(raw)) if raw is not None else None
        return None

    def relations(self, path: str) -> Iterator[tuple[str, str, str]]:
        """What a part relates to: id, last word of the relation's type, path."""
        folder, _, file = path.rpartition("/")
        tree = self.parsed(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in tree if tree is not None else ():
            kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                yield relation.get("Id", ""), kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def stored_name(archive: zipfile.ZipFile, target: str) -> str | None:
    """The name under which a part is in the archive: targets are addresses, in which a blank is %20, and capitals make
    no difference; None when there is no such part."""
    for name in (target, unquote(target)):
        if name in archive.NameToInfo:
            return name
    wanted = {target.lower(), unquote(target).lower()}
    return next((name for name in archive.NameToInfo if name.lower() in wanted), None)


def value(element: Element | None, name: str = "", default: str = "") -> str:
    """`w:val` of an element's child, or of itself without a name."""
    found = element.find(f"{W}{name}") if name and element is not None else element
    return found.get(f"{W}val", default) if found is not None else default


def switched(element: Element | None, name: str) -> bool | None:
    """A property that is on or off; None where nothing is said."""
    found = element.find(f"{W}{name}") if element is not None else None
    return None if found is None else found.get(f"{W}val", "1").lower() not in FALSE


def number(text: str | None, default: int = 0) -> int:
    """A whole number, cut to 32 bits: files may say anything."""
    if text is None or len(text) > 40:
        return default
    try:
        return max(-_MOST, min(_MOST, int(float(text))))
    except (ValueError, OverflowError):
        return default
