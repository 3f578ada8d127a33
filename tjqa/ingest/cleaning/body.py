"""Line by line through a page: what is kept and as what, what is dropped and why.

A page is read as head (before the first paragraph), body, and tail (from a line of furniture on, until text like
an article resumes). In the body everything stays that is not plainly furniture; in the tail short lines go.
When in doubt a line is kept: a lost sentence is worse than a kept menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning import patterns
from tjqa.ingest.cleaning.boilerplate import Boilerplate, comment_mark, contact_only, legal, toolbar, weak
from tjqa.ingest.cleaning.head import mark_head
from tjqa.ingest.cleaning.line_shapes import announces, headline, headline_like
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import first_date, is_editor, names_someone
from tjqa.ingest.cleaning.page import Mark, Page
from tjqa.ingest.cleaning.teasers import asks, cut_short, leads, tells_age
from tjqa.text.headings import numbered_item, numbering

_PAIR = re.compile(r"[^:]{0,6}(?:名称|姓名|地址|地点|电话|方式|联系人|单位|金额|账号|时间|日期)\s*:\s*\S")
_SECTION = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){0,2}\s*[.．、)）]|[(（]?[一二三四五六七八九十]{1,3}[、)）.]|第.{1,4}[编章节条]"
)
_COMMENTS = Boilerplate(DropReason.SHARING, "comment")


def mark_lines(page: Page) -> list[Mark]:
    """A mark for every line, in order."""
    if page.first is None:
        return _without_prose(page)
    marks = [*mark_head(page, page.first), *_mark_rest(page, page.first)]
    _drop_loose_links(page, marks)
    _drop_repeated_title(page, marks)
    return marks


def _without_prose(page: Page) -> list[Mark]:
    """Tables, lists, poems, word lists: only lines that are furniture beyond doubt go, each by itself."""
    marks: list[Mark] = []
    for i, line in enumerate(page.lines):
        found = page.found[i]
        if found and found.kind in ("line", "aside") and len(line.text) >= parameters.SHORTEST_KNOWN_LINE:
            marks.append(Mark(None, found.reason))
        elif page.meta[i]:
            marks.append(Mark("meta"))
        else:
            marks.append(Mark("title" if i == 0 and _titles(page) else "body"))
    return marks


def _titles(page: Page) -> bool:
    """Whether the first line is a headline: set off by a blank line, a byline, or its length."""
    if len(page.lines) < 2:
        return False
    first, second = page.lines[:2]
    return headline(first) or (len(first.core) >= 2 and not first.stopped and (second.gap > 0 or page.meta[1]))


@dataclass(slots=True)
class _Tail:
    """The furniture block being read: why its lines go, how firmly it holds, whether it showed teasers."""

    reason: DropReason
    kind: str
    teasers: bool = False
    pieces: int = 1  # lines known as furniture so far


def _mark_rest(page: Page, first: int) -> list[Mark]:
    marks: list[Mark] = []
    tail: _Tail | None = None
    told, prose = 0, False  # characters of the article so far; whether paragraphs were among them
    for at in range(first, len(page.lines)):
        found = _found(page, at, tail is not None, told)
        if found:
            if tail is None and page.found[at] is None:
                _absorb_heading(page, marks, at)
            if tail is None and found.kind != "aside":
                if prose:  # a table may hold telephones and addresses
                    _absorb(page, marks, at)
                if told >= parameters.LEAST_ARTICLE:
                    _absorb_links(page, marks, at)
            if found.kind != "line" or _may_foot(page, at, told, prose):
                tail = _deeper(tail, found, _may_end(page, at, told))
            marks.append(Mark(None, found.reason))
        elif tail is not None and comment_mark(page.lines[at].folded):
            tail = _deeper(tail, _COMMENTS, _may_end(page, at, told))
            marks.append(Mark(None, DropReason.SHARING))
        elif tail is None or _resumes(page, at, tail, told):
            tail = _Tail(DropReason.NAVIGATION, "end") if is_editor(page.lines[at].text) else None
            marks.append(page.body_mark(at))
            told += len(page.lines[at].text)
            prose = prose or page.lines[at].prose
        else:
            marks.append(_tail_mark(page, at, tail))
    return marks


def _found(page: Page, at: int, in_tail: bool, told: int) -> Boilerplate | None:
    """What the line is, if it is that here: 相关链接 or 免责声明 may also head a section of the article, and 3 条评论
    count those of a question, when more is told below it than above (`told` characters)."""
    found = page.found[at]
    if found is None:
        if not in_tail and _comments_begin(page, at):
            return _COMMENTS
        return Boilerplate(DropReason.RELATED_LINKS, "list") if at in page.links else None
    if in_tail or found.kind in ("line", "aside"):
        return found
    if _SECTION.match(page.lines[at].core.lstrip("# ")):  # 四、版权声明 is a section, 3 条评论 is none
        return None
    if found.kind == "comment" and toolbar(page.lines[at].folded):  # 37评论 收藏
        return replace(found, kind="aside")
    counts = found.kind == "comment" and page.lines[at].core[:1].isdigit()
    if counts and page.prose_from[at] > told:
        return None
    return found if _borne_out(page, at, found) else None


def _comments_begin(page: Page, at: int) -> bool:
    """A line such as "3小时前" with more of the kind below it."""
    near = page.lines[at + 1 : at + 1 + parameters.COMMENT_MARKS_NEAR]
    return comment_mark(page.lines[at].folded) and any(comment_mark(line.folded) for line in near)


def _borne_out(page: Page, at: int, found: Boilerplate) -> bool:
    after = page.after(at)
    if found.vague:
        return found.kind == "list" and page.links_below(at)
    if after is None:
        return True
    if found.kind == "legal":
        return not after.prose or patterns.LEGAL_VOICE.search(after.text) is not None
    if found.kind == "list":
        teases = leads(after) or asks(after) or cut_short(after)
        return page.found[at + 1] is not None or teases or not (after.prose or "http" in after.text)
    return True


def _absorb(page: Page, marks: list[Mark], at: int) -> None:
    """Re-mark the weak lines right before a furniture line: "主办单位:…" above the licence number."""
    first = at - len(marks)
    k = len(marks) - 1
    while k >= 0 and marks[k].role and not page.lines[first + k].prose:
        if not weak(page.lines[first + k]):
            return
        reason = DropReason.CONTACT if contact_only(page.lines[first + k].folded) else DropReason.NAVIGATION
        marks[k] = Mark(None, reason)
        k -= 1


def _absorb_heading(page: Page, marks: list[Mark], at: int) -> None:
    """Re-mark the heading right above links that only their dates give away."""
    above = page.lines[at - 1]
    label = len(above.core) <= parameters.LONGEST_LINKS_LABEL and not above.stopped
    if label and marks and marks[-1].role in ("body", "heading"):
        marks[-1] = Mark(None, DropReason.RELATED_LINKS)


def _absorb_links(page: Page, marks: list[Mark], at: int) -> None:
    """Re-mark headlines between the last sentence and a furniture line, below a heading such as lists of links have:
    同一作者, 周边推荐. Without one they may be the winners or projects that the text is about."""
    first = at - len(marks)
    k = len(marks)
    while k > 0 and marks[k - 1].role in ("body", "heading") and _may_link(page.lines[first + k - 1]):
        k -= 1
    run = [page.lines[first + n] for n in range(k, len(marks))]
    announced = first + k > 0 and announces(page.lines[first + k - 1])
    short = [line for line in run if len(line.core) <= parameters.LONGEST_LINKS_LABEL]
    heads = [line for line in short if patterns.LISTING.search(line.folded)]
    if len(run) < 2 or announced or not heads or not any(map(headline_like, run)):
        return
    for n in range(k, len(marks)):
        marks[n] = Mark(None, DropReason.RELATED_LINKS)


def _may_link(line: Line) -> bool:
    plain = not (line.prose or line.stopped or line.bulleted or "\t" in line.text or numbered_item(line.text))
    plain = plain and _PAIR.match(line.folded) is None
    return plain and patterns.OFFICE.search(line.folded) is None and not line.text.startswith(("—", "-"))


def _may_foot(page: Page, at: int, told: int, prose: bool) -> bool:
    """Whether the foot of the page can begin: not between date and text, and on a page of nothing but short lines not
    where more of them follow than were read, as in a table on the site itself."""
    if prose or not told:
        return told > 0
    return page.unknown_from[at] <= told


def _may_end(page: Page, at: int, told: int) -> bool:
    """Whether the text so far can be the whole article: comments and legal text may then run to the page's end."""
    return told >= parameters.LEAST_BEFORE_END and page.prose_from[at] <= parameters.COMMENTS_TO_TEXT * told


