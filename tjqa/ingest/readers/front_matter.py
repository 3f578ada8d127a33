"""What a Markdown text bears above itself between lines of ---: its title, and what is for a site's program."""

from __future__ import annotations

import re

from tjqa.documents import Dropped, DropReason, Span

# Lines of YAML as such programs write them: a key with its value, or more of the value before.
_BLOCK = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?:(?:[A-Za-z_][\w-]*+[ \t]*+:|[ \t]+\S|- |#)[^\n]*+\n|\r?\n)*?---[ \t]*(?:\r?\n|\Z)"
)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.*\S)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LONGEST = 10_000
"""Characters within which the block ends: a text that merely begins with a rule is not looked through."""


def front_matter(text: str) -> tuple[str, tuple[Dropped, ...]]:
    """The title that it tells, "" for none, and where it stands, as no text of the document."""
    block = _BLOCK.match(text, 0, _LONGEST)
    if block is None or ":" not in block[0]:
        return "", ()
    told = _TITLE.search(block[0].replace("\r", ""))
    title = told[1].strip("\"'") if told is not None else ""
    return title, (Dropped(Span(0, block.end()), DropReason.SCRIPT),)
