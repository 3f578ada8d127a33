"""Documents made to cost the build, its time or its memory, each beside a good one: the good one must be indexed.

    python -m tests.attacks.hostile_documents [--size 300000] [--every 1] [--only WORD]

Each hostile document is built into an index together with a good one. Bad is a build that is lost, a good document that
is not indexed, a fault of tjqa's own (`file_unprocessed`), more time than the product's own limit, or more memory than
it: of the process that reads documents the limit itself, of the building process the same again.
"""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from tests.support.formats import as_docx, as_html, as_mhtml, as_pdf, as_xlsx, word_table, zipped
from tests.support.helpers import TEA
from tjqa.config import Settings
from tjqa.engine import build
from tjqa.errors import TjqaError
from tjqa.ingest.readers import sandbox, zip_archive
from tjqa.messages import Message

GRACE = 60.0  # seconds beside the limit: a file of it is hashed, its index is written, other programs run
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

Maker = Callable[[int], bytes]


def shapes() -> dict[str, Callable[[int], str]]:
    """Texts of about n characters by rule, each of which some step might take the square of."""
    prose = "滨河新区今年建成三座公园总面积十二公顷其中沿河公园六公顷公园里种了三千棵树修了八公里步道。"

    def times(piece: str, before: str = "", after: str = "") -> Callable[[int], str]:
        return lambda n: before + piece * (n // len(piece)) + after

    return {
        "one line": times("字"),
        "one line of commas": times("字字字,"),
        "one line of sentences": times(prose),
        "stops": times("。"),
        "a sentence a character": times("甲。"),
        "quotes after a stop": times("”", "。"),
        "quotes and stops": times("“", "甲" * 40 + "。"),
        "tiny paragraphs": times("字\n"),
        "tiny paragraphs apart": times("字\n\n"),
        "paragraphs": times(prose + "\n"),
        "headlines": times("滨河新区建成三座公园\n"),
        "numbered headings": times("一、公园\n"),
        "headings of Markdown": times("# 公园\n"),
        "headings over prose": times("一、公园\n" + prose + "\n"),
        "dates": times("2023-01-02\n"),
        "articles": times("滨河新区建成三座公园\n2023-01-02 来源:滨河日报\n" + prose * 3 + "\n"),
        "columns": times("【城建】滨河新区建成三座公园\n" + prose * 2 + "\n"),
        "menus": times("首页\n新闻\n登录\n"),
        "menus above prose": times("首页\n公园公园\n", after=prose * 4),
        "menus above a date": times("首页\n公园\n", after="公园建成\n2023-01-02\n" + prose * 4),
        "copyright": times("版权所有 违者必究\n"),
        "related links": times("2023-01-02 滨河新区建成三座公园\n", prose * 4 + "\n相关阅读\n"),
        "related headings": times("相关阅读\n"),
        "vague headings": times("更多内容\n滨河新区建成三座公园\n", prose * 4 + "\n"),
        "loose links": times("滨河新区建成三座公园\n", prose * 4 + "\n"),
        "dated short lines": times("公园公园公园\n首页\n", "公园简介某某\n2023-01-02 来源:滨河日报\n"),
        "bylines": times("滨河新区建成公园\n2023-01-02 来源:滨河日报\n步道八公里多\n"),
        "times of publication": times("发布时间:2023-01-02\n", "公园建成\n", prose * 4),
        "comments": times("网友甲\n3小时前\n公园真好。\n回复\n", prose * 4 + "\n"),
        "notices in paragraphs": times((prose + "本网版权所有。公园真好步道真长啊。" * 30)[:590] + "\n"),
        "blanks after the last stop": times(prose * 2 + "乙 " * 280 + "\n"),
        "a blank line of blanks": times(" ", "甲", "乙"),
        "blank lines": times(" \n", "甲。\n", "乙"),
        "tabs": times("\t", "甲", "乙"),
        "newlines": times("\n", "甲", "乙"),
        "old newlines": times("甲\r"),
        "digits": times("1"),
        "Latin letters": times("a"),
        "Latin sentences": times("This is a sentence of words that ends here. "),
        "brackets": times("("),
        "pairs of brackets": times("[甲]"),
        "bars": times("甲|"),
        "breadcrumbs": times("甲 > "),
        "full stops of dots": times("."),
        "ellipses": times("…"),
        "zero width": times("\u200b"),
        "combining marks": times("\u0301", "甲"),
        "right to left": times("\u202e甲"),
        "outside the first plane": times("𠀀"),
        "labels": times("来源:"),
        "lines of labels": times("来源:甲\n"),
        "links": times("http://a.example/c "),
        "years in a heading": times("2018年", "一、"),
    }


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0"?><w:document {WORD}><w:body>{body}</w:body></w:document>'.encode()


def _docx(body: str) -> bytes:
    return zipped({"word/document.xml": _xml(body)})


def _just_under(unit: bytes, head: bytes, tail: bytes, size: int) -> bytes:
    """A Word archive whose text unpacks to just under the ratio that is refused."""
    packed = zipped({"word/document.xml": head + unit * (size // len(unit)) + tail})
    filler = max(0, size // (zip_archive.MAX_RATIO - 1) - len(packed))
    data = BytesIO(packed)
    with zipfile.ZipFile(data, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("x", bytes(n * 7919 % 251 for n in range(filler)))
    return data.getvalue()


def _words() -> Iterator[tuple[str, Maker]]:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    head, tail = _xml("").split(b"</w:body>")[0], b"</w:body></w:document>"
    for name, text in (("tiny", "字"), ("empty", ""), ("long", "字" * 5000)):
        unit = paragraph.format(text).encode()
        yield f"ratio just under, {name} paragraphs", lambda n, u=unit: _just_under(u, head, tail, 100 * n)
    one = head + b"<w:p><w:r><w:t>"
    yield (
        "ratio just under, one paragraph",
        lambda n: _just_under("字".encode(), one, b"</w:t></w:r></w:p>" + tail, 100 * n),
    )
    cell = b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    row = head + b"<w:tbl><w:tr>"
    yield "a row of a million cells", lambda n: _just_under(cell, row, b"</w:tr></w:tbl>" + tail, 100 * n)
    yield "a table of many cells", lambda n: as_docx("表", word_table([["1"] * 100] * (n // 200)))
    yield "blanks in a cell", lambda n: as_docx("表", word_table([["甲" + " " * n + "乙", "丙"]]))
    yield (
        "tables in tables",
        lambda n: _docx("<w:tbl><w:tr><w:tc>" * 5000 + paragraph.format("甲") + "</w:tc></w:tr></w:tbl>" * 5000),
    )
    yield "endless depth", lambda n: _docx("<w:p>" * n)
    yield "attributes", lambda n: _docx("<w:p " + " ".join(f'a{k}="1"' for k in range(n // 8)) + "/>")
    yield "a name without end", lambda n: _docx(f"<w:{'a' * n}/>")
    yield "namespaces", lambda n: _docx("".join(f'<w:p xmlns:n{k}="u{k}"/>' for k in range(n // 30)))
    yield "comments of XML", lambda n: _docx("<!-- -->" * (n // 8) + paragraph.format("甲"))
    yield "breaks", lambda n: _docx("<w:p><w:r>" + "<w:br/>" * (n // 7) + "</w:r></w:p>")
    entities = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "bomb">{entities}]><a>&e11;</a>'
    yield "entity bomb", lambda n: zipped({"word/document.xml": bomb.encode()})
    yield (
        "entity bomb behind a comment",
        lambda n: zipped({"word/document.xml": ("<?xml version='1.0'?><!--" + " " * 5000 + "-->" + bomb).encode()}),
    )
    yield "entity bomb in UTF-16", lambda n: zipped({"word/document.xml": bomb.encode("utf-16")})
    yield (
        "external entity",
        lambda n: zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///dev/zero">]><a>&x;</a>'}),
    )
    yield "half characters", lambda n: _docx(paragraph.format("&#xD800;" * 10))
    yield "bytes that are no text", lambda n: zipped({"word/document.xml": bytes(range(256)) * 100})


def _archives() -> Iterator[tuple[str, Maker]]:
    def lying(n: int, at: int, value: int, size: int = 4) -> bytes:
        raw = bytearray(zipped({"word/document.xml": _xml("字" * n)}))
        start = raw.rindex(b"PK\x01\x02") + at
        raw[start : start + size] = value.to_bytes(size, "little")
        return bytes(raw)

    yield "lies: a small size", lambda n: lying(n, 24, 10)
    yield "lies: a huge size", lambda n: lying(n, 24, 2**32 - 2)
    yield "lies: packed size", lambda n: lying(n, 20, 2**31)
    yield "lies: its place", lambda n: lying(n, 42, 2**31)
    yield "lies: another method", lambda n: lying(n, 10, 99, 2)
    yield "lies: encrypted", lambda n: lying(n, 8, 1, 2)
    yield "many files", lambda n: zipped({f"{k}": b"" for k in range(min(n, zip_archive.MAX_FILES + 5))})
    yield "zeros", lambda n: zipped({"word/document.xml": bytes(100 * n)})
    yield "cut in half", lambda n: as_docx("字" * n)[: n // 2000 + 60]
    yield "nothing but an end", lambda n: b"PK\x05\x06" + bytes(18)
    yield "the same name twice", lambda n: _twice()
    yield "a name without end in the archive", lambda n: zipped({"n" * 60_000: b"x"})


def _twice() -> bytes:
    import warnings

    data = BytesIO(as_docx(TEA))
    with warnings.catch_warnings(), zipfile.ZipFile(data, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", b"<a>")
    return data.getvalue()


def _sheets() -> Iterator[tuple[str, Maker]]:
    good: dict[str, list[list[object]]] = {"表": [["项目", "数值"], ["甲", 12]]}

    def after(text: str) -> bytes:
        return as_xlsx(good, after_rows=text)

    text = "<is><t>远</t></is>"
    for number in (1_048_576, 1_048_577, 10**9, 10**12, 10**30, -1, 0):
        yield (
            f"row number {number}",
            lambda n, k=number: after(f'<row r="{k}"><c r="A{k}" t="inlineStr">{text}</c></row>'),
        )
    for column in ("XFD", "ZZZ", "ZZZZZZZZ"):
        yield (
            f"column {column}",
            lambda n, k=column: after(
                "".join(f'<row r="{r}"><c r="{k}{r}" t="inlineStr">{text}</c></row>' for r in range(3, n // 100))
            ),
        )
    yield (
        "empty cells far to the right",
        lambda n: after("".join(f'<row r="{r}"><c r="XFD{r}"/></row>' for r in range(3, n // 10))),
    )
    yield (
        "rows far apart on many sheets",
        lambda n: as_xlsx(
            dict.fromkeys((f"表{k}" for k in range(200)), good["表"]),
            after_rows='<row r="1000000"><c><v>1</v></c></row>',
        ),
    )
    yield (
        "rows without an order",
        lambda n: after("".join(f'<row r="{n - r}"><c><v>1</v></c></row>' for r in range(n // 50))),
    )
    yield "a cell of all characters", lambda n: as_xlsx({"表": [["甲", "乙"], ["字" * n, 1]]})
    yield "a row of many cells", lambda n: as_xlsx({"表": [[1] * min(n, 200_000)]})
    yield "many rows", lambda n: as_xlsx({"表": [[1, 2]] * (n // 4)})
    yield "a name of a sheet", lambda n: as_xlsx({"长" * n: good["表"]})
    yield "many sheets", lambda n: as_xlsx({f"表{k}": [[1, 2]] for k in range(min(n // 100, 5000))})
    yield "numbers beyond all bounds", lambda n: after("<row><c><v>1e999</v></c><c><v>" + "9" * 4000 + "</v></c></row>")
    yield "a date beyond the calendar", lambda n: after('<row><c t="d"><v>99999-99-99</v></c></row>')
    yield "a string that is not there", lambda n: after('<row><c t="s"><v>999999999</v></c></row>')
    yield (
        "merged cells",
        lambda n: as_xlsx(good, before_rows='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    yield "a huge dimension", lambda n: as_xlsx(good, before_rows='<dimension ref="A1:XFD1048576"/>')


def _pages() -> Iterator[tuple[str, Maker]]:
    yield "depth", lambda n: b"<div>" * (n // 5) + "甲。".encode()
    yield "depth of tables", lambda n: b"<table><tr><td>" * 20_000 + "甲".encode()
    yield "depth of fonts", lambda n: b"<p>" + b"<b><i>" * 20_000 + "甲".encode()
    yield "formatting reopened", lambda n: b"<p><b><i><u><s>" + b"<p>x" * (n // 4)
    yield (
        "attributes of one tag",
        lambda n: b"<p " + b" ".join(b"a%d=1" % k for k in range(min(n // 10, 20_000))) + b">x",
    )
    yield "a title without end", lambda n: as_html(TEA, head='<meta charset="utf-8"><title>' + "长" * n + "</title>")
    yield "an attribute without end", lambda n: b'<p title="' + b"a" * n
    yield "a comment without end", lambda n: as_html(TEA) + b"<!--" + b"-" * n
    yield "entities", lambda n: b"<p>" + b"&lt;" * (n // 4)
    yield "half entities", lambda n: b"<p>" + b"&" * n
    yield "links", lambda n: b"<a href=x>y</a><br>" * (n // 20)
    yield "lists", lambda n: b"<ul><li>" * (n // 8)
    yield "cells", lambda n: b"<table>" + b"<tr><td>1<td>2" * (n // 14)
    yield "tables that are not closed", lambda n: b"<table><tr><td><p>x" * min(n // 19, 5000)
    yield "a script without end", lambda n: as_html(TEA)[:-14] + b"<script>" + b"x" * n
    yield "bytes of two encodings", lambda n: '<meta charset="gbk"><p>滨河'.encode("gbk") + "滨河".encode() * 50
    yield "an encoding that is none", lambda n: b'<meta charset="no-such"><p>' + bytes([0x81, 0xFF]) * 100
    yield (
        "an archive of pages",
        lambda n: as_mhtml(as_html("甲\n" * (n // 2))).replace(
            b"multipart/related", b"multipart/related; x=" + b"y" * 1000
        ),
    )
    yield (
        "parts in parts",
        lambda n: b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (k, k) for k in range(400)
        ),
    )


def _portable() -> Iterator[tuple[str, Maker]]:
    def pdf(*objects: bytes) -> bytes:
        body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (k, each) for k, each in enumerate(objects, 1))
        return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)

    def drawn(data: bytes, more: bytes = b"") -> bytes:
        packed = zlib.compress(data, 9)
        stream = b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)
        return pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R " + more + b">>",
            stream,
        )

    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    yield "pages in a circle", lambda n: pdf(catalog, b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>")
    yield (
        "a page that is its own parent",
        lambda n: pdf(catalog, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 3 0 R >>"),
    )
    yield (
        "two billion pages",
        lambda n: pdf(
            catalog,
            b"<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        ),
    )
    yield (
        "a form that draws itself",
        lambda n: pdf(
            catalog,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources 5 0 R >>",
            b"<< /Length 5 >> stream\n/F Do\nendstream",
            b"<< /XObject << /F 6 0 R >> >>",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R /Length 11 >> stream\n/F Do /F Do\nendstream",
        ),
    )
    yield (
        "lengths in a circle",
        lambda n: pdf(
            catalog,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            b"<< /Length 4 0 R >> stream\nx\nendstream",
        ),
    )
    yield "a stream of zeros", lambda n: drawn(bytes(200 * n))
    yield "saved states", lambda n: drawn(b"q " * (20 * n))
    yield "paths", lambda n: drawn(b"0 0 m 1 1 l S " * (5 * n))
    yield (
        "texts",
        lambda n: drawn(
            b"BT /F 1 Tf (x) Tj ET " * (n // 2),
            b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> ",
        ),
    )
    yield (
        "filters on filters",
        lambda n: pdf(
            catalog,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            b"<< /Length 1 /Filter [" + b"/FlateDecode " * 5000 + b"] >> stream\nx\nendstream",
        ),
    )
    yield "arrays in arrays", lambda n: pdf(b"[" * n, catalog)
    yield (
        "tables of places in a circle",
        lambda n: (
            b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
        ),
    )
    yield "pages without text", lambda n: as_pdf([[]] * min(n // 100, 3000))
    yield "a page of many lines", lambda n: as_pdf([["滨河新区建成三座公园"] * (n // 60)])
    yield "many pages", lambda n: as_pdf([["滨河新区建成三座公园。"]] * min(n // 200, 2000))
    yield "cut", lambda n: as_pdf([["滨河新区。"]])[:-300]


def _tables() -> Iterator[tuple[str, Maker]]:
    yield "small rows", lambda n: "甲,乙\n".encode() * (n // 4)
    yield "one row", lambda n: "甲,".encode() * (n // 2)
    yield "quotes that are not closed", lambda n: '"甲\n'.encode() * (n // 3)
    yield "a head without end", lambda n: ("名" * n + ",数值\n甲,12\n").encode()
    yield "empty rows", lambda n: ("名,数\n" + ",\n" * (n // 2)).encode()
    yield "a text beyond the limit", lambda n: b"a,b\n" * (5 * 1024 * 1024)


def _plain() -> Iterator[tuple[str, Maker]]:
    yield "a text beyond the limit", lambda n: b"x" * (17 * 1024 * 1024)
    yield "more lines than the limit", lambda n: b"x\n" * 600_000
    yield "a file beyond the limit", lambda n: bytes(65 * 1024 * 1024)
    yield "nearly UTF-8", lambda n: "滨河".encode() * n + b"\xff"
    yield "half of a character", lambda n: ("滨河" * n).encode()[:-1]
    yield "two encodings", lambda n: ("滨河" * 200).encode("gbk") + ("學校" * 200).encode("big5")
    yield "zeros", lambda n: bytes(n)
    yield "UTF-16 with half a pair", lambda n: b"\xff\xfe" + b"\x00\xd8" * 100
    yield "a mark alone", lambda n: b"\xff\xfe"
    yield "random bytes", lambda n: bytes(k * k * 7919 % 251 for k in range(n))


def _packed(method: int, *members: tuple[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, raw in members:
            archive.writestr(zipfile.ZipInfo(name), raw, method)
    return data.getvalue()


def _folders() -> Iterator[tuple[str, Maker]]:
    def nested(depth: int) -> bytes:
        raw = TEA.encode()
        for level in range(depth):
            raw = zipped({"茶.txt" if not level else "内.zip": raw})
        return raw

    def locked(raw: bytes) -> bytes:
        at = raw.rindex(b"PK\x01\x02") + 8
        return raw[:at] + b"\x01" + raw[at + 1 :]

    links = zipfile.ZipInfo("密.txt")
    links.create_system, links.external_attr = 3, 0o120777 << 16
    out = (
        "../外.txt",
        "/etc/passwd.txt",
        "C:\\外.txt",
        "..\\..\\外.txt",
        "a/../../外.txt",
        "\x1b[31m\u202e.txt",
        "." * 90 + ".txt",
    )
    yield "archives in archives", lambda n: nested(60)
    yield "more documents than are read", lambda n: zipped({f"{k}.txt": b"" for k in range(10_001)})
    yield "more names than are listed", lambda n: zipped({f"{k}.x": b"" for k in range(100_001)})
    yield "zeros in an archive", lambda n: zipped({"零.txt": bytes(100 * n)})
    yield "zeros by bzip2", lambda n: _packed(zipfile.ZIP_BZIP2, ("零.txt", bytes(100 * n)))
    yield "zeros by lzma", lambda n: _packed(zipfile.ZIP_LZMA, ("零.txt", bytes(100 * n)))
    yield "names that lead out", lambda n: zipped(dict.fromkeys(out, TEA.encode()))
    yield "names alike", lambda n: _packed(0, *[("茶.txt", TEA.encode())] * 300)
    yield "a link as a member", lambda n: _linked(links)
    yield "locked members", lambda n: locked(zipped({"茶.txt": TEA.encode()}))
    yield "an archive cut in half", lambda n: zipped({"茶.txt": TEA.encode() * 9})[:-60]


def _linked(link: zipfile.ZipInfo) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, b"/etc/passwd")
    return data.getvalue()


def _letters() -> Iterator[tuple[str, Maker]]:
    def letter(*fields: bytes, body: bytes = b"") -> bytes:
        return b"\r\n".join([b"From: a@example.com", b"Subject: x", *fields, b"", body])

    def parts(count: int) -> bytes:
        kind = b"Content-Type: multipart/mixed; boundary=x"
        return letter(kind, body=b"--x\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count + b"--x--\r\n")

    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (k, k) for k in range(900))
    mails = b"Content-Type: message/rfc822\r\n\r\nFrom: a@example.com\r\n" * 900
    base64 = (b"Content-Type: application/zip; name=a.zip", b"Content-Transfer-Encoding: base64")
    yield "parts in parts of a mail", lambda n: letter()[:-4] + b"\r\n" + deep
    yield "mails in mails", lambda n: letter()[:-4] + b"\r\n" + mails
    yield "more parts than are read", lambda n: parts(n // 40)
    yield "encoded words", lambda n: letter(b"Subject: " + b"=?utf-8?B?5rKI?= " * (n // 17))
    yield "a field without end", lambda n: letter(b"Content-Type: text/plain; " + b"a=b; " * (n // 5))
    yield (
        "a name in pieces",
        lambda n: letter(
            b"Content-Disposition: attachment" + b"".join(b"; filename*%d*=%%e5" % k for k in range(n // 30))
        ),
    )
    yield "half of base64", lambda n: letter(*base64, body=b"UEsDB" * (n // 5))
    yield "zeros by base64", lambda n: letter(*base64, body=b"AAAA" * (25 * n))
    yield (
        "a character set that is none",
        lambda n: letter(b'Content-Type: text/plain; charset="\0../x"', body=b"\x81\xff" * 99),
    )
    yield (
        "a codec that is no character set",
        lambda n: letter(b"Content-Type: text/plain; charset=idna", body=b"a." * n),
    )
    yield (
        "lines that were broken for the way",
        lambda n: letter(b"Content-Type: text/plain; format=flowed", body=b"x \r\n" * (n // 4)),
    )


def hostile() -> dict[str, Maker]:
    """Every hostile document by its file name."""
    made: dict[str, Maker] = {f"{name}.txt": lambda n, s=shape: s(n).encode() for name, shape in shapes().items()}
    made |= {f"{name}.docx": lambda n, s=shape: as_docx(s(n)) for name, shape in list(shapes().items())[:20:3]}
    made |= {f"{name}.html": lambda n, s=shape: as_html(s(n)) for name, shape in list(shapes().items())[1:30:4]}
    for suffix, kinds in {
        "docx": (_words, _archives),
        "xlsx": (_sheets,),
        "html": (_pages,),
        "pdf": (_portable,),
        "csv": (_tables,),
        "md": (_plain,),
        "zip": (_folders,),
        "eml": (_letters,),
    }.items():
        for kind in kinds:
            made |= {f"{name}.{suffix}".replace("/", " "): maker for name, maker in kind()}
    return made


@dataclass
class Outcome:
    """How many were tried and what became of them, and which were bad."""

    tries: int = 0
    bad: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")


def _key(said: Message) -> str:
    """Of what happened, without the next step."""
    values = dict(said.values)
    what = values.get("what")
    return what.key if isinstance(what, Message) else said.key


def _peak(whose: int) -> int:
    """The largest resident memory of a process so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(whose).ru_maxrss * unit


def attack(
    root: Path, size: int, every: int = 1, only: str = "", told: Callable[[str], None] = lambda line: None
) -> Outcome:
    """Build each `every`-th hostile document of about `size` characters into an index beside a good one."""
    outcome = Outcome()
    before = _peak(resource.RUSAGE_SELF)
    most = max(sandbox.MEMORY, _peak(resource.RUSAGE_CHILDREN))  # among other tests: theirs were larger, perhaps
    for number, (name, maker) in enumerate(hostile().items()):
        if number % every or only not in name:
            continue
        folder = root / f"{number}"
        folder.mkdir(parents=True)
        (folder / "好.txt").write_text(TEA, "utf-8")
        (folder / f"坏 {name}").write_bytes(maker(size))
        outcome.tries += 1
        began = time.monotonic()
        try:
            done = build(Settings(folder, root / f"embeddings-{number}"))
        except (TjqaError, Exception) as error:
            outcome.bad.append(f"{name}: the build was lost: {type(error).__name__}: {error}")
            continue
        took = time.monotonic() - began
        outcome.slowest = max(outcome.slowest, (took, name))
        end = next((_key(skipped.reason) for skipped in done.skipped if skipped.path != "好.txt"), "indexed")
        outcome.ends[end] += 1
        told(f"{took:7.1f} s  {end:20} {name}")
        if "好.txt" not in {summary.path for summary in done.sources}:
            outcome.bad.append(f"{name}: the good document was not indexed")
        if end == "file_unprocessed":
            outcome.bad.append(f"{name}: a fault of tjqa's own")
        if took > sandbox.CLOCK + GRACE:
            outcome.bad.append(f"{name}: {took:.0f} seconds")
        if _peak(resource.RUSAGE_CHILDREN) > most or _peak(resource.RUSAGE_SELF) > before + sandbox.MEMORY:
            outcome.bad.append(f"{name}: memory")
    return outcome


def main() -> int:
    """Attack with all of them; exit code 1 when anything is bad."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=300_000, help="characters of a document")
    parser.add_argument("--every", type=int, default=1, help="only each so many of the documents")
    parser.add_argument("--only", default="", help="only those with this word in their name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        outcome = attack(Path(root), options.size, options.every, options.only, lambda line: print(line, flush=True))
    sandbox.shared().close()
    print(f"{outcome.tries} tries, {len(outcome.bad)} bad; slowest {outcome.slowest[0]:.1f} s: {outcome.slowest[1]}")
    megabytes = [_peak(whose) // 2**20 for whose in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    print(f"peak memory: {megabytes[0]} MB of the reading process, {megabytes[1]} MB of the building one")
    print(", ".join(f"{key} {count}" for key, count in outcome.ends.most_common()))
    for line in outcome.bad:
        print(f"BAD {line}")
    return 1 if outcome.bad else 0


if __name__ == "__main__":
    sys.exit(main())
