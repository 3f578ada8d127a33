"""What the reader learns from: a question, a passage with what stands above it, and where in it the answer is.

Four kinds of source, in groups of one question each: questions written by hand, CMRC 2018 train, questions made of a
statement by rule, and cells of tables made by rule. What does not answer is added by `near_misses`.
"""

from __future__ import annotations

import json
import random
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from embeddings.training.pairs import Pair

SIZES = (70, 100, 140, 180, 240, 340)  # characters of a window, by turns: passages of all lengths
_STOPS = "。!?;\uff01\uff1f\uff1b\n"
_SENTENCE = re.compile(f"[^{_STOPS}]*[{_STOPS}]*")
_ASKED = re.compile(
    "哪个机构|哪个部门|哪些人|什么时候|什么地方|什么时间|哪一年|哪一天|哪个地方|多长时间|哪个|哪些|哪里|哪儿|哪年|何时|何地|多少|什么|谁|几"
)
_CLAUSE = re.compile("[,、\uff0c" + _STOPS + "]")
_LONGEST_ANSWER = 40  # characters that a question word of a made question stands for
_ANCHOR = 8  # characters on each side of it that are looked for


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage; `start` and `end` are the answer's place in the text, -1 where none is marked."""

    source: str
    question: str
    head: str
    text: str
    answers: bool
    start: int = -1
    end: int = -1
    document: str = ""


@dataclass
class Group:
    """The passages that one question is asked of; the first answers it if any does."""

    examples: list[Example] = field(default_factory=list)


def head_of(title: str, path: Iterable[str] | str | None, date: str | None) -> str:
    """What stands above a passage, in one line."""
    steps = [path] if isinstance(path, str) else list(path or ())
    return " | ".join(dict.fromkeys(part for part in (title, *steps, date or "") if part))


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence or clause that ends with a stop, a semicolon or a line."""
    return [(m.start(), m.end()) for m in _SENTENCE.finditer(text) if m.end() > m.start()]


def window(one: Example, size: int, chooser: random.Random) -> Example:
    """A run of whole sentences of about `size` characters around the answer, or around what shares most with the
    question."""
    if len(one.text) <= size * 1.25:
        return one
    parts = sentences(one.text)
    if one.start >= 0:
        held = [n for n, (a, b) in enumerate(parts) if a < one.end and b > one.start]
        first, last = held[0], held[-1]
    else:
        asked = pairs_of(one.question)
        first = last = max(range(len(parts)), key=lambda n: len(asked & pairs_of(one.text[slice(*parts[n])])))
    while parts[last][1] - parts[first][0] < size and (first > 0 or last + 1 < len(parts)):
        if first > 0 and (last + 1 == len(parts) or chooser.random() < 0.5):
            first -= 1
        else:
            last += 1
    begin, end = parts[first][0], parts[last][1]
    moved = begin if one.start >= 0 else 0
    return replace(one, text=one.text[begin:end], start=one.start - moved, end=one.end - moved)


def pairs_of(text: str) -> set[str]:
    """The character pairs of a text, without what is no letter or digit."""
    plain = [c for c in text if c.isalnum()]
    return {a + b for a, b in pairwise(plain)}


def written(files: Iterable[Path], split: str) -> Iterator[Example]:
    """The questions written by hand, with their passages; a follow-up is asked after the turns before it."""
    for path in files:
        for row in _with_passages(path):
            if row["split"] != split:
                continue
            question = " ".join([*(row.get("before") or ()), row["question"]])
            head = head_of(row["title"], row["path"], row["date"])
            start = row["answer_start"] if row["answerable"] else -1
            end = start + len(row["answer"]) if row["answerable"] else -1
            source = "written-" + str(row["id"]).split("-")[0]
            yield Example(source, question, head, row["passage"], bool(row["answerable"]), start, end, row["doc"])


def _with_passages(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file of questions; those of `NAME.jsonl` beside `NAME-passages.jsonl` and `NAME-documents.jsonl`
    get the passage they name, and are left out where its text is not kept there."""
    lines = _lines(path)
    beside = path.with_name(f"{path.stem}-passages.jsonl")
    if not beside.is_file():
        yield from lines
        return
    passages = {row["id"]: row for row in _lines(beside) if "text" in row}
    documents = {row["doc"]: row for row in _lines(path.with_name(f"{path.stem}-documents.jsonl"))}
    for row in lines:
        if (found := passages.get(row["passage"])) is None:
            continue
        start, end = row.get("answer") or (0, 0)
        name, text = found["id"].split(":")[0], found["text"]
        told = {"doc": name, "path": found["path"], "passage": text, "answerable": end > start, "answer_start": start}
        yield row | told | {"answer": text[start:end]} | {k: documents[name][k] for k in ("title", "date", "split")}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def squad(path: Path, source: str) -> Iterator[Example]:
    """Questions of a zipped file in the form of SQuAD, with the whole paragraph."""
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".json") and "MACOSX" not in n)
        data = json.loads(archive.read(name))["data"]
    for article in data:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            for asked in paragraph["qas"]:
                answer, start = asked["answers"][0]["text"].strip(), asked["answers"][0]["answer_start"]
                if text[start : start + len(answer)] != answer:
                    start = text.find(answer)
                if answer and start >= 0:
                    yield Example(
                        source,
                        asked["question"],
                        article["title"],
                        text,
                        True,
                        start,
                        start + len(answer),
                        paragraph["id"],
                    )


def made(pairs: Iterable[Pair]) -> Iterator[Example]:
    """Questions in which a question word took the place of something: that is the answer."""
    for pair in pairs:
        found = _replaced(pair.query, pair.passage)
        if found is not None:
            yield Example("made", pair.query, "", pair.passage, True, *found, document=pair.passage[:12])


def _replaced(question: str, passage: str) -> tuple[int, int] | None:
    """Where in the passage stands what the question word replaced."""
    for asked in _ASKED.finditer(question):
        before = question[: asked.start()][-_ANCHOR:]
        after = question[asked.end() :].rstrip("?。,")[:_ANCHOR]
        if len(before) + len(after) < 5 or not before:
            continue
        at = passage.find(before)
        while at >= 0:
            start = at + len(before)
            end = passage.find(after, start) if after else _clause_end(passage, start)
            if start < end <= start + _LONGEST_ANSWER:
                return start, end
            at = passage.find(before, at + 1)
    return None


def _clause_end(text: str, start: int) -> int:
    found = _CLAUSE.search(text, start)
    return found.start() if found else len(text)
