"""Cleaning of saved pages: markup and words together decide what is the site's and what the article's.

The pages are made up; each has the structure of a kind of page that once went wrong.
"""

from __future__ import annotations

import pytest

from tjqa.documents import CleanedFile, DocumentKind, SourceFile
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.readers import html

TITLE = "白鹭河今年第一次洪峰平稳过境"
FIRST = "记者从白鹭河水文站获悉,6月12日凌晨四时,今年第一次洪峰通过青岩水文站,流量每秒两千一百立方米。"
SECOND = "水文站站长介绍,沿岸各县提前两天转移了低洼地区的居民,共三百二十户、九百余人,没有人员伤亡。"
THIRD = "预计未来三天上游仍有中到大雨,防汛部门提醒各地加强堤防巡查,做好再次转移的准备。"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
HEAD = f"<h1>{TITLE}</h1><p>2024-06-13 来源:河湾日报</p>"
STORY = [TITLE, "2024-06-13 来源:河湾日报", FIRST, SECOND, THIRD]
FOOT = "<p>关于我们 | 联系我们</p><p>版权所有 河湾网 某ICP备00000001号</p>"
MENU = ("防汛抗旱", "水资源管理和保护", "河湖长制工作", "水利工程建设")


def source_of(page: str, title: str = f"{TITLE}_河湾网") -> SourceFile:
    """A saved page with this body."""
    found = html.read(f"<!DOCTYPE html><meta charset=utf-8><title>{title}</title><body>{page}".encode(), "页.html")
    return SourceFile(
        "页.html", "0" * 64, found.encoding, found.text, furniture=found.furniture, kind=DocumentKind.PAGE,
        title=found.title, headings=found.headings,
    )  # fmt: skip


def kept_lines(source: SourceFile, cleaned: CleanedFile) -> list[str]:
    """What is kept, line by line; every character of the page is accounted for."""
    pieces = [piece.span for article in cleaned.articles for piece in article.pieces]
    at = 0
    for span in sorted([*pieces, *(part.span for part in cleaned.dropped)]):
        assert span.start == at
        at = span.end
    assert at == len(source.text)
    return [line for span in sorted(pieces) for line in span.of(source.text).split("\n") if line.strip()]


def kept(page: str, title: str = f"{TITLE}_河湾网") -> list[str]:
    """The lines that cleaning keeps of a page."""
    source = source_of(page, title)
    return kept_lines(source, clean(source))


HEADS = {
    "menu with bars": "".join(f"<p>{name}</p><p>|</p>" for name in MENU),
    "menu of names nobody knows": "".join(f"<div>{name}</div>" for name in ("鹭鸣", "渔火", "汀洲", "苇荡")),
    "account in the head": "<div>heron_not...@example.org</div><div>河湾号</div><div>x</div>",
    "breadcrumb in cells": "<table><tr><td>当前位置:→ 首页<td>&gt;防汛抗旱<td>&gt;水情快报</table>",
    "row of links": "<p><a href=1>流域机构</a>|<a href=2>省厅</a>|<a href=3>水文局</a> 简体|无障碍</p>",
    "label between lists": "<h3>水情/雨情</h3>".join(["".join(f"<p><a href=x>{name}</a></p>" for name in MENU)] * 2),
    "slogan": "<div>依法治水 科学治水</div><div>2024年6月13日 星期四</div><div>晴 26℃</div>",
}


@pytest.mark.parametrize("head", HEADS, ids=list(HEADS))
def test_what_stands_above_the_declared_headline_is_the_sites(head: str) -> None:
    """Whatever it says, when the title element names the headline."""
    lines = kept(HEADS[head] + HEAD + BODY + FOOT)
    assert [line for line in lines if "2024年6月13日 星期四" not in line] == STORY


def test_sentences_and_particulars_above_the_headline_stay() -> None:
    """A standfirst, the table of an official document; the menu above them goes."""
    lead = "今年第一次洪峰通过青岩水文站,沿岸九百多人事先转移。"
    table = "<table><tr><td>索引号:<td>HW-2024-07<td>发文字号:<td>河水〔2024〕7号</table>"
    lines = kept(f"<div>鹭鸣</div><div>汀洲</div>{table}<p>{lead}</p>{HEAD}{BODY}{FOOT}")
    assert [line for line in lines if line not in STORY] == ["索引号:\tHW-2024-07\t发文字号:\t河水〔2024〕7号", lead]


def test_without_a_declared_headline_lines_above_stay() -> None:
    """The title element says something else: nothing is the site's head for certain."""
    assert kept(f"<p>河湾水文年报</p><h1>{TITLE}</h1>{BODY}", "打印预览")[:2] == ["河湾水文年报", TITLE]


BETWEEN = {
    "counts": ("<p>15867</p>", []),
    "two counts": ("<p>9 &nbsp; 70</p>", []),
    "close button": ("<div>x</div>", []),
    "signs of buttons": ("<p>T + -</p>", []),
    "size of type": ("<p>打印 字体: 放大 正常 缩小 分享</p>", []),
    "size of type again": ("<p>字号:默认 大 超大 | 打印 |</p>", []),
    "number of a section": ("<p>1</p>", ["1"]),
    "a year": ("<p>2024</p>", ["2024"]),
}


@pytest.mark.parametrize("name", BETWEEN, ids=list(BETWEEN))
def test_counts_between_headline_and_text(name: str) -> None:
    """Figures alone say how often a page was read; the number of a section and a year stay."""
    line, stays = BETWEEN[name]
    assert kept(HEAD + line + BODY + FOOT) == [*STORY[:2], *stays, *STORY[2:]]


