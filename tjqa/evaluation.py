"""Score a library on questions with known evidence: what is found, what is answered, what is rightly refused.

A question file holds one JSON object a line:
    {"id", "question", "answerable", "evidence": [{"file", "start", "end"}], "alternates": [{…, "replaces": i}],
     "answer_spans": ["102亿元"], "type"}
`evidence` are the shortest clauses that answer, as character spans of the decoded file; all are needed. `alternates`
are other places that serve in place of evidence number `replaces`. `answer_spans` must stand in a right answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tjqa.citations.judgements import Judgement
from tjqa.errors import UsageError, reason
from tjqa.files import read_given
from tjqa.records import MOST, read_rows
from tjqa.results import Answer, Citation, Strength

# A citation counts when it covers this share of the evidence, and only up to this length: whole pages prove nothing.
COVER = 0.6
MAX_CITATION = 600
MAX_RIGHT_ANSWER = 200
"""Characters: a longer answer holds anything, whatever was asked (it may be as long as three times the evidence)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went. `ranks` hold, per evidence, the rank (from 1) of the first citation that covers it;
    `rejected` says whether the first citation is one the reader marked as not answering (None: no such mark);
    `strength` how it was answered."""

    id: str
    question: str
    type: str
    answerable: bool
    abstained: bool
    ranks: tuple[int | None, ...]
    answered: bool
    rejected: bool | None = None
    strength: Strength = "none"

    def recall(self, k: int) -> float:
        """Share of the evidence covered by the first `k` citations."""
        return sum(r is not None and r <= k for r in self.ranks) / max(len(self.ranks), 1)

    @property
    def right(self) -> bool:
        """Answered correctly, or rightly refused."""
        return self.answered if self.answerable else self.abstained


def read_questions(path: Path) -> Iterator[Mapping[str, Any]]:
    """The questions of a file.

    Raises:
        UsageError: the file is unreadable or a line is not a question.
    """
    try:
        rows = read_rows(read_given(str(path)))
    except OSError as error:
        raise UsageError("questions_unreadable", "file_name_hint", path=path, why=reason(error)) from error
    except UnicodeDecodeError as error:
        raise UsageError("questions_no_text", "save_utf8_hint", path=path, at=error.start) from error
    for number, row in rows:
        if not _is_question(row):
            raise UsageError("question_line", "question_line_hint", path=path, line=number)
        yield row


def _is_question(row: Any) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return False
    if not isinstance(row.get("answerable", True), bool):
        return False
    if row.get("answerable", True) and not row.get("evidence"):
        return False
    places = [row.get(name, []) for name in ("evidence", "alternates", "rejected")]
    spans = row.get("answer_spans", [])
    return (
        all(isinstance(listed, list) and all(map(_is_place, listed)) for listed in places)
        and isinstance(spans, list)
        and all(isinstance(span, str) for span in spans)
    )


def _is_place(place: Any) -> bool:
    if not isinstance(place, dict) or not isinstance(place.get("file"), str):
        return False
    start, end = place.get("start"), place.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end < MOST  # True is an int, too


def judged_questions(marks: Iterable[Judgement]) -> list[dict[str, Any]]:
    """The reader's marks as questions: any passage marked as answering will do; the others must not come first.

    `evidence` is empty where every mark says "does not answer"; such a question says nothing of what is found.
    """
    rows: dict[str, dict[str, Any]] = {}
    for mark in marks:
        empty = {"id": str(len(rows) + 1), "question": mark.question, "evidence": [], "alternates": [], "rejected": []}
        row = rows.setdefault(mark.question, empty)
        place = {"file": mark.path, "start": mark.span.start, "end": mark.span.end}
        if not mark.answers:
            row["rejected"].append(place)
        elif not row["evidence"]:
            row["evidence"].append(place)
        else:
            row["alternates"].append({**place, "replaces": 0})
    return list(rows.values())


def judge(row: Mapping[str, Any], answer: Answer) -> Outcome:
    """Compare an answer with the evidence of its question."""
    evidence = row.get("evidence", [])
    alternates = row.get("alternates", [])
    ranks = []
    for i, place in enumerate(evidence):
        places = [place, *(a for a in alternates if a.get("replaces") == i)]
        ranks.append(next((c.number for c in answer.citations if any(_covers(c, p) for p in places)), None))
    answerable = bool(row.get("answerable", True))
    rejected = row.get("rejected")
    return Outcome(
        id=str(row.get("id", "")),
        question=row["question"],
        type=str(row.get("type", "")),
        answerable=answerable,
        abstained=answer.state != "found",
        ranks=tuple(ranks),
        answered=answerable and answer.state == "found" and _is_right(answer, row),
        rejected=any(_covers(c, p) for c in answer.citations[:1] for p in rejected) if rejected else None,
        strength=answer.strength,
    )


def summary(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The figures over a set of questions; a figure without questions is left out."""
    asked = [o for o in outcomes if o.answerable and o.ranks]
    rejected = [o.rejected for o in outcomes if o.rejected is not None]
    refused = [o for o in outcomes if not o.answerable]
    found: dict[str, float] = {"questions": len(outcomes)}
    if asked:
        found |= {f"recall@{k}": _mean(o.recall(k) for o in asked) for k in (1, 3, 5, 10)}
        found["all_evidence@5"] = _mean(float(o.recall(5) == 1) for o in asked)
        found["mrr@10"] = _mean(1 / min((r for r in o.ranks if r), default=10**9) for o in asked)
        found["answer_accuracy"] = _mean(float(o.answered) for o in asked)
        found["false_abstention"] = _mean(float(o.abstained) for o in asked)
        found["wrong_as_answer"] = _mean(float(o.strength == "answer" and not o.answered) for o in asked)
    if refused:
        found["abstained_on_unanswerable"] = _mean(float(o.abstained) for o in refused)
        found["unanswerable_as_answer"] = _mean(float(o.strength == "answer") for o in refused)
    if rejected:
        found["rejected@1"] = _mean(map(float, rejected))
    return found


