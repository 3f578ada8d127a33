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
from math import log2
from pathlib import PurePosixPath

from tjqa.documents import LONGEST_NAME, Heading, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import date_only, first_date, particular
from tjqa.text.headings import numbering
from tjqa.text.normalize import fold, squeeze

_SEGMENT = re.compile(r"\s*[_|｜–—]+\s*|\s+-+\s*|\s*-+\s+|(?<=[^\w\s])-|-(?=[\u4e00-\u9fff]+$)")
_COPY = re.compile(r"(?:\s*[(（]\d{1,2}[)）]|\s*-?\s*(?:副本|copy))+$", re.IGNORECASE)
_DAY_AT_END = re.compile(r"[\s_\-(（\[【]*(?:19|20)\d\d(?:[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?)\s*[)）\]】]*$")
_NAMELESS = re.compile(
    r"(?:新建|未命名|无标题|文档|文件|工作簿|工作表|表格?|扫描|下载|document|untitled|file|scan|img|image|doc|book|"
    r"sheet|table|readme|index|default|new|microsoft|word|excel|docx?|xlsx?|pdf|html?|text|[0-9a-f]{8,}|\d|\W|_)+",
    re.IGNORECASE,
)
# 项目名称:…  A label that says that its value is the name.
_TABLE_LABEL = re.compile(r"[\s\"]*(?:指标(?:名称)?|表\s*名|统计表名称|名\s*称|标\s*题)\s*[:：]\s*(?=\S)")
_NAME_LABEL = re.compile(
    r"\s*(?:(?:采购|招标|工程|合同|课题|论文|文件)?(?:项目)?\s*名\s*称|标\s*题|题\s*目|课\s*题)\s*[:：]\s*(?=\S)"
)
_LABEL = re.compile(r"\s*[^\s:：]{1,4}(?:\s*[^\s:：]){0,6}\s*[:：]")
# What documents call themselves at the end of their titles.
_GENRE = re.compile(
    r"(?:文\s*件|公\s*告|通\s*[知告]|办\s*法|条\s*例|规\s*[定则范程]|细\s*则|决\s*定|决\s*议|意\s*见|方\s*案|规\s*划|计\s*划|"
    r"报\s*告|章\s*程|制\s*度|标\s*准|合\s*同|协\s*议|手\s*册|指\s*南|说\s*明\s*书?|纪\s*要|[来复批]?函|批\s*复|公\s*报|要\s*求|清\s*单|"
    r"目\s*录|简\s*报|白\s*皮\s*书|法)(?:[(（].{1,12}[)）])?\s*$"
)
_WORK = re.compile(r"(?:项目|工程|采购|服务|课题|研究|分析|设计|概论|讲义)[)）]?")  # what a title is of, at its end
_LATER_CHAPTER = re.compile(
    r"第(?!\s*[一1]\s*[章编篇])[^条]{1,4}[章编篇]\s"
)  # what begins with chapter six is that chapter
_ORDINAL = re.compile(r"[(（]?\d{1,2}\s*[.、．)）]|[一二三四五六七八九十]{1,3}[\s、.．]")
_PART = re.compile(
    r"前言|序言?|引言|绪论|导论|摘要|目录|正文|附录|附件|参考文献|致谢|说明|概述|总则|abstract", re.IGNORECASE
)
_OFFICE = re.compile(r".*(?:公司|局|委员会|中心|厅|处|大学|学院|政府|银行|协会)\s*")
_SPOKEN = re.compile(r"\W*(?:19|20)\d\d年\d{1,2}月\d{1,2}日在.+(?:上|期间)\W*")  # ——2026年2月3日在…会议上
# 竞争性磋商文件: says what kind of document it is and not of what, half a title.
_KIND_ALONE = re.compile(
    r"(?:公开|邀请|竞争性?|单一来源|询价|磋商|谈判|招标|投标|采购|响应|货物|服务|工程|类|项目|研究|技术|工作|年度|课程|实验|毕业|"
    r"调查|可行性|电子)*" + _GENRE.pattern
)
_ENDING = 12  # characters at the end of a title that say what kind of document it is


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
    short = _DAY_AT_END.sub("", _COPY.sub("", stem)).strip()
    short = re.sub(r"[_+\s]+", " ", short or stem).strip()
    return "" if _NAMELESS.fullmatch(short) else short[:LONGEST_NAME]


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


# --- Word and PDF: the head of the document


def document_title(lines: list[Line], headings: tuple[Heading, ...], declared: str, name: str) -> Title:
    """The title of a Word or PDF document.

    Args:
        lines: those of its head, up to its contents.
        headings: what its format marks.
        declared: the title in its properties.
        name: `name_title` of its file.
    """
    marked = {heading.span.start: heading for heading in headings}
    groups = _groups(lines, marked)
    scored = [(_score(lines, group, marked, declared, name), group) for group in groups]
    score, best = max(scored, key=lambda entry: entry[0], default=(0.0, ()))
    if score < parameters.LEAST_TITLE_SCORE:
        return Title(name or declared)
    if _kind_line(lines, best):  # 招标文件: of which project, a line nearby says
        others = [(other, group) for other, group in scored if group != best and other >= parameters.LEAST_NAME_SCORE]
        near = [(other, group) for other, group in others if _completes(lines, group, best)]
        best = (*max(near)[1], *best) if near else best
    else:
        kinds = [group for _, group in scored if group != best and _completes(lines, best, group)]
        best = (*best, *kinds[0]) if kinds else best
    text = "".join(_text(lines, (i,)) for i in best)
    return Title(text[:LONGEST_NAME], tuple(sorted(best)))


