"""tjqa.answers.unmet: a neighbouring act, the other party or another attribute is no sure answer, and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.answers.unmet import other_act, untold_way
from tjqa.engine import Engine
from tjqa.text.acts import is_said, opposed

TOLD = (
    ("事故造成3人受伤。", "事故造成几人死亡", "死亡"),
    ("南湖地震造成12人遇难。", "南湖地震造成多少人受伤", "受伤"),
    ("林启文生于1965年。", "林启文卒于哪年", "卒于"),
    ("清河大桥于2012年开工。", "清河大桥于哪年通车", "通车"),
    ("画展于3月1日开幕。", "画展于哪天闭幕", "闭幕"),
    ("航班于8时起飞。", "航班于几时降落", "降落"),
    ("老李借给老王5000元。", "老王借给老李多少元", "老王"),
    ("甲队以3比1战胜乙队。", "乙队以几比几战胜甲队", "乙队"),
    ("张三欠李四800元。", "李四欠张三多少元", "李四"),
    ("周启文举报了林平。", "林平举报了谁", "林平"),
    ("云溪公司被丰水公司收购。", "云溪公司收购了哪家公司", "云溪公司"),
    ("列车从青禾开往云溪。", "列车从云溪开往哪里", "云溪"),
    ("大米每公斤6元。", "大米每吨多少元", "每吨"),
    ("云溪县城镇新增就业3200人。", "云溪县城镇失业人员多少人", "失业"),
    ("公安机关立案侦查案件80起。", "公安机关破获案件多少起", "破获"),
    ("奶粉合格率为98%。", "奶粉不合格率是多少", "不合格"),
    ("家庭年收入为12万元。", "家庭年支出多少万元", "支出"),
    ("云溪县县长是张强。云溪县人民医院床位800张。", "云溪县县长的电话是多少", "电话"),
    ("铁的熔点是1538度。", "铜的熔点是多少度", "铜"),
    ("本标准适用于普通住宅。", "本标准不适用于什么", "不适"),
    ("护林员补助每年200元。", "护林员补助每月多少元", "每月"),
    ("青云牌水泵价格为600美元。", "青云牌水泵价格多少人民币", "人民币"),
    ("云岭校舍由鲜禾公司承建。", "云岭校舍由谁监理", "监理"),
)


@pytest.mark.parametrize(("told", "question", "unsaid"), TOLD)
def test_what_it_does_not_say_is_named(model: Path, tmp_path: Path, told: str, question: str, unsaid: str) -> None:
    """In a folder where nothing else is told it stands before the reader, and not as a sure answer."""
    text = f"情况通报\n\n{told}有关部门表示将继续做好工作。\n"
    answer = engine_of({"通报.txt": text}, tmp_path).ask(question)
    assert answer.strength != "answer"
    assert not answer.best or any(unsaid in one or one in unsaid for one in answer.unsaid)


@pytest.mark.parametrize(
    ("asked", "told", "unsaid"),
    [
        ("青云算法是谁破解的", "青云算法由国家标准所颁布", ["破解"]),
        ("谁破解了青云算法", "青云算法由国家标准所颁布", ["破解"]),
        ("石桥水闸由谁承建", "石桥水闸设计单位水务设计院", ["承建"]),
        ("石桥水闸由谁承建", "石桥水闸承建单位石桥公司", []),
        ("青云算法是谁最先破解的", "林启文于2004年破解青云算法", []),
        ("石桥镇的镇长是谁", "石桥镇镇长林启文", []),
    ],
)
def test_whose_act_it_is(asked: str, told: str, unsaid: list[str]) -> None:
    """Whoever did something else to the thing is not who did what is asked, be that told elsewhere in the passage."""
    assert list(other_act(asked, told)) == unsaid


@pytest.mark.parametrize(
    "line",
    [
        "软件:包括计费软件和对账软件,以及升级后的版本。",
        "交付是指计费软件安装到甲方的机器上。",
        "“交付”:指交出计费软件。",
    ],
)
def test_a_definition_is_no_way_out(model: Path, tmp_path: Path, line: str) -> None:
    """What a word of a contract means does not say what to do."""
    engine = engine_of({"合同.txt": f"软件合同\n\n{line}\n"}, tmp_path)
    assert engine.ask("计费软件一直没有交付,甲方可以怎么办").strength != "answer"


SURE = {
    "事故.txt": "情况通报\n\n云岭隧道事故造成3人遇难。有关部门表示将继续做好工作。\n",
    "公司.txt": "公司简介\n\n青禾种业公司成立于2012年。公司总部位于云溪县。\n",
    "桥.txt": "清河大桥\n\n清河大桥于2012年开工,2015年通车。\n",
    "借款.txt": "借条\n\n老李借给老王5000元。\n",
    "补助.txt": "补助\n\n护林员补助每月200元,每年发放两次。\n",
    "规定.txt": "规定\n\n云溪超市特价商品不得退换。\n",
    "工资.txt": "通知\n\n青禾公司月工资为5000元。\n",
    "水果.txt": "贸易\n\n甲镇比乙镇多收粮食300吨。\n",
}


@pytest.fixture(scope="module")
def sure(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One library of all the files, with the shipped model."""
    return engine_of(SURE, tmp_path_factory.mktemp("sure"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("云岭隧道事故造成几人死亡", "3人"),
        ("青禾种业公司是哪年创办的", "2012年"),
        ("清河大桥于哪年通车", "2015年"),
        ("老李借给老王多少元", "5000元"),
        ("护林员补助每月多少元", "200元"),
        ("甲镇比乙镇多收粮食多少吨", "300吨"),
        ("云溪超市哪些商品不能退换", "特价商品"),
    ],
)
def test_what_it_says_in_its_own_words_is_sure(sure: Engine, question: str, answer: str) -> None:
    """Another word for the same act, and the parties as they are asked."""
    found = sure.ask(question)
    assert found.strength == "answer" and answer in (found.text or "")


