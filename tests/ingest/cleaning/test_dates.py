"""Which day a document bears: issued or last amended, never a deadline, an effect, a birthday."""

from __future__ import annotations

import pytest

from tests.ingest.cleaning.test_titles import PARAGRAPH, document
from tjqa.documents import SourceFile
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.dates import column_date, days_of, name_date

ARTICLES = "".join(f"第{number}条 {PARAGRAPH}" for number in ("一", "二", "三"))


def text(content: str, name: str = "甲.txt") -> SourceFile:
    """Plain text."""
    return SourceFile(name, "", "UTF-8", content)


def day_of(source: SourceFile) -> str | None:
    """Of the first article."""
    return clean(source).articles[0].published


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2023年8月22日", ["2023-08-22"]),
        ("二〇二三年八月二十二日", ["2023-08-22"]),
        ("二○二六年五月", ["2026-05"]),
        ("2023 年 3 月", ["2023-03"]),
        ("2023-08-22至2023.9.1", ["2023-08-22", "2023-09-01"]),
        ("2023年13月", []),
        ("2023年2月30日", []),
        ("12月30日", []),
        ("编号2023-0815号", []),
    ],
)
def test_dates_of_a_text(said: str, days: list[str]) -> None:
    """Figures and Chinese numerals, with and without a day; what is no date is none."""
    assert days_of(said) == days


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("县条例(2019-03-24).md", "2019-03-24"),
        ("粮食产量_2024-03-04.xlsx", "2024-03-04"),
        ("通知20240304.docx", "2024-03-04"),
        ("通知2024年3月4日.docx", "2024-03-04"),
        ("通知2024年3月.docx", None),
        ("2024-03-01至2024-03-10简报.docx", None),
        ("订单2024030415.txt", None),
    ],
)
def test_the_day_in_the_name_of_a_file(path: str, day: str | None) -> None:
    """One complete day, no span and no number."""
    assert name_date(path) == day


LIFE = (
    "1998年3月2日云溪县第十届人民代表大会常务委员会第三次会议通过\n"
    "根据2009年5月6日第十二届人民代表大会常务委员会第七次会议《关于修改〈云溪县湿地保护条例〉的决定》第一次修正\n"
    "2021年8月20日第十五届人民代表大会常务委员会第四次会议修订\n"
)


@pytest.mark.parametrize(
    ("content", "name", "day"),
    [
        (f"云溪县湿地保护条例\n{LIFE}第一章 总则\n{ARTICLES}", "甲.txt", "2021-08-20"),
        (f"# 云溪县湿地保护条例\n\n{LIFE}\n## 第一章 总则\n{ARTICLES}", "甲.md", "2021-08-20"),
        (f"云溪县湿地保护条例\n({LIFE.replace(chr(10), ' ')})\n第一章 总则\n{ARTICLES}", "甲.txt", "2021-08-20"),
        (f"云溪县湿地保护条例\n第一章 总则\n{ARTICLES}", "云溪县湿地保护条例(2022-01-05).txt", "2022-01-05"),
        (f"云溪县湿地保护条例\n{LIFE}{ARTICLES}", "云溪县湿地保护条例(2022-01-05).txt", "2022-01-05"),
        # The day it takes effect and what its articles speak of date nothing.
        (
            f"云溪县湿地保护条例\n{ARTICLES}第四条 自2023年1月1日起施行,2009年5月6日公布的办法废止。\n",
            "甲.txt",
            None,
        ),
    ],
)
def test_a_law_bears_the_day_of_its_last_amendment(content: str, name: str, day: str | None) -> None:
    """Below its name or in its file's name."""
    assert day_of(text(content, name)) == day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("云溪县档案馆密集架采购招标文件\n采购人:云溪县档案馆\n二〇二三年五月\n", "2023-05"),
        ("云溪县档案馆密集架采购招标文件\n发布日期:2023 年 5 月\n", "2023-05"),
        ("云溪县档案馆密集架采购招标文件\n投标截止时间:2023年6月9日9:30\n开标时间:2023年6月9日\n", None),
        ("密集架接口说明书\n版本号\t说明\t时间\nV1.0\t新建\t2020-01-02\nV1.1\t修改\t2021-03-04\n", "2021-03-04"),
        ("云溪县档案馆密集架采购招标文件\n有效期至2024年12月31日\n", None),
    ],
)
def test_a_cover_dates_a_document_and_deadlines_do_not(head: str, day: str | None) -> None:
    """On a line of its own, called so by its label, or the last row of a table of versions."""
    assert day_of(document(f"{head}第一章 招标公告\n{PARAGRAPH * 3}")) == day


def test_the_day_below_a_signature() -> None:
    """At the end of a letter; a form's empty day and one in the text are none."""
    letter = f"关于调整供水时间的函\n各乡镇:\n{PARAGRAPH}{PARAGRAPH}"
    assert day_of(document(f"{letter}云溪县水务局\n2023年7月12日\n")) == "2023-07-12"
    assert day_of(document(f"{letter}投标人:\n日期:2023年 月 日\n")) is None
    assert day_of(document(f"{letter}工程于2023年7月12日完工。\n")) is None


def test_a_table_bears_the_day_of_its_file() -> None:
    """Rows of a table name many days."""
    from tjqa.documents import DocumentKind, Sheet, Span

    rows = "日期\t吨\n2023-01-02\t12\n2023-01-03\t14\n"
    sheet = (Sheet(Span(0, len(rows)), "Sheet1", 5),)
    source = SourceFile("产量_2024-03-04.xlsx", "", "XLSX", rows, sheets=sheet, kind=DocumentKind.TABLE)
    assert (clean(source).articles[0].title, day_of(source)) == ("产量", "2024-03-04")


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        ("title,publish_date,text\n云溪县报告,2026-02-06,2025年增长5%\n", "2026-02-06"),
        ("标题\t发布日期\n通知\t2026年2月6日\n补充通知\t2026-02-06\n", "2026-02-06"),
        ("标题,发布时间\n通知,2026-02-06\n通知,2026-02-07\n", None),
        ("姓名,出生日期\n张三,2001-02-06\n", None),
        ("标题,发布日期\n通知,\n", None),
        ("", None),
    ],
)
def test_the_day_that_a_column_of_records_gives(rows: str, day: str | None) -> None:
    """A column of days of issue dates the table when its rows agree; other columns of days never do."""
    assert column_date(rows) == day


def test_the_cover_of_a_plain_text() -> None:
    """A document saved as text bears the day on its cover; a day in a short note of its own says nothing."""
    cover = "云溪县施工招标\n招标文件范本\n(适用于电子招标)\n云溪县建设局\n二○二二年三月\n"
    assert day_of(text(f"{cover}使用说明\n{PARAGRAPH * 2}")) == "2022-03"
    assert day_of(text(f"{PARAGRAPH}招标人:云溪县\n二○二二年三月\n{PARAGRAPH}")) is None


def test_a_page_that_was_printed() -> None:
    """The line of date and source below the headline dates a page saved as PDF."""
    page = f"云溪县文献采购公告\n2024年07月05日 14:05 来源:云溪采购网\n{PARAGRAPH * 2}"
    assert day_of(document(page)) == "2024-07-05"
