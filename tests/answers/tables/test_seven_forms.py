"""One table of twenty rows in seven forms: each of its sixty figures is found, and a formula that was never computed is
none."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.support.asked_tables import asker
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import build

_NAMES = (
    *("青溪", "白鹭", "云岭", "石桥", "柳湾", "松坡", "竹园", "梅岭", "杏村", "桂林坡"),
    *("枫桥", "荷塘", "莲花", "芦荡", "雁荡", "鹤山", "鹿鸣", "虎跑", "龙泉", "凤凰岭"),
)
TOWNS = [f"{name}镇" for name in _NAMES]
HEADS = ("面积（公顷）", "粮食产量（吨）", "财政收入（万元）")
ASKED = ("面积是多少公顷", "粮食产量是多少吨", "财政收入是多少万元")


def figure(row: int, column: int) -> str:
    """A different one for each cell."""
    return f"{(row + 3) * 1000 + (column + 1) * 37 + row}.{column + 1}"


ROWS = [(town, *(figure(at, column) for column in range(3))) for at, town in enumerate(TOWNS)]


def saved(book: Workbook) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def titled() -> bytes:
    """A title and a blank row above the head, a note below."""
    book = Workbook()
    for row in [("2023年各镇基本情况表",), (), ("镇名", *HEADS), *ROWS, ("注:财政收入为初步数。",)]:
        book.active.append(row)
    return saved(book)


def spanned() -> bytes:
    """A page with heads over two rows, one reaching down, one over two columns."""
    head = (
        '<tr><th rowspan="2">镇名</th><th rowspan="2">面积（公顷）</th><th colspan="2">经济</th></tr>'
        "<tr><th>粮食产量（吨）</th><th>财政收入（万元）</th></tr>"
    )
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    title = "2023年各镇基本情况"
    page = f"<head><title>{title}</title></head><body><h1>{title}</h1><table>{head}{body}</table></body>"
    return f"<html>{page}</html>".encode()


def merged() -> bytes:
    """A workbook with merged heads and groups of rows."""
    book = Workbook()
    sheet = book.active
    sheet.append(("片区", "镇名", "土地", "经济", None))
    sheet.append((None, None, *HEADS))
    for at, row in enumerate(ROWS):
        sheet.append(("东片" if at == 0 else "西片" if at == 10 else None, *row))
    for place in ("A1:A2", "B1:B2", "D1:E1", "A3:A12", "A13:A22"):
        sheet.merge_cells(place)
    return saved(book)


def formatted() -> bytes:
    """Figures as numbers with their formats beside shares and days."""
    book = Workbook()
    sheet = book.active
    sheet.append(("镇名", "上报日期", *HEADS, "占比"))
    for at, row in enumerate(ROWS):
        sheet.append((row[0], date(2024, 1, at + 1), *map(float, row[1:]), at / 100))
        sheet.cell(at + 2, 2).number_format = "yyyy年m月d日"
        sheet.cell(at + 2, 6).number_format = "0.0%"
    return saved(book)


def computed() -> bytes:
    """A column of formulas that no program has computed yet."""
    book = Workbook()
    book.active.append(("镇名", *HEADS, "人均收入（元）"))
    for at, row in enumerate(ROWS, 2):
        book.active.append((*row, f"=D{at}/B{at}"))
    return saved(book)


def broken_lines() -> bytes:
    """Line breaks and separators within quotes."""
    head = ",".join(f'"{head.replace("（", chr(10) + "（")}"' for head in HEADS)
    rows = [f'{town},"{row[0]}","{row[1]}",{row[2]},"{town}的说明,\n分两行"' for town, *row in ROWS]
    return "\n".join([f"镇名,{head},说明", *rows, ""]).encode()


def separated(by: str) -> Callable[[], bytes]:
    """Another separator than the comma."""
    return lambda: "\n".join([by.join(("镇名", *HEADS)), *(by.join(row) for row in ROWS), ""]).encode()


FORMS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "title above": ("xlsx", titled),
    "rowspan and colspan": ("html", spanned),
    "merged cells": ("xlsx", merged),
    "formats": ("xlsx", formatted),
    "formulas": ("xlsx", computed),
    "quoted breaks": ("csv", broken_lines),
    "semicolons": ("csv", separated(";")),
    "tabs": ("csv", separated("\t")),
}


@pytest.mark.parametrize("form", FORMS)
def test_sixty_of_sixty(tmp_path: Path, encoder: FakeEncoder, form: str) -> None:
    """Every figure by its town and measure, and no other."""
    ending, make = FORMS[form]
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料" / f"2023年各镇基本情况.{ending}").write_bytes(make())
    place = Settings(tmp_path / "资料", tmp_path / "embeddings", fast=True)
    build(place)
    ask = asker(place)
    missed = []
    for at, town in enumerate(TOWNS):
        for column, asked in enumerate(ASKED):
            answer = ask(f"2023年{town}的{asked}?")
            if [best.quote for best in answer.best] != [figure(at, column)]:
                missed.append((town, asked, answer.text))
    assert missed == []
    if form == "formulas":
        assert not ask(f"2023年{TOWNS[3]}的人均收入是多少元?").cells
    if form == "formats":
        assert [best.quote for best in ask(f"{TOWNS[5]}的占比是百分之几?").best] == ["5.0%"]
