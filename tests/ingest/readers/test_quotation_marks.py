"""Quotation marks of recognised lines: what the recogniser saw of them, and what is made of it."""

from __future__ import annotations

import numpy as np
import pytest

from tjqa.ingest.readers.scans.quotation_marks import QuotationMarks

CHARACTERS = ["blank", *"“”‘’\"'", *"甲乙丙，。ab "]


def read(*columns: str | dict[str, float]) -> str:
    """What is decoded of columns: a character that is surely seen, or how likely each one is, the rest is nothing."""
    line = np.zeros((len(columns), len(CHARACTERS)), np.float32)
    for at, column in enumerate(columns):
        seen = {column: 1.0} if isinstance(column, str) else column
        for char, likely in seen.items():
            line[at, CHARACTERS.index(char) if char else 0] = likely
        line[at, 0] += 1.0 - sum(seen.values())
    best = QuotationMarks(CHARACTERS).mended(line[None])[0].argmax(axis=1)
    return "".join(CHARACTERS[char] for at, char in enumerate(best) if char and (at == 0 or best[at - 1] != char))


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (["“", "甲", "”", "，"], "“甲”，"),  # what is sure stays
        (["甲", {"‘": 0.3, "“": 0.1}, "乙", "’", "丙"], "甲‘乙’丙"),  # lost, as the mark is divided among two
        (["甲", {"‘": 0.02, "“": 0.04}, "乙", "’", "丙"], "甲‘乙’丙"),  # hardly seen: the closing one calls for it
        (["甲", {"‘": 0.06}, "乙", "丙"], "甲乙丙"),  # so little alone is nothing
        (["“", "甲", {"“": 0.6, "‘": 0.2}, "乙", {"’": 0.7, "”": 0.2}, "”"], "“甲‘乙’”"),  # within double ones
        (["甲", {"'": 0.6, "’": 0.3}, "乙"], "甲’乙"),  # Chinese print has no straight ones
        (["甲", '"', "乙", '"', "丙"], "甲“乙”丙"),
        (["a", "'", "b", "a"], "a'ba"),  # Latin words do
        (["乙", "”", "，", "“", "甲"], "乙”，“甲"),  # a line within a quotation, and one that goes on
        (["甲", "’", "乙", "’", "，"], "甲’乙’，"),  # two that close: what opens was lost, and none is turned around
        (["“", {"“": 0.2}, "甲", {"”": 0.1}, "”", "。"], "“甲”。"),  # an echo beside a mark is none
    ],
)
def test_marks_of_a_line(columns: list[str | dict[str, float]], text: str) -> None:
    """Each is what the whole line makes likeliest."""
    assert read(*columns) == text


def test_a_model_without_curled_marks_is_left_alone() -> None:
    """Nothing is put in that it cannot mean."""
    probabilities = np.full((1, 3, 4), 0.25, np.float32)
    assert QuotationMarks(["blank", '"', "甲", "乙"]).mended(probabilities) is probabilities
