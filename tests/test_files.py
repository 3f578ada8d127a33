"""tjqa.files: a file is replaced as a whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.support.helpers import deep_folder
from tjqa.files import FileTooLarge, read_given, remove_tree, walk, write_atomically


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


def test_folders_are_walked_as_by_the_system(tmp_path: Path) -> None:
    """Every folder with its names; links to folders are named and not followed; names taken out are passed over."""
    for name in ("a/1.txt", "a/b/2.txt", "c/3.txt", "c/.d/4.txt", "5.txt", "leer/6"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "round").symlink_to("round")
    refused: list[Path] = []

    def same(place: Path, error: OSError) -> None:
        refused.append(place)

    found = {place: (sorted(folders), sorted(names)) for place, folders, names in walk(tmp_path, same)}
    assert found == {Path(place): (sorted(folders), sorted(names)) for place, folders, names in os.walk(tmp_path)}
    for _, folders, _ in walk(tmp_path, same):
        assert "c" not in folders or folders.remove("c") is None
    assert refused == []
    assert list(walk(tmp_path / "nichts", same)) == [] and refused == [tmp_path / "nichts"]


@pytest.mark.parametrize("depth", [1100, 3000])
def test_folders_in_folders_are_walked_to_where_the_system_ends(tmp_path: Path, depth: int) -> None:
    """However deep: what is left out is told."""
    refused: list[Path] = []
    with deep_folder(tmp_path, depth):
        found = [place for place, _, _ in walk(tmp_path, lambda place, _: refused.append(place))]
        assert len(found) > 1000
        assert len(refused) == (depth == 3000)
        assert len(found) == depth + 1 or len(str(refused[0])) > len(str(found[-1]))


def test_removing_what_lies_too_deep_is_an_error_of_the_system(tmp_path: Path) -> None:
    """And no other, so that whoever removes something can go on."""
    with deep_folder(tmp_path, 3000) as top:
        with pytest.raises(OSError, match="a"):
            remove_tree(top)
        remove_tree(top, ignore_errors=True)
        assert top.exists()
    (tmp_path / "b" / "c").mkdir(parents=True)
    remove_tree(tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("planted", ["file", "link", "dangling", "folder"])
def test_what_was_planted_in_the_way_is_not_written_through(tmp_path: Path, planted: str) -> None:
    """The name of the spare file can be guessed: a link of that name must not lead the bytes elsewhere."""
    path, other = tmp_path / "文件", tmp_path / "other"
    spare = tmp_path / f"文件.{os.getpid()}.tmp"
    path.write_bytes(b"old")
    if planted == "folder":
        spare.mkdir()
        with pytest.raises(OSError):
            write_atomically(path, b"new")
        assert path.read_bytes() == b"old"
        return
    if planted == "file":  # of a program that had the same number and was killed
        spare.write_bytes(b"half")
    else:
        spare.symlink_to(other)
    if planted == "link":
        other.write_bytes(b"other")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new" and not path.is_symlink() and not spare.exists()
    assert other.read_bytes() == b"other" if planted == "link" else not other.exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of this system")
def test_questions_without_end_are_refused() -> None:
    """A device that never ends fills no memory."""
    with pytest.raises(FileTooLarge):
        read_given("/dev/zero")


def test_questions_may_come_through_a_pipe(tmp_path: Path) -> None:
    """As a shell hands them over."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"{}\n",))
    writer.start()
    assert read_given(str(pipe)) == b"{}\n"
    writer.join()
