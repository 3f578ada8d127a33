"""Is this line page furniture, by its words alone?

A line is furniture when the whole line is a functional phrase, not when a sentence mentions one: an article
about 责任编辑 or 免责声明 stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning import patterns
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import first_date
from tjqa.text.normalize import fold
from tjqa.text.sentences import sentences

Kind = Literal["aside", "line", "list", "comment", "legal"]
"""What a furniture line governs: only itself and nothing else (aside), probably the lines after it too (line), a
list of links below it (list), comments or legal text up to the end of the page."""

_BUTTONS = re.compile(r"[^【】]{2,8}(?:】\s*【[^【】]{2,8})+|[^\[\]]{2,8}(?:\]\s*\[[^\[\]]{2,8})+")
_STEP = r"[^\s>»›→/\\。,，;；!！?？:：]{1,14}"
_WAY = re.compile(
    rf"(?:[^:]{{1,10}}:\s*)?{_STEP}(?:\s*[>»›→]+\s*{_STEP})+\s*[>»›→]*|{_STEP}(?:\s*[/\\]\s*{_STEP}){{2,}}"
)
_AMOUNT = re.compile(
    r"\d(?:[\d,.]*\d)?\s*(?:[万亿]?(?:元|人|户|册|件|亩|吨|套|辆|座|所|家|名|项|公里|公顷|平方米|立方米|个月|工作日|日内)|%)"
)
_PAGES = re.compile(r"(?:[【\[(（]\d{1,3}[】\])）]\s*){2,}")
# The way may end in the headline itself, which is longer than a column's name.
_WAY_HOME = re.compile(
    rf"(?:[^:]{{1,10}}:\s*)?\S{{0,4}}(?:首页|主页)(?:\s*[>»›→]+\s*{_STEP})*\s*[>»›→]+\s*[^>»›→。;]{{1,60}}"
)
_EDIT = re.compile(r"\s*\[\s*(?:编辑|edit)\s*\]$")
_COUNT = re.compile(r"[\d+.万]+")
_CLAUSE = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}条")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Why a line is dropped, what it governs, and whether the lines below have to bear it out."""

    reason: DropReason
    kind: Kind = "line"
    vague: bool = False


def furniture(line: Line) -> Boilerplate | None:
    """What kind of furniture the line is; None for anything else. All texts here are folded (`Line.folded`)."""
    if len(line.core) > parameters.LONGEST_NOTICE_LINE or not (core := bare(line.folded)):
        return None
    if _pages(line.core):
        return Boilerplate(DropReason.PAGINATION, "aside")
    if len(core) <= parameters.LONGEST_BLOCK_HEADING and (head := _heading(core)):
        return head
    if (
        line.prose and len(core) <= parameters.LONGEST_PHRASE_LINE and patterns.COPYRIGHT.match(core)
    ):  # "… All rights reserved." ends in a stop
        return Boilerplate(DropReason.COPYRIGHT)
    if len(core) <= parameters.LONGEST_PHRASE_LINE and patterns.NEIGHBOUR.match(core):
        return Boilerplate(DropReason.NAVIGATION)
    if _states(line):
        return Boilerplate(DropReason.COPYRIGHT) if _all_notice(line.folded) else None
    if len(core) <= parameters.LONGEST_PHRASE_LINE and patterns.PROMOTION.fullmatch(core):
        return Boilerplate(DropReason.ADVERTISING)
    if len(core) <= parameters.LONGEST_OWN_LINKS_HEADING and patterns.OWN_LIST_HEADS.fullmatch(core):
        return Boilerplate(DropReason.RELATED_LINKS, "list")
    if len(core) <= parameters.LONGEST_PHRASE_LINE and not line.prose:
        for reason, ends, phrases in patterns.STRONG:
            if phrases.fullmatch(core) or phrases.fullmatch(line.folded) or phrases.fullmatch(fold(line.text)):
                return Boilerplate(reason, "line" if ends else "aside")
        if patterns.LABELLED_LINK.fullmatch(line.folded):
            return Boilerplate(DropReason.RELATED_LINKS, "list", vague=True)
        if toolbar(core):
            return Boilerplate(DropReason.NAVIGATION)
    return Boilerplate(DropReason.COPYRIGHT) if _all_notice(line.folded) else None


def _states(line: Line) -> bool:
    """True for a sentence that gives an amount (标准为每人300元。): whatever else it says, somebody will ask for it."""
    return line.stopped and _AMOUNT.search(line.folded) is not None


def _pages(core: str) -> bool:
    """True for the numbers of a text's pages, each in brackets: 【1】【2】【3】."""
    if len(core) > parameters.LONGEST_PHRASE_LINE or not _PAGES.fullmatch(core):
        return False
    numbers = [int(number) for number in re.findall(r"\d+", core)]
    return all(after == before + 1 for before, after in pairwise(numbers))


def bare(core: str) -> str:
    """The line without the marks around it: 【相关阅读】, "## 相关阅读", "更多 >>", 参见[编辑]."""
    return _EDIT.sub("", core).strip("#=*-_ \t　【】[]|丨<>《》").rstrip(":：>»›+… ").strip()


