"""Passages → an index on disk; what an old index holds of unchanged passages is taken over, not made again."""

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
from tjqa.index import LibraryIndex, SourceState, context, embedding_text, segments
from tjqa.lexical import ARRAYS, Reused, build_lexical
from tjqa.records import Passage, SourceSummary
from tjqa.store import amend, commit
from tjqa.terms import terms
from tjqa.vectors import build_vectors

# Title, section, publisher and dates say what a passage is about (which place, which year) and are written once,
# far away from it; one mention counts like one in the text.
CONTEXT_WEIGHT = 1.0

_BATCH = 512


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into an index: passages in file order, a state per file, a summary per readable one, what made them."""

    passages: Sequence[Passage]
    sources: Sequence[SourceState]
    summaries: Sequence[SourceSummary]
    versions: Mapping[str, int]
    asked_model: str | None = None
    built: str = ""


def write_index(
    folder: Path,
    contents: Contents,
    encoder: Encoder,
    old: LibraryIndex | None = None,
    report: Callable[[str, int], None] = lambda phase, done: None,
) -> int:
    """Build and commit a new generation while holding the lock; returns how many passages were embedded anew.

    Vectors, terms and tokens of passages that `old` (same model) already holds are taken from it. `report` gets a
    phase and the count of passages done in it and may raise to stop: nothing has been written then.
    """
    passages = contents.passages
    keys = [_key(p) for p in passages]
    origin = _origin(keys, encoder, old)
    fresh = [p for p, row in zip(passages, origin, strict=True) if row < 0]
    vectors = _embed([embedding_text(p) for p in fresh], origin, encoder, old, report)
    counted = _counted(fresh, len(passages), report)
    lexical = build_lexical(counted, Reused(old.lexical, origin) if old is not None else None)
    tokens = late.NONE
    if isinstance(encoder, TokenEncoder):
        tokens = late.build_tokens(map(segments, fresh), encoder, old.tokens if old is not None else late.NONE, origin)
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
    return len(fresh)


def touch_sources(folder: Path, sources: Sequence[SourceState]) -> None:
    """Remember new times of files whose contents did not change; call while holding the lock."""
    amend(folder, {"sources": [asdict(state) for state in sources]})


def _key(passage: Passage) -> bytes:
    """16 bytes that are equal for passages of which vectors, terms and tokens are equal."""
    contents = f"{embedding_text(passage)}\0{context(passage)}\0{passage.text}"
    return hashlib.blake2b(contents.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _origin(keys: Sequence[bytes], encoder: Encoder, old: LibraryIndex | None) -> NDArray[np.int64]:
    """The row in `old` from which each passage is taken over, -1 for a new one."""
    same = old is not None and old.model == encoder.name and old.vectors.dimension == meaning_dimension(encoder)
    known = old.rows_by_key() if old is not None and same else {}
    return np.array([known.get(key, -1) for key in keys], dtype=np.int64)


def _embed(
    texts: Sequence[str],
    origin: NDArray[np.int64],
    encoder: Encoder,
    old: LibraryIndex | None,
    report: Callable[[str, int], None],
) -> NDArray[np.float32]:
    """Vectors of all rows: `texts` are those of the new ones."""
    vectors = np.zeros((len(origin), meaning_dimension(encoder)), dtype=np.float32)
    reused, todo = np.flatnonzero(origin >= 0), np.flatnonzero(origin < 0)
    if old is not None and len(reused):
        vectors[reused] = old.vectors.rows(origin[reused])
    report("向量化", len(reused))
    for start in range(0, len(todo), _BATCH):
        batch = todo[start : start + _BATCH]
        vectors[batch] = encode_meaning(encoder, texts[start : start + len(batch)])
        report("向量化", len(reused) + start + len(batch))
    return vectors


def _counted(
    fresh: Sequence[Passage], total: int, report: Callable[[str, int], None]
) -> Iterator[list[tuple[list[str], float]]]:
    """The fields of new passages as terms."""
    for done, p in enumerate(fresh):
        if done % _BATCH == 0:
            report("分词", total - len(fresh) + done)
        yield [(terms(p.text), 1.0), (terms(context(p)), CONTEXT_WEIGHT)]
    report("分词", total)


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()
