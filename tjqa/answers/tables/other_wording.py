"""A question in the words of the tables near it: 21年 is 2021年 where they have that year, 能耗 what they call it,
产了多少吨粮食 their 粮食产量."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tjqa.answers.tables.grid import Grid
from tjqa.text.indicators import INDICATORS, as_told
from tjqa.text.normalize import fold, squeeze
from tjqa.text.segmenter import is_measure
from tjqa.text.units import is_unit

# Two figures before 年 are as often how long: what stands around them says so.
_YEAR = re.compile(
    r"(?<![\d.\-~至到第近满约过达超这前后每隔])(?P<short>\d\d)年"
    r"(?!期|级|制|间|限|龄|头|来|多|以|内|后|前|左右|上下|的?(?:时间|工龄|历史|经验|老|贷款|国债))"
)

_HOW_MUCH = re.compile(r"(?P<verb>[\u4e00-\u9fff]{1,2}?)(?:掉|出|过)?了?(?:多少|几)(?P<behind>[\u4e00-\u9fff]{1,10})")
_MEASURES = ("量", "额", "数", "人数", "面积", "总量", "")  # what is counted of what was done: 产量, 进口额
_INDICATORS = frozenset(name for group in INDICATORS for name in group)


def as_tables_say(folded: str, grids: Sequence[Grid]) -> str:
    """A folded question without white space as the tables would put it; itself where they have no other words."""
    cells = [cell for grid in grids for row in grid.rows for cell in row.cells]
    heads = {head for cell in cells for head in (*cell.row_heads, *cell.column_heads)}
    years = {cell.period.value[:4] for cell in cells if cell.period is not None}

    def written(found: re.Match[str]) -> str:
        year = f"20{found['short']}"
        return f"{year}年" if year in years else found[0]

    names = {squeeze(fold(head)) for head in heads} | {grid.context for grid in grids}

    def measured(found: re.Match[str]) -> str:
        known = (name for name in _measures(found) if name in _INDICATORS or any(name in told for told in names))
        return next((f"{name}是多少" for name in known), found[0])

    return as_told(_HOW_MUCH.sub(measured, _YEAR.sub(written, folded)), names)


def _measures(found: re.Match[str]) -> Iterator[str]:
    """How a table may call what was done to how much of what: 粮食产量, 用电量; the longer names first."""
    behind = found["behind"]
    counted = max((end for end in range(len(behind)) if is_unit(behind[:end]) or is_measure(behind[:end])), default=0)
    for thing in dict.fromkeys((behind, behind[counted:])):
        for measure in _MEASURES:
            yield from (f"{thing}{found['verb']}{measure}", f"{found['verb']}{thing}{measure}")
