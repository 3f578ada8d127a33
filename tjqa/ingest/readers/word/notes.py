"""Footnotes and endnotes: their marks in the text, and their own text for the end of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.number_formats import shown
from tjqa.ingest.readers.word.parts import Package, W, number, value

_KINDS = {"footnote": ("脚注", "decimal"), "endnote": ("尾注", "lowerRoman")}
_SETTINGS = 4000  # bytes in which the settings of notes stand at most


@dataclass(slots=True)
class _Kind:
    form: str
    start: int
    known: dict[str, str] = field(default_factory=dict)  # id → mark, in the order of the text
    counted: int = 0


@dataclass(slots=True)
class Notes:
    """The notes that the text refers to, in its order."""

    package: Package
    kinds: dict[str, _Kind] = field(default_factory=dict)
    current: str = ""  # the mark of the note that is being read

    @classmethod
    def of(cls, package: Package, raw: bytes) -> Notes:
        """With the way of counting that the document's first section, else its settings, ask for."""
        settings = package.tree("settings")
        notes = cls(package)
        for kind, (_, usual) in _KINDS.items():
            general = settings.find(f"{W}{kind}Pr") if settings is not None else None
            form = _said(raw, kind, "numFmt") or value(general, "numFmt") or usual
            start = _said(raw, kind, "numStart") or value(general, "numStart") or "1"
            notes.kinds[kind] = _Kind(form, number(start, 1))
        return notes

    def mark(self, reference: Element) -> str:
        """The mark that stands for a note in the text; "" where the author has typed one, which follows."""
        kind = self.kinds[reference.tag.removeprefix(W).removesuffix("Reference")]
        key = reference.get(f"{W}id", "")
        if key not in kind.known:
            own = reference.get(f"{W}customMarkFollows", "0").lower() in ("1", "true", "on")
            kind.known[key] = "" if own else shown(kind.start + kind.counted, kind.form)
            kind.counted += not own
        return kind.known[key]

    def texts(self) -> Iterator[tuple[str, Element]]:
        """The name of each note's place and what holds its paragraphs; `current` is its mark meanwhile."""
        for name, kind in self.kinds.items():
            tree = self.package.tree(f"{name}s") if kind.known else None
            found = {one.get(f"{W}id", ""): one for one in tree} if tree is not None else {}
            for key, mark in list(kind.known.items()):
                if key in found:
                    self.current = mark
                    yield f"{_KINDS[name][0]} {mark}".strip(), found[key]


def _said(raw: bytes, kind: str, name: str) -> str:
    """What the first section that says anything says; sections stand after their text, too late to be asked."""
    for found in re.finditer(rf"<\w{{1,20}}:{kind}Pr\b[^>]{{0,200}}>".encode(), raw):
        inside = raw[found.end() : found.end() + _SETTINGS].partition(f"{kind}Pr>".encode())[0]
        if setting := re.search(rf'<\w{{1,20}}:{name} \w{{1,20}}:val="(\w{{1,40}})"'.encode(), inside):
            return setting[1].decode()
    return ""
