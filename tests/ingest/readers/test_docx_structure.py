"""tjqa.ingest.readers.docx: notes, headings, tables of contents."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import pytest

from tests.support.formats import word_table
from tests.support.word import (
    NUMBERED,
    lines,
    list_of,
    read,
    word_paragraph,
    word_run,
)
from tjqa.documents import Merged
from tjqa.ingest.readers.base import Extracted

P, R = word_paragraph, word_run


class TestNotes:
    """Footnotes and endnotes: a raised mark in the text, their own text at the end."""

    NOTES = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' + "".join(
        f'<w:footnote w:id="{n}">{P(R("<w:footnoteRef/>"), f" 第{n}注")}</w:footnote>' for n in (1, 2, 3)
    )

    @staticmethod
    def mark(number: int, kind: str = "footnote", more: str = "") -> str:
        """A reference."""
        return R(f'<w:{kind}Reference w:id="{number}"{more}/>', '<w:vertAlign w:val="superscript"/>')

    def test_marks_and_texts(self) -> None:
        """Numbered by their order in the text, however they are stored; those without a reference are not shown."""
        found = read(P("增长7.2%", self.mark(2), ",达到5", self.mark(1), "。"), footnotes=self.NOTES)
        assert found.text == "增长7.2%¹,达到5²。\n¹ 第2注\n² 第1注\n"
        assert [mark.name for mark in found.landmarks] == ["第 1 段", "脚注 1", "脚注 2"]
        two = f'<w:footnote w:id="1">{P("一")}{P("二")}</w:footnote>'
        found = read(P("甲", self.mark(1)), footnotes=two)
        assert (found.text, len(found.landmarks)) == ("甲¹\n一\n二\n", 2)

    def test_a_mark_behind_a_power(self) -> None:
        """Is not read with it."""
        power = R("4", '<w:vertAlign w:val="superscript"/>')
        assert read(P("10", power, self.mark(1)), footnotes=self.NOTES).text.split("\n")[0] == "10⁴ ¹"

    def test_other_ways_of_counting(self) -> None:
        """① where the section asks for it, roman for endnotes, a mark of one's own as it is typed."""
        section = '<w:sectPr><w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numStart w:val="3"/></w:footnotePr></w:sectPr>'
        own = self.mark(2, more=' w:customMarkFollows="1"'), R("*", '<w:vertAlign w:val="superscript"/>')
        end = f'<w:endnote w:id="7">{P(R("<w:endnoteRef/>"), "尾")}</w:endnote>'
        body = P("甲", self.mark(1), "乙", *own, "丙", self.mark(3), "丁", self.mark(7, "endnote")) + section
        found = read(body, footnotes=self.NOTES, endnotes=end)
        assert found.text == "甲③乙*丙④丁ⁱ\n③ 第1注\n 第2注\n④ 第3注\nⁱ尾\n"
        assert [mark.name for mark in found.landmarks][1:] == ["脚注 ③", "脚注", "脚注 ④", "尾注 i"]

    def test_notes_that_are_not_there(self) -> None:
        """The mark stays; a damaged part of notes costs the notes, not the text."""
        assert read(P("甲", self.mark(9))).text == "甲¹\n"
        assert read(P("甲", self.mark(1)), files={"word/footnotes.xml": b"<w:"}).text == "甲¹\n"

    def test_comments_headers_and_footers_are_left_out(self) -> None:
        """They are no text of the document."""
        body = P(
            '<w:commentRangeStart w:id="0"/>',
            "甲",
            '<w:commentRangeEnd w:id="0"/>',
            R('<w:commentReference w:id="0"/>'),
        )
        comments = f'<w:comment w:id="0">{P("批注")}</w:comment>'
        assert read(body, comments=comments, header1=P("页眉"), footer1=P("页脚")).text == "甲\n"


