"""Rows of tables with their heads, and a question for one cell, made by rule; names and numbers are drawn apart."""

from __future__ import annotations

import random
from collections.abc import Iterable

import jieba.posseg

from embeddings.training.reader.examples import Example

_HEADS = (
    *(
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
        "产量",
        "收入",
        "支出",
    ),
    *(
        "同比增长",
        "完成率",
        "目标值",
        "实际完成",
        "预算",
        "决算",
        "开工时间",
        "完工时间",
        "中标单位",
        "采购人",
        "交货期",
        "学分",
    ),
    *("上年同期", "本期", "合计", "城镇", "乡村", "2021年", "2022年", "2023年", "2024年"),
)
_ASKING = (
    "{name}的{head}是多少?",
    "{name}{head}",
    "{name}的{head}",
    "查一下{name}的{head}",
    "请问{name}的{head}是什么?",
    "{head} {name}",
)
_DATES, _PARTS, _WORDS = (
    ("日期", "开工时间", "完工时间", "交货期"),
    ("同比增长", "完成率", "比例"),
    ("负责人", "地址", "中标单位", "采购人"),
)


def rows(texts: Iterable[str], count: int, chooser: random.Random) -> list[list[Example]]:
    """So many groups: the row that answers, then a near miss (another row, an empty cell, a head that is not there)."""
    known = [
        w for text in texts for w, tag in jieba.posseg.lcut(text) if tag in ("n", "ns", "nt", "nz", "vn") and len(w) > 1
    ]
    found: list[list[Example]] = []
    while len(found) < count:
        title = "".join(chooser.sample(known, 2)) + chooser.choice(("表", "统计表", "一览表", "清单", "汇总"))
        heads = chooser.sample(_HEADS, chooser.randint(3, 6))
        name, other = ("".join(chooser.sample(known, chooser.randint(1, 2))) for _ in "ab")
        asked = chooser.choice(heads)
        question = chooser.choice(_ASKING).format(name=name, head=asked)
        text, start, end = _row(name, heads, asked, known, chooser)
        right = Example("rows", question, title, text, True, start, end, title)
        way = chooser.randrange(3)
        if way == 0:
            wrong = _row(other, heads, asked, known, chooser)[0]
        elif way == 1:
            wrong = text[:start] + text[end:]
        else:
            wrong = _row(name, [h for h in heads if h != asked], "", known, chooser)[0]
        found.append([right, Example("rows", question, title, wrong, False, document=title)])
    return found


def _row(name: str, heads: list[str], asked: str, known: list[str], chooser: random.Random) -> tuple[str, int, int]:
    text, start, end = f"{chooser.choice(('名称', '项目', '单位', '地区'))}: {name}", -1, -1
    for head in heads:
        value = _value(head, known, chooser)
        text += f"；{head}: "
        if head == asked:
            start, end = len(text), len(text) + len(value)
        text += value
    return text, start, end


def _value(head: str, known: list[str], chooser: random.Random) -> str:
    if head in _DATES:
        return f"{chooser.randint(2015, 2025)}年{chooser.randint(1, 12)}月{chooser.randint(1, 28)}日"
    if head in _PARTS:
        return f"{chooser.uniform(0, 100):.1f}%"
    if head in _WORDS:
        return "".join(chooser.sample(known, 2))
    if head in ("规格", "型号", "联系电话"):
        return f"{chooser.choice('ABCDGHKMSTXZ')}{chooser.randint(10, 99999)}"
    return f"{chooser.uniform(1, 10 ** chooser.randint(1, 5)):.{chooser.randint(0, 2)}f}"
