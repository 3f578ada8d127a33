"""tjqa.answers.fitting and what it stands on: a neighbour, a namesake, the opposite, a plan are no answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

FILES = {
    # a question in the text is not its own answer
    "公租房问答.md": "# 公租房问答\n\n**问题1:公租房申请要多长时间?**\n\n受理后三十个工作日内给出结果。\n\n"
    "**问题2:公租房租金怎么交?**\n\n每季度首月十日前由银行代扣。\n",
    "教育访谈.txt": "白鹭县教育局局长访谈\n\n记者:白鹭县今年新建了几所幼儿园?\n局长:一共六所,都在九月开园。\n",
    "水表.html": "<html><body><h1>水表问答</h1><p>云桥镇水表坏了找谁修？</p>"
    "<p>拨打镇供水站电话，免费更换。</p></body></html>",
    # names by number
    "公交.txt": "公交时刻\n\n12路末班车为22:10。\n18路末班车为21:40。\n",
    "水泵.md": "# 水泵说明\n\nB型水泵额定功率为7.5千瓦。C型水泵额定功率为11千瓦。\n",
    "护林.html": "<html><body><p>根据松政办〔2021〕8号文件，护林员补助每年六千元。</p></body></html>",
    "养犬规定.txt": "养犬规定\n\n第一条 重点区内每户限养一只。\n第二条 犬只每年免疫一次。\n第三条 违者处二百元罚款。\n",
    # namesakes
    "小学.txt": "双塔区现有小学十六所。\n",
    "茶.md": "# 茶叶\n\n云岭镇种茶三千二百亩,年产干茶四十吨。\n",
    "渔.html": "<html><body><p>石浦村有渔船八十艘。</p><p>石浦乡有冷库三座。</p></body></html>",
    # what came of a plan
    "2021报告.txt": "青禾县2021年政府工作报告\n\n2021年1月8日\n\n今年计划改造老旧小区20个。\n",
    "2022报告.txt": "青禾县2022年政府工作报告\n\n2022年1月9日\n\n去年改造老旧小区17个。今年计划改造老旧小区25个。\n",
    # the newest
    "公园旧.txt": "公园开放\n\n2018年3月2日\n\n目前全区有口袋公园41个。\n",
    "公园新.txt": "公园更多\n\n2024年3月6日\n\n目前全区有口袋公园128个。\n",
    "工资旧.md": "# 2020年最低工资\n\n2020年6月1日\n\n最低工资标准为每月1890元。\n",
    "工资新.md": "# 2024年最低工资\n\n2024年6月1日\n\n最低工资标准为每月2320元。\n",
    "云南.txt": "云南省2025年工作报告\n\n2025年1月8日\n\n今年城镇新增就业目标为50万人。\n",
    "四川.txt": "四川省2025年工作报告\n\n2025年1月19日\n\n今年城镇新增就业目标为85万人。\n",
    # the opposite
    "抽检.txt": "抽检通报\n\n甲记、乙记两家的糕点检验不合格。丙记、丁记的糕点检验合格。\n",
    "示范村.html": "<html><body><p>青山村、绿水村未列入示范村名单。</p>"
    "<p>红星村、东风村列入示范村名单。</p></body></html>",
    "门票.md": "# 游泳馆\n\n游泳馆门票含更衣柜每人35元。游泳馆门票不含更衣柜每人30元。\n",
    "养鸡.txt": "小区管理规约\n\n小区内不可以养鸡。小区内可以养猫。\n",
    # other names
    "经济.txt": "2022年全市国内生产总值达到356亿元。\n",
    "医疗.md": "全县建成3个医疗卫生共同体,覆盖全部乡镇卫生院。\n",
    "数管.txt": "松溪市大数据管理局(以下简称“市数管局”)于2019年3月成立。\n\n松溪市大数据管理局编制为46名。\n",
    # blanks between all characters
    "绿化.txt": "白 鹭 县 绿 化\n\n白 鹭 县 去 冬 新 增 绿 地 3 6 公 顷 。白 鹭 县 种 树 五 万 株 。\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One library of all the files, with the shipped model."""
    return engine_of(FILES, tmp_path_factory.mktemp("fitting"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("公租房租金怎么交?", "由银行代扣"),
        ("白鹭县今年新建了几所幼儿园?", "一共六所"),
        ("云桥镇水表坏了找谁修？", "供水站"),
        ("12路公交末班车几点", "22:10"),
        ("B型水泵额定功率是多少", "7.5千瓦"),
        ("松政办〔2021〕8号文件规定护林员补助多少", "六千元"),
        ("养犬规定第三条规定了什么", "二百元罚款"),
        ("双塔区现有小学多少所", "十六所"),
        ("云岭镇种茶多少亩", "三千二百亩"),
        ("青禾县2022年计划改造老旧小区多少个", "25个"),
        ("目前全区有多少口袋公园", "128个"),
        ("最新的最低工资标准是多少", "2320元"),
        ("云南今年城镇新增就业目标是多少", "50万人"),
        ("哪些糕点检验合格", "丙记、丁记"),
        ("哪些糕点检验不合格", "甲记、乙记"),
        ("哪些村列入示范村名单", "红星村、东风村列入"),
        ("游泳馆门票不含更衣柜多少钱", "30元"),
        ("小区内可以养鸡吗", "不可以养鸡"),
        ("全市GDP是多少", "356亿元"),
        ("全县建成几个医共体", "3个"),
        ("市数管局编制多少名", "46名"),
        ("白鹭县去冬新增绿地多少公顷", "3 6 公 顷"),
    ],
)
def test_what_is_asked_for_answers(engine: Engine, question: str, answer: str) -> None:
    """The sentence that speaks of the thing itself, its newest or what came of it; a question never answers itself."""
    found = engine.ask(question)
    assert found.text is not None and answer in found.text
    assert "?" not in found.text and "？" not in found.text


@pytest.mark.parametrize(
    "question",
    [
        "15路公交末班车几点",
        "D型水泵额定功率是多少",
        "松政办〔2022〕8号文件规定护林员补助多少",
        "双塔县现有小学多少所",
        "云岭乡种茶多少亩",
        "石浦镇有渔船多少艘",
    ],
)
def test_a_neighbour_does_not_answer(engine: Engine, question: str) -> None:
    """Another number or a namesake is no answer, however well the other words fit, and is not trusted."""
    found = engine.ask(question)
    assert found.text is None and found.citations
    assert found.confidence < 0.5


def test_the_wording_that_was_searched_is_told(engine: Engine) -> None:
    """GDP is written otherwise in the documents: the question that was searched is shown."""
    assert engine.ask("全市GDP是多少").corrected == "全市国内生产总值是多少"
    assert engine.ask("双塔区现有小学多少所").corrected == ""


def test_a_plan_does_not_answer_for_what_was_done(engine: Engine) -> None:
    """The next report says what became of it: that answers or nothing does."""
    answer = engine.ask("青禾县2021年改造老旧小区多少个")
    assert answer.text is None or "去年改造老旧小区17个" in answer.text
    assert any("去年改造老旧小区17个" in citation.quote for citation in answer.citations[:2])
