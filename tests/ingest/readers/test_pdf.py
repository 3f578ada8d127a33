"""tjqa.ingest.readers.pdf: what the places and sizes of characters say of a page."""

from __future__ import annotations

import pytest

from tests.support.pdf_pages import Page, Rule, Text, grid, lines, placed_pdf
from tjqa.citations.locations import place_name
from tjqa.documents import DropReason, SourceFile, Span
from tjqa.errors import SourcesError
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.pdf import read

FULL = "白鹭湖全年来水量达到三亿六千万立方米比上年增加了一成半其中灌溉用水"  # 33 characters: 396 points at 12
MORE = "城乡居民生活用水和工业用水合计两亿立方米各占百分之十六和二十四生态"
REST = "占六成。"


def paragraphs(found: Extracted) -> list[str]:
    """Lines of the text that are no furniture, without empty ones."""
    dropped = {part.span.start for part in found.furniture}
    at, kept = 0, []
    for line in found.text.split("\n"):
        if line and at not in dropped:
            kept.append(line)
        at += len(line) + 1
    return kept


def dropped(found: Extracted, reason: DropReason) -> list[str]:
    """Furniture of this kind."""
    return [part.span.of(found.text) for part in found.furniture if part.reason == reason]


def page_of(found: Extracted, text: str) -> str:
    """The page that a citation of this text names."""
    start = found.text.index(text)
    source = SourceFile("甲.pdf", "0" * 64, found.encoding, found.text, landmarks=found.landmarks)
    return place_name(source, Span(start, start + len(text)))


def of(*pages: Page, **rest: object) -> Extracted:
    """What is read of such pages."""
    return read(placed_pdf(pages, **rest), "甲.pdf")  # type: ignore[arg-type]


class TestLines:
    """Lines and what they are joined to."""

    def test_one_wide_line_changes_no_margin(self) -> None:
        """A chart's axis across the page stands among lines that the margin broke."""
        page = [*lines([FULL, MORE, REST]), Text(20, 400, "年" * 45), *lines([FULL, REST], y=500)]
        assert paragraphs(of(page)) == [FULL + MORE + REST, "年" * 45, FULL + REST]

    def test_a_first_line_set_in_begins_a_paragraph(self) -> None:
        """Two full lines that end with a stop are one paragraph, or two by where the next one begins."""
        one = FULL[:-3] + "一。"
        page = [
            Text(84, 80, one),
            *lines([FULL, REST], y=100),
            Text(84, 140, one),
            *lines([FULL[:-1] + "。", REST], y=160),
        ]
        assert paragraphs(of(page)) == [one + FULL + REST, one + FULL[:-1] + "。" + REST]

    @pytest.mark.parametrize("head", ["一、总则", "（一）总则", "第三条 总则", "1.总则", "●总则"])
    def test_items_begin_lines(self, head: str) -> None:
        """However full the line before is."""
        assert paragraphs(of(lines([FULL, head])))[1] == head

    @pytest.mark.parametrize("tail", ["15名学生参加。", "3.5万元。", "× 12 月。", "％ 以上。", "三、四季度。"])
    def test_words_that_look_like_items(self, tail: str) -> None:
        """A line that goes on with a figure or a sign."""
        assert paragraphs(of(lines([FULL, tail]))) == [FULL + tail]

    def test_hanging_lines_belong_to_their_item(self) -> None:
        """The lines below a bullet begin where its text does."""
        page = [Text(60, 80, "●" + FULL[:-2]), *lines([FULL[:-2] + "共", REST], x=78, y=100)]
        assert paragraphs(of(page)) == ["●" + FULL[:-2] + FULL[:-2] + "共" + REST]

    def test_larger_type_stands_alone(self) -> None:
        """A heading as wide as the page is not joined to what follows, nor with its own second line."""
        page = [Text(60, 80, FULL[:22], 18), Text(60, 110, "水量公报", 18), *lines([FULL, REST], y=140)]
        found = of(page)
        assert paragraphs(found) == [FULL[:22], "水量公报", FULL + REST]
        assert [(mark.span.of(found.text), mark.level, mark.size) for mark in found.headings] == [
            (FULL[:22], -1, 1.5), ("水量公报", -1, 1.5),
        ]  # fmt: skip

    def test_blanks_are_white_and_not_only_characters(self) -> None:
        """Words set apart by their places alone are parted, characters of a justified line are not."""
        assert paragraphs(of([Text(60, 80, "Two", latin=True), Text(88, 80, "words", latin=True)])) == ["Two words"]
        assert paragraphs(of([Text(60, 80, "第一章"), Text(103, 80, "总则部分")])) == ["第一章 总则部分"]
        justified = "2 Tc " + "BT /F 12 Tf 1 0 0 1 60 700 Tm <767D9E6D6E56> Tj ET"
        assert paragraphs(of([Text(60, 80, "白鹭湖"), justified])) == ["白鹭湖", "白鹭湖"]


