"""The title of a Word or PDF document, told from its head, what its format marks, its properties, its file's name."""

from __future__ import annotations

import re
from math import log2

from tjqa.documents import LONGEST_NAME, Heading
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import date_only, first_date, particular
from tjqa.ingest.cleaning.titles import Title, alike, bare, spoken
from tjqa.text.days import days, without_days
from tjqa.text.headings import numbering
from tjqa.text.normalize import fold, squeeze

# 项目名称:…  A label that says that its value is the name.
_NAME = r"\s*(?:(?:采购|招标|工程|合同|课题|论文|文件)?(?:项\s*目)?\s*名\s*称|标\s*题|题\s*目|课\s*题)\s*[:：]\s*"
_ADDRESS = re.compile(r"(?:https?://|www\.)[a-z\d./_-]+", re.IGNORECASE)  # of who put the file on the web
_NAME_LABEL = re.compile(rf"{_NAME}(?=\S)")
_BARE_NAME_LABEL = re.compile(_NAME)
_LABEL = re.compile(r"\s*[^\s:：]{1,4}(?:\s*[^\s:：]){0,6}\s*[:：]")
# What documents call themselves at the end of their titles.
_GENRE = re.compile(
    r"(?:(?:计划|任务|申请|需求|建议|通知|决定|报告|责任|承诺|协议|合同|意见|判决|裁定|规划|委托|邀请)\s*书|文\s*件|公\s*告|通\s*[知告]|办\s*法|条\s*例|规\s*[定则范程]|细\s*则|决\s*定|决\s*议|意\s*见|方\s*案|规\s*划|计\s*划|"
    r"报\s*告|[记纪]\s*录|章\s*程|制\s*度|标\s*准|合\s*同|协\s*议|手\s*册|指\s*南|说\s*明\s*书?|纪\s*要|[来复批]?函|批\s*复|公\s*报|要\s*求|清\s*单|"
    r"目\s*录|简\s*报|白\s*皮\s*书|范\s*本|示\s*范\s*文\s*本|法)(?:[(（].{1,12}[)）])?\s*$"
)
_WORK = re.compile(r"(?:项目|工程|采购|服务|课题|研究|分析|设计|概论|讲义)[)）]?")  # what a title is of, at its end
_LATER_CHAPTER = re.compile(
    r"第(?!\s*[一1]\s*[章编篇])[^条]{1,4}[章编篇]\s"
)  # what begins with chapter six is that chapter
_ORDINAL = re.compile(r"[(（]?\d{1,2}\s*[.、．)）]|[一二三四五六七八九十]{1,3}[\s、.．]")
# 1引言, 1 引言: the number of a section without a stop behind it; 1月, 15个 count.
_BARE_NUMBER = re.compile(r"(\d{1,2})(?:\.\d{1,2})*\s*(?=[\u4e00-\u9fff])(?!\s*[年月日号个家届期次季级分万亿元米])")
_CLAUSES = re.compile(r"[\u4e00-\u9fff][,，;；。]")
_COLUMNS = re.compile(r"\t|\s{2,}")
_PART = re.compile(
    r"前言|序言?|引言|绪论|导论|摘要|目录|正文|附录|附件|参考文献|致谢|说明|概述|总则|abstract", re.IGNORECASE
)
_OFFICE = re.compile(r".*(?:公司|局|委员会|中心|厅|处|大学|学院|政府|银行|协会)\s*|.*公司\s*\S{2,8}部\s*")
# 云岭县水利局文件: the name in red at the head of an official document (GB/T 9704), above its number and its title.
_OFFICES = r"(?:局|委|委员会|厅|处|部|院|会|大学|学院|政府|办公室|公司|中心|集团)"
_LETTERHEAD = re.compile(rf".*{_OFFICES}文件(?:.*{_OFFICES})?")  # of several offices 文件 may stand between them
_NUMBERED_NAME = re.compile(r"[\d.、．()（）第一二三四五六七八九十章节篇部分]+")
# 竞争性磋商文件: says what kind of document it is and not of what, half a title.
_KIND_ALONE = re.compile(
    r"(?:会议|例会|评审|公开|邀请|竞争性?|单一来源|询价|磋商|谈判|比选|遴选|招标|投标|采购|响应|货物|服务|工程|施工|监理|设备|物资|类|项目|研究|"
    r"技术|工作|年度|课程|实验|毕业|调查|可行性|电子化?|全流程|网上|线上|政府|集中|国内|国际|资格|预审|文件|管理|实施|奖励|暂行|若干|补充)*"
    + _GENRE.pattern
)
_ENDING = 12  # characters at the end of a title that say what kind of document it is


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
    if _torn(lines, best, name):
        return Title(name)
    if cover := _cover_pair(lines, best, [group for _, group in scored], marked):
        best = cover
    elif _kind_line(lines, best):  # 招标文件: of which project, a line nearby says
        others = [(other, group) for other, group in scored if group != best and other >= parameters.LEAST_NAME_SCORE]
        near = [(other, group) for other, group in others if _completes(lines, group, best)]
        best = (*max(near)[1], *best) if near else best
    else:
        kinds = [group for _, group in scored if group != best and _completes(lines, best, group)]
        best = (*best, *kinds[0]) if kinds else best
    best = _as_called(lines, best, name)
    return Title(_unnumbered(joined_name(lines, best), name), tuple(sorted(best)))


