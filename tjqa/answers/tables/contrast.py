"""Whether a cell is another thing of the kind that is asked for: 死亡人口 for 出生人口, 预算数 for 决算数.

What a question says of its measure and no head holds is mostly how it is asked. Where a head of the cell says something
else in the same place, it is another thing, however much the two have in common. Works on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from tjqa.answers.tables import parameters
from tjqa.answers.tables.abbreviations import full_names
from tjqa.answers.tables.aspects import CHANGE_WORD
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.heads import TIME_OF_ACCOUNTS, bare_head
from tjqa.answers.tables.question import CellQuestion, Word
from tjqa.retrieval.spelling import sound_alike
from tjqa.text.lay_words import official_name
from tjqa.text.normalize import fold, squeeze
from tjqa.text.periods import periods, whole_period
from tjqa.text.recurring_times import are_other_times
from tjqa.text.synonyms import same_names
from tjqa.text.units import is_unit

_ADJOINING = re.compile(r"[\u3400-\u9fffa-z0-9]")
# What is said of any figure: that it is there now, or that it came about.
_WHETHER = re.compile("是不是|是否|有没有|有无|能否|可否|会不会|能不能")
_OF_ANY = re.compile(
    rf"{_WHETHER.pattern}|什么|哪[个些里种]|怎么样?|如何|存在|实现|完成|达到?|取得|获得|发生|拥有|现有|共有|总共|累计|如今|现在|现今|一年|所有|全[部体年]"
    rf"|[全各我本该此当][国省市县区州盟旗镇乡村地年]|个?数|总数|数[量目值额]|金额|{CHANGE_WORD.pattern}"
)
# What a name is mostly said without: 江苏 of 江苏省.
_LEFT_OUT = re.compile(
    "(?:[\u4e00-\u9fff]{1,4}族)?(?:自治)?[省市县区州盟旗镇乡村]|特别行政区|(?:股份)?(?:有限)?(?:责任)?公司|集团"
)
_ASKED_LAST = re.compile(r"[是为有]?(?:多少|什么|几)?[?？。]?$")
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>(?![年月日时号])[a-zμ\u4e00-\u9fff]{1,3})")


@dataclass(frozen=True, slots=True)
class _Common:
    """What a head and the question have in common: where it begins in either, and how long it is."""

    head: int
    asked: int
    length: int


def is_another(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether the heads of a cell say another thing than the question in the same place, or another measure than it
    names.

    Args:
        question: it.
        fit: the cell.
        held: how far each word of the question is held by the heads of the cell and of its table.
    """
    if names_another_column(question, fit) or _is_other_measure(question, fit, held) or _is_other_size(question, fit):
        return True
    if _is_of_another_time(question, fit):
        return True
    return _any_differs(question, fit, held, fit.cell.row_heads[-1:])


