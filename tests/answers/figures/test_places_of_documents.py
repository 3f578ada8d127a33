"""The place that a document is of, and figures of places side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.answers.figures.drawing import drawing_of
from tjqa.answers.figures.layout import sheets_of
from tjqa.answers.figures.places_of_documents import place_of
from tjqa.answers.figures.series import drawn
from tjqa.answers.figures.words import narrowed, remarks
from tjqa.config import Settings
from tjqa.documents import Passage, Span
from tjqa.engine import Engine, build
from tjqa.text.segmenter import Segmenter

DISTRICT = """2019年清河市云溪区政府工作报告
2019-01-09
一、2018年工作回顾
居民人均存款39540元,增长6.5%,各项指标在合理区间内运行。
"""
NOBODY = """2023年居民收支情况
2024-01-17
2023年居民人均存款51821元。
"""
OTHER = """2021年白鹭县统计公报
2021-03-17
2020年居民人均存款41000元。2019年居民人均存款40000元。
"""


@pytest.mark.parametrize(
    ("title", "kind", "place"),
    [
        ("2019年天津市西青区政府工作报告", "", "西青区"),
        ("2019年天津市西青区政府工作报告", "市", "天津市"),
        ("天津市西青区人民政府工作报告", "区", "西青区"),
        ("(天津市)天津市人民政府工作报告", "", "天津市"),
        ("河北省唐山市丰润区2020年统计公报", "", "丰润区"),
        ("苏州市昆山市2023年统计公报", "", "昆山市"),
        ("石桥市白鹭县青山镇政府工作报告", "", "青山镇"),
        ("新疆维吾尔自治区喀什地区莎车县统计公报", "", "莎车县"),
        ("河北省与唐山市2023年", "", ""),
        ("西青区河东区2023年", "", ""),
        ("北京天津2023年", "", ""),
        ("2023年居民收支情况", "", ""),
    ],
)
def test_a_document_is_of_the_innermost_place(title: str, kind: str, place: str) -> None:
    """甲市乙区 is 乙区, unless 全市 is said; of two places beside each other it is not sure."""
    passage = Passage(path="甲.txt", sha256="0" * 64, span=Span(0, 1), text="字", role="body", title=title)
    assert place_of(passage, kind, Segmenter()) == place


@pytest.fixture
def engine(tmp_path: Path, encoder: FakeEncoder) -> Engine:
    """A district's figure, one of nobody knows where, and a county's of two years."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for name, text in {"区.txt": DISTRICT, "别处.txt": NOBODY, "县.txt": OTHER}.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(folder, tmp_path / "embeddings")
    build(settings)
    return Engine.open(settings)


def test_a_figure_without_a_place_is_that_of_its_document(engine: Engine) -> None:
    """Also where the place is asked for with the one that it is within."""
    for place in ("云溪区", "云溪", "清河市云溪区"):
        found = engine.figures("居民人均存款", places=(place,)).figures
        assert {(figure.place, figure.text) for figure in found} == {("云溪区", "39540"), ("云溪区", "6.5")}


def test_a_series_is_of_one_place(engine: Engine) -> None:
    """A figure of an unknown place is in no series with others, and is marked in the list."""
    table = engine.figures("居民人均存款")
    series = drawn(table)
    assert series is not None and {figure.place for figure, _ in series.values} == {"白鹭县"}
    assert "51,821" not in "".join(drawing_of(table, 80))
    (sheet,) = sheets_of(table)
    places = {row[-1].text.split("]")[1].split()[0]: row[0].text for row in sheet.rows}
    assert places == {
        "2023年居民收支情况": "—",
        "2019年清河市云溪区政府工作报告": "云溪区",
        "2021年白鹭县统计公报": "白鹭县",
    }


def test_what_was_asked_for_is_said_where_nothing_is_found(engine: Engine) -> None:
    """The places and the times."""
    table = engine.figures("居民人均存款", places=("青州",), since="2019年", until="2020年")
    assert narrowed(table) == "地区：青州 自：2019年 至：2020年"
    (said, *_) = remarks(table)
    assert "地区：青州" in said.text() and "去掉筛选" in said.text()
    assert "筛选" not in remarks(engine.figures("鲸鱼数量"))[0].text()
