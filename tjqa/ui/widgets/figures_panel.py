"""The panel of figures: one measure over documents, places and years; every figure opens where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tjqa.ui.keys import local
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten

if TYPE_CHECKING:
    from tjqa.answers.figures.figure import Figure, FiguresAsked, FigureTable
    from tjqa.answers.figures.layout import Sheet

_GAP = "  "
_WIDEST = 44
"""Columns of the screen that a column of a sheet may take; of a longer text the beginning is shown."""

_LEAST_DRAWING = 30


@dataclass(slots=True)
class _Piece:
    """A text on a line: at which column of the screen, and the figures that it tells."""

    at: int
    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(slots=True)
class _Line:
    kind: str  # title, head, row, drawing, said
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((piece.at + cells(piece.text) for piece in self.pieces), default=0)


class FiguresPanel(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a table of figures; one of its cells is the chosen one, and Enter opens where that stands."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"figures--title", "figures--head", "figures--chosen", "figures--quiet"}
    BINDINGS: ClassVar[list[BindingType]] = [
        local("figures.up", "step(-1, 0)"),
        local("figures.down", "step(1, 0)"),
        local("figures.left", "step(0, -1)"),
        local("figures.right", "step(0, 1)"),
        local("page.up", "step(-10, 0)"),
        local("page.down", "step(10, 0)"),
        local("figures.first", "step(-1000000, 0)"),
        local("figures.last", "step(1000000, 0)"),
        local("figures.open", "open"),
        Binding("ctrl+m", "open", show=False),
    ]

    @dataclass
    class Opened(Message):
        """A figure is wanted where it stands."""

        figure: Figure

    def __init__(self, texts: Texts, id: str | None = None) -> None:
        super().__init__(id=id)
        self.texts = texts
        self.measure = ""
        self.table: FigureTable | None = None
        self._asked: FiguresAsked | FigureTable | None = None
        self._said = ""
        self._lines: list[_Line] = []
        self._chosen: tuple[int, int] | None = None  # line, piece
        self._turn = 0  # which of several figures in one place is opened next

    # --- what is shown

    def wait(self, measure: str, asked: FiguresAsked | None = None) -> None:
        """A table is being collected, of what was `asked`."""
        self.measure, self.table, self._said = measure, None, self.texts("figures_collecting")
        self._asked = asked
        self._lay_out()

    def put_away(self) -> None:
        """Show nothing any more."""
        self.measure, self.table, self._said, self._asked = "", None, "", None
        self._lay_out()

    def got_on(self, looked: int, of: int) -> None:
        """Say how far the collecting is."""
        if self.table is None:
            self._said = self.texts("figures_progress", looked=f"{looked:,}", of=f"{of:,}")
            self._lay_out()

    def say(self, text: str) -> None:
        """Say something in place of a table: that it was cancelled, why it could not be collected."""
        self.table, self._said = None, text
        self._lay_out()

    def open(self, table: FigureTable, again: bool = False) -> None:
        """Show a table at its first figure; one that is shown `again` stays where it is."""
        self.measure, self.table, self._said = table.measure, table, ""
        self._asked = table
        if again:
            self._lay_out()
            return
        self._chosen = None
        self._lay_out()
        self.scroll_to(0, 0, animate=False)

    @property
    def chosen(self) -> Figure | None:
        """The figure that Enter opens."""
        if self._chosen is None:
            return None
        line, piece = self._chosen
        figures = self._lines[line].pieces[piece].figures
        return figures[self._turn % len(figures)]

    def speak(self) -> None:
        """Say it in the language at hand."""
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """The drawing takes the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(self.scrollable_content_region.width or self.size.width, _LEAST_DRAWING)
        self._lines = list(_lines_of(self.table, self.texts, width)) if self.table is not None else []
        if self._said:
            self._lines.append(_Line("said", [_Piece(0, one_line(self._said))]))
        stops = self._stops()
        if self._chosen not in stops:
            self._chosen = stops[0] if stops else None
        self.virtual_size = Size(max((line.width for line in self._lines), default=0), len(self._lines))
        self._tell()
        self.refresh()

    def _tell(self) -> None:
        room = max(self.size.width - 8, 20)
        self.border_title = Content(
            shorten(self.texts("figures_title", name=_heading(self.measure, self._asked, self.texts)), room)
        )
        figure = self.chosen
        told = ""
        if figure is not None and self.table is not None:
            from tjqa.answers.figures.words import names_in, source_of

            count = len(self.table.figures)
            told = f"{figure.citation.number}/{count}  {source_of(figure, names_in(self.table), self.texts.language)}"
        self.border_subtitle = Content(shorten(told, room))

    # --- the chosen figure

    def _stops(self) -> list[tuple[int, int]]:
        found = enumerate(self._lines)
        return [(at, n) for at, line in found for n, piece in enumerate(line.pieces) if piece.figures]

    def action_step(self, down: int, right: int) -> None:
        """Go to the next figure in a direction; where there is none, scroll."""
        stops = self._stops()
        if self._chosen is None or not stops:
            self.scroll_relative(y=down, x=right * 8, animate=False)
            return
        line, piece = self._chosen
        if right:
            beside = [stop for stop in stops if stop[0] == line]
            at = beside.index(self._chosen) + right
            if 0 <= at < len(beside):
                self._chosen = beside[at]
            else:
                self.scroll_relative(x=right * 8, animate=False)
                return
        else:
            here = self._lines[line].pieces[piece].at
            lines = sorted({stop[0] for stop in stops})
            target = lines[min(max(lines.index(line) + down, 0), len(lines) - 1)]
            of_it = [stop for stop in stops if stop[0] == target]
            self._chosen = min(of_it, key=lambda stop: abs(self._lines[target].pieces[stop[1]].at - here))
            if target == line:
                self.scroll_relative(y=max(min(down, 10), -10), animate=False)
        self._turn = 0
        self._reveal()

    def _reveal(self) -> None:
        if self._chosen is not None:
            line, piece = self._chosen
            chosen = self._lines[line].pieces[piece]
            top = line if line > self.scroll_offset.y else max(line - 2, 0)  # its head above it, coming from below
            self.scroll_to_region(Region(chosen.at, top, cells(chosen.text), 1 + line - top), animate=False, force=True)
        self._tell()
        self.refresh()

    def action_open(self) -> None:
        """Ask for the chosen figure where it stands; of several in one place the next one each time."""
        figure = self.chosen
        if figure is not None:
            self.post_message(self.Opened(figure))
            self._turn += 1
            self._tell()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a figure; one on the chosen figure opens it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        x, y = at.x + self.scroll_offset.x, at.y + self.scroll_offset.y
        for stop in self._stops():
            piece = self._lines[stop[0]].pieces[stop[1]]
            if stop[0] == y and piece.at <= x < piece.at + cells(piece.text):
                if stop == self._chosen:
                    self.action_open()
                else:
                    self._chosen, self._turn = stop, 0
                    self._reveal()

    # --- painting

    def render_line(self, y: int) -> Strip:
        """One line of a sheet, of the drawing, or of what is said."""
        width = self.scrollable_content_region.width
        at = self.scroll_offset.y + y
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[at]
        named = {"title": "title", "head": "head", "said": "quiet"}.get(line.kind)
        style = self.get_component_rich_style(f"figures--{named}", partial=True) if named else None
        lit = self.get_component_rich_style("figures--chosen", partial=True)
        segments: list[Segment] = []
        done = 0
        for number, piece in enumerate(line.pieces):
            segments.append(Segment(" " * (piece.at - done), style))
            segments.append(Segment(piece.text, lit if (at, number) == self._chosen else style))
            done = piece.at + cells(piece.text)
        left = self.scroll_offset.x
        strip = Strip(segments).adjust_cell_length(max(done, left + width), style)
        return strip.crop(left, left + width).apply_style(self.rich_style)


