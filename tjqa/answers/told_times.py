"""The year and month that a sentence tells of in its own words: 去年 in a report of 2021 is 2020.

Such a report bears the year of its day on its head, so that its passage holds 2021 and its sentence tells of another.
"""

from __future__ import annotations

from collections.abc import Iterator

from tjqa.retrieval.hit import Hit
from tjqa.text.numbers import months
from tjqa.text.own_time import OwnYear, years_named, years_told


def times_of_others(asked: str, hit: Hit, told: str) -> Iterator[str]:
    """The years and months of a folded question, as they are told to who reads, where the folded words that answer say
    of themselves, counted from the day of their document, that they are of others."""
    passage = hit.passage
    own = OwnYear.of(f"{passage.title} {passage.name}", passage.published)
    wanted = years_named(asked)
    meant = own.months(told)
    said = own.years(told) | years_told(told) | {year for year, _ in meant}
    if said and not wanted & said:
        yield from (f"{year}年" for year in sorted(wanted))
    if meant and not months(told) and (asked_months := months(asked)):
        said_months = {month for _, month in meant}
        yield from (f"{month}月" for month in sorted(asked_months) if not asked_months & said_months)
