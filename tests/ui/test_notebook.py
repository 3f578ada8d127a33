"""Keeping quotes in the app: the key, the window, the notebook, its files; every quote looked up again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.selection import Selection
from textual.widgets import Input, OptionList

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import BAODI, QUESTION, SEEDS, XIQING, FixedBackend, FixedEngine, missing
from tjqa.citations.notebook.file import FILE_NAME
from tjqa.citations.notebook.notebook import Notebook
from tjqa.config import Settings
from tjqa.index.filters import Filter
from tjqa.messages import Language
from tjqa.results import Answer
from tjqa.ui.app import TjqaApp
from tjqa.ui.controllers import sharing
from tjqa.ui.preferences import Preferences
from tjqa.ui.widgets.excerpt_dialog import ExcerptScreen
from tjqa.ui.widgets.lines import HintLine, OneLine
from tjqa.ui.widgets.notebook_screen import NotebookScreen

pytestmark = pytest.mark.slow

WIDE, USUAL, SMALL = (120, 36), (80, 24), (50, 20)


def library_app(tmp_path: Path, language: Language = "zh", backend: FixedBackend | None = None) -> TjqaApp:
    """The app over a copy of the seeds, with a place for its notebook."""
    folder = tmp_path / "资料"
    if not folder.exists():
        shutil.copytree(SEEDS, folder)
    found = backend or FixedBackend(FixedEngine(folder=folder))
    return make_app(found, folder=folder, embeddings=tmp_path / "index", preferences=Preferences(language=language))


def held(tmp_path: Path) -> Notebook:
    """The notebook as another program sees it."""
    return Notebook.of(Settings(tmp_path / "资料", tmp_path / "index"))


def notice(app: TjqaApp) -> str:
    """What the hint row says."""
    return app.view.main.query_one(HintLine).text


async def keep(pilot: Pilot[Any], topic: str = "", note: str = "") -> None:
    """F12, topic and note, Enter."""
    app = pilot.app
    await pilot.press("f12")
    await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
    app.screen.query_one("#excerpt-topic", Input).value = topic
    await type_text(pilot, note)
    await pilot.press("enter")
    await wait_until(pilot, lambda: app.screen is app.view.main and "摘" in notice(app))


async def opened(pilot: Pilot[Any], key: str = "f24") -> NotebookScreen:
    """The notebook with its quotes looked up."""
    app = pilot.app
    await pilot.press(key)
    await wait_until(pilot, lambda: isinstance(app.screen, NotebookScreen) and app.screen._held is not None)
    screen: NotebookScreen = app.screen
    return screen


def said(app: TjqaApp) -> str:
    """What the notebook says below its list."""
    return app.screen.query_one("#notebook-said", OneLine).text


async def test_the_answer_is_kept_with_topic_and_note(tmp_path: Path) -> None:
    """F12, a note, a topic, Enter; the file has the answering sentence with its citation."""
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        await pilot.press("f12")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen) and "新签约落地" in screen_text(app))
        burst = [*"第一节用", "down", *"北京项目", "enter"]  # as a slow line delivers it
        for key in burst:
            name = key if len(key) > 1 else _character_to_key(key)
            app._driver.send_message(events.Key(name, key if len(key) == 1 else None))  # type: ignore[union-attr]
        await wait_until(pilot, lambda: "已摘到“北京项目”" in notice(app))
        [excerpt] = held(tmp_path).excerpts()
        assert card.answer is not None
        assert (excerpt.topic, excerpt.note) == ("北京项目", "第一节用")
        assert (excerpt.citation.path, excerpt.citation.span) == (BAODI, card.answer.best[0].span)
        await pilot.press("f12")  # again: the last topic is offered, and the key itself keeps it
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        assert app.screen.query_one("#excerpt-topic", Input).value == "北京项目"
        await pilot.press("f12")
        await wait_until(pilot, lambda: "没有重复摘下" in notice(app))
        assert len(held(tmp_path).excerpts()) == 1
        await pilot.press("f12")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)
        assert len(held(tmp_path).excerpts()) == 1


async def test_the_passage_that_is_read_and_a_selection_are_kept(tmp_path: Path) -> None:
    """The citation in the panel; of selected characters exactly those."""
    app = library_app(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.reading.open_at_hand(3)
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        await keep(pilot, "收入")
        panel = app.view.source_panel
        row = panel.source.row_of(panel.source.span.start)  # type: ignore[union-attr]
        gutter = panel._gutter
        app.screen.selections = {panel: Selection(Offset(gutter + 2, row), Offset(gutter + 7, row + 1))}
        span = panel.selected
        assert span is not None
        await keep(pilot, "收入")
        first, second = held(tmp_path).excerpts()
        assert card.answer is not None and first.citation.span == card.answer.citations[2].span
        assert second.citation.span == span and second.citation.path == XIQING
        assert second.quote == span.of(panel.source.view.text)  # type: ignore[union-attr]


async def test_a_selection_is_copied_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+Y in the source: the words, and below them title, publisher, day and line."""
    copied: list[str] = []

    async def take(text: str, _: list[list[str]]) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(sharing, "copy_with_helper", take)
    app = library_app(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.reading.open_at_hand(2)
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        panel = app.view.source_panel
        row = panel.source.row_of(panel.source.span.start)  # type: ignore[union-attr]
        app.screen.selections = {panel: Selection(Offset(panel._gutter, row), Offset(panel._gutter + 12, row))}
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: copied)
        where = "《天津市宝坻区加快打造创新发展宝地高地》，天津日报，2023-08-22，第 5 行"
        assert copied == [f"据了解,该区已经制定完成\n——{where}\n"]
        assert "选中的文字和出处" in notice(app)


