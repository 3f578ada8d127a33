"""tjqa.ingest.readers.markdown_html: Markdown with HTML in it is read as it is shown, other Markdown as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import TEA
from tjqa.answers.tables.grid import rows_of
from tjqa.citations.locations import place_name
from tjqa.documents import Span
from tjqa.errors import SourcesError
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.readers import extract
from tjqa.ingest.readers.markdown_blocks import holds_html
from tjqa.ingest.sources import read_source


def text_of(markdown: str) -> str:
    """What is read of a Markdown file."""
    return extract(markdown.encode(), "甲.md").text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            '<p id="t1">&emsp;&emsp;<b>第一条</b>&emsp;为了保护茶园,制定本办法。</p>',
            "第一条\u2003为了保护茶园,制定本办法。",
        ),
        ("排放量为 2.4×10<sup>4</sup> 吨,浓度 CO<sub>2</sub>。", "排放量为 2.4×10⁴ 吨,浓度 CO₂。"),
        ("期限为<del>三十日</del>六十日,<font color='red'>逾期</font>不予受理。", "期限为六十日,逾期不予受理。"),
        ("收入&gt;3万元&nbsp;&amp;&nbsp;支出&#60;2万元", "收入>3万元\xa0&\xa0支出<2万元"),
        ("第一行<br>第二行<br/>第三行", "第一行\n第二行\n第三行"),
        ("| 年份 | 说明 |\n| --- | --- |\n| 2021 | 甲<br>乙 |", "| 年份 | 说明 |\n| --- | --- |\n| 2021 | 甲 乙 |"),
        ("<!-- 编者注:\n待定 -->\n正文在这里。", "正文在这里。"),
        ("<div align='center'>\n\n## 第二章&emsp;申请\n\n</div>", "## 第二章\u2003申请"),
        ("<details>\n<summary>展开</summary>\n\n附则在此。\n\n</details>", "展开\n\n附则在此。"),
    ],
)
def test_read_as_shown(typed: str, shown: str) -> None:
    """Tags and comments are gone, entities are the characters that they mean, figures set higher stay apart."""
    assert text_of(f"开头的一段。\n\n{typed}\n").removeprefix("开头的一段。").strip() == shown


@pytest.mark.parametrize(
    "typed",
    [
        *("收入<3万元,支出>2万元", "联系人<张三>,见<https://a.cn/b>", "A&B公司,AT&T;", r"\<b>不是粗体\</b>,\&emsp;"),
        *(
            "用`<br>`换行,用``&emsp;`<b>``空格",
            "```html\n<b>甲</b>\n&emsp;\n```",
            "段落。\n\n    <p>例子</p>\n\n段落。",
        ),
        *("~~~\n```\n<table>\n~~~", "a ` b <无> `", "**加粗** [链接](https://a.cn)"),
    ],
)
def test_what_is_no_html_stays(typed: str) -> None:
    """Signs of comparison, names, addresses, code: the text is the file, byte for byte."""
    assert not holds_html(typed)
    found = extract(typed.encode(), "甲.md")
    assert (found.text, found.codec) == (typed, "utf-8")


def test_tables_are_tables(tmp_path: Path) -> None:
    """With merged cells, and blank lines within: as converters write them."""
    table = (
        "<table>\n<tr><th rowspan='2'>地区</th><th colspan='2'>产量(吨)</th></tr>\n\n"
        "<tr><th>2021年</th><th>2022年</th></tr>\n"
        "<tr><td>云溪县</td><td>1,204</td><td>1,310</td></tr>\n<tr><td>白鹭县</td><td></td><td>876</td></tr>\n</table>"
    )
    path = tmp_path / "茶.md"
    path.write_text(f"# 茶叶产量\n\n{TEA}\n\n{table}\n\n| 年份 | 收入 |\n| --- | --- |\n| 2021 | 3.5 |\n", "utf-8")
    source = read_source(tmp_path, path)
    passages = pack(source, clean(source))
    rows = [row for one in passages for row in rows_of(one)]
    told = {(cell.text, *cell.row_heads, *cell.column_heads) for row in rows for cell in row.cells}
    assert ("1,310", "云溪县", "产量(吨)", "2022年") in told
    assert ("876", "白鹭县", "产量(吨)", "2022年") in told and not any(
        cell[0] == "876" and "2021年" in cell for cell in told
    )
    assert any(cell[0] == "3.5" for cell in told)


def test_places_are_the_lines_of_the_file(tmp_path: Path) -> None:
    """What is cited stands in the line that an editor shows, and is an exact slice of what was read."""
    path = tmp_path / "办法.md"
    lines = [
        "# 办法",
        "",
        "<p>&emsp;<b>第一条</b>&emsp;茶园不得开荒。</p>",
        "",
        "第二条&emsp;茶农免费培训。<br>",
        "每年一次。",
    ]
    path.write_text("\n".join(lines), "utf-8")
    source = read_source(tmp_path, path)
    for told, line in (("茶园不得开荒", 3), ("茶农免费培训", 5), ("每年一次", 6)):
        at = source.text.index(told)
        assert place_name(source, Span(at, at + len(told))) == f"第 {line} 行"


@pytest.mark.parametrize(
    "typed",
    ["<s>" * 20_000, "`" * 9 + "``a`" * 20_000 + "<b>", "<b" * 50_000, "&amp" * 50_000 + "<br>", "<table>" * 5_000],
)
def test_hostile_markdown(typed: str) -> None:
    """It is read or refused with a message; nothing takes the square of its length."""
    try:
        found = extract(typed.encode(), "甲.md")
    except SourcesError as error:
        assert str(error)
    else:
        assert len(found.text) <= 8 * len(typed)
