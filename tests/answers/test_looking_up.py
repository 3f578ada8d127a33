"""tjqa.answers.looking_up: quotes in small libraries and in large ones, and what a false one was made of."""

from __future__ import annotations

import re

import pytest

from tests.support.helpers import REPORT, TEA
from tjqa.answers import parameters
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.text.sentences import sentences

QUOTES = [span.of(text).strip() for text in (REPORT, TEA) for span in sentences(text)]


@pytest.mark.parametrize("scanned", [parameters.SCANNED_FILES, 0])
def test_true_quotes_are_found_and_forged_ones_are_not(
    library: Settings, monkeypatch: pytest.MonkeyPatch, scanned: int
) -> None:
    """By looking through all texts, or, of many documents, by what the index leads to: the verdicts are the same."""
    monkeypatch.setattr(parameters, "SCANNED_FILES", scanned)
    look_up = Engine.open(library).look_up
    for quote in QUOTES:
        found = look_up.quote(quote)
        assert found.state == "exact" and quote in {place.quote for place in found.places}, quote
        assert found.whole == bool(scanned)
        if (at := re.search("[0-9]", quote)) is not None:
            digit = str((int(at[0]) + 3) % 10)
            false = look_up.quote(quote[: at.start()] + digit + quote[at.end() :])
            assert (false.state, false.count, false.places) == ("absent", 0, ())
            if len(quote) > 8:
                assert false.nearest is not None and false.differences == ((digit, at[0]),), quote


def test_a_quote_over_passages_and_lines_is_found(library: Settings) -> None:
    """A whole paragraph, and two with the line break between them or without."""
    look_up = Engine.open(library).look_up
    first, second = REPORT.split("\n\n")[2:4]
    assert look_up.quote(f"{first}\n\n{second}").state == "exact"
    assert look_up.quote(first + second).state == "width"
    assert look_up.quote(f"{first}{second}。。").state == "absent"


def test_what_was_left_out_stands_in_the_file_too(library: Settings) -> None:
    """Text that the cleaner drops is no passage, but it is what the file says."""
    (library.sources / "页.txt").write_text(f"首页 | 登录 | 网站导航图例\n\n{TEA}", "utf-8")
    build(library)
    engine = Engine.open(library)
    assert not engine.mentions("网站导航图例")
    found = engine.look_up.quote("登录 | 网站导航图例")
    assert found.state == "exact" and found.places[0].path == "页.txt"


def test_places_are_counted_and_the_first_ones_told(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a formula some places stand for all; one that needs no folding is told first."""
    monkeypatch.setattr(parameters, "MOST_PLACES", 2)
    (library.sources / "一.txt").write_text("各位代表：请予审议。\n" * 3, "utf-8")
    (library.sources / "二.txt").write_text("各位代表:请予审议。\n", "utf-8")
    build(library)
    found = Engine.open(library).look_up.quote("各位代表:请予审议。")
    assert found.count == 3 and len(found.places) == 2 and found.state == "exact"
    assert [place.path for place in found.places] == ["二.txt", "一.txt"]


@pytest.mark.parametrize("quote", ["", " \n", "。", '"', "长" * 3000])
def test_odd_quotes_are_found_or_not(library: Settings, quote: str) -> None:
    """Nothing is no quote; a mark stands where it stands; a very long one is compared with nothing."""
    found = Engine.open(library).look_up.quote(quote)
    assert (found.count > 0) == (quote == "。")
    assert found.nearest is None
