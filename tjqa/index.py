"""The index of one library: passages, words and vectors that agree with one manifest, or no index at all."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa import __version__, late
from tjqa.encoder import Encoder, TokenEncoder, encode_meaning, meaning_dimension
from tjqa.errors import IndexDamaged, IndexOutdated, IndexUnusable
from tjqa.lexical import ARRAYS, LexicalIndex, build_lexical
from tjqa.records import Dropped, Passage, SourceSummary, Span
from tjqa.store import commit, live_generation, read_verified
from tjqa.terms import terms
from tjqa.text import clauses, fold
from tjqa.vectors import VectorIndex, build_vectors, open_vectors

# Title, section, publisher and dates say what a passage is about (which place, which year) and are written once,
# far away from it; one mention counts like one in the text.
CONTEXT_WEIGHT = 1.0

_EMBED_BATCH = 512


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source file as it was when indexed; size and mtime let a change be noticed without reading the file.

    `skipped` is the reason why the file could not be read, then `sha256` is empty; it is kept so that the same
    unreadable file is not taken for a new one on every question.
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into an index: passages in file order, a state per file, a summary per readable one, what made them."""

    passages: Sequence[Passage]
    sources: Sequence[SourceState]
    summaries: Sequence[SourceSummary]
    versions: Mapping[str, int]
    asked_model: str | None = None
    built: str = ""


@dataclass(frozen=True, slots=True)
class LibraryIndex:
    """An opened index. Rows of passages, BM25 and vectors are the same numbers.

    `model` is the identity of the model that made the vectors, `asked_model` what --model named (None: the default).
    """

    built: str
    model: str
    asked_model: str | None
    sources: tuple[SourceState, ...]
    lexical: LexicalIndex
    vectors: VectorIndex
    tokens: late.TokenIndex
    _lines: bytes
    _offsets: NDArray[np.int64]
    _keys: NDArray[np.uint8]
    _summaries: bytes

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def passage(self, row: int) -> Passage:
        """The passage of a row."""
        return _passage(json.loads(self._lines[self._offsets[row] : self._offsets[row + 1]]))

    def passages(self) -> Iterator[Passage]:
        """Every passage in row order."""
        return (self.passage(row) for row in range(len(self)))

    def summaries(self) -> tuple[SourceSummary, ...]:
        """What the index holds of each file, in path order."""
        return tuple(_summary(row) for row in json.loads(self._summaries))

    def embedded(self) -> dict[bytes, int]:
        """Key of each embedded text → row, for reusing vectors."""
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


def write_index(
    folder: Path,
    contents: Contents,
    encoder: Encoder,
    old: LibraryIndex | None = None,
    report: Callable[[int], None] = lambda done: None,
) -> int:
    """Build and commit a new generation while holding the lock; returns how many passages were embedded anew.

    Vectors of texts that `old` (same model) already holds are taken from it. `report` gets the count of passages
    embedded so far and may raise to stop: nothing has been written then.
    """
    passages = contents.passages
    texts = [embedding_text(p) for p in passages]
    keys = [hashlib.blake2b(t.encode("utf-8", "surrogatepass"), digest_size=16).digest() for t in texts]
    vectors, anew = _embed(texts, keys, encoder, old, report)
    lexical = build_lexical([(terms(p.text), 1.0), (terms(context(p)), CONTEXT_WEIGHT)] for p in passages)
    tokens = late.build_tokens(map(segments, passages), encoder) if isinstance(encoder, TokenEncoder) else late.NONE
    lines = [json.dumps(asdict(p), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for p in passages]
    files = {
        "passages.jsonl": b"".join(lines),
        "offsets.npy": _npy(np.cumsum([0, *map(len, lines)], dtype=np.int64)),
        "keys.npy": _npy(np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), 16)),
        "sources.json": json.dumps([asdict(s) for s in contents.summaries], ensure_ascii=False).encode(),
        "vectors.faiss": build_vectors(vectors),
        **{f"{name}.npy": _npy(getattr(lexical, name)) for name in ARRAYS},
        **{f"late-{name}.npy": _npy(getattr(tokens, name)) for name in late.ARRAYS},
    }
    manifest = {
        "tjqa": __version__,
        "built": contents.built,
        "model": {"name": encoder.name, "dimension": vectors.shape[1], "asked": contents.asked_model},
        "versions": dict(contents.versions),
        "passages": len(passages),
        "sources": [asdict(state) for state in contents.sources],
    }
    commit(folder, files, manifest)
    return anew


