"""Where engines come from, and what the app asks of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.index.filters import Filter
from tjqa.reports import SourceSummary, Status
from tjqa.results import Answer, Citation, DocumentOutline, SourceView
from tjqa.ui.background.index_process import Build, IndexProcess
from tjqa.ui.background.messages import FoundFiles

if TYPE_CHECKING:
    from tjqa.answers.figures.figure import FigureTable
    from tjqa.answers.proof.report import ProofReport
    from tjqa.citations.notebook.notebook import Notebook
    from tjqa.text.segmenter import Segmenter


class EngineLike(Protocol):
    """What the app asks of an engine."""

    @property
    def segmenter(self) -> Segmenter:
        """Cuts questions into words as the documents were cut."""

    def status(self) -> Status:
        """Counts, build time, changed files."""

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """Answer a question from the passages that pass the filters."""

    def mentions(self, text: str) -> bool:
        """Whether a text stands in the documents."""

    def proof(self, draft: str | Path, progress: Callable[[int, int], None]) -> ProofReport:
        """Hold a draft against the documents."""

    def passing(self, filters: Sequence[Filter]) -> int | None:
        """In how many documents passages pass."""

    def followed(self, answer: Answer) -> Answer:
        """An answer of an older index, its quotes where they stand now."""

    def view(self, citation: Citation) -> SourceView:
        """Open a file at a citation."""

    def view_source(self, path: str, span: Span | None = None) -> SourceView:
        """Open a file, or a stretch of it."""

    def outline(self, path: str) -> DocumentOutline:
        """The tree of a document."""

    def figures(
        self,
        measure: str,
        places: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        step: Callable[[int, int], object] | None = None,
    ) -> FigureTable:
        """The figures of a measure; `step` is told how far it is and may end it."""

    @property
    def notebook(self) -> Notebook:
        """The excerpts kept of the library."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file."""

    def sampling(self, count: int = 3) -> Iterator[str | None]:
        """Questions the documents can answer; None for each that was tried in vain."""


class Backend(Protocol):
    """Where engines come from; the real one is `tjqa.engine`."""

    def open(self, settings: Settings) -> EngineLike:
        """Load index and model."""

    def survey(self, settings: Settings) -> FoundFiles:
        """Count what an index would be made of."""

    def build(self, settings: Settings, rebuild: bool) -> Build:
        """Start building or updating the index."""

    def deepen(self, settings: Settings) -> Build:
        """Start giving its passages the vectors of the model that reads context."""


class RealBackend:
    """`tjqa.engine`, imported on first use: that alone takes longer than painting the screen.

    Args:
        log_file: named when a build dies.
    """

    def __init__(self, log_file: str = "") -> None:
        self._log_file = log_file

    def open(self, settings: Settings) -> EngineLike:
        """Load index and model."""
        from tjqa.engine import Engine

        return Engine.open(settings)

    def survey(self, settings: Settings) -> FoundFiles:
        """List the folder.

        Raises:
            SourcesError: there is no such folder, or it cannot be listed.
        """
        from tjqa.ingest.sources import look_into, size_of

        found = look_into(settings.sources)
        return FoundFiles(len(found.documents), sum(size_of(settings.sources / path) for path in found.documents))

    def build(self, settings: Settings, rebuild: bool) -> Build:
        """Start a process that builds or updates the index."""
        return IndexProcess(settings, rebuild, self._log_file)

    def deepen(self, settings: Settings) -> Build:
        """Start a process that goes on deepening the index there is."""
        return IndexProcess(settings, False, self._log_file, only_deepen=True)


_OTHERS_KEPT = 3
"""Libraries asked beside the one that is open which stay open: each holds its index in memory."""


class Others:
    """The libraries that are asked beside the one that is open.

    Args:
        backend: opens them.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._open: dict[str, EngineLike] = {}
        self.asked: dict[str, Settings] = {}
        """Folder → the library, of all that were ever asked."""

    def engine(self, library: Settings) -> EngineLike:
        """The engine of a library, opened where it is not any more.

        Raises:
            TjqaError: it cannot be opened.
        """
        name = str(library.sources)
        self.asked[name] = library
        engine = self._open.pop(name, None) or self._backend.open(library)
        self._open[name] = engine  # as the newest
        while len(self._open) > _OTHERS_KEPT:
            del self._open[next(iter(self._open))]
        return engine

    def close(self) -> None:
        """Let go of all of them."""
        self._open.clear()
