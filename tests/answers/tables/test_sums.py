"""A row that sums the others up is no item of what a column lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_tables import asker
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import build

SCORES = """# 石桥工程评标办法

| 序号 | 评审因素 | 评审标准 | 分值 |
| --- | --- | --- | --- |
| 1 | 施工方案 | 方案完整、措施得当的得满分 | 30 |
| 2 | 项目经理 | 具有一级建造师资格的得满分 | 20 |
| 3 | 投标报价 | 以最低报价为基准价计算得分 | 50 |
| | {total} | | 100 |
"""


@pytest.mark.parametrize("total", ["总分", "合计", "总计"])
@pytest.mark.parametrize("question", ["评审因素有哪些", "石桥工程的评审因素都有哪些"])
def test_a_list_leaves_sums_out(tmp_path: Path, encoder: FakeEncoder, total: str, question: str) -> None:
    """Whatever column the word for it stands in."""
    folder = tmp_path / "评标"
    folder.mkdir()
    (folder / "办法.md").write_text(SCORES.format(total=total), "utf-8")
    place = Settings(folder, tmp_path / "评标的索引")
    build(place)
    answer = asker(place)(question)
    assert [cell.quote for cell in answer.best] == ["施工方案", "项目经理", "投标报价"]