class TestCharacters:
    """What single characters become."""

    @pytest.mark.parametrize(
        ("off", "small", "read_as"),
        [(-5, "4", "2.4×10⁴个"), (-5, "-6", "2.4×10⁻⁶个"), (3, "2", "2.4×10₂个"), (-5, "a", "2.4×10a个")],
    )
    def test_raised_and_lowered(self, off: float, small: str, read_as: str) -> None:
        """Small figures above or below the line."""
        page = [Text(60, 100, "2.4×10"), Text(132, 100 + off, small, 7, latin=True), Text(140, 100, "个月")]
        assert paragraphs(of(page)) == [read_as + "月"]

    @pytest.mark.parametrize(
        ("first", "second", "whole"),
        [
            (
                "the long and winding way to the inter-",
                "national lake",
                "the long and winding way to the international lake",
            ),
            (
                "the long and winding way to the inter\u00ad",
                "national lake",
                "the long and winding way to the international lake",
            ),
            ("the long and winding way to Baihe-", "Lake station", "the long and winding way to Baihe-Lake station"),
            (
                "the long and winding way to the next",
                "lake station",
                "the long and winding way to the next lake station",
            ),
        ],
    )
    def test_words_broken_at_the_end_of_a_line(self, first: str, second: str, whole: str) -> None:
        """Joined again; a hyphen before a capital letter is one of the word's own."""
        page = [Text(60, 80, first, latin=True), Text(60, 100, second, latin=True)]
        assert paragraphs(of(page)) == [whole]

    def test_a_real_hyphen_stays(self) -> None:
        """3-6个月, at the end of a line and within one."""
        page = lines(["工期为3-6个月" + FULL[:24] + "3-", "6个月内" + REST])
        assert paragraphs(of(page)) == ["工期为3-6个月" + FULL[:24] + "3-6个月内" + REST]

    @pytest.mark.parametrize(
        ("inside", "read_as"),
        [
            ("\uf0b7甲", "•甲"),
            ("ﬁne", "fine"),
            ("oﬃcial", "official"),
            ("⼀⻓", "一长"),
            ("𠮷野", "𠮷野"),
            ("a\u2011b", "a-b"),
        ],
    )
    def test_what_fonts_put_in_place(self, inside: str, read_as: str) -> None:
        """Symbols, ligatures, radicals, characters beyond the first plane."""
        assert paragraphs(of([Text(60, 80, inside)])) == [read_as]

    @pytest.mark.parametrize(
        ("said", "read_as"),
        [
            ({"工": "⼯工", "一": "⼀一"}, "工程实践一周"),
            ({"工": "⼯"}, "工程实践一周"),
            ({"周": "周周"}, "工程实践一周周"),
            ({"程": "实程"}, "工实程实践一周"),
        ],
    )
    def test_a_sign_that_its_font_names_twice(self, said: dict[str, str], read_as: str) -> None:
        """As a radical and as the character it looks like: it is one. What is not the same is not left out."""
        assert paragraphs(of([Text(60, 80, "工程实践一周")], names=said)) == [read_as]

    def test_text_that_nobody_wrote(self) -> None:
        """Letters of many scripts at once: the fonts do not say what their signs stand for. One script more is one."""
        noise = "ᆿᒼᐸ⋵ђᔰᐛӔѝਃ਄ஃഅაბᐄᐅႠᏣހށ" * 8
        with pytest.raises(SourcesError, match="乱码"):
            of(lines([noise, noise, noise], size=2))
        tibetan = "བོད་ཡིག" * 10
        assert "བོ" in of(lines([FULL, tibetan, MORE])).text

    def test_type_of_half_its_square(self) -> None:
        """A font whose characters fill half of their square is set in double size: it is no larger than the others."""
        latin = [Text(60, 200 + 20 * n, f"and Latin words in their own size, line {n}", latin=True) for n in range(8)]
        page = [*lines([FULL, MORE, REST], size=24), *latin]
        found = of(page, square=0.5)
        assert (paragraphs(found)[0], found.headings) == (FULL + MORE + REST, ())

    def test_bold_by_drawing_twice(self) -> None:
        """Once is enough."""
        assert paragraphs(of([Text(60, 80, "重要提示"), Text(60.4, 80, "重要提示")])) == ["重要提示"]
        assert paragraphs(of([Text(60, 80, "代码：300218"), Text(97, 80, "300218")])) == ["代码：300218"]


