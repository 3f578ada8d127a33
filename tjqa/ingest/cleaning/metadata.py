"""What a page says about its article: dates, publisher, reporter; and which lines say nothing else.

Everything is matched on folded text (half width, simplified), which keeps positions, so names are cut from the text
as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjqa.ingest import parameters
from tjqa.text.days import NUMERIC, Day, days, without_days
from tjqa.text.normalize import fold

_TIME = re.compile(
    r"\d{1,2}\s*时\s*\d{1,2}\s*分(?:\s*\d{1,2}\s*秒)?|\d{1,2}\s*:\s*\d{2}(?:\s*:\s*\d{2})?"
    r"|星期[一二三四五六日天]|周[一二三四五六日]"
)
_LABEL = (
    r"(?:信息|文章|新闻|稿件|资料|图片)?(?:来源(?:于|自)?|稿源|出处|作者|撰[文稿]|[\u4e00-\u9fff]{0,6}记者|通讯员|编辑|责编|"
    r"责任编辑|执行编辑|校对|审核|审校|初审|复审|终审|审签|监制|签发|主编|总编|值班编委|摄影|供图|供稿|"
    r"(?:添加|录入|上传|公开|播出|公布)(?:时间|日期)|发布(?:时间|日期|机构|单位|者)?|updated|published|posted|发表(?:时间|于)?|更新(?:时间|日期|于)?|时间|日期|成文日期|发文(?:机关|字号|日期)|"
    r"印发日期|实施日期|文号|索引号|主题分类|公文种类|体裁|[时有]效性|效力级别|(?:发布|发文|主管|责任|答复|承办)(?:部门|机关)|(?:浏览|阅读|点击)(?:次数|量|数|率)?|访问量?|人气|字数|分类|栏目|字体|字号|评论数?)"
)
_PAIR = re.compile(rf"[(【\[]?{_LABEL}\s*:\s*[^\s|]{{0,24}}")
# 访谈时间:…, 成立日期:… are days that the text tells, not of its publication; a term is no particular of the page.
_TOLD_DAY = re.compile(r"[(【\[]?[^\s:]{1,12}(?:时间|日期)\s*:")
_OWN_DAY = re.compile(
    r".*(?:发[布表文稿]|更新|公开|公布|公告|公示|刊[发登]|登载|添加|录入|上传|播出|创建|生成|印发|成文|提交|审核|修改|入库)(?:时间|日期)"
)
_TERM = re.compile(
    r"[(【\[]?[^\s:]{0,8}(?:截止|开标|递交|成立|施行|生效|竣工|开工|有效|到期|交[货付]|报名|响应|答疑|质疑|踏勘)[^\s:]{0,4}(?:时间|日期|期限)\s*:"
)
_CREDIT = re.compile(r"[(【]?[^。!?]{0,40}?(?:供图|摄影报道|摄影|资料图|图源|图片来源|摄)(?:[:\s/].{0,20})?[)】]?")
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_NAMES = rf"{_NAME}(?:[\s、,/]+{_NAME}){{0,5}}"
_BYLINE = re.compile(
    r"[(【]?\s*(?:本报|本网|本台|全媒体)?\s*(?:(?:实习|见习|首席|特约)?(?:记者|通讯员)|编辑|责编|责任编辑|作者|文|撰文|摄影|图|文图|图文|"
    rf"供稿|来源|校对|审核)\s*[:/丨|\s]\s*{_NAMES}.{{0,40}}[)】]?"
)
_EDITOR = re.compile(
    r"[(【\[]?\s*(?:责任编辑|本文编辑|责编|编辑|编审|校对|审核|终审|值班编辑|网络编辑)\s*[:/丨|\s]\s*[^。]{0,40}"
)
_STAMP = re.compile(rf"(?:发表|发布|更新)?(?:于|时间|日期)?\s*:?\s*{NUMERIC}(?:\d{{1,2}}:\d{{2}}|[·|])")
_STAMPED = re.compile(rf"\s{NUMERIC}\d{{1,2}}:\d{{2}}(?::\d{{2}})?$")
_PARTICULAR = re.compile(
    r"(?:[^\s:]{0,6}(?:编号|[文序案]号|时间|日期|单位|机构|状态|类型|类别|分类|栏目|格式|页数|来源|作者|种类|体裁|[时有]效性|效力级别|主题词|(?:发布|发文|主管|责任|办理|答复|承办)(?:部门|机关))"
    r"|(?:来信|写信|提问|咨询|联系|发布|录入|申请|经办)[人者])\s*:\s*\S{0,30}"
)
_PAIRS = re.compile(
    r"(?:[^\s:]{2,6}:\s*[^\s:,，。;；]{1,24}\s+){2,}[^\s:]{2,6}:\s*[^\s:,，。;；]{1,24}"
)  # particulars in a row
_SAID = re.compile(r"^(?:发布于|发表于|更新于|由\s)|\s(?:发布|发表|更新)$")
_BRACKETED = re.compile(r"^【([^】]{2,6})】(?=[^【])")  # 【发布日期】2019-11-20
_PAPER = re.compile(
    rf"《?\s*[^\s()《》]{{2,12}}\s*》?\s*\(?\s*{NUMERIC}第?\s*[a-z\d]{{1,4}}\s*版.{{0,6}}\)?"
)  # 《某报》(… 第 3 版)
_MOMENT_INSIDE = re.compile(rf"[\s:|\])]{NUMERIC}\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:$|[\s|\[(])")
_MOMENT_LABEL = re.compile("(?:发布|发表|更新|公开)(?:时间|日期)")
_LEFT_OVER = re.compile(r"[\s|/\\\-—–·•,:;()【】\[\]<>《》]+|[大中小次tz]")
# Where figures, money or pictures are from is not who published the page.
_PUBLISHER = re.compile(
    r"(?<!数据)(?<!资金)(?<!经费)(?<!图片)(?<!照片)(?<!收入)(?:来源(?:于|自)?|稿源|出处)"
    r"\s*:\s*(?P<name>[^\s|,;()\[\]]{2,30})"
)
_NEXT_LABEL = re.compile(r"(?:(?:发布|发表|更新)?(?:时间|日期)|作者|编辑|责编|记者)\s*:")
_SPEECH = re.compile(r"[)）]?\s*在.{1,40}?(?:第.{1,4}[届次]|会议|大会|代会|论坛|座谈会|仪式|典礼|年会)")

# On a line of its own a label is enough; in running text ("记者从市教育局获悉") brackets or 报道 have to show a name.
_LINE_REPORTER = re.compile(
    rf"(?:(?:记者|作者|撰文|文字)\s*[:/\s]|文\s*[/丨|:]|[(【]文\s|^文\s|[(【](?:\S{{0,6}})?记者)\s*(?P<names>{_NAMES})"
)
_TEXT_REPORTER = re.compile(
    rf"[(【]\s*(?:本报|本网|本台|全媒体|见习|实习|特约|首席)*(?:记者|文|撰文|作者)\s*[:/]?\s*(?P<names>{_NAMES})|"
    rf"(?:本报|本网|本台|社|网|报|台)\s*(?:讯|电)?\s*\(?记者\s*(?P<named>{_NAMES})(?=[\s)]|报道|摄)|"
    r"记者\s*(?P<reports>[\u4e00-\u9fff·]{2,4}?)\s*(?:报道|摄影报道)"
)
_NOT_A_NAME = re.compile(
    r"[从在了获悉招待对是的]|协会|采访|现场|发布|来源|编辑|报道|报讯|编译|出处|表示|整理|整合|阅读|通讯员|实习生|[站网报]$"
)


def first_date(text: str) -> str | None:
    """The first complete date in `text`, as ISO."""
    return next((day.iso for day in _complete(fold(text))), None)


def _complete(folded: str) -> Iterator[Day]:
    return (day for day in days(folded) if day.complete)


def date_only(text: str) -> bool:
    """True for a line that holds a date and nothing else."""
    if len(text) > parameters.LONGEST_METADATA:
        return False
    rest = _TIME.sub("", without_days(fold(text)))
    return first_date(text) is not None and not _LEFT_OVER.sub("", rest)


def is_meta(text: str) -> bool:
    """True for a line of nothing but date, source, byline, editor, photo credit."""
    if len(text) > parameters.LONGEST_METADATA:
        return False
    text = _BRACKETED.sub(r"\1:", fold(text))
    if text.endswith(("。", "!", "?")):
        return False
    if any(pattern.fullmatch(text) for pattern in (_CREDIT, _BYLINE, _EDITOR)):
        return True
    if _TERM.match(text):
        return False
    if _PAIRS.fullmatch(text) or _PAPER.fullmatch(text):
        return True
    bare = _PAIR.sub("", without_days(text))
    rest = len(_LEFT_OVER.sub("", _TIME.sub("", bare)))
    # "最近浏览:" heads a list.
    if bare != text and rest <= parameters.LEFT_OVER_BESIDE_LABEL and not (rest and text.endswith(":")):
        return True
    # "2019-09-26 10:56:28 某某时报网 12次阅读": the moment leads or ends the line, a name and counts go with it.
    leads = rest <= parameters.LEFT_OVER_AFTER_MOMENT and _STAMP.match(text) is not None
    if leads or (rest <= parameters.LEFT_OVER_BEFORE_MOMENT and _STAMPED.search(text) is not None):
        return True
    if rest <= parameters.LEFT_OVER_BESIDE_SAID and _SAID.search(text) and len(without_days(text)) < len(text):
        return True
    short = rest <= parameters.LEFT_OVER_AROUND_MOMENT and len(text) <= parameters.LONGEST_AROUND_MOMENT
    return short and _MOMENT_INSIDE.search(text) is not None and "," not in text


def particular(text: str) -> bool:
    """True for a line such as "信件编号:20230905017" or "来信人:张三": it stands between headline and text."""
    return _PARTICULAR.fullmatch(_BRACKETED.sub(r"\1:", fold(text))) is not None


def stamps(text: str) -> bool:
    """True for a line that dates an article or names where it comes from."""
    return first_date(text) is not None or names_someone(text) or _MOMENT_LABEL.search(fold(text)) is not None


def says_when(text: str) -> bool:
    """True for a line that calls its date the day of publication."""
    return _MOMENT_LABEL.search(fold(text)) is not None and first_date(text) is not None


def tells_another_day(text: str) -> bool:
    """True for a line that dates something else than its page: 访谈时间:…"""
    folded = fold(text)
    return _TOLD_DAY.match(folded) is not None and _OWN_DAY.match(folded) is None


def names_someone(text: str) -> bool:
    """True for a line with editor, reporter or source: worth keeping even among furniture."""
    folded = fold(text)
    return any(pattern.fullmatch(folded) for pattern in (_EDITOR, _BYLINE)) or publisher(text) is not None


def is_editor(text: str) -> bool:
    """True for the editor's line, which ends most news articles."""
    return _EDITOR.fullmatch(fold(text).lstrip("•·- ")) is not None


