"""Question → ranked passages: BM25 and vectors find candidates, cheap features of the most promising rank them.

`retrieve_and_rank` is the whole way, the one that answers and that the weights are fitted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tjqa.encoders.base import Encoder
from tjqa.index.base import Index
from tjqa.index.filters import Filter
from tjqa.results import Contribution
from tjqa.retrieval import parameters
from tjqa.retrieval.candidates import Promising, candidates
from tjqa.retrieval.feature_set import CANDIDATE
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.linear_model import contributions, log_odds, probability, scores
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.named_document import Named, named_document
from tjqa.retrieval.near_duplicates import Group, grouped, spread
from tjqa.retrieval.other_names import other_wordings
from tjqa.retrieval.query_syntax import exact_filters
from tjqa.retrieval.question import Question, parse
from tjqa.retrieval.spelling import corrected
from tjqa.retrieval.stages import is_left_out, stage
from tjqa.text.normalize import squeeze
from tjqa.text.segmenter import Segmenter

_OF_CANDIDATES = ("lexical", "dense", "bias")  # what is known of a candidate before its features


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a question finds in a library, best first.

    `question` is taken apart with its slips put right, `matcher` weighs its terms, `filters` are those asked with and
    the question's exact words, `table` names the weights ranked by. `groups` are the different ones among `hits`, each
    with its copies in other files.
    """

    question: Question
    matcher: Matcher
    filters: tuple[Filter, ...]
    table: str
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]
    different: int = parameters.CONTRAST_HITS

    @property
    def nearest(self) -> tuple[Hit, ...]:
        """The hits that answering looks at, however many are shown."""
        return self.hits[: parameters.CONTRAST_HITS + parameters.SPARE_HITS]

    @property
    def contrast(self) -> list[Hit]:
        """The best different hits, which the decision to answer holds against each other: at most CONTRAST_HITS."""
        return [group.hit for group in self.groups[: parameters.CONTRAST_HITS]]


# In products of small matrices OpenBLAS may raise flags though nothing in them is invalid (numpy/numpy issue 24067).
@np.errstate(divide="ignore", over="ignore", invalid="ignore")
def retrieve_and_rank(
    index: Index,
    encoder: Encoder,
    segmenter: Segmenter,
    text: str,
    filters: Sequence[Filter] = (),
    k: int = 1,
    depth: int = 0,
) -> Ranked:
    """The whole way from a question to ranked passages, of which the `k` best different ones are kept, or more:
    `CONTRAST_HITS`, for the decision to answer.

    `depth` is how many candidates are looked at closely and kept, where that should be more than answering needs.
    """
    with stage("analysis"):
        asked = understand(index, text, segmenter)
    best = _ranked(index, encoder, segmenter, asked, filters, k, depth)
    if asked.exact or asked.is_latin:
        return best
    texts = [f"{hit.passage.title}\n{hit.passage.text}" for hit in best.hits]
    others = other_wordings(asked.folded, texts, segmenter, index.mentions)
    for wording in others:
        found = _ranked(index, encoder, segmenter, parse(wording, segmenter), filters, k, depth)
        if not found.hits or not _speaks_of(found.hits[0], found.matcher, asked):
            continue
        if not best.hits or _lead(found.hits[0], best.hits[0]) > parameters.OTHER_WORDING_LEAD:
            best = found
    return _of_named(index, encoder, segmenter, best, filters, k, depth)


def _of_named(
    index: Index,
    encoder: Encoder,
    segmenter: Segmenter,
    best: Ranked,
    filters: Sequence[Filter],
    k: int,
    depth: int,
) -> Ranked:
    """The same of the document that the question names by a word which what was found lacks, where that holds what is
    asked beside it."""
    if not best.hits or best.question.compares:
        return best
    named = named_document(index, encoder, segmenter, best.matcher, best.hits[0], filters)
    if named is None:
        return best
    asked = parse(named.rest, segmenter)
    found = _ranked(index, encoder, segmenter, asked, (*filters, Filter("file", named.path)), k, depth)
    is_better = bool(found.hits) and (found.hits[0].score >= best.hits[0].score or _tells_more(found, best, named))
    if not is_better and best.hits[0].passage.path == named.path:
        return best
    chosen = found if is_better else best
    # What is found in another document is not what was asked of this one.
    asked = replace(chosen.question, text=best.question.text, of_document=named.word)
    return replace(chosen, question=asked, matcher=matcher_for(index, asked, segmenter))


def _speaks_of(hit: Hit, matcher: Matcher, asked: Question) -> bool:
    """Whether a passage found for another wording holds any of its words that the question lacks: else it was found
    for what it leaves out (不干了 of a job on the campus is no 解除劳动合同)."""
    new = [word for word in matcher.words if word not in asked.folded]
    held = f"{hit.text.folded}\n{hit.context.folded}"
    return not new or any(word in held for word in new)


def _lead(hit: Hit, other: Hit) -> float:
    return log_odds(hit.score) - log_odds(other.score)


