"""The papers beside the code are true: links lead somewhere, every field that is written is described."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.helpers import ROOT, Finished, python
from tjqa.citations.export import export
from tjqa.cli.main import main
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.ingest.readers import PLAIN, READERS, SUFFIXES

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "embeddings").rglob("*.md")])
FIELDS = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "output.md").read_text("utf-8")))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(paper: Path) -> None:
    """A link inside the project names a file that is there."""
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", paper.read_text("utf-8"))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (paper.parent / target).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_named_are_there(paper: Path) -> None:
    """A file of the project that a paper names in code marks is there."""
    named = re.findall(r"`((?:tjqa|tests|embeddings|examples|docs)/[\w/.-]+\.\w+)`", paper.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def names(value: Any) -> Iterator[str]:
    """Every key of nested JSON."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


@pytest.mark.parametrize("command", [["ask", "--json", "天津"], ["sources", "--json"], ["passages", "--json"]])
def test_fields_of_commands_are_described(
    command: list[str], seed_library: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """docs/output.md names every field that a command writes."""
    code = main([*command, f"--sources={seed_library.sources}", f"--embeddings={seed_library.embeddings}"])
    shown = Finished(code, *capsys.readouterr())
    assert shown.code == 0
    written = {name for line in shown.out.splitlines() for name in names(json.loads(line))}
    assert written
    assert written <= FIELDS


def test_fields_of_exports_are_described(seed_library: Settings) -> None:
    """docs/output.md names every field of an export."""
    answer = Engine.open(seed_library).ask("国家会展中心二期什么时候投入运营")
    assert answer.best
    record = json.loads(export([answer], "json", date(2024, 5, 1)))
    assert set(names(record)) <= FIELDS
    columns = export([answer], "csv", date(2024, 5, 1)).lstrip("\ufeff").splitlines()[0].split(",")
    assert set(columns) <= FIELDS


def test_the_page_of_the_api_is_up_to_date() -> None:
    """docs/api.md is what the docstrings say now, and tells nothing of the computer it was written on."""
    done = python(".ci/api_page.py", "--check")
    assert done.returncode == 0, "run: python .ci/api_page.py"
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert "`Engine.proof`" in text and "`LookUp.quote`" in text and "0x" not in text and str(ROOT) not in text


def found(name: str) -> bool:
    """Whether `package/module.name` (a part of tjqa) is there: a function, a class, a method, a constant."""
    path, _, names = name.partition(".")
    value: Any = importlib.import_module(f"tjqa.{path.replace('/', '.')}")
    for part in names.split("."):
        if not hasattr(value, part):
            return False
        value = getattr(value, part)
    return True


def test_names_in_the_architecture_are_there() -> None:
    """Every function and class that the map of the code names is where it says, and every constant is written there."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.[A-Za-z_]\w*(?:\.\w+)?)`", text))
    named = {name for name in named if not name.endswith((".py", ".md", ".toml", ".json"))}
    assert len(named) > 40
    assert [name for name in sorted(named) if not found(name)] == []
    sources = "".join(path.read_text("utf-8") for folder in ("tjqa", "tests") for path in (ROOT / folder).rglob("*.py"))
    constants = re.findall(r"`([A-Z_]{4,})`", text)
    assert [name for name in constants if not re.search(rf"\b{name}\b.*=", sources)] == []
    files = re.findall(r"`((?:\w+/)+\w+\.py)`", text)
    assert [name for name in files if not ((ROOT / name).exists() or (ROOT / "tjqa" / name).exists())] == []


@pytest.mark.parametrize("paper", ["README.md", "README.en.md"])
def test_the_first_paragraph_names_every_format(paper: str) -> None:
    """Every plain format and every reader by one of its suffixes; .text and .markdown are names of the same."""
    listed = re.search(r"[(](txt, md[^)]*|txt、md[^)]*)[)]", (ROOT / paper).read_text("utf-8"))
    assert listed is not None
    named = {f".{name}" for name in re.split("[、, ]+", listed[1])}
    assert named >= {".txt", ".md", ".csv"} & PLAIN and named <= SUFFIXES
    assert {READERS[suffix][0] for suffix in named - PLAIN} == {module for module, _ in READERS.values()}
