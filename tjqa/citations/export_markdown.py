"""Reads an export in Markdown, line by line; after a line that does not belong it goes on at the next citation."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from tjqa.citations import export_format as form
from tjqa.citations.export_format import LineTemplate
from tjqa.citations.export_grammar import Export, ExportedAnswer, ExportedQuote, Role, Said, span_of
from tjqa.text.display import visible

# A line's number and the values in it.
_Row: TypeAlias = tuple[int, dict[str, str]]


class _Astray(Exception):  # no error of the program: the way back to the next citation
    """A line is not of the kind that must stand there."""


class _Lines:
    """The lines of a settled file and how far they are read."""

    def __init__(self, lines: list[str], export: Export) -> None:
        self.lines = lines
        self.at = 0
        self.export = export
        self.words = form.spoken(export.language)
        self.is_free = False  # no blank line is due: what stands before did not belong

    @property
    def number(self) -> int:
        """The number of the next line, from 1."""
        return self.at + 1

    @property
    def ended(self) -> bool:
        """Whether all is read."""
        return self.at >= len(self.lines)

    def sees(self, template: LineTemplate, ahead: int = 0) -> dict[str, str] | None:
        """The values of a line further on if it is of this kind."""
        at = self.at + ahead
        return template.read(self.lines[at]) if at < len(self.lines) else None

    def take(self, template: LineTemplate) -> dict[str, str]:
        """The values of the next line, which must be of this kind.

        Raises:
            _Astray: it is not; the fault is noted.
        """
        found = self.sees(template)
        if found is None:
            self.export.fault(self.number, "export_line_wrong", expected=template.template or "␣")
            raise _Astray
        self.at += 1
        return found

    def skip(self) -> None:
        """Go on to the next line with which a citation, the references or a question begins."""
        while not self.ended:
            begins = self.sees(form.HEADING) and self.sees(form.WHERE, 1) and self.sees(form.PLACE, 2)
            if begins or self.sees(self.words.references) is not None or self.sees(form.QUESTION):
                break
            self.at += 1
        self.is_free = True


def read_markdown(text: str, export: Export) -> None:
    """Fill `export` with what a settled file in Markdown says."""
    rows = text.split("\n")
    spoken = (language for language in form.LANGUAGES if form.spoken(language).head.read(rows[0]))
    export.language = next(spoken, "zh")
    lines = _Lines(rows, export)
    head = lines.sees(lines.words.head)
    export.is_sealed = head is not None
    if export.is_sealed:
        _seal(lines)
    lines.lines = _plain(lines.lines, export)
    try:
        if head is not None:
            export.day(1, head["exported"])
            lines.at = 1
            if not lines.ended:  # a conversation without a question is a head and no more
                lines.take(form.BLANK)
    except _Astray:
        lines.skip()
    for number, row in enumerate(rows, 1):
        if visible(row) != row:  # what is written shows them
            export.fault(number, "export_hidden")
    while not lines.ended:
        lines.is_free = False
        _answer(lines)
    if head is not None:
        export.expect(1, "answers", int(head["answers"]), len(export.answers))
        export.expect(1, "quotes", int(head["quotes"]), len(export.quotes))


def _plain(rows: list[str], export: Export) -> list[str]:
    """The rows as they were before they were made inert; those of tjqa 0.1.0 were not."""
    plain = [form.from_inert(row) for row in rows]
    if not export.is_sealed and None in plain:
        return rows
    for number, row in enumerate(plain, 1):
        if row is None:
            export.fault(number, "export_active")
    return [row if row is not None else rows[number] for number, row in enumerate(plain)]


def _seal(lines: _Lines) -> None:
    """Take the digest off the end and hold it against the lines before it."""
    last = lines.words.seal.read(lines.lines[-1])
    if last is None:
        lines.export.fault(len(lines.lines), "export_digest_gone")
        return
    at = len(lines.lines)
    lines.lines = lines.lines[:-1]
    if lines.lines and lines.lines[-1] == "":
        lines.lines.pop()
    else:
        lines.export.fault(at, "export_line_wrong", expected="␣")
    if last["digest"] != form.digest(lines.lines):
        lines.export.fault(at, "export_digest_wrong")


def _answer(lines: _Lines) -> None:
    """One answer, up to the question of the next."""
    line, question, is_asked = lines.number, "", False
    sentences: list[_Row] = []
    try:
        question = lines.take(form.QUESTION)["question"]
        is_asked = True
        lines.take(form.BLANK)
        _sentences(lines, sentences)
    except _Astray:
        lines.skip()
    quotes: list[ExportedQuote] = []
    references: list[_Row] = []
    while not lines.ended:
        before, was_free = lines.at, lines.is_free
        try:
            if not was_free:
                lines.take(form.BLANK)
            lines.is_free = False
            if lines.sees(form.QUESTION):
                break
            if references:  # nothing but another question comes behind them
                lines.take(form.QUESTION)
            elif lines.sees(lines.words.references) is not None:
                _references(lines, references)
            else:
                quotes.append(_quote(lines, question, "best" if len(quotes) < len(sentences) else "passage"))
        except _Astray:
            lines.at += was_free and lines.at == before  # never stand still
            lines.skip()
    if is_asked or quotes or references:
        _put_together(lines.export, line, question, quotes, sentences, references)


def _sentences(lines: _Lines, found: list[_Row]) -> None:
    """The answering sentences; none when the answer says so."""
    if lines.sees(lines.words.nothing) is not None:
        lines.take(lines.words.nothing)
        return
    while not found or not (lines.ended or lines.sees(form.BLANK) is not None):
        found.append((lines.number, lines.take(form.ANSWER)))


def _quote(lines: _Lines, question: str, role: Role) -> ExportedQuote:
    """One citation with its quote."""
    line = lines.number
    heading = lines.take(form.HEADING)
    where = lines.take(form.WHERE)
    place = lines.take(form.PLACE)
    span = span_of(place["start"], place["end"])
    if span is None:
        lines.export.fault(lines.number - 1, "export_span_wrong")
        raise _Astray
    quote = [lines.take(form.QUOTE)["text"]]
    while lines.sees(form.QUOTE):
        quote.append(lines.take(form.QUOTE)["text"])
    said = {"heading": Said(heading["heading"], line), "where": Said(where["where"], line + 1)}
    path, number = place["path"], int(heading["number"])
    return ExportedQuote(line, question, role, number, path, place["sha256"], span, "\n".join(quote), "md", said)


def _references(lines: _Lines, found: list[_Row]) -> None:
    """The references at the end of an answer, one for each number that it stands under, by number."""
    lines.take(lines.words.references)
    lines.take(form.BLANK)
    while not found or not (lines.ended or lines.sees(form.BLANK) is not None):
        line, row = lines.number, lines.take(form.REFERENCE)
        found += [(line, {"number": one, "reference": row["reference"]}) for one in row["numbers"].split(", ")]
    found.sort(key=lambda one: int(one[1]["number"]))


def _put_together(
    export: Export,
    line: int,
    question: str,
    quotes: list[ExportedQuote],
    sentences: list[_Row],
    references: list[_Row],
) -> None:
    """Give every quote its sentence and its reference: they stand in the same order, under the same numbers."""
    best = _joined(export, [q for q in quotes if q.role == "best"], sentences, "sentence", line)
    cited = _joined(export, [q for q in quotes if q.role == "passage"], references, "reference", line)
    export.answers.append(ExportedAnswer(line, question, tuple(best), tuple(cited)))


def _joined(export: Export, quotes: list[ExportedQuote], rows: list[_Row], name: str, line: int) -> list[ExportedQuote]:
    if len(quotes) != len(rows):
        export.fault(
            rows[0][0] if rows else line, "export_count_wrong", name=name, written=len(rows), found=len(quotes)
        )
    found = []
    for number, quote in enumerate(quotes):
        if number >= len(rows):
            found.append(quote)
            continue
        at, row = rows[number]
        if int(row["number"]) != quote.number:
            export.fault(at, "export_number_wrong", expected=quote.number)
        found.append(replace(quote, said={**quote.said, name: Said(row[name], at)}))
    return found
