"""Books: pages in their order, chapters as places; damaged and hostile ones."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import pytest

from tests.support.formats import zipped
from tests.support.open_documents import as_epub, epub_parts
from tjqa.documents import DocumentKind
from tjqa.errors import SourcesError
from tjqa.ingest.readers import epub, extract

PAGES = {
    "a.xhtml": "<html><body><h1>第一章 水库</h1><p>水库有三座。</p></body></html>",
    "b.xhtml": "<html><body><p>渠道二十里。</p><table><tr><td>年</td><td>长</td></tr><tr><td>1</td><td>2</td></tr></table></body></html>",
    "c.xhtml": "<html><body><p>后记。</p></body></html>",
}


def test_pages_and_chapters() -> None:
    """In the order of the book; a place is named by the table of contents, else by its heading, else by its number."""
    found = epub.read(as_epub(PAGES, title="水利志", contents='<a href="b.xhtml#x">第二章 渠道</a>'), "志.epub")
    assert found.text == "第一章 水库\n水库有三座。\n渠道二十里。\n年\t长\n1\t2\n后记。\n"
    assert [(mark.name, found.text[mark.start :][:2]) for mark in found.landmarks] == [
        ("第一章 水库", "第一"), ("第二章 渠道", "渠道"), ("第 3 页", "后记"),
    ]  # fmt: skip
    assert [(mark.span.of(found.text), mark.level) for mark in found.headings] == [("第一章 水库", 1)]
    assert [table.span.of(found.text) for table in found.tables] == ["年\t长\n1\t2\n"]
    assert (found.kind, found.encoding, found.title) == (DocumentKind.DOCUMENT, "EPUB", "水利志")


def test_order_and_missing_pages() -> None:
    """That of the spine, each page once; one that is not there is told."""
    spine = '<itemref idref="i2"/><itemref idref="i0"/><itemref idref="i2"/><itemref idref="zz"/><itemref idref="i1"/>'
    parts = epub_parts(PAGES, spine=spine)
    del parts["OEBPS/b.xhtml"]
    found = epub.read(zipped(parts), "志.epub")
    assert found.text == "后记。\n第一章 水库\n水库有三座。\n" and found.encoding == "EPUB(有 1 页没有读出)"


def test_the_old_table_of_contents() -> None:
    """Of EPUB 2 (NCX); names with blanks and other characters in addresses."""
    parts = epub_parts({"第 一.xhtml": PAGES["c.xhtml"]})
    opf = (
        parts["OEBPS/book.opf"]
        .decode()
        .replace("</manifest>", '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>')
    )
    ncx = "<ncx><navMap><navPoint><navLabel><text>后 记</text></navLabel><content src='%E7%AC%AC%20%E4%B8%80.xhtml'/></navPoint></navMap></ncx>"
    found = epub.read(zipped(parts | {"OEBPS/book.opf": opf.encode(), "OEBPS/toc.ncx": ncx.encode()}), "志.epub")
    assert [mark.name for mark in found.landmarks] == ["后 记"]


WHOLE = as_epub(PAGES)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        WHOLE[:200],
        zipped({"a": b""}),
        zipped(epub_parts(PAGES) | {"OEBPS/book.opf": b'<!DOCTYPE a [<!ENTITY a "a">]><a>&a;</a>'}),
        zipped({name: raw for name, raw in epub_parts(PAGES).items() if not name.endswith(".xhtml")}),
        zipped(epub_parts(dict.fromkeys(PAGES, "\0\1\2" * 99)) | {"META-INF/encryption.xml": b"<e/>"}),
    ],
    ids=["empty", "cut", "no-book", "entities", "no-pages", "locked"],
)
def test_damaged_files_are_told(raw: bytes) -> None:
    """A message with what to do."""
    with pytest.raises(SourcesError) as told:
        extract(raw, "坏.epub")
    assert "坏.epub" in str(told.value) and told.value.hint


def test_pages_named_without_end_are_read_once() -> None:
    """And a deep page is read as it is on its own."""
    assert extract(as_epub({"a.xhtml": "<p>甲</p>"}, spine='<itemref idref="i0"/>' * 50_000), "甲.epub").text == "甲\n"
    assert extract(as_epub({"a.xhtml": "<div>" * 20_000 + "深"}), "甲.epub").text == "深\n"
