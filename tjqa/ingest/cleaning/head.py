"""The lines before the first paragraph: the site's head goes, the headline is found, the rest stays."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.boilerplate import breadcrumb, function_word, menu_line
from tjqa.ingest.cleaning.line_shapes import heading_like, headline
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import particular, stamps
from tjqa.ingest.cleaning.page import Mark, Page
from tjqa.ingest.cleaning.site_head import defined
from tjqa.ingest.cleaning.teasers import asks
from tjqa.ingest.cleaning.titles import spoken
from tjqa.text.headings import numbering

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PAIR = re.compile(r"[^\s:]{2,6}:\s*\S{1,16}")
_SITE = re.compile(r"\S{2,12}(?:网|平台|在线|热线|门户|官网)\s*[-_|—–]+\s*\S.{0,30}")
# An official document says what it is: it may stand below the table of its particulars.
_OFFICIAL = re.compile(r".{0,30}关于.{4,60}的(?:通知|意见|批复|公告|通告|决定|方案|函|报告|请示|公示|复函|规定)")
_COUNTS = re.compile(r"\d{3,}|\d+(?:[ \u00a0\u3000]+\d+)+|[xX×✕|]|(?:[A-Za-z+-]{1,2}\s+)+[A-Za-z+-]{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME_BREAKS = re.compile(r"[\s|｜/／\\]+")


def mark_head(page: Page, first: int) -> list[Mark]:
    """Lines before the first paragraph: menus go, one headline is found, the rest stays."""
    menus = _in_menus(page, first)
    marks = [_head_furniture(page, i, first, menus[i]) for i in range(first)]
    title = _find_title(page, marks, first)
    told = any(_told(page.lines[i]) for i in range(title or 0) if marks[i] is None)
    listed = sum(stamps(page.lines[i].text) for i in range(title or 0) if page.meta[i])
    posted = listed >= parameters.STAMPS_OF_LISTING and _long_above(page, title or 0)
    if title is None or posted or not _menu_above(page, marks, title):
        pass  # no headline, or that of a later one of several posts
    elif page.anchor is not None and not _little(page, title, told):
        pass  # a text above the first date
    elif not told:
        # Without a date below it the headline may be a heading of the text, whose first lines stand above.
        end = title if page.anchor is not None else max((i for i in _menus(marks) if i < title), default=0)
        marks[:end] = [
            mark if mark and mark.role is None else Mark(None, DropReason.NAVIGATION) for mark in marks[:end]
        ]
    elif page.anchor is not None:
        _drop_site_head(page, marks, title)
    if title is not None and page.declared and title == page.title:
        _drop_site_head(page, marks, title)
    return [mark or _head_rest(page, i, title) for i, mark in enumerate(marks)]


def _long_above(page: Page, title: int) -> int:
    """How many lines above the headline are longer than menus have and no furniture."""
    above = [line for i, line in enumerate(page.lines[:title]) if not page.found[i] and not page.meta[i]]
    return sum(len(line.core) > parameters.LONGEST_HEADING for line in above)


def _little(page: Page, title: int, told: bool) -> bool:
    """Whether hardly a sentence stands above the headline; nor, where a paragraph is `told` there, lines longer than
    menus have: verses are short, and a text may come without stops."""
    above = [line for i, line in enumerate(page.lines[:title]) if not page.found[i] and not page.meta[i]]
    said = sum(line.stopped and not asks(line) and len(line.core) >= parameters.SHORTEST_VERSE for line in above)
    long = _long_above(page, title) if told else 0
    return max(said, long) <= parameters.SENTENCES_ABOVE_HEADLINE


def _drop_site_head(page: Page, marks: list[Mark | None], title: int) -> None:
    """Of a page whose title element names its headline, or whose headline has a date below it, everything above that
    is the site's head, but for sentences, the rows of a table, and the particulars of the document."""
    for i in range(title):
        line = page.lines[i]
        if marks[i] is None and not _told(line) and not particular(line.folded):
            marks[i] = Mark(None, DropReason.NAVIGATION)


