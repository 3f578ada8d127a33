"""tjqa.answers.sentence_selection: the sentence that answers, and the answer span inside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.hits import hit_of, matcher_of
from tjqa.answers.parameters import MAX_ANSWER
from tjqa.answers.sentence_selection import Sentence, answer_sentences, shorten, weigh
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


RUN_IN = (
    "2.春茶。用于加工绿茶。鲜叶采摘:每天采摘一次,须在上午采摘完毕。孕妇不宜多饮。\n"
    "3.秋茶。用于加工红茶。鲜叶采摘:每三天采摘一次。不宜在雨天采摘。\n"
)


def test_a_run_in_heading_is_no_answer() -> None:
    """3.秋茶。 before its text names what is asked about; what answers stands behind it, and before the next one."""
    told = answer("春茶鲜叶几天采摘一次?", RUN_IN)
    assert [one.span.of(RUN_IN) for one in told] == ["鲜叶采摘:每天采摘一次,须在上午采摘完毕。"]
    told = answer("秋茶鲜叶几天采摘一次?", RUN_IN)
    assert [one.span.of(RUN_IN) for one in told] == ["鲜叶采摘:每三天采摘一次。"]


def test_a_number_of_an_article_is_no_answer() -> None:
    """【16】, 第十七条 on a line of its own say nothing."""
    text = "【16】\n茶农应当登记。\n第十七条\n茶农可以申请补贴。\n"
    told = [one.span.of(text) for one in answer("第十七条茶农【16】", text)]
    assert told and not {"【16】", "第十七条"} & set(told)


def test_asked_for_a_day_the_sentence_with_one_answers() -> None:
    """Of a passage whose other sentence holds more of the question's words; 什么时候 may be answered by an event."""
    text = "获取时间:2026年11月12日至11月19日。招标文件在茶叶交易网下载,未按要求下载招标文件的视为未报名。\n"
    assert [one.span.of(text) for one in answer("招标文件最晚哪天下载?", text)] == [
        "获取时间:2026年11月12日至11月19日。"
    ]


def test_asked_what_a_term_means_its_definition_answers() -> None:
    """Not what goes on to list what falls under it."""
    text = "本制度所指固定资产是指单件价值在500元以上的资产。固定资产包括电脑、打印机、照相机等资产。\n"
    told = answer("什么样的资产算固定资产?", text)
    assert [one.span.of(text) for one in told] == ["本制度所指固定资产是指单件价值在500元以上的资产。"]


def test_a_cover_tells_its_day() -> None:
    """A heading that holds the day that is asked for, where the reader sees it, is no mere heading."""
    matcher = matcher_of("标准从哪天开始实施?")
    cover = replace(hit_of(matcher, "2016-12-30发布 2017-11-01实施"), score=0.9)
    cover = replace(cover, passage=replace(cover.passage, role="heading"))
    said = hit_of(matcher, "本标准代替旧标准。", 1)
    seen = [replace(one, inside=1.0) for one in weigh(matcher, [cover, said]) if not one.hit]
    (best,) = answer_sentences(matcher, [cover, said], lambda given: [*seen, *(one for one in given if one.hit)])
    assert best.hit == 0
    assert answer_sentences(matcher, [cover, said])[0].hit == 1


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (  # all on one line
            "补贴包括下列项目:(一)租房补贴;(二)生活补贴;(三)培训补贴。\n",
            ["补贴包括下列项目:", "(一)租房补贴;", "(二)生活补贴;", "(三)培训补贴。"],
        ),
        (  # what announces them is numbered itself, as is what follows
            "5.补贴每年发放一次。\n6.以下项目属于补贴:\n（1）租房。\n（2）生活补贴每月一次。\n7.补贴不重复。\n",
            ["6.以下项目属于补贴:", "（1）租房。", "（2）生活补贴每月一次。"],
        ),
        (  # and so are the sections
            "下列项目属于补贴:\n①租房补贴\n②生活补贴\n4.2.6 补贴的发放\n补贴每月发放一次。\n",
            ["下列项目属于补贴:", "①租房补贴", "②生活补贴"],
        ),
        (  # a list inside a list
            "1.补贴包括的项目如下:\n（1）生活补贴,分为:\n①租房\n②伙食\n（2）培训补贴。\n2.补贴不重复。\n",
            ["1.补贴包括的项目如下:", "（1）生活补贴,分为:", "①租房", "②伙食", "（2）培训补贴。"],
        ),
    ],
)
def test_lists_of_any_shape(text: str, told: list[str]) -> None:
    """However they are numbered and set, all of the items are told and nothing else."""
    assert [one.span.of(text) for one in answer("补贴包括哪些项目?", text)] == told


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


PROVISION = "第三章 补贴\n第十四条 经营满一年的,给予补贴2000元。但受过行政处罚的除外。\n补贴按月发放。"


def test_a_provision_is_quoted_whole() -> None:
    """What one sentence of an article grants the next takes back; the chapter's heading is no part of it."""
    matcher = matcher_of("经营满一年给多少补贴?")
    (best,) = answer_sentences(matcher, [hit_of(matcher, PROVISION, section="第三章 补贴 / 第十四条")])
    assert best.span.of(PROVISION) == "第十四条 经营满一年的,给予补贴2000元。"
    assert best.quoted.of(PROVISION) == PROVISION[PROVISION.index("第十四条") :]
    (alone,) = answer_sentences(matcher, [hit_of(matcher, PROVISION)])
    assert alone.within is None and alone.quoted == alone.span


def test_of_a_long_provision_its_paragraph_is_quoted() -> None:
    """And of a paragraph that is too long, too, the sentence alone."""
    matcher = matcher_of("经营满一年给多少补贴?")
    more = "其他事项由县人民政府另行规定。" * 25
    paragraphs = f"第十四条 经营满一年的,给予补贴2000元。但受过行政处罚的除外。\n{more}"
    (best,) = answer_sentences(matcher, [hit_of(matcher, paragraphs, title="某办法 第十四条")])
    assert best.quoted.of(paragraphs) == paragraphs.split("\n")[0]
    one = paragraphs.replace("\n", "")
    (best,) = answer_sentences(matcher, [hit_of(matcher, one, title="某办法 第十四条")])
    assert best.within is None and best.span.of(one) == "第十四条 经营满一年的,给予补贴2000元。"


@pytest.mark.parametrize("boxes", ["□是 √否", "□适用 ☑不适用", "☑ 是  □ 否  □ 其他"])
def test_a_form_is_answered_by_its_ticked_boxes(boxes: str) -> None:
    """The line that asks and the boxes below it; boxes that nobody ticked answer nothing."""
    text = f"公司负责人保证内容真实。\n季度报告是否经过审计\n{boxes}\n单位:元"
    (best,) = answer("季度报告是否经过审计", text)
    assert best.quoted.of(text) == f"季度报告是否经过审计\n{boxes}"
    assert best.span.of(text) in ("√否", "☑不适用", "☑ 是")  # what is told as the answer
    empty = text.replace(boxes, "□是 □否")
    assert all(one.within is None for one in answer("季度报告是否经过审计", empty))


def test_items_under_signs_are_items() -> None:
    """Markdown puts a sign before what is numbered already."""
    text = "有下列情况的,可以代扣工资:\n- (一)个人所得税;\n- (二)社会保险费;\n\n另起一段。"
    told = [sentence.span.of(text) for sentence in answer("可以代扣哪些钱?", text)]
    assert told == ["有下列情况的,可以代扣工资:", "- (一)个人所得税;", "- (二)社会保险费;"]


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