class TestOrder:
    """In which order a page is read."""

    def test_columns(self) -> None:
        """Column after column, though their lines stand side by side; what stands across both comes first."""
        left = [f"左栏第{n}行是写满了整栏的一段长长的文字" for n in "一二三四五六七"]
        right = [f"右栏第{n}行是写满了整栏的一段长长的文字" for n in "一二三四五六七"]
        page = [Text(150, 60, "两栏文章的标题", 18)]
        page += [Text(50, 100 + 18 * n, text, 10) for n, text in enumerate(left)]
        page += [Text(310, 104 + 18 * n, text, 10) for n, text in enumerate(right)]
        assert paragraphs(of(page)) == ["两栏文章的标题", "".join(left + right)]

    def test_short_columns_of_sentences(self) -> None:
        """Three lines side by side are columns where sentences run over them, rows of a table where they do not."""
        left = ["春耕全面展开。今年计划种植早稻", "一万二千亩,三十名技术员下村指", "导育秧,检修插秧机四十六台。"]
        right = ["夜校开班了。镇文化站三月办班首", "期招收学员二百一十人,开设书法", "和剪纸课程。第二期增至三百人。"]
        page = [Text(50, 100 + 18 * n, text, 10) for n, text in enumerate(left)]
        page += [Text(310, 100 + 18 * n, text, 10) for n, text in enumerate(right)]
        assert "".join(paragraphs(of(page))) == "".join(left + right)
        cells = ["春耕种植早稻的计划面积和进度", "技术员下村指导育秧的人数统计", "合作社检修插秧机的台数和费用"]
        page = [Text(50, 100 + 18 * n, text, 10) for n, text in enumerate(cells)]
        page += [Text(310, 100 + 18 * n, text, 10) for n, text in enumerate(cells[::-1])]
        assert paragraphs(of(page))[0] == f"{cells[0]}\t{cells[2]}"

    def test_boxes(self) -> None:
        """A chart of boxes: each is whole, what stands to the left comes before what it leads to."""
        boxes = {
            (60, 130): ["来水"],
            (200, 100): ["河流的来水有雨水和融雪两种", "多在夏天和秋天"],
            (200, 160): ["湖泊的来水只有河流一种来源", "全年大致不变"],
            (60, 330): ["用水"],
            (200, 305): ["灌溉用水从三月到九月引入田间", "冬天没有"],
            (200, 355): ["居民用水全年都有夏天多于冬天", "相差一成"],
        }
        page = [
            Text(x, y + 16 * n, text) for (x, y), lines_of_box in boxes.items() for n, text in enumerate(lines_of_box)
        ]
        page += [Text(400, 109 + 60 * n, text) for n, text in enumerate(["见表一", "见表二"])]
        page += [Text(400, 313 + 50 * n, text) for n, text in enumerate(["见表三", "见表四"])]
        assert paragraphs(of(page)) == [
            "来水", "河流的来水有雨水和融雪两种多在夏天和秋天", "见表一",
            "湖泊的来水只有河流一种来源全年大致不变", "见表二",
            "用水", "灌溉用水从三月到九月引入田间冬天没有", "见表三",
            "居民用水全年都有夏天多于冬天相差一成", "见表四",
        ]  # fmt: skip

    def test_short_cells_are_no_columns(self) -> None:
        """A list of two columns is read row by row, with tabs."""
        rows = [
            ("白鹭湖", "三百二十"),
            ("石桥水库", "四千二百"),
            ("青石河", "九十"),
            ("东渠", "二十二"),
            ("西渠", "三十一"),
        ]
        page = [item for n, (a, b) in enumerate(rows) for item in (Text(60, 80 + 20 * n, a), Text(300, 80 + 20 * n, b))]
        assert paragraphs(of(page)) == [f"{a}\t{b}" for a, b in rows]

    def test_a_page_on_its_side(self) -> None:
        """Text that runs upwards is read as it runs; what stands askew comes last."""
        page = [Text(100, 700, "Set on", latin=True, turn=1), Text(130, 700, "its side", latin=True, turn=1)]
        assert paragraphs(of([*page, Text(300, 300, "askew", latin=True, turn=0.5)])) == ["Set on its side", "askew"]

    def test_text_beyond_the_page_is_not_seen(self) -> None:
        """What lies outside of the paper."""
        assert paragraphs(of([Text(60, 80, "在纸上"), Text(900, 80, "在纸外")])) == ["在纸上"]


