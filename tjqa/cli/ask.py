"""What each command prints. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from tjqa.answers.wording import STAGES, warnings
from tjqa.cli.answer_fields import answer_fields, no_answer
from tjqa.cli.answer_page import page, print_answer
from tjqa.cli.output import say
from tjqa.cli.output_file import output_file
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import UsageError, reason
from tjqa.files import read_given
from tjqa.index.filters import Filter
from tjqa.messages import joined, message
from tjqa.records import json_line, read_rows
from tjqa.results import Answer
from tjqa.retrieval.query_syntax import split_filters, unknown_filters


@dataclass(frozen=True, slots=True)
class _Question:
    """A row of a batch: its id and line as they were given, the line taken apart."""

    identity: Any
    line: str
    wanted: str
    filters: tuple[Filter, ...]


def ask(settings: Settings, question: str, k: int, as_json: bool, why: bool = False, timings: bool = False) -> int:
    """Ask one question; with `why` each passage says what it was found by, with `timings` how long each stage took."""
    wanted, filters = split_filters(question)
    if unknown := unknown_filters(question):
        say(message("filter_unknown", names=" ".join(f"{name}:" for name in unknown)).text())
    engine = open_engine(settings, tell_due=as_json)  # for people the answer's own note says it
    answer = engine.ask(wanted, k, filters)
    if as_json:
        print(json_line(_told(answer, timings)))
    else:
        print_answer(answer, why, page())
        if timings:
            _print_timings(answer)
    return 0


def _told(answer: Answer, timings: bool) -> dict[str, Any]:
    """The fields of an answer; that quotes had to be left out of them is said."""
    if not all(c.unchanged for c in answer.citations):
        say(joined(warnings(answer)))
    return answer_fields(answer, timings)


def ask_batch(settings: Settings, batch: str, output: str | None, k: int, timings: bool = False) -> int:
    """Ask every question of a JSON-lines file; one result line each, in order."""
    questions = list(_questions(batch))
    if output and Path(output).exists() and Path(batch).exists() and Path(output).samefile(batch):
        raise UsageError("batch_onto_itself", "batch_onto_itself_hint", path=batch)
    place = output_file(settings, output) if output else None
    engine = open_engine(settings)
    with _writer(place) as out:
        for number, question in enumerate(questions, 1):
            print(json_line(_batch_row(engine, question, k, timings)), file=out)
            if output and sys.stderr.isatty():
                print(f"\r{number}/{len(questions)}", end="", file=sys.stderr)
    return 0


def _batch_row(engine: Engine, row: _Question, k: int, timings: bool) -> dict[str, Any]:
    if not row.wanted.strip():
        return {"id": row.identity, **no_answer(row.line)}
    answer = engine.ask(row.wanted, k, row.filters, keep_copies=True)
    return {"id": row.identity, **_told(answer, timings), "question": row.line}


def _questions(batch: str) -> Iterator[_Question]:
    """Every line, checked before the first is answered: nothing is written of a batch that cannot be done."""
    try:
        rows = read_rows(read_given(batch))
    except OSError as error:
        raise UsageError("batch_unreadable", "file_name_hint", path=batch, why=reason(error)) from error
    except UnicodeDecodeError as error:
        raise UsageError("batch_no_text", "save_utf8_hint", path=batch, at=error.start) from error
    for number, row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise UsageError("batch_line", "batch_line_hint", path=batch, line=number)
        identity = row.get("id", number)
        try:
            json.dumps(identity, allow_nan=False)  # the reader takes NaN and 1e999, which no JSON can hold
        except (ValueError, RecursionError) as error:
            raise UsageError("batch_id", "batch_line_hint", path=batch, line=number) from error
        try:
            wanted, filters = split_filters(row["question"])
        except UsageError as error:
            raise UsageError("batch_filter", "batch_line_hint", path=batch, line=number, why=error.message) from error
        yield _Question(identity, row["question"], wanted, filters)


@contextmanager
def _writer(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        handle = output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError("output_unwritable", "output_unwritable_hint", path=str(output), why=reason(error)) from error
    with handle:
        yield handle


def _print_timings(answer: Answer) -> None:
    """How long each stage took, to standard error, in the order they are gone through."""
    for name, milliseconds in answer.milliseconds.items():
        say(f"{STAGES[name].text()}  {milliseconds:.1f} ms")
    say(f"一共  {answer.seconds * 1000:.1f} ms")