def _head_furniture(page: Page, at: int, first: int, in_menu: bool) -> Mark | None:
    found = page.found[at]
    # A heading such as 版权声明 right on top of its own text is the title of a document about just that.
    if found and (
        found.kind in ("line", "aside")
        or (found.kind == "comment" and not found.vague)
        or (at + 1 < first and not found.vague)
    ):
        return Mark(None, found.reason)
    if in_menu:
        return Mark(None, DropReason.NAVIGATION)
    if breadcrumb(page.lines[at].folded) or (at == 0 and _SITE.fullmatch(page.lines[at].folded)):
        return Mark(None, DropReason.NAVIGATION)
    above = page.anchor is not None and at < page.anchor - 1
    if page.anchor is not None and at > page.anchor and _row_of_names(page, at, parameters.SHORTEST_TAB_NAME):
        return Mark(None, DropReason.NAVIGATION)
    reach = parameters.NEIGHBOUR_LINES
    beside = above or any(page.found[max(0, at - reach) : at + reach + 1])
    if beside and _row_of_names(page, at, parameters.SHORTEST_COLUMN_NAME):
        return Mark(None, DropReason.NAVIGATION)
    return Mark("meta") if page.meta[at] else None


def _row_of_names(page: Page, at: int, least: int) -> bool:
    """True for short names in a row, as the columns of a site stand: 职位搜索 公司搜索 简历中心."""
    names = _NAME_BREAKS.split(page.lines[at].core)
    longest = parameters.LONGEST_COLUMN_NAME
    short = all(least <= len(name) <= longest and name.isalpha() for name in names)
    return short and len(names) >= parameters.COLUMN_NAMES


def _in_menus(page: Page, first: int) -> list[bool]:
    """For each line before the first paragraph whether it is made of functional words, as are most of the short lines
    around it."""
    menus = [menu_line(line.folded) for line in page.lines[:first]]
    short = [len(line.core) <= parameters.LONGEST_MENU_ENTRY for line in page.lines[:first]]
    total = [0, *accumulate(menus)]
    starts, ends = list(range(first)), list(range(first))  # the first and the last of the short lines around each line
    for at in range(1, first):
        starts[at] = starts[at - 1] if short[at - 1] else at
    for at in range(first - 2, -1, -1):
        ends[at] = ends[at + 1] if short[at + 1] else at
    return [
        is_menu and _mostly(total[ends[at] + 1] - total[starts[at]], ends[at] - starts[at] + 1)
        for at, is_menu in enumerate(menus)
    ]


def _mostly(menus: int, entries: int) -> bool:
    return entries >= parameters.LEAST_MENU_ENTRIES and menus >= parameters.MENU_ENTRIES_SHARE * entries


def _menu_above(page: Page, marks: list[Mark | None], title: int) -> bool:
    """Whether what stands above the headline is the site's head, not an opening of the document."""
    gone = sum(mark is not None and mark.role is None for mark in marks[:title])
    if page.anchor is not None:
        return gone >= 1 or title >= parameters.SITE_HEAD_LINES or page.web
    return gone >= 1 and gone >= parameters.SITE_HEAD_SHARE * title


