"""Cleaning of pages that were saved as text or as Markdown: no markup says what is a link or a menu.

The pages are made up; each has the structure of a kind of page that once went wrong.
"""

from __future__ import annotations

import pytest

from tests.ingest.cleaning.test_site_pages import FIRST, SECOND, STORY, THIRD, TITLE, kept_lines
from tests.support.cleaning_pages import source_of
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.markdown import visible

BODY = f"{FIRST}\n{SECOND}\n{THIRD}"
DATED = f"{TITLE}\n2024-06-13 08:30 来源:河湾日报\n{BODY}"
FOOT = "版权所有 河湾网 某ICP备00000001号"
COLUMNS = ("鹭鸣", "渔火汀洲", "河湖长制", "水利工程", "苇荡日志", "防汛抗旱", "堤防", "闸坝运行", "水文年鉴")
MENU = "\n".join(["首页", *COLUMNS[:5], "登录", "注册", *COLUMNS[5:], "搜索"])


def kept(text: str) -> list[str]:
    """The lines that cleaning keeps of a text; every character of it is accounted for."""
    source = source_of(text)
    return kept_lines(source, clean(source))


def story(text: str) -> bool:
    """Whether the story is all that is kept."""
    return "".join(kept(text)).replace("\n", "") == "".join(STORY).replace("2024-06-13", "2024-06-13 08:30")


# --- Markdown


def test_lists_of_links_in_markdown_go_and_links_in_sentences_stay() -> None:
    """Runs of linked lines and rows of links are menus; a sentence with a link is a sentence, address and all."""
    menu = "\n".join(f"* [{name}](https://heron.example/{i} '{name}')" for i, name in enumerate(COLUMNS))
    row = " ".join(f"[{name}](/c/{i}(1))" for i, name in enumerate(COLUMNS[:4]))
    linked = SECOND.replace("水文站站长", "[水文站站长](https://heron.example/a?b=1;c=2)")
    page = f"[![河湾网](data:image/png;base64,{'QUJD' * 3000})](/)\n{menu}\n{row}\n\n# {DATED}"
    page = page.replace(SECOND, linked) + f"\n\n### 相关阅读\n{menu}\n\n{FOOT}"
    assert kept(page) == [f"# {TITLE}", "2024-06-13 08:30 来源:河湾日报", FIRST, linked, THIRD]


def test_links_of_an_authors_own_notes_stay() -> None:
    """What shows no furniture of a page may list links that are the matter."""
    notes = "\n".join(f"- [{name}](notes/{i}.md)" for i, name in enumerate(COLUMNS))
    assert kept(f"# 水文资料目录\n\n{FIRST}\n\n{notes}") == ["# 水文资料目录", FIRST, *notes.split("\n")]


def test_the_title_of_a_linked_headline_is_its_words() -> None:
    """The title is what a reader sees; it stands in the source as far as no address lies inside."""
    source = source_of(
        f"首页\n登录\n\n# [{TITLE}](https://heron.example/1)\n2024-06-13 08:30 来源:河湾日报\n{BODY}\n{FOOT}"
    )
    (article,) = clean(source).articles
    assert article.title == TITLE
    assert article.title_span is not None and article.title_span.of(source.text) == TITLE


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[甲](x) | [乙丙](y 'z')", ("甲 | 乙丙", 3, 2)),
        ("[![图](a.png)](b) 字", ("图 字", 1, 1)),
        ("**重点** 和 __着重__ 与 _斜体_,snake_case", ("重点 和 着重 与 斜体,snake_case", 0, 0)),
        ("[注](x(1)y)", ("注", 1, 1)),
        ("没有链接 [1] (2)", ("没有链接 [1] (2)", 0, 0)),
        ("[ ](x)", ("[ ](x)", 0, 0)),
    ],
)
def test_what_a_reader_sees_of_markdown(text: str, seen: tuple[str, int, int]) -> None:
    """Words without addresses and marks, the letters among them that are links, and the links."""
    assert visible(text) == seen


@pytest.mark.parametrize("unit", ["[", "![", "[](", "[a](", "[a]((", "_", "**", "[a](b", "](", "[[a]("])
def test_no_markdown_takes_time_without_end(unit: str) -> None:
    """Lines of the pieces of links are read at once. (The test would run into the suite's time limit.)"""
    assert kept(f"{unit * 20_000}字\n\n{FIRST}")


# --- Above the text


