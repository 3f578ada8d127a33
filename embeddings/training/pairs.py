"""Training pairs: read from JSON lines (plain or .xz), checked against questions that must not be in them."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.training.characters import HAN, normalise

_GRAM = 8  # characters compared first when looking for a question inside a text
_DROPPED = re.compile(f"[^a-z0-9{HAN}]+")
_BLOCK = 20_000  # texts looked through at once; one by one costs a hundred times more


@dataclass(frozen=True, slots=True)
class Pair:
    """A question-like text and the passage it belongs to; `group` names source and kind."""

    group: str
    query: str
    passage: str


def read_pairs(folder: Path, names: str = "") -> Iterator[Pair]:
    """Every pair of every .jsonl or .jsonl.xz file in `folder` whose name begins with `names`, in name order."""
    for path in sorted([*folder.glob(names + "*.jsonl"), *folder.glob(names + "*.jsonl.xz")]):
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield Pair(f"{row.get('src', path.stem)}/{row.get('kind', '')}", row["a"], row["b"])


def bare(text: str) -> str:
    """`text` folded and without anything but words: what two texts are compared by."""
    return _DROPPED.sub("", normalise(text))


def read_questions(files: Iterable[Path]) -> list[str]:
    """The `question` or `text` of every line of the given JSON-lines files."""
    rows = (json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [row.get("question") or row["text"] for row in rows]


class Exclusion:
    """Finds evaluation questions in training text: equal to it, or inside it when long enough to tell."""

    def __init__(self, questions: Iterable[str]) -> None:
        bared = {bare(q) for q in questions} - {""}
        self._equal = bared
        self._inside: dict[str, list[str]] = {}
        for question in bared:
            if len(question) >= _GRAM:
                self._inside.setdefault(question[:_GRAM], []).append(question)
        self._hashes = np.unique(_gram_hashes("".join(self._inside))[::_GRAM]) if self._inside else None

    def found_in(self, texts: Sequence[str]) -> list[bool]:
        """For each text, whether it is or contains an evaluation question, by its folded words alone."""
        plain = [bare(t) for t in texts]
        found = [p in self._equal for p in plain]
        joined = "\n".join(plain)
        if self._hashes is None or len(joined) < _GRAM:
            return found
        starts = np.cumsum([0, *(len(p) + 1 for p in plain)])
        for place in np.flatnonzero(np.isin(_gram_hashes(joined), self._hashes)).tolist():
            if any(joined.startswith(q, place) for q in self._inside.get(joined[place : place + _GRAM], ())):
                found[int(np.searchsorted(starts, place, side="right")) - 1] = True
        return found

    def clean(self, pairs: Iterable[Pair]) -> tuple[list[Pair], int]:
        """The pairs without an evaluation question on either side, and how many were refused."""
        kept: list[Pair] = []
        refused = 0
        for block in _blocks(pairs):
            queries = self.found_in([p.query for p in block])
            passages = self.found_in([p.passage for p in block])
            clean = [p for p, q, t in zip(block, queries, passages, strict=True) if not (q or t)]
            refused += len(block) - len(clean)
            kept += clean
        return kept, refused


def _blocks(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    source = iter(pairs)
    while block := list(islice(source, _BLOCK)):
        yield block


def _gram_hashes(text: str) -> NDArray[np.uint64]:
    """A number for each run of `_GRAM` characters."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(points) - _GRAM + 1
    value = np.zeros(count, dtype=np.uint64)
    for i in range(_GRAM):
        value = value * np.uint64(1_000_003) + points[i : i + count]
    return value
