"""A number of one or two digits that is typed where nothing shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.timer import Timer

SECOND_DIGIT = 0.7
"""Seconds that a digit waits for the second one of a passage shown as [10]; Enter ends it at once."""


class TypedNumber:
    """Collects digits until they are a number that is meant."""

    def __init__(self, later: Callable[[float, Callable[[], None]], Timer], chosen: Callable[[int], None]) -> None:
        """`later` calls something after some seconds, `chosen` is told the number."""
        self._later = later
        self._chosen = chosen
        self._waiting: Timer | None = None
        self.begun = 0
        """The first of two digits, 0 without one."""

    def add(self, digit: int, shown: Sequence[int]) -> bool:
        """A digit; of the numbers that are `shown` one with two digits may follow. Whether it is part of a number."""
        if self.begun:
            self._chosen(10 * self.begun + digit)
            return True
        if digit and any(number // 10 == digit for number in shown):
            self.begun = digit
            self._waiting = self._later(SECOND_DIGIT, lambda: self._chosen(digit))
        elif digit:
            self._chosen(digit)
        return digit > 0

    def forget(self) -> None:
        """Let go of what was begun."""
        self.begun = 0
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