BELOW = {
    "pages in brackets": "<p>【1】【2】【3】【4】</p>",
    "declaration": "<p>声明:河湾网力求信息真实、准确,文章内容仅供参考,据此操作风险自担。</p>",
    "english notice": "<p>Notice: The content above is uploaded by the user of Heron, a platform that only provides "
    "information storage services.</p>",
    "teasers": "<h2>推荐阅读</h2><p>鹭岛纪事 一座小岛三百年的渔业史,从第一张渔网说到最后一位渔民上岸。【详细】</p>",
    "closed dialog": "<dialog><p>登录后可以发表您对这条新闻的看法,也可以收藏它。</p></dialog>",
    "player": "<video controls>您的浏览器不支持播放这段视频,请换一个浏览器再试。</video>",
    "row of links": "<p><a href=1>水情</a> <a href=2>雨情</a> <a href=3>青岩站</a> <a href=4>洪峰</a></p>",
    "toolbar by role": '<div role="toolbar"><p>鹭鸣</p><p>赞一下</p></div>',
    "foot by role": '<div role="contentinfo"><p>河湾水文站</p><p>河湾镇堤上路一号</p></div>',
}


@pytest.mark.parametrize("name", BELOW, ids=list(BELOW))
def test_what_stands_below_the_text(name: str) -> None:
    """It goes, by its words or by what the markup says."""
    assert kept(HEAD + BODY + BELOW[name] + FOOT) == STORY


def test_unknown_lines_below_the_main_part_go() -> None:
    """Names of services that no list of words knows."""
    below = "<div>鹭鸣</div><div>渔火</div><div>汀洲小程序</div>"
    assert kept(f"<main>{HEAD}{BODY}</main>{below}") == STORY


STAYS = {
    "annexes": "".join(f'<p><a href="/f/{n}.docx">附件{n}:各站水位流量一览表</a></p>' for n in (1, 2, 3)),
    "linked names": "<p><a href=1>青岩镇</a>、<a href=2>柳渡镇</a>、<a href=3>石桥镇</a></p>",
    "box": "<article><aside>什么是洪峰:一次洪水过程里流量最大的那一刻,通常也是水位最高的时候。</aside></article>",
    "numbered": "<ol><li>转移低洼地区的居民<li>巡查沿岸的堤防</ol>",
    "bracketed figures": "<p>[3][5]</p>",
    "declaration that is news": "<p>声明:白鹭河流域各县对上游水库的调度没有异议,愿意共同承担泄洪期间的各项费用。</p>",
}


@pytest.mark.parametrize("name", STAYS, ids=list(STAYS))
def test_what_looks_like_furniture_and_is_text(name: str) -> None:
    """Between paragraphs it is all kept."""
    page = source_of(f"{HEAD}<p>{FIRST}</p>{STAYS[name]}<p>{SECOND}</p><p>{THIRD}</p>{FOOT}")
    middle = page.text.partition(FIRST + "\n")[2].partition(SECOND)[0].strip().split("\n")
    assert kept_lines(page, clean(page)) == [*STORY[:3], *middle, *STORY[3:]]


def test_a_short_row_of_links_on_a_page_without_sentences() -> None:
    """It is left out once, and what is kept does not overlap it."""
    row = "<p><a href=1>甲</a> <a href=2>乙</a> <a href=3>丙</a></p>"
    assert kept(f"<p>青岩站 41.2 米</p>{row}<p>柳渡站 38.7 米</p>", "水位") == ["青岩站 41.2 米", "柳渡站 38.7 米"]


TEASERS = "".join(
    f"<li><a href={n}>白鹭河流域各站水情周报第{n}期</a><span>本期介绍四个水文站一周来的水位、流量和堤防巡查。</span>"
    for n in range(3)
)


def test_teasers_among_furniture_go_however_much_they_tell() -> None:
    """Each is a link and what it leads to; below the links of the page they open no new article."""
    tail = f"<p>上一篇:柳渡站换了水尺</p><p>您可能感兴趣的文章</p><ul>{TEASERS}</ul><p>评论(0)</p>"
    assert kept(HEAD + BODY + tail + FOOT) == STORY


def test_the_same_lines_are_the_text_of_a_digest() -> None:
    """Without furniture around them they are what the page tells."""
    assert len([line for line in kept(f"{HEAD}<ul>{TEASERS}</ul>") if "水情周报" in line]) == 3


@pytest.mark.parametrize("tag", ["aside", 'div role="complementary"'])
def test_a_headline_in_a_sidebar_is_the_headline(tag: str) -> None:
    """What holds the main heading stands beside nothing."""
    assert kept(f"<{tag}>{HEAD}</{tag.partition(' ')[0]}>{BODY}{FOOT}") == STORY


def test_a_text_broken_at_its_commas_is_text() -> None:
    """None of its lines ends like a sentence; the headlines below the label of a list go."""
    lines = [f"{line[:-1]}," for line in (FIRST, SECOND, THIRD)]
    links = "<p>相关文章</p>" + "".join(f"<p><a href={n}>柳渡站一周水情第{n}期</a> 10-1{n}</p>" for n in range(3))
    assert kept(HEAD + "".join(f"<p>{line}</p>" for line in lines) + links + FOOT) == [*STORY[:2], *lines]
