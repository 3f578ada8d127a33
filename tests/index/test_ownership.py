"""Two folders of documents with one place for an index do not take each other's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import IndexUnusable


@pytest.fixture
def two(tmp_path: Path, encoder: FakeEncoder) -> tuple[Settings, Settings]:
    """Two folders, one index: of the first."""
    for name, text in (("甲", "云溪县有公交线路二十条。"), ("乙", "石桥镇有水库三座。")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(text, encoding="utf-8")
    first, second = (Settings(sources=tmp_path / name, embeddings=tmp_path / "索引") for name in "甲乙")
    build(first)
    return first, second


def test_the_index_of_another_folder_is_neither_asked_nor_overwritten(two: tuple[Settings, Settings]) -> None:
    """Both folders are named, and what to do; the first library answers as before."""
    first, second = two
    for use in (build, Engine.open):
        with pytest.raises(IndexUnusable) as told:
            use(second)
        assert str(first.sources) in str(told.value) and "--embeddings" in told.value.hint
    assert Engine.open(first).ask("公交线路多少条").citations[0].path == "甲.txt"


def test_it_is_replaced_when_that_is_said(two: tuple[Settings, Settings]) -> None:
    """With --rebuild."""
    _, second = two
    build(second, rebuild=True)
    assert [state.path for state in Engine.open(second).sources()] == ["乙.txt"]


def test_a_library_that_was_moved_or_copied_keeps_its_index(two: tuple[Settings, Settings], tmp_path: Path) -> None:
    """Its files are there, wherever they lay before; and a folder whose files were all exchanged is the same one."""
    first, _ = two
    shutil.copytree(tmp_path / "甲", tmp_path / "丙")
    copied = Settings(sources=tmp_path / "丙", embeddings=first.embeddings)
    assert build(copied).unchanged
    (first.sources / "甲.txt").unlink()
    (first.sources / "新.txt").write_text("新来的一份。", encoding="utf-8")
    assert build(first).removed == ("甲.txt",)
    shutil.move(first.sources, tmp_path / "丁")
    build(Settings(sources=tmp_path / "乙", embeddings=first.embeddings))