def _ranked(
    index: Index,
    encoder: Encoder,
    segmenter: Segmenter,
    question: Question,
    filters: Sequence[Filter],
    k: int,
    depth: int,
) -> Ranked:
    with stage("analysis"):
        matcher = matcher_for(index, question, segmenter)
    wanted = (*filters, *exact_filters(question.text))
    different = max(k, parameters.CONTRAST_HITS)
    found = candidates(index, encoder, matcher, wanted, max(different + parameters.SPARE_HITS, depth), depth)
    hits = _in_order(matcher, found)
    groups = tuple(different_groups(hits, different))
    return Ranked(question, matcher, wanted, found.table, tuple(hits), groups, different)


def _tells_more(found: Ranked, best: Ranked, named: Named) -> bool:
    """Whether what was first found holds the name of the document, and less of what is asked beside it than what was
    found in that document: an opening holds the name, and that is all."""
    opening = best.hits[0].passage.text
    if named.word not in best.hits[0].text.folded:
        return False
    held = (found.matcher.share(found.matcher.matched(text)) for text in (found.hits[0].passage.text, opening))
    return next(held) > next(held)


def different_groups(hits: Sequence[Hit], k: int) -> list[Group]:
    """The `k` best different hits; the first ones, and their order, are the same whatever `k` is."""
    every = grouped(hits, k)
    first = grouped(hits[: parameters.CONTRAST_HITS + parameters.SPARE_HITS], parameters.CONTRAST_HITS)
    return [*spread(every[: len(first)]), *every[len(first) :]]


def understand(index: Index, text: str, segmenter: Segmenter) -> Question:
    """The question taken apart, slips of the input method put right where the library tells what was meant; then its
    `text` is not that of the caller. What stands in "" is meant as it is written."""
    question = parse(text, segmenter)
    if question.exact:
        return question
    fixed = corrected(question.content, index.holds, segmenter)
    if fixed == question.content:
        return question
    characters = zip(question.folded, question.content, fixed, strict=True)
    return parse("".join(now if now != before else written for written, before, now in characters), segmenter)


def rank(
    index: Index, encoder: Encoder, matcher: Matcher, k: int, filters: Sequence[Filter] = (), depth: int = 0
) -> list[Hit]:
    """The `k` best passages, best first, with their features; scores lie in 0..1. No passage is looked
    at that does not pass `filters`.

    The most promising candidates, `depth` of them or as many as answering needs, are ranked among themselves; where `k`
    asks for more, the others follow: what is first does not depend on how many are asked for."""
    return _in_order(matcher, candidates(index, encoder, matcher, filters, k, depth))[:k]


def _in_order(matcher: Matcher, found: Promising) -> list[Hit]:
    """All of them, the first ones before the others, each scored among its own."""
    best = _ordered(matcher, found.first, found.table)
    least = best[-1].score if best else 1.0
    rest = [replace(hit, score=min(hit.score, least)) for hit in _ordered(matcher, found.others, found.table)]
    return [*best, *rest]


def _ordered(matcher: Matcher, found: Sequence[Hit], table: str) -> list[Hit]:
    """Candidates that hold the question's exact words, best first by the weights of `table`."""
    question = matcher.question
    if question.exact:
        found = [hit for hit in found if _holds_exactly(hit, question.exact)]
    if not found:
        return []
    values = np.stack([hit.features for hit in found])
    if is_left_out("features"):
        values[:, [at for at, name in enumerate(CANDIDATE.names) if name not in _OF_CANDIDATES]] = 0
    log_odds = scores(table, CANDIDATE, values)
    hits = [replace(hit, score=probability(score)) for hit, score in zip(found, log_odds.tolist(), strict=True)]
    # Who pastes a sentence wants that sentence: wording beats every other evidence.
    verbatim = CANDIDATE.column("verbatim")
    hits.sort(key=lambda hit: (-hit.features[verbatim], -hit.score, hit.row))
    return hits


def _holds_exactly(hit: Hit, wordings: Sequence[str]) -> bool:
    """Whether the passage itself holds every one of some folded wordings, white space apart."""
    text = squeeze(hit.text.folded)
    return all(wording in text for wording in wordings)


def explained(hit: Hit, table: str, matcher: Matcher) -> Hit:
    """The hit with what each feature added to its log odds by the weights of `table`, largest first, and the words it
    holds."""
    added = contributions(table, CANDIDATE, hit.features[None, :])[0]
    weighed = [(CANDIDATE.features[column], float(added[column])) for column in CANDIDATE.columns_of(table)]
    told = [Contribution(feature.name, feature.label, value) for feature, value in weighed]
    told.sort(key=lambda contribution: -abs(contribution.value))
    return replace(hit, contributions=tuple(told), matched=matcher.named(hit.held))


def matcher_for(index: Index, question: Question, segmenter: Segmenter) -> Matcher:
    """A matcher that weighs the question's terms by their idf in this library."""
    return Matcher(question, index.term_idf(question.terms), segmenter)
