"""tjqa.retrieval.query_rewriting: what a follow-up keeps of the question before and what it replaces."""

from __future__ import annotations

import pytest

from tests.support.helpers import PLAIN
from tjqa.retrieval import parameters
from tjqa.retrieval.query_rewriting import is_followup, rewrite

WRITTEN = "白鹭县 云岭镇 云岭毛峰"
INCOME = "白鹭县2018年城镇居民人均可支配收入是多少？"


@pytest.mark.parametrize(
    "line",
    [
        "那云岭呢？",
        "那么，北京呢",
        "2019年呢？",
        "2019年？",
        "2019年",
        "就业呢",
        "那人口是多少？",
        "去年呢！",
        "那北京市的人口呢",
    ],
)
def test_follow_ups_are_known(line: str) -> None:
    """那…, …呢, or nothing but a time."""
    assert is_followup(line)


@pytest.mark.parametrize(
    "line",
    [
        "那些项目有多少",
        "那么多项目从哪里来",
        "那曲市人口多少",
        "那坡县在哪里",
        "白鹭县2019年收入多少？",
        "呢",
        "那",
        "",
        "?",
        "那" + "北京" * parameters.MAX_FOLLOWUP,
    ],
)
def test_other_questions_stand_for_themselves(line: str) -> None:
    """那 that points, places that begin with 那, nothing said, and lines long enough to say what they are about."""
    assert not is_followup(line)


@pytest.mark.parametrize(
    ("line", "before", "whole"),
    [
        ("那北京呢？", INCOME, "北京2018年城镇居民人均可支配收入是多少？"),
        ("那云岭呢？", INCOME, "云岭2018年城镇居民人均可支配收入是多少？"),
        ("2019年呢？", INCOME, "白鹭县2019年城镇居民人均可支配收入是多少？"),
        ("去年？", INCOME, "白鹭县去年城镇居民人均可支配收入是多少？"),
        ("北京市2020年呢", INCOME, "北京市2020年城镇居民人均可支配收入是多少？"),
        ("地区生产总值呢", INCOME, "白鹭县2018年地区生产总值是多少？"),
        ("那北京的人口呢？", INCOME, "北京2018年人口是多少？"),
        ("那人口是多少？", INCOME, "白鹭县2018年人口是多少"),
        ("北京和上海呢", INCOME, "北京和上海2018年城镇居民人均可支配收入是多少？"),
        ("2019年呢", "新增就业多少人", "2019年新增就业多少人"),
        ("那北京呢", "新增就业多少人", "北京新增就业多少人"),
        ("书记呢", "北京市市长是谁？", "北京市书记是谁？"),
        ("那上海呢", "北京市市长是谁？", "上海市市长是谁？"),
        ("竣工呢", "北京地铁哪年开工", "北京地铁竣工是什么时候？"),
    ],
)  # fmt: skip
def test_the_whole_question(line: str, before: str, whole: str) -> None:
    """Place, time and thing asked for are replaced one by one; the rest is kept."""
    assert rewrite(line, before, lambda text: text in WRITTEN or text == "上海市", PLAIN) == whole


def test_a_common_word_before_an_area_is_no_place() -> None:
    """就业市场 stands in many documents; 就业 is still a thing asked for."""
    assert rewrite("就业呢", INCOME, lambda text: True, PLAIN) == "白鹭县2018年就业是多少？"


def test_follow_ups_follow_each_other() -> None:
    """The line searched is what the next one leans on."""
    first = rewrite("那北京呢？", INCOME, lambda text: False, PLAIN)
    assert rewrite("2019年呢？", first, lambda text: False, PLAIN) == "北京2019年城镇居民人均可支配收入是多少？"


@pytest.mark.parametrize(
    ("line", "before", "whole"),
    [
        ("县委书记呢", "云溪县县长的电话是多少", "云溪县县委书记的电话是多少"),
        ("县委书记呢", "云溪县县长是谁", "云溪县县委书记是谁"),
        ("副县长呢", "云溪县县长是谁", "云溪县副县长是谁"),
        ("浊河大桥呢", "清河大桥哪年通车", "浊河大桥哪年通车"),
        ("浊河大桥呢", "哪年通车", "浊河大桥哪年通车"),
        ("丰水大学呢", "校长是谁", "丰水大学校长是谁"),
        ("白水镇呢", "青山镇2023年产量多少", "白水镇2023年产量多少"),
        ("农村居民呢", INCOME, "白鹭县2018年农村居民人均可支配收入是多少？"),
        ("男职工呢", "女职工产假多少天", "男职工产假多少天"),
        ("乙方呢", "甲方应在多少日内付款", "乙方应在多少日内付款"),
        ("中医院呢", "云溪县人民医院床位多少", "云溪县中医院床位多少"),
        ("银河手机呢", "星火手机电池容量多少", "银河手机电池容量多少"),
        ("王芳呢", "李明的年龄是多少", "王芳的年龄是多少"),
    ],
)
def test_a_like_of_it_takes_its_place(line: str, before: str, whole: str) -> None:
    """What ends with the same word, or is an office as it is; the area and the year stay."""
    assert is_followup(line, [before], PLAIN)
    assert rewrite(line, [before], lambda text: False, PLAIN) == whole


