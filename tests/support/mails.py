"""Mails as programs write them."""

from __future__ import annotations

import base64
from collections.abc import Sequence

_HEAD = (
    b"From: =?utf-8?B?5rKI5oCA5rCR?= <shen@example.com>\r\nTo: lin@example.com\r\n"
    b"Date: Tue, 5 Mar 2024 10:20:00 +0800\r\n"
)


def as_mail(
    text: str,
    subject: str = "",
    attached: Sequence[tuple[str, bytes]] = (),
    kind: str = "text/plain",
    head: bytes = _HEAD,
) -> bytes:
    """A mail of one text, with attachments by their names; those named .eml are attached as mails."""
    title = f"Subject: =?utf-8?B?{base64.b64encode(subject.encode()).decode()}?=\r\n".encode() if subject else b""
    parts = [f"Content-Type: {kind}; charset=utf-8\r\n\r\n".encode() + text.encode()]
    parts += (_attachment(name, data) for name, data in attached)
    return head + title + as_parts(parts)


def as_parts(parts: Sequence[bytes], kind: str = "mixed", border: str = "甲") -> bytes:
    """The field that says so, and parts each with fields of its own; the border tells them apart from those within."""
    mark = f"=_{border.encode().hex()}_{sum(map(len, parts)):x}".encode()
    body = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts)
    return b'MIME-Version: 1.0\r\nContent-Type: multipart/%s; boundary="%s"\r\n\r\n%s--%s--\r\n' % (
        kind.encode(),
        mark,
        body,
        mark,
    )


def _attachment(name: str, data: bytes) -> bytes:
    title = f"=?utf-8?B?{base64.b64encode(name.encode()).decode()}?="
    place = f'Content-Disposition: attachment; filename="{title}"\r\n'
    if name.endswith(".eml"):
        return f"Content-Type: message/rfc822\r\n{place}\r\n".encode() + data
    written = base64.encodebytes(data)
    return (
        f"Content-Type: application/octet-stream\r\n{place}Content-Transfer-Encoding: base64\r\n\r\n".encode() + written
    )
