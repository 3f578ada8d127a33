"""Questions about one thing are not answered with another: other places, other rows, names within names, copies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tjqa.citations.export import export
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.index.filters import Filter

pytestmark = pytest.mark.slow

REPORT = """2019年海淀区政府工作报告

过去一年,全区上下团结奋斗,完成了年初确定的各项任务。城镇居民人均可支配收入39540元,增长6.5%。一般公共预算收入完成102亿元。

教育事业稳步发展,新建幼儿园6所,新增学位1280个。全年新增就业3215人,城镇登记失业率控制在3.4%以内。
"""
DAM = "云岭水库加固大坝812米，更换闸门5扇，改造输水隧洞1条，灌溉下游农田6.3万亩。"
STATION = """上海淀山湖环境整治完工

淀山湖环境整治工程历时两年完工,清淤120万立方米,湖区居民人均绿地面积达到15平方米,城镇居民人均可支配收入增长5%。
"""


@pytest.fixture
def opened(model: Path, tmp_path: Path) -> Engine:
    """A library of a report, a news page, a workbook and two copies of a web page."""
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "报告.txt").write_text(REPORT, "utf-8")
    (folder / "新闻.txt").write_text(STATION, "utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["年份", "地区", "粮食总产量(吨)", "增速(%)"])
    for year in range(2016, 2021):
        for number, place in enumerate(("东城区", "西城区", "丰台区")):
            sheet.append([year, place, year * 10 + number, 8.1])
    book.save(folder / "粮食.xlsx")
    page = f"<html><head><title>云岭公报</title></head><body><h1>云岭公报</h1><p>{DAM}</p></body></html>"
    for name in ("公报.html", "公报副本.html"):
        (folder / name).write_text(page, "utf-8")
    settings = Settings(folder, tmp_path / "索引", fast=True)
    build(settings)
    return Engine.open(settings)


@pytest.mark.parametrize("place", ["西城区", "朝阳区", "东城区"])
def test_another_place_is_no_answer(opened: Engine, place: str) -> None:
    """A report is of the place it is named after; asked of that one it answers."""
    asked = "2018年城镇居民人均可支配收入是多少"
    refused = opened.ask(f"{place}{asked}")
    assert refused.strength == "none" and "39540" not in str(refused.text)
    answer = opened.ask("海淀区城镇居民人均可支配收入是多少")
    assert answer.strength != "none" and "39540元" in str(answer.text)


@pytest.mark.parametrize("question", ["10", "-1", "39540", "3.4%", "？"])
def test_a_number_alone_asks_for_nothing(opened: Engine, question: str) -> None:
    """Whatever holds it."""
    assert opened.ask(question).strength == "none"


@pytest.mark.parametrize(("year", "place", "figure"), [(2018, "西城区", "20181"), (2020, "东城区", "20200")])
def test_the_row_of_the_year_and_the_place_answers(opened: Engine, year: int, place: str, figure: str) -> None:
    """Not the first one with the same heads; of a year that is not there none."""
    answer = opened.ask(f"{place}{year}年粮食总产量是多少吨")
    assert [best.quote for best in answer.best] == [figure]
    assert opened.ask(f"{place}2011年粮食总产量是多少吨").strength == "none"


def test_a_place_is_no_part_of_another_name(opened: Engine) -> None:
    """上海|淀山湖 is not in 海淀."""
    answer = opened.ask("城镇居民人均可支配收入", filters=(Filter("place", "海淀"),))
    assert {citation.path for citation in answer.citations} == {"报告.txt"}
    assert opened.passing((Filter("place", "海淀"),)) == 1
    assert opened.passing((Filter("place", "没有这里"),)) == 0
    assert opened.passing((Filter("file", "公报"),)) == 2


def test_copies_are_other_places_and_not_passages_of_their_own(opened: Engine) -> None:
    """Also where a passage is no more than the title."""
    answer = opened.ask("云岭水库加固大坝多少米")
    quotes = [citation.quote for citation in answer.citations]
    assert len(quotes) == len(set(quotes))
    first = answer.citations[0]
    assert {first.path, *(other.path for other in first.also)} == {"公报.html", "公报副本.html"}
    titles = [citation for citation in answer.citations if citation.quote.strip() == "云岭公报"]
    assert all(citation.score < 0.5 for citation in titles)


def test_a_source_has_one_reference(opened: Engine) -> None:
    """However many of its passages are cited."""
    answer = opened.ask("城镇居民人均可支配收入是多少")
    several = [citation.path for citation in answer.citations]
    assert len(several) > len(set(several))
    text = export([answer], "md", date(2026, 1, 2))
    references = text.split("参考文献")[1].splitlines()
    listed = [line for line in references if "EB/DK" in line]
    assert len(listed) == len(set(several)) and any(", " in line.partition("]")[0] for line in listed)


@pytest.mark.parametrize("zone", ["海淀经开区", "海淀高新区", "海淀开发区"])
def test_a_kind_of_zone_names_no_other_place(opened: Engine, zone: str) -> None:
    """What the report of its district says may be of it, and is told as doubtful at most, not kept back."""
    answer = opened.ask(f"{zone}全年新增就业多少人")
    assert answer.strength != "none" and "3215人" in str(answer.text)
