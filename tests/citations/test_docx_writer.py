"""tjqa.citations.docx_writer: documents that are whole, with footnotes where they were put, and no text obeyed."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from tjqa.citations.docx_writer import Footnote, Paragraph, Run, docx
from tjqa.ingest.readers import extract

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """The parts of a document, each well-formed XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def text_of(element: ElementTree.Element) -> str:
    """All text of a part."""
    return "".join(found.text or "" for found in element.iter(f"{W}t"))


def test_footnotes_are_real_and_numbered() -> None:
    """Each reference names the note that it was put with, in the order of the text; our own reader reads them, too."""
    first, second = Footnote((Run("出处一"),)), Footnote((Run("出处"), Run("二", bold=True)))
    made = docx((Paragraph((Run("甲", notes=(first,)), Run("乙"))), Paragraph((Run("丙", notes=(second,)),))), "题")
    found = parts(made)
    references = [one.get(f"{W}id") for one in found["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = {one.get(f"{W}id"): text_of(one).strip() for one in found["word/footnotes.xml"].iter(f"{W}footnote")}
    assert [notes[number] for number in references if number] == ["出处一", "出处二"]
    assert {"-1", "0"} <= notes.keys()
    read = extract(made, "稿.docx").text
    assert read.index("甲") < read.index("乙") < read.index("丙") and "出处一" in read and "出处二" in read


def test_every_part_is_named_and_typed() -> None:
    """Relations lead to parts that are there, and every part has a type."""
    found = parts(docx((Paragraph((Run("甲"),), "Title"),)))
    targets = {one.get("Target") for one in found["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in targets} <= found.keys()
    typed = {one.get("PartName") for one in found["[Content_Types].xml"] if one.get("PartName")}
    xml = {f"/{name}" for name in found if name.endswith(".xml") and name != "[Content_Types].xml"}
    assert xml == typed
    styles = {one.get(f"{W}styleId") for one in found["word/styles.xml"].iter(f"{W}style")}
    assert {"Title", "Quote", "FootnoteText", "FootnoteReference"} <= styles


@pytest.mark.parametrize(
    "text", ["<w:t>&amp;]]></w:t>", "\x00\x1b[31m\ud800甲\uffff", "a & b < c > \"d\" 'e'", "\u202e倒", "  两头空  "]
)
def test_text_stands_as_characters(text: str) -> None:
    """In the text, in a note and in the title; what XML cannot hold is shown as such."""
    made = docx((Paragraph((Run(text, notes=(Footnote((Run(text),)),)),)),), text)
    found = parts(made)
    kept = "".join("�" if char in "\x00\x1b\ud800\uffff" else char for char in text)
    assert text_of(found["word/document.xml"]) == kept and kept in text_of(found["word/footnotes.xml"])


def test_lines_tabs_and_looks() -> None:
    """A line break and a tab are Word's own; a colour that is none is left out."""
    run = Run("甲\n乙\t丙\r\n丁", bold=True, italic=True, underline=True, colour="C00000", highlight="yellow")
    body = parts(docx((Paragraph((run, Run("戊", colour='"/><x'))),)))["word/document.xml"]
    assert len(list(body.iter(f"{W}br"))) == 2 and len(list(body.iter(f"{W}tab"))) == 1
    looks = [one.tag.removeprefix(W) for one in next(body.iter(f"{W}rPr"))]
    assert looks == ["b", "i", "color", "highlight", "u"] and len(list(body.iter(f"{W}color"))) == 1


def test_the_same_content_gives_the_same_bytes() -> None:
    """Whenever it is written."""
    content = (Paragraph((Run("甲", notes=(Footnote((Run("注"),)),)),)),)
    assert docx(content, "题") == docx(content, "题") and docx(()) != docx(content)