@pytest.mark.parametrize(("size", "language"), [(WIDE, "zh"), (USUAL, "zh"), (SMALL, "zh"), (USUAL, "en")])
async def test_the_notebook(tmp_path: Path, size: tuple[int, int], language: Language) -> None:
    """By topic; order, deletion and its undoing, another topic and note; Enter opens the place."""
    book = held(tmp_path)
    app = library_app(tmp_path, language)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        assert card.answer is not None
        for number, topic in ((3, "收入"), (1, "项目"), (4, "收入")):
            assert book.add(card.answer.citations[number - 1], topic, f"备注{number}") is not None
        screen = await opened(pilot)
        two, one = ("（2 条）", "（1 条）") if language == "zh" else (" (2)", " (1)")
        await wait_until(pilot, lambda: f"收入{two}" in screen_text(app) and f"项目{one}" in screen_text(app))
        assert screen.chosen is not None and screen.chosen.excerpt.note == "备注3"
        await pilot.press("down", "shift+up")
        await wait_until(pilot, lambda: [one.note for one in book.excerpts("收入")] == ["备注4", "备注3"])
        await wait_until(pilot, lambda: screen.chosen is not None and screen.chosen.excerpt.note == "备注4")
        await pilot.press("shift+down")
        await wait_until(pilot, lambda: [one.note for one in book.excerpts("收入")] == ["备注3", "备注4"])
        await wait_until(pilot, lambda: screen.chosen is not None and screen.chosen.excerpt.note == "备注4")
        await pilot.press("delete")
        await wait_until(pilot, lambda: len(book.excerpts()) == 2 and "Ctrl+U" in said(app))
        await pilot.press("ctrl+u")
        await wait_until(pilot, lambda: len(book.excerpts()) == 3)
        await pilot.press("ctrl+u")
        nothing = "没有可撤销" if language == "zh" else "Nothing was deleted"
        await wait_until(pilot, lambda: nothing in said(app))
        options = app.screen.query_one(OptionList)
        options.highlighted = next(n for n, row in enumerate(screen._rows) if row and row.excerpt.note == "备注4")
        await pilot.press("f6")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        app.screen.query_one("#excerpt-topic", Input).value = "新主题"
        app.screen.query_one("#excerpt-note", Input).value = "改过"
        await pilot.press("enter")
        await wait_until(pilot, lambda: [one.note for one in book.excerpts("新主题")] == ["改过"])
        await wait_until(pilot, lambda: app.screen is screen and f"新主题{one}" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        source = app.view.source_panel.source
        assert source is not None and source.view.path == XIQING
        assert source.span == card.answer.citations[3].span
        assert "[0]" not in str(app.view.source_panel.border_title)


async def test_a_quote_that_changed_is_marked_wherever_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the list, in what is copied, in what is exported; the good ones are not."""
    monkeypatch.chdir(tmp_path)
    copied: list[str] = []

    async def take(text: str, _: list[list[str]]) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(sharing, "copy_with_helper", take)
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        assert card.answer is not None
        for number in (3, 1):
            held(tmp_path).add(card.answer.citations[number - 1])
        path = tmp_path / "资料" / XIQING
        path.write_text(path.read_text("utf-8").replace("39540", "39541"), encoding="utf-8")
        await opened(pilot)
        await wait_until(pilot, lambda: screen_text(app).count("✗ 与摘下时不同") == 1)
        assert "1 条不相符" in said(app) and "未分类（2 条）" in screen_text(app)
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: (copied and "不相符" in said(app)) or "不符" in said(app))
        assert "39540" in copied[0] and "✗" in copied[0]
        await pilot.press("ctrl+e")
        await wait_until(pilot, lambda: "CSL-JSON" in screen_text(app))
        await type_text(pilot, "全部 csl")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "已导出" in said(app))
        assert "1 条与原文不符" in said(app)
        [file] = tmp_path.glob("摘录-*.json")
        notes = [item["note"] for item in json.loads(file.read_text("utf-8"))]
        assert ["✗" in note for note in notes] == [True, False]


class ManyAnswers(FixedEngine):
    """Five sentences answer, of two documents."""

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """All passages of the usual answer."""
        answer = super().ask(question, k, filters)
        return replace(answer, best=answer.citations)


async def test_all_that_answers_in_a_card_is_kept(tmp_path: Path) -> None:
    """Of a list answer every sentence; with a number one of them."""
    shutil.copytree(SEEDS, tmp_path / "资料")
    app = library_app(tmp_path, backend=FixedBackend(ManyAnswers(folder=tmp_path / "资料")))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await app.commands.run_line("/摘下 2")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "已摘到" in notice(app))
        assert len(held(tmp_path).excerpts()) == 1
        await pilot.press("f12")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen) and "另有 2 条" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "4 条" in notice(app))
        assert len(held(tmp_path).excerpts()) == 5


@pytest.mark.parametrize("form", ["Markdown", "Word", "BibTeX", "RIS", "CSL"])
async def test_every_form_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """And written into the folder that the app was started in."""
    monkeypatch.chdir(tmp_path)
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await keep(pilot, "项目")
        await opened(pilot)
        await pilot.press("ctrl+e")
        await wait_until(pilot, lambda: "CSL-JSON" in screen_text(app))
        await type_text(pilot, f"主题 {form}")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "已导出" in said(app))
        assert len(list(tmp_path.glob("摘录-*"))) == 1


async def test_in_a_browser_files_are_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written where the reader cannot reach it."""
    monkeypatch.chdir(tmp_path)
    app = library_app(tmp_path)
    delivered: list[tuple[str, bytes]] = []
    async with app.run_test(size=USUAL) as pilot:
        monkeypatch.setattr(type(app), "is_web", property(lambda _: True))
        monkeypatch.setattr(
            app, "deliver_binary", lambda data, save_filename: delivered.append((save_filename, data.read()))
        )
        await ready(pilot)
        await ask(pilot, QUESTION)
        await keep(pilot)
        await opened(pilot)
        await pilot.press("ctrl+e")
        await wait_until(pilot, lambda: "CSL-JSON" in screen_text(app))
        await type_text(pilot, "全部 word")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "下载" in said(app))
        assert delivered[0][0].endswith(".docx") and delivered[0][1].startswith(b"PK")
        assert not list(tmp_path.glob("摘录-*"))


