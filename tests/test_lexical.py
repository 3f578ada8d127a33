"""tjqa.lexical: BM25 in arrays, against the formula written out."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from tjqa.lexical import K1, B, build_lexical, term_key

DOCUMENTS = [
    [(["就业", "人", "就业"], 1.0), (["报告"], 1.0)],
    [(["水库", "人"], 1.0), (["报告", "水利"], 1.0)],
    [(["茶叶"], 1.0), ([], 1.0)],
    [([], 1.0), ([], 1.0)],
]


def written_out(documents: list[list[tuple[list[str], float]]], terms: list[str]) -> list[float]:
    """BM25 by its formula, one document after the other."""
    counts: list[Counter[str]] = []
    for fields in documents:
        counter: Counter[str] = Counter()
        for field, weight in fields:
            for term in field:
                counter[term] += weight  # type: ignore[assignment]
        counts.append(counter)
    mean = sum(sum(c.values()) for c in counts) / len(counts)
    scores = []
    for counter in counts:
        score = 0.0
        for term in set(terms):
            holding = sum(term in c for c in counts)
            if counter[term]:
                idf = math.log(1 + (len(counts) - holding + 0.5) / (holding + 0.5))
                norm = K1 * (1 - B + B * sum(counter.values()) / mean)
                score += idf * counter[term] * (K1 + 1) / (counter[term] + norm)
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "terms", [["就业"], ["人", "报告"], ["就业", "人", "报告", "水库", "水利", "茶叶"], ["没有"], []]
)
def test_scores_follow_the_formula(terms: list[str]) -> None:
    """Every score is that of the formula; a term no document holds adds nothing."""
    index = build_lexical(DOCUMENTS)
    np.testing.assert_allclose(index.scores(terms), written_out(DOCUMENTS, terms), rtol=1e-5)


def test_field_weight_counts_before_saturation() -> None:
    """A field of weight two counts like its terms written twice."""
    doubled = [[(["就业", "就业"], 1.0)], [(["水库"], 1.0)]]
    weighted = [[(["就业"], 2.0)], [(["水库"], 1.0)]]
    np.testing.assert_array_equal(build_lexical(doubled).scores(["就业"]), build_lexical(weighted).scores(["就业"]))


def test_repeated_question_term_counts_once() -> None:
    """Saying a word twice does not make it twice as important."""
    index = build_lexical(DOCUMENTS)
    np.testing.assert_array_equal(index.scores(["就业", "就业"]), index.scores(["就业"]))


def test_unknown_term_is_the_rarest() -> None:
    """A term in no passage has a higher idf than any term that stands in one."""
    idf = build_lexical(DOCUMENTS).term_idf(["没有", "就业", "报告"])
    assert idf[0] > idf[1] > idf[2] > 0


@pytest.mark.parametrize("documents", [[], [[([], 1.0)]]])
def test_empty_index_answers(documents: list[list[tuple[list[str], float]]]) -> None:
    """No documents, or documents without terms, score nothing."""
    index = build_lexical(documents)
    assert index.scores(["就业"]).tolist() == [0.0] * len(documents)
    assert index.columns(["就业"]) == [-1]


def test_keys_do_not_depend_on_the_process() -> None:
    """A key written by one process is found by another: it is no salted hash."""
    assert term_key("就业") == 4431540000383350392
