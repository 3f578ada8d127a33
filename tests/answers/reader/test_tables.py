"""Rows of a table as the reader reads them: every value after its head, every place one of the passage."""

from __future__ import annotations

import pytest

from tjqa.answers.reader.tables import told
from tjqa.documents import Passage, Span, TablePart
from tjqa.documents.tables import Column, ColumnKind, Known, Origin, Row, Value

_TEXT = "徐 州\t99.4\t\n昆 明\t100.4\t97.9"
_BEGIN = 40  # where the passage begins in its file


def _value(column: int, text: str, after: int = 0) -> Value:
    start = _BEGIN + _TEXT.index(text, after)
    return Value(column, Span(start, start + len(text)))


def _table(name: str = "表2", unit: str = "") -> TablePart:
    known = Known(unit, next(iter(Origin))) if unit else None
    heads = (("城市",), ("环比", "上月=100"), ("同比",))
    kinds = (ColumnKind.NAME, ColumnKind.VALUE, ColumnKind.VALUE)
    columns = tuple(Column(n, *both) for n, both in enumerate(zip(heads, kinds, strict=True)))
    empty = Value(2, Span(_BEGIN + _TEXT.index("\n"), _BEGIN + _TEXT.index("\n")))
    rows = (
        Row(5, (_value(0, "徐 州"), _value(1, "99.4"), empty)),
        Row(6, (_value(0, "昆 明"), _value(1, "100.4"), _value(2, "97.9")), above=("二线",)),
    )
    return TablePart(0, name, columns, rows, unit=known)


def _passage(table: TablePart | None, title: str = "销售价格") -> Passage:
    return Passage("a.xlsx", "0" * 64, Span(_BEGIN, _BEGIN + len(_TEXT)), _TEXT, "body", title, table=table)


def test_values_stand_after_their_heads() -> None:
    """The table's name and unit, then a line for each row, with what stands above it; an empty cell stays one."""
    assert told(_passage(_table(unit="元"))).text == (
        "表2(元) | 城市: 徐 州；环比 上月=100: 99.4；同比: \n二线；城市: 昆 明；环比 上月=100: 100.4；同比: 97.9"
    )
    assert told(_passage(_table(name=""))).text.startswith("销售价格 | ")


def test_a_text_is_read_as_it_is() -> None:
    """Without a table, and with one of which no row stands in the passage, places are what they are."""
    head = TablePart(0, "表2", (Column(0, ("城市",)),), ())
    for table in (None, head):
        found = told(_passage(table))
        assert (found.text, found.back(3, 7)) == (_TEXT, (3, 7))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("97.9", "97.9"),
        ("同比: 97.9", "97.9"),
        ("00.", "00."),
        ("环比 上月=100: 100.4", "100.4"),
        ("环比", "99.4"),
        ("昆 明；环比 上月=100: 100.4；", "昆 明\t100.4"),
        ("表2", "徐 州"),
    ],
)
def test_places_are_those_of_the_passage(said: str, answer: str) -> None:
    """A head belongs to the value behind it."""
    found = told(_passage(_table()))
    start = found.text.index(said)
    begin, end = found.back(start, start + len(said))
    assert _TEXT[begin:end] == answer


def test_every_place_leads_back() -> None:
    """Whatever is read as the answer is a slice of the passage, and never an empty one."""
    found = told(_passage(_table()))
    for start in range(len(found.text)):
        for end in range(start + 1, len(found.text) + 1):
            begin, stop = found.back(start, end)
            assert 0 <= begin < stop <= len(_TEXT)


def test_a_cell_above_the_passage_is_read_but_not_quoted() -> None:
    """A cell merged over rows before this passage has its text, and no place in it."""
    table = _table()
    row = Row(6, (Value(0, Span(3, 6), "云南省"), *table.rows[1].values[1:]))
    found = told(_passage(TablePart(0, "表2", table.columns, (row,))))
    assert found.text == "表2 | 城市: 云南省；环比 上月=100: 100.4；同比: 97.9"
    begin, end = found.back(found.text.index("云南"), len(found.text))
    assert _TEXT[begin:end] == "100.4\t97.9"
