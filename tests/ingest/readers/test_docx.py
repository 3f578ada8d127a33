"""tjqa.ingest.readers.docx: a Word document's text is what Word shows. docs/formats.md lists what is tried here."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.formats import (
    as_docx,
    as_html,
    as_word,
    word_box,
    word_field,
    word_paragraph,
    word_run,
    word_table,
    zipped,
)
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract
from tjqa.ingest.readers.base import Extracted

P, R = word_paragraph, word_run


def read(body: str, files: dict[str, bytes] | None = None, **parts: str) -> Extracted:
    """A document made of XML, read."""
    return extract(as_word(body, files, **parts), "甲.docx")


def lines(body: str, **parts: str) -> list[str]:
    """Its lines."""
    return read(body, **parts).text.removesuffix("\n").split("\n")


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
        ],
    )
    def test_what_a_run_shows(self, runs: tuple[str, ...], shown: str) -> None:
        """Breaks, tabs, hyphens, links, tags and controls."""
        assert read(P(*runs)).text == f"{shown}\n"

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


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def at(level: int, number: int = 1) -> str:
    """Properties of a paragraph of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(pattern: str, form: str = "decimal", depth: int = 0, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """numbering.xml with one list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def list_of(pattern: str, form: str, more: str = "", start: int = 1) -> str:
    """numbering.xml with a list of one level."""
    return lists(level(pattern, form, more=more, start=start))


class TestNumbering:
    """Word's automatic numbers, as it shows them."""

    @pytest.mark.parametrize(
        ("form", "start", "shown"),
        [
            ("decimal", 7, "7"), ("decimalZero", 7, "07"), ("upperRoman", 14, "XIV"), ("lowerRoman", 9, "ix"),
            ("upperLetter", 28, "BB"), ("lowerLetter", 3, "c"), ("chineseCounting", 10, "十"),
            ("chineseCounting", 12, "十二"), ("chineseCounting", 20, "二十"), ("chineseCounting", 101, "一〇一"),
            ("chineseCountingThousand", 101, "一百零一"), ("chineseCountingThousand", 115, "一百一十五"),
            ("chineseCountingThousand", 3020, "三千零二十"), ("chineseCountingThousand", 100005, "十万零五"),
            ("japaneseCounting", 115, "百十五"), ("ideographDigital", 10, "一〇"), ("ideographTraditional", 2, "乙"),
            ("ideographTraditional", 11, "11"), ("ideographZodiac", 12, "亥"), ("ideographZodiacTraditional", 13, "丙子"),
            ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographLegalTraditional", 3, "參"),
            ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircle", 21, "㉑"), ("decimalEnclosedCircle", 51, "51"),
            ("decimalEnclosedCircleChinese", 3, "③"), ("decimalEnclosedParen", 3, "⑶"),
            ("decimalEnclosedFullstop", 3, "⒊"), ("ideographEnclosedCircle", 3, "㊂"), ("decimalFullWidth", 12, "\uff11\uff12"),
            ("numberInDash", 3, "- 3 -"), ("ordinal", 2, "2nd"), ("ordinal", 11, "11th"), ("none", 3, ""),
            ("thaiCounting", 3, "3"), ("upperRoman", 5000, "5000"), ("lowerLetter", 5000, "5000"), ("decimal", 0, "0"),
            ("chineseCounting", 0, "0"),
        ],
    )  # fmt: skip
    def test_formats(self, form: str, start: int, shown: str) -> None:
        """Each format of w:numFmt; one that cannot show a number, or is not known, in plain figures."""
        numbering = list_of("【%1】", form, start=start)
        assert lines(P("甲", properties=NUMBERED), numbering=numbering) == [f"【{shown}】甲"]

    def test_levels_and_what_follows_the_number(self) -> None:
        """14.1: numbers of the levels above, counted anew below each; 、 has its own blank, a dot gets one."""
        numbering = lists(
            level("第%1章", "chineseCounting"),
            level("%1.%2", depth=1, more="<w:isLgl/>"),
            level("\uff08%3\uff09", "japaneseCounting", 2),
        )
        depths = [0, 1, 1, 2, 2, 0, 1, 2, 1]
        body = "".join(P("文", properties=at(depth)) for depth in depths)
        assert lines(body, numbering=numbering) == [
            "第一章 文", "1.1 文", "1.2 文", "\uff08一\uff09文", "\uff08二\uff09文", "第二章 文", "2.1 文", "\uff08一\uff09文", "2.2 文",
        ]  # fmt: skip

    def test_suffixes(self) -> None:
        """Nothing, where the list says so."""
        numbering = lists(
            level("%1.", more='<w:suff w:val="nothing"/>'), level("%2)", depth=1, more='<w:suff w:val="space"/>')
        )
        assert lines(P("甲", properties=at(0)) + P("乙", properties=at(1)), numbering=numbering) == ["1.甲", "1) 乙"]

    def test_restarts(self) -> None:
        """Never, or only below the first level."""
        never = lists(level("%1."), level("%2)", depth=1, more='<w:lvlRestart w:val="0"/>'))
        body = "".join(P("文", properties=at(depth)) for depth in (0, 1, 0, 1))
        assert lines(body, numbering=never) == ["1. 文", "1) 文", "2. 文", "2) 文"]
        first = lists(level("%1."), level("%2)", depth=1), level("%3]", depth=2, more='<w:lvlRestart w:val="1"/>'))
        body = "".join(P("文", properties=at(depth)) for depth in (0, 1, 2, 1, 2, 0, 2))
        assert lines(body, numbering=first)[4] == "2] 文"
        assert lines(body, numbering=first)[6] == "1] 文"

    def test_lists_that_share_a_definition(self) -> None:
        """They count on; one with a start of its own begins there, once."""
        nums = (
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
            '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            f"{level('附%1:', 'upperLetter')}</w:lvlOverride></w:num>"
        )
        body = "".join(P("文", properties=at(0, number)) for number in (1, 2, 3, 3, 1, 4))
        shown = ["1. 文", "2. 文", "5. 文", "6. 文", "7. 文", "附H: 文"]
        assert lines(body, numbering=lists(level("%1."), nums=nums)) == shown

    def test_numbers_of_styles(self) -> None:
        """By the level that names the style, through styles based on it; 0 takes the number away."""
        styles = (
            f'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr>{NUMBERED}</w:pPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="节"/><w:basedOn w:val="B"/></w:style>'
        )
        numbering = lists(
            level("第%1章", "chineseCounting", more='<w:pStyle w:val="A"/>'),
            level("第%2节", "chineseCounting", 1, more='<w:pStyle w:val="B"/>'),
        )
        body = "".join(P("文", properties=f'<w:pStyle w:val="{style}"/>') for style in "ABC")
        body += P("文", properties='<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        assert lines(body, numbering=numbering, styles=styles) == ["第一章 文", "第一节 文", "第二节 文", "文"]

    def test_lists_of_styles(self) -> None:
        """A list may be that of a style; a circle of such links is none."""
        link = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="S"/></w:abstractNum>'
        nums = '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        styles = '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr></w:style>'
        numbering = link + lists(level("%1."), nums=nums)
        assert lines(P("甲", properties=NUMBERED), numbering=numbering, styles=styles.format(2)) == ["1. 甲"]
        assert lines(P("甲", properties=NUMBERED), numbering=numbering, styles=styles.format(1)) == ["甲"]

    def test_bullets(self) -> None:
        """Signs of symbol fonts are those that are seen."""
        font = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
        numbering = lists(
            level("\uf06c", "bullet").replace("</w:lvl>", f"{font}</w:lvl>"),
            level("\uf0b7", "bullet", 1).replace("</w:lvl>", f"{font.replace('Wingdings', 'Symbol')}</w:lvl>"),
        )
        assert lines(P("甲", properties=at(0)) + P("乙", properties=at(1)), numbering=numbering) == ["● 甲", "• 乙"]

    def test_what_is_counted_and_what_is_shown(self) -> None:
        """A hidden heading takes a number and is not seen; the end of a section takes none; an empty cell shows its."""
        hidden = P(properties=f"{NUMBERED}<w:rPr><w:vanish/></w:rPr>")
        section = P(properties=f"{NUMBERED}<w:sectPr/>")
        table = word_table([["格", "甲"]]).replace(
            "<w:tc><w:p><w:r><w:t>格</w:t></w:r>", f"<w:tc><w:p><w:pPr>{NUMBERED}</w:pPr>"
        )
        numbering = list_of("%1.", "decimal")
        assert lines(section + hidden + P("乙", properties=NUMBERED) + table, numbering=numbering) == [
            "",
            "2. 乙",
            "3.\t甲",
        ]

    @pytest.mark.parametrize(
        "numbering",
        [
            list_of("%1.", "decimal", start=10**30),
            list_of("%1" * 100_000, "upperRoman"),
            lists(*(level("".join(f"%{n}" for n in range(1, 10)), depth=depth) for depth in range(9))),
            list_of("%1.", "decimal").replace('w:ilvl="0"', 'w:ilvl="-7"'),
            list_of("%1.", "decimal").replace('w:val="1"', 'w:val="1e999"'),
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
            "<w:num/><w:abstractNum/><w:lvl/>",
        ],
    )
    def test_odd_lists_do_no_harm(self, numbering: str) -> None:
        """Numbers and patterns without end, levels that are not there, lists that are not defined."""
        body = "".join(P("文", properties=at(depth)) for depth in (0, 8, 10**9, -1)) + P("尾")
        found = lines(body, numbering=numbering)
        assert found[-1] == "尾" and all(line.endswith("文") and len(line) < 3000 for line in found[:-1])

    def test_own_zeros(self) -> None:
        """001, 002: a format that older programs do not know stands beside one that they do."""
        form = (
            '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
            '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        )
        numbering = list_of("%1.", "decimal").replace('<w:numFmt w:val="decimal"/>', form)
        assert lines(P("甲", properties=NUMBERED), numbering=numbering) == ["001. 甲"]


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
        assert self.headings(found) == [("第一章   关于办法的", 1, 1), ("通知", 1, 1)]

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
