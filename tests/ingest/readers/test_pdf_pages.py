"""tjqa.ingest.readers.pdf over several pages: what repeats, what runs on, what a file says of itself."""

from __future__ import annotations

import pytest

from tests.ingest.readers.test_pdf import FULL, MORE, REST, dropped, of, page_of, paragraphs
from tests.support.pdf_pages import Page, Rule, Text, grid, lines, placed_pdf
from tjqa.documents import DropReason
from tjqa.errors import SourcesError
from tjqa.ingest.readers.pdf import read

HEAD, CONTENTS = DropReason.RUNNING_HEAD, DropReason.CONTENTS
TOPICS = ["来水", "用水", "水质", "水库", "河流", "灌溉", "防汛", "抗旱", "渔业", "航运"]


def bodies(count: int) -> list[list[Text | Rule | str]]:
    """Pages of text, each another one."""
    return [lines([f"本页说的是{topic}和有关的事项。", f"{topic}一节到此为止。"], y=120) for topic in TOPICS[:count]]


class TestRunningHeads:
    """Furniture by its place."""

    def test_odd_and_even_pages(self) -> None:
        """Two heads that take turns."""
        pages = bodies(8)
        for number, page in enumerate(pages):
            page.append(Text(60, 50, "水资源公报" if number % 2 else "白鹭湖管理局", 9))
        assert dropped(of(*pages), HEAD) == ["白鹭湖管理局", "水资源公报"] * 4

    def test_a_head_for_each_chapter(self) -> None:
        """On three pages of ten; a heading of the same place that stands on two is none."""
        pages = bodies(10)
        for number in (3, 4, 5):
            pages[number].append(Text(60, 50, "第二章 河流", 9))
        for number in (6, 7):
            pages[number].append(Text(60, 50, "第三章 水库", 9))
        found = of(*pages)
        assert dropped(found, HEAD) == ["第二章 河流"] * 3
        assert paragraphs(found).count("第三章 水库") == 2

    @pytest.mark.parametrize(
        "form", ["{}", "- {} -", "第 {} 页", "第{}页 共10页", "{} / 10", "Page {} of 10", "·{}·", "水资源公报  {}"]
    )
    def test_page_numbers(self, form: str) -> None:
        """At the foot, counting with the pages from any number."""
        pages = bodies(6)
        for number, page in enumerate(pages, 4):
            page.append(Text(280, 800, form.format(number), 9))
        assert dropped(of(*pages), HEAD) == [form.format(number) for number in range(4, 10)]

    def test_what_is_no_running_head(self) -> None:
        """Numbered attachments at the top of their pages, figures that do not count, the same sentence again."""
        pages = bodies(6)
        for number, page in enumerate(pages, 1):
            page.append(Text(60, 60, f"附件{number}", 12))
            page.append(Text(60, 780, f"{(number * 37) % 11}", 12, latin=True))
            page.append(Text(60, 740, "见后一页。"))
        assert dropped(of(*pages), HEAD) == []

    @pytest.mark.parametrize(
        "fact",
        [
            "就业人数为{}人",
            "全市共有公园{}处",
            "森林面积{}公顷",
            "比上年增长{}%",
            "就业人数为{}",
            "云府〔2023〕{}号",
            "{}户已搬迁",
        ],
    )
    @pytest.mark.parametrize("first", [1, 31, 3215])
    def test_facts_that_count_with_the_pages(self, fact: str, first: int) -> None:
        """A clause or a measure is no page number, even where it grows by one."""
        pages = bodies(5)
        for number, page in enumerate(pages, first):
            page.append(Text(60, 50, fact.format(number)))
        found = of(*pages)
        assert dropped(found, HEAD) == []
        assert fact.format(first + 4) in found.text

    def test_heads_in_a_box(self) -> None:
        """A small table at the top of every page; the first row of a table that runs on is none."""
        pages = bodies(5)
        for number, page in enumerate(pages, 1):
            page += grid([60, 260, 460], [30, 50, 70])
            page += [Text(70, 45, "白鹭湖管理局"), Text(270, 45, "水资源公报")]
            page += [Text(70, 65, "编号二十一"), Text(270, 65, f"第{number}页共5页")]
        found = of(*pages)
        assert dropped(found, HEAD)[:2] == ["白鹭湖管理局\t水资源公报", "编号二十一\t第1页共5页"]
        assert len(dropped(found, HEAD)) == 10

    def test_a_table_over_pages_keeps_its_head(self) -> None:
        """Its names of columns stand at the top of each page."""
        pages: list[Page] = []
        for topic in TOPICS[:4]:
            cells = [("名称项", "数量项"), *((f"{topic}第{n}处", "三百二十") for n in "一二三四五六七八")]
            page = grid([60, 260, 460], [40 + 30 * n for n in range(10)])
            for n, row in enumerate(cells):
                page += [Text(70 + 200 * at, 60 + 30 * n, cell) for at, cell in enumerate(row)]
            pages.append(page)
        assert dropped(of(*pages), HEAD) == []

    def test_watermarks(self) -> None:
        """What stands askew on every page."""
        pages = bodies(4)
        for page in pages:
            page.append(Text(200, 500, "DRAFT", 40, latin=True, turn=0.5))
        assert dropped(of(*pages), HEAD) == ["DRAFT"] * 4

    def test_a_page_whose_text_lies_on_its_side(self) -> None:
        """Its head and number stand upright, as on the other pages."""
        pages = bodies(5)
        pages[2] = [Text(100 + 20 * n, 700, "A table set on its side", latin=True, turn=1) for n in range(4)]
        for number, page in enumerate(pages, 1):
            page += [Text(60, 50, "Water report", 9, latin=True), Text(290, 810, f"- {number} -", 9, latin=True)]
        found = of(*pages)
        assert dropped(found, HEAD).count("Water report") == 5
        assert "- 3 -" in dropped(found, HEAD)
        assert found.text.count("A table set on its side") == 4

    def test_a_single_page(self) -> None:
        """Its number is one only if it is its number."""
        assert dropped(of([*bodies(1)[0], Text(280, 800, "- 1 -", latin=True)]), HEAD) == ["- 1 -"]
        assert dropped(of([*bodies(1)[0], Text(280, 800, "- 7 -", latin=True)]), HEAD) == []


