"""The one place where documents coming in meet answers going out; both front ends call it, it prints nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tjqa.answers.answering import find_answer
from tjqa.answers.figures.figure import FiguresAsked, FigureTable
from tjqa.answers.following import followed
from tjqa.answers.looking_up import LookUp
from tjqa.answers.notes import noted
from tjqa.answers.proof.report import ProofReport
from tjqa.answers.reading import OptionalReader, explained_hit
from tjqa.answers.tables.answering import TableAnswering
from tjqa.answers.tables.parameters import MOST_PASSAGES
from tjqa.citations.checking import faults_of
from tjqa.citations.library import Library
from tjqa.citations.notebook.file import FILE_NAME
from tjqa.citations.notebook.notebook import Notebook
from tjqa.citations.source_tables import tables_of
from tjqa.config import Settings, reader_dirs
from tjqa.documents import Dropped, Passage, Position, Span
from tjqa.encoders.base import Encoder
from tjqa.encoders.identity import model_name
from tjqa.encoders.loading import load_encoder, meaning_dimension
from tjqa.errors import IndexOutdated, IndexUnusable, UsageError
from tjqa.index.base import Index
from tjqa.index.building import backend_of, build_index, deepen
from tjqa.index.filters import Filter
from tjqa.index.ownership import require_own
from tjqa.index.versions import index_versions
from tjqa.index.workers import one_thread_for_matrices
from tjqa.ingest.sources import require_folder
from tjqa.ingest.user_rules import read_words
from tjqa.messages import Message, message
from tjqa.reports import BuildReport, Progress, SourceSummary, Status, skipped_files
from tjqa.results import Answer, Citation, DocumentOutline, SourceView
from tjqa.retrieval.filter_values import documents_passing
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.near_duplicates import Group
from tjqa.retrieval.query_syntax import looked_at, shown
from tjqa.retrieval.search import Ranked, matcher_for, retrieve_and_rank, understand
from tjqa.retrieval.stages import Stages, measured, stage
from tjqa.text.display import encodable
from tjqa.text.segmenter import Segmenter

__all__ = ["Engine", "backend_of", "build", "deepen"]


class Engine:
    """An opened library: asks and shows. Not thread safe; one thread owns it."""

    def __init__(
        self, settings: Settings, index: Index, encoder: Encoder, segmenter: Segmenter, due: tuple[Message, ...] = ()
    ) -> None:
        self.settings = settings
        self.segmenter = segmenter  # cuts questions as the index's passages were cut
        self._due = due
        self._index = index
        self._encoder = encoder
        self._library = Library(settings.sources, index.sources, index.summary)
        self._tables = TableAnswering(index, segmenter)
        self._reader = OptionalReader(None if settings.fast else reader_dirs())

    @classmethod
    def open(cls, settings: Settings) -> Engine:
        """Open index and model.

        Raises:
            IndexMissing, IndexDamaged, IndexOutdated, ModelError, SourcesError: see tjqa.errors.
        """
        require_folder(settings.sources)  # a missing folder is told as such, not as an index without documents
        words = read_words(settings.sources)
        index = backend_of(settings).open(index_versions(words))
        require_own(index, settings.sources, settings.embeddings)
        if index.meanings is not None:
            index.meanings.prepare()
        segmenter = Segmenter(() if index.due else words)  # an index that is due was perhaps made with other words
        encoder = load_encoder(index.requested_model, settings.model_dir)
        one_thread_for_matrices()
        if meaning_dimension(encoder) != index.dimension and encoder.name == index.model:
            raise IndexOutdated("index_other_vectors", "update_hint")
        if encoder.name != index.model:
            raise IndexUnusable("index_other_model", "update_hint", made=index.model, now=encoder.name)
        return cls(settings, index, encoder, segmenter, _due(settings, index))

    def status(self) -> Status:
        """Counts, build time, and the files that changed, vanished or came since the index was built."""
        return _status(self._index, self._library.stale(), self._due)

    def ask(
        self,
        question: str,
        k: int = 10,
        filters: Sequence[Filter] = (),
        keep_copies: bool = False,
        stages: Stages | None = None,
    ) -> Answer:
        """Answer a question with citations re-read from the files, from the passages that pass `filters` and hold the
        question's exact words ("" marks them). Copies of a passage in other files are its other places, or with
        `keep_copies` citations of their own. `stages` says what is left out on the way, for measuring.

        Raises:
            UsageError: the question is empty.
        """
        began = time.perf_counter()
        with measured(stages or Stages()) as passed:
            ranked = self.retrieve(question, k, filters)
            with stage("reading"):
                read, hurdle = self._reader.read(ranked)
            chosen = [Group(hit) for hit in read.ranked.hits[:k]] if keep_copies else read.ranked.groups[:k]
            groups = [replace(group, hit=explained_hit(group.hit, read)) for group in chosen]
            found = find_answer(self._library, self._tables, ranked, read, groups)
        answer = replace(
            found.answer,
            question=question,
            seconds=time.perf_counter() - began,
            filters=tuple(map(shown, ranked.filters)),
            due=self._due,
            milliseconds=passed.milliseconds(),
            hurdle=hurdle,
        )
        unread = skipped_files(self._index.sources)
        return noted(
            answer, looked_at(question), ranked.matcher, found.hits, found.sentences, self.settings.sources, unread
        )

    def figures(
        self,
        measure: str,
        places: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        step: Callable[[int, int], object] | None = None,
    ) -> FigureTable:
        """One measure over documents, places and years: every figure of it, cited; see `FiguresAsked`. `step` is called
        now and then with how many passages of how many have been looked at; what it raises ends the collecting.

        Raises:
            UsageError: the measure is empty or too long, or a period is none.
        """
        from tjqa.answers.figures.asking import figures_of  # its patterns cost every start 50 ms

        asked = FiguresAsked(encodable(measure), places, since, until)
        return figures_of(self._index, self._library, self.segmenter, self._encoder, asked, step)

    def proof(self, draft: str | Path, progress: Callable[[int, int], None] = lambda done, of: None) -> ProofReport:
        """A draft, a text or a file, held against the library; `progress` is told the sentences done, of how many.

        Raises:
            UsageError: no such file, of no format that is read, without text, or too long.
        """
        from tjqa.answers.proof.proofreading import proof_of  # the same patterns

        return proof_of(self._index, self._library, self.segmenter, self._encoder, draft, progress, self._due)

    def retrieve(self, question: str, k: int = 1, filters: Sequence[Filter] = (), depth: int = 0) -> Ranked:
        """The ranked passages that `ask` answers from; with `depth` at least so many of them.

        Raises:
            UsageError: the question is empty.
        """
        if not question.strip():
            raise UsageError("question_empty", "question_empty_hint")
        return retrieve_and_rank(self._index, self._encoder, self.segmenter, looked_at(question), filters, k, depth)

    @property
    def look_up(self) -> LookUp:
        """Passages without an answer, quotes to be checked, stretches of documents."""
        return LookUp(self._index, self._library, self.retrieve)

    def understand(self, question: str) -> Matcher:
        """The question taken apart, its slips put right, its terms weighed by their idf in this library."""
        return matcher_for(self._index, understand(self._index, looked_at(question), self.segmenter), self.segmenter)

    def holds(self, terms: Sequence[str]) -> list[bool]:
        """Whether any passage holds each of some index terms (`tjqa.text.terms`)."""
        return self._index.holds(terms)

    def mentions(self, text: str) -> bool:
        """Whether a text stands in any passage or title, as written."""
        return self._index.mentions(text)

    def passing(self, filters: Sequence[Filter]) -> int | None:
        """In how many documents passages pass; None where that takes too long to count."""
        return documents_passing(self._index, filters)

    def followed(self, answer: Answer) -> Answer:
        """An answer of an older index, its quotes looked up in the documents as they are now."""
        return followed(answer, self._library, self._index, self.settings.sources)

    def view(self, citation: Citation) -> SourceView:
        """The file of a citation, read again.

        Raises:
            SourcesError: the file is gone or unreadable.
        """
        return _with_tables(self._library.view(citation, self._dropped(citation.path)), self._index)

    def view_source(self, path: str, span: Span | None = None) -> SourceView:
        """A document from its beginning, or at a stretch of it."""
        return _with_tables(self._library.view_source(path, self._dropped(path), span or Span(0, 0)), self._index)

    def outline(self, path: str) -> DocumentOutline:
        """The tree of a document: articles, sections, items, and what is left out between them.

        Raises:
            SourcesError: the file is gone or unreadable.
        """
        return self._library.outline(path, self._index.summary(path))

    @property
    def notebook(self) -> Notebook:
        """The excerpts kept of this library."""
        return Notebook(self.settings.embeddings / FILE_NAME, self._library, self._index.passages_of)

    def sources(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file."""
        return self._index.summaries()

    def passages(self) -> Iterator[tuple[Passage, Position | None]]:
        """Every stored passage with the place it starts at; None when its file changed or is gone."""
        for passage in self._index.passages():
            yield passage, self._library.position(passage)

    def check(self) -> list[Message]:
        """Hash every file of the index, re-read every source: hash, slice = text, counts. Returns the faults found.

        Raises:
            IndexDamaged: a file of the index differs from its manifest.
        """
        backend_of(self.settings).verify()
        return faults_of(self._library, self._index)

    def samples(self, count: int = 3) -> tuple[str, ...]:
        """Sample questions made from the user's own documents that this library does answer, spread over the files."""
        return tuple(filter(None, self.sampling(count)))

    def sampling(self, count: int = 3) -> Iterator[str | None]:
        """The same one after the other, with None for each that was tried in vain: each takes as long as a question."""
        from tjqa.answers.sample_questions import good_samples  # the same patterns

        # The first passages are enough to choose from; a library of a million is not read for three examples.
        return good_samples(islice(self._index.passages(), 500), self.segmenter, self.ask, count)

    def _dropped(self, path: str) -> tuple[Dropped, ...]:
        return summary.dropped if (summary := self._index.summary(path)) is not None else ()


