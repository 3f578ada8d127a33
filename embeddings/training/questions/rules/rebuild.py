"""Rebuild the training file: `python -m embeddings.training.questions.rules.rebuild [--sources DIR] --output FILE`.

Passages of official texts lie beside this file. The others are read from Git
directories `DIR/owner+name`, and taken only where they are the bytes that the
questions were written on; questions whose source is missing are left out and
counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from embeddings.training.questions.rules.passages import Passage, lines_of, passages_of, read_source

HERE = Path(__file__).parent
Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _from_source(document: Row, sources: Path) -> list[Passage]:
    for name in ("", "repo"):
        directory = sources / document["repository"].replace("/", "+") / name
        try:
            data = read_source(str(directory), document["commit"], document["path"])
        except (subprocess.CalledProcessError, FileNotFoundError):
            continue
        return passages_of(lines_of(data, document["path"]))
    return []


def passages(sources: Path | None) -> dict[tuple[str, int], Passage]:
    """Return the passages that can be had, by document and number."""
    found = {
        (row["doc"], row["number"]): Passage(row["path"], row["text"]) for row in read_rows(HERE / "passages.jsonl")
    }
    for document in read_rows(HERE / "documents.jsonl"):
        if not document["official"] and sources is not None:
            for number, passage in enumerate(_from_source(document, sources)):
                found[document["doc"], number] = passage
    return found


def training_row(question: Row, document: Row, passage: Passage) -> Row:
    """Join a question with its passage; raises ValueError where the passage is not the one it was written on."""
    if hashlib.sha256(passage.text.encode()).hexdigest() != question["sha256"]:
        raise ValueError(f"{question['id']}: the passage differs from the one the question was written on")
    span = question["answer"]
    return {
        **{key: value for key, value in question.items() if key not in ("sha256", "number")},
        "doc_source": f"github:{document['repository']}:{document['path']}@{document['commit']}",
        "title": document["title"],
        "date": document["date"],
        "path": passage.path,
        "passage": passage.text,
        "answer_start": span and span[0],
        "answer": span and passage.text[slice(*span)],
        "answerable": span is not None,
        "split": document["split"],
    }


def rebuild(sources: Path | None) -> tuple[list[Row], int]:
    """Return all rows that can be had, and how many are missing."""
    known = passages(sources)
    documents = {row["doc"]: row for row in read_rows(HERE / "documents.jsonl")}
    questions = read_rows(HERE / "questions.jsonl")
    rows = [
        training_row(question, documents[question["doc"]], known[question["doc"], question["number"]])
        for question in questions
        if (question["doc"], question["number"]) in known
    ]
    return rows, len(questions) - len(rows)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, help="folder of Git directories named owner+name")
    parser.add_argument("--output", type=Path, required=True, help="the training file to write")
    arguments = parser.parse_args()
    rows, missing = rebuild(arguments.sources)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    arguments.output.write_text(text, encoding="utf-8")
    print(f"{len(rows)} questions written, {missing} left out for want of their source", file=sys.stderr)


if __name__ == "__main__":
    main()
