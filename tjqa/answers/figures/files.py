"""A table of figures as a file: csv, xlsx, md, json."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from tjqa.answers.figures.figure import Figure, FigureTable
from tjqa.answers.figures.words import COLUMNS, check_of, doubts_of, kind_of, period_of, row_of, value_of
from tjqa.citations.export_format import cell
from tjqa.records import json_line
from tjqa.text.display import one_line

FORMATS = ("csv", "xlsx", "md", "json")


def written(table: FigureTable, form: str) -> bytes:
    """The table as a file in one of `FORMATS`."""
    writers: dict[str, Callable[[FigureTable], bytes]] = {
        "json": _json,
        "csv": _csv,
        "md": _markdown,
        "xlsx": _workbook,
    }
    return writers[form](table)


def _json(table: FigureTable) -> bytes:
    return "".join(f"{json_line(row_of(figure))}\n" for figure in table.figures).encode("utf-8", "backslashreplace")


def _csv(table: FigureTable) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for figure in table.figures:
        # A value is a number to a spreadsheet, also a negative one; everything else is text that it must not compute.
        row = _plain(figure)
        rows.writerow([str(row[name]) if name == "value" else cell(row[name]) for name in COLUMNS])
    return ("\ufeff" + out.getvalue()).encode("utf-8", "backslashreplace")


def _plain(figure: Figure) -> dict[str, object]:
    """A row without lists."""
    return row_of(figure) | {"differs": "、".join(map(str, figure.differs)), "check": check_of(figure)}


def _markdown(table: FigureTable) -> bytes:
    heads = ("序号", "指标", "地区", "时间", "类别", "数值", "存疑", "出处", "引文")
    lines = [f"# {_in_markdown(table.measure)}", "", f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    for figure in table.figures:
        parts = (
            str(figure.citation.number),
            figure.name,
            figure.place,
            period_of(figure),
            kind_of(figure),
            value_of(figure),
            doubts_of(figure),
            f"{figure.citation.path} {figure.citation.place or f'第 {figure.citation.line} 行'}",
            figure.citation.quote,
        )
        lines.append(f"| {' | '.join(map(_in_markdown, parts))} |")
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _in_markdown(text: str) -> str:
    """A text in a cell of Markdown, its signs as they are."""
    flat = one_line(" ".join(text.split()))
    return "".join(f"\\{char}" if char in "\\|`*_[]<>#~&" else char for char in flat)


def _workbook(table: FigureTable) -> bytes:
    from tjqa.answers.figures.workbook import workbook

    rows = [[_plain(figure)[name] for name in COLUMNS] for figure in table.figures]
    return workbook(table.measure, list(COLUMNS.values()), rows, list(COLUMNS).index("value"))
