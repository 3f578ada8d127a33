"""The lines of a page in the making, and which of them are nothing but links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from tjqa.documents import Dropped, DropReason, Landmark, Span
from tjqa.ingest import parameters
from tjqa.ingest.link_runs import link_lists, runs
from tjqa.ingest.readers.html_nodes import numbers_itself
from tjqa.ingest.readers.html_turned import Turned
from tjqa.ingest.readers.overridden import as_seen
from tjqa.ingest.readers.unread import marked
from tjqa.text.days import without_days
from tjqa.text.normalize import fold

_BLANK = re.compile(r"[ \t\n\r\f]+")
_SENTENCE = re.compile(r"[。！？!?；;]")
_LISTED = re.compile(r"[、，。；\t]")  # names in a sentence or a table, though each of them is a link
_LABEL = re.compile(r"\s*[^:：]{1,8}[:：]")
# A value that its colon went along with; a clock's time below its day: no line of its own begins so.
_COLON = re.compile(r"[:：]\s*[^\s:：]")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_DAY_END = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}日?$")
_MOMENT = re.compile(r"\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*")


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was read. `linked`: from end to end links; `row`: several of them side by side; `file`: leads to a
    file; `teaser`: begins with a link to another page and goes on as text."""

    span: Span
    text: str
    linked: bool
    row: bool
    file: bool
    teaser: bool = False

    @property
    def told(self) -> int:
        """Its characters, when it is a sentence and not links."""
        sentence = len(self.text) >= parameters.SHORTEST_PROSE and _SENTENCE.search(self.text) is not None
        return len(self.text) if sentence and not self.linked else 0


