"""tjqa figures: one measure over documents, places and years, as a table with a drawing, or as data."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tjqa.answers.figures.drawing import drawing_of
from tjqa.answers.figures.figure import FigureTable
from tjqa.answers.figures.files import FORMATS, written
from tjqa.answers.figures.words import (
    doubts_of,
    kind_of,
    names_in,
    period_of,
    place_of,
    remarks,
    source_of,
    value_of,
)
from tjqa.cli.output import say
from tjqa.cli.output_file import output_file, write_output
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.errors import UsageError
from tjqa.text.display import one_line, padded, shortened, width

_LEAST_COLUMNS, _WIDEST_PLACE = 40, 16


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
        write_output(written(table, form), path)
    for said in remarks(table):
        say(said.text())
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


def shown(table: FigureTable, columns: int) -> list[str]:
    """The table for a terminal: under each name a line a figure, with its source; then the drawing."""
    lines: list[str] = []
    names = names_in(table)
    numbers = len(str(len(table.figures)))
    for name, group in groupby(table.figures, key=lambda figure: figure.name):
        of_name = list(group)
        lines += [*([""] if lines else []), one_line(name)]
        cells = [
            (
                shortened(place_of(figure, table), _WIDEST_PLACE),
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
            source = source_of(figure, names)
            lines.append(f"{figure.citation.number:>{numbers}}  {line}{'  ' * bool(doubts)}{doubts}  [{source}]")
    return [*lines, *_drawing(table, max(columns, _LEAST_COLUMNS))]


def _drawing(table: FigureTable, columns: int) -> list[str]:
    lines = drawing_of(table, columns)
    return ["", *lines] if lines else []
