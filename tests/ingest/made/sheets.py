"""Workbooks and CSV files: tables of statistics and of records."""

from __future__ import annotations

from tests.ingest.made import Made
from tests.support.formats import as_xlsx

ROWS: list[list[object]] = [["街道", "户数", "金额"], ["东河街道", 42, 3400], ["西林街道", 17, 900]]
CASES = (
    Made(
        "Sheet1 was part of every path",
        "补贴.xlsx",
        as_xlsx({"Sheet1": ROWS}),
        title="补贴",
        says=(("", "西林街道"),),
    ),
    Made(
        "sheets that are called by year were told apart by nothing",
        "补贴.xlsx",
        as_xlsx({"2022": ROWS, "2023": ROWS}),
        says=(("2022", "西林街道"), ("2023", "西林街道")),
    ),
    Made(
        "the name of the file was no title and no day",
        "2023年居民收入情况_2024-01-17.xlsx",
        as_xlsx({"Sheet": ROWS}),
        title="2023年居民收入情况",
        day="2024-01-17",
    ),
    Made(
        "a row with the title above the head was the head",
        "统计.xlsx",
        as_xlsx({"Sheet1": [["云溪县补贴发放统计表"], *ROWS]}),
        says=(("", "西林街道"), ("", "云溪县补贴发放统计表")),
    ),
    Made(
        "shares were read as fractions",
        "比例.xlsx",
        as_xlsx({"Sheet1": ROWS}, '<cols><col min="1" max="1"/></cols>', formats=["0.0%"]),
        says=(("", "42"),),
    ),
    Made(
        "empty cells moved the figures behind them",
        "缺项.xlsx",
        as_xlsx({"Sheet1": [["街道", "户数", "金额"], ["东河街道", None, 3400]]}),
        says=(("", "3400"),),
        never=("东河街道3400金额",),
    ),
    Made(
        "a semicolon parts the cells",
        "补贴.csv",
        "街道;户数;金额\n东河街道;42;3400\n西林街道;17;900\n".encode(),
        says=(("", "西林街道;17;900"),),
    ),
    Made(
        "a record with a line break in quotes was cut",
        "公园.csv",
        '名称,说明,面积\n竹溪公园,"步道\n新建",2310\n青岩公园,湿地,470\n'.encode(),
        says=(("", '新建",2310'),),
    ),
    Made(
        "a table of Chinese Windows",
        "补贴.csv",
        "街道,户数,金额\n东河街道,42,3400\n西林街道,17,900\n".encode("gb18030"),
        says=(("", "西林街道,17,900"),),
    ),
    Made(
        "a column of days of issue dated nothing",
        "报告.csv",
        "province,title,publish_date,text\n云溪,2026年云溪县工作报告,2026-02-06,2025年增长5%\n".encode(),
        day="2026-02-06",
    ),
    Made(
        "birthdays dated a table",
        "名单.csv",
        "姓名,出生日期\n张三,2001-02-06\n李四,2001-02-06\n".encode(),
        day=None,
    ),
    Made(
        "a mark at the beginning of the file belonged to the first column",
        "补贴.csv",
        "\ufeff街道,户数\n东河街道,42\n西林街道,17\n".encode(),
        says=(("", "西林街道,17"),),
    ),
)
