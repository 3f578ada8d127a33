"""The model that reads context at work while it is killed, out of room, overtaken by updates; its vectors made to spoil
though their hash fits; tables edited under their figures; `--output` aimed at the library.

    python -m tests.attacks.deepening_and_edits [--rounds 10] [--seed 0]

Bad is an index that is lost or damaged, a traceback, a hang, a file left over, damage that `check` does not tell or
--repair does not mend, a figure told of what it is not the figure of, a document that was written over.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.support.attacking import ANSWER, QUESTION, Ground, Ran, Tally, faults, run_script
from tests.support.helpers import DOCUMENTS, REPORT
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import TjqaError
from tjqa.index.array_file import pack, unpack
from tjqa.index.vectors import build_vectors

PARKS = "县名,公园数量(个),路灯(盏)\n云岭县,12,310\n白鹭县,15,420\n青山县,18,530\n"
SPOILT: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "no numbers": lambda rows: np.full_like(rows, np.nan),
    "without end": lambda rows: np.full_like(rows, np.inf),
    "huge": lambda rows: np.full_like(rows, 6e4),
    "too long": lambda rows: rows * 3,
    "turned round": lambda rows: -rows[::-1],
    "nothing": np.zeros_like,
    "narrow": lambda rows: np.ascontiguousarray(rows[:, :64]),
}


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """All rounds; with `rounds` 0 one of each."""
    draw = random.Random(seed)
    ground = Ground(root / "library", {**DOCUMENTS, "公园.csv": PARKS.encode()})
    for number in range(12 if rounds else 3):
        (ground.sources / f"公报{number}.txt").write_text(REPORT.replace("3215", str(4000 + number)), "utf-8")
    ground.run("index", "--fast")
    for number in range(rounds or 1):
        for way in (killed, without_room, overtaken):
            again(ground)
            tally.tried(f"deepening {way.__name__.replace('_', ' ')}", way(ground, draw, number), f"{number}")
        for what in SPOILT if rounds else draw.sample(sorted(SPOILT), 2):
            tally.tried("vectors made to spoil", spoilt(ground, what), what)
        tally.tried("a table edited", edited(ground, draw), f"{number}")
        tally.tried("--output", outputs(ground, draw), f"{number}")


def again(ground: Ground) -> None:
    """As if nothing had been deepened yet."""
    for path in (ground.embeddings / "index" / "meanings").glob("*/*"):
        path.unlink()


def whole(ground: Ground) -> list[str]:
    """What is wrong with the library once a command could do all its work: it should hold, answer, be deepened."""
    found = faults(ground.run("index"), (0,)) + faults(ground.run("check"), (0,))
    found += answers_here(ground)
    left = [path.name for path in ground.embeddings.rglob("*.tmp")]
    deep = any((ground.embeddings / "index" / "meanings").glob("*/*.arrays"))
    return [*found, *([f"left over: {left}"] if left else []), *([] if deep else ["not deepened"])]


def answers(ground: Ground) -> list[str]:
    """What is wrong with an answer now."""
    asked = ground.run("ask", "--fast", QUESTION)
    return faults(asked, (0,)) + ([] if ANSWER in asked.said else [f"not answered: {asked.said[-300:]!r}"])


def answers_here(ground: Ground) -> list[str]:
    """The same, asked in this process: a command takes seconds only to start."""
    try:
        answer = Engine.open(Settings(ground.sources, ground.embeddings, fast=True)).ask(QUESTION)
    except TjqaError as error:
        return [f"{type(error).__name__}: {error}"]
    quotes = [cited.quote for cited in answer.citations if cited.unchanged]
    return [] if any(ANSWER in quote for quote in quotes) else [f"not answered: {quotes}"]


def killed(ground: Ground, draw: random.Random, number: int) -> list[str]:
    """At any moment; what was written is whole, what was not is made by the next."""
    with subprocess.Popen(
        ground.words("index"), cwd=ground.root, env=ground.environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        time.sleep(draw.random() * 4)
        process.kill()
    return answers(ground) + whole(ground)


def without_room(ground: Ground, draw: random.Random, number: int) -> list[str]:
    """No file may grow beyond a size below that of the vectors."""
    size = draw.choice([0, 100, draw.randrange(8000), draw.randrange(30_000)])
    found = faults(ground.run_limited(size, "index"), (0, 1, 3))
    return found + answers(ground) + whole(ground)


def overtaken(ground: Ground, draw: random.Random, number: int) -> list[str]:
    """Documents change and are indexed, twice, while it is at work; two of them at once."""
    processes = [
        subprocess.Popen(
            ground.words("index"), cwd=ground.root, env=ground.environment(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    found = []
    for turn in range(2):
        (ground.sources / "变.txt").write_text(REPORT.replace("3215", str(7000 + 10 * number + turn)), "utf-8")
        found += faults(ground.run("index", "--fast", *(["--rebuild"] if draw.random() < 0.5 else [])), (0, 3))
    for process in processes:
        out, err = process.communicate(timeout=200)
        found += faults(Ran(process.returncode, out, err), (0, 3))
    return found + answers(ground) + whole(ground)


def spoilt(ground: Ground, what: str) -> list[str]:
    """Answered without, or with what cannot be told from a model's; told by `check`, mended by --repair."""
    ground.run("index")
    for path in list((ground.embeddings / "index" / "meanings").glob("*/*.arrays")):
        arrays = {name: np.array(array) for name, array in unpack(memoryview(path.read_bytes())).items()}
        rows = SPOILT[what](np.random.default_rng(0).normal(size=(len(arrays["keys"]), int(arrays["dimension"][0]))))
        if what == "turned round":
            rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        arrays["faiss"] = np.frombuffer(build_vectors(rows.astype(np.float32)), np.uint8)
        arrays["dimension"] = np.array([rows.shape[1]], np.uint32)
        data = pack(arrays)
        path.unlink()
        path.with_name(f"{hashlib.sha256(data).hexdigest()}.arrays").write_bytes(data)
    found = answers(ground)
    if what not in ("turned round", "nothing"):  # vectors of length one, or of a text without words, are a model's
        told = ground.run("check")
        found += faults(told, (1,)) + ([] if "加深理解" in told.said else ["not told"])
        found += faults(ground.run("check", "--repair"), (0,))
    else:
        again(ground)
    return found + whole(ground)


