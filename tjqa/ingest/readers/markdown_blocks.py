"""Where HTML stands in a Markdown text, and what its lines say without it.

What is a block of HTML, and where it ends, follows CommonMark 0.31 (4.6, kinds 1, 2 and 6).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.ingest.readers.html_nodes import BLOCKS, STRUCK, lowered, raised

_BLOCK_TAGS = "|".join(sorted(BLOCKS | {"script", "style", "col", "colgroup", "td", "th", "hr"}, key=len, reverse=True))
_INLINE_TAGS = (
    "a|abbr|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|i|img|input|ins|kbd|label|mark|q|rp|rt|ruby|s|samp|small|span|"
    "strike|strong|sub|sup|tt|u|var|wbr"
)
_REST = r"(?=[\s/>])[^<>]{0,2000}>"
_OPENS = re.compile(rf" {{0,3}}(?:<!--|</?(?:{_BLOCK_TAGS})(?=[\s/>]|$))", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)table(?=[\s/>])", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_TICKS = re.compile(r"`+")
_STRUCK = re.compile(rf"<({'|'.join(sorted(STRUCK))}){_REST}(.{{0,200}}?)</\1\s{{0,9}}>", re.IGNORECASE)
_SCRIPT = re.compile(rf"<(sup|sub){_REST}(.{{0,200}}?)</\1\s{{0,9}}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>[ \t]*", re.IGNORECASE)
_TAG = re.compile(rf"(?<!\\)(?:</?(?:{_BLOCK_TAGS}|{_INLINE_TAGS}){_REST}|<!--.*?-->)", re.IGNORECASE)
_ENTITY = re.compile(r"(?<!\\)&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(slots=True)
class Block:
    """Neighbouring lines, with their ends; `number` is the first one's in the file, from 0."""

    number: int
    lines: list[str]
    is_html: bool = False
    is_code: bool = False


def blocks(text: str) -> Iterator[Block]:
    """A text in blocks of HTML, of code, and what is between."""
    block: Block | None = None
    tables, fence, seen_blank = 0, "", True
    for number, line in enumerate(text.splitlines(keepends=True)):
        blank = not line.strip()
        goes_on = block is not None and ((block.is_html and (not blank or tables > 0)) or bool(fence))
        if not goes_on:
            mark = _FENCE.match(line)
            fence = mark[1] if mark else ""
            is_html = not mark and _OPENS.match(line) is not None
            indented = seen_blank and line.startswith(("    ", "\t")) and not is_html
            is_code = bool(mark) or indented or (blank and block is not None and block.is_code and not block.is_html)
            if block is None or block.is_html or (block.is_html, block.is_code) != (is_html, is_code) or mark:
                if block is not None:
                    yield block
                block, tables = Block(number, [], is_html, is_code), 0
        elif fence and re.match(rf" {{0,3}}{re.escape(fence)}[`~]*\s*$", line):
            fence = ""
        assert block is not None
        block.lines.append(line)
        if block.is_html:
            tables += sum(-1 if end else 1 for end in _TABLE.findall(line))
        seen_blank = blank or (block.is_code and not fence)
    if block is not None:
        yield block


def holds_html(text: str) -> bool:
    """Whether a Markdown text holds HTML that is shown otherwise than it is typed; in blocks of code it is shown so."""
    if "<" not in text and "&" not in text:
        return False
    return any(block.is_html or any(map(_is_marked, block.lines)) for block in blocks(text) if not block.is_code)


def _is_marked(line: str) -> bool:
    return any(_TAG.search(part) or _ENTITY.search(part) for part, is_code in _spans(line) if not is_code)


def shown(line: str) -> str:
    """A line of Markdown without its tags, with what its entities mean; spans of code stay as they are."""
    is_row = line.lstrip().startswith("|")
    return "".join(part if is_code else _plain(part, is_row) for part, is_code in _spans(line))


def _spans(line: str) -> Iterator[tuple[str, bool]]:
    """A line in spans of code, between as many backticks on either side, and what is between."""
    ticks = list(_TICKS.finditer(line))
    closing: dict[int, list[int]] = {}
    for number in range(len(ticks) - 1, -1, -1):
        closing.setdefault(len(ticks[number][0]), []).append(number)
    at = number = 0
    while number < len(ticks):
        same = closing[len(ticks[number][0])]
        while same and same[-1] <= number:
            same.pop()
        if same:
            start, end = ticks[number].start(), ticks[same[-1]].end()
            yield line[at:start], False
            yield line[start:end], True
            at, number = end, same[-1]
        number += 1
    yield line[at:], False


def _plain(text: str, is_row: bool) -> str:
    if "<" in text:
        text = _STRUCK.sub("", text)
        text = _SCRIPT.sub(lambda found: (raised if found[1].lower() == "sup" else lowered)(found[2]), text)
        text = _BREAK.sub(" " if is_row else "\n", text)  # a row of a table is one line
        text = _TAG.sub("", text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)
