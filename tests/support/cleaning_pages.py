"""Reads the labelled pages of tests/data/cleaning: own pages, and the gold labels of the seeds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tjqa.documents import CleanedFile, SourceFile, Span

DATA = Path(__file__).parents[1] / "data" / "cleaning"
SEEDS = Path(__file__).parents[2] / "seeds"
PAGES = sorted((DATA / "pages").glob("*.txt"))
OTHERS = sorted((DATA / "other_sites").glob("*.txt"))  # cleaned well, not perfectly
HARD = sorted((DATA / "hard_texts").glob("*.txt"))  # texts of short lines, easily taken for furniture
SITES = sorted((DATA / "sites").iterdir())  # several pages of one site in a folder each


@dataclass(frozen=True)
class Labelled:
    """A page and what each stretch of it is: K, T, M or N (see the README beside the pages)."""

    source: SourceFile
    labels: tuple[tuple[Span, str], ...]


def source_of(text: str, path: str = "page.txt") -> SourceFile:
    """A `SourceFile` of a text that never was a file."""
    return SourceFile(path, "0" * 64, "UTF-8", text)


def read_page(path: Path, newline: str = "\n", start: str = "") -> Labelled:
    """One of the labelled pages, with the newline wanted and something (a BOM) before it."""
    text = start
    labels = []
    for row in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        if row != "|":
            if row[0] == "+":  # goes on where the row above ended: one line of two kinds
                text, row = text.removesuffix(newline), row[1:]
            label, content = row[0], row[2:]
            assert label in "KTMN" and row[1] == " ", f"{path.name}: {row}"
            labels.append((Span(len(text), len(text) + len(content)), label))
            text += content
        text += newline
    return Labelled(source_of(text, path.name), tuple(labels))


def spans_of(cleaned: CleanedFile) -> list[Span]:
    """Every span of a cleaned file, kept and dropped, in order."""
    kept = [piece.span for article in cleaned.articles for piece in article.pieces]
    return sorted(kept + [dropped.span for dropped in cleaned.dropped])


def kept_positions(cleaned: CleanedFile) -> set[int]:
    """The character positions that cleaning keeps."""
    pieces = (piece.span for article in cleaned.articles for piece in article.pieces)
    return {position for span in pieces for position in range(span.start, span.end)}


def shares(page: Labelled, cleaned: CleanedFile) -> dict[str, tuple[int, int]]:
    """For each label the characters kept and all characters, blanks left out."""
    kept = kept_positions(cleaned)
    counted: dict[str, tuple[int, int]] = {}
    for span, label in page.labels:
        places = [i for i in range(span.start, span.end) if not page.source.text[i].isspace()]
        had, everything = counted.get(label, (0, 0))
        counted[label] = had + sum(i in kept for i in places), everything + len(places)
    return counted