class TestOverPages:
    """A sentence that the end of a page cuts."""

    def pages(self) -> list[Page]:
        """Three pages with head and number, a sentence over two of their ends."""
        made: list[Page] = []
        texts = [[FULL, MORE], [FULL[:-1] + "之", MORE[:-1] + "和"], [REST, "另一段。"]]
        for number, text in enumerate(texts, 1):
            made.append([Text(60, 40, "水资源公报", 9), *lines(text, y=700), Text(290, 810, f"- {number} -", 9)])
        return made

    def test_it_reads_on(self) -> None:
        """Numbers and heads stand after it, each page begins within it."""
        found = of(*self.pages())
        whole = FULL + MORE + FULL[:-1] + "之" + MORE[:-1] + "和" + REST
        assert paragraphs(found) == [whole, "另一段。"]
        assert dropped(found, HEAD) == ["水资源公报", "- 1 -", "水资源公报", "- 2 -", "水资源公报", "- 3 -"]
        assert [page_of(found, text) for text in (FULL, FULL[:-1] + "之", REST, "另一段")] == [
            "第 1 页", "第 2 页", "第 3 页", "第 3 页",
        ]  # fmt: skip
        assert page_of(found, whole) == "第 1 页至第 3 页"

    def test_a_cell_reads_on(self) -> None:
        """The last cell of a row that the end of a page cuts; another row begins a line."""
        xs, words = [60, 160, 400], "维护维修率低故障少运行费用低的分值为"
        first = [
            *grid(xs, [700, 760]),
            Text(70, 720, "运行费"),
            Text(165, 720, words),
            Text(165, 740, words[:-1] + "共"),
        ]
        second = [
            *grid(xs, [60, 90, 120]),
            Text(165, 80, "三分到此为止。"),
            Text(70, 110, "设备费"),
            Text(165, 110, "另计"),
        ]
        found = of([*first, Text(290, 810, "第 1 页")], [*second, Text(290, 810, "第 2 页")])
        assert paragraphs(found) == ["运行费\t" + words + words[:-1] + "共三分到此为止。", "设备费\t另计"]
        assert [page_of(found, text) for text in ("运行费", "三分到此")] == ["第 1 页", "第 2 页"]

    def test_footnotes_stand_after_it(self) -> None:
        """In smaller type below a rule or with a mark; of their own page, though the text has gone on."""
        notes = [Rule(60, 740, 200, 740), Text(60, 755, "① 不含地下水。", 9), Text(60, 770, "② 见统计公报。", 9)]
        found = of([*lines([FULL, MORE], y=690), *notes], [*lines([REST, "另一段。"], y=80)])
        assert paragraphs(found) == [FULL + MORE + REST, "① 不含地下水。", "② 见统计公报。", "另一段。"]
        assert [page_of(found, text) for text in (REST, "不含地下水", "另一段")] == ["第 2 页", "第 1 页", "第 2 页"]

    @pytest.mark.parametrize("head", ["一、下一节", "第二条 水库", "（1）水库"])
    def test_a_new_item_begins_a_line(self, head: str) -> None:
        """Also at the top of a page."""
        assert paragraphs(of(lines([FULL, MORE], y=700), lines([head])))[1] == head

    def test_empty_pages_keep_their_number(self) -> None:
        """A page without text ends a paragraph and counts."""
        found = of(lines([FULL]), [], lines([REST]))
        assert [mark.name for mark in found.landmarks] == ["第 1 页", "第 2 页", "第 3 页"]
        assert paragraphs(found) == [FULL, REST]
        assert found.encoding == "PDF(3 页中 1 页没有文字)"


