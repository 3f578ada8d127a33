"""Articles → passages: exact slices, whole sentences, never across a dropped span, every character once."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.support.cleaning_pages import PAGES, SEEDS, read_page, source_of
from tjqa.documents import Article, CleanedFile, Dropped, DropReason, Passage, Piece, Role, SourceFile, Span, context
from tjqa.ingest import parameters
from tjqa.ingest.chunking import PACKER_VERSION, pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.sources import find_sources, read_source
from tjqa.text.headings import article_number, heading_text, numbered_item, numbering

SENTENCE = "新馆建筑面积三万二千平方米,设阅览座位一千八百个,藏书九十六万册,每周开放六天。"  # 40 characters


def sources() -> list[SourceFile]:
    """All seeds and all labelled pages."""
    return [read_source(SEEDS, path) for path in find_sources(SEEDS)] + [read_page(path).source for path in PAGES]


def body(*pieces: tuple[str, Role], gap: str = "\n") -> tuple[SourceFile, list[Passage]]:
    """The passages of one article made of these pieces, `gap` between them."""
    text, parts = "", []
    for content, role in pieces:
        parts.append(Piece(Span(len(text), len(text) + len(content) + len(gap)), role))
        text += content + gap
    source = source_of(text)
    return source, pack(source, CleanedFile((Article("题", tuple(parts)),), ()))


def assert_sound(source: SourceFile, cleaned: CleanedFile, passages: list[Passage]) -> None:
    """What must hold for every file: slices, order, coverage, borders, sizes."""
    at = 0
    for passage in passages:
        assert passage.text == passage.span.of(source.text) == passage.text.strip()
        assert passage.text and len(passage.text) <= parameters.LONGEST_PASSAGE
        assert passage.span.start >= at
        at = passage.span.end
        assert (passage.path, passage.sha256) == (source.path, source.sha256)
        assert len(passage.section) <= parameters.LONGEST_SECTION
    inside = {i for passage in passages for i in range(passage.span.start, passage.span.end)}
    pieces = [piece.span for article in cleaned.articles for piece in article.pieces]
    kept = {i for span in pieces for i in range(span.start, span.end)}
    assert {i for i in inside if not source.text[i].isspace()} == {i for i in kept if not source.text[i].isspace()}
    assert not any(i in inside for dropped in cleaned.dropped for i in range(dropped.span.start, dropped.span.end))


def test_passages_of_every_page_are_sound() -> None:
    """Seeds and labelled pages: exact, in order, complete, nothing dropped inside."""
    for source in sources():
        cleaned = clean(source)
        assert_sound(source, cleaned, pack(source, cleaned))


def test_passages_of_random_articles_are_sound() -> None:
    """Any text cut into any pieces and dropped spans."""
    draw = random.Random(3)
    alphabet = ["水", "山", "。", ",", "\n", " ", "!", "一、", "(二)", "第三章 ", "”", "a", "1.5", "\r\n", SENTENCE]
    for _ in range(300):
        text = "".join(draw.choices(alphabet, k=draw.randrange(1, 400)))
        cuts = sorted({0, len(text), *(draw.randrange(len(text) + 1) for _ in range(draw.randrange(8)))})
        spans = [Span(a, b) for a, b in pairwise(cuts)]
        roles: list[Role | None] = draw.choices(["body", "body", "heading", "title", "meta", None], k=len(spans))
        pieces = [Piece(span, role) for span, role in zip(spans, roles, strict=True) if role]
        dropped = [Dropped(span, "导航") for span, role in zip(spans, roles, strict=True) if not role]
        source = source_of(text)
        cleaned = CleanedFile((Article("题", tuple(pieces)),) if pieces else (), tuple(dropped))
        assert_sound(source, cleaned, pack(source, cleaned))


def test_sentences_are_packed_to_the_target() -> None:
    """Twenty equal sentences give passages as near to the target as whole sentences allow."""
    _, passages = body((SENTENCE * 20, "body"))
    assert "".join(passage.text for passage in passages) == SENTENCE * 20
    assert all(passage.text.endswith("。") for passage in passages)
    assert all(abs(len(passage.text) - parameters.TARGET_PASSAGE) <= len(SENTENCE) for passage in passages[:-1])


def test_a_short_rest_joins_the_passage_before() -> None:
    """No passage of a few characters at the end of an article."""
    _, passages = body((SENTENCE * 6 + "完。", "body"))
    assert [passage.text for passage in passages] == [SENTENCE * 6 + "完。"]


def test_short_paragraphs_share_a_passage_and_full_ones_do_not() -> None:
    """A passage breaks at the end of a paragraph as soon as it is long enough."""
    _, passages = body((SENTENCE, "body"), (SENTENCE * 3, "body"), (SENTENCE * 4, "body"))
    assert [passage.text.count(SENTENCE) for passage in passages] == [4, 4]


def test_an_over_long_sentence_is_cut_at_clauses() -> None:
    """Without a full stop the cut comes after a comma; without any mark anywhere, but in order and complete."""
    for text in ("发展现代农业," * 200, "字" * 1300):
        source, passages = body((text, "body"))
        assert "".join(passage.text for passage in passages) == source.text.strip()
        assert len(passages) >= 3
        if "," in text:
            assert all(passage.text.endswith(",") for passage in passages)


def test_a_section_starts_a_passage_and_names_it() -> None:
    """A heading goes with the text below it, and its words are the section of every passage there."""
    _, passages = body(
        (SENTENCE, "body"),
        ("一、总体情况", "heading"),
        (SENTENCE * 12, "body"),
        ("二、下一步", "heading"),
        (SENTENCE, "body"),
    )
    assert [passage.section for passage in passages] == ["", "一、总体情况", "一、总体情况", "二、下一步"]
    assert passages[1].text.startswith("一、总体情况\n新馆")
    assert passages[3].text.startswith("二、下一步\n新馆")


def test_levels_of_headings_are_joined() -> None:
    """The governing headings of the levels above come first; a new heading of a level ends the lower ones."""
    text = f"第一章 总则\n{SENTENCE}第一节 目的\n{SENTENCE}\n(一)范围。{SENTENCE}\n第二章 管理\n{SENTENCE}"
    source = source_of(text)
    found = pack(source, CleanedFile((Article("题", (Piece(Span(0, len(text)), "body"),)),), ()))
    sections = [passage.section for passage in found]
    assert sections[0] == "第一章 总则"
    assert "第一章 总则 / 第一节 目的 / (一)范围" in sections
    assert sections[-1] == "第二章 管理"


def test_markdown_headings_nest() -> None:
    """# is above ## and both are shown without their marks."""
    manual: list[tuple[str, Role]] = [("# 手册", "heading"), ("## 安装", "heading"), (SENTENCE, "body")]
    _, passages = body(*manual, ("## 使用", "heading"), (SENTENCE, "body"))
    assert [passage.section for passage in passages] == ["手册 / 安装", "手册 / 使用"]