def test_a_menu_whose_columns_nobody_knows_goes_where_functions_stand_among_them() -> None:
    """Above a headline without a date only the names between 登录 and 搜索 can be known for a menu."""
    assert kept(f"{MENU}\n{TITLE}\n{BODY}\n{FOOT}") == [TITLE, FIRST, SECOND, THIRD]


def test_short_lines_above_a_text_stay_where_no_function_stands_among_them() -> None:
    """A list of names above a text is no menu for being short."""
    names = "\n".join((*COLUMNS, *(f"{name}站" for name in COLUMNS)))
    assert kept(f"测站名录\n{names}\n{BODY}\n{FOOT}")[1:-3] == names.split("\n")


def test_the_headline_above_its_buttons_is_no_entry_of_the_menu() -> None:
    """Buttons below the headline do not make it a part of the menu above it."""
    assert kept(f"{MENU}\n河湾水库蓄水公告\n打印\n关闭\n{BODY}\n{FOOT}")[0] == "河湾水库蓄水公告"


def test_a_sentence_in_the_sites_head_does_not_keep_its_menu() -> None:
    """One notice among the menu leaves it a menu, whether the headline below has a date or not."""
    notice = "河湾网读者交流群已经开通,欢迎大家加入并且转告朋友。"
    assert set(COLUMNS).isdisjoint(kept(f"{MENU}\n{notice}\n{MENU}\n{DATED}\n{FOOT}"))
    far = "\n".join([MENU] * 3)
    text = "\n".join([BODY] * 4)
    assert set(COLUMNS).isdisjoint(kept(f"{MENU}\n{notice}\n{far}\n{TITLE}\n{text}\n{FOOT}"))


def test_an_encyclopedias_page_is_called_what_it_defines() -> None:
    """The name that the first paragraph begins with is the headline, whatever buttons stand below it."""
    buttons = "播报\n编辑\n收藏\n查看我的收藏\n0有用+1"
    page = f"{MENU}\n青岩河口水文观测站\n{buttons}\n青岩河口水文观测站,是白鹭河上的第一座水文站。{SECOND}\n{FOOT}"
    assert clean(source_of(page)).articles[0].title == "青岩河口水文观测站"


# --- In and below the text


def test_what_always_stands_beside_a_button_is_one() -> None:
    """编辑 below each heading goes with the 播报 above it; a word of the text that stands often does not."""
    parts = [f"第{n}节\n播报\n编辑\n{text}" for n, text in zip("一二三", (FIRST, SECOND, THIRD), strict=True)]
    lines = kept(f"{TITLE}\n2024-06-13 08:30\n" + "\n".join(parts) + f"\n{FOOT}")
    assert "编辑" not in lines and "第二节" in lines
    parts = [f"第{n}节\n摘要\n{text}" for n, text in zip("一二三", (FIRST, SECOND, THIRD), strict=True)]
    assert kept(f"{TITLE}\n2024-06-13 08:30\n" + "\n".join(parts) + f"\n{FOOT}").count("摘要") == 3


def test_answers_with_comments_of_their_own_stay() -> None:
    """Where each answer counts its comments no count heads the comments that end a page."""
    answers = (FIRST + SECOND, SECOND + THIRD, THIRD + FIRST)
    page = "青岩水文站的洪峰有多大\n" + "\n".join(f"某某\n{a}\n{n} 条评论\n分享\n收藏" for n, a in enumerate(answers))
    assert all(answer in kept(f"{page}\n{FOOT}") for answer in answers)
    page = f"{DATED}\n3 条评论\n读者甲\n这次洪峰来得太快,我们全家都转移了。\n读者乙\n辛苦了,希望大家都平安。\n{FOOT}"
    assert story(page)