def _unnumbered(title: str, name: str) -> str:
    """A title without the number of its section, when the rest is what the file is called: 4.1 原型说明."""
    number = _NUMBERED_NAME.match(title)
    rest = title[number.end() :].strip() if number else ""
    return rest if rest and bare(rest) == bare(name) else title


def _as_called(lines: list[Line], group: tuple[int, ...], name: str) -> tuple[int, ...]:
    """Of the lines of a cover that are set alike, those that the file's name has, too, when they are all of it: what
    stands between is the series, the edition, the customer."""
    known = tuple(i for i in group if bare(_text(lines, (i,))) in bare(name))
    between = 1 < len(known) < len(group) and (known[0], known[-1]) == (group[0], group[-1])
    whole = between and alike(_text(lines, known), name) >= parameters.SURELY_NAMED
    return known if whole else group


def joined_name(lines: list[Line], group: tuple[int, ...]) -> str:
    """A name that stands on several lines."""
    return "".join(_text(lines, (i,)) for i in group)[:LONGEST_NAME]


def _torn(lines: list[Line], group: tuple[int, ...], name: str) -> bool:
    """Whether a line begins as the file is called and then goes over to what stands beside it: a title that its box
    broke, whose next line is somewhere else."""
    begun, *beside = _COLUMNS.split(lines[group[0]].core.strip())
    known = bare(begun)
    return bool(beside) and len(known) >= parameters.SHORTEST_NAMED_HEADLINE and bare(name).startswith(known)


def _cover_pair(
    lines: list[Line], best: tuple[int, ...], groups: list[tuple[int, ...]], marked: dict[int, Heading]
) -> tuple[int, ...]:
    """Two neighbours set large on a cover, of which the lower one says what the document is: the name of a product or
    company, 详细设计报告 below it. Empty where the best line is no part of such a pair."""
    ends = {group[-1]: group for group in groups}
    starts = {group[0]: group for group in groups}
    above, below = ends.get(best[0] - 1, ()), starts.get(best[-1] + 1, ())
    if below and _set_apart(lines, best, marked) and _cover_kind(lines, below, marked):
        return () if kind_alone(_text(lines, (*best, *below))) else (*best, *below)
    if above and _cover_kind(lines, best, marked) and _set_apart(lines, above, marked):
        upper, lower = (marked.get(lines[group[0]].span.start) for group in (above, best))
        smaller = upper and lower and upper.size < lower.size - parameters.SAME_SIZE
        letterhead = smaller and _OFFICE.fullmatch(_text(lines, above)) is not None
        return () if letterhead or kind_alone(_text(lines, (*above, *best))) else (*above, *best)
    return ()