class TestTables:
    """Cells."""

    def test_rules(self) -> None:
        """One line a row, each cell whole though it takes several lines and its neighbours one in the middle."""
        page = [
            *grid([60, 100, 200, 400], [100, 160, 200]),
            Text(65, 120, "项目"), Text(65, 136, "名称"), Text(110, 128, "数量"),
            Text(210, 120, "写在三行里的一个单元格的"), Text(210, 136, "说明"), Text(210, 152, "到此为止"),
            Text(65, 180, "来水"), Text(110, 180, "三百二十"), Text(210, 180, "无说明"),
        ]  # fmt: skip
        assert paragraphs(of([*lines(["表前的文字。"]), *page])) == [
            "表前的文字。", "项目名称\t数量\t写在三行里的一个单元格的说明到此为止", "来水\t三百二十\t无说明",
        ]  # fmt: skip

    def test_a_frame_is_no_table(self) -> None:
        """Text in a box is text."""
        page = [*grid([50, 480], [60, 130]), *lines([FULL, MORE, REST])]
        assert paragraphs(of(page)) == [FULL + MORE + REST]

    def test_rows_without_rules_between_them(self) -> None:
        """Cells of several lines side by side, none of which fills its cell, are so many rows."""
        page = grid([60, 160, 260, 360], [100, 180])
        cells = [("青石河", "100", "中游"), ("白沙河", "22", "上游"), ("东渠", "9", "下游")]
        for n, row in enumerate(cells):
            page += [Text(70 + 100 * at, 120 + 20 * n, cell, 12, cell.isdigit()) for at, cell in enumerate(row)]
        assert paragraphs(of(page)) == ["\t".join(row) for row in cells]

    def test_wrapped_cells_side_by_side_are_one_row(self) -> None:
        """Their lines stand on the same heights, but the cells' ends broke them."""
        page = [*grid([60, 160, 400], [100, 160])]
        page += [Text(65, 120, "设备运行费和维护"), Text(65, 140, "费用（三分）")]
        page += [Text(165, 120, "维护维修率低故障少运行费用低的分值为"), Text(165, 140, "三分。")]
        assert paragraphs(of(page)) == ["设备运行费和维护费用（三分）\t维护维修率低故障少运行费用低的分值为三分。"]

    def test_a_merged_cell_stands_in_its_first_row(self) -> None:
        """A cell beside two rows: blank in the second one, as in Word."""
        page = [
            *(Rule(60, y, 300, y) for y in (100, 160)), Rule(120, 130, 300, 130),
            *(Rule(x, 100, x, 160) for x in (60, 120, 300)),
            Text(70, 135, "河流"), Text(130, 120, "青石河"), Text(130, 150, "白沙河"),
        ]  # fmt: skip
        assert paragraphs(of(page)) == ["河流\t青石河", "\t白沙河"]

    def test_cells_without_rules(self) -> None:
        """A cell of three lines with its label in the middle."""
        cell = ["灌溉用水是指从河流水库引来", "浇灌农田草场果园苗圃的水量", "不含养殖。"]
        page = [Text(60, 100, "灌溉用水"), *(Text(200, 84 + 16 * n, text) for n, text in enumerate(cell))]
        assert paragraphs(of(page)) == ["灌溉用水  " + "".join(cell)]

    def test_a_label_in_the_middle_of_five_lines(self) -> None:
        """The lines above it belong to its cell as well as those below."""
        cell = [
            "灌溉用水是指从河流水库引来",
            "浇灌农田草场果园苗圃的水量",
            "包括稻田和菜地用的那一部分",
            "其中稻田用得最多菜地最少数",
            "不含养殖。",
        ]
        page = [Text(60, 116, "灌溉用水"), *(Text(200, 84 + 16 * n, text) for n, text in enumerate(cell))]
        assert paragraphs(of(page)) == ["灌溉用水  " + "".join(cell)]

    def test_rules_in_one_stroke(self) -> None:
        """A program may draw a whole grid as one path, or as rectangles."""
        cells = [Text(70, 114, "来水"), Text(170, 114, "约三百。"), Text(70, 150, "用水"), Text(170, 150, "二百二十")]
        path = "60 742 m 300 742 l 60 712 m 300 712 l 60 682 m 300 682 l " + " ".join(
            f"{x} 742 m {x} 682 l" for x in (60, 160, 300)
        )
        boxes = " ".join(f"{x} {y} {w} 30 re" for x, w in ((60, 100), (160, 140)) for y in (682, 712))
        thin = (
            " ".join(f"60 {y} 240 0.5 re" for y in (682, 712, 742))
            + " "
            + " ".join(f"{x} 682 0.5 60 re" for x in (60, 160, 300))
        )
        for drawn in (f"{path} S", f"{boxes} S", f"{thin} f"):
            assert paragraphs(of([*cells, drawn])) == ["来水\t约三百。", "用水\t二百二十"]
            assert (
                paragraphs(of([*cells[:2], Text(170, 127, "其余不计"), *cells[2:], drawn]))[0]
                == "来水\t约三百。其余不计"
            )


