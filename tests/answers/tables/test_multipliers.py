"""Figures of a column with signs of their own: compared by what they are, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_tables import asker
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import build


@pytest.mark.parametrize(
    ("rows", "question", "values"),
    [
        ("青山镇,9800;白水镇,1.2万;黑石镇,9900", "青禾市2023年哪个镇产量最高", ["1.2万"]),
        ("青山镇,9800;白水镇,1.2万;黑石镇,9900", "青禾市2023年产量低于10000吨的镇有几个", ["9800", "9900"]),
        ("青山镇,500;白水镇,0.3万;黑石镇,450", "青禾市2023年产量最低的镇是哪个", ["450"]),
        ("青山镇,98.5%;白水镇,0.99;黑石镇,97.2%", "青禾市2023年哪个镇产量最高", []),
    ],
)
def test_multipliers_of_single_cells(
    tmp_path: Path, encoder: FakeEncoder, rows: str, question: str, values: list[str]
) -> None:
    """One that stands behind a figure counts in comparing; signs of different kinds are not compared."""
    folder = tmp_path / "表格"
    folder.mkdir()
    (folder / "青禾市2023年产量.csv").write_text(f"镇,2023年产量(吨)\n{rows.replace(';', chr(10))}\n", encoding="utf-8")
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    assert [best.quote for best in asker(place)(question).best] == values
