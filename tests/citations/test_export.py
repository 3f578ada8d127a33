"""tjqa.citations: export, gbt7714: what is written steers nothing and loses nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.attacks.forgeries import as_old
from tjqa.citations.export import export, markdown
from tjqa.citations.export_reading import read_export
from tjqa.citations.gbt7714 import reference
from tjqa.citations.library import Library
from tjqa.citations.verification import check_export
from tjqa.documents import Span
from tjqa.ingest.chunking import pack
from tjqa.ingest.pipeline import cleaned
from tjqa.ingest.sources import read_source
from tjqa.results import Answer, Citation

TODAY = date(2026, 11, 24)
PAGE = Citation(1, "a.txt", "0" * 64, Span(0, 2), 1, 1, "引文", "题名", "2023-08-22", 0.5)


def test_markdown_steers_no_terminal_and_is_still_checkable() -> None:
    """Controls, bidi and markup of a document are shown as signs, one for one."""
    hostile = replace(PAGE, quote="\x1b[31m红\r\n第二行\u202e", title="\u202e题\n目", path="[/]\x07.txt")
    answer = Answer("问\x1b", "weak", 0.1, (), (hostile,), 0.0)
    text = markdown(answer, TODAY)
    assert not set(text) & set("\x1b\x07\u202e\r") and "红" in text
    (claim,) = read_export(export([answer], "md", TODAY)).quotes
    assert claim.path == "[/]·.txt" and claim.quote == "·[31m红·\n第二行·" and claim.is_shown


def test_csv_computes_nothing_and_loses_nothing() -> None:
    """What looks like a formula is text; quotes with commas, quotation marks, line ends come back as they are."""
    quotes = ["＝1+1", "＠SUM(1)", "'＋", "=1+1", "'=1", "-3,5", '他说"好"\r\n', "@x", "+", "\t表", "plain"]
    text = export([Answer("=cmd()", "weak", 0, (), tuple(replace(PAGE, quote=q) for q in quotes), 0)], "csv", TODAY)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert all(row["question"] == "'=cmd()" for row in rows)
    assert not any(row["quote"].startswith(("=", "+", "-", "@", "\t", "＝", "＠")) for row in rows)
    read = read_export(text)
    # The end of a line is the editor's.
    assert [quote.quote for quote in read.quotes] == [quote.replace("\r", "") for quote in quotes] and not read.faults


@pytest.mark.parametrize("sign", ["＝", "＋", "－", "＠"])
def test_an_export_that_left_signs_of_full_width_bare_still_holds(tmp_path: Path, sign: str) -> None:
    """As earlier versions wrote them; one with another character before them does not."""
    (tmp_path / "a.txt").write_text(f"{sign}12度以下不得入库,值班人员每天查看两次。\n", "utf-8")
    source = read_source(tmp_path, tmp_path / "a.txt")
    (passage,) = pack(source, cleaned(source))
    cited = Library(tmp_path, []).quote(1, passage, passage.span)
    text = as_old(export([Answer("问", "weak", 0, (), (cited,), 0)], "csv", TODAY), "csv")
    assert f"'{sign}12" in text
    for variant, holds in ((text, True), (text.replace("'", ""), True), (text.replace("'", "x"), False)):
        assert (not check_export(read_export(variant), tmp_path).faults) == holds


@pytest.mark.parametrize(
    ("reporter", "publisher", "published", "expected"),
    [
        ("张三 李四", "某日报", "2023-08-22", "张三, 李四. 题名[EB/DK]. 某日报, 2023-08-22[2026-11-24]. a.txt."),
        (None, "某日报", None, "题名[EB/DK]. 某日报[2026-11-24]. a.txt."),
        (None, None, "2023-08-22", "题名[EB/DK]. (2023-08-22)[2026-11-24]. a.txt."),
        ("甲、乙、丙、丁", None, None, "甲, 乙, 丙, 等. 题名[EB/DK]. [2026-11-24]. a.txt."),
    ],
)
def test_references(reporter: str | None, publisher: str | None, published: str | None, expected: str) -> None:
    """What a page does not say is left out."""
    cited = replace(PAGE, reporter=reporter, publisher=publisher, published=published)
    assert reference(cited, TODAY) == expected
