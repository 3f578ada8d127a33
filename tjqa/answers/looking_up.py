"""What is looked up in a library without a question: passages that are near, a quote that is to be checked, a stretch
of a document. Everything is a citation, read from the file now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from tjqa.answers import parameters
from tjqa.citations.documents_now import citation_of
from tjqa.citations.library import Library
from tjqa.citations.quoted import Likeness, WidthFolded, cuts_number, differences
from tjqa.documents import DropReason, Passage, SourceFile, Span
from tjqa.index.base import Index
from tjqa.index.filters import Filter
from tjqa.reports import SourceSummary
from tjqa.results import Citation
from tjqa.retrieval.search import Ranked, explained
from tjqa.text.sentences import sentences

_Retrieve = Callable[[str, int, Sequence[Filter]], Ranked]

QuoteState = Literal["exact", "width", "cut", "doubtful", "absent"]
"""exact: it stands there character for character; width: width or blanks differ; cut: only with a number cut in the
middle; doubtful: only where a scan was recognised in two ways; absent: it stands nowhere."""

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[0-9A-Za-z.,%]+")


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """What became of a quote: its `places`, the first ones of `count`; where there are none, the `nearest` stretch of a
    document, if one is near, and what the quote has there and the document has not (`differences`: pairs of theirs).
    `whole` is false where only what is indexed was searched: what was left out of the documents may still hold it."""

    state: QuoteState
    places: tuple[Citation, ...] = ()
    count: int = 0
    nearest: Citation | None = None
    differences: tuple[tuple[str, str], ...] = ()
    whole: bool = True


class LookUp:
    """Looks things up in an opened library."""

    def __init__(self, index: Index, library: Library, retrieve: _Retrieve) -> None:
        """`retrieve` ranks passages for a text, as `Engine.retrieve` does."""
        self._index, self._library, self._retrieve = index, library, retrieve

    def search(self, question: str, k: int, filters: Sequence[Filter] = ()) -> tuple[Citation, ...]:
        """The passages nearest to a question, cited; copies of one are its other places.

        Raises:
            UsageError: the question is empty.
        """
        ranked = self._retrieve(question, k, filters)
        return tuple(
            self._library.cite(number, explained(group.hit, ranked.table, ranked.matcher), group.hit.passage.span)
            for number, group in enumerate(ranked.groups[:k], 1)
        )

    def summary(self, path: str) -> SourceSummary | None:
        """What the index holds of a document; None when it is none of the index."""
        return self._index.summary(path)

    def document(self, path: str) -> SourceFile | None:
        """A document of the index as it is now; None when it is none of the index, gone or unreadable."""
        known = self._index.summary(path) is not None
        return self._library.files.current(path) if known else None

    def at(self, source: SourceFile, number: int, span: Span) -> Citation:
        """A citation of a stretch of a document, with title and date of the article it stands in."""
        return citation_of(source, self._around(source, span), number, span)

    def _around(self, source: SourceFile, span: Span) -> Passage:
        """The passage that a stretch stands in, else one without a title: it was left out. Of a file that was edited
        the one that it gives now, for what the index knows of it was true of it then."""
        summary = self._index.summary(source.path)
        is_edited = summary is None or summary.sha256 != source.sha256
        if is_edited and (found := self._library.now.nearest(source, span)) is not None:
            return found
        for passage in () if is_edited else self._index.passages_of(source.path):
            if passage.span.start < max(span.end, span.start + 1) and span.start < passage.span.end:
                return passage
        articles = summary.articles if summary is not None and not is_edited else ()
        title, published = articles[0] if len(articles) == 1 else ("", None)
        return Passage(
            path=source.path,
            sha256=source.sha256,
            span=span,
            text=span.of(source.text),
            role="body",
            title=title,
            page_date=published,
        )

    def quote(self, quote: str, path: str | None = None) -> QuoteFound:
        """Whether a quote stands in the documents, or in the one at `path`."""
        wanted = quote.strip()
        if not wanted:
            return QuoteFound("absent")
        files, whole = ([path], True) if path is not None else self._files(wanted)
        found: list[tuple[SourceFile, Span]] = []
        fault: QuoteState = "absent"
        for source in self._held(files, wanted):
            places = list(islice(WidthFolded(source.text).places(wanted), parameters.MOST_LOOKED))
            whole_places = [span for span in places if not cuts_number(source.text, span)]
            stands = [span for span in whole_places if not _is_doubtful(source, span)]
            if len(stands) < len(places):
                fault = "cut" if len(whole_places) < len(places) else "doubtful"
            found += ((source, span) for span in stands[: parameters.MOST_PLACES])
        if not found:
            return self._near(wanted, fault, files, whole)
        found.sort(key=lambda one: one[1].of(one[0].text) != wanted)  # those that need no folding come first
        shown = found[: parameters.MOST_PLACES]
        told = tuple(self.at(source, number, span) for number, (source, span) in enumerate(shown, 1))
        return QuoteFound("exact" if told[0].quote == wanted else "width", told, len(found), whole=whole)

    def _files(self, quote: str) -> tuple[list[str], bool]:
        """The documents that may hold a quote, and whether no other one can."""
        held = [state for state in self._index.sources if state.skipped is None]
        summaries = (self._index.summary(state.path) for state in held)
        characters = sum(one.characters for one in summaries if one is not None)
        if len(held) <= parameters.SCANNED_FILES and characters <= parameters.SCANNED_CHARACTERS:
            return [state.path for state in held], True
        paths: dict[str, None] = {}
        for part in _fragments(quote):
            hits = self._retrieve(_plain(part), parameters.MOST_PLACES, [Filter("exact", part)]).hits
            paths |= dict.fromkeys(hit.passage.path for hit in hits)
        return list(paths), False

    def _held(self, files: Sequence[str], quote: str) -> Iterator[SourceFile]:
        """Those of the files as they are now, that hold a part of the quote as it is written."""
        runs = sorted(_RUN.findall(quote), key=len, reverse=True)[:1]
        halves = [run[: (len(run) + 1) // 2] for run in runs] + [run[len(run) // 2 :] for run in runs]
        for path in files:
            source = self.document(path)
            # A line may break in one half of the run, not in both; figures and letters may be of another width.
            if source is not None and (not halves or runs[0].isascii() or any(half in source.text for half in halves)):
                yield source

    def _near(self, quote: str, state: QuoteState, files: Sequence[str], whole: bool) -> QuoteFound:
        """That it stands nowhere, with what comes nearest."""
        best: tuple[float, SourceFile, Span] | None = None
        if len(quote) <= parameters.NEAR_CHARACTERS:
            likeness = Likeness(quote, parameters.MOST_COMPARED)
            stretches = (
                (source, span)
                for source, around in self._likely(quote, files, whole)
                for span in _stretches(source.text, around, len(quote))
            )
            for source, span in islice(stretches, parameters.MOST_STRETCHES):
                alike = likeness.to(span.of(source.text), best[0] if best is not None else parameters.NEAR_ENOUGH)
                if alike > (best[0] if best is not None else 0.0):
                    best = alike, source, span
        if best is None or best[0] < parameters.NEAR_ENOUGH:
            return QuoteFound(state, whole=whole)
        _, source, span = best
        told = tuple(differences(quote, span.of(source.text))[: parameters.MOST_DIFFERENCES])
        return QuoteFound(state, nearest=self.at(source, 1, span), differences=told, whole=whole)

    def _likely(self, quote: str, files: Sequence[str], whole: bool) -> Iterator[tuple[SourceFile, Span]]:
        """Where to look for what a quote may have been made of: the sentences round its longest runs of characters, and
        passages that the index gives."""
        for path in files:
            source = self.document(path)
            places = [] if source is None else [source.text.find(part) for part in _longest_runs(quote)]
            for at in (at for at in places if at >= 0):
                assert source is not None
                yield source, _sentences_around(source.text, Span(max(0, at - len(quote)), at + len(quote)))
        filters = [Filter("file", files[0])] if whole and len(files) == 1 else []
        hits = self._retrieve(_plain(quote), parameters.NEAR_PASSAGES, filters).hits
        for hit in hits[: parameters.NEAR_PASSAGES]:
            source = self.document(hit.passage.path)
            if source is not None and hit.passage.span.of(source.text) == hit.passage.text:
                yield source, hit.passage.span


def _is_doubtful(source: SourceFile, span: Span) -> bool:
    """Whether a stretch, or a part of it, was recognised on a scan in two ways."""
    unsure = (part.span for part in source.furniture if part.reason is DropReason.DOUBTFUL)
    return any(part.start < span.end and span.start < part.end for part in unsure)


def _longest_runs(quote: str) -> list[str]:
    """The two longest runs of letters of a quote, as far as a line is likely to hold them."""
    runs = sorted(set(_RUN.findall(quote)), key=lambda run: (-len(run), run))[:2]
    return [run[: parameters.FRAGMENT] for run in runs if len(run) > 1]


def _sentences_around(text: str, span: Span) -> Span:
    """A stretch with the rest of the lines it begins and ends in, as far as those are not very long."""
    start = text.rfind("\n", max(0, span.start - len(span)), span.start) + 1 or max(0, span.start - len(span))
    end = text.find("\n", span.end, span.end + len(span))
    return Span(start, end if end >= 0 else min(len(text), span.end + len(span)))


def _plain(text: str) -> str:
    """A text as a question: words in "" would be looked for as they are."""
    return re.sub('["＂]', " ", text).strip() or text


def _fragments(quote: str) -> list[str]:
    """Stretches of a quote short enough to lie within one passage: of its first, its longest and its last sentence."""
    parts = [quote[span.start : span.end].strip() for span in sentences(quote)]
    parts = [part for part in parts if part]
    chosen = dict.fromkeys([max(parts, key=len), parts[0], parts[-1]])
    return [part[: parameters.FRAGMENT] for part in chosen]


def _stretches(text: str, within: Span, length: int) -> Iterator[Span]:
    """Runs of sentences about as long as a quote."""
    spans = sentences(text, within)
    for first, start in enumerate(spans):
        for last in range(first, len(spans)):
            span = _stripped(text, Span(start.start, spans[last].end))
            if 3 * len(span) >= length:  # of a shorter one less than half is alike
                yield span
            if len(span) >= length:
                break


def _stripped(text: str, span: Span) -> Span:
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, max(start, span.end - (len(inner) - len(inner.rstrip()))))
