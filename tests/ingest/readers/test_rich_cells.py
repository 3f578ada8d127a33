"""Cells whose text is set in several ways: a raised mark is no digit, what is struck out does not hold."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.support.compound import as_xls
from tests.support.formats import as_xlsx, zipped
from tests.support.open_documents import as_odf, row
from tjqa.ingest.readers import ods, xls, xlsx


def run(text: str, properties: str = "") -> str:
    """A run of a text, of which these properties are said."""
    return f"<r>{f'<rPr>{properties}</rPr>' if properties else ''}<t>{text}</t></r>"


RAISED, LOWERED = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>'
RICH = [
    (run("3215") + run("1", RAISED), "3215¹"),
    (run("48×10", "<b/>") + run("4", RAISED) + run("吨", "<b/>"), "48×10⁴吨"),
    (run("CO") + run("2", LOWERED), "CO₂"),
    (run("120", "<strike/>") + run("15"), "~~120~~15"),
    (run("120", '<strike val="0"/>') + run("15", "<b/>"), "12015"),
    (run("7") + run("8", "<strike/>" + RAISED), "7~~⁸~~"),
    (run("2023", RAISED), "2023"),
    (run("白鹭县") + "<rPh sb='0' eb='1'><t>ろ</t></rPh>", "白鹭县"),
]


@pytest.mark.parametrize(("inside", "shown"), RICH)
def test_runs_of_shared_and_inline_strings(inside: str, shown: str) -> None:
    """Both ways in which a workbook of today holds them, in both dialects."""
    shared = as_xlsx({"表": [["<c t='s'><v>1</v></c>", "甲"]]}, strings=["<t>别的</t>", inside])
    assert xlsx.read(shared, "表.xlsx").text == f"{shown}\t甲\n"
    within = as_xlsx({"表": [[f"<c t='inlineStr'><is>{inside}</is></c>", "甲"]]})
    assert xlsx.read(within, "表.xlsx").text == f"{shown}\t甲\n"


def test_runs_of_a_cell_that_is_struck_out() -> None:
    """Those that say how they are set do so for themselves; the others are as their cell is."""
    raw = as_xlsx(
        {"表": [[f"<c t='s' s='1'><v>{at}</v></c>" for at in range(3)]]},
        formats=["0"],
        strings=[run("120") + run("15", "<b/>"), run("120", "<b/>") + run("15", "<i/>"), "<t>99</t>"],
    )
    assert xlsx.read(_struck(raw), "表.xlsx").text == "~~120~~15\t12015\t~~99~~\n"


def _struck(raw: bytes) -> bytes:
    """The same workbook with a line through all of it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<font/>", b"<font><strike/></font>")
    return zipped(parts)


def test_runs_of_a_workbook_of_before_2007() -> None:
    """The fonts of runs say so."""
    plain = struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + b"\x01\x00A"
    raised = struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 1, 0, 0, 0, 0) + b"\x01\x00A"
    struck = struct.pack("<HHHHHBBBB", 200, 8, 0, 400, 0, 0, 0, 0, 0) + b"\x01\x00A"
    fonts = b"".join(struct.pack("<HH", 0x31, len(font)) + font for font in (plain, raised, struck))

    def rich(column: int, text: str, *cuts: tuple[int, int]) -> bytes:
        data = struct.pack("<HHHHB", 0, column, 0, len(text), 1) + text.encode("utf-16-le")
        data += struct.pack("<H", len(cuts)) + b"".join(struct.pack("<HH", *cut) for cut in cuts)
        return struct.pack("<HH", 0xD6, len(data)) + data

    records = rich(0, "32151", (4, 1)) + rich(1, "12015", (0, 2), (3, 0)) + rich(2, "白鹭县", (1, 0))
    raw = as_xls({"表": []}, records=records, fonts=fonts)
    assert xls.read(raw, "表.xls").text == "3215¹\t~~120~~15\t白鹭县\n"


STYLES = "".join(
    f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {said}/></style:style>'
    for name, family, said in [
        ("Up", "text", 'style:text-position="super 58%"'),
        ("Down", "text", 'style:text-position="-33% 58%"'),
        ("Line", "text", 'style:text-line-through-style="solid" style:text-line-through-type="single"'),
        ("Plain", "text", 'style:text-line-through-style="none"'),
        ("Gone", "text", 'text:display="none"'),
        ("P", "paragraph", 'style:text-line-through-type="double"'),
        ("Cell", "table-cell", 'style:text-line-through-style="solid"'),
    ]
)


def span(style: str, *inside: str) -> str:
    """Characters of a style."""
    return f'<text:span text:style-name="{style}">{"".join(inside)}</text:span>'


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("3215" + span("Up", "1"), "3215¹"),
        ("48×10" + span("Up", "4") + "吨", "48×10⁴吨"),
        ("CO" + span("Down", "2"), "CO₂"),
        (span("Line", "120") + "15", "~~120~~15"),
        (span("Line", "7", span("Up", "8")) + "15", "~~7⁸~~15"),
        (span("Line", "12", span("Plain", "0")) + "15", "~~12~~015"),
        ("12" + span("Gone", "0") + "5", "125"),
        (span("Up", "2023"), "2023"),
    ],
)
def test_spans_of_an_open_document(inside: str, shown: str) -> None:
    """By the styles of its spans, those within others too."""
    cells = row(f"<table:table-cell><text:p>{inside}</text:p></table:table-cell>", "甲")
    raw = as_odf("spreadsheet", f'<table:table table:name="表">{cells}</table:table>', STYLES)
    assert ods.read(raw, "表.ods").text == f"{shown}\t甲\n"


def test_paragraphs_of_a_cell_that_is_struck_out() -> None:
    """One line through all of them; a paragraph may have its own."""
    cells = row(
        '<table:table-cell table:style-name="Cell"><text:p>120</text:p><text:p>元</text:p></table:table-cell>',
        f'<table:table-cell table:style-name="Cell"><text:p>7{span("Plain", "8")}</text:p></table:table-cell>',
        '<table:table-cell><text:p text:style-name="P">120</text:p><text:p>15</text:p></table:table-cell>',
    )
    raw = as_odf("spreadsheet", f'<table:table table:name="表">{cells}</table:table>', STYLES)
    assert ods.read(raw, "表.ods").text == "~~120 元~~\t~~7~~8\t~~120~~ 15\n"
