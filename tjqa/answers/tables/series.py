"""Files that are numbers of one series: the same name but for its period (2024年1月…价格, 2024年2月…价格)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from tjqa.answers.tables import parameters
from tjqa.answers.tables.fits import same
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods

_NUMBER = re.compile(r"\d+")


class FileSeries:
    """The files of a library by what their names have in common; looked through when first asked for."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(paths)

    def of_periods(self, paths: Iterable[str], wanted: Sequence[Period]) -> list[str]:
        """The files of the same series as some, of the periods that are wanted."""
        found: dict[str, None] = {}
        for pattern in dict.fromkeys(_pattern(path) for path in paths):
            for path, told in self._by_pattern.get(pattern, ()):
                if any(same(asked, one) for asked in wanted for one in told):
                    found[path] = None
        return list(found)[: parameters.MOST_TABLES]

    @cached_property
    def _by_pattern(self) -> dict[str, list[tuple[str, tuple[Period, ...]]]]:
        found: dict[str, list[tuple[str, tuple[Period, ...]]]] = {}
        for path in self._paths:
            told = tuple(dated.period for dated in periods(fold(path)))
            if told:
                found.setdefault(_pattern(path), []).append((path, told))
        return found


def _pattern(path: str) -> str:
    """A name without its periods and numbers."""
    folded = fold(path)
    for dated in reversed(list(periods(folded))):
        folded = folded[: dated.span.start] + "|" + folded[dated.span.end :]
    return _NUMBER.sub("#", folded)
