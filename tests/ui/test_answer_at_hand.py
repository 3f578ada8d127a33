"""Which answer a key means: the one in focus or being read, else the one on the screen, never one out of sight."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.ui_pilot import ask, make_app, ready, type_text, wait_until
from tests.support.ui_standin import QUESTION
from tjqa.results import Answer
from tjqa.ui.widgets.cards import AnswerCard
from tjqa.ui.widgets.why import WhyScreen

SIZES = [(120, 36), (80, 24)]
QUESTIONS = [f"{QUESTION}{n}" for n in range(1, 5)]


async def asked(pilot: Pilot[Any]) -> list[AnswerCard]:
    """Four answers, more than fit, the first ones out of sight."""
    await ready(pilot)
    cards = [await ask(pilot, question) for question in QUESTIONS]
    for card in cards:
        card.action_fold()
    view = pilot.app.view.conversation
    await wait_until(pilot, lambda: view.max_scroll_y > 2 * view.size.height)
    view.scroll_end(animate=False)
    await wait_until(pilot, lambda: view.scroll_offset.y == view.max_scroll_y)
    return cards


async def look_at(pilot: Pilot[Any], card: AnswerCard) -> None:
    """Scroll until the lower border of a card is the last row in view, as with the wheel: the focus stays."""
    view = pilot.app.view.conversation

    def wanted() -> int:
        return max(card.virtual_region.bottom - view.size.height, 0)

    view.scroll_to(y=wanted(), animate=False)
    await wait_until(pilot, lambda: view.scroll_offset.y == wanted())


def at_hand(app: Any) -> Answer | None:
    """The answer that F7, F8, F9 and F12 mean."""
    found = app.reading.passage_at_hand("")
    return found[0] if found is not None else None


@pytest.mark.parametrize("size", SIZES)
async def test_keys_mean_the_card_that_is_looked_at(size: tuple[int, int]) -> None:
    """Scrolled up to an older card, F6, F7, a number and Ctrl+O act on it; at the end again on the newest."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        cards = await asked(pilot)
        assert at_hand(app) is cards[3].answer
        for card in (cards[0], cards[2]):
            await look_at(pilot, card)
            assert at_hand(app) is card.answer and app.asking.answer_at_hand() is card.answer
        await look_at(pilot, cards[1])
        await pilot.press("f7")
        await wait_until(pilot, lambda: isinstance(app.screen, WhyScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)
        await pilot.press("f6")
        assert app.view.input.value == QUESTIONS[1]
        app.view.input.value = ""
        for keys in (("ctrl+o",), ("2", "enter")):
            await pilot.press(*keys)
            await wait_until(pilot, lambda: app.view.is_shown("source"))
            assert app.view.conversation.opened is cards[1].answer
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.focused is app.view.input)
            await look_at(pilot, cards[1])
        app.view.conversation.scroll_end(animate=False)
        await wait_until(pilot, lambda: at_hand(app) is cards[3].answer)


async def test_a_card_in_focus_that_was_scrolled_away_is_not_meant() -> None:
    """The focus stays on the newest card while the wheel goes up: neither commands nor digits act on what is unseen."""
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        cards = await asked(pilot)
        cards[3].focus()
        await wait_until(pilot, lambda: app.focused is cards[3])
        await look_at(pilot, cards[0])
        assert at_hand(app) is cards[0].answer and app.focused is cards[3]
        await type_text(pilot, "2")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        assert app.view.conversation.opened is cards[0].answer


async def test_what_is_being_read_is_meant_whatever_is_beside_it() -> None:
    """Reading a passage of an older answer, Ctrl+Y and Ctrl+E take that answer, not the newest card beside it."""
    app = make_app()
    async with app.run_test(size=(140, 30)) as pilot:
        cards = await asked(pilot)
        app.reading.open_citation(cards[0].answer, 2)
        await wait_until(pilot, lambda: app.view.is_reading)
        app.view.conversation.scroll_end(animate=False)
        await pilot.pause()
        assert app.view.answer_at_hand is cards[0].answer and app.asking.answer_at_hand() is cards[0].answer
        app.view.input.focus()
        await wait_until(pilot, lambda: app.view.answer_at_hand is cards[3].answer)


async def test_what_waits_or_failed_has_no_answer_to_act_on() -> None:
    """Of a question that failed below an answer, F6 takes the question, the others the answer still in sight."""
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        first = await ask(pilot, QUESTION)
        app.view.input.value = ""
        failed = await ask(pilot, "出错")
        assert at_hand(app) is first.answer and app.view.conversation.meant(answered=False) is failed


async def test_nothing_is_meant_before_the_first_question() -> None:
    """Nor does anything break."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert app.view.answer_at_hand is None and app.view.conversation.meant(answered=False) is None
