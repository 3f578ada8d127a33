"""Cleaning on pages of many makes: what must stay stays, what must go goes, and every character is accounted for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.support.cleaning_pages import (
    HARD,
    OTHERS,
    PAGES,
    SEEDS,
    SITES,
    kept_positions,
    read_page,
    shares,
    source_of,
    spans_of,
)
from tjqa.documents import CleanedFile, SourceFile, Span
from tjqa.ingest.cleaning.clean import CLEANER_VERSION, clean
from tjqa.ingest.sources import find_sources, read_source

PARAGRAPH = "市图书馆介绍,新馆建筑面积三万二千平方米,设阅览座位一千八百个,藏书九十六万册,每周开放六天。"


def assert_tiles(source: SourceFile, cleaned: CleanedFile) -> None:
    """Kept and dropped spans cover the text without gap or overlap, and each dropped span has its reason."""
    at = 0
    for span in spans_of(cleaned):
        assert span.start == at, f"{source.path}: {at} → {span}"
        assert len(span) > 0
        at = span.end
    assert at == len(source.text)
    assert all(dropped.reason for dropped in cleaned.dropped)


def kept_text(text: str) -> str:
    """What cleaning keeps of `text`, joined."""
    return "".join(text[i] for i in sorted(kept_positions(clean(source_of(text)))))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_text_stays_and_furniture_goes(path: Path) -> None:
    """Every labelled character of text, headline and metadata is kept, every one of furniture dropped."""
    page = read_page(path)
    for label, (kept, everything) in shares(page, clean(page.source)).items():
        assert kept == (0 if label == "N" else everything), label


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("newline", "start"), [("\r\n", ""), ("\n", "\ufeff"), ("\r", ""), ("  \n\n", "\n\n")])
def test_newlines_and_byte_order_marks_change_nothing(path: Path, newline: str, start: str) -> None:
    """Other newlines, blank lines and a BOM leave the same text kept."""
    page, plain = read_page(path, newline, start), read_page(path)
    cleaned = clean(page.source)
    assert_tiles(page.source, cleaned)
    assert shares(page, cleaned) == shares(plain, clean(plain.source))


def test_headlines_get_the_role_title() -> None:
    """Each line labelled as headline becomes the title of an article, without bullet and column tag."""
    for path in PAGES:
        page = read_page(path)
        text = page.source.text
        wanted = [span.of(text).strip(" •#") for span, label in page.labels if label == "T"]
        found = [article.title for article in clean(page.source).articles if article.title_span]
        assert found == [title.partition("】")[2] or title for title in wanted], path.stem


def test_the_title_span_is_the_title() -> None:
    """A title that stands on the page can be pointed at."""
    for path in PAGES:
        page = read_page(path)
        for article in clean(page.source).articles:
            if article.title_span:
                assert article.title_span.of(page.source.text) == article.title


@pytest.mark.slow
def test_random_pages_are_tiled() -> None:
    """Pages shuffled from lines of all pages and seeds, in any newline, are covered exactly and never crash."""
    draw = random.Random(11)
    lines = [line for path in PAGES for line in read_page(path).source.text.split("\n")]
    lines += [line for path in find_sources(SEEDS) for line in path.read_text(encoding="utf-8").split("\n")]
    lines += ["", " ", "\u3000", "\ufeff", "\u200b", "\x0c", "\u2028", "……", "。", "#", "-", "2024-01-01", "【】", "()"]
    for _ in range(300):
        chosen = draw.choices(lines, k=draw.randrange(1, 40))
        source = source_of(draw.choice(["\n", "\r\n", "\n\n", "\r"]).join(chosen))
        cleaned = clean(source)
        assert_tiles(source, cleaned)
        assert cleaned == clean(source)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\ufeff", "\ufeff\r\n \u3000"])
def test_a_page_of_nothing_has_no_article(text: str) -> None:
    """Empty and blank pages are dropped whole as 空白."""
    cleaned = clean(source_of(text))
    assert cleaned.articles == ()
    assert [(d.span, d.reason) for d in cleaned.dropped] == ([(Span(0, len(text)), "空白")] if text else [])


@pytest.mark.parametrize(
    "text",
    [
        "一句话",
        PARAGRAPH,
        PARAGRAPH * 200,
        "首页",
        "相关推荐",
        "免责声明",
        "2023-01-02",
        "a",
        "版权声明\n作品的著作权属于作者。本规定由文化部门解释,自公布之日起施行,此前的规定同时废止。",
    ],
)
def test_a_page_of_one_thing_keeps_it(text: str) -> None:
    """A one-line page keeps its line, whatever it says, and a document on 版权声明 its text."""
    assert kept_text(text).strip() == text


def test_white_space_inside_an_article_is_kept_and_around_it_dropped() -> None:
    """Blanks between two paragraphs belong to the first one; blanks before and after are 空白."""
    text = f"\n\n  {PARAGRAPH}\n\n  {PARAGRAPH}\n\n"
    cleaned = clean(source_of(text))
    (article,) = cleaned.articles
    first, second = article.pieces
    assert first.span.end == second.span.start
    assert {dropped.reason for dropped in cleaned.dropped} == {"空白"}
    assert kept_text(text) == text.strip()


def test_reasons_name_the_kind_of_furniture() -> None:
    """What is dropped says why, in words a reader understands."""
    page = (
        f"首页 > 新闻 > 正文\n标题在这里\n2020-02-02 来源:某报\n{PARAGRAPH}\n"
        "上一篇:没有了\n相关阅读\n别处的一条新闻\n京ICP备12345678号"
    )
    dropped = {d.span.of(page): d.reason for d in clean(source_of(page)).dropped if d.reason != "空白"}
    assert dropped == {
        "首页 > 新闻 > 正文": "导航",
        "上一篇:没有了": "导航",
        "相关阅读": "相关推荐",
        "别处的一条新闻": "相关推荐",
        "京ICP备12345678号": "版权声明",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "未经著作权人许可,任何人不得复制、传播其作品。",
        "第二十条 未经许可,任何单位和个人不得转载、摘编其作品。",
        "该公众号的简介写着“内容仅供参考,转载请注明出处”,粉丝却没有人在意。",
        "责任编辑要在付印单上签字,一旦出错,追究的首先是他。",
        "扫一扫门口的二维码,就能听到讲解,景区今年新增了六种方言。",
        "点击“下一页”,再点击“确定”,系统会提示预约成功。",
        "他把首页、新闻、财经、体育四个频道的编辑叫到一起开会。",
        "客服热线接到的投诉里,快递丢失占了三成,其余多是发票问题。",
    ],
)
def test_sentences_about_furniture_stay(sentence: str) -> None:
    """Text that only talks about notices, codes or menus is text, first, last and in the middle."""
    for page in (f"{PARAGRAPH}\n{sentence}\n{PARAGRAPH}", f"{PARAGRAPH}\n{sentence}", f"{sentence}\n{PARAGRAPH}"):
        assert sentence in kept_text(page)


@pytest.mark.parametrize(
    "line",
    [
        "分享到:微信 微博 QQ空间",
        "下一篇:某市启用新港口",
        "Copyright © 2012-2024 All Rights Reserved",
        "本文仅代表作者个人观点,不代表本站立场。",
        "声明:本文转载自网络,如有侵权请联系我们删除。",
        "扫一扫,手机看新闻",
        "请登录后发表评论",
        "【相关阅读】",
        "标签:港口 航运",
        "網友評論",
        "鄭重聲明:未經授權,請勿轉載本站內容。",
        "您当前的位置:首页>新闻中心>正文",
    ],
)
def test_furniture_after_the_text_goes(line: str) -> None:
    """Common lines of furniture at the end of a page, simplified and traditional."""
    assert line not in kept_text(f"标题一二三四\n2020-05-05\n{PARAGRAPH}\n{PARAGRAPH}\n{line}")


def test_a_notice_glued_to_a_paragraph_is_cut_off() -> None:
    """Only the trailing notices go; the paragraph they hang on stays whole."""
    text = f"{PARAGRAPH}本文为原创文章,如若转载,请注明出处。内容仅供参考,不构成投资建议。"
    assert kept_text(text) == PARAGRAPH


def test_furniture_after_the_last_stop_of_a_one_line_page_goes() -> None:
    """A page saved as one line loses what follows its text."""
    assert kept_text(f"{PARAGRAPH * 3} 上一篇:旧闻一则 下一篇:新闻两条") == PARAGRAPH * 3


def test_a_long_text_after_early_comment_links_is_kept() -> None:
    """A link such as 12条评论 above the article does not turn the article into comments."""
    text = "馆长谈阅读\n2020-02-02\n12条评论\n" + "\n".join([PARAGRAPH] * 8)
    assert kept_text(text).count(PARAGRAPH) == 8


def test_the_version_is_a_number() -> None:
    """The index compares it to know when its passages are out of date."""
    assert isinstance(CLEANER_VERSION, int)


def test_seeds_are_tiled() -> None:
    """The five real pages, too, are covered exactly."""
    for path in find_sources(SEEDS):
        source = read_source(SEEDS, path)
        assert_tiles(source, clean(source))


def kept_shares(paths: list[Path]) -> dict[str, float]:
    """For each label the share of its characters that is kept, over all `paths`."""
    total = {label: [0, 0] for label in "KTMN"}
    for path in paths:
        page = read_page(path)
        cleaned = clean(page.source)
        assert_tiles(page.source, cleaned)
        for label, (kept, everything) in shares(page, cleaned).items():
            total[label][0] += kept
            total[label][1] += everything
    return {label: kept / everything for label, (kept, everything) in total.items()}


def test_pages_of_other_sites_are_cleaned_well() -> None:
    """Over pages that are not cleaned perfectly: nearly all text stays, nearly all furniture goes."""
    kept = kept_shares(OTHERS)
    assert kept["K"] >= 0.995 and kept["T"] >= 0.995 and kept["M"] >= 0.94 and kept["N"] <= 0.05, kept


def test_texts_of_short_lines_stay() -> None:
    """Agendas, winners, projects, forms and manuals keep their lines, though a page function may look like them."""
    kept = kept_shares(HARD)
    assert kept["K"] >= 0.97 and kept["T"] == 1.0 and kept["N"] <= 0.01, kept


@pytest.mark.parametrize("folder", SITES, ids=lambda folder: folder.name)
def test_each_page_of_a_site_is_cleaned_by_itself(folder: Path) -> None:
    """Short pages of one site lose nearly all of its head and foot without comparing them with one another."""
    kept = kept_shares(sorted(folder.glob("*.txt")))
    assert kept["K"] == kept["T"] == 1.0 and kept["N"] <= 0.05, kept


@pytest.mark.parametrize(
    "line",
    [
        "【打印正文】",
        "扫码在手机查看",
        "订阅我们的通讯",
        "您的支持是我们的动力",
        "还有更多问题请咨询",
        "Sign up for our newsletter",
    ],
)
def test_words_of_page_functions_need_a_page(line: str) -> None:
    """Lines made of page functions go below the text of a saved page, and stay where nothing shows it to be one."""
    bare = f"使用手册\n{PARAGRAPH}\n{PARAGRAPH}\n{line}\n{PARAGRAPH}"
    assert line in kept_text(bare)


def test_what_follows_the_last_sentence() -> None:
    """Short lines below a text of sentences go where the page shows a date; a list that the text announces stays."""
    foot = "周边美食\n城门口羊汤馆\n老街酥饼\n古城客栈\n书院酒店"
    page = f"古城墙修缮完工\n2023-09-26 来源:文旅局\n{PARAGRAPH}\n{PARAGRAPH}"
    assert "羊汤馆" not in kept_text(f"{page}\n{foot}")
    assert "羊汤馆" in kept_text(f"{page}获奖店铺名单公布。\n{foot}")
    assert "羊汤馆" in kept_text(f"古城墙修缮完工\n{PARAGRAPH}\n{PARAGRAPH}\n{foot}")


def test_an_annex_stays() -> None:
    """A list below the signature, headed as annex or as names, belongs to the notice."""
    page = f"关于表彰先进的通报\n2022-09-15 10:00 来源:市政府\n{PARAGRAPH}\n{PARAGRAPH}\n特此通报"
    page += "\n市人民政府\n2022年9月14日"
    for head in ("附件", "附件1:", "先进集体名单"):
        names = "市图书馆\n城南小学\n望江码头\n市第一医院\n柳营街道"
        assert names in kept_text(f"{page}\n{head}\n{names}")
        assert "柳营街道" in kept_text(f"{page}\n{head}\n{names}\n打印本页\n版权所有 某某市政府")


def test_minutes_keep_who_was_there() -> None:
    """Pairs below the last sentence belong to the text, and so does the office that signs."""
    page = f"会议纪要\n2022年9月15日 10:00\n{PARAGRAPH}\n{PARAGRAPH}\n出席:韦清源 钟毓\n列席:赵一诺\n记录:段飞"
    assert "记录:段飞" in kept_text(f"{page}\n打印\n关闭窗口")


def test_a_page_in_one_line_has_its_headline_and_date() -> None:
    """Menu, headline and date before the text of a page saved as one line are told apart."""
    text = f"首页 政策 招商 园区 新区集中签约28个项目 时间:2023-06-20 来源:某某发布 {PARAGRAPH * 4}"
    (article,) = clean(source_of(text)).articles
    assert (article.title, article.page_date, article.publisher) == ("新区集中签约28个项目", "2023-06-20", "某某发布")
    assert "首页" not in kept_text(text) and PARAGRAPH * 4 in kept_text(text)


@pytest.mark.parametrize(
    "line", ["5.1 投标文件递交截止时间 ：2026-06-24 09:30:00。", "开标时间 :2026-06-24 09:30 于县政务服务中心。"]
)
def test_a_day_after_a_colon_does_not_cut_its_line(line: str) -> None:
    """A blank before the colon makes no date of the page of a term that the text sets."""
    page = f"某项目招标公告\n2026-05-29 10:00\n{PARAGRAPH}\n{line}\n{PARAGRAPH}"
    cleaned = clean(source_of(page))
    assert any(
        line in article_text for article_text in (piece.span.of(page) for a in cleaned.articles for piece in a.pieces)
    )


def test_code_left_from_the_page_goes() -> None:
    """Scripts before the first and after the last Chinese line are dropped as 网页代码."""
    page = f"var _hmt = _hmt || [];\n标题在这里\n2020-02-02 来源:某报\n{PARAGRAPH}\n(function() {{\n}})();"
    dropped = {d.span.of(page) for d in clean(source_of(page)).dropped if d.reason == "网页代码"}
    assert "var _hmt = _hmt || [];" in dropped and "})();" in dropped


@pytest.mark.parametrize(
    "unit", ["21", "我的收藏", "上一页", "首页 ", "1 ", "< ", "相关", "本站", "| ", "凡注明", "第1页/"]
)
def test_no_line_takes_time_without_end(unit: str) -> None:
    """Lines made of the pieces that patterns repeat, ending so that none of them fits, are decided at once. (The test
    would run into the suite's time limit.)"""
    for size in (40, 150, 190):
        line = (unit * size)[:size]
        for end in ("年报", "x", "。", ":"):
            assert clean(source_of(f"{line}{end}\n\n{PARAGRAPH}")).articles


@pytest.mark.parametrize(
    "mark", [">", "> ", ">> a ", "【解读】", "- ", "a.doc ", "附件", "打开app", "首页", "1/", "|", "http://a "]
)
@pytest.mark.parametrize("end", ["", "x", "。", "】"])
def test_a_line_of_the_same_mark_again_and_again_is_read(mark: str, end: str) -> None:
    """No pattern tries all ways to divide such a line: that would take years (the time limit of a test ends it)."""
    line = (mark * 200)[:190] + end
    text = f"{line}\n年度报告\n2021-03-04\n{PARAGRAPH}\n{line}\n"
    assert PARAGRAPH in kept_text(text)
