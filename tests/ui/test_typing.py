"""Keys that come faster than they are handled, and keys of an input method."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, SAMPLES, FixedBackend, FixedEngine
from tjqa.results import Answer
from tjqa.ui.history import History
from tjqa.ui.widgets.growing_input import MOST_BLINKS
from tjqa.ui.widgets.lines import HintLine

USUAL = (80, 24)
NAMED = {"\r": "enter", "\x7f": "backspace", "\x1b[D": "left"}


async def burst(pilot: Pilot[Any], *pieces: str) -> None:
    """Send characters and keys in one go, as a slow line delivers them."""
    for piece in pieces:
        for key in (
            [events.Key(NAMED[piece], piece[:1])]
            if piece in NAMED
            else [events.Key(_character_to_key(c), c) for c in piece]
        ):
            pilot.app._driver.send_message(key)
    await pilot.pause()


async def test_questions_typed_ahead_are_all_asked_as_typed() -> None:
    """Enter belongs to what was typed before it, however fast the next question comes."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        backend.engine.asked.clear()
        await burst(pilot, "甲问题一二三", "\r", "乙问题四五六", "\r", "丙问题七八九", "\r", "还没问完")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 3)
        assert [question for question, _ in backend.engine.asked] == ["甲问题一二三", "乙问题四五六", "丙问题七八九"]
        assert app.view.input.value == "还没问完"


async def test_keys_of_editing_keep_their_place_among_characters() -> None:
    """Backspace erases what stood before it, an arrow moves from there."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await burst(pilot, "甲乙", "\x7f", "丙", "\x1b[D", "丁")
        assert app.view.input.value == "甲丁丙"


async def test_a_line_that_is_not_understood_comes_back() -> None:
    """To be mended; after a line typed ahead it is in the history."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await burst(pilot, "/没这个", "\r")
        await wait_until(pilot, lambda: app.view.input.value == "/没这个")
        app.view.input.value = ""
        await burst(pilot, "自:昨天 多少", "\r", "下一问")
        await wait_until(pilot, lambda: "看不懂日期" in screen_text(app))
        assert app.view.input.value == "下一问" and app.past.questions[-1] == "自:昨天 多少"


async def test_a_full_width_blank_is_a_blank() -> None:
    """In the input, and typed where it goes to the input from."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await burst(pilot, "地区:西青\u3000项目")
        assert app.view.input.value == "地区:西青 项目"
        app.view.input.value = ""
        card = await ask(pilot, QUESTION)
        card.focus()
        await burst(pilot, "\u3000")
        assert app.focused is app.view.input and app.view.input.value == " "


class Many(FixedEngine):
    """Twelve passages to an answer."""

    def ask(self, question: str, k: int = 10, filters: Any = ()) -> Answer:
        """The usual ones over again."""
        answer = super().ask(question, k, filters)
        again = (answer.citations * 3)[:12]
        return replace(answer, citations=tuple(replace(c, number=n) for n, c in enumerate(again, 1)))


async def test_a_number_of_two_digits_opens_its_passage() -> None:
    """Of one that there is; another number is asked."""
    app = make_app(FixedBackend(Many()))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await burst(pilot, "１０", "\r")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        assert len(app.view.conversation.cards) == 1
        await pilot.press("escape")
        await burst(pilot, "13", "\r")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 2)


LONG = "请问根据县人民政府工作报告，全县城镇居民人均可支配收入达到多少元，比上一年增长了百分之几？" * 8


async def test_the_input_grows_with_the_question_and_shrinks_again() -> None:
    """Up to five rows, none of which begins with a stop; what is asked is one line."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        box = app.view.input
        assert box.size.height == 1
        app.post_message(events.Paste(LONG[:60]))
        await wait_until(pilot, lambda: box.size.height == 2)
        app.post_message(events.Paste(LONG))
        await wait_until(pilot, lambda: box.size.height == 5)
        rows = [line[1:].strip() for line in screen_text(app).splitlines() if line.startswith("│")][-5:]
        assert not any(row.startswith(tuple("，？。")) for row in rows)
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(app.view.conversation.cards) == 1 and box.size.height == 1)
        assert box.value == ""


