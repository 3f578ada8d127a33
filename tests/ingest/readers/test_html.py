"""tjqa.ingest.readers.html: what the text of a page holds, element by element (docs/formats.md lists them)."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from tests.support.helpers import ROOT
from tjqa.errors import SourcesError
from tjqa.ingest.readers import html
from tjqa.ingest.readers.base import Extracted

TEXT = "白鹭河全长八十二公里,流域面积一千三百平方公里,沿岸有六座县城和四十一个集镇。"
CASES = [
    # Ordered lists
    ("<ol><li>甲<li>乙</ol>", "1. 甲\n2. 乙\n"),
    ("<ol start=5><li>甲<li>乙</ol>", "5. 甲\n6. 乙\n"),
    ("<ol start=-1><li>甲<li>乙</ol>", "-1. 甲\n0. 乙\n"),
    ("<ol reversed><li>甲<li>乙<li>丙</ol>", "3. 甲\n2. 乙\n1. 丙\n"),
    ("<ol reversed start=9><li>甲<li>乙</ol>", "9. 甲\n8. 乙\n"),
    ("<ol><li>甲<li value=7>乙<li>丙</ol>", "1. 甲\n7. 乙\n8. 丙\n"),
    ('<ol type="a" start=26><li>甲<li>乙</ol>', "z. 甲\naa. 乙\n"),
    ('<ol type="I" start=4><li>甲<li type=1>乙</ol>', "IV. 甲\n5. 乙\n"),
    ('<ol type="i" start=4000><li>甲</ol>', "4000. 甲\n"),
    ("<ol><li><p>甲</p><p>又</p><li>乙</ol>", "1. 甲\n又\n2. 乙\n"),
    ("<ol><li>甲<ol type=a><li>子</ol><li>乙</ol>", "1. 甲\na. 子\n2. 乙\n"),
    ("<ol><li>甲<ul><li>点</ul><li>乙</ol>", "1. 甲\n点\n2. 乙\n"),
    ("<ol><li>1、甲<li>(二)乙<li>③丙<li>第四条 丁</ol>", "1、甲\n(二)乙\n③丙\n第四条 丁\n"),
    ("<ol><li>30名学生<li>2021年</ol>", "1. 30名学生\n2. 2021年\n"),
    ('<ol style="list-style:none"><li>甲</ol><ol class="breadcrumb"><li>乙</ol>', "甲\n乙\n"),
    ("<ol><li><a href=x>一条链接</a><li>一句话</ol>", "一条链接\n2. 一句话\n"),
    ("<ol><li></li><li>乙</ol>甲", "2. 乙\n甲\n"),
    ("<ol start=x><li value=y>甲</ol><li>乙", "1. 甲\n乙\n"),
    # Raised and lowered figures
    ("10<sup>4</sup>千瓦,10<sup>-3</sup>米", "10⁴千瓦,10⁻³米\n"),
    ("2<sup>n</sup>,H<sub>2</sub>O", "2ⁿ,H₂O\n"),
    ("据统计<sup>1</sup>,另有<sup>[2]</sup>", "据统计¹,另有[2]\n"),
    ("4<sup>th</sup>,x<sup>2a</sup>,x<sub>1,2</sub>", "4th,x^(2a),x_(1,2)\n"),
    # The same by style
    ('3215<span style="vertical-align:super;font-size:70%">1</span>公顷', "3215¹公顷\n"),
    ('48×10<b style="VERTICAL-ALIGN: super">4</b>人,H<i style="vertical-align:sub">2</i>O', "48×10⁴人,H₂O\n"),
    ('10<span style="font-size:.6em;vertical-align:text-top">4</span>千瓦', "10⁴千瓦\n"),
    (
        '10<span style="position:relative;top:-.4em">4</span>,x<span style="position:relative;bottom:-5px">1</span>',
        "10⁴,x₁\n",
    ),
    ('10<small style="position: relative; font-size: 8pt; top: -2pt"><b>-3</b></small>米', "10⁻³米\n"),
    ('10<span style="display:inline-block;transform:translate(0, -0.5em)">4</span>', "10⁴\n"),
    ('10<span style="font-variant-position:super">4</span>,5<span style="vertical-align:6px">2</span>', "10⁴,5²\n"),
    (
        '<b style="position:relative;top:-4px">3215</b>公顷,长<b style="vertical-align:-1px">12</b>公里',
        "3215公顷,长12公里\n",
    ),
    ('1<b style="vertical-align:top">2</b><b style="vertical-align:middle;font-size:9px">3</b>', "123\n"),
    ('<p style="position:relative;top:-20px">2023年</p>', "2023年\n"),
    ('<span style="vertical-align:super">白鹭县2023年耕地面积三千公顷。</span>', "白鹭县2023年耕地面积三千公顷。\n"),
    # Readings, breaks, quotation marks
    ("<ruby>鹭<rp>(</rp><rt>lù</rt><rp>)</rp></ruby>河", "鹭(lù)河\n"),
    ("<ruby>白<rt>bái</rt>鹭<rt>lù</rt></ruby>", "白鹭(bái lù)\n"),
    ("<ruby>白鹭</ruby>", "白鹭\n"),
    ("水文<wbr>站,hydro&shy;logy", "水文站,hydrology\n"),
    ("甲<br>乙", "甲\n乙\n"),
    # Boxes side by side: a label and its value, a day and its time
    ("<div><span>发布时间</span><span>：2026-06-24</span> <em>15:30</em></div>", "发布时间：2026-06-24 15:30\n"),
    ("<div><div>发布时间</div><div>：2026-06-24</div><div>15:30</div></div>", "发布时间：2026-06-24 15:30\n"),
    ("<ul><li>发布时间<li>：2026-06-24<li>浏览：3</ul>", "发布时间：2026-06-24\n浏览：3\n"),
    ("<dl><dt>名称：</dt><dd>甲店</dd><dt>期限：</dt><dd>永久</dd></dl>", "名称：甲店\n期限：永久\n"),
    ("<dl><dt>河</dt><dd>流水。</dd><dd>水名。</dd></dl>", "河\n流水。\n水名。\n"),
    ("<table><tr><td><p>时间：</p></td><td><p>周一</p></td></tr></table>", "时间：周一\n"),
    ("<p>发布时间<br>：2026-06-24<br>15:30</p>", "发布时间：2026-06-24 15:30\n"),
    ('<div style="display:inline">来源</div><div style="display: inline-block">甲报</div>', "来源 甲报\n"),
    ("<p>棱镜<i>2019-09-23 07:48</i></p>", "棱镜 2019-09-23 07:48\n"),
    ("<p>各位代表：</p><p>大家好</p>", "各位代表：\n大家好\n"),
    ("<div><div>名单：</div><div>一、甲公司；二、乙公司。</div></div>", "名单：\n一、甲公司；二、乙公司。\n"),
    ("<div>电话：</div><div>地址：</div>", "电话：\n地址：\n"),
    ("<h2>联系方式：</h2><div>甲路</div>", "联系方式：\n甲路\n"),
    ("<div>甲</div><footer>：乙</footer>", "甲\n：乙\n"),
    ("他说<q>水<q>涨</q>了</q>。", "他说“水‘涨’了”。\n"),
    # Struck text
    ("原价<del>199</del>99元", "原价~~199~~99元\n"),
    ("<s>旧<b>的</b></s>新", "~~旧的~~新\n"),
    ("<del><p>甲</p><p>乙</p></del>", "~~甲~~\n~~乙~~\n"),
    ('票价<span style="text-decoration:line-through">120</span>100元', "票价~~120~~100元\n"),
    ('票价<b style="text-decoration: underline LINE-THROUGH red"><i>12</i>0</b>元', "票价~~120~~元\n"),
    ('<p style="text-decoration-line:line-through">甲</p><p style="text-decoration:underline">乙</p>', "~~甲~~\n乙\n"),
    ('<s style="text-decoration:none">99</s>元,<del style="color:red">98</del>元', "99元,~~98~~元\n"),
    # By rules of a single class
    ("<style>.m {vertical-align: super}</style>3215<span class='k m'>1</span>公顷", "3215¹公顷\n"),
    ("<style><!-- a{} .k, b.m{VERTICAL-ALIGN:sub;} --></style>H<b class=m>2</b>O<i class=m>3</i>", "H₂O3\n"),
    ("<style>.m{text-decoration:line-through}.m{color:red}</style>票价<b class=m>120</b>100元", "票价~~120~~100元\n"),
    ("<style>b.m{text-decoration:line-through}</style><b class=m style='text-decoration:none'>12</b>元", "12元\n"),
    ("<style>b.m{text-decoration:none}.m{text-decoration:line-through}</style><b class=m>12</b>元", "12元\n"),
    (
        "<style>@media print{.m{vertical-align:sub}} .n{}/*.m{vertical-align:sub}*/ x</style>H<b class=m>2</b>",
        "H2\n",
    ),
    ("<style>p .m,.m:hover,#m{text-decoration:line-through}</style><b class=m id=m>12</b>元", "12元\n"),
    # What opens and closes
    ("<details><summary>怎样办理</summary><p>到窗口。</p></details>", "怎样办理\n到窗口。\n"),
    ("<dialog><p>请登录</p></dialog><dialog open>通知</dialog>", "通知\n"),
    ("<div popover><p>菜单</p></div><div popover style='display:block'>通知</div>", "通知\n"),
    ("<dialog style='display:block'>通知</dialog><p hidden style='display:block'>又</p>", "通知\n又\n"),
    # Fields
    ("户名<input value=空>,账号<input value=6621 readonly>", "户名,账号6621\n"),
    ("<input type=text value=甲 disabled><input type=checkbox value=乙 disabled><input type=submit value=丙>", "甲\n"),
    ("<textarea>甲</textarea><select><option>乙</select>丙", "丙\n"),
    # What stands in a box by a template of its own
    ("<div><template shadowrootmode=open><p>甲</p><slot></slot></template><p>乙</p></div>丙", "甲\n乙\n丙\n"),
    ("<x-box><template shadowrootmode=CLOSED>甲<b>乙</b></template>丙</x-box>", "甲乙丙\n"),
    (
        "<p>甲<span><template shadowrootmode=open><table><tr><td>乙<td>1<tr><td>丙<td>2</table></template></span>",
        "甲\n乙\t1\n丙\t2\n",
    ),
    (
        "<div><template shadowrootmode=open>甲<div><template shadowrootmode=open>乙</template></div></template></div>",
        "甲\n乙\n",
    ),
    (
        "<div><template>甲</template><template shadowrootmode=x>乙</template></div>丁",
        "丁\n",
    ),
    ("<ul><template shadowrootmode=open>甲</template></ul>丙", "丙\n"),
    ("<p hidden><template shadowrootmode=open>乙</template></p>丙", "丙\n"),
    # Not shown
    ('<p style="visibility: hidden">甲</p><p style="DISPLAY:NONE">乙</p><p hidden>丙</p>丁', "丁\n"),
    ('<p style="color:red;display:/**/none !important;display:block">甲</p>丁', "丁\n"),
    ('<p style="display:none;display:block">甲</p><p style="visibility:collapse">乙</p>', "甲\n"),
    ('<p style="content-visibility:hidden">甲</p><p style="background:url(none.png)">乙</p>', "乙\n"),
    ('<p style="font-size:0">甲<b>乙</b>丙</p><p style="font:0/0 a">丁</p>', "乙\n"),
    ('<p style="font-size: .0em">甲</p><p style="font-size:0.8em">乙</p><p style="font:10px/0 a">丙</p>', "乙\n丙\n"),
    ('<p aria-hidden=true>甲</p><p style="opacity:0">乙</p>', "甲\n乙\n"),
    ("<video>您的浏览器不支持</video><audio>不支持</audio><noscript>请启用</noscript>甲", "甲\n"),
    ("完成<progress value=3 max=10>七成</progress><meter value=.3>七成</meter><noembed>无</noembed>的", "完成的\n"),
    # Shown and not read, in a number and elsewhere
    ("面积1<img src=a>5公顷,1<svg></svg>5人,1<math><mn>2</mn></math>5户", "面积1〓5公顷,1〓5人,1〓5户\n"),
    ("气温<img>5℃,共3<img>215人,2 <img> 215人,三<img>五人", "气温〓5℃,共3〓215人,2 〓 215人,三〓五人\n"),
    ("1<object>旧</object>5,1<input>5,1<canvas></canvas>5,PM<img>2", "1〓5,1〓5,1〓5,PM〓2\n"),
    ("云溪<img>县<img>人口<img>、面积", "云溪县人口、面积\n"),
    ("<p><img>2023年</p><p>见附件1<img></p>", "2023年\n见附件1\n"),
    ("1<img hidden>5,1<img width=1 height=1>5,1<input type=hidden>5", "15,15,15\n"),
    ("1<span class=katex-mathml><math><mn>2</mn></math></span><b aria-hidden=true>2</b>", "12\n"),
    # Against the direction in which it is written
    ("水面<bdo dir=rtl>8763</bdo>公顷,<bdo dir=ltr>12</bdo>人", "水面3678公顷,12人\n"),
    ('<i style="unicode-bidi:bidi-override;direction:rtl">0<b>51</b>2</i>', "2150\n"),
    ('<i style="direction:rtl">12</i>', "12\n"),
    ('<p dir=rtl style="unicode-bidi: isolate-override">甲(05<br>12人</p>丙', "50)甲\n人21\n丙\n"),
    ("<style>.r{unicode-bidi:bidi-override;direction:rtl}</style><i class=r>8763</i>", "3678\n"),
    ("<bdo dir=rtl>12<bdo dir=ltr>34</bdo>5</bdo>,<bdo>67</bdo>,\u202e89\u202c人", "53421,67,98人\n"),
    # Heads above, feet below, wherever they are written
    (
        "<table><tfoot><tr><td>合计<td>3<tbody><tr><td>甲<td>1<tr><td>乙<td>2<thead><tr><th>镇<th>数"
        "<caption>表一</caption></table>",
        "表一\n镇\t数\n甲\t1\n乙\t2\n合计\t3\n",
    ),
    # Tables, pictures
    ("<table><caption>表一</caption><tr><td colspan=2>甲<td>乙</table>", "表一\n甲\t乙\n"),
    ("<figure><img alt=图><figcaption>河口</figcaption></figure>", "河口\n"),
    ("<dl><dt>水位<dd>三米</dl>", "水位\n三米\n"),
    ("<pre>a\n\n  b</pre>", "a\n\nb\n"),
    ("<abbr title=x>GDP</abbr><mark>增长</mark><time datetime=2021>去年</time>", "GDP增长去年\n"),
]


def read(page: str) -> Extracted:
    """A page with these elements in its body."""
    return html.read(f"<!DOCTYPE html><meta charset=utf-8><title>甲</title><body>{page}".encode(), "甲.html")


def test_a_page_hidden_until_its_script_ran_is_read() -> None:
    """Saved before its script showed it: as a whole, or by a box around all of it."""
    for start in (
        "<body style='visibility: hidden'>",
        "<html style='display:none'><body>",
        "<body hidden>",
        "<body><div id=app style='display:none'>",
    ):
        page = f"<!DOCTYPE html><meta charset=utf-8>{start}<p>河口水位三米。</p>"
        found = html.read(page.encode(), "甲.html")
        assert found.text == "河口水位三米。\n", start
        assert ("整页写着不显示" in found.encoding) == ("<div" in start)  # of which a reader is to know
    shown = read("<div>甲</div><div style='display:none'>乙</div>")
    assert shown.text == "甲\n"
    assert "不显示的 1 字" in shown.encoding


WRAPPED = [
    "水库的日常巡查由管理所负责,巡查人员每天应当巡查两次,", "汛期每两小时巡查一次,发现裂缝、渗漏等险情的,应当立即",
    "报告县水利局值班室,并在三十分钟内赶到现场处置。没有按", "规定巡查的,由县水利局责令改正。", "二、水库的调度",
    "水库的调度由县防汛指挥部统一指挥,任何单位和个人不得擅", "自改变调度计划。",
]  # fmt: skip


def furniture(page: str) -> dict[str, str]:
    """What the page itself marks as furniture: text → reason."""
    found = read(page)
    return {part.span.of(found.text).strip(): str(part.reason) for part in found.furniture}


@pytest.mark.parametrize(("page", "text"), CASES, ids=[page[:40] for page, _ in CASES])
def test_text_of_elements(page: str, text: str) -> None:
    """What a browser shows, in characters."""
    assert read(page).text == text


@pytest.mark.parametrize("wide", [WRAPPED, [f"<b>{line[:3]}</b>{line[3:]}" for line in WRAPPED]])
def test_breaks_that_only_wrap_a_text_end_no_line(wide: list[str]) -> None:
    """The page was copied from a text of fixed width; its headings stay lines of their own."""
    lines = read("<h1>办法</h1><div>" + "<br>\n".join(wide) + "</div>").text.splitlines()
    assert lines == ["办法", "".join(WRAPPED[:4]), WRAPPED[4], "".join(WRAPPED[5:])]


def test_breaks_between_lines_of_a_poem_end_them() -> None:
    """Lines of one length, each of them whole."""
    poem = ["白鹭河边春水生,", "望云山下晓烟轻。", "渔舟一叶随波去,", "唱到沙湾第几声。", "又是一年芳草绿,"] * 2
    assert read("<p>" + "<br>".join(poem) + "</p>").text.splitlines() == poem


def test_the_list_of_elements_is_kept() -> None:
    """docs/formats.md has a section on pages, which names the elements with rules of their own."""
    section = (ROOT / "docs" / "formats.md").read_text("utf-8").partition("## 网页")[2].partition("\n## ")[0]
    for (
        name
    ) in "ol sup sub ruby wbr &shy; br del s q details input dialog caption colspan nav footer aside role".split():  # noqa: SIM905
        assert name in section, name


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ('<div role="navigation">航道</div>', "导航"),
        ('<div role="SEARCH">找</div>', "导航"),
        ("<search>找</search>", "导航"),
        ('<div role="toolbar">放大</div>', "导航"),
        ('<div role="complementary">水情</div>', "侧栏"),
        ('<div role="contentinfo">某处</div>', "页脚"),
        ('<div role="button">提交</div>', "按钮"),
        ('<div role="dialog">请登录</div>', "按钮"),
        ('<nav role="presentation">正文里的一段</nav>', None),
        ('<div role="note">注意</div>', None),
        ('<p>点<span role="button">这里</span>报名</p>', None),
    ],
)
def test_roles_say_what_an_element_is(element: str, reason: str | None) -> None:
    """As the elements made for it do; a role of none takes the meaning away."""
    found = furniture(f"<p>{TEXT}</p>{element}")
    assert list(found.values()) == ([reason] if reason else [])


def test_rows_of_links_are_furniture() -> None:
    """Three links or more and nothing else between them but marks; not names in a sentence, nor cells, nor two."""
    row = "<p><a href=1>关于本河</a> | <a href=2>声明</a> | <a href=3>地图</a></p>"
    assert furniture(f"<p>{TEXT}</p>{row}") == {"关于本河 | 声明 | 地图": "链接列表"}
    links = ("<a href=1>青岩</a>", "<a href=2>柳渡</a>", "<a href=3>石桥</a>")
    for kept in (
        "、".join(links),
        "。".join(links),
        f"<table><tr><td>{'<td>'.join(links)}</table>",
        " ".join(links[:2]),
        f"沿河各镇有{' '.join(links)}",
    ):
        assert furniture(f"<p>{TEXT}</p><p>{kept}</p>") == {}, kept


def test_a_label_between_two_lists_of_links_goes_with_them() -> None:
    """A short line, not a sentence and not what announces something."""
    links = "".join(f"<li><a href={n}>水情简报第{n}期的题目</a>" for n in range(3))
    assert len(furniture(f"<p>{TEXT}</p><ul>{links}</ul><h3>汛期/枯期</h3><ul>{links}</ul>")) == 1
    for line in ("资料如下:", "以上是各期简报。", "各期简报由水文站的值班人员逐日编写"):
        assert line not in "".join(furniture(f"<p>{TEXT}</p><ul>{links}</ul><p>{line}</p><ul>{links}</ul>"))


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("<table><tr><td>县<td>人口<tr><td>云溪<td>12</table>", 1),
        ("<table><tr><td>县：<td>人口<tr><td>云溪<td>12<tr><td>白鹭<td>9</table>", 1),
        ("<table><tr><td>索引号：<td>1/2<td>分类：<td>卫生<tr><td>机关：<td>县府<td>日期：<td>2024-05-06</table>", 0),
        ("<table role=presentation><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", 0),
        ("<table><tr><td><h1>新馆</h1><td>搜索<tr><td>开放<td>云溪</table>", 0),
        ("<table><tr><td><a href=1>甲文</a><td>2024-05-06<tr><td><a href=2>乙文</a><td>2024-05-01</table>", 0),
    ],
)
def test_tables_that_lay_a_page_out_hold_no_data(table: str, count: int) -> None:
    """Pairs of labels and values, a frame around a headline, a list of links."""
    assert len(read(table).tables) == count


def test_annexes_and_places_to_jump_to_are_no_links() -> None:
    """What leads to a file belongs to the text; an anchor with a name alone leads nowhere."""
    for kind in ("docx", "PDF", "xls?id=3", "zip#a"):
        files = "".join(f'<p><a href="/f/{n}.{kind}">附件{n}:白鹭河水文年表</a></p>' for n in range(3))
        assert furniture(f"<p>{TEXT}</p>{files}") == {}
    assert furniture("".join(f'<p><a name="p{n}">{TEXT}{n}</a></p>' for n in range(3))) == {}
    pages = "".join(f'<p><a href="/f/{n}.htm">白鹭河水文年表{n}</a></p>' for n in range(3))
    assert len(furniture(f"<p>{TEXT}</p>{pages}")) == 1


@pytest.mark.parametrize("region", ["main", 'div role="main"', 'div itemprop="articleBody"', "article"])
def test_what_stands_below_the_main_part_is_none_of_it(region: str) -> None:
    """Short lines do; sentences, annexes and labelled lines (责任编辑:) are left to the cleaner."""
    close = region.partition(" ")[0]
    body = f"<{region}><h1>白鹭河</h1><p>{TEXT * 3}</p><p>{TEXT}</p></{close}>"
    told = "<p>编辑:某人</p><p>另有一句完整的话说明这一页的来历和整理它的人。</p>"
    below = f'<p>水情热线</p>{told}<p><a href="a.doc">年表</a></p>'
    assert furniture(body + below) == {"水情热线": "侧栏"}
    assert furniture(body + f"<p>{TEXT}</p>" * 2 + below) == {}, "much of the text stands outside"
    assert furniture(f"<{region}><p>请登录</p></{close}><p>{TEXT * 3}</p><p>水情热线</p>") == {}


def test_a_box_in_an_article_stays_when_it_tells_something() -> None:
    """Links to other texts do not, and beside the article neither does."""
    box = "<aside>什么是流域面积:一条河和它的支流收集雨水的全部地面的大小。</aside>"
    links = f"<aside>{''.join(f'<p><a href={n}>另一条河的题目</a></p>' for n in range(2))}</aside>"
    assert furniture(f"<article><p>{TEXT}</p>{box}</article>") == {}
    assert set(furniture(f"<article><p>{TEXT}</p>{links}</article>").values()) == {"侧栏"}
    assert set(furniture(f"<article><p>{TEXT}</p></article>{box}").values()) == {"侧栏"}


def test_no_part_is_furniture_twice() -> None:
    """Lists of links in a navigation, or that begin in one and go on below it; rows in a footer: one reason each."""
    found = read(
        f"<nav>{'<p><a href=x>航道航标</a></p>' * 4}</nav><p>{TEXT}</p><footer>{'<a href=x>乙</a> ' * 4}</footer>"
    )
    spans = [part.span for part in found.furniture]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert [str(part.reason) for part in found.furniture] == ["导航", "页脚"]
    links = "<p><a href=x>航道航标</a></p>" * 2
    found = read(f"<p>{TEXT}</p>{links}<nav>{links}</nav>{links}")
    assert [(str(part.reason), len(part.span)) for part in found.furniture] == [("链接列表", 30)]
    found = read(f"<p>{TEXT}</p>{links}<nav>{links}<p>水情</p></nav>")
    assert [(str(part.reason), len(part.span)) for part in found.furniture] == [("链接列表", 20), ("导航", 3)]


PAGE = f"<html><head>{{}}</head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "big5"])
def test_a_page_that_is_utf8_is_read_as_such_whatever_it_declares(declared: str) -> None:
    """It was saved anew, and goes on declaring the encoding it had."""
    page = PAGE.format(f'<meta charset="{declared}">')
    assert html.read(page.encode(), "甲.html").text.strip() == TEXT
    assert html.read(page.encode("gb18030" if declared != "big5" else "utf-8"), "甲.html").text.strip() == TEXT


TRADITIONAL = "補貼標準為每人每月八百元,申請人應當在十五個工作日內提出申請。"


@pytest.mark.parametrize("times", [1, 50])
@pytest.mark.parametrize(("text", "codec", "declared"), [(TRADITIONAL, "big5", "gb2312"), (TEXT, "gbk", "big5")])
def test_what_a_page_declares_is_held_against_its_bytes(text: str, codec: str, declared: str, times: int) -> None:
    """Big5 read as GBK makes characters of every pair of bytes, and none of them is in the page."""
    page = PAGE.replace(TEXT, text * times).format(f'<meta charset="{declared}">')
    assert html.read(page.encode(codec), "甲.html").text.strip() == text * times


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("euc_kr", "서울시는 새로운 공원을 만들었다고 밝혔다."),
        ("koi8_r", "Москве школа"),
        ("latin-1", "Die Bürger müssen für Straßen zahlen."),
    ],
)
def test_another_language_is_not_read_as_the_chinese_that_is_declared(codec: str, text: str) -> None:
    """It is told, as where nothing is declared."""
    with pytest.raises(SourcesError, match="编码"):
        html.read(PAGE.replace(TEXT, text).format('<meta charset="gb2312">').encode(codec), "甲.html")


def test_circled_numbers_of_a_page_in_big5() -> None:
    """As browsers show them."""
    page = PAGE.replace(TEXT, "申請條件:①").format('<meta charset="big5">').encode("big5hkscs")
    assert html.read(page, "甲.html").text.strip() == "申請條件:①"


def test_a_declaration_in_a_comment_is_none() -> None:
    """Nor does a picture's address with display:none in it hide the text."""
    page = PAGE.format('<!-- <meta charset="big5"> --><meta charset="gbk">')
    assert html.read(page.encode("gb18030"), "甲.html").text.strip() == TEXT
    shown = "<p style=\"background:url(display:none)\">一</p><p style='color:red; display : none'>二</p>"
    assert html.read(shown.encode(), "甲.html").text.strip() == "一"


