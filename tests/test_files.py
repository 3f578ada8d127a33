"""tjqa.files: a file is replaced as a whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tjqa.files import write_atomically


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_made_and_replaced(tmp_path: Path, durable: bool) -> None:
    """With its folder; nothing else is left there."""
    path = tmp_path / "新" / "文件"
    for data in (b"", b"eins", "二\n".encode()):
        write_atomically(path, data, durable)
        assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    """The bytes of an opened file never change."""
    path = tmp_path / "文件"
    write_atomically(path, b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"newer")
        assert reader.read() == b"old"


def test_a_disk_that_is_full_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays, and nothing is left beside it."""
    path = tmp_path / "文件"
    write_atomically(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        write_atomically(path, b"new", durable=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    """Nothing is left beside it either."""
    (tmp_path / "文件").mkdir()
    with pytest.raises(OSError):
        write_atomically(tmp_path / "文件", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["文件"]
