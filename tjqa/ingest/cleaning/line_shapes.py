"""What single lines and runs of lines look like: headlines, headings, links with a date, what announces a list."""

from __future__ import annotations

import re
from collections.abc import Callable

from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import date_only
from tjqa.text.headings import numbered_item, numbering

_DATED = re.compile(
    r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?$"
    r"|[\[(（]\d{1,2}[-./月]\d{1,2}日?[\])）]$|^[\[(（]?\d{4}[-./年]\d{1,2}[-./月]\d{1,2}"
)
_LIST_INTRO = re.compile(r"[:：]$|名单|附件|目录|如下|以下|清单|一览|表\s*\d")


def _linked(line: Line) -> bool:
    return headline(line) and not line.prose


def dated(line: Line) -> bool:
    """True for a short line with a date at either end and more than the date."""
    short = len(line.text) <= parameters.LONGEST_DATED_LINK and not line.prose
    return short and _DATED.search(line.core) is not None and not date_only(line.core)


def dated_pairs(lines: list[Line]) -> set[int]:
    """Headline, date, headline, date, … with no text between them."""
    found, start = set[int](), 0
    while start + 1 < len(lines):
        end = start
        while end + 1 < len(lines) and _linked(lines[end]) and date_only(lines[end + 1].core):
            end += 2
        if end - start >= 2 * parameters.DATED_LINKS:
            found.update(range(start, end))
        start = max(end, start + 1)
    return found


def runs_of(lines: list[Line], fits: Callable[[Line], bool]) -> list[list[int]]:
    """Neighbouring lines that fit, as far as the text does not announce them as a list of its own."""
    runs: list[list[int]] = [[]]
    for i, line in enumerate(lines):
        if fits(line):
            runs[-1].append(i)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run and not (run[0] and announces(lines[run[0] - 1]))]


def announces(line: Line) -> bool:
    """True for a line that announces a list: it ends with a colon or speaks of 附件, 名单, 如下."""
    return _LIST_INTRO.search(line.text) is not None


def headline(line: Line, least: int | None = None) -> bool:
    """True for a line that may be the headline of an article; headlines do ask and exclaim. `least` is how
    many characters it must have, `SHORTEST_HEADLINE` when it is not said."""
    least = parameters.SHORTEST_HEADLINE if least is None else least
    asks = len(line.core) <= parameters.LONGEST_ASKING_HEADLINE and line.core.endswith(("？", "！", "?", "!", "……"))
    plain = (not line.stopped or asks) and not line.truncated and "\t" not in line.text and line.text.count("|") < 3
    plain = plain and not line.core.endswith((",", "，", "、", ":", "："))  # half a sentence, or a salutation
    fits = least <= len(line.core) <= parameters.LONGEST_HEADLINE
    return fits and plain and any(char.isalpha() for char in line.core)


def headline_like(line: Line) -> bool:
    """True for a line that looks like a linked headline rather than an entry of a list in the text."""
    plain = not numbered_item(line.core) and re.match(r"[^:：]{1,8}[:：]\s*\S", line.core) is None
    fits = parameters.SHORTEST_LINKED_HEADLINE <= len(line.core) <= parameters.LONGEST_LINKED_HEADLINE
    return headline(line) and fits and plain and "|" not in line.text


def heading_like(line: Line) -> bool:
    """True for a short line without a stop that may head a section."""
    if line.bulleted or len(line.text) > parameters.LONGEST_NUMBERED_HEADING or line.stopped:
        return False
    if line.text.endswith((",", "，", ":", "：", "、")):
        return False
    return numbering(line.text) is not None or len(line.text) <= parameters.LONGEST_HEADING
