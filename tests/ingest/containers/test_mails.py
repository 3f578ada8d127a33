"""Mails: fields, text, attachments, as many programs write them; broken and hostile ones."""

from __future__ import annotations

import base64
import random
from pathlib import Path

import pytest

from tests.support.formats import as_docx, zipped
from tests.support.helpers import REPORT, TEA, WATER
from tests.support.mails import as_mail, as_parts
from tjqa.documents import DocumentKind, DropReason
from tjqa.errors import SourcesError
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.containers import members, parameters
from tjqa.ingest.readers import extract, mail
from tjqa.ingest.readers.mail.fields import readable
from tjqa.ingest.sources import look_into, read_source


def written(head: str, body: bytes = b"text") -> bytes:
    """A mail with these fields."""
    return head.encode().replace(b"\n", b"\r\n") + b"\r\n\r\n" + body


def test_fields_text_and_day() -> None:
    """As mail programs show them; subject and day are the document's own."""
    found = extract(as_mail("各位:\r\n\r\n请查收附件。\r\n", "验收通知"), "信.eml")
    assert found.text == (
        "验收通知\n发件人: 沈怀民 <shen@example.com>\n收件人: lin@example.com\n日期: 2024-03-05 10:20\n\n"
        "各位:\n\n请查收附件。\n"
    )
    assert (found.title, found.published, found.kind) == ("验收通知", "2024-03-05", DocumentKind.DOCUMENT)
    assert [mark.span.of(found.text) for mark in found.headings] == ["验收通知"]


def test_title_and_day_of_the_article(tmp_path: Path) -> None:
    """Days that the text speaks of are not the mail's."""
    path = tmp_path / "信.eml"
    path.write_bytes(as_mail("时间: 2031年4月1日\n\n会议请准时参加,地点在三楼。\n", "关于召开评审会的通知"))
    (article,) = clean(read_source(tmp_path, path)).articles
    assert (article.title, article.published) == ("关于召开评审会的通知", "2024-03-05")


def test_fields_in_every_encoding() -> None:
    """Encoded words that cut a character in two, larger sets than are declared, bytes that were never encoded."""
    raw = "镕基水利".encode("gb18030")
    cut = "".join(f"=?gb2312?B?{base64.b64encode(raw[a:b]).decode()}?=\n " for a, b in ((0, 3), (3, 8)))
    assert readable(cut).strip() == "镕基水利"
    assert readable("=?UTF-8?Q?=E6=B0=B4_a?= b") == "水 a b"
    assert readable("=?utf-8?b?5rC0?= =?gbk?q?=C0=FB?=") == "水利"
    assert readable("=?never-heard-of?B?5rC0?=") == "水" or readable("=?never-heard-of?B?5rC0?=")
    assert readable("plain =? not ?= closed =?utf-8?B?") == "plain =? not ?= closed =?utf-8?B?"
    for codec in ("utf-8", "gb18030"):
        found = mail.read(b"Subject: " + "水库验收".encode(codec) + b"\r\nFrom: a@b\r\n\r\ntext", "a.eml")
        assert found.title == "水库验收"


def test_the_plain_form_is_read_and_the_web_page_where_there_is_none() -> None:
    """Of two forms of the same text one; a web page is read as one, furniture and all."""
    plain = "Content-Type: text/plain; charset=utf-8\r\n\r\n普通的文字。".encode()
    page = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>网页的文字。</p>"
    page += "<table><tr><td>年<td>数<tr><td>1<td>2</table><footer>页脚</footer>"
    both = b"From: a@b\r\nSubject: s\r\n" + as_parts([plain, page.encode()], "alternative")
    assert extract(both, "a.eml").text.endswith("\n\n普通的文字。\n")
    empty = b"Content-Type: text/plain\r\n\r\n \r\n"
    only = b"From: a@b\r\nSubject: s\r\n" + as_parts([empty, page.encode()], "alternative")
    found = extract(only, "a.eml")
    assert "普通" not in found.text and "网页的文字。\n年\t数\n1\t2\n" in found.text
    assert [table.span.of(found.text) for table in found.tables] == ["年\t数\n1\t2\n"]
    assert [(part.span.of(found.text), part.reason) for part in found.furniture] == [("页脚\n", DropReason.FOOTER)]


def test_lines_that_were_broken_for_the_way() -> None:
    """Are put together where the mail says so; signatures and quotes stay lines of their own."""
    body = "水库的总库容是 \r\n4200万立方米。\r\n> 引用 \r\n> 两行\r\n-- \r\n沈".encode()
    head = "From: a@b\nContent-Type: text/plain; charset=utf-8; format=flowed"
    assert extract(written(head, body), "a.eml").text.endswith(
        "水库的总库容是 4200万立方米。\n> 引用 \n> 两行\n-- \n沈\n"
    )
    told = extract(written(head + "; delsp=yes", body), "a.eml").text
    assert "水库的总库容是4200万立方米。" in told
    assert "水库的总库容是 \n4200" in extract(written(head.partition("; format")[0], body), "a.eml").text


