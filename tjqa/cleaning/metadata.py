"""What a page says about its article: dates, publisher, reporter; and which lines say nothing else."""

from __future__ import annotations

import re
from datetime import date

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FULL = re.compile(
    rf"{_YEAR}\s*(?:年|[-/.])\s*(?P<month>\d{{1,2}})\s*(?:月|[-/.])\s*(?P<day>\d{{1,2}})(?!\d)\s*日?"
)
_CHINESE = re.compile(r"[一二][〇○零Ｏ0九][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
_DAY = re.compile(r"(?<![\d年])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_TIME = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?|星期[一二三四五六日天]|周[一二三四五六日]")
_LABEL = (
    r"(?:信息|文章|新闻|稿件|资料|图片)?(?:来源(?:于|自)?|稿源|出处|作者|撰文|记者|实习记者|见习记者|通讯员|编辑|责编|责任编辑|执行编辑|"
    r"校对|审核|审校|初审|复审|终审|审签|监制|签发|主编|总编|值班编委|摄影|供图|供稿|投稿|发布(?:时间|日期|机构|单位|者)?|发表(?:时间|于)?|"
    r"更新(?:时间|日期|于)?|时间|日期|成文日期|发文(?:机关|字号|日期)|印发日期|文号|索引号|主题分类|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|"
    r"点击(?:次数|量|数|率)?|访问量|人气|字数|分类|栏目|字体|字号|访问|评论数?)"
)
_PAIR = re.compile(rf"[(（【\[]?{_LABEL}\s*[:：]\s*[^\s|｜]{{0,24}}")
_CREDIT = re.compile(
    r"^[(（【]?[^。！？]{0,40}?(?:供图|摄影报道|摄影|资料图|图源|图片来源|视觉中国|摄)(?:[:：\s/].{0,20})?[)）】]?$"
)
_NAMES = r"[\u4e00-\u9fff·]{2,4}(?:[\s、,，/]+[\u4e00-\u9fff·]{2,4}){0,5}"
_BYLINE = re.compile(
    rf"^[(（【]?\s*(?:本报|本网|本台|全媒体)?\s*(?:(?:实习|见习|首席|特约)?(?:记者|通讯员)|编辑|责编|责任编辑|作者|文|撰文|摄影|图|文图|图文|供稿|来源|校对|审核)"
    rf"\s*[:：/丨|\s]\s*{_NAMES}.{{0,40}}[)）】]?$"
)
_EDITOR = re.compile(r"^[(（【\[]?\s*(?:责任编辑|本文编辑|责编|编辑|编审|校对|审核|终审|值班编辑|网络编辑)\s*[:：/丨|\s]\s*[^。]{0,40}$")
_STAMP = re.compile(
    r"(?:发表|发布|更新)?(?:于|时间|日期)?\s*[:：]?\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*(?:\d{1,2}:\d{2}|[·|｜])"
)
_STAMPED = re.compile(r"\s(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?$")
_LEFT_OVER = re.compile(r"[\s|｜/\\\-—–·•,，:：;；()（）【】\[\]<>《》]+|[大中小]|次|T|Z")
_PUBLISHER = re.compile(r"(?:来源(?:于|自)?|稿源|出处)\s*[:：]\s*(?P<name>[^\s|｜,，;；()（）\[\]]{2,30})")
_REPORTER = re.compile(
    rf"(?:记者|文\s*[/丨|:：]|[(（]文|作者\s*[:：]|撰文\s*[:：])\s*[:：/]?\s*(?P<names>{_NAMES})"
)
_NOT_A_NAME = re.compile(r"[从在了解到获悉会招待对向是的]|协会|采访|现场|发布|来源|编辑|站|报道|报讯|编译|出处")


def iso(year: int, month: int, day: int) -> str | None:
    """2019-01-09, or None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def first_date(text: str) -> str | None:
    """The first complete date in `text`, as ISO."""
    found = [(m.start(), iso(int(m["year"]), int(m["month"]), int(m["day"]))) for m in _FULL.finditer(text)]
    found += [(m.start(), _chinese_date(m[0])) for m in _CHINESE.finditer(text)]
    return next((day for _, day in sorted(found, key=lambda entry: entry[0]) if day), None)


def _chinese_date(text: str) -> str | None:
    year, rest = text.split("年")
    month, day = rest.rstrip("日").split("月")
    digits = "".join(str(max(0, "〇一二三四五六七八九".find(char))) for char in year)
    return iso(int(digits), _small_number(month), _small_number(day))


def _small_number(text: str) -> int:
    """一 … 三十一 as a number."""
    tens, ten, ones = text.rpartition("十")
    digit = "〇一二三四五六七八九"
    if not ten:
        return max(0, digit.find(ones))
    return 10 * (digit.find(tens) if tens else 1) + (digit.find(ones) if ones else 0)


def without_dates(text: str) -> str:
    """`text` with dates and times of day taken out."""
    return _TIME.sub("", _CHINESE.sub("", _FULL.sub("", text)))


def date_only(text: str) -> bool:
    """True for a line that holds a date and nothing else."""
    return first_date(text) is not None and not _LEFT_OVER.sub("", without_dates(text))


def is_meta(text: str) -> bool:
    """True for a line of nothing but date, source, byline, editor, photo credit."""
    if len(text) > 160 or text.endswith(("。", "！", "？")):
        return False
    if _CREDIT.match(text) or _BYLINE.match(text) or _EDITOR.match(text):
        return True
    plain = _FULL.sub("", _CHINESE.sub("", text))
    bare = _PAIR.sub("", plain)
    rest = _LEFT_OVER.sub("", _TIME.sub("", bare))
    if bare != text and len(rest) <= 4:
        return True
    # "2019-09-26 10:56:28 某某时报网 12次阅读": the moment leads or ends the line, a name and counts go with it.
    return (_STAMP.match(text) is not None and len(rest) <= 24) or (_STAMPED.search(text) is not None and len(rest) <= 12)


def stamps(text: str) -> bool:
    """True for a line that dates an article or names its source."""
    return first_date(text) is not None or publisher(text) is not None or re.search("(?:发布|发表|更新)时间", text) is not None


def names_someone(text: str) -> bool:
    """True for a line with editor, reporter or source: worth keeping even among furniture."""
    return _EDITOR.match(text) is not None or _BYLINE.match(text) is not None or publisher(text) is not None


def is_editor(text: str) -> bool:
    """True for the editor's line, which ends most news articles."""
    return _EDITOR.match(text.lstrip("•·- ")) is not None


def publisher(text: str) -> str | None:
    """The name after 来源: and its like."""
    found = _PUBLISHER.search(text)
    return found["name"] if found else None


def reporter(text: str) -> str | None:
    """Names after 记者, 文/, 作者:, joined by 、; None when what follows is no name."""
    for found in _REPORTER.finditer(text):
        names = [name for name in re.split(r"[\s、,，/]+", found["names"]) if name]
        # "记者白舒婕报道" runs on: what follows the name is cut off.
        names = [re.sub(r"(?:报道|摄影|报|摄|文|通讯员|实习生)$", "", name) for name in names]
        good = []
        for name in names:
            if not 2 <= len(name) <= 4 or _NOT_A_NAME.search(name):
                break
            good.append(name)
        if good:
            return "、".join(good)
    return None


def text_date(title: str, opening: str, page_date: str | None) -> str | None:
    """The day the text itself speaks of: in the title, or in its first words.

    A day without its year takes the year of the page, or the year before when that day had not come yet.
    """
    if day := first_date(title):
        return day
    head = opening[:60]
    found = _FULL.search(head)
    if found and not head[: found.start()].count("。"):
        return iso(int(found["year"]), int(found["month"]), int(found["day"]))
    partial = _DAY.search(head)
    if not partial or not page_date:
        return None
    year = int(page_date[:4])
    day = iso(year, int(partial["month"]), int(partial["day"]))
    if day and day > page_date:
        day = iso(year - 1, int(partial["month"]), int(partial["day"]))
    return day
