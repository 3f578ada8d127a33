"""An answer without the kind of figure that is asked for is no sure one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

FILES = {
    "处罚.txt": "行政处罚信息公开表(青金罚〔2024〕35号)\n\n"
    "对青禾保险公司罚款58万元。对李明警告并罚款7万元。对王芳警告并罚款1万元。\n",
    "药品.txt": "诊疗方案\n\n1.青禾片。\n用法:每次5毫克,每日1次。\n2.白鹭胶囊。\n用法:每次800毫克,每日两次。\n",
    "园区.txt": "青禾示范园\n\n走进青禾示范园,感受不到劳作的辛苦。2.8万平方米的园区种着五十余种果蔬。\n",
}


@pytest.fixture(scope="module")
def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One library of all the files, with the shipped model."""
    return engine_of(FILES, tmp_path_factory.mktemp("kinds"))


def test_a_day_that_is_asked_for_and_not_told(engine: Engine) -> None:
    """A sum of money is none."""
    answer = engine.ask("青禾保险公司是哪天被处罚的")
    assert answer.strength != "answer"
    assert not answer.best or answer.lacks_kind == "date"


def test_a_figure_of_the_question_leads_to_its_sentence(engine: Engine) -> None:
    """Who asks 谁被罚了7万 knows of that figure."""
    answer = engine.ask("青禾保险公司的处罚里谁被罚了7万元")
    assert "李明" in (answer.text or "")


@pytest.mark.parametrize(
    ("question", "told"), [("青禾示范园占地多大", "2.8万平方米"), ("白鹭胶囊一次吃多少毫克", "800毫克")]
)
def test_a_sentence_with_the_figure_before_one_without(engine: Engine, question: str, told: str) -> None:
    """The number of an item is no figure."""
    answer = engine.ask(question)
    assert not answer.best or told in (answer.text or "")
