"""Broken documents: whole ones of every format, bent at random; and what must hold of whatever is read from them."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import copy
import hashlib
import io
import json
import random
import re
import tempfile
import zipfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import olefile

from tests.support.compound import CELL, ROW, as_doc, as_xls, compound, row_edges
from tests.support.formats import as_docx, as_html, as_mhtml, as_pdf, as_xlsx, word_table, zipped
from tests.support.helpers import REPORT, ROOT, TEA, WATER
from tests.support.mails import as_mail
from tests.support.ofd_files import as_ofd, ofd_line, ofd_lines, ofd_text
from tests.support.open_documents import as_epub
from tests.support.pdf_pages import Text, grid, lines, placed_pdf
from tests.support.slides import as_pptx, shape
from tests.support.slides import table as slide_table
from tests.support.word import as_word, word_box, word_field, word_paragraph, word_run
from tjqa.citations.locations import byte_range, place_name
from tjqa.documents import SourceFile
from tjqa.errors import SourcesError
from tjqa.ingest import parameters
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.containers import members, on_disk
from tjqa.ingest.outline import outline
from tjqa.ingest.readers import extract
from tjqa.ingest.readers.sandbox import Sandbox
from tjqa.ingest.readers.scans import stored
from tjqa.ingest.readers.scans.shapes import Box, ReadLine, RecognizedPage
from tjqa.ingest.sources import read_source
from tjqa.text.normalize import squeeze

PAGE = (
    f"<body><nav><a>首页</a>|<a>新闻</a></nav><article><h1>标题</h1><p>{REPORT}</p><table><tr><td>1<td>2</table></article>"
    f"<pre>{TEA}</pre><aside><a>甲</a><br><a>乙</a><br><a>丙</a></aside><p hidden>无</p><footer>页脚</footer></body>"
)
NUMBERS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText '
    'w:val="第%1章"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
RAISED = '<w:vertAlign w:val="superscript"/>'
OFFICE = as_word(
    word_paragraph("总则", properties='<w:pStyle w:val="1"/>')
    + word_paragraph("一", word_box(word_paragraph("盒")), word_run("4", RAISED), word_field("PAGE", "3"))
    + word_paragraph("二", '<w:r><w:footnoteReference w:id="1"/></w:r>', properties="<w:rPr><w:del/></w:rPr>")
    + word_paragraph(word_field(r"EQ \o\ac(○,3)"), "<m:oMath><m:f><m:num/><m:den/></m:f></m:oMath>")
    + word_table([["年份", "收入"], ["2021", "3.5"]]),
    styles=STYLES,
    numbering=NUMBERS,
    footnotes=f'<w:footnote w:id="1">{word_paragraph("注")}</w:footnote>',
    title="报告",
)
WHOLE: dict[str, bytes] = {
    "甲.txt": REPORT.encode(),
    "乙.txt": TEA.encode("gb18030"),
    "丙.txt": "\ufeff".encode("utf-16-le") + WATER.encode("utf-16-le"),
    "戊.md": (
        f"# 学院手册\n\n考勤办法\n(2019年9月1日发布 根据《县\n规定》修正)\n第一章 总则\n第一条 {TEA}\n第二条 有下列情形之一的:\n"
        f"(一)迟到;\n(二)旷课。\n第三条 {WATER}\n住宿办法\n云学〔2025〕9号\n1、总则\n{TEA}\n2、条件:\n(1)在校;\n(2)缴费。\n"
        "| 年份 | 收入 |\n| --- | --- |\n| 2021 | 3.5 |\n"
    ).encode(),
    "己.md": (
        f"---\ntitle: 茶\n---\n# 茶&emsp;产量\n\n<p>&emsp;<b>第一条</b>&emsp;{TEA}</p>\n\n{WATER}<br>见下<sup>1</sup>。\n\n<table>\n<tr><th>"
        "年份</th><th>收入</th></tr>\n\n<tr><td>2021</td><td>3.5</td></tr>\n</table>\n\n```\n<b>&lt;\n```\n`<i>`\n"
    ).encode(),
    "丁.csv": "年份,收入\n2021,3.5\n2022,4.1\n".encode(),
    "甲.html": PAGE.encode(),
    "乙.html": as_html(TEA, '<meta charset="gbk">', "gb18030"),
    "甲.mhtml": as_mhtml(PAGE.encode()),
    "甲.docx": as_docx(WATER, word_table([["年份", "收入"], ["2021", "3.5"]])),
    "乙.docx": OFFICE,
    "甲.xlsx": as_xlsx({"收入": [["年份", "收入"], [2021, 3.5], ["合计", None]], "支出": [["甲", "乙"]]}),
    "甲.xls": as_xls({"收入": [["年份", "收入"], [2021, 3.5], ["合计", None]], "支出": [["甲", "乙"]]}),
    "甲.ofd": as_ofd(
        [ofd_text(60, 20, "公报", 8) + ofd_lines(WATER.split("\n")) + ofd_line(30, 90, 130, 90)], title="公报"
    ),
    "甲.pptx": as_pptx(
        [
            shape("公报", kind="ctrTitle"),
            shape("收入", kind="title") + slide_table([["年份", "收入"], ["2021", "3.5"]]),
        ],
        notes={2: shape(TEA, kind="body")},
    ),
    "甲.doc": as_doc(
        [
            *WATER.split("\n")[:3],
            "见\x02附表。",
            ("年份\x07", CELL),
            ("收入\x07", CELL),
            ("\x07", ROW + row_edges(0, 9, 999)),
        ],
        notes=["注"],
    ),
    "乙.doc": (ROOT / "tests/data/formats/libreoffice.doc").read_bytes(),
    "甲.rtf": (ROOT / "tests/data/formats/libreoffice.rtf").read_bytes(),
    "甲.odt": (ROOT / "tests/data/formats/libreoffice.odt").read_bytes(),
    "甲.ods": (ROOT / "tests/data/formats/libreoffice.ods").read_bytes(),
    "甲.epub": as_epub({"a.xhtml": PAGE, "b.xhtml": f"<p>{TEA}</p>"}, title="茶", contents='<a href="b.xhtml">茶</a>'),
    "甲.eml": as_mail(TEA, "采摘标准", [("表.docx", as_docx(WATER))]),
    "乙.eml": as_mail(PAGE, "网页", [("信.eml", as_mail(TEA, "信"))], kind="text/html"),
    "甲.zip": zipped(
        {"目录/茶.txt": TEA.encode(), "内.zip": zipped({"页.html": PAGE.encode()}), "信.eml": as_mail(TEA, "信")}
    ),
    "甲.pdf": as_pdf([REPORT.split("\n")[:9], WATER.split("\n")]),
    "乙.pdf": placed_pdf(
        [
            [
                *grid([60, 160, 400], [100, 150, 200]),
                Text(65, 120, "河流"),
                Text(170, 120, "来水"),
                Text(170, 170, "大"),
            ],
            lines(["目录", *(f"第{n}章{'.' * 20}{n}" for n in range(1, 5)), "正文的文字。"]),
        ],
        title="公报",
        bookmarks=[("目录", 1)],
        annotations=["/Subtype /FreeText|typed"],
    ),
}
SCANS = {
    "甲.png": (ROOT / "tests/data/scans/notice.png").read_bytes(),
    "甲.jpg": (ROOT / "tests/data/scans/turned.jpg").read_bytes(),
    "甲.tif": (ROOT / "tests/data/scans/two_pages.tif").read_bytes(),
    "甲.bmp": (ROOT / "tests/data/scans/notice.bmp").read_bytes(),
    "甲.webp": (ROOT / "tests/data/scans/notice.webp").read_bytes(),
    "扫描.pdf": (ROOT / "tests/data/scans/spoiled.pdf").read_bytes(),
}
"""Pages without text: they are drawn, and read as if this had been recognised on each."""
RECOGNIZED = RecognizedPage(
    1000,
    1400,
    tuple(ReadLine(text, Box(100, 200 + 70 * n, 900, 250 + 70 * n), n == 2) for n, text in enumerate(TEA.split("\n"))),
    (Box(1, 1, 9, 9),),
)
WHOLE |= SCANS
ARCHIVES = (".docx", ".xlsx", ".pptx", ".ofd", ".odt", ".ods", ".epub", ".zip")
CODECS = {
    name: {"乙.txt": "gb18030", "乙.html": "gb18030", "丙.txt": "utf-16-le"}.get(name, "utf-8")
    for name in WHOLE
    if name.endswith((".txt", ".md", ".csv", ".html"))
}
# What breaks parsers oftener than chance bytes do.
TOKENS = [
    *(
        b"<",
        b">",
        b"</",
        b"<!--",
        b"<![CDATA[",
        b"&#x110000;",
        b"&lt;",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
    ),
    *(b"<table>", b"<select>", b"<svg>", b"<template>", b"<pre>", b"<plaintext>", b"<frameset>", b"<w:tc>", b"</w:p>"),
    *(b"stream", b"endobj", b"<<", b">>", b"[", b"0 R", b"-1", b"99999999999", b"\xf0\x9f\x92\xa9", b"\xed\xa0\x80"),
    *("。".encode() * 50, "　".encode(), b"\x1b[31m", b"charset=utf-7", b"Content-Type: multipart/mixed", b"--x--"),
]


# Lines that the cleaner and the packer read for more than words.
LINES = (
    "\n第一条 ", "\n(一)", "\n第二章 ", "\n1、", "\n1.2 ", "\n云学〔2025〕9号\n", "\n目录\n", "....12\n", "\n2024年1月2日\n", ":\n",
    "\n# ", "\n", "\n\n\n", "\t", "\n来源:", "\n责任编辑:", "\n上一篇:", "\n| --- |\n", "第99999条", "（" * 50,
)  # fmt: skip
VALUES = ("", "0", "-1", "1", "9", "99999999999999999999", "1e999", "NaN", "%1%9", "none", "begin", "end", "甲" * 300)


def bent(draw: random.Random, suffixes: Sequence[str] = ("",)) -> tuple[str, bytes]:
    """The name and bytes of a broken document, of the formats with these suffixes."""
    name, raw = draw.choice([one for one in WHOLE.items() if one[0].endswith(tuple(suffixes))])
    if name.endswith(ARCHIVES) and draw.random() < 0.7:
        return name, _inside(raw, draw)
    if name.endswith((".doc", ".xls")) and draw.random() < 0.8:
        return name, _within(raw, draw)
    if name in CODECS and draw.random() < 0.7:
        return name, rewritten(raw.decode(CODECS[name]), draw).encode(CODECS[name])
    return name, mutated(raw, draw)


def _inside(raw: bytes, draw: random.Random) -> bytes:
    """An archive with one of its files bent, so that its check sums are right and a parser gets to see it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(list(files))
    files[name] = draw.choice([mutated, reshaped])(files[name], draw)
    if draw.random() < 0.1:
        del files[draw.choice(list(files))]
    return zipped(files)


