"""Scanned pages: recognised once, marked wherever they are cited; what is doubtful never answers, what was not read is
told. Tests that recognise are skipped where `tjqa[ocr]` is not installed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.formats import as_pdf
from tests.support.helpers import ROOT, TEA, FakeEncoder, python
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_reading import read_export
from tjqa.citations.locations import printed_on
from tjqa.citations.pictures import picture_of
from tjqa.citations.verification import check_export
from tjqa.config import Settings, recognized_folder
from tjqa.documents import DropReason, Span
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError, UsageError
from tjqa.ingest import recognition
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.readers import extract, scans
from tjqa.ingest.readers.sandbox import Sandbox
from tjqa.ingest.readers.scans import stored
from tjqa.ingest.readers.scans.pages import lines_on
from tjqa.ingest.readers.scans.shapes import Box, ReadLine, RecognizedPage, from_json, to_json
from tjqa.ingest.sources import read_source, sha256_of
from tjqa.reports import Progress

DATA = ROOT / "tests" / "data" / "scans"
TWO, SPOILED = (DATA / "two_pages.pdf").read_bytes(), (DATA / "spoiled.pdf").read_bytes()
recognises = pytest.mark.skipif(not scans.is_installed(), reason="tjqa[ocr] is not installed")


def quiet(step: Progress) -> None:
    """Nobody is told."""


def line(text: str, x: float, y: float, doubtful: bool = False) -> ReadLine:
    """A line of characters that are 40 high and wide."""
    width = sum(40 if ord(char) > 0x2000 else 20 for char in text)
    return ReadLine(text, Box(x, y, x + width, y + 50), doubtful)


def recognized(path: Path, *pages: RecognizedPage) -> None:
    """Keep what would have been recognised."""
    sha256 = sha256_of(path)
    for number, page in enumerate(pages):
        stored.keep(sha256, number, page)
    stored.finish(sha256, range(len(pages)))


def put(folder: Path, raw: bytes = TWO) -> Path:
    """A scan in the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "扫描.pdf").write_bytes(raw)
    return folder / "扫描.pdf"


BLANK = RecognizedPage(1000, 1400, ())


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> list[RecognizedPage]:
    """What is recognised on the pages of TWO: it takes seconds a page, so once for all tests that have a use for it."""
    folder = tmp_path_factory.mktemp("scans")
    put(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))  # before a test has its own
        assert recognition.recognize(folder, ["扫描.pdf"], quiet) == 1
        pages = stored.all_pages(sha256_of(folder / "扫描.pdf"))
    return [pages[0], pages[1]]


def test_a_scan_says_how_it_is_read(tmp_path: Path) -> None:
    """Until it was recognised."""
    with pytest.raises(SourcesError, match="2 页都没有文字") as told:
        read_source(tmp_path, put(tmp_path))
    assert "tjqa[ocr]" in told.value.hint


