"""The passages of an index as JSON lines, for others to index, and the exact vectors of all of them.

    python -m tests.benchmarks.scaling.dump --sources DIR --embeddings DIR --output DIR

Writes passages.jsonl {"file","title","text"} and vectors.npy (passages, dimension) float32 in the order of the index.
The vectors are made anew from the texts, for those of the index may be stored more coarsely.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tjqa.config import Settings, settings
from tjqa.documents import Passage
from tjqa.encoders.base import Encoder, TokenEncoder
from tjqa.encoders.loading import encode_meaning, load_encoder, meaning_dimension
from tjqa.engine import Engine
from tjqa.index.passage_texts import embedding_text, token_texts
from tjqa.index.tokens import tokenise

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
    shape = engine.status().passages, meaning_dimension(encoder)
    vectors = np.lib.format.open_memmap(output / "vectors.npy", mode="w+", dtype=np.float32, shape=shape)
    passages, done = _passages(engine), 0
    with (output / "passages.jsonl").open("w", encoding="utf-8", errors="surrogatepass") as handle:
        while batch := list(islice(passages, _BATCH)):
            for p in batch:
                row = {"file": p.path, "title": p.title, "text": p.text}
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
            vectors[done : done + len(batch)] = exact(batch, encoder)
            done += len(batch)
    vectors.flush()


def _passages(engine: Engine) -> Iterator[Passage]:
    """Every passage, without the reading of its file that telling its line takes."""
    index: Any = engine._index
    return iter(index.passages()) if hasattr(index, "passages") else (p for p, _, _ in engine.passages())


def exact(passages: Sequence[Passage], encoder: Encoder) -> NDArray[np.float32]:
    """The unit vectors of passages as tjqa makes them, before it stores them more coarsely: (n, dimension) float32.

    Like `index.writer`: of a model with token vectors the sum of the tokens of its texts. That is another vector
    than that of the text in one piece, with which as the reference the recall came out as 0.933 where it is 1.
    """
    if not isinstance(encoder, TokenEncoder):
        return encode_meaning(encoder, [embedding_text(p) for p in passages])
    tokens = tokenise(map(token_texts, passages), encoder)
    sums = encoder.sums(tokens.ids, np.diff(tokens.begins))
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)


if __name__ == "__main__":
    main()
