"""Answers as text to keep: Markdown, JSON or CSV, each citation with file, hash, place and quote."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from tjqa.records import Answer, Citation
from tjqa.ui.strings import Texts
from tjqa.ui.wrap import display, one_line

FORMATS = ("md", "json", "csv")


def export(answers: Sequence[Answer], kind: str) -> str:
    """`answers` in one of `FORMATS`."""
    if kind == "json":
        return json.dumps([_record(a) for a in answers], ensure_ascii=False, indent=2) + "\n"
    if kind == "csv":
        return _csv(answers)
    return "\n".join(markdown(answer) for answer in answers)


def markdown(answer: Answer, texts: Texts | None = None) -> str:
    """One answer to paste or to print: question, answer, numbered citations."""
    texts = texts or Texts()
    lines = [f"## {one_line(answer.question)}", ""]
    lines += [f"{display(b.quote).strip()} [{b.number}]" for b in answer.best] or [texts("nothing")]
    lines.append("")
    for citation in answer.citations:
        lines += _markdown_citation(citation, texts)
    return "\n".join(lines) + "\n"


def _markdown_citation(citation: Citation, texts: Texts) -> list[str]:
    heading = " · ".join(part for part in (citation.title, citation.section) if part)
    where = texts("line_column", line=citation.line, column=citation.column)
    quote = "\n".join(f"    > {line}" for line in display(citation.quote).strip().split("\n"))
    span = f"{citation.span.start}-{citation.span.end}"
    lines = [
        f"[{citation.number}] {one_line(heading)} · {citation.published or texts('undated')}",
        f"    {one_line(citation.path)} · {where} · {span} · SHA-256 {citation.sha256}",
        quote,
    ]
    if not citation.unchanged:
        lines.append(f"    {texts('file_changed')}")
    return [*lines, ""]


def _record(answer: Answer) -> dict[str, object]:
    return {
        "question": answer.question,
        "state": answer.state,
        "answer": answer.text,
        "best": [_citation(c) for c in answer.best],
        "citations": [_citation(c) for c in answer.citations],
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "number": citation.number,
        "file": citation.path,
        "sha256": citation.sha256,
        "start": citation.span.start,
        "end": citation.span.end,
        "line": citation.line,
        "column": citation.column,
        "quote": citation.quote,
        "title": citation.title,
        "section": citation.section,
        "published": citation.published,
        "score": round(citation.score, 4),
        "unchanged": citation.unchanged,
    }


def _csv(answers: Sequence[Answer]) -> str:
    buffer = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for answer in answers:
        for citation in answer.citations or ():
            row = {"question": _cell(answer.question), "answer": _cell(answer.text or "")}
            row |= {key: _cell(value) for key, value in _citation(citation).items()}
            if writer is None:
                writer = csv.DictWriter(buffer, row, lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)
    return buffer.getvalue()


def _cell(value: object) -> str:
    """A cell that a spreadsheet shows instead of computing: no leading = + - @."""
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@") else text
