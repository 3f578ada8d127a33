"""Bars for a terminal: a figure over periods or places, wide characters counted as two cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tjqa.text.display import padded, shortened, width

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"


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
