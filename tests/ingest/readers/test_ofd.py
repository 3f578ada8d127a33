"""OFD: text by its places, pages, templates, tables with rules; damaged and hostile files."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.support.formats import zipped
from tests.support.ofd_files import NAME, as_ofd, ofd_line, ofd_lines, ofd_parts, ofd_text
from tjqa.documents import DocumentKind
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract, ofd
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.ofd.pages import steps

LINES = ["云岭县今年开工建设三座水库,总投资一百二十三亿元,其中", "中央补助四成。", "第二段。"]


def read(*pages: str, **more: object) -> Extracted:
    """A file of these pages."""
    return ofd.read(as_ofd(pages, **more), "公文.ofd")


def test_lines_and_pages() -> None:
    """Lines below each other, each page in its place, larger lines as headings, the title of the properties."""
    first = ofd_text(60, 20, "关于修路的通知", 8) + ofd_lines(LINES)
    found = read(first, ofd_lines(["附件的文字"]), title="修路通知")
    assert found.text.split("\n")[0] == "关于修路的通知"
    assert found.text.replace("\n", "") == "关于修路的通知" + "".join(LINES) + "附件的文字"
    assert [mark.name for mark in found.landmarks] == ["第 1 页", "第 2 页"]
    assert found.text[found.landmarks[1].start :] == "附件的文字\n"
    assert (found.kind, found.encoding, found.title) == (DocumentKind.DOCUMENT, "OFD", "修路通知")
    assert [mark.span.of(found.text) for mark in found.headings] == ["关于修路的通知"]


def test_order_is_that_of_the_page() -> None:
    """Not that of the file; pieces of one line are joined."""
    page = ofd_text(30, 50, "第二行。") + ofd_text(42, 30, "一行。") + ofd_text(30, 30, "这是第")
    assert read(page).text == "这是第一行。\n第二行。\n"


def test_tables_with_rules() -> None:
    """Cells by the rules around them."""
    xs, ys = (30, 80, 130), (30, 40, 50, 60)
    rules = "".join(ofd_line(30, y, 130, y) for y in ys) + "".join(ofd_line(x, 30, x, 60) for x in xs)
    cells = [["地区", "收入"], ["云岭县", "12.5"], ["白鹭县", "8.7"]]
    texts = "".join(ofd_text(32 + 50 * c, 37 + 10 * r, t) for r, row in enumerate(cells) for c, t in enumerate(row))
    found = read(rules + texts)
    assert found.text == "地区\t收入\n云岭县\t12.5\n白鹭县\t8.7\n"
    assert len(found.tables) == 1


def test_templates_and_shared_drawings() -> None:
    """What stands behind a page and what pages share are parts of it."""
    content = f"<ofd:Content>{ofd_text(0, 4, '印发')}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="7">{content}</ofd:CompositeGraphicUnit>'
    unit = f"<ofd:Res {NAME}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    page = ofd_text(30, 50, "正文。") + '<ofd:CompositeObject ID="3" ResourceID="7" Boundary="30 70 50 10"/>'
    found = read(
        page,
        common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>",
        templates={"5": ofd_text(30, 20, "发票联")},
        files={"Doc_0/PublicRes.xml": unit},
    )
    assert found.text == "发票联\n正文。\n印发\n"


def test_outline_is_headings() -> None:
    """Entries whose name is a line of their page."""
    action = '<ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="Fit" PageID="100"/></ofd:Goto></ofd:Action>'
    entry = f'<ofd:OutlineElem Title="第一章 总则"><ofd:Actions>{action}</ofd:Actions></ofd:OutlineElem>'
    found = read(ofd_lines(["第一章 总则", "第一条 文字。"]), outline=entry)
    assert [(mark.span.of(found.text), mark.level) for mark in found.headings] == [("第一章 总则", 1)]


def test_places_of_characters() -> None:
    """Repeated steps, scaled and turned text, text without steps, what is not shown."""
    assert steps("g 3 2.5 4 g 9 1", 6) == [2.5, 2.5, 2.5, 4, 1, 1]
    assert steps("g 99999999999 1 x", 3) == [1, 0] and steps("g 5", 9) == [0, 5]
    assert read(ofd_text(30, 30, "水位12.5米", code='Note=""')).text == "水位12.5米\n"
    turned = ofd_text(30, 60, "水印", more='CTM="0 1 -1 0 0 0"')
    hidden = ofd_text(30, 90, "不见", more='Visible="false"')
    outside = ofd_text(30, 400, "纸外")
    assert read(ofd_text(30, 30, "正文。") + turned + hidden + outside).text == "正文。\n水印\n"


@pytest.mark.parametrize(
    ("more", "inside", "seen"),
    [
        ('Alpha="0"', "", False),
        ('Alpha="128"', "", True),
        ('Fill="false"', "", False),
        ('Fill="false" Stroke="false"', "", False),
        ('Fill="false" Stroke="true"', "", True),
        ("", '<ofd:FillColor Value="0 0 0" Alpha="0"/>', False),
        ("", '<ofd:FillColor Value="0 0 0" Alpha="255"/>', True),
        ('Stroke="true"', '<ofd:FillColor Alpha="0"/><ofd:StrokeColor Value="0 0 0"/>', True),
        ('Fill="false" Stroke="true"', '<ofd:StrokeColor Alpha="0"/>', False),
    ],
)
def test_text_that_leaves_nothing_on_the_page(more: str, inside: str, seen: bool) -> None:
    """It is not read, but on a picture: there it is what was recognized in a scan."""
    text = ofd_text(30, 60, "白鹭县的树。", more=more).replace("<ofd:TextCode", f"{inside}<ofd:TextCode")
    shown = "青禾市的路。\n白鹭县的树。\n"
    assert read(ofd_text(30, 40, "青禾市的路。") + text).text == (shown if seen else "青禾市的路。\n")
    scan, logo = (f'<ofd:ImageObject ID="7" Boundary="{box}" ResourceID="1"/>' for box in ("0 0 210 297", "5 5 20 20"))
    assert read(scan + ofd_text(30, 40, "青禾市的路。") + text).text == shown
    assert read(logo + ofd_text(30, 40, "青禾市的路。") + text).text == (shown if seen else "青禾市的路。\n")


def test_pages_that_cannot_be_read_are_told() -> None:
    """Their number stands beside the format; the others are read."""
    parts = ofd_parts([ofd_lines(["甲的文字"]), ofd_lines(["乙的文字"])])
    parts["Doc_0/Pages/Page_1/Content.xml"] = b"<broken"
    found = ofd.read(zipped(parts), "公文.ofd")
    assert found.text == "甲的文字\n" and found.encoding == "OFD(2 页中 1 页没有文字,1 页的内容没有读出)"


def composites(inside: str) -> bytes:
    """A page with a shared drawing 0; `inside` is what each of thirty holds, %d the number of the next."""
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit>'.replace(
            "%d", str(n + 1)
        )
        for n in range(30)
    )
    res = f"<ofd:Res {NAME}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    page = ofd_text(30, 50, "正文。") + '<ofd:CompositeObject ResourceID="0" Boundary="0 0 1 1"/>'
    return as_ofd([page], common="<ofd:PublicRes>R.xml</ofd:PublicRes>", files={"Doc_0/R.xml": res})


def test_drawings_that_hold_each_other() -> None:
    """A circle ends; tenfold drawings of tenfold drawings are told."""
    circle = composites('<ofd:CompositeObject ResourceID="0" Boundary="0 0 1 1"/>' + "<!--%d-->")
    assert ofd.read(circle, "圈.ofd").text == "正文。\n"
    with pytest.raises(SourcesError, match="太多"):
        extract(composites('<ofd:CompositeObject ResourceID="%d" Boundary="0 0 1 1"/>' * 10), "弹.ofd")


WHOLE = as_ofd([ofd_lines(LINES)])
ENTITY = f'<!DOCTYPE a [<!ENTITY a "{"啊" * 99}">]><ofd:Page {NAME}/>'
DEEP = "<ofd:PageBlock>" * 100_000 + "</ofd:PageBlock>" * 100_000
ENDLESS = "".join('<ofd:Page ID="1" BaseLoc="P.xml"/>' for _ in range(30_000))


def parts_with(name: str, text: str) -> bytes:
    """A sound file, one part of which is another."""
    return zipped(ofd_parts([ofd_lines(LINES)]) | {name: text.encode()})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        WHOLE[: len(WHOLE) // 2],
        zipped({"a.xml": b"<a/>"}),
        parts_with("OFD.xml", "<ofd"),
        parts_with("Doc_0/Document.xml", f"<ofd:Document {NAME}/>"),
        parts_with("Doc_0/Pages/Page_0/Content.xml", ENTITY),
        as_ofd([""]),
        as_ofd([DEEP]),
        as_ofd(
            [], files={"Doc_0/Document.xml": f"<ofd:Document {NAME}><ofd:Pages>{ENDLESS}</ofd:Pages></ofd:Document>"}
        ),
    ],
    ids=["empty", "cut", "no-ofd", "no-xml", "no-pages", "entities", "no-text", "deep", "endless"],
)
def test_damaged_and_hostile_files_are_told(raw: bytes) -> None:
    """A message with what to do."""
    with pytest.raises(SourcesError) as told:
        extract(raw, "坏.ofd")
    assert "坏.ofd" in str(told.value) and told.value.hint


def test_a_bomb_is_not_unpacked() -> None:
    """Sizes are looked at first."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", b" " * (64 * 1024 * 1024))
    with pytest.raises(SourcesError, match="MB"):
        extract(data.getvalue(), "弹.ofd")
