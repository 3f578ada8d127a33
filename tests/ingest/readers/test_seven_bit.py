"""tjqa.ingest.readers.seven_bit: Chinese in bytes below 128, declared or known by its signs."""

from __future__ import annotations

import base64

import pytest

from tests.support.helpers import REPORT, TEA, WATER
from tests.support.mails import as_mail
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract, html
from tjqa.ingest.readers.mail.fields import readable

TEXT = "白鹭县今年建成三座公园,总面积12.5公顷。市民王女士说,晚饭以后来散步的人比去年多了一倍。\n"


def iso_2022_cn(text: str) -> bytes:
    """A text with each run of Chinese between SO and SI, as RFC 1922 has it."""
    out, shifted, lines = b"", False, []
    for line in text.split("\n"):
        out = b"\x1b$)A" if not line.isascii() else b""
        for char in line:
            if char.isascii() == shifted:
                out += b"\x0f" if shifted else b"\x0e"
                shifted = not shifted
            out += char.encode() if char.isascii() else bytes(byte & 0x7F for byte in char.encode("gb2312"))
        lines.append(out + (b"\x0f" if shifted else b""))
        shifted = False
    return b"\n".join(lines)


def encoded(text: str, label: str) -> bytes:
    """A text in one of the encodings."""
    codec = {"HZ": "hz", "UTF-7": "utf-7", "ISO-2022-JP": "iso2022_jp_2", "ISO-2022-KR": "iso2022_kr"}.get(label)
    return text.encode(codec) if codec else iso_2022_cn(text)


@pytest.mark.parametrize("label", ["HZ", "UTF-7", "ISO-2022-JP", "ISO-2022-CN"])
@pytest.mark.parametrize("name", ["文.txt", "文.md", "文.csv"])
@pytest.mark.parametrize("text", [TEXT, TEXT * 40, REPORT, "Part 1\n" + TEA, WATER])
def test_plain_text_is_known_by_its_signs(label: str, name: str, text: str) -> None:
    """Read, with the doubt told; no slice of it is the file's bytes."""
    found = extract(encoded(text, label), name)
    assert found.text == text
    assert found.encoding.startswith(label) and "编码存疑" in found.encoding
    assert found.codec == ""


@pytest.mark.parametrize(
    "text",
    [
        "a = {~b}; x = ~{0}; y ~{AB~} z\n" * 30,
        "See C++ and a+b, base64: +/ABCDEFGH+/abcdefgh+1234567890==\n" * 30,
        "1 + 1 = 2, +8613900000000, a+bcd-e\n" * 30,
        "\x1b[31mred\x1b[0m \x1b$B text\n" * 30,
        "~~struck~~ and ~{\n",
        "",
    ],
)
def test_what_only_looks_so_is_ascii(text: str) -> None:
    """Programs, sums, colours of terminals."""
    found = extract(text.encode(), "a.md")
    assert (found.text, found.encoding, found.codec) == (text, "UTF-8", "utf-8")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("ISO-2022-KR", "대한민국 정부는 올해 경제 성장률을 3.5%로 예상하고 있다."),
        ("ISO-2022-JP", "東京都は新しい公園を作ったと発表した。"),
    ],
)
def test_another_language_is_refused(label: str, text: str) -> None:
    """As it is in the encodings of eight bits."""
    with pytest.raises(SourcesError, match=f"存疑.*{label}"):
        extract(encoded(text, label), "a.txt")


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("hz-gb-2312", "HZ"),
        ("HZ", "HZ"),
        ("utf-7", "UTF-7"),
        ("unicode-1-1-utf-7", "UTF-7"),
        ("ISO-2022-JP", "ISO-2022-JP"),
        ("iso-2022-jp-2", "ISO-2022-JP"),
        ("iso-2022-cn", "ISO-2022-CN"),
        ("iso-2022-kr", "ISO-2022-KR"),
    ],
)
def test_mails_and_pages_are_read_as_they_declare(charset: str, label: str) -> None:
    """However short."""
    text = "白鹭" if label != "ISO-2022-KR" else "白鷺"
    raw = encoded(text, label)
    head = f"From: a@b.c\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    assert extract(head.encode() + raw, "a.eml").text.endswith(f"\n\n{text}\n")
    page = f'<html><head><meta charset="{charset}"></head><body><p>'.encode() + raw + b"</p></body></html>"
    found = html.read(page, "a.html")
    assert (found.text, found.encoding) == (f"{text}\n", f"HTML {label}")
    word = f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    assert readable(word) == text


@pytest.mark.parametrize("charset", ["hz-gb-2312", "utf-7", "iso-2022-jp", "iso-2022-cn"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_declaration_that_the_bytes_deny_counts_for_nothing(charset: str, codec: str) -> None:
    """Bytes from 128 on are in none of these encodings."""
    page = f'<html><head><meta charset="{charset}"></head><body><p>{TEXT}</p></body></html>'.encode(codec)
    assert html.read(page, "a.html").text == TEXT
    mail = as_mail(TEXT, "s").replace(b"charset=utf-8", f"charset={charset}".encode())
    assert TEXT.strip() in extract(mail, "a.eml").text


def test_characters_of_another_set_are_not_made_up() -> None:
    """ISO-2022-CN may hold Taiwan's sets, too, which Python does not know: no text."""
    raw = b"\x1b$)G\x0e$($(\x0f\n"
    head = b"From: a@b.c\r\nSubject: s\r\nContent-Type: text/plain; charset=iso-2022-cn\r\n\r\n"
    assert "\x1b" in extract(head + raw, "a.eml").text
