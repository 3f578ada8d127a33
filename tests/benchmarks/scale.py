"""How tjqa scales, and how peers do on the same passages and questions in the same run.

    python -m tests.benchmarks.scale --sizes 10000,100000 --work DIR [--train DIR] [--peers --peer-python FILE]
        [--bench DIR --sets xquad-zh,cmrc2018] [--parts index,ask,cold,update] [--threads N]
    python -m tests.benchmarks.scale --table DIR/results.jsonl

Writes a corpus of each size below --work (kept there for the next run): real sentences out of --train, a folder of
xz-compressed JSON-lines pairs, or without it sentences made of templates. Then, each in a process of its own:

- the index: passages a second, peak memory of all its processes, bytes on disk with and without the text;
- warm questions: p50, p99, in total and by stage, hits among ten, memory after them, beside an exact FAISS scan;
- a question from cold beside the bare imports, by turns; the update of one changed file;
- with --peers: txtai (its default index and an exact one), LangChain, bm25s and a plain numpy scan; with --bench:
  nDCG@10 on public sets.

Every figure is taken with the same number of cores (--threads, default 1). Rows are appended to DIR/results.jsonl as
they come; --table prints the last row of each kind as a Markdown table. Where --parts leaves index out, the index of
the last run is measured.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.scaling.against import PEERS, Peers, scale_row
from tests.benchmarks.scaling.corpus import prepare, read_questions
from tests.benchmarks.scaling.own import PARTS, Own
from tests.benchmarks.scaling.quality import compare
from tests.benchmarks.scaling.table import read_rows, table
from tjqa import __version__


def main() -> None:
    """Measure what is asked for, or print the table."""
    options = _options()
    if options.table:
        print(table(read_rows(options.table)))
        return
    options.work.mkdir(parents=True, exist_ok=True)
    results = options.work / "results.jsonl"
    for row in rows(options):
        with results.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(table(read_rows(results)))


def rows(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Every row, as soon as it is known."""
    threads, names = options.threads, options.peer_names.split(",")
    peers = (
        Peers(options.peer_python, threads, options.peer_seconds, options.peer_memory << 30) if options.peers else None
    )
    yield {"kind": "run", **machine(), "threads": threads, "parts": options.parts}
    for size in map(int, options.sizes.split(",") if options.sizes else ()):
        say(f"== {size} passages")
        corpus = prepare(options.work / str(size), size, options.train, options.questions)
        own = Own(corpus, options.work / str(size) / "embeddings", threads, say)
        if parts := tuple(part for part in options.parts.split(",") if part):
            yield {"kind": "own", "size": size, "threads": threads, **own.measure(parts, options.repeats)}
        if peers is not None:
            passages, questions = own.dump(), read_questions(corpus.questions)
            for name in names:
                say(f"-- {name}")
                report = peers.ask(name, passages, corpus.questions, options.work, size)
                found = scale_row(report, passages, questions)
                yield {"kind": "peer", "size": size, "threads": threads, "who": name, **found}
    for name in options.sets.split(",") if options.bench else ():
        say(f"== {name}")
        for row in compare(options.bench.absolute(), name, options.work, threads, peers, names):
            yield {"kind": "set", "threads": threads, **row}


def machine() -> dict[str, Any]:
    """What the figures depend on beside the program."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    packages = ("faiss-cpu", "numpy", "jieba", "tokenizers")
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "processor": processor or platform.processor(),
        "system": platform.platform(),
        "load": os.getloadavg()[0],  # what else ran: above 0 at the start, the high percentiles are not tjqa's alone
        "python": platform.python_version(),
        "tjqa": __version__,
        "versions": {package: importlib.metadata.version(package) for package in packages},
    }


def say(text: str) -> None:
    """Progress to stderr."""
    print(text, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--table", type=Path, metavar="RESULTS", help="print the table of earlier runs, measure nothing"
    )
    parser.add_argument("--sizes", default="10000", help="passages of each corpus, with commas; empty for none")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "tjqa-scale")
    parser.add_argument("--train", type=Path, help="training pairs whose sentences are used")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--parts", default=",".join(PARTS), help="parts of tjqa that are measured; empty for none")
    parser.add_argument("--threads", type=int, default=1, help="cores that every program may use")
    parser.add_argument("--repeats", type=int, default=7, help="cold starts")
    parser.add_argument("--peers", action="store_true", help="measure the peers, too")
    parser.add_argument("--peer-python", type=Path, default=Path(sys.executable), help="a Python that has them")
    parser.add_argument("--peer-names", default=",".join(PEERS))
    parser.add_argument("--peer-seconds", type=float, default=7200, help="a peer that takes longer is stopped")
    parser.add_argument("--peer-memory", type=int, default=12, metavar="GIB", help="a peer that takes more is stopped")
    parser.add_argument("--bench", type=Path, help="folder of public retrieval sets, see public_sets.py")
    parser.add_argument("--sets", default="xquad-zh,cmrc2018")
    options = parser.parse_args()
    # Relative to where the command was given, not to where its children run.
    options.work = options.work.absolute()
    options.train = options.train and options.train.absolute()
    options.peer_python = options.peer_python.absolute()  # not resolved: a link in its environment tells which one
    return options


if __name__ == "__main__":
    main()
