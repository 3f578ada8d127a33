"""Tables made up at random in every form, whole or damaged; and what must hold of each cell that is read from them."""

# ruff: noqa: E501  markup is long

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Sequence
from html import escape

from tests.support.formats import as_docx, as_xlsx
from tests.support.fuzzing import mutated
from tests.support.tables import as_page, packed
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.errors import SourcesError

FORMS = ("a.xlsx", "a.csv", "b.csv", "a.html", "a.docx", "a.md")
_WORDS = [
    "街道",
    "地区",
    "指标",
    "单位",
    "东河街道",
    "合计",
    "其中：工业",
    "一、农业",
    "(一)收入",
    "人口(万人)",
    "增速（%）",
    "2019年",
    "2020",
    "一季度",
    "单位：亿元",
    "注：快报数",
    "续表",
    "-",
    "…",
    "12.5",
    "-3.6",
    "1,234",
    "64.5%",
    "2024-03-24",
    "序号",
    "1",
    "2",
    "3",
    "姓名",
    "电话",
    "0731-85539731",
    "亿元",
    "小计",
    "表1",
    "",
]
_ODD = ("", "", " ", "　　缩进", '"', "a\tb", "|", "<b>", "一" * 70, "甲\n乙", "\u200b", "０１２", "=A1", "。；！")
_Merge = tuple[int, int, int, int]


def drawn(draw: random.Random) -> tuple[str, bytes, list[list[str]], list[_Merge]]:
    """A table with a name for its file, its cells, and those that are merged (row, column, rows, columns)."""
    rows, columns = draw.randrange(1, 9), draw.randrange(1, 7)
    grid = [[_text(draw, row, column) for column in range(columns)] for row in range(rows)]
    merges: list[_Merge] = []
    if draw.random() < 0.5:
        for _ in range(draw.randrange(4)):
            row, column = draw.randrange(rows), draw.randrange(columns)
            merge = (row, column, draw.randrange(1, 4), draw.randrange(1, 4))
            if not any(_overlap(merge, other) for other in merges):
                merges.append(merge)
    name = draw.choice(FORMS)
    return name, _MADE[name.partition(".")[2]](grid, merges, name), grid, merges


def _overlap(one: _Merge, other: _Merge) -> bool:
    apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    return not apart and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


def _text(draw: random.Random, row: int, column: int) -> str:
    if draw.random() < 0.1:
        return draw.choice(_ODD)
    if row and column and draw.random() < 0.6:
        return f"{draw.randrange(1000)}.{row}{column}"
    return draw.choice(_WORDS)


def _xlsx(grid: Sequence[Sequence[str]], merges: Sequence[_Merge], name: str) -> bytes:
    refs = "".join(
        f'<mergeCell ref="{chr(65 + column)}{row + 1}:{chr(64 + column + columns)}{row + rows}"/>'
        for row, column, rows, columns in merges
    )
    return as_xlsx({"Sheet1": grid}, after_rows=f"<mergeCells>{refs}</mergeCells>")


def _csv(grid: Sequence[Sequence[str]], merges: Sequence[_Merge], name: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter="," if name[0] == "a" else ";").writerows(grid)
    return out.getvalue().encode()


def _html(grid: Sequence[Sequence[str]], merges: Sequence[_Merge], name: str) -> bytes:
    spans = {(row, column): (rows, columns) for row, column, rows, columns in merges}
    cells = (
        "".join(
            f'<td rowspan="{spans.get((r, c), (1, 1))[0]}" colspan="{spans.get((r, c), (1, 1))[1]}">{escape(text)}</td>'
            for c, text in enumerate(row)
        )
        for r, row in enumerate(grid)
    )
    return as_page("".join(f"<tr>{row}</tr>" for row in cells))


