"""Reads an export back, strictly: whatever is no part of an export as `export` writes it is a fault with its line.

What an export says is taken apart into quotes (`ExportedQuote`) and what it says beside them (`Said`); whether that is
true is for `verification`. `export_markdown`, `export_json` and `export_csv` read one format each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tjqa.citations import export_format as form
from tjqa.documents import Span
from tjqa.messages import Language, Message, message

Form = Literal["md", "json", "csv"]
Role = Literal["best", "passage"]

_NUMBER = re.compile(form.WHOLE_NUMBER)
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing an export says of a quote: a value as it stands there, and its line, from 1."""

    value: object
    line: int


@dataclass(frozen=True, slots=True)
class ExportedQuote:
    """One quote of an export: `span` of the text of the file `path`, both as the export says.

    `line` is where it begins in the export. `said` is what else it says of the quote, by field of `export_format` or
    part of Markdown (heading, where, reference, sentence). In Markdown `path` and `quote` are as shown.
    """

    line: int
    question: str
    role: Role
    number: int
    path: str
    sha256: str
    span: Span
    quote: str
    form: Form
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        """Whether controls are signs here, as in Markdown."""
        return self.form == "md"


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """One answer of an export; `answer` and `state` only where the format says them (JSON)."""

    line: int
    question: str
    best: tuple[ExportedQuote, ...]
    citations: tuple[ExportedQuote, ...]
    answer: Said | None = None
    state: Said | None = None


@dataclass(frozen=True, slots=True)
class ExportFault:
    """Something in an export that does not hold: its line there (from 1; 0 for the whole), why, and of which quote."""

    line: int
    reason: Message
    quote: ExportedQuote | None = None


@dataclass(slots=True)
class Export:
    """An export as read. `exported` is the day it was written, None where it is not said; `is_sealed` tells whether it
    says how many quotes it holds and a digest, which those of tjqa 0.1.0 do not. `language` is that of Markdown."""

    answers: list[ExportedAnswer] = field(default_factory=list)
    faults: list[ExportFault] = field(default_factory=list)
    exported: date | None = None
    is_sealed: bool = False
    language: Language = "zh"

    @property
    def quotes(self) -> list[ExportedQuote]:
        """Every quote, in the order of the export."""
        return [quote for answer in self.answers for quote in (*answer.best, *answer.citations)]

    def fault(self, line: int, key: str, /, **values: object) -> None:
        """Note something that does not hold."""
        self.faults.append(ExportFault(line, message(key, **values)))

    def expect(self, line: int, name: str, written: int, found: int) -> None:
        """Note that a count in the head is not what was found."""
        if written != found:
            self.fault(line, "export_count_wrong", name=name, written=written, found=found)

    def day(self, line: int, written: object) -> None:
        """Take over the day of the export."""
        self.exported = day_of(written)
        if self.exported is None:
            self.fault(line, "export_value_wrong", name="exported")


def day_of(text: object) -> date | None:
    """The day in a text as `date.isoformat` writes it."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole_number(text: object) -> int | None:
    """The number in a text of JSON or CSV as `export` writes it; True, 1.0, 01 and １ are none."""
    if isinstance(text, str):
        return int(text) if _NUMBER.fullmatch(text) else None
    return text if type(text) is int and 0 <= text < 10**15 else None


def is_hash(text: object) -> bool:
    """Whether this is a SHA-256 in small hexadecimal digits."""
    return isinstance(text, str) and _HASH.fullmatch(text) is not None


def span_of(start: object, end: object) -> Span | None:
    """The span from one number to another; None when they are none, or the wrong way round."""
    first, last = whole_number(start), whole_number(end)
    return Span(first, last) if first is not None and last is not None and first <= last else None
