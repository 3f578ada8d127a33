"""Sample questions come from the documents and are answered by them."""

from __future__ import annotations

from tjqa.answers.sample_questions import sample_questions
from tjqa.documents import Passage, Span


def passage(path: str, text: str) -> Passage:
    """A body passage that starts its file."""
    return Passage(path, "0" * 64, Span(0, len(text)), text, "body", "标题")


def test_a_figure_is_taken_out_and_asked_for() -> None:
    """The clause becomes the question; its figure does not stand in it."""
    made = list(sample_questions([passage("a.txt", "全年形势很好,城镇居民人均可支配收入39540元,增长6.5%。")], 3))
    assert [text for text, _ in made] == ["城镇居民人均可支配收入是多少?"]


def test_files_take_turns() -> None:
    """One question a file first, so that the samples show the whole library."""
    texts = [passage(f"{n}.txt", "新增城镇就业人数达到120万人。") for n in (1, 1, 2)]
    assert [source.path for _, source in sample_questions(texts, 2)] == ["1.txt", "2.txt"]
    assert len(list(sample_questions(texts, 3))) == 3


def test_no_clause_no_question() -> None:
    """Text without a counted thing, or with digits in the thing's name, gives none."""
    assert list(sample_questions([passage("a.txt", "天气晴朗。"), passage("b.txt", "第3号线2公里。")], 3)) == []
