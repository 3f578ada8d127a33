"""What the first page says of a library."""

from __future__ import annotations

from rich.cells import cell_len

from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.overview import Newest, Overview, newest_rows


def test_titles_stand_in_one_column() -> None:
    """Behind a date and behind 日期不详, which is as wide as eight letters; in English as well."""
    found = (
        Newest("2024-01-17", "甲报告", "a.txt"),
        Newest("", "乙通报", "b.txt"),
        Newest("2023-08", "丙公告", "c.txt"),
    )
    for language in ("zh", "en"):
        rows = newest_rows(Overview(3, 3, newest=found), Texts(language), 90)  # type: ignore[arg-type]
        lines = [row.content.plain for row in rows]
        starts = {cell_len(line[: line.index(one.title)]) for line, one in zip(lines, found, strict=True)}
        assert starts == {14}