def test_headings_inside_a_long_line_are_found() -> None:
    """Numbering at the start of a sentence opens a section even when heading and text are one line."""
    text = f"{SENTENCE} 一、2018年工作回顾2018年是开局之年,{SENTENCE} (一)坚持创新驱动,动能加速转换。{SENTENCE}"
    _, passages = body((text, "body"))
    upper = "一、2018年工作回顾"
    assert [passage.section for passage in passages] == ["", upper, f"{upper} / (一)坚持创新驱动,动能加速转换"]


ITEMS = "(一)购买住房的;\n(二)离休退休的;\n(三)出境定居的;\n"


def packed(text: str, name: str = "甲.txt", title: str = "题") -> list[Passage]:
    """The passages of a text of one piece."""
    source = SourceFile(name, "", "UTF-8", text)
    return pack(source, CleanedFile((Article(title, (Piece(Span(0, len(text)), "body"),)),), ()))


def lined(text: str) -> list[Passage]:
    """The passages of a text, every line a piece, as the cleaner makes them."""
    return body(*((line, "body") for line in text.splitlines()))[1]


def test_items_stand_with_the_sentence_that_announces_them() -> None:
    """(一) below a colon is no section: alone it does not say what it is an item of."""
    text = f"第九条 {SENTENCE}职工有下列情形之一的,可以提取:\n{ITEMS}第十条 {SENTENCE}\n"
    found = packed(text)
    assert [passage.section for passage in found] == ["第九条", "第十条"]
    assert found[0].text.endswith("(三)出境定居的;")