def _within(raw: bytes, draw: random.Random) -> bytes:
    """A container of before 2007 with bytes of its streams changed in their place, so that parsers get to see them."""
    with olefile.OleFileIO(raw) as container:
        streams = {name: container.openstream(name).read() for (name,) in container.listdir()}
    changed = bytearray(streams[name := draw.choice(list(streams))])
    used = max(1, len(changed.rstrip(b"\0")))
    for _ in range(draw.choice([1, 1, 2, 4, 8, 60])):
        at = draw.randrange(used)
        size = draw.choice([1, 2, 4])
        value = draw.choice(
            [draw.randbytes(size), b"\0" * size, b"\xff" * size, b"\x7f" * size, b"\1" + bytes(size - 1)]
        )
        changed[at : at + size] = value[: len(changed) - at]
    return compound(streams | {name: bytes(changed)})


def reshaped(raw: bytes, draw: random.Random) -> bytes:
    """XML that stays XML, with elements doubled, lost, put into others, and odd values: what bytes bent by chance hardly
    ever are."""
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError:
        return mutated(raw, draw)
    for _ in range(draw.choice([1, 2, 4, 8, 30])):
        inside = [element for element in root.iter() if len(element)]
        if not inside:
            break
        parent = draw.choice(inside)
        child = draw.choice(list(parent))
        kind = draw.randrange(5)
        if kind == 0:
            parent.remove(child)
        elif kind == 1:
            for _ in range(draw.choice([1, 1, 40])):
                parent.insert(draw.randrange(len(parent) + 1), copy.deepcopy(child))
        elif kind == 2:
            draw.choice(inside).append(copy.deepcopy(child))
        elif kind == 3 and child.attrib:
            child.set(draw.choice(list(child.attrib)), draw.choice(VALUES))
        elif kind == 4:
            child.tag = draw.choice(list(root.iter())).tag
    return ElementTree.tostring(root)


