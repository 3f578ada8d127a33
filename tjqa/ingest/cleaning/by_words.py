"""What furniture the lines of a text are by their words, as far as the text shows to be a page."""

from __future__ import annotations

from tjqa.ingest import parameters
from tjqa.ingest.cleaning.boilerplate import Boilerplate, furniture
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import stamps


def by_words(lines: list[Line], meta: list[bool], saved: bool) -> list[Boilerplate | None]:
    """What furniture each line is by its words; between the paragraphs of what is no saved page none is."""
    found = [furniture(line) for line in lines]
    prose = [i for i, line in enumerate(lines) if line.prose and not found[i]]
    if not saved and prose and not _shows_a_page(lines, found, meta):
        found[prose[0] : prose[-1]] = [None] * (prose[-1] - prose[0])
    return found


def _shows_a_page(lines: list[Line], found: list[Boilerplate | None], meta: list[bool]) -> bool:
    """Whether a text was copied from a page, with more than its article: several lines of furniture that cannot be
    text, or one beside the line that dates an article."""
    sure = sum(entry is not None and not entry.vague for entry in found)
    head = zip(meta[: parameters.DATED_PAGE_LINES], lines, strict=False)
    dated = any(flag and stamps(line.text) for flag, line in head)
    return sure >= (1 if dated else parameters.WEB_PAGE_LINES)
