"""Measure a model alone, by its vectors.

    python -m embeddings.training.evaluate --bench DIR ... [--model DIR_OR_NAME]

DIR holds corpus.jsonl {"id","title","text"}, queries.jsonl {"id","text"} and qrels.tsv; a queries.en.jsonl beside
them is measured too (English questions, the same passages). A passage is title, newline, text. Prints nDCG@10 and
recall@1/@10 as a Markdown table, and the speed of encoding passages cut to 200 characters.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.encoders.base import Encoder, QuestionEncoder
from tjqa.encoders.loading import load_encoder

_DEPTH = 10
_SPEED_TEXTS = 3000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, nargs="+", required=True, help="folders of retrieval sets")
    parser.add_argument("--model", help="model folder or name; without it the default model")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.model, Path(__file__).resolve().parents[1] / "model")
    print(f"{encoder.name}, {encoder.dimension} values\n\n| set | questions | nDCG@10 | recall@1 | recall@10 |")
    print("|---|---|---|---|---|")
    for folder in arguments.bench:
        ids, texts = load_passages(folder)
        vectors = encoder.encode(texts)
        for file in sorted(folder.glob("queries*.jsonl"), key=lambda f: len(f.name)):
            scores = measure(encoder, vectors, ids, file)
            label = folder.name + file.name.removeprefix("queries").removesuffix(".jsonl")
            print(f"| {label} | {len(scores)} | " + " | ".join(f"{m:.4f}" for m in scores.mean(axis=0)) + " |")
    print(f"\n{_speed(encoder, arguments.bench):.0f} passages of 200 characters per second of one core")


def load_passages(folder: Path) -> tuple[list[str], list[str]]:
    """Ids and texts of the passages of a set."""
    rows = _rows(folder / "corpus.jsonl")
    return [row["id"] for row in rows], [_whole(row) for row in rows]


def measure(encoder: Encoder, passages: NDArray[np.float32], ids: list[str], file: Path) -> NDArray[np.float64]:
    """(questions, 3): nDCG@10, recall@1, recall@10 of each question of `file` that has relevant passages."""
    relevant: dict[str, set[str]] = {}
    for line in (file.parent / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(passage)
    queries = [row for row in _rows(file) if row["id"] in relevant]
    encode = encoder.encode_questions if isinstance(encoder, QuestionEncoder) else encoder.encode
    similarities = encode([row["text"] for row in queries]) @ passages.T
    best = np.argsort(-similarities, axis=1, kind="stable")[:, :_DEPTH]
    found = [[ids[j] in relevant[row["id"]] for j in top] for row, top in zip(queries, best, strict=True)]
    return np.array([_scores(hits, len(relevant[row["id"]])) for hits, row in zip(found, queries, strict=True)])


def _scores(hits: list[bool], relevant: int) -> tuple[float, float, float]:
    gains = 1 / np.log2(np.arange(2, _DEPTH + 2))
    gained = float(gains[: len(hits)][hits].sum())
    return gained / float(gains[: min(relevant, _DEPTH)].sum()), hits[0] / relevant, sum(hits) / relevant


def _speed(encoder: Encoder, folders: list[Path]) -> float:
    block = "\n".join(_whole(row) for folder in folders for row in _rows(folder / "corpus.jsonl"))
    cut = [block[i : i + 200] for i in range(0, len(block), 200)][-_SPEED_TEXTS:]
    encoder.encode(cut[:100])
    began = time.process_time()  # of all threads together
    encoder.encode(cut)
    return len(cut) / (time.process_time() - began)


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def _whole(row: dict[str, str]) -> str:
    return "\n".join(part for part in (row.get("title", ""), row["text"]) if part)


if __name__ == "__main__":
    main()
