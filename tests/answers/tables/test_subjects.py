"""tjqa.answers.tables.subjects: a figure of another county, school, sheet or row is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.answers.tables.subjects import says_more
from tjqa.engine import Engine


def table(*rows: tuple[str, ...]) -> str:
    """Lines of a CSV file."""
    return "".join(f"{','.join(row)}\n" for row in rows)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Two counties, two schools and two kinds of goods, each table of something that only its name says."""
    years = ("指标", "2022年", "2023年")
    texts = {
        "石桥县.csv": table(years, ("户籍人口(万人)", "13", "23"), ("粮食产量(万吨)", "7", "8")),
        "白鹭县.csv": table(years, ("常住人口(万人)", "15", "25"), ("棉花产量(万吨)", "3", "4")),
        "第一中学.csv": table(years, ("学生(人)", "900", "960")),
        "第二中学.csv": table(years, ("经费(万元)", "31", "37")),
        "贸易.csv": table(years, ("出口额(亿元)", "51", "52"), ("新能源汽车产量(万辆)", "6", "9")),
    }
    return engine_of(texts, tmp_path_factory.mktemp("subjects"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石桥县2023年户籍人口多少", "23"),
        ("白鹭县2023年常住人口多少", "25"),
        ("第二中学2023年经费多少", "37"),
        ("2023年出口额多少", "52"),
    ],
)
def test_of_what_the_name_says(engine: Engine, question: str, told: str) -> None:
    """The subject that the name of the file says is the table's."""
    assert [one.quote for one in engine.ask(question).best] == [told]


@pytest.mark.parametrize(
    "question",
    [
        *("石桥县2023年常住人口多少", "白鹭县2023年户籍人口多少", "石桥县2023年棉花产量多少"),
        *("第一中学2023年经费多少", "第一中学经费2023年比2022年增加多少", "第二中学2023年学生多少人"),
        "2023年进出口额多少",
    ],
)
def test_of_another_subject_is_no_answer(engine: Engine, question: str) -> None:
    """However well the row fits: only the other one's table has it."""
    assert not engine.ask(question).best


def test_a_company_is_not_where_its_name_begins(tmp_path: Path) -> None:
    """青禾 of 青禾云雾茶业有限公司 is no place that a table would have to name."""
    rows = (("客户", "采购金额(万元)"), ("云雾茶业有限公司", "175"), ("春山茶业有限公司", "80"))
    engine = engine_of({"年报.csv": table(*rows)}, tmp_path)
    assert [one.quote for one in engine.ask("青禾市云雾茶业有限公司的采购金额").best] == ["175"]


@pytest.mark.parametrize("question", ["2023年汽车产量多少", "2023年进口额多少", "贸易里2023年出口额多少"])
def test_a_head_that_says_more_is_doubtful(engine: Engine, question: str) -> None:
    """新能源汽车产量 for 汽车产量 is told as possible at most; 出口额 asked for is sure."""
    answer = engine.ask(question)
    assert (answer.strength == "answer") == ("出口额" in question)


@pytest.mark.parametrize(
    ("head", "asked", "more"),
    [
        *(("出生人口", "2023年人口多少", True), ("存贷款余额", "贷款余额多少", True)),
        *(("农村公路里程", "公路里程多少", True), ("电冰箱", "冰箱多少台", False)),
        *(("全国就业人口", "就业人口多少", False), ("比上年增长", "粮食产量增长多少", False)),
        ("城镇单位在岗职工平均工资", "在岗职工平均工资多少", False),  # so long a name means one thing
        *(("食品烟酒类居民消费价格指数", "食品烟酒价格指数多少", False), ("粮食产量", "粮食产量多少", False)),
    ],
)
def test_what_a_head_says_more(head: str, asked: str, more: bool) -> None:
    """Before the words of the question, and nothing that is said of any figure or that the question says, too."""
    assert says_more(head, asked) is more


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("2024年二手住宅价格多少", "二手"),
        ("2024年手工棉布价格多少", "手工"),
        ("2024年甲的价格多少", "甲"),
        ("2024年进口甲醇价格多少", "进口"),
    ],
)
def test_what_the_question_says_more_is_doubtful_and_named(tmp_path: Path, question: str, word: str) -> None:
    """A word that nothing holds before one that is held narrows it; 甲 is no 甲醇. Refused, or told with its doubt."""
    rows = (("品名", "2023年", "2024年"), ("住宅(元/平方米)", "8100", "8300"), ("甲醇(元/吨)", "2300", "2334"))
    more = (("棉布(元/米)", "31", "33"), ("电解铜(元/吨)", "70100", "74095"))
    answer = engine_of({"价格.csv": table(*rows, *more)}, tmp_path).ask(question)
    assert answer.strength != "answer"
    assert not answer.best or word in answer.unsaid


@pytest.mark.parametrize(
    ("question", "told"),
    [("2024年铜的价格多少", "74095"), ("2024年住宅价格多少", "8300"), ("请问2024年甲醇价格多少", "2334")],
)
def test_what_the_table_says_more_is_not(tmp_path: Path, question: str, told: str) -> None:
    """电解铜 is 铜; what asks and what tells the time narrow nothing."""
    rows = (("价格", "2023年", "2024年"), ("住宅(元/平方米)", "8100", "8300"), ("甲醇(元/吨)", "2300", "2334"))
    answer = engine_of({"价格.csv": table(*rows, ("电解铜(元/吨)", "70100", "74095"))}, tmp_path).ask(question)
    assert [one.quote for one in answer.best] == [told] and not answer.unsaid


@pytest.mark.parametrize(
    ("question", "told"), [("2023年西藏GDP多少亿", "2392"), ("2023年青海地区生产总值多少", "3799")]
)
def test_a_short_name_before_a_measure_is_that_of_the_place(tmp_path: Path, question: str, told: str) -> None:
    """西藏|地区生产总值, and no 西藏地区."""
    rows = (("地区", "2022年", "2023年"), ("西藏自治区", "2165", "2392"), ("青海省", "3610", "3799"))
    answer = engine_of({"地区生产总值(亿元).csv": table(*rows)}, tmp_path).ask(question)
    assert [one.quote for one in answer.best] == [told]


def test_what_says_how_is_no_name(tmp_path: Path) -> None:
    """填埋掉的 and 扔掉的: the character behind a verb says nothing of its own."""
    rows = (("项目(万吨)", "2019年", "2020年"), ("垃圾填埋量", "10948", "7771"), ("垃圾焚烧量", "12174", "14607"))
    answer = engine_of({"垃圾处理.csv": table(*rows)}, tmp_path).ask("2020年填埋掉的垃圾有多少万吨")
    assert [one.quote for one in answer.best] == ["7771"]
