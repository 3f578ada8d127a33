"""Whether a cell is what a question speaks of: its words are there, and nothing it names stands nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tjqa.answers.tables import parameters
from tjqa.answers.tables.aspects import Aspect, aspects_of_heads
from tjqa.answers.tables.contrast import is_another, is_other_caption
from tjqa.answers.tables.fits import Fit
from tjqa.answers.tables.kinds import is_other_kind
from tjqa.answers.tables.question import CellQuestion
from tjqa.answers.tables.self_told import holds_number
from tjqa.answers.tables.subjects import begun, has_narrower_head, is_of_another_subject, is_within_a_word
from tjqa.documents.tables import ColumnKind
from tjqa.ingest.tables.rows import is_total
from tjqa.text.normalize import fold, squeeze

_SEVERAL = re.compile("[和与及、或]|以及|还有")
_OF = "的"
# Before the name of someone stands what he is: 关联方某某公司.
_NAMES_SOMEONE = re.compile(".*(?:公司|集团|银行|[厂局院校会]|大学|中心)|.+·.+")
_PRICE = re.compile(r"均价|单价|价格|价钱|多少钱一[平亩吨斤公升度]|一(?:平|平米|平方米?|亩|吨|斤|公斤|升|度)多少钱")
_OF_PRICE = re.compile("价|费|标准")
_ALL_OF = re.compile("男女|全[国省市县区州盟旗镇乡村部体]|[各我本该此当].{0,2}|所有")


def answers(question: CellQuestion, fit: Fit, fits: Iterable[Fit] = ()) -> bool:
    """Whether a cell is what the question speaks of: its words are there, and its row and column are meant. Of several
    things that are asked for at once, one cell is one of them: `fits` are those that may be the others."""
    held = _held(question, fit, fits)
    if lacking_most(question, fit, held) >= parameters.MOST_LACKING or _lacks_narrower(question, fit, held):
        return False
    if is_another(question, fit, held) or is_other_kind(question, fit):
        return False
    if is_of_another_subject(question, fit) or is_within_a_word(question, fit):
        return False
    if question.wants_figure and not holds_number(fit.cell.text):
        return False
    if _is_level_for_change(question, fit) or _is_no_price(question, fit):
        return False
    if _names_another(question, fit, held) or _is_narrowed(question, fit, held) or _is_elsewhere(question, held):
        return False
    dated = fit.period == "same" and fit.cell.period is not None and fit.cell.period.origin in ("row", "cell")
    of_period = fit.period == "same" and fit.cell.period is not None and fit.cell.period.origin == "head"
    column_named = fit.named[1] or (of_period and not dated)
    if (fit.named[0] or dated) and fit.row_share >= 1 and column_named and fit.column_share >= 1:
        return fit.cover >= parameters.LEAST_COVER_OF_NAMED
    cover = max(fit.cover, parameters.CONTEXT * question.share(held))
    # What the form is of another cell of it says.
    is_label = fit.grid.is_form and (bool(fit.named[0]) or fit.is_asked or fit.is_said or fit.is_last)
    own = 1.0 if is_label else fit.own * max(cover, 1e-9) / max(fit.cover, 1e-9)
    if cover < parameters.LEAST_COVER or own < parameters.LEAST_OWN:
        return False
    by_row, by_column = question.share(fit.by_row), question.share(fit.by_column)
    is_row = dated or fit.row_share >= parameters.LEAST_ROW or by_row >= parameters.LEAST_ROW or not fit.cell.row_heads
    is_row = is_row or (fit.grid.is_whole and len(fit.grid.rows) == 1) or (is_label and (fit.is_asked or fit.is_said))
    # 待转销项税是多少 of a table on its side names no row: nothing else is asked, and there are few.
    is_row = is_row or (by_column >= parameters.NOTHING_ELSE and bool(fit.named[1]) and _has_few_rows(fit, fits))
    # 石蜡多少钱 names no column: the unit tells it, or that nothing else is asked.
    is_column = fit.column_share >= parameters.LEAST_ROW or not fit.cell.column_heads or fit.is_unit
    is_column = is_column or (is_row and _only_of_period(fit, fits)) or _tells(question, fit.by_column)
    is_column = is_column or _is_change_asked(question, fit) or fit.is_said
    return is_row and (is_column or by_row >= parameters.NOTHING_ELSE or _only_value(fit))


def is_doubtful(question: CellQuestion, fit: Fit) -> bool:
    """Whether a cell that answers may be of another measure: the name of its table says one, its head says more, or the
    question does."""
    said_more = has_narrower_head(question, fit) or is_other_caption(question, fit, _held(question, fit, ()))
    return said_more or any(asked_beside(question, fit))


def asked_beside(question: CellQuestion, fit: Fit) -> Iterator[str]:
    """The words by which a question may ask for something else than the cell that answers: those that nothing holds,
    right before one that is held, which they narrow (二手住宅, where the table is of 住宅), and characters that begin
    the name of another thing."""
    yield from begun(question, fit)
    if question.several:
        return
    held = _held(question, fit, ())
    for (word, one), (following, other) in pairwise(zip(question.words, held, strict=True)):
        adjoins = word.span.end == following.span.start
        if adjoins and not one and other and word.narrows and not _ALL_OF.fullmatch(word.text):
            yield word.text


def _held(question: CellQuestion, fit: Fit, fits: Iterable[Fit]) -> list[float]:
    """How far each word of a question is held by the heads of a cell and by its table; where several things are asked
    for, also by the heads of the other cells of its row and its column."""
    found = [max(one) for one in zip(fit.by_row, fit.by_column, fit.by_table, strict=True)]
    found = list(map(max, found, fit.by_form))
    if question.several:
        for other in fits:
            if other.grid is fit.grid and column_of(other) == column_of(fit):
                found = list(map(max, found, other.by_row))
            elif other.grid is fit.grid and row_of(other) == row_of(fit):
                found = list(map(max, found, other.by_column))
    return found


def _is_narrowed(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether a head that the question holds whole is there the end of a longer name, of which nothing holds the
    beginning: 进口白糖 is not 白糖, 农村居民收入 not 居民收入."""
    for name in (*fit.named[0], *fit.named[1]):
        at = question.folded.find(name)
        if (
            at < 0
            or _NAMES_SOMEONE.fullmatch(name)
            or any(name != longer and name in longer for names in fit.named for longer in names)
        ):
            continue
        for word, one in zip(question.words, held, strict=True):
            if word.span.start < at <= word.span.end and not one:
                return word.narrows and word.weight >= parameters.NAMED_THING and not _ALL_OF.fullmatch(word.text)
    return False


