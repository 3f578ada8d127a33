"""tjqa.ingest.readers: every format gives its text with the places of its parts; hostile files end in a message."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import codecs
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.formats import as_docx, as_html, as_mhtml, as_pdf, as_xlsx, word_table, zipped
from tests.support.helpers import SEEDS, Finished
from tjqa.citations.locations import byte_range, place_name
from tjqa.documents import DropReason, Passage, Span
from tjqa.errors import SourcesError
from tjqa.ingest import readers
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.readers import PLAIN, SUFFIXES, extract, reader_of, sandbox, zip_archive
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.sources import read_source
from tjqa.text.normalize import squeeze

Run = Callable[..., Finished]
PARAGRAPH = "白鹭县全年地区生产总值达到186.5亿元,增长7.2%,新增就业3215人,城镇登记失业率控制在3.4%以内。"


def place_of(found: Extracted, text: str) -> str:
    """Where the reader says that a text stands."""
    start = found.text.index(text)
    return [mark.name for mark in found.landmarks if mark.start <= start][-1]


def refusal(raw: bytes, name: str) -> str:
    """The message with which a document is refused."""
    with pytest.raises(SourcesError) as caught:
        extract(raw, name)
    assert caught.value.hint, "no next step"
    return str(caught.value)


class TestPages:
    """HTML and MHTML."""

    def test_lines_are_those_a_reader_sees(self) -> None:
        """Blocks and line breaks make lines, cells are parted, blanks collapse, what is not shown is left out."""
        page = """<title>不要</title><style>不要</style><body><h1>标  题</h1><div>第一<b>段</b>
        续<script>不要</script></div>第二段<br>第三段<!-- 不要 --><p hidden>不要</p><p style="display: none">不要</p>
        <table><tr><th>年份<th>收入<tr><td>2021<td>3.5</table><pre>甲\n  乙</pre>&lt;p&gt;尾巴&#32;"""
        found = extract(page.encode(), "甲.html")
        assert found.text.split("\n") == [
            "标 题", "第一段 续", "第二段", "第三段", "年份\t收入", "2021\t3.5", "甲", "乙", "<p>尾巴", "",
        ]  # fmt: skip
        assert place_of(found, "第三段") == "第 4 段"
        assert found.encoding == "HTML UTF-8(不显示的 4 字没有读)"

    @pytest.mark.parametrize(
        ("head", "encoding", "label"),
        [
            ('<meta charset="gb2312">', "gb18030", "HTML GB18030"),
            ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5", "HTML BIG5"),
            ('<meta charset="utf-8">', "gb18030", "HTML GB18030"),  # declares one encoding and is in another
            ('<meta charset="gbk">', "utf-8", "HTML UTF-8"),
            ("", "utf-16", "HTML UTF-16LE BOM"),
        ],
    )
    def test_declared_and_real_encoding(self, head: str, encoding: str, label: str) -> None:
        """What the page declares counts only when it fits."""
        text = "這個學校的學生們說,今年以來大家種下了三百棵樹,這是最好的一年。"
        page = as_html(text, head).decode().replace("页面", "").encode(encoding)
        found = extract(page, "甲.html")
        assert (found.text, found.encoding) == (text + "\n", label)

    def test_declared_furniture_is_handed_on(self) -> None:
        """nav, aside and the page's footer are furniture with a reason, as are runs of links; an article's are not."""
        page = f"""<body><nav><a>首页</a> <a>新闻</a></nav><article><h1>标题</h1><p>{PARAGRAPH}<a>来源</a></p>
        <footer>文章的脚注</footer></article><ul><li><a>甲地新闻一则</a><li><a>乙地新闻一则</a><li><a>丙地新闻</a></ul>
        <footer>某网站</footer></body>"""
        found = extract(page.encode(), "甲.html")
        furniture = {part.reason: part.span.of(found.text) for part in found.furniture}
        assert furniture == {
            "导航": "首页 新闻\n",
            "链接列表": "甲地新闻一则\n乙地新闻一则\n丙地新闻\n",
            "页脚": "某网站\n",
        }

    def test_furniture_is_dropped_with_its_reason_unless_it_is_all(self, tmp_path: Path) -> None:
        """The cleaner takes the page's word for it; of a page that is nothing but links it keeps the links."""
        nav = "<nav><a>首页</a><a>关于这个网站的一切</a></nav>"
        (tmp_path / "a.html").write_text(f"<body>{nav}<h1>年度工作报告</h1><p>{PARAGRAPH}</p></body>")
        (tmp_path / "b.html").write_text("".join(f"<p><a>第{n}条新闻的标题在这里</a></p>" for n in range(9)))
        cleaned = clean(read_source(tmp_path, tmp_path / "a.html"))
        assert [d.reason for d in cleaned.dropped if d.reason != "空白"] == ["导航"]
        assert cleaned.articles[0].title == "年度工作报告"
        assert clean(read_source(tmp_path, tmp_path / "b.html")).articles

    def test_saved_archives(self) -> None:
        """The page is found beside its pictures; an archive without one is told."""
        assert extract(as_mhtml(as_html("标题\n正文")), "甲.mhtml").text == "标题\n正文\n"
        assert "没有网页" in refusal(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", "甲.mht")

    def test_nothing_is_lost_in_depth(self) -> None:
        """Five thousand nested elements, never closed: the last word is there."""
        assert extract(b"<div>" * 5000 + "尾巴".encode(), "深.html").text == "尾巴\n"


class TestOffice:
    """Word and Excel."""

    def test_paragraphs_and_tables_of_word(self) -> None:
        """One line a paragraph, one line a row; breaks and tabs are kept; what was deleted or doubled is not."""
        extra = (
            word_table([["年份", "收入"], ["2021", "3.5亿"]])
            + "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
            + '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice><w:r><w:t>新</w:t></w:r></mc:Choice>'
            "<mc:Fallback><w:r><w:t>旧</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        )
        found = extract(as_docx("标题\n\n正文", extra), "甲.docx")
        assert found.text == "标题\n\n正文\n年份\t收入\n2021\t3.5亿\n甲\n乙\t丙\n新\n"
        assert (place_of(found, "正文"), place_of(found, "2021"), found.encoding) == ("第 2 段", "第 4 段", "DOCX")

    def test_rows_of_workbooks(self) -> None:
        """Cells as people write them, the sheet and row of each line."""
        rows = [["年份", "收入"], [2021, 3.5], [None, None], ["合计", 0.1 + 0.2]]
        found = extract(as_xlsx({"收入": rows, "空表": [], "支出": [[1, 2]]}), "甲.xlsx")
        assert found.text == "年份\t收入\n2021\t3.5\n合计\t0.3\n1\t2\n"
        assert place_of(found, "合计") == "收入 第 4 行"
        assert [(s.title, s.numbers, s.span.of(found.text)[:2]) for s in found.sheets] == [
            ("收入", (1, 2, 4), "年份"),
            ("支出", (1,), "1\t"),
        ]

    def test_sheets_that_claim_to_be_endless(self) -> None:
        """A format in the very last cell does not make seventeen billion cells to walk over."""
        far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'
        raw = as_xlsx({"表": [["年份", "收入"], [2021, 3.5]]}, '<dimension ref="A1:XFD1048576"/>', far)
        found = extract(raw, "远.xlsx")
        assert found.text.split("\n")[:2] == ["年份\t收入", "2021\t3.5"] and found.text.strip().endswith("远")
        assert place_of(found, "远") == "表 第 1048576 行"

    def test_rows_are_never_furniture_and_know_their_columns(self, tmp_path: Path) -> None:
        """Every row of a table is kept, whatever its words, and carries the names of its columns."""
        rows = "姓名,联系电话\n" + "".join(f"首页{n},1380000{n:04}\n" for n in range(60))
        (tmp_path / "通讯录.csv").write_text(rows)
        source = read_source(tmp_path, tmp_path / "通讯录.csv")
        cleaned = clean(source)
        packed = pack(source, cleaned)
        assert cleaned.dropped == ()
        assert squeeze("".join(p.text for p in packed)) == squeeze(rows)
        assert {p.title for p in packed} == {"通讯录"}
        rows_of = [p.table for p in packed if p.table is not None]
        assert len(rows_of) == 60
        assert {tuple(column.heads for column in table.columns) for table in rows_of} == {(("姓名",), ("联系电话",))}

    @pytest.mark.parametrize("name", ["甲.docx", "甲.xlsx"])
    def test_damaged_archives_are_told(self, name: str) -> None:
        """Cut, overwritten or foreign: a message with the next step."""
        whole = as_docx(PARAGRAPH) if name.endswith("docx") else as_xlsx({"表": [["a", "b"], [1, 2]]})
        for raw in (b"", b"PK\x03\x04", whole[: len(whole) // 2], zipped({"other.txt": b"x"}), b"%PDF-1.7"):
            assert "甲" in refusal(raw, name)


class TestPdf:
    """PDF."""

    def test_lines_broken_by_the_margin_are_joined(self) -> None:
        """A paragraph is one line again; one that ended, a numbered heading and a new page begin new ones."""
        wide = "白鹭县全年地区生产总值达到一百八十六亿元增长百分之七"
        more = "其中第一产业增加值二十一亿元第二产业增加值八十九亿元"
        pages = [["年度报告", wide, more, "到此为止。", "一、下一节", "短行"], ["第二页的文字。"]]
        found = extract(as_pdf(pages), "甲.pdf")
        assert [line.strip() for line in found.text.split("\n") if line.strip()] == [
            "年度报告", wide + more + "到此为止。", "一、下一节", "短行", "第二页的文字。",
        ]  # fmt: skip
        assert (place_of(found, "短行"), place_of(found, "第二页的")) == ("第 1 页", "第 2 页")

    def test_running_heads_are_furniture(self) -> None:
        """What stands at the edge of every page, with another number each time, is no text."""
        pages = [["白鹭县年鉴", f"第{n}章的正文在这里。", f"第 {n} 页"] for n in range(1, 6)]
        found = extract(as_pdf(pages), "甲.pdf")
        assert len(found.furniture) == 10
        assert {part.reason for part in found.furniture} == {"页眉页脚"}
        assert not any("正文" in part.span.of(found.text) for part in found.furniture)

    def test_scanned_and_partly_scanned(self) -> None:
        """A scan is named with what to do; pages without text in between are counted."""
        assert "扫描件" in refusal(as_pdf([[], []]), "扫描.pdf")
        assert extract(as_pdf([["有字"], []]), "半.pdf").encoding == "PDF(2 页中 1 页没有文字)"

    def test_missing_fonts_are_told(self) -> None:
        """Characters set one by one in a font that is nowhere are not taken for a scan or lost silently."""
        assert "字体没有嵌入" in refusal(as_pdf([["白", "鹭", "县"]]), "缺.pdf")
        assert extract(as_pdf([["白", "鹭", "白鹭县"]]), "缺.pdf").encoding == "PDF(字体没有嵌入,可能缺字)"

    def test_damaged_files_are_told(self) -> None:
        """Cut or foreign bytes are refused."""
        whole = as_pdf([["文字"]])
        for raw in (b"", b"%PDF-1.7\n", whole[:60], b"\0" * 500):
            assert "不是完好的 PDF" in refusal(raw, "坏.pdf")


def seed_passages(path: Path) -> list[str]:
    """Passages of a document by their text, blanks apart."""
    return [squeeze(p.text) for p in passages_of(path)]


def passages_of(path: Path) -> list[Passage]:
    """Passages of a document, each proved to be its slice, and in plain text its bytes."""
    source = read_source(path.parent, path)
    packed = pack(source, clean(source))
    raw = path.read_bytes()
    for p in packed:
        assert p.span.of(source.text) == p.text
        if source.codec:
            span = byte_range(source, p.span)
            assert span is not None and raw[span.start : span.end].decode(source.codec) == p.text
        else:
            assert path.suffix in (".html", ".mhtml", ".docx") and place_name(source, p.span)
    return packed


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
@pytest.mark.parametrize(
    "form", ["gb18030", "utf-16-le", "utf-16-le BOM", "utf-16-be BOM", "utf-8 BOM CRLF", "html", "mhtml"]
)
def test_seeds_in_every_form_give_the_same_passages(seed: Path, form: str, tmp_path: Path) -> None:
    """The same text in another encoding or format is cut into the same passages, every slice and byte span true."""
    text = seed.read_bytes().decode("utf-8").removeprefix("\ufeff")
    plain = text.replace("\r\n", "\n")
    codec, _, mark = form.partition(" ")
    if form in ("html", "mhtml"):
        path = tmp_path / f"甲.{form}"
        page = as_html(plain)
        path.write_bytes({"html": page, "mhtml": as_mhtml(page)}[form])
    else:
        path = tmp_path / "甲.txt"
        marks = {"utf-16-le BOM": codecs.BOM_UTF16_LE, "utf-16-be BOM": codecs.BOM_UTF16_BE}
        lead = codecs.BOM_UTF8 if mark == "BOM CRLF" else marks.get(form, b"")
        path.write_bytes(lead + (plain.replace("\n", "\r\n") if mark == "BOM CRLF" else text).encode(codec))
    assert seed_passages(path) == seed_passages(seed)


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_in_a_word_document_nothing_is_taken_for_the_furniture_of_a_page(seed: Path, tmp_path: Path) -> None:
    """Menus and notices that a page would lose are the author's words in Word: every line is kept."""
    text = seed.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    (tmp_path / "甲.docx").write_bytes(as_docx(text))
    source = read_source(tmp_path, tmp_path / "甲.docx")
    assert {dropped.reason for dropped in clean(source).dropped} <= {DropReason.BLANK, DropReason.CONTENTS}
    lost = sum(len(part.span) for part in clean(source).dropped if part.reason is DropReason.CONTENTS)
    assert lost == 0


def test_what_big5_can_hold_comes_back(tmp_path: Path) -> None:
    """The seeds in traditional characters, without what Big5 lacks: the same passages as in UTF-8."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    for seed in sorted(SEEDS.glob("*.txt")):
        held = convert(seed.read_bytes().decode("utf-8")).encode("big5", "ignore").decode("big5")
        (tmp_path / "甲.txt").write_bytes(held.encode("big5"))
        (tmp_path / "乙.txt").write_bytes(held.encode())
        assert read_source(tmp_path, tmp_path / "甲.txt").encoding == "Big5"
        assert seed_passages(tmp_path / "甲.txt") == seed_passages(tmp_path / "乙.txt")


def test_character_with_two_codes_has_no_byte_span(tmp_path: Path) -> None:
    """A Big5 file that writes a character by its second code cannot be written back: no bytes are claimed."""
    text = "這個學校的學生們說,今年以來大家種下了三百棵樹,這是最好的一年。"
    (tmp_path / "甲.txt").write_bytes(text.encode("big5") + b"\xa2\xcc")  # 十, whose usual code is A4 51
    source = read_source(tmp_path, tmp_path / "甲.txt")
    assert source.encoding == "Big5" and source.text.startswith(text)
    assert byte_range(source, Span(0, 2)) is None


class BadRequest:
    """In place of json: a request that no worker survives."""

    loads = json.loads

    @staticmethod
    def dumps(request: object) -> str:
        """Not JSON."""
        return "{"


class TestHostile:
    """Files made to break a reader."""

    @pytest.mark.slow
    def test_zip_bombs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ten kilobytes that unpack to hundreds of megabytes, or to very many files, are not unpacked."""
        bomb = zipped({"word/document.xml": bytes(64 * 1024 * 1024)})
        assert "解压后有 64 MB" in refusal(bomb, "弹.docx")
        assert "解压后有 64 MB" in refusal(bomb, "弹.xlsx")
        many = zipped({f"{n}": b"" for n in range(zip_archive.MAX_FILES + 1)})
        assert f"{zip_archive.MAX_FILES + 1} 个文件" in refusal(many, "多.docx")

    def test_bomb_that_lies_about_its_size(self) -> None:
        """A directory that promises ten bytes gets no more than ten read."""
        raw = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 10_000_000 + b"</a>"}))
        at = raw.rindex(b"PK\x01\x02")
        raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
        assert "已损坏" in refusal(bytes(raw), "谎.docx")

    @pytest.mark.parametrize(
        "xml",
        [
            '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>',
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            "<a>&#xD800;</a>",
            "<a>\0</a>",
            "<a>" * 200_000,
            "",
        ],
        ids=["entity", "external", "surrogate", "NUL", "deep", "empty"],
    )
    def test_hostile_xml(self, xml: str) -> None:
        """Entities, half characters, zero bytes and endless depth are refused, nothing is fetched."""
        assert "已损坏" in refusal(zipped({"word/document.xml": xml.encode()}), "毒.docx")

    @pytest.mark.slow
    def test_reader_that_takes_too_long_is_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Tags of as many attributes as are allowed keep a parser busy: it is killed, the next file read."""
        page = (b"<p " + b" ".join(b"a%d=1" % n for n in range(990)) + b">x") * 1000
        extract(b"<p>x", "热.html")  # the worker is up
        monkeypatch.setattr(sandbox, "SECONDS", 1.0)
        assert "超过 1 秒" in refusal(page, "慢.html")
        monkeypatch.undo()
        assert extract(b"<p>x", "好.html").text == "x\n"

    def test_reader_that_crashes_is_replaced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A worker that dies takes only its file along."""
        monkeypatch.setattr(sandbox, "json", BadRequest)
        assert "出错退出" in refusal(b"<p>x", "崩.html")
        monkeypatch.undo()
        assert extract(b"<p>x", "好.html").text == "x\n"

    def test_huge_line_and_odd_characters(self) -> None:
        """Five million characters on one line are read; NULs and half characters in HTML become no surprise."""
        assert len(extract(b"<p>" + "字".encode() * 5_000_000, "长.html").text) == 5_000_001
        assert "不是文本" in refusal(b"<p>a\0b\0c" + bytes(100), "零.html")
        assert extract(b"<p>&#xD800;&#0;x", "半.html").text.endswith("x\n")

    def test_threads_take_turns(self) -> None:
        """Two threads reading at once each get their own file's text."""
        found: dict[int, str] = {}

        def read(number: int) -> None:
            found[number] = extract(f"<p>{number}".encode(), "甲.html").text

        threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == {number: f"{number}\n" for number in range(8)}


@pytest.mark.slow
def test_library_of_every_format(tjqa: Run, tmp_path: Path) -> None:
    """A folder of all formats is indexed, asked, checked; a citation names page or paragraph; a scan is named."""
    folder = tmp_path / "各种"
    folder.mkdir()
    (folder / "报告.pdf").write_bytes(as_pdf([["封面"], ["白鹭县全年地区生产总值达到286.5亿元,增长7.2%。"]]))
    (folder / "水库.docx").write_bytes(
        as_docx("石桥水库介绍\n\n石桥水库始建于1958年,总库容4200万立方米,灌溉农田6.3万亩。")
    )
    (folder / "学校.html").write_bytes(as_html("学校简介\n\n白鹭第一中学占地120亩,在校学生3400人,教师260人。"))
    (folder / "收入.xlsx").write_bytes(
        as_xlsx({"乡镇": [["乡镇", "财政收入(万元)"], ["云岭镇", 5321], ["河口镇", 4210]]})
    )
    (folder / "扫描.pdf").write_bytes(as_pdf([[]]))
    shown = tjqa("index", sources=folder)
    assert shown.code == 0
    assert "扫描.pdf  略过：扫描.pdf 是扫描件" in shown.out
    assert {path.suffix for path in folder.iterdir()} <= SUFFIXES
    for question, words, place in (
        ("全年地区生产总值达到多少?", "286.5亿元", "第 2 页"),
        ("石桥水库的总库容是多少?", "4200万立方米", "第 2 段"),
        ("白鹭第一中学有多少在校学生?", "3400人", "第 2 段"),
        ("云岭镇的财政收入是多少?", "5321", "乡镇 第"),
    ):
        out = tjqa("ask", question, sources=folder).out
        assert words in out and place in out, out
    assert tjqa("check", sources=folder).code == 0
    assert "没有改动" in tjqa("index", sources=folder).err
    (folder / "水库.docx").write_bytes(as_docx("石桥水库介绍\n\n石桥水库的总库容改为4300万立方米。"))
    assert tjqa("check", sources=folder).code == 1
    assert "4200万" not in tjqa("ask", "石桥水库的总库容是多少?", sources=folder).out.split("\n")[0]


def test_every_reader_is_registered() -> None:
    """A module of readers/ that can read is one that a suffix leads to: an unknown suffix is taken for plain text."""
    folder = Path(readers.__file__).parent
    files = {path.stem: path for path in folder.glob("*.py")} | {
        path.parent.name: path for path in folder.glob("*/__init__.py")
    }
    able = {name for name, path in files.items() if "\ndef read(" in path.read_text("utf-8")}
    assert able == {module for module, _ in readers.READERS.values()} | {readers.MARKDOWN_WITH_HTML}


def test_another_version_of_a_reader_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each foreign format has a reader with its version, which a new version changes; plain text needs none."""
    assert {reader_of(suffix) for suffix in PLAIN} == {""}
    assert all(reader_of(suffix) for suffix in SUFFIXES - PLAIN)
    assert reader_of(".pdf").split()[1][0].isdigit()


def test_archives_that_are_encrypted_are_told() -> None:
    """A Word document with a password is no zip archive, and an encrypted member says so."""
    raw = bytearray(as_docx("秘密"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    with pytest.raises((RuntimeError, zipfile.BadZipFile)):
        zipfile.ZipFile(__import__("io").BytesIO(bytes(raw))).read("word/document.xml")
    assert "加密" in refusal(bytes(raw), "密.docx")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("---\ntitle: 农田保护办法\ntags: \n  - 法规\ndate: 2024-06-24\n---\n", "农田保护办法"),
        ('---\r\nTitle: "农田保护办法"\r\n---\r\n', "农田保护办法"),
        ("---\nlayout: post\n---\n", ""),
    ],
)
def test_what_a_sites_program_reads_above_markdown_is_no_text(head: str, title: str) -> None:
    """Its title is the document's; the rest is told as left out."""
    text = f"{head}第一条 为了保护农田,制定本办法。\n"
    found = extract(text.encode(), "甲.md")
    assert found.text == text and found.title == title
    assert [part.span.of(text) for part in found.furniture] == [head]


@pytest.mark.parametrize(
    "text", ["---\n\n正文。\n---\n", "---\ntitle: 甲\n正文没有完。\n", "标题\n---\ntitle: 甲\n---\n"]
)
def test_rules_within_markdown_are_none_of_that(text: str) -> None:
    """A line of --- parts paragraphs, and what is never closed is text."""
    assert not extract(text.encode(), "甲.md").furniture
