"""What stands above the text of a page and no phrase gives away: menus whose entries name the site's own columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.boilerplate import Boilerplate, function_word
from tjqa.ingest.cleaning.function_words import purpose
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import first_date
from tjqa.text.headings import numbered_item

_PAIR = re.compile(r"[	:：]")


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