def _heading(core: str) -> Boilerplate | None:
    if patterns.LIST_HEADS.fullmatch(core):
        return Boilerplate(DropReason.RELATED_LINKS, "list")
    if patterns.VAGUE_LIST_HEADS.fullmatch(core):
        return Boilerplate(DropReason.RELATED_LINKS, "list", vague=True)
    if patterns.COMMENT_HEADS.fullmatch(core):
        return Boilerplate(DropReason.SHARING, "comment")
    if patterns.VAGUE_COMMENT_HEADS.fullmatch(core):
        return Boilerplate(DropReason.SHARING, "comment", vague=True)
    if patterns.LEGAL_HEADS.fullmatch(core):
        return Boilerplate(_legal_reason(core), "legal")
    return None


def _legal_reason(core: str) -> DropReason:
    """What the text below such a heading is about."""
    if "稿" in core:
        return DropReason.SUBMISSIONS
    return DropReason.CONTACT if "我们" in core else DropReason.COPYRIGHT


def notice(text: str) -> bool:
    """True for a stand-alone notice about copying, liability or origin of the page itself.

    Reports about such notices quote them, laws use the same words: so it has to speak of the page or to its
    reader, unless it is as short as "未经许可,不得转载".
    """
    plain = patterns.QUOTED.sub("", text)
    if not patterns.NOTICE.search(plain) or _CLAUSE.match(plain):
        return False
    if len(plain) <= parameters.SHORT_NOTICE or patterns.ITSELF.search(plain) is not None:
        return True
    # 声明:… is what it calls itself; a declaration that is news says nothing else of the kind.
    label = patterns.NOTICE_LABEL.match(plain)
    return label is not None and patterns.NOTICE.search(plain[label.end() :]) is not None


def legal(text: str) -> bool:
    """True for a sentence that can stand among notices: it addresses the reader or speaks of copying."""
    return patterns.NOTICE.search(text) is not None or patterns.LEGAL_VOICE.search(text) is not None


def _all_notice(text: str) -> bool:
    """True when most of a paragraph's sentences are notices or go with them, and the first one is."""
    parts = [part.of(text) for part in sentences(text)]
    alike = sum(len(part) for part in parts if legal(part))
    return notice(text) and legal(parts[0]) and alike >= parameters.NOTICE_SHARE * len(text)


def breadcrumb(core: str) -> bool:
    """True for the way to the page: "新闻中心 > 产经 > 正文", "研究 / 区域经济 / 工作论文"."""
    way = core.replace("\t", " ").strip(" >»›→")
    short = len(core) <= parameters.LONGEST_BREADCRUMB
    return short and (_WAY.fullmatch(way) or _WAY_HOME.fullmatch(way)) is not None


def toolbar(core: str) -> bool:
    """True for several functions in a row: "首页 新闻 登录", "分享 打印 关闭", "回复 踩0 赞83"."""
    tokens = _tokens(core)
    functions = sum(token in patterns.FUNCTIONS for token in tokens)
    if len(tokens) >= 2 and (functions or len(tokens) > parameters.NAMES_IN_BRACKETS) and _BUTTONS.fullmatch(core):
        return True
    if patterns.JAMMED_MENU.fullmatch(core):
        return any(word in core for word in ("首页", "登录", "注册", "更多"))
    return len(tokens) >= 2 and 2 * functions >= len(tokens) and menu_share(tokens) >= parameters.MENU_SHARE


def menu_line(core: str) -> bool:
    """True for a row of menu words, columns alone included: enough above the headline, not in the text."""
    tokens = _tokens(core)
    return bool(tokens) and menu_share(tokens) >= parameters.MENU_SHARE


def _tokens(core: str) -> list[str]:
    """The words of a row without the counts beside them: "赞83", "评论 36"."""
    return [bare_token for token in patterns.MENU_BREAKS.split(core) if (bare_token := _COUNT.sub("", token))]


def menu_share(tokens: list[str]) -> float:
    """Share of the tokens that are words of menus."""
    return sum(token in patterns.FUNCTIONS or token in patterns.COLUMNS for token in tokens) / len(tokens)


def function_word(core: str) -> bool:
    """True for the name of one function of a page; alone it proves nothing, beside others it does."""
    tokens = _tokens(bare(core))
    return len(tokens) == 1 and tokens[0] in patterns.FUNCTIONS


def comment_mark(core: str) -> bool:
    """True for the line that stands over or under a reader's comment: "3小时前", "顶(12)"."""
    return patterns.COMMENT_MARK.fullmatch(core) is not None


def weak(line: Line) -> bool:
    """True for a line that is furniture when it stands next to furniture."""
    core = bare(line.folded)
    return menu_line(line.folded) or patterns.WEAK.fullmatch(core) is not None or contact_only(core)


def contact_only(core: str) -> bool:
    """True for a line that is only a telephone number, an address on the net or the like."""
    return patterns.CONTACT_ONLY.fullmatch(core) is not None and first_date(core) is None
