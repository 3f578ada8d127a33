"""The options of `tjqa excerpts`, apart from what it does, so that help and other commands do not load that."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable


def add_excerpts(add: Callable[[str, str, str], ArgumentParser]) -> None:
    """Add the command; `add` takes its name, what it is in short, and what it does."""
    told = "列出在界面里摘下的引文，每条都与原文核对；加 --output 写成文件，与原文不符的标 ✗。"
    excerpts = add("excerpts", "列出、导出摘录", told)
    excerpts.add_argument("--topic", metavar="TOPIC", help="只要这个主题的；“”是未分类的")
    excerpts.add_argument(
        "--output", metavar="FILE", help="写成 .md、.docx（脚注）、.bib、.ris 或 .json（CSL-JSON）文件"
    )
    excerpts.add_argument("--json", action="store_true", help="每条一个 JSON 对象")
