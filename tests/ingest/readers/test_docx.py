"""tjqa.ingest.readers.docx: a Word document's text is what Word shows. docs/formats.md lists what is tried here."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.formats import as_docx, as_html, word_table, zipped
from tests.support.word import (
    NUMBERED,
    lines,
    list_of,
    read,
    word_box,
    word_field,
    word_paragraph,
    word_run,
)
from tjqa.errors import SourcesError
from tjqa.ingest.readers import docx, extract
from tjqa.ingest.readers.word import assembling

P, R = word_paragraph, word_run


class TestRuns:
    """What stands inside a paragraph."""

    @pytest.mark.parametrize(
        ("runs", "shown"),
        [
            (("期限3", R("<w:noBreakHyphen/>"), "6个月"), "期限3-6个月"),
            (("甲", R("<w:softHyphen/>"), "乙"), "甲乙"),
            (("甲", R("<w:br/>"), "乙", R("<w:cr/>"), "丙"), "甲\n乙\n丙"),
            (("甲", R("<w:tab/>"), "乙", R("<w:ptab/>"), "丙"), "甲\t乙\t丙"),
            (("甲", R('<w:br w:type="page"/>'), "乙"), "甲\n乙"),
            (("<w:r><w:t>甲\n   乙</w:t></w:r>",), "甲 乙"),  # the XML was laid out, the text is one line
            (('<w:hyperlink w:anchor="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>', "后"), "链接后"),
            (("<w:smartTag><w:r><w:t>白鹭县</w:t></w:r></w:smartTag>", "后"), "白鹭县后"),
            (("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "后"), "控件后"),
            (('<w:bdo w:val="rtl"><w:r><w:t>甲</w:t></w:r></w:bdo>', "乙"), "甲乙"),
            (("面积", '<w:bdo w:val="rtl"><w:r><w:t>8763</w:t></w:r></w:bdo>', "公顷"), "面积3678公顷"),
            (("面积\u202e8763\u202c公顷",), "面积3678公顷"),
        ],
    )
    def test_what_a_run_shows(self, runs: tuple[str, ...], shown: str) -> None:
        """Breaks, tabs, hyphens, links, tags and controls."""
        assert read(P(*runs)).text == f"{shown}\n"

    @pytest.mark.parametrize(
        ("picture", "shown"),
        [
            ('<w:drawing><wp:inline><wp:docPr id="1"/></wp:inline></w:drawing>', "1〓5公顷"),
            ('<w:drawing><wp:anchor><wp:docPr id="1"/></wp:anchor></w:drawing>', "15公顷"),
            ('<w:drawing><wp:inline><wp:docPr id="1" hidden="1"/></wp:inline></w:drawing>', "15公顷"),
            ('<w:object><v:shape style="width:9pt"/></w:object>', "1〓5公顷"),
            ('<w:pict><v:shape style="position:absolute"/></w:pict>', "15公顷"),
            ('<w:pict><v:shape style="visibility:hidden"/></w:pict>', "15公顷"),
        ],
    )
    def test_a_picture_within_a_number(self, picture: str, shown: str) -> None:
        """Leaves a mark where it stands in the line: nobody knows the number."""
        names = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        runs = [R(picture.replace("<w:drawing>", f"<w:drawing {names}>")), "5公顷"]
        assert read(P("1", *runs)).text == f"{shown}\n"
        assert read(P("云溪县", runs[0], "人民政府")).text == "云溪县人民政府\n"

    @pytest.mark.parametrize(
        ("properties", "seen"),
        [
            ("<w:vanish/>", False),
            ('<w:vanish w:val="0"/>', True),
            ('<w:rStyle w:val="Secret"/>', False),
            ('<w:rStyle w:val="Secret"/><w:vanish w:val="false"/>', True),
            ("<w:webHidden/>", True),
        ],
    )
    def test_hidden_text(self, properties: str, seen: bool) -> None:
        """What Word does not show is left out, said directly or by a style; what only a browser hides is not."""
        styles = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        assert ("暗" in read(P("明", R("暗", properties)), styles=styles).text) is seen

    @pytest.mark.parametrize(
        ("runs", "shown"),
        [
            (("原价", R("199", "<w:strike/>"), "99元"), "原价~~199~~99元"),
            (("甲", R("乙", "<w:dstrike/>"), R("丙", "<w:strike/>"), "丁"), "甲~~乙丙~~丁"),
            (("甲", R("乙", '<w:strike w:val="0"/>')), "甲乙"),
            (("甲", R("乙", '<w:rStyle w:val="Gone"/>')), "甲~~乙~~"),
            (("甲", R("乙", '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>')), "甲乙"),
            (("甲", R(" 乙 ", "<w:strike/>"), R(" ", "<w:strike/>"), "丙"), "甲 ~~乙~~  丙"),
            (("10", R("4", '<w:strike/><w:vertAlign w:val="superscript"/>'), "米"), "10~~⁴~~米"),
        ],
    )
    def test_struck_text(self, runs: tuple[str, ...], shown: str) -> None:
        """It is seen, and must not be taken for what holds."""
        styles = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
        assert read(P(*runs), styles=styles).text == f"{shown}\n"

    @pytest.mark.parametrize(
        ("text", "where", "shown"),
        [
            ("4", "superscript", "2.4×10⁴"),
            ("-3", "superscript", "2.4×10⁻³"),
            ("n+1", "superscript", "2.4×10ⁿ⁺¹"),
            ("0.5", "superscript", "2.4×10⁰.⁵"),
            ("注", "superscript", "2.4×10^注"),
            ("甲乙", "superscript", "2.4×10^(甲乙)"),
            ("[3]", "superscript", "2.4×10[3]"),
            ("\uff08a\uff09", "superscript", "2.4×10⁽ᵃ⁾"),
            ("2", "subscript", "2.4×10₂"),
            ("乙", "subscript", "2.4×10_乙"),
            ("4", "baseline", "2.4×104"),
        ],
    )
    def test_raised_and_lowered_text(self, text: str, where: str, shown: str) -> None:
        """Nothing raised or lowered runs into the figures before it."""
        assert read(P("2.4×10", R(text, f'<w:vertAlign w:val="{where}"/>'))).text == f"{shown}\n"

    @pytest.mark.parametrize(
        ("properties", "shown"),
        [
            ('<w:position w:val="12"/><w:sz w:val="14"/>', "面积3215¹公顷"),
            ('<w:position w:val="6"/>', "面积3215¹公顷"),
            ('<w:position w:val="-6"/>', "面积3215₁公顷"),
            ('<w:rStyle w:val="Up"/>', "面积3215¹公顷"),
            ('<w:rStyle w:val="Up"/><w:position w:val="0"/>', "面积32151公顷"),
            ('<w:position w:val="2"/><w:sz w:val="21"/>', "面积32151公顷"),
            ('<w:vertAlign w:val="baseline"/><w:position w:val="6"/>', "面积3215¹公顷"),
        ],
    )
    def test_text_moved_by_hand(self, properties: str, shown: str) -> None:
        """An exponent may be set so; a point or less is what programs move whole words by."""
        styles = '<w:style w:type="character" w:styleId="Up"><w:rPr><w:position w:val="8"/></w:rPr></w:style>'
        assert read(P("面积3215", R("1", properties), "公顷"), styles=styles).text == f"{shown}\n"

    def test_a_line_raised_as_a_whole_is_plain(self) -> None:
        """There is nothing that it stands above."""
        assert read(P(R("2023", '<w:vertAlign w:val="superscript"/>'))).text == "2023\n"

    @pytest.mark.parametrize(
        ("element", "shown"),
        [
            ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
            ('<w:sym w:font="Wingdings" w:char="F0A8"/>', "□"),
            ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "☑"),
            ('<w:sym w:font="Wingdings 2" w:char="0052"/>', "☑"),
            ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
            ('<w:sym w:font="宋体" w:char="25A1"/>', "□"),
            ('<w:sym w:font="Unknown Signs" w:char="F041"/>', "\uf041"),
            ('<w:sym w:font="Wingdings" w:char="ZZZZ"/>', ""),
            ('<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="2714"/></mc:Choice>'
             "<mc:Fallback><w:t>✔</w:t></mc:Fallback></mc:AlternateContent>", "✔"),
        ],
    )  # fmt: skip
    def test_symbols(self, element: str, shown: str) -> None:
        """Signs of symbol fonts are those that people type; what is not known stays as it is."""
        assert read(P("甲", R(element))).text == f"甲{shown}\n"

    def test_letters_set_in_a_symbol_font(self) -> None:
        """A þ in Wingdings is a ticked box; in a font of letters it is a þ; theme fonts are no symbol fonts."""
        font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
        theme = '<w:rFonts w:ascii="Wingdings" w:asciiTheme="minorHAnsi"/>'
        assert read(P(R("þ是", font), R("þ", '<w:rFonts w:ascii="Arial"/>'), R("l", theme))).text == "☑是þl\n"

    def test_boxes_of_forms(self) -> None:
        """Boxes to tick of old forms and of controls, and the choice made in a list."""
        ticked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
        empty = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
        chosen = (
            '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲级"/><w:listEntry w:val="乙级"/></w:ddList>'
            "</w:ffData>"
        )
        control = (
            '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
        )
        form = word_field("FORMCHECKBOX", begin=ticked), "是", word_field("FORMCHECKBOX", begin=empty), "否"
        assert read(P(*form, control, word_field("FORMDROPDOWN", begin=chosen))).text == "☑是☐否☒乙级\n"

    def test_readings_stand_behind_their_characters(self) -> None:
        """Pinyin above characters in a row stands once behind them, so that the word is whole."""

        def ruby(base: str, above: str) -> str:
            return (
                f"<w:r><w:ruby><w:rt><w:r><w:t>{above}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{base}</w:t></w:r>"
                "</w:rubyBase></w:ruby></w:r>"
            )

        assert read(P("在", ruby("蠡", "lǐ"), ruby("湖", "hú"), "边")).text == "在蠡湖(lǐ hú)边\n"
        assert read(P(ruby("湖", "hú"))).text == "湖(hú)\n"

    def test_initials_are_joined_to_their_word(self) -> None:
        """A first letter that hangs over several lines is a paragraph of its own in the file, not in the text."""
        assert lines(P("白", properties='<w:framePr w:dropCap="drop"/>') + P("鹭县在江边。")) == ["白鹭县在江边。"]


class TestEquations:
    """Equations in one line."""

    @pytest.mark.parametrize(
        ("inside", "shown"),
        [
            ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
            ("<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "x²"),
            ("<m:sSub><m:e><m:r><m:t>y</m:t></m:r></m:e><m:sub><m:r><m:t>甲</m:t></m:r></m:sub></m:sSub>", "y_甲"),
            ("<m:rad><m:deg/><m:e><m:r><m:t>a+1</m:t></m:r></m:e></m:rad>", "√(a+1)"),
            ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n'
             "</m:t></m:r></m:sup><m:e><m:r><m:t>k</m:t></m:r></m:e></m:nary>", "∑ᵢ₌₁ⁿk"),
            ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d>',
             "[a]"),
            ("<m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e><m:e><m:r><m:t>0</m:t></m:r></m:e></m:mr><m:mr><m:e><m:r>"
             "<m:t>0</m:t></m:r></m:e><m:e><m:r><m:t>1</m:t></m:r></m:e></m:mr></m:m>", "1 0; 0 1"),
            ("<m:func><m:fName><m:r><m:t>ln</m:t></m:r></m:fName><m:e><m:r><m:t>x</m:t></m:r></m:e></m:func>", "ln x"),
        ],
    )  # fmt: skip
    def test_shapes(self, inside: str, shown: str) -> None:
        """A fraction is not its figures in a row, a power not a product."""
        assert read(P("设", f"<m:oMathPara><m:oMath>{inside}</m:oMath></m:oMathPara>")).text == f"设{shown}\n"

    @pytest.mark.parametrize(
        ("code", "shown"),
        [
            (r"EQ \o\ac(○,3)", "③"),
            (r"eq \o\ac(○,三)", "㊂"),
            (r"EQ \o\ac(○,正)", "(正)"),
            (r"EQ \f(1,2)", "1/2"),
            (r"EQ \r(3,x)", "3√(x)"),
            (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(lù),鹭)', "鹭(lù)"),
            (r"EQ \o(\s\up 5(联合),\s\do 2(公司))", "联合公司"),
            ("PAGE", ""),
        ],
    )
    def test_fields_that_are_set_from_their_code(self, code: str, shown: str) -> None:
        """Characters in circles and the like have no result in the file."""
        assert read(P("甲", word_field(code), "乙")).text == f"甲{shown}乙\n"


class TestFields:
    """Results are text, codes are not."""

    def test_results_are_kept(self) -> None:
        """Of fields in fields, too, and of simple ones."""
        inner = word_field("MERGEFIELD 数", "5")
        outer = word_field(f"</w:instrText></w:r>{inner}<w:r><w:instrText>= 5", "五")
        simple = '<w:fldSimple w:instr="DATE"><w:r><w:t>2023年</w:t></w:r></w:fldSimple>'
        assert read(P("甲", outer, simple, "乙")).text == "甲五2023年乙\n"

    def test_a_field_without_an_end_swallows_nothing(self) -> None:
        """In the text, in a text box, beside fields that are whole."""
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        body = P("甲", begin, "乙") + P("丙", word_field("DATE", "丁"), word_box(P(begin, "盒子"))) + P("戊")
        assert lines(body) == ["甲乙", "丙丁", "盒子", "戊"]

    def test_ends_without_a_beginning(self) -> None:
        """Are passed over."""
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        assert read(P("甲", end, "乙")).text == "甲乙\n"


class TestRevisions:
    """Tracked changes, as if they were accepted."""

    def test_inserted_and_deleted(self) -> None:
        """Insertions and the new place of what was moved stay; deletions and the old place go."""
        body = P(
            "<w:ins><w:r><w:t>增</w:t></w:r></w:ins>",
            "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
            "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>",
            "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>",
            '<w:moveFromRangeStart w:id="1"/>后',
        )
        assert read(body.replace("后", "<w:r><w:t>后</w:t></w:r>")).text == "增新后\n"

    def test_paragraphs_whose_mark_was_deleted_run_on(self) -> None:
        """The text of both is one paragraph; one that was deleted whole leaves no line and takes no number."""
        deleted = "<w:rPr><w:del/></w:rPr>"
        gone = P("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", properties=f"{NUMBERED}{deleted}")
        body = P("甲", properties=deleted) + P("乙") + gone + P("丙", properties=NUMBERED) + P("丁", properties=deleted)
        assert lines(body, numbering=list_of("%1、", "chineseCounting")) == ["甲乙", "一、丙", "丁"]

    def test_deleted_rows_and_cells(self) -> None:
        """A row that was deleted, one that is hidden, a cell that was deleted."""
        rows = word_table([["甲", "乙"], ["丙", "丁"], ["戊", "己"], ["庚", "辛"]])
        marked = rows.replace("<w:tr><w:tc><w:p><w:r><w:t>丙", "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>丙")
        marked = marked.replace(
            "<w:tr><w:tc><w:p><w:r><w:t>戊", "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>戊"
        )
        marked = marked.replace("<w:tc><w:p><w:r><w:t>庚", "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>庚")
        assert lines(marked) == ["甲\t乙", "辛"]


class TestBoxes:
    """Text boxes and drawn words: once, behind the paragraph or row that they hang on."""

    def test_a_box_does_not_part_a_sentence(self) -> None:
        """Nor does it stand twice, nor one in another."""
        body = P("前半句", word_box(P("盒一", word_box(P("盒中盒"))) + P("盒二")), "后半句") + P("下一段")
        assert lines(body) == ["前半句后半句", "盒一", "盒中盒", "盒二", "下一段"]

    def test_boxes_of_older_programs_alone(self) -> None:
        """VML, drawn words, and an alternative whose first version holds nothing."""
        old = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        words = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
        empty = f"<w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>{old.format(P('只在后备'))}</mc:Fallback></mc:AlternateContent></w:r>"
        body = P("甲", old.format(P("旧盒")), words, empty)
        assert lines(body) == ["甲", "旧盒", "艺术字", "只在后备"]

    def test_boxes_in_tables(self) -> None:
        """Behind the row, also those of a table in a table and of a table in a box."""
        row = word_table([["甲", "乙"]]).replace(
            "<w:t>甲</w:t></w:r>", f"<w:t>甲</w:t></w:r>{word_box(P('盒'), word_table([['子', '丑']]))}"
        )
        assert lines(row + P("尾")) == ["甲\t乙", "盒", "子\t丑", "尾"]

    def test_shapes_with_text_of_drawings(self) -> None:
        """Text that a drawing holds without a box of Word's."""
        shape = "<w:r><w:drawing><a:txBody><a:p><a:r><a:t>图中</a:t></a:r><a:r><a:t>文字</a:t></a:r></a:p></a:txBody></w:drawing></w:r>"
        assert lines(P("甲", shape)) == ["甲", "图中文字"]

    def test_diagrams(self) -> None:
        """The words of SmartArt, which stand in a part of their own; what only lays them out is none."""
        names = 'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
        point = "<d:pt{}><d:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></d:t></d:pt>"
        points = (point.format("", "甲方"), point.format(" type='pres'", "布局"), point.format("", "乙方"))
        data = f"<d:dataModel {names}><d:ptLst>{''.join(points)}</d:ptLst></d:dataModel>"
        rels = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="diagrams/data1.xml"/></Relationships>'
        files = {"word/_rels/document.xml.rels": rels.encode(), "word/diagrams/data1.xml": data.encode()}
        drawing = f'<w:r><w:drawing><d:relIds {names} r:dm="r1"/></w:drawing></w:r>'
        assert read(P("图", drawing, "示"), files).text == "图示\n甲方\n乙方\n"


