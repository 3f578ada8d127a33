"""Reading: cards, citations, the source panel, the library, selecting and copying."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList

from tests.support.ui_pilot import ask, make_app, ready, screen_text, type_text, wait_until
from tests.support.ui_standin import BAODI, QUESTION, XIQING, FixedBackend, FixedEngine, read
from tjqa.errors import SourcesError
from tjqa.index.filters import Filter
from tjqa.results import Answer, Citation, SourceView
from tjqa.ui.controllers import sharing
from tjqa.ui.widgets.dialogs import ReadScreen
from tjqa.ui.widgets.library_listing import MOST_LISTED
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.lines import HintLine
from tjqa.ui.widgets.source_panel import SourcePanel
from tjqa.ui.widgets.targets import OpenCitation

pytestmark = pytest.mark.slow

SIZES = [(120, 36), (80, 24), (50, 20)]
WIDE, USUAL = SIZES[0], SIZES[1]


async def test_the_card_names_the_key_of_what_answers() -> None:
    """The passage that answers need not be the first one found."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        assert "1 原文" in str(card.border_subtitle)
        for number, key in ((2, "2"), (10, "10 Enter")):
            card.show(replace(card.answer, best=(replace(card.answer.best[0], number=number),)))
            assert f" {key} 原文" in str(card.border_subtitle)


async def test_card_keys() -> None:
    """Space unfolds, digits open, arrows go between cards, Tab goes round."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        first, second = await ask(pilot, QUESTION), await ask(pilot, QUESTION)
        await pilot.press("tab")
        assert app.focused is second
        await wait_until(pilot, lambda: "空格 展开" in screen_text(app))
        await pilot.press("space")
        assert second.expanded
        await pilot.press("space")
        assert not second.expanded
        await wait_until(pilot, lambda: second.region.y > 0)
        for _ in range(20):
            await pilot.press("up")
            if app.focused is first:
                break
        assert app.focused is first
        await type_text(pilot, "３")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        assert app.view.source_panel.source is not None
        assert app.view.source_panel.source.view.path.startswith("001")
        await pilot.press("tab")
        assert app.focused is app.view.input
        await pilot.press("shift+tab")
        assert app.focused is app.view.source_panel


async def test_a_click_on_a_citation_opens_it() -> None:
    """The chip line of [2]."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        await pilot.press("tab", "space")
        await pilot.pause()
        y = next(i for i, row in enumerate(card.rows_at(card.content_size.width)) if row.target == OpenCitation(2))
        await pilot.click(card, offset=(6, y + 1))
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        source = app.view.source_panel.source
        assert source is not None and source.span == card.answer.citations[1].span  # type: ignore[union-attr]


async def test_going_from_citation_to_citation() -> None:
    """→ and ← light up the next and the previous cited span of the file."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: "引用 1/2" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: "引用 2/2" in screen_text(app))
        source = app.view.source_panel.source
        assert source is not None and card.answer is not None
        assert source.span == card.answer.citations[1].span
        await pilot.press("left")
        await wait_until(pilot, lambda: "引用 1/2" in screen_text(app))


class TwoAnswers(FixedEngine):
    """A question with 一段 rests on the first passage alone; a file opens when `gate` lets it, or is `gone`."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Semaphore(0)
        self.gone = False

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """The usual answer, or the same with one passage."""
        answer = super().ask(question, k, filters)
        return replace(answer, citations=answer.citations[:1]) if "一段" in question else answer

    def view(self, citation: Citation) -> SourceView:
        """When it may."""
        self.gate.acquire(timeout=30)
        if self.gone:
            raise SourcesError("source_gone", path=citation.path, why="已不存在")
        return super().view(citation)


async def two_answers(pilot: Pilot[Any]) -> tuple[Answer, Answer]:
    """One with two passages of the file, one with one."""
    await ready(pilot)
    cards = [await ask(pilot, QUESTION), await ask(pilot, "哪一段")]
    first, second = (card.answer for card in cards)
    assert first is not None and second is not None
    return first, second


