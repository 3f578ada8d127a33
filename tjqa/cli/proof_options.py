"""The options of `tjqa proof`, apart from what it does, so that help and other commands do not load that."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

_WHAT = (
    "核稿：把一份稿子逐句与资料核对。引号里的话要与原文一字不差（全角半角、空格不计）；数字连同单位、时间、地方、人名机构、文号"
    "逐项查对。只说查到什么，不改写，不联网。没有可核对内容的句子（如议论）不判。"
    "约数按稿子的末位四舍五入（1.2万亿合 12034亿，约八成合 79.6%），“超过”“近”各在一边。\n\n"
    "退出码：0 全部有原文；1 有不同、在另一时间或另一地、或没有找到的（引号里的短词没有找到不算）；"
    "2 用法不对；3 没有可用的索引。"
)


def add_proof(add: Callable[[str, str, str], ArgumentParser]) -> None:
    """Add the command; `add` takes its name, what it is in short, and what it does."""
    proof = add("proof", "核稿：稿子与资料逐句核对", _WHAT)
    proof.add_argument("draft", metavar="DRAFT", help="稿子：.md、.docx、.txt，或别的读得了的文件")
    written = "md、docx、html、json，后面可以再写文件名；或这样结尾的文件名。md、docx、html 里有稿子，有原文的加脚注"
    proof.add_argument("--output", nargs="+", metavar=("FORMAT", "FILE"), help=written)
