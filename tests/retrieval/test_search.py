"""tjqa.retrieval.search: the right passage first."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.support.helpers import PLAIN, ROOT, TEA, FakeEncoder
from tjqa.config import Settings
from tjqa.encoders.loading import load_encoder
from tjqa.engine import Engine, build
from tjqa.errors import UsageError
from tjqa.index.bm25 import top_rows
from tjqa.index.local import LocalIndex, open_index
from tjqa.index.versions import VERSIONS
from tjqa.retrieval import candidates as finding
from tjqa.retrieval import parameters
from tjqa.retrieval.candidates import candidates, retrieve
from tjqa.retrieval.feature_set import CANDIDATE
from tjqa.retrieval.features import candidate_features
from tjqa.retrieval.question import parse
from tjqa.retrieval.search import matcher_for, rank, retrieve_and_rank

QUESTIONS = ROOT / "tests" / "data" / "gold" / "questions.jsonl"


@pytest.fixture
def index(library: Settings) -> LocalIndex:
    """The index of the small library."""
    return open_index(library.index_dir, VERSIONS)


def test_top_rows_are_the_highest_positive_ones() -> None:
    """Cutting rows far below the best loses none of the best."""
    rng = np.random.default_rng(4)
    for k in (1, 5, 30):
        scores = np.where(rng.random(400) < 0.6, 0, rng.random(400)).astype(np.float32)
        assert set(top_rows(scores, k)) == set(np.argsort(-scores)[:k])
    assert set(top_rows(np.array([0, 1, 0.01, 0.02], np.float32), 3)) == {1, 2, 3}
    assert top_rows(np.zeros(5, np.float32), 3).tolist() == []
    assert top_rows(np.zeros(0, np.float32), 3).tolist() == []


@pytest.mark.parametrize(
    ("question", "stands"),
    [
        ("一般公共预算收入完成多少?", "一般公共预算收入完成12.8亿元"),
        ("石桥水库的总库容是多少", "总库容4200万立方米"),
        ("县水利局局长是谁", "沈怀民"),
        ("杀青锅温多少度", "180摄氏度"),
        ("２０２２年计划改造老旧小区多少个", "改造老旧小区20个"),
        ("石橋水庫哪年開工建設", "始建于1958年"),
    ],
)
def test_right_passage_comes_first(index: LocalIndex, encoder: FakeEncoder, question: str, stands: str) -> None:
    """Questions in the words of a document find it, in full width and traditional characters too."""
    hits = rank(index, encoder, matcher_for(index, parse(question, PLAIN), PLAIN), 5)
    assert stands in hits[0].passage.text


def test_hits_are_ranked_and_finite(index: LocalIndex, encoder: FakeEncoder) -> None:
    """Any question gives at most k different passages with finite scores in 0..1, best first, each time the same."""
    for text in ("新增就业多少人", "。?!", "的", "zzz", "\udcff", "2021年", "水库" * 200):
        for k in (1, 4, 100):
            hits = rank(index, encoder, matcher_for(index, parse(text, PLAIN), PLAIN), k)
            assert len(hits) <= k
            assert len({hit.row for hit in hits}) == len(hits)
            assert all(math.isfinite(hit.score) and 0 <= hit.score <= 1 for hit in hits)
            again = rank(index, encoder, matcher_for(index, parse(text, PLAIN), PLAIN), k)
            assert [(hit.row, hit.score) for hit in hits] == [(hit.row, hit.score) for hit in again]


def test_verbatim_sentence_is_the_first_hit(index: LocalIndex, encoder: FakeEncoder) -> None:
    """A sentence copied from a document finds its own passage."""
    for row, passage in enumerate(index.passages()):
        longest = max(passage.text.split("。"), key=len)
        if len(longest) >= 12:
            assert rank(index, encoder, matcher_for(index, parse(longest.strip(), PLAIN), PLAIN), 1)[0].row == row


def test_both_legs_bring_candidates(index: LocalIndex, encoder: FakeEncoder) -> None:
    """Candidates have a share of words in 0..1 and a cosine; a question without known words still has neighbours."""
    legs = retrieve(index, encoder, parse("石桥水库总库容", PLAIN))
    assert 0 < legs.lexical.max() <= 1
    assert np.abs(legs.dense).max() <= 1.001
    assert len(retrieve(index, encoder, parse("zzzqqq", PLAIN)).rows) > 0


def test_few_candidates_are_looked_at_and_they_are_the_best(
    index: LocalIndex, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What both legs together find best is kept, with the features it has among all; more when more are wanted."""
    matcher = matcher_for(index, parse("石桥水库的总库容是多少", PLAIN), PLAIN)
    every = {hit.row: CANDIDATE.named(hit.features) for hit in candidates(index, encoder, matcher).first}
    monkeypatch.setattr(parameters, "RERANK_DEPTH_WITHOUT_TOKENS", 2)
    few = {hit.row: CANDIDATE.named(hit.features) for hit in candidates(index, encoder, matcher).first}
    assert len(few) == 2 < len(every)
    assert len(rank(index, encoder, matcher, 100)) == len(every)
    for row, parts in few.items():
        of_itself = parts.keys() - {"article", "article_lexical"}
        assert {n: parts[n] for n in of_itself} == pytest.approx({n: every[row][n] for n in of_itself}, abs=1e-6)
    assert max(every, key=lambda row: 2 * every[row]["lexical"] + every[row]["dense"]) in few


