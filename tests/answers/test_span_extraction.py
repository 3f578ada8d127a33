"""tjqa.answers.span_extraction: the answer inside its sentence."""

from __future__ import annotations

import pytest

from tests.support.hits import matcher_of
from tjqa.answers.span_extraction import mark


def marked(question: str, text: str) -> list[str]:
    """What is marked in a text; all terms of the question weigh the same."""
    return [span.of(text) for span in mark(matcher_of(question), text)]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("计划投资多少亿?", "新签项目13个,计划投资81.7亿元。", "81.7亿元"),
        ("新增就业多少人?", "增长7.2%,新增就业3215人,失业率3.4%。", "3215人"),
        ("失业率是多少?", "增长7.2%,新增就业3215人,失业率3.4%。", "3.4%"),
        ("新校区何时启用?", "水库1958年建成,新校区于2021年9月1日启用。", "2021年9月1日"),
        ("新校区什么时候启用?", "新校区已于去年底启用,学位1280个。", "去年底"),
        ("总投资多少?", "总投资3.6 亿元,由建工集团承建。", "3.6 亿元"),
        ("2021年修建公路多少公里?", "2021年修建公路64公里。", "64公里"),
        ("盘活了几百亩土地?", "盘活楼宇14.8万平方米、土地458亩。", "458亩"),
        ("最快几天办完?", "共3个窗口,最快2天办完。", "2天"),
        ("林地承包期多少年?", "林地的承包期为三十年至七十年。", "三十年至七十年"),
        ("水深多少米?", "湖心水深4—26米,岸边较浅。", "4—26米"),
        ("活动何时举行?", "活动于2021年9月1日至9月5日举行。", "2021年9月1日至9月5日"),
        ("县水利局局长是谁?", "县水利局局长沈怀民介绍,工程已经完工。", "沈怀民"),
        ("新校区由哪家单位承建?", "新校区总投资3.6亿元,由云岭建工集团承建。", "云岭建工集团"),
        ("和哪所高校合作?", "县里与白鹭商业大学等合作培养人才。", "白鹭商业大学"),
        ("发布会是谁举行的?", "昨天,白鹭市政府新闻办举行发布会,介绍云岭县的情况。", "白鹭市政府新闻办"),
        ("发展哪些产业?", "大力发展茶叶、水产、旅游等产业,成效明显。", "大力发展茶叶、水产、旅游"),
    ],
)
def test_the_answer_asked_for_is_marked(question: str, text: str, answer: str) -> None:
    """The mark covers the figure, date, name or list that stands nearest to the words of the question."""
    assert marked(question, text) == [answer]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("怎么烘干?", "总投资3.6亿元,2021年启用。"),
        ("湿地修复", "总投资3.6亿元,2021年启用。"),
        ("多少人?", "没有数字。"),
        ("要多少分钟?", "全长11.3公里,总投资3.6亿元。"),  # no figure in minutes
        ("第几轮?多少人参加?", "第2轮活动顺利结束。"),  # a number that counts nothing
        ("白鹭县的合作单位是哪家?", "白鹭县继续推进合作。"),  # the only name is the question's own
        ("有哪些产业?", "产业不断发展。"),
    ],
)
def test_nothing_is_marked_where_nothing_answers(question: str, text: str) -> None:
    """Figures in another unit, ordinals and the question's own names are no answer."""
    assert marked(question, text) == []
