"""What the columns of a table hold: which name the rows, in what the others are counted, of which time they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby, pairwise

from tjqa.documents.tables import Column, ColumnKind, Known, Origin
from tjqa.ingest import parameters
from tjqa.ingest.tables.cells import Kind, kind_of, unit_of_head
from tjqa.ingest.tables.grid import Block
from tjqa.ingest.tables.heads import Head
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods
from tjqa.text.units import is_unit

_UNIT_COLUMN = re.compile(r"(?:计[量价])?单位(?:名称)?|unit")
_NUMBER_COLUMN = re.compile(r"序号|序|编号|项次|行次|no\.?|#|")
_CODE_COLUMN = re.compile(r".*(?:编码|代码|编号|[类款项])|.*id")
_COUNTED = re.compile(r".*(?:[年月日周岁期届层级]|年龄|year|month|day|age)")  # 1, 2, 3 below it are what it says
_RANK_COLUMN = re.compile(r".*(?:排名|排序|名次|位次)")
_WHEN = re.compile(r".+(?:日期|时间|日)")
_SHARE = re.compile(r"率|比重|占比|增长|增速|增幅|降幅|涨幅|涨跌幅|比例|[±+]")


def columns_of(block: Block, head: Head, heads: list[tuple[str, ...]], unit: str) -> tuple[Column, ...]:
    """The columns of a table; `unit` is what its caption says of all of them, which may be two (亿元、%)."""
    kinds = _kinds(block, head, heads)
    found = []
    for at, (kind, names) in enumerate(zip(kinds, heads, strict=True)):
        own = unit_of(names) if kind is ColumnKind.VALUE else ""
        if not own and kind is ColumnKind.VALUE:
            told = _of_two(unit, names)
            found.append(Column(block.left + at, names, kind, told, head_period(names)))
        else:
            found.append(Column(block.left + at, names, kind, _known(own), head_period(names)))
    return tuple(found)


def _known(unit: str) -> Known | None:
    return Known(unit, Origin.HEAD) if unit else None


def _of_two(unit: str, names: tuple[str, ...]) -> Known | None:
    """Of two units that a caption tells, one of them a percentage, the one that a column is counted in."""
    parts = [part for part in re.split(r"[、,，;；]", unit) if part]
    if len(parts) != 2 or sum(part in ("%", "％") for part in parts) != 1:
        return None
    shares = _SHARE.search(" ".join(names)) is not None
    return Known(next(part for part in parts if (part in ("%", "％")) == shares), Origin.CAPTION)


def unit_of(names: Iterable[str]) -> str:
    """The unit that the heads of a column tell, the innermost first."""
    return next(filter(None, map(unit_of_head, reversed(tuple(names)))), "")


def head_period(names: Iterable[str]) -> Known | None:
    """The period that heads tell together: 2023年 over 一季度."""
    found: Period | None = None
    for name in names:
        dated = next(periods(fold(name)), None)
        if dated is not None and not (dated.period.year and found is not None and found.year == 0):
            found = dated.period.within(found.year) if found is not None else dated.period
    return Known(str(found), Origin.HEAD) if found is not None else None


def _kinds(block: Block, head: Head, heads: list[tuple[str, ...]]) -> list[ColumnKind]:
    """Names of rows stand in the first columns: beside running numbers groups, then what differs from row to row."""
    sample = list(block.sample(head.end))
    rows = [block.texts(row) for row in sample]
    bodies = [[texts[at] for texts in rows] for at in range(block.right - block.left)]
    kinds = [ColumnKind.VALUE] * len(bodies)
    for at, body in enumerate(bodies):
        if _are_units(heads[at], body):
            kinds[at] = ColumnKind.UNIT
        elif at == 0 and (_are_numbers(heads[at], body) or _count_rows(heads[at], bodies, sample)):
            kinds[at] = ColumnKind.NUMBER
    named = False
    for at, body in enumerate(bodies):
        if kinds[at] is not ColumnKind.VALUE:
            continue
        if ColumnKind.NAME in kinds and _are_days(heads[at], body):
            continue  # of what the row names, which the next column may divide
        if at == 0 and _are_ranks(heads[at], body):
            continue  # what stands behind is ranked
        if not named and _are_codes(heads[at], body) and any(map(_may_name, bodies[at + 1 : at + 4])):
            kinds[at] = ColumnKind.NAME  # what has the code stands behind it: 201 | 06 | 财政事务
            continue
        if _goes_on(heads, bodies, at) and kinds[at - 1] is ColumnKind.NAME:
            kinds[at] = ColumnKind.NAME
            continue
        if named or not _may_name(body) or (at + 1 == len(bodies) and len(bodies) > 1):
            break
        kinds[at] = ColumnKind.NAME
        told = [text for text in body if text]
        merged = any(_reaches_down(block, row, at) for row in block.sample(head.end))
        blanks = len(told) < len(body) and _stands_beside(bodies, at)
        named = not (merged or blanks or len(set(told)) < parameters.REPEATED_NAMES * len(told))
    if not head.rows:
        apart = [block.apart(row) for row in block.sample(head.end)]
        _pair(kinds, [[texts[at] for texts in apart] for at in range(block.right - block.left)])
    if ColumnKind.NAME not in kinds and len(kinds) > 1:
        first = next((at for at, kind in enumerate(kinds) if kind is ColumnKind.VALUE), 0)
        dated = any(kind_of(text) is Kind.PERIOD for text in bodies[first])
        if first + 1 < len(kinds) and (dated or head.rows):
            kinds[first] = ColumnKind.NAME  # 16-20岁, 1-2年
    for at in _begin_blocks(heads, bodies):
        kinds[at] = ColumnKind.NAME
    return kinds


def _are_codes(heads: tuple[str, ...], body: list[str]) -> bool:
    """Whether a column holds codes, as its head says: 科目编码 over 201, 代码 over 835912.OC."""
    told = [text for text in body if text]
    headed = any(_CODE_COLUMN.fullmatch(fold(name).replace(" ", "")) for name in heads)
    return headed and bool(told) and 2 * sum(text.isascii() for text in told) > len(told)


def _are_ranks(heads: tuple[str, ...], body: list[str]) -> bool:
    """Whether a column tells the places of a ranking: 排名 over 1, 2, 2, 4."""
    told = [text for text in body if text]
    counted = [int(text) for text in told if text.isdecimal() and len(text) < 8]
    headed = any(_RANK_COLUMN.fullmatch(fold(name).replace(" ", "")) for name in heads)
    return headed and len(counted) == len(told) > 1 and all(a <= b for a, b in pairwise(counted))


def _goes_on(heads: list[tuple[str, ...]], bodies: list[list[str]], at: int) -> bool:
    """Whether a column of words stands under the head of the one before it, or under none: 机场 over 白鹭 | 石桥."""
    if at == 0 or not heads[at - 1] or heads[at] not in ((), heads[at - 1]):
        return False
    return at + 1 < len(bodies) and all(heads[at + 1 : at + 2]) and _may_name(bodies[at])


def _begin_blocks(heads: list[tuple[str, ...]], bodies: list[list[str]]) -> list[int]:
    """The columns that begin blocks of the same heads beside each other (地区 | 收入 | 地区 | 收入) and name what each
    block is of, also where each block has a head of its own (收入 and 支出 over 项目 | 金额); none where the first of
    the heads that come again stands over figures."""
    first = _come_again(heads)
    if not first and (first := _come_again([own[-1:] for own in heads])) and first[0]:
        first = []  # parts of what the first columns name
    apart = all(b - a > 1 for a, b in pairwise(first)) and bool(first) and first[-1] + 1 < len(heads)
    return first if apart and all(_may_name(bodies[at]) for at in first) else []


def _come_again(heads: list[tuple[str, ...]]) -> list[int]:
    """The places of the first head that stands over more than one column."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, own in enumerate(heads):
        if own:
            places.setdefault(own, []).append(at)
    return next((found for found in places.values() if len(found) > 1), [])


