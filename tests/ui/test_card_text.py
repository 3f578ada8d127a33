"""tjqa.ui.widgets.card_text: what a card says, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from tests.support.ui_standin import found_answer
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.messages import Language, literal
from tjqa.results import Answer
from tjqa.ui.controllers.sharing import pasted_as
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.card_text import answer_rows, failure_rows, question_rows
from tjqa.ui.widgets.passage_text import INDENT, CardView, relevance, words_met
from tjqa.ui.widgets.rows import Row
from tjqa.ui.widgets.styles import ANSWER_STYLE, WORD_STYLE
from tjqa.ui.widgets.targets import AskInstead, FoldPassages, OpenCitation

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


def lit(rows: list[Row], style: str) -> list[str]:
    """What is shown in a style."""
    return [r.content.plain[x.start : x.end] for r in rows for x in r.content.spans if x.style == style]


def test_the_answer_comes_first_then_its_sentence_then_its_source() -> None:
    """13个 alone and marked; the sentence with [1], a click on which opens it; one row on the source."""
    rows = answer_rows(found_answer(), view())
    assert rows[0].content.plain == "答  13个" and lit(rows, ANSWER_STYLE) == ["13个"]
    end = next(row for row in rows if row.content.plain.endswith(" [1]"))
    assert end.target == OpenCitation(1)
    assert [r.content.plain for r in rows if r.content.plain.startswith("[")] == [
        "[1] 《天津市宝坻区加快打造创新发展宝地高地》 2023-08-22 · 第 4 行"
    ]
    assert plain(rows).count("其中8个项目已开工建设") == 1


def test_a_sentence_that_answers_as_a_whole_is_lit_in_its_place() -> None:
    """Said once; without marks nothing stands before it."""
    answer = found_answer()
    best = replace(answer.best[0], marks=())
    text = plain(answer_rows(replace(answer, best=(best,)), view()))
    assert text.startswith("答  今年以来") and text.count("答  ") == 1


def test_a_possible_answer_looks_and_reads_differently() -> None:
    """Another label, a request to check, no answer's colours; without any colour it can still be told."""
    answer = replace(found_answer(), unsaid=("2018年",))
    assert answer.strength == "possible" and found_answer().strength == "answer"
    rows = answer_rows(answer, view())
    assert rows[0].content.plain == "≈   13个   可能的答案，请核对原文" and not lit(rows, ANSWER_STYLE)
    assert "2018年" in plain(rows)
    assert not lit(answer_rows(answer, view(expanded=True)), ANSWER_STYLE)
    assert lit(answer_rows(found_answer(), view(expanded=True)), ANSWER_STYLE)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("strength", ["answer", "possible", "none"])
def test_all_of_a_card_begins_in_one_column(language: Language, strength: str) -> None:
    """Behind the labels of question and answer, whatever they are called, as the rows below them."""
    answer = found_answer()
    answer = replace(answer, unsaid=("2018年",)) if strength == "possible" else answer
    answer = replace(answer, state="weak", best=()) if strength == "none" else answer
    assert answer.strength == strength
    shown = replace(view(), texts=Texts(language))
    rows = [*question_rows("西青区", shown), answer_rows(answer, shown)[0]]
    for row in rows:
        label, _, rest = row.content.plain.partition(" ")
        assert cell_len(label) + 1 + len(rest) - len(rest.lstrip()) == INDENT, row.content.plain


def test_a_refusal_offers_what_there_is() -> None:
    """The period that is missing is named, the nearest one can be asked for, the passages wait for a key."""
    answer = replace(found_answer("西青区2018年收入多少"), state="weak", best=())
    answer = replace(answer, lacking_periods=("2018年",), existing_periods=("2016年", "2017年"))
    rows = answer_rows(answer, view())
    assert rows[0].content.plain.startswith("✗") and "没有2018年的" in plain(rows)
    assert [row.target for row in rows if isinstance(row.target, AskInstead)] == [
        AskInstead("西青区2017年收入多少"),
        AskInstead("西青区2016年收入多少"),
    ]
    assert "看最接近的 3 段" in plain(rows) and "[1]" not in plain(rows)
    answer = replace(answer, question="津南区2018年收入多少", lacking_periods=())
    answer = replace(answer, lacking_place="津南区", existing_places=("西青区", "宝坻区"))
    targets = [row.target for row in answer_rows(answer, view()) if isinstance(row.target, AskInstead)]
    assert targets == [AskInstead("西青区2018年收入多少"), AskInstead("宝坻区2018年收入多少")]


def test_the_doubt_is_not_broken_over_two_rows() -> None:
    """Where it does not fit behind the answer it has a row of its own."""
    answer = replace(found_answer(), unsaid=("2018年",))
    rows = [row.content.plain for row in answer_rows(answer, view(width=30))]
    assert rows[0] == "≈   13个" and rows[1].strip() == "可能的答案，请核对原文"


def test_a_snippet_is_cut_where_the_words_meet() -> None:
    """Not at the passage's beginning; the words are marked."""
    answer = found_answer()
    quote = "开头的话很长很长。" * 30 + "西青区居民人均可支配收入增长6.5%。" + "后面的话。" * 30
    other = replace(answer.citations[1], quote=quote, matched=("居民人均可支配收入", "西青区"))
    rows = answer_rows(replace(answer, citations=(answer.citations[0], other)), view(expanded=True))
    assert "…西青区居民人均可支配收入" in plain(rows) and {"居民人均可支配收入", "西青区"} <= set(lit(rows, WORD_STYLE))
    assert words_met("ＧＤＰ和gdp", ("GDP", "和")) == [(0, 3), (4, 7)]


