"""Which units of an article are headings though nothing marks them, which are items of a list, what announces it."""

from __future__ import annotations

from itertools import pairwise

from tjqa.ingest import parameters
from tjqa.ingest.units import List, Unit
from tjqa.text.headings import ARTICLE_LEVEL, MARKDOWN_LEVELS, counted_item, figures_number, numbering

_CELLS = "\t"  # (一)工资性收入 in a row of a table opens rows, no list
_TENTHS = 10  # between two levels of a format are those that numbers tell
_ITEM_LEVEL = _TENTHS * (MARKDOWN_LEVELS + ARTICLE_LEVEL + 1)  # (一), below 第十四条


def mark_levels(text: str, units: list[Unit]) -> None:
    """Settle the level of every unit of an article that opens a section, and which are items of a list instead.

    Args:
        text: of the file.
        units: all of the article, in order: a list goes on where a page ends.
    """
    _mark_ranks(text, units)
    _mark_figures(text, units)
    _mark_lists(text, units)
    _mark_counted_lists(text, units)


def _mark_ranks(text: str, units: list[Unit]) -> None:
    """Put 第一节 below 第一章 where the format marks both alike: what is set alike need not be on one level."""
    ranks: dict[int, int] = {}  # of the last heading of each level that the format marks
    for unit in units:
        if unit.level is None:
            continue
        styled, unit.level = unit.level, _TENTHS * unit.level
        if unit.heading and styled <= MARKDOWN_LEVELS:
            number = numbering(unit.span.of(text).lstrip())
            rank = number[0] - MARKDOWN_LEVELS if number and number[0] > MARKDOWN_LEVELS else 0
            if rank > ranks.get(styled, rank) > 0:
                unit.level += rank
            else:
                ranks[styled] = rank


def _mark_figures(text: str, units: list[Unit]) -> None:
    """Make headings of lines such as 6、开标时间及方式 and 1.2 资金来源: with text below them, counted from 1.

    Lines of a list are numbered so, too, but what follows them is the next one.
    """
    known: set[tuple[int, ...]] = set()  # the last heading of each depth
    for at, unit in enumerate(units):
        sentence = unit.span.of(text).strip()
        number = figures_number(sentence)
        if number is None or not unit.opens_line:
            continue
        depth = len(number)
        if unit.level is None and not _counted(text, units, at, sentence, number, known):
            continue
        known = {other for other in known if len(other) < depth} | {number}
        if unit.level is None:
            unit.level, unit.heading = _ITEM_LEVEL + depth, True


def _counted(
    text: str, units: list[Unit], at: int, sentence: str, number: tuple[int, ...], known: set[tuple[int, ...]]
) -> bool:
    unit = units[at]
    short = unit.paragraph_end and len(sentence) <= parameters.LONGEST_HEADING and _open(sentence)
    if not short or _CELLS in sentence or any(mark in sentence[:-1] for mark in ":："):
        return False
    if number[-1] > 1:
        return (*number[:-1], number[-1] - 1) in known
    if at + 1 == len(units) or (at and _ends_open(text, units[at - 1])):
        return False  # what a colon announces are items
    below = figures_number(units[at + 1].span.of(text).strip())
    return below is None or below[: len(number)] == number


def _mark_lists(text: str, units: list[Unit]) -> None:
    """Make (一), (二) … items of a list, which know what announces them. The short ones open no section of their own.

    Cut off from the sentence that says what they are (有下列情形之一的:) they say the opposite as well.
    """
    open_list: List | None = None
    level, room = 0, _room(units)
    for at, (before, unit) in enumerate(pairwise(units), 1):
        opens = unit.level
        inside = unit.heading and (open_list is None or opens is None or opens > level)
        if opens is None or inside or _CELLS in unit.span.of(text):
            continue
        if open_list is None or opens < level or unit.heading:
            open_list = _opened(text, units, at) if not unit.heading and opens >= _ITEM_LEVEL else None
            level = opens
            if open_list is not None and open_list.lead is not None:
                before.list = open_list
        if open_list is not None:
            unit.list, open_list.end = open_list, unit.span.end
            if min(unit.line, room[at]) <= parameters.LONGEST_ITEM:
                unit.level = None


def _room(units: list[Unit]) -> list[int]:
    """Characters from each unit to the next that opens something: items that share a line are short each."""
    found, end = [], units[-1].span.end if units else 0
    for unit in reversed(units):
        found.append(end - unit.span.start)
        end = unit.span.start if unit.level is not None else end
    return found[::-1]


def _mark_counted_lists(text: str, units: list[Unit]) -> None:
    """Make 1、2、… (1)(2) … ①② … below a colon items of its list; one kind of number may stand inside another."""
    lists: dict[str, tuple[List, int]] = {}  # by kind of number, with the last one
    for before, unit in pairwise(units):
        if unit.level is not None or unit.heading or unit.list is not None:
            lists.clear()
            continue
        number = counted_item(unit.span.of(text).lstrip()) if unit.opens_line else None
        if number is None:
            continue
        kind, count = number
        if count == 1 and _ends_open(text, before):
            lists[kind] = List(before.span), 1
            before.list = before.list or lists[kind][0]
        elif kind not in lists or count != lists[kind][1] + 1:
            lists.pop(kind, None)
            continue
        unit.list = lists[kind][0]
        unit.list.end = unit.span.end
        lists[kind] = unit.list, count


def _opened(text: str, units: list[Unit], at: int) -> List | None:
    """The list whose first item is unit `at`, None when it is the heading of a section."""
    before, unit = units[at - 1], units[at]
    if announces(text, before):
        return List(before.span)
    alone = unit.paragraph_end and unit.line <= parameters.LONGEST_ITEM  # one sentence on its line
    followed = at + 1 < len(units) and units[at + 1].level == unit.level
    return List(None) if alone and followed else None


def announces(text: str, unit: Unit) -> bool:
    """Whether what follows is what a unit speaks of: a heading, 第一条 参保对象, a sentence that ends in a colon."""
    end = unit.span.of(text).rstrip()
    if unit.heading or _ends_open(text, unit):
        return True
    return unit.level is not None and unit.paragraph_end and unit.line <= parameters.LONGEST_HEADING and _open(end)


def _ends_open(text: str, unit: Unit) -> bool:
    sentence = unit.span.of(text).rstrip()
    return not unit.heading and sentence.endswith((":", "：")) and _CELLS not in sentence


def _open(sentence: str) -> bool:
    return not sentence.endswith(("。", "；", ";", "！", "？", ".", "!", "?", "，", ","))


def lead_of(text: str, unit: Unit) -> str:
    """What announces the list that a unit is an item of; empty when it is none, or nothing does."""
    if unit.list is None or unit.list.lead is None or not unit.is_item:
        return ""
    return "".join(unit.list.lead.of(text).split())[-parameters.LONGEST_LEAD :]
