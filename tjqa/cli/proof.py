"""tjqa proof: a draft held against the library, as a list, as data, or as the draft again with footnotes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tjqa.answers.proof.report import CheckedSentence, Finding, ProofReport, Verdict
from tjqa.answers.proof.wording import beside, kind_of, marked, summary, verdict_of
from tjqa.citations.short_names import ShortNames, short_names
from tjqa.cli.answer_fields import hit_fields
from tjqa.cli.output import flattened, say
from tjqa.cli.output_file import output_file, write_output
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.errors import UsageError
from tjqa.records import json_line
from tjqa.results import Citation
from tjqa.text.display import one_line

FORMATS = ("md", "docx", "html", "json")


def proof(settings: Settings, draft: str, output: Sequence[str] | None) -> int:
    """Proof a draft and print or write the result; 1 when something in it does not hold, else 0."""
    form, path = _destination(output)
    if path is not None:
        path = output_file(settings, str(path))
    if path is not None and path.exists() and Path(draft).exists() and path.samefile(draft):
        raise UsageError("proof_onto_draft", "proof_onto_draft_hint", path=draft)
    engine = open_engine(settings)
    report = engine.proof(Path(draft), _progress)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    if form is None:
        for line in shown(report):
            print(line)
    else:
        write_output(written(report, form), path)
        say(summary(report).text())
    return 1 if report.faults else 0


def _destination(output: Sequence[str] | None) -> tuple[str | None, Path | None]:
    """The format of the output and the file it goes to; None for standard output.

    Raises:
        UsageError: no such format, or a Word file would be printed on a terminal.
    """
    if not output:
        return None, None
    if len(output) > 2:
        raise UsageError("proof_format", "proof_format_hint", name=" ".join(output))
    first, path = output[0], Path(output[-1])
    form = first if first in FORMATS else path.suffix.lower().removeprefix(".")
    if form not in FORMATS or (len(output) == 2 and first not in FORMATS):
        raise UsageError("proof_format", "proof_format_hint", name=first)
    if len(output) == 1 and first in FORMATS:
        if form == "docx" and sys.stdout.isatty():
            raise UsageError("docx_on_terminal", "docx_on_terminal_hint")
        return form, None
    return form, path


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="", file=sys.stderr, flush=True)


def written(report: ProofReport, form: str) -> bytes:
    """The report in one of `FORMATS`."""
    if form == "json":
        return f"{json_line(record(report))}\n".encode("utf-8", "backslashreplace")
    from tjqa.answers.proof import written as files

    today = date.today()  # the day on the reader's own calendar
    if form == "docx":
        return files.word(report, today)
    text = files.markdown(report, today) if form == "md" else files.page(report, today)
    return text.encode("utf-8", "replace")


def shown(report: ProofReport) -> list[str]:
    """The list for a terminal: a line for each sentence that was judged, below it what was looked up."""
    lines: list[str] = []
    named: dict[int, None] = {}
    for sentence in report.sentences:
        if not sentence.findings:
            continue
        lines += [*([""] if lines else []), flattened(sentence.span.of(report.text))]
        for finding in sentence.findings:
            sign = "×" if finding.is_fault else "✓" if finding.verdict is Verdict.HOLDS else "?"
            told = beside(finding)
            number = f"  [{finding.number}]" if finding.number else ""
            said = f":{flattened(told.text())}" if told is not None else ""
            kind = kind_of(finding).text()
            lines.append(f"  {sign} {verdict_of(finding).text()}  {kind} {flattened(marked(finding))}{said}{number}")
            if finding.number:
                named[finding.number] = None
    names = short_names(report.citations)
    sources = [line for number in sorted(named) for line in _source(report.citations[number - 1], names)]
    lines += ["", *sources] if sources else []
    return [*lines, *([""] if lines else []), summary(report).text()]


def _source(citation: Citation, names: ShortNames) -> list[str]:
    """The document by its name, then the place as `tjqa show` takes it."""
    place = one_line(citation.place) or f"第 {citation.line} 行"
    where = f"{one_line(citation.path)}:{citation.span.start}-{citation.span.end}"
    name = names.of(citation)
    first = f"{name}  " if name != one_line(citation.path) else ""
    return [
        f"[{citation.number}] {first}{where}  {place}  {citation.published or '日期不详'}",
        f"    {citation.with_cuts(flattened(citation.quote))}",
    ]


def record(report: ProofReport) -> dict[str, Any]:
    """A report as data; citations have the fields of `tjqa ask --json`."""
    return {
        "draft": report.name,
        "holds": not report.faults,
        "counts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "judged": report.judged,
        "sentences": [_sentence(report, sentence) for sentence in report.sentences],
        "citations": [_citation(citation) for citation in report.citations],
        "ms": round(report.seconds * 1000, 3),
    }


def _sentence(report: ProofReport, sentence: CheckedSentence) -> dict[str, Any]:
    return {
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": sentence.span.of(report.text),
        "verdict": sentence.verdict.value if sentence.verdict is not None else None,
        "findings": [_finding(finding) for finding in sentence.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "verdict": finding.verdict.value,
        "fault": finding.is_fault,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.text,
        "measure": finding.measure,
        "said": finding.said,
        "rounded": finding.is_rounded,
        "differing": [[span.start, span.end] for span in finding.differing],
        "citation": finding.number or None,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    marks = [[mark.start, mark.end] for mark in citation.marks]
    return {"number": citation.number, **hit_fields(citation, "exact"), "marks": marks}