def _pair(kinds: list[ColumnKind], bodies: list[list[str]]) -> None:
    """Of a form that has several labels in a row (姓名 … 电话 …), mark the further columns of labels: short words, each
    another one, with something else beside them."""
    for at in range(2, len(bodies) - 1):
        told = [text for text in bodies[at] if text and kind_of(text) is Kind.TEXT]
        filled = [text for text in bodies[at] if text]
        short = sum(len(text) for text in told) <= parameters.LONGEST_LABEL * len(told)
        labels = len(told) >= 2 and len(told) == len(filled) == len(set(told)) and short
        if labels and kinds[at - 1] is ColumnKind.VALUE and bodies[at] != bodies[at - 1]:
            kinds[at] = ColumnKind.NAME


def _are_days(heads: tuple[str, ...], body: list[str]) -> bool:
    """Whether a column tells when something was: 生产日期."""
    told = [text for text in body if text]
    dated = bool(told) and all(kind_of(text) in (Kind.PERIOD, Kind.NOTHING) for text in told)
    return dated and any(_WHEN.fullmatch(head) for head in heads[-1:])


def _reaches_down(block: Block, row: int, column: int) -> bool:
    """Whether a cell belongs to one that begins in a row above."""
    anchor = block.grid.anchors.get((row, block.left + column))
    return anchor is not None and anchor[0] < row