def is_other_caption(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether the name of a table says another measure than the question, where no head of the cell says one: 出生人口
    asked of a table of 年末常住人口, whose columns are years."""
    heads = [fold(head) for head in fit.cell.column_heads]
    if any(whole_period(head) is None and not is_unit(bare_head(head).strip("()[]【】")) for head in heads):
        return False
    table = fit.row.passage.table
    named = table.name if table is not None and table.name else PurePosixPath(fit.grid.path).stem
    name = squeeze(fold(named))
    return name not in question.folded and _differs(question, name, held, (name, fit.grid.context))


def _is_of_another_time(question: CellQuestion, fit: Fit) -> bool:
    """Whether the heads of a cell, or another cell of its row, tell another day of the week, part of the day, numbered
    week, term or lesson than the question: 周三 for 周二."""
    beside = [cell.text for cell in fit.row.cells if cell is not fit.cell and len(cell.text) <= parameters.LONGEST_KEY]
    heads, row = (squeeze(fold("|".join(texts))) for texts in (fit.cell.row_heads + fit.cell.column_heads, beside))
    return are_other_times(question.folded, heads) or are_other_times(question.folded, f"{heads}|{row}")


def is_another_column(question: CellQuestion, fit: Fit) -> bool:
    """Whether the column of a cell is another one than the question names, whatever the row."""
    held = list(map(max, fit.by_row, fit.by_column, fit.by_table))
    return names_another_column(question, fit) or _any_differs(question, fit, held, ())


def _any_differs(question: CellQuestion, fit: Fit, held: Sequence[float], row_heads: Sequence[str]) -> bool:
    heads = [bare_head(head) for head in (*row_heads, *fit.cell.column_heads)]
    heads = [head for head in heads if len(head) <= parameters.LONGEST_KEY]  # a longer one is text
    texts = (*heads, *map(bare_head, fit.cell.row_heads), fit.grid.context)
    return any(_differs(question, head, held, texts) for head in heads if head not in question.folded)


def _differs(question: CellQuestion, head: str, held: Sequence[float], texts: Sequence[str]) -> bool:
    """Whether a head and the question have something in common beside which each says something else."""
    told = _without_times(head)
    for common in _in_common(told, question.folded):
        before = told[: common.head].rpartition("|")[2]
        behind = told[common.head + common.length :].partition("|")[0]
        for beside, at in ((before, common.asked - 1), (behind, common.asked + common.length)):
            is_more = beside and not (at > common.asked and _LEFT_OUT.fullmatch(beside))
            found = _word_at(question, at) if is_more else None
            if found is None or (len(beside) > 1 and beside in question.folded):
                continue
            number, word = found
            rest = _rest(word, common)
            is_told = held[number] >= 1 if rest != word.text else held[number] > 0
            is_told = is_told or _OF_ANY.fullmatch(word.text) is not None or set(word.text) <= set(told)
            if not is_told and not _are_alike(rest, beside) and not is_held(question, word, texts):
                return True
    return False


def _without_times(head: str) -> str:
    """A head in which periods, times of accounts (本期, 年末) and 是否 are blanked out: others tell them apart."""
    for one in periods(head):
        head = head[: one.span.start] + "|" * len(one.span) + head[one.span.end :]
    for pattern in (TIME_OF_ACCOUNTS, _WHETHER):
        head = pattern.sub(lambda found: "|" * len(found[0]), head)
    return "".join(char if _ADJOINING.match(char) else "|" for char in head)


def _in_common(head: str, asked: str) -> Iterator[_Common]:
    """The longest runs of characters that a head has in common with a question, of two characters or more."""
    for at in range(len(head) - 1):
        if "|" in head[at : at + 2]:
            continue
        place = asked.find(head[at : at + 2])
        while place >= 0:
            if not (at and place and head[at - 1] == asked[place - 1]):
                length = 2
                while head[at + length : at + length + 1] == asked[place + length : place + length + 1] != "":
                    length += 1
                yield _Common(at, place, length)
            place = asked.find(head[at : at + 2], place + 1)


def _word_at(question: CellQuestion, at: int) -> tuple[int, Word] | None:
    """The word of a question that holds a character of it."""
    return next(
        ((number, word) for number, word in enumerate(question.words) if word.span.start <= at < word.span.end), None
    )


def _rest(word: Word, common: _Common) -> str:
    """What of a word stands outside of what is in common."""
    start, end = common.asked - word.span.start, common.asked + common.length - word.span.start
    return word.text[: max(start, 0)] + word.text[max(end, 0) :]


def _are_alike(one: str, other: str) -> bool:
    """Whether all characters of one are those of the other, or they are read alike: 规上 of 规模以上, 常驻 for 常住."""
    return set(one) <= set(other) or set(other) <= set(one) or sound_alike(one, other)


def is_held(question: CellQuestion, word: Word, texts: Sequence[str]) -> bool:
    """Whether a text holds a word or another name of it."""
    names = [word.text, *full_names(word.text)]
    names += [other.lower() for own, other in same_names(question.folded) if word.text in own or own in word.text]
    names += filter(None, [official_name(word.text)])
    return any(name in text for name in names for text in texts)


def _is_other_measure(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether the question holds nothing of what the innermost head of a column says, and says something that nothing
    holds: 报名多少人 for 录取(人). Period and unit alone make no column the one that is meant."""
    if not fit.cell.column_heads or fit.is_asked or any(fit.by_column):
        return False
    told = _without_times(bare_head(fit.cell.column_heads[-1])).replace("|", "")
    if len(told) < 2 or any(told[at : at + 2] in question.folded for at in range(len(told) - 1)):
        return False
    # 合计 names no row of its own: all that stands before it may be of what.
    first = 0 if fit.cell.total else next((at for at, in_row in enumerate(fit.by_row) if in_row), 0)
    texts = (bare_head(fit.cell.column_heads[-1]),)
    return any(
        not one
        and word.weight >= parameters.LEAST_OF_MEASURE
        and not _OF_ANY.fullmatch(word.text)
        and not is_held(question, word, texts)
        for word, one in list(zip(question.words, held, strict=True))[first:]
    )


def is_size(text: str) -> bool:
    """Whether a cell is a figure with a unit, which may tell its row from others: 0.5g, 50米."""
    return _SIZE.fullmatch(squeeze(fold(text))) is not None


def _is_other_size(question: CellQuestion, fit: Fit) -> bool:
    """Whether the question names a size (1g) and the row of a cell tells another one in the same unit: 0.5g."""
    asked = list(_SIZE.finditer(question.folded))
    texts = [squeeze(fold(cell.text)) for cell in fit.row.cells if asked and cell.span != fit.cell.span]
    for told in filter(None, map(_SIZE.fullmatch, texts)):
        numbers = [Decimal(one["number"]) for one in asked if one["unit"].startswith(told["unit"])]
        if numbers and Decimal(told["number"]) not in numbers:
            return True
    return False


def names_another_column(question: CellQuestion, fit: Fit) -> bool:
    """Whether the question names a column of the table whole, and neither the column nor the row of a cell: where the
    row holds nothing there, what stands beside it is no answer."""
    if question.several or not fit.cell.column_heads or fit.named[1]:
        return False
    own = " ".join(map(bare_head, (*fit.cell.row_heads, *fit.cell.column_heads))) + fit.grid.context
    last = _ASKED_LAST.sub("", question.folded)
    named = {name for name in fit.grid.column_names if name in question.folded}
    named |= {name for name in fit.grid.key_names if last.endswith(name)}  # 张三的工号是多少
    return any(name not in own for name in named)