async def test_citations_of_two_answers_opened_in_a_row() -> None:
    """Each view goes through the passages of its own answer, though the next is asked for before it is there."""
    engine = TwoAnswers()
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=USUAL) as pilot:
        first, second = await two_answers(pilot)
        app.reading.open_citation(first, 1)
        app.reading.open_citation(second, 1)
        engine.gate.release()
        await wait_until(pilot, lambda: "引用 1/" in screen_text(app))
        assert "引用 1/2" in screen_text(app)
        engine.gate.release()
        await wait_until(pilot, lambda: "引用 1/1" in screen_text(app))


async def test_what_is_read_stays_so_when_another_file_is_gone(tmp_path: Path) -> None:
    """F9 marks the passage in the panel, not one of the answer whose file could not be opened."""
    engine = TwoAnswers()
    app = make_app(FixedBackend(engine), embeddings=tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        first, second = await two_answers(pilot)
        engine.gate.release(2)
        app.reading.open_citation(first, 2)
        await wait_until(pilot, lambda: "引用 2/2" in screen_text(app))
        engine.gone = True
        app.reading.open_citation(second, 1)
        await wait_until(pilot, lambda: "已不存在" in screen_text(app))
        await pilot.press("f9")
        await wait_until(pilot, lambda: "没用" in app.query_one(HintLine).text)
        assert "[2]" in app.query_one(HintLine).text


async def test_a_vanished_source_is_told() -> None:
    """Opening a file that is gone says so and what to do."""
    app = make_app(FixedBackend(FixedEngine(folder=Path(__file__).parent)))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: "已不存在" in screen_text(app))
        assert not app.view.is_shown("source")


async def test_a_citation_that_is_not_there() -> None:
    """A digit too high is told."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await type_text(pilot, "9")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "没有引用 [9]" in screen_text(app))


@pytest.mark.parametrize("size", SIZES)
async def test_library_filters_and_opens(size: tuple[int, int]) -> None:
    """Ctrl+T, type, Enter; Esc closes one panel after the other."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: "资料库  5 个文件" in screen_text(app))
        await type_text(pilot, "宝坻")
        await wait_until(pilot, lambda: "资料库  1 个文件" in screen_text(app))
        await wait_until(pilot, lambda: "略去字数：导航 100" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        await wait_until(pilot, lambda: "打造创新发展宝地高地" in screen_text(app))
        await pilot.press("escape")
        assert app.view.is_shown("library") and not app.view.is_shown("source")
        await pilot.press("escape")
        assert not app.view.is_shown("library") and app.focused is app.view.input
        await pilot.press("ctrl+t")  # opened again it lists all
        await wait_until(pilot, lambda: "资料库  5 个文件" in screen_text(app))


async def test_a_large_library_is_listed_in_part_and_found_whole() -> None:
    """The rest is counted; a filter finds what is not listed."""
    engine = FixedEngine()
    one = engine.sources()[0]
    engine.sources = lambda: tuple(replace(one, path=f"{n:04}.txt") for n in range(MOST_LISTED + 9))  # type: ignore[method-assign]
    app = make_app(FixedBackend(engine))
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: f"资料库  {MOST_LISTED + 9} 个文件" in screen_text(app))
        options = app.view.library_panel.query_one(OptionList)
        assert options.option_count == MOST_LISTED + 2  # the year, what is not listed
        assert "还有 9 篇" in str(options.get_option_at_index(MOST_LISTED + 1).prompt)
        await type_text(pilot, f"{MOST_LISTED + 8:04}")
        await wait_until(pilot, lambda: app.view.library_panel.highlighted == f"{MOST_LISTED + 8:04}.txt")


