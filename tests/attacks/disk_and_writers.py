"""Disks that fill up, writers that meet, readers during a swap, clocks that go back, files changed behind their time.

    python -m tests.attacks.disk_and_writers [--rounds 20] [--seed 0]

Bad is an index that is lost, a stale or wrong quote that is not told as such, a traceback, a hang, a file left over.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support.attacking import ANSWER, QUESTION, Ground, Ran, Tally, faults, run_script
from tests.support.formats import as_docx
from tests.support.helpers import REPORT, ROOT, environment
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import TjqaError

COUNT = "新增就业多少人"


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """All rounds; with `rounds` 0 one or two tries of each."""
    draw = random.Random(seed)
    for number in range(rounds or 1):
        limited_files(root / f"limit-{number}", draw, tally)
    small_disks(root / "disks", draw, tally, rounds or 1)
    readers_during_swaps(root / "swaps", tally, seconds=3 * rounds or 2, readers=6 if rounds else 2)
    writers_meet(root / "writers", tally, rounds or 1)
    changed_behind_time(root / "behind", draw, tally, rounds or 1)
    clocks(root / "clocks", tally, rounds)


def holds(ground: Ground, answer: str = ANSWER) -> list[str]:
    """Whether the index opens, every byte and quote of it holds, and it answers."""
    try:
        found = [fault.text() for fault in Engine.open(Settings(ground.sources, ground.embeddings)).check()]
        return [*found, *([] if answer in ground.answers() else ["not answered"])]
    except TjqaError as error:
        return [f"{type(error).__name__}: {error}"]


def left_over(ground: Ground) -> list[str]:
    """Files that a build which came to its end leaves behind."""
    left = [path.name for path in ground.embeddings.rglob("*") if path.name.startswith("tmp-") or ".tmp" in path.name]
    return [f"left over: {left}"] if left else []


# ---- no room


def limited_files(root: Path, draw: random.Random, tally: Tally) -> None:
    """No file may grow beyond some size, as with a quota: writes end in their middle."""
    ground = Ground(root)
    if draw.random() < 0.7:
        ground.build()
    has_index = ground.embeddings.exists()
    largest = max((path.stat().st_size for path in ground.embeddings.rglob("*") if path.is_file()), default=300_000)
    size = draw.choice([0, 1, 100, draw.randrange(5000), draw.randrange(int(largest * 1.2))])

    command = draw.choice([("index", "--rebuild"), ("index",), ("check", "--repair")])
    if command == ("index",):
        (ground.sources / "新.txt").write_text(REPORT.replace("3215", "3299"), "utf-8")
    found = faults(ground.run_limited(size, *command), (0, 1, 3))
    if has_index:
        asked = ground.run("ask", QUESTION)
        found += [] if asked.code == 0 and ANSWER in asked.said else [f"index lost: {asked.said[-300:]!r}"]
    found += faults(ground.run("index"), (0,)) + holds(ground) + left_over(ground)
    tally.tried("files of a limited size", found, f"{' '.join(command)} {size}")
    shutil.rmtree(root)


DISK = """
mount -t tmpfs -o size="$1",mode=700 tmpfs "$2" || exit 77
if [ "$3" != - ]; then cp -r "$3" "$2/embeddings" 2>/dev/null || exit 78; fi
disk="$2"; shift 3
"$@" index --rebuild >&2; echo "index $?"
"$@" check >&2; echo "check $?"
"$@" ask 石桥水库的总库容是多少 2>&1; echo "ask $?"
mount -o remount,size=64m "$disk"
"$@" index >&2; echo "again $?"
"$@" check >&2; echo "checked $?"
find "$disk" -name 'tmp-*' -o -name '*.tmp'
"""


def small_disks(root: Path, draw: random.Random, tally: Tally, count: int) -> None:
    """Disks of every size up to twice the index, with an index on them or none; then with room again."""
    if shutil.which("unshare") is None:
        tally.left_out("small disks", "no unshare (Linux)")
        return
    ground = Ground(root)
    ground.build()
    total = sum(path.stat().st_size for path in ground.embeddings.rglob("*") if path.is_file())
    disk = root / "disk"
    disk.mkdir()
    for number in range(count):
        with_index = number % 3 > 0
        size = int(total * (1 + draw.random() * 1.3 if with_index else draw.random() * 1.5)) + 4096 * draw.randrange(12)
        program = [sys.executable, str(ground.script), f"--sources={ground.sources}", f"--embeddings={disk}/embeddings"]
        words = ["unshare", "--map-root-user", "--mount", "sh", "-c", DISK, "sh", str(size), str(disk)]
        done = subprocess.run(
            [*words, str(ground.embeddings) if with_index else "-", *program],
            cwd=root, env=ground.environment(), capture_output=True, timeout=600,
        )  # fmt: skip
        said = done.stdout.decode("utf-8", "replace")
        if done.returncode == 77 or b"unshare:" in done.stderr:
            tally.left_out("small disks", "this system does not let a user mount a disk")
            return
        if done.returncode != 78:  # not even the old index fitted
            tally.tried("small disk", on_disk(said, done.stderr, with_index), f"{size} of {total}, {with_index}")


def on_disk(said: str, err: bytes, with_index: bool) -> list[str]:
    """What is wrong with the lines of DISK."""
    codes = dict(line.split(" ") for line in said.splitlines() if line.split(" ")[0] in _STEPS and line.count(" ") == 1)
    found = faults(Ran(0, said.encode(), err))
    if len(codes) < len(_STEPS):
        return [*found, f"ended early: {said[-300:]!r}"]
    if codes["index"] not in ("0", "3"):
        found.append(f"index ends with {codes['index']}")
    if (with_index or codes["index"] == "0") and (codes["check"] != "0" or ANSWER not in said):
        found.append(f"index lost: {said[-300:]!r} {err[-300:]!r}")
    if codes["again"] != "0" or codes["checked"] != "0":
        found.append(f"with room again: {codes} {err[-300:]!r}")
    if "tmp" in said.rpartition("checked")[2]:
        found.append(f"left over: {said.rpartition('checked')[2]!r}")
    return found


_STEPS = ("index", "check", "ask", "again", "checked")


# ---- many at once

WRITER = """
import os, sys, time
from pathlib import Path
from tests.support.helpers import REPORT, FakeEncoder
from tjqa import engine
from tjqa.config import Settings
from tjqa.errors import IndexLocked
engine.load_encoder = lambda asked, folder: FakeEncoder()
engine.model_name = lambda asked, folder: "pairs"
place, own = Settings(Path(sys.argv[1]), Path(sys.argv[2])), int(sys.argv[3])
end, number, built, locked = time.monotonic() + float(sys.argv[4]), own, 0, 0
while time.monotonic() < end:
    number += 2
    spare = place.sources / f"变-{own}.part"
    spare.write_text(REPORT.replace("3215", str(number)))
    spare.replace(place.sources / "变.txt")
    try:
        engine.build(place, rebuild=number % 3 == 0)
        built += 1
    except IndexLocked:
        locked += 1
