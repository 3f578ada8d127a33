"""Which day a document bears, of the many it speaks of: the day it was issued or last amended.

A tender names deadlines, a law the day it takes effect, a report those it cites. So a date counts only where its words
or its place say what it is; a doubtful one is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import PurePosixPath

from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import iso
from tjqa.text.normalize import fold, squeeze
from tjqa.text.numbers import value_of

_ZERO = "〇○零oO0"
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:年|[-/.])(?P<month>\d{1,2})(?:月(?:(?P<day>\d{1,2})日)?|[-/.](?P<dayn>\d{1,2}))(?!\d)"
    rf"|(?P<cyear>[一二][{_ZERO}九][{_ZERO}一二三四五六七八九]{{2}})年(?P<cmonth>[一二三四五六七八九十]{{1,2}})月"
    r"(?:(?P<cday>[一二三四五六七八九十]{1,3})日)?"
)
# Of a law's life: passed, issued, amended. 施行 says when it takes effect, which is another day.
_ENACTED = re.compile(r"通过|批准|公布|发布|颁布|修订|修正|修改|印发|签发|制定")
_LEGAL = re.compile(
    r"(?:法|条例|办法|规[定则章程]|细则|章程|准则|决定|制度|解释|通则|规程|规范|标准)(?:[(（].{1,16}[)）])?$"
)
_ISSUED = (
    r"(?:编制|编写|发布|发文|成文|印发|签发|签订|出版|完成|报告|定稿|公告|公示|填开|开票|制表|提交报告)(?:日期|时间)"
)
_COVER_LABEL = re.compile(rf"(?:{_ISSUED}|日期|时间)\s*:?")
_ISSUED_PAIR = re.compile(rf"(?:^|\s){_ISSUED}\s*:\s*(?P<day>[\d〇○零一二三四五六七八九十年月日./-]{{6,14}})(?=\s|$)")
ARTICLE = re.compile(r"(?:\*\*)?第\s*[〇零一二三四五六七八九十百\d]{1,5}\s*条")
"""An article of a law at the start of a line."""
_VERSION_ROW = re.compile(r"\W*[vV]?\d{1,2}(?:\.\d{1,2})+\b.*")
_DIGITS_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.年]?(?P<month>\d\d|\d(?=[-_.月]))[-_.月]?(?P<day>\d{1,2})日?(?!\d)"
)
_SIGNATURE = re.compile(
    r".{0,40}(?:政府|委员会|厅|局|院|部|办公室|中心|公司|协会|学会|大学|学院|法院|银行|组|会|集团|处)[)）]?"
)


def days_of(text: str) -> list[str]:
    """Every date of a text in order, ISO; 2023-03 where it names no day."""
    found = []
    for match in _DAY.finditer(squeeze(fold(text))):
        year, month = match["year"] or _number(match["cyear"]), match["month"] or _number(match["cmonth"])
        day = match["day"] or match["dayn"] or (_number(match["cday"]) if match["cday"] else "")
        if not year or not month:
            continue
        if not day:
            found += [f"{int(year)}-{int(month):02}"] if 1 <= int(month) <= 12 else []
        elif said := iso(int(year), int(month), int(day)):
            found.append(said)
    return found


def _number(text: str) -> str:
    value = value_of(re.sub(f"[{_ZERO}]", "〇", text))
    return str(int(value)) if value else ""


def name_date(path: str) -> str | None:
    """The complete day in the name of a file, None when there is none or more than one."""
    stem = fold(PurePosixPath(path).stem)
    found = {iso(int(m["year"]), int(m["month"]), int(m["day"])) for m in _DIGITS_DAY.finditer(stem)}
    days = [day for day in found if day]
    return days[0] if len(days) == 1 else None


def legal(title: str) -> bool:
    """True for the name of a law, a regulation, statutes: texts that are passed and amended."""
    return _LEGAL.search(squeeze(title)) is not None


def enacted(head: Sequence[Line], title: str, path: str) -> str | None:
    """The day a law or regulation was issued or last amended, of those that stand below its name or in its file's name.

    Args:
        head: the lines between its name and its first article.
        title: its name.
        path: its file: (2019-03-24) in it names the version.
    """
    if not legal(title):
        return None
    found = [day for line in head for day in _events(line.text)]
    named = name_date(path)
    return max([*found, *([named] if named else [])], default=None)


def _events(text: str) -> Iterable[str]:
    """Days on which something was passed, issued, amended: each stands before its verb."""
    bare = squeeze(fold(text))
    matches = list(_DAY.finditer(bare))
    for match, following in zip_longest(matches, matches[1:]):
        after = bare[match.end() : following.start() if following else len(bare)]
        if _ENACTED.search(after) and not after.startswith("起"):
            yield from days_of(match[0])


def cover_date(head: Sequence[Line]) -> str | None:
    """The day or month on the cover of a document: on a line of its own, called so by a label, behind the name of its
    maker, or that of the last version in its table of versions."""
    found: list[str] = []
    for line in head:
        if len(line.text) <= parameters.LONGEST_METADATA and (pair := _ISSUED_PAIR.search(fold(line.text))):
            found += days_of(pair["day"])[:1]
            continue
        days = days_of(line.text)
        if len(days) != 1 or len(line.text) > parameters.LONGEST_COVER_LINE:
            continue
        rest = _DAY.sub("", squeeze(fold(line.text)), count=1).strip("()[]【】-—")
        if (
            not rest
            or any(pattern.fullmatch(rest) for pattern in (_COVER_LABEL, _SIGNATURE))
            or _VERSION_ROW.fullmatch(fold(line.text).strip())
        ):
            found.append(days[0])
    return max(found, default=None) if len(set(found)) <= parameters.MOST_COVER_DATES else None


def signed_date(tail: Sequence[Line]) -> str | None:
    """The complete day on a line of its own at the end of a document: its last line, or below the name of its maker."""
    for at, line in enumerate(tail):
        days = days_of(line.text)
        alone = len(days) == 1 and not _DAY.sub("", squeeze(fold(line.text)), count=1).strip("()")
        below = at > 0 and _SIGNATURE.fullmatch(squeeze(fold(tail[at - 1].text))) is not None
        if alone and len(days[0]) == len("2023-08-22") and (below or at == len(tail) - 1):
            return days[0]
    return None
