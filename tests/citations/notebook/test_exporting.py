"""tjqa.citations.notebook.exporting: excerpts as files, in the forms that other programs read; no old quote goes out as
a good one."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.citations.notebook.library import REPORT, kept, library, notebook
from tjqa.citations.notebook.excerpt import CheckedExcerpt, excerpt_from, row_of
from tjqa.citations.notebook.exporting import FORMATS, export_excerpts, sources
from tjqa.errors import UsageError
from tjqa.ingest.sources import read_source
from tjqa.messages import Language

TODAY = date(2026, 11, 30)
HOSTILE = "备注 {\\input{x}} $100% #1 & _a_ ~ ^ *b* <img src=x> [y](z) \x1b[31m\x00\ud800 ]]> 行一\n# 行二\nER  - "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report and a table."""
    return library(tmp_path / "资料")


@pytest.fixture
def held(folder: Path) -> tuple[CheckedExcerpt, ...]:
    """Two quotes of a text under one topic, one of another file; the last one changed since."""
    book = notebook(folder, titled=True)
    kept(book, folder, "全年新增就业5200人,完成年计划的104%。", "就业", HOSTILE)
    kept(book, folder, "新开工项目13个。", "就业")
    kept(book, folder, "42110", "", name="表")
    (folder / "表.txt").write_text("全部重写了\n", encoding="utf-8")
    return notebook(folder).checked()


def exported(held: tuple[CheckedExcerpt, ...], form: str, language: Language = "zh") -> str:
    """The text of a file."""
    return export_excerpts(held, form, TODAY, language).decode("utf-8")


def test_a_source_is_one_reference(held: tuple[CheckedExcerpt, ...]) -> None:
    """However many quotes are of it."""
    found = sources(held, TODAY)
    assert [(source.number, len(source.excerpts)) for source in found] == [(1, 2), (2, 1)]
    told = "张三, 李四, 王五, 等. 甲区《工作》报告[EB/DK]. 甲区日报, 2023-08-22[2026-11-30]. 报告.txt."
    assert found[0].reference == told


@pytest.mark.parametrize(("form", "sign"), [(form, "✗ 与摘下时不同") for form in FORMATS if form != "docx"])
def test_what_does_not_hold_any_more_is_marked_in_every_form(
    held: tuple[CheckedExcerpt, ...], form: str, sign: str
) -> None:
    """Once, at the quote that it is said of."""
    text = exported(held, form)
    assert text.count(sign) == 1
    assert text.index("42110") < text.index(sign)
    assert "✗ not as it was kept" in exported(held, form, "en")


def test_markdown_has_quotes_notes_and_one_list_of_references(held: tuple[CheckedExcerpt, ...]) -> None:
    """Nothing in it is obeyed by a viewer; the count says how many are not good."""
    text = exported(held, "md")
    assert "共 3 条，2 条与原文相符，1 条已不相符" in text
    assert re.findall(r"^## .*", text, re.MULTILINE) == ["## 就业", "## 未分类", "## 参考文献(GB/T 7714—2015)"]
    assert "> 全年新增就业5200人,完成年计划的104%。" in text
    assert "> 新开工项目13个。\n" in text
    assert re.findall(r"^—— \[\d\].*", text, re.MULTILINE) == ["—— [1] 第 2 行", "—— [1] 第 4 行", "—— [2] 第 3 行"]
    assert text.count("[EB/DK]") == 2
    assert r"\<img" in text and r"[y\](z)" in text and "\n\\# 行二" in text and "\x1b" not in text
    assert "cited" not in text and "参考文献" not in exported(held, "md", "en")