def _find_title(page: Page, marks: list[Mark | None], first: int) -> int | None:
    least = parameters.SHORTEST_HEADLINE if page.anchor is None else parameters.SHORTEST_DATED_HEADLINE
    free = [i for i in range(first) if marks[i] is None and headline(page.lines[i], least)]
    numbered = {i for i in free if numbering(page.lines[i].core.lstrip("# "))} if page.anchor is None else set()
    free = [
        i for i in free if not spoken(page.lines[i]) and i not in numbered
    ]  # 一、: a section of a text without title
    if page.title is not None and page.title < first:
        return page.title
    if marked := [i for i in free if page.lines[i].text.startswith("# ")]:
        # The nearest to the date: the site may give its own name the same rank.
        return max((i for i in marked if page.anchor is not None and i < page.anchor), default=marked[0])
    if official := [i for i in free if _OFFICIAL.fullmatch(page.lines[i].core)]:
        return official[0]
    if page.anchor is not None:
        above = [i for i in free if i < page.anchor]
        # Below the headline of an original text stand its label, its author and who published it.
        labels = [i for i in range(page.anchor) if page.lines[i].core == "原创"]
        above = [i for i in above if labels and i < labels[0]] or above
        best = _above_date(page, above) if above else None
        short = best is None or len(page.lines[best].core) < parameters.SHORTEST_SURE_TITLE
        return next(iter(_shown_again(page, free)), best) if short else best
    if named := defined(page.lines, first) & set(free):
        return min(named)
    # Particulars are no headline, nor is whom the text addresses: "各有关单位:".
    plain = [i for i in free if not _particulars(page.lines[i])] or free
    # Buttons (立即报名, 【打印】) may stand below the headline; menus do not.
    menus = [i for i in _menus(marks) if plain and i < plain[-1]]
    below = [i for i in plain if not menus or i > menus[-1]]
    # A very short line right below a menu is the site's name or the column's.
    sure = [i for i in below if len(page.lines[i].core) >= parameters.SHORTEST_SURE_TITLE]
    return next(iter(sure or below), None)


def _shown_again(page: Page, free: list[int]) -> list[int]:
    """The one line that stands twice above the text and is too long for the entry of a menu, at its last place: a page
    shows its headline again in the bar that stays when it is scrolled. Several such lines are headlines of others."""
    times = Counter(page.lines[i].core for i in free)
    long = [i for i in free if len(page.lines[i].core) > parameters.LONGEST_RUN_ENTRY]
    again = [i for i in long if times[page.lines[i].core] > 1]
    return again[-1:] if len({page.lines[i].core for i in again}) == 1 else []


def _in_table(page: Page, at: int) -> bool:
    """True for a pair such as "公文种类:意见" between two lines of metadata."""
    return at > 0 and page.meta[at - 1] and page.meta[at + 1] and _PAIR.fullmatch(page.lines[at].folded) is not None


def _told(line: Line) -> bool:
    """True for a line of text such as no menu has: a paragraph, a numbered heading, a row of a table."""
    return line.prose or numbering(line.text) is not None or "\t" in line.text


def _menus(marks: list[Mark | None]) -> list[int]:
    return [i for i, mark in enumerate(marks) if mark and mark.role is None and mark.reason == DropReason.NAVIGATION]


def _particulars(line: Line) -> bool:
    return "|" in line.text or line.text.endswith((":", "：")) or particular(line.folded)


def _above_date(page: Page, above: list[int]) -> int:
    """The headline is the line above date and source, or the one above its subtitle."""
    plain = [i for i in above if not particular(page.lines[i].folded) and not _in_table(page, i)]
    above = plain or above
    nearest = above[-1]
    if len(above) >= 2 and above[-2] == nearest - 1:
        longer = len(page.lines[nearest - 1].core) >= len(page.lines[nearest].core)
        translated = _HAN.search(page.lines[nearest].core) is None and _HAN.search(page.lines[nearest - 1].core)
        if longer or translated or page.lines[nearest].text.startswith(("—", "-", "─")):
            return nearest - 1
    return nearest


def _counts(line: Line) -> bool:
    """True for how often a page was read, shared, commented, and for the signs of its buttons (T + -): alone between
    headline and text. One figure may number a section, four may be a year."""
    return _COUNTS.fullmatch(line.core) is not None and _YEAR.fullmatch(line.core) is None


def _head_rest(page: Page, at: int, title: int | None) -> Mark:
    line = page.lines[at]
    if at == title:
        return Mark("title")
    if function_word(line.folded):
        return Mark(None, DropReason.NAVIGATION)
    if title is not None and at > title and page.web and _counts(line):
        return Mark(None, DropReason.SHARING)
    if title is None or at > title:
        return Mark("heading" if heading_like(line) and (numbering(line.text) or page.opens(at + 1)) else "body")
    return Mark("meta" if headline(line) else "body")  # a kicker, a column, the name of a site without a menu
