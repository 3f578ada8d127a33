"""Picture files: pages that have no text until they are recognised, and what is no page."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest

from tests.ingest.readers.test_scans import line, quiet, recognises, recognized
from tests.support.formats import zipped
from tests.support.helpers import ROOT, TEA
from tests.support.mails import as_mail, as_parts
from tjqa.citations.locations import place_name
from tjqa.documents import Span
from tjqa.errors import SourcesError
from tjqa.ingest import recognition
from tjqa.ingest.containers import members
from tjqa.ingest.readers import extract, scans
from tjqa.ingest.readers.scans import parameters
from tjqa.ingest.readers.scans.frames import frame, pages_of
from tjqa.ingest.readers.scans.shapes import RecognizedPage
from tjqa.ingest.sources import find_sources, look_into, read_source

DATA = ROOT / "tests" / "data" / "scans"
PNG, TIFF = (DATA / "notice.png").read_bytes(), (DATA / "two_pages.tif").read_bytes()
WORDS = RecognizedPage(1000, 800, (line("鹿角湾码头改造通报", 300, 60), line("鹿角湾码头改造工程十月完工。", 100, 200)))


def put(folder: Path, name: str, raw: bytes = PNG) -> Path:
    """A file in the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def picture(size: tuple[int, int], mode: str = "L", kind: str = "PNG", **options: object) -> bytes:
    """A picture of one colour."""
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def test_a_picture_says_how_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it was recognised, and without what recognises it."""
    path = put(tmp_path, "通报.png")
    for installed in (True, False):
        monkeypatch.setattr(scans, "is_installed", lambda installed=installed: installed)
        with pytest.raises(SourcesError, match="还没有识别") as told:
            read_source(tmp_path, path)
        assert "tjqa[ocr]" in told.value.hint
    assert told.value.message.key in scans.SCANNED


def test_a_recognised_picture_is_a_document(tmp_path: Path) -> None:
    """Its title, its mark, and its places; a TIFF has pages."""
    path = put(tmp_path, "通报.png")
    recognized(path, WORDS)
    found = read_source(tmp_path, path)
    assert found.text.startswith("鹿角湾码头改造通报\n") and found.encoding == "图片(△ 1 页据扫描件识别)"
    assert place_name(found, Span(0, 4)) == "第 1 页(△ 据扫描件识别,框 30.0,7.5-66.0,13.8)"
    pages = put(tmp_path, "通报.tif", TIFF)
    recognized(pages, WORDS, WORDS)
    assert [mark.name[:5] for mark in read_source(tmp_path, pages).landmarks] == ["第 1 页", "第 2 页"]


def test_a_photo_is_no_document(tmp_path: Path) -> None:
    """A sign on a house is not what anyone asks for; it is told, and not tried again."""
    path = put(tmp_path, "照片.jpg")
    recognized(path, RecognizedPage(1000, 800, (line("出口", 300, 60),)))
    with pytest.raises(SourcesError, match="只认出 2 个字") as told:
        read_source(tmp_path, path)
    assert told.value.message.key not in scans.SCANNED


@recognises
@pytest.mark.parametrize("name", ["notice.png", "notice.jpg", "notice.bmp", "notice.webp", "turned.jpg"])
def test_pictures_are_decoded(name: str) -> None:
    """Of every kind, as it is to be held, as large as a page that is drawn."""
    raw = (DATA / name).read_bytes()
    assert pages_of(raw, name) == 1
    assert frame(raw, 0, name).shape == (990, 1860, 3)


@recognises
def test_pages_of_a_tiff() -> None:
    """Each is a page; one more is none."""
    assert pages_of(TIFF, "甲.tif") == 2
    assert frame(TIFF, 1, "甲.tif").shape == (990, 1860, 3)
    with pytest.raises(SourcesError, match="不是完好的图片"):
        frame(TIFF, 2, "甲.tif")


@recognises
@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "TIFF"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP"), ("CMYK", "JPEG"), ("I;16", "PNG"), ("F", "TIFF")],
)
def test_colours_of_all_kinds(mode: str, kind: str) -> None:
    """Paper is white where nothing is drawn; all are read in three colours of eight bits."""
    made = frame(picture((300, 200), mode, kind), 0, "a.png")
    assert made.shape == (600, 900, 3) and made.dtype == "uint8"
    assert bool((made == 255).all()) == (mode in ("LA", "RGBA", "CMYK"))


@recognises
@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (PNG[:3000], "不是完好的图片"),
        (PNG[:40] + bytes(200) + PNG[240:], "不是完好的图片"),
        ((DATA / "notice.jpg").read_bytes()[:9000], "不是完好的图片"),
        (TIFF[:900], "不是完好的图片"),
        (b"", "不是完好的图片"),
        (b"<html>", "不是完好的图片"),
        (b"GIF89a" + bytes(40), "不是完好的图片"),
    ],
)
def test_damaged_pictures_are_told(raw: bytes, why: str) -> None:
    """Whatever the decoder makes of them."""
    with pytest.raises(SourcesError, match=why):
        extract(raw, "甲.png")


@recognises
def test_bombs_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their heads: a few bytes that decode to gigabytes; and pages without end."""
    with pytest.raises(SourcesError, match="太大"):
        extract(picture((20000, 9000), "1", "TIFF", compression="group4"), "甲.tif")
    with pytest.raises(SourcesError, match="太大"):
        extract(picture((30001, 10), "1"), "甲.png")
    with pytest.raises(SourcesError, match="放不下"):
        extract(picture((64, 64)), "图标.png")
    monkeypatch.setattr(parameters, "MOST_FRAMES", 1)
    with pytest.raises(SourcesError, match="有 1 页以上"):
        pages_of(TIFF, "甲.tif")