def _stands_beside(bodies: list[list[str]], at: int) -> bool:
    """Whether words stand beside the blanks of a column, whose names then hold for them as well."""
    if at + 1 >= len(bodies):
        return False
    beside = [kind_of(other) for text, other in zip(bodies[at], bodies[at + 1], strict=True) if not text and other]
    return bool(beside) and all(kind is Kind.TEXT for kind in beside)


def _may_name(body: list[str]) -> bool:
    """Whether a column may hold names of rows: words or periods, no figures."""
    counts = Counter(kind_of(text) for text in body if text)
    words = counts[Kind.TEXT] + counts[Kind.PERIOD]
    return words > 0 and words >= parameters.WORDS_IN_STUB * counts.total()


def _are_units(heads: tuple[str, ...], body: list[str]) -> bool:
    if not any(_UNIT_COLUMN.fullmatch(fold(name).replace(" ", "")) for name in heads):
        return False
    told = [text for text in body if text]
    return bool(told) and sum(is_unit(fold(text)) for text in told) >= parameters.WORDS_IN_STUB * len(told)


def _count_rows(heads: tuple[str, ...], bodies: list[list[str]], rows: list[int]) -> bool:
    """Whether the first column counts the rows, whatever it is called: OBJECTID over 1, 2, 3 beside names; `rows` are
    the numbers of those it is looked at in."""
    counted = [int(text) for text in bodies[0] if text.isdecimal() and len(text) < 8]
    if len(counted) < len(bodies[0]) or len(counted) < 2 * parameters.SHORTEST_NUMBERING or counted[0] > 1:
        return False
    names = [fold(name).replace(" ", "") for name in heads]
    if any(_COUNTED.fullmatch(name) or _RANK_COLUMN.fullmatch(name) for name in names):
        return False
    steps = {number - row for number, row in zip(counted, rows, strict=True)}
    return len(steps) == 1 and any(map(_may_name, bodies[1:3]))


def _are_numbers(heads: tuple[str, ...], body: list[str]) -> bool:
    told = [text for text in body if text]
    counted = [int(text) for text in told if text.isdecimal() and len(text) < 8]
    headed = any(name and _NUMBER_COLUMN.fullmatch(fold(name).replace(" ", "")) for name in heads)
    each = [number for number, _ in groupby(counted)]  # one that is merged over rows holds for all of them
    if headed and each == list(range(1, len(each) + 1)) and len(counted) == len(told):
        return True  # however few rows there are
    if len(counted) < parameters.SHORTEST_NUMBERING or len(counted) < len(told) / 2:
        return False
    if all(kind_of(text) is Kind.PERIOD for text in told if text.isdecimal()):  # 1999, 2000, 2001: years, not places
        return False
    named = not heads or any(_NUMBER_COLUMN.fullmatch(fold(name).replace(" ", "")) for name in heads)
    return named and all(a < b for a, b in pairwise(each))
