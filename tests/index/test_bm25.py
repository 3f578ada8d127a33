"""tjqa.index.bm25: BM25 in arrays, against the formula written out."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from tjqa.index import parameters
from tjqa.index.bm25 import BM25Index
from tjqa.index.postings import BM25Segment, count_terms, invert, joined, term_key

DOCUMENTS = [
    ["就业", "人", "就业", "报告"],
    ["水库", "人", "报告", "水利"],
    ["茶叶"],
    [],
    ["人"] * 300,
]


def indexed(*parts: list[list[str]]) -> BM25Index:
    """An index of documents in parts."""
    return BM25Index([BM25Segment(**invert(count_terms(part))) for part in parts])


def written_out(documents: list[list[str]], terms: list[str]) -> list[float]:
    """BM25 by its formula, one document after the other."""
    counts = [Counter(document) for document in documents]
    mean = sum(sum(c.values()) for c in counts) / len(counts)
    scores = []
    for counter in counts:
        score = 0.0
        for term in set(terms):
            holding = sum(term in c for c in counts)
            if counter[term]:
                idf = math.log(1 + (len(counts) - holding + 0.5) / (holding + 0.5))
                norm = parameters.K1 * (1 - parameters.B + parameters.B * sum(counter.values()) / mean)
                score += idf * min(counter[term], 255) * (parameters.K1 + 1) / (min(counter[term], 255) + norm)
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "terms", [["就业"], ["人", "报告"], ["就业", "人", "报告", "水库", "水利", "茶叶"], ["没有"], []]
)
def test_scores_follow_the_formula(terms: list[str]) -> None:
    """Every score is that of the formula, in one part or several; a term no document holds adds nothing."""
    expected = written_out(DOCUMENTS, terms)
    for parts in ([DOCUMENTS], [DOCUMENTS[:1], DOCUMENTS[1:4], DOCUMENTS[4:]], [[], DOCUMENTS]):
        np.testing.assert_allclose(indexed(*parts).scores(terms), expected, rtol=1e-5)


def test_a_pair_that_is_a_word_counts_as_both() -> None:
    """Asked as a pair of characters, the passages that hold it as a word are found like those that hold it across
    words, and a passage that holds neither is not."""
    index = indexed([["经济", "·经济"], ["·经济", "济"], ["经纪", "·经纪"]])
    both, across, neither = index.scores(["·经济"])
    assert both == across > neither == 0
    assert index.scores(["经济", "·经济"])[0] > both
    assert index.scores(["经济"])[1] == 0
    assert index.holding(["·经济", "经纪"]).tolist() == [1, 1, 1]


def test_postings_are_taken_over_exactly() -> None:
    """Some rows of a part, put into another order beside new ones, make the same part as counting them anew."""
    old = BM25Segment(**invert(count_terms(DOCUMENTS)))
    taken = old.postings(np.array([4, 0]))
    new = count_terms([["茶叶", "茶叶"]])
    whole = invert(joined([(np.array([2, 0]), taken), (np.array([1]), new)], 3))
    again = invert(count_terms([DOCUMENTS[0], ["茶叶", "茶叶"], DOCUMENTS[4]]))
    for name, array in again.items():
        np.testing.assert_array_equal(whole[name], array)


def test_a_part_holds_what_sixteen_bits_count() -> None:
    """The last row of a full part is found like the first."""
    most = parameters.SEGMENT_PASSAGES
    index = indexed([["首"], *[["中"]] * (most - 2), ["尾", "尾"]])
    assert int(index.scores(["尾"]).argmax()) == most - 1
    assert int(index.scores(["首"]).argmax()) == 0


def test_repeated_question_term_counts_once() -> None:
    """Saying a word twice does not make it twice as important."""
    index = indexed(DOCUMENTS)
    np.testing.assert_array_equal(index.scores(["就业", "就业"]), index.scores(["就业"]))


def test_unknown_term_is_the_rarest() -> None:
    """A term in no passage has a higher idf than any term that stands in one."""
    idf = indexed(DOCUMENTS).term_idf(["没有", "就业", "报告"])
    assert idf[0] > idf[1] > idf[2] > 0


@pytest.mark.parametrize("documents", [[], [[]]])
def test_empty_index_answers(documents: list[list[str]]) -> None:
    """No documents, or documents without terms, score nothing."""
    index = indexed(documents)
    assert index.scores(["就业"]).tolist() == [0.0] * len(documents)
    assert index.holds(["就业"]) == [False]
    assert BM25Index([]).scores(["就业"]).tolist() == []


def test_keys_do_not_depend_on_the_process() -> None:
    """A key written by one process is found by another: it is no salted hash."""
    assert term_key("就业") == 3065991283