print(built, locked)
"""
READER = """
import os, re, sys, time
from pathlib import Path
from tests.support.helpers import FakeEncoder
from tjqa import engine
from tjqa.config import Settings
engine.load_encoder = lambda asked, folder: FakeEncoder()
engine.model_name = lambda asked, folder: "pairs"
fast = "TJQA_FAST" in os.environ
place, end = Settings(Path(sys.argv[1]), Path(sys.argv[2]), fast=fast), time.monotonic() + float(sys.argv[3])
opened, swapped, last = 0, 0, ""
while time.monotonic() < end:
    library = engine.Engine.open(place)
    swapped += last != library._index.built
    last, opened = library._index.built, opened + 1
    for question in ("石桥水库的总库容是多少?", "新增就业多少人"):
        answer = library.ask(question)
        assert answer.citations, question
        for cited in answer.citations:
            assert cited.quote.strip(), cited
            if "就业" in cited.quote and cited.path == "变.txt":
                assert re.search("就业([0-9]+)人", cited.quote), cited.quote
            if not cited.unchanged:
                told = (*answer.changed_files, *answer.gone_files, *answer.unreadable_files)
                assert cited.path in told, cited
        if question.startswith("石桥"):
            assert any("4200万立方米" in cited.quote for cited in answer.citations), answer