class TestTables:
    """One line a row, cells parted by tabs."""

    def test_paragraphs_breaks_and_tables_in_cells(self) -> None:
        """All that stands in a cell is one piece: nothing in it looks like another cell or row."""
        inner = word_table([["子", "丑"], ["寅", "卯"]])
        cell = f"<w:tc>{P('一', R('<w:br/>'), '二', R('<w:tab/>'), '三')}{P()}{P('四')}</w:tc>"
        table = f"<w:tbl><w:tr>{cell}<w:tc>{P('前')}{inner}{P('后')}</w:tc></w:tr></w:tbl>"
        assert lines(table) == ["一 二 三 四\t前 子 丑 寅 卯 后"]

    def test_rows_and_cells_in_controls(self) -> None:
        """Controls around rows, cells and paragraphs."""

        def control(inside: str) -> str:
            return f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

        cell = control("<w:tc>" + control(P("甲")) + "</w:tc>")
        row = f"<w:tr>{cell}<w:tc>{P('乙')}</w:tc></w:tr>"
        assert lines(f"<w:tbl>{control(row)}</w:tbl>" + control(P("丙"))) == ["甲\t乙", "丙"]

    def test_merged_cells(self) -> None:
        """The text stands where it stands in the file; the cells that it covers are empty."""
        table = word_table([["部门", "甲"], ["", "乙"], ["丙", ""]])
        assert lines(table) == ["部门\t甲", "乙", "丙"]


