"""Documents that cannot be got at just now stay in the index; only a listed folder says that one is gone."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from tests.support.helpers import DOCUMENTS
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError
from tjqa.index import versions
from tjqa.progress import decode, encode, summarise
from tjqa.reports import BuildReport

WATER = "水利/水库.txt"


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Collection[Path], int], None]:
    """Makes the system refuse folders and files with an error number, as it does to people without rights (these tests
    may run as root, whom it refuses nothing) and over a disk that is failing or away."""
    scandir, opened = os.scandir, os.open

    def begin(paths: Collection[Path], number: int) -> None:
        refused = {str(path) for path in paths}

        def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(path: Any, *arguments: Any, **options: Any) -> Any:
                if str(path) in refused:
                    raise OSError(number, os.strerror(number), str(path))
                return real(path, *arguments, **options)

            return call

        monkeypatch.setattr(os, "scandir", guarded(scandir))
        monkeypatch.setattr(os, "open", guarded(opened))

    return begin


def held(place: Settings) -> set[str]:
    """The documents of the index that have text."""
    return {source.path for source in Engine.open(place).sources()}


def told(report: BuildReport) -> str:
    """All that a build says of files not read."""
    return " ".join(why.text() for _, why in (*report.skipped, *report.kept))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_a_folder_that_cannot_be_listed_keeps_its_documents(library: Settings, refuse: Any, number: int) -> None:
    """They are answered from as before, the folder is named with why, how many and what to do; nothing is 'gone', and
    the next update has nothing to write."""
    before = [(passage.path, passage.text) for passage, _ in Engine.open(library).passages()]
    refuse([library.sources / "水利"], number)
    report = build(library)
    assert (report.removed, held(library)) == ((), set(DOCUMENTS))
    assert "水利" in told(report) and "1 个文件沿用" in told(report) and "更新索引" in told(report)
    assert build(library).unchanged
    assert Engine.open(library).status().stale == ()
    assert [(passage.path, passage.text) for passage, _ in Engine.open(library).passages()] == before


def test_a_folder_that_is_back_is_read_again(library: Settings, refuse: Any) -> None:
    """What changed in it meanwhile is taken in, and nothing is said of the folder any more."""
    refuse([library.sources / "水利"], errno.EACCES)
    build(library)
    refuse([], 0)
    path = library.sources / WATER
    path.write_bytes(path.read_bytes() + "新的一句话在这里。\n".encode())
    assert Engine.open(library).status().stale == ("水利", WATER)
    assert told(build(library)) == ""
    assert any("新的一句话" in passage.text for passage, _ in Engine.open(library).passages())


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_an_unlisted_folder_keeps_what_lies_deep_in_it(
    place: Settings, encoder: object, refuse: Any, depth: int
) -> None:
    """Whichever of its ancestors cannot be listed."""
    inner = place.sources.joinpath("甲", *"乙丙丁戊"[: depth - 1])
    inner.mkdir(parents=True)
    (inner / "深.txt").write_text("深处的水井共有四十二口,都在村子的东边。\n", encoding="utf-8")
    build(place)
    refuse([place.sources / "甲"], errno.EACCES)
    (place.sources / "茶叶.md").unlink()  # this one is gone
    report = build(place)
    assert report.removed == ("茶叶.md",)
    assert (inner / "深.txt").relative_to(place.sources).as_posix() in held(place)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EIO])
def test_a_file_that_cannot_be_opened_keeps_its_text(library: Settings, refuse: Any, number: int) -> None:
    """Even when its size and time are new, so that it would have been read; the message names file, reason, and that
    the old text stays. It is tried again at the next update, and counts as changed until then."""
    path = library.sources / WATER
    path.write_bytes(path.read_bytes() + "新的一句话。\n".encode())
    refuse([path], number)
    report = build(library)
    assert (report.removed, held(library)) == ((), set(DOCUMENTS))
    assert WATER in told(report) and "沿用上次读到的内容" in told(report)
    assert Engine.open(library).status().stale == (WATER,)
    said = decode(encode(summarise(report)))
    assert said == summarise(report)


def test_a_file_that_was_never_read_is_skipped(place: Settings, encoder: object, refuse: Any) -> None:
    """There is nothing to keep of it."""
    refuse([place.sources / WATER], errno.EACCES)
    report = build(place)
    assert [path for path, _ in report.skipped] == [WATER]
    assert report.kept == ()


def test_an_emptied_folder_does_not_empty_the_index(library: Settings) -> None:
    """A mount that is lost leaves an empty folder: refused, with what to do if it is meant; the index stays."""
    away = library.sources.rename(library.sources.with_name("拔掉"))
    library.sources.mkdir()
    for rebuild in (False, True):
        with pytest.raises(SourcesError, match=r"3 个文件.*没有改动.*删除索引"):
            build(library, rebuild=rebuild)
    library.sources.rmdir()
    with pytest.raises(SourcesError, match="不存在"):
        build(library)
    away.rename(library.sources)
    assert build(library).unchanged


def test_an_unlisted_library_is_refused(library: Settings, refuse: Any) -> None:
    """The folder itself cannot be listed: nothing is written."""
    refuse([library.sources], errno.EACCES)
    with pytest.raises(SourcesError, match="打不开"):
        build(library)


def test_without_rights_to_what_it_held_no_index_is_made_anew(
    library: Settings, refuse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--rebuild`, and an index that another cleaner made, read everything: what cannot be read would be lost, so it is
    refused with the place; a folder without documents of the index is no reason."""
    (library.sources / "空").mkdir()
    refuse([library.sources / "空"], errno.EACCES)
    assert build(library, rebuild=True).removed == ()
    refuse([library.sources / "水利"], errno.EACCES)
    with pytest.raises(SourcesError, match=r"水利.*1 个文件.*没有改动"):
        build(library, rebuild=True)
    refuse([library.sources / "报告.txt"], errno.EIO)
    with pytest.raises(SourcesError, match=r"报告\.txt.*没有改动"):
        build(library, rebuild=True)
    monkeypatch.setitem(versions.VERSIONS, "cleaner", 10_000)
    with pytest.raises(SourcesError, match=r"报告\.txt.*没有改动"):
        build(library)
    assert held(library) == set(DOCUMENTS)


def test_what_is_really_gone_is_removed(library: Settings) -> None:
    """A folder that was deleted, and a file that was, give up their documents, by name."""
    shutil.rmtree(library.sources / "水利")
    assert build(library).removed == (WATER,)
    (library.sources / "茶叶.md").unlink()
    assert build(library).removed == ("茶叶.md",)
