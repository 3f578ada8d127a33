"""tjqa.ingest.readers.word.numbering: Word's automatic numbers are part of what it shows."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import pytest

from tests.support.formats import word_table
from tests.support.word import (
    NUMBERED,
    at,
    level,
    lines,
    list_of,
    lists,
    word_paragraph,
    word_run,
)

P, R = word_paragraph, word_run


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
