"""Exports in Markdown: a viewer shows what the documents say and obeys none of it; an export without questions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.attacks.forgeries import as_old, resealed
from tests.support.helpers import FakeEncoder
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_format import from_inert, inert, unopened
from tjqa.citations.export_reading import read_export
from tjqa.citations.verification import check_export
from tjqa.config import Settings
from tjqa.engine import Engine, build

TODAY = date(2026, 11, 24)
ACTIVE = [
    "![图](http://example.org/a.png)",
    "![图][1]",
    '<img src="http://example.org/a.png">',
    "<script>alert(1)</script>",
    "<!-- 注释 -->",
    "路径 C:\\资料\\<名>",
    "\\![图](http://example.org/a.png)",
    "\\\\<b>粗</b>",
    "!!![图](x)",
]


@pytest.mark.parametrize("active", ACTIVE)
@pytest.mark.parametrize("where", ["quote", "title"])
def test_nothing_in_a_document_is_obeyed(active: str, where: str, library: Settings, encoder: FakeEncoder) -> None:
    """In quote, title and reference every mark of a picture or of HTML stands behind a backslash that no other one
    takes away, and the export holds."""
    title = f"闸门说明{active}" if where == "title" else "闸门说明"
    text = f"{title}\n\n闸门的启闭机型号是QP-2x160,{active}由水工厂在2019年6月制造。\n"
    (library.sources / "闸门.txt").write_text(text, encoding="utf-8")
    build(library)
    answer = Engine.open(library).ask("启闭机型号是什么")
    assert any(active in citation.quote for citation in answer.citations)
    text = export([answer], "md", TODAY)
    plain = text.replace("\\\\", "")  # backslashes that stand for themselves
    assert "![" not in plain
    assert all(plain[at - 1] == "\\" for at, char in enumerate(plain) if char == "<")
    found = check_export(read_export(text), library.sources)
    assert (found.faults, found.kept) == ((), found.quotes)
    old = check_export(read_export(as_old(text, "md")), library.sources)  # as pasted
    assert (old.faults, old.kept) == ((), old.quotes)


@pytest.mark.parametrize("active", ["<b>", "![a](b)", "\\", "\\a"])
def test_what_is_active_in_a_sealed_export_is_named(active: str, library: Settings, encoder: FakeEncoder) -> None:
    """A question, which nothing can check, is the one place where it could be put."""
    text = export([Engine.open(library).ask("总库容是多少")], "md", TODAY)
    forged = resealed(text.replace("总库容是多少", f"总库容{active}是多少", 1), "md")
    assert check_export(read_export(forged), library.sources).faults


SHOWN = [
    "房间12*15*3米",
    "津政[2020](12)号文",
    "[图][1]和[2]:注",
    "价格10~20元,30~40元",
    "原价~~199~~99元",
    "&#49;2万元,A&amp;B,R&D;",
    "a_b_c _x_ __init__ 甲_乙_丙",
    "`代码`里",
    "**注**:\\*不含税*",
    "<b>![图](x)</b>",
]


@pytest.mark.parametrize("text", SHOWN)
@pytest.mark.parametrize("line", ["{} [1]", "[1] 题\n    第 1 行\n    > {}"])
def test_a_viewer_shows_every_character(text: str, line: str) -> None:
    """In an answer and in a quote, as CommonMark and GitHub have them."""
    parser = MarkdownIt("commonmark").enable("strikethrough")
    inner = [token.children or [] for token in parser.parse(line.format(inert(text)))]
    shown = "".join(token.content for tokens in inner for token in tokens if token.type in ("text", "text_special"))
    assert text in shown
    assert {token.type for tokens in inner for token in tokens} <= {"text", "text_special", "softbreak"}


OPENING = [
    "# 总则",
    "###",
    "- 不得吸烟",
    "+ 加一项",
    "-",
    "5. 第五项",
    "12) 项",
    "> 甲",
    "| 甲 | 乙 |",
    "---",
    "===",
    "- - -",
    "#1号楼",
    "-3度",
    "2023.5",
]


@pytest.mark.parametrize("text", OPENING)
@pytest.mark.parametrize("before", ["", "  "])
@pytest.mark.parametrize("line", ["{} [1]", "[1] 题\n    第 1 行\n    > {}", "> 甲\n> {}"])
def test_a_line_opens_nothing(text: str, before: str, line: str) -> None:
    """A sentence is no heading, no item of a list that a viewer would number anew; nor is a line of a quote, also in
    viewers that take it for a quotation. It is read back as it was."""
    written = "\n".join(
        f"> {unopened(inert(row[2:]))}" if line.startswith("> ") else unopened(inert(row))
        for row in line.format(before + text).split("\n")
    )
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    assert {token.type.removesuffix("_open") for token in tokens if token.nesting == 1} <= {"paragraph", "blockquote"}
    inner = [child for token in tokens for child in token.children or [] if child.type in ("text", "text_special")]
    assert text in "".join(child.content for child in inner)
    for row in line.format(before + text).split("\n"):
        assert from_inert(unopened(inert(row))) == row


@pytest.mark.parametrize("opening", ["# ", "- ", "3. ", "> "])
def test_an_export_of_such_a_sentence_holds(opening: str, library: Settings, encoder: FakeEncoder) -> None:
    """And is the same for `tjqa verify`, guarded or, as older exports are, not."""
    text = f"{opening}闸门的启闭机型号是QP-2x160,由水工厂在2019年6月制造。\n"
    (library.sources / "闸门.txt").write_text(text, encoding="utf-8")
    build(library)
    answer = Engine.open(library).ask("启闭机型号是什么")
    assert answer.best
    written = export([answer], "md", TODAY)
    for variant in (written, resealed(written.replace(unopened(opening), opening), "md")):
        found = check_export(read_export(variant), library.sources)
        assert (found.faults, found.kept) == ((), found.quotes)


@given(st.text(alphabet="\\\\<![]()*_~`&#4;:甲 a"))
def test_lines_come_back_exactly(line: str) -> None:
    """Whatever a line is made of."""
    assert from_inert(inert(line)) == line


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_export_without_questions_holds(kind: str, language: str, library: Settings) -> None:
    """It says that there are none; with a line more, or another count, it does not hold."""
    text = export([], kind, TODAY, language)  # type: ignore[arg-type]
    found = check_export(read_export(text), library.sources)
    assert (found.quotes, found.faults, found.is_sealed) == (0, (), True)
    if kind == "md":
        for old, new in ((" 0 个", " 1 个"), (": 0", ": 1")):
            forged = text.replace(old, new)
            assert forged == text or check_export(read_export(resealed(forged, "md")), library.sources).faults
        lines = text.split("\n")
        more = "\n".join([lines[0], "", "## 问题", *lines[1:]])
        assert check_export(read_export(resealed(more, "md")), library.sources).faults