class TestFigures:
    """A figure that the end of a line cuts, or that begins a line, says what the page says."""

    @pytest.mark.parametrize(
        ("end", "start", "whole"),
        [
            ("12", "35亿元。", "1235亿元。"),
            ("(12", "35)亿元。", "(1235)亿元。"),
            ("共 12", "35 亿元。", "共 1235 亿元。"),
            ("12.", "35亿元。", "12.35亿元。"),
            ("12,", "345人。", "12,345人。"),
            ("12", "%。", "12%。"),
            ("-", "5.3度。", "-5.3度。"),
            ("\u2212", "5.3度。", "\u22125.3度。"),
            ("±", "0.5度。", "±0.5度。"),
            ("2020-", "2023年。", "2020-2023年。"),
            ("in 2020", "135 people.", "in 2020 135 people."),
        ],
    )
    def test_cut_by_the_margin(self, end: str, start: str, whole: str) -> None:
        """No blank inside a figure, no sign lost; words of Western languages stay apart."""
        head = FULL[: len(FULL) - len(end)]
        assert paragraphs(of(lines([MORE, head + end, start, "另起一段。"])))[0] == MORE + head + whole

    def test_with_room_behind_it_a_figure_is_whole(self) -> None:
        """A line with room for another digit was broken between two figures."""
        page = lines([FULL, MORE[:-3] + "20", "35人。"])
        assert paragraphs(of(page)) == [FULL + MORE[:-3] + "20 35人。"]

    def test_figures_of_cells_stay_apart(self) -> None:
        """Beside each other and below each other, with rules and without."""
        xs, ys = (60, 160, 260), (80, 130, 160)
        ruled = [
            *grid(xs, ys),
            Text(65, 100, "甲县"),
            Text(165, 100, "12"),
            Text(165, 118, "35"),
            Text(65, 150, "乙县"),
        ]
        ruled += [Text(165, 150, "67")]
        assert "1235" not in of(ruled).text.replace("\n", "|")
        bare = [Text(60, 80, "甲县产量"), Text(200, 80, "12"), Text(300, 80, "35"), Text(60, 100, "乙县产量")]
        bare += [Text(200, 100, "35"), Text(300, 100, "67")]
        assert paragraphs(of(bare)) == ["甲县产量\t12\t35", "乙县产量\t35\t67"]

    @pytest.mark.parametrize(
        "start",
        [
            "5.3%。",
            "3.5亿元。",
            "5.3 亿元。",
            "12.5 公里。",
            "1.5倍。",
            "2.5 吨。",
            "5.3个百分点。",
            "12 万人。",
            "3.5 千瓦。",
            "2.5 次。",
        ],
    )
    def test_a_measure_begins_no_item(self, start: str) -> None:
        """A line that begins with a figure and its measure goes on with the sentence."""
        assert paragraphs(of(lines([FULL, MORE, start, "另起。"])))[0] == FULL + MORE + start

    @pytest.mark.parametrize("start", ["1.2 次要指标", "2.3 位置", "1.3 处理办法", "3、正文", "1.2 指标说明"])
    def test_an_item_still_does(self, start: str) -> None:
        """Headings whose first character is also a measure."""
        assert start in paragraphs(of(lines([FULL, MORE, start, "另起。"])))