def _set_apart(lines: list[Line], group: tuple[int, ...], marked: dict[int, Heading]) -> bool:
    """Whether a name without a kind is set large or called so by a label, and is no section or moment."""
    mark, text = marked.get(lines[group[0]].span.start), squeeze(_text(lines, group))
    large = mark is not None and mark.level <= 0 and mark.size >= parameters.COVER_TYPE
    plain = numbering(lines[group[0]].core) is None and not _LABEL.match(lines[group[0]].core)
    named = (large and plain) or _labelled(lines, group)
    return named and not _GENRE.search(text[-_ENDING:]) and first_date(text) is None


def _cover_kind(lines: list[Line], group: tuple[int, ...], marked: dict[int, Heading]) -> bool:
    """Whether a short line set large says what kind of document it is; its characters may stand one below the other."""
    mark, text = marked.get(lines[group[0]].span.start), squeeze(_text(lines, group))
    large = mark is not None and mark.level <= 0 and mark.size >= parameters.COVER_TYPE
    plain = numbering(lines[group[0]].core) is None and not _LABEL.match(lines[group[0]].core)
    return large and plain and len(text) <= _ENDING and _GENRE.search(text) is not None


def _upright(lines: list[Line], start: int) -> tuple[int, ...]:
    """The lines of one letter each from line `start` on, as on a cover set from top to bottom; three at least."""
    end = start
    while end < len(lines) and len(letter := lines[end].core.strip()) == 1 and letter.isalpha():
        end += 1
    return tuple(range(start, end)) if end - start >= parameters.LEAST_UPRIGHT else ()


def _groups(lines: list[Line], marked: dict[int, Heading]) -> list[tuple[int, ...]]:
    """Lines that may be a title: one by one, or neighbours that the format sets alike, larger than the text."""
    groups: list[tuple[int, ...]] = []
    for i, line in enumerate(lines):
        if groups and i <= groups[-1][-1]:
            continue
        if upright := _upright(lines, i):
            groups.append(upright)
        if upright or not _may_title(line):
            continue
        here, before = marked.get(line.span.start), marked.get(lines[i - 1].span.start) if i else None
        below = bool(groups) and groups[-1][-1] == i - 1
        alike_set = here and before and _set_alike(before, here)
        opens = numbering(line.core) is not None  # 第一章 总则 is no end of a title
        together = alike_set and not opens and not _LABEL.match(line.text) and not re.search("[,，]", line.text)
        if below and (together or _goes_on(lines, groups[-1], line)):
            groups[-1] = (*groups[-1], i)
        else:
            groups.append((i,))
    return groups


def _goes_on(lines: list[Line], group: tuple[int, ...], line: Line) -> bool:
    """Whether a line goes on with a name behind a label, which was too long for its line and is not at its end."""
    text = _text(lines, group)
    cut = _labelled(lines, group) and len(text) >= parameters.LONGEST_LABELLED_LINE
    told = _GENRE.search(text) or _WORK.search(text[-4:]) or line.gap
    plain = not _LABEL.match(line.text) and numbering(line.core) is None and not _OFFICE.fullmatch(line.core)
    return cut and not told and plain and not line.stopped


def _labelled(lines: list[Line], group: tuple[int, ...]) -> bool:
    """Whether a label says that a line is the name: 项目名称:… on its line, or alone on the one before."""
    at = group[0]
    return _NAME_LABEL.match(lines[at].core) is not None or (
        at > 0 and _BARE_NAME_LABEL.fullmatch(lines[at - 1].core) is not None
    )


def _set_alike(one: Heading, other: Heading) -> bool:
    """Whether the format sets two neighbours alike. Of a title that was broken by hand authors often mark the first
    line as a heading, and set the next one as large."""
    level = one.level == other.level or (one.level in (0, 1) and other.level < 0 and one.size >= parameters.COVER_TYPE)
    return level and abs(one.size - other.size) <= parameters.SAME_SIZE and one.size > 1


