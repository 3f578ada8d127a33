"""The real commands that write an index, killed with SIGKILL at random moments: it is never lost and never lies.

    python -m tests.attacks.killed_builds [--rounds 20] [--seed 0]

First builds, updates, repairs of a damaged index and rebuilds, so many rounds of each. After each the index that was
there opens, every byte and quote of it holds and it answers; then the same command completes and leaves nothing over.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.support.attacking import ANSWER, QUESTION, Ground, Tally, faults, run_script
from tests.support.helpers import REPORT
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import IndexDamaged, IndexMissing, TjqaError
from tjqa.index.generations import live_generation

WAYS = ("build", "update", "repair", "rebuild")


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """So many rounds of each command; with `rounds` 0 one."""
    draw = random.Random(seed)
    ground = Ground(root)
    for number in range(25):  # enough that a build takes a while
        (ground.sources / f"公报{number}.txt").write_text(REPORT.replace("3215", str(4000 + number)), "utf-8")
    began = time.monotonic()
    first = ground.run("index", cwd=root)  # from a cold start, as those that are killed
    assert first.code == 0, first.said
    whole = time.monotonic() - began
    kept = root / "kept"
    shutil.copytree(ground.embeddings, kept)
    for number in range(max(rounds, 1)):
        for way in WAYS:
            shutil.rmtree(ground.embeddings)
            if way != "build":
                shutil.copytree(kept, ground.embeddings)
            tally.tried(f"killed {way}", killed(ground, way, draw, whole, number), f"round {number}")


def killed(ground: Ground, way: str, draw: random.Random, whole: float, number: int) -> list[str]:
    """One command killed, the index looked at, the command run to its end, the index looked at again."""
    changing = ground.sources / "变.txt"
    changing.write_text(REPORT.replace("3215", str(6000 + number)), "utf-8")
    damaged = way == "repair" and draw.random() < 0.7
    if damaged:
        damage(ground, draw)
    command = {"repair": ("check", "--repair"), "rebuild": ("index", "--rebuild")}.get(way, ("index",))
    with subprocess.Popen(
        ground.words(*command), cwd=ground.root, env=ground.environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        lock, end = ground.embeddings / "index" / "LOCK", time.monotonic() + 60
        if draw.random() < 0.8:  # most while it writes
            lock.unlink(missing_ok=True)
            while not lock.exists() and process.poll() is None and time.monotonic() < end:
                time.sleep(0.002)
        time.sleep(draw.random() * whole * 0.8)
        process.kill()
    found = looked_at(ground, missing=way == "build", damaged=damaged, due=True)
    found += faults(ground.run(*command), (0,))
    found += looked_at(ground)
    left = [path.name for path in (ground.embeddings / "index").glob("tmp-*")]
    return [*found, *([f"left over: {left}"] if left else [])]


def damage(ground: Ground, draw: random.Random) -> None:
    """One byte of one file of the index is another."""
    generation, _ = live_generation(ground.embeddings / "index")
    path = draw.choice([path for path in generation.iterdir() if path.stat().st_size])
    raw = bytearray(path.read_bytes())
    raw[draw.randrange(len(raw))] ^= 0x41
    path.unlink()  # the copy may be a link to the one that is kept
    path.write_bytes(raw)


def looked_at(ground: Ground, missing: bool = False, damaged: bool = False, due: bool = False) -> list[str]:
    """What is wrong with the index: that it is missing or damaged is right where it was so before."""
    try:
        library = Engine.open(Settings(ground.sources, ground.embeddings, fast=ground.plain))
        wrong = [fault.text() for fault in library.check()]
        found = [text for text in wrong if not (due and text.startswith("变.txt"))]
        answer = library.ask(QUESTION)
        quotes = [cited.quote for cited in answer.citations if cited.unchanged]
        return [*found, *([] if any(ANSWER in quote for quote in quotes) else [f"not answered: {quotes}"])]
    except IndexMissing as error:
        return [] if missing else [str(error)]
    except IndexDamaged as error:
        return [] if damaged else [str(error)]
    except TjqaError as error:
        return [f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 20))
