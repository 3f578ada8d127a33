"""How well confidence tells answerable questions from unanswerable ones: AUROC, by kind of question.

    python -m tests.benchmarks.refusal --bench DIR [--work DIR] [--output DIR]

DIR/unanswerable holds queries.jsonl {"id","text","corpus","exclude","kind"} and answerable.jsonl of the same form: the
question is asked of that retrieval set without the documents in `exclude` (ids, or a prefix ending in *). With --output
the confidences are written as id, tab, number. The libraries below --work are those of public_sets.py.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from embeddings.ranking.examples import without
from embeddings.ranking.libraries import open_public, public_sets, rows_of
from embeddings.ranking.linear import auroc
from tjqa.answers.reader.reader import Reader
from tjqa.answers.reading import PassageReader, read_and_order
from tjqa.answers.strength import decide
from tjqa.config import reader_dirs
from tjqa.engine import Engine

# More than are looked at, so that enough are left without the excluded documents.
DEPTH = 40


def main() -> None:
    """Ask everything, print the areas."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "tjqa-public-sets")
    parser.add_argument("--output", type=Path)
    parser.add_argument("--fast", action="store_true", help="without the reader")
    options = parser.parse_args()
    files = {"answerable": "answerable.jsonl", "unanswerable": "queries.jsonl"}
    rows = {name: list(rows_of(options.bench / "unanswerable" / file)) for name, file in files.items()}
    reader = None if options.fast else Reader(*reader_dirs())
    sure = ask(options.bench, options.work, reader, [row for listed in rows.values() for row in listed])
    kept = [sure[row["id"]] for row in rows["answerable"]]
    kinds = defaultdict(list)
    for row in rows["unanswerable"]:
        kinds["all"].append(sure[row["id"]])
        kinds[row["kind"]].append(sure[row["id"]])
    for kind, refused in kinds.items():
        area = auroc([(c, True) for c in kept] + [(c, False) for c in refused])
        lowest = sorted(kept)[int(0.05 * len(kept))]
        share = sum(c < lowest for c in refused) / len(refused)
        print(f"{kind}: AUROC {area:.4f} over {len(kept)} + {len(refused)}; refused while 95 % are kept: {share:.3f}")
    if options.output:
        for name, listed in rows.items():
            lines = [f"{row['id']}\t{sure[row['id']]}\n" for row in listed]
            (options.output / f"{name}.tsv").write_text("".join(lines), "utf-8")


def ask(bench: Path, work: Path, reader: PassageReader | None, rows: list[dict[str, Any]]) -> dict[str, float]:
    """The confidence of each question, by id."""
    sure: dict[str, float] = {}
    for folder in public_sets(bench):
        names, engine = open_public(folder, work / folder.name)
        for row in rows:
            if row["corpus"] == folder.name:
                sure[row["id"]] = confidence(engine, reader, names, row)
    return sure


def confidence(engine: Engine, reader: PassageReader | None, names: dict[str, str], row: dict[str, Any]) -> float:
    """The confidence the product has in its answer when the excluded documents are not there."""
    gone = tuple(row.get("exclude", ()))

    def excluded(document: str) -> bool:
        return any(document == g or (g.endswith("*") and document.startswith(g[:-1])) for g in gone)

    gone_files = {path for path, document in names.items() if excluded(document)}
    ranked = without(engine, row["text"], gone_files, DEPTH)
    read = read_and_order(reader, ranked)
    hits = read.ranked.contrast
    return decide(ranked.matcher, hits, hits, read.readings).confidence


if __name__ == "__main__":
    main()
