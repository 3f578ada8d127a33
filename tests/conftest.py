"""Fixtures for all tests: a small library, an encoder without weights, isolated settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import settings as hypothesis_settings

from tests.support.helpers import DOCUMENTS, ENCODER, MODEL, READER, SEEDS, FakeEncoder, Finished
from tjqa import engine
from tjqa.answers import reading
from tjqa.answers.reader.reader import Reader
from tjqa.config import Settings
from tjqa.encoders.base import Encoder
from tjqa.encoders.loading import load_encoder

# How long an example takes says how busy the machine is, not whether the code is right. The same commit draws the same
# examples every time; `--hypothesis-profile drawn` draws others, and many more, in search of faults.
hypothesis_settings.register_profile("same", deadline=None, derandomize=True)
hypothesis_settings.register_profile("drawn", deadline=None, max_examples=2000, print_blob=True)
hypothesis_settings.load_profile("same")

# Hundreds of processes are started: where this is set each would compile the whole program for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes are named by their argument.

    A made package holds the second it was made in, and processes that share the tests must know them
    by the same names.
    """
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of processes that share the tests each begins with slow ones: at the end none should be at work alone.

    pytest-xdist first gives each a run of tests, a quarter of its share, then shorter and shorter runs to whoever is
    nearly done. So the first runs get all that is slow, file by file in turn, for the tests of a file share fixtures;
    attacks come first and singly, for they are the longest and share nothing. The quick ones are left for the end.
    """
    count = getattr(config, "workerinput", {}).get("workercount", 1)
    if count == 1:
        return
    hands: list[list[pytest.Item]] = [[] for _ in range(count)]
    turn: dict[str, int] = {}
    for item in sorted(items, key=lambda item: "test_attacks" not in item.nodeid):
        if item.get_closest_marker("slow") is not None:
            key = item.nodeid if "test_attacks" in item.nodeid else str(item.path)
            hands[turn.setdefault(key, len(turn) % count)].append(item)
    size = len(items) // count // 4
    slow = {item for hand in hands for item in hand}
    quick = [item for item in items if item not in slow]
    left = [item for hand in hands for item in hand[size:]]
    dealt = []
    for hand in hands:
        room = max(0, size - len(hand))
        dealt += [*hand[:size], *quick[:room]]
        del quick[:room]
    items[:] = [*dealt, *left, *quick]


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings or the data folder of the person who runs it; and no index is deepened in this process,
    which takes a second, but by tests that ask for `reads_context`."""
    monkeypatch.setattr(Settings, "encoder_dir", None)
    for name in [name for name in os.environ if name.startswith("TJQA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


_MODELS: dict[tuple[str, int], Any] = {}
"""What was loaded of the shipped models, by process: a forked one must not use the threads of the other."""


@pytest.fixture(autouse=True)
def models_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The engines that one process opens share the shipped models, which take half a second to load."""

    def load(asked: str | None, folder: Path) -> Encoder:
        if asked is not None or folder.resolve() != MODEL.resolve():
            return load_encoder(asked, folder)
        key = "encoder", os.getpid()
        return cast(Encoder, _MODELS.get(key) or _MODELS.setdefault(key, load_encoder(None, folder)))

    def opened(folder: Path, encoder: Path) -> Reader:
        if (folder.resolve(), encoder.resolve()) != (READER.resolve(), ENCODER.resolve()):
            return Reader(folder, encoder)
        key = "reader", os.getpid()
        return cast(Reader, _MODELS.get(key) or _MODELS.setdefault(key, Reader(folder, encoder)))

    monkeypatch.setattr(engine, "load_encoder", load)
    monkeypatch.setattr(reading, "Reader", opened)
    yield
    if (reader := _MODELS.get(("reader", os.getpid()))) is not None:
        vars(reader).pop("_threads", None)  # they end with the test, as they do with an engine


@pytest.fixture
def reads_context(monkeypatch: pytest.MonkeyPatch, isolated: None) -> Path:
    """The folder of the shipped model that reads context, which libraries of this test use."""
    if not (ENCODER / "modules.json").is_file():
        pytest.skip("the shipped encoder (embeddings/encoder) is not in this checkout")
    monkeypatch.setattr(Settings, "encoder_dir", ENCODER)
    return ENCODER


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder of three documents: UTF-8, UTF-8 with BOM and CRLF in a subfolder, GB18030."""
    folder = tmp_path / "资料"
    for name, raw in DOCUMENTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return folder


@pytest.fixture
def place(documents: Path, tmp_path: Path) -> Settings:
    """Settings of a library that has no index yet."""
    return Settings(documents, tmp_path / "embeddings")


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch, models_are_loaded_once: None) -> FakeEncoder:
    """The encoder every engine of this test opens."""
    fake = FakeEncoder()
    monkeypatch.setattr(engine, "load_encoder", lambda asked, folder: fake)
    monkeypatch.setattr(engine, "model_name", lambda asked, folder: fake.name)
    return fake


@pytest.fixture
def library(place: Settings, encoder: FakeEncoder) -> Settings:
    """Settings of a library with an index."""
    engine.build(place)
    return place


@pytest.fixture(scope="session")
def model() -> Path:
    """The shipped model's folder; without its weights the test is skipped, and says so."""
    if not (MODEL / "modules.json").is_file():
        pytest.skip("the shipped model (embeddings/model) is not in this checkout")
    return MODEL


@pytest.fixture(scope="session")
def seed_library(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The five seeds, indexed with the shipped model; read only."""
    place = Settings(SEEDS, tmp_path_factory.mktemp("seeds") / "embeddings")
    engine.build(place)
    return place


@pytest.fixture
def tjqa(model: Path, documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Finished]:
    """Runs a command in this process, with the shipped model, on the small library."""
    from tjqa.cli.main import main

    def run(*arguments: str, sources: Path = documents, embeddings: Path = tmp_path / "embeddings") -> Finished:
        capsys.readouterr()
        try:
            code = main([*arguments[:1], f"--sources={sources}", f"--embeddings={embeddings}", *arguments[1:]])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Finished(code, *capsys.readouterr())

    return run
