"""Rows of tables with their heads, and a question for one cell, made by rule; names and numbers are drawn apart.

They are written as `tjqa.answers.reader.tables` writes the rows of a passage: what the table is called, then each row
in a line, every value after its head.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

import jieba.posseg

from embeddings.training.reader.examples import Example
from embeddings.training.rows import HEADS, value

# Beside the heads of `embeddings.training.rows` those that a neighbouring column is taken for.
_HEADS = (
    *HEADS,
    *("实际完成", "决算", "上年同期", "本期", "合计", "城镇", "乡村", "2021年", "2022年", "2023年", "2024年"),
    *("绝对值(亿元)", "比上年增长(%)", "环比", "同比", "占比(%)", "最高", "最低", "平均", "计划数", "得分", "排名"),
)
_FIRST = ("名称", "项目", "单位", "地区", "指标", "城市", "品名", "课程名称", "姓名", "序号")
_KINDS = ("表", "统计表", "一览表", "清单", "汇总", "主要指标", "情况表", "明细")
_PLACES = ("湖北", "四川", "南京", "广州", "福建", "沈阳", "云南", "青岛", "宁夏", "苏州", "西安", "重庆")
_ASKING = (
    "{name}的{head}是多少?",
    "{name}{head}",
    "{name}的{head}",
    "查一下{name}的{head}",
    "请问{name}的{head}是什么?",
    "{head} {name}",
    "{name}{head}多少",
    "{told}{name}的{head}是多少",
    "{told}{name}{head}",
)
_MOST_ROWS = 5
_LONGEST = 240  # characters; numbers have more pieces than words, and what is cut off would be asked for in vain


@dataclass
class _Table:
    """A table: its name, what is said of when and where, its heads, and for each row its name and values."""

    title: str
    told: str
    heads: list[str]
    rows: dict[str, list[str]]

    def text(self, without: tuple[str, str] | None = None) -> tuple[str, dict[tuple[str, str], int]]:
        """The rows as they are read, and where each cell begins; the cell `without` is empty."""
        text, places = f"{self.title} | ", {}
        for number, (name, values) in enumerate(self.rows.items()):
            text += "\n" * (number > 0) + f"{self.heads[0]}: {name}"
            for head, cell in zip(self.heads[1:], values, strict=True):
                text += f"；{head}: "
                places[name, head] = len(text)
                text += "" if (name, head) == without else cell
        return text, places


def rows(texts: Iterable[str], count: int, chooser: random.Random) -> list[list[Example]]:
    """So many groups: rows that answer, then a near miss or two (other rows, an empty cell, a head that is not there,
    another year or place)."""
    known = [
        w for text in texts for w, tag in jieba.posseg.lcut(text) if tag in ("n", "ns", "nt", "nz", "vn") and len(w) > 1
    ]
    found: list[list[Example]] = []
    while len(found) < count:
        table = _table(known, chooser)
        name, head = chooser.choice(list(table.rows)), chooser.choice(table.heads[1:])
        question = chooser.choice(_ASKING).format(name=name, head=head.split("(")[0], told=table.told)
        text, places = table.text()
        if len(text) > _LONGEST:
            continue
        start = places[name, head]
        end = start + len(table.rows[name][table.heads.index(head) - 1])
        group = [Example("rows", question, table.title, text, True, start, end, table.title)]
        for _ in range(chooser.choice((1, 1, 2))):
            group.append(_miss(question, table, name, head, known, chooser))
        found.append(group)
    return found


def _table(known: list[str], chooser: random.Random) -> _Table:
    told = chooser.choice(("", "", chooser.choice(_PLACES))) + chooser.choice(("", f"{chooser.randint(2015, 2025)}年"))
    title = told + "".join(chooser.sample(known, chooser.randint(1, 2))) + chooser.choice(_KINDS)
    heads = [chooser.choice(_FIRST), *chooser.sample(_HEADS, chooser.randint(2, 6))]
    names = {"".join(chooser.sample(known, chooser.randint(1, 2))) for _ in range(chooser.randint(1, _MOST_ROWS))}
    return _Table(title, told, heads, {name: _values(heads, known, chooser) for name in sorted(names)})


def _values(heads: list[str], known: list[str], chooser: random.Random) -> list[str]:
    return [value(head, chooser, known) for head in heads[1:]]


def _miss(question: str, table: _Table, name: str, head: str, known: list[str], chooser: random.Random) -> Example:
    way = chooser.randrange(4)
    heads, title = table.heads, table.title
    if way == 0:  # the other rows, or as many of other names
        left = {other: cells for other, cells in table.rows.items() if other != name}
        table = _Table(title, "", heads, left or {chooser.choice(known): _values(heads, known, chooser)})
    elif way == 1:
        return Example("rows", question, title, table.text((name, head))[0], False, document=title)
    elif way == 2 and table.told and table.told in question:
        other = _exchanged(table.told, chooser)
        table = _Table(title.replace(table.told, other, 1), other, heads, table.rows)
    else:
        keep = [n for n, one in enumerate(heads[1:]) if one != head]
        fewer = {other: [cells[n] for n in keep] for other, cells in table.rows.items()}
        table = _Table(title, "", [heads[0], *(heads[1 + n] for n in keep)], fewer)
    return Example("rows", question, table.title, table.text()[0], False, document=title)


def _exchanged(told: str, chooser: random.Random) -> str:
    """Another year where one is told, else another place."""
    if told.endswith("年"):
        return told[:-5] + f"{int(told[-5:-1]) + chooser.choice((-2, -1, 1))}年"
    return chooser.choice([place for place in _PLACES if place != told])
