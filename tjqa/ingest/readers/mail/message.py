"""A mail taken apart: its fields, the text that a mail program shows, and what is attached."""

from __future__ import annotations

import email.utils
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message
from email.policy import default
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from tjqa.errors import SourcesError
from tjqa.ingest.readers.mail.fields import Lenient, readable

MOST_PARTS = 2_000
"""Parts of one mail."""
DEEPEST = 40
"""Parts within one another; programs make four."""
_KNOWN_FIELDS = frozenset({"from", "to", "date", "subject", "received", "message-id", "return-path", "mime-version"})
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SHOWN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_NAMED = re.compile(rb"""cid:([^"'\s<>)]{1,300})""", re.IGNORECASE)
_POLICY = Lenient()


@dataclass(frozen=True, slots=True)
class Mail:
    """Header fields as they are shown; the day (ISO, empty when it tells none); the parts of its text in their order;
    what is attached: parts by a name each, which may be given twice."""

    subject: str
    sender: str
    to: str
    copies: str
    date: str
    day: str
    texts: tuple[Message, ...]
    attachments: tuple[tuple[str, Message], ...]


def parsed(raw: bytes, name: str) -> Mail:
    """Take a mail apart.

    Raises:
        SourcesError: it is no mail, is encrypted, or is nested deeper than any.
    """
    try:
        found = message_from_bytes(raw, policy=_POLICY)
        if not _KNOWN_FIELDS & {key.lower() for key in found.keys()}:  # noqa: SIM118  a message iterates over nothing
            raise SourcesError("mail_none", "save_again_hint", name=name)
        leaves = list(_leaves(found, name))
    except RecursionError as error:
        raise SourcesError("nested_deep", "save_again_hint", name=name) from error
    if any(_kind(part) in _LOCKED for part, _ in leaves):
        raise SourcesError("mail_locked", "mail_locked_hint", name=name)
    attached = [(_file_name(part, number), part) for number, (part, _) in enumerate(leaves, 1) if _is_attached(part)]
    shown = _shown_within([part for part, _ in leaves])
    return Mail(
        subject=_line(found, "subject"),
        sender=_line(found, "from"),
        to=_line(found, "to"),
        copies=_line(found, "cc"),
        date=(date := _shown_date(_line(found, "date"))),
        day=date[:10] if _SHOWN.fullmatch(date) else "",
        texts=tuple(part for part, shown in leaves if shown and not _is_attached(part)),
        attachments=tuple((name, part) for name, part in attached if part not in shown),
    )


def bytes_of(part: Message) -> bytes:
    """What a part holds, decoded; of an attached mail that mail."""
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        out = BytesIO()
        policy = default.clone(refold_source="none", cte_type="8bit")
        if isinstance(inner, list) and inner:
            BytesGenerator(out, mangle_from_=False, policy=policy).flatten(inner[0])
        return out.getvalue()
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _leaves(top: Message, name: str) -> Iterator[tuple[Message, bool]]:
    """The parts that hold something, in order, and whether a mail program shows them when they are text: of several
    forms of the same text it shows one."""
    left: list[tuple[Message, bool, int]] = [(top, True, 0)]
    count = 0
    while left:
        part, shown, depth = left.pop()
        count += 1
        if depth > DEEPEST or count > MOST_PARTS:
            raise SourcesError("nested_deep", "save_again_hint", name=name)
        inner: Any = part.get_payload()
        if part.get_content_maintype() != "multipart" or not isinstance(inner, list) or _kind(part) in _LOCKED:
            yield part, shown
            continue
        chosen = _chosen(inner) if part.get_content_subtype() == "alternative" else None
        below = [(one, shown and (chosen is None or one is chosen), depth + 1) for one in inner]
        left += reversed(below)


def _chosen(forms: list[Message]) -> Message | None:
    """The form of a text that is read: the plain one unless it is empty, else the last one, which is the richest."""
    for form in forms:
        if form.get_content_type() == "text/plain" and bytes_of(form).strip():
            return form
    return forms[-1] if forms else None


def _shown_within(parts: Sequence[Message]) -> list[Message]:
    """The pictures that the text of a mail shows in its middle: logos of signatures, and no attachments."""
    pictures = [part for part in parts if part.get_content_maintype() == "image"]
    if not pictures:
        return []
    pages = [bytes_of(part) for part in parts if _kind(part) == "text/html" and not _is_attached(part)]
    named = {unquote_to_bytes(name) for page in pages for name in _NAMED.findall(page)}
    return [part for part in pictures if _line(part, "content-id").strip("<> ").encode() in named]


def _kind(part: Message) -> str:
    return part.get_content_type()


def _is_attached(part: Message) -> bool:
    if part.get_content_type() == "message/rfc822":
        return True
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return not is_text or part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _file_name(part: Message, number: int) -> str:
    """What the attachment is called; without a name, what it is: 附件2.pdf."""
    given = readable(str(part.get_filename() or "")).strip()
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        subject = _line(inner[0], "subject") if isinstance(inner, list) and inner else ""
        given = given or subject.replace("/", "_").replace("\\", "_") or f"附件{number}"
        return given if given.lower().endswith(".eml") else f"{given}.eml"
    return given or f"附件{number}{mimetypes.guess_extension(part.get_content_type()) or ''}"


def _line(part: Any, key: str) -> str:
    """A field on one line, decoded; the parser is not asked, which is slow over hostile ones and may fail."""
    raw = next((str(value) for name, value in part.raw_items() if name.lower() == key), "")
    return " ".join(readable(raw).split())


def _shown_date(value: str) -> str:
    """2024-03-05 10:20, by the sender's clock; as it stands when it is no date."""
    try:
        return email.utils.parsedate_to_datetime(value).strftime("%Y-%m-%d %H:%M")
    except (ValueError, TypeError, IndexError, OverflowError):
        return value
