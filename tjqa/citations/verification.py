"""Is an export true? Everything it says is worked out again from the documents; needs no index and no model.

What cannot be worked out are the question with its filters, the score, the order of the passages and the day of the
export: these are only covered by the export's own digest (`UNCHECKED`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tjqa.citations import export_format as form
from tjqa.citations.documents_now import DocumentsNow, ReadDocument
from tjqa.citations.export import heading, record, where
from tjqa.citations.export_grammar import Export, ExportedAnswer, ExportedQuote, ExportFault, Said, day_of
from tjqa.citations.gbt7714 import reference
from tjqa.citations.quote_search import stands_at
from tjqa.documents import Span
from tjqa.errors import SourcesError
from tjqa.messages import Language, message
from tjqa.results import Citation
from tjqa.text.whole_numbers import cuts

UNCHECKED = frozenset({"question", "filters", "score", "exported"})
"""Fields that the documents say nothing of."""

# Compared as a whole, with words of their own: the quote with its place, the file with its hash.
_OF_THE_QUOTE = frozenset({"number", "file", "sha256", "start", "end", "quote", "score"})
# Titles may hold other days than that of citing, which is mostly the latest; each is tried.
_MOST_DAYS = 30
_DAY = re.compile(r"\[([0-9]{4}-[0-9]{2}-[0-9]{2})\]")


@dataclass(frozen=True, slots=True)
class _Told:
    """What an export says of the whole: the days it can have been written on, the language of its Markdown, and
    whether it is sealed: older ones do not tell where a sentence was cut."""

    days: Sequence[date]
    language: Language
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of an export: `quotes` that it holds, of which `kept` stand with all that is said of them; `faults`
    by line; `changed` files that are not byte for byte those that were cited; whether it bears a digest."""

    quotes: int
    kept: int
    faults: tuple[ExportFault, ...]
    changed: tuple[str, ...]
    is_sealed: bool


def verify(export: Export, documents: DocumentsNow) -> Verification:
    """Hold everything an export says against itself and against the documents."""
    faults = list(export.faults)
    for answer in export.answers:
        faults += _of_itself(answer)
    told = _Told(_days(export), export.language, export.is_sealed)
    changed: dict[str, None] = {}
    for quote in export.quotes:
        found, is_same = _of_documents(quote, documents, told)
        faults += found
        if not found and not is_same:
            changed[quote.path] = None
    broken = {id(fault.quote) for fault in faults if fault.quote is not None}
    return Verification(
        quotes=len(export.quotes),
        kept=len(export.quotes) - len(broken),
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
        changed=tuple(changed),
        is_sealed=export.is_sealed,
    )


def _of_itself(answer: ExportedAnswer) -> Iterator[ExportFault]:
    """What does not fit together within one answer: numbers, answering sentences and their passages, the state."""
    for number, quote in enumerate(answer.citations, 1):
        if quote.number != number:
            yield ExportFault(quote.line, message("export_number_wrong", expected=number), quote)
    passages = {passage.number: passage for passage in reversed(answer.citations)}
    places: dict[tuple[str, str, Span], int] = {}
    for quote in answer.best:
        passage = passages.get(quote.number)
        if passage is None or not _holds(passage, quote):
            yield ExportFault(quote.line, message("export_best_outside", number=quote.number), quote)
    for quote in (*answer.best, *answer.citations):
        place = quote.role, quote.path, quote.span
        if place in places:
            yield ExportFault(quote.line, message("export_twice", line=places[place]), quote)
        places.setdefault(place, quote.line)
    text = "\n".join(quote.quote for quote in answer.best) if answer.best else None
    if answer.answer is not None and answer.answer.value != text:
        yield ExportFault(answer.answer.line, message("export_answer_wrong"))
    state = "found" if answer.best else "weak" if answer.citations else "nothing"
    if answer.state is not None and answer.state.value != state:
        yield ExportFault(answer.state.line, message("export_field_wrong", name="state", expected=state))


def _holds(passage: ExportedQuote, best: ExportedQuote) -> bool:
    same = (passage.path, passage.sha256) == (best.path, best.sha256)
    return same and passage.span.covers(best.span)


def _days(export: Export) -> Sequence[date]:
    """The days on which the export can have been written; where it says none, those in all of its references."""
    if export.exported is not None:
        return [export.exported]
    told = [q.said["reference"].value for q in export.quotes if "reference" in q.said]
    common = set.intersection(*({*_DAY.findall(str(text))} for text in told)) if told else set()
    days = [day for day in map(day_of, sorted(common)) if day is not None]
    return days[-_MOST_DAYS:] or [date.min]


