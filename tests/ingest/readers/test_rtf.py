"""Rich text: encodings, tables, notes, what is not shown; a file of another program; damaged and hostile ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tjqa.documents import DocumentKind, Merged
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract, rtf

DATA = Path(__file__).parents[2] / "data" / "formats"
FONTS = r"{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Arial;}{\f2\fcharset136 Ming;}}"


def read(body: str, head: str = r"{\rtf1\ansi\ansicpg936\deff0" + FONTS) -> str:
    """The text of a document with this body."""
    return rtf.read(f"{head}{body}}}".encode("latin-1"), "文.rtf").text


def coded(text: str, encoding: str = "gb18030") -> str:
    """As bytes in hexadecimal."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def test_encodings() -> None:
    """Bytes in that of their font, characters of Unicode with what stands for them in old programs."""
    assert read(coded("云岭县") + r"\par" + "\n" + coded("第二行")) == "云岭县\n第二行\n"
    assert read(r"\uc2\u20113\'d4\'c6\uc1\u-24930?\uc0\u20113 x\uc2\u20113\'d4\'c6y") == "云\u9e9e云x云y\n"
    assert read(r"\uc1\u-10179?\u-9010?") == "\U0001f4ce\n"
    assert read(rf"\f2 {coded('縣', 'big5')}\f1 {coded('县')}") == "縣县\n"
    assert read(coded("日", "cp932"), r"{\rtf1\ansi\ansicpg932") == "日\n"
    assert read(coded("云"), r"{\rtf1\ansi\ansicpg99999") == "云\n"


def test_lines_and_signs() -> None:
    """Breaks, tabs, quotes, hyphens, escapes; raised figures."""
    assert read(r"a\line b\tab c\~d\_e\{f\}\\g\ldblquote h\rdblquote") == "a\nb\tc\xa0d-e{f}\\g“h”\n"
    assert read(r"10{\super 4} CO{\sub 2}") == "10⁴ CO₂\n"
    assert read(r"10{\up6\fs14 4} CO{\dn4\fs16 2} 3215{\up 1}\up6 2\up0 3\up8 4\plain 5") == "10⁴ CO₂ 3215¹²3⁴5\n"
    assert read(r"10\up1 4\up0 m") == "104m\n"
    assert read(r"a{\strike 199}b{\striked1 5\striked0 c}") == "a~~199~~b~~5~~c\n"


def test_what_is_not_shown() -> None:
    """Codes of fields, hidden and deleted text, pictures, heads, groups nobody knows, stored bytes."""
    assert read(r"a{\field{\*\fldinst PAGE}{\fldrslt 3}}b") == "a3b\n"
    assert read(r"a{\v b}{\deleted c}{\header d}{\*\unknown e}{\annotation f} {\pict 0a0b}g") == "a g\n"
    assert read(r"1{\pict 00}5{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}7{\object{\result 9}}8") == "1〓5〓7〓8\n"
    assert read(r"1{\v{\pict 00}}5{\header{\pict 00}}6") == "156\n"
    assert read(r"a{\upr{b}{\*\ud{\u20113?}}}c") == "a云c\n"
    assert read("a\\bin4 }}}}b") == "ab\n"
    assert read(r"{\pntext 1.\tab}a") == "1. a\n"


def test_tables() -> None:
    """A row a line, cells over several columns and rows; what follows is no part of it."""
    first = r"\trowd\trhdr\clvmgf\cellx1000\cellx3000\pard\intbl a\cell b\cell\row"
    second = r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell c\par d\cell e\cell\row"
    found = rtf.read((r"{\rtf1 x\par" + first + second + r"\pard y}").encode(), "表.rtf")
    assert found.text == "x\na\tb\nc d\te\ny\n"
    sheet = found.tables[0]
    assert (sheet.head, sheet.leads) == (1, (0, 1))
    assert set(sheet.merged) == {Merged(0, 1, 1, 2), Merged(0, 0, 2, 1)}


def test_cells_that_go_on_with_the_one_before() -> None:
    """What they hold is not shown; the next row has none."""
    first = r"\trowd\cellx1000\clmgf\cellx2000\clmrg\cellx3000\cellx4000\pard\intbl a\cell 1\cell 99\cell 3\cell\row"
    second = r"\trowd\cellx1000\cellx2000\cellx3000\cellx4000\pard\intbl b\cell 4\cell 5\cell 6\cell\row"
    found = rtf.read((r"{\rtf1 " + first + second + r"\pard y}").encode(), "表.rtf")
    assert found.text == "a\t1\t\t3\nb\t4\t5\t6\ny\n"
    assert found.tables[0].merged == (Merged(0, 1, 1, 2),)