def test_items_on_one_line_stand_together() -> None:
    """Run in behind the colon they are the items of a list all the same, and none is a heading."""
    text = f"第九条 职工有下列情形之一的,可以提取:(一)购买住房的;(二)退休的;(三)出境定居的。\n第十条 {SENTENCE}\n"
    assert [(one.section, one.text) for one in packed(text)] == [
        ("第九条", text.splitlines()[0]),
        ("第十条", text.splitlines()[1]),
    ]


def test_items_that_do_not_fit_carry_that_sentence() -> None:
    """Every passage of a long list says what it is a list of, as words that are searched with it."""
    items = "".join(f"({number})第{number}种情形,{SENTENCE}\n" for number in "一二三四五六七八九十")
    found = packed(f"第九条 职工有下列情形之一的,可以提取:\n{items}第十条 {SENTENCE}\n")
    lists = [passage for passage in found if "种情形" in passage.text]
    assert len(lists) > 1
    assert all("职工有下列情形之一的,可以提取:" in passage.text + passage.section for passage in lists)
    assert found[-1].section == "第十条"


def test_numbered_sections_of_a_report_are_no_items() -> None:
    """Below a colon, too, a paragraph with text of its own opens a section; it says what announces it."""
    text = f"主要做了以下工作:\n(一)推进改革。{SENTENCE * 4}\n(二)改善民生。{SENTENCE * 4}\n"
    assert [passage.section for passage in packed(text)][-1] == "主要做了以下工作: / (二)改善民生"


def test_a_list_goes_on_behind_what_is_dropped_in_it() -> None:
    """A page number and a running head stand between the sentence and its items: these still say what they are."""
    lead, furniture = "第七条 学生依法履行下列义务:\n", "12\n"
    text = f"第二章 义务\n{lead}{furniture}{ITEMS}"
    start = len(text) - len(ITEMS)
    pieces = (Piece(Span(0, start - len(furniture)), "body"), Piece(Span(start, len(text)), "body"))
    dropped = Dropped(Span(start - len(furniture), start), DropReason.RUNNING_HEAD)
    found = pack(source_of(text), CleanedFile((Article("题", pieces),), (dropped,)))
    assert [passage.text for passage in found[1:]] == [ITEMS.strip()]
    assert found[1].section == "第二章 义务 / 第七条 / 学生依法履行下列义务:"


@pytest.mark.parametrize("lead", ["第一条 参保对象", "第一条 以下人员应当参保:", "一、参保对象"])
def test_what_announces_is_never_alone(lead: str) -> None:
    """The name of an article, a sentence with a colon, a heading: each with its items, short or long."""
    short = packed(f"{lead}\n{ITEMS}")
    assert [passage.text for passage in short] == [f"{lead}\n{ITEMS}".strip()]
    long = packed(f"{lead}\n(一)在校学生。{SENTENCE * 4}\n(二)教师。{SENTENCE * 4}\n")
    assert [passage.text[:6] for passage in long] == [lead[:6], "(二)教师。"]


def test_short_items_share_a_passage_without_a_lead() -> None:
    """(一)…。(二)…。 on lines of their own below a paragraph are no sections that repeat themselves as their path."""
    found = packed(f"第十条 {SENTENCE}\n(一)宿舍整洁。\n(二)按时归寝。\n(三)不养宠物。\n第十一条 {SENTENCE}\n")
    assert [passage.section for passage in found] == ["第十条", "第十一条"]


def test_figures_count_sections_with_text_below() -> None:
    """1、…, 1.2 … on a short line of their own; rows of a list, a label with its value and a quantity are none."""
    text = (
        f"第一章 公告\n1、招标条件\n{SENTENCE}\n2、项目概况\n2.1 项目名称:密集架\n2.2 资金\n{SENTENCE}\n"
        f"3、开标时间及方式\n开标时间:2023年3月29日\n需提交:\n1.营业执照\n2.身份证\n3.授权书\n{SENTENCE}\n"
    )
    assert [passage.section for passage in packed(text)] == [
        "第一章 公告 / 1、招标条件",
        "第一章 公告 / 2、项目概况",
        "第一章 公告 / 3、开标时间及方式",
    ]