def edited(ground: Ground, draw: random.Random) -> list[str]:
    """Rows, heads and figures exchanged: what is told of a figure stands in its row as the file is now."""
    path = ground.sources / "公园.csv"
    rows = [line.split(",") for line in PARKS.splitlines()]
    for _ in range(draw.randrange(1, 4)):
        at, to = draw.sample(range(1, len(rows)), 2)
        column = draw.randrange(3)
        if draw.random() < 0.3:
            rows[at], rows[to] = rows[to], rows[at]
        elif draw.random() < 0.3:
            rows.insert(to, ["新县", rows[at][1], rows[at][2]])
        elif draw.random() < 0.3:
            rows[0][1], rows[0][2] = rows[0][2], rows[0][1]
        else:
            rows[at][column], rows[to][column] = rows[to][column], rows[at][column]
    path.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    text, found = path.read_text("utf-8"), []
    for county in ("云岭县", "白鹭县", "青山县"):
        ran = ground.run("ask", "--fast", "--json", f"{county}公园数量多少")
        found += faults(ran, (0,))
        for cell in json.loads(ran.out).get("cells", ()):
            found += [] if _is_true(text, cell["start"], cell["text"], cell["row_heads"][-1]) else [f"false: {cell}"]
    ran = ground.run("figures", "公园数量", "--output=json")
    for line in ran.out.decode().splitlines():
        row = json.loads(line)
        found += [] if _is_true(text, row["start"], row["text"], row["place"]) else [f"false: {row}"]
    ran = ground.run("ask", "--fast", "--json", "哪个县公园数量最多")
    if json.loads(ran.out).get("computed") and text != PARKS:
        found.append(f"compared with what is no more: {ran.said[:300]}")
    path.write_text(PARKS, "utf-8")
    return found + faults(ground.run("index", "--fast"), (0,))


def _is_true(text: str, start: int, figure: str, county: str) -> bool:
    """Whether a figure stands in the row of a county, in the column of parks."""
    heads = text.partition("\n")[0].split(",")
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0].split(",")
    column = text[text.rfind("\n", 0, start) + 1 : start].count(",")
    return text.startswith(figure, start) and line[0] == county and heads[column].startswith("公园数量")


def outputs(ground: Ground, draw: random.Random) -> list[str]:
    """At documents, rule files and the index, by name, by another spelling and by way of links: nothing is touched."""
    batch = ground.root / "问题.jsonl"
    batch.write_text(json.dumps({"question": QUESTION}) + "\n", "utf-8")
    index = ground.embeddings / "index"
    targets = [path for folder in (ground.sources, index) for path in folder.rglob("*") if path.is_file()]
    target = draw.choice([path for path in targets if path.name != "LOCK"])
    link = ground.root / f"链接{draw.randrange(10**9)}{target.suffix}"
    link.symlink_to(target)
    before = hashlib.sha256(target.read_bytes()).digest()
    found = []
    for name in (str(target), str(link), str(target.parent / ".." / target.parent.name / target.name)):
        found += faults(ground.run("ask", "--fast", f"--batch={batch}", f"--output={name}"), (2,))
        found += faults(ground.run("figures", "公园数量", f"--output={name}"), (2,))
    same = target.exists() and hashlib.sha256(target.read_bytes()).digest() == before
    return [*found, *([] if same else [f"written over: {target.name}"])]


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 10))
