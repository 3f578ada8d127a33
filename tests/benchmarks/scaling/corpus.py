"""A library of text files of a given size with questions whose answers are known, written as it streams by.

Files hold 20 to 50 paragraphs of about 200 characters below a title and a date; tjqa packs a paragraph into a passage.
A question is made of the content words of one sentence of a paragraph; whatever passage holds that sentence answers it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.benchmarks.scaling.sentences import Line, endless, made, real, widened

PARAGRAPH = 180  # characters from which a paragraph is full: with its last sentence some 220
FILE = (20, 50)  # paragraphs of a file
FOLDER = 1000  # files of a folder: file managers and some file systems are slow with more
WORDS = (4, 6)  # content words of a question
_LONGEST_WORD = 8
_ASKING = ("是什么情况?", "的情况怎么样?", "有哪些?")

_ITEM = re.compile(r"(?<=[;:。\uff1b\uff1a])[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]")

# Tags of jieba's dictionary whose words say what a sentence is about.
_CONTENT = ("n", "v", "a", "m", "j", "l", "i", "t")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the file whose passage it was made from, and the sentence that answers it."""

    id: str
    question: str
    file: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """A library on disk: `sources` holds the files, `questions` is a file of `Asked` rows."""

    sources: Path
    questions: Path
    size: int


@dataclass(slots=True)
class _File:
    """A file that fills up, paragraph by paragraph."""

    path: str
    wanted: int
    paragraphs: list[list[Line]] = field(default_factory=list)
    current: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> list[Line] | None:
        """Take a sentence; the paragraph it completes, if it does."""
        self.current.append(line)
        if sum(len(part.text) for part in self.current) < PARAGRAPH:
            return None
        self.paragraphs.append(self.current)
        self.current = []
        return self.paragraphs[-1]


def prepare(folder: Path, size: int, train: Path | None = None, questions: int = 500, seed: int = 0) -> Corpus:
    """The corpus of about `size` passages in `folder`; one written there whole with the same wishes is taken."""
    corpus = Corpus(folder / "sources", folder / "questions.jsonl", size)
    wishes = {"size": size, "train": str(train), "questions": questions, "seed": seed}
    stamp = folder / "corpus.json"
    if not stamp.is_file() or json.loads(stamp.read_text("utf-8")) != wishes:
        if corpus.sources.exists():
            raise SystemExit(f"{folder} holds another corpus, or a part of one; remove it or name another --work")
        folder.mkdir(parents=True, exist_ok=True)
        draw = random.Random(seed)
        lines = endless(real(train), draw, folder) if train is not None else made(draw)
        asked = write(corpus.sources, lines, size, questions, draw)
        corpus.questions.write_text("".join(json.dumps(asdict(a), ensure_ascii=False) + "\n" for a in asked), "utf-8")
        stamp.write_text(json.dumps(wishes), "utf-8")  # last: a corpus cut off half way has none
    return corpus


def read_questions(path: Path) -> list[Asked]:
    """The rows of a questions file."""
    return [Asked(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def write(folder: Path, lines: Iterator[Line], size: int, questions: int, draw: random.Random) -> list[Asked]:
    """Files of about `size` passages altogether below `folder`; returns the questions, evenly spread over them."""
    asked_at = set(draw.sample(range(size), min(questions, size)))
    open_files: dict[str, _File] = {}
    counts: dict[str, int] = {}
    asked: list[Asked] = []
    done = owed = 0
    while done < size:
        line = next(lines)
        if line.folder not in open_files:
            open_files[line.folder] = _File(_name(line.folder, counts), draw.randint(*FILE))
        file = open_files[line.folder]
        paragraph = file.add(line)
        if paragraph is None:
            continue
        before, done = done, done + passages(paragraph) + (len(file.paragraphs) == 1)  # the head is a passage, too
        owed += len(asked_at.intersection(range(before, done)))
        # A paragraph without a sentence to ask about leaves its question to the next one.
        if owed and (made_of := question(paragraph, draw)) is not None:
            asked.append(Asked(f"q{len(asked) + 1}", made_of[0], file.path, made_of[1]))
            owed -= 1
        if len(file.paragraphs) == file.wanted:
            _save(folder, open_files.pop(line.folder), draw)
    for file in open_files.values():
        if file.paragraphs:
            _save(folder, file, draw)
    return asked


def passages(paragraph: list[Line]) -> int:
    """About how many passages tjqa makes of a paragraph: one, and another wherever a numbered item begins."""
    return 1 + sum(len(_ITEM.findall(line.text)) for line in paragraph)


def _name(folder: str, counts: dict[str, int]) -> str:
    number = counts[folder] = counts.get(folder, 0) + 1
    part = "" if number < FOLDER else f"/{number // FOLDER:03}"
    return f"{folder}{part}/{number:05}.txt"


def _save(folder: Path, file: _File, draw: random.Random) -> None:
    lines = [line for paragraph in file.paragraphs for line in paragraph]
    title = next((line.title for line in lines if line.title), lines[0].text[:30].rstrip("。!?\uff01\uff1f"))
    date = f"{draw.randrange(2008, 2027)}年{draw.randrange(1, 13)}月{draw.randrange(1, 29)}日"
    body = "\n\n".join("".join(line.text for line in paragraph) for paragraph in file.paragraphs)
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{title}\n\n{date}\n\n{body}\n".encode())


def question(paragraph: list[Line], draw: random.Random) -> tuple[str, str] | None:
    """A question and the sentence it asks about; None when no sentence of the paragraph has enough content words."""
    for line in draw.sample(paragraph, len(paragraph)):
        words = content_words(line.text)
        if len(words) >= WORDS[0]:
            kept = sorted(draw.sample(range(len(words)), min(len(words), draw.randint(*WORDS))))
            return widened("".join(words[i] for i in kept) + draw.choice(_ASKING)), line.text
    return None


def content_words(sentence: str) -> list[str]:
    """The words of a sentence that say what it is about, each once, in their order; figures in digits are left out,
    for joined to others they would be other figures."""
    import jieba.posseg

    found = dict.fromkeys(
        word
        for word, tag in jieba.posseg.cut(sentence)
        if 2 <= len(word) <= _LONGEST_WORD and tag.startswith(_CONTENT) and not any(c.isascii() for c in word)
    )
    return list(found)
