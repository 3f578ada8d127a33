"""What cited documents are called in a narrow place: by their titles, where these tell them apart.

names = short_names(table_of_citations)
names.of(citation)                  # 某县2023年统计公报; the file's path where it has no title or two files share one
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tjqa.results import Citation
from tjqa.text.display import one_line, shortened

_WIDEST_TITLE, _WIDEST_PATH = 44, 60
"""Cells of a terminal; a path may take more, for its end is what tells it from others."""


@dataclass(frozen=True, slots=True)
class ShortNames:
    """The names of some cited documents; `titles` are those that name one file alone."""

    titles: frozenset[str]

    def of(self, citation: Citation) -> str:
        """What the document of a citation is called, safe for a terminal."""
        title = _cut(citation.title)
        return title if title in self.titles else shortened(one_line(citation.path), _WIDEST_PATH)


def short_names(citations: Iterable[Citation]) -> ShortNames:
    """The names of the documents of some citations, each told from all the others."""
    files: dict[str, set[str]] = {}
    for citation in citations:
        files.setdefault(_cut(citation.title), set()).add(citation.path)
    return ShortNames(frozenset(title for title, paths in files.items() if title and len(paths) == 1))


def _cut(title: str) -> str:
    return shortened(one_line(" ".join(title.split())), _WIDEST_TITLE)
