"""Whether the quote of an excerpt still stands in its document, word for word.

A long quote is known by its words. A short one, a figure in a table, stands in many places: where the document changed
it counts only where its line is the same before it and begins alike behind it. Else 39540 of one year would be found in
the next.
"""

from __future__ import annotations

from dataclasses import replace

from tjqa.citations.documents_now import citation_of
from tjqa.citations.library import Library
from tjqa.citations.locations import table_words
from tjqa.citations.notebook import parameters
from tjqa.citations.notebook.excerpt import CheckedExcerpt, Excerpt
from tjqa.documents import SourceFile, Span


def recheck(excerpt: Excerpt, library: Library) -> CheckedExcerpt:
    """Read an excerpt's document again and look for its quote."""
    citation = excerpt.citation
    source = library.files.current(citation.path)
    if source is None:
        return CheckedExcerpt(excerpt, "unread", replace(citation, unchanged=False, unread=True))
    place = place_of(excerpt, source)
    if place is None:
        return CheckedExcerpt(excerpt, "changed", replace(citation, unchanged=False))
    is_edited = source.sha256 != citation.sha256
    if place == citation.span and not is_edited:
        return CheckedExcerpt(excerpt, "holds", citation)
    # Heads, title and date as they are now: of a table whose columns were exchanged the rows are as they were.
    passage = library.now.nearest(source, place)
    made = citation_of(source, passage, citation.number, place)
    told = table_words(passage, place) if passage is not None else ""
    if made.heads != citation.heads or (excerpt.told and told != excerpt.told):
        return CheckedExcerpt(excerpt, "changed", replace(citation, unchanged=False))
    now = replace(made, sha256=citation.sha256, edited=is_edited)
    return CheckedExcerpt(excerpt, "holds" if place == citation.span else "moved", now)


def place_of(excerpt: Excerpt, source: SourceFile) -> Span | None:
    """Where the quote stands now: where it stood, else where most of the text beside it is the same."""
    citation, text = excerpt.citation, source.text
    if source.sha256 == citation.sha256 and citation.span.of(text) == citation.quote:
        return citation.span
    if not all(head in text for head in citation.heads):
        return None
    found = {span: _agreement(text, span, excerpt) for span in _places(excerpt, text)}
    if not found:
        return None
    best = max(found, key=lambda span: (found[span], -abs(span.start - citation.span.start)))
    is_known = len(citation.quote.strip()) >= parameters.TELLING or _in_its_line(text, best, excerpt)
    return best if is_known else None


def _places(excerpt: Excerpt, text: str) -> list[Span]:
    quote = excerpt.quote
    places: list[Span] = []
    at = text.find(quote) if quote else -1
    while at >= 0 and len(places) < parameters.MOST_PLACES:
        places.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return places


def _in_its_line(text: str, span: Span, excerpt: Excerpt) -> bool:
    """Whether the line of a place is the same before it as that of the quote was, and begins alike behind it."""
    before = excerpt.before.rpartition("\n")[2]
    after = excerpt.after.partition("\n")[0][: parameters.AGREEING]
    return text.endswith(before, 0, span.start) and text.startswith(after, span.end)


def _agreement(text: str, span: Span, excerpt: Excerpt) -> int:
    """How many characters before and behind a place are those that stood beside the quote."""
    before = text[max(span.start - len(excerpt.before), 0) : span.start]
    after = text[span.end : span.end + len(excerpt.after)]
    return _common(before[::-1], excerpt.before[::-1]) + _common(after, excerpt.after)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))
