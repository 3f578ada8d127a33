"""Answers that cells of tables give, judged: of the sets that say which cells answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from embeddings.ranking.calibration import Example
from embeddings.ranking.libraries import open_library, rows_of, say
from embeddings.ranking.linear import Decision
from tjqa.answers.strength import cell_features
from tjqa.answers.tables.answering import TableAnswering
from tjqa.engine import Engine, backend_of
from tjqa.index.versions import index_versions
from tjqa.retrieval.feature_set import CELL
from tjqa.text.normalize import fold, squeeze

TABLES = "tables"
"""The folder of a set's files, beside its questions."""

MOST = 300
"""Questions of one set."""


def cell_examples(bench: Path, work: Path) -> list[Example]:
    """Every answer by cells to the questions of the sets below `bench`; none where there is no such set."""
    found: list[Example] = []
    for folder in sorted(path.parent for path in bench.glob(f"*/{TABLES}")):
        engine = open_library(folder / TABLES, work / folder.name)
        index = backend_of(engine.settings).open(index_versions(()))
        found += _of_set(engine, TableAnswering(index, engine.segmenter), folder)
        say(f"cells of {folder.name}: {len(found)} so far")
    return found


def _of_set(engine: Engine, tables: TableAnswering, folder: Path) -> Iterator[Example]:
    gold = {row["id"]: row for row in rows_of(folder / "answers.jsonl")}
    rows = [(row["text"], gold[row["id"]]) for row in rows_of(folder / "queries.jsonl")]
    if (folder / "unanswerable.jsonl").is_file():
        rows += [(row["text"], None) for row in rows_of(folder / "unanswerable.jsonl") if "text" in row]
    step = max(1, len(rows) // MOST)
    for text, answer in rows[::step]:
        ranked = engine.retrieve(text)
        choice = tables.choose(ranked.question, [hit.passage for hit in ranked.hits]).choice
        if choice.fits:
            said = {_bare(fit.cell.text) for fit in choice.fits}
            right = answer is not None and all(_bare(cell["value"]) in said for cell in answer["cells"])
            row = Decision(folder.name, "cells", CELL.named(cell_features(choice)), right)
            yield Example(row, f"{folder.name}/{choice.fits[0].grid.path}")


def _bare(text: Any) -> str:
    return re.sub(r"[,%]", "", squeeze(fold(str(text))))
