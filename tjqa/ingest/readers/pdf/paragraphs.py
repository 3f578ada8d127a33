"""Lines → paragraphs: which lines the margin broke, and not the writer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tjqa.ingest.readers.pdf import parameters
from tjqa.ingest.readers.pdf.shapes import BLOCK, Line

STOPPED = re.compile(r"[。！？!?；;:：…][”’」』）)】》\"'⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BULLETS = (
    # A sign of its own before a blank is one, too, unless it ends something or belongs to a formula.
    r"[•·●○◦◆◇■□▪▫►▶➢✓❖☑◎★☆※→∙‣]|Ø\s"
    r"|[^\w\s“‘（(《【\[。，、；：？！…%％,.;:!?)）》」』】”’+=<>/|~～≤≥±×÷≠≈∈]{1,2}\s"
)
# What makes a figure before it one of a sentence. Words of one character that also begin a heading (次要, 位置, 处理)
# are measures only where the clause ends behind them.
_UNITS = (
    r"(?!\s*(?:[年月日元万亿个人名项条%％‰吨亩倍米户岁℃]|公里|千米|厘米|毫米|平方|立方|公顷|美元|公斤|千克|小时|分钟|百分点"
    r"|[千百十][万亿元吨米克瓦家户人]|[克升天次家所处座辆台件批位场度艘架](?=[，。；、,.;)）\s]|$)))"
)
OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十])|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零〇\d]{1,6}[章节条部分编款]"
    rf"|\d{{1,2}}(\.\d{{1,2}}){{1,4}}[.、．)）]?(?=[\s\u4e00-\u9fff]){_UNITS}|\d{{1,2}}\s{_UNITS}"
    rf"|\d{{1,2}}[.、．)）](?!\d)|{_BULLETS}|[①-⑳]|附件?\s*\d|[图表]\s*\d|[a-zA-Z][.)）]\s|注[:：\d]"
)
_ITEMS = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十]{1,3}[)）]"
    rf"|第[一二三四五六七八九十百零〇\d]{{1,6}}条\s|\d{{1,2}}[.、．]\s*(?!\d)|{_BULLETS}"
)
"""What begins an item wherever it stands; another figure or 第三条 may also be the next word of a sentence."""
_CLOSED = re.compile(r"\d{1,2}[)）]")


class Joining:
    """Decides whether a line goes on with a paragraph. `pitches` as of `pitches_of`."""

    def __init__(self, pitches: Mapping[tuple[int, float], float]) -> None:
        self._pitches = pitches

    def joins(self, paragraph: Sequence[Line], line: Line) -> bool:
        """Whether `line` reads on from the last line of `paragraph`."""
        before = paragraph[-1]
        if before.ruled and line.ruled:
            return _is_rest_of_cell(before, line)
        if before.row or line.row or before.askew or line.askew or before.level is not None or line.level is not None:
            return False
        if before.note != line.note or abs(before.size - line.size) > parameters.SAME_SIZE * before.size:
            return False
        here = before.page == line.page and before.region == line.region
        if not here and (before.path.startswith(BLOCK) or line.path.startswith(BLOCK)):
            return False
        if here and not self._is_next(before, line):
            return False
        return _is_full(before, line) and _stands_as_next(paragraph, line)

    def _is_next(self, before: Line, line: Line) -> bool:
        step = line.base - before.base
        usual = self._pitches.get((line.page, line.size)) or self._pitches.get((-1, line.size))
        widest = parameters.PITCH * usual if usual else parameters.WIDEST_PITCH * line.size
        return 0.3 * line.size < step <= max(widest, parameters.PITCH * line.size)


def _is_rest_of_cell(before: Line, line: Line) -> bool:
    """Whether a row at the head of a page is nothing but the rest of the last cell of the row before it."""
    here = before.page + 1 == line.page and line.tail == line.x0
    places = abs(line.x0 - before.tail) + abs(line.x1 - before.x1)
    goes_on = not STOPPED.search(before.text.rstrip("\t")) and not OPENS.match(line.text.lstrip("\t"))
    return here and places <= 2 * parameters.RULE_TOUCH and before.tail != before.x0 and goes_on


def _is_full(before: Line, line: Line) -> bool:
    """Whether the first word of the next line had no more room."""
    room = before.right - before.x1
    if room <= parameters.NEAR_MARGIN * before.size:
        return True
    # A long word (an address) leaves much room behind; hardly more than half of the line.
    return room < min(line.first + 0.75 * before.size, parameters.LARGEST_ROOM * (before.right - before.left))


def _stands_as_next(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether it begins where the lines of the paragraph do, seen from the margin of each column."""
    before, size = paragraph[-1], line.size
    white = parameters.INDENT * size
    opens = OPENS.match(line.text) is not None and not _closes(before.text, line.text)
    stopped = STOPPED.search(before.text) is not None
    if _ITEMS.match(line.text):
        return False
    offset = (line.x0 - line.left) - (before.x0 - before.left)
    if len(paragraph) > 1:
        if abs(offset) > white:
            return False
        first = paragraph[0]
        set_in = (first.x0 - first.left) - (before.x0 - before.left)
        return abs(set_in) > white or not (opens or stopped)
    if offset > white:  # the lines below a number or a bullet hang
        return offset <= 4 * size and OPENS.match(before.text) is not None and not opens
    if offset < -white:  # a first line is set in
        return offset >= -6 * size and not (opens and stopped)
    return not (opens or stopped)


def _closes(before: str, text: str) -> bool:
    """Whether the bracket after the figure that begins a line was opened in the line before: (12 / 35)亿元."""
    opened = sum(before.count(sign) for sign in "(（") > sum(before.count(sign) for sign in ")）")
    return opened and _CLOSED.match(text) is not None