@pytest.mark.parametrize(
    ("line", "before", "whole"),
    [
        ("限高呢", "清河大桥哪年通车", "清河大桥限高是多少？"),
        ("投资呢", "清河大桥限高是多少？", "清河大桥投资是多少？"),
        ("设计单位呢", "云溪隧道哪年开工", "云溪隧道设计单位是什么？"),
        ("代表作呢", "周平哪年出生", "周平代表作是什么？"),
        ("他的代表作呢", "吴刚哪年毕业", "吴刚的代表作是什么？"),
        ("他的年龄呢", "李明担任什么职务", "李明的年龄是多少？"),
        ("它的限高呢", "清河大桥哪年通车", "清河大桥的限高是多少？"),
        ("教师呢", "丰水县第一中学学生多少人", "丰水县第一中学教师是多少？"),
        ("院长呢", "云溪县中医院床位多少", "云溪县中医院院长是谁？"),
    ],
)
def test_it_is_asked_of_the_same_thing_in_its_own_way(line: str, before: str, whole: str) -> None:
    """Of the bridge, not of the place that its name begins with; how high is no question of when."""
    assert is_followup(line, [before], PLAIN)
    assert rewrite(line, [before], lambda text: False, PLAIN) == whole


POWER = "松溪区2023年4月工业用电量是多少?"


@pytest.mark.parametrize(
    ("line", "before", "whole"),
    [
        ("5月呢?", POWER, "松溪区2023年5月工业用电量是多少?"),
        ("一季度呢", POWER, "松溪区2023年一季度工业用电量是多少?"),
        ("上一年呢？", POWER, "松溪区2022年4月工业用电量是多少?"),
        ("上个月呢", POWER, "松溪区2023年3月工业用电量是多少?"),
        ("下个月呢", "青禾县2022年12月税收多少", "青禾县2023年1月税收多少"),
        ("2021呢", "青禾县2023年税收多少", "青禾县2021年税收多少"),
        ("1-5月呢", "2023年1-4月投资增长多少", "2023年1-5月投资增长多少"),
        ("下半年呢", "云桥镇2022年上半年财政收入多少", "云桥镇2022年下半年财政收入多少"),
    ],
)  # fmt: skip
def test_a_part_of_a_year_keeps_the_rest_of_the_time(line: str, before: str, whole: str) -> None:
    """5月 after 2023年4月 is 2023年5月; a year alone keeps the month, so that like is held against like."""
    assert is_followup(line, [before], PLAIN)
    assert rewrite(line, [before], lambda text: False, PLAIN) == whole


@pytest.mark.parametrize(
    ("line", "turns", "whole"),
    [
        ("那最长不能超过多少天呢", ["病假需要提前几天申请?"], "病假最长不能超过多少天呢"),
        ("需要什么材料", ["创业补贴怎么申请"], "创业补贴需要什么材料"),
        ("比上年增长多少", ["松溪区工业用电量是多少"], "松溪区工业用电量比上年增长多少"),
        ("该区有多少所学校", [POWER], "松溪区有多少所学校"),
        ("该公司有多少员工", ["泰和公司试用期多久"], "泰和公司有多少员工"),
        ("该办法由谁负责解释", ["《停车管理办法》什么时候施行"], "《停车管理办法》由谁负责解释"),
        ("它的位置在哪里", ["天津港的吞吐量是多少"], "天津港的位置在哪里"),
        ("那里有多少人口", [POWER], "松溪区有多少人口"),
        ("他什么时候上任的", ["陈强担任什么职务"], "陈强什么时候上任的"),
        ("它的作者是谁", ["你读过四世同堂吗", "读过,很厚的一本书"], "四世同堂的作者是谁"),
        ("他多大年纪", ["这首歌是谁唱的", "应该是杨宗纬"], "杨宗纬多大年纪"),
        ("增速是多少", ["西青区2022年GDP是多少"], "西青区2022年GDP增速是多少"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said_by_the_turns_before(line: str, turns: list[str], whole: str) -> None:
    """Pronouns, 该…, and lines without a subject are completed with what the turns before are about."""
    assert is_followup(line, turns, PLAIN)
    assert rewrite(line, turns, lambda text: False, PLAIN) == whole


@pytest.mark.parametrize(
    "line",
    [
        "新增就业多少人",
        "该公司本期营业收入是多少",
        "楼上漏水,他自己不修怎么办",
        "用人单位辞退劳动者应该提前多久告知",
        "免疫缺陷会导致什么",
        "其他费用是多少",
        "《劳动法》什么时候施行",
        "人均GDP是多少",
        POWER,
    ],
)
def test_what_stands_alone_is_left_alone(line: str) -> None:
    """A line that names its subject, points within itself, or repeats the question before."""
    assert not is_followup(line, ["创业补贴怎么申请", POWER], PLAIN)


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("2024年8月下旬铜的价格是多少", "2024年8月下旬甲醇的价格是多少"),
        ("茶的产量是多少", "石桥镇的粮食产量是多少"),
        ("鱼价格多少", "猪肉价格是多少"),
        ("年假几天", "访客停车怎么收费"),
    ],
)
def test_a_question_with_a_subject_of_its_own_is_left_alone(line: str, before: str) -> None:
    """However short its name is: one character that owns what the turn before asked for, or two that no dictionary
    joins."""
    assert not is_followup(line, [before], PLAIN)


@pytest.mark.parametrize(
    ("line", "before", "whole"),
    [
        ("铝的呢", "2024年8月下旬铜的价格是多少", "2024年8月下旬铝的价格是多少"),
        ("煤的呢？", "铜的价格是多少", "煤的价格是多少"),
        ("乡镇企业的呢", "国有企业的利润是多少", "乡镇企业的利润是多少"),
    ],
)
def test_another_owner_of_the_same(line: str, before: str, whole: str) -> None:
    """铝的呢 asks for what was asked of 铜."""
    assert is_followup(line, [before], PLAIN)
    assert rewrite(line, before, lambda text: text in WRITTEN, PLAIN) == whole
