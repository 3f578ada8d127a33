"""The written questions of documents held apart from the training of the reader, asked of a library of all passages."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.ranking.libraries import Library, Probe, judge_by_document, open_library, rows_of

QUESTIONS = Path(__file__).resolve().parents[1] / "training" / "questions"


@dataclass(frozen=True, slots=True)
class _Passage:
    document: str
    path: tuple[str, ...]
    text: str


def written_library(work: Path, limit: int) -> Library:
    """The answerable questions on documents that the reader was not trained on, among all official documents; those
    without an answer are left out, for another passage may answer them."""
    passages = {**_reports(), **_rules()}
    documents = {row["doc"]: row for file in _document_files() for row in rows_of(file)}
    names = _write(passages, documents, work / "written" / "sources")
    engine = open_library(work / "written" / "sources", work / "written" / "embeddings")
    probes = []
    for key, question, answer in (*_asked_reports(passages), *_asked_rules(passages)):
        document = passages[key].document
        if documents[document]["split"] == "held":
            judge = judge_by_document(names, {document}, [answer])
            probes.append(Probe(question, judge, (answer,), document=document))
    probes.sort(key=lambda probe: hashlib.sha256(probe.text.encode()).digest())
    files = {f"questions/{file.name}": file for file in (*_document_files(), _REPORTS, _RULES)}
    return Library("written", engine, probes[:limit], 1.0, public=True, files=files)


_REPORTS = QUESTIONS / "reports.jsonl"
_RULES = QUESTIONS / "rules" / "questions.jsonl"


def _document_files() -> tuple[Path, Path]:
    return QUESTIONS / "reports-documents.jsonl", QUESTIONS / "rules" / "documents.jsonl"


def _reports() -> dict[str, _Passage]:
    rows = (row for row in rows_of(QUESTIONS / "reports-passages.jsonl") if "text" in row)
    return {row["id"]: _Passage(row["id"].split(":")[0], tuple(row["path"]), row["text"]) for row in rows}


def _rules() -> dict[str, _Passage]:
    rows = rows_of(QUESTIONS / "rules" / "passages.jsonl")
    return {_rule(row): _Passage(row["doc"], tuple(filter(None, [row["path"]])), row["text"]) for row in rows}


def _rule(row: Any) -> str:
    return f"{row['doc']}:{row['number']:04}"


def _asked_reports(passages: dict[str, _Passage]) -> Iterator[tuple[str, str, str]]:
    for row in rows_of(_REPORTS):
        if row["passage"] in passages and row.get("answer") and not row.get("before"):
            yield row["passage"], row["question"], passages[row["passage"]].text[slice(*row["answer"])]


def _asked_rules(passages: dict[str, _Passage]) -> Iterator[tuple[str, str, str]]:
    for row in rows_of(_RULES):
        key = _rule(row)
        if key in passages and row["answer"] and not row.get("before"):
            yield key, row["question"], passages[key].text[slice(*row["answer"])]


def _write(passages: dict[str, _Passage], documents: dict[str, Any], folder: Path) -> dict[str, str]:
    """One text file a document, its passages in order below their headings; returns file name → document."""
    folder.mkdir(parents=True, exist_ok=True)
    of_document: dict[str, list[str]] = defaultdict(list)
    above: dict[str, tuple[str, ...]] = {}
    for _, passage in sorted(passages.items(), key=lambda item: (item[1].document, _place(item[0]))):
        lines = of_document[passage.document]
        lines += [*(passage.path if above.get(passage.document) != passage.path else ()), passage.text]
        above[passage.document] = passage.path
    names = {}
    for document, lines in of_document.items():
        head = [line for line in (documents[document]["title"], documents[document].get("date")) if line]
        path = folder / f"{hashlib.sha256(document.encode()).hexdigest()[:24]}.txt"
        path.write_bytes("\n".join([*head, *lines]).encode())
        names[path.name] = document
    return names


def _place(key: str) -> int:
    return int(key.split(":")[1])
