"""What a document is called, told from what its format says, the lines of its head and the name of its file.

No single one of them can be trusted: title elements carry the site's name, properties that of a template, the largest
type may be a company's name, and file names are what people make of them. So they have to bear each other out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

from tjqa.documents import LONGEST_NAME, Heading, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line
from tjqa.text.days import without_last_day
from tjqa.text.normalize import fold

_SEGMENT = re.compile(r"\s*[_|｜–—]+\s*|\s+-+\s*|\s*-+\s+|(?<=[^\w\s])-|-(?=[A-Za-z]{0,8}[\u4e00-\u9fff]+$)")
_COPY = re.compile(
    r"(?:\s*[(（]\d{1,2}[)）]|\s*-?\s*(?:副本|copy)|[\s_-]*[(（【]?(?:定稿|终稿|最终[稿版]|(?:拟?发布|发售)稿|盖章版|已[签盖]章)[)）】]?)+$",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"(?:新建|未命名|无标题|文档|文件|工作簿|工作表|表格?|扫描|下载|document|untitled|file|scan|img|image|doc|book|"
    r"sheet|table|readme|index|default|new|microsoft|word|excel|docx?|xlsx?|pdf|html?|text|[0-9a-f]{8,}|\d|\W|_)+",
    re.IGNORECASE,
)
# A label that says that its value is the name.
_TABLE_LABEL = re.compile(r"[\s\"]*(?:指标(?:名称)?|表\s*名|统计表名称|名\s*称|标\s*题)\s*[:：]\s*(?=\S)")
_SPOKEN = re.compile(r"\W*(?:19|20)\d\d年\d{1,2}月\d{1,2}日在.+(?:上|期间)\W*")  # ——2026年2月3日在…会议上


@dataclass(frozen=True, slots=True)
class Title:
    """What a document is called; `lines` are the numbers of the lines it stands on, none when it stands nowhere."""

    text: str
    lines: tuple[int, ...] = ()


def bare(text: str) -> str:
    """Letters and digits alone, for comparing names that were written twice."""
    return "".join(char for char in unicodedata.normalize("NFKC", fold(text)) if char.isalnum())


def name_title(path: str) -> str:
    """What the name of a file calls it, without suffix, a day or a copy's number at its end; empty when it says
    nothing, as 新建文档 or scan001 do."""
    stem = PurePosixPath(path).stem
    short = without_last_day(_COPY.sub("", stem)).strip()
    short = re.sub(r"[_+\s]+", " ", short or stem).strip()
    return "" if _NAMELESS.fullmatch(short) else short[:LONGEST_NAME]


def nameless(name: str) -> bool:
    """True for what programs call a sheet or a file by themselves: Sheet1, 新建文档. A number is a name: 2023."""
    return any(map(str.isalpha, name)) and _NAMELESS.fullmatch(name) is not None


def alike(one: str, other: str) -> float:
    """How far two names are the same, 0 to 1: Dice's coefficient over pairs of neighbouring characters."""
    pairs = [Counter(map("".join, pairwise(bare(text)))) for text in (one, other)]
    total = sum(map(Counter.total, pairs))
    return 2 * (pairs[0] & pairs[1]).total() / total if total else 0.0


def declared_line(lines: list[Line], declared: str, headings: tuple[Heading, ...] = (), before: int = 0) -> int | None:
    """The line of a page that its title element names, None when there is none.

    Sites put their own name and that of the column behind the headline, and leave out quotation marks. Of several lines
    that are the same the first heading of the page (h1), else the last one above line `before`, where the text begins.
    """
    whole, first = bare(declared), bare(_segments(declared)[0])
    fits: dict[int, int] = {}
    for i, line in enumerate(lines):
        if len(line.core) > parameters.LONGEST_HEADLINE + len("# "):
            continue
        text = bare(line.core)
        named = len(text) >= 2 and text in (first, whole)
        inside = len(text) >= parameters.SHORTEST_NAMED_HEADLINE and (
            whole.startswith(text) or (text in whole and 2 * len(text) >= len(whole))
        )
        longer = len(first) >= parameters.SHORTEST_NAMED_HEADLINE and text.startswith(first)
        if named or inside or longer:
            fits[i] = len(text) if not longer else len(first)
    if not fits:
        return None
    most = max(fits.values())
    best = [i for i, length in fits.items() if length == most]
    top = {heading.span.start for heading in headings if heading.level == 1}
    marked = [i for i in best if lines[i].span.start in top]
    above = [i for i in best if i < before]
    return next(iter(marked or above[-1:] or best))


def going_on(lines: list[Line], at: int, name: str) -> list[int]:
    """The lines below line `at` on which a headline goes on that begins there: together they are the first part of
    `name`, as a title element or a file has it. None where they are not the whole of it."""
    wanted = bare(_segments(name)[0])
    told, found = bare(lines[at].core), []
    for i in range(at + 1, min(at + parameters.TITLE_LINES, len(lines))):
        if not wanted.startswith(told) or len(told) >= len(wanted):
            break
        told += bare(lines[i].core)
        found.append(i)
    return found if found and told == wanted else []


def caption(text: str, cells: str) -> str:
    """What a table calls itself above its head, on a line with a label (指标:…); empty when it does not.

    Args:
        text: the lines of the sheet.
        cells: what parts its cells.
    """
    for line in text.split("\n", parameters.CAPTION_LINES)[: parameters.CAPTION_LINES]:
        label = _TABLE_LABEL.match(line)
        if label and not any(char in line.rstrip(cells + " \r") for char in cells):
            return line[label.end() :].strip(cells + ' \r"')[:LONGEST_NAME]
    return ""


def named_line(lines: list[Line], name: str) -> int | None:
    """The line in the head of a text that is what its file is called, None when none is."""
    if len(bare(name)) < parameters.SHORTEST_NAMED_HEADLINE:
        return None
    head = lines[: parameters.HEAD_LINES]
    scores = {i: alike(line.core, name) for i, line in enumerate(head) if not line.stopped and not spoken(line)}
    best = max(scores, key=lambda i: scores[i], default=None)
    return best if best is not None and scores[best] >= parameters.ALIKE_NAMES else None


def declared_title(declared: str) -> str:
    """The headline in a title element, without the names of site and column; empty when it is too short to be one."""
    first = _segments(declared)[0]
    return first[:LONGEST_NAME] if len(bare(first)) >= parameters.SHORTEST_NAMED_HEADLINE else ""


def _segments(declared: str) -> list[str]:
    return [part for part in _SEGMENT.split(" ".join(declared.split())) if part.strip()] or [""]


def spoken(line: Line) -> bool:
    """Where and when a speech was given: it stands below the headline."""
    return _SPOKEN.fullmatch(fold(line.core)) is not None


def title_span(lines: list[Line], title: Title) -> Span | None:
    """Where the title stands as it reads, None when it stands on several lines or nowhere."""
    if len(title.lines) != 1:
        return None
    return lines[title.lines[0]].locate(title.text)