async def drag(pilot: Pilot[Any], widget: Widget, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press, move, release."""
    await pilot.mouse_down(widget, offset=start)
    await pilot.hover(widget, offset=end)
    await pilot.mouse_up(widget, offset=end)
    await pilot.pause()


async def test_selected_text_comes_out_as_the_document_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line breaks of the window, no gutter, no indent; selecting opens nothing."""
    taken: list[str] = []

    async def take(text: str, commands: list[list[str]]) -> bool:
        taken.append(text)
        return True

    monkeypatch.setattr(sharing, "copy_with_helper", take)
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        await pilot.pause()
        await drag(pilot, card, (6, 3), (75, 4))
        assert not app.view.is_shown("source")
        await pilot.press("ctrl+c")
        await wait_until(pilot, lambda: taken)
        assert card.answer is not None
        assert taken[0].startswith("今年以来,该区围绕") and taken[0] in card.answer.best[0].quote and len(taken[0]) > 60
        await wait_until(pilot, lambda: "已复制选中的文字" in screen_text(app))
        app.screen.clear_selection()
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: "▌" in screen_text(app))
        await pilot.pause()
        await drag(pilot, app.view.source_panel, (8, 4), (60, 6))
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: len(taken) == 2)
        text, _, place = taken[1].partition("\n——")
        assert text.strip() and text in read(BAODI) and "加快打造创新发展宝地高地" in place


async def test_copying_the_answer_and_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+Y: the newest answer and its source; in the library, the path; without a helper, no false claim."""
    monkeypatch.setattr(sharing, "helpers", list)
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: "还没有答案可复制" in screen_text(app))
        await ask(pilot, QUESTION)
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: "已发送给终端" in screen_text(app))
        sentence, source = app.clipboard.rstrip("\n").split("\n")
        assert sentence.endswith("其中8个项目已开工建设。")
        assert source == "——《天津市宝坻区加快打造创新发展宝地高地》，2023-08-22，第 4 行"
        await app.commands.run_line("/复制原句")
        await wait_until(pilot, lambda: app.clipboard == f"{sentence}\n")
        await app.commands.run_line("/复制著录")
        await wait_until(pilot, lambda: app.clipboard.startswith("天津市宝坻区加快打造创新发展宝地高地[EB/DK]. "))
        await app.commands.run_line("/复制为markdown")
        await wait_until(pilot, lambda: app.clipboard == f"> {sentence}\n>\n> {source}\n")
        await ask(pilot, "没有的事情")
        await app.commands.run_line("/复制原句")
        await wait_until(pilot, lambda: "没有答案可复制" in screen_text(app))
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: "没有答案可复制" in screen_text(app))
        await pilot.press("ctrl+t", "down", "down")
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: app.clipboard.endswith(".txt"))


async def test_the_conversation_keeps_its_place_behind_the_source() -> None:
    """In a narrow window the source covers the cards; back again, the same rows are in view."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        for _ in range(4):
            await ask(pilot, QUESTION)
        await pilot.press("pageup")
        await pilot.pause()
        place = app.view.conversation.scroll_offset.y
        assert place > 0
        before = screen_text(app)
        app.reading.open_at_hand(2)
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        await pilot.press("escape")
        await wait_until(pilot, lambda: screen_text(app).split("\n")[1:18] == before.split("\n")[1:18])
        assert app.view.conversation.scroll_offset.y == place


async def test_resizing_the_source_keeps_the_reading_place() -> None:
    """The first row in view still shows the same character."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.reading.open_at_hand(3)
        await wait_until(pilot, lambda: "▌" in screen_text(app))
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        source = app.view.source_panel.source
        assert source is not None
        first = source.rows()[app.view.source_panel.scroll_offset.y].start
        await pilot.resize_terminal(50, 20)
        await wait_until(pilot, lambda: source.width < 50)
        await pilot.pause()
        row = source.rows()[app.view.source_panel.scroll_offset.y]
        assert row.start <= first < source.rows()[app.view.source_panel.scroll_offset.y + 1].start


async def test_why_a_passage_was_found() -> None:
    """F7: in a few lines, the words marked; numbers only when wanted; of the first passage or of the one named."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await pilot.press("f7")
        await wait_until(pilot, lambda: isinstance(app.screen, ReadScreen) and "详情" in screen_text(app))
        text = screen_text(app)
        assert "[1]" in text and "问题里的词出现 2 个" in text and "问“多少个”，句中有“13个”" in text
        assert "标题里有 宝坻区" in text and "+2.40" not in text
        await pilot.press("space")
        await wait_until(pilot, lambda: "+2.40  ▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮▮" in screen_text(app))
        assert "-0.60  ▯▯▯▯" in screen_text(app) and "0.00" not in screen_text(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: "+2.40" not in screen_text(app))
        await pilot.press("f7")
        await wait_until(pilot, lambda: app.screen is app.view.main)
        await app.commands.run_line("/why 3")
        await wait_until(pilot, lambda: isinstance(app.screen, ReadScreen) and "[3]" in screen_text(app))
        assert "没有相同的词" in screen_text(app)


