"""What `eval` and `verify` print: is the library right, do quotes still hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tjqa.citations.judgements import FILE_NAME, Judgements
from tjqa.cli.output import flattened, say
from tjqa.cli.session import open_engine
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import UsageError
from tjqa.evaluation import Outcome, by_type, judge, judged_questions, read_questions, summary
from tjqa.records import json_line
from tjqa.retrieval.query_syntax import split_filters
from tjqa.text.display import one_line


def evaluate(settings: Settings, path: str | None, as_json: bool) -> int:
    """Ask the questions of a file, or those of the reader's own marks, and compare with their evidence."""
    written = list(read_questions(Path(path))) if path else []
    engine = open_engine(settings)
    questions: Sequence[Mapping[str, Any]] = written if path else _marked(settings, engine)
    outcomes = []
    for row in questions:
        # Marks are made on answers to lines with filters; what a file asks is asked as it stands.
        question, filters = (row["question"], ()) if path else split_filters(row["question"])
        if question.strip():
            outcomes.append(judge(row, engine.ask(question, 10, filters)))
    if as_json:
        rows = [{**asdict(o), "right": o.right} for o in outcomes]
        print(json_line({"summary": summary(outcomes), "questions": rows}))
        return 0
    for outcome in outcomes:
        if _went_wrong(outcome):
            ranks = "、".join(str(r) if r else "没找到" for r in outcome.ranks) or "无需证据"
            verdict = "拒答" if outcome.abstained else "答对" if outcome.answered else "答错"
            print(f"{one_line(outcome.id)}  证据名次 {ranks}  {verdict}  {flattened(outcome.question)}")
    groups = by_type(outcomes)
    for name, group in [("全部", outcomes), *(sorted(groups.items()) if len(groups) > 1 else ())]:
        figures = "  ".join(f"{k}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in summary(group).items())
        print(f"{one_line(name)}: {figures}")
    return 0


def _went_wrong(outcome: Outcome) -> bool:
    if outcome.answerable and not outcome.ranks:  # nothing is marked as answering: only what is not to come first
        return bool(outcome.rejected)
    return not outcome.right or bool(outcome.rejected) or (outcome.answerable and outcome.recall(5) < 1)


def _marked(settings: Settings, engine: Engine) -> list[dict[str, Any]]:
    """The reader's marks as questions; those on files that changed since say nothing any more."""
    marks = list(Judgements(settings.embeddings / FILE_NAME))
    if not marks:
        raise UsageError("no_marks", "no_marks_hint")
    current = {source.path: source.sha256 for source in engine.sources()}
    usable = [mark for mark in marks if current.get(mark.path) == mark.sha256]
    if len(usable) < len(marks):
        say(f"{len(marks) - len(usable)} 个标记的原文已改动或不在索引里，没有计入。")
    return judged_questions(usable)
