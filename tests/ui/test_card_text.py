"""tjqa.ui.widgets.card_text: what a card says, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from tests.support.ui_standin import found_answer
from tjqa.errors import TjqaError
from tjqa.messages import literal
from tjqa.results import Answer
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.card_text import ANSWER_STYLE, CardView, answer_rows, failure_rows, question_rows, relevance
from tjqa.ui.widgets.rows import Row
from tjqa.ui.widgets.targets import FoldPassages, OpenCitation

TODAY = date(2026, 11, 22)


def view(width: int = 76, expanded: bool = False) -> CardView:
    """A Chinese view of a card."""
    return CardView(width, expanded, Texts(), TODAY)


def plain(rows: list[Row]) -> str:
    """The rows as text."""
    return "\n".join(row.content.plain for row in rows)


@pytest.mark.parametrize("width", [30, 46, 58, 76, 116])
@pytest.mark.parametrize("expanded", [False, True])
def test_every_row_fits(width: int, expanded: bool) -> None:
    """No row is wider than the card."""
    rows = question_rows("问" * 200, view(width)) + answer_rows(found_answer(), view(width, expanded))
    assert all(cell_len(row.content.plain) <= width for row in rows)


def test_the_answer_span_is_lit_and_the_sentence_names_its_citation() -> None:
    """13个 is marked, [1] stands at the end of the answer, a click on either opens it."""
    rows = answer_rows(found_answer(), view())
    lit = [
        row.content.plain[span.start : span.end]
        for row in rows
        for span in row.content.spans
        if span.style == ANSWER_STYLE
    ]
    assert lit == ["13个"]
    end = next(row for row in rows if row.content.plain.endswith(" [1]"))
    assert end.target == OpenCitation(1)


def test_the_answer_is_not_repeated_under_its_citation() -> None:
    """Folded, the passage that holds the answer is only its chip line."""
    text = plain(answer_rows(found_answer(), view()))
    assert text.count("其中8个项目已开工建设") == 1


@pytest.mark.parametrize(("differs", "told"), [(False, ""), (True, "(数字有出入)")])
def test_other_places_are_named(differs: bool, told: str) -> None:
    """A repost stands under the passage it repeats, and whether its figures are others."""
    answer = found_answer()
    copy = replace(answer.citations[0], path="转载.txt", line=7, column=1, figures_differ=differs)
    first = replace(answer.citations[0], also=(copy,))
    rows = answer_rows(replace(answer, citations=(first, *answer.citations[1:])), view())
    assert [r.content.plain.strip() for r in rows if "转载.txt" in r.content.plain] == [
        f"另见 转载.txt · 第 7 行{told}"
    ]


def test_folded_and_unfolded() -> None:
    """Three passages first, all with their whole text after."""
    folded, unfolded = answer_rows(found_answer(), view()), answer_rows(found_answer(), view(expanded=True))
    assert "[3]" in plain(folded) and "[4]" not in plain(folded)
    assert "还有 2 段" in plain(folded)
    assert [row.target for row in folded if row.target == FoldPassages()]
    assert "[5]" in plain(unfolded) and "收起" in plain(unfolded)


def test_the_passage_of_the_answer_is_shown_even_folded() -> None:
    """An answer that names [5] must let the reader see [5]."""
    answer = found_answer()
    best = replace(answer.citations[4], marks=())
    text = plain(answer_rows(replace(answer, best=(best,)), view()))
    assert "\n[1]" in text and "\n[2]" in text and "\n[5]" in text and "\n[3]" not in text and "还有 2 段" in text


def test_a_pasted_article_does_not_push_the_answer_away() -> None:
    """Ten thousand characters asked: four rows, all of them when unfolded."""
    question = "问题" * 5000
    assert len(question_rows(question, view())) == 4
    assert plain(question_rows(question, view())).endswith("…")
    assert plain(question_rows(question, view(expanded=True))).count("问题") > 4000


def test_places_show_a_character_only_in_long_lines() -> None:
    """Line 4 of a short page is enough; a line of 12,901 characters needs the character."""
    text = plain(answer_rows(found_answer(), view()))
    assert "第 4 行 ·" in text
    assert "第 3 行第 446 字" in text


def test_a_page_is_named_instead_of_a_line() -> None:
    """Of a PDF the page is shown; once the file changed there is no page to trust either."""
    answer = found_answer()
    paged = replace(answer, best=tuple(replace(best, place="第 12 页") for best in answer.best))
    assert "· 第 12 页 ·" in plain(answer_rows(paged, view()))
    gone = replace(paged, best=tuple(replace(best, unchanged=False) for best in paged.best))
    assert "第 12 页" not in plain(answer_rows(gone, view()))


def test_chips_drop_the_bar_then_the_middle_of_the_name() -> None:
    """All chips of a card do it alike."""
    wide, middle, narrow = (plain(answer_rows(found_answer(), view(w))) for w in (76, 60, 42))
    assert "▮▮▮▮▯ 很相关" in wide
    assert "▮" not in middle and "很相关" in middle and "002_686a342d127fb6b0.txt" in middle
    assert "…" in narrow and "很相关" not in narrow and ".txt" in narrow


def test_a_narrow_chip_gives_up_the_date_before_the_name() -> None:
    """With the place in a long line, 42 columns hold a name that can be told from others, or a date; no part of one."""
    texts = [row.content.plain for row in answer_rows(found_answer(), view(42)) if row.content.plain.startswith("[")]
    assert [text for text in texts if "第 446 字" in text] == ["[3] 001_597245…23fc.txt · 第 3 行第 446 字"]
    assert texts[0].endswith("2023-08-22")


def test_a_wide_chip_names_the_document() -> None:
    """A title says more than a file name, when there is room for both."""
    wide, usual = (plain(answer_rows(found_answer(), view(w))) for w in (116, 76))
    assert "很相关  天津市宝坻区加快打造创新发展宝地高地" in wide
    assert "创新发展宝地高地" not in usual


def test_an_undated_passage_says_so() -> None:
    """日期不详 instead of nothing."""
    answer = found_answer()
    bare = replace(answer.citations[1], published=None)
    text = plain(answer_rows(replace(answer, citations=(answer.citations[0], bare)), view()))
    assert "日期不详" in text


def test_an_old_document_is_named_when_now_is_asked_for() -> None:
    """Only when the question asks for now."""
    assert "该资料日期为 2023-08-22" in plain(answer_rows(found_answer("目前有多少个项目"), view()))
    assert "该资料日期" not in plain(answer_rows(found_answer("有多少个项目"), view()))


def test_a_changed_file_is_told() -> None:
    """Once, with its name and the next step; each of its citations says so in place of a line."""
    answer = found_answer()
    citations = tuple(replace(c, unchanged=False) for c in answer.citations)
    changed = replace(answer, citations=citations, changed_files=("002.txt",))
    said = plain(answer_rows(changed, view()))
    assert said.count("原文已改动:002.txt") == said.count("建立索引时的文字") == 1
    assert "tjqa index" in said and "· 原文已改动 ·" in said


def test_no_answer_gives_hints_and_the_three_nearest_passages() -> None:
    """Labelled as such; the others come with Space."""
    answer = replace(found_answer(), state="weak", best=())
    folded, unfolded = plain(answer_rows(answer, view())), plain(answer_rows(answer, view(expanded=True)))
    assert "没有找到可靠的答案" in folded and "换一种说法" in folded
    assert "最接近的 3 段（相关度低" in folded and "很相关" not in folded
    assert "[3]" in folded and "[4]" not in folded and "还有 2 段" in folded
    assert "最接近的 5 段（相关度低" in unfolded and "[5]" in unfolded and "收起" in unfolded


def test_nothing_at_all_offers_no_passages() -> None:
    """Without citations there is nothing to unfold."""
    answer = Answer("问", "nothing", 0.0, (), (), 0.001)
    assert "空格" not in plain(answer_rows(answer, view()))


def test_a_failure_says_what_and_what_next() -> None:
    """Both sentences of the error."""
    text = plain(failure_rows(TjqaError(literal("读取出错。"), literal("请运行 tjqa check。")), view()))
    assert "读取出错。" in text and "请运行 tjqa check。" in text


def test_markup_in_documents_is_text() -> None:
    """Brackets stay brackets."""
    answer = found_answer("[/] [red]问[/red]")
    citation = replace(answer.citations[1], quote="税收[/b]占比[b c=d]", path="[/]x.txt")
    rows = answer_rows(replace(answer, citations=(answer.citations[0], citation)), view())
    assert "税收[/b]占比[b c=d]" in plain(rows) and "[/]x.txt" in plain(rows)


@pytest.mark.parametrize(
    ("score", "bar"), [(0.0, "▮▯▯▯▯"), (0.5, "▮▮▯▯▯"), (0.61, "▮▮▮▯▯"), (1.0, "▮▮▮▮▮"), (7.0, "▮▮▮▮▮")]
)
def test_relevance_is_a_bar_and_a_word(score: float, bar: str) -> None:
    """Never a bare number."""
    assert relevance(score, Texts())[0] == bar


def test_a_file_that_cannot_be_read_is_not_called_changed() -> None:
    """Nobody knows whether it did."""
    answer = found_answer()
    citations = tuple(replace(c, unchanged=False, unread=True) for c in answer.citations)
    said = plain(answer_rows(replace(answer, state="weak", best=(), citations=citations), view()))
    assert "· 原文读不到 ·" in said and "已改动" not in said
