"""The draft again, cut into stretches: what does not hold stands out, and behind a sentence come its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tjqa.answers.proof.report import CheckedSentence, ProofReport
from tjqa.documents import Span
from tjqa.results import Citation
from tjqa.text.sentences import trim


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the draft, tiling it; `is_fault` of what does not hold, with the citations to note behind it."""

    text: str
    is_fault: bool = False
    notes: tuple[Citation, ...] = ()


def stretches(report: ProofReport) -> Iterator[Stretch]:
    """The whole text of a draft, in order. A source is noted once a sentence, behind its last character."""
    for sentence in report.sentences:
        whole = trim(report.text, sentence.span)
        faults = _joined([finding.span for finding in sentence.findings if finding.is_fault])
        pieces = list(_pieces(sentence.span.start, faults, whole.end))
        notes = _notes(report, sentence)
        for number, (span, is_fault) in enumerate(pieces):
            last = number == len(pieces) - 1
            yield Stretch(span.of(report.text), is_fault, notes if last else ())
        rest = Span(max(whole.end, pieces[-1][0].end if pieces else 0), sentence.span.end)
        if rest.start < rest.end:
            yield Stretch(rest.of(report.text))


def _joined(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _pieces(start: int, faults: Sequence[Span], end: int) -> Iterator[tuple[Span, bool]]:
    """What stands between the faults and they themselves; a quotation over several sentences ends with its first."""
    at = start
    for fault in faults:
        if fault.start >= end:
            break
        if at < fault.start:
            yield Span(at, fault.start), False
        yield Span(fault.start, min(fault.end, end)), True
        at = min(fault.end, end)
    if at < end:
        yield Span(at, end), False


def _notes(report: ProofReport, sentence: CheckedSentence) -> tuple[Citation, ...]:
    """The sources of a sentence that holds, each place once; none of one that does not: what is noted is borne out."""
    if not sentence.holds:
        return ()
    numbers = dict.fromkeys(finding.number for finding in sentence.findings if finding.number)
    return tuple(report.citations[number - 1] for number in numbers)
