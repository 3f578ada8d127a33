"""A library's passages by the vectors of the model that reads context, when a question is asked."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tjqa.encoders.contextual import ContextualEncoder
from tjqa.encoders.identity import contextual_name
from tjqa.errors import IndexDamaged, ModelError
from tjqa.index import parameters
from tjqa.index.bm25 import largest
from tjqa.index.meanings import MeaningStore, folder_of

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class _Opened:
    """The vectors there are, the encoder they came of, and the number of each row's vector (-1: it has none)."""

    store: MeaningStore
    encoder: ContextualEncoder
    places: NDArray[np.int64]


class Meanings:
    """The vectors of one library, opened beside whatever else happens until they are first needed.

    They are used for a question only when every passage found without them has one: a passage without would else
    stand behind for no fault of its own.
    """

    def __init__(self, index: Path, model: Path, keys: Callable[[], NDArray[np.uint8]]) -> None:
        """`index` is the folder of the index, `model` that of the encoder; `keys` gives those of all rows, (n, 16)."""
        self._index, self._model, self._keys = index, model, keys

    def prepare(self) -> None:
        """Begin to open them."""
        _ = self._opening

    @property
    def share(self) -> float:
        """The share of the passages that have a vector, 0..1; 0 where none of this model's are kept."""
        opened = self._opening.result()
        return float((opened.places >= 0).mean()) if opened is not None and len(opened.places) else 0.0

    def candidates(
        self, question: str, rows: NDArray[np.int64], count: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32] | None]:
        """Some `rows` with the `count` nearest to a question, of those that `allowed` marks, in order, each once, and
        their cosines with it; `rows` alone and None where one of them has no vector, or where vectors are none that a
        model gives, though their file's hash fits: the index answers without (`damaged` tells them).

        Raises:
            ModelError: the model fails.
        """
        opened = self._opening.result()
        if opened is None or (opened.places[rows] < 0).any():
            return rows, None
        query = opened.encoder.encode_questions([question])[0]
        try:
            found = np.union1d(rows, self._nearest(opened, query, count, allowed))
            return found, _cosines(opened, query, opened.places[found])
        except IndexDamaged:
            return rows, None

    def damaged(self) -> list[str]:
        """The names of the files of which any value is none of this model's; reads all of them."""
        try:
            return [path.name for path in self._looked_into().damaged]
        except (ModelError, OSError):
            return []

    def drop_damaged(self) -> None:
        """Take such files away; what they held is made again when the library is deepened.

        Raises:
            IndexLocked: another process adds to them.
            ModelError, TjqaError: the model is unusable, the folder cannot be written.
        """
        store = self._looked_into()
        if store.damaged:
            with store.writing():
                store.drop_damaged()

    def _looked_into(self) -> MeaningStore:
        encoder = ContextualEncoder(self._model)
        return MeaningStore(self._index, encoder.name, encoder.dimension)

    def _nearest(
        self, opened: _Opened, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """The rows nearest to a question; volumes may hold vectors of passages that are no longer here."""
        store, marked = opened.store, self._marked
        if allowed is not None:
            marked = np.zeros_like(marked)
            held = opened.places[allowed]
            marked[held[held >= 0]] = True
        near, numbers = [np.zeros(0, np.float32)], [np.zeros(0, np.int64)]
        for volume, start in zip(store.volumes, store.offsets.tolist(), strict=False):
            here = marked[start : start + len(volume)]
            similarity, local = volume.vectors.search(query, count, None if here.all() else here)
            near.append(similarity)
            numbers.append(local + start)
        best = np.concatenate(numbers)[largest(np.concatenate(near), count)]
        found = np.flatnonzero(np.isin(opened.places, best))  # copies share a vector
        return found if allowed is None else found[allowed[found]]

    @cached_property
    def _marked(self) -> NDArray[np.bool_]:
        """Which vectors belong to a passage of the library."""
        opened = self._opening.result()
        assert opened is not None  # asked for by what looked
        marked = np.zeros(int(opened.store.offsets[-1]), bool)
        marked[opened.places[opened.places >= 0]] = True
        return marked

    @cached_property
    def _opening(self) -> Future[_Opened | None]:
        pool = ThreadPoolExecutor(1, "tjqa-meanings")
        try:
            return pool.submit(self._opened)
        finally:
            pool.shutdown(wait=False)

    def _opened(self) -> _Opened | None:
        if not folder_of(self._index, "").is_dir():  # nothing is opened for a library that has none
            return None
        try:
            name = contextual_name(self._model)
            store = MeaningStore(self._index, name)
            if not len(store.keys):
                return None
            encoder = ContextualEncoder(self._model)
            if any(volume.vectors.dimension != encoder.dimension for volume in store.volumes):
                return None
            places = store.places(self._keys())
            if (places >= 0).any():
                encoder.encode_questions(["?"])  # opens the rest of it
        except (ModelError, OSError):  # the index answers without; `tjqa index` tells what is wrong with the model
            return None
        return _Opened(store, encoder, places)


def _cosines(opened: _Opened, query: NDArray[np.float32], places: NDArray[np.int64]) -> NDArray[np.float32]:
    """The inner product of a question with some vectors, by their numbers."""
    found = np.zeros(len(places), np.float32)
    volumes = np.searchsorted(opened.store.offsets, places, side="right") - 1
    for number in np.unique(volumes).tolist():
        here = np.flatnonzero(volumes == number)
        local = places[here] - opened.store.offsets[number]
        with np.errstate(over="ignore", invalid="ignore"):
            found[here] = opened.store.volumes[number].vectors.rows(local) @ query
    if not (np.abs(found) < parameters.LONGEST_VECTOR).all():  # of NaN nothing is true
        raise IndexDamaged("vectors_no_numbers")
    return found