def test_nothing_is_pending_without_the_extra(library: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is begun."""
    put(library.sources)
    report = build(library)
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    assert recognition.pending(report.skipped, report.sources) == []
    monkeypatch.setattr(recognition, "is_installed", lambda: True)
    assert recognition.pending(report.skipped, report.sources) == ["扫描.pdf"]


def test_places_of_recognised_pages_say_so(tmp_path: Path) -> None:
    """Paragraphs, titles and tables come about as those of other pages do."""
    text = "白鹭湖湿地的修复面积是三千二百亩左右。"
    words = [line("湿地修复方案", 300, 60), *(line(text, 100, 200 + 70 * n) for n in range(4))]
    path = put(tmp_path)
    recognized(path, RecognizedPage(1000, 1400, tuple(words)), BLANK)
    found = read_source(tmp_path, path)
    assert found.text.startswith("湿地修复方案\n白鹭湖湿地的修复面积")
    assert [mark.name for mark in found.landmarks] == ["第 1 页(△ 据扫描件识别)", "第 2 页(△ 据扫描件识别)"]
    assert found.encoding == "PDF(△ 2 页据扫描件识别)"


def test_doubtful_figures_never_answer(tmp_path: Path) -> None:
    """A line whose figures were read in two ways is shown, and in no passage, however little else there is."""
    lines = (line("全年收入为3876.5万元。", 100, 200, doubtful=True), line("支出情况另见附表。", 100, 400))
    path = put(tmp_path)
    for kept in (lines, lines[:1]):
        recognized(path, RecognizedPage(1000, 1400, kept), BLANK)
        found = read_source(tmp_path, path)
        assert "3876.5" in found.text
        assert [(part.reason, part.span.of(found.text)) for part in found.furniture] == [
            (DropReason.DOUBTFUL, "全年收入为3876.5万元。")
        ]
        cleaned = clean(found)
        assert all("3876" not in passage.text for passage in pack(found, cleaned))
        assert DropReason.DOUBTFUL in {part.reason for part in cleaned.dropped}


def test_a_doubtful_line_verifies_no_quote(place: Settings, encoder: FakeEncoder) -> None:
    """Its characters stand in the text, and perhaps not on the page; those of the line beside it do."""
    lines = (line("全年收入为3876.5万元。", 100, 200, doubtful=True), line("支出情况另见附表。", 100, 400))
    recognized(put(place.sources), RecognizedPage(1000, 1400, lines), BLANK)
    build(place)
    look_up = Engine.open(place).look_up
    assert look_up.quote("支出情况另见附表").state == "exact"
    assert look_up.quote("全年收入为3876.5万元").state == "doubtful"
    assert look_up.quote("支出情况另见附表。全年收入").state == "absent"


def test_a_doubtful_cell_takes_its_row_along() -> None:
    """A row that lost a cell would say something else."""
    rows = [[("年份", 100), ("收入", 500)], [("2020年", 100), ("35.2", 500)], [("2021年", 100), ("36.8", 500)]]
    lines = [line(text, x, 200 + 90 * n, text == "35.2") for n, row in enumerate(rows) for text, x in row]
    _, found = lines_on(RecognizedPage(1000, 1400, tuple(lines)), 500, 700, 0)
    assert [(one.text, one.drop) for one in found] == [
        ("年份\t收入", None), ("2020年\t35.2", DropReason.DOUBTFUL), ("2021年\t36.8", None),
    ]  # fmt: skip


def test_unread_ink_is_told(tmp_path: Path) -> None:
    """By its page; a page that could not be looked at at all, too."""
    path = put(tmp_path)
    page = RecognizedPage(1000, 1400, (line("有字的一行在这里。", 100, 200),), (Box(100, 600, 500, 640),))
    recognized(path, page, RecognizedPage(1, 1, (), (Box(0, 0, 1, 1),)))
    assert read_source(tmp_path, path).encoding == "PDF(△ 2 页据扫描件识别,没有认出的:第 1 页 1 处、第 2 页 1 处)"
    recognized(path, BLANK, BLANK)
    with pytest.raises(SourcesError, match="都没有认出文字"):
        read_source(tmp_path, path)


def test_pages_are_read_once_all_are_there(tmp_path: Path) -> None:
    """A text that grows with every page would move what is cited; one that is lost or damaged takes all back."""
    path = put(tmp_path)
    sha256 = sha256_of(path)
    page = RecognizedPage(1000, 1400, (line("有字的一行在这里。", 100, 200),))
    stored.keep(sha256, 0, page)
    with pytest.raises(SourcesError, match="没有文字"):
        read_source(tmp_path, path)
    recognized(path, page, page)
    assert read_source(tmp_path, path).text.count("有字的一行") == 2
    whole = to_json(page)
    odd = [whole.replace(b"1000", value) for value in (b'"a"', b"1e999", b"9" * 400)]
    for damage in (*odd, b"", b"{", b"[]", b'{"width": 0}', b"\xff" * 9, b"[" * 200_000):
        (place,) = recognized_folder().rglob("1.json")
        place.write_bytes(damage)
        with pytest.raises(SourcesError, match="没有文字"):
            read_source(tmp_path, path)
        stored.keep(sha256, 1, page)
    assert from_json(to_json(page)) == page


def test_citations_name_the_box(place: Settings, encoder: FakeEncoder) -> None:
    """Of the lines that a quote stands in; exports with it are verified, and one with another box is not."""
    path = put(place.sources)
    words = (
        line("石桥水库简报", 300, 60),
        line("石桥水库的总库容是4200万立方米。", 100, 200),
        line("灌溉面积另见附表。", 100, 900),
    )
    recognized(path, RecognizedPage(1000, 1400, words), BLANK)
    build(place)
    answer = Engine.open(place).ask("石桥水库的总库容是多少")
    assert answer.best[0].place == "第 1 页(△ 据扫描件识别,框 10.0,14.3-74.0,17.9)"
    for form in FORMATS:
        text = export([answer], form, date(2026, 11, 24))
        assert "框 10.0,14.3-74.0,17.9" in text
        checked = check_export(read_export(text), place.sources)
        assert checked.kept == checked.quotes > 0
        forged = read_export(text.replace("框 10.0,14.3-74.0,17.9", "框 10.0,14.3-74.0,27.9"))
        keys = {fault.reason.key for fault in check_export(forged, place.sources).faults if fault.quote is not None}
        assert keys == {"export_field_wrong"}


def test_lines_are_found_where_the_text_has_them(tmp_path: Path) -> None:
    """Alike ones in their order, short ones not within longer ones; a quote has the box around all of its lines."""
    table = [("年份", "数"), ("2020年", "20"), ("2021年", "20")]
    rows = [(cell, 100 + 400 * at, 200 + 90 * n) for n, row in enumerate(table) for at, cell in enumerate(row)]
    path = put(tmp_path)
    recognized(path, RecognizedPage(1000, 1000, tuple(line(*row) for row in rows)), BLANK)
    found = read_source(tmp_path, path)
    assert found.text == "年份\t数\n2020年\t20\n2021年\t20\n"
    places = {one.span.start: (one.span.of(found.text), one.box[:2]) for one in found.printed}
    assert sorted(places.values(), key=str) == sorted(((text, (x / 1000, y / 1000)) for text, x, y in rows), key=str)
    last = found.text.rindex("20")
    assert places[last] == ("20", (0.5, 0.38))
    assert printed_on(found, Span(0, last + 2)) == {0: (0.1, 0.2, 0.54, 0.43)}
    assert printed_on(found, Span(2, 3)) == {}


@recognises
@pytest.mark.slow
def test_text_tables_and_titles_of_a_scan(
    place: Settings, encoder: FakeEncoder, two_pages: list[RecognizedPage]
) -> None:
    """Through a library: recognised, answered from, cited with its mark, exported and verified."""
    (place.sources / "水利" / "水库.txt").unlink()  # the same text: which of two equal ones stands first is a tie
    path = put(place.sources)
    report = build(place)
    names = recognition.pending(report.skipped, report.sources)
    for number, page in enumerate(two_pages):
        stored.keep(sha256_of(path), number, page)
    assert names == ["扫描.pdf"] and recognition.recognize(place.sources, names, quiet) == 1
    assert build(place).embedded > 0 and build(place).unchanged
    engine = Engine.open(place)
    assert engine.check() == []
    best = engine.ask("石桥水库总库容多少万立方米").best[0]
    assert (
        "4200万立方米" in best.quote and best.path == "扫描.pdf" and best.place.startswith("第 1 页(△ 据扫描件识别,框 ")
    )
    assert best.title == "石桥水库除险加固工程完工"
    found = read_source(place.sources, place.sources / "扫描.pdf")
    assert "街道\t2020年\t2021年\n东街\t8,038.5\t4,894.0\n南街\t1,816.8\t2,440.8" in found.text
    for form in FORMATS:
        text = export([engine.ask("石桥水库总库容多少万立方米")], form, date(2026, 11, 24))
        assert "△ 据扫描件识别" in text
        checked = check_export(read_export(text), place.sources)
        assert checked.kept == checked.quotes > 0


@recognises
@pytest.mark.slow
def test_the_picture_of_a_piece(tmp_path: Path, two_pages: list[RecognizedPage]) -> None:
    """Of a quote on a recognised page the lines that hold it; of any other place a message."""
    path = put(tmp_path)
    with pytest.raises(SourcesError, match="没有文字"):
        picture_of(tmp_path, "扫描.pdf", Span(0, 1))
    recognized(path, *two_pages)
    text = read_source(tmp_path, path).text
    start = text.index("石桥水库位于")
    sizes = []
    for span in (Span(start, start + 30), Span(0, len(text))):
        data = picture_of(tmp_path, "扫描.pdf", span)
        assert data.startswith(b"\x89PNG\r\n")
        sizes.append((int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")))
    (width, height), (whole_width, whole_height) = sizes
    assert 1200 < width < 1800 and 1200 < whole_width < 1800 and 60 < height < 400 < 900 < whole_height
    (tmp_path / "茶.txt").write_text(TEA)
    with pytest.raises(UsageError, match="没有图片"):
        picture_of(tmp_path, "茶.txt", Span(0, 5))
    with pytest.raises(UsageError, match="不在资料文件夹"):
        picture_of(tmp_path, "../茶.txt", Span(0, 5))


@recognises
@pytest.mark.slow
def test_stopped_at_any_page_nothing_is_done_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, two_pages: list[RecognizedPage]
) -> None:
    """Ctrl-C between pages, or in the middle of one: pages that are done are not asked for again."""
    asked: list[int] = []
    real = Sandbox.ask

    def counted(self: Sandbox, request: dict[str, object], raw: bytes, name: str) -> bytes:
        if request["do"] != "recognize":
            return real(self, request, raw, name)
        asked.append(int(str(request["page"])))
        return to_json(two_pages[asked[-1]])  # as it would be, without the seconds

    def stopping(step: Progress) -> None:
        if step.done == 1 and len(asked) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Sandbox, "ask", counted)
    put(tmp_path)
    told: list[tuple[int, int]] = []
    with pytest.raises(KeyboardInterrupt):
        recognition.recognize(tmp_path, ["扫描.pdf"], stopping)
    assert asked == [0] and not stored.is_finished(sha256_of(tmp_path / "扫描.pdf"))
    recognition.recognize(tmp_path, ["扫描.pdf"], lambda step: told.append((step.done, step.total)))
    assert asked == [0, 1] and told == [(0, 2), (1, 2)]
    recognition.recognize(tmp_path, ["扫描.pdf"], quiet)
    assert asked == [0, 1]


@recognises
@pytest.mark.slow
def test_a_folder_of_nothing_but_scans(tmp_path: Path) -> None:
    """Is recognised first: there is nothing else to make an index of; the command answers afterwards. Figures that a
    fold took half of are doubtful, strokes of a pen that say nothing are told."""
    path = put(tmp_path / "件", SPOILED)
    environment = {"TJQA_SOURCES": str(tmp_path / "件"), "TJQA_EMBEDDINGS": str(tmp_path / "e"), "TJQA_MODEL": "fast"}
    made = python("-m", "tjqa", "index", "--fast", **environment)
    assert made.returncode == 0 and "△ 1 页据扫描件识别" in made.stdout, made
    asked = python("-m", "tjqa", "ask", "新建农村公路多少公里", "--fast", **environment)
    assert "64公里" in asked.stdout and "△ 据扫描件识别" in asked.stdout
    found = read_source(tmp_path / "件", path)
    passages = "".join(passage.text for passage in pack(found, clean(found)))
    assert "公路64公里" in passages and "4200万立方米" in passages
    assert "今年收入" in found.text and "今年收入" not in passages
    assert "没有认出的:第 1 页 1 处" in found.encoding


def test_a_page_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker crashes over it, or says nonsense: that page is unread, and the others are not lost."""

    def nonsense(self: Sandbox, request: dict[str, object], raw: bytes, name: str) -> bytes:
        return b"[0, 1]" if request["do"] == "scanned" else b"{"

    monkeypatch.setattr(Sandbox, "ask", nonsense)
    put(tmp_path)
    assert recognition.recognize(tmp_path, ["扫描.pdf", "没有.pdf"], quiet) == 1
    page = stored.page(sha256_of(tmp_path / "扫描.pdf"), 1)
    assert page is not None and page.unread and not page.lines


def test_a_page_that_never_came_to_run_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a computer that is busy with other things: that is not kept as what stands on it."""

    def busy(self: Sandbox, request: dict[str, object], raw: bytes, name: str) -> bytes:
        if request["do"] == "scanned":
            return b"[0, 1]"
        if request["page"] == 1:
            raise SourcesError("reader_stuck", "reader_hint", name=name, seconds="600")
        return to_json(BLANK)

    monkeypatch.setattr(Sandbox, "ask", busy)
    sha256 = sha256_of(put(tmp_path))
    assert recognition.recognize(tmp_path, ["扫描.pdf"], quiet) == 0
    assert stored.page(sha256, 0) == BLANK and stored.page(sha256, 1) is None and not stored.is_finished(sha256)


@recognises
def test_pages_with_text_are_not_recognised(tmp_path: Path) -> None:
    """Nor asked for."""
    path = put(tmp_path, as_pdf([TEA.split("\n")]))
    assert recognition.recognize(tmp_path, ["扫描.pdf"], quiet) == 0
    assert not list(recognized_folder().rglob("0.json"))
    assert extract(path.read_bytes(), "a.pdf").encoding == "PDF"
