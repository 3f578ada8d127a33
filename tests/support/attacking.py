"""What the attacks share: a library of their own, the real command with a deadline, and the count of tries and bad."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import warm
from tests.support.helpers import DOCUMENTS, environment
from tjqa import engine
from tjqa.config import Settings, settings
from tjqa.engine import Engine

DEADLINE = 120.0  # seconds; a command takes one or two, on a busy machine ten
SCRIPT = "import sys\nfrom tjqa.cli import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
QUESTION = "石桥水库的总库容是多少?"
ANSWER = "4200万立方米"


class Enough(Exception):
    """So many tries were asked for, and made."""


@dataclass
class Tally:
    """How many were tried, by what was done, and what got through; with `most` no more than that.

    Raises:
        Enough: by `tried`, once there are so many.
    """

    tries: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    most: int = 0

    def tried(self, what: str, faults: Iterable[str] = (), case: str = "") -> None:
        """One try of a kind, with what was wrong about it."""
        self.tries[what] += 1
        found = [f"{what}{f' {case}' if case else ''}: {fault}" for fault in faults]
        self.bad += found
        for line in found:  # at once: who watches a long run need not wait for its end
            print(f"  BAD {line}", flush=True)
        if self.tries.total() % 20 == 0:  # a long run takes minutes
            print(f"  ... {self.tries.total()} tries, {len(self.bad)} bad", flush=True)
        if 0 < self.most <= self.tries.total():
            raise Enough

    def left_out(self, what: str, why: str) -> None:
        """A round that this system does not allow; it is said, not counted."""
        print(f"  left out: {what}: {why}", flush=True)

    def tell(self) -> int:
        """Print tries and bad; the exit code of the script."""
        for what, count in sorted(self.tries.items()):
            print(f"  {count:6} {what}")
        print(f"{self.tries.total()} tries, {len(self.bad)} bad")
        for line, count in Counter(self.bad).most_common():
            print(f"BAD {count:4} {line}")
        return 1 if self.bad else 0


@dataclass(frozen=True)
class Ran:
    """What a command did; the code is None when it had to be killed."""

    code: int | None
    out: bytes
    err: bytes

    @property
    def said(self) -> str:
        """Both streams as text."""
        return (self.out + b"\n" + self.err).decode("utf-8", "replace")


def faults(ran: Ran, codes: Iterable[int] = (0, 1, 2, 3)) -> list[str]:
    """What no command may do, whatever it is given: hang, show Python's own words, send a terminal commands."""
    found = []
    if ran.code is None:
        found.append("hangs")
    elif ran.code not in codes:
        found.append(f"exit code {ran.code}: {ran.said[-300:]!r}")
    if "Traceback" in ran.said or "Exception ignored" in ran.said:
        found.append(f"a traceback: {ran.said[-600:]}")
    if raw := unsafe(ran.out) | unsafe(ran.err):
        found.append(f"raw characters {sorted(raw)}: {ran.said[:300]!r}")
    return found


def unsafe(data: bytes) -> set[str]:
    """Characters that steer or deceive a terminal, by number."""
    text = data.decode("utf-8", "surrogateescape")
    return {f"U+{ord(c):04X}" for c in set(text) if c != "\n" and unicodedata.category(c) in _STEERING}


_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")


class Ground:
    """A home folder with a small library; programs run as the console script runs them, in that folder."""

    plain = False
    """Whether commands go without the models that read context, which take most of their time: for short rounds of what
    those models have no part in."""
    warm = False
    """Whether commands start warm unless something is special about how: for short rounds. What is to be killed, to
    have little room or to be there beside another starts cold in any case."""

    def __init__(self, root: Path, documents: Mapping[str, bytes] | None = None) -> None:
        self.root, self.sources, self.embeddings = root, root / "资料", root / "embeddings"
        self.script = root / "bin" / "tjqa"
        self.script.parent.mkdir(parents=True)
        self.script.write_text(SCRIPT, "utf-8")
        for name, raw in (DOCUMENTS if documents is None else documents).items():
            path = self.sources / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)

    @property
    def places(self) -> list[str]:
        """The options that name the library."""
        return [f"--sources={self.sources}", f"--embeddings={self.embeddings}"]

    def words(self, *arguments: str) -> list[str]:
        """A whole command line."""
        return [sys.executable, str(self.script), *arguments, *self.places]

    def environment(self, **changes: str) -> dict[str, str]:
        """That of a user without settings."""
        kept = {k: v for k, v in environment().items() if not k.startswith(("TJQA_", "XDG_", "LC_"))}
        return {**kept, **self.models, "HOME": str(self.root), "LANG": "C.UTF-8", **changes}

    @property
    def models(self) -> dict[str, str]:
        """The variables that say which models are used, and where what can be made again is kept."""
        if not self.plain:
            return {}
        # Of the dictionary every new home would make a copy of its own first.
        return {"TJQA_MODEL": "fast", "TJQA_FAST": "1", "XDG_CACHE_HOME": str(self.root.parent / "cache")}

    def run(self, *arguments: str, seconds: float = DEADLINE, **options: Any) -> Ran:
        """Run a command to its end, or kill it at the deadline; `options` are those of Popen."""
        if self.warm and not options and self.script.read_text("utf-8") == SCRIPT:
            return Ran(*warm.run([*arguments, *self.places], self.root, self.environment(), seconds))
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        given = {**pipes, "env": self.environment(), "cwd": self.root, "start_new_session": True, **options}
        with subprocess.Popen(self.words(*arguments), **given) as process:
            try:
                out, err = process.communicate(timeout=seconds)
                return Ran(process.returncode, out or b"", err or b"")
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
                return Ran(None, out or b"", err or b"")

    def run_limited(self, size: int, *arguments: str) -> Ran:
        """Run a command of which no file may grow beyond so many bytes, as with a quota; nor may it leave modules that
        were compiled by half, which Python would take for whole ever after."""
        import resource  # Windows has none

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        return self.run(*arguments, preexec_fn=limit, env=self.environment(PYTHONDONTWRITEBYTECODE="1"))

    def answers(self, question: str = QUESTION) -> str:
        """What the library says to a question, asked in this process: a command takes two seconds only to start.

        Raises:
            TjqaError: the index is missing, damaged, outdated.
        """
        answer = Engine.open(Settings(self.sources, self.embeddings, fast=self.plain)).ask(question)
        return "\n".join(cited.quote for cited in answer.citations if cited.unchanged)

    def build(self) -> None:
        """An index, made by the command; without the models that read context the same in this process, sooner."""
        if self.plain:
            engine.build(settings(str(self.sources), str(self.embeddings), environ=self.models))
            return
        ran = self.run("index")
        assert ran.code == 0, ran.said


def run_script(doc: str | None, attack: Callable[[Path, Tally, int, int], None], rounds: int) -> int:
    """The command line of an attack: `--rounds` (how much of it) and `--seed`; exit code 1 when anything is bad."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        attack(Path(folder), tally, options.rounds, options.seed)
    return tally.tell()
