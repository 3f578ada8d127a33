"""What the notebook says of an excerpt, as rows of its list."""

from __future__ import annotations

from textual.content import Content

from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import quoted
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.passage_text import place
from tjqa.ui.widgets.rows import styled, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE, WARN_STYLE

QUOTE_ROWS = 2
"""Rows of a quote in the list."""

_INDENT = 2


def excerpt_rows(checked: CheckedExcerpt, texts: Texts, width: int) -> Content:
    """An excerpt: its quote, its source, the note; before it whether it still stands in its document."""
    citation = checked.citation
    words = one_line(quoted(citation, checked.excerpt.told))
    rows = [row.content for row in text_rows(words, width, lead="▪ " if checked.is_good else "✗ ")]
    if len(rows) > QUOTE_ROWS:
        rows = [*rows[: QUOTE_ROWS - 1], rows[QUOTE_ROWS - 1].truncate(width - 2).rstrip() + Content("…")]
    lines = [*rows, _told(_source(checked, texts, width - _INDENT), QUIET_STYLE)]
    if state := _state(checked, texts):
        lines.append(_told(shorten(state, width - _INDENT), WARN_STYLE))
    if note := one_line(" ".join(checked.excerpt.note.split())):
        lines.append(_told(shorten(texts("notebook_note", note=note), width - _INDENT), ""))
    return Content("\n").join(lines)


def _told(text: str, style: str) -> Content:
    return styled(" " * _INDENT + text, style)


def _source(checked: CheckedExcerpt, texts: Texts, width: int) -> str:
    citation = checked.citation
    title = f"《{one_line(citation.title)}》" if citation.title else one_line(citation.path)
    where = f" · {place(citation, texts)}" if checked.is_good else ""
    end = f" {citation.published or texts('undated')}{where}"
    return shorten(title, max(width - cells(end), 6)) + end


def _state(checked: CheckedExcerpt, texts: Texts) -> str:
    keys = {"moved": "notebook_moved", "changed": "notebook_changed", "unread": "notebook_unread"}
    key = keys.get(checked.state)
    return texts(key, day=checked.excerpt.added[:10]) if key is not None else ""
