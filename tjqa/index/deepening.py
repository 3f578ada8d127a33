"""The vectors of the model that reads context, made for the passages of an index that has been answering without."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.encoders.base import Encoder
from tjqa.index import parameters
from tjqa.index.local import LocalIndex
from tjqa.index.meanings import MeaningStore
from tjqa.index.passage_texts import embedding_text
from tjqa.reports import Deepened

Report = Callable[[int, int], None]
"""Gets how many bytes of text are done, and of how many; may raise to stop: what is done is kept."""


def deepen(index: LocalIndex, folder: Path, encoder: Encoder, report: Report) -> Deepened:
    """Embed every passage of `index` that has no such vector yet; `folder` is that of the index.

    Whatever stops it, what is done is written down, and the next time goes on from there.

    Raises:
        IndexLocked: another process is at it.
        IndexDamaged, ModelError, TjqaError: a passage cannot be read, the model fails, the disk is full.
    """
    store = MeaningStore(folder, encoder.name)
    with store.writing():
        store = MeaningStore(folder, encoder.name, encoder.dimension)  # as it is now that nobody else adds to it
        keys, damaged = index.keys(), len(store.damaged)
        store.tidy(keys, done=False)
        _, firsts = np.unique(keys, axis=0, return_index=True)  # of copies one
        rows = np.sort(firsts[store.places(keys[firsts]) < 0])
        starts = [np.diff(segment.starts.astype(np.int64)) for segment in index.segments]
        sizes = np.concatenate([np.zeros(0, np.int64), *starts])  # bytes of each passage as it is stored
        done, total = int(sizes.sum() - sizes[rows].sum()), int(sizes.sum())
        report(done, total)
        with _kept(store) as keep:
            for some in _together(rows, sizes):
                vectors = encoder.encode([embedding_text(passage) for passage in index.fetch(some.tolist())])
                keep(keys[some], vectors)
                done += int(sizes[some].sum())
                report(done, total)
        store.tidy(keys, done=True)
    return Deepened(len(rows), len(keys), damaged)


def _together(rows: NDArray[np.int64], sizes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Rows to be encoded at a time, in the order of the files; of those that are written together the longest come
    first, so that no core waits for another's last long one."""
    for start in range(0, len(rows), parameters.MEANINGS_WRITTEN):
        near = rows[start : start + parameters.MEANINGS_WRITTEN]
        near = near[np.argsort(-sizes[near], kind="stable")]
        for at in range(0, len(near), parameters.MEANINGS_AT_ONCE):
            yield near[at : at + parameters.MEANINGS_AT_ONCE]


@contextlib.contextmanager
def _kept(store: MeaningStore) -> Iterator[Callable[[NDArray[np.uint8], NDArray[np.float32]], None]]:
    """Takes keys and their vectors, and writes them down when there are many, and in the end, however it comes."""
    keys: list[NDArray[np.uint8]] = []
    vectors: list[NDArray[np.float32]] = []

    def write() -> None:
        if keys:
            store.add(np.concatenate(keys), np.concatenate(vectors))
            keys.clear()
            vectors.clear()

    def keep(some: NDArray[np.uint8], found: NDArray[np.float32]) -> None:
        keys.append(some)
        vectors.append(found)
        if sum(map(len, keys)) >= parameters.MEANINGS_WRITTEN:
            write()
            store.tidy(np.zeros((0, 16), np.uint8), done=False)

    try:
        yield keep
    finally:
        write()
