"""Hostile file names, locales without Chinese, and streams that are closed, full or left by their reader.

    python -m tests.attacks.names_and_streams [--rounds 2] [--seed 0]

Names hold line breaks, escapes, commands of eight bits, characters that turn or hide text, halves of characters, markup
and patterns, and fill the 255 bytes a name may have. Every command runs over them, its output into a pipe and into a
terminal. Bad is a character that steers a terminal, a forged line, a traceback, a hang, a wrong exit code.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.support.attacking import (
    ANSWER,
    DEADLINE,
    QUESTION,
    Ground,
    Ran,
    Tally,
    faults,
    run_script,
)
from tests.support.formats import as_docx

NAMES = (
    b"\xe8\xa1\x8c\n\xe5\x85\xa8\xe9\x83\xa8\xe7\x9b\xb8\xe7\xac\xa6:9 \xe4\xb8\xaa\xe6\x96\x87\xe4\xbb\xb6.txt",
    "回车\r覆盖.txt".encode(),
    "制表\t符.txt".encode(),
    "红\x1b[31m色\x1b[0m.txt".encode(),
    "标题\x1b]0;被改\x07.txt".encode(),
    "剪贴\x1b]52;c;ZXZpbA==\x07.txt".encode(),
    "清屏\x1b[2J\x1b[H.txt".encode(),
    "八位\x9b2J\x9d0;改\x9c.txt".encode(),
    "退格\x08\x08\x08真.txt".encode(),
    "删\x7f除.txt".encode(),
    "\u202etxt.exe\u202c甲.txt".encode(),
    "\u2066乙\u2069\u200f丙.txt".encode(),
    "零\u200b宽\u200d\ufeff\u2060.txt".encode(),
    "分行\u2028分段\u2029\x85.txt".encode(),
    "标签\U000e0041\U000e007f.txt".encode(),
    b"\xff\xfe\x80.txt",
    b"\xe5\x85\xa8\xed\xa0\x80.txt",
    "\u0301组合\u0300\u0336\u0336.txt".encode(),
    ("长" * 83 + "12.txt").encode(),
    b"a" * 251 + b".txt",
    b"\x1b" * 251 + b".txt",
    b"$(touch reached);`touch reached`|touch reached&.txt",
    b"--output=reached.txt",
    b"-k.txt",
    b"%s%n{0}{name}%(x)s.txt",
    b"[red]\\[/][link=file].txt",
    b"*?[a-z]!.txt",
    b"\"'%_\\.txt",
    b" .txt",
    "空\u3000白\u00a0.txt".encode(),
    b"a:0-5.txt",
    "末尾点..txt".encode(),
)  # fmt: skip
NUMBER = "白鹭县第{}号公告:全县建成图书馆{}座。\n"


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """All rounds; with `rounds` 0 a part of each."""
    draw = random.Random(seed)
    names(root / "names", tally, rounds)
    ground = Ground(root / "streams")
    ground.build()
    whole = [(command, stream) for command in commands(ground) for stream in STREAMS]
    for command, stream in whole if rounds else draw.sample(whole, 6):
        streams(ground, command, stream, tally)
    for locale in LOCALES if rounds else LOCALES[1:2]:
        locales(ground, locale, tally, commands(ground) if rounds else commands(ground)[3:5])
    for number in range(12 * rounds or 2):
        broken_pipe(ground, draw, tally, number)


# ---- names


def names(root: Path, tally: Tally, rounds: int) -> None:
    """Documents of hostile names: indexed, listed, asked, shown, moved, removed, exported."""
    ground = Ground(root)
    made = write(ground)
    everything = [
        ("index",), ("index", "--json"), ("sources",), ("sources", "--json"), ("passages",), ("passages", "--json"),
        ("check",), ("check", "--repair"), ("ask", QUESTION), ("index", "--rebuild"), ("ask", "--json", QUESTION),
    ]  # fmt: skip
    for command in everything if rounds else everything[::2]:
        tally.tried("names: command", faults(ground.run(*command), (0,)), " ".join(command))
    for number in range(len(made)):
        ask_and_show(ground, number, made, tally)
        if not rounds and number >= 2:
            break
    for command in everything if rounds else everything[::4]:
        found = in_terminal(ground, *command)
        tally.tried("names: command in a terminal", found, " ".join(command))
    changed(ground, made, tally)
    reached = [str(path) for path in (root, ground.sources, Path.cwd()) if (path / "reached").exists()]
    tally.tried("names: nothing is run", reached)


def write(ground: Ground) -> list[bytes]:
    """One document of each name that the file system takes, beside those of the library."""
    made = []
    folder = os.fsencode(ground.sources)
    for number, name in enumerate(NAMES):
        with contextlib.suppress(OSError):
            Path(os.fsdecode(folder + b"/" + name)).write_text(NUMBER.format(number, number + 100), "utf-8")
            made.append(name)
    for name in ("坏\x1b[31m\n.docx", "坏\u202e.pdf"):
        (ground.sources / name).write_bytes(b"no such format")
    (ground.sources / "好\x1b[31m\n.docx").write_bytes(as_docx("白鹭县第900号公告:全县建成图书馆999座。"))
    (ground.sources / "夹\x1b[2J\n\u202e").mkdir()
    (ground.sources / "夹\x1b[2J\n\u202e" / "内.txt").write_text(NUMBER.format(901, 901), "utf-8")
    return made


def ask_and_show(ground: Ground, number: int, made: list[bytes], tally: Tally) -> None:
    """The citation of one document, as text and as JSON, and its place given back to `show`."""
    name = made[number]
    decodable = b"\xff" not in name and b"\xed\xa0" not in name
    question = f"第{NAMES.index(name)}号公告 建成图书馆多少座"
    for command in (("ask", question), ("ask", "--json", question)):
        tally.tried("names: cited", faults(ground.run(*command), (0,)), repr(name))
    place = name + b":0-12"
    ran = ground.run("show", os.fsdecode(place)) if not name.startswith(b"-") else None
    if ran is not None:
        found = faults(ran, (0,) if decodable else (2, 3))
        if decodable and "号公告" not in ran.said:
            found.append(f"not shown: {ran.said[-200:]!r}")
        tally.tried("names: shown", found, repr(name))


def changed(ground: Ground, made: list[bytes], tally: Tally) -> None:
    """All of them edited, moved and removed: warnings, listings of moves, faults of `check`."""
    paths = [Path(os.fsdecode(os.fsencode(ground.sources) + b"/" + name)) for name in made]
    for path in paths:
        path.write_text(path.read_text("utf-8") + "又修了三条路。\n", "utf-8")
    for command in (("check",), ("ask", QUESTION), ("sources",), ("passages",), ("index",)):
        tally.tried("names: edited", faults(ground.run(*command), (0, 1)), " ".join(command))
    moved = ground.sources / "移\x1b[31m\n\u202e"
    moved.mkdir()
    for number, path in enumerate(paths):
        path.rename(moved / f"{number}\r\x9b.txt")
    for command in (("check",), ("index",), ("check",)):
        tally.tried("names: moved", faults(ground.run(*command), (0, 1)), " ".join(command))
    for path in moved.iterdir():
        path.unlink()
    for command in (("check",), ("index",), ("check",)):
        tally.tried("names: removed", faults(ground.run(*command), (0, 1)), " ".join(command))
    for rule in ("\x1b[31m\u202e", "夹*:\x9b2J"):
        (ground.sources / ".tjqa-keep").write_text(f"{rule}\n*: {rule}\n", "utf-8")
        for command in (("index",), ("sources",), ("check",)):
            tally.tried("names: rules", faults(ground.run(*command), (0, 1)), " ".join(command))


def in_terminal(ground: Ground, *command: str) -> list[str]:
    """A command whose streams are a terminal: what it sends there, the words that clear a row apart."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        ground.words(*command), stdin=slave, stdout=slave, stderr=slave, env=ground.environment(), cwd=ground.root
    ) as process:
        os.close(slave)
        sent = drained(master, process)
        code = process.wait()
    os.close(master)
    own = sent.replace(b"\r\n", b"\n").replace(b"\r\x1b[K", b"")
    return faults(Ran(code, own, b""), (0, 1))


