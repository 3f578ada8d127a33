"""What the lines of a list of links look like where nothing says that they are links."""

from __future__ import annotations

import re

from tjqa.ingest import parameters
from tjqa.ingest.cleaning.lines import Line

_AGO = re.compile(r"\d{1,2}\s*(?:秒|分钟|小时|天|周|个月|年)前$")
_LED = re.compile(r"[^\s。；;][^。；;]{6,60}?(?:[ \u00a0]{2,}|\u3000)[^\s]")  # a headline, blanks, what it leads to
_STATED = re.compile("[。；;]")


def asks(line: Line) -> bool:
    """True for a line that asks or exclaims and states nothing, as the headlines of links do."""
    short = len(line.core) <= parameters.LONGEST_HEADLINE
    return short and line.core.endswith(("？", "！", "?", "!")) and not _STATED.search(line.core)


def cut_short(line: Line) -> bool:
    """True for a line that ends within a sentence, as headlines do that were cut to a length."""
    return line.core.endswith((",", "，", "、")) and not _STATED.search(line.core)


def leads(line: Line) -> bool:
    """True for a headline and what it leads to on one line, with blanks between."""
    return _LED.match(line.text) is not None


def tells_age(line: Line) -> bool:
    """True for a line that ends in how old something is: 3 小时前."""
    return _AGO.search(line.folded) is not None
