"""Of whom or of what a table is: a figure of another county, school or sheet is no answer, and one whose name says more
than the question does is a doubtful one.

A table seldom says its subject in its heads: the name of its file, its sheet or its caption does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tjqa.answers.tables import parameters
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.grid import Grid
from tjqa.answers.tables.heads import TIME_OF_ACCOUNTS, bare_head
from tjqa.answers.tables.measures import goes_on
from tjqa.answers.tables.question import WHOLE_COUNTRY, CellQuestion
from tjqa.ingest.cleaning.titles import name_title
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import periods
from tjqa.text.places import place_names, short_name
from tjqa.text.segmenter import Segmenter
from tjqa.text.synonyms import name_edges
from tjqa.text.units import is_unit

_HAN = re.compile("[\u4e00-\u9fff]+")
_COMPANY = re.compile("[\u4e00-\u9fffa-z()]{1,20}?(?:公司|集团|银行)")
# Before the name of any measure: they narrow nothing that a question would have to say, or tell its change.
_SAID_OF_ALL = re.compile(
    rf"其中|[全本该当各][国省市县区州盟旗镇乡村年期月]|{'|'.join(WHOLE_COUNTRY)}|总|合计|主要|同?比|较|增|减"
)
_OPPOSITE = {"进": "出", "存": "贷", "收": "支", "借": "贷", "购": "销", "产": "销"}


def subjects_asked(question: CellQuestion, grids: Iterable[Grid], segmenter: Segmenter) -> tuple[str, ...]:
    """What a question names that tables are of: places and institutions, and the names of the tables, sheets and files
    near it that it holds whole; folded."""
    folded = question.folded
    for one in question.asked:  # 在云溪吗: whether it is there is asked
        folded = folded[: one.span.start] + "|" * len(one.span) + folded[one.span.end :]
    edges = sorted({0, len(folded), *name_edges(folded)})
    pieces = [folded[start:end] for start, end in pairwise(edges)]  # 西藏|地区生产总值 is no 西藏地区
    names = [
        short_name(name)
        for piece in pieces
        for name in place_names(piece, segmenter)
        if len(name) > 1
        and name not in WHOLE_COUNTRY
        and name[0] not in "哪啥"
        and not _of_company(question.folded, name)
    ]
    for grid in grids:
        table = grid.rows[0].passage.table
        told = [name_title(grid.path), *((table.name, table.sheet) if table is not None else ())]
        names += [
            name for name in (squeeze(fold(one)) for one in told) if _is_subject(name) and name in question.folded
        ]
    return tuple(dict.fromkeys(names))


def _of_company(asked: str, name: str) -> bool:
    """Whether a place begins the name of a company, which says little of where it is: 云溪云雾茶业有限公司."""
    return _COMPANY.match(asked, asked.find(name) + len(name)) is not None


def _is_subject(name: str) -> bool:
    return len(name) > 1 and _HAN.search(name) is not None and not any(periods(name)) and not is_unit(name)


def is_of_another_subject(question: CellQuestion, fit: Fit) -> bool:
    """Whether neither the heads of a cell nor its row nor its table name what the question does; of several things that
    it asks for, whether they name none."""
    if not question.subjects:
        return False
    several = question.several or question.operation == "difference"
    rows = fit.grid.rows if fit.grid.is_form or several else (fit.row,)  # one cell of a form says what all of it is of
    cells = "|".join((*fit.cell.row_heads, *fit.cell.column_heads, *(cell.text for row in rows for cell in row.cells)))
    row = squeeze(fold("".join(fit.cell.row_heads)))  # 云溪 | 石桥 under 机场 is 云溪石桥机场
    told = f"{squeeze(fold(cells))}|{row}|{fit.grid.context}"
    around = fit.grid.context + fit.grid.stub
    missed = [name not in told and not (len(row) > 1 and goes_on(name, row, around)) for name in question.subjects]
    return all(missed) if several else any(missed)


def has_narrower_head(question: CellQuestion, fit: Fit) -> bool:
    """Whether the innermost head of a cell's row or column says more than the question asks for."""
    heads = (bare_head(heads[-1]) for heads in (fit.cell.row_heads, fit.cell.column_heads) if heads)
    return any(says_more(head, question.folded) for head in heads if _HAN.fullmatch(head))


def says_more(head: str, asked: str) -> bool:
    """Whether a head ends in what a question asks for and begins with more: 出生人口 for 人口. One that the question
    holds whole says no more than it. Both folded, the head bare."""
    if head in asked:
        return False
    at = next((at for at in range(1, len(head) - 1) if head[at:] in asked), 0)
    before = head[:at]
    if len(head) - at > parameters.LONGEST_GENERAL:
        return False
    if len(before) < 2:  # 电冰箱 is 冰箱, but 进出口 is no 出口
        return before in _OPPOSITE and head[at] in _OPPOSITE[before]
    if _SAID_OF_ALL.match(before) or any(periods(before)) or TIME_OF_ACCOUNTS.match(before):
        return False
    return not any(before[start : start + 2] in asked for start in range(len(before) - 1))


def is_within_a_word(question: CellQuestion, fit: Fit) -> bool:
    """Whether the innermost head of a cell's row stands in the question only as the end of a longer word: 出口额 in
    进出口额."""
    head = bare_head(fit.cell.row_heads[-1]) if fit.cell.row_heads else ""
    if len(fit.cell.row_heads) > 1 and "".join(map(bare_head, fit.cell.row_heads[-2:])) in question.folded:
        return False  # the row has two names of one thing: 云溪 | 石桥
    at = question.folded.find(head) if len(head) > 1 else -1
    if at < 0 or question.folded.find(head, at + 1) >= 0:
        return False
    return any(word.span.start < at < word.span.end for word in question.words)


def begun(question: CellQuestion, fit: Fit) -> Iterator[str]:
    """The single characters of the question that heads hold only as the beginning of another name: 甲 in 甲醇, while
    电解铜 is 铜."""
    heads = [bare_head(head) for head in (*fit.cell.row_heads, *fit.cell.column_heads)]
    for one in (word.text for word in question.words if len(word.text) == 1 and word.text not in "男女"):
        held = [head for head in heads if one in head]
        if held and not any(head.endswith(one) or re.search(f"{one}[^\u4e00-\u9fff]", head) for head in held):
            yield one
