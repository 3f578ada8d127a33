"""tjqa.progress: how long a build will still take."""

from __future__ import annotations

import pytest

from tjqa.progress import Pace, rounded, whole
from tjqa.reports import Progress


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_an_even_pace_is_told_exactly() -> None:
    """Ten a second, from the first seconds on; nothing before, nothing at the end."""
    clock = Clock()
    pace = Pace(clock)
    found = []
    for done in range(0, 1001, 10):
        found.append(pace.seconds_left(Progress("phase_embed", done, 1000)))
        clock.now += 1
    assert found[:3] == [None] * 3 and found[-1] is None
    assert found[5:-1] == [pytest.approx((1000 - done) / 10) for done in range(50, 1000, 10)]


def test_what_was_done_before_took_no_time() -> None:
    """A phase that begins at 900 of 1,000 is judged by what it did itself."""
    clock = Clock()
    pace = Pace(clock)
    pace.seconds_left(Progress("phase_embed", 900, 1000))
    clock.now += 10
    assert pace.seconds_left(Progress("phase_embed", 910, 1000)) == pytest.approx(90)


def test_a_new_phase_and_a_new_pace() -> None:
    """Another phase starts afresh; a change of pace shows after a minute."""
    clock = Clock()
    pace = Pace(clock)
    for done in range(100):
        clock.now += 1
        pace.seconds_left(Progress("phase_read", done, 100))
    assert pace.seconds_left(Progress("phase_embed", 0, 10_000)) is None
    for done in (*range(0, 600, 10), *range(600, 760, 2)):
        clock.now += 1
        left = pace.seconds_left(Progress("phase_embed", done, 10_000))
    assert left == pytest.approx((10_000 - 758) / 2, rel=0.05)


def test_unknown_total_is_never_told() -> None:
    """Without a total there is no end to tell."""
    clock = Clock()
    pace = Pace(clock)
    for done in range(20):
        clock.now += 1
        assert pace.seconds_left(Progress("phase_read", done, 0)) is None


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, (10, False)), (44, (40, False)), (89, (90, False)), (95, (2, True)), (3600, (60, True))],
)
def test_time_as_people_say_it(seconds: float, said: tuple[int, bool]) -> None:
    """Tens of seconds, then minutes."""
    assert rounded(seconds) == said


def test_a_build_is_one_bar_that_never_goes_back() -> None:
    """From the first step of the first phase to the last of the last; a phase without a count does not move it."""
    steps = [
        *(Progress("phase_read", done, 4) for done in range(5)),
        Progress("phase_repeats", 0, 0),
        Progress("phase_repeats", 2, 2),
        *(Progress("phase_embed", done, 10) for done in (0, 5, 10, 12)),
    ]
    found = [at for at in map(whole, steps) if at is not None]
    shares = [at.share for at in found]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == pytest.approx(1)
    assert [at.number for at in found] == [1] * 5 + [2] * 2 + [3] * 4 and {at.phases for at in found} == {3}
    assert whole(Progress("phase_deepen", 1, 2)) is None
