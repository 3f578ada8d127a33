"""One table in many forms, and what a reader must know of each of its cells."""

# ruff: noqa: E501  markup is long

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pathlib import PurePosixPath

from tjqa.documents import Passage, SourceFile
from tjqa.documents.tables import Cell, ColumnKind
from tjqa.ingest import sources
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.readers import READERS, extract

STREETS = [f"{first}{second}街道" for first in "东南西北" for second in "河湖山林桥"]
MEASURES = (("常住人口", "万人"), ("地区生产总值", "亿元"), ("增速", "%"))
YEARS = ("2022", "2023")


def figure(street: int, year: int, measure: int) -> str:
    """A different one for each cell."""
    return f"{street + 1}{year}{measure}.{(street * 7 + year * 3 + measure) % 10}"


def source_of(raw: bytes, name: str) -> SourceFile:
    """A document as it is read, without a process of its own."""
    suffix = PurePosixPath(name).suffix
    if suffix in READERS:
        found = import_module(f"tjqa.ingest.readers.{READERS[suffix][0]}").read(raw, name)
    else:
        found = extract(raw, name)
    return sources.source_of(raw, name, found)


def packed(raw: bytes, name: str) -> tuple[SourceFile, list[Passage]]:
    """A document and its passages."""
    source = source_of(raw, name)
    return source, pack(source, clean(source))


def cells_of(raw: bytes, name: str) -> list[Cell]:
    """Every cell of every table of a document; each is the slice of the text that it says it is."""
    source, passages = packed(raw, name)
    found = []
    for passage in passages:
        assert passage.span.of(source.text) == passage.text
        if passage.table is not None:
            found += passage.table.cells(passage.text, passage.span.start)
    assert all(cell.span.of(source.text) == cell.text for cell in found)
    return found


@dataclass(frozen=True)
class Wanted:
    """What must be known of the cells of the table of streets: units where they are told, periods and names always."""

    unit: bool = True
    year: bool = True


def assert_known(cells: Sequence[Cell], wanted: Wanted = Wanted()) -> None:
    """Each of the 120 figures once, with its street, measure, unit and year, and no cell that says anything else."""
    values = [cell for cell in cells if cell.kind is ColumnKind.VALUE]
    assert len(values) == len(STREETS) * len(YEARS) * len(MEASURES)
    for street, name in enumerate(STREETS):
        for year, told in enumerate(YEARS):
            for measure, (title, unit) in enumerate(MEASURES):
                (cell,) = [one for one in values if one.text == figure(street, year, measure)]
                assert cell.row_heads[-1] == name
                assert any(title in head for head in cell.column_heads)
                if wanted.year:
                    assert cell.period is not None
                    assert cell.period.value == told
                if wanted.unit:
                    assert cell.unit is not None
                    assert cell.unit.value == unit


def heads() -> list[list[str]]:
    """Two rows: years, and the measures below each."""
    years = ["街道", *(f"{year}年" if not at else "" for year in YEARS for at in range(len(MEASURES)))]
    return [years, ["", *(f"{title}（{unit}）" for _ in YEARS for title, unit in MEASURES)]]


def long_heads() -> list[str]:
    """The same in one row, each a good deal longer than a name."""
    return ["街道", *(f"{year}年全年各街道统计上报的{title}({unit})" for year in YEARS for title, unit in MEASURES)]


def body() -> list[list[str]]:
    """The rows below them."""
    return [
        [name, *(figure(street, year, measure) for year in range(len(YEARS)) for measure in range(len(MEASURES)))]
        for street, name in enumerate(STREETS)
    ]


def as_page(rows: str, around: str = "") -> bytes:
    """A page with a table."""
    text = "<p>全区各街道的主要指标如下,数据由各街道上报,统计口径与上年相同。</p>"
    page = f"<html><head><title>统计公报</title></head><body><h1>统计公报</h1>{text}{around}<table>{rows}</table></body></html>"
    return page.encode()


def html_row(cells: Sequence[str], tag: str = "td") -> str:
    """A row of a page's table."""
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"