def _deeper(tail: _Tail | None, found: Boilerplate, told: bool) -> _Tail | None:
    """The block after one more furniture line: a heading replaces what was, a single line changes little.

    A link to the comments may stand above the article: until text was told, no block runs to the page's end.
    """
    if found.kind == "aside":
        return tail
    pieces = tail.pieces + 1 if tail else 1
    if tail is not None and (found.kind == "line" or (found.kind in ("comment", "legal") and not told)):
        tail.pieces = pieces
        return tail
    if found.kind in ("comment", "legal") and not told:
        return _Tail(found.reason, "line")
    return _Tail(found.reason, found.kind, pieces=pieces)


def _tail_mark(page: Page, at: int, tail: _Tail) -> Mark:
    line = page.lines[at]
    if tail.kind in ("line", "end") and page.meta[at] and names_someone(line.core):
        return Mark("meta")
    tail.teasers = tail.teasers or line.truncated
    return Mark(None, DropReason.CONTACT if contact_only(line.folded) else tail.reason)


def _resumes(page: Page, at: int, tail: _Tail, told: int) -> bool:
    """Whether an article goes on, or a new one begins, at this line."""
    line = page.lines[at]
    if at in page.teasers:  # among furniture they are furniture; in the text, a list of what is told there
        return False
    if page.new_article(at):
        return True
    if tail.kind in ("comment", "legal"):
        return False
    # What little comes after so much furniture is a notice that no phrase knows.
    if tail.pieces >= parameters.SETTLED_FOOT_LINES and at not in page.posts:
        left = page.prose_from[at]
        between = page.found[at - 1] and at + 1 < len(page.lines) and page.found[at + 1]
        if left < parameters.LARGEST_REST * told or (left <= told and (between or legal(line.folded))):
            return False
    if tail.kind == "list" and any(tells_age(near) for near in page.lines[at - 2 : at + 2]):
        return False  # the list says of each of its texts how old it is
    if tail.kind in ("list", "end"):
        long = len(line.text) >= parameters.LONGEST_TEASER or (_solid(page, at) and not tail.teasers)
        # Teasers stand one by one under their headlines; an article that goes on has more than one paragraph left.
        return line.prose and long and (_goes_on(page, at + 1) or len(line.text) >= parameters.LONGEST_TEASER)
    if (asks(line) or cut_short(line)) and not _goes_on(page, at + 1):
        return False
    if line.prose or (line.stopped and len(line.text) >= parameters.SHORTEST_SENTENCE) or numbering(line.text):
        return True
    return _goes_on(page, at + 1) and headline(line) and not line.bulleted and not page.meta[at]


