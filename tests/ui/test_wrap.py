"""tjqa.ui.text.wrap: rows a Chinese reader expects, characters a terminal can stand."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from tests.support.ui_standin import SEEDS, read
from tjqa.text.display import visible
from tjqa.ui.text.wrap import NO_END, NO_START, cells, display, one_line, shorten, shorten_name, wrap

WIDTHS = (30, 46, 76, 116)


def rows_of(line: str, width: int) -> list[str]:
    """The rows as strings."""
    return [line[start:end] for start, end in wrap(line, width)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", sorted(file.name for file in SEEDS.glob("*.txt")))
def test_rows_of_every_seed_are_well_formed(name: str, width: int) -> None:
    """No row too wide, no forbidden start or end, no figure cut, no character lost."""
    for line in display(read(name)).split("\n"):
        rows = wrap(line, width)
        kept = "".join(line[start:end] for start, end in rows)
        assert kept.replace(" ", "") == line.replace(" ", "")
        for index, (start, end) in enumerate(rows):
            assert cell_len(line[start:end]) <= width
            if index:
                assert line[start] not in NO_START
                assert not (line[start - 1].isdigit() and line[start].isdigit())
            if index < len(rows) - 1:
                assert line[end - 1] not in NO_END


def test_a_figure_with_comma_and_point_stays_whole() -> None:
    """1,030.02 and its percent sign move to the next row together."""
    assert rows_of("完成投资额达到1,030.02亿元", 20) == ["完成投资额达到", "1,030.02亿元"]
    assert rows_of("同比去年增长62.8%,其中", 16) == ["同比去年增长", "62.8%,其中"]


def test_a_figure_stays_with_its_unit() -> None:
    """13个 is one word to a reader, and so is 81.7亿."""
    assert rows_of("北京方向项目13个", 15) == ["北京方向项目", "13个"]
    assert rows_of("总投资81.7亿元", 11) == ["总投资", "81.7亿元"]
    assert rows_of("总投资81.7亿元,增长", 13) == ["总投资", "81.7亿元,增长"]
    assert rows_of("共3000万人次", 8) == ["共", "3000万人", "次"]


def test_a_comma_of_a_sentence_may_end_a_row() -> None:
    """The half-width comma of these pages is no part of the year after it."""
    assert rows_of("各项指标较好,2019年", 13) == ["各项指标较好,", "2019年"]


def test_an_unbreakable_run_is_cut_at_the_width() -> None:
    """A long address must not run out of the window."""
    assert rows_of("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert rows_of("。" * 6, 4) == ["。。", "。。", "。。"]


def test_a_row_never_starts_with_a_blank() -> None:
    """Blanks at a break are left out, an indent at the start of a line stays."""
    assert rows_of("  abc defg", 6) == ["  abc", "defg"]
    assert rows_of("", 10) == [""]


def test_wrapping_at_one_column_still_ends() -> None:
    """A window may be of any size."""
    assert "".join(rows_of("天津a", 1)) == "天津a"


def test_display_keeps_every_position() -> None:
    """One character for one character, none of them steering the terminal or invisible."""
    hostile = "\x1b[31m红\x07\x9b2J\u202e反\u2066\u200b零\u200d\ufeff\ud800\x00\x7f\ue000é\u0301\U000e0041"
    shown = display(hostile)
    assert len(shown) == len(hostile)
    for char in shown:
        assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Mn")
        assert cell_len(char) >= 1
    assert "红" in shown and "反" in shown and "零" in shown and "␛" in shown
    assert display("两\n行") == "两\n行"
    assert one_line("两\n行") == "两 行"


def test_what_is_exported_is_not_what_a_screen_shows() -> None:
    """`visible` marks what a terminal obeys and keeps tabs and accents, for its quotes are compared with the file
    again; `display` gives every character a cell of its own, for a span of the file is a range of cells."""
    text = "a\tb\u0301\x1b\ufeff"
    assert visible(text) == "a\tb\u0301··"
    assert display(text) == "a b�␛ "


def test_every_kind_of_code_point_is_safe_to_show() -> None:
    """Every block that holds controls, marks, formats or surrogates goes through the table."""
    blocks = [
        (0, 0x3100),
        (0xA000, 0xAC00),
        (0xD7B0, 0xE010),
        (0xFB00, 0x11000),
        (0x1D100, 0x1D200),
        (0x1F000, 0x1FB00),
    ]
    everything = "".join(chr(c) for start, end in [*blocks, (0xE0000, 0xE0200)] for c in range(start, end))
    shown = display(everything)
    assert len(shown) == len(everything)
    unsafe = {c for c in set(shown) - {"\n"} if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert not unsafe
    assert all(cell_len(char) >= 1 for char in set(shown) - {"\n"})


def test_shortened_texts_fit() -> None:
    """The end of a text goes, the middle of a file name goes."""
    assert shorten("天津市宝坻区", 7) == "天津市…"
    assert shorten("天津", 4) == "天津"
    assert [shorten("天津市", width) for width in range(5)] == ["", "", "…", "天…", "天…"]
    name = "002_686a342d127fb6b0.txt"
    assert cells(shorten_name(name, 16)) <= 16
    assert shorten_name(name, 16).endswith(".txt") and shorten_name(name, 16).startswith("002")
    assert shorten_name(name, 40) == name


def test_a_long_chinese_name_keeps_its_ending() -> None:
    """Its characters are two columns wide, and twelve of them do not fit."""
    for width in (10, 16, 24):
        short = shorten_name("居民收入和消费支出统计表第三次修订.xlsx", width)
        assert cells(short) <= width and short.endswith(".xlsx") and short.startswith("居")
