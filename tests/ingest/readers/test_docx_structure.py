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
