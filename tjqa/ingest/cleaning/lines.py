"""A page as lines with features: the cleaner decides on lines, never on single words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tjqa.documents import Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.markdown import nothing, visible
from tjqa.text.normalize import fold

# Blank to a reader though not to str.isspace: byte-order mark, zero-width characters.
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_NEWLINE = re.compile(r"\r\n|\n|\r")
_BULLET = re.compile(r"(?:[•·●○◆◇■□▪▶►▷➤→»※★☆]|[-*+–—](?=\s))\s*")
_STOP_END = re.compile(r"(?:[。！？!?；;]|……|(?<=[A-Za-z)\"])\.)[”’」』））)】》\"'\]]*$")
_NOTE_END = re.compile(r"(?:[。！？!?][”’」』]?)\s*[(（【\[][^()（）]{2,40}[)）】\]]$")  # "…发展。(记者 某某)"
_STOPS = re.compile(r"[。！？!?；;]")
# One … or three dots break a teaser off; …… is a punctuation mark and ends a sentence.
_TRUNCATED = re.compile(
    r"(?:(?<!…)…|\.\.\.|\[…\]|[\[【]详[细情][\]】]|[(（\[【]?(?:阅读|查看|了解)(?:全文|更多|详情)[)）\]】]?)\s*[>»]*$"
)
_LATIN_SENTENCE = re.compile(r"(?:[A-Za-z0-9'’,\"-]+\s+){6,}\S+\.\s*$")
# Patterns that look for the end of a line see only so much of it: they would take the square of its length.
_END, _SENTENCE = 80, 400


@dataclass(frozen=True)
class Line:
    """One line that is not blank; `span` is without the white space around it, `text` what a reader sees there: of a
    link in Markdown only its words."""

    span: Span
    text: str
    gap: int  # blank lines before it
    linked: int = 0  # letters and digits of it that are links,
    anchors: int = 0  # and how many links
    raw: str = ""  # the line as it stands, where that is not `text`

    def locate(self, words: str) -> Span | None:
        """Where `words` stand in the source, None when a link's address stands between them."""
        at = (self.raw or self.text).find(words) if words else -1
        return None if at < 0 else Span(self.span.start + at, self.span.start + at + len(words))

    @cached_property
    def core(self) -> str:
        """The text without a list bullet."""
        found = _BULLET.match(self.text)
        return self.text[found.end() :] if found else self.text

    @cached_property
    def folded(self) -> str:
        """`core` for matching: half width, lower case, simplified characters; as long as `core`."""
        return fold(self.core)

    @cached_property
    def bulleted(self) -> bool:
        """True when the line begins with a list bullet."""
        return len(self.core) < len(self.text)

    @cached_property
    def truncated(self) -> bool:
        """True for a teaser: the text breaks off in an ellipsis or a "read more"."""
        return _TRUNCATED.search(self.text[-_END:]) is not None

    @cached_property
    def stopped(self) -> bool:
        """True when the line ends like a sentence."""
        end = self.text[-_END:]
        return _STOP_END.search(end) is not None or _NOTE_END.search(end) is not None

    @cached_property
    def prose(self) -> bool:
        """True for a paragraph of running text."""
        if self.truncated:
            return False
        if len(self.text) >= parameters.LONG_PROSE and _STOPS.search(self.text):
            return True
        # A text may be broken into lines at its commas.
        if (self.stopped or self.text.endswith((",", "，"))) and len(self.core) >= parameters.SHORTEST_PROSE:
            return True
        return _LATIN_SENTENCE.search(self.text[-_SENTENCE:]) is not None


def line_at(text: str, span: Span, gap: int) -> Line:
    """The line, or the part of one, that stands at `span` of `text`."""
    raw = span.of(text)
    shown, linked, anchors = visible(raw)
    return Line(span, shown, gap, linked, anchors, raw if shown != raw else "")


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that hold something to read."""
    lines: list[Line] = []
    start = gap = 0
    for end, following in [*((m.start(), m.end()) for m in _NEWLINE.finditer(text)), (len(text), len(text))]:
        raw = text[start:end]
        body = raw.strip().strip(INVISIBLE).strip()
        if body and not nothing(body):
            first = start + raw.index(body)
            lines.append(line_at(text, Span(first, first + len(body)), gap))
            gap = 0
        else:
            gap += 1
        start = following
    return lines
