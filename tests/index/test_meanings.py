"""tjqa.index.meanings and tjqa.index.deepening: vectors kept by content, made once, never used when damaged."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.index.test_local import TEXTS, VERSIONS, build, contents
from tests.support.helpers import FakeEncoder
from tjqa.encoders.base import Encoder
from tjqa.errors import Cancelled, IndexLocked, ModelError
from tjqa.index import parameters
from tjqa.index.deepening import deepen
from tjqa.index.local import open_index
from tjqa.index.meanings import MeaningStore
from tjqa.index.passage_texts import embedding_text
from tjqa.index.workers import Processes
from tjqa.index.writer import write_index

DEEP = FakeEncoder("deep", 32)


def deepened(folder: Path, encoder: Encoder = DEEP) -> tuple[int, int, int]:
    """Deepen the index in a folder: passages embedded, held, damaged files."""
    done = deepen(open_index(folder, VERSIONS), folder, encoder, lambda done, total: None)
    return done.embedded, done.passages, done.damaged


def test_every_passage_has_the_vector_of_its_text(tmp_path: Path) -> None:
    """Under its key, to half precision, copies once."""
    index, _, _ = build(tmp_path, *TEXTS, TEXTS[0])
    assert deepened(tmp_path) == (3, 4, 0)
    store = MeaningStore(tmp_path, "deep")
    places = store.places(index.keys())
    assert (places >= 0).all() and places[0] == places[3]
    (volume,) = store.volumes
    wanted = FakeEncoder("deep", 32).encode([embedding_text(passage) for passage in index.passages()])
    assert np.allclose(volume.vectors.rows(places), wanted, atol=1e-3)
    assert store.places(np.zeros((1, 16), np.uint8)).tolist() == [-1]


def test_nothing_is_embedded_twice(tmp_path: Path) -> None:
    """Not by a second run, an update, a rebuild, or after a text was away; another model begins anew."""
    build(tmp_path, *TEXTS)
    assert deepened(tmp_path) == (3, 3, 0) and deepened(tmp_path) == (0, 3, 0)
    build(tmp_path, *TEXTS, "全年旅客123万人次。")
    assert deepened(tmp_path) == (1, 4, 0)
    build(tmp_path, TEXTS[1], TEXTS[2])
    assert deepened(tmp_path) == (0, 2, 0)
    build(tmp_path, *TEXTS)
    assert deepened(tmp_path) == (0, 3, 0)
    assert deepened(tmp_path, FakeEncoder("other", 32)) == (3, 3, 0)


def test_what_is_done_is_kept_when_it_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At any step, by Ctrl-C, by the app, or by a model that fails; no vector of a passage not encoded is there."""
    monkeypatch.setattr(parameters, "MEANINGS_AT_ONCE", 1)
    index, _, _ = build(tmp_path, *(f"第{number}号通知于当日生效。" for number in range(6)))

    class Failing(FakeEncoder):
        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if len(self.encoded) == 2:
                raise ModelError("model_vectors", model="deep")
            return super().encode(texts)

    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        if len(steps) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deepen(index, tmp_path, DEEP, stop)
    assert steps[0][0] == 0 and steps[-1][0] < steps[-1][1]
    assert len(MeaningStore(tmp_path, "deep").keys) == 2
    with pytest.raises(ModelError):
        deepened(tmp_path, Failing("deep", 32))
    assert deepened(tmp_path) == (2, 6, 0)
    assert (MeaningStore(tmp_path, "deep").places(index.keys()) >= 0).all()


def test_cancelled_before_the_first_step_leaves_nothing_behind(tmp_path: Path) -> None:
    """And the index is as it was."""

    def stop(done: int, total: int) -> None:
        raise Cancelled("build_cancelled")

    index, _, _ = build(tmp_path, *TEXTS)
    with pytest.raises(Cancelled):
        deepen(index, tmp_path, DEEP, stop)
    assert not MeaningStore(tmp_path, "deep").volumes and len(open_index(tmp_path, VERSIONS)) == 3