def _is_elsewhere(question: CellQuestion, held: Sequence[float]) -> bool:
    """Whether the question names a place that neither the heads nor the table hold, however common its name is: a table
    of the whole country says nothing of one province."""
    return any(word.is_place and not one for word, one in zip(question.words, held, strict=True))


def _names_another(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether what the question names beside the cell's row is held by nothing else: 学校 in 2017年西乡有多少学校,
    where the table is of inhabitants. Where one such name is held, another may be how it is asked."""
    first = next((at for at, in_row in enumerate(fit.by_row) if in_row), 0)  # what stands before it is more of its name
    beside = [
        (one, word.weight)
        for word, one, in_row in list(zip(question.words, held, fit.by_row, strict=True))[first:]
        if word.narrows and word.weight >= parameters.NAMED_THING and not in_row
    ]
    if any(one for one, _ in beside):
        return False
    return sum(weight for _, weight in beside) > parameters.NEGLIGIBLE * question.total


def lacking_most(question: CellQuestion, fit: Fit, held: Sequence[float] = ()) -> float:
    """The share of the question's weight of the heaviest word that neither a cell's heads nor its table hold at all, or
    nothing of what is `held`."""
    held = held or list(map(max, fit.by_row, fit.by_column, fit.by_table))
    lacking = [word.weight for word, one in zip(question.words, held, strict=True) if not one]
    return max(lacking, default=0.0) / max(question.total, 1e-9)


def _lacks_narrower(question: CellQuestion, fit: Fit, held: Sequence[float]) -> bool:
    """Whether what stands right before the measure that a question ends with, and narrows it, is held nowhere: 女性人口
    is not 人口, however little 女性 weighs. Of several things at once (甲和乙) one cell holds one of them."""
    held = held or list(map(max, fit.by_row, fit.by_column, fit.by_table))
    if not held or not held[-1] or _SEVERAL.search(question.folded):
        return False
    words = question.words
    gaps = [question.folded[one.span.end : two.span.start] for one, two in pairwise(words)]
    for at in range(len(words) - 2, -1, -1):
        if held[at] and (len(gaps[at]) > 1 or gaps[at] == _OF):
            return False  # here begins what is measured
        if not held[at]:
            near = len(gaps[at]) < 2 and not _ALL_OF.fullmatch(words[at].text)
            return near and words[at].narrows and words[at].weight >= parameters.NARROWING
    return False


def _has_few_rows(fit: Fit, fits: Iterable[Fit]) -> bool:
    """Whether a column holds so few cells that all of them can be told."""
    rows = {row_of(other) for other in fits if column_of(other) == column_of(fit)}
    return 0 < len(rows) <= parameters.MOST_CELLS // 3


def _only_value(fit: Fit) -> bool:
    """Whether no other cell of its row holds a value."""
    return sum(cell.kind is ColumnKind.VALUE for cell in fit.row.cells) == 1


def _tells(question: CellQuestion, held: Sequence[float]) -> bool:
    """Whether a telling word of the question is held whole, be it by another name: 城里人 by 城镇居民."""
    return any(
        one >= 1 and word.narrows and word.weight >= parameters.NAMED_THING
        for word, one in zip(question.words, held, strict=True)
    )


def _is_level_for_change(question: CellQuestion, fit: Fit) -> bool:
    """Whether a change is asked for and neither the heads of a cell nor the names of its table tell one."""
    if Aspect.CHANGE not in question.aspects or fit.strange < parameters.OTHER_ASPECT:
        return False
    heads = squeeze(fold(" ".join([*fit.cell.row_heads, *fit.cell.column_heads]))) + fit.grid.context
    return Aspect.CHANGE not in aspects_of_heads(heads, "")


def _is_change_asked(question: CellQuestion, fit: Fit) -> bool:
    """Whether a change is asked for and a column is of that change, in other words: 比上年同期增长 is 同比增长."""
    heads = squeeze(fold(" ".join(fit.cell.column_heads)))
    is_change = Aspect.CHANGE in question.aspects and Aspect.CHANGE in aspects_of_heads(heads, "")
    return is_change and fit.strange < parameters.OTHER_ASPECT


def _is_no_price(question: CellQuestion, fit: Fit) -> bool:
    """Whether the price of one is asked for, and a cell is told to be an area or a sum."""
    if _PRICE.search(question.folded) is None:
        return False
    unit = fold(fit.cell.unit.value) if fit.cell.unit is not None else ""
    heads = squeeze(fold(" ".join([*fit.cell.row_heads, *fit.cell.column_heads]))) + fit.grid.context
    return bool(unit) and "/" not in unit and _OF_PRICE.search(heads) is None


def _only_of_period(fit: Fit, fits: Iterable[Fit]) -> bool:
    """Whether of its row no other cell is of the period asked for: 本期发生额 beside 上期发生额."""
    row = row_of(fit)
    return fit.period == "same" and not any(
        other.period != "other" and row_of(other) == row and other.place != fit.place for other in fits
    )


def column_of(fit: Fit) -> tuple[object, ...]:
    """What tells the column of a cell from all others."""
    return (fit.grid.path, fit.grid.number, fit.cell.column_heads, fit.cell.address.rstrip("0123456789"))


def row_of(fit: Fit) -> tuple[object, ...]:
    """What tells its row from all others."""
    return (fit.grid.path, fit.grid.number, fit.row.number, fit.row.passage.span)


def without_sums(found: Sequence[Fit], fits: Iterable[Fit]) -> list[Fit]:
    """Some cells without those of the rows that sum others up, by their name or by a cell (总分) of `fits`; all of them
    where there are no others."""
    sums = {row_of(fit) for fit in fits if fit.cell.total or is_total(fold(fit.cell.text.strip()))}
    return [fit for fit in found if row_of(fit) not in sums] or list(found)
