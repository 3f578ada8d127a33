"""Measure the reader as it is shipped.

    python -m embeddings.training.reader.measure READER --encoder FOLDER --questions FILE.jsonl ... --bench BENCH

- the written questions held apart: characters of the answer found (F1), and whether a question that its passage answers
  is told from one that it does not (AUROC), by kind of near miss
- CMRC 2018 dev: F1 of the answer in the paragraph it was asked of
- BENCH/unanswerable: the best of ten passages that BM25 over character pairs finds, answerable against not (AUROC)
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from embeddings.training.reader.examples import pairs_of, written
from tjqa.answers.reader.reader import Reader

_K1, _B = 1.5, 0.75
_FIRST = 10  # passages read for a question


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def f1(found: str, right: str) -> float:
    """Of characters that are letters or digits, as CMRC 2018 counts."""
    a, b = ([c for c in text.lower() if c.isalnum()] for text in (found, right))
    both = _common(a, b)
    return 2 * both / (len(a) + len(b)) if both else 0.0


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """The longest run that both have, as in the script of CMRC 2018."""
    best, before = 0, [0] * (len(b) + 1)
    for one in a:
        now = [0] * (len(b) + 1)
        for place, other in enumerate(b):
            if one == other:
                now[place + 1] = before[place] + 1
        best, before = max(best, *now), now
    return best


def auroc(answerable: Iterable[float], unanswerable: Iterable[float]) -> float:
    """The share of pairs in which the answerable one has the higher score."""
    yes, no = list(answerable), list(unanswerable)
    if not yes or not no:
        return math.nan
    return sum((y > n) + 0.5 * (y == n) for y in yes for n in no) / (len(yes) * len(no))


class Passages:
    """BM25 over pairs of characters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._bags = [Counter(_pairs(text)) for text in texts]
        self._lengths = [sum(bag.values()) for bag in self._bags]
        self._mean = sum(self._lengths) / max(1, len(texts))
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(self._bags):
            for pair in bag:
                self._holders[pair].append(number)

    def best(self, question: str, without: Iterable[int], count: int) -> list[int]:
        """The numbers of the best passages, those in `without` left out."""
        scores: dict[int, float] = defaultdict(float)
        for pair in pairs_of(question):
            holders = self._holders.get(pair, [])
            weight = math.log(1 + (len(self._bags) - len(holders) + 0.5) / (len(holders) + 0.5))
            for number in holders:
                often = self._bags[number][pair]
                scores[number] += (
                    weight * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * self._lengths[number] / self._mean))
                )
        barred = set(without)
        return [n for n in sorted(scores, key=scores.__getitem__, reverse=True) if n not in barred][:count]


def _pairs(text: str) -> list[str]:
    plain = [c for c in text if c.isalnum()]
    return [a + b for a, b in pairwise(plain)]


def held(reader: Reader, files: Iterable[Path], limit: int) -> None:
    """The written questions held apart, each with its passage."""
    examples = list(written(files, "held"))
    random.Random(0).shuffle(examples)
    found: dict[str, list[float]] = defaultdict(list)
    for one in examples[:limit]:
        reading = reader.read_texts(one.question, [(one.head, one.text)])[0]
        found[f"{one.source} {'yes' if one.answers else 'no'}"].append(reading.relevance)
        if one.answers:
            found[f"{one.source} f1"].append(f1(one.text[reading.start : reading.end], one.text[one.start : one.end]))
    sources = sorted({name.split()[0] for name in found})
    for source in sources:
        yes, no, exact = (found[f"{source} {kind}"] for kind in ("yes", "no", "f1"))
        print(f"held {source}: {len(yes)} answered, {len(no)} not; F1 {_mean(exact):.3f}, AUROC {auroc(yes, no):.3f}")
    yes, no, exact = ([v for s in sources for v in found[f"{s} {kind}"]] for kind in ("yes", "no", "f1"))
    print(
        f"held all: {len(yes)} answered, {len(no)} not; F1 {_mean(exact):.3f}, AUROC {auroc(yes, no):.3f}", flush=True
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def cmrc(reader: Reader, folder: Path, limit: int) -> None:
    """The answers in the paragraph they were asked of."""
    corpus = {row["id"]: row for row in rows_of(folder / "corpus.jsonl")}
    answers = {row["id"]: row["answers"] for row in rows_of(folder / "answers.jsonl")}
    relevant = dict(line.split("\t")[:2] for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:])
    questions = rows_of(folder / "queries.jsonl")
    random.Random(0).shuffle(questions)
    got = []
    for row in questions[:limit]:
        passage = corpus[relevant[row["id"]]]
        reading = reader.read_texts(row["text"], [(passage["title"], passage["text"])])[0]
        said = passage["text"][reading.start : reading.end]
        got.append(max(f1(said, right) for right in answers[row["id"]]))
    print(
        f"CMRC dev: {len(got)} questions, F1 {_mean(got):.3f}, exact {_mean([float(v == 1) for v in got]):.3f}",
        flush=True,
    )


def unanswerable(reader: Reader, bench: Path, limit: int) -> None:
    """The best of ten passages, for questions with and without an answer in the library."""
    sides = {name: rows_of(bench / "unanswerable" / f"{name}.jsonl") for name in ("answerable", "queries")}
    scores: dict[str, list[float]] = defaultdict(list)
    for corpus in sorted({row["corpus"] for rows in sides.values() for row in rows}):
        passages = rows_of(bench / corpus / "corpus.jsonl")
        known = Passages([f"{p['title']} {p['text']}" for p in passages])
        for rows in sides.values():
            for row in [r for r in rows[:: max(1, len(rows) // limit)] if r["corpus"] == corpus]:
                without = [n for n, p in enumerate(passages) if _excluded(p["id"], row["exclude"])]
                texts = [(passages[n]["title"], passages[n]["text"]) for n in known.best(row["text"], without, _FIRST)]
                scores[row["kind"]].append(
                    max((r.relevance for r in reader.read_texts(row["text"], texts)), default=0.0)
                )
    yes = scores.pop("answerable")
    told = ", ".join(f"{kind} {auroc(yes, no):.3f} ({len(no)})" for kind, no in sorted(scores.items()))
    whole = auroc(yes, [value for no in scores.values() for value in no])
    print(f"unanswerable: AUROC all {whole:.3f}, {told}; answerable {len(yes)}")


def _excluded(name: str, exclude: Iterable[str]) -> bool:
    return any(name.startswith(e[:-1]) if e.endswith("*") else name == e for e in exclude)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--limit", type=int, default=600)
    chosen = parser.parse_args()
    reader = Reader(chosen.reader, chosen.encoder)
    if chosen.questions:
        held(reader, chosen.questions, chosen.limit)
    if chosen.bench is not None:
        cmrc(reader, chosen.bench / "cmrc2018", chosen.limit)
        unanswerable(reader, chosen.bench, chosen.limit)


if __name__ == "__main__":
    main()