@pytest.mark.parametrize("numbers", [("1、", "2、", "3、"), ("(1)", "(2)", "(3)"), ("1)", "2)", "3)"), ("①", "②", "③")])
def test_items_counted_in_figures_carry_their_lead(numbers: tuple[str, ...]) -> None:
    """Whatever their numbers look like; a list that begins with two or that nothing announces has no lead."""
    items = "".join(f"{number}{SENTENCE * 4}\n" for number in numbers)
    found = lined(f"二、人员要求\n队员应当具备下列条件:\n{items}")
    assert [passage.section for passage in found][-1] == "二、人员要求 / 队员应当具备下列条件:"
    assert lined(f"二、人员要求\n以下从略。\n{items}")[-1].section == "二、人员要求"


def test_a_list_inside_an_item_has_its_own_lead() -> None:
    """And the list outside goes on after it."""
    text = f"条件:\n1、资质包括:\n(1){SENTENCE * 4}\n(2){SENTENCE * 4}\n2、{SENTENCE * 4}\n"
    assert [passage.section for passage in lined(text)] == ["", "1、资质包括:", "条件:"]


def test_a_sentence_that_speaks_of_a_chapter_opens_none() -> None:
    """第三章“评标办法”没有规定的… is no heading; 第三章 “十四五”目标 is one."""
    text = f"第二章 评标\n{SENTENCE * 5}\n第三章“评标办法”没有规定的方法,不作为依据。\n第四章规定的除外。\n"
    assert {passage.section for passage in packed(text)} == {"第二章 评标"}
    assert packed(f"第三章 “十四五”目标\n{SENTENCE}")[0].section == "第三章 “十四五”目标"


def test_sections_set_alike_nest_by_their_numbers() -> None:
    """A format that marks 第一章 and 第一节 alike says nothing of which stands in which."""
    lines = [
        "第一章 总则\n",
        "第一节 目的\n",
        f"{SENTENCE}\n",
        "第二节 范围\n",
        f"{SENTENCE}\n",
        "附则\n",
        f"{SENTENCE}\n",
    ]
    pieces, at = [], 0
    for line in lines:
        role: Role = "body" if SENTENCE in line else "heading"
        pieces.append(Piece(Span(at, at + len(line)), role, 1 if role == "heading" else 0))
        at += len(line)
    found = pack(source_of("".join(lines)), CleanedFile((Article("题", tuple(pieces)),), ()))
    assert [passage.section for passage in found] == ["第一章 总则 / 第一节 目的", "第一章 总则 / 第二节 范围", "附则"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第十四条 本办法所称", "第十四条"),
        ("**第十四条**　本办法所称", "第十四条"),
        ("第 14 条 本办法所称", "第14条"),
        ("- **第十四条** 本办法所称", "第十四条"),
        ("* 第十四条 本办法所称", "第十四条"),
        ("第十四条之一 本办法所称", "第十四条之一"),
        ("第十四条规定的情形", None),
        ("第十四条、第十五条", None),
        ("第十四条第二款", None),
        ("第十四章 附则", None),
    ],
)
def test_an_article_opens_and_a_reference_does_not(text: str, number: str | None) -> None:
    """A sentence that speaks of an article is none."""
    assert article_number(text) == number


def test_articles_of_a_law_stand_below_their_chapter() -> None:
    """Each is a passage of its own whose path says chapter and number."""
    parts: list[tuple[str, Role]] = [("第二章 缴存", "heading"), (f"第十四条 {SENTENCE}", "body")]
    parts += [(f"第十五条 {SENTENCE}", "body"), ("第三章 提取", "heading"), (f"第十六条 {SENTENCE}", "body")]
    paths = ["第二章 缴存 / 第十四条", "第二章 缴存 / 第十五条", "第三章 提取 / 第十六条"]
    assert [passage.section for passage in body(*parts)[1]] == paths