def drained(master: int, process: subprocess.Popen[Any], seconds: float = DEADLINE) -> bytes:
    """All that a program sends to its terminal, until it ends."""
    sent, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        ready = select.select([master], [], [], 0.2)[0]
        if not ready and process.poll() is not None:
            break
        try:
            data = os.read(master, 65536) if ready else b""
        except OSError:
            break
        if ready and not data:
            break
        sent += data
    else:
        process.kill()
    return sent


# ---- streams


def commands(ground: Ground) -> list[tuple[str, ...]]:
    """Every command that ends by itself, and usage that is wrong."""
    batch = ground.root / "问题.jsonl"
    rows = [{"id": number, "question": QUESTION} for number in range(3)]
    batch.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return [
        ("index",), ("index", "--json"), ("index", "--progress=json"), ("ask", QUESTION), ("ask", "--json", QUESTION),
        ("ask", "--batch", str(batch)), ("passages",), ("passages", "--json"), ("sources",), ("check",),
        ("check", "--repair"), ("show", "水利/水库.txt:0-60"), ("verify", str(batch)), ("eval",), ("--help",),
        ("--version",), ("ask",), ("nonsense",),
    ]  # fmt: skip


def closing(*numbers: int) -> Callable[[], None]:
    """Closes streams in the child before the program starts."""

    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


