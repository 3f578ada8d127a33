"""What each part of the recipe brings.

    python -m embeddings.training.ablations --pairs DIR --exclude FILE ... --bench DIR ...

Trains the default recipe on a sample of the pairs, and again with one thing changed in each row, and prints nDCG@10 of
every set of --bench as a Markdown table (sets as in evaluate.py). The pairs are turned into tokens once; a row takes
one to four minutes on two cores. Rows that only change the presence part share their training.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.training.evaluate import load_passages, measure
from embeddings.training.train import Recipe, arguments_parser, build
from tjqa.encoders.static import StaticEncoder

SAMPLE = 100_000


def rows(default: Recipe) -> list[tuple[str, Recipe]]:
    """Name and recipe of each row."""
    schedule = default.schedule
    return [
        ("the recipe", default),
        ("another seed", replace(default, schedule=replace(schedule, seed=schedule.seed + 1))),
        ("presence: weight 1.5", replace(default, presence=1.5)),
        ("presence: weight 4", replace(default, presence=4.0)),
        ("presence: 768 places", replace(default, places=768)),
        ("presence: 2,048 places", replace(default, places=2048)),
        ("presence: Latin words at places of their own", replace(default, translations=0)),
        ("presence: Latin words at the place of one translation", replace(default, translations=1)),
        ("start: lexical alone", replace(default, context=0.0)),
        ("no synonyms", replace(default, synonyms=0)),
        ("bilingual pairs once", replace(default, bilingual=1)),
        ("meaning: 256 values of 512", replace(default, meaning=256)),
    ]


def main() -> None:
    """Print the table."""
    parser = arguments_parser(__doc__ or "")
    parser.add_argument("--bench", type=Path, nargs="+", required=True, help="folders of retrieval sets")
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"pairs to train on; 0 for all ({SAMPLE})")
    arguments = parser.parse_args()
    default = Recipe()
    default = replace(default, schedule=replace(default.schedule, sample=arguments.sample))
    for name, recipe in rows(default):
        with tempfile.TemporaryDirectory() as folder:
            build(recipe, argparse.Namespace(**{**vars(arguments), "output": Path(folder)}))
            encoder = StaticEncoder(Path(folder))
            found = scores(encoder, arguments.bench)
        if recipe is default:
            print(f"| model | {' | '.join(found)} |\n|{'---|' * (len(found) + 1)}")
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in found.values())} |", flush=True)


def scores(encoder: StaticEncoder, folders: Sequence[Path]) -> dict[str, float]:
    """nDCG@10 of every question file of every folder."""
    found: dict[str, float] = {}
    for folder in folders:
        ids, texts = load_passages(folder)
        vectors: NDArray[np.float32] = encoder.encode(texts)
        for file in sorted(folder.glob("queries*.jsonl"), key=lambda f: len(f.name)):
            label = folder.name + file.name.removeprefix("queries").removesuffix(".jsonl")
            found[label] = float(measure(encoder, vectors, ids, file)[:, 0].mean())
    return found


if __name__ == "__main__":
    main()