def build(
    settings: Settings,
    progress: Callable[[Progress], None] = lambda step: None,
    rebuild: bool = False,
) -> BuildReport:
    """Read, clean, pack and embed the documents, then swap the new index in. `progress` may raise (Cancelled): the old
    index stays as it was. With `rebuild` nothing of the old index is reused.

    Raises:
        SourcesError (no folder, nothing readable in it), ModelError, IndexLocked, TjqaError: see tjqa.errors.
    """
    return build_index(settings, progress, rebuild, load_encoder, model_name)


def _due(settings: Settings, index: Index) -> tuple[Message, ...]:
    """What is to be told of an index that should be updated."""
    due = [told for told in (index.unsettled, index.due) if told is not None]
    # The index is asked with the model that made it, until it is made again with the one now wanted.
    if settings.model is not None and (wanted := model_name(settings.model, settings.model_dir)) != index.model:
        due.insert(0, message("index_model_due", made=index.model, wanted=wanted))
    return tuple(due)


def _status(index: Index, stale: tuple[str, ...], due: tuple[Message, ...]) -> Status:
    return Status(
        documents=sum(not state.skipped for state in index.sources),
        passages=len(index),
        built=index.built,
        model=index.model,
        stale=stale,
        skipped=skipped_files(index.sources),
        due=due,
        understood=meanings.share if (meanings := index.meanings) is not None else None,
    )


def _with_tables(view: SourceView, index: Index) -> SourceView:
    """With the tables of a file as it was indexed and not too large for that."""
    held = index.summary(view.path)
    if view.changed or view.moved or held is None or held.passages > MOST_PASSAGES:
        return view
    return replace(view, tables=tables_of(index.passages_of(view.path)))