def _goes_on(page: Page, at: int) -> bool:
    """Whether a paragraph stands at `at` that states something."""
    return page.opens(at) and not asks(page.lines[at]) and not cut_short(page.lines[at])


def _solid(page: Page, at: int) -> bool:
    """A paragraph that is no teaser: not bulleted, not short, no headline before it on its line, no date line after."""
    line, after = page.lines[at], page.after(at)
    if line.bulleted or leads(line) or len(line.text) < parameters.SHORTEST_SOLID_PARAGRAPH:
        return False
    return after is None or after.prose or not (first_date(after.text) or tells_age(after))


# --- the whole page again


def _drop_loose_links(page: Page, marks: list[Mark]) -> None:
    """Headlines that follow the last paragraph, many and without an announcement, are links to other pages."""
    body = [i for i, mark in enumerate(marks) if mark.role in ("body", "heading")]
    if sum(len(page.lines[i].text) for i in body if page.lines[i].prose) < parameters.LEAST_ARTICLE:
        return
    run: list[int] = []
    for i in reversed(body):
        line = page.lines[i]
        if (line.prose or line.stopped) and not (asks(line) or cut_short(line)):
            break
        run.append(i)
    run.reverse()
    if len(run) < parameters.UNANNOUNCED_LINKS or announces(page.lines[run[0] - 1]):
        return
    if sum(headline_like(page.lines[i]) for i in run) >= parameters.LINKED_SHARE * len(run):
        for i in run:
            marks[i] = Mark(None, DropReason.RELATED_LINKS)


def _drop_repeated_title(page: Page, marks: list[Mark]) -> None:
    """The headline again inside the text is the caption of a picture or a print heading."""
    title = next((i for i, mark in enumerate(marks) if mark.role == "title"), None)
    if title is None:
        return
    for i in range(title + 1, len(marks)):
        if marks[i].role in ("body", "heading", "title") and page.lines[i].core == page.lines[title].core:
            marks[i] = Mark(None, DropReason.REPEATED_TITLE)