def mutated(raw: bytes, draw: random.Random) -> bytes:
    """Bytes with one to eight changes."""
    data = bytearray(raw)
    for _ in range(draw.choice([1, 1, 2, 4, 8])):
        at, size = draw.randrange(len(data) + 1), draw.choice([1, 2, 16, 200])
        data[at : at + draw.choice([0, 1, size])] = _change(data, at, size, draw)
    return bytes(data)


def rewritten(text: str, draw: random.Random) -> str:
    """Text that stays text, with stretches lost, doubled, moved and put in: most changed bytes are no characters, and a
    text with them is refused before anything looks at it."""
    for _ in range(draw.choice([1, 1, 2, 4, 8])):
        at, size = draw.randrange(len(text) + 1), draw.choice([1, 2, 16, 200])
        piece = text[at : at + size]
        kind = draw.randrange(4)
        if kind == 0:
            put = draw.choice(TOKENS).decode("utf-8", "ignore") * draw.choice([1, 1, 1, 40])
        elif kind == 1:
            put = piece * draw.choice([2, 30])
        elif kind == 2:
            put = "".join(draw.sample(sorted(set(text)), min(size, len(set(text))))) if text else ""
        else:
            put = draw.choice(LINES)
        text = text[:at] + put + text[at + draw.choice([0, size]) :]
    return text


