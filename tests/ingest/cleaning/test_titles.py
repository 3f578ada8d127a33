"""What a document is called: title elements, properties, type sizes and file names bear each other out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tjqa.documents import CleanedFile, DocumentKind, DropReason, Heading, SourceFile, Span
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.lines import split_lines
from tjqa.ingest.cleaning.titles import alike, declared_line, declared_title, name_title

PARAGRAPH = "县档案馆新馆位于云溪路北侧,总建筑面积一万二千平方米,设库房二十四间,可藏档案八十万卷,去年十月开工。\n"


def document(text: str, name: str = "甲.docx", title: str = "", sizes: dict[str, float] | None = None) -> SourceFile:
    """A Word or PDF document whose lines have these type sizes."""
    marks = [
        Heading(Span(text.index(line), text.index(line) + len(line)), -1, size) for line, size in (sizes or {}).items()
    ]
    marks.sort(key=lambda mark: mark.span)
    return SourceFile(name, "", "DOCX", text, kind=DocumentKind.DOCUMENT, title=title, headings=tuple(marks))


def page(text: str, title: str, name: str = "甲.html") -> SourceFile:
    """A web page with this title element."""
    return SourceFile(name, "", "HTML", text, kind=DocumentKind.PAGE, title=title)


def title_of(source: SourceFile) -> str:
    """Of its first article."""
    return clean(source).articles[0].title


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("统计/云溪县粮食产量_2024-03-04.xlsx", "云溪县粮食产量"),
        ("云溪县粮食产量(2024-03-04) (1).xlsx", "云溪县粮食产量"),
        ("2026_云溪县_工作报告.txt", "2026 云溪县 工作报告"),
        ("云溪县粮食产量 - 副本.xlsx", "云溪县粮食产量"),
        ("新建文档.docx", ""),
        ("scan0001.pdf", ""),
        ("686a342d127fb6b0.txt", ""),
        ("20240304.txt", ""),
        ("附件1.docx", "附件1"),
    ],
)
def test_what_the_name_of_a_file_says(path: str, said: str) -> None:
    """Days, copies and names that programs give say nothing."""
    assert name_title(path) == said


def test_names_for_the_same_thing_are_alike() -> None:
    """Written twice, with other marks and a word more."""
    assert alike("2026_云溪县_政府工作报告", "2026年云溪县人民政府工作报告") > 0.6
    assert alike("2026_云溪县_政府工作报告", "云溪县2025年决算草案") < 0.4
    assert alike("", "") == 0.0


@pytest.mark.parametrize(
    "title",
    [
        "云溪县档案馆新馆开工_县区要闻_云溪在线",
        "云溪县档案馆新馆开工-云溪在线",
        "云溪县档案馆新馆开工 | 云溪在线",
        "云溪县档案馆新馆开工",
    ],
)
def test_a_title_element_names_the_headline(title: str) -> None:
    """Whatever the site puts behind it, and although its own slogan stands first and is longer."""
    slogan, headline = "中共云溪县委机关报云溪日报社主办的新闻门户网站\n", "云溪县档案馆新馆开工\n"
    text = f"{slogan}首页\n要闻\n{headline}2023-05-06\n{PARAGRAPH * 3}"
    cleaned = clean(page(text, title))
    assert cleaned.articles[0].title == headline.strip()
    assert cleaned.articles[0].title_span == Span(text.index(headline), text.index(headline) + len(headline.strip()))


def test_a_title_element_stands_in_where_no_line_is_the_headline() -> None:
    """A headline set as a picture: the first line of the text is none."""
    assert title_of(page(PARAGRAPH * 3, "云溪县档案馆新馆开工_云溪在线")) == "云溪县档案馆新馆开工"
    assert declared_title("首页") == ""


def test_names_of_sites_behind_a_headline() -> None:
    """In letters and characters; a year belongs to the headline."""
    assert declared_title("树上倍增的算法详解-CSDN博客") == "树上倍增的算法详解"
    assert declared_title("水库管理办法细则-2020年修订") == "水库管理办法细则-2020年修订"


def test_a_title_element_that_names_a_line_far_down_drops_nothing_above_it() -> None:
    """A page whose title is that of its last section keeps the sections before."""
    text = f"{PARAGRAPH * 6}云溪县档案馆新馆开工\n{PARAGRAPH}"
    cleaned = clean(page(text, "云溪县档案馆新馆开工"))
    assert all(dropped.reason is DropReason.BLANK for dropped in cleaned.dropped)


def test_the_first_heading_of_the_page_wins_over_the_same_line_elsewhere() -> None:
    """Link, breadcrumb and headline say the same."""
    text = "档案馆开工记\n首页\n档案馆开工记\n正文\n"
    lines = split_lines(text)
    at = text.rindex("档案馆开工记")
    assert declared_line(lines, "档案馆开工记", (Heading(Span(at, at + 6), 1),), before=4) == 2
    assert declared_line(lines, "另一件事情的标题") is None


COVER = "项目编号:YX-2023-015\n云溪县档案馆密集架采购项目\n公开招标\n招标文件\n采购人:云溪县档案馆\n二〇二三年五月\n"


def test_the_cover_of_a_tender() -> None:
    """Project and kind of document make the title; numbers, offices and dates do not."""
    text = f"{COVER}第一章 招标公告\n{PARAGRAPH * 3}"
    assert title_of(document(text)) == "云溪县档案馆密集架采购项目招标文件"


def test_the_largest_type_on_the_cover() -> None:
    """A company's name stands above in small type, the title is broken over two lines of one size."""
    text = f"云溪县档案技术有限公司\n云溪县档案馆数字化\n加工技术要求\n版本 1.2\n{PARAGRAPH * 3}"
    found = title_of(document(text, sizes={"云溪县档案馆数字化": 2.0, "加工技术要求": 2.0}))
    assert found == "云溪县档案馆数字化加工技术要求"