def _of_documents(quote: ExportedQuote, documents: DocumentsNow, told: _Told) -> tuple[list[ExportFault], bool]:
    """What the documents say against a quote, and whether its file is byte for byte the one that was cited."""
    names = documents.named(quote.path, quote.is_shown)
    if not names:
        return [ExportFault(quote.line, message("quote_no_file"), quote)], False
    tried = [_of_document(quote, name, documents, told) for name in names]
    return min(tried, key=lambda one: (len(one[0]), not one[1]))


def _of_document(
    quote: ExportedQuote, name: str, documents: DocumentsNow, told: _Told
) -> tuple[list[ExportFault], bool]:
    document = documents.read(name)
    if not isinstance(document, ReadDocument):
        return [ExportFault(quote.line, document.whole, quote)], False
    same = document.source.sha256 == quote.sha256
    fault = _misquoted(quote, document, documents, same)
    if fault is not None:
        return [fault], same
    best: list[ExportFault] | None = None
    try:
        for citation in documents.citations(document, quote.number, quote.span):
            for day in told.days:
                found = list(_differences(quote, citation, day, told))
                if not found:
                    return [], same
                best = found if best is None or len(found) < len(best) else best
    except SourcesError as error:
        return [ExportFault(quote.line, error.whole, quote)], same
    return best or [ExportFault(quote.line, message("export_left_out"), quote)], same


def _misquoted(quote: ExportedQuote, document: ReadDocument, documents: DocumentsNow, same: bool) -> ExportFault | None:
    """What is wrong with the words of a quote, in the text as the format gives it."""
    text = document.shown if quote.is_shown else document.source.text
    inside = len(quote.span) > 0 and quote.span.end <= len(text)
    # Editors may end lines otherwise and take blanks from their ends; inside JSON they do not.
    exact = quote.form == "json"
    if inside and quote.quote and stands_at(text, quote.span, quote.quote, exact):
        # By the text itself: what is shown for a control character (·) joins nothing.
        cut = cuts(document.source.text, quote.span)
        whole = not cut or cut <= documents.edges(document, quote.span)
        return None if whole else ExportFault(quote.line, message("quote_cut"), quote)
    moved = document.find(quote.quote, quote.is_shown, exact) if quote.quote.split("\n")[0].strip() else None
    if moved is not None and moved != quote.span:
        line = text.count("\n", 0, moved.start) + 1
        told = message("quote_moved", line=line, start=moved.start, end=moved.end)
    else:
        told = message("quote_never" if same else "quote_gone")
    return ExportFault(quote.line, told, quote)


def _differences(quote: ExportedQuote, citation: Citation, day: date, told: _Told) -> Iterator[ExportFault]:
    """What an export says of a quote that the documents do not; `citation` is what they say."""
    expected = _shown(citation, quote, day, told) if quote.is_shown else record(citation, day)
    is_text = quote.form == "csv"
    for name, said in quote.said.items():
        if name in _OF_THE_QUOTE:
            continue
        value = form.cell(expected[name]) if is_text else expected[name]
        given = said.value
        if is_text and isinstance(given, str):
            given = form.settled_value(form.as_written_now(given))
        value = form.settled_value(value) if is_text and isinstance(value, str) else value
        if type(given) is not type(value) or given != value:
            expected_value = "null" if value is None else value
            yield ExportFault(said.line, message("export_field_wrong", name=name, expected=expected_value), quote)


def _shown(citation: Citation, quote: ExportedQuote, day: date, told: _Told) -> Mapping[str, str]:
    """The same in Markdown."""
    language, sentence = told.language, form.one_line(citation.quote)
    whole = citation.with_cuts(sentence)
    if told.is_sealed or quote.said.get("sentence", Said("", 0)).value == whole:
        sentence = whole
    # Exports of tjqa 0.1.0 say no heads.
    told_of = citation if told.is_sealed else replace(citation, heads=())
    return {
        "heading": heading(told_of, language, quote.role == "best").rstrip(),
        "where": where(citation, language).rstrip(),
        "sentence": sentence,
        "reference": form.one_line(reference(citation, day)).rstrip(),
    }


def check_export(export: Export, folder: Path) -> Verification:
    """`verify` against the documents below a folder.

    Raises:
        SourcesError: the folder is missing.
    """
    return verify(export, DocumentsNow(folder))
