"""A finding in words, for whoever shows one."""

from __future__ import annotations

from tjqa.answers.proof.report import FactKind, Finding, ProofReport, Verdict
from tjqa.messages import Message, message

_VERDICTS = {
    Verdict.HOLDS: message("proof_verdict_holds"),
    Verdict.OTHER_TIME: message("proof_verdict_other_time"),
    Verdict.OTHER_PLACE: message("proof_verdict_other_place"),
    Verdict.DIFFERS: message("proof_verdict_differs"),
    Verdict.NOT_FOUND: message("proof_verdict_not_found"),
}
_KINDS = {
    FactKind.QUOTATION: message("proof_kind_quotation"),
    FactKind.TERM: message("proof_kind_term"),
    FactKind.FIGURE: message("proof_kind_figure"),
    FactKind.DATE: message("proof_kind_date"),
    FactKind.PLACE: message("proof_kind_place"),
    FactKind.NAME: message("proof_kind_name"),
    FactKind.DOCUMENT: message("proof_kind_document"),
    FactKind.TITLE: message("proof_kind_title"),
}


def verdict_of(finding: Finding) -> Message:
    """Its verdict."""
    if finding.kind is FactKind.FIGURE and finding.verdict is Verdict.DIFFERS:
        return message("proof_verdict_figure_differs")
    if finding.kind is FactKind.QUOTATION and finding.verdict is Verdict.OTHER_PLACE:
        return message("proof_verdict_elsewhere")
    return _VERDICTS[finding.verdict]


def kind_of(finding: Finding) -> Message:
    """What was looked up."""
    return _KINDS[finding.kind]


_WHOLE = (FactKind.QUOTATION, FactKind.TITLE, FactKind.TERM)


def marked(finding: Finding) -> str:
    """Its text in the draft, with 【】 around the characters of quoted words that the library does not have."""
    if finding.kind not in _WHOLE or finding.differing == (finding.span,):
        return finding.text
    text, done = "", 0
    for span in finding.differing:
        start, end = span.start - finding.span.start, span.end - finding.span.start
        text += f"{finding.text[done:start]}【{finding.text[start:end]}】"
        done = end
    return text + finding.text[done:]


def beside(finding: Finding) -> Message | None:
    """What the library says in its place, or that it was rounded; None where there is nothing to add."""
    said = " ".join(finding.said.split())
    if not said or finding.verdict is Verdict.NOT_FOUND:
        return None
    if finding.verdict is Verdict.HOLDS:
        return message("proof_rounded", said=said) if finding.is_rounded else None
    return message("proof_said", said=said)


def summary(report: ProofReport) -> Message:
    """How much of a draft holds."""
    elsewhere = report.count(Verdict.OTHER_TIME) + report.count(Verdict.OTHER_PLACE)
    return message(
        "proof_summary",
        judged=report.judged,
        sentences=len(report.sentences),
        holds=report.count(Verdict.HOLDS),
        differs=report.count(Verdict.DIFFERS),
        elsewhere=elsewhere,
        missing=report.count(Verdict.NOT_FOUND),
    )


def title(report: ProofReport) -> Message:
    """What a report is of."""
    return message("proof_title", name=report.name or message("proof_of_text"))
