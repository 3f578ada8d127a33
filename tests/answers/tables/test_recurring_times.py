"""Cells of a day of the week, a part of the day, a numbered week or a term answer for that one alone."""

from __future__ import annotations

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

FILES = {
    "课表.csv": "节次,星期一,星期二,星期三\n上午第一节,语文,数学,英语\n上午第二节,数学,语文,体育\n"
    "下午第一节,美术,音乐,地理\n",
    "限行.csv": "日期,限行尾号,影响车辆（万辆）\n周一,1和6,12.5\n周三,3和8,13.2\n周四,4和9,11.8\n",
    "开放.csv": "场馆,周一至周五,周末\n青禾图书馆,9:00—17:00,9:00—20:00\n云溪博物馆,10:00—16:00,9:00—18:00\n",
    "学时.csv": "课程,第一学期（学时）,第三学期（学时）\n高等数学,72,64\n大学英语,48,36\n",
    "门诊.csv": "科室,专家,出诊时间\n心血管内科,张建华,周三上午\n神经内科,李敏,周四下午\n骨科,王强,周五上午\n",
    "值班.csv": "值班安排,周一,周二\n值班领导,陈禾,褚云\n值班人员,卫溪,蒋青\n",
    "实训.csv": "实训项目,第1周,第2周,第4周\n机械制图,讲授,测绘,考查\n电工基础,接线,讲授,复习\n",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A library of such tables."""
    return engine_of(FILES, tmp_path_factory.mktemp("times"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("周二上午第一节上什么课", "数学"),
        ("礼拜二下午第1节是什么课", "音乐"),
        ("星期三影响车辆多少万辆", "13.2"),
        ("青禾图书馆周三开放时间是什么", "9:00—17:00"),
        ("云溪博物馆星期六几点开放", "9:00—18:00"),
        ("高等数学第1学期多少学时", "72"),
        ("高等数学上学期多少学时", "72"),
        ("星期二的值班领导是谁", "褚云"),
        ("机械制图第二周的安排是什么", "测绘"),
    ],
)
def test_however_it_is_spelled(engine: Engine, question: str, value: str) -> None:
    """The cell of that time, and no other."""
    assert [best.quote for best in engine.ask(question).best] == [value]


@pytest.mark.parametrize(
    "question",
    [
        "周二影响车辆多少万辆",
        "高等数学第二学期多少学时",
        "心血管内科周二上午出诊的专家是谁",
        "神经内科周四上午出诊的专家是谁",
        "机械制图第三周的安排是什么",
        "礼拜五上午第一节是什么课",
    ],
)
def test_another_time_answers_nothing(engine: Engine, question: str) -> None:
    """Told by a head or by a cell of the row; nor does the head of the table."""
    assert not engine.ask(question).best
