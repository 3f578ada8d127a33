"""One measure over tables and sentences: what each figure is, where it stands, and what contradicts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.asked_tables import GOODS, PERIODS, change, price, table_library
from tests.support.figure_library import figure_library
from tests.support.formats import as_xlsx
from tests.support.helpers import FakeEncoder
from tjqa.answers.figures import asking, parameters
from tjqa.answers.figures.figure import Against, Figure, Kind, Standing
from tjqa.answers.figures.quantities import unit_of
from tjqa.answers.figures.series import drawn
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import UsageError
from tjqa.ingest.sources import read_source

Collect = Callable[..., tuple[Figure, ...]]


@pytest.fixture
def place(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """The library."""
    return figure_library(tmp_path / "资料", tmp_path / "embeddings")


@pytest.fixture
def engine(place: Settings) -> Engine:
    """The opened library."""
    return Engine.open(place)


def told(figure: Figure) -> tuple[str, str, str, str]:
    """Name, period, number and unit."""
    return figure.name, figure.period, figure.text, figure.unit


def test_every_figure_of_a_measure_from_tables_and_sentences(engine: Engine) -> None:
    """With name, period, kind and standing; parts of it, other measures and ranges are none of it."""
    figures = engine.figures("地区生产总值").figures
    levels = {(f.period, f.text, f.unit, f.standing) for f in figures if f.kind is Kind.LEVEL}
    assert levels == {
        ("2022", "1188.6", "亿元", Standing.TOLD),
        ("2023", "1250.4", "亿元", Standing.TOLD),
        ("2023", "1250.4", "亿元", Standing.DONE),
        ("2023", "12504000", "万元", Standing.TOLD),
        ("2024", "1320", "亿元", Standing.FORECAST),
        ("2030", "2000", "亿元", Standing.PLAN),
    }
    changes = {(f.period, f.text, f.against, f.standing, f.rough) for f in figures if f.kind is Kind.CHANGE}
    assert {one for one in changes if one[0] == "2024"} == {("2024", "5.5", Against.UNTOLD, Standing.PLAN, True)}
    assert {one[1] for one in changes if one[0] == "2023"} == {"5.2"}
    assert {figure.name for figure in figures} == {"地区生产总值"}


def test_every_figure_is_a_slice_of_its_file(engine: Engine, place: Settings) -> None:
    """By characters and, of plain text, by bytes, in whatever encoding."""
    for figure in engine.figures("地区生产总值").figures:
        (mark,) = figure.citation.marks
        source = read_source(place.sources, place.sources / figure.citation.path)
        assert mark.of(source.text) == figure.text
        if figure.byte_range is not None:
            raw = (place.sources / figure.citation.path).read_bytes()
            assert raw[figure.byte_range.start : figure.byte_range.end].decode() == figure.text
        else:
            assert figure.citation.place.startswith("指标 ")


def test_what_differs_is_marked_on_both_sides(engine: Engine) -> None:
    """As far as the rougher one tells it: 1250.4亿元 and 12504000万元 are the same, 84.3 and 83.9 are not."""
    products = engine.figures("地区生产总值").figures
    assert not any(figure.differs for figure in products)
    grain = [f for f in engine.figures("粮食产量").figures if f.kind is Kind.LEVEL and f.period == "2023"]
    other = next(figure for figure in grain if figure.text == "83.9")
    agreed = tuple(figure.citation.number for figure in grain if figure.text == "84.3")
    assert other.differs == agreed and len(agreed) == 2
    assert all(figure.differs == (other.citation.number,) for figure in grain if figure.text == "84.3")


def test_printed_changes_check_the_levels(engine: Engine) -> None:
    """-1.2 per cent follows from 85.3 and 84.3; 15.0 does not from 200 and 220."""
    grain = engine.figures("粮食产量").figures
    check = next(figure.check for figure in grain if figure.kind is Kind.CHANGE and figure.from_table)
    assert check is not None and check.agrees
    assert grain[check.before - 1].text == "85.3"
    power = next(figure for figure in engine.figures("发电量").figures if figure.kind is Kind.CHANGE)
    assert power.check is not None and (power.check.agrees, power.check.computed) == (False, "10")


def test_months_are_told_from_what_adds_up(engine: Engine) -> None:
    """本月 is May, 累计 January to May, 上年同期 that of the year before."""
    figures = engine.figures("社会消费品零售总额").figures
    found = {figure.text: (figure.period, figure.cumulative) for figure in figures}
    assert found == {
        "4200": ("2024-05", False),
        "21000": ("2024-01/2024-05", True),
        "20000": ("2023-01/2023-05", True),
    }
    invested = engine.figures("固定资产投资").figures
    assert {(figure.text, figure.period, figure.cumulative) for figure in invested} == {
        ("312.5", "2023-01/2023-08", True),
        ("4.0", "2023-01/2023-08", True),
    }


@pytest.mark.parametrize(
    ("measure", "names"),
    [
        ("居民人均可支配收入", {"城镇居民人均可支配收入", "农村居民人均可支配收入"}),
        ("城镇居民人均可支配收入", {"城镇居民人均可支配收入"}),
        ("第三产业增加值", {"第三产业增加值"}),
        ("增加值", {"第三产业增加值", "规模以上工业增加值"}),
        ("女性居民人均可支配收入", set()),
        ("没有的指标", set()),
    ],
)
def test_what_narrows_a_measure_is_told(engine: Engine, measure: str, names: set[str]) -> None:
    """A measure is found with what narrows it, and never without what the question narrows it by."""
    assert {figure.name for figure in engine.figures(measure).figures} == names


def test_a_period_of_years_is_not_that_of_the_next_sentence(engine: Engine) -> None:
    """What stands behind a plan of five years is not of five years; a place is no 今年全市."""
    found = {(figure.text, figure.period, figure.place) for figure in engine.figures("研发经费投入").figures}
    assert found == {("7", "2021/2025", "桐江市"), ("10", "", "桐江市")}


def test_only_changes_where_they_are_asked_for(engine: Engine) -> None:
    """增速 at the end."""
    figures = engine.figures("粮食产量增速").figures
    assert figures and {figure.kind for figure in figures} == {Kind.CHANGE}


def test_places_and_periods_narrow_it(engine: Engine) -> None:
    """By name without its kind, from one period to another, undated ones left out."""
    assert {f.period for f in engine.figures("地区生产总值", since="2024年").figures} == {"2024", "2030"}
    assert {f.period for f in engine.figures("地区生产总值", until="2022年").figures} == {"2022"}
    here = engine.figures("地区生产总值", places=("桐江",)).figures
    assert here and all("桐江" in figure.place for figure in here)
    assert not engine.figures("地区生产总值", places=("青州",)).figures


@pytest.mark.parametrize("bad", [{"measure": " "}, {"measure": "长" * 61}, {"measure": "产量", "since": "某年"}])
def test_what_is_not_understood_is_said(engine: Engine, bad: dict[str, str]) -> None:
    """Before anything is looked at."""
    with pytest.raises(UsageError):
        engine.figures(**bad)  # type: ignore[arg-type]


def test_a_large_library_is_looked_at_where_its_words_lead(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table says how much was looked at."""
    monkeypatch.setattr(parameters, "MOST_SCANNED", 1)
    monkeypatch.setattr(asking.parameters, "MOST_FILES", 2)
    table = engine.figures("社会消费品零售总额")
    assert table.passages < table.of
    assert {figure.text for figure in table.figures} == {"4200", "21000", "20000"}


