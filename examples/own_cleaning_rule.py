"""Have the last word over the cleaner: bring back what it drops, drop what it keeps.

    python examples/own_cleaning_rule.py

Two small files in the documents folder say it, whatever builds the index (this program, `tjqa index`, the app):

    .tjqa-keep    文件: 理由      parts dropped for this reason stay; without a reason the whole file does
    .tjqa-drop    文件: 整行      lines like this are left out; * and ? stand for anything

A build then reads only the files that a changed rule is about. This program shows it on a page of its own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import tjqa

PAGE = """首页 | 新闻 | 登录

石桥水库工程完工

2021-10-08

石桥水库除险加固工程完工,总库容4200万立方米,可以灌溉下游农田6.3万亩,保障11.5万人的饮水安全。

本刊由白鹭县融媒体中心编印,逢周三出版,欢迎投递。

相关阅读

灌区改造项目启动
"""


def show(folder: Path, what: str) -> None:
    """Bring the index up to date and print which lines are searched, and which are left out for what reason."""
    report = tjqa.build(folder)
    library = tjqa.open(folder)
    print(f"{what}(新向量化 {report.embedded} 段)")
    for passage, _ in library.passages():
        print("  检索", " / ".join(passage.text.split()))
    for source in library.sources():
        text = library.view_source(source.path).text
        for dropped in source.dropped:
            if line := dropped.span.of(text).strip():
                print(f"  略去({dropped.reason})", line)


def main() -> None:
    """A page as the cleaner sees it, and as its reader wants it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "资料")
        folder.mkdir()
        Path(place, "embeddings").mkdir()  # beside the documents: the index is made here, and goes with the folder
        (folder / "新闻.txt").write_text(PAGE, "utf-8")
        show(folder, "没有规则")
        (folder / ".tjqa-keep").write_text("新闻.txt: 相关推荐\n", "utf-8")
        (folder / ".tjqa-drop").write_text("*.txt: 本刊由*编印*\n", "utf-8")
        show(folder, "有规则")


if __name__ == "__main__":
    try:
        main()
    except tjqa.TjqaError as error:
        sys.exit(f"{error.what}\n{error.hint}")