def _groups(lines: list[Line], marked: dict[int, Heading]) -> list[tuple[int, ...]]:
    """Lines that may be a title: one by one, or neighbours that the format sets alike, larger than the text."""
    groups: list[tuple[int, ...]] = []
    for i, line in enumerate(lines):
        if not _may_title(line):
            continue
        here, before = marked.get(line.span.start), marked.get(lines[i - 1].span.start) if i else None
        together = here and before and groups and groups[-1][-1] == i - 1 and _set_alike(here, before)
        if together and not _LABEL.match(line.text) and not re.search("[,，]", line.text):
            groups[-1] = (*groups[-1], i)
        else:
            groups.append((i,))
    return groups


def _set_alike(one: Heading, other: Heading) -> bool:
    return one.level == other.level and abs(one.size - other.size) <= parameters.SAME_SIZE and one.size > 1


def _kind_line(lines: list[Line], group: tuple[int, ...]) -> bool:
    return len(group) == 1 and _KIND_ALONE.fullmatch(squeeze(lines[group[0]].core)) is not None


def _may_title(line: Line) -> bool:
    text = _NAME_LABEL.sub("", line.core)
    plain = not (date_only(text) or line.prose or "\t" in text.strip() or spoken(line))
    return plain and sum(map(str.isalpha, text)) >= 2 and len(text) <= 2 * parameters.LONGEST_HEADLINE


def _score(lines: list[Line], group: tuple[int, ...], marked: dict[int, Heading], declared: str, name: str) -> float:
    """How much speaks for a title; each share has its reason."""
    text, line = _text(lines, group), lines[group[0]]
    mark = marked.get(line.span.start)
    labelled = _NAME_LABEL.match(line.core) is not None
    score = 1.0 * (group[0] == 0) - parameters.TITLE_LINE_COST * group[0]  # a title stands first
    numbered = numbering(line.core) is not None or _ORDINAL.match(line.core) is not None
    if mark is not None and not numbered:
        score += 2.0 * log2(max(mark.size, 1.0)) + (2.0 if mark.level == 0 else 0.0)  # and large
        score -= 2.0 if mark.level >= 2 else 0.0  # a heading below others is none
    score += 2.0 * max(alike(text, declared), 0.8 if _within(declared, text) else 0.0)
    score += 2.0 * max(alike(text, name), 0.8 if _within(name, text) else 0.0)
    ending = squeeze(text)[-_ENDING:]
    whole = len(ending) >= parameters.SHORTEST_NAMED_HEADLINE or _KIND_ALONE.fullmatch(ending) is not None
    score += 1.0 if whole and _GENRE.search(ending) else 0.5 if _WORK.search(ending[-4:]) else 0.0
    score += 0.5 * labelled
    if _LABEL.match(line.core) and not labelled:
        score -= 3.0  # 项目编号:…
    chapter = group[0] == 0 and _LATER_CHAPTER.match(line.core) is not None
    if (numbered and not chapter) or particular(line.folded) or _PART.fullmatch(squeeze(line.core)):
        score -= 2.0  # a section of the document, or one of its particulars
    if _OFFICE.fullmatch(text) or first_date(text) is not None:
        score -= 1.5  # who wrote it, or when
    if line.stopped or text.endswith((",", "，", "、", ":", "：")):
        score -= 1.5
    return score - 1.0 * (len(squeeze(text)) < parameters.SHORTEST_HEADLINE)


def _within(part: str, whole: str) -> bool:
    part, whole = bare(part), bare(whole)
    return len(part) >= parameters.SHORTEST_NAMED_HEADLINE and part in whole


def _completes(lines: list[Line], group: tuple[int, ...], kind: tuple[int, ...]) -> bool:
    """Whether `kind` is the line (招标文件) that says what the document about `group` is, near it on the cover."""
    if not _kind_line(lines, kind) or _kind_line(lines, group):
        return False
    text = squeeze(_text(lines, group))
    near = min(abs(kind[0] - i) for i in group) <= parameters.COVER_REACH
    plain = numbering(lines[group[0]].core) is None and not _OFFICE.fullmatch(text)
    return near and plain and len(text) >= parameters.SHORTEST_NAMED_HEADLINE and not _GENRE.search(text[-_ENDING:])


def _text(lines: list[Line], group: tuple[int, ...]) -> str:
    """A title as it reads: lines joined, without a label, characters that were set wide apart closed up."""
    return "".join(map(_closed, (_NAME_LABEL.sub("", lines[i].core.lstrip("#").strip()) for i in group)))


def _closed(text: str) -> str:
    wide = re.fullmatch(r"(?:\S\s+)+\S", text) is not None
    return squeeze(text) if wide else text


def title_span(lines: list[Line], title: Title) -> Span | None:
    """Where the title stands as it reads, None when it stands on several lines or nowhere."""
    if len(title.lines) != 1:
        return None
    return lines[title.lines[0]].locate(title.text)
