"""An answer that its own library disputes looks doubtful, and one that cannot be read again is no answer: both are said
before anything else, by every front end."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.answers.wording import headline
from tjqa.cli.main import main
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.retrieval.near_duplicates import says_otherwise
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.card_text import CardView, answer_rows

NOTICE = """石桥水库建设情况通报
2023-05-06 来源:石桥日报
石桥水库位于青山县北部,2021年3月开工建设,2023年4月下闸蓄水。石桥水库总库容4200万立方米,年供水量比原来增长三成。水库建成后,青山县的防洪标准由二十年一遇提高到五十年一遇。
工程总投资9.6亿元,其中中央资金5.2亿元,省级资金2.4亿元,其余由县里自筹。移民安置工作已经完成,共安置移民1260户4518人。
"""
ASKED = "石桥水库的总库容是多少"


@pytest.fixture
def two(tmp_path: Path, encoder: FakeEncoder) -> Settings:
    """A library of one notice; the tests put another beside it."""
    place = Settings(tmp_path / "通报", tmp_path / "embeddings")
    place.sources.mkdir()
    (place.sources / "通报.txt").write_text(NOTICE, "utf-8")
    return place


def opened(place: Settings, copy: str) -> Engine:
    """The library with a second document in it."""
    (place.sources / "副本.txt").write_text(copy, "utf-8")
    build(place)
    return Engine.open(place)


@pytest.mark.parametrize(
    ("was", "now"), [("4200万", "4700万"), ("4200万", "420万"), ("总库容4200万", "总库容不到4200万"), ("增长", "下降")]
)
@pytest.mark.parametrize("apart", [False, True])
def test_a_copy_that_says_otherwise_makes_the_answer_doubtful(two: Settings, was: str, now: str, apart: bool) -> None:
    """Whichever of the two leads, and also where copies are listed by themselves; with its name."""
    answer = opened(two, NOTICE.replace(was, now)).ask(ASKED, keep_copies=apart)
    assert answer.best and set(answer.disputed_by) == {"通报.txt", "副本.txt"} - {answer.best[0].path}
    first = headline(answer)
    assert first is not None and first.text().startswith("存疑：") and answer.disputed_by[0] in first.text()
    rows = answer_rows(answer, CardView(76, False, Texts(), date(2026, 1, 1)))
    assert rows[0].content.plain.strip().startswith("存疑：")


@pytest.mark.parametrize(
    ("was", "now"), [("9.6亿", "9.8亿"), ("石桥日报", "青山日报"), ("4200万", "4,200万"), ("。石桥", "。\n石桥")]
)
def test_a_copy_that_differs_elsewhere_does_not(two: Settings, was: str, now: str) -> None:
    """Nor does another way to write the same figure."""
    answer = opened(two, NOTICE.replace(was, now)).ask(ASKED)
    assert answer.best and answer.disputed_by == () and headline(answer) is None


@pytest.mark.parametrize(
    ("piece", "copy", "otherwise"),
    [
        ("投资3.5亿元。", "去年全县投资35亿元。", True),
        ("气温为-3度。", "当天气温为3度。", True),
        ("甲县3人,乙县5人。", "甲县5人,乙县3人。", True),
        ("全县完成投资3.5亿元。", "全县 完成投资３.５亿元，其中", False),
        ("全县完成投资3.5亿元。", "这里说的是另一件事情。", False),
        ("", "什么都有", False),
        ("。", "什么都有", False),
    ],
)
def test_what_says_otherwise(piece: str, copy: str, otherwise: bool) -> None:
    """Figures with their points, signs and places; not marks, widths, blanks."""
    assert says_otherwise(piece, copy) is otherwise


def test_the_command_says_it_first(two: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the answer, and in JSON beside it."""
    opened(two, NOTICE.replace("4200万", "4700万"))
    places = [f"--sources={two.sources}", f"--embeddings={two.embeddings}"]
    capsys.readouterr()
    main(["ask", ASKED, *places])
    assert capsys.readouterr().out.startswith("存疑：")
    main(["ask", ASKED, "--json", *places])
    told = json.loads(capsys.readouterr().out)
    assert told["answer"] and len(told["disputed_by"]) == 1


@pytest.mark.parametrize("fate", ["gone", "changed", "a pipe of nothing"])
@pytest.mark.parametrize("asked", [ASKED, "白水县的人口是多少"])
def test_what_cannot_be_read_again_is_told_first(
    two: Settings, capsys: pytest.CaptureFixture[str], fate: str, asked: str
) -> None:
    """A sentence or a cell: it is no answer, and that there is none is not all that is said."""
    (two.sources / "表.csv").write_text("地区,人口(万人)\n青山县,42.5\n白水县,31.2\n黑石县,28.9\n", "utf-8")
    build(two)
    assert Engine.open(two).ask(asked).best
    held = two.sources / ("通报.txt" if asked == ASKED else "表.csv")
    held.unlink()
    if fate == "changed":
        held.write_text("另外的话,与原来的无关。\n", "utf-8")
    elif fate != "gone":
        held.mkdir()
    answer = Engine.open(two).ask(asked)
    assert answer.best == () and answer.withheld_files == (held.name,)
    rows = answer_rows(answer, CardView(76, False, Texts(), date(2026, 1, 1)))
    assert "没有能核对的答案" in rows[0].content.plain
    assert all("没有找到可靠的答案" not in row.content.plain for row in rows)
    capsys.readouterr()
    places = [f"--sources={two.sources}", f"--embeddings={two.embeddings}"]
    main(["ask", asked, *places])
    said = capsys.readouterr().out
    assert said.startswith("没有能核对的答案") and held.name in said.split("\n")[0]
    main(["ask", asked, "--json", *places])
    told = json.loads(capsys.readouterr().out)
    assert told["abstained"] and told["withheld_files"] == [held.name]
    assert all(hit["file"] != held.name for hit in told["hits"])