def test_a_definition_in_a_list_of_labels_is_none_either() -> None:
    """A contract that lists its terms with a colon is read as a table of labels."""
    asked = "计费软件没有交付,甲方可以怎么办"
    assert list(untold_way(asked, "包括计费软件。\n指乙方交出软件的行为。")) == ["可以怎么"]
    assert not list(untold_way(asked, "甲方可以解除合同。\n指乙方交出软件的行为。"))
    assert not list(untold_way("软件指什么", "包括计费软件。"))


def test_who_asks_is_no_owner(sure: Engine) -> None:
    """我的 says nothing of what is asked."""
    assert sure.ask("我的工资是多少").unsaid == ()


def test_sides_of_a_group() -> None:
    """What tells both sides, or another word of the one asked for, tells what is asked."""
    assert list(opposed("大桥哪年竣工", "大桥2012年动工")) == ["竣工"]
    assert not list(opposed("大桥哪年竣工", "大桥2012年动工,2015年建成"))
    assert not list(opposed("大桥哪年开工、哪年竣工", "大桥2012年动工"))
    assert is_said("创办", "成立于2012年") and not is_said("创办", "解散于2012年")


def test_the_same_words_in_the_same_order_are_not_reversed(model: Path, tmp_path: Path) -> None:
    """政府采购 is one thing, wherever it stands in a sentence."""
    told = "向中小企业预留的采购份额应当占政府采购项目总额的百分之三十以上。"
    text = f"采购办法\n\n云溪县政府采购应当为中小企业预留份额。{told}\n"
    answer = engine_of({"办法.txt": text}, tmp_path).ask("政府采购要给中小企业预留多大份额")
    assert answer.best and "政府" not in answer.unsaid


@pytest.mark.parametrize(
    ("asked", "told", "missing"),
    [
        ("云溪片怎么吃", "不建议在妊娠期和哺乳期服用,重度肝功能损伤者慎用。", ["怎么吃"]),
        ("云溪片怎么吃", "适用人群为轻型和中型的成年患者。", ["怎么吃"]),
        ("云溪片怎么吃", "空腹整片吞服,每次5片。", []),
        ("云溪片怎么服用", "每日1次,疗程不超过14天。孕妇慎用。", []),
        ("废电池怎么扔", "不得随意丢弃废电池。", ["怎么扔"]),
        ("废电池怎么扔", "废电池投放到红色垃圾桶,不得随意丢弃。\n红色垃圾桶在东门。", []),
        ("发生冲突以后领导怎么处理的", "4月4日,两村在流转土地时发生冲突,一人死亡。", ["处理"]),
        ("发生冲突以后领导怎么处理的", "镇党委书记、镇长就地免职。", []),
        ("违反规定怎么处罚", "不得转让许可证。", []),
        ("怎么避免触电", "不得用湿手接触开关。", []),
    ],
)
def test_what_only_warns_tells_no_way(asked: str, told: str, missing: list[str]) -> None:
    """How to take a medicine is told by how much and how often; where a warning is asked for, it answers."""
    assert list(untold_way(asked, told)) == missing