def publisher(text: str) -> str | None:
    """The name after 来源: and its like."""
    found = _PUBLISHER.search(fold(text))
    if not found:
        return None
    label = _NEXT_LABEL.search(found["name"])  # "来源:某报时间:…" lost the blank between
    return text[found.start("name") : found.start("name") + (label.start() if label else len(found["name"]))] or None


def line_reporter(text: str) -> str | None:
    """Names on a line of metadata: "记者:…", "文/…"."""
    found = _LINE_REPORTER.search(fold(text))
    return _names(text[found.start("names") : found.end("names")]) if found else None


def text_reporter(text: str) -> str | None:
    """Names in the first or last words of a report: "本报讯(记者…)", "记者…报道"."""
    for found in _TEXT_REPORTER.finditer(fold(text)):
        group = found.lastgroup or "names"
        if names := _names(text[found.start(group) : found.end(group)]):
            return names
    return None


def _names(text: str) -> str | None:
    """The names at the start of `text` joined by 、."""
    good: list[str] = []
    for name in re.split(r"[\s、,，/]+", text):
        name = re.sub(r"(?:报道|摄影|摄)$", "", name)
        if not 2 <= len(name) <= 4 or _NOT_A_NAME.search(fold(name)):
            break
        good.append(name)
    return "、".join(good) or None


def _is_term(text: str, day: Day) -> bool:
    """自2025年7月1日起, 2025年6月30日前: a term the text sets, not the day it was written or speaks of."""
    return text[: day.start].endswith(("自", "从", "至", "到")) or text[day.end :].startswith(("起", "前"))


def text_date(title: str, openings: list[str]) -> str | None:
    """The day the text itself bears: in its title, or in the line that heads a speech or report.

    The day a report tells of first ("2023年9月13日,大桥合龙") is not the day it was written, nor is a birthday.
    `openings` are the first lines of the text.
    """
    places = [(title, False), *((text, True) for text in openings)]
    for text, speech in places:
        head = fold(text if text is title else text[: parameters.REPORT_OPENING])
        found = next(_complete(head), None)
        if found is None or _is_term(head, found) or "。" in head[: found.start]:
            continue
        if not speech or (found.start <= parameters.SPEECH_DASHES and _SPEECH.match(head, found.end)):
            return found.iso
    return None