def test_a_file_that_changed_gives_no_figure(engine: Engine, place: Settings) -> None:
    """What it no longer holds is counted and left out."""
    (place.sources / "日报.txt").write_text("别的内容。\n", encoding="utf-8")
    table = engine.figures("粮食产量")
    assert table.gone == 1
    assert all(figure.citation.path != "日报.txt" for figure in table.figures)


def test_a_day_is_no_part_of_the_place(tmp_path: Path, encoder: FakeEncoder) -> None:
    """Whatever stands between the two, and whichever word is behind the day."""
    folder = tmp_path / "降雨"
    folder.mkdir()
    text = "2024年7月6日云溪县降雨量为22毫米。7月9日夜白鹭县降雨量为12毫米。7月10日,青禾市降雨量为8毫米。"
    (folder / "通报.txt").write_text(f"降雨通报\n\n{text}\n", "utf-8")
    place = Settings(folder, tmp_path / "索引")
    build(place)
    found = Engine.open(place).figures("降雨量").figures
    assert {(figure.place, figure.text) for figure in found} == {("云溪县", "22"), ("白鹭县", "12"), ("青禾市", "8")}


def test_every_price_of_a_good(tmp_path: Path, encoder: FakeEncoder) -> None:
    """In all tables of the series, with the change and the share of it, period out of the file's name."""
    engine = Engine.open(table_library(tmp_path / "表格", tmp_path / "embeddings"))
    figures = engine.figures(GOODS[3]).figures
    assert sorted(f.text for f in figures if f.kind is Kind.LEVEL) == sorted(price(3, at) for at in range(len(PERIODS)))
    amounts = [f for f in figures if f.kind is Kind.CHANGE and f.unit == "元"]
    assert sorted(f.text for f in amounts) == sorted(change(3, at) for at in range(len(PERIODS)))
    assert {f.against for f in figures if f.kind is Kind.CHANGE} == {Against.PERIOD}
    assert all(GOODS[3] in figure.name for figure in figures)
    series = drawn(engine.figures(GOODS[3]))
    assert series is not None and series.over_time and len(series.values) == len(PERIODS)


