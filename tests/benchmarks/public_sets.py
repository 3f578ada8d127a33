"""Public retrieval sets through the whole product: one text file a document, the best hit per file, nDCG@10.

    python tests/benchmarks/public_sets.py --bench DIR [--work DIR] [SET ...]

DIR holds folders with corpus.jsonl {"id","title","text"}, queries.jsonl {"id","text"} (optionally queries.en.jsonl) and
qrels.tsv. The libraries are built below --work and kept there, so that a second run only asks. Cleaning, passages,
both legs, ranking: everything a user's question goes through is in the figure and in the time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tjqa.config import Settings
from tjqa.engine import Engine, build

# Passages asked for, so that ten different files are among them.
DEPTH = 40


def main() -> None:
    """Build what is missing, ask every question, print a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "tjqa-public-sets")
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    for folder in sorted(p.parent for p in options.bench.glob("*/corpus.jsonl")):
        if not options.sets or folder.name in options.sets:
            measure(folder, options.work / folder.name)


def measure(folder: Path, work: Path) -> None:
    """One set, and its English questions where there are any."""
    names = write_documents(folder / "corpus.jsonl", work / "sources")
    place = Settings((work / "sources").absolute(), (work / "embeddings").absolute())
    passages = build(place).passages
    engine = Engine.open(place)
    relevant = read_qrels(folder / "qrels.tsv")
    for queries in sorted(folder.glob("queries*.jsonl")):
        values, times = [], []
        for row in rows_of(queries):
            began = time.perf_counter()
            answer = engine.ask(row["text"], DEPTH)
            times.append(time.perf_counter() - began)
            ranked = list(dict.fromkeys(names[c.path] for c in answer.citations))
            values.append(ndcg(ranked[:10], relevant[row["id"]]))
        name = folder.name + queries.name.removeprefix("queries").removesuffix(".jsonl")
        milliseconds = statistics.median(times) * 1000
        print(
            f"{name}: nDCG@10 {statistics.mean(values):.4f}  {len(values)} questions  {passages} passages"
            f"  median {milliseconds:.1f} ms",
            flush=True,
        )


def ndcg(ranked: list[str], relevant: set[str]) -> float:
    """nDCG with binary relevance (Järvelin, Kekäläinen 2002)."""
    gain = sum(1 / math.log2(i + 2) for i, document in enumerate(ranked) if document in relevant)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(len(relevant), 10)))


def write_documents(corpus: Path, folder: Path) -> dict[str, str]:
    """One text file a document; returns file name → document id. A file already there is left, so it stays indexed."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for row in rows_of(corpus):
        path = folder / (hashlib.sha256(row["id"].encode()).hexdigest()[:24] + ".txt")
        if not path.exists():
            path.write_bytes(((row["title"] + "\n" if row["title"] else "") + row["text"]).encode())
        names[path.name] = row["id"]
    return names


def read_qrels(path: Path) -> dict[str, set[str]]:
    """Query id → relevant document ids."""
    relevant: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query, document, _ = line.split("\t")
        relevant.setdefault(query, set()).add(document)
    return relevant


def rows_of(path: Path) -> Iterator[Any]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as handle:
        yield from (json.loads(line) for line in handle if line.strip())


if __name__ == "__main__":
    main()