@pytest.mark.parametrize(
    "foot",
    [
        "猜你喜欢\n原来白鹭在这里过冬!\n一条河养活了三座城,你去过几座?\n洪水之后,鱼都去了哪里?\n湿地怎么就成了网红地,这背后有什么?",
        "【上一篇】 去年洪峰每秒一千九百立方米!堤防经受了考验 【下一篇】 水库放水!流量增加9.8%!",
        "相关推荐\n白鹭过冬的湿地有多大   每年十月白鹭从北方飞来,在这片湿地停留五个月,人们为它们留出了水面。\n"
        "一条河养活了三座城   从源头到河口,这条河经过三座城,城里的人都喝它的水,它也曾经带来洪水。",
        "参见[编辑]\n白鹭河\n洪水预警\n水文站列表\n取自“https://heron.example/w/index.php?oldid=1”",
        "广告 河湾渔具全场五折起",
        "抢首赞 已赞过 已踩过<\n你对这个回答的评价是?",
        "获赞数:1451 粉丝数:2.3万\n被浏览\n99,411",
        "- THE END -\n×\n|",
    ],
)
def test_below_the_text(foot: str) -> None:
    """Headlines that ask, links to other articles, teasers on one line, counts and signs are no text."""
    assert story(f"{DATED}\n{foot}\n分享\n{FOOT}")


def test_an_article_that_goes_on_below_links_stays() -> None:
    """A statement below a list of links resumes the text, though a question stands above it."""
    page = f"{DATED}\n相关阅读\n白鹭在哪里过冬?\n堤防如何巡查?\n{SECOND}{FIRST}\n{THIRD}{SECOND}"
    assert kept(page)[-2:] == [SECOND + FIRST, THIRD + SECOND]


def test_the_numbers_of_notes_belong_to_the_sentence() -> None:
    """[40][41] at the end of a paragraph are its notes, not the pages of the text."""
    noted = f"{FIRST[:-1]}。 [40][41]"
    assert noted in kept(f"{MENU}\n{TITLE}\n2024-06-13 08:30 来源:河湾日报\n{noted}\n{SECOND}[3][4]\n{FOOT}")


@pytest.mark.parametrize(
    "above",
    [
        "\n".join(f"白鹭{n}飞去,水村无人渡。" for n in "一二三四五六"),
        f"{SECOND}\n" + "\n".join(f"{name}的水文观测从五十年代开始一直没有中断过,数据齐全并且公开" for name in COLUMNS),
    ],
    ids=["verses", "no stops"],
)
def test_what_is_no_menu_above_a_later_date_stays(above: str) -> None:
    """Verses and lines without stops above a headline with a date are no head of the site."""
    assert set(above.split("\n")) <= set(kept(f"{MENU}\n{above}\n{DATED}\n{FOOT}"))


def test_a_post_above_the_dates_of_its_answers_stays() -> None:
    """Where several moments are told above what looks like a headline, that is one of several posts."""
    post = "#水情 这里的水今年特别清,白鹭也比往年多了许多,大家快来看看吧~"
    asked = f"鹭鸣 @luming\n{post}\n发布于 2023-07-06 23:12\n河湾县\n最后回复 2023-12-13 01:04\n0\n19\n评论"
    answer = f"渔火 @yuhuo\n河湾县\n{FIRST}\n2023-07-06 23:19"
    assert post in kept(f"广场\n话题\n登录\n注册\n{asked}\n登录\n注册\n{answer}\n{FOOT}")


def test_menus_below_each_advertisement_go_and_a_refrain_stays() -> None:
    """Lines that stand again in the same order are furniture where a known one is among them."""
    block = "为何显示这条\n与我无关的内容\n令人不安的内容\n提交\n谢谢,我们会作出改正。"
    assert story(f"{DATED}\n" + "\n".join(f"广告\n{block}" for _ in range(3)) + f"\n{FOOT}")
    refrain = "白鹭飞\n白鹭飞过河\n飞过河湾去"
    page = f"白鹭河之歌\n2024-06-13 08:30\n{FIRST}\n" + "\n".join(
        f"{text}\n{refrain}" for text in (SECOND, THIRD, FIRST)
    )
    assert kept(f"{page}\n{FOOT}").count("飞过河湾去") == 3


def test_a_list_that_says_how_old_its_texts_are_goes_on() -> None:
    """The opening of another article in a list of links is no return of the text, however long."""
    items = [f"{name}今日见闻\n{SECOND * 4}\n河湾日报·{n} 小时前" for n, name in enumerate(COLUMNS[:3], 2)]
    assert story(f"{DATED}\n其他人也在看\n" + "\n".join(items) + f"\n{FOOT}")


def test_headlines_cut_at_a_comma_go_with_the_others() -> None:
    """Links below the text were cut to a length, some of them at a comma."""
    links = "\n".join(f"{name}的守护者们今年也在堤上过年,他们说已经习惯了,"[:26] for name in COLUMNS[:6])
    assert story(f"{DATED}\n作者最新文章\n{links}\n{FOOT}")
