"""tjqa.answers: of what was found that is quoted which is asked for: names, a definition, a cell of prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.asked_texts import engine_of
from tjqa.engine import Engine

HANDBOOK = """云溪公司员工手册

第一章 行为规范

7. 公司不鼓励办公室恋爱。基于恋爱关系无法履行保密职责的人员需调离岗位。此外，财务、法务、审计岗位不允许在公司内部恋爱。

第二章 考勤

3. 员工应遵守考勤制度，不迟到、早退、旷工或擅离职守。

4. 员工外出须经部门主管批准。工作时间未经批准离开岗位，未超过一小时的，即为擅离职守，给予警告。
"""

MARKS = """评分项,说明,分值
质保期,满足2年质保期得2分，在此基础上每延长1年得0.5分，满分3分。,3
业绩,近三年承担过同类项目的，每个得1.5分，最多得6分。,6
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A handbook and a table of marks."""
    return engine_of({"员工手册.txt": HANDBOOK, "评分办法.csv": MARKS}, tmp_path_factory.mktemp("asked"))


def test_a_list_is_answered_by_what_names_things_side_by_side(engine: Engine) -> None:
    """Not by the sentence beside it that only speaks of the same."""
    quoted = engine.ask("云溪公司哪些岗位不允许在公司内部恋爱").quoted
    assert quoted is not None and "财务、法务、审计" in quoted


def test_a_term_is_answered_by_what_defines_it(engine: Engine) -> None:
    """In another passage than the one that mentions it, too."""
    quoted = engine.ask("员工手册里擅离职守是什么意思").quoted
    assert quoted is not None and "即为擅离职守" in quoted


def test_a_cell_of_prose_answers_beside_its_mark(engine: Engine) -> None:
    """The highest mark beside it is no reason to keep back what the text of the cell says."""
    quoted = engine.ask("质保期在2年的基础上每延长一年加几分").quoted
    assert quoted is not None and "每延长1年得0.5分" in quoted


def test_a_formal_wording_is_searched_only_where_it_is_found(model: Path, tmp_path: Path) -> None:
    """不干了 of a job on the campus is no labour contract: what was found for the other words must hold one of them."""
    rules = "云溪大学勤工助学办法\n\n一、学生不再参加勤工助学的，应当提前两周向用工部门提出书面申请。\n"
    law = "云溪公司合同\n\n乙方解除劳动合同的，应当提前三十日书面通知甲方。\n"
    answer = engine_of({"办法.txt": rules, "合同.txt": law}, tmp_path).ask("勤工助学不想干了怎么退")
    assert "劳动合同" not in answer.corrected or (answer.quoted or "").count("劳动合同")
