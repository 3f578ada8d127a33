"""A draft → its proof: each sentence taken apart, quotations and facts looked up, every verdict with its citation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tjqa.answers.proof import parameters
from tjqa.answers.proof.cited import Citations, shifted
from tjqa.answers.proof.codes import Code, codes_of
from tjqa.answers.proof.drafts import read_draft
from tjqa.answers.proof.facts import Fact, clause_around, facts_of, letters
from tjqa.answers.proof.judging import Draft, Judge, Told
from tjqa.answers.proof.library_search import LibrarySearch
from tjqa.answers.proof.matching import Around
from tjqa.answers.proof.names import exchanged
from tjqa.answers.proof.places_beside import with_places
from tjqa.answers.proof.quotation_checks import Quotations
from tjqa.answers.proof.quotations import Quoted, quoted
from tjqa.answers.proof.report import CheckedSentence, FactKind, Finding, ProofReport, Verdict
from tjqa.answers.proof.slots import Judged, is_nowhere, judged_codes, judged_words, matching
from tjqa.answers.proof.sources import Sources, SourceText, SourceUnit
from tjqa.answers.proof.values import Quantity
from tjqa.citations.library import Library
from tjqa.documents import Span
from tjqa.encoders.base import Encoder
from tjqa.index.base import Index
from tjqa.messages import Message
from tjqa.text.normalize import fold, squeeze
from tjqa.text.segmenter import Segmenter
from tjqa.text.sentences import is_question, sentences

Progress = Callable[[int, int], None]
"""Told how many sentences of how many are done; what it raises ends the proof."""


def proof_of(
    index: Index,
    library: Library,
    segmenter: Segmenter,
    encoder: Encoder,
    draft: str | Path,
    progress: Progress,
    due: tuple[Message, ...],
) -> ProofReport:
    """A draft held against an opened library; see `read_draft` for what is raised."""
    report = Proofreader(LibrarySearch(index, library, encoder, segmenter), library, segmenter).proof(draft, progress)
    return replace(report, due=due)


class Proofreader:
    """Proofs drafts against one library."""

    def __init__(self, search: LibrarySearch, library: Library, segmenter: Segmenter) -> None:
        self._search = search
        self._library = library
        self._quotations = Quotations(search)
        self._segmenter = segmenter
        self._sources = Sources()

    def proof(self, draft: str | Path, progress: Progress = lambda done, of: None) -> ProofReport:
        """The proof of a draft; see `read_draft` for what is raised."""
        began = time.perf_counter()
        read = read_draft(draft)
        marks = list(quoted(read.text))
        citations = Citations(self._library)
        found = []
        spans = sentences(read.text)
        for number, span in enumerate(spans):
            progress(number, len(spans))
            own = [mark for mark in marks if span.start <= mark.span.start < span.end]
            inside = [mark for mark in marks if mark.span.start < span.end and span.start < mark.span.end]
            findings = sorted(
                self._findings(read.text, span, own, inside, citations), key=lambda finding: finding.span.start
            )
            found.append(CheckedSentence(span, tuple(findings)))
        progress(len(spans), len(spans))
        return ProofReport(read.name, read.text, tuple(found), citations.made, time.perf_counter() - began)

    def _findings(
        self, text: str, span: Span, own: Sequence[Quoted], inside: Sequence[Quoted], citations: Citations
    ) -> Iterator[Finding]:
        """What is found of the quotations that begin in a sentence and of its facts; nothing of one that asks."""
        folded = fold(span.of(text))
        for mark in own:
            yield from self._quotations.findings(text, span, mark, citations)
        if is_question(folded):
            return
        apart = [_within(mark.span, span) for mark in inside if mark.is_words or mark.is_title]
        own_codes = codes_of(folded, apart)
        facts = facts_of(folded, self._segmenter, [*apart, *(code.span for code in own_codes)], span.of(text))
        if not facts and not own_codes and len(letters(folded)) < parameters.SELF_CONTAINED:
            return
        draft = Draft(folded, facts)
        texts = self._sources.of(self._search.near(span.of(text)))
        judge = Judge(draft, texts, self._segmenter)
        done = [code.span for code in own_codes]
        told_at: list[Told] = []
        for fact, verdict, told in with_places(draft, [self._judged(draft, fact, judge) for fact in facts]):
            told_at += [told] if told is not None and fact.kind is FactKind.FIGURE and not fact.is_weak else []
            is_sure = told is not None and told.agreement >= parameters.ENTIRELY
            if fact.is_bare and not (is_sure and verdict is Verdict.HOLDS):
                if not is_nowhere(draft, fact, texts):
                    continue
                verdict, told = (verdict, told) if is_sure else (Verdict.NOT_FOUND, None)
            elif fact.is_weak and not is_sure:
                continue
            if fact.is_ordinal and verdict is Verdict.NOT_FOUND:
                continue
            done.append(fact.span)
            yield self._finding(text, span, draft, fact, verdict, told, citations)
        yield from self._slots(text, span, draft, own_codes, [*done, *apart], told_at, texts, citations)
        yield from self._exchanges(text, span, draft, [*done, *apart], texts, citations)

    def _judged(self, draft: Draft, fact: Fact, judge: Judge) -> Judged:
        verdict, told = judge.best(fact)
        return fact, *((verdict, told) if verdict is Verdict.HOLDS else self._again(draft, fact, verdict, told))

    def _again(self, draft: Draft, fact: Fact, verdict: Verdict, told: Told | None) -> tuple[Verdict, Told | None]:
        """The same after a look for the clause alone: a sentence may be written from several."""
        clause = clause_around(draft.folded, fact.span)
        if len(clause) > 0.8 * len(draft.folded):
            return verdict, told
        texts = self._sources.of(self._search.near(clause.of(draft.folded)))
        inside = [
            replace(one, span=shifted(one.span, -clause.start), quantity=_moved(one, -clause.start))
            for one in draft.facts
            if clause.covers(one.span)
        ]
        mine = next(one for one in inside if one.span == shifted(fact.span, -clause.start))
        others = [one for one in draft.facts if not clause.covers(one.span)]
        told_elsewhere = [one for one in others if one.kind in (FactKind.DATE, FactKind.PLACE)]
        again = Judge(Draft(clause.of(draft.folded), inside), texts, self._segmenter).best(mine)
        if again[0] is Verdict.HOLDS and not told_elsewhere:
            return again
        return (verdict, told) if verdict is not Verdict.NOT_FOUND else again

    def _finding(
        self,
        text: str,
        sentence: Span,
        draft: Draft,
        fact: Fact,
        verdict: Verdict,
        told: Told | None,
        citations: Citations,
    ) -> Finding:
        span = shifted(fact.span, sentence.start)
        number, said, at = citations.cite(told.passage, told.quote, told.span) if told is not None else (0, "", None)
        if told is not None and not number:  # the file no longer holds it
            verdict = Verdict.NOT_FOUND
        measure = ""
        if fact.kind is FactKind.FIGURE:
            clause = clause_around(draft.folded, fact.span)
            measure = _last_words(text[sentence.start + clause.start : span.start])
        return Finding(
            fact.kind,
            verdict,
            span,
            span.of(text),
            measure,
            said,
            number,
            at,
            () if verdict is Verdict.HOLDS else (span,),
            is_rounded=told.is_rounded if told is not None and verdict is Verdict.HOLDS else False,
        )

    # --- names

    def _slots(
        self,
        text: str,
        sentence: Span,
        draft: Draft,
        own: Sequence[Code],
        done: Sequence[Span],
        told: Sequence[Told],
        texts: Sequence[SourceText],
        citations: Citations,
    ) -> Iterator[Finding]:
        """Codes, and words of which a text has one of a few, against what stands in their place."""
        matched = matching(draft, told, texts)
        for fact, verdict, at in (
            *judged_codes(draft, own, matched, texts),
            *judged_words(draft, done, matched),
        ):
            yield self._finding(text, sentence, draft, fact, verdict, at, citations)

    def _exchanges(
        self,
        text: str,
        sentence: Span,
        draft: Draft,
        done: Sequence[Span],
        texts: Sequence[SourceText],
        citations: Citations,
    ) -> Iterator[Finding]:
        """Names that no rule knows for names, where the library has another word in their place."""
        unit = _copied(draft.folded, [unit for text in texts for unit in text.units])
        if unit is None:
            return
        for pair in exchanged(draft.folded, unit.folded, self._segmenter):
            mine, other = pair.mine, pair.other.of(unit.folded)
            if any(mine.start < span.end and span.start < mine.end for span in done):
                continue
            word = mine.of(draft.folded)
            if squeeze(word) in squeeze(unit.folded) or squeeze(other) in squeeze(draft.folded):
                continue
            base = unit.source.passage.span.start + unit.span.start
            quote = Span(base, base + len(unit.folded))
            number, said, at = citations.cite(unit.source.passage, quote, shifted(pair.other, base))
            if number:
                span = shifted(mine, sentence.start)
                yield Finding(
                    FactKind.NAME, Verdict.DIFFERS, span, span.of(text), "", said, number, at, differing=(span,)
                )


def _copied(folded: str, units: Sequence[SourceUnit]) -> SourceUnit | None:
    """The sentence that a draft's was taken from, if there is one that has most of it."""
    around = Around.of(folded, Span(0, 0))
    best = max(units, key=around.whole_agreement, default=None)
    return best if best is not None and around.whole_agreement(best) > parameters.OTHER_CONTEXT else None


def _within(span: Span, whole: Span) -> Span:
    """What of a stretch lies in another one, counted from the beginning of that."""
    return Span(max(span.start, whole.start) - whole.start, min(span.end, whole.end) - whole.start)


def _moved(fact: Fact, by: int) -> Quantity | None:
    own = fact.quantity
    return replace(own, number=shifted(own.number, by), span=shifted(own.span, by)) if own is not None else None


def _last_words(text: str) -> str:
    """The last words before a figure, on one line."""
    return "".join(text.split())[-parameters.MOST_MENTIONED :].lstrip("，,、：:；; ")
