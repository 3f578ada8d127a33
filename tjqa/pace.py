"""How long a build will still take, from how fast it has been going."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from tjqa.records import Progress

_WINDOW = 60.0  # seconds looked back on: long against one large file, short against a change of pace
_EARLIEST = 3.0  # seconds a phase must have run before anything is said of its end


class Pace:
    """Watches the steps of a build. A phase is judged by its own steps: parts taken over at its start took no time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phase = ("", 0)
        self._seen: deque[tuple[float, int]] = deque()

    def seconds_left(self, step: Progress) -> float | None:
        """Seconds until the step's phase ends; None when that cannot be told yet."""
        now = self._clock()
        if (step.phase, step.total) != self._phase:
            self._phase = (step.phase, step.total)
            self._seen.clear()
        self._seen.append((now, step.done))
        while now - self._seen[0][0] > _WINDOW and len(self._seen) > 2:
            self._seen.popleft()
        began, before = self._seen[0]
        if step.total <= step.done or step.done <= before or now - began < _EARLIEST:
            return None
        return (step.total - step.done) * (now - began) / (step.done - before)


def rounded(seconds: float) -> tuple[int, bool]:
    """Time as a person says it: a number, and whether it counts minutes; seconds in tens."""
    if seconds < 90:
        return max(10, round(seconds / 10) * 10), False
    return round(seconds / 60), True