print(opened, swapped)
"""


def readers_during_swaps(root: Path, tally: Tally, seconds: float, readers: int) -> None:
    """Two writers without pause and many readers that open, ask and open again: each sees one whole index."""
    ground = Ground(root)
    place = Settings(ground.sources, ground.embeddings)
    build_plain(place)
    writers = [_python(WRITER, ground, str(number), str(seconds)) for number in (10_000, 10_001)]
    watching = [_python(READER, ground, str(seconds)) for _ in range(readers)]
    for process in [*writers, *watching]:
        try:
            out, err = process.communicate(timeout=seconds + 200)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            err += "\nhangs"
        role = "writer of two" if process in writers else "reader during swaps"
        done, other = (int(word) for word in (out.split() or ["0", "0"])[:2])
        tally.tried(role, [err[-500:]] if process.returncode else [])
        tally.tries[role] += max(done + (other if role.startswith("writer") else 0) - 1, 0)
    build_plain(place)
    tally.tried("index after two writers", [fault.text() for fault in plain(lambda: Engine.open(place).check())])


def _python(code: str, ground: Ground, *arguments: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", code, str(ground.sources), str(ground.embeddings), *arguments]
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env=environment(**ground.models),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def plain(act: Callable[[], list[object]]) -> list[object]:
    """Something done with the encoder that needs no weights, as WRITER and READER do."""
    from unittest import mock

    from tests.support.helpers import FakeEncoder
    from tjqa import engine

    with (
        mock.patch.object(engine, "load_encoder", lambda *_: FakeEncoder()),
        mock.patch.object(engine, "model_name", lambda *_: "pairs"),
    ):
        return act()


def build_plain(place: Settings) -> None:
    """An index with the encoder that needs no weights."""
    plain(lambda: [build(place)])


def writers_meet(root: Path, tally: Tally, count: int) -> None:
    """Two real commands at once: one writes, the other writes too or says that it is locked; the index is whole."""
    ground = Ground(root)
    ground.build()
    for number in range(count):
        (ground.sources / "新.txt").write_text(REPORT.replace("3215", str(7000 + number)), "utf-8")
        pairs = [("index", "--rebuild"), ("index",), ("check", "--repair")]
        processes = [
            subprocess.Popen(
                ground.words(*pairs[(number + one) % 3]), cwd=root, env=ground.environment(),
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            for one in range(2)
        ]  # fmt: skip
        for process in processes:
            out, err = process.communicate(timeout=200)
            tally.tried("two commands that write", faults(Ran(process.returncode, out, err), (0, 1, 3)))
        ground.run("index")
        tally.tried("index after two commands", holds(ground) + left_over(ground))


# ---- behind the back of the index


def changed_behind_time(root: Path, draw: random.Random, tally: Tally, count: int) -> None:
    """Other content of the same size and time: never cited as unchanged, in a new process or in an opened library."""
    for number in range(count):
        place = root / str(number)
        ground = Ground(place)
        (ground.sources / "公文.docx").write_bytes(as_docx("白鹭县第7号公告:全县建成图书馆107座。"))
        ground.build()
        library = Engine.open(Settings(ground.sources, ground.embeddings, fast=ground.plain))
        library.ask(QUESTION)
        path = ground.sources / "水利/水库.txt"
        rewrite(path, path.read_bytes().replace(b"4200", str(draw.randrange(4300, 9999)).encode()), draw)
        tally.tried("same size and time, library open", stale_quotes(library), f"{number}")
        asked = ground.run("ask", QUESTION)
        wrong = ANSWER in asked.said and "改动" not in asked.said
        tally.tried("same size and time, ask", [f"stale: {asked.said[:300]!r}"] if wrong else [])
        rows = json.loads(ground.run("ask", "--json", QUESTION).out)
        stale = [hit for hit in rows["hits"] if hit["file"] == "水利/水库.txt" and "4200" in hit["text"]]
        tally.tried("same size and time, ask --json", [f"stale: {stale}"] if stale else [])
        checked = ground.run("check")
        tally.tried("same size and time, check", [] if checked.code == 1 else [f"not seen: {checked.said!r}"])
        repaired = ground.run("check", "--repair")
        found = faults(repaired, (0,)) + ([] if ANSWER not in ground.run("ask", QUESTION).said else ["not taken in"])
        tally.tried("same size and time, repaired", found)


def rewrite(path: Path, raw: bytes, draw: random.Random) -> None:
    """Other bytes with the old size and time: written into the file, or a file put in its place."""
    stat = path.stat()
    if draw.random() < 0.5:
        path.write_bytes(raw)
    else:
        spare = path.with_name("x.part")
        spare.write_bytes(raw)
        spare.replace(path)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size


def stale_quotes(library: Engine) -> list[str]:
    """Quotes of an opened library that are not in their file any more and are not told as changed."""
    answer = library.ask(QUESTION)
    found = []
    for cited in (*answer.best, *answer.citations):
        if cited.path == "水利/水库.txt" and "4200" in cited.quote and cited.unchanged:
            found.append(f"stale: {cited.quote[:60]!r}")
    return found


BACK = """
import sys, time
shift = {shift}
for name, factor in (("time", 1), ("time_ns", 10**9)):
    def moved(real=getattr(time, name), factor=factor):
        return real() + shift * factor
    setattr(time, name, moved)
