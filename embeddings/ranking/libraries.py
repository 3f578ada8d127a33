"""Libraries to fit and measure on: public retrieval sets, one text file a document, and a library of one's own."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tjqa.config import Settings
from tjqa.documents import Passage
from tjqa.engine import Engine, build, deepen
from tjqa.evaluation import read_questions
from tjqa.ingest.sources import find_sources
from tjqa.text.normalize import fold

Judge = Callable[[Passage], tuple[bool, bool]]
"""A passage → whether it holds the answer, and whether it counts as a candidate at all."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question and how to judge what is found for it; `answers` are strings that a right sentence holds, `document`
    names the one that answers. With `all_parts` the answers are parts of one, else any of them will do."""

    text: str
    judge: Judge
    answers: tuple[str, ...]
    answerable: bool = True
    document: str = ""
    all_parts: bool = False


@dataclass(frozen=True, slots=True)
class Library:
    """An opened library with its questions, each of which counts `weight` times; `public` is a set of questions that
    others published, not a library with questions of its own; `files` are those it was made of, by the names they go
    by in the record of a fit."""

    name: str
    engine: Engine
    probes: list[Probe]
    weight: float
    public: bool
    files: dict[str, Path]


def public_libraries(bench: Path, work: Path, limit: int, only: Sequence[str] = ()) -> Iterator[Library]:
    """Every public set below `bench` (or of them those named by `only`) that says what its answers are, with at most
    `limit` of its questions, drawn at random but always the same."""
    for folder in public_sets(bench):
        if only and folder.name not in only:
            continue
        if not (folder / "answers.jsonl").is_file():
            say(f"{folder.name}: left out, it has no answers.jsonl")
            continue
        names, engine = open_public(folder, work / folder.name)
        relevant = read_qrels(folder / "qrels.tsv")
        answers = {r["id"]: r["answers"] for r in rows_of(folder / "answers.jsonl")}
        for file in query_files(folder):
            rows = list(rows_of(file))
            random.Random(0).shuffle(rows)
            probes = [
                Probe(
                    r["text"],
                    judge_by_document(names, relevant[r["id"]], answers[r["id"]]),
                    answers[r["id"]],
                    document=min(relevant[r["id"]]),
                )
                for r in rows[:limit]
            ]
            made_of = [folder / "corpus.jsonl", file, folder / "qrels.tsv", folder / "answers.jsonl"]
            files = {f"{folder.name}/{path.name}": path for path in made_of}
            yield Library(set_name(file), engine, probes, 1.0, public=True, files=files)


def own_library(
    name: str, questions: Path, sources: Path, work: Path, weight: float, limit: int | None = None
) -> Library:
    """A library with questions in the format of `tjqa eval`, answerable and not; at most `limit` of them, drawn at
    random but always the same."""
    rows = list(read_questions(questions))
    if limit is not None:
        random.Random(0).shuffle(rows)
    probes = [
        Probe(
            row["question"],
            judge_by_span(row),
            tuple(row.get("answer_spans", ())),
            bool(row["answerable"]),
            next((place["file"] for place in row.get("evidence", ())), ""),
            all_parts=True,
        )
        for row in rows[:limit]
    ]
    documents = {f"{sources.name}/{path.relative_to(sources).as_posix()}": path for path in find_sources(sources)}
    files = {f"{questions.parent.name}/{questions.name}": questions, **documents}
    return Library(name, open_library(sources, work / "own"), probes, weight, public=False, files=files)


def judge_by_document(names: dict[str, str], relevant: set[str], answers: list[str]) -> Judge:
    """Right: of a relevant document and holding an answer. Of a relevant document without it: does not count."""
    folded = [fold(a) for a in answers]

    def judge(passage: Passage) -> tuple[bool, bool]:
        document = names[passage.path] in relevant
        holds = any(a in fold(passage.text) for a in folded)
        return document and holds, holds or not document

    return judge


def judge_by_span(row: Any) -> Judge:
    """Right: covers an evidence span or an alternate of it."""
    places = [*row.get("evidence", []), *row.get("alternates", [])]

    def judge(passage: Passage) -> tuple[bool, bool]:
        covered = any(
            p["file"] == passage.path
            and min(passage.span.end, p["end"]) - max(passage.span.start, p["start"]) >= 0.6 * (p["end"] - p["start"])
            for p in places
        )
        return covered, True

    return judge


def public_sets(bench: Path) -> list[Path]:
    """The folders of retrieval sets below `bench`."""
    return sorted(p.parent for p in bench.glob("*/corpus.jsonl"))


def query_files(folder: Path) -> list[Path]:
    """The questions of a set, those in its own language first."""
    return sorted(folder.glob("queries*.jsonl"), key=lambda path: len(path.name))


def set_name(queries: Path) -> str:
    """The name of a set as asked by one of its files: xquad-zh, xquad-zh.en."""
    return queries.parent.name + queries.name.removeprefix("queries").removesuffix(".jsonl")


def open_public(folder: Path, work: Path) -> tuple[dict[str, str], Engine]:
    """A set's corpus as a library, built where it is not yet; file name → document id, and the engine."""
    names = write_documents(folder / "corpus.jsonl", work / "sources")
    return names, open_library(work / "sources", work / "embeddings")


def open_library(sources: Path, embeddings: Path) -> Engine:
    """Build (or update) the index of a folder, deepen it, and open it."""
    place = Settings(sources.absolute(), embeddings.absolute())
    report = build(place)
    say(f"{sources.parent.name}/{sources.name}: {report.passages} passages")
    deepen(place)
    return Engine.open(place)


def write_documents(corpus: Path, folder: Path) -> dict[str, str]:
    """One text file a document; returns file name → document id. A file already there is left, so it stays indexed."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for row in rows_of(corpus):
        path = folder / (hashlib.sha256(row["id"].encode()).hexdigest()[:24] + ".txt")
        if not path.exists():
            path.write_bytes(((row["title"] + "\n" if row["title"] else "") + row["text"]).encode())
        names[path.name] = row["id"]
    return names


def read_qrels(path: Path) -> dict[str, set[str]]:
    """Query id → relevant document ids."""
    relevant: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        query, document, _ = line.split("\t")
        relevant.setdefault(query, set()).add(document)
    return relevant


def rows_of(path: Path) -> Iterator[Any]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as handle:
        yield from (json.loads(line) for line in handle if line.strip())


def say(text: str) -> None:
    """Progress to stderr."""
    print(text, file=sys.stderr, flush=True)
