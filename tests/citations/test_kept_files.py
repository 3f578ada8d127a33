"""How many files a library keeps between questions: few characters, not few files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tjqa.citations import files_now as module
from tjqa.citations.files_now import FilesNow


@pytest.mark.parametrize(("characters", "kept"), [(1_000, 5), (25, 2), (3, 1)])
def test_small_files_are_kept_and_large_ones_make_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, characters: int, kept: int
) -> None:
    """Of five files of ten characters those that fit; the last one always."""
    monkeypatch.setattr(module, "_KEPT_CHARACTERS", characters)
    for at in range(5):
        (tmp_path / f"{at}.txt").write_text(f"第{at}个文件的文字。。\n", encoding="utf-8")
    files = FilesNow(tmp_path)
    for at in range(5):
        source = files.current(f"{at}.txt")
        assert source is not None and source.text.startswith(f"第{at}个")
    assert len(files._files) == kept
    assert "4.txt" in files._files
