"""The questions written by hand: each answer lies in the passage it was written on."""

from __future__ import annotations

from collections import Counter

import pytest

from embeddings.training.questions.rules.passages import LEAST, MOST, lines_of, passages_of
from embeddings.training.questions.rules.rebuild import HERE, passages, read_rows, rebuild, training_row

_ROWS, _MISSING = rebuild(None)


def test_every_question_with_its_passage_is_rebuilt() -> None:
    """Official passages lie beside the questions; the others need their source."""
    official = {row["doc"] for row in read_rows(HERE / "documents.jsonl") if row["official"]}
    questions = read_rows(HERE / "questions.jsonl")
    assert len(_ROWS) == sum(question["doc"] in official for question in questions)
    assert len(_ROWS) + _MISSING == len(questions)


def test_answers_are_slices_of_their_passages() -> None:
    """The offsets lead to a text that is there."""
    for row in _ROWS:
        if row["answerable"]:
            start = row["answer_start"]
            assert row["answer"]
            assert row["passage"][start : start + len(row["answer"])] == row["answer"]
        else:
            assert row["answer"] is None
            assert row["why"]


def test_no_question_stands_twice() -> None:
    """Neither ids nor questions repeat."""
    questions = read_rows(HERE / "questions.jsonl")
    assert max(Counter(question["id"] for question in questions).values()) == 1
    asked = Counter((*question.get("before", ()), question["question"]) for question in questions)
    assert max(asked.values()) == 1


def test_a_changed_passage_is_refused() -> None:
    """Offsets into another text would be lies."""
    question = read_rows(HERE / "questions.jsonl")[0]
    document = next(row for row in read_rows(HERE / "documents.jsonl") if row["doc"] == question["doc"])
    passage = next(iter(passages(None).values()))
    with pytest.raises(ValueError, match=question["id"]):
        training_row({**question, "sha256": "0"}, document, passage)


def test_passages_begin_with_articles_and_keep_their_headings() -> None:
    """An article is not torn, its chapter is known."""
    article = "第一条 " + "为了加强管理制定本条例。" * 12
    second = article.replace("第一条", "第二条")
    text = f"# 某市条例\n## 第一章 总则\n{article}\n{second}\n## 第二章 附则\n第三条 自公布之日起施行。"
    found = passages_of(lines_of(text.encode(), "a.md"))
    assert [passage.text[:3] for passage in found] == ["第一条", "第二条", "第三条"]
    assert found[0].path == "某市条例 > 第一章 总则"
    assert found[2].path == "某市条例 > 第二章 附则"


def test_long_lines_are_cut_behind_sentences() -> None:
    """A line without breaks is cut, and never inside a sentence."""
    found = passages_of(["各部门应当按照职责分工做好有关工作。" * 100])
    assert all(LEAST <= len(passage.text) <= MOST and passage.text.endswith("。") for passage in found)


def test_pages_give_their_text_alone() -> None:
    """Scripts and titles are no text; cells stay apart."""
    table = "<table><tr><td>丙</td><td>丁</td></tr></table>"
    page = f"<html><head><title>x</title></head><body><p>甲<b>乙</b></p><script>s()</script>{table}</body></html>"
    assert lines_of(page.encode(), "a.html") == ["甲乙", "丙 | 丁"]
