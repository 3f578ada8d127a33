"""The passages of an index as JSON lines, for others to index, and the exact vectors of all of them.

    python -m tests.benchmarks.scaling.dump --sources DIR --embeddings DIR --output DIR

Writes passages.jsonl {"file","title","text"} and vectors.npy (passages, dimension) float32 in the order of the index.
The vectors are made anew from the texts, for those of the index may be stored more coarsely.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from tjqa.config import Settings, settings
from tjqa.encoder import encode_meaning, load_encoder, meaning_dimension
from tjqa.engine import Engine
from tjqa.records import Passage

_BATCH = 1024


def main() -> None:
    """Read every passage once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--embeddings", required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    dump(settings(options.sources, options.embeddings), options.output)


def dump(place: Settings, output: Path) -> None:
    """Write both files."""
    engine = Engine.open(place)
    encoder = load_encoder(place.model, place.model_dir)
    embedding_text = _embedding_text()
    shape = engine.status().passages, meaning_dimension(encoder)
    vectors = np.lib.format.open_memmap(output / "vectors.npy", mode="w+", dtype=np.float32, shape=shape)
    passages, done = _passages(engine), 0
    with (output / "passages.jsonl").open("w", encoding="utf-8", errors="surrogatepass") as handle:
        while batch := list(islice(passages, _BATCH)):
            for p in batch:
                row = {"file": p.path, "title": p.title, "text": p.text}
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
            vectors[done : done + len(batch)] = encode_meaning(encoder, [embedding_text(p) for p in batch])
            done += len(batch)
    vectors.flush()


def _passages(engine: Engine) -> Iterator[Passage]:
    """Every passage, without the reading of its file that telling its line takes."""
    index: Any = engine._index
    return iter(index.passages()) if hasattr(index, "passages") else (p for p, _, _ in engine.passages())


def _embedding_text() -> Callable[[Passage], str]:
    """What is embedded for a passage, wherever that is decided."""
    for name in ("tjqa.parts", "tjqa.index", "tjqa.writing"):
        found = getattr(importlib.import_module(name), "embedding_text", None)
        if found is not None:
            return found  # type: ignore[no-any-return]
    raise SystemExit("tjqa has no embedding_text any more; tell this benchmark what is embedded for a passage")


if __name__ == "__main__":
    main()
