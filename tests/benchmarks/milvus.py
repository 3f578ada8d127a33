"""What an index in Milvus costs beside one on this machine, and whether both say the same.

    python -m tests.benchmarks.milvus [--passages 5000] [--store milvus:http://host:19530#bench]

Without --store it runs on milvus-lite in a file, which shows that our use of Milvus is right, not how fast a server is.
Generated reports and the passages of XQuAD-zh are indexed both ways in fresh processes; then

1. 100 questions: median times, how many answers are equal (state, quotes, citations in order), the largest difference
   of a score;
2. one file is removed and added again;
3. a fifth of the files is changed, the update killed with SIGKILL half way: time to open, questions answered meanwhile,
   time of the update that completes it, and agreement again.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.updates import document
from tests.support.helpers import ROOT, environment, python

XQUAD = ROOT / "tests" / "data" / "xquad-zh"
PER_FILE = 12  # passages of a generated report
REAL = 50  # questions of XQuAD-zh, the last ones

# Asks in a process of its own: milvus-lite lets one process at a time open its file.
ASKING = """
import json, sys, time
from tjqa.config import settings
from tjqa.engine import Engine
began = time.perf_counter()
engine = Engine.open(settings(*sys.argv[1:3], None, sys.argv[3] or None))
opened = time.perf_counter() - began
engine.ask("热身")
rows = []
for question in json.load(sys.stdin):
    answer = engine.ask(question)
    cited = [[c.path, c.span.start, c.span.end, c.score] for c in answer.citations]
    rows.append({"state": answer.state, "best": [c.quote for c in answer.best], "cited": cited, "s": answer.seconds})
