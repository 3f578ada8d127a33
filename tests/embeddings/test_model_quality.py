"""Floors of the default model's quality, measured on half of XQuAD-zh by the published command's own functions."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.training.evaluate import measure
from tests.support.helpers import ROOT
from tjqa.encoders.contextual import ContextualEncoder
from tjqa.encoders.static import StaticEncoder

BENCH = ROOT / "tests" / "data" / "xquad-zh"


@pytest.fixture(scope="module")
def passages() -> tuple[StaticEncoder, NDArray[np.float32], list[str]]:
    """The default model, the vectors of all passages, their ids."""
    encoder = StaticEncoder(ROOT / "embeddings" / "model")
    rows = [json.loads(line) for line in (BENCH / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    return encoder, encoder.encode([row["text"] for row in rows]), [row["id"] for row in rows]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "ndcg", "recall_at_10"), [("queries.jsonl", 0.945, 0.985), ("queries.en.jsonl", 0.74, 0.89)]
)
def test_dense_alone_finds(
    passages: tuple[StaticEncoder, NDArray[np.float32], list[str]], file: str, ndcg: float, recall_at_10: float
) -> None:
    """Chinese and English questions find their passage by vectors alone."""
    encoder, vectors, ids = passages
    scores = measure(encoder, vectors, ids, BENCH / file).mean(axis=0)
    assert scores[0] >= ndcg
    assert scores[2] >= recall_at_10


def test_model_fits_in_thirty_megabytes() -> None:
    """The shipped folder is at most 30 MB."""
    files = [f for f in (ROOT / "embeddings" / "model").rglob("*") if f.is_file()]
    assert sum(f.stat().st_size for f in files) <= 30_000_000


@pytest.mark.slow
def test_the_encoder_finds_across_languages() -> None:
    """The transformer finds Chinese passages for English questions; on a quarter of them, so that it is quick."""
    encoder = ContextualEncoder(ROOT / "embeddings" / "encoder")
    rows = [json.loads(line) for line in (BENCH / "corpus.jsonl").read_text(encoding="utf-8").splitlines()][:60]
    relevant = dict(line.split("\t")[:2] for line in (BENCH / "qrels.tsv").read_text("utf-8").splitlines()[1:])
    ids = [row["id"] for row in rows]
    questions = [json.loads(line) for line in (BENCH / "queries.en.jsonl").read_text("utf-8").splitlines()]
    asked = [question for question in questions if relevant.get(question["id"]) in ids][:60]
    nearest = (
        encoder.encode_questions([question["text"] for question in asked])
        @ encoder.encode([row["text"] for row in rows]).T
    )
    first = [ids[place] == relevant[question["id"]] for place, question in zip(nearest.argmax(1), asked, strict=True)]
    assert len(asked) == 60
    assert np.mean(first) >= 0.75


def test_encoder_fits_in_forty_megabytes() -> None:
    """With a reader beside it that shares its table of pieces, both stay below 60 MB."""
    files = [f for f in (ROOT / "embeddings" / "encoder").rglob("*") if f.is_file()]
    assert sum(f.stat().st_size for f in files) <= 38_000_000