def archive(*parts: str, start: str = "", end: str = "--") -> bytes:
    """An archive of these parts."""
    head = f'Content-Type: multipart/related; boundary="b"{start}'
    return "\r\n".join([head, "", *(f"--b\r\n{part}" for part in parts), f"--b{end}", ""]).encode()


def part(text: str, name: str, encoding: str = "8bit") -> str:
    """A page in it."""
    return (
        f"Content-Type: text/html; charset=utf-8\r\nContent-ID: <{name}>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{text}"
    )


def test_the_root_of_an_archive_is_its_page() -> None:
    """An advertisement that stands first is not."""
    pages = part("<p>广告</p>", "a"), part(f"<p>{TEXT}</p>", "b")
    assert html.read(archive(*pages, start='; start="<b>"'), "甲.mhtml").text.strip() == TEXT
    assert html.read(archive(*pages), "甲.mhtml").text.strip() == "广告"


@pytest.mark.parametrize(
    "raw",
    [
        archive(part("<p>共植树30", "a", "quoted-printable")).replace(b"--b--", b""),
        archive(part("PHA+MTIz!!!@@@", "a", "base64")),
    ],
)
def test_an_archive_that_was_cut_off_is_refused(raw: bytes) -> None:
    """What is left of it may say something else: 30 of 3000 trees."""
    with pytest.raises(SourcesError):
        html.read(raw, "甲.mhtml")


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        ("<h1>云岭建桥</h1><p>正文</p>", ["云岭建桥"]),
        ("<h1>云岭建桥<br>两岸通车</h1>", ["云岭建桥", "两岸通车"]),
        (f"<h1>云岭建桥<p>{'大桥合龙通车。' * 20}</p><p>后文</p>", ["云岭建桥"]),
        (f"<h2>{'很长的题目' * 20}</h2>", ["很长的题目" * 20]),
    ],
)
def test_headings_are_lines(page: str, headings: list[str]) -> None:
    """One for each line; a heading that is never closed does not take the article in."""
    found = read(page)
    assert [heading.span.of(found.text) for heading in found.headings] == headings


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>甲</p>", ""),
        ("<p hidden>甲 乙<b>丙</b><script>丁</script><i hidden>戊</i></p>己", "(不显示的 4 字没有读)"),
        ('<p style="font-size:0">甲乙</p>丙', "(不显示的 2 字没有读)"),
        ("<dialog>甲</dialog><script>丙</script><!-- 丁 -->戊", "(不显示的 1 字没有读)"),
        ("<table><tr><td>甲<td>1<tr hidden><td>乙<td>2<tr><td>丙<td>3</table>", "(不显示的 2 字没有读)"),
    ],
)
def test_what_a_page_hides_is_told(page: str, told: str) -> None:
    """Where the encoding is told, as of workbooks and PDF."""
    assert html.read(page.encode(), "a.html").encoding == f"HTML UTF-8{told}"