def open_index(folder: Path, versions: Mapping[str, int]) -> LibraryIndex:
    """Open the live generation; every byte is compared with the manifest before a library sees it.

    Raises:
        IndexMissing, IndexDamaged, IndexOutdated: see tjqa.errors.
    """
    generation, manifest = live_generation(folder)
    if manifest.get("versions") != versions:
        raise IndexOutdated("索引是由另一个版本的 tjqa 建立的。", "请运行 tjqa index 更新索引。")

    def read(name: str) -> bytes:
        return read_verified(generation, manifest, name)

    def array(name: str) -> NDArray[Any]:
        return np.load(io.BytesIO(read(f"{name}.npy")), allow_pickle=False)  # type: ignore[no-any-return]

    try:
        count = int(manifest["passages"])
        lexical = LexicalIndex(count, *(array(name) for name in ARRAYS))
        vectors = open_vectors(read("vectors.faiss"), int(manifest["model"]["dimension"]), count)
        tokens = late.TokenIndex(*(array(f"late-{name}") for name in late.ARRAYS))
        sources = tuple(SourceState(**row) for row in manifest["sources"])
        index = LibraryIndex(
            manifest["built"], manifest["model"]["name"], manifest["model"]["asked"], sources, lexical, vectors, tokens,
            read("passages.jsonl"), array("offsets"), array("keys"), read("sources.json"),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamaged("索引清单与索引文件不符。", "请运行 tjqa index --rebuild 重建索引。") from error
    if len(index) != count or len(index._keys) != count:
        raise IndexDamaged(f"索引记有 {count} 段,文件里有 {len(index)} 段。", "请运行 tjqa index --rebuild 重建索引。")
    return index


def model_asked(folder: Path) -> str | None:
    """The model named when the live generation was built; None for the default one, or without a readable index."""
    try:
        _, manifest = live_generation(folder)
        asked = manifest["model"]["asked"]
    except (IndexUnusable, KeyError, TypeError):
        return None
    return asked if isinstance(asked, str) else None


def _embed(
    texts: Sequence[str],
    keys: Sequence[bytes],
    encoder: Encoder,
    old: LibraryIndex | None,
    report: Callable[[int], None],
) -> tuple[NDArray[np.float32], int]:
    width = meaning_dimension(encoder)
    same = old is not None and old.model == encoder.name and old.vectors.dimension == width
    known = old.embedded() if old is not None and same else {}
    vectors = np.zeros((len(texts), width), dtype=np.float32)
    reused = [row for row, key in enumerate(keys) if key in known]
    if old is not None and reused:
        vectors[reused] = old.vectors.rows(np.array([known[keys[row]] for row in reused], dtype=np.int64))
    todo = [row for row, key in enumerate(keys) if key not in known]
    report(len(reused))
    for start in range(0, len(todo), _EMBED_BATCH):
        batch = todo[start : start + _EMBED_BATCH]
        vectors[batch] = encode_meaning(encoder, [texts[row] for row in batch])
        report(len(reused) + start + len(batch))
    return vectors, len(todo)


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(**{**row, "span": Span(**row["span"])})


def _summary(row: dict[str, Any]) -> SourceSummary:
    dropped = tuple(Dropped(Span(**d["span"]), d["reason"]) for d in row["dropped"])
    return SourceSummary(**{**row, "dropped": dropped, "articles": tuple(tuple(a) for a in row["articles"])})