def _docx(grid: Sequence[Sequence[str]], merges: Sequence[_Merge], name: str) -> bytes:
    spans = {(row, column): (rows, columns) for row, column, rows, columns in merges}

    def cell(row: int, column: int, text: str) -> str:
        rows, columns = spans.get((row, column), (1, 1))
        more = '<w:vMerge w:val="restart"/>' if rows > 1 else ""
        above = any(r < row < r + n and c == column for r, c, n, _ in merges)
        more = "<w:vMerge/>" if above else more
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/>{more}</w:tcPr><w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'

    body = "".join(
        f"<w:tr>{''.join(cell(r, c, text) for c, text in enumerate(row))}</w:tr>" for r, row in enumerate(grid)
    )
    return as_docx("表1 指标", f"<w:tbl>{body}</w:tbl>")


def _md(grid: Sequence[Sequence[str]], merges: Sequence[_Merge], name: str) -> bytes:
    lines = ["|" + "|".join(" ".join(text.split()).replace("|", "\\|") for text in row) + "|" for row in grid]
    return "\n".join(["# 表", "", lines[0], "|" + "-|" * len(grid[0]), *lines[1:], ""]).encode()


_MADE = {"xlsx": _xlsx, "csv": _csv, "html": _html, "docx": _docx, "md": _md}


def damaged(raw: bytes, draw: random.Random) -> bytes:
    """A document with some bytes changed: of an archive those of a part within it, every other time."""
    if not raw.startswith(b"PK") or draw.random() < 0.5:
        return mutated(raw, draw)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(out, "w") as made:
        names = archive.namelist()
        bad = draw.choice([name for name in names if "sheet1" in name or "document" in name] or names)
        for name in names:
            data = archive.read(name)
            made.writestr(name, mutated(data, draw) if name == bad else data)
    return out.getvalue()


def check_table(draw: random.Random) -> str:
    """Make a table up, damage it every other time, read it: what became of it.

    Raises:
        AssertionError: a cell is not what it says.
    """
    name, raw, grid, merges = drawn(draw)
    whole = draw.random() < 0.5
    try:
        source, passages = packed(raw if whole else damaged(raw, draw), name)
    except SourcesError:
        return "refused"
    except Exception:
        if whole or name in ("a.csv", "b.csv", "a.md", "a.html"):
            raise
        return "refused"  # what the parsers of archives raise is told as a damaged document by the worker around them
    cells: list[Cell] = []
    at = 0
    for passage in passages:
        assert passage.span.of(source.text) == passage.text
        assert passage.span.start >= at
        at = passage.span.end
        if passage.table is not None:
            cells += passage.table.cells(passage.text, passage.span.start)
    for cell in cells:
        assert cell.span.of(source.text) == cell.text
    if whole and name == "a.xlsx":
        _check_addresses(cells, grid, merges)
    return f"{(len(cells) > 0 and 'cells') or 'none'}{'' if whole else ' of a damaged one'}"


def _check_addresses(cells: Sequence[Cell], grid: list[list[str]], merges: Sequence[_Merge]) -> None:
    """Every cell has the text of its address, every head of a column stands above it or in a cell that reaches over it,
    every name of a row in it or above."""
    reached = {
        (r, c): (row, column)
        for row, column, rows, columns in merges
        for r in range(row, row + rows)
        for c in range(column, column + columns)
    }
    shown = [["".join(text.split()) for text in row] for row in grid]
    for cell in cells:
        row, column = int(cell.address[1:]) - 1, ord(cell.address[0]) - 65
        anchors = {(row, column), *(at for place, at in reached.items() if place == (row, column))}
        texts = {shown[r][c] for r, c in anchors if r < len(grid) and c < len(grid[0])}
        assert "".join(cell.text.split()) in texts or any(
            text.startswith("".join(cell.text.split())) for text in texts
        ), (cell, texts)
        above = {text for r in range(row) for text in shown[r][: column + 1]}
        above |= {shown[r][c] for (r, _), (r, c) in reached.items() if r < row and r < len(grid) and c < len(grid[0])}
        for head in cell.column_heads:
            assert any(text.startswith("".join(head.split())) for text in above), (cell, head)
        if cell.kind is ColumnKind.VALUE:
            named = {text for r in range(row + 1) for text in shown[r]}
            for head in cell.row_heads:
                assert "".join(head.split()) in named, (cell, head)