@pytest.mark.parametrize(
    ("text", "measure", "found"),
    [
        ("从业人员200人以下或营业收入40000万元以下的为小微型企业。", "营业收入", set()),
        ("营业收入500万元及以上,且从业人员20人以上的为中型企业。", "营业收入", set()),
        ("年产值达到2亿元以上的企业可以申请。", "产值", set()),
        ("2024年全县营业收入3亿元以上,增长5%。", "营业收入", {"3", "5"}),
    ],
)
def test_a_criterion_is_no_figure(
    tmp_path: Path, encoder: FakeEncoder, text: str, measure: str, found: set[str]
) -> None:
    """What counts as something is told by bounds, and nothing was measured; a goal or a result with a bound is one."""
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料" / "通知.txt").write_text(f"关于企业划型的通知\n2024-03-01\n{text}\n", "utf-8")
    place = Settings(tmp_path / "资料", tmp_path / "embeddings")
    build(place)
    assert {figure.text for figure in Engine.open(place).figures(measure).figures} == found


def test_the_name_of_a_table_makes_no_other_measure_of_a_row(tmp_path: Path, encoder: FakeEncoder) -> None:
    """收入 in a table named 收入和支出 is no 支出; a row that says nothing else takes the name."""
    rows = [
        ("2023年居民收入和消费支出情况",),
        ("指标", "绝对量(元)"),
        ("人均可支配收入", "51821"),
        ("人均消费支出", "32994"),
    ]
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料" / "2023年居民收入和消费支出情况.xlsx").write_bytes(as_xlsx({"表": rows}))
    place = Settings(tmp_path / "资料", tmp_path / "embeddings")
    build(place)
    engine = Engine.open(place)
    assert [figure.text for figure in engine.figures("人均消费支出").figures] == ["32994"]
    assert [figure.text for figure in engine.figures("人均可支配收入").figures] == ["51821"]


@pytest.mark.parametrize(
    ("written", "scale", "base"),
    [
        ("亿元", 10**8, "元"),
        ("万亿元", 10**12, "元"),
        ("千瓦时", 1, "千瓦时"),
        ("万千瓦时", 10**4, "千瓦时"),
        ("%", 1, "%"),
        ("", 1, ""),
    ],
)
def test_units_are_taken_apart(written: str, scale: int, base: str) -> None:
    """The scale is not what is counted: 千瓦 is no thousand of 瓦."""
    unit = unit_of(written)
    assert (unit.scale, unit.base) == (scale, base)


def test_a_figure_with_a_mark_of_a_note_is_not_taken_for_another(tmp_path: Path, encoder: FakeEncoder) -> None:
    """Its mark is no digit of it: 3215¹ is not 32151."""
    sources = tmp_path / "资料"
    sources.mkdir()
    text = "白鹭县统计公报\n2023年白鹭县耕地面积为3215¹公顷,比上年增加。\n2022年白鹭县耕地面积为3200公顷,比上年增加。\n"
    (sources / "白鹭县.txt").write_text(text, "utf-8")
    place = Settings(sources, tmp_path / "embeddings")
    build(place)
    assert [figure.text for figure in Engine.open(place).figures("耕地面积").figures] == ["3200"]
