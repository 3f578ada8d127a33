"""The app in terminals it was not made for: dumb ones, of one cell, resized without pause, gone; with hostile names.

    python -m tests.attacks.terminals [--rounds 3] [--seed 0]

Bad is an app that dies, hangs, shows a traceback, does not end when it is told to or when its terminal is gone, or
sends a character of a document or of a file's name that steers the terminal.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.attacking import Ground, Tally, run_script
from tests.support.ui_terminal import Terminal
from tjqa.text.display import visible

NAMES = (
    "红\x1b[31m色\x1b]0;被改\x07.txt",
    "行\n全部相符.txt", "八位\x9b2J\x9d0;改\x9c.txt", "\u202etxt.exe\u202c\u2066乙.txt",
    "零\u200b宽\u200d\u2060.txt", "分\u2028段\u2029\x85\x7f.txt", "剪\x1b]52;c;ZXZpbA==\x07.txt", "长" * 83 + ".txt",
    "[red]\\[/][@click=app.quit]点.txt", "回车\r退\x08\x08.txt",
)  # fmt: skip
BODY = "白鹭县第{}号公告:全县建成图书馆{}座\x1b[2J\u202e,\x9b31m其中\u200b三座是新的\x1b]0;被改\x07。\n"
# What no app of ours sends of its own accord; Textual sets a title, moves and colours, and asks what the terminal can.
FOREIGN = re.compile(
    "被改\x07|\x1b\\]52;c;ZXZpbA|[\u202a-\u202e\u2066-\u2069\u200b\u200d\u2060\u2028\u2029]|[\x80-\x9f]"
)
QUESTION = "全县建成图书馆多少座"
TERMS: tuple[dict[str, str], ...] = (
    {"TERM": "dumb"}, {"TERM": ""}, {"TERM": "unknown"}, {"TERM": "vt52"}, {"TERM": "linux", "LC_ALL": "C"},
    {"LC_ALL": "C", "LANG": "C"}, {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1"}, {"COLUMNS": "1", "LINES": "1"},
    {"COLUMNS": "x", "LINES": "-5"}, {"COLORTERM": "truecolor", "TERM": "xterm" * 500},
)  # fmt: skip
SIZES = ((1, 1), (1, 24), (80, 1), (2, 2), (3, 5), (10, 4), (500, 3), (3, 300), (500, 200), (20, 6))


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """Each terminal and size; with `rounds` 0 three of each."""
    draw = random.Random(seed)
    ground = Ground(root / "library")
    for number, name in enumerate(NAMES):
        with contextlib.suppress(OSError):
            (ground.sources / name).write_text(BODY.format(number, number + 100), "utf-8", newline="")
    ground.build()
    homes = (root / f"home-{number}" for number in range(10**6))
    hostile_names(ground, next(homes), tally)
    for number in range(max(rounds, 1)):
        for terms in TERMS if rounds else TERMS[:3]:
            tally.tried("odd terminal", used(ground, next(homes), extra=terms), str(terms)[:60])
        for size in SIZES if rounds else SIZES[:2]:
            tally.tried("odd size", used(ground, next(homes), size=size), str(size))
        for _ in range(2 if rounds else 1):
            tally.tried("resized without pause", storm(ground, next(homes), draw, 300 if rounds else 60), f"{number}")
        for way in (gone, hung_up, told_to_end, interrupted, noise):
            tally.tried(way.__name__.replace("_", " "), way(ground, next(homes), draw), f"{number}")


@contextlib.contextmanager
def app(
    ground: Ground, home: Path, size: tuple[int, int] = (90, 28), extra: dict[str, str] | None = None
) -> Iterator[Terminal]:
    """The app on the library, in a terminal."""
    home.mkdir(parents=True)
    environ = ground.models | (extra or {})
    with Terminal(ground.places, home, size, environ, program=(str(ground.script),)) as terminal:
        yield terminal


def said_wrong(terminal: Terminal) -> list[str]:
    """What a terminal was sent that it should not have been."""
    sent = terminal.raw.decode("utf-8", "replace")
    found = sorted({f"U+{ord(match[0][-1]):04X}" for match in FOREIGN.finditer(sent)})
    return ([f"raw characters {found}"] if found else []) + ([sent[-800:]] if "Traceback" in sent else [])


def watched(terminal: Terminal, seconds: float) -> None:
    """Take in what comes for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and terminal.process.poll() is None:
        terminal.read()


def ends(terminal: Terminal, seconds: float = 60) -> list[str]:
    """Whether the app ends with Ctrl+Q and code 0."""
    try:
        terminal.send("\x11")
        code = terminal.wait_exit(seconds)
    except (AssertionError, OSError) as error:
        return [f"does not end: {error}"[:500]]
    return [] if code == 0 else [f"exit code {code}: {terminal.raw[-400:]!r}"]


def hostile_names(ground: Ground, home: Path, tally: Tally) -> None:
    """The names in answers, in the list of documents, in an opened source, in exports and messages."""
    with app(ground, home, (120, 40)) as terminal:
        terminal.wait_for("政策问答", 120)
        for what, keys in (
            ("answer", QUESTION + "\r"), ("source", "1\r"), ("back", "\x1b"), ("second source", "2\r"),
            ("back", "\x1b"), ("documents", "\x14"), ("document", "\x1b[B\x1b[B\r"), ("back", "\x1b\x1b"),
            ("filter", "文件:红 " + QUESTION + "\r"),
            ("export", "/导出 a.md\r"), ("copy", "\x19"), ("help", "\x1bOP"), ("back", "\x1b"), ("update", "\x07"),
        ):  # fmt: skip
            terminal.send(keys)
            watched(terminal, 2.5)
            tally.tried("hostile names", said_wrong(terminal), what)
        dead = [] if terminal.process.poll() is None else [f"the app has ended: {terminal.raw[-600:]!r}"]
        tally.tried("hostile names", dead or ends(terminal), "to the end")


