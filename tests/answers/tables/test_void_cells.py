"""Cells of which nothing holds: struck out, or with a picture in the number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_tables import asker
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import build

PAGE = (
    "<meta charset=utf-8><h1>云溪县2023年统计</h1><table border=1><tr><th>镇<th>收入(万元)<th>人口(人)"
    "<tr><td>甲溪镇<td>32<td>510<tr><td>丁溪镇<td>{}<td>620</table>"
)


@pytest.mark.parametrize("cell", ["<del>9000</del>", "<s>90</s><s>00</s>", "9<img src=a>00"])
def test_what_does_not_hold_answers_nothing(tmp_path: Path, encoder: FakeEncoder, cell: str) -> None:
    """The other cells go on answering."""
    folder = tmp_path / "网页"
    folder.mkdir()
    (folder / "统计.html").write_text(PAGE.format(cell), encoding="utf-8")
    place = Settings(folder, tmp_path / "embeddings", fast=True)
    build(place)
    ask = asker(place)
    assert not ask("丁溪镇2023年收入多少").best
    assert [best.quote for best in ask("丁溪镇2023年人口多少").best] == ["620"]
    assert [best.quote for best in ask("甲溪镇2023年收入多少").best] == ["32"]