async def test_marks_with_one_key_are_kept(tmp_path: Path) -> None:
    """F8 marks the passage being read, F9 turns the mark, F9 again takes it back; the next session shows it."""
    app = make_app(embeddings=tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("f8")
        await wait_until(pilot, lambda: "先提一个问题" in screen_text(app))
        card = await ask(pilot, QUESTION)
        assert card.answer is not None
        await pilot.press("f8")
        await wait_until(pilot, lambda: "[1] ✓ 有用" in screen_text(app))
        app.reading.open_at_hand(2)
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        await pilot.press("f9")
        await wait_until(pilot, lambda: card.verdicts == {1: True, 2: False})
        await pilot.press("right")
        await pilot.pause()
        await pilot.press("f9")
        await wait_until(pilot, lambda: "[1] ✗ 没用" in screen_text(app))
        await pilot.press("f9")
        await wait_until(pilot, lambda: "[1] ✗" not in screen_text(app) and "[1] 的标记已取消" in screen_text(app))
    app = make_app(embeddings=tmp_path)
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await pilot.press("tab", "space")
        await wait_until(pilot, lambda: "[2] ✗ 没用" in screen_text(app) and "✓" not in screen_text(app))


async def test_a_mark_that_cannot_be_kept_is_told() -> None:
    """Nothing is claimed."""
    app = make_app(embeddings=Path(__file__))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await pilot.press("f8")
        await wait_until(pilot, lambda: "标记没有记下" in screen_text(app))
        assert "✓" not in screen_text(app)


async def test_panels_fill_their_width_without_being_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine no Resize comes when a panel is shown: rows are cut to its width all the same."""
    monkeypatch.setattr(LibraryPanel, "on_resize", lambda panel: None)
    monkeypatch.setattr(SourcePanel, "on_resize", lambda panel, event: None)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await wait_until(pilot, lambda: "000_06934d4bc806f347.txt" in screen_text(app))
        await pilot.press("escape")
        await ask(pilot, QUESTION)
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: "▌" in screen_text(app) and app.view.source_panel.is_settled)


async def test_a_document_opened_from_the_library_takes_no_mark_and_no_letter(tmp_path: Path) -> None:
    """F8, F7 and F3 are for a cited passage: beside another document they say so. Letters, n too, go to the input."""
    app = make_app(embeddings=tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        app.reading.open_file(XIQING)
        await wait_until(pilot, lambda: app.view.is_shown("source"))
        for key in ("f8", "f7", "f3"):
            app.query_one(HintLine).notice("-")
            await pilot.press(key)
            await wait_until(pilot, lambda: "没有引用的段落" in app.query_one(HintLine).text)
        assert not list(tmp_path.iterdir()) and app.screen is app.view.main
        await type_text(pilot, "new")
        assert app.view.input.value == "new"


async def test_the_newest_card_stays_in_view_beside_the_source() -> None:
    """The source takes half of the width: cards above get higher, what was read must not be pushed away."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        first = await ask(pilot, QUESTION)
        first.action_fold()
        await pilot.pause()
        await ask(pilot, "第二问")
        app.reading.open_at_hand(1)
        await wait_until(pilot, lambda: app.view.is_shown("source") and app.view.source_panel.is_settled)
        await wait_until(pilot, lambda: "第二问" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "第二问" in screen_text(app))


def _many(count: int) -> Any:
    """A question whose answer stands in the tenth of so many passages."""

    class Engine(FixedEngine):
        def ask(self, question: str, *args: Any, **kwargs: Any) -> Answer:
            answer = super().ask(question, *args, **kwargs)
            found = tuple(replace(answer.citations[0], number=number) for number in range(1, count + 1))
            return replace(answer, best=(replace(answer.best[0], number=count),), citations=found)

    return Engine


async def test_two_digits_open_a_passage_of_the_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """[10] by its digits, none of which is typed into the question; a lone 1 waits, and Enter ends the waiting."""
    app = make_app(FixedBackend(_many(10)()))
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        card = await ask(pilot, QUESTION)
        opened: list[int] = []
        monkeypatch.setattr(app.reading, "open_citation", lambda answer, number: opened.append(number))
        card.focus()
        await pilot.pause()
        await type_text(pilot, "10")
        await wait_until(pilot, lambda: opened == [10])
        await type_text(pilot, "１０")
        await wait_until(pilot, lambda: opened == [10, 10])
        await pilot.press("1", "enter")
        await wait_until(pilot, lambda: opened == [10, 10, 1])
        await pilot.press("2")  # none of the twenties is shown
        await wait_until(pilot, lambda: opened == [10, 10, 1, 2])
        await pilot.press("1")  # alone, in a while
        await wait_until(pilot, lambda: opened == [10, 10, 1, 2, 1])
        assert app.view.input.value == ""
        await pilot.press("1", "escape")  # to the input: what was begun is forgotten
        await pilot.press("0")
        await wait_until(pilot, lambda: app.view.input.value == "0")
        assert opened == [10, 10, 1, 2, 1]


@pytest.mark.parametrize(
    ("size", "begins", "ends"),
    [((120, 36), "Enter 提问 · 输入 / 看命令", "Alt+Enter 换行"), ((50, 20), "Enter 提问 · 输入 / 看命令", "↑↓ 历史")],
)
async def test_hints_are_left_out_whole(size: tuple[int, int], begins: str, ends: str) -> None:
    """The last ones where the window is narrow; none is cut."""
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        shown = app.query_one(HintLine).render().plain
        assert shown.startswith(begins) and shown.endswith(ends)
        await ask(pilot, QUESTION)
        assert "…" not in app.query_one(HintLine).render().plain


async def test_the_key_bar_cuts_no_key() -> None:
    """The last ones are left out while the window is narrow."""
    app = make_app()
    async with app.run_test(size=(50, 20)) as pilot:
        await ready(pilot)
        await wait_until(pilot, lambda: screen_text(app).rstrip().endswith("F1 帮助"))
        await pilot.resize_terminal(120, 36)
        await wait_until(pilot, lambda: screen_text(app).rstrip().endswith("Ctrl+P 命令"))


async def test_help_leaves_room_for_what_keys_do() -> None:
    """In a narrow window many keys stand above it."""
    app = make_app()
    async with app.run_test(size=(50, 20)) as pilot:
        await ready(pilot)
        await pilot.press("f1")
        await wait_until(pilot, lambda: "提问；只输入数字则打开" in screen_text(app))


async def test_the_hint_says_how_to_reach_the_card() -> None:
    """Once there is one, as the keys that its rows name work there alone; a new conversation has none."""
    app = make_app()
    async with app.run_test(size=USUAL) as pilot:
        await ready(pilot)
        hint = app.query_one(HintLine)
        assert "Tab" not in hint.text
        await ask(pilot, QUESTION)
        await wait_until(pilot, lambda: "Tab 到卡片（空格展开）" in screen_text(app))
        await pilot.press("tab", "space")
        assert app.view.conversation.cards[-1].expanded
        await pilot.press("escape", "ctrl+n")
        await wait_until(pilot, lambda: "Tab" not in hint.text)