print(json.dumps({"opened": opened, "passages": engine.status().passages, "rows": rows}))
"""


def main() -> None:
    """Write the documents, index them both ways, ask, change, kill."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=5000)
    parser.add_argument("--store", help="default: a milvus-lite file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw = random.Random(1)
        files, questions = write(folder / "资料", options.passages, draw)
        store = options.store or f"milvus:{folder}/bench.db"
        here, _ = index(folder, "", "index on this machine")
        there, said = index(folder, store, "index in Milvus")
        count = int((re.search(r"(\d+) 段", said) or [0, 0])[1])
        print(f"  {count} passages: {count / here:.0f} and {count / there:.0f} a second, reading included")
        compare(folder, store, questions)
        index(folder, store, "nothing changed")
        gone = files[len(files) // 2]
        kept = gone.read_bytes()
        gone.unlink()
        index(folder, store, "one file removed")
        gone.write_bytes(kept)
        index(folder, store, "and added again")
        for path in files[::5]:
            path.write_text(path.read_text("utf-8").replace("。", ",又新增一项。", 3), "utf-8")
        kill(folder, store)
        answered = [row["state"] for row in ask(folder, store, questions[:20])["rows"]]
        print(f"  meanwhile of 20 questions {sum(state != 'nothing' for state in answered)} found something")
        index(folder, store, "the update completed")
        index(folder, "", "the same on this machine")
        compare(folder, store, questions)
        if Path(folder / "bench.db").is_dir():
            size = sum(path.stat().st_size for path in (folder / "bench.db").rglob("*") if path.is_file())
            print(f"milvus-lite: {size / 1e6:.0f} MB on disk, {size / max(count, 1) / 1000:.1f} KB a passage")


def write(sources: Path, passages: int, draw: random.Random) -> tuple[list[Path], list[str]]:
    """Documents of about so many passages, and a hundred questions about them."""
    files, questions = [], []
    corpus = [json.loads(line) for line in (XQUAD / "corpus.jsonl").read_text("utf-8").splitlines()]
    for number, row in enumerate(corpus[: passages // 2]):
        files.append(sources / "百科" / f"{number:03}.txt")
        text = f"{row.get('title') or '百科'}\n\n{row['text']}\n"
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(text, "utf-8")
    for number in range((passages - len(files)) // PER_FILE):
        files.append(sources / f"{number % 20:02}" / f"{number:06}.txt")
        text = document(number, draw)
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(text, "utf-8")
        if number % max(1, passages // PER_FILE // 50) == 0:
            what = re.search(r"[建造固修用收划]([\u4e00-\u9fff]{2})\d+处", text)
            assert what is not None
            questions.append(f"第{number}号乡镇的{what[1]}总投资多少万元?")
    real = [json.loads(line)["text"] for line in (XQUAD / "queries.jsonl").read_text("utf-8").splitlines()]
    return files, [*questions[:50], *draw.sample(real, REAL)]


def index(folder: Path, store: str, name: str) -> tuple[float, str]:
    """Seconds of `tjqa index` from start to end, and what it said last."""
    began = time.perf_counter()
    done = python("-m", "tjqa", *arguments(folder, store))
    seconds = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stderr)
    said = done.stderr.strip().splitlines()[-1]
    print(f"{name}: {seconds:.1f} s ({said})", flush=True)
    return seconds, said


def arguments(folder: Path, store: str) -> list[str]:
    """The command line of `tjqa index`."""
    return ["index", f"--sources={folder}/资料", f"--embeddings={folder}/e", *([f"--store={store}"] if store else [])]


def kill(folder: Path, store: str) -> None:
    """Start an update and kill it when it has sent half of what it has to."""
    with subprocess.Popen(
        [sys.executable, "-m", "tjqa", *arguments(folder, store), "--progress=json"],
        cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        before = None
        for line in process.stdout:
            step = json.loads(line)
            if step.get("phase") == "分词与向量化":
                before = step["done"] if before is None else before
                if step["done"] - before >= (step["total"] - before) / 2 or step["done"] == step["total"]:
                    process.kill()
                    print(f"killed, {step['done']} of {step['total']} passages up to date", flush=True)
                    return
        print("the update ended before it could be killed")


def ask(folder: Path, store: str, questions: list[str]) -> dict[str, Any]:
    """What a fresh process answers."""
    done = subprocess.run(
        [sys.executable, "-c", ASKING, f"{folder}/资料", f"{folder}/e", store],
        cwd=ROOT, env=environment(), input=json.dumps(questions), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    answers = json.loads(done.stdout)
    if store:
        print(f"opened in {answers['opened']:.2f} s", flush=True)
    return answers


def compare(folder: Path, store: str, questions: list[str]) -> None:
    """Ask both and print how long they take and how far they agree."""
    here, there = (ask(folder, place, questions) for place in ("", store))
    equal, first = [], 0
    worst = 0.0
    for mine, theirs in zip(here["rows"], there["rows"], strict=True):
        scores = {tuple(c[:3]): c[3] for c in mine["cited"]}
        keys = [tuple(c[:3]) for c in theirs["cited"]]
        equal.append((mine["state"], mine["best"], list(scores)) == (theirs["state"], theirs["best"], keys))
        first += (mine["state"], list(scores)[:1]) == (theirs["state"], keys[:1])
        worst = max([worst, *(abs(c[3] - scores[tuple(c[:3])]) for c in theirs["cited"] if tuple(c[:3]) in scores)])
    times = [[row["s"] * 1000 for row in answers["rows"]] for answers in (here, there)]
    for name, found in zip(("this machine", "Milvus"), times, strict=True):
        print(f"  {name}: p50 {statistics.median(found):.0f} ms, p95 {sorted(found)[int(len(found) * 0.95)]:.0f} ms")
    made = len(questions) - REAL
    print(
        f"  equal answers: {sum(equal[:made])} of {made} on generated reports (of many passages with the very same\n"
        f"  score either may be left out), {sum(equal[made:])} of {REAL} on real ones; the same state and first\n"
        f"  citation: {first} of {len(questions)}; largest difference of a score {worst:.1e}",
        flush=True,
    )


if __name__ == "__main__":
    main()
