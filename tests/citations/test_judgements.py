"""tjqa.citations.judgements: marks survive, replace each other, and count in `tjqa eval`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.helpers import Finished
from tjqa.citations.judgements import FILE_NAME, Judgements
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.results import Citation

Run = Callable[..., Finished]
PLACE = Citation(1, "报告.txt", "0" * 64, Span(3, 9), 1, 4, "引文\n一句", "题", None, 0.5)


def test_marks_survive_and_replace_each_other(tmp_path: Path) -> None:
    """The last mark of a passage for a question counts; None takes it back; other passages keep theirs."""
    path = tmp_path / "deep" / FILE_NAME
    other = replace(PLACE, span=Span(20, 25))
    marks = Judgements(path)
    marks.judge(" 多少人? ", PLACE, True)
    marks.judge("多少人?", other, False)
    marks.judge("多少人?", PLACE, False)
    again = Judgements(path)
    assert [again.verdict("多少人?", c) for c in (PLACE, other)] == [False, False]
    assert again.verdict("别的问题", PLACE) is None
    again.judge("多少人?", PLACE, None)
    assert [Judgements(path).verdict("多少人?", c) for c in (PLACE, other)] == [None, False]
    assert [p.name for p in path.parent.iterdir()] == [FILE_NAME]


def test_two_windows_do_not_lose_each_others_marks(tmp_path: Path) -> None:
    """Each writes what the other has written meanwhile."""
    path = tmp_path / FILE_NAME
    first, second = Judgements(path), Judgements(path)
    first.judge("甲", PLACE, True)
    second.judge("乙", PLACE, False)
    assert {mark.question for mark in Judgements(path)} == {"甲", "乙"}


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    """Cut short, of another kind, with a span that is none, not UTF-8."""
    path = tmp_path / FILE_NAME
    Judgements(path).judge("甲", PLACE, True)
    good = path.read_bytes()
    bad = [b'{"question": "', b"[]", b"7", good.strip().replace(b'"start": 3', b'"start": 99'), b"\xff\xfe"]
    path.write_bytes(b"\n".join([*bad, good]))
    assert [mark.question for mark in Judgements(path)] == ["甲"]


def test_a_mark_that_cannot_be_written_is_told_and_not_shown(tmp_path: Path) -> None:
    """The file stands where a folder should be."""
    (tmp_path / "file").write_text("", "utf-8")
    marks = Judgements(tmp_path / "file" / FILE_NAME)
    with pytest.raises(TjqaError, match="标记没有记下"):
        marks.judge("甲", PLACE, True)
    assert marks.verdict("甲", PLACE) is None


def marked(embeddings: Path, hit: dict[str, object], question: str, answers: bool, sha256: str) -> None:
    """Mark a hit of the command line."""
    span = Span(int(str(hit["start"])), int(str(hit["end"])))
    citation = replace(PLACE, path=str(hit["file"]), span=span, quote=str(hit["text"]), sha256=sha256)
    Judgements(embeddings / FILE_NAME).judge(question, citation, answers)


@pytest.mark.slow
def test_eval_asks_the_marked_questions_again(tjqa: Run, tmp_path: Path) -> None:
    """A good mark is evidence, a bad one must not come first, one on a changed file does not count."""
    assert tjqa("index").code == 0
    none = tjqa("eval")
    assert none.code == 2 and "还没有标记" in none.err
    hashes = {row["file"]: row["sha256"] for row in map(json.loads, tjqa("sources", "--json").out.splitlines())}
    for question, answers in (("文件:水库 石桥水库的总库容是多少", True), ("杀青锅温多少度", False)):
        hit = json.loads(tjqa("ask", "--json", question).out)["hits"][0]
        marked(tmp_path / "embeddings", hit, question, answers, hashes[hit["file"]])
    marked(tmp_path / "embeddings", hit, "早先的问题", True, "f" * 64)
    shown = tjqa("eval", "--json")
    figures = json.loads(shown.out)["summary"]
    assert "1 个标记的原文已改动" in shown.err
    assert figures["questions"] == 2 and figures["recall@1"] == 1 and figures["rejected@1"] == 1
    assert figures["answer_accuracy"] == 1
    assert "杀青锅温多少度" in tjqa("eval").out and "石桥水库" not in tjqa("eval").out
