"""What a proof is: every quotation and fact of a draft with its verdict, and where the library says so.

report = engine.proof(Path("稿.docx"))
for sentence in report.sentences:
    for finding in sentence.findings:
        finding.kind, finding.text, finding.span    # an exact slice of report.text
        finding.verdict, finding.said               # what the library says in its place, as it stands there
        finding.number                              # of the citation in report.citations, 0 for none
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tjqa.documents import Span
from tjqa.messages import Message
from tjqa.results import Citation


class FactKind(StrEnum):
    """What can be looked up. The values stand in what `tjqa proof` writes."""

    QUOTATION = "quotation"  # words of somebody, in quotation marks
    TERM = "term"  # a word or name in quotation marks
    FIGURE = "figure"  # a number with what it counts
    DATE = "date"  # a day, a month, a year, a stretch of them
    PLACE = "place"
    NAME = "name"  # a person, an organisation, another proper name
    DOCUMENT = "document"  # 〔2023〕17号
    TITLE = "title"  # 《…》


class Verdict(StrEnum):
    """What became of a fact, the best first. The values stand in what `tjqa proof` writes."""

    HOLDS = "holds"
    OTHER_TIME = "other_time"  # the library tells it of another time
    OTHER_PLACE = "other_place"  # the library tells it of another place, or has words elsewhere than the rest of them
    DIFFERS = "differs"  # the library says something else in its place
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Finding:
    """One quotation or fact of a draft.

    `span` are its characters in the draft, `text` its slice there. `measure` is what a figure is of, in the draft's own
    words. `said` is what the library says in its place, "" where nothing comes near; it stands at the first of the
    marks of citation `number` (0: none). `differing` are the characters of the draft that the library does not have.
    `is_rounded` says that the draft rounds what stands there; `is_soft` that not to find it is no fault, as of a word
    that the draft itself put into quotation marks.
    """

    kind: FactKind
    verdict: Verdict
    span: Span
    text: str
    measure: str = ""
    said: str = ""
    number: int = 0
    said_at: Span | None = None
    differing: tuple[Span, ...] = ()
    is_rounded: bool = False
    is_soft: bool = False

    @property
    def is_fault(self) -> bool:
        """Whether the library does not bear it out."""
        return self.verdict is not Verdict.HOLDS and not self.is_soft


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft; without findings there was nothing in it to look up, and it was not judged."""

    span: Span
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict | None:
        """The gravest of its findings; None where it was not judged."""
        order = list(Verdict)
        told = [f.verdict for f in self.findings if f.is_fault or f.verdict is Verdict.HOLDS]
        return max(told, key=order.index, default=None)

    @property
    def holds(self) -> bool:
        """Whether the library bears out everything in it that could be looked up, and there was something."""
        return bool(self.findings) and not any(finding.is_fault for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ProofReport:
    """A draft with what the library says of it: `name` of its file ("" of a text), its `text` as it was read, its
    sentences in order, tiling it, and the citations that the findings name by number, from 1. `due` says why the index
    should be made again."""

    name: str
    text: str
    sentences: tuple[CheckedSentence, ...]
    citations: tuple[Citation, ...]
    seconds: float
    due: tuple[Message, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, in the order of the draft."""
        return tuple(finding for sentence in self.sentences for finding in sentence.findings)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Those that the library does not bear out."""
        return tuple(finding for finding in self.findings if finding.is_fault)

    def count(self, verdict: Verdict) -> int:
        """How many findings have a verdict, without the soft ones that were not found."""
        return sum(one.verdict is verdict for one in self.findings if one.is_fault or one.verdict is Verdict.HOLDS)

    @property
    def judged(self) -> int:
        """How many sentences held something that can be looked up."""
        return sum(bool(sentence.findings) for sentence in self.sentences)
