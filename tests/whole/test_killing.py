"""The indexer killed at random moments, quotes forged, a folder watched: the index is never lost and never lies."""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.support.helpers import REPORT, ROOT, FakeEncoder, data_file, environment
from tests.whole.test_interruption import interrupt, wait_until
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.index.array_file import pack, unpack
from tjqa.index.generations import live_generation, verify

pytestmark = pytest.mark.slow

MOMENTS = 25

# Loads everything once; then, for each line of its input (seconds), a child that indexes without pause is killed
# after that time. A fork costs a millisecond, a new interpreter a second.
INDEXER = """
import os, signal, sys, time
from pathlib import Path
from tests.support.helpers import REPORT, FakeEncoder
from tjqa import engine
from tjqa.config import Settings
engine.load_encoder = lambda asked, folder: FakeEncoder()
engine.model_name = lambda asked, folder: "pairs"
place = Settings(Path(sys.argv[1]), Path(sys.argv[2]))
engine.build(place)
changing, number = place.sources / "变.txt", 0
for line in sys.stdin:
    child = os.fork()
    if not child:
        while True:
            number += 1
            (place.sources / "变.part").write_text(REPORT.replace("3215", str(number)))
            (place.sources / "变.part").replace(changing)
            engine.build(place, rebuild=number % 3 == 0)
    time.sleep(float(line))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


@pytest.fixture
def indexer(place: Settings) -> Iterator[subprocess.Popen[str]]:
    """The process that indexes and kills."""
    arguments = [sys.executable, "-c", INDEXER, str(place.sources), str(place.embeddings)]
    with subprocess.Popen(
        arguments, env=environment(), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_killed_at_many_moments(place: Settings, encoder: FakeEncoder, indexer: subprocess.Popen[str]) -> None:
    """Killed with SIGKILL at 25 random moments: each time the index opens, every byte and every quote of it holds, it
    answers, and the next build completes."""
    assert indexer.stdin is not None and indexer.stdout is not None
    place = replace(place, fast=True)  # the reader takes nothing from the index but passages
    draw = random.Random(3)
    generations = set()
    for _ in range(MOMENTS):
        print(draw.random() * 0.15, file=indexer.stdin, flush=True)
        assert indexer.stdout.readline() == "killed\n"
        verify(place.index_dir)
        generations.add(live_generation(place.index_dir)[0].name)
        engine = Engine.open(place)
        assert all(fault.text().startswith("变.txt") for fault in engine.check())
        assert engine.ask("石桥水库的总库容是多少?").state == "found"
        build(place)
        assert Engine.open(place).check() == []
        assert not list(place.index_dir.glob("tmp-*"))
    assert len(generations) > MOMENTS // 2  # the kills did fall while it was at work


def test_a_hundred_forged_quotes_are_rejected(library: Settings) -> None:
    """One character of a stored quote exchanged, all hashes made to fit: `check` finds each of 100."""
    generation, manifest = live_generation(library.index_dir)
    path = data_file(generation, "passages.jsonl")
    honest = path.read_text("utf-8").split("\n")[:-1]
    draw = random.Random(9)
    for _ in range(100):
        rows = [json.loads(line) for line in honest]
        row = draw.choice(rows)
        at = draw.randrange(len(row["text"]))
        other = draw.choice([c for c in "零一二三0123。,甲乙" if c != row["text"][at]])
        row["text"] = row["text"][:at] + other + row["text"][at + 1 :]
        forge(library, generation, manifest, rows)
        faults = Engine.open(library).check()
        assert len(faults) == 1
        assert faults[0].text().startswith(f"{row['path']}:{row['span']['start']}-"), row["text"]


def forge(place: Settings, generation: Path, manifest: dict[str, object], rows: list[dict[str, object]]) -> None:
    """Write passages with a manifest and a CURRENT that agree with them."""
    lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
    starts = np.cumsum([0, *map(len, lines)]).astype(np.uint32)
    arrays = unpack(memoryview(data_file(generation, "arrays").read_bytes()))
    changed = {"passages.jsonl": b"".join(lines), "arrays": pack({**arrays, "line_starts": starts})}
    files = dict(manifest["files"])  # type: ignore[call-overload]
    for kind, data in changed.items():
        path = data_file(generation, kind)
        path.write_bytes(data)
        files[path.name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    listing = json.dumps({**manifest, "files": files}).encode()
    (generation / "manifest.json").write_bytes(listing)
    (place.index_dir / "CURRENT").write_text(f"{generation.name} {hashlib.sha256(listing).hexdigest()}\n")


def test_watching_takes_in_changes(model: Path, documents: Path, tmp_path: Path) -> None:
    """`index --watch` indexes a changed file by itself, survives an emptied folder, and Ctrl-C ends it quietly."""
    place = Settings(documents, tmp_path / "embeddings")
    arguments = [sys.executable, "-m", "tjqa", "index", "--watch"]
    log = tmp_path / "log"
    with log.open("w") as sink:
        process = subprocess.Popen(
            [*arguments, f"--sources={documents}", f"--embeddings={place.embeddings}"],
            cwd=ROOT,
            env=environment(),
            stderr=sink,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    try:
        wait_until(process, lambda: "正在留意" in log.read_text())
        (documents / "报告.txt").write_text(REPORT.replace("3215", "3299"))
        wait_until(process, lambda: "索引已更新" in log.read_text())
        saved = {path: path.read_bytes() for path in documents.rglob("*.*")}
        for path in saved:
            path.unlink()
        wait_until(process, lambda: "里现在没有文档" in log.read_text())
        for path, raw in saved.items():
            path.write_bytes(raw)
        (documents / "茶叶.md").rename(documents / "新茶.md")
        wait_until(process, lambda: "茶叶.md → 新茶.md" in log.read_text())
        wait_until(process, lambda: Engine.open(place).check() == [])
        interrupt(process)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert "Traceback" not in log.read_text()
    assert Engine.open(place).check() == []
