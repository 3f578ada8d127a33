"""PDF: tenders, handbooks, letters, gazettes."""

from __future__ import annotations

from tests.ingest.made import Made
from tests.support.pdf_pages import Rule, Text, grid, lines, placed_pdf

TITLE = [Text(60, 80, "云溪县学生手册", 24)]
FILL = [
    "新馆建筑面积三万二千平方米,设阅览座位一千八百个,",
    "藏书九十六万册,每周开放六天,节假日照常开放,读者",
    "凭证入馆。",
]


def page(number: int, texts: list[str], head: str = "云溪学院2025学生手册") -> list[Text | Rule | str]:
    """A page with its running head and number."""
    return [Text(200, 40, head, 9), *lines(texts), Text(290, 810, str(number), 9)]


CASES = (
    Made(
        "the running head was the answer to every question",
        "手册.pdf",
        placed_pdf([page(n, [f"第{n}条 第{n}项规定。", *FILL]) for n in range(1, 7)]),
        never=("云溪学院2025学生手册",),
    ),
    Made(
        "a list over two pages lost the sentence that announces it",
        "规定.pdf",
        placed_pdf(
            [page(1, [*FILL, "第七条 学生依法履行下列义务:"]), page(2, ["(一)遵守法律;", "(二)遵守章程。", *FILL])]
            + [page(n, FILL) for n in (3, 4, 5)]
        ),
        says=(("学生依法履行下列义务:", "(二)遵守章程。"),),
    ),
    Made(
        "a page number stood inside a sentence that runs over a page",
        "报告.pdf",
        placed_pdf(
            [
                page(1, [*FILL, "全县今年新建和改造的农村公路一共六十四公里,改造老旧"]),
                page(2, ["小区十七个,群众满意。", *FILL]),
            ]
            + [page(n, FILL) for n in (3, 4, 5)]
        ),
        says=(("", "改造老旧小区十七个"),),
    ),
    Made(
        "one very wide line kept all lines of its page apart",
        "公报.pdf",
        placed_pdf([[Text(10, 60, "1 2 3 4 5 6 7 8 9 10 11 12 " * 3, 7), *lines(FILL, y=100)]]),
        says=(("", "读者凭证入馆"),),
    ),
    Made(
        "lines of the contents were passages",
        "文件.pdf",
        placed_pdf(
            [lines(["目录", *(f"第{n}章 内容{n}{'.' * 30}{n}" for n in (1, 2, 3, 4))]), lines(["第一章 内容1", *FILL])]
        ),
        never=("....",),
    ),
    Made(
        "two columns were read across",
        "通讯.pdf",
        placed_pdf(
            [[*lines([text[:14] for text in FILL[:2]] * 4, x=60), *lines(["右栏的文字自成一段话语"] * 8, x=320)]]
        ),
        says=(("", "右栏的文字自成一段话语右栏的文字自成一段话语"),),
    ),
    Made(
        "texts of a handbook without articles had the title of the one before",
        "手册.pdf",
        placed_pdf(
            [
                lines(["考勤办法", "云学〔2025〕1号", *(f"第{n}条 {FILL[0]}" for n in "一二三"), *FILL]),
                lines(["奖学金评审办法", "云学〔2025〕2号", *FILL, "一、条件", "(一)在读。"]),
                lines(["助学金办法", "云学〔2025〕3号", *(f"第{n}条 {FILL[0]}" for n in "一二三")]),
            ]
        ),
        title="考勤办法",
        says=(("", "云学〔2025〕2号"),),
    ),
    Made(
        "the largest type over two lines was not the title",
        "a1b2c3d4.pdf",
        placed_pdf([[Text(60, 80, "云溪县档案馆数字化", 24), Text(60, 115, "加工技术要求", 24), *lines(FILL, y=180)]]),
        title="云溪县档案馆数字化加工技术要求",
    ),
    Made(
        "cells of a table came one character a line",
        "统计表.pdf",
        placed_pdf(
            [
                [
                    *grid([60, 160, 300], [100, 150, 200]),
                    Text(65, 120, "河流"),
                    Text(170, 120, "来水量"),
                    Text(65, 170, "白鹭河"),
                    Text(170, 170, "三千方"),
                ]
            ]
        ),
        says=(("", "白鹭河三千方"),),
    ),
    Made(
        "the day by which offers are due became the day of the tender",
        "招标公告.pdf",
        placed_pdf(
            [lines(["云溪县密集架采购招标公告", "投标截止时间:2023年3月29日9:00", *FILL, "开标时间:2023年3月29日"])]
        ),
        title="云溪县密集架采购招标公告",
        day=None,
    ),
    Made(
        "the signature of a letter did not date it",
        "函.pdf",
        placed_pdf([lines(["关于涵洞建设的函", "云溪县政府:", *FILL, "云溪县交通运输局", "2023年7月12日"])]),
        title="关于涵洞建设的函",
        day="2023-07-12",
    ),
    Made(
        "a page of the web that was printed had no day",
        "采购公告.pdf",
        placed_pdf([lines(["云溪县文献采购公告", "2024年07月05日 14:05 来源:云溪采购网", *FILL])]),
        title="云溪县文献采购公告",
        day="2024-07-05",
    ),
)
