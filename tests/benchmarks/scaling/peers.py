"""One peer on passages and questions, in a Python of its own; needs nothing of tjqa but its model's folder.

    PEER_PYTHON peers.py NAME --model DIR --passages FILE --questions FILE --report FILE
        [--threads N] [--meaning] [--seconds N]

NAME: txtai, txtai-exact, langchain, bm25s, numpy. FILEs are JSON lines: passages {"title","text"}, questions
{"question"}. A passage is indexed as title, newline, text; words are jieba's search mode everywhere, lower case. The
report is one JSON object: versions, passages per second from texts in memory to ready, latency, and per question the
rows found. Leaves with 77 when the peer is not installed.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import logging
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

K = 10
WARM = 10
BATCH = 10_000
NOT_INSTALLED = 77

Search = Callable[[str], list[int]]
"""A question → the rows of the ten best passages, best first."""

PACKAGES = {
    "txtai": ("txtai", "faiss-cpu", "sentence-transformers", "torch"),
    "txtai-exact": ("txtai", "faiss-cpu", "sentence-transformers", "torch"),
    "langchain": ("langchain-community", "langchain-classic", "rank-bm25", "faiss-cpu", "sentence-transformers"),
    "bm25s": ("bm25s",),
    "numpy": ("numpy", "sentence-transformers", "torch"),
}


def main() -> int:
    """Index, ask, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(BUILDERS))
    parser.add_argument("--model", required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--meaning", action="store_true", help="vectors without their presence part")
    parser.add_argument("--seconds", type=float, default=600, help="questions are asked for so long at most")
    options = parser.parse_args()
    try:
        versions = {package: importlib.metadata.version(package) for package in PACKAGES[options.name]}
    except importlib.metadata.PackageNotFoundError as error:
        print(error, file=sys.stderr)
        return NOT_INSTALLED
    texts = ["\n".join(part for part in (row.get("title"), row["text"]) if part) for row in rows_of(options.passages)]
    questions = [row["question"] for row in rows_of(options.questions)]
    tokens("预热")  # jieba's dictionary is loaded once, whatever the size
    model = Model(options.model, options.meaning, options.threads) if options.name != "bm25s" else None
    used, began = time.process_time(), time.perf_counter()
    search = BUILDERS[options.name](texts, model)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    times, spent, found = ask(search, questions, options.seconds)
    report = {
        "versions": versions,
        "dimension": model.dimension if model is not None else 0,
        "passages": len(texts),
        "index_seconds": seconds,
        "index_processor_seconds": processor,
        "passages_per_second": len(texts) / seconds,
        "times": times,
        "processor_times": spent,
        "found": found,
        "peak_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    }
    options.report.write_text(json.dumps(report), "utf-8")
    return 0


def rows_of(path: Path) -> Iterator[Any]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8", errors="surrogatepass") as handle:
        yield from map(json.loads, handle)


def ask(search: Search, questions: Sequence[str], longest: float) -> tuple[list[float], list[float], list[list[int]]]:
    """Every question, as long as time is left, after a few to warm up with: seconds, seconds of the processor and rows
    of each."""
    for question in questions[-WARM:]:
        search(question)
    times: list[float] = []
    spent: list[float] = []
    found: list[list[int]] = []
    for question in questions:
        used, began = time.process_time(), time.perf_counter()
        rows = search(question)
        times.append(time.perf_counter() - began)
        spent.append(time.process_time() - used)
        found.append([int(row) for row in rows[:K]])
        if sum(times) > longest:
            break
    return times, spent, found


def tokens(text: str) -> list[str]:
    """jieba words in search mode; what holds no letter or digit is left out. Equal words are one object: a peer that
    keeps the words of a million passages would need several times the memory."""
    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    return [sys.intern(word) for word in jieba.lcut_for_search(text.lower()) if any(c.isalnum() for c in word)]


class Model:
    """tjqa's model through sentence-transformers, as any other program would use it: 3,456 values.

    With `meaning` only its first part, 384 values, by the modules that make it: the same as cutting the whole vectors
    (to 1e-7) and twenty times as fast, for the presence part is made token by token.
    """

    def __init__(self, folder: str, meaning: bool, threads: int) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(threads)
        self.loaded: Any = SentenceTransformer(folder, device="cpu")
        if meaning:
            parts: list[Any] = list(self.loaded)
            words, weights, pooling, kept, *_, unit = parts
            kept.module_output_name = "sentence_embedding"  # else a second pooling would join it with presence
            self.loaded = SentenceTransformer(modules=[words, weights, pooling, kept, unit], device="cpu")
        self.dimension = len(self.encode(["预热"])[0])

    def encode(self, texts: Sequence[str]) -> Any:
        """(n, dimension) float32, rows of length 1."""
        return self.loaded.encode(list(texts), show_progress_bar=False)


def txtai(texts: Sequence[str], model: Model | None, components: str = "") -> Search:
    """txtai's hybrid search: FAISS and its own BM25, weighed alike.

    Its default tokenizer takes a whole Chinese clause for one word and its configuration takes no function, so the
    method that loads the tokenizer is replaced. Its own way to sentence-transformers calls encode_document, which
    sentence-transformers 6.2 cannot do for a model of word vectors; so the model is called from here ("external"),
    by a plain function, for a method would be taken for a class. Above 5,000 passages its FAISS index is an inverted
    file: its default. That loses neighbours, so that it is measured with an exact one, too ("txtai-exact").
    """
    assert model is not None
    from txtai import Embeddings
    from txtai.scoring.tfidf import TFIDF

    encode = model.encode
    TFIDF.loadtokenizer = lambda self: tokens
    index = Embeddings(
        {
            "method": "external",
            "transform": lambda batch: encode(batch),
            "content": False,
            "scoring": {"method": "bm25", "terms": True, "normalize": True},
            **({"faiss": {"components": components}} if components else {}),
        }
    )
    index.index((row, text, None) for row, text in enumerate(texts))
    return lambda question: [row for row, _ in index.search(question, K)]


def langchain(texts: Sequence[str], model: Model | None) -> Search:
    """LangChain's recipe: EnsembleRetriever of BM25Retriever (rank_bm25) and FAISS, half and half.

    Vectors pass through it as lists of Python numbers, 32 bytes each, so texts are added by ten thousands.
    """
    assert model is not None
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import Embeddings

    encode = model.encode

    class Encoder(Embeddings):  # type: ignore[misc,unused-ignore]  # Any where it is not installed
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return encode(texts).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return encode([text])[0].tolist()  # type: ignore[no-any-return]

    rows = [{"row": row} for row in range(len(texts))]
    words = BM25Retriever.from_texts(texts, metadatas=rows, preprocess_func=tokens, k=K)
    store = FAISS.from_texts(list(texts[:BATCH]), Encoder(), metadatas=rows[:BATCH])
    for start in range(BATCH, len(texts), BATCH):
        store.add_texts(texts[start : start + BATCH], metadatas=rows[start : start + BATCH])
    nearest = store.as_retriever(search_kwargs={"k": K})
    both = EnsembleRetriever(retrievers=[words, nearest], weights=[0.5, 0.5], id_key="row")
    return lambda question: [document.metadata["row"] for document in both.invoke(question)]


def bm25s(texts: Sequence[str], model: Model | None) -> Search:
    """bm25s with its defaults."""
    import bm25s as package

    index = package.BM25()
    index.index([tokens(text) for text in texts], show_progress=False)
    count = min(K, len(texts))

    def search(question: str) -> list[int]:
        rows, scores = index.retrieve([tokens(question)], k=count, show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return search


def numpy(texts: Sequence[str], model: Model | None) -> Search:
    """The vectors alone, compared with all of them in one product of numpy."""
    assert model is not None
    import numpy as np

    vectors = np.ascontiguousarray(model.encode(texts), dtype=np.float32)

    def search(question: str) -> list[int]:
        scores = vectors @ model.encode([question])[0]
        best = np.argpartition(scores, -K)[-K:] if len(scores) > K else np.arange(len(scores))
        return [int(row) for row in best[np.argsort(-scores[best])]]

    return search


BUILDERS: dict[str, Callable[[Sequence[str], Model | None], Search]] = {
    "txtai": txtai,
    "txtai-exact": partial(txtai, components="IDMap,Flat"),
    "langchain": langchain,
    "bm25s": bm25s,
    "numpy": numpy,
}

if __name__ == "__main__":
    sys.exit(main())
