"""File names, places and words that would be commands in a filter expression of Milvus: each finds what it names.

    python -m tests.attacks.milvus_filters [--rounds 10] [--seed 0]

The same library in Milvus (a file, milvus-lite) and in an index on this machine are asked with the same hostile
filters, then documents of such names are changed, moved and removed. Bad is an error, an answer that differs, a row
that a filter should not have let through, or a passage deleted by the name of another document.
"""

from __future__ import annotations

import contextlib
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

from tests.support.attacking import Tally, run_script
from tests.support.helpers import DOCUMENTS, FakeEncoder
from tjqa import engine
from tjqa.config import Remote, Settings
from tjqa.engine import Engine, build
from tjqa.errors import UsageError
from tjqa.index.filters import Filter
from tjqa.results import Answer

NAMES = (
    'a" or id >= 0 or path like "%.txt',
    "' or 1==1 or '.txt",
    'x%" and "" == ".txt',
    "a\\.txt",
    'a\\".txt',
    "a\\\\'.txt",
    "%.txt",
    "_.txt",
    "%_%.txt",
    "{0}.txt",
    "{a}$b${c}.txt",
    "] or stamp not in [.txt",
    "id in [1,2,3].txt",
    "#--;.txt",
    "a\nor id > 0.txt",
    "true.txt",
    "not null.txt",
    "\u202eb.txt",
    "\x1b[31mc.txt",
    "\\u0022 or 1==1.txt",
    "\\x22.txt",
    '""".txt',
    "/*注*/.txt",
    "json_contains(path, 1).txt",
    "path like path.txt",
    "全\uff05角\uff02引.txt",
    "长" * 83 + ".txt",
)
PIECES = (
    '"',
    "'",
    "\\",
    "%",
    "_",
    "{",
    "}",
    "[",
    "]",
    " or ",
    " and ",
    "id >= 0",
    "==",
    "like",
    "(",
    ")",
    "\n",
    "\0",
    "\t",
    "\x7f",
    "\ud800",
    "𠮷",
    "水库",
    "报告",
    "\\n",
    "\\u0022",
    ";",
    "--",
    "$",
    "#",
    "~",
    "\u200b",
    "1",
)
KINDS = ("file", "place", "exact", "since", "until")
QUESTION = "公告里建成图书馆多少座"


def attack(root: Path, tally: Tally, rounds: int, seed: int) -> None:
    """Hostile names and made-up filters; with `rounds` 0 a part of them."""
    try:
        import pymilvus  # noqa: F401  the extra
        from milvus_lite.server_manager import server_manager_instance
    except ImportError:
        tally.left_out("all", "pymilvus or milvus-lite is not installed (not on Windows)")
        return
    with (
        mock.patch.object(engine, "load_encoder", lambda *_: FakeEncoder()),
        mock.patch.object(engine, "model_name", lambda *_: "pairs"),
    ):
        try:
            _attack(root, tally, rounds, random.Random(seed))
        finally:
            server_manager_instance.release_all()


def _attack(root: Path, tally: Tally, rounds: int, draw: random.Random) -> None:
    here = Settings(root / "资料", root / "embeddings")
    there = replace(here, embeddings=root / "other", store=Remote(str(root / "库.db")))
    for name, raw in DOCUMENTS.items():
        (here.sources / name).parent.mkdir(parents=True, exist_ok=True)
        (here.sources / name).write_bytes(raw)
    made = []
    for number, name in enumerate(NAMES):
        with contextlib.suppress(OSError):
            path = here.sources / name if "/" not in name else here.sources / name.replace("/", "∕")
            path.write_text(f"第{number}号公告:白鹭县建成图书馆{number + 100}座。\n", "utf-8")
            made.append(path)
    build(here)
    build(there)
    local, remote = Engine.open(here), Engine.open(there)
    for path in made if rounds else made[:6]:
        for kind in ("file", "exact", "place"):
            compare(local, remote, [Filter(kind, path.name)], tally)
    values = [made_up(draw) for _ in range(60 * rounds or 10)]
    for value in values:
        compare(local, remote, [Filter(draw.choice(KINDS), value)], tally)
    for _ in range(20 * rounds or 3):
        several = [Filter(draw.choice(KINDS), draw.choice([*values, *NAMES])) for _ in range(draw.randrange(2, 5))]
        compare(local, remote, several, tally)
    for value in values if rounds else values[:4]:
        compare(local, remote, [], tally, f'{QUESTION} "{value}"')
    changes(here, there, made if rounds else made[:3], tally)


def made_up(draw: random.Random) -> str:
    """A value out of the pieces that expressions are made of."""
    return "".join(draw.choice(PIECES) for _ in range(draw.randrange(1, 8)))


def told(answer: Answer) -> list[object]:
    """What an answer says, apart from time and scores."""
    return [answer.state, sorted((c.path, c.span, c.quote, c.unchanged) for c in answer.citations)]


def compare(local: Engine, remote: Engine, filters: Sequence[Filter], tally: Tally, question: str = QUESTION) -> None:
    """The same question to both; `file` filters let through only files that they name."""
    found = []
    try:
        mine, theirs = local.ask(question, 40, filters), remote.ask(question, 40, filters)
        if told(mine) != told(theirs):
            found.append(f"differs: {[c.path for c in mine.citations]} {[c.path for c in theirs.citations]}")
    except UsageError:
        pass
    except Exception as error:  # whatever comes up is what this looks for
        found.append(f"{type(error).__name__}: {str(error)[:300]!r}")
    tally.tried("filter" if filters else "question", found, f"{filters} {question if not filters else ''}"[:200])


def changes(here: Settings, there: Settings, paths: Sequence[Path], tally: Tally) -> None:
    """Documents of hostile names edited, moved and removed one by one: no other one is touched by it."""
    for number, path in enumerate(paths):
        if number % 3 == 0:
            path.write_text(f"第{number}号公告:白鹭县建成图书馆{number + 900}座。\n", "utf-8")
        elif number % 3 == 1:
            path.rename(path.with_name(f"移\"'%_ or id>0 {number}.txt"))
        else:
            path.unlink()
        build(here)
        build(there)
        local, remote = Engine.open(here), Engine.open(there)
        both = [sorted((p.path, p.span, p.text) for p, _ in one.passages()) for one in (local, remote)]
        found = [] if both[0] == both[1] else [f"passages differ: {len(both[0])} {len(both[1])}"]
        found += [fault.text() for fault in remote.check()]
        tally.tried("change", found, repr(path.name)[:80])


if __name__ == "__main__":
    sys.exit(run_script(__doc__, attack, 10))
