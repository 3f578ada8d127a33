"""Rows of tables with their heads, and questions for one cell, made by rule.

Names, heads and numbers are drawn apart, so nothing can be learnt by heart: only that a row whose name and head are
asked for answers, and its neighbours do not.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import jieba.posseg

from embeddings.training.pairs import Pair

HEADS = (
    "数量",
    "金额",
    "单价",
    "面积",
    "人数",
    "比例",
    "日期",
    "负责人",
    "联系电话",
    "地址",
    "规格",
    "型号",
    "状态",
    "备注",
    "产量",
    "收入",
    "支出",
    "同比增长",
    "完成率",
    "目标值",
    "预算",
    "开工时间",
    "完工时间",
    "中标单位",
    "采购人",
    "交货期",
    "学分",
    "课时",
    "温度",
    "编号",
)
_ASKING = (
    "{name}的{head}是多少?",
    "{name}{head}",
    "{name}的{head}",
    "查一下{name}的{head}",
    "请问{name}的{head}是什么?",
    "{head}:{name}",
    "{title}里{name}的{head}是多少",
)
_LEAST = 3  # times a name occurs in the texts
_SAMPLE = 6000  # texts that names are taken from
_ROWS = 8  # rows of a table: neighbours of each other


def table_rows(texts: Iterable[str], count: int, seed: int) -> list[Pair]:
    """So many pairs of a question for a cell and the row that has it."""
    chooser, names = random.Random(seed), Counter[str]()
    for text, _ in zip(texts, range(_SAMPLE), strict=False):
        names.update(w for w, kind in jieba.posseg.lcut(text) if kind in ("n", "ns", "nt", "nz", "vn") and len(w) > 1)
    known = [name for name, times in names.items() if times >= _LEAST]
    pairs: list[Pair] = []
    while len(pairs) < count:
        title = "".join(chooser.sample(known, 2)) + chooser.choice(("表", "统计表", "一览表", "清单", "汇总"))
        heads = [chooser.choice(("项目", "名称", "单位", "品名")), *chooser.sample(HEADS, chooser.randint(2, 5))]
        plain = chooser.random() < 0.5
        for _ in range(_ROWS):
            name = "".join(chooser.sample(known, chooser.randint(1, 2)))
            cells = [name, *(value(head, chooser, known) for head in heads[1:])]
            row = (
                "\t".join(cells)
                if plain
                else " ".join(f"{head}:{cell}" for head, cell in zip(heads, cells, strict=True))
            )
            passage = "\n".join([title, "\t".join(heads), row] if plain else [title, row])
            asking = chooser.choice(_ASKING).format(name=name, head=chooser.choice(heads[1:]), title=title)
            pairs.append(Pair("rows", asking, passage))
    return pairs


def value(head: str, chooser: random.Random, known: list[str]) -> str:
    """What may stand in a column of that head."""
    if head in ("日期", "开工时间", "完工时间", "交货期"):
        return f"{chooser.randint(2015, 2025)}年{chooser.randint(1, 12)}月{chooser.randint(1, 28)}日"
    if head in ("同比增长", "完成率", "比例"):
        return f"{chooser.uniform(0, 100):.1f}%"
    if head in ("负责人", "地址", "状态", "备注", "中标单位", "采购人"):
        return "".join(chooser.sample(known, 2))
    if head in ("规格", "型号", "编号", "联系电话"):
        return f"{chooser.choice('ABCDGHKMSTXZ')}{chooser.randint(10, 99999)}"
    return f"{chooser.uniform(1, 10 ** chooser.randint(1, 5)):.{chooser.randint(0, 2)}f}"