class TestContents:
    """Entries of a contents page."""

    ENTRIES = ("第一章 总则", "第二章 河流", "第三章 水库", "第四章 湖泊")

    @pytest.mark.parametrize("dots", ["." * 30, "……………………", "·" * 20, ". . . . . . . "])
    def test_dots(self, dots: str) -> None:
        """With the heading; the text after it stays."""
        page = lines(["目  录", *(f"{entry}{dots}{n * 4}" for n, entry in enumerate(self.ENTRIES, 1)), "前言的文字。"])
        found = of(page)
        assert dropped(found, CONTENTS) == found.text.split("\n")[:5]
        assert paragraphs(found) == ["前言的文字。"]

    def test_numbers_at_the_right(self) -> None:
        """Without dots below the word 目录."""
        page = [Text(250, 60, "目录", 16)]
        for n, entry in enumerate(self.ENTRIES):
            page += [Text(60, 100 + 20 * n, entry), Text(480, 100 + 20 * n, f"{n + 11}")]
        assert len(dropped(of(page), CONTENTS)) == 5
        assert dropped(of(page[1:]), CONTENTS) == []

    def test_an_entry_of_two_lines(self) -> None:
        """Both are contents."""
        page = lines(["第一章 总则" + "." * 30 + "1", FULL, "的说明" + "." * 30 + "3", "第三章 水库" + "." * 30 + "8"])
        assert len(dropped(of(page), CONTENTS)) == 4

    def test_prices_are_no_contents(self) -> None:
        """Their figures rise and fall."""
        page = lines([f"{name}{'.' * 30}{price}" for name, price in zip(TOPICS, (48, 12, 30, 8, 25, 9), strict=False)])
        assert dropped(of(page), CONTENTS) == []


