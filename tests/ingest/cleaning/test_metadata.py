"""Dates, publishers and reporters, as pages of many makes write them."""

from __future__ import annotations

import pytest

from tests.support.cleaning_pages import PAGES, read_page, source_of
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.metadata import (
    date_only,
    first_date,
    is_editor,
    is_meta,
    line_reporter,
    publisher,
    text_date,
    text_reporter,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-08-22 11:07:57", "2023-08-22"),
        ("2023/8/2", "2023-08-02"),
        ("2023.08.22", "2023-08-22"),
        ("发布于2023年8月22日", "2023-08-22"),
        ("２０２３年８月２２日", "2023-08-22"),
        ("二〇二三年八月二十二日", "2023-08-22"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("二〇二〇年十月十日", "2020-10-10"),
        ("2023-02-30 与 2023-03-01", "2023-03-01"),
        ("2023年8月", None),
        ("8月22日", None),
        ("12023-08-221", None),
        ("没有日期", None),
    ],
)
def test_first_date(text: str, day: str | None) -> None:
    """Complete dates in figures and characters; no such day is no date."""
    assert first_date(text) == day


@pytest.mark.parametrize(
    "line",
    [
        "2023-08-22 11:07:57 来源:某某日报",
        "来源:某某日报  |  2024-11-16 15:17:29",
        "發佈時間:2024-05-20 09:00 來源:市政府辦公室 瀏覽次數:1532次",
        "编辑:王五",
        "责任编辑:王五 校对:赵六",
        "(记者 张三)",
        "文/张三",
        "作者:张三",
        "活动现场 供图 市文旅局",
        "2025-07-08",
        "2019-09-26 10:56:28 某某时报网",
        "原创 某某周刊 2019-09-09 16:01:46",
        "二〇二三年八月二十二日",
    ],
)
def test_lines_of_metadata(line: str) -> None:
    """Lines of date, source, byline, editor or credit and nothing else."""
    assert is_meta(line)


@pytest.mark.parametrize(
    "line",
    [
        "2019年1月9日在市第十七届人民代表大会第五次会议上",
        "下周一,",
        "编辑部搬进了新楼。",
        "记者从市教育局获悉,新学年新增学位八千个。",
        "2023年我市粮食总产量创新高",
        "摄影展周五开幕,展出作品二百件。",
        "",
    ],
)
def test_lines_of_text(line: str) -> None:
    """Lines that mention a date, an editor or a photograph are text."""
    assert not is_meta(line)


def test_date_only() -> None:
    """A date with the time and brackets around it, and nothing more."""
    assert date_only("[2023-08-22 11:07]") and date_only("2023年8月22日 星期二")
    assert not date_only("2023-08-22 要闻") and not date_only("要闻")


def test_editor_lines() -> None:
    """The editor's line is told from the reporter's."""
    assert is_editor("(责任编辑:王五)") and is_editor("• 编辑 王五")
    assert not is_editor("记者:张三")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2023-08-22 来源:某某日报", "某某日报"),
        ("來源：某某電視臺 | 2020", "某某電視臺"),
        ("稿源: 新城网", "新城网"),
        ("来源于网络搜索引擎的流量", None),
        ("小学教师人数(数据来源:市教育局)", None),
        ("资金来源:财政拨款", None),
        ("图片来源:视觉中国", None),
    ],
)
def test_publisher(text: str, name: str | None) -> None:
    """The name as it stands on the page, traditional characters kept."""
    assert publisher(text) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者:张三", "张三"),
        ("文/张三丰", "张三丰"),
        ("(记者 张三 李四)", "张三、李四"),
        ("作者:欧阳小明", "欧阳小明"),
        ("来源:某报 记者 张三", "张三"),
        ("来源:某报", None),
    ],
)
def test_reporter_on_a_line(text: str, names: str | None) -> None:
    """Names after a label on a line of metadata."""
    assert line_reporter(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报讯(记者张三)7月2日,", "张三"),
        ("本报讯 记者张三报道 今天上午", "张三"),
        ("共享一体化发展便利。(记者 张立)", "张立"),
        ("提供了有力的支撑。(文 张盐)", "张盐"),
        ("记者从市水利局获悉,", None),
        ("记者在现场看到,", None),
        ("据记者了解,", None),
        ("外交部发言人会见记者表示,", None),
    ],
)
def test_reporter_in_the_text(text: str, names: str | None) -> None:
    """Brackets or 报道 show a name; "记者从…获悉" shows none."""
    assert text_reporter(text) == names


@pytest.mark.parametrize(
    ("title", "opening", "day"),
    [
        ("工作报告(2024年1月23日)", "各位代表:", "2024-01-23"),
        ("工作报告", "2019年1月9日在市第十七届人代会上", "2019-01-09"),
        ("工作报告", "——二〇一九年一月九日在市第十七届人代会上", "2019-01-09"),
        ("讲话", "(2019年1月9日)在全市教育大会上的讲话", "2019-01-09"),
        ("新闻", "11月15日上午,市政府举行发布会。", None),
        ("新闻", "2023年12月30日,大桥合龙。", None),
        ("人物", "某某,1975年1月28日出生于云溪县。", None),
        ("新闻", "2023年12月30日在桥头举行的大桥合龙现场,人们欢呼。", None),
        ("新闻", "12月30日,大桥合龙。", None),
        ("关于2025年7月1日起停止供水的公告", "各用户:", None),
        ("新闻", "近年来,我市持续改善环境。2019年1月9日又有新规。", None),
        ("2019年政府工作报告", "日前,", None),
        ("开馆公告", "自2025年7月1日起,图书馆开放到晚上。", None),
        ("催缴公告", "请在2025年6月30日前缴清水费。", None),
    ],
)
def test_the_day_of_the_text(title: str, opening: str, day: str | None) -> None:
    """From the title or the head of a speech, not the day a report tells of, nor a birthday."""
    assert text_date(title, [opening]) == day


def test_metadata_of_the_pages() -> None:
    """What the labelled pages say about themselves."""
    found = {path.stem: clean(read_page(path).source).articles for path in PAGES}
    news, notice = found["news_site"][0], found["government_notice"][0]
    assert (news.page_date, news.text_date, news.publisher, news.reporter) == (
        "2023-09-14",
        None,
        "云溪晚报",
        "沈知秋",
    )
    assert (notice.page_date, notice.text_date, notice.publisher) == ("2024-05-20", "2024-05-16", "市政府办公室")
    assert [article.page_date for article in found["listing_dated"]] == ["2021-06-08", "2021-05-29", "2021-05-11"]
    assert [article.page_date for article in found["listing_tags"]] == ["2022-12-02", "2022-08-20", "2022-07-16"]
    assert found["talks_about_furniture"][0].reporter == "齐放"


def test_a_blog_post_between_two_of_one_day() -> None:
    """When only the neighbouring links are dated, and alike, the post has their date; else it has none."""
    body = "这一年的雨水来得晚,稻子却比往年早熟了半个月,村里人都说没见过这样的年景。"
    for after, day in (("2022年5月13日", "2022-05-13"), ("2022年5月14日", None)):
        page = f"山里的一年\n{body}\nPrevious 2022年5月13日\nNext {after}"
        assert clean(source_of(page)).articles[0].page_date == day
