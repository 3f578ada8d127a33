"""What a figure of a measure is: its value with place, period and kind, and where it stands.

    table = engine.figures("地区生产总值", places=("江苏",), since="2019年")
    for figure in table.figures:
        figure.name, figure.place, figure.period, figure.kind
        figure.text, figure.unit                # as written: 1.25, 万亿元
        figure.citation                         # file, sheet and cell or the sentence, an exact slice
        figure.differs, figure.check            # what contradicts it

Periods are written as `tjqa.text.periods.Period` writes them: 2024, 2024-03, 2024-01/2024-08.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tjqa.documents import ByteRange
from tjqa.results import Citation


class Kind(StrEnum):
    """What kind of figure it is. The values stand in what `tjqa figures` writes."""

    LEVEL = "level"
    CHANGE = "change"  # how much more or less than before, in the unit or in per cent
    SHARE = "share"  # of a whole


class Against(StrEnum):
    """The time that a change is counted from."""

    UNTOLD = ""
    YEAR = "year"  # 同比, 比上年
    PERIOD = "period"  # 环比, 比上期
    AVERAGE = "average"  # 年均


class Standing(StrEnum):
    """Whether it has been reached."""

    TOLD = ""
    DONE = "done"  # 完成, 实际, 决算
    FORECAST = "forecast"  # 预计
    PLAN = "plan"  # 目标, 预算, 力争

    @property
    def is_fact(self) -> bool:
        """Whether it tells what is, and not what is to be."""
        return self in (Standing.TOLD, Standing.DONE)


@dataclass(frozen=True, slots=True)
class Check:
    """A printed change held against the levels: `agrees`; what the levels give, in the change's unit, as `computed`;
    the number of the figure before in the table, from 1."""

    agrees: bool
    computed: str
    before: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a measure.

    `name` is what its source calls it, outermost first, with · between: of a cell the heads that are neither place,
    period nor kind, of a sentence the measure with what narrows it. `place` and `period` are "" where they are not
    told; `cumulative` says that the period is counted from the beginning of its year. `text` is the figure as it
    stands in the file, the slice at the first of `citation.marks`, whose bytes in a plain text are `byte_range`;
    `value` is its number in `unit`, negative for a fall. `rough` says that it is told as a bound or about (5%左右,
    超过1万). `differs` are the numbers, from 1, of figures of the same name, place, period and kind that say something
    else; `check` is there for changes whose levels are known.
    """

    name: str
    place: str
    period: str
    cumulative: bool
    kind: Kind
    against: Against
    standing: Standing
    value: Decimal
    text: str
    unit: str
    citation: Citation
    byte_range: ByteRange | None = None
    rough: bool = False
    from_table: bool = False
    differs: tuple[int, ...] = ()
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What was collected of a measure: by name, place, kind and period. `passages` of `of` were looked at; `gone` are
    figures left out because their file no longer holds them; `places`, `since`, `until` are what was asked for."""

    measure: str
    figures: tuple[Figure, ...]
    passages: int
    of: int
    gone: int = 0
    places: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    @property
    def sure_of_places(self) -> frozenset[str]:
        """The names of which a figure tells its place: one of them that does not is of nobody knows where."""
        return frozenset(figure.name for figure in self.figures if figure.place)


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """A measure as typed, and which of its figures are wanted.

    `measure` is its name (粮食产量), with a word for change at its end (…增速) changes alone; of `places` alone,
    told with or without 省, 市, 县; of the periods `since` and `until` and
    between them, as people write them (2024年3月).
    """

    measure: str
    places: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