@pytest.mark.parametrize(
    "tag",
    [
        "<p {}>甲</p>",
        "<p a='>' {}>甲</p>",
        '<p a=">" b = ">" {}>甲</p>',
        "甲</p {}>",
        "<P\n{}",
        "<a b='<a {}'><i {}>甲",
    ],
)
def test_a_tag_of_endless_attributes_is_refused(tag: str) -> None:
    """The parser would take their square; wherever a quoted > stands, and in a tag that never ends."""
    page = tag.replace("{}", " ".join(f"a{n}=1" for n in range(300_000)))
    with pytest.raises(SourcesError, match="1000"):
        html.read(page.encode(), "a.html")


@pytest.mark.parametrize(
    ("page", "filling"),
    [
        ("<p title='{}'>甲</p>", "a b=1 " * 5000),
        ("<p>甲</p>{}", "<b a=1>" * 5000),
        ("<p>甲 < 乙 {}</p>", "a b " * 5000),
        ('<img src="data:image/png;base64,{}"><p>甲</p>', "A/+" * 5000),
        ("<p {}>甲</p>", " ".join(f"a{n}=1" for n in range(900))),
    ],
    ids=["value", "tags", "text", "picture", "many"],
)
def test_a_long_tag_of_few_attributes_is_read(page: str, filling: str) -> None:
    """Words in a value are none."""
    assert "甲" in html.read(page.replace("{}", filling).encode(), "a.html").text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta name="SiteName" content="云岭交易网"><title>云岭交易网</title>', ""),
        ('<title> 云岭 交易网 </title><meta property="og:site_name" content="云岭 交易网">', ""),
        (
            '<meta name=sitename content=云岭网><meta name="ArticleTitle" content="水闸公告"><title>云岭网</title>',
            "水闸公告",
        ),
        ('<meta name="ArticleTitle" content="水闸招标公告"><title>水闸招标公告_云岭交易网</title>', "水闸招标公告"),
        ('<meta name="ArticleTitle" content=""><title>水闸招标公告_云岭交易网</title>', "水闸招标公告_云岭交易网"),
        ('<meta name="SiteName" content="云岭交易网"><title>水闸招标公告</title>', "水闸招标公告"),
        ('<meta name="ArticleTitle" content="别的一篇"><title>水闸招标公告</title>', "水闸招标公告"),
    ],
)
def test_the_name_of_the_site_is_no_title(head: str, title: str) -> None:
    """Government sites tell both by rule; what an article is called counts where the title says nothing else."""
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body><p>正文。</p></body></html>"
    assert html.read(page.encode(), "甲.html").title == title


@pytest.mark.parametrize(
    "sheet", ["@", "{", "}", "@{", ".a", ".a,", "/*", "<!--", ".a{vertical-align:sub}", "@a{b{", "\n"]
)
def test_endless_style_sheets_cost_little(sheet: str) -> None:
    """Each character of them is looked at a few times at most; rules of one class that comes again and again count."""
    rules = sheet * (400_000 // len(sheet))
    started = time.process_time()
    assert read(f"<style>{rules}</style>10<b class=a>4</b>" + "<i class=a>甲</i>" * 20_000).text[:3] in ("104", "10₄")
    assert time.process_time() - started < 8