@pytest.mark.parametrize("looked_at", [2, 24])
def test_the_first_hits_do_not_depend_on_how_many_are_asked_for(
    library: Settings, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    """Who asks for forty passages sees the ones first that he sees who asks for three."""
    monkeypatch.setattr(parameters, "RERANK_DEPTH", looked_at)
    monkeypatch.setattr(parameters, "RERANK_DEPTH_WITHOUT_TOKENS", looked_at)
    monkeypatch.setattr(parameters, "CONTRAST_HITS", 3)
    monkeypatch.setattr(parameters, "SPARE_HITS", 1)
    engine = Engine.open(library)
    for question in ("石桥水库的总库容是多少", "县水利局局长是谁", "杀青锅温多少度", "一般公共预算收入完成多少"):
        many = [citation.span for citation in engine.ask(question, 40).citations]
        scores = [citation.score for citation in engine.ask(question, 40).citations]
        for k in (1, 2, 3):
            assert [citation.span for citation in engine.ask(question, k).citations] == many[:k]
        assert len(many) > 3 and len(set(many)) == len(many)
        assert all(0 <= score <= scores[0] for score in scores)


def test_late_interaction_has_a_say_in_what_is_looked_at(
    seed_library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With token vectors the most promising candidate is not always the one of words and vectors alone."""
    index, encoder = open_index(seed_library.index_dir, VERSIONS), load_encoder(None, seed_library.model_dir)
    differ = 0
    for row in QUESTIONS.read_text("utf-8").splitlines()[:30]:
        matcher = matcher_for(index, parse(json.loads(row)["question"], PLAIN), PLAIN)
        monkeypatch.setattr(parameters, "RERANK_DEPTH", 200)
        every = {hit.row: CANDIDATE.named(hit.features) for hit in candidates(index, encoder, matcher).first}
        monkeypatch.setattr(parameters, "RERANK_DEPTH", 1)
        (best,) = candidates(index, encoder, matcher).first

        def promise(row: int, late: bool, every: dict[int, dict[str, float]] = every) -> float:
            p = every[row]
            return 2 * p["lexical"] + p["dense"] + late * (p["soft"] + p["soft_window"])

        assert promise(best.row, True) == pytest.approx(max(promise(row, True) for row in every), abs=1e-5)
        differ += promise(best.row, False) < max(promise(row, False) for row in every) - 1e-5
    assert differ


def test_the_whole_way_is_the_one_that_answers(library: Settings, encoder: FakeEncoder) -> None:
    """What is ranked apart from an answer is what the answer cites: slips mended, copies grouped, exact words held."""
    (library.sources / "转载.txt").write_text(TEA, "utf-8")
    build(library)
    engine = Engine.open(replace(library, fast=True))  # reading puts the passages in another order
    for question in ("石桥水裤的总酷容是多少?", '"云岭毛峰"含水量', "新增就业"):
        answer, ranked = engine.ask(question, k=3), engine.retrieve(question, k=3)
        assert [group.hit.row for group in ranked.groups[:3]] == [hit.row for hit in ranked.contrast[:3]]
        assert [c.span for c in answer.citations] == [group.hit.passage.span for group in ranked.groups[:3]]
        assert [len(c.also) for c in answer.citations] == [len(group.others) for group in ranked.groups[:3]]
    assert "石桥水库" in engine.retrieve("石桥水裤的总酷容").question.text
    assert ranked.filters == () and engine.retrieve('"云岭毛峰"').filters[0].value == "云岭毛峰"
    with pytest.raises(UsageError):
        engine.retrieve(" ")


def test_a_greater_depth_keeps_more(seed_library: Settings) -> None:
    """The fit sees more candidates than an answer does; those of the answer are among them."""
    engine = Engine.open(seed_library)
    few, many = engine.retrieve("西青区地区生产总值"), engine.retrieve("西青区地区生产总值", depth=40)
    assert (len(few.hits), len(many.hits)) == (16, 40)
    assert few.table == many.table == "passage"
    assert {hit.row for hit in few.hits} <= {hit.row for hit in many.hits}
    assert [hit.score for hit in many.hits] == sorted((hit.score for hit in many.hits), reverse=True)
    assert engine.understand("西青区").question.terms == engine.retrieve("西青区").question.terms
    assert engine.holds(["西青区", "火星"]) == [True, False]


def test_flags_of_products_are_not_told(
    index: LocalIndex, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library of linear algebra may raise them where nothing is invalid; warnings are errors here."""

    def flagged(*arguments: Any) -> Any:
        assert np.isnan(np.zeros((1, 1)) @ np.full((1, 1), np.inf)).all()
        return candidate_features(*arguments)

    monkeypatch.setattr(finding, "candidate_features", flagged)
    ranked = retrieve_and_rank(index, encoder, PLAIN, "茶园面积是多少?")
    assert ranked.nearest
