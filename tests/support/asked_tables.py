"""A library of tables to ask: prices whose period stands in the file's name alone, towns over years, one odd form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.formats import as_xlsx
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.results import Answer

HEAD = ("产品名称", "单位", "本期价格（元）", "比上期价格涨跌（元）", "涨跌幅（%）")
GOODS = ("铜杆（8mm）", "水泥（袋装）", "水泥（散装）", "白糖（一级）", "菜籽粕（36%）")
PERIODS = ("2023年5月上旬", "2023年5月中旬", "2023年5月下旬", "2023年7月上旬")
TOWNS = """城镇,2016年,2017年,2019年
白鹭镇,120,131,150
云岭镇,88,90,97
石桥镇,45,44,41
合计,253,265,288
"""
ASKED = "常住人口"


def price(good: int, period: int) -> str:
    """A different one for each good and period."""
    return f"{1000 * (good + 1) + 37 * period}.{good}"


def change(good: int, period: int) -> str:
    """Falls and rises."""
    return f"{'-' if period % 2 else ''}{10 * good + period}.5"


def prices(period: int) -> bytes:
    """The workbook of a period."""
    rows = [(good, "吨", price(at, period), change(at, period), f"0.{at}{period}") for at, good in enumerate(GOODS)]
    return as_xlsx({"价格": [HEAD, ("一、金属",), rows[0], ("二、其他",), *rows[1:]]})


def table_library(folder: Path, embeddings: Path) -> Settings:
    """Settings of the library, indexed."""
    folder.mkdir()
    for at, period in enumerate(PERIODS):
        day = f"2023-{5 + (at > 2):02}-{14 + at:02}"
        (folder / f"{period}重要物资市场价格变动情况_{day}.xlsx").write_bytes(prices(at))
    (folder / f"各镇{ASKED}（万人）.csv").write_text(TOWNS, encoding="utf-8")
    place = Settings(folder, embeddings)
    build(place)
    return place


def asker(place: Settings) -> Callable[[str], Answer]:
    """Asks an opened library."""
    return Engine.open(place).ask
