"""Reads an export in JSON: an object with exactly the keys that `export` writes, each with a value of its type."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

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

_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_HEAD_KEYS = ("tjqa", "exported", "answers")
_BEST = 4  # decimals of a score


class _Places:
    """On which line the n-th of the keys with a name stands: inside a text its quotation marks would be escaped."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, list[int]] = {}
        self._seen: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), 1):
            for match in re.finditer(r'(?<!\\)"(\w+)"\s{0,9}:', line):
                self._lines.setdefault(match[1], []).append(number)

    def next(self, name: str) -> int:
        """The line of the next key of this name; 0 when it cannot be told."""
        at = self._seen.get(name, 0)
        self._seen[name] = at + 1
        lines = self._lines.get(name, [])
        return lines[at] if at < len(lines) else 0


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.

    Raises:
        ValueError: a key occurs twice, of which readers would see one.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def read_json(text: str, export: Export) -> None:
    """Fill `export` with what a file in JSON says.

    Raises:
        ValueError, RecursionError: it is no JSON.
    """
    records = json.loads(text, object_pairs_hook=_object)
    places = _Places(text)
    export.is_sealed = isinstance(records, dict) and bool(records.keys() & set(form.SEAL_KEYS))
    keys = (*_HEAD_KEYS, *form.SEAL_KEYS) if export.is_sealed else _HEAD_KEYS
    if not _has_keys(records, keys, 1, export):
        return
    if not isinstance(records["tjqa"], str) or not _VERSION.fullmatch(records["tjqa"]):
        export.fault(places.next("tjqa"), "export_value_wrong", name="tjqa")
    export.day(places.next("exported"), records["exported"])
    if not isinstance(records["answers"], list):
        export.fault(places.next("answers"), "export_value_wrong", name="answers")
        return
    for answer in records["answers"]:
        _answer(answer, places, export)
    if export.is_sealed:
        _check_seal(records, places, export)


def _check_seal(records: dict[str, Any], places: _Places, export: Export) -> None:
    """Hold count and digest against what was read."""
    at, count = places.next("quotes"), whole_number(records["quotes"])
    if count is None or isinstance(records["quotes"], str):
        export.fault(at, "export_value_wrong", name="quotes")
    else:
        export.expect(at, "quotes", count, len(export.quotes))
    if records["digest"] != form.digest({key: value for key, value in records.items() if key != "digest"}):
        export.fault(places.next("digest"), "export_digest_wrong")


def _has_keys(record: Any, names: Collection[str], line: int, export: Export) -> bool:
    """Whether this is an object with all of these keys; what it has more or less is noted."""
    if not isinstance(record, dict):
        export.fault(line, "export_value_wrong", name=" ".join(names))
        return False
    for name in (name for name in names if name not in record):
        export.fault(line, "export_key_missing", name=name)
    for name in (name for name in record if name not in names):
        export.fault(line, "export_key_unknown", name=name)
    return record.keys() >= set(names)


def _answer(record: Any, places: _Places, export: Export) -> None:
    line = places.next("question")
    if not _has_keys(record, form.ANSWER_KEYS, line, export):
        return
    filters = record["filters"]
    if not isinstance(record["question"], str):
        export.fault(line, "export_value_wrong", name="question")
    at = places.next("filters")
    if not isinstance(filters, list) or not all(isinstance(written, str) for written in filters):
        export.fault(at, "export_value_wrong", name="filters")
    question = str(record["question"])
    best = _quotes(record["best"], question, "best", places, export)
    citations = _quotes(record["citations"], question, "passage", places, export)
    answer = Said(record["answer"], places.next("answer"))
    state = Said(record["state"], places.next("state"))
    export.answers.append(ExportedAnswer(line, question, best, citations, answer, state))


def _quotes(records: Any, question: str, role: Role, places: _Places, export: Export) -> tuple[ExportedQuote, ...]:
    at = places.next("best" if role == "best" else "citations")
    if not isinstance(records, list):
        export.fault(at, "export_value_wrong", name="best" if role == "best" else "citations")
        return ()
    found = [_quote(record, question, role, places, export) for record in records]
    return tuple(quote for quote in found if quote is not None)


def _quote(record: Any, question: str, role: Role, places: _Places, export: Export) -> ExportedQuote | None:
    names = form.RECORD if export.is_sealed else form.OLD_RECORD
    lines = {name: places.next(name) for name in names}
    if not _has_keys(record, names, lines["number"], export):
        return None
    faults = len(export.faults)
    numbers = [record[name] for name in ("number", "start", "end")]
    span = span_of(record["start"], record["end"])
    for name in ("number", "start", "end"):
        if type(record[name]) is not int or whole_number(record[name]) is None:
            export.fault(lines[name], "export_value_wrong", name=name)
    for name in ("file", "quote"):
        if not isinstance(record[name], str):
            export.fault(lines[name], "export_value_wrong", name=name)
    if not is_hash(record["sha256"]):
        export.fault(lines["sha256"], "export_value_wrong", name="sha256")
    if not is_score(record["score"]):
        export.fault(lines["score"], "export_value_wrong", name="score")
    if span is None:
        export.fault(lines["start"], "export_span_wrong")
    if span is None or len(export.faults) > faults:
        return None
    said = {name: Said(record[name], lines[name]) for name in names}
    return ExportedQuote(
        lines["number"],
        question,
        role,
        numbers[0],
        record["file"],
        record["sha256"],
        span,
        record["quote"],
        "json",
        said,
    )


def is_score(value: object) -> bool:
    """Whether this is a number from 0 to 1 with at most four decimals."""
    return type(value) in (int, float) and 0 <= value <= 1 and round(value, _BEST) == value  # type: ignore[operator,call-overload]