def _change(data: bytearray, at: int, size: int, draw: random.Random) -> bytes:
    kind = draw.randrange(5)
    if kind == 0:
        return bytes([draw.randrange(256)])
    if kind == 1:
        return draw.randbytes(size)
    if kind == 2:
        return draw.choice(TOKENS) * draw.choice([1, 1, 1, 40])
    return bytes(data[at : at + size]) * draw.choice([2, 30]) if kind == 3 else b""


def require_told(error: SourcesError) -> None:
    """A message with its hint, and none that tells of a worker that crashed or was stopped."""
    assert error.what and error.hint
    assert "出错退出" not in error.what and not re.search("超过.*秒", error.what), error.what


def check_container(name: str, raw: bytes) -> None:
    """List what lies in an archive or a mail, and read all of it: each is read, or told.

    Raises:
        SourcesError: it cannot be opened.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        found = members(path, name)
        assert len(set(found)) == len(found)
        for member in found:
            assert not member.startswith("/") and ".." not in member.split("/")
            try:
                assert on_disk(path / member) == (path, member)
                read_source(Path(folder), path / member)
            except SourcesError as error:
                require_told(error)
        assert [one.name for one in Path(folder).iterdir()] == [name], "something was unpacked"


def draw_pages(sandbox: Sandbox, name: str, raw: bytes) -> list[int]:
    """Draw the first and the last page without text, as for recognition; the numbers of all of them.

    Raises:
        SourcesError: the file cannot be opened.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(raw)
        asked = {"file": str(Path(folder) / name), "name": name, "sha256": sha256}
        numbers = json.loads(sandbox.ask({"do": "scanned", **asked}, b"", name))
        for number in {*numbers[:1], *numbers[-1:]}:
            try:
                part = sandbox.ask({"do": "picture", "page": number, "box": [0, 0, 1, 0.5], **asked}, b"", name)
                assert part.startswith(b"\x89PNG")
            except SourcesError as error:
                require_told(error)
    return [int(number) for number in numbers]


_drawing = Sandbox(3 * 1024**3)


def keep_pages(raw: bytes, numbers: Sequence[int]) -> None:
    """As if `RECOGNIZED` had been recognised on these pages."""
    sha256 = hashlib.sha256(raw).hexdigest()
    for number in numbers:
        stored.keep(sha256, number, RECOGNIZED)
    stored.finish(sha256, numbers)


def check_document(name: str, raw: bytes, draws: bool = False) -> str:
    """Read, clean and pack a document; "read", "refused" (with a message), or AssertionError. With `draws` pages without
    text are drawn, too, which takes a moment and the extra `tjqa[ocr]`."""
    try:
        if name.endswith((".zip", ".eml")):
            check_container(name, raw)
        if name in SCANS:
            numbers = draw_pages(_drawing, name, raw) if draws else [0]
            keep_pages(raw, numbers)
        found = extract(raw, name)
    except SourcesError as error:
        require_told(error)
        return "refused"
    source = SourceFile(
        name, "0" * 64, found.encoding, found.text, found.codec, found.landmarks, found.furniture, found.sheets,
        found.kind, found.title, found.headings, found.tables, found.published, found.printed,
    )  # fmt: skip
    for printed in found.printed:
        assert len(printed.span) and printed.span.end <= len(found.text)
        assert all(0 <= share <= 1 for share in printed.box) and printed.page >= 0
    starts = [mark.start for mark in found.landmarks]
    assert starts == sorted(starts) and all(0 <= start <= len(found.text) for start in starts)
    assert all(part.span.end <= len(found.text) for part in (*found.furniture, *found.sheets, *found.tables))
    for heading in found.headings:
        line = heading.span.of(found.text)
        assert line and line == line.strip() and "\n" not in line and heading.size > 0, heading
    cleaned = clean(source)
    spans = [piece.span for article in cleaned.articles for piece in article.pieces]
    spans += [dropped.span for dropped in cleaned.dropped]
    at = 0
    for span in sorted(span for span in spans if len(span)):
        assert span.start == at, "the pieces do not tile the text"
        at = span.end
    assert at == len(found.text)
    passages = pack(source, cleaned)
    packed = sorted(passage.span for passage in passages)
    assert all(before.end <= after.start for before, after in pairwise(packed)), "a character in two passages"
    kept = "".join(span.of(found.text) for span in sorted(p.span for a in cleaned.articles for p in a.pieces))
    assert squeeze("".join(span.of(found.text) for span in packed)) == squeeze(kept), "a character in no passage"
    outline(source, cleaned)
    for passage in passages:
        assert passage.text == passage.span.of(found.text) and 0 < len(passage.text) <= parameters.LONGEST_PASSAGE
        place_name(source, passage.span)
        span = byte_range(source, passage.span)
        assert span is None or raw[span.start : span.end].decode(found.codec) == passage.text
    return "read"