FULL = "/dev/full"
STREAMS = ("no stdin", "no stdout", "no stderr", "none", "full stdout", "full stderr", "both full", "stdin ends")


def streams(ground: Ground, command: tuple[str, ...], stream: str, tally: Tally) -> None:
    """A command without some of its streams, or with a full disk behind them."""
    closed = {"no stdin": (0,), "no stdout": (1,), "no stderr": (2,), "none": (0, 1, 2)}
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(Path(FULL).open("wb")) if Path(FULL).exists() else subprocess.DEVNULL
        options: dict[str, Any] = {}
        if stream in closed:
            options["preexec_fn"] = closing(*closed[stream])
        if stream in ("full stdout", "both full"):
            options["stdout"] = full
        if stream in ("full stderr", "both full"):
            options["stderr"] = full
        ran = ground.run(*command, **options)
    found = faults(ran, (0, 1, 2, 3, 130))
    if stream == "full stdout" and ran.code == 0 and writes(ground, command):
        found.append("output is lost and the exit code says that all is well")
    after = ground.run("ask", QUESTION)
    found += [] if after.code == 0 and ANSWER in after.said else [f"afterwards: {after.said[-300:]!r}"]
    tally.tried(f"streams: {stream}", found, " ".join(command[:2]))


def writes(ground: Ground, command: tuple[str, ...]) -> bool:
    """Whether a command has data to write."""
    return bool(ground.run(*command).out)


def broken_pipe(ground: Ground, draw: random.Random, tally: Tally, number: int) -> None:
    """The reader of one stream, or of both, goes away after some bytes."""
    command = draw.choice(commands(ground))
    gone = draw.choice(["stdout", "stderr", "both"])
    with subprocess.Popen(
        ground.words(*command),
        env=ground.environment(),
        cwd=ground.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        first = process.stdout if gone in ("stdout", "both") else process.stderr
        if draw.random() < 0.5:
            first.read(draw.choice([1, 40]))
        first.close()
        if gone == "both":
            process.stderr.close()
        rest = b"" if gone == "both" else (process.stderr if gone == "stdout" else process.stdout).read()
        try:
            code: int | None = process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = None
    tally.tried(f"pipe: reader of {gone} goes", faults(Ran(code, rest, b""), (0, 1, 2, 3, 130)), " ".join(command[:2]))


# ---- locales

LOCALES = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1:strict", "PYTHONUTF8": "0"},
    {"LC_ALL": "nonsense.ascii", "LANG": "nonsense"},
)


def locales(ground: Ground, locale: dict[str, str], tally: Tally, tried: Sequence[tuple[str, ...]]) -> None:
    """Every command under a locale without Chinese, into pipes and into a terminal."""
    for command in tried:
        ran = ground.run(*command, env=ground.environment(**locale))
        found = faults(ran)
        if command[:1] == ("ask",) and len(command) == 2 and ANSWER not in ran.said:
            found.append(f"not answered: {ran.said[-200:]!r}")
        tally.tried("locale", found, f"{locale} {command[:2]}")
    master, slave = pty.openpty()
    with subprocess.Popen(
        ground.words("ask", QUESTION), stdin=slave, stdout=slave, stderr=slave, env=ground.environment(**locale)
    ) as process:
        os.close(slave)
        sent = drained(master, process)
        process.send_signal(signal.SIGCONT)
        code = process.wait()
    os.close(master)
    found = faults(Ran(code, sent.replace(b"\r\n", b"\n"), b""), (0,))
    found += ["4200 is missing"] if b"4200" not in sent else []
    tally.tried("locale in a terminal", found, str(locale))


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 2))
