"""Running text of .txt and .md is no web page: a line between its paragraphs is not furniture for its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.sources import read_source

BEFORE = "7月10日上午,白鹭县举行健步走活动,各乡镇的干部群众踊跃报名,活动从县体育场出发,沿白鹭湖绿道行进,全程八公里。"
AFTER = "活动结束以后,主办方为走完全程的选手颁发了纪念奖牌,并公布了下一届活动的时间安排,欢迎更多的市民参加。"
LAST = "县体育局负责人表示,今后每年都要举办这项活动,把它办成全县的品牌,带动更多的人走出家门参加锻炼。"
LINES = [
    "8000人参与",
    "8000人参与活动",
    "1,200人评论",
    "【政策解读】关于健步走活动的说明",
    "【图解】",
    "[专家解读] 走多少步合适",
    "共3条",
    "扫一扫",
    "关注公众号",
    "分享到:各村委会",
    "上一篇:县委会议",
    "打印本页",
    "返回顶部",
]


def kept(folder: Path, name: str, lines: list[str]) -> str:
    """What is kept of a text."""
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    source = read_source(folder, folder / name)
    return "".join(piece.span.of(source.text) for article in clean(source).articles for piece in article.pieces)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", ["文.txt", "文.md", "文.text", "文.markdown"])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_line_of_running_text_stays(tmp_path: Path, line: str, name: str, gap: str) -> None:
    """Set off by blank lines or not."""
    lines = [f"健步走活动{gap}", f"{BEFORE}{gap}", f"{line}{gap}", f"{AFTER}{gap}", LAST]
    assert line in kept(tmp_path, name, lines)


@pytest.mark.parametrize(
    "line", ["8000人参与", "500人评论", "【政策解读】关于健步走活动的说明", "【图解】健步走怎么走"]
)
def test_facts_and_headlines_of_a_copied_page_stay(tmp_path: Path, line: str) -> None:
    """Also in a text that does show page furniture, as long as the article goes on below them."""
    lines = ["首页 > 新闻 > 正文", "健步走活动", "2023-07-10 来源:白鹭日报", BEFORE, line, AFTER, LAST]
    foot = ["分享到:", "上一篇:县委会议", "版权所有 白鹭日报社"]
    found = kept(tmp_path, "页.txt", [*lines, *foot])
    assert line in found and "上一篇" not in found and "版权所有" not in found


@pytest.mark.parametrize("line", ["8000人参与", "126人评论", "【政策解读】另一篇文章的题目"])
def test_in_the_foot_of_a_page_they_go(tmp_path: Path, line: str) -> None:
    """Below the line that ends the article."""
    lines = ["首页 > 新闻 > 正文", "健步走活动", "2023-07-10 来源:白鹭日报", BEFORE, AFTER, LAST, "分享到:微信"]
    assert line not in kept(tmp_path, "页.txt", [*lines, "上一篇:县委会议", line, "版权所有 白鹭日报社"])
