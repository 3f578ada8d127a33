"""The highest, the rank and the total of a measure that no column tells are no answer."""

from __future__ import annotations

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

ROWS = (
    ("镇", "收入(万元)", "人口(人)", "收入增速(%)"),
    ("青山镇", "121", "3100", "4.1"),
    ("白水镇", "210", "5200", "2.5"),
    ("黑石镇", "320", "4400", "3.3"),
    ("合计", "651", "12700", "3.4"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One table of towns."""
    text = "".join(f"{','.join(row)}\n" for row in ROWS)
    return engine_of({"云溪县2023年各镇.csv": text}, tmp_path_factory.mktemp("measures"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        *(("云溪县2023年收入最高的镇", "320"), ("云溪县2023年哪个镇人口最多", "5200")),
        *(("云溪县2023年收入增长最快的镇是哪个", "4.1"), ("云溪县2023年收入合计多少万元", "651")),
    ],
)
def test_a_column_that_is_there_answers(engine: Engine, question: str, told: str) -> None:
    """By its name."""
    assert told in [one.quote for one in engine.ask(question).best]


@pytest.mark.parametrize(
    "question",
    [
        *("云溪县2023年支出最高的镇", "云溪县2023年面积最大的镇是哪个", "云溪县2023年哪个镇企业最多"),
        *("云溪县2023年人口增长最快的镇是哪个", "白水镇2023年人口排第几", "云溪县2023年企业合计多少家"),
    ],
)
def test_another_column_does_not(engine: Engine, question: str) -> None:
    """However well the rows fit."""
    assert not engine.ask(question).best
