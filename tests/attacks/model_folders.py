"""Damaged and hostile model folders against `tjqa index --model` and the asking after it.

    python -m tests.attacks.model_folders [--cases 240] [--seed 0]

Every folder is a copy of a sound model with one fault, made by rule. A try is bad when anything but the program's own
sentence comes of it: a traceback, a signal, more memory or time than is bounded, a character that a terminal obeys,
or an index that is written and then cannot be asked.
"""

from __future__ import annotations

import argparse
import base64
import json
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.helpers import MODEL, PLAIN, REPORT
from tjqa.cli import ask, check, index  # noqa: F401  so that no copy has to import them
from tjqa.cli.main import main as main_of_tjqa

DEADLINE = 600.0
MEMORY = 4 * 1024**3  # of writable memory, of any process of a try
Fault = Callable[[Path, random.Random], None]
WEIGHTS = ("model.safetensors", "3_Dense/model.safetensors", "5_Dense/model.safetensors")
JSON = ("tokenizer.json", "modules.json", "config_sentence_transformers.json", "1_WordWeights/config.json")


def _cut(path: Path, draw: random.Random) -> None:
    os.truncate(path, draw.randrange(path.stat().st_size))


def _empty(path: Path, draw: random.Random) -> None:
    path.write_bytes(b"")


def _gone(path: Path, draw: random.Random) -> None:
    path.unlink()


