"""Rows of tables with their heads, and a question for one cell, made by rule; names and numbers are drawn apart."""

from __future__ import annotations

import random
from collections.abc import Iterable

import jieba.posseg

from embeddings.training.reader.examples import Example
from embeddings.training.rows import HEADS, value

# Beside the heads of `embeddings.training.rows` those that a neighbouring column is taken for.
_HEADS = (
    *HEADS,
    *("实际完成", "决算", "上年同期", "本期", "合计", "城镇", "乡村", "2021年", "2022年", "2023年", "2024年"),
)
_ASKING = (
    "{name}的{head}是多少?",
    "{name}{head}",
    "{name}的{head}",
    "查一下{name}的{head}",
    "请问{name}的{head}是什么?",
    "{head} {name}",
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
        cell = value(head, chooser, known)
        text += f"；{head}: "
        if head == asked:
            start, end = len(text), len(text) + len(cell)
        text += cell
    return text, start, end