def test_a_chapter_set_like_the_title_is_no_end_of_it() -> None:
    """Both are large and stand one below the other."""
    text = f"云溪县茶园保护条例\n第一章 总则\n第一条 {PARAGRAPH}\n"
    assert title_of(document(text, sizes={"云溪县茶园保护条例": 2.0, "第一章 总则": 2.0})) == "云溪县茶园保护条例"


@pytest.mark.parametrize(
    "kind",
    ["竞争性磋商文件", "电子化公开招标文件", "施工招标文件", "国内公开招标文件", "资格预审公告", "政府集中采购文件"],
)
def test_a_label_says_that_its_value_is_the_name(kind: str) -> None:
    """项目名称:… is the name, 项目编号:… is not, and what only says the kind of document is half a title."""
    text = f"项目编号:YX-2023-015\n项目名称:云溪县档案馆密集架采购\n{kind}\n采购人:档案馆\n{PARAGRAPH * 2}"
    assert title_of(document(text)) == f"云溪县档案馆密集架采购{kind}"
    above = f"{kind}\n项目名称:云溪县档案馆密集架采购\n项目编号:YX-2023-015\n采购人:档案馆\n{PARAGRAPH * 2}"
    assert title_of(document(above)) == f"云溪县档案馆密集架采购{kind}"


@pytest.mark.parametrize(
    ("cover", "large", "title"),
    [
        (
            "招标编号:Y-1\n服 务 采 购\n招标文件\n项目名称:\n水库设备点检\n",
            ("服 务 采 购", "招标文件"),
            "水库设备点检服务采购招标文件",
        ),
        (
            "公开招标文件\n项目编号:Y-1\n项目名称:云溪县税务局高新区分局 2024-2025\n年度食堂采购项目\n采购人:甲\n",
            (),
            "云溪县税务局高新区分局 2024-2025年度食堂采购项目公开招标文件",
        ),
        (
            "房屋建筑施工公开招标\n招标文件范本\n(适用于电子招标)\n",
            ("招标文件范本",),
            "房屋建筑施工公开招标招标文件范本",
        ),
    ],
)
def test_names_of_tenders(cover: str, large: tuple[str, ...], title: str) -> None:
    """A label alone on its line, a name too long for its line, a template."""
    assert title_of(document(cover + PARAGRAPH * 2, sizes=dict.fromkeys(large, 2.0))) == title


