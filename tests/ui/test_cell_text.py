"""How a card tells cells of tables."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len

from tjqa.documents import Span
from tjqa.results import Answer, AnswerCell, Citation, RowCell
from tjqa.ui.widgets.cell_text import table_rows
from tjqa.ui.widgets.styles import ANSWER_STYLE, POSSIBLE_STYLE

HEADS = (
    ("地区",),
    ("2018年", "收入（元）"),
    ("2018年", "增速（%）"),
    ("2019年", "收入（元）"),
    ("2019年", "增速（%）"),
)


def citation(number: int = 1) -> Citation:
    """A citation of a cell."""
    return Citation(number, "收入.xlsx", "0" * 64, Span(3, 8), 1, 1, "39540", "收入", None, 0.9)


def cell(texts: tuple[str, ...], at: int) -> AnswerCell:
    """A cell in its row."""
    row = tuple(RowCell(heads, text, not n) for n, (heads, text) in enumerate(zip(HEADS, texts, strict=True)))
    return AnswerCell(
        (texts[0],), HEADS[at], "元", "2018年", "Sheet", "B4", "", value=f"{texts[at]} 元", row=row, at=at
    )


def answer(*cells: AnswerCell) -> Answer:
    """An answer of cells."""
    best = tuple(citation(number) for number in range(1, len(cells) + 1))
    return Answer("问", "found", 1.0, best, best, 0.0, cells=cells)


XIQING = cell(("西青区", "39540", "6.5", "42000", "6.2"), 1)
BAODI = cell(("宝坻区", "9540", "6.25", "1", "2"), 1)


def test_rows_stand_under_their_heads() -> None:
    """Figures end in one column, wide characters count two, a head over two columns stands once; the cells are lit."""
    rows = table_rows(answer(XIQING, BAODI), 80)
    text = [row.content.plain for row in rows]
    assert text[0].split() == ["2018年", "2019年"]
    assert text[1].split() == ["地区", "收入（元）", "增速（%）", "收入（元）", "增速（%）"]
    ends = [
        cell_len(line[: line.index(value) + len(value)])
        for line, value in zip(text[2:], ("39540", "9540"), strict=True)
    ]
    assert ends[0] == ends[1] == cell_len(text[1][: text[1].index("收入（元）") + 5])
    lit = [r.content.plain[s.start : s.end] for r in rows for s in r.content.spans if s.style == ANSWER_STYLE]
    assert lit == ["39540", "9540"]


def test_a_row_too_wide_keeps_what_answers_and_what_it_is_of() -> None:
    """A sign stands where columns are left out; nothing is wider than the card."""
    rows = table_rows(answer(cell(("西青区", "39540", "6.5", "42000", "6.2"), 4)), 34)
    text = [row.content.plain for row in rows]
    assert all(cell_len(line) <= 34 for line in text)
    assert text[-1].split() == ["西青区", "…", "6.2"]
    assert not table_rows(answer(replace(XIQING, row=())), 80)


def test_a_sign_stands_where_the_last_columns_are_left_out() -> None:
    """As where those between are; of a table that is shown whole there is none."""
    for width in range(30, 90):
        text = [row.content.plain for row in table_rows(answer(XIQING, BAODI), width)]
        assert text[-1].split()[:2] == ["宝坻区", "9540"] and all(cell_len(line) <= width for line in text)
        assert (text[-1].split()[-1] == "…") == (text[-1].split()[-1] != "2") == ("6.2" not in text[-2].split())


STEEL = (("产品名称",), ("单位",), ("本期价格（元）",))


def _steel(value: str, period: str, *, name: str = "螺纹钢", heads: tuple[str, ...] = ()) -> AnswerCell:
    row = tuple(
        RowCell(own, text, not at) for at, (own, text) in enumerate(zip(STEEL, (name, "吨", value), strict=True))
    )
    return AnswerCell((*heads, name), STEEL[2], "元/吨", period, "Sheet", "C3", "", value=value, row=row, at=2)


def _several(*cells: AnswerCell, paths: tuple[str, ...], titles: tuple[str, ...] = (), sure: bool = True) -> Answer:
    made = [
        replace(citation(at + 1), path=path, title=titles[at] if titles else "价格变动情况")
        for at, path in enumerate(paths)
    ]
    return replace(answer(*cells), best=tuple(made), citations=tuple(made), confidence=1.0 if sure else 0.5)


def _rows_of(told: Answer, width: int = 80) -> list[list[str]]:
    rows = table_rows(told, width)
    assert all(cell_len(row.content.plain) <= width for row in rows)
    return [row.content.plain.split() for row in rows]


def test_rows_of_several_files_say_which_is_which() -> None:
    """By their period, else by their title, else by their file; a row that is the same in both stands twice."""
    two = (_steel("3858.5", "2024年2月下旬"), _steel("3183.0", "2024年8月下旬"))
    paths = ("二月.xlsx", "八月.xlsx")
    assert [row[0] for row in _rows_of(_several(*two, paths=paths))[1:]] == ["2024年2月下旬", "2024年8月下旬"]
    same = (_steel("3858.5", "2024年"), _steel("3858.5", "2024年"))
    assert [row[0] for row in _rows_of(_several(*same, paths=paths, titles=("甲市价格", "乙市价格")))[1:]] == [
        "甲市价格",
        "乙市价格",
    ]
    assert [row[0] for row in _rows_of(_several(*same, paths=paths))[1:]] == list(paths)
    narrow = _rows_of(_several(*two, paths=paths), 40)
    assert [(row[0], row[-1]) for row in narrow[1:]] == [("2024年2月下旬", "3858.5"), ("2024年8月下旬", "3183.0")]


def test_rows_of_one_name_in_a_table_say_what_they_are_under() -> None:
    """The heads in which they differ, not those that they share; a single table with names of its own says nothing."""
    two = (
        _steel("31321", "2023年", name="工资性收入", heads=("城镇居民", "按来源分")),
        _steel("9163", "2023年", name="工资性收入", heads=("农村居民", "按来源分")),
    )
    assert [row[0] for row in _rows_of(_several(*two, paths=("甲.xlsx",) * 2))[1:]] == ["城镇居民", "农村居民"]
    plain = (
        _steel("1", "2023年", heads=("一、黑色金属",)),
        _steel("2", "2023年", name="线材", heads=("一、黑色金属",)),
    )
    assert [row[0] for row in _rows_of(_several(*plain, paths=("甲.xlsx",) * 2))[1:]] == ["螺纹钢", "线材"]


def test_what_may_be_the_answer_looks_so() -> None:
    """Not lit as sure answers are."""
    two = (_steel("3858.5", "2024年2月下旬"), _steel("3183.0", "2024年8月下旬"))
    for sure, look in ((True, ANSWER_STYLE), (False, POSSIBLE_STYLE)):
        told = _several(*two, paths=("二月.xlsx", "八月.xlsx"), sure=sure)
        styles = {s.style for row in table_rows(told, 80)[1:] for s in row.content.spans}
        assert styles == {look}


def test_of_blocks_beside_each_other_one_names_the_cell() -> None:
    """The names of the other blocks leave their room to the figure."""
    heads = (("年份",), *((("地区",), ("收入（元）",)) * 3))
    texts = ("2019", "云岭自治县", "33084", "白鹭自治县", "37973", "青溪自治县", "20028")
    row = tuple(
        RowCell(own, text, not n or own == ("地区",)) for n, (own, text) in enumerate(zip(heads, texts, strict=True))
    )
    told = AnswerCell(
        ("2019", "青溪自治县"), ("收入（元）",), "", "2019年", "表", "G4", "", value="20028", row=row, at=6
    )
    text = [one.content.plain for one in table_rows(answer(told), 40)]
    assert text[-1].split() == ["2019", "…", "青溪自治县", "20028"]
    assert all(cell_len(line) <= 40 for line in text)