def style(key: str, name: str, inside: str = "", based: str = "") -> str:
    """A paragraph style."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def styled(key: str, text: str) -> str:
    """A paragraph of a style."""
    return P(text, properties=f'<w:pStyle w:val="{key}"/>')


class TestShapes:
    """Text boxes that are hidden, and of several versions of one thing the one that is shown."""

    BOX = f"<w:txbxContent>{P('框里')}</w:txbxContent>"
    WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    WPG = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'

    @pytest.mark.parametrize(
        ("shape", "seen"),
        [
            (
                "<w:drawing><wp:anchor {wp}><wp:docPr id='1' hidden='{}'/><wps:wsp>{box}</wps:wsp></wp:anchor></w:drawing>",
                True,
            ),
            (
                "<w:drawing><wp:inline {wp}><wp:docPr id='1' hidden='{}'/><wps:wsp>{box}</wps:wsp></wp:inline></w:drawing>",
                True,
            ),
            ("<w:drawing><wps:wsp><wps:cNvPr id='2' hidden='{}'/>{box}</wps:wsp></w:drawing>", True),
            ("<w:drawing><wpg:wgp {wpg}><wpg:cNvPr hidden='{}'/><wps:wsp>{box}</wps:wsp></wpg:wgp></w:drawing>", True),
            (
                "<w:pict><v:shape style='position:absolute;visibility:{}'><v:textbox>{box}</v:textbox></v:shape></w:pict>",
                False,
            ),
            ("<w:pict><v:rect style='Visibility : {};z-index:1'><v:textbox>{box}</v:textbox></v:rect></w:pict>", False),
            (
                "<w:pict><v:group style='visibility:{}'><v:shape><v:textbox>{box}</v:textbox></v:shape></v:group></w:pict>",
                False,
            ),
            ("<w:pict><v:shape style='visibility:{}'><v:textpath string='框里'/></v:shape></w:pict>", False),
        ],
    )
    def test_hidden_boxes(self, shape: str, seen: bool) -> None:
        """Whatever kind of shape it is, and whatever says so."""
        for said, text in (("1" if seen else "hidden", "甲\n"), ("0" if seen else "visible", "甲\n框里\n")):
            run = R(shape.format(said, box=self.BOX, wp=self.WP, wpg=self.WPG))
            assert read(P("甲", run)).text == text

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [("wps", "新"), ("wpg w14", "新"), ("w16se", "新"), ("zzz", "旧"), ("wps zzz", "旧"), ("", "新")],
    )
    def test_versions(self, asked: str, shown: str) -> None:
        """In a paragraph, around paragraphs, around rows, in a cell."""

        def versions(new: str, old: str) -> str:
            both = f'<mc:Choice Requires="{asked}">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
            return f"<mc:AlternateContent>{both}</mc:AlternateContent>"

        assert read(P("甲", R(versions("<w:t>新</w:t>", "<w:t>旧</w:t>")))).text == f"甲{shown}\n"
        assert read(P("甲") + versions(P("新"), P("旧")) + P("乙")).text == f"甲\n{shown}\n乙\n"
        within = versions(versions(P("新"), P("旧")), versions(P("别"), P("的")))
        assert read(within + P("乙")).text == ("新\n乙\n" if shown == "新" else "的\n乙\n")
        cell = f"<w:tc>{versions(P('新'), P('旧'))}</w:tc><w:tc>{P('1')}</w:tc>"
        assert read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>").text == f"{shown}\t1\n"

    def test_a_version_that_is_shown_but_holds_no_text(self) -> None:
        """What is meant for programs that cannot show it (a chart) is not shown either; without a version, nothing."""
        chart = '<mc:Choice Requires="cx1"><w:drawing/></mc:Choice><mc:Fallback><w:t>打不开的图表</w:t></mc:Fallback>'
        assert read(P("甲", R(f"<mc:AlternateContent>{chart}</mc:AlternateContent>"))).text == "甲\n"
        alone = '<mc:AlternateContent><mc:Choice Requires="zzz"><w:t>新</w:t></mc:Choice></mc:AlternateContent>'
        assert read(P("甲", R(alone))).text == "甲\n"


class TestMergedCells:
    """Cells that go on with the one before or above show nothing of their own."""

    @staticmethod
    def row(*cells: tuple[str, str]) -> str:
        """Of texts and what is said of their cells."""
        return f"<w:tr>{''.join(f'<w:tc><w:tcPr>{said}</w:tcPr>{P(text)}</w:tc>' for text, said in cells)}</w:tr>"

    def test_across(self) -> None:
        """As programs of old say it."""
        begins, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
        head = self.row(
            ("地区", ""), ("收入", begins), ("暗", goes_on), ("暗", '<w:hMerge w:val="continue"/>'), ("支出", "")
        )
        body = self.row(("白鹭县", ""), ("1", ""), ("2", ""), ("3", ""), ("4", ""))
        odd = self.row(("甲", goes_on), ("5", ""), ("6", ""), ("7", ""), ("8", ""))
        found = read(f"<w:tbl>{head}{body}{odd}</w:tbl>")
        assert found.text == "地区\t收入\t\t\t支出\n白鹭县\t1\t2\t3\t4\n甲\t5\t6\t7\t8\n"
        assert found.tables[0].merged == (Merged(0, 1, 1, 3),)

    def test_downwards(self) -> None:
        """Only below a cell that begins, in the same table, of the same columns."""
        begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
        rows = self.row(("甲", ""), ("2023", begins)) + self.row(("乙", ""), ("2019", goes_on))
        rows += (
            self.row(("丙", ""), ("2018", goes_on))
            + self.row(("丁", ""), ("2017", ""))
            + self.row(("戊", ""), ("9", goes_on))
        )
        assert read(f"<w:tbl>{rows}</w:tbl>").text == "甲\t2023\n乙\n丙\n丁\t2017\n戊\t9\n"
        first = self.row(("甲", ""), ("2023", begins))
        second = self.row(("乙", ""), ("2019", goes_on))
        assert read(f"<w:tbl>{first}</w:tbl>{P('中')}<w:tbl>{second}</w:tbl>").text == "甲\t2023\n中\n乙\t2019\n"
        note = R(
            "<w:pict><v:shape><v:textbox><w:txbxContent>"
            + P("框里")
            + "</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
        under = f"<w:tr><w:tc>{P('乙')}</w:tc><w:tc><w:tcPr>{goes_on}</w:tcPr>{P(note)}</w:tc></w:tr>"
        assert read(f"<w:tbl>{first}{under}</w:tbl>").text == "甲\t2023\n乙\n"

    def test_numbers_under_a_merged_cell_are_counted(self) -> None:
        """Word counts on."""
        cells = [
            f"<w:tc><w:tcPr>{said}</w:tcPr>{P('项', properties=NUMBERED)}</w:tc>"
            for said in ('<w:vMerge w:val="restart"/>', "<w:vMerge/>", "")
        ]
        rows = "".join(f"<w:tr><w:tc>{P('甲')}</w:tc>{cell}</w:tr>" for cell in cells)
        assert lines(f"<w:tbl>{rows}</w:tbl>", numbering=list_of("%1.", "decimal")) == ["甲\t1. 项", "甲", "甲\t3. 项"]


class TestHeadings:
    """What styles, outline levels and sizes make a heading."""

    @staticmethod
    def headings(found: Extracted) -> list[tuple[str, int, float]]:
        """Text, level and size of each."""
        return [(mark.span.of(found.text), mark.level, mark.size) for mark in found.headings]

    def test_levels(self) -> None:
        """By names, by outline levels of styles and paragraphs, through styles based on others."""
        styles = (
            style("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
            + style("2", "heading 2")
            + style("3", "标题 3")
            + style("a", "章名", based="1")
            + style("b", "条文", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based="1")
            + style("t", "Title", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
            + style("s", "Subtitle", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        )
        body = "".join(styled(key, key) for key in ("t", "s", "1", "2", "3", "a", "b", "Heading4", "x"))
        body += P("段", properties='<w:outlineLvl w:val="4"/>') + P(
            "文", properties='<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'
        )
        assert self.headings(read(body, styles=styles)) == [
            ("t", 0, 1), ("s", -1, 1), ("1", 1, 1), ("2", 2, 1), ("3", 3, 1), ("a", 1, 1), ("Heading4", 4, 1), ("段", 5, 1),
        ]  # fmt: skip

    def test_spans_are_lines_with_their_numbers(self) -> None:
        """Without blanks around; each line of a heading that is broken by hand."""
        body = P("  关于办法的", R("<w:br/>"), "通知 ", properties=f'<w:outlineLvl w:val="0"/>{NUMBERED}')
        found = read(P("前文") + body, numbering=list_of("第%1章", "chineseCounting"))
        assert self.headings(found) == [("第一章  关于办法的", 1, 1), ("通知", 1, 1)]

    def test_larger_lines_of_the_first_page(self) -> None:
        """Set larger than the text, before the first page ends; later ones, empty ones and the text itself are none."""
        large = '<w:sz w:val="36"/>'
        styles = (
            '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
            + style("big", "大字", '<w:rPr><w:sz w:val="44"/></w:rPr>')
        )
        body = (
            P(R("白鹭县文件", large))
            + styled("big", "关于修路的通知")
            + P(R("小标", '<w:sz w:val="27"/>'))
            + P("正文" * 50)
            + P(R("  ", large))
            + P("又一段正文" * 9, R('<w:br w:type="page"/>'))
            + P(R("第二页的大字", large))
            + P(R("大号的标题", large), properties='<w:outlineLvl w:val="1"/>')
        )
        assert self.headings(read(body, styles=styles)) == [
            ("白鹭县文件", -1, 1.5), ("关于修路的通知", -1, 1.83), ("大号的标题", 2, 1.5),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("between", "seen"),
        [
            (P(properties="<w:sectPr/>"), False),
            (P(properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>'), True),
            (P(R("<w:lastRenderedPageBreak/>"), "文"), False),
            (P("文", properties="<w:pageBreakBefore/>"), False),
            (P("文", properties='<w:pageBreakBefore w:val="0"/>'), True),
            (P("文") * 39, False),
            (P("文") * 38, True),
        ],
    )
    def test_where_the_first_page_ends(self, between: str, seen: bool) -> None:
        """At a break of pages or sections, or after forty lines."""
        body = P("正文" * 50) + between + P(R("大字", '<w:sz w:val="44"/>'))
        assert bool(read(body).headings) is seen

    def test_a_heading_in_a_table(self) -> None:
        """One that is all of its row."""
        cell = f"<w:tc>{styled('Heading1', '概况')}</w:tc><w:tc>{P()}</w:tc>"
        other = f"<w:tc>{styled('Heading1', '甲')}</w:tc><w:tc>{P('乙')}</w:tc>"
        found = read(f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{other}</w:tr></w:tbl>")
        assert self.headings(found) == [("概况", 1, 1)]

    def test_large_rows(self) -> None:
        """A title in a frame of one cell stands out; a row of several cells does not."""
        large = word_table([["甲", "乙"]]) + word_table([["白鹭县年报", ""]])
        large = large.replace("<w:r>", '<w:r><w:rPr><w:sz w:val="44"/></w:rPr>')
        assert self.headings(read(large + P("正文" * 50))) == [("白鹭县年报", -1, 2.2)]

    def test_circles_of_styles(self) -> None:
        """Styles based on each other, and chains without end, end."""
        styles = style("a", "甲", based="b") + style("b", "乙", based="a")
        styles += "".join(style(f"c{n}", f"{n}", based=f"c{n + 1}") for n in range(3000))
        assert lines(styled("a", "甲") + "".join(styled(f"c{n}", "文") for n in range(3000)), styles=styles)[-1] == "文"

    def test_paragraphs_run_on_behind_a_hidden_mark(self) -> None:
        """A heading that Word sets in line with its text is one line with it."""
        separator = '<w:pStyle w:val="Heading2"/><w:rPr><w:vanish/><w:specVanish/></w:rPr>'
        assert lines(P("目标。", properties=separator) + P("五年内完成。")) == ["目标。五年内完成。"]


class TestContents:
    """Tables of contents are furniture."""

    @staticmethod
    def dropped(found: Extracted) -> list[str]:
        """The lines that are none of the text."""
        assert {part.reason for part in found.furniture} <= {"目录"}
        return [part.span.of(found.text) for part in found.furniture]

    def test_by_style(self) -> None:
        """toc 1 to 9, the heading above, lists of figures, and a line 目录 in any style."""
        styles = style("x", "toc 2") + style("f", "table of figures") + style("h", "TOC Heading")
        body = (
            P("序") + P("目  录") + styled("x", "一、总则\t1") + styled("TOC3", "1.1 范围\t2") + styled("h", "图目录")
        )
        found = read(body + styled("f", "图1\t3") + P("正文"), styles=styles)
        assert self.dropped(found) == ["目  录", "一、总则\t1", "1.1 范围\t2", "图目录", "图1\t3"]
        assert not found.headings

    def test_by_field_and_block(self) -> None:
        """The lines of a TOC field and of Word's own block that are entries; not text that got in between."""
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        link = '<w:hyperlink w:anchor="_Toc1"><w:r><w:t>附则</w:t></w:r></w:hyperlink>'
        body = P(begin, "总则……1") + P(link) + P("这里是正文,有一句话。") + P(end) + P("第一条 目的 3")
        found = read(body)
        assert self.dropped(found) == ["总则……1", "附则"]
        block = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{P('目录')}{P('总则 1')}{P('正文误入其中。')}</w:sdtContent></w:sdt>"
        )
        assert self.dropped(read(block + P("总则 1"))) == ["目录", "总则 1"]

    def test_a_contents_field_without_an_end(self) -> None:
        """Does not make contents of the whole document."""
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
        begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        assert self.dropped(read(P(begin, "总则 1") + P("2023年增长 5"))) == []