@pytest.mark.parametrize(
    ("cover", "sizes", "title"),
    [
        ("白鹭湖移动端\n详细设计报告\n版本: 1.2\n", {"白鹭湖移动端": 2.2, "详细设计报告": 1.4},
         "白鹭湖移动端详细设计报告"),
        ("云溪机械股份有限公司\n2017 年年度报告\n2018 年 03 月\n", {"云溪机械股份有限公司": 2.0, "2017 年年度报告": 1.8,
         "2018 年 03 月": 1.8}, "云溪机械股份有限公司2017 年年度报告"),
        ("白鹭湖平台\n用\n户\n手\n册\n2016年6月\n", {"白鹭湖平台": 4.0, "用": 2.5}, "白鹭湖平台用户手册"),
        ("项 目 名 称:白鹭湖移动端\n需求规格说明书\n", {"需求规格说明书": 1.5}, "白鹭湖移动端需求规格说明书"),
        ("[白鹭湖平台]\n需求规格说明书\n编订时间:2020.03\n", {"[白鹭湖平台]": 1.5, "需求规格说明书": 3.0},
         "[白鹭湖平台]需求规格说明书"),
        ("公开招标\n招标文件\n云溪县档案馆密集架采购\n",
         {"公开招标": 1.7, "招标文件": 3.0, "云溪县档案馆密集架采购": 2.1}, "云溪县档案馆密集架采购招标文件"),
        ("云溪县档案局\n工作简报\n", {"云溪县档案局": 1.3, "工作简报": 2.0}, "工作简报"),
    ],
)  # fmt: skip
def test_a_cover_of_two_lines(cover: str, sizes: dict[str, float], title: str) -> None:
    """What it is about stands above what it is; a smaller line above is a letterhead, a month is no part of it."""
    assert title_of(document(cover + PARAGRAPH * 2, sizes=sizes)) == title


@pytest.mark.parametrize("level", [0, 1])
def test_a_title_whose_first_line_alone_is_marked(level: int) -> None:
    """Authors who break a title by hand mark its first line as a heading, and set the next one as large."""
    upper, lower = "馆藏系统与借阅信息系统", "接口规范说明书"
    source = document(
        f"{upper}\n{lower}\n云溪信息中心\n" + PARAGRAPH * 2, sizes={upper: 2.4, lower: 2.4, "云溪信息中心": 1.5}
    )
    marks = (replace(source.headings[0], level=level), *source.headings[1:])
    assert title_of(replace(source, headings=marks)) == upper + lower


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("馆藏监控系统软件功能设计说明书V0.5.doc", "馆藏监控系统软件功能设计说明书"),
        ("馆藏监控系统软件标准化设计文档功能设计说明书.doc", "馆藏监控系统软件标准化设计文档功能设计说明书"),
        ("新建文档.doc", "馆藏监控系统软件标准化设计文档功能设计说明书"),
    ],
)
def test_lines_of_a_cover_that_the_file_is_not_called_by(name: str, title: str) -> None:
    """What stands between those that make up the file's name is the series."""
    cover = ("馆藏监控系统软件", "标准化设计文档", "功能设计说明书")
    source = document("\n".join((*cover, "")) + PARAGRAPH * 2, name, sizes=dict.fromkeys(cover, 2.0))
    assert title_of(source) == title


@pytest.mark.parametrize("first", ["1 引言", "1引言", "1变量的命名规则", "1.1编写目的"])
def test_the_first_section_is_no_title(first: str) -> None:
    """Marked as a heading, with or without a blank behind its number: the file's name says what it is."""
    text = f"{first}\n{PARAGRAPH * 2}"
    marked = document(text, "编码说明书.docx")
    styled = SourceFile(
        marked.path, "", "DOCX", text, kind=marked.kind, headings=(Heading(Span(0, len(first)), 1, 1.7),)
    )
    assert title_of(styled) == "编码说明书"


@pytest.mark.parametrize("first", ["1月份经济运行简报", "9 运维管理"])
def test_figures_that_begin_a_title(first: str) -> None:
    """A month, and the one chapter that a file holds."""
    text = f"{first}\n{PARAGRAPH * 2}"
    styled = SourceFile(
        "甲.docx", "", "DOCX", text, kind=DocumentKind.DOCUMENT, headings=(Heading(Span(0, len(first)), 1, 1.7),)
    )
    assert title_of(styled) == first


def test_a_title_that_its_box_broke() -> None:
    """Its second half stands somewhere else on the page, and beside the first one something else."""
    text = f"患者去门诊看病需要经  中草药处方\n输液处方\n历些什么\n{PARAGRAPH * 2}"
    sizes = {"患者去门诊看病需要经  中草药处方": 2.0, "历些什么": 2.0}
    assert title_of(document(text, "患者去门诊看病需要经历些什么.pdf", sizes=sizes)) == "患者去门诊看病需要经历些什么"


@pytest.mark.parametrize("end", ["", "。"])
def test_a_sentence_is_no_title(end: str) -> None:
    """With or without its stop."""
    text = f"运行后，各端口的工作方式也要改,否则显示红灯{end}\n第四节的划分\n检查交换机的端口\n"
    assert title_of(document(text, "注意事项.docx")) == "注意事项"


