"""Web pages: HTML and MHTML, as a browser would break them into lines.

Nothing visible is left out: what the page itself declares to be navigation, footer or sidebar is handed on as
furniture with its reason, and so are runs of lines that are links from end to end. docs/formats.md lists what is done
with each element.
"""

from __future__ import annotations

import email.errors
import email.policy
import re
from email.message import EmailMessage
from typing import Any

from tjqa.documents import DocumentKind
from tjqa.errors import SourcesError
from tjqa.ingest.readers import seven_bit
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.decoding import decode, decode_declared
from tjqa.ingest.readers.html_breaks import wrapping_breaks
from tjqa.ingest.readers.html_rules import Rules
from tjqa.ingest.readers.html_walk import Walk
from tjqa.text.days import days
from tjqa.text.normalize import fold

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
# No closing boundary, or characters that no base64 has: the file was cut off or changed on its way.
_CUT = (
    email.errors.CloseBoundaryNotFoundDefect,
    email.errors.InvalidBase64CharactersDefect,
    email.errors.InvalidBase64PaddingDefect,
    email.errors.InvalidBase64LengthDefect,
)
_MOST_ATTRIBUTES = 1_000  # of one tag: 20,000 take the parser five seconds
# A tag up to its end, which does not stand within a quoted value; no part of these is tried twice.
_TAG = re.compile(r"""</?[A-Za-z](?:[^>=]++|=\s*+"[^"]*"|=\s*+'[^']*'|=)*+""")
_ATTRIBUTE = re.compile(r"""[^\s/=>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?""")
_LABELS = dict.fromkeys(("gb2312", "gbk", "gb18030"), "GB18030") | dict.fromkeys(("big5", "big5-hkscs"), "Big5")
# What pages call the day of publication where programs look for it: PubDate, article:published_time, datePublished.
_PUBLISHED = re.compile(
    r"(?:.*[:._-])?(?:first)?(?:pub(?:lish(?:ed)?)?|release|issued?)[-_]?(?:date|time|at|on)|(?:.*[:._])?date[-_.]?(?:published|issued)"
)
_LINKED_DAY = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{1,40})"')
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)


def read(raw: bytes, name: str) -> Extracted:
    """The visible text of a page.

    Raises:
        SourcesError: not decodable, an archive without a page, or a tag of more attributes than any page has.
    """
    if name.lower().endswith((".mhtml", ".mht")):
        html, encoding = _archived(raw, name)
    else:
        html, encoding = _decoded(raw, name)
    _require_few_attributes(html, name)
    return _extracted(html, f"HTML {encoding}")


def fragment(html: str, name: str) -> Extracted:
    """The visible text of a piece of a page that stands in a text of another format.

    Raises:
        SourcesError: a tag of more attributes than any page has.
    """
    _require_few_attributes(html, name)
    return _extracted(html, "HTML")


def _require_few_attributes(html: str, name: str) -> None:
    """Refuse a page that the parser would take minutes for: it holds each attribute of a tag against all before it."""
    for tag in _TAG.finditer(html):
        if tag.end() - tag.start() <= 2 * _MOST_ATTRIBUTES:
            continue
        if sum(1 for _ in _ATTRIBUTE.finditer(html, tag.start(), tag.end())) > _MOST_ATTRIBUTES:
            raise SourcesError("tag_attributes", "save_again_hint", name=name, most=_MOST_ATTRIBUTES)


def _decoded(raw: bytes, name: str, charset: str = "") -> tuple[str, str]:
    """Text by the declared encoding when it fits, else by the evidence. Characters of three bytes as UTF-8 has them are
    no chance: pages that were saved anew often go on declaring the encoding they had.

    Raises:
        SourcesError: not decodable, or in the encoding of another language, whatever is declared.
    """
    declared = _CHARSET.search(_COMMENT.sub(b"", raw[:4096]))
    said = (charset or (declared[1].decode("ascii") if declared else "")).lower()
    if (found := seven_bit.declared(raw, said)) is not None:
        return found
    label = _LABELS.get(said, "")
    if label and not _is_utf8(raw) and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        text = decode_declared(raw, label, name)
        if text is not None:
            return text, label.upper()
    text, encoding = decode(raw, name)
    return text.removeprefix("\ufeff"), encoding


def _is_utf8(raw: bytes) -> bool:
    try:
        return any("\u0800" <= char <= "\uffff" for char in raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _archived(raw: bytes, name: str) -> tuple[str, str]:
    """The page of an archive: the part that it names as its root, else its first page.

    Raises:
        SourcesError: it holds none, or was cut off: what is left of a page may say something else.
    """
    message = email.message_from_bytes(raw, policy=email.policy.default)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    root = str(message.get_param("start") or "")
    for part in sorted(pages, key=lambda page: not root or page.get("Content-ID", "").strip() != root):
        data = part.get_payload(decode=True) if isinstance(part, EmailMessage) else None
        if not isinstance(data, bytes):
            continue
        if any(isinstance(defect, _CUT) for defect in [*message.defects, *part.defects]):
            raise SourcesError("archive_cut", "save_again_hint", name=name)
        return _decoded(data, name, str(part.get_content_charset("")))
    raise SourcesError("no_page", "no_page_hint", name=name)


def _extracted(html: str, encoding: str) -> Extracted:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    rules = Rules.read(sheet.text() or "" for sheet in tree.css("style"))
    walk = Walk(wrapping_breaks(tree), rules=rules)
    walk.read(tree.root)
    if walk.hidden and not "".join(walk.lines.parts).strip():
        # Nothing of it is shown as it was saved: what its script would have shown is all there is.
        walk = Walk(wrapping_breaks(tree), rules=rules, all_shown=True)
        walk.read(tree.root)
        note = "(整页写着不显示,照读)"
    else:
        note = f"(不显示的 {walk.hidden} 字没有读)" if walk.hidden else ""
    return Extracted(
        "".join(walk.lines.parts),
        encoding + note,
        landmarks=tuple(walk.lines.landmarks),
        furniture=tuple(walk.found()),
        kind=DocumentKind.PAGE,
        title=_title(tree),
        headings=tuple(walk.headings),
        tables=tuple(walk.tables),
        published=_published(tree),
    )


def _title(tree: Any) -> str:
    """What the page calls itself: its title element, or what it hands to other sites, which lacks the site's name. A
    title element that is the site's name tells nothing of the page. Pages of government sites name both by rule
    (SiteName, ArticleTitle)."""
    told = _told_in_head(tree)
    element = tree.css_first("head title")
    title = _one_line(element.text() if element is not None else "")
    if title and title in (told.get("sitename"), told.get("og:site_name")):
        title = ""
    given = told.get("og:title") or told.get("articletitle", "")
    return given if given and (not title or given in title) else title


def _published(tree: Any) -> str:
    """The day on which the page says to programs that it was published, in its head or as linked data; ""."""
    told = _told_in_head(tree)
    found = [value for name, value in told.items() if _PUBLISHED.fullmatch(name)]
    for script in tree.css('script[type="application/ld+json"]'):
        found += _LINKED_DAY.findall(script.text() or "")
    return next((day.iso for text in found for day in days(fold(text)) if day.complete), "")


def _told_in_head(tree: Any) -> dict[str, str]:
    """What the head of a page tells of it, by its name in small letters; the first of each."""
    found: dict[str, str] = {}
    for meta in tree.css("head meta"):
        names = (meta.attributes.get(key) for key in ("property", "name", "itemprop"))
        name = next(filter(None, names), "").lower()
        found.setdefault(name, _one_line(meta.attributes.get("content") or ""))
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
