"""A table of figures laid out for a screen: places by periods where a measure is told of several of both, else a list.

for sheet in sheets_of(table):
    sheet.title, sheet.heads
    for row in sheet.rows:
        for place in row:
            place.text, place.figures      # every figure that stands there, each with its citation
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tjqa.answers.figures.figure import Figure, FigureTable
from tjqa.answers.figures.words import doubts_of, kind_of, names_in, period_of, place_of, source_of, value_of
from tjqa.messages import Language, message
from tjqa.text.display import one_line
from tjqa.text.periods import Period

_DIFFERS = " ≠ "
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a place of a sheet: a text, and the figures that it tells, none of a head."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures of one name: its title, the heads of its columns, its rows; `figures_from` is the first column of
    figures, which are set to the right."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Place, ...], ...]
    figures_from: int


def sheets_of(table: FigureTable, language: Language = "zh") -> list[Sheet]:
    """The sheets of a table, in its order: of a name those of places by periods before the list of the others."""
    found: list[Sheet] = []
    for name, group in groupby(table.figures, key=lambda figure: figure.name):
        rest: list[Figure] = []
        for alike in _alike(list(group)):
            if _is_crossed(alike):
                found.append(_crossed(name, alike, language))
            else:
                rest += alike
        if rest:
            listed = sorted(rest, key=lambda figure: figure.citation.number)
            found.append(_listed(table, listed, language))
    return found


def _alike(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Those of one kind and unit: what may stand in one table of places by periods."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        key = (figure.kind, figure.against, figure.standing, figure.cumulative, figure.unit)
        groups.setdefault(key, []).append(figure)
    yield from groups.values()


def _is_crossed(figures: Sequence[Figure]) -> bool:
    """Whether several places and several periods are told, and more than one period of a place on the whole."""
    places = {figure.place for figure in figures}
    periods = {figure.period for figure in figures}
    full = 2 * len({(figure.place, figure.period) for figure in figures}) > len(places) * len(periods)
    return "" not in places | periods and len(places) > 1 and len(periods) > 1 and full


def _crossed(name: str, figures: Sequence[Figure], language: Language) -> Sheet:
    first = figures[0]
    unit = f"({one_line(first.unit)})" if first.unit else ""
    periods = sorted({figure.period for figure in figures}, key=Period.read)
    shown = {figure.period: period_of(figure, language) for figure in figures}
    rows = []
    for place in dict.fromkeys(figure.place for figure in figures):
        own = [figure for figure in figures if figure.place == place]
        cells = [_cell([figure for figure in own if figure.period == period]) for period in periods]
        rows.append((Place(one_line(place)), *cells))
    title = _BETWEEN.join([one_line(name), f"{kind_of(first, language)}{unit}"])
    heads = (message("figures_place").text(language), *(shown[period] for period in periods))
    return Sheet(title, heads, tuple(rows), 1)


def _cell(figures: Sequence[Figure]) -> Place:
    """All that is told of a place and a period: each different value once, those that contradict with ≠ between."""
    told = dict.fromkeys(one_line(("~" if figure.rough else "") + _number(figure)) for figure in figures)
    between = _DIFFERS if any(figure.differs for figure in figures) else " "
    mark = " ≠" if len(told) == 1 and any(figure.differs for figure in figures) else ""
    return Place(between.join(told) + mark, tuple(figures))


def _number(figure: Figure) -> str:
    """The number without its unit, which the title tells."""
    shown = value_of(figure).removeprefix("约 ")
    return shown.removesuffix(figure.unit).strip() if figure.unit else shown


def _listed(table: FigureTable, figures: Sequence[Figure], language: Language) -> Sheet:
    """One figure a row: where, when, which kind, the value, what speaks against it, its source."""
    named = (
        message("figures_place"),
        message("figures_when"),
        message("figures_kind"),
        message("figures_value"),
        message("figures_doubts"),
        message("figures_source"),
    )
    names = names_in(table)
    columns = [
        [Place(place_of(figure, table)) for figure in figures],
        [Place(period_of(figure, language) or "—") for figure in figures],
        [Place(kind_of(figure, language)) for figure in figures],
        [Place(one_line(value_of(figure, language)), (figure,)) for figure in figures],
        [Place(doubts_of(figure, language)) for figure in figures],
        [Place(f"[{figure.citation.number}] {source_of(figure, names, language)}") for figure in figures],
    ]
    used = [at for at, column in enumerate(columns) if any(place.text for place in column)]
    rows = tuple(zip(*(columns[at] for at in used), strict=True))
    heads = tuple(named[at].text(language) for at in used)
    return Sheet(one_line(figures[0].name), heads, rows, used.index(3))
