"""A proof as a file: Markdown, HTML or Word. First what does not hold, then the draft again with footnotes.

Everything that comes from documents or the draft is made inert: a viewer shows its characters and obeys none of them.
Only a draft in Markdown keeps its own marks.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date

from tjqa.answers.proof.footnotes import Stretch, stretches
from tjqa.answers.proof.report import Finding, ProofReport
from tjqa.answers.proof.wording import beside, kind_of, marked, summary, title, verdict_of
from tjqa.citations import export_format as form
from tjqa.citations.docx_writer import Footnote, Paragraph, Run, docx
from tjqa.citations.export import where
from tjqa.citations.gbt7714 import reference
from tjqa.messages import Language, message
from tjqa.results import Citation
from tjqa.text.display import visible

_MARKDOWN = (".md", ".markdown")
_FAULT = "C00000"  # dark red: it can be told from black in print


def fault_line(report: ProofReport, finding: Finding, language: Language) -> str:
    """A finding that does not hold, on one line: what, where, what the library has instead."""
    line = report.text.count("\n", 0, finding.span.start) + 1
    told = beside(finding)
    of = f"（{form.one_line(finding.measure)}）" if finding.measure else ""
    parts = [
        verdict_of(finding).text(language),
        f"{kind_of(finding).text(language)} {form.one_line(marked(finding))}{of}",
        form.one_line(told.text(language)) if told is not None else "",
        message("proof_line", line=line).text(language),
    ]
    return " · ".join(part for part in parts if part)


def note_of(citation: Citation, language: Language, today: date) -> str:
    """A source on one line: the reference, the place in the file, the words."""
    quote = citation.with_cuts(form.one_line(citation.quote))
    return f"{form.one_line(reference(citation, today))} {where(citation, language)} “{quote}”"


def markdown(report: ProofReport, today: date, language: Language = "zh") -> str:
    """The proof in Markdown."""
    lines = [f"# {_inert(title(report).text(language))}", "", _inert(summary(report).text(language)), ""]
    lines += [f"## {message('proof_faults').text(language)}", ""]
    lines += [f"- {_inert(fault_line(report, one, language))}" for one in report.faults] or [
        message("proof_no_faults").text(language)
    ]
    lines += ["", f"## {message('proof_draft').text(language)}", ""]
    text, notes = "", list[Citation]()
    is_markdown = report.name.lower().endswith(_MARKDOWN)
    for stretch in stretches(report):
        piece = stretch.text if is_markdown else _inert(visible(stretch.text))
        text += f"**{piece}**" if stretch.is_fault and piece.strip() else piece
        for note in stretch.notes:
            notes.append(note)
            text += f"[^tjqa-{len(notes)}]"
    lines += text.split("\n") if is_markdown else [form.unopened(line.strip()) for line in text.split("\n")]
    lines += ["", *(f"[^tjqa-{n}]: {_inert(note_of(note, language, today))}" for n, note in enumerate(notes, 1))]
    return "\n".join(lines).rstrip() + "\n"


def _inert(text: str) -> str:
    return form.inert(text)


def word(report: ProofReport, today: date, language: Language = "zh") -> bytes:
    """The proof as a Word document, with real footnotes."""
    name = title(report).text(language)
    paragraphs = [Paragraph((Run(name),), "Title"), Paragraph((Run(summary(report).text(language)),))]
    paragraphs.append(Paragraph((Run(message("proof_faults").text(language)),), "Heading1"))
    faults = [fault_line(report, one, language) for one in report.faults]
    faults = faults or [message("proof_no_faults").text(language)]
    paragraphs += [Paragraph((Run(f"{number}. {line}"),), "ListParagraph") for number, line in enumerate(faults, 1)]
    paragraphs.append(Paragraph((Run(message("proof_draft").text(language)),), "Heading1"))
    paragraphs += _paragraphs(report, today, language)
    return docx(paragraphs, name)


def _paragraphs(report: ProofReport, today: date, language: Language) -> Iterator[Paragraph]:
    """The draft, a line a paragraph; blank lines are the space between them."""
    runs: list[Run] = []
    for stretch in stretches(report):
        for number, piece in enumerate(stretch.text.split("\n")):
            if number:
                if any(run.text.strip() for run in runs):
                    yield Paragraph(tuple(runs))
                runs = []
            notes = stretch.notes if number == stretch.text.count("\n") else ()
            runs.append(_run(piece, stretch, notes, today, language))
    if any(run.text.strip() for run in runs):
        yield Paragraph(tuple(runs))


def _run(piece: str, stretch: Stretch, notes: tuple[Citation, ...], today: date, language: Language) -> Run:
    made = tuple(Footnote((Run(note_of(note, language, today)),)) for note in notes)
    colour = _FAULT if stretch.is_fault else ""
    return Run(piece.strip("\r\ufeff"), underline=stretch.is_fault, colour=colour, notes=made)


def page(report: ProofReport, today: date, language: Language = "zh") -> str:
    """The proof as a page for a browser, whole in itself: no script, nothing loaded."""
    name = html.escape(title(report).text(language))
    faults = "".join(f"<li>{html.escape(fault_line(report, one, language))}</li>" for one in report.faults)
    faults = f"<ol>{faults}</ol>" if faults else f"<p>{message('proof_no_faults').text(language)}</p>"
    text, notes = "", list[Citation]()
    for stretch in stretches(report):
        piece = html.escape(visible(stretch.text))
        text += f"<mark>{piece}</mark>" if stretch.is_fault else piece
        for note in stretch.notes:
            notes.append(note)
            number = len(notes)
            text += f'<sup id="r{number}"><a href="#n{number}">{number}</a></sup>'
    below = "".join(
        f'<li id="n{number}">{html.escape(note_of(note, language, today))} <a href="#r{number}">↩</a></li>'
        for number, note in enumerate(notes, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{name}</title><style>{_STYLE}</style></head><body><h1>{name}</h1>"
        f"<p>{html.escape(summary(report).text(language))}</p><h2>{message('proof_faults').text(language)}</h2>{faults}"
        f'<h2>{message("proof_draft").text(language)}</h2><div class="draft">{text}</div><ol class="notes">{below}</ol>'
        "</body></html>\n"
    )


_STYLE = (
    "body{max-width:46em;margin:2em auto;padding:0 1em;font-family:serif;line-height:1.7}"
    ".draft{white-space:pre-wrap}mark{background:#fde2e2;color:#900;text-decoration:underline}"
    ".notes{font-size:.85em;border-top:1px solid #999;padding-top:1em}sup a{text-decoration:none}"
)
