"""Line by line through a page: what is kept and as what, what is dropped and why.

A page is read as head (before the first paragraph), body, and tail (from a line of furniture on, until text like
an article resumes). In the body everything stays that is not plainly furniture; in the tail short lines go.
When in doubt a line is kept: a lost sentence is worse than a kept menu.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tjqa.cleaning import furniture as known
from tjqa.cleaning.furniture import Furniture, furniture
from tjqa.cleaning.lines import Line
from tjqa.cleaning.metadata import date_only, first_date, is_editor, is_meta
from tjqa.headings import numbered_item, numbering
from tjqa.records import Role


@dataclass(frozen=True, slots=True)
class Mark:
    """A line's fate: a role when it is kept, else the reason it is dropped."""

    role: Role | None
    reason: str = ""


_LEGAL_VOICE = re.compile(
    r"本(?:站|网|网站|平台|协议|声明|公司|页面|公众号)|我们|您|用户|转载|侵权|投稿|来稿|稿件|作者|免责|版权|不构成|仅供|电话|邮箱|地址|Cookie|we |you ",
    re.IGNORECASE,
)
_LIST_INTRO = re.compile(r"[:：]$|名单|附件|目录|如下|以下|清单|一览|表\s*\d")
_DATED_LINK = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?$|^[\[(（]?\d{4}[-./年]\d{1,2}[-./月]\d{1,2}")
_PERIOD = "period"


def mark_lines(lines: list[Line]) -> list[Mark]:
    """A mark for every line, in order."""
    first = next((i for i, line in enumerate(lines) if _opens_body(lines, i)), None)
    if first is None:
        return _without_prose(lines)
    return [*_mark_head(lines, first), *_mark_rest(lines, first)]


def _opens_body(lines: list[Line], at: int) -> bool:
    line = lines[at]
    return line.prose and not is_meta(line.text) and furniture(line) is None and not known.toolbar(line.core)


def _without_prose(lines: list[Line]) -> list[Mark]:
    """Tables, lists, poems, word lists: only lines that are furniture beyond doubt go."""
    marks: list[Mark] = []
    for i, line in enumerate(lines):
        found = furniture(line) if len(line.core) >= 5 else None
        if found and found.kind == "line":
            marks.append(Mark(None, found.reason))
        elif is_meta(line.text):
            marks.append(Mark("meta"))
        elif i == 0 and len(lines) > 1 and _headline(line):
            marks.append(Mark("title"))
        else:
            marks.append(Mark("body"))
    return marks


def _headline(line: Line) -> bool:
    return 4 <= len(line.core) <= 80 and not line.stopped and not line.truncated and "\t" not in line.text


def _mark_head(lines: list[Line], first: int) -> list[Mark]:
    """Lines before the first paragraph: menus go, one headline is found, the rest stays."""
    marks: list[Mark | None] = [_head_furniture(lines, i, first) for i in range(first)]
    for i in range(first):
        if marks[i] is None and is_meta(lines[i].text):
            marks[i] = Mark("meta")
    title = _find_title(lines, marks, first)
    menu = any(mark is not None and mark.role is None for mark in marks[: title or 0])
    for i in range(first):
        if marks[i] is None:
            marks[i] = _head_rest(lines[i], i, title, menu)
    return [mark or Mark("body") for mark in marks]


def _head_rest(line: Line, at: int, title: int | None, menu: bool) -> Mark:
    if at == title:
        return Mark("title")
    if title is None or at > title:
        return Mark("heading" if _is_heading(line) else "body")
    # Above the headline of a page that has a menu stand the site's name and the column's.
    return Mark(None, known.NAVIGATION) if menu and len(line.core) <= 12 else Mark("title")


def _head_furniture(lines: list[Line], at: int, first: int) -> Mark | None:
    line = lines[at]
    if found := furniture(line):
        # A heading such as 版权声明 on top of its own text is the title of a document about just that.
        return Mark(None, found.reason) if found.kind in ("line", "list") or at + 1 < first else None
    if known.nav_word(line.core) and _menu_around(lines, at, first):
        return Mark(None, known.NAVIGATION)
    return None


def _menu_around(lines: list[Line], at: int, first: int) -> bool:
    """True when the short lines around this one are mostly functional words."""
    low, high = at, at
    while low > 0 and len(lines[low - 1].core) <= 8:
        low -= 1
    while high + 1 < first and len(lines[high + 1].core) <= 8:
        high += 1
    words = [line.core for line in lines[low : high + 1]]
    return len(words) >= 3 and sum(map(known.nav_word, words)) >= 0.5 * len(words)


def _find_title(lines: list[Line], marks: list[Mark | None], first: int) -> int | None:
    free = [i for i in range(first) if marks[i] is None and _headline(lines[i])]
    for i in free:
        if lines[i].text.startswith("# "):
            return i
    date_line = next((i for i in range(first) if (mark := marks[i]) and mark.role == "meta"), first)
    before = [i for i in free if i < date_line] or free
    # After the last line of a menu; a very short line there is the site's name or the column's.
    menus = [i for i in range(before[-1] if before else 0) if (mark := marks[i]) and mark.role is None]
    below = [i for i in before if not menus or i > menus[-1]] or before
    return next((i for i in below if len(lines[i].core) >= 8), below[0] if below else None)


def _is_heading(line: Line) -> bool:
    """A section heading on a line of its own: numbered or short, no stop at the end."""
    if line.bulleted or len(line.text) > 60 or line.stopped or line.text.endswith((",", "，", ":", "：", "、")):
        return False
    return numbering(line.text) is not None or len(line.text) <= 30


@dataclass(slots=True)
class _Tail:
    """The furniture block being read: the reason its lines go, and how firmly it holds."""

    reason: str
    kind: str
    teasers: bool = False


def _mark_rest(lines: list[Line], first: int) -> list[Mark]:
    marks: list[Mark] = []
    tail: _Tail | None = None
    links = _link_runs(lines, first)
    for i in range(first, len(lines)):
        line = lines[i]
        found = furniture(line)
        if found and tail is None and not _governs(lines, i, found):
            found = None
        if found is None and i in links:
            found = Furniture(known.RELATED, "list")
        if found:
            tail = _deeper(tail, found)
            marks.append(Mark(None, found.reason))
        elif tail is None:
            marks.append(_body_mark(lines, i))
            if is_editor(line.text):
                tail = _Tail(known.NAVIGATION, "end")
        elif _resumes(lines, i, tail):
            tail = None
            marks.append(_body_mark(lines, i))
        elif tail.kind in ("line", "end") and is_meta(line.text):
            marks.append(Mark("meta"))
        else:
            tail.teasers = tail.teasers or line.truncated
            reason = known.CONTACT if known.contact_only(line.core) else tail.reason
            marks.append(Mark(None, reason))
    return marks


def _deeper(tail: _Tail | None, found: Furniture) -> _Tail:
    """The block after one more furniture line: a heading replaces what was, a single line changes nothing."""
    if found.kind != "line" or tail is None:
        return _Tail(found.reason, found.kind)
    return tail


def _governs(lines: list[Line], at: int, found: Furniture) -> bool:
    """Whether a phrase such as 相关链接 or 免责声明 is page furniture here, not a heading of the article."""
    line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if found.kind == "line" or after is None:
        return True
    if numbered_item(line.text):  # 四、联系方式 is a section
        return False
    if found.kind == "list":
        return not after.prose or furniture(after) is not None
    if found.kind == "legal":
        return not after.prose or _LEGAL_VOICE.search(after.text) is not None
    return not after.prose


def _body_mark(lines: list[Line], at: int) -> Mark:
    line = lines[at]
    if is_meta(line.text):
        return Mark("meta")
    if line.prose or not _is_heading(line):
        return Mark("body")
    after = lines[at + 1] if at + 1 < len(lines) else None
    before = lines[at - 1] if at else None
    opens = after is not None and after.prose and (before is None or before.prose or before.stopped)
    return Mark("heading" if numbering(line.text) or opens else "body")


def _resumes(lines: list[Line], at: int, tail: _Tail) -> bool:
    """Whether an article goes on, or a new one begins, at this line."""
    line = lines[at]
    if tail.kind in ("comment", "legal"):
        return _new_article(lines, at)
    if tail.kind == "list":
        return _new_article(lines, at) or (_solid(lines, at) and not tail.teasers) or (line.prose and len(line.text) >= 300)
    if line.prose or (line.stopped and len(line.text) >= 12 and furniture(line) is None):
        return True
    return _new_article(lines, at) or _heading_of_more(lines, at)


def _solid(lines: list[Line], at: int) -> bool:
    """A paragraph that is no teaser: not bulleted, no date line after it."""
    line = lines[at]
    if not line.prose or line.bulleted or len(line.text) < 45:
        return False
    return at + 1 >= len(lines) or first_date(lines[at + 1].text) is None or lines[at + 1].prose


def _heading_of_more(lines: list[Line], at: int) -> bool:
    """A numbered heading or a headline with a paragraph right after it."""
    line = lines[at]
    after = lines[at + 1] if at + 1 < len(lines) else None
    return after is not None and after.prose and furniture(after) is None and _headline(line) and not line.bulleted


def _new_article(lines: list[Line], at: int) -> bool:
    """A headline, then a line with date or source, then a full paragraph."""
    if at + 2 >= len(lines) or not _headline(lines[at]) or is_meta(lines[at].text):
        return False
    below = lines[at + 1 : at + 4]
    meta = next((i for i, line in enumerate(below) if is_meta(line.text)), None)
    if meta is None or meta + 1 >= len(below):
        return False
    opening = below[meta + 1]
    return opening.prose and len(opening.text) >= 100 and furniture(opening) is None


def _link_runs(lines: list[Line], first: int) -> set[int]:
    """Lines of link lists that no heading announces: three or more short lines that end or begin with a date."""
    runs: set[int] = set()
    run: list[int] = []
    for i in range(first, len(lines) + 1):
        line = lines[i] if i < len(lines) else None
        if line and not line.prose and 12 <= len(line.text) <= 90 and _DATED_LINK.search(line.core) and not date_only(line.core) and not is_meta(line.text):
            run.append(i)
            continue
        if len(run) >= 3 and not _LIST_INTRO.search(lines[run[0] - 1].text):
            runs.update(run)
        run = []
    return runs
