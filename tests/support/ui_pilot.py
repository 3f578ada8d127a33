"""Helpers for driving the app: waiting for what is seen, typing Chinese, reading the screen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.support.ui_standin import SEEDS, FixedBackend
from tjqa.config import Settings
from tjqa.ui.app import TjqaApp
from tjqa.ui.history import History
from tjqa.ui.kept.store import Kept
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.cards import AnswerCard


def make_app(
    backend: FixedBackend | None = None,
    past: History | None = None,
    folder: Path = SEEDS,
    preferences: Preferences | None = None,
    embeddings: Path = Path(os.devnull),
    kept: Kept | None = None,
) -> TjqaApp:
    """The app on the fixed engine; nothing is kept, unless in a folder named as `embeddings`. The folder is followed
    only where `preferences` say so."""
    settings = Settings(folder, embeddings)
    preferences = preferences or Preferences(follow=False)
    return TjqaApp(settings, backend or FixedBackend(), past or History(None, str(folder)), preferences, kept=kept)


async def wait_until(pilot: Pilot[Any], seen: Callable[[], object], seconds: float = 20, settled: bool = True) -> None:
    """Go on as soon as `seen()` is true, and, when `settled`, nothing is under way any more."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not seen():
        assert loop.time() < end, f"never seen; the screen was\n{screen_text(pilot.app)}"
        await asyncio.sleep(0.01)
    if settled:
        await pilot.pause()


def screen_text(app: Any) -> str:
    """What a person sees, as text."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type characters the way a terminal delivers them."""
    for char in text:
        pilot.app._driver.send_message(events.Key(_character_to_key(char), char))
    await pilot.pause()


async def ready(pilot: Pilot[Any]) -> None:
    """Wait for the engine."""
    await wait_until(pilot, lambda: pilot.app.state.page.kind == "ready" and pilot.app.state.page.samples is not None)


async def ask(pilot: Pilot[Any], question: str) -> AnswerCard:
    """Put a question in at once, as an input method or a paste does, and wait for what comes of it."""
    count = len(pilot.app.view.conversation.cards)
    before = pilot.app.view.input.value
    pilot.app.post_message(events.Paste(question))
    await wait_until(pilot, lambda: pilot.app.view.input.value != before, settled=False)
    await pilot.press("enter")
    await wait_until(pilot, lambda: len(pilot.app.view.conversation.cards) > count)
    card = pilot.app.view.conversation.cards[-1]
    await wait_until(pilot, lambda: card.answer is not None or card.error is not None)
    return card
