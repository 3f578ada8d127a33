"""tjqa.index.local: passages, words and vectors that agree, or no index."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.helpers import PLAIN, FakeEncoder, data_file
from tjqa.documents import Passage, Span, context
from tjqa.errors import Cancelled, IndexDamaged, IndexMissing, IndexOutdated
from tjqa.index.generations import live_generation
from tjqa.index.local import LocalIndex, open_index
from tjqa.index.partitioning import FileContents
from tjqa.index.passage_texts import embedding_text
from tjqa.index.workers import Processes
from tjqa.index.writer import Contents, write_index
from tjqa.reports import SourceState, SourceSummary

VERSIONS = {"terms": 1}


def passage(number: int, text: str, **fields: Any) -> Passage:
    """A passage of a file nobody reads here."""
    return Passage(
        "甲.txt",
        "0" * 64,
        Span(number * 100, number * 100 + len(text)),
        text,
        "body",
        fields.pop("title", "标题"),
        **fields,
    )


def contents(*texts: str, **changes: Any) -> Contents:
    """Contents of one file with a passage a text."""
    passages = [passage(number, text) for number, text in enumerate(texts)]
    sha256 = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    state = SourceState("甲.txt", sha256, 10, 20)
    summary = SourceSummary("甲.txt", sha256, "UTF-8", 10, 10, (), (("标题", None),), len(texts))
    file = FileContents(state, summary, lambda: passages)
    return Contents([file], changes.get("versions", VERSIONS), PLAIN, built="2024-01-01T00:00:00+08:00")


TEXTS = ("新增就业3215人。", "水库总库容4200万立方米。", "采摘标准是一芽一叶。\u2028\U0001f375")


def build(folder: Path, *texts: str, old: LocalIndex | None = None) -> tuple[LocalIndex, FakeEncoder, int]:
    """Write an index of texts and open it."""
    encoder = FakeEncoder()
    anew = write_index(folder, contents(*texts), encoder, Processes(), old)
    return open_index(folder, VERSIONS), encoder, anew


def rows_of(index: LocalIndex) -> NDArray[np.float32]:
    """The vectors of an index with one segment."""
    (segment,) = index.segments
    assert segment.vectors is not None
    return segment.vectors.rows(np.arange(len(segment)))


def test_opened_index_holds_what_was_written(tmp_path: Path) -> None:
    """Passages, states, summaries and vectors come back row by row."""
    index, encoder, anew = build(tmp_path, *TEXTS)
    written = contents(*TEXTS)
    assert (len(index), anew, index.model) == (3, 3, encoder.name)
    (file,) = written.files
    assert list(index.passages()) == file.passages()
    assert index.sources == (file.state,)
    assert index.summaries() == (file.summary,)
    assert (index.summary("甲.txt"), index.summary("0.txt"), index.summary("乙.txt")) == (file.summary, None, None)
    expected = encoder.encode([embedding_text(p) for p in file.passages()])
    np.testing.assert_allclose(rows_of(index), expected, atol=1e-3)


def test_rows_of_words_vectors_and_passages_are_the_same(tmp_path: Path) -> None:
    """The word leg and the vector leg name the row whose passage holds the text."""
    index, encoder, _ = build(tmp_path, *TEXTS)
    for row, text in enumerate(TEXTS):
        assert index.passage(row).text == text
        assert int(index.lexical.scores(["水库"]).argmax()) == 1
        query = encoder.encode([embedding_text(index.passage(row))])[0]
        assert index.nearest(encoder, query, 1)[1].tolist() == [row]


def test_same_contents_same_bytes(tmp_path: Path) -> None:
    """Built twice, every data file is byte for byte the same."""
    for name in ("a", "b"):
        build(tmp_path / name, *TEXTS)
    first, second = (live_generation(tmp_path / name) for name in ("a", "b"))
    assert first[1]["files"] == second[1]["files"]
    lines = [data_file(generation, "passages.jsonl").read_bytes() for generation, _ in (first, second)]
    assert lines[0] == lines[1] != b""


def test_only_new_texts_are_embedded(tmp_path: Path) -> None:
    """Vectors of unchanged texts are taken over, wherever they stand now, and equal those made anew."""
    old, _, _ = build(tmp_path, *TEXTS)
    changed = ("新来的一段。", TEXTS[2], TEXTS[0])
    index, encoder, anew = build(tmp_path, *changed, old=old)
    assert anew == 1
    assert encoder.encoded == [embedding_text(passage(0, "新来的一段。"))]
    fresh, _, _ = build(tmp_path / "fresh", *changed)
    np.testing.assert_array_equal(rows_of(index), rows_of(fresh))


def test_vectors_of_another_model_are_not_reused(tmp_path: Path) -> None:
    """A new model embeds everything again."""
    old, _, _ = build(tmp_path, *TEXTS)
    other = FakeEncoder("other", 16)
    assert write_index(tmp_path, contents(*TEXTS), other, Processes(), old) == 3
    assert open_index(tmp_path, VERSIONS).dimension == 16


def test_stopping_leaves_the_old_index(tmp_path: Path) -> None:
    """A build stopped while embedding writes nothing."""
    build(tmp_path, *TEXTS)

    def stop(done: int) -> None:
        raise Cancelled("build_cancelled")

    with pytest.raises(Cancelled):
        write_index(tmp_path, contents("别的。"), FakeEncoder(), Processes(), report=stop)
    assert len(open_index(tmp_path, VERSIONS)) == 3


def test_context_says_what_a_passage_is_about() -> None:
    """Title, section, publisher and date are searched with the text; title and section are embedded with it."""
    one = passage(0, "增长5%。", title="年报", section="财政", publisher="县政府", page_date="2022-01-18")
    assert context(one) == "年报 财政 县政府 2022-01-18"
    assert embedding_text(one) == "年报 财政\n增长5%。"


def test_missing_and_outdated(tmp_path: Path) -> None:
    """No index, and one made by another cleaner, are told apart."""
    with pytest.raises(IndexMissing):
        open_index(tmp_path, VERSIONS)
    build(tmp_path, *TEXTS)
    with pytest.raises(IndexOutdated, match="tjqa index"):
        open_index(tmp_path, {"terms": 2})


def test_any_damage_to_any_file_is_refused(tmp_path: Path) -> None:
    """Truncated, flipped in many places, or missing: no file is read as if it were whole."""
    build(tmp_path, *TEXTS)
    generation, manifest = live_generation(tmp_path)
    files = sorted(generation.iterdir())
    assert {path.name for path in files} == {*manifest["files"], "manifest.json"}
    for path in files:
        raw = path.read_bytes()
        places = range(0, len(raw), max(1, len(raw) // 40))
        flipped = [raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :] for at in places]
        for wrong in [raw[: len(raw) // 2], raw + b"\0", *flipped]:
            path.write_bytes(wrong)
            with pytest.raises(IndexDamaged, match="--rebuild"):
                open_index(tmp_path, VERSIONS)
        path.unlink()
        with pytest.raises(IndexDamaged, match="--rebuild"):
            open_index(tmp_path, VERSIONS)
        path.write_bytes(raw)
        assert len(open_index(tmp_path, VERSIONS)) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"passages": 2},
        {"passages": "many"},
        {"passages": None},
        {"model": {}},
        {"model": "m"},
        {"model": {"dimension": 64}},
        {"model": {"dimension": 32, "name": "pairs"}},
        {"sources": [{}]},
        {"sources": 5},
        {"files": {}},
        {"parts": []},
        {"parts": [{"name": "x", "first": "甲.txt", "passages": 3}]},
        {"parts": 3},
    ],
)
def test_manifest_that_disagrees_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    """Counts, model and sources that do not fit the files end in a message, whatever wrote them."""
    build(tmp_path, *TEXTS)
    generation, manifest = live_generation(tmp_path)
    listing = json.dumps({**manifest, **change}).encode()
    (generation / "manifest.json").write_bytes(listing)
    (tmp_path / "CURRENT").write_text(f"{generation.name} {hashlib.sha256(listing).hexdigest()}\n")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        open_index(tmp_path, VERSIONS)
