"""The index of one library, opened: passages, words and vectors that agree with one manifest, or no index at all."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa import late
from tjqa.errors import IndexDamaged, IndexOutdated, IndexUnusable
from tjqa.integrity import REBUILD
from tjqa.lexical import ARRAYS, LexicalIndex
from tjqa.records import Dropped, Passage, SourceSummary, Span
from tjqa.store import live_generation, read_verified
from tjqa.text import clauses, fold
from tjqa.vectors import VectorIndex, open_vectors

# What the numbers in `Contents.versions` count, and those by which a question is read like the passages were.
_VERSIONED = {"text": "文本规范", "terms": "索引词", "cleaner": "清洗规则", "packer": "分段规则", "reading": "文件读取",
              "words": "用户词典"}  # fmt: skip
_ASKING = {"text", "terms"}


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source file as it was when indexed; size and mtime let a change be noticed without reading the file.

    `skipped` is the reason why the file gave no text; it is kept so that the same unreadable file is not taken for a
    new one on every question. `sha256` is empty when not even its bytes could be read. `reader` is what extracted the
    text, with its version: another one may extract another text. `keep` is what the user wanted kept of it.
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    skipped: str = ""
    reader: str = ""
    keep: str = ""


@dataclass(frozen=True, slots=True)
class LibraryIndex:
    """An opened index. Rows of passages, BM25 and vectors are the same numbers.

    `model` is the identity of the model that made the vectors, `asked_model` what --model named (None: the default).
    `due` says why the index should be made again though it can still be asked; empty when it should not.
    """

    built: str
    model: str
    asked_model: str | None
    sources: tuple[SourceState, ...]
    lexical: LexicalIndex
    vectors: VectorIndex
    tokens: late.TokenIndex
    due: str
    _lines: memoryview
    _offsets: NDArray[np.int64]
    _keys: NDArray[np.uint8]
    _summaries: memoryview

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def passage(self, row: int) -> Passage:
        """The passage of a row."""
        return _passage(json.loads(bytes(self._lines[self._offsets[row] : self._offsets[row + 1]])))

    def passages(self) -> Iterator[Passage]:
        """Every passage in row order."""
        return (self.passage(row) for row in range(len(self)))

    def mentions(self, text: str) -> bool:
        """Whether a text stands in any passage or its title, as written."""
        written = json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")
        return re.search(re.escape(written), self._lines) is not None  # works on a mapped file without copying it

    def summaries(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file, in path order."""
        return tuple(_summary(row) for row in json.loads(bytes(self._summaries)))

    def rows_by_key(self) -> dict[bytes, int]:
        """Key of each passage's contents (`passage_key`) → row, for taking over what was made of them."""
        return {key.tobytes(): row for row, key in enumerate(self._keys)}


def context(passage: Passage) -> str:
    """What is searched with a passage beside its own text."""
    parts = (passage.title, passage.section, passage.publisher or "", passage.published or "")
    return " ".join(part for part in parts if part)


def embedding_text(passage: Passage) -> str:
    """What is embedded for a passage: title and section as context, then the text."""
    return fold(f"{passage.title} {passage.section}\n{passage.text}")


def segments(passage: Passage) -> list[str]:
    """What late interaction looks at: the context, then each clause, as `tjqa.text.clauses` cuts them."""
    folded = fold(passage.text)
    return [fold(context(passage)), *(span.of(folded) for sentence in clauses(folded) for span in sentence)]


def open_index(folder: Path, versions: Mapping[str, int]) -> LibraryIndex:
    """Open the live generation; every byte is compared with the manifest before a library sees it.

    Raises:
        IndexMissing, IndexDamaged, IndexOutdated: see tjqa.errors.
    """
    generation, manifest = live_generation(folder)
    due = _due(manifest.get("versions"), versions)

    def read(name: str) -> memoryview:
        return read_verified(generation, manifest, name)

    def array(name: str) -> NDArray[Any]:
        return _array(read(f"{name}.npy"))

    try:
        count = int(manifest["passages"])
        lexical = LexicalIndex(count, *(array(name) for name in ARRAYS))
        vectors = open_vectors(read("vectors.faiss"), int(manifest["model"]["dimension"]), count)
        tokens = late.TokenIndex(*(array(f"late-{name}") for name in late.ARRAYS))
        sources = tuple(SourceState(**row) for row in manifest["sources"])
        index = LibraryIndex(
            manifest["built"], manifest["model"]["name"], manifest["model"]["asked"], sources, lexical, vectors, tokens,
            due, read("passages.jsonl"), array("offsets"), array("keys"), read("sources.json"),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamaged("索引清单与索引文件不符。", REBUILD) from error
    if len(index) != count or len(index._keys) != count:
        raise IndexDamaged(f"索引记有 {count} 段,文件里有 {len(index)} 段。", REBUILD)
    return index


def usable_index(folder: Path, versions: Mapping[str, int]) -> LibraryIndex | None:
    """The live index to take things over from; None when it is missing, damaged, made by another version, or when its
    terms were cut with other words of the user's."""
    try:
        index = open_index(folder, versions)
        made = live_generation(folder)[1]["versions"]
    except IndexUnusable:
        return None
    return index if made.get("words") == versions.get("words") else None


def model_asked(folder: Path) -> str | None:
    """The model named when the live generation was built; None for the default one, or without a readable index."""
    try:
        _, manifest = live_generation(folder)
        asked = manifest["model"]["asked"]
    except (IndexUnusable, KeyError, TypeError):
        return None
    return asked if isinstance(asked, str) else None


def _due(made: Any, versions: Mapping[str, int]) -> str:
    """Why an index of other versions is due for a rebuild; empty when all are the same.

    Raises:
        IndexOutdated: a question would be read otherwise than the passages were.
    """
    made = made if isinstance(made, dict) else {}
    other = [name for name, number in versions.items() if made.get(name) != number]
    if not other:
        return ""
    names = "、".join(_VERSIONED.get(name, name) for name in other)
    if set(other) & _ASKING:
        raise IndexOutdated(f"{names}已更新,由旧版 tjqa 建立的索引不能再查。", "请运行 tjqa index 更新索引。")
    return f"{names}已更新,现在的索引仍可查询,但还是旧规则的结果;请运行 tjqa index 更新索引。"


def _array(data: memoryview) -> NDArray[Any]:
    """The array of a .npy file that lies in memory or is mapped, without a copy."""
    head = io.BytesIO(data[:4096])
    major, _ = np.lib.format.read_magic(head)
    read_header = np.lib.format.read_array_header_1_0 if major == 1 else np.lib.format.read_array_header_2_0
    shape, _, dtype = read_header(head)
    if dtype.hasobject:
        raise ValueError("an array of objects")
    return np.frombuffer(data, dtype, offset=head.tell()).reshape(shape)


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(**{**row, "span": Span(**row["span"])})


def _summary(row: dict[str, Any]) -> SourceSummary:
    dropped = tuple(Dropped(Span(**d["span"]), d["reason"]) for d in row["dropped"])
    articles = tuple(tuple(a) for a in row["articles"])
    ends = {"edges": tuple(row["edges"]), "repeats": tuple(row["repeats"])}
    return SourceSummary(**{**row, **ends, "dropped": dropped, "articles": articles})