class TestProperties:
    """The title that the file states."""

    @pytest.mark.parametrize(
        ("stated", "title"),
        [
            ("白鹭县2023年工作报告", "白鹭县2023年工作报告"),
            (" 白鹭县\n工作报告 ", "白鹭县 工作报告"),
            ("Word embeddings for beginners", "Word embeddings for beginners"),
            ("Word 文档", ""),
            ("标题党的治理", "标题党的治理"),
            ("Documents of the county", "Documents of the county"),
            ("Microsoft Word - 报告", ""), ("无标题", ""), ("Untitled", ""), ("PowerPoint 演示文稿", ""),
            ("新建 文档", ""), ("文档1", ""), ("Document 12", ""), ("报告(定稿).docx", ""), ("http://x.cn/a", ""),
            ("2023", ""), ("——", ""), ("", ""), ("年" * 5000, "年" * 255),
        ],
    )  # fmt: skip
    def test_titles(self, stated: str, title: str) -> None:
        """What programs fill in themselves is none."""
        assert read(P("甲"), title=stated).title == title


class TestPackages:
    """Where the parts are."""

    def test_what_is_nested_without_end(self) -> None:
        """Tables, boxes and equations in each other are read to some depth, then refused with a message."""
        deep = "<w:tbl><w:tr><w:tc>" * 60 + P("底") + "</w:tc></w:tr></w:tbl>" * 60
        assert lines(deep + P(*("<w:r><w:txbxContent>" + P("盒"), "</w:txbxContent></w:r>"))) == ["底", "", "盒"]
        for tag in ("w:smartTag", "m:e"):
            body = "<w:p>" + f"<{tag}>" * 5000 + f"</{tag}>" * 5000 + "</w:p>"
            with pytest.raises(SourcesError, match="嵌套太深"):
                read(body)

    def test_strict_documents_and_other_encodings(self) -> None:
        """The same under other names, in UTF-16, under another path."""
        raw = as_docx("标题\n正文", word_table([["年份", "收入"]]))
        xml = zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml").decode()
        strict = xml.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        assert extract(zipped({"word/document.xml": strict.encode()}), "甲.docx").text == "标题\n正文\n年份\t收入\n"
        assert (
            extract(zipped({"word/document.xml": xml.encode("utf-16")}), "甲.docx").text == "标题\n正文\n年份\t收入\n"
        )
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        rels = f'<Relationships><Relationship Id="r" Type="{kind}" Target="/word/document2.xml"/></Relationships>'
        moved = zipped({"_rels/.rels": rels.encode(), "word/document2.xml": xml.encode()})
        assert extract(moved, "甲.docx").text == "标题\n正文\n年份\t收入\n"

    def test_a_text_that_is_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ends as soon as it is, with what to do: labels and embedded files may make much of little."""
        monkeypatch.setattr(assembling, "MAX_CHARACTERS", 50)
        with pytest.raises(SourcesError) as caught:
            docx.read(as_docx("字\n" * 60), "长.docx")
        assert "长.docx" in caught.value.what and caught.value.hint

    def test_embedded_files(self) -> None:
        """Pages, texts and documents that Word takes in are read where they stand; what cannot be is told."""
        names = {"h": "a.html", "t": "b.txt", "d": "c.docx", "r": "d.rtf", "x": "missing.html"}
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
        rels = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{name}"/>' for key, name in names.items())
        files = {
            "word/_rels/document.xml.rels": f"<Relationships>{rels}</Relationships>".encode(),
            "word/a.html": as_html("网页的话"), "word/b.txt": "文本的话".encode(), "word/c.docx": as_docx("文档的话"),
            "word/d.rtf": b"{\\rtf1 x}",
        }  # fmt: skip
        found = read(P("前") + "".join(f'<w:altChunk r:id="{key}"/>' for key in names) + P("后"), files)
        assert [line for line in found.text.split("\n") if line] == ["前", "网页的话", "文本的话", "文档的话", "后"]
        assert found.encoding == "DOCX(有 2 处嵌入的文件没有读)"

    def test_damaged_parts_beside_the_text(self) -> None:
        """Cost what they say, not the text: styles, numbering, relations, properties, cut or with a document type."""
        names = ("word/styles.xml", "word/numbering.xml", "word/settings.xml", "_rels/.rels", "docProps/core.xml")
        for broken in (b"", b"<w:", b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>', b"\xff\xfe<"):
            files = dict.fromkeys((*names, "word/_rels/document.xml.rels"), broken)
            assert read(P("甲", properties=NUMBERED), files).text == "甲\n"
