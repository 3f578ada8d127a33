"""Tables as rows of text: which line is the head, where a sheet begins and ends."""

from __future__ import annotations

import re

from tjqa.documents import Sheet, Span

_CELL_BREAK = re.compile(r"[,\t;，；|]")
_NUMBER = re.compile(r"\s*[\"']?[-+]?[\d.,%年月日/:-]+[\"']?\s*")


def csv_sheets(text: str, title: str) -> tuple[Sheet, ...]:
    """The whole of a CSV file as one sheet."""
    first = text.partition("\n")[0]
    head = len(first) + 1 if is_head(_CELL_BREAK.split(first)) and "\n" in text else 0
    return (Sheet(Span(0, len(text)), title, head),)


def is_head(cells: list[str]) -> bool:
    """True for names of columns: at least two, none of them a figure."""
    named = [cell for cell in cells if cell.strip()]
    return len(named) >= 2 and not any(_NUMBER.fullmatch(cell) for cell in named)