async def test_a_line_is_broken_with_keys_of_its_own() -> None:
    """Alt+Enter, Shift+Enter and Ctrl+J; the question asked is one line."""
    backend = FixedBackend()
    app = make_app(backend)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        for piece, key in (("甲", "alt+enter"), ("乙", "shift+enter"), ("丙", "ctrl+j"), ("丁", "")):
            await burst(pilot, piece)
            if key:
                await pilot.press(key)
        assert app.view.input.value == "甲\n乙\n丙\n丁"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.conversation.answers)
        assert backend.engine.asked[-1][0] == "甲 乙 丙 丁"


async def test_arrows_go_through_the_rows_before_the_history() -> None:
    """↑ in the first row, ↓ in the last."""
    past = History(None)
    past.add("旧的问题")
    app = make_app(past=past)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        app.view.input.put("甲\n乙\n丙")
        await pilot.press("up", "up")
        assert app.view.input.value == "甲\n乙\n丙"
        await pilot.press("up")
        await wait_until(pilot, lambda: app.view.input.value == "旧的问题")
        await pilot.press("down")
        await wait_until(pilot, lambda: app.view.input.value == "甲\n乙\n丙")


async def test_near_the_limit_the_characters_are_counted() -> None:
    """And one too many is told."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        app.view.input.put("问" * 9_500)
        await wait_until(pilot, lambda: "9,500 / 10,000" in screen_text(app))
        app.view.input.put("问" * 10_000)
        await burst(pilot, "多")
        await wait_until(pilot, lambda: "多出的 1 字没有放进来" in screen_text(app))
        assert len(app.view.input.value) == 10_000
        app.view.input.put("问")
        await wait_until(pilot, lambda: "10,000" not in screen_text(app))


async def test_a_suggestion_is_taken_only_at_the_end() -> None:
    """→ within the line goes right."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await burst(pilot, "西青区城", "\x1b[D", "\x1b[D")
        await pilot.press("right")
        assert app.view.input.value == "西青区城"
        await pilot.press("right", "right")
        assert app.view.input.value == SAMPLES[1]


async def test_a_notice_ends_with_the_next_key_that_does_something() -> None:
    """Not with one that does nothing; one that came while somebody typed is seen all the same."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        hints = app.query_one(HintLine)
        hints.SEEN_SECONDS = 0.0
        await pilot.press("f5")
        await wait_until(pilot, lambda: "没有筛选" in screen_text(app))
        await pilot.press("f15")
        assert "没有筛选" in screen_text(app)
        await burst(pilot, "问")
        await wait_until(pilot, lambda: "没有筛选" not in screen_text(app))
        await pilot.press("f5")
        await wait_until(pilot, lambda: "没有筛选" in screen_text(app))
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: "没有筛选" not in screen_text(app))
        hints.SEEN_SECONDS = 30.0
        await pilot.press("escape", "f5")
        await burst(pilot, "又问")
        assert "没有筛选" in screen_text(app)


async def test_news_wait_for_the_notice_that_stands() -> None:
    """What the app did of itself does not cover what it says to somebody's act; it is told after that."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        hints = app.query_one(HintLine)
        hints.SEEN_SECONDS = 0.0
        app.view.notice("甲", of_itself=True)
        app.view.notice("新", of_itself=True)
        assert hints.text == "新"
        await pilot.press("f5")
        await wait_until(pilot, lambda: "没有筛选" in hints.text)
        app.view.notice("乙", of_itself=True)
        app.view.notice("丙", of_itself=True)
        assert "没有筛选" in hints.text
        await burst(pilot, "问")
        await wait_until(pilot, lambda: hints.text == "丙")
        await burst(pilot, "又")
        await wait_until(pilot, lambda: hints.text not in ("乙", "丙"))


async def test_an_idle_cursor_stays() -> None:
    """It blinks while somebody types; then it stands still, and the app has nothing left to paint."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        box = app.view.input
        box.cursor_blink = True
        box._restart_blink()
        for _ in range(MOST_BLINKS):
            box._toggle_cursor_blink_visible()
        assert not box.blink_timer._active.is_set() and box._cursor_visible
        await pilot.press("a")
        assert box.blink_timer._active.is_set()