class TestFile:
    """What stands beside the pages."""

    def test_bookmarks(self) -> None:
        """Their lines are headings of their depth; of two that read the same the larger one."""
        first = [Text(60, 60, "第一章 总则", 9), Text(60, 120, "第一章 总则", 16), *lines([FULL, REST], y=160)]
        second = [Text(60, 80, "第一节 河流的"), Text(60, 100, "名称"), *lines([FULL, REST], y=140)]
        found = of(first, second, bookmarks=[("第一章 总则", 0), ("第一节　河流的名称", 1), ("没有的", 1)])
        assert [(mark.span.of(found.text), mark.level) for mark in found.headings] == [
            ("第一章 总则", 1), ("第一节 河流的", 2), ("名称", 2),
        ]  # fmt: skip
        assert found.headings[0].size == pytest.approx(16 / 12, abs=0.01)

    @pytest.mark.parametrize(
        ("said", "title"),
        [
            ("白鹭湖水资源公报", "白鹭湖水资源公报"), ("Microsoft Word - 公报.doc", ""), ("公报终稿.docx", ""),
            ("untitled", ""), ("PowerPoint 演示文稿", ""), ("°×ðØºþË®", ""), ("2023", ""), ("", ""),
        ],
    )  # fmt: skip
    def test_titles(self, said: str, title: str) -> None:
        """Of the file's properties, unless a program put it there."""
        assert of(lines(["文字在此。"]), title=said).title == title

    def test_strings_that_are_none(self) -> None:
        """Half a character in a title or the name of a bookmark."""
        found = of(lines(["文字在此。"]), title="白鹭\ud800", bookmarks=[("\ud800", 0), ("文字在此。", 0)])
        assert (found.title, [mark.level for mark in found.headings]) == ("", [2])

    def test_the_text_below_a_scan_is_kept(self) -> None:
        """Characters that are not drawn (mode 3) are what recognition found."""
        assert paragraphs(of([Text(60, 80, "扫描件的文字层", mode=3)])) == ["扫描件的文字层"]

    def test_text_that_nobody_sees_is_told(self) -> None:
        """Without a picture there is nothing it could be the words of; below one it is what recognition found."""
        bare = [Text(60, 80, "看得见的一行字"), Text(60, 120, "看不见的一行字", mode=3)]
        picture = "q 200 0 0 200 60 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
        assert of(bare, lines(["第二页"])).encoding == "PDF(1 页上有看不见的字)"
        assert of([*bare, picture]).encoding == "PDF"

    @pytest.mark.parametrize(
        ("annotation", "shown"),
        [
            ("/Subtype /Widget /FT /Tx /T (a) /V (Heron)|Heron", True),
            ("/Subtype /FreeText /Contents (Heron)|Heron", True),
            ("/Subtype /Stamp|Heron", True),
            ("/Subtype /Text /Contents (Heron)|", False),
            ("/Subtype /Highlight /Contents (Heron)|", False),
            ("/Subtype /FreeText /F 4 |Heron", True),
            ("/Subtype /FreeText /F 2 |Heron", False),
            ("/Subtype /FreeText /F 36 |Heron", False),
            ("/Subtype /Stamp /F 32 |Heron", False),
        ],
    )
    def test_annotations(self, annotation: str, shown: bool) -> None:
        """What is filled in, typed or stamped is text of the document; notes in its margin are not."""
        assert ("Heron" in of(lines(["表格在此。"]), annotations=[annotation]).text) is shown

    def test_actual_text(self) -> None:
        """What a file says a drawn sign stands for."""
        said = "/Span << /ActualText <FEFF6C34> >> BDC BT /H 12 Tf 1 0 0 1 60 700 Tm (w) Tj ET EMC"
        assert "水" in of([*lines(["文字在此。"]), said]).text

    def test_pages_are_counted_from_one(self) -> None:
        """Whatever labels the file gives them, and however they are turned."""
        found = of(lines(["甲的文字。"]), lines(["乙的文字。"]), page_entries="/Rotate 90")
        assert [mark.name for mark in found.landmarks] == ["第 1 页", "第 2 页"]

    def test_a_locked_file(self) -> None:
        """Says that it has a password."""
        key = "<" + "00" * 32 + ">"
        lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00><00>]"
        with pytest.raises(SourcesError) as refused:
            read(placed_pdf([lines(["文字"])], trailer=lock), "锁.pdf")
        assert refused.value.message.key == "pdf_locked"

    def test_pictures_alone(self) -> None:
        """Drawings without text are a scan."""
        with pytest.raises(SourcesError) as refused:
            of([Rule(60, 80, 200, 80)])
        assert refused.value.message.key == "pdf_scanned"
