"""The vectors of a model that reads context, beside an index: kept by what passages say, for all its generations.

    index/meanings/<model>/<SHA-256>.arrays     keys of passages and their vectors; the name is the hash of the file
    index/meanings/<model>/LOCK                 held by the one who adds to them

They are an addition: an index answers without them, they are never needed to open it, and no generation names them.
What a passage says decides its key (`passage_texts.passage_key`), so an update or a rebuild finds again what was
embedded before. A file is never changed: its name tells whether it is whole, and a damaged one is left out and told.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tjqa.errors import IndexDamaged, reason
from tjqa.files import write_atomically
from tjqa.index import parameters
from tjqa.index.array_file import pack, unpack
from tjqa.index.generations import unwritable, write_lock
from tjqa.index.integrity import verified
from tjqa.index.sorted_keys import SortedKeys
from tjqa.index.vectors import VectorIndex, build_vectors, open_vectors

_KIND = ".arrays"


@dataclass(frozen=True, slots=True)
class Volume:
    """One file: the keys of some passages, (n, 16), and their vectors in the same order."""

    path: Path
    keys: NDArray[np.uint8]
    vectors: VectorIndex

    def __len__(self) -> int:
        return len(self.keys)


class MeaningStore:
    """The vectors that one model gave to passages of a library, on disk; opened as they are now."""

    def __init__(self, index: Path, model: str, dimension: int | None = None) -> None:
        """Look at the files below the folder of an index; `model` is the identity of the model. With its `dimension`,
        at every vector of them, too: a file whose hash fits may have been made to spoil."""
        self._dimension = dimension
        self.folder = folder_of(index, model)
        self._model = np.frombuffer(model.encode(), np.uint8)
        self.volumes: list[Volume] = []
        self.damaged: list[Path] = []
        for path in sorted(self.folder.glob(f"*{_KIND}")):
            try:
                self.volumes.append(self._opened(path))
            except (IndexDamaged, KeyError, TypeError, ValueError, RecursionError):
                if path.exists():  # else it has just been put together with others
                    self.damaged.append(path)

    @cached_property
    def keys(self) -> NDArray[np.uint8]:
        """The key of each vector, (n, 16), volume after volume."""
        return np.concatenate([np.zeros((0, 16), np.uint8), *(volume.keys for volume in self.volumes)])

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """The number of each volume's first vector, and of all vectors."""
        return np.cumsum([0, *map(len, self.volumes)], dtype=np.int64)

    def places(self, keys: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The number of the vector of each key, -1 for those that have none."""
        return SortedKeys(self.keys).find(keys)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one who adds to them.

        Raises:
            IndexLocked: another process does.
            TjqaError: the folder cannot be written.
        """
        with write_lock(self.folder):
            yield

    def add(self, keys: NDArray[np.uint8], vectors: NDArray[np.float32]) -> None:
        """Write down the vectors, (n, d), of some keys; call while `writing`.

        Raises:
            TjqaError: the disk is full or the folder cannot be written.
        """
        serialised = np.frombuffer(build_vectors(vectors), np.uint8)
        size = np.array([vectors.shape[1]], np.uint32)
        data = pack({"dimension": size, "faiss": serialised, "keys": keys, "model": self._model})
        path = self.folder / (hashlib.sha256(data).hexdigest() + _KIND)
        try:
            write_atomically(path, data, durable=True)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        self._change([*self.volumes, self._opened(path)])

    def tidy(self, wanted: NDArray[np.uint8], done: bool) -> None:
        """Put small volumes together when there are many; when all is `done`, leave out vectors of passages that are
        gone, if these are the most. `wanted` are the keys of the library, (n, 16). Call while `writing`."""
        self.drop_damaged()
        small = [volume for volume in self.volumes if len(volume) < parameters.VOLUME_FULL]
        gone = len(self.keys) - len(np.unique(self.places(wanted)))
        if done and gone > len(self.keys) * parameters.VOLUME_GONE:
            self._put_together(self.volumes, wanted)
        elif len(small) >= parameters.VOLUMES_SMALL:
            self._put_together(small, None)

    def drop_damaged(self) -> None:
        """Take away what is of no use: damaged files, and halves of files that a killed program left behind. Call while
        `writing`."""
        for left in self.folder.glob(f"*{_KIND}.*.tmp"):
            with contextlib.suppress(OSError):
                left.unlink()
        while self.damaged:  # once: what is made again has the same name
            with contextlib.suppress(OSError):
                self.damaged.pop().unlink()

    def _put_together(self, volumes: Sequence[Volume], wanted: NDArray[np.uint8] | None) -> None:
        """Make one volume, or several full ones, of some; with `wanted`, of their vectors that have one of its keys."""
        keys = np.concatenate([volume.keys for volume in volumes])
        vectors = np.concatenate([volume.vectors.rows(np.arange(len(volume))) for volume in volumes])
        _, kept = np.unique(keys, axis=0, return_index=True)
        if wanted is not None:
            kept = kept[np.isin(_words(keys[kept]), _words(wanted))]
        self._change([volume for volume in self.volumes if volume not in volumes])
        for start in range(0, len(kept), parameters.VOLUME_FULL):
            rows = kept[start : start + parameters.VOLUME_FULL]
            self.add(keys[rows], vectors[rows])
        now = {volume.path for volume in self.volumes}
        for volume in volumes:
            if volume.path not in now:
                with contextlib.suppress(OSError):  # a system that keeps files in use: then it is a copy too many
                    volume.path.unlink()

    def _change(self, volumes: list[Volume]) -> None:
        self.volumes = volumes
        for name in ("keys", "offsets"):
            self.__dict__.pop(name, None)

    def _opened(self, path: Path) -> Volume:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise IndexDamaged("index_file_unreadable_why", name=path.name, why=reason(error)) from error
        arrays = unpack(verified(path, size, path.name.removesuffix(_KIND)))
        keys, model, (dimension,) = arrays["keys"], arrays["model"], arrays["dimension"].tolist()
        if keys.ndim != 2 or keys.shape[1] != 16 or keys.dtype != np.uint8 or not np.array_equal(model, self._model):
            raise IndexDamaged("array_differs", name="keys")
        volume = Volume(path, keys, open_vectors(arrays["faiss"].data, dimension, len(keys)))
        if self._dimension is not None and not _is_sound(volume, self._dimension):
            raise IndexDamaged("vectors_no_numbers")
        return volume


def _is_sound(volume: Volume, dimension: int) -> bool:
    """Whether its vectors are such as a model gives: so many numbers, of length one or, without words, none."""
    if volume.vectors.dimension != dimension:
        return False
    vectors = volume.vectors.rows(np.arange(len(volume)))
    with np.errstate(over="ignore", invalid="ignore"):
        return bool((np.linalg.norm(vectors, axis=1) < parameters.LONGEST_VECTOR).all())  # of NaN nothing is true


def folder_of(index: Path, model: str) -> Path:
    """Where the vectors of a model lie below the folder of an index."""
    return index / "meanings" / model


def _words(keys: NDArray[np.uint8]) -> NDArray[np.void]:
    """Keys (n, 16) as one value each."""
    return np.ascontiguousarray(keys).view("V16").reshape(-1)
