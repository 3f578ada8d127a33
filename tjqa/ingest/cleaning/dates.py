"""Which day a document bears, of the many it speaks of: the day it was issued or last amended.

A tender names deadlines, a law the day it takes effect, a report those it cites. So a date counts only where its words
or its place say what it is; a doubtful one is none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import PurePosixPath

from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line
from tjqa.text.days import day_of_name, days, without_days
from tjqa.text.normalize import fold, squeeze

# Of a law's life: passed, issued, amended. 施行 says when it takes effect, which is another day.
_ENACTED = re.compile(r"通过|批准|公布|发布|颁布|修订|修正|修改|印发|签发|制定")
_LEGAL = re.compile(
    r"(?:法|条例|办法|规[定则章程]|细则|章程|准则|决[定议]|制度|解释|通则|规程|规范|标准)(?:[(（].{1,16}[)）])?$"
)
_ISSUED = (
    r"(?:编制|编写|编订|发布|发文|成文|印发|签发|签订|签署|订立|出版|完成|报告|生成|定稿|公告|公示|填开|开票|制表|提交报告|"
    r"填表|填报|制定|修订|更新|起草|撰写|呈报|编印)"
    r"(?:日期|时间)"
)
_ISSUED_THEN = re.compile(r"(?:发布|批准|公布|印发)(?:实施|施行|执行)?")  # 2010-05-31发布 2010-12-01实施
_COVER_LABEL = re.compile(rf"(?:{_ISSUED}|日期|时间)\s*:?")
_ISSUED_PAIR = re.compile(rf"(?:^|\s){_ISSUED}\s*:\s*(?P<day>[\d〇○零一二三四五六七八九十年月日./-]{{6,14}})(?=\s|$)")
_ISSUED_COLUMN = re.compile(rf"{_ISSUED}|(?:date_?)?(?:publish(?:ed)?|issued?|pub)(?:_?(?:date|time|on|at))?")
_MINUTES = re.compile(r"纪要|[记纪]录|(?:会议|例会|座谈会)$")
_MET = re.compile(
    r"(?:^|\s)(?:会议|例会|评审|开会|召开|举行|座谈)?(?:时间|日期)\s*:?\s*(?=(?:19|20)\d\d\s*[-/.年])(?P<day>[\d\s年月日./-]{8,20})"
)
ARTICLE = re.compile(r"(?:\*\*)?第\s*[〇零一二三四五六七八九十百\d]{1,5}\s*条")
"""An article of a law at the start of a line."""
_VERSION_ROW = re.compile(r"\W*[vV]?\d{1,2}(?:\.\d{1,2})+\b.*|.*\t\s*[vV]\d{1,2}(?:\.\d{1,2})+")
_SIGNATURE = re.compile(
    r".{0,40}(?:政府|委员会|厅|局|院|部|办公室|中心|公司|协会|学会|大学|学院|法院|银行|组|会|集团|处)[)）]?"
)


def days_of(text: str) -> list[str]:
    """Every date of a text in order, ISO; 2023-03 where it names no day."""
    return [day.iso for day in days(squeeze(fold(text)))]


def name_date(path: str) -> str | None:
    """The complete day in the name of a file, None when there is none or more than one."""
    return day_of_name(fold(PurePosixPath(path).stem))


def column_date(rows: str) -> str | None:
    """The day that all rows of a table give in a column of days of issue (publish_date); None when they differ.

    Args:
        rows: the table with its head, cells parted by commas or tabs.
    """
    lines = csv.reader(io.StringIO(rows.lstrip("\ufeff")), delimiter="\t" if "\t" in rows.partition("\n")[0] else ",")
    found: set[str] = set()
    try:
        places = [k for k, name in enumerate(next(lines, [])) if _ISSUED_COLUMN.fullmatch(squeeze(fold(name)))]
        for row in lines if places else ():
            found.update(day for k in places if k < len(row) for day in days_of(row[k])[:1])
            if len(found) > 1:
                return None
    except csv.Error:  # a cell without end
        return None
    return found.pop() if found else None


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
    found = list(days(bare))
    for day, following in zip_longest(found, found[1:]):
        after = bare[day.end : following.start if following else len(bare)]
        if _ENACTED.search(after) and not after.startswith("起"):
            yield day.iso


def cover_date(head: Sequence[Line]) -> str | None:
    """The day or month on the cover of a document: on a line of its own, called so by a label, behind the name of its
    maker, or that of the last version in its table of versions."""
    found: list[str] = []
    for line in head:
        if len(line.text) <= parameters.LONGEST_METADATA and (pair := _ISSUED_PAIR.search(fold(line.text))):
            found += days_of(pair["day"])[:1]
            continue
        said = days_of(line.text)
        if len(line.text) <= parameters.LONGEST_COVER_LINE and _ISSUED_THEN.fullmatch(_beside(line)):
            found += list(_events(line.text))[:1]
            continue
        if len(said) != 1 or len(line.text) > parameters.LONGEST_COVER_LINE:
            continue
        rest = _beside(line).strip("()[]【】-—")
        if (
            not rest
            or any(pattern.fullmatch(rest) for pattern in (_COVER_LABEL, _SIGNATURE))
            or _VERSION_ROW.fullmatch(fold(line.text).strip())
        ):
            found.append(said[0])
    return max(found, default=None) if len(set(found)) <= parameters.MOST_COVER_DATES else None


def met_date(head: Sequence[Line], title: str) -> str | None:
    """The day of the meeting that minutes are of, as their head calls it; None of any other text."""
    if not _MINUTES.search(title):
        return None
    told = (found["day"] for line in head if (found := _MET.search(fold(line.text))))
    return next((day for text in told for day in days_of(text) if len(day) == len("2023-08-22")), None)


def signed_date(tail: Sequence[Line]) -> str | None:
    """The complete day on a line of its own at the end of a document: its last line, or below the name of its maker."""
    for at, line in enumerate(tail):
        said = days_of(line.text)
        alone = len(said) == 1 and not _beside(line).strip("()")
        below = at > 0 and _SIGNATURE.fullmatch(squeeze(fold(tail[at - 1].text))) is not None
        if alone and len(said[0]) == len("2023-08-22") and (below or at == len(tail) - 1):
            return said[0]
    return None


def _beside(line: Line) -> str:
    return without_days(squeeze(fold(line.core)), months=True)