def by_type(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Outcomes grouped by question type."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.type].append(outcome)
    return dict(groups)


def _covers(citation: Citation, place: Mapping[str, Any]) -> bool:
    start, end = int(place["start"]), int(place["end"])
    both = min(citation.span.end, end) - max(citation.span.start, start)
    usable = citation.unchanged and len(citation.span) <= MAX_CITATION
    return usable and citation.path == place["file"] and both >= COVER * (end - start)


def _is_right(answer: Answer, row: Mapping[str, Any]) -> bool:
    """True when the answer holds the answer spans or, of passages a reader marked, stands in one of them."""
    if "rejected" not in row:
        return _holds(answer.text or "", row)
    places = [*row.get("evidence", []), *row.get("alternates", [])]
    return any(b.path == p["file"] and p["start"] <= b.span.start < p["end"] for b in answer.best for p in places)


def _holds(answer: str, row: Mapping[str, Any]) -> bool:
    """True when the answer is short enough and holds its spans: all of them, of a list at least 60 %."""
    spans = row.get("answer_spans", [])
    evidence = sum(int(e["end"]) - int(e["start"]) for e in row.get("evidence", []))
    if not spans or len(answer) > max(MAX_RIGHT_ANSWER, 3 * evidence):
        return False
    held = sum(_stands_in(span, answer) for span in spans)
    return held >= (0.6 if row.get("type") == "list" else 1.0) * len(spans)


def _stands_in(span: str, answer: str) -> bool:
    wanted = _unify(span)
    left = r"(?<![0-9.])" if wanted[:1].isdigit() else ""
    right = r"(?![0-9]|\.[0-9])" if wanted[-1:].isdigit() else ""
    return re.search(left + re.escape(wanted) + right, _unify(answer)) is not None


def _unify(text: str) -> str:
    wide = re.sub(r"(?<=\d)\s+(?=\d)", "_", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s“”‘’「」『』'\"]+", "", wide).lower()


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
