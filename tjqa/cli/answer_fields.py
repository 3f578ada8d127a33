"""An answer and its passages as rows of data: the words of `ask --json`, `passages --json` and `tjqa mcp`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tjqa.answers.wording import headline, remarks
from tjqa.documents import Position, Span
from tjqa.messages import joined, message
from tjqa.results import Answer, Citation


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


def hit_fields(c: Citation, strength: str) -> dict[str, Any]:
    """A citation; beside the agreed fields its page, paragraph or row, its bytes in a plain text file, its file's
    SHA-256, and how far it answers."""
    start, end = (c.byte_range.start, c.byte_range.end) if c.byte_range else (None, None)
    row = passage_fields(c.path, c.span, c.position, c.quote, c.title, c.published, c.score)
    row |= {"page": c.place or None, "byte_start": start, "byte_end": end, "sha256": c.sha256, "strength": strength}
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


def answer_fields(answer: Answer, timings: bool = False) -> dict[str, Any]:
    """An answer as `ask --json` prints it; of its passages those that still stand in their files."""
    answering = {best.number for best in answer.best}
    shown = [(c, answer.strength if c.number in answering else "none") for c in answer.citations if c.unchanged]
    return {
        "question": answer.question,
        "abstained": answer.strength == "none",
        "strength": answer.strength,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "hits": [hit_fields(c, strength) for c, strength in shown],
        **_of_tables(answer),
        **{name: list(files) for name, files in _doubts(answer).items() if files},
        "ms": round(answer.seconds * 1000, 3),
        "cut": any(best.is_cut for best in answer.best),
        **({} if answer.best else {"reason": why_none(answer)}),
        **({"stages_ms": dict(answer.milliseconds)} if timings else {}),
    }


def why_none(answer: Answer) -> str:
    """Why nothing was found, in sentences."""
    first = headline(answer)
    nothing = message("export_nothing" if answer.citations or not answer.filters else "filters_pass_nothing")
    return joined([nothing, *([first] if first is not None else []), *remarks(answer)])


def _doubts(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {"disputed_by": answer.disputed_by, "withheld_files": answer.withheld_files}


def _of_tables(answer: Answer) -> dict[str, Any]:
    """The cells that answer, each an exact slice of its file, and what was worked out from them."""
    if not answer.cells:
        periods = {"lacking_periods": answer.lacking_periods, "existing_periods": answer.existing_periods}
        blank = {"blank_cell": asdict(answer.blank_cell)} if answer.blank_cell is not None else {}
        return {**{name: list(told) for name, told in periods.items() if told}, **blank}
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


def no_answer(question: str) -> dict[str, Any]:
    """The fields of a question that was not asked: it is empty."""
    return {
        "question": question,
        "abstained": True,
        "strength": "none",
        "confidence": 0.0,
        "answer": None,
        "hits": [],
        "ms": 0.0,
        "cut": False,
        "reason": message("question_empty").text(),
    }
