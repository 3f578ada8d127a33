"""tjqa.answers.sentence_selection: the sentence that answers, and the answer span inside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.hits import hit_of, matcher_of
from tjqa.answers.parameters import MAX_ANSWER
from tjqa.answers.sentence_selection import Sentence, answer_sentences, shorten
from tjqa.documents import Span


def answer(question: str, *texts: str) -> list[Sentence]:
    """The answering sentences of a question, by words alone."""
    matcher = matcher_of(question)
    return answer_sentences(matcher, [hit_of(matcher, text, row, start=1000) for row, text in enumerate(texts)])


def test_best_sentence_answers() -> None:
    """The sentence that holds the question's words and a figure comes first, as a span of its passage."""
    found = answer("新增就业多少人?", "新建公路64公里。 新增就业3215人。其他工作有序推进。", "茶园面积扩大。")
    assert [(s.hit, s.span) for s in found] == [(0, Span(10, 20))]


def test_comparison_takes_two_sentences() -> None:
    """A question about two things is answered from both places, and one about one thing from one."""
    texts = ("地区生产总值增长7.2%。", "财政收入增长5.1%。", "茶园面积扩大。")
    assert {s.hit for s in answer("地区生产总值和财政收入分别增长多少?", *texts)} == {0, 1}
    assert len(answer("地区生产总值增长多少?", *texts)) == 1


def test_two_years_of_one_report() -> None:
    """What says the same in the same words of the other year is the second half of a comparison of years."""
    texts = ("去年改造农村厕所186座,群众满意。", "茶园面积扩大5%。", "今年改造农村厕所166座。")
    assert {s.hit for s in answer("去年和今年分别改造多少座农村厕所?", *texts)} == {0, 2}


@pytest.mark.parametrize(
    ("text", "section", "told"),
    [
        ("第四章 助餐网点布局\n三年内布设食堂340处。", "第四章 助餐网点布局", "三年内布设食堂340处。"),
        (
            "3、助餐网点布局\n(一)概况\n三年内布设食堂340处。",
            "第一章 / 3、助餐网点布局 / (一)概况",
            "三年内布设食堂340处。",
        ),
        ("三年内布设食堂340处。\n助餐网点布局合理", "助餐网点布局", "助餐网点布局合理"),
    ],
)
def test_a_heading_is_no_answer(text: str, section: str, told: str) -> None:
    """What stands below it is; a line that is none of the headings above the passage may be one."""
    matcher = matcher_of("助餐网点布局")
    (best, *_) = answer_sentences(matcher, [hit_of(matcher, text, section=section)])
    assert best.span.of(text).strip() == told


def test_a_passage_of_headings_leaves_the_answer_to_others() -> None:
    """A heading at the end of a page has no text beside it."""
    matcher = matcher_of("助餐网点如何布局?")
    bare = replace(hit_of(matcher, "第四章 助餐网点布局"), score=0.9)
    bare = replace(bare, passage=replace(bare.passage, role="heading"))
    said = hit_of(matcher, "三年内在助餐网点布设食堂340处。", 1)
    assert [sentence.hit for sentence in answer_sentences(matcher, [bare, said])] == [1]


LISTED = (
    "申请补贴应当同时具备下列条件:\n(一)在本县登记;\n(二)带动就业三人以上;\n(三)经营满一年。当年有效。\n补贴按月发放。"
)


def test_a_list_is_answered_with_its_items() -> None:
    """The sentence that announces them says nothing alone; what follows the list does not belong to it."""
    found = answer("申请补贴应当同时具备下列哪些条件?", LISTED, "茶园面积扩大。")
    told = [sentence.span.of(LISTED) for sentence in found]
    assert told == ["申请补贴应当同时具备下列条件:", "(一)在本县登记;", "(二)带动就业三人以上;", "(三)经营满一年。"]
    assert {sentence.hit for sentence in found} == {0}


def test_an_item_that_answers_stays_alone() -> None:
    """A question that one item answers gets that item."""
    found = answer("要带动就业几人以上?", LISTED)
    assert [sentence.span.of(LISTED) for sentence in found] == ["(二)带动就业三人以上;"]


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (
            "哪些小区通过了验收",
            "枫林苑、锦水湾两个小区未通过验收;其余15个小区全部通过验收。",
            "其余15个小区全部通过验收。",
        ),
        (
            "哪些小区没有通过验收",
            "枫林苑、锦水湾两个小区未通过验收;其余15个小区全部通过验收。",
            "枫林苑、锦水湾两个小区未通过验收;",
        ),
        ("白鹭河全长多少公里", "白鹭河全长八十二公里;沿岸有县城。", "白鹭河全长八十二公里;沿岸有县城。"),
    ],
)
def test_the_opposite_beyond_a_semicolon_is_left_out(question: str, text: str, told: str) -> None:
    """An answer goes on to its full stop, but not over what denies it."""
    assert [text[s.span.start : s.span.end] for s in answer(question, text)] == [told]


def test_nothing_to_answer_from() -> None:
    """Without hits there is no answer."""
    assert answer("新增就业多少人?") == []


LONG = (
    "各镇各部门认真落实年初部署," * 9 + "全年新增就业3215人,完成计划的107%," + "群众满意度继续提高," * 12 + "成效明显。"
)


def test_long_sentence_is_cut_to_the_clauses_that_match() -> None:
    """A sentence too long to read at a glance is cut at commas, round what was asked for."""
    piece = shorten(matcher_of("新增就业多少人?"), LONG, MAX_ANSWER)
    assert "新增就业3215人" in piece.of(LONG)
    assert len(piece) <= MAX_ANSWER
    assert piece.start == 0 or LONG[piece.start - 1] in ",。"
    assert LONG[piece.end - 1] in ",。"


@pytest.mark.parametrize("text", ["短句。", "无标点" * 200, "," * 400, LONG * 3])
@pytest.mark.parametrize("question", ["新增就业多少人?", "。"])
def test_shortening_any_text_stays_inside_it(text: str, question: str) -> None:
    """Whatever the text, the stretch lies inside it, is not empty and not too long."""
    piece = shorten(matcher_of(question), text, MAX_ANSWER)
    assert 0 < len(piece) <= min(MAX_ANSWER, len(text))
    assert piece.end <= len(text)
