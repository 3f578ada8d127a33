"""Reads an export in CSV: one row a citation, in the columns of `export_format.COLUMNS`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from tjqa.citations import export_format as form
from tjqa.citations.export_grammar import (
    Export,
    ExportedAnswer,
    ExportedQuote,
    Role,
    Said,
    is_hash,
    span_of,
    whole_number,
)

_SCORE = re.compile(r"0|1|1\.0|0\.[0-9]{1,4}")
_ROLES: dict[str, Role] = {"best": "best", "passage": "passage"}
_NONE = "none"


def read_csv(text: str, export: Export) -> None:
    """Fill `export` with what a settled file in CSV says.

    Raises:
        ValueError, csv.Error: it is no CSV.
    """
    rows = list(_rows(text))
    header = tuple(rows[0][1])
    export.is_sealed = bool({*header} & {*form.SEAL_COLUMNS})
    expected = form.COLUMNS if export.is_sealed else form.OLD_COLUMNS
    if header != expected:
        export.fault(1, "export_columns_wrong", expected=",".join(expected))
        return
    groups = _Groups(export)
    for line, values in rows[1:]:
        if len(values) != len(header):
            export.fault(line, "export_cells_wrong", expected=len(header), found=len(values))
            continue
        groups.add(line, dict(zip(header, values, strict=True)))
    groups.close()
    if export.is_sealed:
        _check_seal(rows, export)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _check_seal(rows: list[tuple[int, list[str]]], export: Export) -> None:
    """Hold what each row says of the whole against the whole."""
    body = [[form.settled_value(value) for value in row[:-1]] for _, row in rows]
    found = form.digest(body), str(len(export.quotes))
    days = len(form.COLUMNS) - len(form.SEAL_COLUMNS)
    whole = [(line, row) for line, row in rows[1:] if len(row) == len(form.COLUMNS)]
    for line, row in whole:
        day, count, digest = row[days:]
        if export.exported is None and day:
            export.day(line, day)
        if day != (export.exported.isoformat() if export.exported else ""):
            export.fault(line, "export_value_wrong", name="exported")
        if count != found[1]:
            export.fault(line, "export_count_wrong", name="quotes", written=count, found=found[1])
        if digest != found[0]:
            export.fault(line, "export_digest_wrong")


class _Groups:
    """Rows put together to answers: best rows come before passages, and passages begin with number 1."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._line = 0
        self._question: str | None = None
        self._quotes: list[ExportedQuote] = []

    def add(self, line: int, row: Mapping[str, str]) -> None:
        """Take one row."""
        question, role = form.uncell(row["question"]), row["role"]
        if question is None:
            self._export.fault(line, "export_value_wrong", name="question")
        question = question if question is not None else row["question"]
        if role == _NONE:
            self._alone(line, question, row)
            return
        if role not in _ROLES:
            self._export.fault(line, "export_value_wrong", name="role")
            return
        quote = _quote(line, question, _ROLES[role], row, self._export)
        if quote is not None:
            if self._begins(quote):
                self.close()
                self._line, self._question = line, question
            self._quotes.append(quote)

    def _begins(self, quote: ExportedQuote) -> bool:
        """Whether another answer begins with this quote."""
        if quote.question != self._question or not self._quotes:
            return True
        again = quote.role == "best" or quote.number == 1
        return self._quotes[-1].role == "passage" and again

    def _alone(self, line: int, question: str, row: Mapping[str, str]) -> None:
        """The row of an answer without any citation."""
        self.close()
        for name in form.RECORD:
            if row.get(name):
                self._export.fault(line, "export_value_wrong", name=name)
        if not self._export.is_sealed:
            self._export.fault(line, "export_value_wrong", name="role")
        self._export.answers.append(ExportedAnswer(line, question, (), ()))

    def close(self) -> None:
        """Note the answer that ended."""
        if self._quotes:
            best = tuple(quote for quote in self._quotes if quote.role == "best")
            cited = tuple(quote for quote in self._quotes if quote.role == "passage")
            self._export.answers.append(ExportedAnswer(self._line, self._question or "", best, cited))
        self._quotes = []


def _quote(line: int, question: str, role: Role, row: Mapping[str, str], export: Export) -> ExportedQuote | None:
    number, span = whole_number(row["number"]), span_of(row["start"], row["end"])
    path, quote = form.uncell(row["file"]), form.uncell(row["quote"])
    checks = {
        "number": number is not None,
        "file": path is not None,
        "sha256": is_hash(row["sha256"]),
        "start": whole_number(row["start"]) is not None,
        "end": whole_number(row["end"]) is not None,
        "quote": quote is not None,
        "score": _SCORE.fullmatch(row["score"]) is not None,
    }
    wrong = [name for name, holds in checks.items() if not holds]
    for name in wrong:
        export.fault(line, "export_value_wrong", name=name)
    if not wrong and span is None:
        export.fault(line, "export_span_wrong")
    if wrong or number is None or span is None or path is None or quote is None:
        return None
    said = {name: Said(row[name], line) for name in form.RECORD if name in row}
    return ExportedQuote(line, question, role, number, path, row["sha256"], span, quote, "csv", said)