@pytest.mark.parametrize("how", ["flipped", "cut", "emptied", "exchanged", "other model", "no file of ours"])
def test_a_damaged_file_is_never_used(tmp_path: Path, how: str) -> None:
    """It is told, taken away, and what it held is made again; the index itself opens all the while."""
    build(tmp_path, *TEXTS)
    deepened(tmp_path)
    (volume,) = MeaningStore(tmp_path, "deep").volumes
    data = volume.path.read_bytes()
    if how == "flipped":
        volume.path.write_bytes(data[:-7] + bytes([data[-7] ^ 1]) + data[-6:])
    elif how == "cut":
        volume.path.write_bytes(data[:-20])
    elif how == "emptied":
        volume.path.write_bytes(b"")
    elif how == "exchanged":
        build(tmp_path / "b", TEXTS[0])
        deepened(tmp_path / "b")
        (other,) = MeaningStore(tmp_path / "b", "deep").volumes
        shutil.copy(other.path, volume.path)
    elif how == "other model":
        deepened(tmp_path, FakeEncoder("other", 32))
        (other,) = MeaningStore(tmp_path, "other").volumes
        volume.path.unlink()
        shutil.copy(other.path, volume.path.parent)
    else:
        volume.path.unlink()
        volume.path.with_name("0" * 64 + ".arrays").write_text("keys")
    assert not MeaningStore(tmp_path, "deep").volumes
    assert len(open_index(tmp_path, VERSIONS)) == 3
    assert deepened(tmp_path) == (3, 3, 1)
    assert not MeaningStore(tmp_path, "deep").damaged and deepened(tmp_path) == (0, 3, 0)


def test_only_one_adds_to_them(tmp_path: Path) -> None:
    """Another process is told so; asking needs no lock."""
    build(tmp_path, *TEXTS)
    with MeaningStore(tmp_path, "deep").writing(), pytest.raises(IndexLocked):
        deepened(tmp_path)


def test_small_files_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a question does not open hundreds; what was open before still reads."""
    for name, value in (("MEANINGS_AT_ONCE", 1), ("MEANINGS_WRITTEN", 1), ("VOLUMES_SMALL", 3), ("VOLUME_FULL", 4)):
        monkeypatch.setattr(parameters, name, value)
    texts = [f"第{number}号通知于当日生效。" for number in range(9)]
    index, encoder, _ = build(tmp_path, *texts)
    deepened(tmp_path)
    store = MeaningStore(tmp_path, "deep")
    assert len(store.volumes) < 5 and len(store.keys) == 9
    found = np.concatenate([volume.vectors.rows(np.arange(len(volume))) for volume in store.volumes])
    wanted = encoder.__class__("deep", 32).encode([embedding_text(passage) for passage in index.passages()])
    assert np.allclose(found[store.places(index.keys())], wanted, atol=1e-3)


def test_vectors_of_what_is_gone_are_left_out_when_they_are_the_most(tmp_path: Path) -> None:
    """Until then they wait for their texts to come back."""
    build(tmp_path, *(f"第{number}号通知于当日生效。" for number in range(6)))
    deepened(tmp_path)
    write_index(tmp_path, contents("第0号通知于当日生效。", "新的一条。"), FakeEncoder(), Processes())
    assert deepened(tmp_path) == (1, 2, 0)
    assert len(MeaningStore(tmp_path, "deep").keys) == 2


SPOILT = {
    "no numbers": lambda rows: np.full_like(rows, np.nan),
    "without end": lambda rows: np.full_like(rows, np.inf),
    "huge": lambda rows: rows * 60_000,
    "twice as long": lambda rows: rows * 2,
    "another width": lambda rows: rows[:, :16],
}


@pytest.mark.parametrize("what", SPOILT)
def test_vectors_that_no_model_gives_are_damaged_though_the_hash_fits(tmp_path: Path, what: str) -> None:
    """Found when they are added to, taken away and made again; of several files only the spoilt one."""
    build(tmp_path, *TEXTS)
    deepened(tmp_path)
    store = MeaningStore(tmp_path, "deep")
    (volume,) = store.volumes
    keys, rows = volume.keys, volume.vectors.rows(np.arange(3))
    store.add(keys[:2], np.asarray(SPOILT[what](rows[:2]), np.float32))
    assert len(MeaningStore(tmp_path, "deep", 32).volumes) == 1
    volume.path.unlink()
    assert deepened(tmp_path) == (3, 3, 1)
    assert deepened(tmp_path) == (0, 3, 0)


def test_halves_of_files_that_a_killed_program_left_are_taken_away(tmp_path: Path) -> None:
    """Those of files that are only written under the lock; nothing else."""
    build(tmp_path, *TEXTS)
    deepened(tmp_path)
    folder = MeaningStore(tmp_path, "deep").folder
    half, other = folder / f"{'0' * 64}.arrays.4711.tmp", folder / "备注.txt"
    half.write_bytes(b"half")
    other.write_text("mine", "utf-8")
    assert deepened(tmp_path) == (0, 3, 0)
    assert not half.exists() and other.exists()
