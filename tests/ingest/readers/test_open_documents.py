"""OpenDocument texts and workbooks: what they show, in order; a file of another program; damaged and hostile ones."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.formats import zipped
from tests.support.open_documents import as_odf, cell, p, row
from tjqa.documents import DocumentKind, Merged
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract, ods, odt
from tjqa.ingest.readers.base import Extracted

DATA = Path(__file__).parents[2] / "data" / "formats"


def read(body: str, automatic: str = "", styles: str = "") -> Extracted:
    """A text of this body."""
    return odt.read(as_odf("text", body, automatic, styles, "管理办法"), "办法.odt")


def text_style(name: str, properties: str) -> str:
    """A style of runs."""
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'


class TestTexts:
    """.odt"""

    def test_paragraphs_and_headings(self) -> None:
        """A line a paragraph; blanks, tabs and breaks as they are meant; levels as they are marked."""
        body = '<text:h text:outline-level="1">总则</text:h>' + p(
            "甲<text:s text:c='2'/>乙<text:tab/>丙<text:line-break/>丁"
        )
        found = read(body + '<text:section><text:h text:outline-level="2">细则</text:h></text:section>')
        assert found.text == "总则\n甲  乙\t丙\n丁\n细则\n"
        assert [(mark.span.of(found.text), mark.level) for mark in found.headings] == [("总则", 1), ("细则", 2)]
        assert (found.kind, found.encoding, found.title) == (DocumentKind.DOCUMENT, "ODT", "管理办法")

    def test_runs(self) -> None:
        """Raised and hidden characters, readings, remarks, what was deleted."""
        automatic = text_style("R", 'style:text-position="super 58%"') + text_style("H", 'text:display="none"')
        span = '<text:span text:style-name="{}">{}</text:span>'
        ruby = "<text:ruby><text:ruby-base>蠡</text:ruby-base><text:ruby-text>lǐ</text:ruby-text></text:ruby>"
        body = "<text:tracked-changes><text:changed-region>" + p("删") + "</text:changed-region></text:tracked-changes>"
        body += p(
            "10",
            span.format("R", "4"),
            span.format("H", "隐"),
            ruby,
            "<office:annotation>" + p("批") + "</office:annotation>",
        )
        assert read(body, automatic).text == "10⁴蠡(lǐ)\n"
        struck = text_style("S", 'style:text-line-through-style="solid"')
        assert read(p("原价", span.format("S", "199"), "元"), struck).text == "原价~~199~~元\n"

    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            ('<text:section text:display="none">' + p("暗") + "</text:section>", ""),
            ('<text:section text:display="true">' + p("明") + "</text:section>", "明\n"),
            ('<text:section text:display="condition" text:is-hidden="true">' + p("暗") + "</text:section>", ""),
            ('<text:section text:display="condition" text:is-hidden="false">' + p("明") + "</text:section>", "明\n"),
            ('<text:section><text:section text:display="none">' + p("暗") + "</text:section></text:section>", ""),
            (p('<text:hidden-paragraph text:is-hidden="true"/>暗'), ""),
            (p('<text:span>暗<text:hidden-paragraph text:is-hidden="true"/></text:span>'), ""),
            (p('<text:hidden-paragraph text:is-hidden="false"/>明'), "明\n"),
            (p('明<text:hidden-text text:is-hidden="true" text:string-value="暗">暗</text:hidden-text>的'), "明的\n"),
            (p('明<text:hidden-text text:is-hidden="false">也明</text:hidden-text>'), "明也明\n"),
            (p('明<draw:frame draw:display="none"><draw:text-box>' + p("暗") + "</draw:text-box></draw:frame>"), "明\n"),
            (p('明<text:variable-set text:display="none">暗</text:variable-set>12'), "明12\n"),
            (p('明<text:user-field-get text:display="none">暗</text:user-field-get>12'), "明12\n"),
            (p('明<text:expression text:display="value">12</text:expression>'), "明12\n"),
            (p("明<text:conditional-text>12</text:conditional-text><text:script>暗</text:script>"), "明12\n"),
            (p('1<draw:frame text:anchor-type="as-char"><draw:image/></draw:frame>5'), "1〓5\n"),
            (p('1<draw:frame text:anchor-type="as-char"><draw:object/></draw:frame>5'), "1〓5\n"),
            (p('1<draw:frame text:anchor-type="paragraph"><draw:image/></draw:frame>5'), "15\n"),
            (p('1<draw:frame text:anchor-type="as-char" draw:display="none"><draw:image/></draw:frame>5'), "15\n"),
            ('<text:list><text:list-item><text:p><text:hidden-paragraph text:is-hidden="true"/>暗</text:p>'
             "</text:list-item></text:list>", ""),
            ('<text:p text:style-name="P1">暗<text:span text:style-name="Seen">明</text:span></text:p>', "明\n"),
        ],
    )  # fmt: skip
    def test_what_is_hidden(self, body: str, shown: str) -> None:
        """By its section, by a field, by its shape, by its style, as the file was saved."""
        style = '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
        style += text_style("Seen", 'text:display="true"')
        assert read(p("甲") + body + p("乙"), style).text == f"甲\n{shown}乙\n"

    def test_lists(self) -> None:
        """Counted as they are shown, in levels, anew for each list, on where it says so."""
        style = (
            '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
            'style:num-prefix="第" style:num-suffix="条"/><text:list-level-style-number text:level="2" '
            'style:num-format="1" text:display-levels="1" style:num-prefix="(" style:num-suffix=")"/></text:list-style>'
        )
        item = "<text:list-item>{}</text:list-item>"
        inner = "<text:list>" + item.format(p("丙")) * 2 + "</text:list>"
        first = (
            '<text:list xml:id="a" text:style-name="L">' + item.format(p("甲") + p("续") + inner) + item.format(p("乙"))
        )
        anew = '</text:list><text:list text:style-name="L">' + item.format(p("丁"))
        on = (
            '</text:list><text:list text:style-name="L" text:continue-list="a">' + item.format(p("戊")) + "</text:list>"
        )
        lines = read(first + anew + on, style).text.split("\n")[:-1]
        assert lines == ["第一条 甲", "续", "(1) 丙", "(2) 丙", "第二条 乙", "第一条 丁", "第三条 戊"]

    def test_tables_notes_and_boxes(self) -> None:
        """Merged cells, heads, notes after the text, boxes after their paragraph, contents pages told."""
        head = row(
            cell("地区", 'table:number-rows-spanned="2"'), cell("收入", 'table:number-columns-spanned="2"'),
            "<table:covered-table-cell/>",
        )  # fmt: skip
        rows = f"<table:table-header-rows>{head}</table:table-header-rows>"
        rows += row("<table:covered-table-cell/>", "2022年", "2023年") + row("云岭县", "3.5", "4.1")
        note = (
            f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{p("注")}'
        )
        note += "</text:note-body></text:note>"
        box = f"<draw:frame><draw:text-box>{p('框内')}</draw:text-box></draw:frame>"
        contents = f"<text:table-of-content><text:index-body>{p('第一章 3')}</text:index-body></text:table-of-content>"
        found = read(contents + p("文", note, box) + f"<table:table>{rows}</table:table>")
        assert found.text == "第一章 3\n文¹\n框内\n地区\t收入\n2022年\t2023年\n云岭县\t3.5\t4.1\n¹注\n"
        assert found.tables[0].head == 1
        assert set(found.tables[0].merged) == {Merged(0, 1, 1, 2), Merged(0, 0, 2, 1)}
        assert [part.span.of(found.text) for part in found.furniture] == ["第一章 3"]

    def test_a_file_of_another_program(self) -> None:
        """As LibreOffice writes it."""
        found = odt.read((DATA / "libreoffice.odt").read_bytes(), "办法.odt")
        lines = [
            "第一章 总则",
            "第一条 面积10⁴平方米¹。",
            "第二条 二氧化碳CO₂。",
            "第二章 附则",
            "年份\t收入",
            "2021\t3.5",
        ]
        assert found.text.split("\n")[:-1] == [*lines, "¹ 注文。"]
        assert found.title == "云岭县管理办法" and len(found.tables) == 1


class TestWorkbooks:
    """.ods"""

    def test_rows_repeated_hidden_and_merged(self) -> None:
        """Cells as they are shown; empty rows are counted, not written; what is hidden is told."""
        style = '<style:style style:name="T"><style:table-properties table:display="false"/></style:style>'
        columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
        rows = (
            row(cell("地区", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", "收入")
            + row("<table:table-cell table:number-columns-repeated='16384'/>", more="table:number-rows-repeated='3'")
            + row("云岭县", "隐", cell("3.5<text:line-break/>亿", "office:value='3.5'"))
            + row("<table:table-cell table:number-columns-repeated='2'/>", "9", more='table:visibility="filter"')
        )
        book = f'<table:table table:name="收入">{columns}{rows}</table:table>'
        book += f'<table:table table:name="底" table:style-name="T">{row("甲")}</table:table>'
        found = ods.read(as_odf("spreadsheet", book, style), "表.ods")
        assert found.text == "地区\t\t收入\n云岭县\t隐\t3.5 亿\n\t\t9\n甲\n"
        assert [mark.name for mark in found.landmarks] == [
            "收入 第 1 行", "收入 第 5 行(隐藏的列 B)", "收入 第 6 行(隐藏的行)", "底(隐藏的表) 第 1 行",
        ]  # fmt: skip
        assert found.sheets[0].merged == (Merged(0, 0, 1, 2),) and found.kind is DocumentKind.TABLE
        assert found.encoding == "ODS(隐藏的有 1 个表、1 行、1 列)"

    def test_a_file_of_another_program(self) -> None:
        """As LibreOffice writes it, formats and all."""
        found = ods.read((DATA / "libreoffice.ods").read_bytes(), "表.ods")
        assert found.text.split("\n")[1] == "云岭县\t1,234.50\t64.5%\t2023年5月1日"

    def test_what_is_struck_out_is_marked(self) -> None:
        """By the style of its cell."""
        line = '<style:text-properties style:text-line-through-style="solid"/>'
        style = f'<style:style style:name="S" style:family="table-cell">{line}</style:style>'
        struck = cell("199", "table:style-name='S'")
        book = f'<table:table table:name="表">{row(struck, "99")}</table:table>'
        assert ods.read(as_odf("spreadsheet", book, style), "表.ods").text == "~~199~~\t99\n"

    def test_what_stands_under_merged_cells_is_not_shown(self) -> None:
        """Only their first cell is."""
        under = "<table:covered-table-cell>" + p("99") + "</table:covered-table-cell>"
        book = row(cell("5", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'), under, "7")
        book += row(under, under, "8")
        found = ods.read(as_odf("spreadsheet", f'<table:table table:name="表">{book}</table:table>'), "表.ods")
        assert found.text == "5\t\t7\n\t\t8\n" and found.sheets[0].merged == (Merged(0, 0, 2, 2),)

    def test_a_cell_repeated_without_end_is_told(self) -> None:
        """A million rows of sixteen thousand cells in a few bytes."""
        full = row(
            cell("满" * 50, 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"'
        )
        with pytest.raises(SourcesError, match="太多"):
            extract(as_odf("spreadsheet", f'<table:table table:name="表">{full}</table:table>'), "弹.ods")


DEEP = "<text:section>" * 3000 + p("深") + "</text:section>" * 3000
SPANS = "<text:p>" + "<text:span>" * 3000 + "深" + "</text:span>" * 3000 + "</text:p>"
ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'


@pytest.mark.parametrize("suffix", [".odt", ".ods"])
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        as_odf("text", p("甲"))[:200],
        zipped({"content.xml": ENTITIES}),
        zipped({"a": b""}),
        as_odf("drawing", p("甲")),
    ],
    ids=["empty", "cut", "entities", "no-content", "other"],
)
def test_damaged_files_are_told(raw: bytes, suffix: str) -> None:
    """A message with what to do."""
    with pytest.raises(SourcesError) as told:
        extract(raw, f"坏{suffix}")
    assert f"坏{suffix}" in str(told.value) and told.value.hint


@pytest.mark.parametrize("body", [DEEP, SPANS], ids=["sections", "spans"])
def test_deep_texts_are_told(body: str) -> None:
    """No text has so many levels."""
    with pytest.raises(SourcesError, match="嵌套"):
        extract(as_odf("text", body), "深.odt")
