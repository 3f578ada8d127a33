"""What each command prints. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from tjqa.answers.wording import STAGES, beside, headline, warnings
from tjqa.cli.answer_fields import answer_fields, no_answer
from tjqa.cli.output import flattened, say, where
from tjqa.cli.output_file import output_file
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import UsageError, reason
from tjqa.files import read_given
from tjqa.index.filters import Filter
from tjqa.messages import joined
from tjqa.records import json_line, read_rows
from tjqa.results import NEAREST, Answer, Citation
from tjqa.retrieval.query_syntax import split_filters
from tjqa.text.display import one_line


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
    engine = open_engine(settings, tell_due=as_json)  # for people the answer's own note says it
    answer = engine.ask(wanted, k, filters)
    if as_json:
        print(json_line(_told(answer, timings)))
    else:
        _print_answer(answer, why)
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


def _place(c: Citation) -> str:
    if c.unread:
        return "原文现在读不到,这是建立索引时的文字"
    return one_line(c.place) if c.place and c.unchanged else where(c.position)


def _print_timings(answer: Answer) -> None:
    """How long each stage took, to standard error, in the order they are gone through."""
    for name, milliseconds in answer.milliseconds.items():
        say(f"{STAGES[name].text()}  {milliseconds:.1f} ms")
    say(f"一共  {answer.seconds * 1000:.1f} ms")


def _print_answer(answer: Answer, why: bool) -> None:
    first = headline(answer)
    if first is not None:
        print(one_line(first.text()))
    elif answer.strength == "possible":
        print("可能的答案,把握不大,请看原文判断:")
    for one in answer.computed:
        print(one.statement.text())
    for at, best in enumerate(answer.best):
        if answer.cells:
            place = f"({one_line(best.place)})" if best.place else ""
            print(f"{flattened(answer.cells[at].statement)}{place}  [{best.number}]")
        else:
            print(f"{best.with_cuts(flattened(best.quote))}  [{best.number}]")
    if not answer.best:
        next_step = "没有段落符合筛选,请放宽后再问。" if answer.filters else "请换个说法再问。"
        nothing = "" if first is not None else "资料里没有找到可靠的答案。"
        print(nothing + ("下面是最接近的几段,不是答案:" if answer.citations else next_step))
    for said in beside(answer):  # under the answer and with it, wherever that is written to
        print(one_line(said))
    for c in answer.citations if answer.best else answer.citations[:NEAREST]:
        date = c.published or "日期不详"
        print(f"\n[{c.number}] {one_line(c.path)}:{c.span.start}-{c.span.end}  {_place(c)}  {date}")
        print(f"    {flattened(c.title)}\n    {c.with_cuts(flattened(c.quote))}")
        for o in c.also:
            differ = "(数字有出入)" if o.figures_differ else "(字句有出入)" if o.words_differ else ""
            print(f"    另见 {one_line(o.path)}:{o.span.start}-{o.span.end}{differ}")
        if why:
            shares = "  ".join(f"{told.label.text()} {told.value:+.2f}" for told in c.explanation())
            print(f"    匹配:{one_line('、'.join(c.matched)) or '无相同的词'}\n    得分:{shares}")
