"""The main part of an Office file is the one that its relations name, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.formats import as_docx, as_xlsx, zipped
from tjqa.ingest.readers import extract

TEXT = "石桥水库的总库容是4200万立方米。"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def relations(target: str, kind: str = TYPE, more: str = "") -> str:
    """`_rels/.rels` that names a main part."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{more}<Relationship Id="r1" Type="{kind}/officeDocument" Target="{target}"/></Relationships>'
    )


def document(text: str) -> bytes:
    """The main part of a document of one paragraph."""
    return zipfile.ZipFile(io.BytesIO(as_docx(text))).read("word/document.xml")


@pytest.mark.parametrize(
    ("part", "target"),
    [
        ("word/document.xml", "word/document.xml"),
        ("word/document2.xml", "word/document2.xml"),
        ("word/document2.xml", "/word/document2.xml"),
        ("word/document2.xml", "./word/../word/document2.xml"),
        ("正文/main.xml", "正文/main.xml"),
        ("word/my doc.xml", "word/my%20doc.xml"),
        ("word/my%20doc.xml", "word/my%20doc.xml"),
        ("Word/Text.XML", "word/text.xml"),
        ("main.xml", "main.xml"),
    ],
)
@pytest.mark.parametrize("kind", [TYPE, STRICT])
@pytest.mark.parametrize("decoy", [False, True])
def test_the_text_is_where_the_relations_say(part: str, target: str, kind: str, decoy: bool) -> None:
    """Also beside a part that has the usual name and is not the text."""
    parts = {"_rels/.rels": relations(target, kind).encode(), part: document(TEXT)}
    if decoy:
        parts.setdefault("word/document.xml", document("这不是正文。"))
    assert extract(zipped(parts), "办法.docx").text.strip() == TEXT


@pytest.mark.parametrize("rels", ["", "<broken", relations("word/none.xml"), relations("http://example.org/x")])
def test_without_good_relations_the_usual_name_is_read(rels: str) -> None:
    """None, broken ones, ones that lead nowhere or outside."""
    parts = {"word/document.xml": document(TEXT)} | ({"_rels/.rels": rels.encode()} if rels else {})
    assert extract(zipped(parts), "办法.docx").text.strip() == TEXT


@pytest.mark.parametrize("part", ["xl/book.xml", "表/主.xml", "xl/workbook2.xml"])
@pytest.mark.parametrize("anew", [False, True])
def test_a_workbook_of_another_name_is_read(part: str, anew: bool) -> None:
    """Its rows, and whether it asks for its formulas to be worked out anew."""
    whole = zipfile.ZipFile(io.BytesIO(as_xlsx({"收入": [["年份", "收入"], [2021, 3.5]]})))
    parts = {name: whole.read(name) for name in whole.namelist()}
    workbook = parts.pop("xl/workbook.xml")
    if anew:
        workbook = workbook.replace(b"</workbook>", b'<calcPr fullCalcOnLoad="1"/></workbook>')
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>3.5</v>", b"<f>1+2.5</f><v>3.5</v>")
    folder, _, name = part.rpartition("/")
    links = parts.pop("xl/_rels/workbook.xml.rels").replace(b'Target="', b'Target="/xl/')
    parts[f"{folder}/_rels/{name}.rels"] = links
    parts[part] = workbook
    for told in ("[Content_Types].xml", "_rels/.rels"):
        parts[told] = parts[told].replace(b"xl/workbook.xml", part.encode())
    found = extract(zipped(parts), "表.xlsx")
    assert found.text == "年份\t收入\n2021\t3.5\n"
    assert ("重算" in found.encoding) is anew, found.encoding
