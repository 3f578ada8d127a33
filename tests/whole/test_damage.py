"""Damaged index files: every damage is told or harmless, and nothing is answered out of a damaged index."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.damage import KINDS, damaged, files_of
from tests.support.helpers import FakeEncoder, Finished, data_file
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import IndexDamaged, IndexMissing
from tjqa.index import integrity
from tjqa.index.generations import live_generation
from tjqa.index.integrity import verified
from tjqa.results import Answer

pytestmark = pytest.mark.slow

CASES = 1000
QUESTIONS = ("石桥水库的总库容是多少?", "新增就业多少人")

Run = Callable[..., Finished]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stamps of these tests lie in a folder of their own."""
    monkeypatch.setattr(integrity, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def answers(place: Settings) -> list[Answer]:
    """What a newly opened library says, without the reader, which takes nothing from the index but passages."""
    engine = Engine.open(replace(place, fast=True))
    return [engine.ask(question) for question in QUESTIONS]


def alike(one: list[Answer], other: list[Answer]) -> bool:
    """The same sentences and places with the same scores."""
    return [(a.best, a.citations) for a in one] == [(a.best, a.citations) for a in other]


@pytest.mark.parametrize("mapped", [False, True])
def test_every_damage_is_told_or_harmless(library: Settings, monkeypatch: pytest.MonkeyPatch, mapped: bool) -> None:
    """A thousand damages over all files, read whole or mapped with stamps: IndexDamaged with the next step, or the
    same answers as before. (`python -m tests.benchmarks.damage` does ten thousand.)"""
    if mapped:
        monkeypatch.setattr(integrity, "SMALL", 0)
        monkeypatch.setattr(integrity, "_RESTED", -1.0)
    before = answers(library)
    files = files_of(library.index_dir, live_generation(library.index_dir)[0])
    draw = random.Random(f"damage {mapped}")
    told = 0
    for _ in range(CASES // 2):
        path, other = draw.sample(files, 2)
        with damaged(path, draw.choice(KINDS), draw, other) as what:
            try:
                now = answers(library)
            except IndexDamaged as error:
                assert "tjqa check --repair" in error.hint
                told += 1
            except IndexMissing:
                assert path.name == "CURRENT", what
            else:
                assert path.name == "LOCK" or not what, what
                assert alike(now, before), what
    assert told > CASES // 4
    assert alike(answers(library), before)


def test_damage_ends_with_exit_code_3_and_repair_mends_it(tjqa: Run, documents: Path, tmp_path: Path) -> None:
    """Asking a damaged index ends with 3 and the command that mends it; after that command it answers as before."""
    assert tjqa("index").code == 0
    before = tjqa("ask", "石桥水库的总库容是多少?").out
    for name in ("vectors.faiss", "passages.jsonl", "manifest.json"):
        generation, _ = live_generation(tmp_path / "embeddings" / "index")
        path = generation / name if name == "manifest.json" else data_file(generation, name)
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 3] ^= 0x40
        path.write_bytes(raw)
        for command in (("ask", "总库容"), ("check",), ("passages",)):
            shown = tjqa(*command)
            assert (shown.code, shown.out) == (3, "")
            assert "tjqa check --repair" in shown.err
        shown = tjqa("check", "--repair")
        assert shown.code == 0, shown.err
        assert "正在从原文重建" in shown.err and "全部相符" in shown.err
        assert tjqa("ask", "石桥水库的总库容是多少?").out == before


def test_repair_of_a_file_changed_behind_its_time(tjqa: Run, documents: Path) -> None:
    """A file edited without a new size or time is found by `check` and taken in by `--repair`."""
    tjqa("index")
    path = documents / "报告.txt"
    stat = path.stat()
    path.write_text(path.read_text().replace("3215", "3216"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert tjqa("check").code == 1
    shown = tjqa("check", "--repair")
    assert shown.code == 0 and "全部相符" in shown.err
    assert "3216" in tjqa("ask", "全年新增就业多少人").out


def test_repair_without_faults_changes_nothing(tjqa: Run, tmp_path: Path) -> None:
    """A sound index is left as it is; a missing one is built."""
    assert tjqa("check", "--repair").code == 0
    before = live_generation(tmp_path / "embeddings" / "index")
    shown = tjqa("check", "--repair")
    assert shown.code == 0 and "全部相符" in shown.err
    assert live_generation(tmp_path / "embeddings" / "index") == before


class TestStamps:
    """Large files are hashed once, and again whenever anything touched them."""

    @pytest.fixture
    def hashed(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Names of the files that were hashed."""
        names: list[str] = []
        real = integrity._compare

        def compare(found: str, digest: str, name: str) -> None:
            names.append(name)
            real(found, digest, name)

        monkeypatch.setattr(integrity, "_compare", compare)
        monkeypatch.setattr(integrity, "SMALL", 10)
        return names

    @pytest.fixture
    def file(self, tmp_path: Path) -> tuple[Path, int, str]:
        """A large file that has rested, its size and hash."""
        path = tmp_path / "数据.bin"
        path.write_bytes(b"0123456789" * 1000)
        import hashlib

        return path, 10_000, hashlib.sha256(path.read_bytes()).hexdigest()

    def test_hashed_once(
        self, file: tuple[Path, int, str], hashed: list[str], monkeypatch: pytest.MonkeyPatch, own_cache: Path
    ) -> None:
        """The second comparison is answered by the stamp, unless it may not be trusted or is too old."""
        monkeypatch.setattr(integrity, "_RESTED", -1.0)
        for _ in range(3):
            assert bytes(verified(*file)[:4]) == b"0123"
        assert len(hashed) == 1
        verified(*file, trust=False)
        assert len(hashed) == 2
        (stamp,) = (own_cache / "verified").iterdir()
        os.utime(stamp, (time.time() - 40 * 86400,) * 2)
        verified(*file)
        assert len(hashed) == 3

    def test_just_written_file_gets_no_stamp(self, file: tuple[Path, int, str], hashed: list[str]) -> None:
        """Within a tick of the clock a change would not show, so a file has to rest before it is stamped."""
        verified(*file)
        verified(*file)
        assert len(hashed) == 2

    @pytest.mark.parametrize("restore_time", [False, True])
    def test_touched_file_is_hashed_again(
        self, file: tuple[Path, int, str], hashed: list[str], monkeypatch: pytest.MonkeyPatch, restore_time: bool
    ) -> None:
        """A changed byte is found though size, and even the time of change, are what they were."""
        monkeypatch.setattr(integrity, "_RESTED", -1.0)
        path = file[0]
        verified(*file)
        stat = path.stat()
        time.sleep(0.02)  # past the tick of the file system's clock
        with path.open("r+b") as handle:
            handle.seek(5000)
            handle.write(b"X")
        if restore_time:
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        with pytest.raises(IndexDamaged, match=r"数据\.bin"):
            verified(*file)
        assert len(hashed) == 2

    def test_damaged_stamp_and_unwritable_cache_only_cost_time(
        self, file: tuple[Path, int, str], hashed: list[str], monkeypatch: pytest.MonkeyPatch, own_cache: Path
    ) -> None:
        """Without a readable stamp the file is hashed, nothing else happens."""
        monkeypatch.setattr(integrity, "_RESTED", -1.0)
        verified(*file)
        (stamp,) = (own_cache / "verified").iterdir()
        stamp.write_bytes(b"\xff\xfe")
        verified(*file)
        monkeypatch.setattr(integrity, "cache_folder", lambda: file[0])  # a file, below which nothing can be made
        verified(*file)
        assert len(hashed) == 3


def test_large_files_are_mapped_not_read(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mapped files give the same answers; the vectors are looked at where they lie."""
    before = answers(library)
    monkeypatch.setattr(integrity, "SMALL", 0)
    engine = Engine.open(replace(library, fast=True))
    assert not engine._index.segments[0].vectors.faiss_index.codes.is_owned
    assert alike([engine.ask(question) for question in QUESTIONS], before)


def test_readers_keep_a_generation_that_is_replaced(library: Settings, encoder: FakeEncoder) -> None:
    """A library opened before updates goes on answering from what it opened, mapped files too."""
    from tjqa.engine import build

    engine = Engine.open(library)
    before = engine.ask(QUESTIONS[0])
    for number in range(3):
        (library.sources / "新.txt").write_text(f"渔业养殖试点面积{number}亩。")
        build(library)
    after = engine.ask(QUESTIONS[0])
    assert (after.best, after.citations) == (before.best, before.citations)
