"""Several libraries: choosing a folder, switching, asking another one, what is found again of each."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import QUESTION, SAMPLES, SEEDS, FixedBackend, FixedEngine, missing
from tjqa.config import Settings
from tjqa.errors import SourcesError, TjqaError
from tjqa.index.filters import Filter
from tjqa.ui.app import TjqaApp
from tjqa.ui.background.messages import FoundFiles
from tjqa.ui.history import History
from tjqa.ui.kept.libraries import Known
from tjqa.ui.kept.store import Kept
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.folder_screen import FolderScreen

pytestmark = pytest.mark.slow

SIZES = [(120, 36), (80, 24)]
WIDE = SIZES[0]


class ManyBackend(FixedBackend):
    """An engine for every folder; those named in `errors` cannot be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.engines: dict[str, FixedEngine] = {}
        self.errors: dict[str, TjqaError] = {}

    def open(self, settings: Settings) -> FixedEngine:
        """That of the folder."""
        name = settings.sources.name
        if name in self.errors:
            raise self.errors[name]
        super().open(settings)
        return self.engines.setdefault(name, FixedEngine())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two libraries side by side, one of them with a name of wide characters."""
    (tmp_path / "白鹭县").mkdir()
    (tmp_path / "青川县").mkdir()
    (tmp_path / "不开").mkdir()
    return tmp_path


def app_of(folder: Path, backend: ManyBackend | None = None, **options: Any) -> TjqaApp:
    """The app on 白鹭县, with files of its own."""
    kept = Kept(folder / "kept")
    past = History(kept.history, str(folder / "白鹭县"))
    return make_app(backend or ManyBackend(), past, folder / "白鹭县", kept=kept, **options)


async def opened(pilot: Pilot[Any], name: str) -> None:
    """Wait until a library is open."""
    app = pilot.app
    await wait_until(pilot, lambda: app.state.settings.sources.name == name and app.state.status is not None)
    await ready(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_folder_is_chosen_by_typing_its_path(folder: Path, size: tuple[int, int]) -> None:
    """Ctrl+K, the path with Tab to complete it, Enter; the conversation is put away, the bar names the library."""
    app = app_of(folder)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await pilot.press("ctrl+k")
        await wait_until(pilot, lambda: isinstance(app.screen, FolderScreen))
        await type_text(pilot, f"{folder}/青")
        await wait_until(pilot, lambda: "青川县/" in screen_text(app))
        await pilot.press("tab")
        await wait_until(pilot, lambda: app.screen.query_one(Input).value == f"{folder}/青川县/")
        await pilot.press("enter")
        await opened(pilot, "青川县")
        assert app.view.conversation.cards == [] and app.focused is app.view.input
        assert "青川县" in screen_text(app).split("\n")[0] and SAMPLES[0] in screen_text(app)


async def test_known_libraries_come_first_and_a_click_opens_one(folder: Path) -> None:
    """Newest first; ↓ goes through them; Esc chooses nothing."""
    app = app_of(folder)
    app.kept.libraries.remember(Settings(folder / "青川县", folder / "other.index"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+k")
        await wait_until(pilot, lambda: "青川县" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: not isinstance(app.screen, FolderScreen))
        assert app.state.settings.sources.name == "白鹭县"
        await type_text(pilot, "/打开")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "青川县" in screen_text(app))
        await pilot.click(OptionList, offset=(4, 0))
        await opened(pilot, "青川县")
        assert app.state.settings.embeddings == folder / "other.index"  # where its index is


@pytest.mark.parametrize("name", ["a[bold]b", "[red]x", "x\x1b[31m红", "a\u202eb"])
async def test_hostile_names_do_nothing(folder: Path, name: str) -> None:
    """They are shown, never obeyed, and can be opened; what no input should hold is opened without it."""
    (folder / "in").mkdir()
    (folder / "in" / name).mkdir()
    app = app_of(folder)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+k")
        await type_text(pilot, f"{folder}/in/")
        await wait_until(pilot, lambda: app.screen.query_one(OptionList).option_count == 2)
        assert "\x1b" not in screen_text(app) and "\u202e" not in screen_text(app)
        await pilot.press("down", "enter")
        await wait_until(
            pilot,
            lambda: not isinstance(app.screen, FolderScreen) or app.screen.query_one(Input).value.endswith(f"{name}/"),
        )
        if isinstance(app.screen, FolderScreen):
            await pilot.press("enter")
        await opened(pilot, name)


async def test_what_is_no_folder_is_told(folder: Path) -> None:
    """Nothing there, a file, a user that does not exist, the library that is open; the old one stays."""
    (folder / "x.txt").write_text("")
    app = app_of(folder)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for typed, said in (
            (f"{folder}/没有", "资料文件夹不存在"),
            (f"{folder}/x.txt", "资料文件夹不"),
            ("~nobody-here/x", "没有这个用户"),
            (f"{folder}/白鹭县", "已经打开"),
        ):
            await app.commands.run_line(f"/打开 {typed}")
            await wait_until(pilot, lambda said=said: said in screen_text(app))
        assert app.state.settings.sources.name == "白鹭县" and app.state.status is not None
        await pilot.press("ctrl+k")
        await type_text(pilot, f"{folder}/x.txt")
        await wait_until(pilot, lambda: "打开它所在的" in screen_text(app))
        await type_text(pilot, "zzz")
        await wait_until(pilot, lambda: "没有这样的文件夹" in screen_text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, FolderScreen)


async def test_while_an_index_is_built_the_library_stays(folder: Path) -> None:
    """A build belongs to it."""
    backend = ManyBackend()
    app = app_of(folder, backend)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        backend.gate.clear()
        await app.commands.run_line("/更新")
        await wait_until(pilot, lambda: "读取与清洗 3/5" in screen_text(app))
        await pilot.press("ctrl+k")
        await wait_until(pilot, lambda: "正在更新索引，请等它完成" in screen_text(app))
        backend.gate.set()


async def test_a_question_asked_while_switching_is_asked_of_the_new_one(folder: Path) -> None:
    """None is lost; what was asked before is answered by the old one."""
    backend = ManyBackend()
    app = app_of(folder, backend)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        backend.opened.clear()
        app.libraries.open(str(folder / "青川县"))
        app.view.input.put("青川县有多少人？")
        await pilot.press("enter")
        backend.opened.set()
        await wait_until(pilot, lambda: app.view.conversation.answers)
        assert app.state.settings.sources.name == "青川县"
        assert [asked for asked, _ in backend.engines["青川县"].asked] == ["青川县有多少人？"]


async def test_each_library_is_found_as_it_was_left(folder: Path) -> None:
    """Filters, conversation, history; also after leaving the app."""
    app = app_of(folder)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, f"地区:白鹭 {QUESTION}")
        app.libraries.open(str(folder / "青川县"))
        await opened(pilot, "青川县")
        assert app.asking.filters == () and app.past.questions == [] and "接着上次" not in screen_text(app)
        await ask(pilot, "青川县有多少人？")
        app.libraries.open(str(folder / "白鹭县"))
        await opened(pilot, "白鹭县")
        assert app.asking.filters == (Filter("place", "白鹭"),)
        assert app.past.questions == [f"地区:白鹭 {QUESTION}"] and "接着上次的对话（1 问）" in screen_text(app)
        await app.commands.do("quit")
    again = app_of(folder)
    async with again.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert again.asking.filters == (Filter("place", "白鹭"),) and "地区:白鹭 ×" in screen_text(again)
        row = next(y for y, line in enumerate(screen_text(again).split("\n")) if "接着上次" in line)
        await pilot.click(offset=(10, row))
        await wait_until(pilot, lambda: again.view.conversation.answers)
        card = again.view.conversation.cards[0]
        assert (card.question, card.filters) == (QUESTION, (Filter("place", "白鹭"),))


async def test_one_document_is_asked_alone_at_first(folder: Path) -> None:
    """As `tjqa 白鹭县/年报.txt` begins: with the filter for it, whatever the library was left with."""
    app = app_of(folder)
    app.kept.libraries.remember(app.state.settings, (Filter("place", "白鹭"),))
    app.kept.only = Filter("file", "年报.txt")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert app.asking.filters == (Filter("file", "年报.txt"),) and "文件:年报.txt" in screen_text(app)
        assert SAMPLES[0] not in screen_text(app)  # tried without the filter
        await pilot.press("backspace")
        assert app.asking.filters == ()
        await wait_until(pilot, lambda: SAMPLES[0] in screen_text(app))
        app.asking.filter((Filter("since", "2023"), Filter("file", "年报.txt")))
        known = app.kept.libraries.of(str(app.state.settings.sources))
        assert known is not None and known.filters == (Filter("since", "2023"),)  # the next time the whole folder is
        app.libraries.open(str(folder / "青川县"))
        await opened(pilot, "青川县")
        assert app.asking.filters == ()


async def test_a_conversation_gone_on_with_is_looked_up_again() -> None:
    """In its order, whole, and the next question follows its last one; a question typed meanwhile goes first."""
    backend = FixedBackend()
    kept = Kept()
    app = make_app(backend, kept=kept)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await ask(pilot, "那西青区呢？")
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: "接着上次的对话（2 问）" in screen_text(app))
        assert app.view.conversation.cards == [] and app.asking.session == []
        asked = len(backend.engine.asked)
        await app.commands.run_line("/接着")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 2)
        whole = QUESTION.replace("宝坻区", "西青区")
        assert [card.question for card in app.view.conversation.cards] == [QUESTION, whole]
        assert [question for question, _ in backend.engine.asked[asked:]] == [whole, QUESTION]
        assert [answer.question for answer in app.asking.session] == [QUESTION, whole]
        assert app.past.questions == [QUESTION, whole]
        card = await ask(pilot, "那津南区呢？")
        assert card.searched == QUESTION.replace("宝坻区", "津南区")
        await app.commands.run_line("/接着")
        await wait_until(pilot, lambda: "没有可以接着的对话" in screen_text(app))
        await app.commands.run_line("/清空")
        await wait_until(pilot, lambda: SAMPLES[0] in screen_text(app))
        assert "接着上次" not in screen_text(app) and kept.conversations.of(str(SEEDS)) == ()


async def test_another_library_is_asked_beside_the_open_one(folder: Path) -> None:
    """库:名字; its card says so, its source is opened there, its conversation stays with the open one."""
    backend = ManyBackend()
    app = app_of(folder, backend)
    app.kept.libraries.remember(Settings(folder / "青川县", folder / "i"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        sampled = len(backend.engines["白鹭县"].asked)
        card = await ask(pilot, f"库:青川 {QUESTION}")
        assert card.question == QUESTION and card.answer.library == str(folder / "青川县")
        await wait_until(pilot, lambda: "资料库  青川县" in screen_text(app))
        assert backend.engines["青川县"].asked == [(QUESTION, ())]
        assert len(backend.engines["白鹭县"].asked) == sampled
        await pilot.press("1", "enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        await pilot.press("f8")
        await wait_until(pilot, lambda: "先打开那个资料库再标记" in screen_text(app))
        await pilot.press("escape")
        await ask(pilot, f"库：青川县,白鹭县 文件:00 {QUESTION}")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 3)
        assert [c.library is None for c in app.view.conversation.cards] == [False, False, True]
        await app.commands.run_line(f"/导出 {folder}/全部.json")
        await wait_until(pilot, lambda: "2 个答案来自别的资料库" in screen_text(app).replace("\n", ""))
        await pilot.press("tab", "up")
        await app.commands.run_line(f"/导出 本条 {folder}/一个.json")
        assert [
            json.loads((folder / f"{name}.json").read_text("utf-8"))["answers"][0]["question"]
            for name in ("全部", "一个")
        ]
        assert "库：青川县" in app.past.questions[-1] and app.state.settings.sources.name == "白鹭县"
        await pilot.press("ctrl+n")
        await app.commands.run_line("/接着")
        await wait_until(pilot, lambda: len(app.view.conversation.answers) == 3)
        assert [c.library is None for c in app.view.conversation.cards] == [False, False, True]


async def test_a_library_that_is_not_known_is_told(folder: Path) -> None:
    """None of the name, several that a part of it fits; one that cannot be opened fails its card alone."""
    backend = ManyBackend()
    backend.errors["不开"] = SourcesError("sources_missing", "sources_hint", folder="不开")
    app = app_of(folder, backend)
    for name in ("青川县", "不开"):
        app.kept.libraries.remember(Settings(folder / name, folder / "i"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for line, said in (("库:黑山 有多少？", "没有叫 黑山 的资料库"), ("库:县 有多少？", "不止一个")):
            app.view.input.put(line)
            await pilot.press("enter")
            await wait_until(pilot, lambda said=said: said in screen_text(app))
            assert app.view.input.value == line and app.view.conversation.cards == []
            app.view.input.value = ""
        card = await ask(pilot, f"库:不开 {QUESTION}")
        assert card.error is not None
        assert (await ask(pilot, QUESTION)).answer is not None


async def test_a_missing_folder_leads_on(folder: Path) -> None:
    """The page offers to choose a folder, and those that were open before."""
    backend = ManyBackend()
    backend.errors["白鹭县"] = SourcesError("sources_missing", "sources_hint", folder="白鹭县")
    app = app_of(folder, backend)
    app.kept.libraries.remember(Settings(folder / "青川县", folder / "i"))
    async with app.run_test(size=WIDE) as pilot:
        await wait_until(pilot, lambda: "选择文件夹（Ctrl+K）" in screen_text(app))
        assert "找不到资料文件夹" in screen_text(app) and "--sources" not in screen_text(app)
        row = next(y for y, line in enumerate(screen_text(app).split("\n")) if "▸ 打开 青川县" in line)
        await pilot.click(offset=(10, row))
        await opened(pilot, "青川县")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (FoundFiles(5, 77_824), "找到 5 个可读的文件（76 KB），约 2 秒"),
        (FoundFiles(9000, 9_000_000_000), "找到 9000 个可读的文件（8.4 GB），约 378 分钟"),
        (FoundFiles(0, 0), "这个文件夹是空的"),
    ],
)
async def test_before_building_it_is_said_what_there_is(found: FoundFiles, said: str) -> None:
    """Files, their size, how long it may take; of an empty folder that it is one, and Enter looks again."""
    backend = FixedBackend(error=missing())
    backend.found = found
    app = make_app(backend)
    async with app.run_test(size=SIZES[1]) as pilot:
        await wait_until(pilot, lambda: said in screen_text(app))
        if not found.count:
            assert "按 Enter 建立索引" not in screen_text(app) and "选择文件夹" in screen_text(app)
            backend.error = None
            await pilot.press("enter")
            await ready(pilot)
            assert backend.builds == []


async def test_the_real_folder_is_surveyed(tmp_path: Path) -> None:
    """Files that are read are counted, whatever lies beside them."""
    from tjqa.ui.background.backend import RealBackend

    (tmp_path / "甲.txt").write_text("一" * 100, "utf-8")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "乙.md").write_text("二" * 100, "utf-8")
    (tmp_path / "图.svg").write_bytes(b"x" * 5000)
    assert RealBackend().survey(Settings(tmp_path, tmp_path)) == FoundFiles(2, 600)
    with pytest.raises(SourcesError):
        RealBackend().survey(Settings(tmp_path / "没有", tmp_path))


async def test_the_page_speaks_english_too(folder: Path) -> None:
    """What is new on the first page and in the chooser."""
    app = app_of(folder, preferences=Preferences(language="en"))
    app.kept.libraries.remember(Settings(folder / "qingchuan", folder / "i"))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert "5 files · 5 articles" in screen_text(app)
        await pilot.press("ctrl+k")
        await wait_until(pilot, lambda: "Open a folder" in screen_text(app) and "qingchuan" in screen_text(app))


def test_names_of_libraries_are_found_in_a_line() -> None:
    """At the beginning or after a blank, in both languages and widths, in quotes; a word that ends so is none."""
    app = make_app()
    app.kept.libraries.remember(Settings(Path("/甲 乙"), Path("/i")))
    app.kept.libraries.remember(Settings(Path("/丙"), Path("/i")))
    for line, rest, count in (
        ('库:"甲 乙" 有多少？', "有多少？", 1),
        ("library:丙 有多少？", "有多少？", 1),
        ("有多少？ 库：丙、甲", "有多少？", 2),
        ("库:all 有多少？", "有多少？", 3),
        ("数据库:丙 是什么？", "数据库:丙 是什么？", 1),
    ):
        found, libraries = app.libraries.named(line)
        assert (found, len(libraries)) == (rest, count), line
    assert app.libraries.named("数据库:丙 是什么？")[1] == (None,)
    assert Known("/丙", "/i").folder in [known.folder for known in app.kept.libraries.all()]


def test_where_the_app_began_is_not_where_another_library_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TJQA_EMBEDDINGS names the index of the first library; another one's is its own."""
    monkeypatch.setitem(os.environ, "TJQA_EMBEDDINGS", str(folder / "first"))
    monkeypatch.setitem(os.environ, "TJQA_SOURCES", str(folder / "first"))
    found = make_app().libraries.settings_of(str(folder / "青川县"))
    assert found is not None and found.embeddings != folder / "first" and found.sources == folder / "青川县"
