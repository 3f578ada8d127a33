"""The places that a draft's sentence names beside what else it tells, which may be all that was changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tjqa.answers.proof.judging import Draft, Told
from tjqa.answers.proof.report import FactKind, Verdict
from tjqa.answers.proof.slots import Judged
from tjqa.documents import Span
from tjqa.text.normalize import fold, squeeze
from tjqa.text.places import short_name


def with_places(draft: Draft, judged: Sequence[Judged]) -> Iterator[Judged]:
    """What was judged, but a place that was not found holds where the sentence names it that something else of the
    draft's was found in or is contradicted by: of a name put in place of another, the place beside it is no fault."""
    found = [told for _, verdict, told in judged if told is not None and verdict is not Verdict.NOT_FOUND]
    for fact, verdict, told in judged:
        if fact.kind is FactKind.PLACE and verdict is Verdict.NOT_FOUND:
            named = (_naming(short_name(squeeze(fact.span.of(draft.folded))), one) for one in found)
            at = next((one for one in named if one is not None), None)
            yield (fact, Verdict.HOLDS, at) if at is not None else (fact, verdict, told)
        else:
            yield fact, verdict, told


def _naming(place: str, told: Told) -> Told | None:
    """Where the sentence names a place that something stands in; a cell of a table tells its place in its heads."""
    if told.is_cell or told.is_elsewhere:
        return None
    base = told.passage.span.start
    at = fold(told.passage.text[told.quote.start - base : told.quote.end - base]).find(place)
    span = Span(told.quote.start + at, told.quote.start + at + len(place))
    return replace(told, span=span, is_same=True, is_rounded=False) if at >= 0 else None
