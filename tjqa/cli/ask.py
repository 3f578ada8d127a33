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
from tjqa.cli.answer_page import page, print_answer
from tjqa.cli.output import say
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.documents import Position, Span
from tjqa.engine import Engine
from tjqa.errors import UsageError, reason
from tjqa.files import read_given
from tjqa.index.filters import Filter
from tjqa.messages import joined, message
from tjqa.records import json_line, read_rows
from tjqa.results import Answer, Citation
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
        print(json_line(_answer(answer, timings)))
    else:
        print_answer(answer, why, page())
        if timings:
            _print_timings(answer)
    return 0


def ask_batch(settings: Settings, batch: str, output: str | None, k: int, timings: bool = False) -> int:
    """Ask every question of a JSON-lines file; one result line each, in order."""
    questions = list(_questions(batch))
    if output and Path(output).exists() and Path(batch).exists() and Path(output).samefile(batch):
        raise UsageError("batch_onto_itself", "batch_onto_itself_hint", path=batch)
    engine = open_engine(settings)
    with _writer(output) as out:
        for number, question in enumerate(questions, 1):
            print(json_line(_batch_row(engine, question, k, timings)), file=out)
            if output and sys.stderr.isatty():
                print(f"\r{number}/{len(questions)}", end="", file=sys.stderr)
    return 0


def _batch_row(engine: Engine, row: _Question, k: int, timings: bool) -> dict[str, Any]:
    if not row.wanted.strip():
        return _empty(row.identity, row.line)
    answer = engine.ask(row.wanted, k, row.filters, keep_copies=True)
    return {"id": row.identity, **_answer(answer, timings), "question": row.line}


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
def _writer(output: str | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        handle = Path(output).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115  closed by the with below
    except OSError as error:
        raise UsageError("output_unwritable", "output_unwritable_hint", path=output, why=reason(error)) from error
    with handle:
        yield handle


def passage_fields(
    path: str, span: Span, position: Position | None, text: str, title: str, published: str | None, score: float
) -> dict[str, Any]:
    """The fields of a passage that every command prints alike; line and column 0 say that its file changed."""
    return {
        "file": path,
        "start": span.start,
        "end": span.end,
        "line": position.line if position else 0,
        "column": position.column if position else 0,
        "text": text,
        "title": title,
        "published": published,
        "score": round(score, 6),
    }


def _hit(c: Citation) -> dict[str, Any]:
    """A citation; beside the agreed fields its page, paragraph or row, and its bytes in a plain text file."""
    start, end = (c.byte_range.start, c.byte_range.end) if c.byte_range else (None, None)
    row = passage_fields(c.path, c.span, c.position, c.quote, c.title, c.published, c.score)
    row |= {"page": c.place or None, "byte_start": start, "byte_end": end}
    if c.is_cut:
        row["cut"] = True
    if c.also:  # other places that say the same
        places = [
            {
                "file": o.path,
                "start": o.span.start,
                "end": o.span.end,
                "figures_differ": o.figures_differ,
                "words_differ": o.words_differ,
            }
            for o in c.also
        ]
        row["also"] = places
    return row


def _answer(answer: Answer, timings: bool = False) -> dict[str, Any]:
    shown = [c for c in answer.citations if c.unchanged]
    if len(shown) < len(answer.citations):
        say(joined(warnings(answer)))
    return {
        "question": answer.question,
        "abstained": answer.strength == "none",
        "strength": answer.strength,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "hits": [_hit(c) for c in shown],
        **_of_tables(answer),
        **{name: list(files) for name, files in _doubts(answer).items() if files},
        "ms": round(answer.seconds * 1000, 3),
        "cut": any(best.is_cut for best in answer.best),
        **({"stages_ms": dict(answer.milliseconds)} if timings else {}),
    }


def _doubts(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {"disputed_by": answer.disputed_by, "withheld_files": answer.withheld_files}


def _of_tables(answer: Answer) -> dict[str, Any]:
    """The cells that answer, each an exact slice of its file, and what was worked out from them."""
    if not answer.cells:
        periods = {"lacking_periods": answer.lacking_periods, "existing_periods": answer.existing_periods}
        return {name: list(told) for name, told in periods.items() if told}
    cells = [
        {
            "file": best.path,
            "start": best.span.start,
            "end": best.span.end,
            "text": best.quote,
            "sheet": cell.sheet,
            "cell": cell.address,
            "row_heads": list(cell.row_heads),
            "column_heads": list(cell.column_heads),
            "unit": cell.unit,
            "period": cell.period,
            **({"rival": True} if cell.is_rival else {}),
        }
        for best, cell in zip(answer.best, answer.cells, strict=True)
    ]
    computed = [{"operation": one.operation, "value": one.value, "of": list(one.of)} for one in answer.computed]
    return {"cells": cells, "computed": computed} if computed else {"cells": cells}


def _empty(identity: Any, question: str) -> dict[str, Any]:
    return {
        "id": identity,
        "question": question,
        "abstained": True,
        "strength": "none",
        "confidence": 0.0,
        "answer": None,
        "hits": [],
        "ms": 0.0,
        "cut": False,
    }


def _print_timings(answer: Answer) -> None:
    """How long each stage took, to standard error, in the order they are gone through."""
    for name, milliseconds in answer.milliseconds.items():
        say(f"{STAGES[name].text()}  {milliseconds:.1f} ms")
    say(f"一共  {answer.seconds * 1000:.1f} ms")
