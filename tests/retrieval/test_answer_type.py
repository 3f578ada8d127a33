"""tjqa.retrieval.answer_type: what a question asks for, and what answers it."""

from __future__ import annotations

import pytest

from tjqa.documents import Span
from tjqa.retrieval.answer_type import AnswerType
from tjqa.text.analyzed import analyze


@pytest.mark.parametrize(
    ("question", "unit", "named", "character"),
    [
        ("新增就业多少人", "people", "多少人", "人"),
        ("总共投了多少亿", "large", None, "亿"),
        ("公路有多长", "length", None, ""),
        ("增速是多少", "percent", None, ""),
        ("水库几座", "count", "几座", "座"),
        ("水库", "", None, ""),
    ],
)
def test_the_unit_asked_for(question: str, unit: str, named: str | None, character: str) -> None:
    """The kind of thing to be measured, where it is named, and by which character."""
    asked = AnswerType.of(question)
    assert (asked.unit, asked.unit_character) == (unit, character)
    assert (asked.unit_at.of(question) if asked.unit_at else None) == named


def test_where_the_question_word_stands() -> None:
    """The question word is found; mere keywords have none."""
    asked = AnswerType.of("水库建于哪一年")
    assert asked.asked_at == Span(4, 7) and asked.kind == "when" and asked.is_figure
    assert AnswerType.of("水库").asked_at is None


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("新增就业多少人", "新增就业3215人", True),
        ("新增就业多少人", "新增就业任务完成", False),
        ("2021年新增就业多少人", "2021年新增就业", False),  # its only figure is the question's own
        ("水库哪一年建成", "始建于1958年", True),
        ("水库哪一年建成", "库容4200万立方米", False),
        ("重点产业有哪些", "茶叶、水产、旅游", True),
    ],
)
def test_answers_kind(question: str, text: str, answers: bool) -> None:
    """A text answers a question of a kind when it holds a new thing of that kind."""
    analyzed = analyze(text)
    found = tuple(figure for group in analyzed.figures for figure in group)
    assert AnswerType.of(question).is_met(analyzed, Span(0, len(text)), found) is answers


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("形成了几个集群?", "形成三个集群", True),
        ("形成了几个集群?", "落实四个要求", False),
        ("形成了几个集群?", "形成三个百亿级产业集群", True),
        ("示范区有几个?", "全市唯一的示范区", True),
        ("要多久?", "工期十年", True),
        ("年产多少辆自行车?", "基地等15个项目", False),
        ("年产多少辆自行车?", "年产自行车30万台", True),
        ("有几家企业?", "4个企业落户", True),
        ("排名第几?", "排名第四", True),
        ("排名第几?", "共4家企业", False),
        ("第几轮?多少人参加?", "第2轮活动", False),
        ("建于哪一年?", "始建于1773 年", True),
        ("建于哪一年?", "建于12世纪", True),
        ("建于哪一年?", "有1200年历史", False),
        ("获得某大学的什么学位?", "共30人", False),  # 多大 stands in 某大
        ("谁提出的?", "艾萨克·牛顿提出", True),
    ],
)
def test_what_kind_of_thing_answers(question: str, text: str, answers: bool) -> None:
    """Numerals of one character, ranks, years long past, centuries and foreign names are seen as what they are."""
    analyzed = analyze(text)
    assert AnswerType.of(question).is_met(analyzed, analyzed.spans[0], analyzed.figures[0]) is answers


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("云政发〔2020〕3号", True),
        ("云川县人民政府办公室 云政办发[2021] 第12号", True),
        ("自2020年3月1日起施行。", False),
        ("12号楼", False),
    ],
)
def test_the_number_of_a_paper(text: str, answers: bool) -> None:
    """Who asks for it is answered by one, not by any other number."""
    asked, analyzed = AnswerType.of("低保标准通知的文号"), analyze(text)
    assert asked.asks_code and asked.is_met(analyzed, Span(0, len(text)), ()) is answers


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("什么样的东西算固定资产?", "固定资产"),
        ("什么情况属于旷工", "旷工"),
        ("怎样才算工伤?", "工伤"),
        ("加班费怎么算", ""),
        ("哪些情况不算加班", ""),
        ("什么是长者饭堂", "长者饭堂"),
        ("长者饭堂是什么", "长者饭堂"),
        ("什么叫一网通办?", "一网通办"),
        ("两票制指的是什么", "两票制"),
        ("今年的目标是什么", ""),
        ("长者饭堂有多少家", ""),
        ("什么时候施行", ""),
    ],
)
def test_what_is_to_be_defined(question: str, term: str) -> None:
    """A term, not a part of something (某事的目标)."""
    assert AnswerType.of(question).term == term


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("本办法所称长者饭堂,是指为老年人供餐的场所。", True),
        ("长者饭堂(以下简称饭堂)是指为老年人供餐的场所。", True),
        ("长者饭堂即为老年人供餐的场所。", True),
        ("长者饭堂应当在门口公示价格。", False),
    ],
)
def test_a_definition_answers(text: str, answers: bool) -> None:
    """The sentence that defines the term, not any that names it."""
    analyzed = analyze(text)
    assert AnswerType.of("什么是长者饭堂").is_met(analyzed, Span(0, len(text)), ()) is answers


@pytest.mark.parametrize(
    ("question", "term", "told", "other"),
    [
        ("须知里说的“重大偏离”指什么", "重大偏离", "所谓重大偏离或保留是指影响质量的。", "没有重大偏离或保留的投标。"),
        ("手册里擅离职守是什么意思", "擅离职守", "离岗未超过一小时的,即为擅离职守。", "不迟到、不擅离职守。"),
        ("什么是旷工", "旷工", "离岗超过一小时的,视为旷工,扣一天工资。", "旷工三天的,解除合同。"),
        ("迟到指什么", "迟到", "迟到:晚于上班时间六十分钟以内。", "员工应当按时上班,不迟到。"),
    ],
)
def test_what_says_what_a_term_means(question: str, term: str, told: str, other: str) -> None:
    """Before or behind it, with the term beside it or a colon; mere mention says nothing."""
    asked = AnswerType.of(question)
    assert asked.term == term
    for text, answers in ((told, True), (other, False)):
        assert asked.is_met(analyze(text), Span(0, len(text)), ()) is answers


@pytest.mark.parametrize("question", ["玉河项目的项目经理叫什么", "局长叫啥名字", "校长姓什么"])
def test_an_office_is_held_by_a_person(question: str) -> None:
    """叫什么 of an office asks for a name; of a thing it does not."""
    asked = AnswerType.of(question)
    assert asked.kind == "who" and asked.asks_name
    assert asked.asked_at is not None and asked.asked_at.of(question)[0] in "叫姓"
    assert AnswerType.of("这个项目叫什么").kind == "what"


@pytest.mark.parametrize("question", ["设计费总价多少", "房屋租金是多少", "设备预算一共多少"])
def test_what_is_counted_in_money(question: str) -> None:
    """Prices, rents and budgets."""
    assert AnswerType.of(question).unit == "money"


@pytest.mark.parametrize("question", ["学生会下面有哪五个中心", "六保是保哪六样", "有哪几种情形", "哪三类企业可以申请"])
def test_a_counted_list_is_one(question: str) -> None:
    """哪五个 asks for all five; 哪个 for one."""
    assert AnswerType.of(question).kind == "list"
    assert AnswerType.of("哪个中心最大").kind == "who"