def _folder(path: Path, draw: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path, draw: random.Random) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path, draw: random.Random) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _circle(path: Path, draw: random.Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _giant(path: Path, draw: random.Random) -> None:
    os.truncate(path, 2**41)


def _noise(path: Path, draw: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(20):
        raw[draw.randrange(min(len(raw), 4000))] = draw.randrange(256)
    path.write_bytes(raw)


def _deep(path: Path, draw: random.Random) -> None:
    opening, closing = draw.choice([("[", "]"), ('{"a":', "}")])
    depth = draw.choice([200, 5000, 500_000])
    path.write_text(opening * depth + "1" + closing * depth, "utf-8")


def _other_json(path: Path, draw: random.Random) -> None:
    path.write_text(
        draw.choice(["[]", '""', "null", "7", "{}", "[[]]", "1" * 5000, "NaN", "[1, null]", '{"model": 3}'])
    )


def _no_text(path: Path, draw: random.Random) -> None:
    path.write_bytes(b"\xff\xfe\x00" * 10)


def header_fault(change: Callable[[dict[str, Any], str, random.Random], None]) -> Fault:
    """A fault in the table of a weights file."""

    def fault(path: Path, draw: random.Random) -> None:
        raw = path.read_bytes()
        size = int.from_bytes(raw[:8], "little")
        table = json.loads(raw[8 : 8 + size])
        change(table, next(name for name in table if name != "__metadata__"), draw)
        written = json.dumps(table).encode()
        path.write_bytes(len(written).to_bytes(8, "little") + written + raw[8 + size :])

    return fault


def _entry(name: str, *values: Any) -> Fault:
    return header_fault(lambda table, tensor, draw: table[tensor].__setitem__(name, draw.choice(values)))


def _renamed(table: dict[str, Any], tensor: str, draw: random.Random) -> None:
    table["\x1b[31m"] = table.pop(tensor)


def _declared(path: Path, draw: random.Random) -> None:
    with path.open("r+b") as file:
        file.write(draw.choice([0, 1, 2**31, 2**62, 2**64 - 1]).to_bytes(8, "little"))


def _deep_header(path: Path, draw: random.Random) -> None:
    inner = b"[" * 100_000 + b"]" * 100_000
    path.write_bytes(len(inner).to_bytes(8, "little") + inner + path.read_bytes()[-100:])


def _unbounded(path: Path, draw: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    for at in range(len(raw) - 200, len(raw), 2):
        raw[at : at + 2] = draw.choice([b"\x80\x7f", b"\xc0\x7f", b"\x80\xff"])  # infinite, or no number
    path.write_bytes(raw)


def tokenizer_fault(change: Callable[[dict[str, Any], random.Random], None]) -> Fault:
    """A fault in tokenizer.json."""

    def fault(folder: Path, draw: random.Random) -> None:
        path = folder / "tokenizer.json"
        data = json.loads(path.read_text("utf-8"))
        change(data, draw)
        path.write_text(json.dumps(data), "utf-8")

    return fault


def _set(name: str, *values: Any) -> Fault:
    return tokenizer_fault(lambda data, draw: data.__setitem__(name, draw.choice(values)))


def _model(name: str, *values: Any) -> Fault:
    return tokenizer_fault(lambda data, draw: data["model"].__setitem__(name, draw.choice(values)))


def _charsmap(data: dict[str, Any], draw: random.Random) -> None:
    raw = bytearray(base64.b64decode(data["normalizer"]["precompiled_charsmap"]))
    way = draw.randrange(4)
    if way == 0:
        raw = raw[: draw.randrange(len(raw))]
    elif way == 1:
        raw += b"\0" + b"x" * 100_000 + b"\0"
    elif way == 2:
        raw[:4] = draw.randrange(2**32).to_bytes(4, "little")
    else:
        for _ in range(3000):
            raw[draw.randrange(4, len(raw))] = draw.randrange(256)
    data["normalizer"]["precompiled_charsmap"] = base64.b64encode(raw).decode()


def _word(word: str) -> Fault:
    return tokenizer_fault(lambda data, draw: data["model"]["vocab"][100].__setitem__(0, word))


def _numbered(data: dict[str, Any], draw: random.Random) -> None:
    words = {word: number for number, (word, _) in enumerate(data["model"]["vocab"])}
    words[draw.choice(list(words))] = draw.choice([10**9, len(words) + 5, 2**40, -1])
    data["model"] = {"type": "WordLevel", "vocab": words, "unk_token": next(iter(words))}


def _many_added(data: dict[str, Any], draw: random.Random) -> None:
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized", "special"), False)
    data["added_tokens"] = [{"id": n, "content": f"词{n}", **flags} for n in range(draw.choice([1, 50_000]))]


def _padding(strategy: Any, multiple: int | None = None) -> dict[str, Any]:
    row = {"direction": "Right", "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"}
    return {"strategy": strategy, "pad_to_multiple_of": multiple, **row}


def _replace(pattern: str, content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": {"String": pattern}, "content": content}


def _split(pattern: str) -> dict[str, Any]:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Removed", "invert": True}


def _nested(kind: str, inner: str, depth: int) -> dict[str, Any]:
    rule: dict[str, Any] = {"type": "NFC"}
    for _ in range(depth):
        rule = {"type": kind, inner: [rule]}
    return rule


def modules_fault(change: Callable[[list[dict[str, Any]], random.Random], None]) -> Fault:
    """A fault in modules.json."""

    def fault(folder: Path, draw: random.Random) -> None:
        path = folder / "modules.json"
        data = json.loads(path.read_text("utf-8"))
        change(data, draw)
        path.write_text(json.dumps(data), "utf-8")

    return fault


def _module(number: int, name: str, *values: Any) -> Fault:
    return modules_fault(lambda modules, draw: modules[number].__setitem__(name, draw.choice(values)))


def _scored(data: dict[str, Any], draw: random.Random) -> None:
    data["model"]["vocab"][9][1] = draw.choice([-1e308, 1e308])


def _many_files(folder: Path, draw: random.Random) -> None:
    for number in range(2500):
        (folder / f"{number}.json").write_text("{}")


def _deep_folders(folder: Path, draw: random.Random) -> None:
    folder.joinpath(*"abcdefghij").mkdir(parents=True)


def _activation(folder: Path, draw: random.Random) -> None:
    path = folder / "3_Dense" / "config.json"
    data = json.loads(path.read_text("utf-8"))
    data["activation_function"] = draw.choice(["os.system", "torch.hub.load", "torch.nn.modules.linear.Linear", 7, []])
    path.write_text(json.dumps(data), "utf-8")
    _other_kind(json.loads((folder / "modules.json").read_text("utf-8")), folder)


def _other_kind(modules: list[dict[str, Any]], folder: Path) -> None:
    del modules[-1]  # no longer the format of the default model: the libraries have to load it
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")


_HUGE = 2**40
FAULTS: dict[str, Fault] = {
    "tokenizer pads": _set("padding", _padding({"Fixed": 2**26}), _padding("BatchLongest", 2**26)),
    "tokenizer cuts": _set(
        "truncation", {"direction": "Right", "max_length": 1, "strategy": "LongestFirst", "stride": 0}
    ),
    "tokenizer prepends": _set("normalizer", {"type": "Prepend", "prepend": "中" * 2**22}),
    "tokenizer doubles": _set("normalizer", {"type": "Sequence", "normalizers": [_replace("a", "aa")] * 60}),
    "tokenizer replaces": _set("normalizer", _replace("的", "的" * 2**20), _replace("", "x" * 5000)),
    "tokenizer nests": _set("normalizer", _nested("Sequence", "normalizers", 90)),
    "tokenizer nests splits": _set("pre_tokenizer", _nested("Sequence", "pretokenizers", 90)),
    "tokenizer normalises oddly": _set("normalizer", [], "NFC", 7, {}, {"type": "\x1b[31m"}, {"type": "Sequence"}),
    "tokenizer never ends": _set("pre_tokenizer", _split(r"(a+)+$"), _split(r"(.*)*x"), _split(r"a*a*a*a*a*a*b")),
    "tokenizer compiles": _set("pre_tokenizer", _split(r"((a{9999}){9999}){9999}"), _split("(" * 5000), _split("[")),
    "tokenizer splits oddly": _set("pre_tokenizer", [], "x", 7, {"type": "Split"}, None),
    "tokenizer decodes oddly": _set("decoder", [], {"type": "x"}, 7),
    "tokenizer post-processes oddly": _set("post_processor", [], {"type": "x"}, {"type": "TemplateProcessing"}),
    "tokenizer has another version": _set("version", "2.0", None, 1, "\x1b[31m"),
    "tokenizer is another model": _set("model", [], "x", None, {}, {"type": "BPE", "vocab": {}, "merges": []}),
    "tokenizer adds oddly": _set("added_tokens", {}, "x", [7], [{"content": ""}], [{"id": 1}]),
    "tokenizer adds many": tokenizer_fault(_many_added),
    "tokenizer maps oddly": tokenizer_fault(_charsmap),
    "tokenizer numbers oddly": tokenizer_fault(_numbered),
    "tokenizer knows no unknown": _model("unk_id", None, 10**9, -1, "x"),
    "tokenizer vocabulary": _model("vocab", [], {}, "x", [["a"]], [["a", "b"]], [[1, 2]], None, [["a", 0]] * 10),
    "tokenizer word long": _word("长" * 2**20),
    "tokenizer word empty": _word(""),
    "tokenizer score": tokenizer_fault(_scored),
    "tokenizer falls back": _model("byte_fallback", True, "x"),
    "modules foreign": _module(0, "type", "os.system", "antigravity.X", "evil.\x1b[31m"),
    "modules elsewhere": _module(3, "path", "../..", "/etc", 7, "\0", "x" * 5000),
    "modules untyped": modules_fault(lambda m, draw: m[0].pop("type")),
    "modules fewer": modules_fault(lambda m, draw: m.pop(draw.randrange(len(m)))),
    "modules many": modules_fault(lambda m, draw: m.extend(m * 3000)),
    "modules swapped": modules_fault(lambda m, draw: draw.shuffle(m)),
    "many files": _many_files,
    "deep folders": _deep_folders,
    "activation": _activation,
}  # fmt: skip
ON_WEIGHTS: dict[str, Fault] = {
    "declared": _declared,
    "deep header": _deep_header,
    "dtype": _entry("dtype", "F64", "I64", "\x1b[31m", 7, None, [], "BOOL"),
    "shape": _entry("shape", [], [1], [_HUGE, _HUGE], [-1, -1], [0, 256], "x", None, [1] * 99, [True, 2], [2.0, 3]),
    "place": _entry("data_offsets", [0, 0], [0, _HUGE], [-8, 8], [8, 0], "x", None, [0], [1, 10**30]),
    "renamed": header_fault(_renamed),
    "unbounded": _unbounded,
}
ON_FILES: dict[str, Fault] = {
    "cut": _cut, "empty": _empty, "gone": _gone, "folder": _folder, "pipe": _pipe, "device": _device,
    "circle": _circle, "giant": _giant, "noise": _noise,
}  # fmt: skip
ON_JSON: dict[str, Fault] = {"deep": _deep, "other": _other_json, "no text": _no_text}


def _at(name: str, fault: Fault) -> Fault:
    return lambda folder, draw: fault(folder / name, draw)


FAULTS |= {f"{name} {what}": _at(name, fault) for name in WEIGHTS for what, fault in (ON_WEIGHTS | ON_FILES).items()}
FAULTS |= {f"{name} {what}": _at(name, fault) for name in JSON for what, fault in (ON_JSON | ON_FILES).items()}


def spoil(folder: Path, fault: str, draw: random.Random) -> None:
    """Put one fault into a copy of a sound model."""
    FAULTS[fault](folder, draw)


@dataclass
class Outcome:
    """How many were tried and how each ended, and which ended badly."""

    tries: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


def tried(folder: Path, root: Path) -> tuple[str, str]:
    """How indexing with a folder ends (and asking after it), and what is bad about it: nothing, it is to be hoped."""
    place = root / "embeddings"
    shutil.rmtree(place, ignore_errors=True)
    places = [f"--sources={root / '资料'}", f"--embeddings={place}"]
    for command in (["index", "--model", str(folder)], ["ask", "新增就业多少人"], ["check"]):
        code, said = run(root, [*command, *places])
        hidden = {c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\n"}
        if code is None:
            return "late", f"{command[0]} took more than {DEADLINE:.0f} s"
        if "Traceback" in said or "panicked" in said or code not in (0, 3):
            return "broken", f"{command[0]} exit {code}: {said[-300:]}"
        if hidden:
            return "unseen", f"{command[0]} prints {hidden!r}"
        if code == 3 and command[0] != "index":
            return "unusable", f"the index was written, and {command[0]} says {said[-200:]}"
        if code == 3:
            lines = said.strip().split("\n")
            return "refused", f"says {said[-400:]}" if len(lines) != 2 or not lines[0].startswith("tjqa: ") else ""
    return "indexed", ""


def run(root: Path, arguments: list[str]) -> tuple[int | None, str]:
    """The exit code of a command and all that it prints; None when it had to be ended. It starts warm, as a copy of a
    process that has everything imported and no thread: a copy of this one would wait for ever for those of a model."""
    told = root / "told"
    servers = multiprocessing.get_context("forkserver")
    servers.set_forkserver_preload([_command.__module__])
    process = servers.Process(target=_command, args=(told, root / "cache", arguments))
    process.start()
    process.join(DEADLINE)
    if process.exitcode is None:
        process.kill()
        process.join()
        return None, ""
    return process.exitcode, told.read_text("utf-8", "replace")


def _command(told: Path, cache: Path, arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ |= {"HF_HUB_OFFLINE": "1", "XDG_CACHE_HOME": str(cache)}
    with told.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.stdout, sys.stderr = open(1, "w", encoding="utf-8", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
    sys.exit(main_of_tjqa(arguments))


def attack(
    root: Path, cases: int, draw: random.Random, sound: Path = MODEL, told: Callable[[str], None] = lambda line: None
) -> Outcome:
    """So many folders, each with a fault; every fault in turn. `told` hears of each at once, as a run is long."""
    documents = root / "资料"
    documents.mkdir(parents=True)
    (documents / "报告.txt").write_text(REPORT, "utf-8")
    PLAIN.cut("热身")
    outcome = Outcome()
    faults = sorted(FAULTS)
    draw.shuffle(faults)
    for number in range(cases):
        fault = faults[number % len(faults)]
        folder = root / "model"
        shutil.copytree(sound, folder)
        spoil(folder, fault, draw)
        began = time.monotonic()
        end, wrong = tried(folder, root)
        told(f"{number + 1:5} {time.monotonic() - began:6.1f} s  {end:8} {fault}{f'  BAD {wrong!r}' if wrong else ''}")
        outcome.tries[end] += 1
        if wrong:
            outcome.bad.append(f"{fault}: {wrong}")
        shutil.rmtree(folder)
    return outcome


def main() -> int:
    """Attack with the shipped model, spoilt; exit code 1 when anything is bad."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=240)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        outcome = attack(Path(root), options.cases, random.Random(options.seed), told=partial(print, flush=True))
    print(f"{outcome.tries.total()} tries, {len(outcome.bad)} bad: {dict(outcome.tries)}")
    for line in outcome.bad:
        print(f"BAD {line!r}")
    return 1 if outcome.bad else 0


if __name__ == "__main__":
    sys.exit(main())