def test_who_made_a_handbook_is_not_its_title() -> None:
    """A company and its department above the version: the file's name says what it is."""
    text = f"云溪(集团)有限公司 产品研发部\n文档版本:V1.0\n更新日期:2025年01月01日\n{PARAGRAPH * 2}"
    source = document(text, "员工手册.docx")
    assert (title_of(source), clean(source).articles[0].published) == ("员工手册", "2025-01-01")


def test_an_address_is_no_part_of_a_title() -> None:
    """Who put a file on the web set their address over its cover."""
    text = f"www.example.com 水库设备验收规范\n{PARAGRAPH * 2}"
    assert title_of(document(text, sizes={"www.example.com 水库设备验收规范": 2.0})) == "水库设备验收规范"


def test_a_chapter_that_a_handbook_begins_with_is_not_its_title() -> None:
    """What the file is called says what it is; a file of one chapter is called otherwise."""
    assert title_of(document(f"第二章 聘用规定\n{PARAGRAPH * 2}", "员工手册.pdf")) == "员工手册"
    assert title_of(document(f"第六章 水库调度\n{PARAGRAPH * 2}", "chapter6.docx")) == "第六章 水库调度"


def test_two_offices_and_the_word_between_them_head_a_letter() -> None:
    """GB/T 9704 sets them in the largest type, above the number of the document and its title."""
    head = "云溪县发展改革局\n文件\n云溪县财政局\n云发改〔2019〕60号\n关于加强仓库管理的通知\n"
    sizes = dict.fromkeys(("云溪县发展改革局", "文件", "云溪县财政局"), 2.0)
    assert title_of(document(f"{head}各单位:\n{PARAGRAPH * 2}", sizes=sizes)) == "关于加强仓库管理的通知"


def test_articles_without_a_name_are_no_text_of_a_volume() -> None:
    """A contract that a tender holds as a form: its articles begin from one again."""
    articles = "".join(f"第{n}条 {PARAGRAPH}\n" for n in "一二三四五六")
    text = f"云溪县闸门采购招标文件\n第一章 须知\n{articles}第二章 格式\n(一)说明\n{PARAGRAPH}\n{articles}"
    assert len(clean(document(text)).articles) == 1


def test_a_salutation_is_no_title() -> None:
    """A report that begins with it is called as its file is."""
    source = SourceFile("2022年工作报告.txt", "", "UTF-8", f"各位代表:\n现在,我向大会报告工作。\n{PARAGRAPH * 3}")
    assert title_of(source) == "2022年工作报告"


def test_a_file_name_decides_between_lines_and_stands_in_for_them() -> None:
    """A numbered heading is no title when the file is called otherwise."""
    assert title_of(document(f"一、总体方案\n{PARAGRAPH * 2}", "附件1.docx")) == "附件1"
    text = f"云溪县档案局\n档案馆数字化工作办法\n{PARAGRAPH * 2}"
    assert title_of(document(text, "档案馆数字化工作办法.docx")) == "档案馆数字化工作办法"


def test_properties_count_when_the_document_says_the_same() -> None:
    """A title in the properties picks its line; that of a template, which no line bears out, does not."""
    text = f"欢迎来到云溪县\n云溪县水库调度运行记录\n{PARAGRAPH * 2}"
    assert title_of(document(text, title="云溪县水库调度运行记录")) == "云溪县水库调度运行记录"
    assert title_of(document(text, title="会议纪要模板2007")) != "会议纪要模板2007"


def test_a_volume_is_as_many_texts_as_it_binds() -> None:
    """Each regulation counts from 第一条 again and has its own name and day."""
    articles = "".join(f"第{number}条 {PARAGRAPH}" for number in ("一", "二", "三", "四"))
    text = (
        f"云溪学院学生手册\n前言\n{PARAGRAPH}"
        f"云溪学院考勤办法\n(2019年9月1日校长办公会通过)\n第一章 总则\n{articles}"
        f"云溪学院宿舍管理规定\n(2021年3月2日修订)\n{articles}"
    )
    articles_found = clean(document(text)).articles
    assert [article.title for article in articles_found] == [
        "云溪学院学生手册",
        "云溪学院考勤办法",
        "云溪学院宿舍管理规定",
    ]
    assert [article.published for article in articles_found] == [None, "2019-09-01", "2021-03-02"]