from tjqa.cli import main
sys.exit(main())
"""
TIMES = (0, 1, -1, -(10**9), 10**9, 4 * 10**9, 2**33, 2**34)


def clocks(root: Path, tally: Tally, rounds: int) -> None:
    """Clocks that went back or ahead by years, files from before 1970 and after 2100: nothing is lost or missed."""
    shifts = (-86400, -(10**9), 10**9, -1.5e9, 3600, 7 * 10**9) if rounds else (-(10**9),)
    for shift in shifts:
        ground = Ground(root / f"shift{shift}")
        ground.build()
        honest = ground.script.read_text("utf-8")
        (ground.sources / "报告.txt").write_text(REPORT.replace("3215", "9876"), "utf-8")
        ground.script.write_text(BACK.format(shift=shift), "utf-8")
        found = faults(ground.run("index"), (0,)) + holds(ground)
        found += [] if "9876" in ground.answers(COUNT) else ["the change was missed"]
        tally.tried("clock moved, index", found, str(shift))
        (ground.sources / "报告.txt").write_text(REPORT.replace("3215", "6789"), "utf-8")
        ground.script.write_text(honest, "utf-8")
        found = faults(ground.run("index"), (0,)) + holds(ground)
        found += [] if "6789" in ground.answers(COUNT) else ["the change was missed"]
        tally.tried("clock moved back again, index", found, str(shift))
    ground = Ground(root / "times")
    ground.build()
    for number, moment in enumerate(TIMES if rounds else TIMES[:1]):
        path = ground.sources / "报告.txt"
        path.write_text(REPORT.replace("3215", str(5000 + number)), "utf-8")
        try:
            os.utime(path, (moment, moment))
        except (OSError, OverflowError):
            tally.left_out(f"time {moment}", "this file system has no such time")
            continue
        stale = ground.run("ask", COUNT)
        found = [] if "改动" in stale.said else [f"the change is not told: {stale.said[:200]!r}"]
        found += faults(ground.run("index"), (0,)) + holds(ground)
        found += [] if str(5000 + number) in ground.answers(COUNT) else ["the change was missed"]
        tally.tried("file of a strange time", found, str(moment))


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 20))
