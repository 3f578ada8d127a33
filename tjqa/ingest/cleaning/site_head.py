"""What stands above the text of a page and no phrase gives away: menus whose entries name the site's own columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.boilerplate import Boilerplate, function_word
from tjqa.ingest.cleaning.function_words import purpose
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import first_date
from tjqa.text.headings import numbered_item

_SIGN = re.compile(r"[×✕╳✖|｜<>‹›«»+]{1,2}")  # a button that shows only a sign
_PAIR = re.compile(r"[	:：]")


def mark_menus(lines: Sequence[Line], found: list[Boilerplate | None], end: int, kept: Collection[int]) -> None:
    """Adds to `found`, in place, the menus above line `end` but for the lines in `kept`, and buttons of a sign."""
    for i, line in enumerate(lines):
        if _SIGN.fullmatch(line.core):
            found[i] = found[i] or Boilerplate(DropReason.BUTTON, "aside")
    for run in menu_runs(lines, found, end):
        for i in run:
            if i not in kept:
                found[i] = found[i] or Boilerplate(DropReason.NAVIGATION, "aside")


def stands_alone(line: Line, found_below: Sequence[Boilerplate | None], told: int) -> bool:
    """Whether a paragraph is a notice of the site: little of what the page tells (`told` characters), and a good deal
    of furniture stands between it and the next one. `found_below` says so of the lines down to there."""
    furnished = sum(known is not None for known in found_below) >= parameters.MENU_LINES
    far = len(found_below) > parameters.LONELY_LINES
    return far and furnished and len(line.text) <= parameters.LONELY_SHARE * told


def defined(lines: Sequence[Line], first: int) -> set[int]:
    """The lines that name what an article of an encyclopedia is about: one of its paragraphs, from line `first` on,
    begins with the name and goes on as a definition does (某某山,又名…; 某某,是…)."""
    told = [line.text for line in lines[first : first + parameters.DEFINING_LINES]]

    def defines(text: str, name: str) -> bool:
        return text.startswith(name) and text[len(name) : len(name) + 1] in tuple(",，(（是为、")

    return {i for i, line in enumerate(lines[:first]) if any(defines(text, line.core) for text in told)}


def menu_runs(lines: Sequence[Line], found: Sequence[Boilerplate | None], end: int) -> Iterator[range]:
    """Runs of very short lines above line `end`, from the first to the last one that names what a page does: between
    登录 and 搜索 stand the names of columns. A headline with its buttons below it ends a run."""
    start = 0
    while start < end:
        stop = start
        while stop < end and (found[stop] or _entry(lines[stop])):
            stop += 1
        known = [i for i in range(start, stop) if found[i] or function_word(lines[i].folded)]
        least = max(parameters.LEAST_RUN_FUNCTIONS, parameters.RUN_FUNCTIONS_SHARE * (stop - start))
        if stop - start >= parameters.LEAST_MENU_RUN and len(known) >= least:
            # What shares or rates an article stands below its headline, not in a menu.
            ends = [i for i in known if not _shares(lines[i], found[i])] or known
            yield range(known[0], _above_buttons(lines, ends) + 1)
        start = stop + 1


def _above_buttons(lines: Sequence[Line], known: Sequence[int]) -> int:
    """The last of the known lines, or that above the buttons that stand below a line which may be the headline."""
    for at in range(len(known) - 1, 0, -1):
        if known[at] - known[at - 1] > 1:
            headline = len(lines[known[at] - 1].core) >= parameters.SHORTEST_RUN_HEADLINE
            return known[at - 1] if headline else known[-1]
    return known[-1]


def _shares(line: Line, known: Boilerplate | None) -> bool:
    return DropReason.SHARING in (known.reason if known else None, purpose(line.folded))


def _entry(line: Line) -> bool:
    plain = not (line.stopped or numbered_item(line.text) or _PAIR.search(line.text))
    return len(line.core) <= parameters.LONGEST_RUN_ENTRY and plain and first_date(line.text) is None