def test_what_only_the_name_of_a_file_says_goes_with_its_passages() -> None:
    """And nothing that the title says already, nor a name without words."""
    named = packed(SENTENCE, "云溪县/人事科通知.txt", "通知")
    assert named[0].name == "人事科通知" and "人事科通知" in context(named[0])
    assert packed(SENTENCE, "人事科通知.txt", "县人事科通知(2023)")[0].name == ""
    assert packed(SENTENCE, "686a342d127fb6b0.txt", "通知")[0].name == ""


def test_a_document_called_after_a_year_is_not_searched_by_the_year_it_was_published() -> None:
    """2023年收入情况, published in January 2024, does not answer for 2024."""
    of_2023 = replace(packed(SENTENCE, title="2023年居民收入情况")[0], page_date="2024-01-17")
    assert "2024" not in context(of_2023)
    assert "2024-01-17" in context(replace(of_2023, title="居民收入情况"))


def test_title_and_metadata_are_passages() -> None:
    """Headline and byline stand together; a date after the text stands alone."""
    _, passages = body(("题目", "title"), ("来源:某报", "meta"), (SENTENCE, "body"), ("2025-07-08", "meta"))
    assert [(passage.role, passage.text) for passage in passages] == [
        ("title", "题目\n来源:某报"),
        ("body", SENTENCE),
        ("meta", "2025-07-08"),
    ]


def test_a_passage_carries_what_is_known_of_its_article() -> None:
    """Title, dates, publisher and reporter go along; the text's own date is the one shown."""
    text = SENTENCE
    article = Article(
        "题",
        (Piece(Span(0, len(text)), "body"),),
        page_date="2025-01-01",
        text_date="2019-01-09",
        publisher="某报",
        reporter="张三",
    )
    (passage,) = pack(source_of(text), CleanedFile((article,), ()))
    assert (passage.title, passage.publisher, passage.reporter) == ("题", "某报", "张三")
    assert (passage.page_date, passage.text_date, passage.published) == ("2025-01-01", "2019-01-09", "2019-01-09")


def test_a_dropped_span_parts_two_passages() -> None:
    """Text before and after furniture never shares a passage, however short."""
    text = "前文。广告后文。"
    pieces = (Piece(Span(0, 3), "body"), Piece(Span(5, 8), "body"))
    cleaned = CleanedFile((Article("题", pieces),), (Dropped(Span(3, 5), "广告"),))
    assert [passage.text for passage in pack(source_of(text), cleaned)] == ["前文。", "后文。"]


def test_a_file_without_articles_has_no_passages() -> None:
    """Nothing kept, nothing packed."""
    assert pack(source_of(""), CleanedFile((), ())) == []


@pytest.mark.parametrize(
    ("text", "level", "heading"),
    [
        ("第三章 水资源", 11, "第三章 水资源"),
        ("一、总体要求", 12, "一、总体要求"),
        ("一、2018年工作回顾2018年是开局之年", 12, "一、2018年工作回顾"),
        ("(一)坚持质量第 一、效益优先,经济稳中向好质量效益稳步提升取得新的成绩", 14, "(一)坚持质量第 一、效益优先"),
        ("（二）推进改革。下文", 14, "（二）推进改革"),
        ("三、现场组织有序,措施暖人心。面对疫情", 12, "三、现场组织有序,措施暖人心"),
        ("## 安装 Python", 2, "安装 Python"),
        ("一.五倍", None, "一.五倍"),
        ("一次会议", None, "一次会议"),
        ("2018年", None, "2018年"),
    ],
)
def test_numbering(text: str, level: int | None, heading: str) -> None:
    """What counts as numbering, its level, and where a heading glued to its text ends."""
    found = numbering(text)
    assert (found[0] if found else None) == level
    assert heading_text(text) == heading


def test_numbered_items() -> None:
    """Arabic numbering of any kind, but no plain figures or dates."""
    assert all(map(numbered_item, ["1.统一采购", "2) 销售", "3、价格", "1.1 范围", "一、总则"]))
    assert not any(map(numbered_item, ["2018年", "3.5%", "15000人", "12月"]))


def test_the_version_is_a_number() -> None:
    """The index compares it to know when its passages are out of date."""
    assert isinstance(PACKER_VERSION, int)
