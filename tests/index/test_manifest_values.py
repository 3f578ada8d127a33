"""An index whose hashes fit and whose values do not: told as damaged, never a traceback, never a file elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import IndexDamaged
from tjqa.index.generations import amend, live_generation, verify
from tjqa.index.local import open_index
from tjqa.index.versions import index_versions


def edited(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest, and make CURRENT fit."""
    generation, manifest = live_generation(folder)
    change(manifest)
    listing = json.dumps(manifest).encode()
    (generation / "manifest.json").write_bytes(listing)
    (folder / "CURRENT").write_text(f"{generation.name} {hashlib.sha256(listing).hexdigest()}\n")


def described(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what is kept of the files, and make the manifest fit."""
    generation, _ = live_generation(folder)
    (path,) = generation.glob("*.sources.json")
    held = json.loads(path.read_bytes())
    change(held)
    data = json.dumps(held).encode()
    path.unlink()
    path.write_bytes(data)
    entry = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    edited(folder, lambda manifest: manifest["files"].update({path.name: entry}))


EDITS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "built a number": lambda m: m.update(built=7),
    "model a list": lambda m: m.update(model=[1]),
    "model name a number": lambda m: m["model"].update(name=7),
    "asked a list": lambda m: m["model"].update(asked=["x"]),
    "dimension without end": lambda m: m["model"].update(dimension=float("inf")),
    "passages without end": lambda m: m.update(passages=float("inf")),
    "parts a number": lambda m: m.update(parts=5),
    "parts of text": lambda m: m.update(parts=["x"]),
    "sources of text": lambda m: m.update(sources=["x"]),
    "source path a number": lambda m: m["sources"][0].update(path=7),
    "source size a text": lambda m: m["sources"][0].update(size="7"),
    "source time a fraction": lambda m: m["sources"][0].update(mtime_ns=0.5),
    "source drop of numbers": lambda m: m["sources"][0].update(drop=[7]),
    "source skipped a number": lambda m: m["sources"][0].update(skipped=7),
    "a file elsewhere": lambda m: m["files"].update({"../../x": {"size": 1, "sha256": "0" * 64}}),
    "an absolute file": lambda m: m["files"].update({"/etc/passwd": {"size": 1, "sha256": "0" * 64}}),
    "an entry of text": lambda m: m["files"].update({"x": "y"}),
    "a size without end": lambda m: m["files"].update({"x": {"size": float("inf"), "sha256": "0" * 64}}),
}


@pytest.mark.parametrize("edit", EDITS)
def test_values_of_a_manifest_are_checked(edit: str, library: Settings) -> None:
    """Each has its type; a file lies in the folder of its generation."""
    edited(library.index_dir, EDITS[edit])
    with pytest.raises(IndexDamaged):
        verify(library.index_dir)
        open_index(library.index_dir, index_versions(()))


SUMMARIES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no summaries": lambda d: d.pop("summaries"),
    "summaries a number": lambda d: d.update(summaries=7),
    "summaries of text": lambda d: d.update(summaries=["x"]),
    "encoding a number": lambda d: d["summaries"][0].update(encoding=7),
    "count a text": lambda d: d["summaries"][0].update(kept="7"),
    "span backwards": lambda d: d["summaries"][0].update(dropped=[{"span": {"start": 9, "end": 1}, "reason": "广告"}]),
    "articles a number": lambda d: d["summaries"][0].update(articles=7),
    "article title a number": lambda d: d["summaries"][0].update(articles=[[7, None]]),
    "edges of numbers": lambda d: d["summaries"][0].update(edges=[7]),
}


@pytest.mark.parametrize("edit", SUMMARIES)
def test_what_is_kept_of_files_is_checked(edit: str, library: Settings) -> None:
    """It is read when it is first asked for; then, too, it is told."""
    described(library.index_dir, SUMMARIES[edit])
    index = open_index(library.index_dir, index_versions(()))
    with pytest.raises(IndexDamaged):
        index.summaries()


def test_nothing_outside_an_index_is_touched(library: Settings) -> None:
    """A name that leads elsewhere is refused before files are linked or removed by it."""
    elsewhere = library.embeddings / "x"
    elsewhere.write_text("bleibt")
    entry = {"size": 6, "sha256": hashlib.sha256(b"bleibt").hexdigest()}
    edited(library.index_dir, lambda manifest: manifest["files"].update({"../../x": entry}))
    with pytest.raises(IndexDamaged):
        amend(library.index_dir, {})
    assert elsewhere.read_text() == "bleibt"


@pytest.mark.parametrize("moment", [-(2**31), 2**33, 15_032_385_535, 2**34])
def test_a_file_of_a_far_time_costs_no_index(library: Settings, moment: int) -> None:
    """Beyond what 64 bits hold of nanoseconds: some file systems have such times."""
    path = library.sources / "报告.txt"
    os.utime(path, (moment, moment))
    build(library)
    assert Engine.open(library).ask("石桥水库的总库容是多少").citations
    assert Engine.open(library).check() == []
