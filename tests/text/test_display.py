"""tjqa.text.display: what a terminal is sent of texts that others wrote."""

from __future__ import annotations

import pytest

from tjqa.text.display import one_line, visible


@pytest.mark.parametrize(
    "char", ["\x1b", "\x07", "\x9b", "\x7f", "\r", "\u202e", "\u200b", "\u2028", "\ud800", "\U000e0041"]
)
def test_what_a_terminal_obeys_is_a_dot(char: str) -> None:
    """Commands, characters that turn or hide text, halves of characters; the length stays."""
    assert visible(f"甲{char}乙") == one_line(f"甲{char}乙") == "甲·乙"


@pytest.mark.parametrize("char", ["\u3164", "\u115f", "\uffa0", "\u2800", "\u034f", "\ufe0f", "\U000e0100"])
def test_what_is_drawn_as_nothing_is_a_dot(char: str) -> None:
    """Two names that look the same are not; what has a picture of its own stays."""
    assert visible(f"报告{char}.txt") == "报告·.txt"
    assert visible("報告⠿한国😀") == "報告⠿한国😀"


def test_a_name_stays_on_its_line() -> None:
    """Line breaks and tabs are kept in texts and shown as a sign in names."""
    assert visible("甲\n乙\t丙") == "甲\n乙\t丙"
    assert one_line("甲\n乙\t丙") == "甲·乙·丙"