def test_a_volume_of_texts_that_are_known_by_their_numbers() -> None:
    """Names and notes broken over lines, official numbers, preambles, texts without articles."""
    articles = "".join(f"第{number}条 {PARAGRAPH}" for number in ("一", "二", "三", "四"))
    text = (
        "云溪学院考勤办法\n(2019年9月1日发布 根据2020年1月5日《云溪县\n关于修改规章的决定》修正)\n"
        f"第一章 总则\n{articles}"
        f"云溪学院\n学生奖学金评审办法\n云学〔2025〕9号\n{PARAGRAPH}一、基本条件\n(一)在读学生;\n(二)成绩优良。\n{PARAGRAPH}"
        f"云溪学院\n体育竞赛成果\n奖励办法(试行)\n云学〔2024〕12号\n{PARAGRAPH}{articles}"
        f"助学金办法\n云学 〔2023〕 1 号\n{PARAGRAPH}{articles}"
    )
    assert [article.title for article in clean(document(text)).articles] == [
        "云溪学院考勤办法",
        "云溪学院学生奖学金评审办法",
        "云溪学院体育竞赛成果奖励办法(试行)",
        "助学金办法",
    ]


def test_numbers_that_a_document_cites_are_no_texts_of_a_volume() -> None:
    """One notice with its own number, which names two others."""
    text = f"关于假期的通知\n云办〔2024〕3号\n{PARAGRAPH}依据:\n假期管理办法\n云办〔2020〕1号\n{PARAGRAPH}"
    assert len(clean(document(text)).articles) == 1


def tiles(source: SourceFile, cleaned: CleanedFile) -> bool:
    """Whether kept and dropped spans cover the text without gap or overlap."""
    spans = sorted([p.span for a in cleaned.articles for p in a.pieces] + [d.span for d in cleaned.dropped])
    at = 0
    for span in spans:
        if span.start != at:
            return False
        at = span.end
    return at == len(source.text)


def test_contents_of_a_plain_text_go_where_dots_tell_them() -> None:
    """A plan that was saved as text: the entry is no answer, the chapter is; a list of prices stays."""
    text = "云溪县规划\n\n目录\n第三章 床位......9\n第四章 食堂......13\n\n第四章 食堂\n三年内布设食堂340处。\n"
    source = SourceFile("甲.txt", "", "UTF-8", text)
    gone = [d.span.of(text) for d in clean(source).dropped if d.reason is DropReason.CONTENTS]
    assert gone == ["目录", "第三章 床位......9", "第四章 食堂......13"]
    prices = "工本费明细\n证件\t12\n照片\t30\n复印\t2\n"
    assert not [d for d in clean(SourceFile("甲.txt", "", "UTF-8", prices)).dropped if d.reason is DropReason.CONTENTS]


def test_pages_of_contents_go_and_nothing_else() -> None:
    """Entry, leader, page; the same words in the text below, rows of figures and forms to fill in stay."""
    contents = "目 录\n第一章 招标公告........1\n第二章 服务协议........5\n第三章 联系方式........12\n"
    matter = f"第一章 招标公告\n{PARAGRAPH}第二章 服务协议\n{PARAGRAPH}第三章 联系方式\n电话:\n地址:\n上一页\n"
    source = document(COVER + contents + matter)
    cleaned = clean(source)
    assert tiles(source, cleaned)
    gone = "".join(d.span.of(source.text) for d in cleaned.dropped if d.reason is not DropReason.BLANK)
    assert gone == "".join(contents.split("\n"))
    table = "名称\t数量\n密集架\t12\n书立\t300\n标签\t8000\n"
    assert not any(d.reason is DropReason.CONTENTS for d in clean(document(PARAGRAPH + table)).dropped)


@pytest.mark.parametrize("office", ["云溪县水利局", "云溪县人民政府办公室", "中共云溪县委", "云溪县发展和改革委员会"])
def test_the_name_in_red_above_an_official_document_is_no_title(office: str) -> None:
    """However large it is set; the title stands below the number. 招标文件 is a title for all that."""
    head, title = f"{office}文件", "关于修复云溪渠道的批复"
    text = f"{head}\n云水发〔2024〕7号\n{title}\n各乡镇:\n{PARAGRAPH * 3}"
    assert title_of(document(text, "a1.ofd", sizes={head: 2.6, title: 1.4})) == title
    tender = "云溪县渠道工程招标文件"
    assert title_of(document(f"{tender}\n{PARAGRAPH * 3}", "a1.docx", sizes={tender: 2.0})) == tender
