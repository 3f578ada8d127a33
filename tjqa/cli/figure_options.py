"""The options of `tjqa figures`, apart from what it does, so that help and other commands do not load that."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable


def add_figures(add: Callable[[str, str, str], ArgumentParser]) -> None:
    """Add the command; `add` takes its name, what it is in short, and what it does."""
    table = "把一个指标在各份资料、各地、各年的数列成一张表：表格里的和句子里的，每个数注明出处，互相矛盾的标 ≠。"
    figures = add("figures", "一个指标的对照表", table)
    figures.add_argument("measure", metavar="指标", help="指标，如 城镇居民人均可支配收入；末尾写“增速”则只列增减")
    place = "只要这个地区的，可以写几次"
    figures.add_argument("--地区", "--place", dest="places", action="append", default=[], metavar="地区", help=place)
    figures.add_argument("--自", "--from", dest="since", metavar="时间", help="从什么时候起，如 2019年、2024年3月")
    figures.add_argument("--至", "--to", dest="until", metavar="时间", help="到什么时候为止")
    figures.add_argument("--output", metavar="格式", help="csv、xlsx、md、json，或这样结尾的文件名")
