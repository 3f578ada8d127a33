"""Indexes edited by hand, with hashes made to fit: every command answers rightly or says that the index is damaged.

    python -m tests.attacks.edited_indexes [--cases N] [--seed 0]

Every field of the manifest, of what is noted of files and of passages gets values of other types and ranges; every
array other kinds, shapes and values; the vectors other bytes; files become pipes, devices, folders, links in a circle.
Without --cases all of them are tried. Bad is: an error that is none of the product's own, a quote that its file does
not hold, a control character printed, a crash, a minute, half a gigabyte.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import random
import select
import shutil
import subprocess
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import accumulate, chain, zip_longest
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from tests.attacks.forgeries import write_documents
from tests.support.helpers import environment
from tjqa import cli, engine
from tjqa.answers import reading
from tjqa.config import Settings
from tjqa.encoders.loading import load_encoder
from tjqa.errors import TjqaError
from tjqa.index import backend, meaning_search, parameters
from tjqa.index.array_file import pack, unpack
from tjqa.ingest.sources import read_source

KINDS = ("exact", "coded")
QUESTION = "石桥水库总库容多少"
FILTERED = "文件:水利 总库容 多少"
SECONDS, MEMORY = 60.0, 512 * 1024  # for all commands together; kilobytes more than before
OBEYED = "\x1b[31m\x07"

# What a field is replaced by.
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 2**31, 2**63, 10**400, 0.5, 1e300, float("nan"), float("inf"), "", "7", OBEYED,
    "x\x9b31m", "x\0y", "\ud800", "x" * 5000, "../x", "/etc/passwd", "/", ".", "gen-²", "2023-08-22\x1b",
    [], [[]], ["x"], [7], {}, {"a": 1}, [[1, 2]], [{"start": 0, "end": 9**30}],
)  # fmt: skip
NAMES = ("gen-²", "../x", "../../x", "/etc/passwd", "x" * 5000, "", ".", "..", "a/b", "a\\b", "x\0y", OBEYED, "\ud800")
ARRAY_KINDS = ("u1", "u2", "u4", "u8", "i8", "f2", "f4")
HEADERS: tuple[dict[str, Any], ...] = (
    {"shape": [-1]}, {"shape": [2**62]}, {"shape": [0.5]}, {"shape": None}, {"shape": [True]}, {"shape": []},
    {"shape": [10**30]}, {"shape": "7"}, {"dtype": "O"}, {"dtype": None}, {"dtype": "U1"}, {"dtype": []},
    {"data_offsets": [0, 2**62]}, {"data_offsets": [-8, -4]}, {"data_offsets": [8, 0]}, {"data_offsets": [0]},
    {"data_offsets": None}, {"data_offsets": ["0", "8"]}, {"data_offsets": [0.0, 8.0]}, {"more": 1},
)  # fmt: skip


class Opened:
    """An index on disk, to be edited; `seal` makes all hashes fit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.current = folder / "CURRENT"
        self.generation = folder / self.current.read_text().split()[0]
        self.manifest = json.loads((self.generation / "manifest.json").read_bytes())

    def path(self, kind: str) -> Path:
        """The data file of a kind."""
        return next(self.generation.glob(f"*.{kind}"))

    def put(self, kind: str, data: bytes) -> None:
        """Other bytes for a data file."""
        path = self.path(kind)
        path.write_bytes(data)
        self.manifest["files"][path.name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays, free to be changed."""
        return {name: array.copy() for name, array in unpack(memoryview(self.path("arrays").read_bytes())).items()}

    def put_lines(self, lines: Sequence[bytes]) -> None:
        """Other passages, each found where it begins."""
        self.put("passages.jsonl", b"".join(lines))
        starts = np.cumsum([0, *map(len, lines)]).astype(np.uint32)
        self.put("arrays", pack({**self.arrays(), "line_starts": starts}))

    def seal(self) -> None:
        """Write the manifest, and its hash."""
        listing = json.dumps(self.manifest, ensure_ascii=False).encode("utf-8", "surrogatepass")
        (self.generation / "manifest.json").write_bytes(listing)
        self.current.write_text(f"{self.generation.name} {hashlib.sha256(listing).hexdigest()}\n")


@dataclass(frozen=True)
class Edit:
    """What is done to an index."""

    what: str
    do: Callable[[Opened], None]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value; of a list the first two rows."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def replaced(whole: Any, path: Sequence[Any], value: Any) -> None:
    """Put a value in a place; `...` takes away what is there."""
    for key in path[:-1]:
        whole = whole[key]
    if value is ...:
        del whole[path[-1]]
    else:
        whole[path[-1]] = value


def _in_manifest(path: Sequence[Any], value: Any, opened: Opened) -> None:
    replaced(opened.manifest, path, value)


def _in_notes(path: Sequence[Any], value: Any, opened: Opened) -> None:
    notes = json.loads(opened.path("sources.json").read_bytes())
    replaced(notes, path, value)
    opened.put("sources.json", json.dumps(notes).encode())


def _in_passages(path: Sequence[Any], value: Any, opened: Opened) -> None:
    lines = []
    for line in opened.path("passages.jsonl").read_bytes().splitlines(keepends=True):
        passage = json.loads(line)
        replaced(passage, path, value)
        lines.append(json.dumps(passage).encode() + b"\n")
    opened.put_lines(lines)


def record_edits(opened: Opened) -> Iterator[Edit]:
    """Every field of every record, with every value; gone; and with a neighbour."""
    notes = json.loads(opened.path("sources.json").read_bytes())
    passage = json.loads(opened.path("passages.jsonl").read_bytes().splitlines()[0])
    for name, whole, put in (
        ("manifest", opened.manifest, _in_manifest),
        ("notes", notes, _in_notes),
        ("passage", passage, _in_passages),
    ):
        for path in places(whole):
            told = ".".join(map(str, path))
            for value in (..., *VALUES):
                yield Edit(f"{name} {told} = {str(value)[:20]!a}", partial(put, path, value))
            if isinstance(path[-1], str):
                yield Edit(f"{name} {told} with a neighbour", partial(put, (*path[:-1], f"{path[-1]}_"), 1))


def _lines(change: Callable[[bytes], bytes], opened: Opened) -> None:
    opened.put_lines([change(line) for line in opened.path("passages.jsonl").read_bytes().splitlines(keepends=True)])


def _notes_of(data: bytes, opened: Opened) -> None:
    opened.put("sources.json", data)


def whole_edits() -> Iterator[Edit]:
    """Lines and files that are no JSON, or too deep, or another JSON."""
    for data in (b"", b"\n", b"{", b"null\n", b"[]\n", b"7\n", b"[" * 9000, b'{"path":' * 9000, b"\xff\n", b"9" * 5000):
        yield Edit(f"lines {data[:9]!r}", partial(_lines, lambda line, data=data: data))
        yield Edit(f"notes {data[:9]!r}", partial(_notes_of, data))
    yield Edit("lines doubled", partial(_lines, lambda line: line + line))
    yield Edit("lines cut", partial(_lines, lambda line: line[:-9]))


def _array(name: str, change: Callable[[NDArray[Any]], NDArray[Any] | None], opened: Opened) -> None:
    arrays = opened.arrays()
    changed = change(arrays[name])
    opened.put("arrays", pack({k: v for k, v in {**arrays, name: changed}.items() if v is not None}))


def _with(at: int | slice, value: Any, array: NDArray[Any]) -> NDArray[Any]:
    array.reshape(-1)[at] = value
    return array


def _shuffled(array: NDArray[Any]) -> NDArray[Any]:
    return np.random.default_rng(0).permutation(array.reshape(-1)).reshape(array.shape)


def _header(name: str, change: dict[str, Any], opened: Opened) -> None:
    raw = opened.path("arrays").read_bytes()
    size = int.from_bytes(raw[:8], "little")
    listed = json.loads(raw[8 : 8 + size])
    listed[name] |= change
    header = json.dumps(listed).encode()
    opened.put("arrays", len(header).to_bytes(8, "little") + header + raw[8 + size :])


def array_edits(opened: Opened) -> Iterator[Edit]:
    """Every array, of other kinds and shapes, with other values, gone, and told otherwise in the header."""
    for name, array in opened.arrays().items():
        values = [np.finfo(array.dtype).max, np.nan, np.inf, -1.0] if array.dtype.kind == "f" else []
        values += [np.iinfo(array.dtype).max] if array.dtype.kind != "f" else []
        middle = array.size // 2
        changes: dict[str, Callable[[NDArray[Any]], NDArray[Any] | None]] = {
            "gone": lambda a: None,
            "empty": lambda a: a[:0],
            "shorter": lambda a: a[:-1],
            "without its first": lambda a: a[1:],
            "longer": lambda a: np.concatenate([a, a[-1:]]),
            "twice": lambda a: np.concatenate([a, a]),
            "on its side": lambda a: a.reshape(1, -1),
            "deep": lambda a: a.reshape(*a.shape, 1, 1),
            "flat": lambda a: a.reshape(-1)[: max(1, a.size // 3)],
            "backwards": lambda a: a[::-1].copy(),
            "shuffled": _shuffled,
            "nothing": np.zeros_like,
            "ones": np.ones_like,
            **{f"all {v}": partial(_with, slice(None), v) for v in values},
            **{f"one {v}": partial(_with, middle, v) for v in values},
            **{f"last {v}": partial(_with, -1, v) for v in values},
            **{f"by turns {v}": partial(_with, slice(1, -1, 2), v) for v in values},
            "by turns its last": lambda a: _with(slice(1, -1, 2), a.reshape(-1)[-1], a),
            "one more": lambda a: _with(a.size // 2, a.reshape(-1)[a.size // 2] + 1, a),
            **{f"as {kind}": lambda a, kind=kind: a.astype(kind) for kind in ARRAY_KINDS},
        }
        for what, change in changes.items():
            yield Edit(f"array {name} {what}", partial(_array, name, change))
        for told in HEADERS:
            yield Edit(f"array {name} header {told}", partial(_header, name, told))


def _bytes(kind: str, at: int, value: bytes, opened: Opened) -> None:
    raw = bytearray(opened.path(kind).read_bytes())
    raw[at : at + len(value)] = value
    opened.put(kind, bytes(raw[: len(raw)]))


def _length(kind: str, length: float, opened: Opened) -> None:
    raw = opened.path(kind).read_bytes()
    opened.put(kind, (raw * 2)[: int(length * len(raw))])


def vector_edits(opened: Opened) -> Iterator[Edit]:
    """Every byte of the head of the vectors, numbers that say how much follows, vectors that are none."""
    kind = "codes.faiss" if list(opened.generation.glob("*.codes.faiss")) else "vectors.faiss"
    size = opened.path(kind).stat().st_size
    for at in (*range(120), *range(size - 40, size)):
        for value in (b"\0", b"\xff", b"\x7f", b"\1"):
            yield Edit(f"{kind} byte {at} {value!r}", partial(_bytes, kind, at, value))
    for at in range(4, 112, 2):
        for number in (2**62, 2**36, 2**31 - 1, -1):
            value = number.to_bytes(8, "little", signed=True)
            yield Edit(f"{kind} number {at} {number}", partial(_bytes, kind, at, value))
    for name in ("IxF2", "IxFI", "IxPQ", "IxMp", "IxM2", "IwFl", "IHNf", "ILfs", "IPfs", "IxSQ", "IxPT", "null"):
        yield Edit(f"{kind} as {name}", partial(_bytes, kind, 0, name.encode()))
    for value in (b"\xff\x7f", b"\x00\x7e", b"\x00\x7c", b"\xff\xff"):
        yield Edit(f"{kind} values {value!r}", partial(_bytes, kind, size // 3, value * (size // 4)))
    for length in (0, 0.01, 0.5, 0.99, 1.5):
        yield Edit(f"{kind} {length} as long", partial(_length, kind, length))


def _named(name: str, opened: Opened) -> None:
    files = opened.manifest["files"]
    files[name] = next(iter(files.values()))


def _current(text: bytes, opened: Opened) -> None:
    opened.seal()
    opened.seal = lambda: None  # type: ignore[method-assign]
    opened.current.write_bytes(text.replace(b"HASH", opened.current.read_bytes().split()[1]))


def _beside(name: str, opened: Opened) -> None:
    with contextlib.suppress(OSError, ValueError):
        (opened.folder / name).mkdir()


def name_edits() -> Iterator[Edit]:
    """Names of files, of generations, of what is being built."""
    for name in NAMES:
        yield Edit(f"file {name[:9]!a}", partial(_named, name))
    for name in (
        "gen-²",
        "gen-x",
        "gen-",
        "gen-" + "9" * 200,
        "gen-\x1b",
        "tmp-²",
        "tmp-",
        "tmp-999999999999999999999",
    ):
        yield Edit(f"beside {name[:9]!a}", partial(_beside, name))
    generations = (b"gen-\xc2\xb2", b"gen-" + b"9" * 900, b"gen-../x", b"../x", b"gen-0", b"/etc", b"gen-\x1b", b"")
    for name in generations:
        yield Edit(f"CURRENT {name[:9]!r}", partial(_current, name + b" HASH\n"))
    for text in (b"", b"\n", b"\xff\xff", b"x" * 5000, b"gen-000001 HASH\nx", b"gen-000001 " + b"0" * 64 + b"\n"):
        yield Edit(f"CURRENT {text[:20]!r}", partial(_current, text))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def _folder(path: Path) -> None:
    path.mkdir()


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _giant(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**34)


def _elsewhere(path: Path) -> None:
    path.symlink_to(path.parent / "missing")


def _irregular(name: str, make: Callable[[Path], None], opened: Opened) -> None:
    opened.seal()
    opened.seal = lambda: None  # type: ignore[method-assign]
    whole = {"CURRENT": opened.current, "manifest": opened.generation / "manifest.json", "gen": opened.generation}
    path = whole.get(name) or (opened.folder / name if "." not in name or name == "LOCK" else opened.path(name))
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    make(path)


def irregular_edits(opened: Opened) -> Iterator[Edit]:
    """Files that are none."""
    data = [path.name.partition(".")[2] for path in opened.generation.iterdir() if path.name != "manifest.json"]
    for name in ("CURRENT", "manifest", "gen", "LOCK", "tmp-000002", "gen-000007", *data):
        for make in (_pipe, _device, _terminal, _folder, _circle, _giant, _elsewhere):
            yield Edit(f"{name} as {make.__name__.strip('_')}", partial(_irregular, name, make))


def edits(folder: Path) -> list[list[Edit]]:
    """All that is tried with an index, by the part that is edited."""
    opened = Opened(folder)
    groups = [array_edits(opened), vector_edits(opened)]
    if not list(opened.generation.glob("*.codes.faiss")):  # beside these both kinds of index are alike
        groups += [record_edits(opened), whole_edits(), name_edits(), irregular_edits(opened)]
    return [list(group) for group in groups]


def drawn(groups: Sequence[Sequence[Edit]], cases: int, draw: random.Random) -> list[int]:
    """The numbers of so many edits: as many of the shortest group as of the longest, while it has any left."""
    ends = list(accumulate(map(len, groups)))
    numbers = [list(range(end - len(group), end)) for group, end in zip(groups, ends, strict=True)]
    for group in numbers:
        draw.shuffle(group)
    turns = [number for turn in zip_longest(*numbers) for number in turn if number is not None]
    return sorted(turns[:cases])


def build_library(root: Path, kind: str) -> Settings:
    """A small library with its index: vectors as they are, or codes of them as in a large one."""
    place = Settings(root / "资料", root / kind)
    if not place.sources.exists():
        write_documents(place.sources)
        for number in range(16):
            text = f"白鹭县第{number}号公告\n\n2023-08-22\n\n全县有{number + 2}个乡镇,{number * 7}个村通了公路。\n"
            (place.sources / f"公告{number}.txt").write_text(text, "utf-8")
    small = {"CODED_FROM": 1, "SMALLEST_CODED_SEGMENT": 1} if kind == "coded" else {}
    with mock.patch.multiple(parameters, **small) if small else contextlib.nullcontext():
        engine.build(place)
    return place


class Obeyed(AssertionError):
    """Something was shown that must not be."""


def command(place: Settings, *words: str) -> str:
    """Run a command in this process; returns what it printed as data.

    Raises:
        Obeyed: it printed a control character.
        Exception: whatever the product did not expect.
    """
    out, err = io.StringIO(), io.StringIO()
    where = [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        cli.main([*where, *words])
    for shown in (out.getvalue(), err.getvalue()):
        if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in shown):
            raise Obeyed(f"control characters printed by {words[0]}")
    return out.getvalue()


def require_quotes(place: Settings, printed: str) -> None:
    """Hold what an answer cites against the files."""
    for line in printed.splitlines():
        for hit in json.loads(line)["hits"]:
            path = place.sources / hit["file"]
            text = read_source(place.sources, path).text
            if not path.resolve().is_relative_to(place.sources) or text[hit["start"] : hit["end"]] != hit["text"]:
                raise Obeyed("a quote that its file does not hold")


def use(place: Settings, fast: bool) -> None:
    """What the app does with a library it opens; where it is to be `fast`, questions for samples are not read."""
    with contextlib.suppress(TjqaError):
        opened = engine.Engine.open(place)
        opened.status()
        answer = opened.ask(QUESTION)
        for citation in (*answer.best, *answer.citations):
            if citation.unchanged and opened.view(citation).quote != citation.quote:
                raise Obeyed("a view of something else")
        engine.Engine.open(replace(place, fast=fast)).samples()
        for source in opened.sources():
            opened.view_source(source.path)


def attempt(place: Settings) -> None:
    """Every command, one after the other; with TJQA_FAST nothing is deepened, which takes half of the time.

    Raises:
        Exception: whatever is bad.
    """
    fast = bool(os.environ.get("TJQA_FAST"))
    command(place, "ask", QUESTION, "--explain")
    require_quotes(place, command(place, "ask", QUESTION, "--json"))
    require_quotes(place, command(place, "ask", FILTERED, "--json"))
    require_quotes(place, command(place, "ask", "地区:白鹭 有多少个乡镇", "--json"))
    command(place, "sources")
    command(place, "sources", "--json")
    command(place, "passages")
    command(place, "show", "水利/水库.txt:0-20")
    command(place, "check")
    use(place, fast)
    (place.sources / "公告0.txt").write_text("渔业养殖试点面积96亩。", "utf-8")
    command(place, "index", *["--fast"] * fast)
    require_quotes(place, command(place, "ask", QUESTION, "--json"))


def _no_way_out(error: OSError) -> TjqaError:
    raise AssertionError("an error of the system that only the last line of defence told") from error


def work(root: Path, kind: str) -> None:
    """Try the edits whose numbers come in; a line of JSON tells what was bad about each."""
    import resource  # Windows has none

    import sentence_transformers  # noqa: F401  a model that an index names may be of any kind; it takes its memory here

    place = Settings(root / "资料", root / kind)
    tried = list(chain(*edits(place.index_dir)))
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints by itself is no reply
    # Models are opened once, not four thousand times.
    contextual = lru_cache(backend.ContextualEncoder)
    with (
        mock.patch.object(engine, "load_encoder", lru_cache(load_encoder)),
        mock.patch.object(reading, "Reader", lru_cache(reading.Reader)),
        mock.patch.object(backend, "ContextualEncoder", contextual),
        mock.patch.object(meaning_search, "ContextualEncoder", contextual),
        mock.patch.object(sys.modules["tjqa.cli.main"], "disk_failure", _no_way_out),
    ):
        attempt(_copied(place, root))  # so that all is imported before memory is compared
        print("ready", file=replies, flush=True)
        for line in sys.stdin:
            edit = tried[int(line)]
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            copy = _copied(place, root)
            bad = ""
            try:
                opened = Opened(copy.index_dir)
                edit.do(opened)
                opened.seal()
                attempt(copy)
            except Exception as error:
                at = traceback.extract_tb(error.__traceback__)[-1]
                bad = f"{type(error).__name__}: {str(error)[:80]} ({Path(at.filename).name}:{at.lineno})"
            if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > MEMORY:
                bad = bad or "memory"
            print(json.dumps([edit.what, bad]), file=replies, flush=True)


def _copied(place: Settings, root: Path) -> Settings:
    """A copy of a library, in the place of the last one."""
    whole = root / f"try-{os.getpid()}"
    shutil.rmtree(whole, ignore_errors=True)
    shutil.copytree(place.sources, whole / "资料")
    shutil.copytree(place.embeddings, whole / "embeddings")
    return Settings(whole / "资料", whole / "embeddings")


@dataclass
class Outcome:
    """How many were tried, by what was edited, and which were bad."""

    tries: Counter[str]
    bad: list[str]


def attack(
    root: Path, kind: str, cases: int | None, draw: random.Random, tell: Callable[[str], None] = lambda line: None
) -> Outcome:
    """Edit the index of one kind of library; a process of its own tries, so that it may hang or crash."""
    groups = edits(build_library(root, kind).index_dir)
    tried = list(chain(*groups))
    numbers = list(range(len(tried))) if cases is None else drawn(groups, cases, draw)
    outcome = Outcome(Counter(), [])
    while numbers:
        with subprocess.Popen(
            [sys.executable, "-m", __spec__.name, "--work", str(root), kind],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=environment(XDG_CACHE_HOME=str(root / "cache"), HF_HUB_OFFLINE="1"),
        ) as worker:  # fmt: skip
            assert worker.stdout is not None and worker.stdout.readline() == "ready\n"  # its start is no hang
            while numbers:
                edit = tried[numbers.pop(0)]
                outcome.tries[f"{kind} {edit.what.split()[0]}"] += 1
                bad = _tried(worker, tried.index(edit))
                if outcome.tries.total() % 100 == 0:
                    tell(f"  ... {kind}: {outcome.tries.total()} tries, {len(outcome.bad)} bad")
                if bad:
                    outcome.bad.append(f"{kind}: {edit.what}: {bad}")
                    tell(f"BAD {outcome.bad[-1]}")
                if bad in ("hang", "crash"):
                    break
            worker.kill()
    return outcome


def _tried(worker: subprocess.Popen[str], number: int) -> str:
    assert worker.stdin is not None and worker.stdout is not None
    try:
        print(number, file=worker.stdin, flush=True)
    except BrokenPipeError:
        return "crash"
    if not select.select([worker.stdout], [], [], SECONDS)[0]:
        return "hang"
    line = worker.stdout.readline()
    return str(json.loads(line)[1]) if line else "crash"


def main() -> int:
    """Attack both kinds of index; exit code 1 when anything is bad."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, help="so many of each kind, drawn of every part alike; all without it")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only indexes of this kind; both without it")
    parser.add_argument("--work", nargs=2, metavar=("ROOT", "KIND"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(Path(options.work[0]), options.work[1])
        return 0
    bad = 0
    with tempfile.TemporaryDirectory() as root:
        for kind in options.kind or KINDS:
            outcome = attack(
                Path(root).resolve(), kind, options.cases, random.Random(options.seed), partial(print, flush=True)
            )
            print(f"{kind}: {outcome.tries.total()} tries, {len(outcome.bad)} bad")
            for what, count in sorted(outcome.tries.items()):
                print(f"  {count:6} {what}")
            bad += len(outcome.bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