@dataclass(slots=True)
class Lines:
    """Text with collapsed blanks, its links counted."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    line: list[str] = field(default_factory=list)
    linked: int = 0
    anchors: int = 0
    leading: int = 0  # characters of links before any other
    plain: int = 0
    file: bool = False
    marker: str = ""  # of the list item whose first line is still to come
    wrapped: bool = False  # a break that only wraps the line has just been read
    sealed: int = 0  # lines up to here are whole: what follows joins none of them
    crossed: list[str] = field(default_factory=list)  # blocks that ended (/div) and began (div) since the last text
    turned: Turned = field(default_factory=Turned)
    landmarks: list[Landmark] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def add(self, text: str, linked: bool, preformatted: bool) -> None:
        """Text as it stands in the source."""
        if preformatted:
            *whole, last = text.split("\n")
            for line in whole:
                self.line.append(line)
                self.end(even_empty=True)
            self.line.append(last)
            return
        text = _BLANK.sub(" ", text)
        if self.wrapped:
            text = text.lstrip(" ")
            self.wrapped = not text
        if self.line and self._parted(text):
            self.line.append(" ")
        self.line.append(text)
        length = len(text.strip())
        if linked:
            self.linked += length
            self.leading += 0 if self.plain else length
        else:
            self.plain += length

    def put(self, text: str) -> None:
        """Text that the source does not spell out: a quotation mark, the value of a field."""
        self.line.append(text)

    def in_word(self) -> bool:
        """Whether the line, as it stands, ends with a letter or a figure."""
        last = next((part[-1] for part in reversed(self.line) if part), "")
        return last.isascii() and last.isalnum()

    def _parted(self, text: str) -> bool:
        """Whether only the style of the page parts a moment, or a clock's time, from what stands before it."""
        before = self.line[-1]
        if not before or before[-1].isspace():
            return False
        clock = _CLOCK.fullmatch(text.strip()) is not None and _DAY_END.search(before) is not None
        return clock or (before[-1].isalnum() and _MOMENT.fullmatch(text) is not None)

    def go_on(self) -> None:
        """The line goes on below a break: blanks around it are none, but between words of letters."""
        while self.line and not self.line[-1].rstrip(" "):
            self.line.pop()
        if self.line:
            last = self.line[-1].rstrip(" ")
            self.line[-1] = last + " " if last[-1].isascii() and last[-1].isalpha() else last
        self.wrapped = True

    def cross(self, tag: str) -> None:
        """A block begins, or ends (/div)."""
        self.crossed.append(tag)

    def part(self) -> None:
        """A box that stands in the line begins or ends."""
        if self.line and not self.line[-1].endswith((" ", "\t")):
            self.line.append(" ")

    def seal(self) -> None:
        """Lines so far are whole: something is known of where they begin and end."""
        self.sealed = self.length

    def end(self, even_empty: bool = False) -> None:
        """End the line, if it holds anything."""
        if not self.line and not even_empty:
            self.turned.end_line(self.line)
            self.anchors, self.file = 0, False
            return
        self.turned.end_line(self.line)
        text = as_seen(marked("".join(self.line))).strip(" \t\n\r\f").replace("\u00ad", "").replace("~~~~", "")
        if text or even_empty:
            linked = self.linked >= parameters.LINKED_LINE * len(text.replace("\t", "")) or self._dated_link(text)
            if self.marker and text:
                # A menu in numbers is a menu; an author's own number is the one to cite.
                text = text if linked or numbers_itself(text) else f"{self.marker} {text}"
                self.marker = ""
            if text and self._goes_on(text):
                self._join(text, linked)
            else:
                self._write(text, linked)
            self.crossed.clear()
        self.line, self.linked, self.anchors, self.leading, self.plain, self.file = [], 0, 0, 0, 0, False
        self.wrapped = False

    def _write(self, text: str, linked: bool) -> None:
        start = self.length
        self.parts += (text, "\n")
        self.length += len(text) + 1
        if text.strip():
            self.landmarks.append(Landmark(start, f"第 {len(self.landmarks) + 1} 段"))
            row = self._row(text)
            self.written.append(Written(Span(start, self.length), text, linked or row, row, self.file, self._teases()))

    def _goes_on(self, text: str) -> bool:
        """Whether a line belongs to the one above it: boxes side by side hold a label and its value, a day and its
        time, and a browser shows them on one line."""
        above = self.written[-1] if self.written else None
        if above is None or above.span.end != self.length or self.length <= self.sealed:
            return False
        if "\t" in above.text or len(above.text) > parameters.LONGEST_BOXED_LABEL:
            return False
        if _COLON.match(text) or (_CLOCK.fullmatch(text) and _DAY_END.search(above.text)):
            return above.text[-1].isalnum()
        short = len(text) <= parameters.LONGEST_BOXED_VALUE and not _SENTENCE.search(text)
        labels = above.text.endswith((":", "：")) and not text.endswith((":", "："))
        return short and labels and self._side_by_side()

    def _side_by_side(self) -> bool:
        """Whether the boxes of the last two lines are siblings: cells of a row, a term and its value, two div."""
        row = any(pair in (("/td", "td"), ("/th", "td"), ("/dt", "dd")) for pair in pairwise(self.crossed))
        return row or self.crossed == ["/div", "div"]

    def _join(self, text: str, linked: bool) -> None:
        """Put a line behind the one above it."""
        above = self.written.pop()
        gap = " " if _CLOCK.fullmatch(text) else ""
        whole = f"{above.text}{gap}{text}"
        self.parts[-1:] = (gap, text, "\n")
        self.length += len(gap) + len(text)
        span = Span(above.span.start, self.length)
        self.written.append(
            Written(
                span, whole, above.linked and linked, False, above.file or self.file, above.teaser or self._teases()
            )
        )

    def _row(self, text: str) -> bool:
        """Whether the line is several links side by side, whatever stands between them: 关于我们 | 网站声明 | …"""
        if self.anchors < parameters.LINKS_IN_ROW or _LISTED.search(text):
            return False
        return self.linked >= parameters.LINKED_LINE * sum(map(str.isalnum, text))

    def _dated_link(self, text: str) -> bool:
        """Whether the line is one link with its day and a bullet beside it, as sites list their news."""
        bare = without_days(fold(text))
        if self.anchors != 1 or len(bare) == len(text):
            return False
        return self.linked >= parameters.LINKED_LINE * sum(map(str.isalnum, bare))

    def _teases(self) -> bool:
        return self.leading >= parameters.SHORTEST_TEASER_TITLE and self.plain >= parameters.SHORTEST_SENTENCE

    def teasers(self) -> Iterator[Dropped]:
        """Runs of lines that begin with a link and tell something of what it leads to."""
        for first, last in runs([line.teaser for line in self.written]):
            span = Span(self.written[first].span.start, self.written[last].span.end)
            yield Dropped(span, DropReason.RELATED_LINKS)

    def menus(self) -> Iterator[Dropped]:
        """Runs of lines that are links from end to end, with the labels between them, and rows of links."""
        lists = link_lists([line.text for line in self.written], [line.linked for line in self.written])
        for first, last in lists:
            span = Span(self.written[first].span.start, self.written[last].span.end)
            yield Dropped(span, DropReason.LINK_LIST)
        inside = {i for first, last in lists for i in range(first, last + 1)}
        for i, line in enumerate(self.written):
            if line.row and i not in inside:
                yield Dropped(line.span, DropReason.LINK_LIST)

    def below(self, region: Span) -> Iterator[Dropped]:
        """What stands below the part of the page that holds what it is about, sentences and annexes excepted; nothing
        unless next to all sentences stand in it."""
        inside = sum(line.told for line in self.written if region.covers(line.span))
        whole = sum(line.told for line in self.written)
        if inside < max(parameters.LEAST_ARTICLE, parameters.MAIN_SHARE * whole):
            return
        for line in self.written:
            left = line.file or _SENTENCE.search(line.text) or _LABEL.match(line.text)
            if line.span.start >= region.end and not left:
                yield Dropped(line.span, DropReason.SIDEBAR)

    def is_note(self, start: int) -> bool:
        """Whether the lines from `start` on tell something and are hardly links."""
        lines = list(takewhile(lambda line: line.span.start >= start, reversed(self.written)))
        links = sum(len(line.text) for line in lines if line.linked)
        return any(line.told for line in lines) and links < parameters.LINKS_IN_NOTE * sum(
            len(line.text) for line in lines
        )
