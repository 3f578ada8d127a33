"""tjqa.retrieval.spelling: slips of the input method put right, good questions left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.support.helpers import DOCUMENTS, PLAIN, REPORT, TEA, WATER
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.retrieval.spelling import corrected
from tjqa.text.terms import terms

HELD = {term for text in (REPORT, WATER, TEA, "长时观察") for term in terms(text, PLAIN)}


def fixed(question: str) -> str:
    """A question as put right against the words of the sample documents."""

    def known(asked: Sequence[str]) -> list[bool]:
        return [term in HELD for term in asked]

    return corrected(question, known, PLAIN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("石桥水裤的总库容", "石桥水库的总库容"),  # the same sound
        ("农村公鹭建了多长", "农村公路建了多长"),
        ("验收竣弓", "验收竣工"),
        ("竣工艳收时间", "竣工验收时间"),
        ("申头灌溉农田", "申头灌溉农田"),  # no word of the library sounds so
    ],
)
def test_homophones(typed: str, meant: str) -> None:
    """A wrong character of the same sound is replaced when that makes a word of the library."""
    assert fixed(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "石桥水库的总库容", "想在白鹭县注册一家公司", "北京的常住人口", "他们一起干了什么", "公共卫生间修了几座",
        "石乔区的书记", "益阳市长是",
        "GDP增速", "", "2021年", "|||", "的了是在", "𠀀㐀龘靐",
    ],
)  # fmt: skip
def test_good_questions_are_left_alone(question: str) -> None:
    """What is written well stays as it is, whether the library knows it or not."""
    assert fixed(question) == question


def test_the_answer_says_what_was_looked_for(library: Settings) -> None:
    """A question put right finds its passage, and the reader is told."""
    engine = Engine.open(library)
    answer = engine.ask("石桥水裤的总酷容是多少?")
    assert answer.corrected == "石桥水库的总库容是多少?"
    assert "4200万立方米" in answer.citations[0].quote
    assert engine.ask("石桥水库的总库容是多少?").corrected == ""
    assert engine.ask('"石桥水裤"').corrected == ""  # meant as written
    assert len(DOCUMENTS) == engine.status().documents