def test_attachments_are_sources_of_their_own(tmp_path: Path) -> None:
    """By their names; a mail within, an archive, two of one name, and those of a mail that came as text."""
    inner = as_mail(TEA, "转来的信", [("表.docx", as_docx(WATER)), ("表.docx", as_docx(REPORT))])
    path = tmp_path / "信.eml"
    path.write_bytes(
        as_mail("见附件。", "通知", [("来信.eml", inner), ("包.zip", zipped({"文.txt": REPORT.encode()}))])
    )
    assert look_into(tmp_path).documents == (
        "信.eml", "信.eml/包.zip", "信.eml/包.zip/文.txt", "信.eml/来信.eml", "信.eml/来信.eml/表 (2).docx",
        "信.eml/来信.eml/表.docx",
    )  # fmt: skip
    assert read_source(tmp_path, path).encoding == "邮件(附件里有 5 个文件)"
    assert "4200万" in read_source(tmp_path, path / "来信.eml/表.docx").text
    assert "186.5亿元" in read_source(tmp_path, path / "来信.eml/表 (2).docx").text
    assert "一芽一叶" in read_source(tmp_path, path / "来信.eml").text
    assert read_source(tmp_path, path / "包.zip/文.txt").text == REPORT


def test_attachments_without_names_and_with_bad_ones(tmp_path: Path) -> None:
    """Are called by what they are; a name is one name, wherever it says it leads."""
    parts = [
        b"Content-Type: text/plain\r\n\r\nbody",
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==",
        b'Content-Type: text/csv; name="../../a.csv"\r\n\r\na,b',
        b"Content-Type: application/x\r\nContent-Disposition: attachment; filename*=utf-8''%E6%B0%B4.txt\r\n\r\nwater",
        b"Content-Type: message/rfc822\r\n\r\nSubject: =?utf-8?B?5rC0L+WIqQ==?=\r\nFrom: a@b\r\n\r\ninner",
        b"Content-Type: application/x; name=" + "库.txt".encode("gb18030") + b"\r\n\r\nlake",
    ]
    path = tmp_path / "信.eml"
    path.write_bytes(b"From: a@b\r\n" + as_parts(parts))
    assert members(path, "信.eml") == ("附件2.pdf", ".._.._a.csv", "水.txt", "水_利.eml", "库.txt") or members(
        path, "信.eml"
    ) == ("附件2.pdf", "水.txt", "水_利.eml", "库.txt")
    assert read_source(tmp_path, path / "水.txt").text == "water"
    assert read_source(tmp_path, path / "水_利.eml").text.startswith("水/利\n")


def test_mails_in_mails_end_somewhere(tmp_path: Path) -> None:
    """What lies too deep is told, as in archives."""
    raw = as_mail("最里面。", "0")
    for number in range(1, parameters.MOST_DEPTH + 3):
        raw = as_mail(f"第{number}层。", str(number), [("信.eml", raw)])
    path = tmp_path / "信.eml"
    path.write_bytes(raw)
    found = members(path, "信.eml")
    assert found == tuple("/".join(["信.eml"] * depth) for depth in range(1, parameters.MOST_DEPTH + 1))
    with pytest.raises(SourcesError, match="嵌套"):
        read_source(tmp_path, path / found[-1])
    assert "层" in read_source(tmp_path, path / found[-2]).text


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "不是邮件"),
        (b"only some text\n", "不是邮件"),
        (bytes(range(256)) * 9, "不是邮件"),
        (b"From: a@b\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIB", "加密"),
        (b"From: a@b\r\n" + as_parts([b"\r\nVersion: 1", b"\r\n-----"], "encrypted"), "加密"),
    ],
    ids=["nothing", "text", "noise", "smime", "pgp"],
)
def test_what_is_refused(raw: bytes, told: str) -> None:
    """No mail, an encrypted one, one in three thousand: each with its reason."""
    with pytest.raises(SourcesError, match=told) as caught:
        extract(raw, "信.eml")
    assert caught.value.hint


def test_three_thousand_mails_in_one_another(tmp_path: Path) -> None:
    """However deep: the first ones are listed, and whatever lies below is told."""
    path = tmp_path / "信.eml"
    path.write_bytes(b"From: a@b\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3_000)
    for name in ("", *members(path, "信.eml")):
        try:
            assert read_source(tmp_path, path / name).text == "发件人: a@b\n\n"
        except SourcesError as error:
            assert error.hint and "出错退出" not in error.what


def test_parts_in_parts_are_bounded() -> None:
    """Multipart in multipart, deeper than any program makes."""
    part = b"Content-Type: text/plain\r\n\r\ninner"
    for number in range(60):
        part = as_parts([part], border=f"b{number}")
    with pytest.raises(SourcesError, match="嵌套太深"):
        extract(b"From: a@b\r\n" + part, "信.eml")


@pytest.mark.parametrize("field", ["From", "To", "Subject", "Date", "Content-Type", "Content-Disposition"])
@pytest.mark.parametrize(
    "value",
    ["(" * 50_000, '"' + "\\" * 50_000, "=?utf-8?B?" * 20_000, "<" * 50_000, ";a*0=" * 9_000],
    ids=["comments", "quotes", "words", "brackets", "parameters"],
)
def test_hostile_fields_take_no_time(field: str, value: str) -> None:
    """Fields on which parsers call themselves, or go over the same again and again: the text is still read, or told."""
    raw = written(f"From: a@b\nX: y\n{field}: {value}", "水库的文字。".encode())
    try:
        found = mail.read(raw, "信.eml")
    except SourcesError as error:
        assert error.hint
    else:
        assert len(found.text) < 20_000


def test_a_cut_mail_is_read_as_far_as_it_goes() -> None:
    """Wherever it was cut off: what is there, or a message."""
    raw = as_mail(WATER, "水库", [("表.docx", as_docx(WATER))])
    draw = random.Random(1)
    for _ in range(60):
        try:
            found = mail.read(raw[: draw.randrange(len(raw))], "信.eml")
        except SourcesError as error:
            assert error.hint
        else:
            assert found.kind is DocumentKind.DOCUMENT
