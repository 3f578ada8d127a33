"""What a passage knows of its table as a part of its line of JSON, as small as it can be: it is kept with every row."""

from __future__ import annotations

from typing import Any

from tjqa.documents.spans import Span
from tjqa.documents.tables import Column, ColumnKind, Known, Origin, Row, TablePart, Value
from tjqa.records import MOST, Unfit, text, texts, truth


def row_of_part(part: TablePart, start: int) -> dict[str, Any]:
    """For JSON; `start` is that of its passage, from which places are counted. What is empty is left out."""
    row = {
        "number": part.number,
        "name": part.name,
        "sheet": part.sheet,
        "workbook": part.workbook,
        "known": _told(part.unit, part.period, part.place),
        "wordings": part.wordings,
        "columns": [_column_of(column) for column in part.columns],
        "rows": [_row_of(row, start) for row in part.rows],
    }
    return {name: value for name, value in row.items() if value}


def _column_of(column: Column) -> list[Any]:
    kind = column.kind.value if column.kind is not ColumnKind.VALUE else ""
    return _trimmed([column.number, list(column.heads), kind, _told(column.unit, column.period, column.place)])


def _row_of(row: Row, start: int) -> list[Any]:
    inside = [n for v in row.values if not v.text for n in (v.column, v.span.start - start, len(v.span))]
    outside = [[v.column, v.span.start - start, v.text] for v in row.values if v.text]
    return _trimmed(
        [row.number, inside, list(row.above), row.total, _told(row.unit, row.period, row.place), outside],
    )


def _told(*known: Known | None) -> list[Any]:
    return [one and [one.value, one.origin.value] for one in known] if any(known) else []


def _trimmed(row: list[Any]) -> list[Any]:
    while not row[-1] and len(row) > 1:
        row.pop()
    return row


def part_of_row(row: Any, span: Span) -> TablePart:
    """What `row_of_part` wrote; `span` is that of the passage.

    Raises:
        Unfit: it is no such row.
    """
    try:
        columns = tuple(_column(*given) for given in row["columns"]) if "columns" in row else ()
        known = _known(row.get("known", []))
        part = TablePart(
            _count(row.get("number", 0)),
            _text(row.get("name", "")),
            columns,
            tuple(_row(span, len(columns), *given) for given in row.get("rows", ())),
            _text(row.get("sheet", "")),
            *known,
            wordings=_text(row.get("wordings", "")),
            workbook=_truth(row.get("workbook", False)),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unfit("table") from error
    return part


def _column(number: Any, heads: Any = (), kind: Any = "", told: Any = ()) -> Column:
    return Column(_count(number), _texts(heads), ColumnKind(kind or "value"), *_known(told))


def _row(
    span: Span,
    columns: int,
    number: Any,
    inside: Any = (),
    above: Any = (),
    total: Any = False,
    told: Any = (),
    outside: Any = (),
) -> Row:
    values = []
    for at in range(0, len(inside), 3):
        column, start, length = map(_count, inside[at : at + 3])
        values.append(Value(_index(column, columns), Span(span.start + start, span.start + start + length)))
        if not span.covers(values[-1].span):
            raise Unfit("table")
    for column, start, told_text in outside:
        if type(start) is not int or not abs(start) <= MOST:
            raise Unfit("table")
        begin = span.start + start
        values.append(Value(_index(column, columns), Span(begin, begin + len(_text(told_text))), told_text))
    values.sort(key=lambda value: value.column)
    return Row(_count(number), tuple(values), _texts(above), _truth(total), *_known(told))


def _known(told: Any) -> tuple[Known | None, Known | None, Known | None]:
    if not told:
        return None, None, None
    unit, period, place = (Known(_text(one[0]), Origin(one[1])) if one else None for one in told)
    return unit, period, place


def _index(value: Any, columns: int) -> int:
    if _count(value) >= columns:
        raise Unfit("table")
    return int(value)


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST:
        raise Unfit("table")
    return value


def _text(value: Any) -> str:
    if not text(value):
        raise Unfit("table")
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    found = list(value)
    if not texts(found):
        raise Unfit("table")
    return tuple(found)


def _truth(value: Any) -> bool:
    if not truth(value):
        raise Unfit("table")
    return bool(value)