async def test_a_note_is_typed_pasted_cut_and_kept(tmp_path: Path) -> None:
    """A full-width blank, several pasted lines, Ctrl+X over a selection; a note of several lines survives a change of
    its topic."""
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        assert card.answer is not None
        held(tmp_path).add(card.answer.best[0], "旧", "第一行\n第二行")
        screen = await opened(pilot)
        await pilot.press("f6")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        app.screen.query_one("#excerpt-topic", Input).value = "新"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is screen and "新（1 条）" in screen_text(app))
        assert held(tmp_path).excerpts()[0].note == "第一行\n第二行"
        await pilot.press("f6")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        note = app.screen.query_one("#excerpt-note", Input)
        note.action_select_all()
        await pilot.press("ctrl+x")
        assert note.value == ""
        await type_text(pilot, "甲\u3000乙")
        app.post_message(events.Paste("丙\r\n丁\n"))
        await wait_until(pilot, lambda: note.value == "甲 乙丙 丁")
        await pilot.press("enter")
        await wait_until(pilot, lambda: held(tmp_path).excerpts()[0].note == "甲 乙丙 丁")


async def test_the_notebook_is_that_of_the_library_at_hand(tmp_path: Path) -> None:
    """When another one is opened, its documents and its excerpts."""
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await keep(pilot, "项目")
        other = Settings(tmp_path / "资料", tmp_path / "另一个")
        app.state.settings = other
        await keep(pilot, "别的")
        assert [one.topic for one in held(tmp_path).excerpts()] == ["项目"]
        assert [one.topic for one in Notebook.of(other).excerpts()] == ["别的"]


