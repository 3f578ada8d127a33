"""What a library offers to filter by: the places that its titles name, its years, its documents; each with a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tjqa.index.filters import Filter, FilterValues, passes
from tjqa.reports import SourceSummary
from tjqa.retrieval import parameters
from tjqa.text.normalize import fold
from tjqa.text.places import place_names
from tjqa.text.segmenter import AREAS, Segmenter

if TYPE_CHECKING:
    from tjqa.index.base import Index


def filter_values(summaries: Sequence[SourceSummary], segmenter: Segmenter) -> FilterValues:
    """The values of a library, of its summaries.

    Args:
        summaries: of its documents.
        segmenter: cuts titles as the documents were cut.
    """
    articles = [article for summary in summaries for article in summary.articles]
    places: Counter[str] = Counter()
    for title in [title for title, _ in articles if title][: parameters.TITLES_READ]:
        places.update(name for name in place_names(fold(title), segmenter) if name[-1] in AREAS)
    years = Counter(published[:4] for _, published in articles if published)
    return FilterValues(
        tuple(sorted(places.items(), key=lambda one: (-one[1], one[0]))),
        tuple(sorted(years.items(), reverse=True)),
        tuple((s.path, s.articles[0][0] if s.articles else "", len(s.articles)) for s in summaries),
    )


def documents_passing(index: Index, filters: Sequence[Filter]) -> int | None:
    """In how many documents a passage passes; None of a library that takes too long to count."""
    if len(index) > parameters.PASSAGES_COUNTED:
        return None
    return len({passage.path for passage in index.passages() if passes(filters, passage)})
