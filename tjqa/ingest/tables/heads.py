"""Where the head of a table stands: the rows that name its columns, and what is above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tjqa.ingest import parameters
from tjqa.ingest.tables.cells import Kind, kind_of, unit_of_head, unit_said
from tjqa.ingest.tables.grid import Block, is_line

# The last characters of names of columns that hold words. Between two columns of words only they show which row names
# them: 联系人|张三 is no head.
_NAMING = re.compile(
    r".*(?:项目?|内容|名称|姓名|指标|说明|情况|备注|职[务称位]|岗位|类别|类型|种类|时间|日期|地[点址区]|金额|单位|部门|机构|数量|序号|编号|"
    r"代码|要求|标准|条件|方[式法]|依据|原因|结果|状态|电话|网址|邮箱|等级|级别|年份|年度|月份|城市|行业|品种|产品|科目|事项|因素|"
    r"[值率额数量价比]|name|type|id|no\.?|title|date|value|description)"
)
# A measured value with its unit, or a whole day.
_FILLED = re.compile(
    r"\d[\d,]*\.\d+\s*[^\d\s].*|\d+\s*(?:[a-zA-Z]{1,3}²?|千克|公?斤|吨|[米克人])|\d{4}[年.-]\d{1,2}[月.-]\d{1,2}日?"
)
_NUMBERED = re.compile(r"[(（]?(?:\d{1,2}|[甲乙丙丁戊己庚辛]|[a-z])[)）]?(?:\s*=.*)?")
_LABELLED = re.compile(r"[^:：]{1,16}[:：].*")


@dataclass(frozen=True, slots=True)
class Head:
    """Rows `first` to `end` of a grid are heads, `end` not included; what is above them names the table."""

    first: int
    end: int

    @property
    def rows(self) -> range:
        """The rows."""
        return range(self.first, self.end)


def find_head(block: Block, given: int = 0) -> Head:
    """The head of a table, an empty one before its first row of values where it has none.

    Args:
        block: the table.
        given: how many rows the format says are heads.
    """
    names = 0
    last = min(block.end, block.first + parameters.HEAD_REACH)
    while block.first + names < last and _is_name(block.texts(block.first + names)):
        names += 1
    first = block.first + names
    if first >= last:
        return Head(block.first, block.first)  # nothing but lines
    if given > names:
        return Head(first, _end(block, first, block.first + given))
    words = True  # a head may be told by words alone, as long as no row of words was none
    for row in range(first, last):
        texts = block.texts(row)
        if _is_name(texts) or _is_labels(texts):
            continue
        if _is_by_turns(block, row):
            break
        if names_columns(block, row, texts, words):
            return Head(row, _end(block, row, row + 1))
        if any(kind_of(text) is Kind.FIGURE for text in texts):
            break
        words = False
    return Head(first, first)


def _is_name(texts: list[str]) -> bool:
    """Whether a row above a table is a single text and no head: of two columns the second may be the only one that has
    a name."""
    return is_line(texts) and not (len(texts) == 2 and not texts[0] and texts[1] and not unit_said(texts[1]))


def _is_labels(texts: list[str]) -> bool:
    """Whether a row says things of the whole table: 编制单位:… 2024年3月 单位:元."""
    told = [text for text in texts if text]
    said = sum(_LABELLED.fullmatch(text) is not None or bool(unit_said(text)) for text in told)
    return said > 0 and all(
        _LABELLED.fullmatch(text) or unit_said(text) or kind_of(text) is Kind.PERIOD for text in told
    )


def names_columns(block: Block, row: int, texts: list[str], words: bool = True) -> bool:
    """Whether a row holds names of columns: two at least, no figure among them, and below them something else; with
    `words` also above columns of words, unless it is the first row of a form."""
    kinds = [kind_of(text) for text in texts]
    told = [at for at, kind in enumerate(kinds) if kind not in (Kind.BLANK, Kind.NOTHING)]
    if _is_filled_in(block, row, texts):
        return False
    if (
        len(told) < min(2, len(texts) - 1)
        or Kind.FIGURE in kinds
        or any(len(texts[at]) > parameters.LONGEST_HEAD for at in told)
    ):
        return False
    if row + 1 >= block.end:
        return False
    below = _below(block, row + 1)
    figures = [at for at in range(len(texts)) if below[at][Kind.FIGURE] > below[at][Kind.TEXT]]
    dated = [at for at in told if kinds[at] is Kind.PERIOD]
    if not words and len(texts) == 2 and _FILLED.fullmatch(texts[1]):
        return False
    if dated:  # years are heads above figures; above years they are values
        above = [at for at in dated if at in figures or not any(below[at].values())]
        return len(above) >= max(1, len(dated) - (dated[0] == 0))
    if any(at in figures for at in told if at):
        # Below a row of words that is none, of two columns only the words of a head show that this row is one.
        return words or len(texts) > 2 or _NAMING.fullmatch(texts[-1].lower()) is not None
    if not words or _is_form(block, row):
        return False
    if len({texts[at] for at in told}) > 2 or not texts[0]:
        return True
    return all(_NAMING.fullmatch(texts[at].lower()) or unit_of_head(texts[at]) for at in told)


def _is_form(block: Block, row: int) -> bool:
    """Whether labels and what is filled in stand by turns (姓名 … 电话 …): what is filled in is longer, and no word of
    the first row says that it names a column."""
    columns = block.right - block.left
    if columns < 4 or columns % 2:
        return False
    rows = [block.texts(row) for row in block.sample(row)]
    labels = [text for texts in rows for text in texts[::2] if text]
    filled = [text for texts in rows for text in texts[1::2] if text]
    if (
        not labels
        or not filled
        or any(_NAMING.fullmatch(text[: parameters.LONGEST_HEAD].lower()) for text in rows[0][1::2])
    ):
        return False
    usual, other = (sum(map(len, some)) / len(some) for some in (labels, filled))
    return usual <= parameters.LONGEST_LABEL and other >= parameters.FILLED_LENGTH * usual


def _is_by_turns(block: Block, row: int) -> bool:
    """Whether from a row on labels and what is filled in stand by turns: every second column holds short words without
    a figure, each another one, and those beside them both words and figures, as no column below a head does."""
    columns = block.right - block.left
    if columns < 4 or columns % 2 or any(_repeats(block.texts(at)) for at in range(row, min(row + 2, block.end))):
        return False
    rows = [block.apart(at) for at in block.sample(row)]
    full = [texts for texts in rows if sum(map(bool, texts)) > columns // 2]
    if len(full) < 3 or any(_NAMING.fullmatch(text.lower()) for text in rows[0][1::2] if text):
        return False
    for at in range(0, columns, 2):
        labels = [texts[at] for texts in full if texts[at]]
        if len(labels) < 2 or len(set(labels)) < len(labels) or {kind_of(text) for text in labels} != {Kind.TEXT}:
            return False
        if sum(map(len, labels)) > parameters.LONGEST_LABEL * len(labels):
            return False
    told = [{kind_of(texts[at]) for texts in full[1:] if texts[at]} for at in range(1, columns, 2)]
    return any(Kind.TEXT in kinds and kinds & {Kind.FIGURE, Kind.PERIOD} for kinds in told)


def _is_filled_in(block: Block, row: int, texts: list[str]) -> bool:
    """Whether a row is one of a form that has something filled in beside each label: short words without figures, each
    another one, stand in every second column, and beside the first ones a figure with its unit or a day, which name no
    column: 面积 | 132.75 km², 出生日期 | 1983年7月17日."""
    columns = block.right - block.left
    if columns < 4 or columns % 2 or not any(_FILLED.fullmatch(text) for text in texts[1::2]):
        return False
    labels = [text for at in block.sample(row) for text in block.apart(at)[::2] if text]
    short = sum(map(len, labels)) <= parameters.LONGEST_LABEL * len(labels)
    return short and len(set(labels)) == len(labels) and all(kind_of(label) is Kind.TEXT for label in labels)


def _below(block: Block, first: int) -> list[dict[Kind, int]]:
    """How many cells of each kind stand in each column from a row on; the first rows without a figure are left out, if
    one with figures follows: they may be further heads. Of two columns rows of two words are none: 机构 | 云川."""
    rows = [[kind_of(text) for text in block.texts(row)] for row in block.sample(first)]
    heads = next((at for at, kinds in enumerate(rows) if Kind.FIGURE in kinds), 0)
    if any(kinds == [Kind.TEXT, Kind.TEXT] for kinds in rows[:heads]):
        heads = 0
    found = [dict.fromkeys(Kind, 0) for _ in range(block.right - block.left)]
    for kinds in rows[heads if heads < parameters.MOST_HEAD_ROWS else 0 :]:
        for column, kind in enumerate(kinds):
            found[column][kind] += kind is not Kind.BLANK
    return found


def _end(block: Block, first: int, least: int) -> int:
    """The row below the last of the heads that begin at `first`."""
    end = max(least, first + 1)
    last = min(block.end - 1, first + parameters.MOST_HEAD_ROWS)
    while end < last and _goes_on(block, first, end):
        end += 1
    return min(end, block.end)


def _goes_on(block: Block, first: int, row: int) -> bool:
    """Whether a row is one more row of heads."""
    texts = block.texts(row)
    kinds = [kind_of(text) for text in texts]
    told = [text for text in texts if text]
    if told and all(_NUMBERED.fullmatch(text.lower()) for text in told):  # 甲 乙 1 2 3
        return len(told) > 2 and not is_line(texts)
    if Kind.FIGURE in kinds or (len(told) < 2 and not _covered(block, first, row)):
        return False
    if _covered(block, first, row):
        return True
    above = block.texts(row - 1)
    if _repeats(texts) and len(set(above)) < len(above) and all(above):
        return True  # 项目 | 金额 | 项目 | 金额 below 收入 and 支出
    # The names of rows begin below the head: of a further row of heads their column is blank, or says the same.
    stub_free = not texts[0] or texts[0] == above[0]
    parents = any(not text and texts[at] for at, text in enumerate(above)) or len(set(above)) < len(above)
    units = all(unit_of_head(text) for text in told)
    return stub_free and not is_line(texts) and (parents or units)


def _repeats(texts: list[str]) -> bool:
    """Whether a row is the same two or more words again and again, as over blocks beside each other."""
    return any(
        texts == texts[:length] * (len(texts) // length) and len({*texts[:length]}) == length and all(texts)
        for length in range(2, len(texts) // 2 + 1)
        if len(texts) % length == 0
    )


def _covered(block: Block, first: int, row: int) -> bool:
    """Whether a cell that begins in a row of the head reaches down into this one."""
    anchors = block.grid.anchors
    columns = range(block.left, block.right)
    return any((at := anchors.get((row, column))) is not None and first <= at[0] < row for column in columns)


def column_heads(block: Block, head: Head) -> list[tuple[str, ...]]:
    """The heads of every column, outermost first; a name that stands over several columns without being merged reaches
    to the right as far as nothing else stands beside it and something below it."""
    rows = [block.texts(row) for row in head.rows]
    rows = [texts for at, texts in enumerate(rows) if not at or not _are_numbers(texts)]
    for at, texts in enumerate(rows[:-1]):
        for column in range(1, len(texts)):
            under = any(below[column] for below in rows[at + 1 :])
            inside = at == 0 or rows[at - 1][column] == rows[at - 1][column - 1]
            if not texts[column] and texts[column - 1] and under and inside and _has_parts(rows, at, column - 1):
                texts[column] = texts[column - 1]
    found: list[tuple[str, ...]] = []
    for column in range(block.right - block.left):
        heads: list[str] = []
        for texts in rows:
            text = texts[column][: parameters.LONGEST_HEAD]
            if text and text not in heads[-1:]:
                heads.append(text)
        found.append(tuple(heads))
    return found


def _has_parts(rows: list[list[str]], at: int, column: int) -> bool:
    """Whether something stands below a head, so that it can stand over a neighbour too."""
    return any(below[column] and below[column] != rows[at][column] for below in rows[at + 1 :])


def _are_numbers(texts: list[str]) -> bool:
    told = [text for text in texts if text]
    return bool(told) and all(_NUMBERED.fullmatch(text.lower()) for text in told)
