"""The sections of an article: which lines open one, which numbered ones are items of a list, how the headings nest.

Passages carry these headings as their path, and the outline of a document shows them: both are told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tjqa.documents import Article, Piece, Role, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.titles import nameless
from tjqa.ingest.lists import announces, lead_of, mark_levels
from tjqa.ingest.tables.placed import NO_ROWS, Rows
from tjqa.ingest.units import Unit, parted, units_of
from tjqa.text.headings import article_number, heading_text

_HEAD = ("title", "meta")


@dataclass(frozen=True, slots=True)
class Part:
    """Units that may share passages, which never cross from one part to another: a headline with its byline, or the
    text below a heading. `head` is what the first are, empty for the others; `path` are the headings in force."""

    units: list[Unit]
    head: Role | None = None
    path: str = ""


@dataclass(slots=True)
class _Sections:
    """The headings in force, outermost first; the first entry is what the whole article stands under."""

    stack: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, unit: Unit, level: int, text: str, lead: str = "") -> None:
        """Open the section of a unit, and end those that it is not below; `lead` is what announces it."""
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, joined([_not_said(lead, self.stack[-1][1] if self.stack else ""), text])))
        unit.name, unit.depth = text, len(self.stack) - 1

    def __str__(self) -> str:
        return joined([text for _, text in self.stack])


def joined(names: list[str]) -> str:
    """The path that passages carry: the names of the sections in force, outermost first, of which the innermost stay
    when all are too long."""
    told = [name for name in names if name][-parameters.DEEPEST_PATH :]
    while len(told) > 1 and len(" / ".join(told)) > parameters.LONGEST_SECTION:
        del told[0]
    return " / ".join(told)[: parameters.LONGEST_SECTION]


def parts(text: str, article: Article, rows: Rows = NO_ROWS) -> Iterator[Part]:
    """An article in parts, in file order; the units that open a section are named. `rows` are those of its tables."""
    sections = _Sections([(0, "" if nameless(article.section) else article.section)])
    runs = list(_runs(text, article.pieces))
    bodies = [
        [] if run[0].role in _HEAD else [unit for piece in run for unit in units_of(text, piece, rows)] for run in runs
    ]
    mark_levels(text, [unit for units in bodies for unit in units])
    for run, body in zip(runs, bodies, strict=True):
        if run[0].role in _HEAD:
            role: Role = "title" if any(piece.role == "title" for piece in run) else "meta"
            yield Part([Unit(span, False) for span in parted(text, Span(run[0].span.start, run[-1].span.end))], role)
            continue
        for units in _groups(text, body):
            for unit in units:
                if unit.level is not None:
                    sections.enter(unit, unit.level, _name_of(unit.span.of(text).strip()), lead_of(text, unit))
            yield Part(units, path=str(sections))


def _name_of(text: str) -> str:
    return article_number(text) or heading_text(text)


def _runs(text: str, pieces: tuple[Piece, ...]) -> Iterator[list[Piece]]:
    """Neighbouring pieces that may share a passage: headline with byline, headings with body."""
    run: list[Piece] = []
    for piece in pieces:
        if not piece.span.of(text).strip():
            continue
        if run and not _joined(run, piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _joined(run: list[Piece], piece: Piece) -> bool:
    if run[-1].span.end != piece.span.start or (run[-1].role in _HEAD) != (piece.role in _HEAD):
        return False
    return piece.role not in _HEAD or piece.span.end - run[0].span.start <= parameters.LONGEST_PASSAGE


def _groups(text: str, units: list[Unit]) -> Iterator[list[Unit]]:
    """The sentences of a run, parted before every section heading."""
    group: list[Unit] = []
    told = False  # the group holds more than what announces something
    for unit in units:
        # What only announces stays with what follows: alone it would be a passage of a few characters.
        if unit.level is not None and told:
            yield group
            group, told = [], False
        group.append(unit)
        told = told or not announces(text, unit)
    if group:
        yield group


def beside(path: str, lead: str) -> str:
    """A path with the lead of a list below it."""
    rest = _not_said(lead, path.rsplit(" / ", 1)[-1])
    return f"{path} / {rest}".removeprefix(" / ") if rest else path


def _not_said(lead: str, name: str) -> str:
    """A lead without the name of the section that it opens: 第七条 of 第七条 学生依法履行下列义务:."""
    name = "".join(name.split())
    return "" if name.endswith(lead) else lead.removeprefix(name)
