"""An excerpt: a quote with its citation, a topic and a note of the reader's own; and as a row of JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tjqa import records
from tjqa.documents import Span
from tjqa.results import Citation

_KEY = re.compile(r"[0-9a-f]{32}")

State = Literal["holds", "moved", "changed", "unread"]
"""holds: the quote stands where it stood; moved: it stands elsewhere in its document now; changed: nowhere in it;
unread: the document is gone or cannot be read."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote that was kept. `key` tells it from all others, `added` is when it was kept (ISO 8601), `before` and
    `after` are the text beside the quote then. `topic` is "" where none was given, `told` what
    a table says beside a part of it: its name, its period, the heads of a row."""

    key: str
    topic: str
    note: str
    added: str
    citation: Citation
    before: str = ""
    after: str = ""
    told: str = ""

    @property
    def quote(self) -> str:
        """The quote, as it stood in the document."""
        return self.citation.quote

    def same_place(self, other: Excerpt) -> bool:
        """Whether both keep the same words of the same place under the same topic."""
        mine, others = self.citation, other.citation
        return (self.topic, mine.path, mine.span, mine.quote) == (other.topic, others.path, others.span, others.quote)


@dataclass(frozen=True, slots=True)
class CheckedExcerpt:
    """An excerpt after its document was read again: `state` says what became of the quote, `citation` is where it
    stands now, or as it was kept where it does not stand any more."""

    excerpt: Excerpt
    state: State
    citation: Citation

    @property
    def is_good(self) -> bool:
        """Whether the quote stands in its document, word for word."""
        return self.state in ("holds", "moved")


EXCERPT: Mapping[str, records.Check] = {
    "key": lambda value: isinstance(value, str) and _KEY.fullmatch(value) is not None,
    "topic": records.text,
    "note": records.text,
    "added": records.label,
    "file": records.path,
    "sha256": records.digest,
    "start": records.count,
    "end": records.count,
    "line": records.count,
    "column": records.count,
    "place": records.text,
    "quote": lambda value: records.text(value) and value != "",
    "before": records.text,
    "after": records.text,
    "title": records.text,
    "section": records.text,
    "published": records.date,
    "publisher": records.maybe_text,
    "reporter": records.maybe_text,
    "cut": lambda value: isinstance(value, list) and len(value) == 2 and all(map(records.truth, value)),
    "heads": records.texts,
    "told": records.text,
}
"""What may stand in each field of a row."""

_LATER = frozenset({"told"})
"""Fields that rows of older versions do not have."""


def row_of(excerpt: Excerpt) -> dict[str, Any]:
    """An excerpt for JSON; the fields are those of `EXCERPT`."""
    citation = excerpt.citation
    return {
        "key": excerpt.key,
        "topic": excerpt.topic,
        "note": excerpt.note,
        "added": excerpt.added,
        "file": citation.path,
        "sha256": citation.sha256,
        "start": citation.span.start,
        "end": citation.span.end,
        "line": citation.line,
        "column": citation.column,
        "place": citation.place,
        "quote": citation.quote,
        "before": excerpt.before,
        "after": excerpt.after,
        "title": citation.title,
        "section": citation.section,
        "published": citation.published,
        "publisher": citation.publisher,
        "reporter": citation.reporter,
        "cut": list(citation.cut),
        "heads": list(citation.heads),
        "told": excerpt.told,
    }


def excerpt_from(row: Any) -> Excerpt:
    """The excerpt of a row.

    Raises:
        ValueError: the row is none.
    """
    found: Mapping[str, Any] = records.fitting(row, EXCERPT, _LATER)
    span = Span(found["start"], found["end"])
    if len(span) != len(found["quote"]):
        raise ValueError("quote and span differ in length")
    citation = Citation(
        number=0,
        path=found["file"],
        sha256=found["sha256"],
        span=span,
        line=found["line"],
        column=found["column"],
        quote=found["quote"],
        title=found["title"],
        published=found["published"],
        score=0.0,
        section=found["section"],
        place=found["place"],
        publisher=found["publisher"],
        reporter=found["reporter"],
        cut=(found["cut"][0], found["cut"][1]),
        heads=tuple(found["heads"]),
    )
    told = (found["key"], found["topic"], found["note"], found["added"])
    return Excerpt(*told, citation, found["before"], found["after"], found.get("told", ""))
