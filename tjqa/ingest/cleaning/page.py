"""A page under reading: its lines, what furniture their words make them, and where the text begins."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise, takewhile

from tjqa.documents import DropReason, Role
from tjqa.ingest import parameters
from tjqa.ingest.cleaning import patterns
from tjqa.ingest.cleaning.boilerplate import Boilerplate, Kind, function_word, menu_line
from tjqa.ingest.cleaning.by_words import by_words
from tjqa.ingest.cleaning.line_shapes import (
    announces,
    dated,
    dated_pairs,
    heading_like,
    headline,
    headline_like,
    runs_of,
)
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import date_only, is_meta, stamps
from tjqa.ingest.cleaning.page_ends import surround
from tjqa.ingest.cleaning.repeated import blocks, companions, posts
from tjqa.ingest.cleaning.site_head import defined, mark_menus, stands_alone
from tjqa.text.headings import numbering


@dataclass(frozen=True, slots=True)
class Mark:
    """A line's fate: a role when it is kept, else the reason it is dropped. `level` is that of `Piece`."""

    role: Role | None
    reason: DropReason | None = None
    level: int = 0


class Page:
    """Lines with look-around. `found` holds what each line is by its words (and its neighbours), or None."""

    def __init__(
        self,
        lines: list[Line],
        named: Callable[[list[Line], int], int | None] | None = None,
        declared: bool = False,
        rows: Collection[int] = (),
        saved: bool = True,
        marked: int = 0,
    ) -> None:
        """`named` finds the line that is called the headline elsewhere: in the page's title element, by its file's
        name; it is told where the first paragraph stands. `declared`: it is the title element that calls it so.
        `rows`: lines that are a row of links by what the format says. `saved`: it is known to be a page; a text has
        to show it before a line between two of its paragraphs is furniture for its words. `marked`: how many lines its
        format has marked as furniture, which are not among `lines`."""
        self.lines = lines
        self.declared, self.marked = declared, marked
        self.teasers: set[int] = set()  # lines that begin with a link and tell of what it leads to
        # Characters of paragraphs from each line to the end.
        lengths = [len(line.text) if line.prose else 0 for line in reversed(lines)]
        self.prose_from = list(accumulate(lengths))[::-1]
        self.meta = [is_meta(line.text) for line in lines]
        self.found = by_words(lines, self.meta, saved)
        for i in rows:
            self.found[i] = self.found[i] or Boilerplate(DropReason.LINK_LIST, self._row_kind(i))
        for run in runs_of(lines, lambda line: menu_line(line.folded)):
            if len(run) >= parameters.MENU_LINES and sum(function_word(lines[i].folded) for i in run) >= 2:
                for i in run:
                    self.found[i] = self.found[i] or Boilerplate(DropReason.NAVIGATION)

        surround(lines, self.found, self.meta)

        opening = next((i for i in range(len(lines)) if self.opens(i)), len(lines))
        title = named(lines, opening) if named else None
        head = self._paragraph(0)
        if self.web:
            end = len(lines) if head is None else head
            headlines = {i for i, below in enumerate(self.meta[1:]) if below or i == title} | defined(lines, end)
            mark_menus(lines, self.found, end, headlines)
        blocks(lines, self.found)
        companions(lines, self.found)
        self.posts = posts(lines, self.prose_from)
        for i in self.posts:
            self.found[i] = replace(known, kind="line") if (known := self.found[i]) else None
        self.title = self._in_head(title)

    def _paragraph(self, start: int) -> int | None:
        """The first paragraph from line `start` on, but for one that stands alone in the site's head."""
        paragraphs = [i for i in range(start, len(self.lines)) if self.opens(i) and not self.meta[i]]
        told = self.prose_from[0] if self.lines else 0
        alone = takewhile(lambda pair: self._alone(*pair, told), pairwise(paragraphs))
        return next(iter(paragraphs[sum(1 for _ in alone) :]), None)

    def _alone(self, at: int, following: int, told: int) -> bool:
        return not announces(self.lines[at]) and stands_alone(self.lines[at], self.found[at:following], told)

    def _row_kind(self, at: int) -> Kind:
        """A row of links above or within the text says nothing of the lines after it, one below it does."""
        return "line" if self.prose_from[0] > 2 * self.prose_from[at] else "aside"

    def _in_head(self, title: int | None) -> int | None:
        """A headline as far as it stands above the text, not in its middle or below it."""
        if title is None or self.found[title]:
            return None
        above = self.prose_from[0] - self.prose_from[title]
        return title if above <= parameters.SHARE_ABOVE_NAMED * self.prose_from[0] else None

    @cached_property
    def unknown_from(self) -> list[int]:
        """Characters from each line to the end that are not known as furniture."""
        lengths = [0 if found else len(line.text) for line, found in zip(self.lines, self.found, strict=True)]
        return list(accumulate(reversed(lengths)))[::-1]

    @cached_property
    def web(self) -> bool:
        """Whether the page shows furniture enough to be a saved web page."""
        return self.marked + sum(found is not None for found in self.found) >= parameters.WEB_PAGE_LINES

    @cached_property
    def anchor(self) -> int | None:
        """The line with date or source under the headline of the page's article, when it has one.

        Of several such lines the one with most text below it, but one that only dates the day, as the heads of sites
        do, gives way to one that says more. Next to nothing may be told above it: a page that opens with paragraphs is
        a listing, or no web page. An editor's line at the foot has too little below it.
        """
        prose = self.prose_from[0] if self.lines else 0
        least_below = min(parameters.LEAST_BELOW_DATE, parameters.SHARE_BELOW_DATE * prose)
        most_above = max(parameters.LONGEST_ABOVE_HEADLINE, parameters.SHARE_ABOVE_HEADLINE * prose)
        best, told, most = None, 0, (False, least_below)
        last_found = -1
        for i, line in enumerate(self.lines):
            found = self.found[i]
            # Dates below the first recommendations belong to those.
            aside = not found or found.kind in ("line", "aside") or found.vague
            if told > most_above or (told and not aside):
                break
            if line.prose and not self.meta[i]:
                told += len(line.text)
            elif self.meta[i] and not found and (text := self._text_below(i)) > least_below:
                rank = (not date_only(line.text), text)
                # A second headline with a date, below a toolbar: what stands above the toolbar is the site's head.
                again = (
                    best is not None and not told and last_found >= best and rank[0] >= most[0] and 2 * text >= most[1]
                )
                if rank > most or again:
                    best, most = i, rank
            last_found = i if found else last_found
        return best

    def _text_below(self, at: int) -> int:
        """Characters of paragraphs below a date line with a headline right above it, 0 for any other line."""
        reach = parameters.LINES_BELOW_DATE
        block = next((i for i in range(at, max(0, at - reach), -1) if not self.meta[i - 1]), at)  # particulars in a row
        near = range(max(0, block - 3), block)
        above = any(headline(self.lines[i]) and not self.meta[i] and not self.found[i] for i in near)
        plain = at > 0 and not self.found[at - 1] and not self.meta[at - 1]
        above = above or (plain and headline(self.lines[at - 1], parameters.SHORTEST_DATED_HEADLINE))
        if not above or not stamps(self.lines[at].text) or self._signs(at):
            return 0
        below = [i for i in range(at + 1, min(len(self.lines), at + 3 * reach)) if not self.found[i]]
        text = [self.lines[i] for i in below[:reach] if not self.lines[i].bulleted]
        return sum(len(line.text) if line.prose else len(line.text) // 5 for line in text)

    def _signs(self, at: int) -> bool:
        """The date under the signature of a notice whose annex follows: an office alone on the line above."""
        return (
            at > 0 and date_only(self.lines[at].text) and patterns.OFFICE.search(self.lines[at - 1].folded) is not None
        )

    @cached_property
    def first(self) -> int | None:
        """Number of the first paragraph, None on a page without any."""
        start = 0 if self.anchor is None else self.anchor + 1
        if self.title is not None:
            start = max(start, self.title + 1)
        found = self._paragraph(start)
        if self.anchor is None or start == len(self.lines):
            return found
        # A notice of nothing but short lines, or a poem above the terms of its site, begins below its date.
        between = self.found[start : len(self.lines) if found is None else found]
        return start if found is None or between.count(None) > parameters.LINES_BELOW_DATE else found

    @cached_property
    def links(self) -> set[int]:
        """Lines of link lists that no heading announces: neighbours that all carry a date."""
        runs = runs_of(self.lines, lambda line: len(line.text) >= parameters.SHORTEST_DATED_LINK and dated(line))
        lists = [run for run in runs if len(run) >= parameters.DATED_LINKS]
        return {i for run in lists for i in run if not self.meta[i]} | dated_pairs(self.lines)

    def after(self, at: int) -> Line | None:
        """The next line that is not blank."""
        return self.lines[at + 1] if at + 1 < len(self.lines) else None

    def before(self, at: int) -> Line | None:
        """The line before that is not blank."""
        return self.lines[at - 1] if at else None

    def opens(self, at: int) -> bool:
        """A full paragraph of an article stands at `at`."""
        return at < len(self.lines) and self.lines[at].prose and self.found[at] is None

    def new_article(self, at: int) -> bool:
        """A headline, a line with date or source, a long paragraph."""
        if not headline(self.lines[at]) or self.meta[at]:
            return False
        dates = (i for i in range(at + 1, min(at + 4, len(self.lines))) if self.meta[i])
        date_line = next(dates, None)
        if date_line is None or not self.opens(date_line + 1):
            return False
        return len(self.lines[date_line + 1].text) >= parameters.NEW_ARTICLE_PARAGRAPH

    def links_below(self, at: int) -> bool:
        """A list of links follows: dated or broken-off headlines, or headlines down to the end of the page."""
        block: list[Line] = []
        for i in range(at + 1, len(self.lines)):
            if self.found[i] or self.lines[i].prose or self.lines[i].stopped:
                break
            block.append(self.lines[i])
        if len(block) < 2 or any("http" in line.text for line in block):
            return False
        marked = sum(dated(line) or line.truncated or date_only(line.core) for line in block[: parameters.LINKS_SEEN])
        reaches_end = at + 1 + len(block) == len(self.lines) or self.found[at + 1 + len(block)] is not None
        if marked >= parameters.LEAST_MARKED_LINKS:
            return True
        many = reaches_end and len(block) >= parameters.LEAST_LINKS_TO_END
        return many and sum(map(headline_like, block)) >= parameters.LINKED_SHARE * len(block)

    def body_mark(self, at: int) -> Mark:
        """The role of a line inside an article."""
        line = self.lines[at]
        if self.meta[at]:
            return Mark("meta")
        if line.prose or not heading_like(line):
            return Mark("body")
        before = self.before(at)
        stands_alone = self.opens(at + 1) and (before is None or before.prose or before.stopped)
        return Mark("heading" if numbering(line.text) or stands_alone else "body")
