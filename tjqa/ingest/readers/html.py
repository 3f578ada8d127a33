"""Web pages: HTML and MHTML, as a browser would break them into lines.

Nothing visible is left out: what the page itself declares to be navigation, footer or sidebar is handed on as
furniture with its reason, and so are runs of lines that are links from end to end.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from tjqa.documents import DocumentKind, Dropped, DropReason, Heading, Landmark, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.decoding import decode

_UNSEEN = frozenset(
    "head script style template noscript svg math iframe object canvas select option datalist textarea title".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup p pre section summary table
    tbody tfoot thead tr ul
    """.split()  # noqa: SIM905
)
_FURNITURE = {
    "nav": DropReason.NAVIGATION,
    "footer": DropReason.FOOTER,
    "aside": DropReason.SIDEBAR,
    "menu": DropReason.NAVIGATION,
    "button": DropReason.BUTTON,
}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INNERMOST = "article"  # a footer of an article is part of it
_BLANK = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_LINKED = 0.9  # share of a line's characters that must be links
_LINK_LINES = 3


def read(raw: bytes, name: str) -> Extracted:
    """The visible text of a page.

    Raises:
        SourcesError: not decodable, or an archive without a page.
    """
    if name.lower().endswith((".mhtml", ".mht")):
        html, encoding = _archived(raw, name)
    else:
        html, encoding = _decoded(raw, name)
    return _Lines().of(html, f"HTML {encoding}")


def _decoded(raw: bytes, name: str, charset: str = "") -> tuple[str, str]:
    """Text by the declared encoding when it fits, else by the evidence."""
    declared = _CHARSET.search(raw[:4096])
    said = (charset or (declared[1].decode("ascii") if declared else "")).lower()
    codec = "gb18030" if said in ("gb2312", "gbk", "gb18030") else said if said in ("big5", "big5-hkscs") else ""
    if codec and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode(codec), codec.upper()
        except UnicodeDecodeError:
            pass  # pages often declare another encoding than theirs
    text, encoding = decode(raw, name)
    return text.removeprefix("\ufeff"), encoding


def _archived(raw: bytes, name: str) -> tuple[str, str]:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                return _decoded(data, name, str(part.get_content_charset("")))
    raise SourcesError("no_page", "no_page_hint", name=name)


@dataclass(slots=True)
class _Lines:
    """Lines in the making: text with collapsed blanks, links counted, furniture remembered."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    line: list[str] = field(default_factory=list)
    linked: int = 0
    landmarks: list[Landmark] = field(default_factory=list)
    furniture: list[Dropped] = field(default_factory=list)
    links: list[tuple[Span, bool]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    def of(self, html: str, encoding: str) -> Extracted:
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(html)
        self._walk(tree.root)
        self.end()
        found = self.furniture + list(self._link_lists())
        return Extracted(
            "".join(self.parts),
            encoding,
            landmarks=tuple(self.landmarks),
            furniture=tuple(found),
            kind=DocumentKind.PAGE,
            title=_title(tree),
            headings=tuple(self.headings),
        )

    def _walk(self, root: Any) -> None:
        inside: list[tuple[str, int]] = []  # furniture elements that are open, and where each began
        links = preformatted = articles = 0
        for node, tag, entering in _events(root):
            if tag == "-text":
                self.add(node.text_content or "", links > 0, preformatted > 0)
                continue
            if tag in _BLOCKS:
                before = self.length
                self.end()
                if tag in _HEADINGS and not entering and self.length > before:
                    self.headings.append(Heading(Span(before, self.length - 1), int(tag[1])))
            if tag == "br" and entering:
                self.end(even_empty=True)
            elif tag in ("td", "th") and not entering:
                self.line.append("\t")
            step = 1 if entering else -1
            links += step * (tag == "a")
            preformatted += step * (tag == "pre")
            articles += step * (tag == _INNERMOST)
            if tag in _FURNITURE and entering:
                inside.append((tag, self.length))
            elif tag in _FURNITURE and inside:
                _, start = inside.pop()
                if not inside and self.length > start and not (articles and tag in ("footer", "button")):
                    self.furniture.append(Dropped(Span(start, self.length), _FURNITURE[tag]))

    def add(self, text: str, linked: bool, preformatted: bool) -> None:
        if preformatted:
            *whole, last = text.split("\n")
            for line in whole:
                self.line.append(line)
                self.end(even_empty=True)
            self.line.append(last)
            return
        text = _BLANK.sub(" ", text)
        self.line.append(text)
        self.linked += len(text.strip()) if linked else 0

    def end(self, even_empty: bool = False) -> None:
        """End the line, if it holds anything."""
        text = "".join(self.line).strip(" \t\n\r\f")
        if text or even_empty:
            start = self.length
            self.parts += (text, "\n")
            self.length += len(text) + 1
            if text.strip():
                self.landmarks.append(Landmark(start, f"第 {len(self.landmarks) + 1} 段"))
                self.links.append((Span(start, self.length), self.linked >= _LINKED * len(text.replace("\t", ""))))
        self.line, self.linked = [], 0

    def _link_lists(self) -> Iterator[Dropped]:
        run: list[Span] = []
        for span, linked in [*self.links, (Span(self.length, self.length), False)]:
            if linked:
                run.append(span)
                continue
            if len(run) >= _LINK_LINES:
                yield Dropped(Span(run[0].start, run[-1].end), DropReason.LINK_LIST)
            run = []


def _title(tree: Any) -> str:
    """What the page calls itself: its title element, or what it hands to other sites, which lacks the site's name."""
    element = tree.css_first("head title")
    shared = tree.css_first('meta[property="og:title"]')
    title = " ".join((element.text() if element is not None else "").split())
    given = " ".join(((shared.attributes.get("content") or "") if shared is not None else "").split())
    return given if given and (not title or given in title) else title


def _events(root: Any) -> Iterator[tuple[Any, str, bool]]:
    """Every node on entering, every element on leaving; no recursion, so any depth will do."""
    node = root
    while node is not None:
        tag = node.tag or ""
        yield node, tag, True
        unseen = tag in _UNSEEN or (not tag.startswith("-") and _hidden(node))
        if not unseen and (child := node.child) is not None:
            node = child
            continue
        while node is not None:
            if not node.tag.startswith("-"):
                yield node, node.tag, False
            if (following := node.next) is not None:
                node = following
                break
            node = node.parent


def _hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
