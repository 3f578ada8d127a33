"""Damages every file of a small index, ten thousand times: each damage is told, or harmless.

    python -m tests.benchmarks.damage [--cases 10000] [--seed 0]

Half of the cases with small files read whole, half with all files mapped and stamped like large ones. Exits with 1 when
a damage was answered from, or anything but IndexDamaged came up.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from unittest import mock

from tests.support.damage import KINDS, damaged, files_of
from tests.support.helpers import DOCUMENTS, FakeEncoder
from tjqa import engine
from tjqa.config import Settings
from tjqa.errors import IndexDamaged, IndexMissing
from tjqa.index import integrity
from tjqa.index.generations import live_generation
from tjqa.results import Answer

QUESTIONS = ("石桥水库的总库容是多少?", "新增就业多少人")


def main() -> int:
    """Damage, open, ask, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    totals: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(engine, "load_encoder", lambda *_: FakeEncoder()):
        place = library(Path(folder))
        for name, small in (("read", integrity.SMALL), ("mapped", 0)):
            with (
                mock.patch.object(integrity, "SMALL", small),
                mock.patch.object(integrity, "_RESTED", -1.0),
                mock.patch.object(integrity, "cache_folder", lambda: Path(folder) / "cache"),
            ):
                totals += run(place, options.cases // 2, random.Random(f"{options.seed} {name}"))
    print(", ".join(f"{name}: {count}" for name, count in sorted(totals.items())))
    return 1 if totals["WRONG"] else 0


def library(folder: Path) -> Settings:
    """A small indexed library."""
    place = Settings(folder / "资料", folder / "embeddings")
    for name, raw in DOCUMENTS.items():
        path = place.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    engine.build(place)
    return place


def answers(place: Settings) -> list[Answer]:
    """What a newly opened library says."""
    opened = engine.Engine.open(place)
    return [opened.ask(question) for question in QUESTIONS]


def run(place: Settings, cases: int, draw: random.Random) -> Counter[str]:
    """So many damages, each put back."""
    before = [(a.best, a.citations) for a in answers(place)]
    files = files_of(place.index_dir, live_generation(place.index_dir)[0])
    totals: Counter[str] = Counter()
    for _ in range(cases):
        path, other = draw.sample(files, 2)
        with damaged(path, draw.choice(KINDS), draw, other) as what:
            totals[outcome(place, before, path, what)] += 1
    return totals


def outcome(place: Settings, before: list[object], path: Path, what: str) -> str:
    """told, harmless, or WRONG."""
    try:
        now = [(a.best, a.citations) for a in answers(place)]
    except (IndexDamaged, IndexMissing):
        return "told"
    except Exception as error:  # whatever else comes up is what this looks for
        print(f"{what}: {error!r}")
        return "WRONG"
    if now == before and (path.name == "LOCK" or not what):
        return "harmless"
    print(f"{what}: not noticed")
    return "WRONG"


if __name__ == "__main__":
    sys.exit(main())
