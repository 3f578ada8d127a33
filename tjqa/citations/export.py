"""Answers as text to keep: Markdown, JSON or CSV, each citation with file, hash, place, quote and reference.

`read_export` reads all three back; `verification` then compares every quote with its file. In Markdown a quote is
shown with controls made visible (`tjqa.text.visible`), in JSON and CSV it is the slice of the file itself.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tjqa import __version__
from tjqa.citations.gbt7714 import reference
from tjqa.documents import Span
from tjqa.errors import UsageError
from tjqa.messages import Language, message
from tjqa.results import Answer, Citation
from tjqa.retrieval.query_syntax import asked
from tjqa.text.display import visible

FORMATS = ("md", "json", "csv")

_PLACE = re.compile(r"    (.+) · (\d+)-(\d+) · SHA-256 ([0-9a-f]{64})")
_NUMBER = re.compile(r"\[(\d+)\] ")
_QUOTE = "    > "


@dataclass(frozen=True, slots=True)
class ExportedQuote:
    """What an export says of one quote; `path` and `quote` are `visible` only when `is_shown`."""

    question: str
    number: str
    path: str
    sha256: str
    span: Span
    quote: str
    is_shown: bool


def export(answers: Sequence[Answer], kind: str, today: date, language: Language = "zh") -> str:
    """`answers` in one of `FORMATS`; `today` is the day they were looked up, `language` that of Markdown's headings."""
    if kind == "json":
        records = {"tjqa": __version__, "exported": today.isoformat(), "answers": [_record(a, today) for a in answers]}
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    if kind == "csv":
        return _csv(answers, today)
    return "\n".join(markdown(answer, today, language) for answer in answers)


def markdown(answer: Answer, today: date, language: Language = "zh") -> str:
    """One answer to paste or to print: question, answer, numbered citations, references."""
    lines = [f"## {_line(asked(answer))}", ""]
    lines += [f"{_line(b.quote)} [{b.number}]" for b in answer.best] or [message("export_nothing").text(language)]
    lines.append("")
    for best in answer.best:
        lines += _markdown_citation(best, language, message("export_answer").text(language))
    for citation in answer.citations:
        lines += _markdown_citation(citation, language)
    if answer.citations:
        lines += [message("export_references").text(language), ""]
        lines += [f"[{c.number}] {_line(reference(c, today))}" for c in answer.citations]
    return "\n".join(lines).rstrip() + "\n"


def _markdown_citation(citation: Citation, language: Language, role: str = "") -> list[str]:
    heading = " · ".join(_line(part) for part in (role, citation.title, citation.section) if part)
    published = citation.published or message("export_undated").text(language)
    lines = [
        f"[{citation.number}] {heading} · {published}",
        f"    {_where(citation, language)}",
        f"    {_line(citation.path)} · {citation.span.start}-{citation.span.end} · SHA-256 {citation.sha256}",
        *(f"{_QUOTE}{line}" for line in visible(citation.quote).split("\n")),
    ]
    return [*lines, ""]


def _where(citation: Citation, language: Language) -> str:
    if not citation.unchanged:
        return message("export_changed").text(language)
    where = message("export_place", line=citation.line, column=citation.column).text(language)
    return f"{_line(citation.place)} · {where}" if citation.place else where


def _line(text: str) -> str:
    return visible(text).replace("\n", " ").strip()


def _record(answer: Answer, today: date) -> dict[str, Any]:
    return {
        "question": answer.question,
        "filters": list(answer.filters),
        "state": answer.state,
        "answer": answer.text,
        "best": [_citation(c, today) for c in answer.best],
        "citations": [_citation(c, today) for c in answer.citations],
    }


def _citation(citation: Citation, today: date) -> dict[str, Any]:
    return {
        "number": citation.number,
        "file": citation.path,
        "sha256": citation.sha256,
        "start": citation.span.start,
        "end": citation.span.end,
        "line": citation.line,
        "column": citation.column,
        "place": citation.place,
        "byte_start": citation.byte_range.start if citation.byte_range else None,
        "byte_end": citation.byte_range.end if citation.byte_range else None,
        "quote": citation.quote,
        "title": citation.title,
        "section": citation.section,
        "published": citation.published,
        "publisher": citation.publisher,
        "reporter": citation.reporter,
        "score": round(citation.score, 4),
        "unchanged": citation.unchanged,
        "reference": reference(citation, today),
    }


def _csv(answers: Sequence[Answer], today: date) -> str:
    buffer = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for answer in answers:
        for role, citation in [*(("best", c) for c in answer.best), *(("passage", c) for c in answer.citations)]:
            row = {"question": answer.question, "role": role, **_citation(citation, today)}
            if writer is None:
                writer = csv.DictWriter(buffer, row, lineterminator="\r\n")
                writer.writeheader()
            writer.writerow({key: _cell(value) for key, value in row.items()})
    # Without the mark a spreadsheet takes UTF-8 for the encoding of its system.
    return "\ufeff" + buffer.getvalue()


def _cell(value: object) -> object:
    """A cell that a spreadsheet shows instead of computing; a ' before it says so, also before a '."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "'", "\t", "\r") else value


def _uncell(text: str) -> str:
    return text.removeprefix("'")


def read_export(text: str) -> list[ExportedQuote]:
    """Every quote of an export, whichever of the formats it is.

    Raises:
        UsageError: it is none of them, or damaged.
    """
    text = text.removeprefix("\ufeff")
    try:
        if text.lstrip().startswith("{"):
            claims = list(_from_json(json.loads(text)))
        elif text.startswith("question,role,"):
            claims = [_claim(row["question"], {k: _uncell(v or "") for k, v in row.items()}) for row in _rows(text)]
        else:
            claims = list(_from_markdown(text))
    except (ValueError, TypeError, KeyError, AttributeError, csv.Error, RecursionError) as error:
        raise UsageError("export_damaged", "export_damaged_hint") from error
    if not claims:
        raise UsageError("export_foreign", "export_foreign_hint")
    return claims


def _rows(text: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(text, newline=""), strict=True)


def _from_json(records: Any) -> Iterator[ExportedQuote]:
    for answer in records["answers"]:
        for citation in (*answer["best"], *answer["citations"]):
            yield _claim(answer["question"], citation)


def _claim(question: str, row: Mapping[str, Any]) -> ExportedQuote:
    span = Span(int(row["start"]), int(row["end"]))
    return ExportedQuote(
        question, str(row["number"]), str(row["file"]), str(row["sha256"]), span, str(row["quote"]), False
    )


def _from_markdown(text: str) -> Iterator[ExportedQuote]:
    question, number = "", ""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("## "):
            question = line[3:]
        elif match := _NUMBER.match(line):
            number = match[1]
        elif match := _PLACE.fullmatch(line):
            span = Span(int(match[2]), int(match[3]))
            yield ExportedQuote(question, number, match[1], match[4], span, _quoted(lines[at + 1 :]), True)


def _quoted(lines: Sequence[str]) -> str:
    quote = []
    for line in lines:
        if not line.startswith(_QUOTE):
            break
        quote.append(line.removeprefix(_QUOTE))
    return "\n".join(quote)