def _heading(measure: str, asked: FiguresAsked | FigureTable | None, texts: Texts) -> str:
    """The measure, and what alone of it was asked for."""
    from tjqa.answers.figures.words import narrowed

    by = narrowed(asked, texts.language) if asked is not None else ""
    return one_line(f"{measure}  {by}".rstrip())


def _sheet_lines(sheet: Sheet) -> Iterator[_Line]:
    """A sheet's title, heads and rows, its columns aligned, wide characters counted as two."""
    from tjqa.answers.figures.layout import Place

    yield _Line("title", [_Piece(0, sheet.title)])
    rows = [tuple(Place(head) for head in sheet.heads), *sheet.rows]
    widths = [max(cells(row[at].text) for row in rows) for at in range(len(sheet.heads))]
    widths[:-1] = [min(width, _WIDEST) for width in widths[:-1]]  # nothing stands behind the last one
    numbers = range(sheet.figures_from, len(sheet.heads)) if _is_crossed(sheet) else [sheet.figures_from]
    for number, row in enumerate(rows):
        pieces, start = [], 0
        for at, place in enumerate(row):
            text = shorten(place.text, widths[at])
            ahead = widths[at] - cells(text) if at in numbers else 0
            if text:
                pieces.append(_Piece(start + ahead, text, place.figures))
            start += widths[at] + len(_GAP)
        yield _Line("row" if number else "head", pieces)


def _is_crossed(sheet: Sheet) -> bool:
    return all(place.figures or not place.text for row in sheet.rows for place in row[sheet.figures_from :])


def _lines_of(table: FigureTable, texts: Texts, width: int) -> Iterator[_Line]:
    """A table with its drawing and what is to be said of it."""
    from tjqa.answers.figures.drawing import drawing_of
    from tjqa.answers.figures.layout import sheets_of
    from tjqa.answers.figures.words import remarks

    for sheet in sheets_of(table, texts.language):
        yield from _sheet_lines(sheet)
        yield _Line("row")
    bars = drawing_of(table, width, texts.language)
    yield from (_Line("title" if not at else "drawing", [_Piece(0, bar)]) for at, bar in enumerate(bars))
    for said in remarks(table, texts.language):
        yield _Line("said", [_Piece(0, one_line(texts.of(said)))])
