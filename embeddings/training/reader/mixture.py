"""How much the reader sees of what, and in which order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from embeddings.training.pairs import Exclusion, read_pairs
from embeddings.training.reader.examples import SIZES, Example, Group, made, squad, window, written
from embeddings.training.reader.near_misses import NearMisses, groups
from embeddings.training.reader.tables import rows

CMRC, ROWS = 10_100, 3000  # questions
MADE = {"laws": 1200, "govreport": 400, "xwlb": 900, "zhwiki": 500, "houjin": 500}
MISSES = {"written-a": 2.5, "written-b": 2.5, "cmrc": 2.2, "made": 1.5}  # near misses for each answered question
_STEP = 32  # examples of a step


def read_groups(pairs: Path, questions: Sequence[Path], cmrc: Path, exclude: Exclusion, seed: int) -> list[Group]:
    """Every group once, in an order in which the sources are mixed evenly."""
    chooser = random.Random(seed)
    by_source: dict[str, list[Example]] = {"written-a": [], "written-b": []}
    for one in written(questions, "train"):
        by_source[one.source].append(one)
    wiki = [e for e, bad in _excluded(list(squad(cmrc, "cmrc")), exclude) if not bad]
    by_source["cmrc"] = _closer(chooser.sample(wiki, min(CMRC, len(wiki))), chooser)
    by_source["made"] = _made(pairs, exclude, chooser)
    known = NearMisses([e for own in by_source.values() for e in own], chooser)
    found = {source: groups(own, known, SIZES, chooser, MISSES[source]) for source, own in by_source.items()}
    found["rows"] = [Group(group) for group in rows([e.text for e in by_source["made"][:600]], ROWS, chooser)]
    print(Counter({source: sum(len(g.examples) for g in own) for source, own in found.items()}), flush=True)
    placed = []
    for own in found.values():
        chooser.shuffle(own)
        placed += [((n + chooser.random()) / len(own), n, group) for n, group in enumerate(own)]
    return [group for _, _, group in sorted(placed, key=lambda p: p[:2])]


def _closer(examples: list[Example], chooser: random.Random) -> list[Example]:
    """Long paragraphs cut once, so that their sentences are near the answer; what is left out is a sister passage."""
    return [window(one, 400, chooser) for one in examples]


def _excluded(examples: list[Example], exclude: Exclusion) -> Iterator[tuple[Example, bool]]:
    yield from zip(examples, exclude.found_in([e.question for e in examples]), strict=True)


def _made(pairs: Path, exclude: Exclusion, chooser: random.Random) -> list[Example]:
    found: list[Example] = []
    for source, count in MADE.items():
        chosen = [pair for pair in read_pairs(pairs, source) if pair.group == f"{source}/pseudo-question"]
        clean, _ = exclude.clean(chooser.sample(chosen, min(2 * count, len(chosen))))
        found += list(made(clean))[:count]
    return found


def batches(made_groups: Sequence[Group], seed: int) -> Iterator[list[Group]]:
    """Groups of together about `_STEP` examples; the order as given the first time, then by chance."""
    order = list(made_groups)
    if seed:
        random.Random(seed).shuffle(order)
    ready: list[Group] = []
    for group in order:
        ready.append(group)
        if sum(len(g.examples) for g in ready) >= _STEP:
            yield ready
            ready = []
