"""Public retrieval sets through the whole product: one text file a document, the best hit per file, nDCG@10.

    python -m tests.benchmarks.public_sets [--bench DIR] [--work DIR] [SET ...]

DIR, by default tests/data, holds folders with corpus.jsonl {"id","title","text"}, queries.jsonl {"id","text"}
(optionally queries.en.jsonl) and qrels.tsv. The libraries are built below --work and kept there, so that a second run
only asks. Cleaning, passages, both legs, ranking: everything a user's question goes through is in the figure and in the
time.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from pathlib import Path

from embeddings.ranking.libraries import open_public, public_sets, query_files, read_qrels, rows_of, set_name

COMMITTED = Path(__file__).parents[1] / "data"

# Passages asked for, as by default: where two are of one file, fewer than ten files are judged.
DEPTH = 10


def main() -> None:
    """Build what is missing, ask every question, print a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=COMMITTED, help="folder of sets (%(default)s)")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "tjqa-public-sets")
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    for folder in public_sets(options.bench):
        if not options.sets or folder.name in options.sets:
            measure(folder, options.work / folder.name)


def measure(folder: Path, work: Path) -> None:
    """One set, and its English questions where there are any."""
    names, engine = open_public(folder, work)
    relevant = read_qrels(folder / "qrels.tsv")
    for queries in query_files(folder):
        values, times = [], []
        for row in rows_of(queries):
            began = time.perf_counter()
            answer = engine.ask(row["text"], DEPTH, keep_copies=True)
            times.append(time.perf_counter() - began)
            ranked = list(dict.fromkeys(names[c.path] for c in answer.citations))
            values.append(ndcg(ranked[:10], relevant[row["id"]]))
        milliseconds = statistics.median(times) * 1000
        print(
            f"{set_name(queries)}: nDCG@10 {statistics.mean(values):.4f}  {len(values)} questions"
            f"  {engine.status().passages} passages  median {milliseconds:.1f} ms",
            flush=True,
        )


def ndcg(ranked: list[str], relevant: set[str]) -> float:
    """nDCG with binary relevance (Järvelin, Kekäläinen 2002)."""
    gain = sum(1 / math.log2(i + 2) for i, document in enumerate(ranked) if document in relevant)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(len(relevant), 10)))


if __name__ == "__main__":
    main()