@recognises
def test_a_tiff_in_a_circle_ends() -> None:
    """Its last page leads to the first one again."""
    first = struct.unpack("<I", TIFF[4:8])[0]
    second = first + 2 + 12 * struct.unpack("<H", TIFF[first : first + 2])[0]
    last = struct.unpack("<I", TIFF[second : second + 4])[0]
    end = last + 2 + 12 * struct.unpack("<H", TIFF[last : last + 2])[0]
    assert TIFF[end : end + 4] == bytes(4)
    assert pages_of(TIFF[:end] + struct.pack("<I", first) + TIFF[end + 4 :], "甲.tif") == 2


def test_pictures_of_a_saved_page_are_none_of_their_own(tmp_path: Path) -> None:
    """What lies in the folder that the browser made beside it; what somebody put elsewhere is a document."""
    for name in (
        "新闻.html",
        "新闻_files/甲.png",
        "新闻_files/深/乙.JPG",
        "新闻_files/框.html",
        "旧.htm",
        "旧.files/丙.png",
    ):
        put(tmp_path, name)
    for name in ("新闻_扫描/丁.png", "别的_files/戊.png", "己.png"):
        put(tmp_path, name)
    own = ["别的_files/戊.png", "己.png", "新闻_files/框.html", "新闻_扫描/丁.png"]
    assert sorted(look_into(tmp_path).documents) == sorted([*own, "新闻.html", "旧.htm"])
    assert len(find_sources(tmp_path)) == 6
    packed = put(tmp_path, "包.zip", zipped({"页/新闻.html": b"", "页/新闻_files/甲.png": PNG, "页/乙.png": PNG}))
    assert sorted(members(packed, "包.zip")) == ["页/乙.png", "页/新闻.html"]


def test_pictures_within_the_text_of_a_mail(tmp_path: Path) -> None:
    """Logos that its text shows are no attachments; a picture that is attached is a document in the mail."""
    page = b'Content-Type: text/html; charset=utf-8\r\n\r\n<p>\xe8\xa7\x81<img src="cid:logo%40a"></p>'
    logo = b'Content-Type: image/png; name="l.png"\r\nContent-ID: <logo@a>\r\n\r\n'
    scan = b'Content-Type: image/png; name="s.png"\r\nContent-ID: <other@a>\r\n\r\n'
    mail = put(
        tmp_path, "信.eml", b"Subject: a\r\nDate: Tue, 5 Mar 2024 10:20:00 +0800\r\n" + as_parts([page, logo, scan])
    )
    assert members(mail, "信.eml") == ("s.png",)
    attached = put(tmp_path, "附.eml", as_mail(TEA, "信", [("通报.png", PNG)]))
    assert members(attached, "附.eml") == ("通报.png",)


@recognises
@pytest.mark.slow
def test_pictures_are_recognised(tmp_path: Path) -> None:
    """The pages of a TIFF, and a photo held on its side in an archive."""
    put(tmp_path, "通报.tif", TIFF)
    put(tmp_path, "包.zip", zipped({"通报.jpg": (DATA / "turned.jpg").read_bytes()}))
    names = ["通报.tif", "包.zip/通报.jpg"]
    assert recognition.recognize(tmp_path, names, quiet) == 2
    for name in names:
        found = read_source(tmp_path, tmp_path / name)
        assert "新增泊位“六个”，总投资8640万元。" in found.text
        assert {one.page for one in found.printed} == ({0, 1} if name.endswith("tif") else {0})
