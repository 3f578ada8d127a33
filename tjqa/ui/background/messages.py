"""What the engine's thread is asked and what it posts; the app's handlers are named after these classes."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from tjqa.answers.proof.report import ProofReport
from tjqa.errors import TjqaError
from tjqa.index.filters import Filter
from tjqa.progress import BuildSummary
from tjqa.reports import Deepened, Progress, SourceSummary, Status
from tjqa.results import Answer, Citation, DocumentOutline, SourceView


@dataclass
class EngineReady(Message):
    """Index and model are loaded."""

    status: Status
    samples: tuple[str, ...]
    sources: tuple[SourceSummary, ...]


@dataclass
class EngineFailed(Message):
    """Index or model could not be loaded; an unusable index can be built, then waiting questions are answered."""

    error: TjqaError


@dataclass(frozen=True, slots=True)
class Request:
    """A question as typed, without its filters; `number` is that of its card."""

    number: int
    question: str
    filters: tuple[Filter, ...] = ()


@dataclass
class AnswerReady(Message):
    """The answer to question `number`; `status` tells whether files changed meanwhile.

    The answer's `question` is the one searched: of a follow-up, the whole question it stands for.
    """

    number: int
    answer: Answer
    status: Status


@dataclass
class AskFailed(Message):
    """Question `number` could not be answered."""

    number: int
    error: TjqaError


@dataclass
class SourceOpened(Message):
    """A file to show; `citation` is what it was opened at, of `answer`; both None for a file as a whole."""

    view: SourceView
    citation: Citation | None = None
    answer: Answer | None = None


@dataclass
class SourceFailed(Message):
    """A file could not be opened."""

    error: TjqaError


@dataclass
class OutlineRead(Message):
    """The tree of a document, or why it could not be read."""

    path: str
    found: DocumentOutline | TjqaError


@dataclass
class ProofProgress(Message):
    """A proof got on by a sentence; a newer one replaces it when the screen is behind."""

    number: int
    done: int
    of: int

    def can_replace(self, message: Message) -> bool:
        """Only the newest step is worth painting."""
        return isinstance(message, ProofProgress) and message.number == self.number


@dataclass
class ProofDone(Message):
    """The proof of draft `number`."""

    number: int
    report: ProofReport


@dataclass
class ProofFailed(Message):
    """Draft `number` could not be proofed."""

    number: int
    error: TjqaError


@dataclass
class BuildProgress(Message):
    """One step of a build; a newer one replaces it when the screen is behind."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the newest step is worth painting."""
        return isinstance(message, BuildProgress)


@dataclass
class BuildDone(Message):
    """A new index is in place; the engine is opened again next."""

    built: BuildSummary


@dataclass
class BuildFailed(Message):
    """The build stopped with `error`; `Cancelled` when the user wanted so."""

    error: TjqaError


@dataclass
class DeepeningProgress(Message):
    """The library is understood more deeply by one step; a newer one replaces it when the screen is behind."""

    progress: Progress

    def can_replace(self, message: Message) -> bool:
        """Only the newest step is worth painting."""
        return isinstance(message, DeepeningProgress)


@dataclass
class DeepeningEnded(Message):
    """That has ended, or why it could not go on; where there is something new, the engine is opened again next."""

    done: Deepened | TjqaError
