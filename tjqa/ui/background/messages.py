"""What the engine's thread is asked and what it posts; the app's handlers are named after these classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from tjqa.config import Settings
from tjqa.errors import TjqaError
from tjqa.index.filters import Filter, FilterValues
from tjqa.progress import BuildSummary
from tjqa.reports import Deepened, Progress, SourceSummary, Status
from tjqa.results import Answer, Citation, DocumentOutline, SourceView

if TYPE_CHECKING:  # the first paint waits for no module that it does not need
    from tjqa.answers.figures.figure import FigureTable
    from tjqa.answers.proof.report import ProofReport


@dataclass
class EngineReady(Message):
    """Index and model are loaded."""

    status: Status
    sources: tuple[SourceSummary, ...]


@dataclass
class SamplesReady(Message):
    """Questions that the library answers, to be offered; none where it answers none of those tried."""

    samples: tuple[str, ...]


@dataclass
class LibraryOpening(Message):
    """The library was closed, another is being opened: what comes after this is of that one."""

    settings: Settings


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """Documents of formats that are read, and their bytes in all."""

    count: int
    size: int


@dataclass
class FolderSurveyed(Message):
    """What lies in a folder that has no index yet."""

    found: FoundFiles


@dataclass
class EngineFailed(Message):
    """Index or model could not be loaded; an unusable index can be built, then waiting questions are answered."""

    error: TjqaError


@dataclass(frozen=True, slots=True)
class Request:
    """A question as typed, without its filters; `number` is that of its card. `library` is another one that is asked
    instead of the one that is open. `is_whole` says that it follows none and none follows it."""

    number: int
    question: str
    filters: tuple[Filter, ...] = ()
    library: Settings | None = None
    is_whole: bool = False


@dataclass
class AnswerReady(Message):
    """The answer to question `number`; `status` tells whether files changed meanwhile, None when another library than
    the open one was asked.

    The answer's `question` is the one searched: of a follow-up, the whole question it stands for.
    """

    number: int
    answer: Answer
    status: Status | None


@dataclass
class AskFailed(Message):
    """Question `number` could not be answered."""

    number: int
    error: TjqaError


@dataclass
class SourceOpened(Message):
    """A file to show; `citation` is what it was opened at, of `answer` or as it was kept (None); both None for a file
    as a whole. `again` says that it is the one that is being read, after the index caught up with it."""

    view: SourceView
    citation: Citation | None = None
    answer: Answer | None = None
    again: bool = False


@dataclass
class SpanCited(Message):
    """A stretch of a document with its citation, as it was asked for by `purpose`."""

    citation: Citation
    purpose: str


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
class FiguresProgress(Message):
    """So many passages of so many have been looked at for figures; a newer one replaces it."""

    looked: int
    of: int

    def can_replace(self, message: Message) -> bool:
        """Only the newest step is worth painting."""
        return isinstance(message, FiguresProgress)


@dataclass
class FiguresReady(Message):
    """The figures of a measure."""

    table: FigureTable


@dataclass
class FiguresFailed(Message):
    """They could not be collected; `Cancelled` when the user wanted so."""

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


@dataclass
class FolderChanged(Message):
    """Documents of these names changed; empty when it is not known what did, None when the folder is gone."""

    names: tuple[str, ...] | None


@dataclass
class FollowingFailed(Message):
    """The folder is not watched any more."""

    error: TjqaError


@dataclass
class AnswerFollowed(Message):
    """The answer of question `number`, its quotes where they stand in the documents now."""

    number: int
    answer: Answer


@dataclass
class StatusRead(Message):
    """What the engine knows of its documents now."""

    status: Status


@dataclass
class ValuesRead(Message):
    """What the library offers to filter by."""

    values: FilterValues


@dataclass
class FiltersCounted(Message):
    """In how many documents passages pass these filters; None where that takes too long to count."""

    filters: tuple[Filter, ...]
    documents: int | None
