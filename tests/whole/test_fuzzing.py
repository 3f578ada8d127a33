"""Broken documents and indexes at random: read truly, or refused with a message. `python -m tests.benchmarks.fuzz`
does many more."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fuzzing import WHOLE, bent, check_document
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.errors import IndexUnusable
from tjqa.index.generations import live_generation
from tjqa.index.local import open_index
from tjqa.index.versions import VERSIONS
from tjqa.ingest.readers import PLAIN, READERS, SUFFIXES

pytestmark = pytest.mark.slow

FEW = settings(  # each takes several files or exports
    max_examples=settings().max_examples * 3 // 5, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_whole_documents_are_read() -> None:
    """Before anything is bent, every format is read."""
    assert {name: check_document(name, raw) for name, raw in WHOLE.items()} == dict.fromkeys(WHOLE, "read")


def test_every_format_is_bent() -> None:
    """Each reader, and plain text, has a whole document that broken ones are made of."""
    suffixes = {PurePath(name).suffix for name in WHOLE}
    assert {reader for reader, _ in READERS.values()} == {READERS[s][0] for s in suffixes - PLAIN}
    assert suffixes & PLAIN


def test_bent_documents() -> None:
    """A few hundred broken documents of every format."""
    draw = random.Random(20)
    outcomes = [check_document(*bent(draw)) for _ in range(400)]
    assert outcomes.count("read") > 40 and outcomes.count("refused") > 40


@FEW
@given(st.sampled_from(sorted(SUFFIXES)), st.binary(max_size=300))
def test_bytes_of_no_format(suffix: str, raw: bytes) -> None:
    """Whatever lies behind a suffix."""
    check_document(f"甲{suffix}", raw)


SOUP = "<p> </p> <a> </a> <nav> </nav> <td> <br> <pre> </pre> <aside> <footer> </footer> <article> 字。 &nbsp; <ul><li>"


@FEW
@given(st.lists(st.sampled_from([*SOUP.split(), "\n", "词 "]), max_size=60))
def test_tag_soup(tags: list[str]) -> None:
    """Elements opened and closed in any order."""
    check_document("汤.html", "".join(tags).encode())


@FEW
@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_text(text: str, encoding: str) -> None:
    """Any characters in any encoding: the same text comes back, or a message."""
    raw = text.encode(encoding, "ignore")
    check_document("文.txt", raw)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@FEW
@given(data=st.data())
def test_manifests_that_say_anything(library: Settings, data: Any) -> None:
    """Whatever a manifest with the right hash says, the index opens as it was or is refused with the next step."""
    generation, manifest = live_generation(library.index_dir)
    changed = json.loads(json.dumps(manifest))
    place = changed
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [key for key, value in place.items() if isinstance(value, dict)]
        if inner:
            place = place[data.draw(st.sampled_from(sorted(inner)))]
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(VALUES)
    pointer, listing = library.index_dir / "CURRENT", generation / "manifest.json"
    before = pointer.read_bytes(), listing.read_bytes()
    try:
        listing.write_bytes(json.dumps(changed).encode())
        pointer.write_text(f"{generation.name} {hashlib.sha256(listing.read_bytes()).hexdigest()}\n")
        try:
            assert len(open_index(library.index_dir, VERSIONS)) == manifest["passages"]
        except IndexUnusable as error:
            assert error.hint
    finally:
        pointer.write_bytes(before[0])
        listing.write_bytes(before[1])
    assert Engine.open(library).check() == []


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"format": 4}', '{"format": 4, "files": []}', "\ud800"])
def test_manifests_that_are_none(library: Settings, text: str) -> None:
    """JSON of another kind, or none at all, under a right hash."""
    generation, _ = live_generation(library.index_dir)
    raw = text.encode("utf-8", "surrogatepass")
    (generation / "manifest.json").write_bytes(raw)
    (library.index_dir / "CURRENT").write_text(f"{generation.name} {hashlib.sha256(raw).hexdigest()}\n")
    with pytest.raises(IndexUnusable):
        Engine.open(library)
