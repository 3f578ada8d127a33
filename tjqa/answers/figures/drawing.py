"""Bars for a terminal: a figure over periods or places, wide characters counted as two cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tjqa.answers.figures.figure import FigureTable
from tjqa.answers.figures.series import drawn
from tjqa.answers.figures.words import kind_of, period_of
from tjqa.messages import Language, message
from tjqa.text.display import one_line, padded, shortened, width

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"


def drawing_of(table: FigureTable, columns: int, language: Language = "zh") -> list[str]:
    """The series of a table that is worth a drawing as bars under a title; none where there is no such series."""
    series = drawn(table)
    if series is None:
        return []
    labels = [
        period_of(figure, language) if series.over_time else one_line(figure.place) for figure, _ in series.values
    ]
    rows = [(label, value, f"{value:,f}") for label, (_, value) in zip(labels, series.values, strict=True)]
    first = series.values[0][0]
    where = first.place if series.over_time else period_of(first, language)
    title = " ".join(filter(None, [one_line(first.name), one_line(where), kind_of(first, language)]))
    converted = message("figures_converted").text(language)
    unit = (f",{converted}" if language == "zh" else f", {converted}") if series.is_converted else ""
    unit = f"({one_line(series.unit)}{unit})" if series.unit else ""
    between = " " * bool(unit and language == "en")
    return [f"{title}{between}{unit}", *bars(rows, columns)]


def bars(rows: Sequence[tuple[str, Decimal, str]], columns: int) -> list[str]:
    """A line for each row of a label, its value and how that is written: label, bar, value; bars begin at zero, one of
    a negative value is drawn with ░.

    Args:
        rows: the rows.
        columns: cells of a line.
    """
    if not rows:
        return []
    widest = min(max(width(label) for label, _, _ in rows), columns // 3)
    shown = max(width(text) for _, _, text in rows)
    room = max(4, columns - widest - shown - 3)
    most = max(abs(value) for _, value, _ in rows)
    return [
        f"{padded(shortened(label, widest), widest)} {_bar(value, most, room)} {text}".rstrip()
        for label, value, text in rows
    ]


def _bar(value: Decimal, most: Decimal, room: int) -> str:
    eighths = int((abs(value) / most * room * 8).to_integral_value()) if most else 0
    whole, rest = divmod(eighths, 8)
    if value < 0:
        return "░" * max(1, whole)
    return _FULL * whole + (_EIGHTHS[rest] if rest else "")
