"""Every state of the app at three sizes in both languages: complete rows, the right words, no other language left."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.support.ui_pilot import ask, make_app, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, FixedEngine, missing
from tjqa.errors import ModelError
from tjqa.messages import Language, literal
from tjqa.ui.keys import side_by_side
from tjqa.ui.preferences import Preferences
from tjqa.ui.text.strings import Texts, keys

pytestmark = pytest.mark.slow

SIZES = [(120, 36), (80, 24), (50, 20)]
HAN = re.compile("[\u4e00-\u9fff]")
# What an English screen holds in Chinese: documents, questions, typed names of commands.
PLACES = pytest.mark.parametrize(
    ("size", "language"), [(s, lang) for s in SIZES for lang in ("zh", "en")], ids=lambda v: str(v)
)


def texts_of(language: Language) -> dict[str, str]:
    """Key → its text up to the first value that is filled in."""
    bound = Texts(language)
    said = {}
    for key, pair in keys().items():
        text = re.sub(
            r"\{k\[(.+?)\]\}",
            lambda m: side_by_side([bound.keys_of(binding)[0] for binding in m[1].split("+")]),
            pair[language == "en"],
        )
        said[key] = text.partition("{")[0].strip()
    return said


@lru_cache
def whole_words(language: Language) -> dict[str, re.Pattern[str]]:
    """The texts that a screen in the other language may not show, each with how it is found as words of its own."""
    return {
        text: re.compile(rf"(?<![\w/]){re.escape(text)}(?!\w)")
        for key, text in texts_of(language).items()
        if len(text) > 4 and not key.startswith(("form_", "left_out_"))
    }


class Walker:
    """Looks at the screen of an app in one language and size."""

    def __init__(self, pilot: Pilot[Any], size: tuple[int, int], language: Language) -> None:
        self.pilot, self.app, self.size = pilot, pilot.app, size
        self.said = texts_of(language)
        self.other = whole_words("zh" if language == "en" else "en")

    async def see(self, *wanted: str, words: tuple[str, ...] = (), both: bool = False) -> None:
        """Wait for texts (by key; where narrow, their beginning) and words; then look at every row. The palette
        holds `both` languages, so that either can be searched."""
        room = self.size[0] // 2 - 8
        looked_for = [self._begin(self.said[key], room) for key in wanted] + list(words)
        await wait_until(self.pilot, lambda: self._shows(looked_for), settled=False)
        strips = self.app.screen._compositor.render_strips()
        assert len(strips) == self.size[1]
        for strip in strips:
            assert cell_len(strip.text) == self.size[0], strip.text
        flat = self._flat()
        left = [] if both else [text for text, word in self.other.items() if text in flat and word.search(flat)]
        assert not left, left

    def _shows(self, texts: list[str]) -> bool:
        flat = self._flat()
        return all(text in flat for text in texts)

    def _flat(self) -> str:
        """The screen without borders and line breaks, so that a wrapped text is found."""
        rows = (re.sub(r"^[│\s]+|[│\s]+$", "", row) for row in screen_text(self.app).split("\n"))
        return " ".join(rows)

    def _begin(self, text: str, room: int) -> str:
        cut = text
        while cell_len(cut) > room:
            cut = cut[:-1]
        return cut.strip() if cut == text or HAN.search(text) else cut.rpartition(" ")[0]

    async def press(self, *pressed: str) -> None:
        """Press keys."""
        await self.pilot.press(*pressed)

    async def run(self, line: str) -> None:
        """A typed command."""
        await self.app.commands.run_line(line)


@PLACES
async def test_every_state(size: tuple[int, int], language: Language) -> None:
    """From loading to quitting, each state once."""
    backend = FixedBackend(FixedEngine(stale=("002.txt",)))
    backend.opened.clear()
    app = make_app(backend, preferences=Preferences(language=language))
    async with app.run_test(size=size) as pilot:
        walk = Walker(pilot, size, language)
        await walk.see("loading_page", "name", "more_help")
        await type_text(pilot, QUESTION)
        await walk.press("enter")
        await walk.see("waiting")
        backend.opened.set()
        await walk.see("others_same", "question", "answer", words=("13个", "[1]", "1"))
        await walk.see(words=("/更新" if language == "zh" else "/index",) if size[0] == 120 else ())
        await _conversation(walk)
        await _panels(walk)
        await _windows(walk)
        await _building(walk, backend)
        await pilot.resize_terminal(39, 9)
        walk.size = (39, 9)
        await wait_until(pilot, lambda: walk.said["too_small"][:12] in screen_text(app))


async def _conversation(walk: Walker) -> None:
    """Filters, a follow-up, an unfolded card, nothing found, a failure, an empty line, a command being typed."""
    pilot, app = walk.pilot, walk.app
    await ask(pilot, f"文件:00 {QUESTION}")
    await walk.see("filters", words=(("文件" if app.view.texts.language == "zh" else "file") + ":00 ×",))
    await ask(pilot, "那西青呢？")
    await walk.see("searched", "searched_hint")
    await walk.press("f5")
    await walk.see("afresh")
    card = await ask(pilot, "没有的事情")
    await walk.see("nothing", "see_nearest")
    card.action_fold()
    await pilot.pause()
    app.view.conversation.scroll_end(animate=False)
    await walk.see("less")
    await ask(pilot, "出错吧")
    await walk.see("failed", "try_this")
    app.view.input.value = ""
    await walk.press("enter")
    await walk.see("empty_question")
    await type_text(pilot, "/")
    app.query_one("#hint")._end_notice()
    await walk.see(words=("/资料" if walk.said["name"] == "政策问答" else "/library",))
    app.view.input.value = ""


async def _panels(walk: Walker) -> None:
    """A card in focus and marked, the source, the library."""
    pilot, app = walk.pilot, walk.app
    await ask(pilot, QUESTION)
    await walk.press("tab")
    await walk.see("hint_card")
    app.reading.open_at_hand(2)
    await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
    await walk.see("next_citation", "hint_source", words=("▌", "[2] "))
    await walk.press("enter")
    await wait_until(pilot, lambda: app.view.column.outline.highlighted is not None)
    await walk.see("outline_title", "hint_outline")
    await walk.press("ctrl+f")
    await walk.see("find_label", "find_placeholder", "hint_find")
    await type_text(pilot, "没有这个词")
    await walk.see("find_nothing")
    await walk.press("escape", "escape", "escape", "f2")
    await walk.see("library_title", "hint_library", words=("▸",))
    await walk.press("right")
    await walk.see("library_title", words=("▾", "1,487"))
    await type_text(pilot, "没有这篇")
    await walk.see("library_empty")
    await walk.press("escape")


async def _windows(walk: Walker) -> None:
    """Why, help, history, export, themes, the palette."""
    pilot, app = walk.pilot, walk.app
    for opened, wanted in (
        ("f7", ("why_title", "why_passage", "why_words_together", "why_asked", "why_title_holds", "why_more")),
        ("f1", ("help_title", "help_keys", "help_close")),
        ("ctrl+r", ("history_title", "history_filter")),
        ("ctrl+e", ("export_title",)),
    ):
        await walk.press(opened)
        await walk.see(*wanted)
        await walk.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)
    await walk.run("/theme")
    await walk.see("theme_title", words=("nord",))
    await walk.press("escape", "ctrl+p")
    await walk.see("palette", both=True)
    await walk.press("escape")
    await wait_until(pilot, lambda: app.screen is app.view.main)


async def _building(walk: Walker, backend: FixedBackend) -> None:
    """A build, cancelled, and one that ends."""
    for cancel in (True, False):
        backend.gate.clear()
        await walk.run("/index")
        await walk.see("update_title", "build_meanwhile", words=(" 3/5",))
        if cancel:
            await walk.press("escape")
            await walk.see("build_cancelling")
        backend.gate.set()
        await walk.see("build_cancelled" if cancel else "update_done")


@PLACES
@pytest.mark.parametrize("kind", ["no_index", "failed"])
async def test_states_without_an_index(size: tuple[int, int], language: Language, kind: str) -> None:
    """No index: build it; no model: try again."""
    error = missing() if kind == "no_index" else ModelError(literal("没有找到模型。"), literal("请检查 --model。"))
    app = make_app(FixedBackend(error=error), preferences=Preferences(language=language))
    async with app.run_test(size=size) as pilot:
        walk = Walker(pilot, size, language)
        if kind == "no_index":
            await walk.see("no_index_title", "no_index_act", "same_as", "index_none", both=True)
        else:
            await walk.see("failed_title", "retry_act", "model_failed", words=("没有找到模型",))
