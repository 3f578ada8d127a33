"""Mails (.eml): subject, sender, recipients and day as mail programs show them, then the text; the standard library's
`email` takes them apart. What is attached are documents of their own (tjqa/ingest/containers)."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message

from tjqa.documents import DocumentKind, Heading, Span
from tjqa.ingest.readers import html
from tjqa.ingest.readers.base import Extracted, joined
from tjqa.ingest.readers.decoding import decode
from tjqa.ingest.readers.mail.fields import decoded
from tjqa.ingest.readers.mail.message import Mail, bytes_of, parsed

_SUBJECT_TYPE = 1.5  # its size, in that of the text: programs set it larger


def read(raw: bytes, name: str) -> Extracted:
    """Fields and text.

    Raises:
        SourcesError: no mail, encrypted, or in no known encoding.
    """
    mail = parsed(raw, name)
    head = _head(mail)
    parts = [Extracted(head, "")]
    for part in mail.texts:
        found = _html(part, name) if part.get_content_type() == "text/html" else _plain(part, name)
        if found.text.strip():
            parts.append(found)
    whole = joined(parts)
    subject = Heading(Span(0, len(mail.subject)), 0, _SUBJECT_TYPE)
    return replace(
        whole,
        encoding="邮件",
        kind=DocumentKind.DOCUMENT,
        title=mail.subject,
        published=mail.day,
        headings=(subject, *whole.headings) if mail.subject else whole.headings,
    )


def _head(mail: Mail) -> str:
    fields = (("发件人", mail.sender), ("收件人", mail.to), ("抄送", mail.copies), ("日期", mail.date))
    lines = [mail.subject] if mail.subject else []
    return "\n".join([*lines, *(f"{label}: {value}" for label, value in fields if value)]) + "\n\n"


def _text_of(part: Message, name: str) -> str:
    raw = bytes_of(part)
    charset = str(part.get_content_charset("") or "")
    text = decoded(raw, charset) if charset and charset != "us-ascii" else None
    if text is None:
        text, _ = decode(raw, name)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _plain(part: Message, name: str) -> Extracted:
    text = _text_of(part, name)
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _unfolded(text, str(part.get_param("delsp") or "").lower() == "yes")
    return Extracted(text, "")


def _unfolded(text: str, drops_blank: bool) -> str:
    """Lines that a program broke for the way, and marked with a blank at their end, put together (RFC 3676)."""
    broken = r"(?m)^(?!-- $)(.*) \n(?![> ]|-- $)"
    return re.sub(broken, r"\1" if drops_blank else r"\1 ", text)


def _html(part: Message, name: str) -> Extracted:
    return html.read(b"\xef\xbb\xbf" + _text_of(part, name).encode("utf-8", "replace"), "a.html")
