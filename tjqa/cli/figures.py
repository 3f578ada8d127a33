"""tjqa figures: one measure over documents, places and years, as a table with a drawing, or as data."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tjqa.answers.figures.figure import Figure, FigureTable
from tjqa.answers.figures.series import drawn
from tjqa.citations.export_format import cell
from tjqa.cli.drawing import bars
from tjqa.cli.figure_words import COLUMNS, doubts_of, kind_of, period_of, row_of, value_of
from tjqa.cli.output import say
from tjqa.cli.output_file import output_file
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.errors import UsageError, reason
from tjqa.records import json_line
from tjqa.text.display import one_line, padded, shortened, width

FORMATS = ("csv", "xlsx", "md", "json")
_LEAST_COLUMNS, _WIDEST_PLACE, _WIDEST_SOURCE = 40, 16, 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of the command: see `Engine.figures`; `output` is a format, a file that ends like one, or None."""

    measure: str
    places: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    output: str | None = None


def figures(settings: Settings, wanted: Wanted) -> int:
    """Collect the figures of a measure and print or write them."""
    form, path = _destination(settings, wanted.output)
    engine = open_engine(settings)
    table = engine.figures(wanted.measure, wanted.places, wanted.since, wanted.until)
    if form is None:
        for line in shown(table, shutil.get_terminal_size().columns):
            print(line)
    else:
        _write(written(table, form), path)
    for line in remarks(table):
        say(line)
    return 0


def _destination(settings: Settings, output: str | None) -> tuple[str | None, Path | None]:
    """The format of the output and the file it goes to; None for standard output.

    Raises:
        UsageError: no such format, or a workbook would be printed on a terminal; see `output_file`.
    """
    if output is None:
        return None, None
    if output in FORMATS:
        if output == "xlsx" and sys.stdout.isatty():
            raise UsageError("xlsx_on_terminal", "xlsx_on_terminal_hint")
        return output, None
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError("figures_format", "figures_format_hint", name=output)
    return suffix, output_file(settings, output)


def _write(data: bytes, path: Path | None) -> None:
    if path is None:
        sys.stdout.flush()
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.buffer.write(data)
        else:  # captured by the program that called us
            sys.stdout.write(data.decode("utf-8", "replace"))
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError("output_unwritable", "output_unwritable_hint", path=str(path), why=reason(error)) from error


def remarks(table: FigureTable) -> list[str]:
    """What is to be said beside a table."""
    told = []
    if not table.figures:
        told.append(f"没有找到“{table.measure}”的数。")
    if table.passages < table.of:
        told.append(f"资料很多,只看了最相关的 {table.passages} 段(共 {table.of} 段)。")
    if table.gone:
        told.append(f"{table.gone} 个数所在的文件已改动,没有列出,请运行 tjqa index 更新。")
    if any(not figure.period for figure in table.figures):
        told.append("时间空着的,原文没有写明是什么时候,不与别的比较。")
    return told


def shown(table: FigureTable, columns: int) -> list[str]:
    """The table for a terminal: under each name a line a figure, with its source; then the drawing."""
    lines: list[str] = []
    numbers = len(str(len(table.figures)))
    for name, group in groupby(table.figures, key=lambda figure: figure.name):
        of_name = list(group)
        lines += [*([""] if lines else []), one_line(name)]
        cells = [
            (
                shortened(one_line(figure.place), _WIDEST_PLACE),
                period_of(figure) or "—",
                kind_of(figure),
                one_line(value_of(figure)),
            )
            for figure in of_name
        ]
        widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
        for figure, row in zip(of_name, cells, strict=True):
            padding = zip(row, widths, (False, False, False, True), strict=True)
            line = "  ".join(padded(text, cells_wide, right=right) for text, cells_wide, right in padding if cells_wide)
            doubts = doubts_of(figure)
            lines.append(
                f"{figure.citation.number:>{numbers}}  {line}{'  ' * bool(doubts)}{doubts}  {source_of(figure)}"
            )
    return [*lines, *_drawing(table, max(columns, _LEAST_COLUMNS))]


def source_of(figure: Figure) -> str:
    """File, and sheet and cell or page or line."""
    citation = figure.citation
    place = citation.place or f"第 {citation.line} 行"
    return f"[{shortened(one_line(citation.path), _WIDEST_SOURCE)} {one_line(place)}]"


def _drawing(table: FigureTable, columns: int) -> list[str]:
    series = drawn(table)
    if series is None:
        return []
    labels = [period_of(figure) if series.over_time else one_line(figure.place) for figure, _ in series.values]
    rows = [(label, value, f"{value:,f}") for label, (_, value) in zip(labels, series.values, strict=True)]
    first = series.values[0][0]
    where = first.place if series.over_time else period_of(first)
    title = " ".join(filter(None, [one_line(first.name), one_line(where), kind_of(first)]))
    unit = f"({one_line(series.unit)}{',已换算' * series.is_converted})" if series.unit else ""
    return ["", f"{title}{unit}", *bars(rows, columns)]


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
    return row_of(figure) | {"differs": "、".join(map(str, figure.differs)), "check": _check_of(figure)}


def _check_of(figure: Figure) -> str:
    return doubts_of(figure).rpartition(";")[2] if figure.check is not None else ""


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
    from tjqa.cli.figures_xlsx import workbook

    rows = [[_plain(figure)[name] for name in COLUMNS] for figure in table.figures]
    return workbook(table.measure, list(COLUMNS.values()), rows, list(COLUMNS).index("value"))
