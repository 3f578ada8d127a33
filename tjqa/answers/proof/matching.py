"""How far a place in the library is the one that a fact of a draft was written from: by the words around both."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from tjqa.answers.proof import parameters
from tjqa.answers.proof.facts import clause_around, letters, pairs
from tjqa.answers.proof.sources import SourceCell, SourceUnit
from tjqa.answers.proof.values import BOUND_BEFORE
from tjqa.documents import Span
from tjqa.text.periods import periods
from tjqa.text.units import is_unit

# What heads say that tells no measure, with the unit behind it: 绝对量(亿元), 本月累计.
_NO_MEASURE = re.compile(
    r"\([^()]{1,8}\)|绝对[量数额值]|数[值额据]|数量|金额|总量|指标值|合计|总计|本[月期年季]|当[月期年季]|累计|其中:?"
)


_CHANGES = re.compile("[涨跌升降减]|增(?!加值)|回落|同比|环比")


@dataclass(frozen=True, slots=True)
class Around:
    """The letters before and behind a fact in its clause, those behind it whatever stops stand there, and the pairs of
    letters of its whole sentence."""

    left: str
    right: str
    beyond: str
    whole: frozenset[str]

    @classmethod
    def of(cls, folded: str, span: Span) -> Around:
        """Those of a fact of a folded sentence."""
        clause = clause_around(folded, span)
        left = _before(folded[clause.start : span.start])[-parameters.FAR_WINDOW :]
        right = letters(folded[span.end : clause.end])[: parameters.NEAR_WINDOW]
        beyond = letters(folded[span.end :])[: parameters.FAR_WINDOW]
        return cls(left, right, beyond, pairs(folded[: span.start]) | pairs(folded[span.end :]))

    def agreement(self, unit: SourceUnit, at: Span) -> float:
        """How far a place of a sentence fits, 0..1; `at` is in the sentence."""
        left, right = _sides(unit, at)
        whole = self.whole_agreement(unit)
        before = self._said_before(left, unit)
        near = _common_end(self.left, left) / 4
        # Each side counts by its letters; what stands before a figure tells more of it than what follows.
        weights = min(len(self.left), parameters.FULL_WEIGHT), parameters.BEHIND * len(self.right)
        told = weights[0] * (0.7 * before + 0.3 * near) + weights[1] * _held(self.right, right)
        found = 0.75 * told / sum(weights) + 0.25 * whole if sum(weights) else 0.0
        if not _held(self.left, left) and not near and len(self.beyond) >= parameters.SELF_CONTAINED:
            # At the beginning of what was written from there, perhaps behind words of the draft's own (据介绍).
            found = max(found, 0.6 * _held(self.beyond, right) + 0.4 * whole)
        return found

    def _said_before(self, left: str, unit: SourceUnit) -> float:
        """Share of what stands before the fact that stands before the other one, too; elsewhere in its sentence or its
        headings it counts less."""
        mine = pairs(self.left) if self.left else frozenset()
        if not mine:
            return 0.0
        there, anywhere = pairs(left), unit.pairs | pairs(unit.source.context)
        return sum(1.0 if one in there else parameters.ELSEWHERE * (one in anywhere) for one in mine) / len(mine)

    def loose(self, unit: SourceUnit, at: Span) -> float:
        """The same of what stands on either side of its clause alike, as dates and names do."""
        left, right = _sides(unit, at)
        sides = [_held(mine, other) for mine, other in ((self.left, left), (self.beyond, right)) if len(mine) > 2]
        # What stood before may stand behind it by now.
        moved = [_held(mine, other) for mine, other in ((self.left, right), (self.beyond, left)) if len(mine) > 4]
        sides += [parameters.MOVED * side for side in moved]
        near = max(_common_end(self.left, left), _common_end(self.beyond[::-1], right[::-1])) / 4
        whole = self.whole_agreement(unit)
        return 0.55 * max(sides, default=whole) + 0.05 * near + 0.4 * whole

    def whole_agreement(self, unit: SourceUnit) -> float:
        """Share of the sentence that another one says; half as much what its title and section say."""
        if not self.whole:
            return 0.0
        beside = pairs(unit.source.context) - unit.pairs
        return (len(self.whole & unit.pairs) + 0.5 * len(self.whole & beside)) / len(self.whole)

    def of_cell(self, cell: SourceCell, also: str = "") -> float:
        """How far the heads of a cell are said in the sentence, and the sentence in the heads and what is around; with
        `also`, the fact itself may be a head. Of the heads of a row, and of those of a column, the one that is said
        best tells what it is; those that are not said narrow it."""
        said = self.whole | pairs(self.left) | pairs(self.right) | pairs(also)
        letters_said = frozenset("".join(said))
        shares = []
        for heads in (cell.row_heads, cell.column_heads):
            own = [_said(told, said, letters_said) for head in heads if (told := _telling(head))]
            if own:
                shares.append(0.8 * max(own) + 0.2 * sum(own) / len(own))
        around = pairs(cell.around + " ".join(cell.heads))
        known = len(said & around) / len(said) if said else 0.0
        told = 0.75 * (sum(shares) / len(shares)) + 0.25 * known if shares else known
        # A change is no level: 上涨88.7元 is not of the column of prices, though the sentence names the price, too.
        heads = "".join((*cell.row_heads[-1:], *cell.column_heads))
        differs = bool(_CHANGES.search(self.left[-parameters.NEAR_WINDOW :])) != bool(_CHANGES.search(heads))
        return told - parameters.NO_CHANGE * (differs and not also)


def _said(head: str, said: frozenset[str], letters_said: frozenset[str]) -> float:
    """How far a head is said in a sentence, by pairs of letters and by letters: of 本期价格 texts say 价格."""
    own = pairs(head)
    return (_share(own, said) + _share(frozenset("".join(own)), letters_said)) / 2


def _sides(unit: SourceUnit, at: Span) -> tuple[str, str]:
    """The letters before and behind a place of a sentence, as far as they are looked at."""
    reach = parameters.FAR_WINDOW + parameters.SLACK
    return _before(unit.folded[: at.start])[-reach:], letters(unit.folded[at.end :])[:reach]


@lru_cache(maxsize=8192)
def _before(folded: str) -> str:
    """The letters before a fact, without the words that only bound a figure."""
    return BOUND_BEFORE.sub("", letters(folded))


def _telling(head: str) -> str:
    """What a head says beside a time, a unit, and that there is a number; "" where that is all."""
    rest = head
    for dated in reversed(list(periods(head))):
        rest = rest[: dated.span.start] + rest[dated.span.end :]
    rest = _NO_MEASURE.sub("", rest).strip("()（）:：、")
    return rest if letters(rest) and not is_unit(rest) else ""


def _share(wanted: Collection[str], held: Collection[str]) -> float:
    return sum(one in held for one in wanted) / len(wanted) if wanted else 0.0


def _held(mine: str, other: str) -> float:
    return _share(pairs(mine), pairs(other)) if mine else 0.0


def _common_end(one: str, other: str) -> int:
    """How many of the last four letters are the same."""
    count = 0
    while count < min(4, len(one), len(other)) and one[-1 - count] == other[-1 - count]:
        count += 1
    return count if len(one) >= 4 else (4 if one and count == len(one) else count)