@pytest.mark.parametrize(("differs", "told"), [(False, ""), (True, "（数字有出入）")])
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
    """The passage of the answer first, how many others there are; all of them after."""
    folded, unfolded = answer_rows(found_answer(), view()), answer_rows(found_answer(), view(expanded=True))
    assert "[2]" not in plain(folded) and "其他相关 4 段，同一篇 1 段" in plain(folded)
    assert [row.target for row in folded if row.target == FoldPassages()]
    assert "[5]" in plain(unfolded) and "收起" in plain(unfolded)


def test_the_passage_of_the_answer_is_named_wherever_it_ranks() -> None:
    """An answer that names [5] must let the reader see [5]."""
    answer = found_answer()
    best = replace(answer.citations[4], marks=())
    text = plain(answer_rows(replace(answer, best=(best,)), view()))
    assert "\n[5]" in text and "\n[1]" not in text and "其他相关 4 段" in text


def test_a_pasted_article_does_not_push_the_answer_away() -> None:
    """Ten thousand characters asked: four rows, all of them when unfolded."""
    question = "问题" * 5000
    assert len(question_rows(question, view())) == 4
    assert plain(question_rows(question, view())).endswith("…")
    assert plain(question_rows(question, view(expanded=True))).count("问题") > 4000


def test_places_show_a_character_only_in_long_lines() -> None:
    """Line 4 of a short page is enough; a line of 12,901 characters needs the character."""
    text = plain(answer_rows(found_answer(), view(expanded=True)))
    assert "· 第 4 行\n" in text
    assert "第 3 行第 446 字" in text


def test_a_place_of_several_lines_names_the_last_one() -> None:
    """Of lines, and of rows and pages that a format names."""
    answer = found_answer()
    (best,) = answer.best
    assert "· 第 4–6 行" in plain(answer_rows(replace(answer, best=(replace(best, quote="甲\n乙\n丙\n"),)), view()))
    named = replace(best, place="居民收入 第 9 行至居民收入 第 16 行")
    assert "· 居民收入 第 9–16 行" in plain(answer_rows(replace(answer, best=(named,)), view()))


def test_a_page_is_named_instead_of_a_line() -> None:
    """Of a PDF the page is shown; once the file changed there is no page to trust either."""
    answer = found_answer()
    paged = replace(answer, best=tuple(replace(best, place="第 12 页") for best in answer.best))
    assert "· 第 12 页" in plain(answer_rows(paged, view()))
    gone = replace(paged, best=tuple(replace(best, unchanged=False) for best in paged.best))
    assert "第 12 页" not in plain(answer_rows(gone, view()))


def test_a_narrow_source_line_gives_up_publisher_then_title_then_date() -> None:
    """What is left tells which document it is."""
    answer = found_answer()
    cited = replace(answer.citations[0], publisher="天津日报")
    answer = replace(answer, citations=(cited, *answer.citations[1:]))
    lines = [
        next(r.content.plain for r in answer_rows(answer, view(width)) if r.content.plain.startswith("["))
        for width in (90, 68, 50, 34)
    ]
    assert "》 天津日报 2023-08-22" in lines[0]
    assert "天津日报" not in lines[1] and "高地》 2023-08-22" in lines[1]
    assert "…》 2023-08-22" in lines[2]
    assert "…》 · 第 4 行" in lines[3]
    untitled = replace(cited, title="")
    text = plain(answer_rows(replace(answer, citations=(untitled,)), view()))
    assert "[1] 002_686a342d127fb6b0.txt 天津日报 2023-08-22" in text


def test_an_undated_passage_says_so() -> None:
    """日期不详 instead of nothing."""
    answer = found_answer()
    bare = replace(answer.citations[1], published=None)
    text = plain(answer_rows(replace(answer, citations=(answer.citations[0], bare)), view(expanded=True)))
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
    said = plain(answer_rows(changed, view(expanded=True)))
    assert said.count("原文已改动：002.txt") == said.count("建立索引时的文字") == 1
    assert "Ctrl+G" in said and "· 原文已改动" in said


def test_no_answer_gives_hints_and_the_three_nearest_passages() -> None:
    """The passages come with Space, labelled as what they are, and no more of them."""
    answer = replace(found_answer(), state="weak", best=())
    folded, unfolded = plain(answer_rows(answer, view())), plain(answer_rows(answer, view(expanded=True)))
    assert "没有找到可靠的答案" in folded and "换一种说法" in folded and "看最接近的 3 段" in folded
    assert "[1]" not in folded
    assert "最接近的 3 段（相关度低" in unfolded and "[3]" in unfolded and "[4]" not in unfolded and "收起" in unfolded


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
    citation = replace(answer.citations[1], quote="税收[/b]占比[b c=d]", title="", path="[/]x.txt")
    rows = answer_rows(replace(answer, citations=(answer.citations[0], citation)), view(expanded=True))
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
    said = plain(answer_rows(replace(answer, state="weak", best=(), citations=citations), view(expanded=True)))
    assert "原文读不到" in said and "已改动" not in said


def test_an_answer_copied_one_way_or_another() -> None:
    """Of two sentences of one passage one reference; in Markdown no sign of the document's is obeyed."""
    answer = found_answer()
    first = answer.best[0]
    starred = replace(first, quote="# 增长**12**%", span=Span(first.span.start, first.span.start + 9), marks=())
    answer = replace(answer, best=(first, starred))
    assert pasted_as(answer, "words", TODAY, Texts()).split("\n")[1:] == ["# 增长**12**%", ""]
    assert pasted_as(answer, "references", TODAY, Texts()).count("[EB/DK]") == 1
    assert "\n> \\# 增长\\*\\*12\\*\\*%\n" in pasted_as(answer, "markdown", TODAY, Texts())
