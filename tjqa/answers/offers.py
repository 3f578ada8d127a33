"""What can be asked instead of a question for a period or a place of which nothing is there."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.results import Answer
from tjqa.text.normalize import fold
from tjqa.text.periods import Period, periods, whole_period

_MOST = 3


def other_questions(answer: Answer) -> list[tuple[str, str]]:
    """The periods or the places of which something is there, the nearest to the one asked for first, each with the
    question asked of it."""
    for lacking in answer.lacking_periods:
        if written := as_asked(answer.question, lacking):
            existing = _nearest(lacking, answer.existing_periods)
            return [(other, answer.question.replace(written, other)) for other in existing[:_MOST]]
    place = answer.lacking_place
    if place and answer.question.count(place) == 1:
        return [(other, answer.question.replace(place, other)) for other in answer.existing_places[:_MOST]]
    return []


def as_asked(question: str, lacking: str) -> str:
    """A period as a question writes it (三季度 for 7—9月); "" where it does not so, or more than once."""
    wanted = whole_period(fold(lacking))
    spans = [dated.span for dated in periods(fold(question)) if dated.period == wanted]
    written = spans[0].of(question).strip(" ,，") if len(spans) == 1 else lacking
    return written if question.count(written) == 1 else ""


def _nearest(lacking: str, existing: Sequence[str]) -> list[str]:
    """Some periods, those as long as the lacking one first, of these the nearest."""
    wanted = whole_period(fold(lacking))
    read = {one: whole_period(fold(one)) for one in existing}
    if wanted is None or None in read.values():
        return list(existing)

    def distance(one: str) -> tuple[bool, int]:
        period = read[one]
        assert period is not None
        return _length(period) != _length(wanted), abs(_months(period) - _months(wanted))

    return sorted(existing, key=distance)


def _months(period: Period) -> int:
    return 12 * (period.until or period.year) + period.last[0]


def _length(period: Period) -> tuple[int, int]:
    return period.until - period.year if period.until else 0, period.last[0] - period.first[0]