async def test_what_cannot_be_kept_says_why(tmp_path: Path) -> None:
    """No answer, a refusal, a number that is none, a file that changed meanwhile."""
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("f12")
        await wait_until(pilot, lambda: "还没有可打开的引用" in notice(app))
        await ask(pilot, "没有的事情")
        await pilot.press("f12")
        await wait_until(pilot, lambda: "没有答案可摘" in notice(app))
        await ask(pilot, QUESTION)
        await app.commands.run_line("/摘下 77")
        await wait_until(pilot, lambda: "没有引用 [77]" in notice(app))
        path = tmp_path / "资料" / BAODI
        path.write_text(path.read_text("utf-8").replace("13个", "14个"), encoding="utf-8")
        await pilot.press("f12")
        await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "已改动" in notice(app))
        assert not (tmp_path / "index" / FILE_NAME).exists()


async def test_a_notebook_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    """Said where one looks; the app goes on."""
    (tmp_path / "index" / FILE_NAME).mkdir(parents=True)
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await pilot.press("f12")
        await wait_until(pilot, lambda: "读不了摘录" in notice(app))
        await pilot.press("f24")
        await wait_until(pilot, lambda: isinstance(app.screen, NotebookScreen) and "读不了摘录" in said(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.view.main)


async def test_an_excerpt_that_another_window_deleted(tmp_path: Path) -> None:
    """It is said, and the list is what there is now."""
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await keep(pilot, "项目")
        screen = await opened(pilot)
        book = held(tmp_path)
        book.remove(book.excerpts()[0])
        await pilot.press("delete")
        await wait_until(pilot, lambda: "已不在了" in said(app) and screen._held == ())


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_an_empty_notebook_says_how_to_fill_it(tmp_path: Path, language: Language) -> None:
    """Also without an index; the key that opened it closes it."""
    app = library_app(tmp_path, language, FixedBackend(error=missing()))
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: app.state.page.kind == "no_index")
        await app.commands.run_line("/摘录")
        empty = "还没有摘录" if language == "zh" else "Nothing was kept yet"
        await wait_until(pilot, lambda: empty in screen_text(app))
        await pilot.press("enter", "delete", "ctrl+e", "ctrl+y", "f6", "shift+up")
        assert isinstance(app.screen, NotebookScreen)
        await pilot.press("f24")
        await wait_until(pilot, lambda: app.screen is app.view.main)


async def test_a_place_cannot_be_opened_without_a_library(tmp_path: Path) -> None:
    """The notebook says so instead of closing over nothing."""
    app = library_app(tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await keep(pilot)
    app = library_app(tmp_path, backend=FixedBackend(error=missing()))
    async with app.run_test(size=USUAL) as pilot:
        await wait_until(pilot, lambda: app.state.page.kind == "no_index")
        await opened(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "还没有打开" in said(app))


async def test_only_a_topic_of_the_same_document_is_filled_in(tmp_path: Path) -> None:
    """Of another document those that there are are named; one that was deleted is neither."""
    app = library_app(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        assert card.answer is not None
        there = [citation.path for citation in card.answer.citations]
        assert there[2] == XIQING != there[0]
        await keep(pilot, "北京项目")

        async def offered(command: str) -> tuple[str, str]:
            await app.commands.run_line(command)
            await wait_until(pilot, lambda: isinstance(app.screen, ExcerptScreen))
            field = app.screen.query_one("#excerpt-topic", Input)
            told = field.value, str(field.placeholder)
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is app.view.main)
            return told

        assert (await offered("/摘下 1"))[0] == "北京项目"
        value, placeholder = await offered("/摘下 3")
        assert value == "" and "北京项目" in placeholder
        for excerpt in held(tmp_path).excerpts():
            held(tmp_path).remove(excerpt)
        value, placeholder = await offered("/摘下 1")
        assert value == "" and "北京项目" not in placeholder
