"""Measures tjqa on one corpus: index, cold start, warm questions, update of one file; each in processes of its own."""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.scaling.corpus import Corpus, read_questions
from tests.benchmarks.scaling.processes import Ran, run

# What every program of this kind pays before it can begin; the cold start is told as a ratio to it.
IMPORTS = "import faiss, jieba; jieba.initialize()"

TEXT = "passages"  # what the names of files hold that hold the passages themselves

PARTS = ("index", "ask", "cold", "update")


class Own:
    """tjqa with one corpus; `embeddings` is where its index lies."""

    def __init__(self, corpus: Corpus, folder: Path, threads: int, say: Callable[[str], None]) -> None:
        self._corpus = corpus
        self._folder = folder
        self._threads = threads
        self._say = say
        self._places = [f"--sources={corpus.sources}", f"--embeddings={folder}"]
        folder.mkdir(parents=True, exist_ok=True)

    def measure(self, parts: tuple[str, ...], repeats: int) -> dict[str, Any]:
        """The figures of the parts asked for, as one flat row with some tables in it."""
        row: dict[str, Any] = {}
        if "index" in parts:
            row |= self.index()
        row |= self.sizes()
        if "ask" in parts:
            row |= self.ask()
        if "cold" in parts:
            row |= self.cold(repeats)
        if "update" in parts:
            row |= self.update()
        return row

    def index(self) -> dict[str, Any]:
        """Build the index of everything, whatever lies there."""
        ran = self._tjqa("index", "--rebuild", *self._places)
        passages = _count(r"个文件\D(\d+) 段", ran)
        self._say(f"indexed {passages} passages in {ran.seconds:.1f} s, {ran.processor:.1f} s of processor time")
        return {
            "passages": passages,
            "index_seconds": ran.seconds,
            "index_processor_seconds": ran.processor,
            "passages_per_second": passages / ran.seconds,
            "index_peak_memory": ran.peak,
            "index_peak_anonymous": ran.peak_anonymous,
        }

    def sizes(self) -> dict[str, Any]:
        """Bytes of the documents and of the live generation, by kind of file: the parts of an index hold the same."""
        index = self._folder / "index"
        live = index / (index / "CURRENT").read_text("ascii").split()[0]
        live = live if live.is_dir() else index
        files: Counter[str] = Counter()
        for path in (path for path in live.rglob("*") if path.is_file()):
            files[path.name.partition(".")[2] or path.name] += path.stat().st_size
        whole = files.total()
        text = sum(path.stat().st_size for path in live.rglob(f"*{TEXT}*"))
        return {
            "sources_bytes": sum(path.stat().st_size for path in self._corpus.sources.rglob("*.txt")),
            "index_bytes": whole,
            "index_bytes_without_text": whole - text,
            "index_files": files,
        }

    def ask(self) -> dict[str, Any]:
        """Warm questions, in a process that holds the library open."""
        self.dump()
        report = self._folder / "asked.json"
        self._module(
            *("asking", *self._places, f"--questions={self._corpus.questions}"),
            *(f"--vectors={self._folder / 'vectors.npy'}", f"--report={report}"),
        )
        row: dict[str, Any] = json.loads(report.read_text("utf-8"))
        self._say(f"asked: p50 {row['latency']['p50']:.1f} ms, p99 {row['latency']['p99']:.1f} ms")
        return row

    def dump(self) -> Path:
        """The passages for the peers and the exact vectors, made again when the index is newer."""
        passages = self._folder / "passages.jsonl"
        current = self._folder / "index" / "CURRENT"
        if not passages.exists() or passages.stat().st_mtime < current.stat().st_mtime:
            self._module("dump", *self._places, f"--output={self._folder}")
        return passages

    def cold(self, repeats: int) -> dict[str, Any]:
        """`tjqa ask` from nothing and the bare imports by turns; one of each before, to warm the system's caches."""
        questions = read_questions(self._corpus.questions)[: repeats + 1]
        asks, imports = [], []
        for asked in questions:
            asks.append(self._tjqa("ask", *self._places, "--", asked.question).seconds)
            imports.append(run([sys.executable, "-c", IMPORTS], self._threads).seconds)
        ask, bare = statistics.median(asks[1:]), statistics.median(imports[1:])
        self._say(f"cold start {ask:.2f} s, imports {bare:.2f} s")
        return {"cold_seconds": ask, "imports_seconds": bare, "cold_ratio": ask / bare, "cold_repeats": repeats}

    def update(self) -> dict[str, Any]:
        """Change one sentence of one file, index again; then put it back, which is another update."""
        files = sorted(self._corpus.sources.rglob("*.txt"))
        path = files[len(files) // 2]
        before = path.read_bytes()
        try:
            path.write_bytes(before + "今年新设立了一处便民服务站。\n".encode())
            changed = self._tjqa("index", *self._places)
        finally:
            path.write_bytes(before)
        back = self._tjqa("index", *self._places)
        seconds = min(changed.seconds, back.seconds)
        self._say(f"one file changed: {seconds:.1f} s")
        return {
            "update_seconds": seconds,
            "update_both": [changed.seconds, back.seconds],
            "update_embedded": _count(r"新向量化 (\d+) 段", changed),
            "update_peak_memory": max(changed.peak, back.peak),
            "update_peak_anonymous": max(changed.peak_anonymous, back.peak_anonymous),
        }

    def _tjqa(self, command: str, *arguments: str) -> Ran:
        return run([sys.executable, "-m", "tjqa", command, *arguments], self._threads)

    def _module(self, name: str, *arguments: str) -> Ran:
        return run([sys.executable, "-m", f"tests.benchmarks.scaling.{name}", *arguments], self._threads)


def _count(pattern: str, ran: Ran) -> int:
    """A number out of what `tjqa index` says at its end."""
    found = re.findall(pattern, ran.output + ran.said)
    return int(found[-1]) if found else 0
