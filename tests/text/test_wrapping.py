"""tjqa.text.wrapping and the reader that puts wrapped texts together."""

from __future__ import annotations

import textwrap

import pytest

from tjqa.ingest.readers import extract
from tjqa.text.wrapping import soft_breaks

PARAGRAPHS = (
    "水库的日常巡查由管理所负责,巡查人员每天应当至少巡查两次,汛期每两小时巡查一次,发现裂缝、渗漏等险情的,应当立即报告县水利局值班室,"
    "并在三十分钟内赶到现场处置。没有按照规定巡查的,由县水利局责令改正,情节严重的依法追究责任。",
    "水库的调度由县防汛指挥部统一指挥,任何单位和个人不得擅自改变调度计划。调度计划由管理所编制,报县水利局批准以后执行,"
    "每年五月以前向沿河各乡镇公布,公布的内容包括水位、流量和联系的办法。",
)


def columns(text: str, width: int) -> list[str]:
    """Lines of so many columns, a Chinese character taking two."""
    lines, used = [""], 0
    for char in text:
        wide = 2 if ord(char) > 0x2000 else 1
        if used + wide > width:
            lines.append("")
            used = 0
        lines[-1] += char
        used += wide
    return lines


@pytest.mark.parametrize("parting", ["\n", "\n\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
@pytest.mark.parametrize("by_columns", [True, False])
def test_a_wrapped_text_has_its_paragraphs_whole(parting: str, indent: str, by_columns: bool) -> None:
    """Whatever parts them, whatever counted the width; the places are those of the file."""
    whole = [indent + text for text in PARAGRAPHS]
    wrapped = [columns(text, 50) if by_columns else textwrap.wrap(text, 25, drop_whitespace=False) for text in whole]
    text = parting.join("\n".join(lines) for lines in wrapped)
    found = extract(text.encode(), "办法.txt")
    assert [line for line in found.text.splitlines() if line] == whole
    assert found.landmarks[-1].name == f"第 {len(text.splitlines())} 行"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),  # not wrapped
        "\n".join(["关于印发水库管理办法的通知", "关于公布河长名单的公告", "关于开展汛前检查的函"] * 4),  # names
        "\n".join(f"{n}、巡查人员每天应当至少巡查水库两次并且如实记录在巡查的登记簿上" for n in range(1, 9)),  # items
        "\n".join(["白鹭河边春水生望云山下晓烟轻渔舟一叶随波去。"] * 8),  # each line a sentence
        "\n".join(["管理所\t巡查\t每天两次\t汛期每两小时一次并且记录在登记簿上"] * 8),  # a table
    ],
)
def test_lines_that_are_whole_stay(text: str) -> None:
    """Lists, tables, sentences line by line."""
    assert not soft_breaks(text.split("\n"))
    assert extract(text.encode(), "甲.txt").text == text


def test_figures_are_never_put_together() -> None:
    """A number that ends a line and one that begins the next may be one or two."""
    lines = [
        "今年以来全县共完成水利投资四亿元新建闸门三十座改造泵站16",
        "9座,清淤河道八十公里,沿岸各乡镇的防洪标准普遍提高到二十",
    ]
    lines += [
        "年一遇,受益的农田达到九万亩,其中新增的高标准农田三万亩,",
        "全部种上了水稻和油菜,亩均增产一百斤,农民人均增收八百元",
    ] * 2
    assert 0 not in soft_breaks(lines) and 1 in soft_breaks(lines)