def used(
    ground: Ground, home: Path, size: tuple[int, int] = (90, 28), extra: dict[str, str] | None = None
) -> list[str]:
    """Start, ask, open, leave: the app is there, or says in a sentence why it is not."""
    with app(ground, home, size, extra) as terminal:
        watched(terminal, 4)
        for keys in (QUESTION, "\r", "1\r", "\x14", "\x1b", "\x1bOP", "\x1b"):
            if terminal.process.poll() is not None:
                refused = terminal.process.returncode in (2, 3) and b"tjqa:" in terminal.raw
                return [*said_wrong(terminal), *([] if refused else [f"ended: {terminal.raw[-500:]!r}"])]
            with contextlib.suppress(OSError):
                terminal.send(keys)
            watched(terminal, 0.5)
        return [*said_wrong(terminal), *ends(terminal)]


def storm(ground: Ground, home: Path, draw: random.Random, count: int) -> list[str]:
    """Hundreds of sizes while a question is typed and answered; then it is still there."""
    with app(ground, home) as terminal:
        terminal.wait_for("政策问答", 120)
        for number in range(count):
            columns, rows = draw.choice([(1, 1), (draw.randrange(1, 200), draw.randrange(1, 80)), (90, 28)])
            terminal.resize((columns, rows))
            if number % 40 == 5:
                terminal.send(draw.choice([QUESTION + "\r", "1\r", "\x1b", "\x14"]))
            if number % 3 == 0:
                terminal.read(0.02)
            if terminal.process.poll() is not None:
                return [f"the app has ended: {terminal.raw[-600:]!r}"]
        terminal.resize((90, 28))
        terminal.send("\x1b\x1b")
        try:
            terminal.wait_for(lambda text: len(text.strip()) > 40, 60)
        except AssertionError as error:
            return [f"nothing on the screen: {error}"[:300]]
        return [*said_wrong(terminal), *ends(terminal)]


def _left(ground: Ground, home: Path, leave: Callable[[Terminal], None], codes: tuple[int, ...]) -> list[str]:
    with app(ground, home) as terminal:
        terminal.wait_for("政策问答", 120)
        terminal.send(QUESTION + "\r")
        watched(terminal, 1)
        leave(terminal)
        end = time.monotonic() + 60
        while terminal.process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError, ValueError):
                terminal.read()
            time.sleep(0.02)
        code = terminal.process.poll()
        found = [f"exit code {code}: {terminal.raw[-300:]!r}"] if code not in codes else []
        return [*found, *said_wrong(terminal)]


def gone(ground: Ground, home: Path, draw: random.Random) -> list[str]:
    """The window is closed: the app ends, it does not run on without a terminal."""

    def close(terminal: Terminal) -> None:
        os.close(terminal.master)
        terminal.master = os.open(os.devnull, os.O_RDWR)

    return _left(ground, home, close, tuple(code for code in range(-64, 256)))


def hung_up(ground: Ground, home: Path, draw: random.Random) -> list[str]:
    """The system says that the terminal is gone."""
    return _left(ground, home, lambda t: os.killpg(t.process.pid, signal.SIGHUP), tuple(range(-64, 256)))


def told_to_end(ground: Ground, home: Path, draw: random.Random) -> list[str]:
    """SIGTERM ends it."""
    return _left(ground, home, lambda t: os.killpg(t.process.pid, signal.SIGTERM), tuple(range(-64, 256)))


def interrupted(ground: Ground, home: Path, draw: random.Random) -> list[str]:
    """Ctrl+C and SIGINT many times do not end in a traceback; Ctrl+Q ends it."""
    with app(ground, home) as terminal:
        terminal.wait_for("政策问答", 120)
        for _ in range(20):
            terminal.send("\x03")
            with contextlib.suppress(OSError):
                os.killpg(terminal.process.pid, signal.SIGINT)
            watched(terminal, 0.05)
            if terminal.process.poll() is not None:
                return said_wrong(terminal)
        return [*said_wrong(terminal), *ends(terminal)]


def noise(ground: Ground, home: Path, draw: random.Random) -> list[str]:
    """Keys, halves of keys, answers to questions that nobody asked, a paste without end, bytes that are no text."""
    made = [
        b"\x1b[200~" + "粘贴".encode() * 5000 + b"\x1b[201~",
        b"\x1b[200~",
        b"\x1b[",
        b"\x1bP",
        b"\x1b]",
        b"\xff\xfe",
    ]
    made += [
        b"\x1b[<0;5;5M\x1b[<0;5;5m",
        b"\x1b[?1;2c",
        b"\x1b[99999;99999R",
        b"\x1b[<999999;999999;999999M",
        b"\0" * 50,
    ]
    made += [draw.randbytes(40).replace(b"\x11", b"").replace(b"\x1a", b"") for _ in range(20)]
    with app(ground, home) as terminal:
        terminal.wait_for("政策问答", 120)
        for data in draw.sample(made, len(made)):
            with contextlib.suppress(OSError):
                os.write(terminal.master, data)
            watched(terminal, 0.1)
            if terminal.process.poll() is not None:
                # Among random keys may be those that end it.
                code = terminal.process.returncode
                return [*said_wrong(terminal), *([f"exit code {code}"] if code else [])]
        with contextlib.suppress(OSError):
            os.write(terminal.master, b"\x1b[201~\x1b\\\x1b\x1b")
        watched(terminal, 1)
        return [*said_wrong(terminal), *ends(terminal)]


assert not FOREIGN.search("".join(map(visible, NAMES)))

if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup the app, too, would be deaf to it
    sys.exit(run_script(__doc__, attack, 3))
