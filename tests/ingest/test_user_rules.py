"""tjqa.ingest.user_rules: how many rules there may be, and what a rule without * names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tjqa.documents import Keep
from tjqa.errors import SourcesError
from tjqa.ingest.user_rules import kept_of, read_drop, read_keep


def test_too_many_patterns_are_told(tmp_path: Path) -> None:
    """Each is compared with every document, so a megabyte of them would take minutes; whole names cost less."""
    (tmp_path / ".tjqa-keep").write_text("".join(f"*{number}\n" for number in range(2001)), "utf-8")
    (tmp_path / ".tjqa-drop").write_text("".join(f"行{number}\n" for number in range(2001)), "utf-8")
    for read in (read_keep, read_drop):
        with pytest.raises(SourcesError, match="2001 条") as caught:
            read(tmp_path)
        assert caught.value.hint
    (tmp_path / ".tjqa-keep").write_text("".join(f"文件{number}.txt\n" for number in range(20_000)), "utf-8")
    rules = read_keep(tmp_path)
    assert kept_of(rules, "文件19999.txt") == Keep(everything=True)
    assert not kept_of(rules, "别的.txt").everything
    (tmp_path / ".tjqa-keep").write_text("".join(f"文件{number}.txt\n" for number in range(20_001)), "utf-8")
    with pytest.raises(SourcesError, match="20001 条"):
        read_keep(tmp_path)


def test_a_rule_too_long_is_told(tmp_path: Path) -> None:
    """One line may hold as many wildcards as a whole file of them."""
    for name, read in ((".tjqa-keep", read_keep), (".tjqa-drop", read_drop)):
        (tmp_path / name).write_text("*[" * 501, "utf-8")
        with pytest.raises(SourcesError, match="超过 1000 字"):
            read(tmp_path)
        (tmp_path / name).write_text("*[" * 500, "utf-8")
        assert len(read(tmp_path)) == 1
