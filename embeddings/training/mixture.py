"""What the encoder is tuned on: passages with the questions that belong to them, in batches of near passages.

Each source gives a share, none above a third. A passage and all its questions are one item. Items of a source that lie
near each other (by the fast static model) stand in one batch, so that every question has near misses among the other
passages of its batch: hard negatives that cost nothing to encode. Passages that are all but the same are not held
against each other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.training.glosses import Glosses
from embeddings.training.pairs import Exclusion, Pair, read_pairs
from embeddings.training.rows import table_rows
from tjqa.encoders.base import Encoder

SHARES = {
    "cmrc-train/q-passage": 9000,
    "houjin/q-passage": 3000,
    "laws/heading-section": 2500,
    "laws/ict": 1200,
    "laws/pseudo-question": 600,
    "crudnews/ict": 1500,
    "crudnews/pseudo-question": 1500,
    "xwlb/title-passage": 1800,
    "xwlb/pseudo-question": 600,
    "govreport/heading-section": 600,
    "govreport/pseudo-question": 400,
    "ncppolicies/q-a": 2500,
    "med/q-a": 3000,
    "csl/title-abstract": 600,
    "zhwiki/pseudo-question": 600,
    "javaguide/heading-section": 500,
    "pingcap/heading-section": 500,
    "howtocook/heading-section": 300,
    "tatoeba/zh-en": 5000,
    "govreport/zh-en": 4500,
    "pydocs/zh-en": 4000,
    "rows": 2500,
}
"""Questions of each source; of 'zh-en' the English side asks and the Chinese side is the passage."""

ENGLISH = ("cmrc-train/q-passage", "houjin/q-passage", "zhwiki/pseudo-question", "crudnews/pseudo-question")
"""Sources whose questions are asked in English words, too."""

NEAR = 12  # passages of one neighbourhood
BATCH = 24  # passages of a batch: two neighbourhoods; more steps taught more than more passages a step, in one hour
SHORT = 48  # of those with short passages
SAME = 0.9  # cosine of the fast model from which two passages count as one
_WINDOW = 200  # characters of a cut passage, some 115 pieces
_WHOLE_SHARE = 0.3  # passages that stay whole, so that the model does not forget long ones
_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]?")


@dataclass
class Item:
    """A passage and the questions that belong to it."""

    passage: str
    questions: list[str]
    vector: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(frozen=True)
class Batch:
    """Passages, questions, the passage of each question, and which passages each question is held against."""

    source: str
    passages: list[str]
    questions: list[str]
    right: list[int]
    against: NDArray[np.bool_]  # (questions, passages); the right one included


def read_mixture(folder: Path, exclude: Exclusion, seed: int) -> dict[str, list[Item]]:
    """The items of every source, as many as its share."""
    pairs: dict[str, list[Pair]] = {source: [] for source in SHARES}
    for pair in read_pairs(folder):
        if pair.group in pairs:
            pairs[pair.group].append(pair)
    chooser = random.Random(seed)
    pairs["rows"] = table_rows(
        (p.passage for group in ("laws/ict", "xwlb/pseudo-question") for p in pairs[group]), SHARES["rows"], seed
    )
    glosses, items = Glosses.read(folder), {}
    for source, count in SHARES.items():
        chosen = _chosen(pairs[source], count, chooser, grouped=source.endswith("q-passage"))
        clean, refused = exclude.clean(chosen)
        print(f"{source}: {len(clean)} pairs, {refused} refused", flush=True)
        items[source] = _items(source, clean, glosses if source in ENGLISH else None, chooser)
    return items


def _chosen(pairs: list[Pair], count: int, chooser: random.Random, grouped: bool) -> list[Pair]:
    """So many pairs by chance; of `grouped` ones all the questions of a passage."""
    if not grouped:
        return chooser.sample(pairs, min(count, len(pairs)))
    passages = list(dict.fromkeys(pair.passage for pair in pairs))
    chooser.shuffle(passages)
    order = {passage: place for place, passage in enumerate(passages)}
    return sorted(pairs, key=lambda pair: order[pair.passage])[:count]


def _items(source: str, pairs: Iterable[Pair], glosses: Glosses | None, chooser: random.Random) -> list[Item]:
    found: dict[str, Item] = {}
    for pair in pairs:
        question, passage = (pair.passage, pair.query) if source.endswith("zh-en") else (pair.query, pair.passage)
        if len(question) < 2 or len(passage) < 2:
            continue
        if chooser.random() > _WHOLE_SHARE:
            passage = window(question, passage, chooser)
        item = found.setdefault(passage, Item(passage, []))
        item.questions.append(question)
        if glosses is not None and (told := glosses.told(question)):
            item.questions.append(told)
    return list(found.values())


def window(question: str, passage: str, chooser: random.Random) -> str:
    """The passage, or of a long one a run of sentences around the one that shares most character pairs."""
    if len(passage) <= _WINDOW * 1.2:
        return passage
    sentences = [s for s in _SENTENCE.findall(passage) if s]
    asked = {question[i : i + 2] for i in range(len(question) - 1)}
    shared = [len(asked & {s[i : i + 2] for i in range(len(s) - 1)}) for s in sentences]
    first = last = int(np.argmax(shared))
    size = len(sentences[first])
    while size < _WINDOW and (first > 0 or last + 1 < len(sentences)):
        if first > 0 and (last + 1 == len(sentences) or chooser.random() < 0.5):
            first -= 1
            size += len(sentences[first])
        else:
            last += 1
            size += len(sentences[last])
    return "".join(sentences[first : last + 1])


def batches(items: dict[str, list[Item]], encoder: Encoder, seed: int) -> list[Batch]:
    """All items in batches of one source each, in an order that mixes the sources evenly."""
    chooser = random.Random(seed)
    found: list[tuple[float, Batch]] = []
    for source, own in items.items():
        vectors = encoder.encode([item.passage for item in own])
        for item, vector in zip(own, vectors, strict=True):
            item.vector = vector
        size = SHORT if np.median([len(item.passage) for item in own]) < 80 else BATCH
        near = list(_neighbourhoods(vectors, chooser))
        chooser.shuffle(near)
        flat = [number for group in near for number in group]
        made = [_batch(source, [own[n] for n in flat[i : i + size]]) for i in range(0, len(flat), size)]
        found += [((place + chooser.random()) / len(made), one) for place, one in enumerate(made)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _neighbourhoods(vectors: NDArray[np.float32], chooser: random.Random) -> Iterator[list[int]]:
    """Groups of `NEAR` rows: one by chance and those nearest to it that are left."""
    left = np.arange(len(vectors))
    while len(left):
        seed = chooser.randrange(len(left))
        order = np.argsort(-(vectors[left] @ vectors[left[seed]]))[:NEAR]
        yield left[order].tolist()
        left = np.delete(left, order)


def _batch(source: str, items: Sequence[Item]) -> Batch:
    vectors = np.array([item.vector for item in items])
    other = (vectors @ vectors.T) < SAME
    for i, one in enumerate(items):
        for j, two in enumerate(items):
            if set(one.questions) & set(two.questions) or one.passage in two.passage or two.passage in one.passage:
                other[i, j] = False
    np.fill_diagonal(other, True)
    questions = [(question, place) for place, item in enumerate(items) for question in item.questions]
    right = [place for _, place in questions]
    return Batch(source, [item.passage for item in items], [q for q, _ in questions], right, other[right])
