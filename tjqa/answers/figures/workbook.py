"""A table of rows as a workbook: text stays text, whatever it begins with, and values are numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from decimal import Decimal

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE, _LONGEST_CELL = 31, 32_767  # what Excel takes


def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], value: int) -> bytes:
    """The bytes of a workbook with one sheet.

    Args:
        title: of the sheet.
        heads: of the columns.
        rows: their cells.
        value: the column that holds numbers, written out.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = _NOT_IN_TITLES.sub("", _FORBIDDEN.sub("", title))[:_LONGEST_TITLE].strip() or "tjqa"
    sheet.append(list(heads))
    for number, row in enumerate(rows, 2):
        for at, given in enumerate(row, 1):
            if given is None or given == "":
                continue
            place = sheet.cell(number, at)
            if at - 1 == value:
                place.value = Decimal(str(given))
            elif isinstance(given, bool | int):
                place.value = given
            else:
                place.value = _FORBIDDEN.sub("�", str(given))[:_LONGEST_CELL]
                place.data_type = "s"  # else a text that begins with = would be computed
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
