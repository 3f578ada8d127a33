"""tjqa.documents.table_rows: what an index says of a table is looked at before it is used."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.formats import as_xlsx
from tests.support.tables import body, heads, packed
from tjqa.documents import Span
from tjqa.documents.table_rows import part_of_row, row_of_part
from tjqa.documents.tables import Known, Origin, completed, letters
from tjqa.records import Unfit

SPAN = Span(100, 120)
COLUMNS = [[0, ["街道"], "name"], [1, ["人口"], "", [["万人", "head"], None, None]]]


def row(*rows: Any, **more: Any) -> dict[str, Any]:
    """A table as an index has it."""
    return {"columns": COLUMNS, "rows": list(rows), **more}


def test_what_is_written_is_read() -> None:
    """Every part of every passage of a table with all that there can be, and nothing that is not."""
    raw = as_xlsx({"2023年": [["表1 各街道指标"], ["", "单位：万人"], *heads(), *body()]})
    parts = [(p.table, p.span) for p in packed(raw, "云溪县.xlsx")[1] if p.table is not None]
    assert parts
    for part, span in parts:
        assert part_of_row(row_of_part(part, span.start), span) == part
    part = part_of_row(row([7, [0, 0, 2, 1, 3, 4]], known=[None, ["2023", "file"], None]), SPAN)
    assert part.period == Known("2023", Origin.FILE)
    assert [value.span for value in part.rows[0].values] == [Span(100, 102), Span(103, 107)]


@pytest.mark.parametrize(
    "made",
    [
        None,
        [],
        "x",
        row([7, [2, 0, 2]]),  # no such column
        row([7, [0, 0, 21]]),  # beyond the passage
        row([7, [0, -1, 2]]),
        row([7, [0, 0]]),
        row([True, []]),
        row([7, [], [1]]),
        row([7, [], [], 1]),
        row([7, [], [], False, [["吨", "nowhere"], None, None]]),
        row([7, [], [], False, [["吨", "row"]]]),
        row([7, [], [], False, [], [[0, -200, "x"]]]),
        row([7, [], [], False, [], [[0, 2**60, "x"]]]),
        row([7, [], [], False, [], [], 1]),
        {"columns": [[0, ["x"], "other"]], "rows": []},
        {"columns": [[-1]], "rows": []},
        row(number="1"),
        row(name=1),
        row(workbook=1),
        {"rows": 1},
    ],
)
def test_what_does_not_fit_is_refused(made: Any) -> None:
    """Columns that are not there, places outside, values of another kind."""
    with pytest.raises(Unfit):
        part_of_row(made, SPAN)


def test_addresses_and_years() -> None:
    """Names of columns as workbooks have them; a period without a year is completed."""
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert completed("--03-11/--03-20", "2024") == "2024-03-11/2024-03-20"
    assert completed("--01/--12", "2024") == "2024"
    assert completed("--03", "") == "--03"
