"""What becomes of the quotations of a draft: each stands in the library, or what comes nearest is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tjqa.answers.proof.cited import Citations, shifted
from tjqa.answers.proof.library_search import LibrarySearch
from tjqa.answers.proof.quotations import Quoted, is_long
from tjqa.answers.proof.quote_finding import Place, nearest
from tjqa.answers.proof.report import FactKind, Finding, Verdict
from tjqa.documents import Passage, Span
from tjqa.text.sentences import sentences, trim


class Quotations:
    """Checks quotations against one library."""

    def __init__(self, search: LibrarySearch) -> None:
        self._search = search

    def findings(self, text: str, sentence: Span, mark: Quoted, citations: Citations) -> Iterator[Finding]:
        """What is found of a quotation, a term or a title, of each of its parts."""
        if len(mark.parts) > 1:
            yield from self._elided(text, mark, citations)
            return
        kind = FactKind.QUOTATION if mark.is_words else FactKind.TITLE if mark.is_title else FactKind.TERM
        part = mark.parts[0]
        words = part.of(text)
        # A name is looked for with its sentence, which says what it is of.
        near = self._search.near(words if mark.is_words else sentence.of(text))
        place = self._search.standing(words, near)
        told = _stands(kind, Verdict.HOLDS, part, words, place, citations) if place is not None else None
        yield told or _nearest(kind, part, words, near, citations)

    def _elided(self, text: str, mark: Quoted, citations: Citations) -> Iterator[Finding]:
        """The same of one with parts left out: they must stand in one document, in their order. One that stands only
        elsewhere is cited from there."""
        kind, words = FactKind.QUOTATION, [part.of(text) for part in mark.parts]
        held, path = self._search.together(words, self._search.near(mark.span.of(text)))
        for at, (part, own) in enumerate(zip(mark.parts, words, strict=True)):
            is_held = held.start <= at < held.end
            if not is_long(own):
                if not is_held:
                    yield Finding(kind, Verdict.NOT_FOUND, part, own, differing=(part,))
                continue
            near = self._search.near(own)
            place = self._search.standing_in(path, own) if is_held else self._search.standing(own, near)
            verdict = Verdict.HOLDS if is_held else Verdict.OTHER_PLACE
            told = _stands(kind, verdict, part, own, place, citations) if place is not None else None
            yield told or _nearest(kind, part, own, near, citations)


def _stands(
    kind: FactKind, verdict: Verdict, part: Span, words: str, place: Place, citations: Citations
) -> Finding | None:
    """That words stand at a place; None where the file no longer holds them."""
    here = shifted(place.span, place.passage.span.start)
    number, said, at = citations.cite(place.passage, _sentence_around(place), here)
    differing = () if verdict is Verdict.HOLDS else (part,)
    found = Finding(kind, verdict, part, words, said=said, number=number, said_at=at, differing=differing)
    return found if number else None


def _nearest(kind: FactKind, part: Span, words: str, near: Sequence[Passage], citations: Citations) -> Finding:
    """What comes nearest to words that stand nowhere; a term that nothing comes near is no fault."""
    found = nearest(words, near)
    number, said, at = 0, "", None
    if found is not None and (kind is not FactKind.TERM or len(words) > 2):
        base = found.place.passage.span.start
        others = [shifted(one, base) for one in found.other]
        whole = shifted(found.place.span, base)
        number, _, _ = citations.cite(found.place.passage, whole, *others)
        said, at = found.place.span.of(found.place.passage.text), whole
    if found is None or not number:
        return Finding(kind, Verdict.NOT_FOUND, part, words, differing=(part,), is_soft=kind is FactKind.TERM)
    differing = tuple(shifted(one, part.start) for one in found.differing)
    return Finding(kind, Verdict.DIFFERS, part, words, said=said, number=number, said_at=at, differing=differing)


def _sentence_around(place: Place) -> Span:
    """The sentences that words stand in, in their file: what is cited of them."""
    text = place.passage.text
    met = [one for one in sentences(text) if one.start < place.span.end and place.span.start < one.end]
    whole = trim(text, Span(met[0].start, met[-1].end)) if met else place.span
    return shifted(whole, place.passage.span.start)