def _kind_line(lines: list[Line], group: tuple[int, ...]) -> bool:
    return bool(group) and kind_alone(_text(lines, group))


def kind_alone(text: str) -> bool:
    """True for what says of which kind a document is and not of what: 竞争性磋商文件, 管理办法(试行)."""
    return _KIND_ALONE.fullmatch(squeeze(text)) is not None


def _may_title(line: Line) -> bool:
    text = _NAME_LABEL.sub("", line.core)
    plain = not (date_only(text) or _month_only(text) or line.prose or "\t" in text.strip() or spoken(line))
    return plain and sum(map(str.isalpha, text)) >= 2 and len(text) <= 2 * parameters.LONGEST_HEADLINE


def _month_only(text: str) -> bool:
    folded = squeeze(fold(text))
    return any(days(folded)) and not without_days(folded, months=True)


def _score(lines: list[Line], group: tuple[int, ...], marked: dict[int, Heading], declared: str, name: str) -> float:
    """How much speaks for a title; each share has its reason."""
    text, line = _text(lines, group), lines[group[0]]
    mark = marked.get(line.span.start)
    labelled = _labelled(lines, group)
    score = 1.0 * (group[0] == 0) - parameters.TITLE_LINE_COST * group[0]  # a title stands first
    numbered = numbering(line.core) is not None or _ORDINAL.match(line.core) is not None
    section = _BARE_NUMBER.match(line.core) if mark is not None and mark.level >= 1 else None
    numbered = numbered or (section is not None and (group[0] > 0 or section[1] == "1"))
    if mark is not None and not numbered:
        score += 2.0 * log2(max(mark.size, 1.0)) + (2.0 if mark.level == 0 else 0.0)  # and large
        score -= 2.0 if mark.level >= 2 else 0.0  # a heading below others is none
    score += 2.0 * max(alike(text, declared), 0.8 if _within(declared, text) else 0.0)
    score += 2.0 * max(alike(text, name), 0.8 if _within(name, text) else 0.0)
    score += 1.0 * (bare(text) in (bare(declared), bare(name)))  # both in the same words
    ending = squeeze(text)[-_ENDING:]
    whole = len(ending) >= parameters.SHORTEST_NAMED_HEADLINE or _KIND_ALONE.fullmatch(ending) is not None
    score += 1.0 if whole and _GENRE.search(ending) else 0.5 if _WORK.search(ending[-4:]) else 0.0
    score += 0.5 * labelled
    if _LABEL.match(line.core) and not labelled:
        score -= 3.0  # 项目编号:…
    chapter = group[0] == 0 and _LATER_CHAPTER.match(line.core) is not None and not _GENRE.search(name)
    if (numbered and not chapter) or particular(line.folded) or _PART.fullmatch(squeeze(line.core)):
        score -= 2.0  # a section of the document, or one of its particulars
    if _OFFICE.fullmatch(text) or first_date(text) is not None:
        score -= 1.5  # who wrote it, or when
    # More than its place, its size and the word 文件 speak for it.
    score -= 4.0 if _LETTERHEAD.fullmatch(squeeze(text)) else 0.0
    if line.stopped or text.endswith((",", "，", "、", ":", "：")):
        score -= 1.5
    if mark is None and _CLAUSES.search(text) and not (_GENRE.search(ending) or labelled):
        score -= 1.0  # a sentence that nobody closed with a stop
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
    bare_lines = (_ADDRESS.sub("", lines[i].core).lstrip("#").strip() for i in group)
    return "".join(map(_closed, (_NAME_LABEL.sub("", line) for line in bare_lines)))


def _closed(text: str) -> str:
    wide = re.fullmatch(r"(?:\S\s+)+\S", text) is not None
    return squeeze(text) if wide else text