def test_hidden_shapes() -> None:
    """What stands in them is not shown; other properties, and shapes that are shown, do not hide it."""
    box = r"{\shp{\*\shpinst{\sp{\sn wzName}{\sv 1}}{\sp{\sn fHidden}{\sv %s}}{\sp{\sn x}{\sv \par}}{\shptxt b\par}}}"
    assert read("a" + box % "1" + "c") == "ac\n"
    assert "b" in read("a" + box % "0" + "c") and "b" in read("a" + (box % "1").replace("fHidden", "fShadow") + "c")
    assert read("a" + (box % "1").replace(r"\shptxt", r"\shptxt{\shp{\*\shpinst{\shptxt d\par}}}") + "c") == "ac\n"


def test_headings_title_and_notes() -> None:
    """By their style or outline; the title of the properties; notes after the text."""
    styles = (
        r"{\stylesheet{\s0 Normal;}{\s1\fs32 heading 1;}{\s9\outlinelevel1 x;}}{\info{\title "
        + coded("管理办法")
        + "}}"
    )
    body = (
        styles + r"\pard\s1 a\par\pard\s9 b\par\pard c{\super\chftn}{\footnote\pard\plain{\super\chftn} d\par e}f\par"
    )
    found = rtf.read((r"{\rtf1\ansicpg936" + body + "}").encode("latin-1"), "办法.rtf")
    assert found.text == "a\nb\nc¹f\n¹ d\ne\n"
    assert [(mark.span.of(found.text), mark.level) for mark in found.headings] == [("a", 1), ("b", 2)]
    assert (found.title, found.kind, found.encoding) == ("管理办法", DocumentKind.DOCUMENT, "RTF")
    assert found.landmarks[-1].name == "脚注 1"


def test_a_file_of_another_program() -> None:
    """As LibreOffice writes it."""
    found = rtf.read((DATA / "libreoffice.rtf").read_bytes(), "办法.rtf")
    lines = ["第一章 总则", "第一条 面积10⁴平方米¹。", "第二条 二氧化碳CO₂。", "第二章 附则", "年份\t收入", "2021\t3.5"]
    assert found.text.split("\n")[:-1] == [*lines, "¹ 注文。"]
    headings = [(mark.span.of(found.text), mark.level) for mark in found.headings]
    assert headings == [("第一章 总则", 1), ("第二章 附则", 1)]
    assert found.title == "云岭县管理办法" and len(found.tables) == 1


def test_cut_and_unbalanced_files_are_read_as_far_as_they_go() -> None:
    """Too many braces, too few, a word at the end."""
    for raw in (b"{\\rtf1 abc", b"{\\rtf1 abc}}}}", b"{\\rtf1 abc\\", b"{\\rtf1 abc\\'c", b"{\\rtf1 abc{\\footnote x"):
        assert extract(raw, "坏.rtf").text.startswith("abc")


@pytest.mark.parametrize(
    "raw", [b"", b"plain", b"{\\html", b"{\\rtf1" + b"{" * 5000], ids=["empty", "text", "other", "deep"]
)
def test_files_that_are_none_are_told(raw: bytes) -> None:
    """A message with what to do."""
    with pytest.raises(SourcesError) as told:
        extract(raw, "坏.rtf")
    assert "坏.rtf" in str(told.value) and told.value.hint


def test_hostile_words_end() -> None:
    """Numbers beyond all bounds, cells and notes without end."""
    for body in (
        r"\bin99999999999 a",
        r"\u99999999999?a",
        r"\uc999999 \u20113a",
        r"\fs99999999999 a",
        r"\f99999999999 a",
    ):
        extract((r"{\rtf1 x" + body + "}").encode(), "甲.rtf")
    assert extract((r"{\rtf1\pard\intbl " + r"a\cell " * 5000 + r"\row}").encode(), "甲.rtf").text.count("a") >= 63
    assert extract((r"{\rtf1 x" + r"{\footnote y" * 400 + "}" * 401).encode(), "甲.rtf").text.startswith("x")


def test_sizes_beyond_all_bounds_leave_headings_a_size() -> None:
    """Small beside text that is set without measure, they still have one."""
    found = rtf.read(rb"{\rtf1{\stylesheet{\s1 heading 1;}}\pard\s1\fs2 ab\par\pard\fs2000000000 cdefgh\par}", "a.rtf")
    assert [mark.size > 0 for mark in found.headings if mark.level == 1] == [True]
