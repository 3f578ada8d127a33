"""Why a passage was found, in a few lines that people can read."""

from __future__ import annotations

from dataclasses import replace

from tests.support.ui_standin import QUESTION, found_answer
from tjqa.documents import Span
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.styles import ANSWER_STYLE, WORD_STYLE
from tjqa.ui.widgets.why import WhyText, reasons


def test_reasons_are_those_of_the_passage() -> None:
    """Words, what answers, title and date; of a passage that shares no word that it does not."""
    answer = found_answer(f"2023年{QUESTION}")
    texts = Texts()
    first = reasons(answer.citations[0], answer, texts)
    assert first[0].startswith("问题里的词出现 2 个") and first[1] == "问“多少个”，句中有“13个”"
    assert first[2] == "标题里有 宝坻区；日期相符（2023-08-22）"
    assert reasons(answer.citations[2], answer, texts) == ["没有相同的词，按意思相近找到"]
    parted = replace(answer.citations[0], matched=("宝坻", "宝坻区", "项目"))
    assert reasons(parted, answer, texts)[0] == first[0]  # 宝坻 is a part of 宝坻区
    english = reasons(answer.citations[0], answer, Texts("en"))
    assert len(english) == 3 and english[1] == "Asked for “多少个”, it says “13个”"


def test_the_window_marks_words_and_answer() -> None:
    """In the question and in the passage, whatever blanks the passage begins with."""
    answer = found_answer()
    first = answer.citations[0]
    blank = replace(first, quote=f"\n {first.quote}", span=Span(first.span.start - 2, first.span.end))
    for citation in (first, blank):
        rows = WhyText(citation, answer, Texts()).rows_at(76)
        lit = [row.content[s.start : s.end].plain for row in rows for s in row.content.spans if s.style == ANSWER_STYLE]
        assert lit == ["13个"]
        words = {row.content[s.start : s.end].plain for row in rows for s in row.content.spans if s.style == WORD_STYLE}
        assert words == {"宝坻区", "项目"}
        assert len(rows) < 20