def test_a_word_document_has_real_footnotes(held: tuple[CheckedExcerpt, ...], tmp_path: Path) -> None:
    """Every part is well-formed; our own reader shows the footnotes with reference and place; nothing is obeyed."""
    data = export_excerpts(held, "docx", TODAY)
    assert data == export_excerpts(held, "docx", TODAY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
        types = archive.read("[Content_Types].xml").decode()
    assert {part for part in parts if part.startswith("word/") and "rels" not in part} == {
        "word/document.xml", "word/footnotes.xml", "word/settings.xml", "word/styles.xml",
    }  # fmt: skip
    assert all(f"/{name}" in types for name in parts if name.startswith("word/") and "rels" not in name)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = [one.get(f"{w}id") for one in parts["word/document.xml"].iter(f"{w}footnoteReference")]
    notes = [one.get(f"{w}id") for one in parts["word/footnotes.xml"] if one.get(f"{w}type") is None]
    assert marks == notes == ["1", "2", "3"]
    styles = {one.get(f"{w}styleId") for one in parts["word/styles.xml"]}
    assert {one.get(f"{w}val") for one in parts["word/document.xml"].iter(f"{w}pStyle")} <= styles
    (tmp_path / "摘录.docx").write_bytes(data)
    text = read_source(tmp_path, tmp_path / "摘录.docx").text
    assert "全年新增就业5200人,完成年计划的104%。¹\n" in text
    told = "甲区《工作》报告[EB/DK]. 甲区日报, 2023-08-22[2026-11-30]. 报告.txt. 第 2 行。"
    assert f"¹ 张三, 李四, 王五, 等. {told}" in text
    assert text.count("✗ 与摘下时不同") == 2  # below the quote and in its footnote
    assert "]]>" in text and "# 行二" in text and "\x1b" not in text


def test_bibtex_is_escaped(held: tuple[CheckedExcerpt, ...]) -> None:
    """Braces are in balance, every sign of TeX is one of the text; keys are different and of letters and digits."""
    text = exported(held, "bib")
    entries = re.findall(r"^@misc\{(\w+),$", text, re.MULTILINE)
    assert len(entries) == len(set(entries)) == 2 and all(key.isascii() for key in entries)
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0
    assert "author = {{张三} and {李四} and {王五} and {赵六}}," in text
    assert "title = {{甲区《工作》报告}}," in text and "year = {2023}," in text and "month = aug," in text
    assert r"\textbraceleft{}\textbackslash{}input\textbraceleft{}x\textbraceright{}\textbraceright{}" in text
    assert r"\$100\% \#1 \& \_a\_ \textasciitilde{} \textasciicircum{}" in text
    body = re.sub(r"\\(?:[$&#%_]|text\w+\{\})", "", text)
    assert not re.search(r"[$&#%_~^\\]", body)


def test_ris_has_a_tag_a_line(held: tuple[CheckedExcerpt, ...]) -> None:
    """Each line ends with CR LF and begins with a tag; a record begins with its type and ends once."""
    text = exported(held, "ris")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert lines[0] == "TY  - ELEC"
    assert lines.count("TY  - ELEC") == lines.count("ER  - ") == 2 and lines[-1] == "ER  - "
    names = ("张三", "李四", "王五", "赵六")
    assert [line for line in lines if line.startswith("AU")] == [f"AU  - {name}" for name in names]
    assert "PB  - 甲区日报" in lines and "PY  - 2023" in lines and "DA  - 2023/08/22/" in lines
    assert "Y2  - 2026/11/30/" in lines and "TI  - 表.txt" in lines
    assert any("*b*" in line for line in lines)  # a note keeps what is written in it


def test_csl_json_is_what_processors_take(held: tuple[CheckedExcerpt, ...]) -> None:
    """Fields and dates by the schema of CSL 1.0.2."""
    first, second = json.loads(exported(held, "json"))
    assert set(first) == {"id", "type", "title", "author", "container-title", "issued", "accessed", "note"}
    assert first["type"] == "webpage" and first["title"] == "甲区《工作》报告"
    assert first["author"] == [{"literal": name} for name in ("张三", "李四", "王五", "赵六")]
    assert first["issued"] == {"date-parts": [[2023, 8, 22]]}
    assert first["accessed"] == {"date-parts": [[2026, 11, 30]]}
    assert len(first["note"].split("\n")) == 3 and "第 4 行" in first["note"]
    assert "issued" not in second and "author" not in second and second["title"] == "表.txt"


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_notebook_is_a_file_too(form: str) -> None:
    """Of no excerpts."""
    assert export_excerpts((), form, TODAY) == export_excerpts((), form, TODAY)
    if form == "json":
        assert json.loads(exported((), form)) == []


def test_a_month_alone_and_a_wrong_date(folder: Path) -> None:
    """What the page tells is told, no more."""
    from dataclasses import replace

    book = notebook(folder)
    excerpt = kept(book, folder, "5200人")
    for published, issued, ris in (("2023-08", [2023, 8], "2023/08//"), ("2023-19", [2023], "2023///")):
        citation = replace(excerpt.citation, published=published)
        held = (CheckedExcerpt(excerpt, "holds", citation),)
        assert json.loads(exported(held, "json"))[0]["issued"] == {"date-parts": [issued]}
        assert f"DA  - {ris}\r\n" in exported(held, "ris")
        assert ("month" in exported(held, "bib")) == (len(issued) == 2)


def test_a_cell_is_told_with_its_heads(folder: Path) -> None:
    """A figure alone says nothing."""
    from dataclasses import replace

    book = notebook(folder)
    excerpt = kept(book, folder, "39540", name="表")
    held = (CheckedExcerpt(excerpt, "holds", replace(excerpt.citation, heads=("甲区", "收入"), cut=(False, False))),)
    assert "> 甲区 · 收入：39540" in exported(held, "md")


def test_an_unknown_form_is_refused(held: tuple[CheckedExcerpt, ...]) -> None:
    """With those that there are."""
    with pytest.raises(UsageError, match=r"\.docx"):
        export_excerpts(held, "pdf", TODAY)


def test_the_notebook_exports_what_it_just_checked(folder: Path) -> None:
    """From Python: a topic or all of it."""
    book = notebook(folder)
    kept(book, folder, "5200人", "一")
    kept(book, folder, "104%", "二")
    (folder / "报告.txt").write_text(REPORT.replace("104%", "105%"), encoding="utf-8")
    assert "✗" not in book.export("md", "一").decode() and "5200人" in book.export("md", "一").decode()
    assert "✗" in book.export("md").decode()


def test_a_quote_is_no_field_of_csl(tmp_path: Path) -> None:
    """Processors read {:title: …} in a note as the title, and a line `title: …` as well."""
    folder = library(tmp_path / "资料", 报告="甲区工作报告\n{:title: 假的}全年新增就业{:author: 某人}5200人。\n")
    book = notebook(folder, titled=True)
    kept(book, folder, "{:title: 假的}全年新增就业{:author: 某人}5200人")
    (item,) = json.loads(book.export("json"))
    assert item["title"] == "甲区《工作》报告" and "{:" not in item["note"] and "假的" in item["note"]
    assert not any(re.match(r"[\w -]+:", line, re.ASCII) for line in item["note"].split("\n"))


def test_a_row_of_a_table_is_told_with_its_heads_and_period(tmp_path: Path) -> None:
    """Kept word for word; beside it the table's name, its period and the heads, in every form and in Python."""
    from tests.support.formats import as_xlsx
    from tjqa.citations.notebook.notebook import Notebook
    from tjqa.citations.notebook.recheck import recheck
    from tjqa.config import Settings
    from tjqa.documents import Span

    sources = tmp_path / "表格"
    sources.mkdir()
    rows = [("产品名称", "单位", "本期价格（元）"), ("一、黑色金属", "", "")]
    rows += [("螺纹钢", "吨", "3858.5"), ("线材", "吨", "3390.7")]
    (sources / "2024年2月下旬价格变动情况.xlsx").write_bytes(as_xlsx({"Sheet": rows}))
    book = Notebook.of(Settings(sources, tmp_path / "索引"))
    path = "2024年2月下旬价格变动情况.xlsx"
    text = book._library.files.current(path).text  # type: ignore[union-attr]
    at = text.index("线材")
    excerpt = book.add(book.cite(path, Span(at, text.index("3390.7") + 6)))
    assert excerpt is not None and excerpt.quote == text[at : at + len(excerpt.quote)]
    assert excerpt.told == "2024年2月下旬 · 一、黑色金属 · 产品名称 | 单位 | 本期价格（元）"
    assert recheck(book.excerpts()[0], book._library).state == "holds"
    for form in FORMATS:
        if form != "docx":
            written = book.export(form).decode()
            assert "本期价格（元）" in written and "一、黑色金属" in written
    cell = book.add(book.cite(path, Span(text.index("3390.7"), text.index("3390.7") + 6)))
    assert cell is not None and cell.told == "2024年2月下旬" and "本期价格（元）" in cell.citation.heads
    rows[0] = ("产品名称", "单位", "上期价格（元）")
    (sources / path).write_bytes(as_xlsx({"Sheet": rows}))
    assert [checked.state for checked in book.checked()] == ["changed", "changed"]


def test_excerpts_of_older_versions_are_read(folder: Path) -> None:
    """They say nothing beside their quotes."""
    row = row_of(kept(notebook(folder), folder, "5200人"))
    del row["told"]
    assert excerpt_from(row).told == ""
