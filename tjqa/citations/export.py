"""Answers as text to keep: Markdown, JSON or CSV, each citation with file, hash, place, quote and reference.

`export_grammar` reads all three back, `verification` compares what they say with the documents. In Markdown a text is
shown with controls made visible (`tjqa.text.visible`), in JSON and CSV it is the slice of the file itself.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tjqa import __version__
from tjqa.citations import export_format as form
from tjqa.citations.export_format import FORMATS as FORMATS
from tjqa.citations.export_format import one_line
from tjqa.citations.gbt7714 import reference
from tjqa.messages import Language, message
from tjqa.results import Answer, Citation
from tjqa.retrieval.query_syntax import asked
from tjqa.text.display import encodable, visible


def export(answers: Sequence[Answer], kind: str, today: date, language: Language = "zh") -> str:
    """`answers` in one of `FORMATS`, with their count and a digest; `today` is the day they were looked up, `language`
    that of Markdown's headings."""
    if kind == "json":
        return _json(answers, today)
    if kind == "csv":
        return _csv(answers, today)
    return _markdown_file(answers, today, language)


def _count(answers: Sequence[Answer]) -> int:
    return sum(len(answer.best) + len(answer.citations) for answer in answers)


def _markdown_file(answers: Sequence[Answer], today: date, language: Language) -> str:
    head = form.spoken(language).head.write(
        version=__version__, exported=today.isoformat(), answers=len(answers), quotes=_count(answers)
    )
    text = "\n".join([f"{head}\n", *(markdown(answer, today, language) for answer in answers)])
    digest = form.digest(form.settled(text).split("\n"))
    return f"{text}\n{form.spoken(language).seal.write(digest=digest)}\n"


def markdown(answer: Answer, today: date, language: Language = "zh") -> str:
    """One answer to paste or to print: question, answer, numbered citations, references."""
    lines = [form.QUESTION.write(question=one_line(asked(answer))), ""]
    lines += [form.ANSWER.write(sentence=b.with_cuts(one_line(b.quote)), number=b.number) for b in answer.best] or [
        form.spoken(language).nothing.write()
    ]
    lines.append("")
    for best in answer.best:
        lines += _markdown_citation(best, language, is_best=True)
    for citation in answer.citations:
        lines += _markdown_citation(citation, language)
    if answer.citations:
        lines += [form.spoken(language).references.write(), ""]
    sources: dict[str, list[str]] = {}
    for citation in answer.citations:
        sources.setdefault(one_line(reference(citation, today)), []).append(str(citation.number))
    lines += [form.REFERENCE.write(numbers=", ".join(numbers), reference=text) for text, numbers in sources.items()]
    asked_at, *rows = map(form.inert, "\n".join(lines).rstrip().split("\n"))
    return "\n".join([asked_at, *map(form.unopened, rows)]) + "\n"


def _markdown_citation(citation: Citation, language: Language, is_best: bool = False) -> list[str]:
    return [
        form.HEADING.write(number=citation.number, heading=heading(citation, language, is_best)),
        form.WHERE.write(where=where(citation, language)),
        form.PLACE.write(
            path=one_line(citation.path),
            start=citation.span.start,
            end=citation.span.end,
            sha256=citation.sha256,
        ),
        *(form.QUOTE.write(text=line) for line in visible(citation.quote).split("\n")),
        "",
    ]


def heading(citation: Citation, language: Language, is_best: bool) -> str:
    """What Markdown says beside a citation's number: role, title, section, of a cell its heads, date."""
    role = message("export_answer").text(language) if is_best else ""
    parts = " · ".join(one_line(part) for part in (role, citation.title, citation.section, *citation.heads) if part)
    return f"{parts} · {citation.published or message('export_undated').text(language)}"


def where(citation: Citation, language: Language) -> str:
    """Page, line and column as Markdown says them."""
    if not citation.unchanged:
        return message("export_changed").text(language)
    at = message("export_place", line=citation.line, column=citation.column).text(language)
    return f"{one_line(citation.place)} · {at}" if citation.place else at


def _json(answers: Sequence[Answer], today: date) -> str:
    records = {
        "tjqa": __version__,
        "exported": today.isoformat(),
        "quotes": _count(answers),
        "answers": [_answer(answer, today) for answer in answers],
    }
    sealed = {**records, "digest": form.digest(records)}
    return json.dumps(sealed, ensure_ascii=False, indent=2) + "\n"


def _answer(answer: Answer, today: date) -> dict[str, Any]:
    values = (
        encodable(answer.question),
        [encodable(written) for written in answer.filters],
        answer.state,
        answer.quoted,
        [record(c, today) for c in answer.best],
        [record(c, today) for c in answer.citations],
    )
    return dict(zip(form.ANSWER_KEYS, values, strict=True))


def record(citation: Citation, today: date) -> dict[str, Any]:
    """A citation as JSON and CSV give it: `export_format.RECORD` with its values."""
    values = (
        citation.number,
        citation.path,
        citation.sha256,
        citation.span.start,
        citation.span.end,
        citation.line,
        citation.column,
        citation.place,
        citation.byte_range.start if citation.byte_range else None,
        citation.byte_range.end if citation.byte_range else None,
        citation.quote,
        citation.title,
        citation.section,
        citation.published,
        citation.publisher,
        citation.reporter,
        round(citation.score, 4),
        citation.unchanged,
        reference(citation, today),
        citation.is_cut,
    )
    return dict(zip(form.RECORD, values, strict=True))


def _csv(answers: Sequence[Answer], today: date) -> str:
    rows = [[*form.COLUMNS[:-1]]]
    tail = {"exported": today.isoformat(), "quotes": _count(answers)}
    for answer in answers:
        for row in _rows(answer, today):
            # Of an answer without any citation a row keeps the question.
            whole = {"question": encodable(answer.question), **row, **tail}
            rows.append([form.cell(whole.get(name)) for name in form.COLUMNS[:-1]])
    seal = form.digest([[form.settled_value(value) for value in row] for row in rows])
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([*row, "digest" if number == 0 else seal] for number, row in enumerate(rows))
    # Without the mark a spreadsheet takes UTF-8 for the encoding of its system.
    return "\ufeff" + buffer.getvalue()


def _rows(answer: Answer, today: date) -> Iterator[dict[str, Any]]:
    for citation in answer.best:
        yield {"role": "best", **record(citation, today)}
    for citation in answer.citations:
        yield {"role": "passage", **record(citation, today)}
    if not answer.best and not answer.citations:
        yield {"role": "none"}
