"""How fast the terminal app feels: the real program in a pseudo-terminal, its bytes timed as they come.

    python -m tests.benchmarks.terminal [--runs N]

- first paint: from starting the program to its name on the screen, as a ratio to `python -c "import textual"`;
- the same in processor time, which a busy machine lengthens less;
- key echo, page up with 50 answer cards; opening a source of 1 MB and page down in it: milliseconds from the key to
  the last byte of what it changed on the screen, how many bytes that were (over SSH they all travel), and the
  processor time of the program for each;
- idle: the processor time and bytes of half a minute in which nothing happens, the folder being watched.

Medians of N runs (default 7). Needs Linux or macOS, pyte and the default model; indexes the seeds and one long file
in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.helpers import ROOT
from tests.support.ui_terminal import Terminal

CARDS = 50
LONG_BYTES = 1_000_000
IDLE = 30  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 0.12  # a screen that sends nothing for so long has been painted
SIZE = (120, 36)
QUESTION = "长文第三千段的编号是多少？"


def median(measure: Callable[[], float], runs: int) -> float:
    """The median of `runs` measurements; one before them warms the caches of the system."""
    measure()
    return statistics.median(measure() for _ in range(runs))


def import_seconds() -> float:
    """What importing Textual alone takes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual"], check=True)
    return time.perf_counter() - began


def import_processor() -> float:
    """Processor seconds of the same."""
    script = "import textual, time; print(time.process_time())"
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)


def first_paint(home: Path, arguments: list[str]) -> tuple[float, float]:
    """From starting the program to its name on the screen, and the processor time of that."""
    began = time.perf_counter()
    with Terminal(arguments, home, SIZE) as terminal:
        raw = b""
        while "政策问答".encode() not in raw:
            raw += os.read(terminal.master, 65536)
        return time.perf_counter() - began, processor(terminal)


def processor(terminal: Terminal) -> float:
    """Processor seconds of the program so far, in hundredths; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{terminal.process.pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / TICKS


def response(terminal: Terminal, keys: str) -> tuple[float, int]:
    """Milliseconds from sending `keys` to the last byte they caused, and how many bytes came."""
    terminal.read(QUIET)
    began = last = time.perf_counter()
    terminal.send(keys)
    raw = b""
    while select.select([terminal.master], [], [], QUIET if raw else 5.0)[0]:
        raw += os.read(terminal.master, 65536)
        last = time.perf_counter()
    terminal.raw += raw
    terminal.stream.feed(raw)
    return 1000 * (last - began), len(raw)


def until(terminal: Terminal, keys: str, sign: str) -> float:
    """Milliseconds from sending `keys` to the byte that completes `sign`."""
    terminal.read(QUIET)
    began = time.perf_counter()
    terminal.send(keys)
    raw = b""
    while sign.encode() not in raw:
        assert select.select([terminal.master], [], [], 20)[0], f"never saw {sign} in\n{terminal.text}"
        raw += os.read(terminal.master, 65536)
    took = 1000 * (time.perf_counter() - began)
    terminal.raw += raw
    terminal.stream.feed(raw)
    return took


def report(name: str, terminal: Terminal, keys: list[str]) -> None:
    """Press keys one after the other; print medians."""
    before = processor(terminal)
    times, sizes = zip(*(response(terminal, key) for key in keys), strict=True)
    each = 1000 * (processor(terminal) - before) / len(keys)
    print(f"{name}: {statistics.median(times):.0f} ms, {statistics.median(sizes):.0f} bytes, processor {each:.0f} ms")


def report_idle(terminal: Terminal) -> None:
    """Do nothing for a while; print what the program did."""
    terminal.read(5)
    before, sent = processor(terminal), len(terminal.raw)
    terminal.read(IDLE)
    used, sent = processor(terminal) - before, len(terminal.raw) - sent
    print(f"idle: processor {1000 * used / IDLE:.1f} ms a second, {sent / IDLE:.0f} bytes a second")


def library(home: Path) -> list[str]:
    """The seeds and a file of 1 MB, indexed; the arguments that open them."""
    sources = home / "资料"
    sources.mkdir()
    for seed in (ROOT / "seeds").glob("*.txt"):
        (sources / seed.name).write_bytes(seed.read_bytes())
    lines, size = [], 0
    while size < LONG_BYTES:
        n = len(lines) + 1
        line = f"长文第{n}段的编号是{7919 * n}号，这一段讲述白鹭县第{n}项工程的进展，"
        lines.append(line + "包括设计、施工、验收和移交四个阶段，各阶段都有专人负责并按月通报情况。\n")
        size += len(lines[-1].encode())
    (sources / "长文.txt").write_text("".join(lines), "utf-8")
    arguments = ["--sources", str(sources), "--embeddings", str(home / "索引")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    index = [sys.executable, "-m", "tjqa", "index", "--fast", "--model", "fast", *arguments]  # not deepened meanwhile
    subprocess.run(index, check=True, capture_output=True, env=environment)
    return arguments


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        arguments = library(home)
        textual, own = median(import_seconds, runs), median(import_processor, runs)
        first_paint(home, arguments)
        paints, painted = zip(*(first_paint(home, arguments) for _ in range(runs)), strict=True)
        paint, used = statistics.median(paints), statistics.median(painted)
        print(f"first paint: {paint:.2f} s, import textual: {textual:.2f} s, ratio {paint / textual:.2f}")
        print(f"  processor: {used:.2f} s, import textual: {own:.2f} s, ratio {used / own:.2f}")
        with Terminal(arguments, home, SIZE) as terminal:
            terminal.wait_for("试着问")
            report_idle(terminal)
            for number in range(1, CARDS + 1):
                terminal.send(f"白鹭县第{number}项工程有几个阶段？\r")
                terminal.wait_for(lambda text, sign=f"─  {number}  ─": sign in text and "检索中" not in text)  # type: ignore[misc]
            print(f"{CARDS} cards on the screen's scroll")
            report("key echo", terminal, list("京津冀协同发展"[:runs]) or ["京"])
            report("page up, cards", terminal, ["\x1b[5~"] * runs)
            response(terminal, "\x1b")
            response(terminal, "\x7f" * 20)
            terminal.send(f"{QUESTION}\r")
            terminal.wait_for(lambda text: f"─  {CARDS + 1}  ─" in text and "检索中" not in text)
            opened = []
            for _ in range(3):
                opened.append(until(terminal, "1\r", "▌"))  # the sign of the cited rows
                terminal.send("\x1b")
                terminal.wait_for(lambda text: "▌" not in text)
            until(terminal, "1\r", "▌")
            print(f"open the source of 1 MB: {statistics.median(opened):.0f} ms")
            report("page down, source", terminal, ["\x1b[6~"] * runs)
            terminal.send("\x11")
            terminal.wait_exit()


if __name__ == "__main__":
    main()
