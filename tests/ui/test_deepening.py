"""The library being understood more deeply while it answers: a share in the top bar, and nothing to wait for."""

from __future__ import annotations

import pytest

from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, FixedEngine
from tjqa.config import Settings
from tjqa.errors import ModelError
from tjqa.reports import Progress
from tjqa.ui.background.index_process import command_line

pytestmark = pytest.mark.slow


def shallow() -> FixedBackend:
    """A library of which half is understood."""
    engine = FixedEngine()
    engine.understood = 0.5
    backend = FixedBackend(engine)
    backend.gate.clear()
    return backend


async def test_it_goes_on_by_itself_while_questions_are_answered() -> None:
    """The share stands in the top bar until all is done; then the engine is opened again, and that was all."""
    backend = shallow()
    app = make_app(backend)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "正在加深理解 63%" in screen_text(app))
        await ask(pilot, QUESTION)
        assert "13个" in screen_text(app) and "正在加深理解 63%" in screen_text(app)
        backend.gate.set()
        await wait_until(pilot, lambda: app.state.status is not None and app.state.status.understood == 1)
        await wait_until(pilot, lambda: "加深理解" not in screen_text(app))
        assert backend.deepenings == 1


async def test_what_it_cannot_do_is_not_tried_for_ever() -> None:
    """A damaged model, a full disk, another program at it: questions are answered as before, nothing is in the way."""
    backend = shallow()
    backend.build_error = ModelError("model_vectors", model="deep")
    app = make_app(backend)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "正在加深理解 63%" in screen_text(app))
        backend.gate.set()
        await wait_until(pilot, lambda: app.state.deepening is None)
        app.engine.reopen()
        await ask(pilot, QUESTION)
        assert "13个" in screen_text(app) and backend.deepenings == 1


async def test_scans_being_recognised_are_told_in_their_own_words() -> None:
    """The same place in the top bar, and questions are answered meanwhile."""
    backend = shallow()
    app = make_app(backend)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "正在加深理解 63%" in screen_text(app))
        app.deepening.step(Progress("phase_recognize", 3, 300, "扫描.pdf"))
        await wait_until(pilot, lambda: "正在识别扫描件 1%" in screen_text(app))
        await ask(pilot, QUESTION)
        assert "13个" in screen_text(app)
        backend.gate.set()
        await wait_until(pilot, lambda: "识别扫描件" not in screen_text(app))


async def test_it_ends_with_the_app() -> None:
    """Told to stop, it writes down what it has done."""
    backend = shallow()
    app = make_app(backend)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.state.deepening == 63)
    assert backend.ended


async def test_a_library_that_is_kept_without_is_left_alone() -> None:
    """With another model, on a server, or all done."""
    for understood in (None, 1.0):
        backend = FixedBackend()
        backend.engine.understood = understood
        app = make_app(backend)
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            assert backend.deepenings == 0


def test_the_process_deepens_and_builds_nothing(place: Settings) -> None:
    """Files that changed wait until the user wants them read."""
    words = command_line(place, rebuild=False, only_deepen=True)
    assert words[words.index("--progress") + 1] == "deepen" and "--rebuild" not in words
