"""tjqa.retrieval.question: what a question asks for."""

from __future__ import annotations

import random

import pytest

from tests.support.helpers import PLAIN
from tjqa.retrieval.question import parse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全年新增就业多少人?", "number"),
        ("增长了百分之几", "number"),
        ("新校区什么时候启用?", "when"),
        ("工程是哪一年开工的", "when"),
        ("谁负责这个项目", "who"),
        ("由哪家公司承建?", "who"),
        ("重点任务有哪些?", "list"),
        ("怎么烘干茶叶?", "how"),
        ("湿地修复工程", "what"),
        ("How many people got jobs?", "number"),
        ("When did it open?", "when"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    """The question word decides what kind of thing answers."""
    assert parse(text, PLAIN).answer_type.kind == kind


def test_asking_words_are_not_searched() -> None:
    """Only the subject is searched for, each term once."""
    question = parse("请问全年新增就业一共多少人?", PLAIN)
    assert {"新增", "就业"} <= set(question.terms)
    assert not {"请问", "多少", "一共", "?"} & set(question.terms)
    assert len(set(question.terms)) == len(question.terms)


def test_question_of_asking_words_alone_is_searched_as_it_is() -> None:
    """When nothing else is left, the asking words are better than nothing."""
    assert parse("什么是什么", PLAIN).terms


def test_script() -> None:
    """A question without Chinese is noticed."""
    assert parse("how many people", PLAIN).is_latin
    assert not parse("GDP是多少", PLAIN).is_latin


def test_comparison_is_noticed() -> None:
    """A question about two things at once wants two pieces of evidence."""
    assert parse("生产总值和财政收入分别增长多少?", PLAIN).compares
    assert not parse("生产总值增长多少?", PLAIN).compares


def test_any_string_is_taken() -> None:
    """No string at all makes parsing fail."""
    rng = random.Random(3)
    alphabet = '多少哪年谁和与分别“”"百分之几3.5%年月日\ud800\udcff\x00\u202e 。?是a'
    for _ in range(500):
        text = "".join(rng.choices(alphabet, k=rng.randrange(0, 80)))
        assert parse(text, PLAIN).text == text
