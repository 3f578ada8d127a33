"""Articles → passages: whole sentences of about 250 characters, exact slices of the file, in file order.

A passage never crosses a dropped span nor a section heading, and every kept character that is not blank is in
exactly one. The heading a passage stands under is carried along as `section`; a row of a table is a passage of its own
and carries what is known of its cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tjqa.documents import Article, CleanedFile, Passage, Role, SourceFile, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.titles import bare, name_title
from tjqa.ingest.lists import lead_of
from tjqa.ingest.row_packing import pack_rows
from tjqa.ingest.sections import Part, beside, parts
from tjqa.ingest.tables.placed import rows_of
from tjqa.ingest.units import List, Unit
from tjqa.text.sentences import trim

PACKER_VERSION = 13


def pack(source: SourceFile, cleaned: CleanedFile) -> list[Passage]:
    """All passages of a file in file order."""
    return list(passages(source, cleaned))


def passages(source: SourceFile, cleaned: CleanedFile) -> Iterator[Passage]:
    """The same one after the other: of a table of a million cells no two are held at once."""
    rows = rows_of(source, cleaned.articles)
    found = [
        (units, article, part)
        for article in cleaned.articles
        for part in parts(source.text, article, rows)
        for units in packed(source.text, part, rows.alone)
    ]
    found.sort(key=lambda one: one[0][0].span)
    for units, article, part in found:
        yield _passage(source, article, part, units)


def packed(text: str, part: Part, alone: bool = True) -> list[list[Unit]]:
    """The units of each passage that a part gives; with `alone` each row of a table is one."""
    if part.head:
        return [[unit] for unit in part.units]
    found: list[list[Unit]] = []
    for is_row, run in groupby(part.units, key=lambda unit: unit.row is not None):
        units = list(run)
        found += pack_rows(text, units, alone) if is_row else _fill(text, units)
    return found


def _path(text: str, part: Part, first: Unit) -> str:
    """The headings over a passage, and the sentence that announces its items when that stands before it."""
    return beside(part.path, lead_of(text, first) if first.level is None else "")


def _passage(source: SourceFile, article: Article, part: Part, units: list[Unit]) -> Passage:
    span = trim(source.text, Span(units[0].span.start, units[-1].span.end))
    role: Role = part.head or ("heading" if all(unit.heading for unit in units) else "body")
    rows = [unit.row for unit in units if unit.row is not None and unit.row.holds_values]
    plans = [row.plan for row in rows if row.plan is not None]
    return Passage(
        path=source.path,
        sha256=source.sha256,
        span=span,
        text=span.of(source.text),
        role=role,
        title=article.title,
        section=_path(source.text, part, units[0]),
        name=_name_beside(source.path, article.title),
        table=rows[0].table.part(plans, span) if rows else None,
        page_date=article.page_date,
        text_date=article.text_date,
        publisher=article.publisher,
        reporter=article.reporter,
    )


def _name_beside(path: str, title: str) -> str:
    """What the file's name says that its title does not say in the same words."""
    name = name_title(path)
    return "" if bare(name) in bare(title) else name


def _fill(text: str, units: list[Unit]) -> list[list[Unit]]:
    """Pack the units of one section greedily up to TARGET_PASSAGE, breaking at paragraph ends where possible."""
    packed: list[list[Unit]] = []
    current: list[Unit] = []
    for unit in units:
        whole = _keeps_list(current, unit)
        if current and not whole and _full(text, current, unit):
            packed.append(current)
            current = []
        current.append(unit)
        if (
            unit.paragraph_end
            and not _goes_on(current, unit)
            and _size(text, current[0], unit) >= parameters.FULL_PARAGRAPH
        ):
            packed.append(current)
            current = []
    if current:
        packed.append(current)
    return _join_short(text, packed)


def _keeps_list(current: list[Unit], unit: Unit) -> bool:
    """Whether an item stands with the sentence that announces it, and the whole list fits there."""
    if unit.list is None or unit.list.lead is None or not current or not unit.is_item:
        return False
    return current[0].span.start <= unit.list.lead.start and _fits(current, unit.list)


def _goes_on(current: list[Unit], unit: Unit) -> bool:
    """Whether the list that a unit belongs to goes on and fits."""
    return unit.list is not None and unit.span.end < unit.list.end and _fits(current, unit.list)


def _fits(current: list[Unit], whole: List) -> bool:
    return whole.end - current[0].span.start <= parameters.LONGEST_PASSAGE


def _size(text: str, first: Unit, last: Unit) -> int:
    """Characters from one unit to another; CR LF counts like LF, so that a file is cut alike with either."""
    start, end = first.span.start, last.span.end
    return end - start - text.count("\r\n", start, end)


def _full(text: str, current: list[Unit], unit: Unit) -> bool:
    """Whether `current` is nearer to TARGET_PASSAGE without `unit` than with it. A heading is never left alone."""
    too_long = unit.span.end - current[0].span.start > parameters.LONGEST_PASSAGE
    if too_long or all(member.heading for member in current):
        return too_long
    with_unit, without = _size(text, current[0], unit), _size(text, current[0], current[-1])
    return with_unit - parameters.TARGET_PASSAGE > parameters.TARGET_PASSAGE - without


def _join_short(text: str, packed: list[list[Unit]]) -> list[list[Unit]]:
    if len(packed) < 2:
        return packed
    before, last = packed[-2], packed[-1]
    short = _size(text, last[0], last[-1]) < parameters.SHORT_REST
    if short and last[-1].span.end - before[0].span.start <= parameters.LONGEST_PASSAGE:
        return [*packed[:-2], before + last]
    return packed
