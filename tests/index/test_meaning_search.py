"""The model that reads context from end to end: deepened, asked, partly deepened, spoilt; with its real weights."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from tests.support.helpers import DOCUMENTS, ENCODER, Finished
from tjqa.cli.check import check
from tjqa.config import Settings
from tjqa.encoders.contextual import ContextualEncoder
from tjqa.engine import Engine, build, deepen
from tjqa.index import backend, meaning_search
from tjqa.index.filters import Filter
from tjqa.index.meanings import MeaningStore
from tjqa.index.passage_texts import embedding_text
from tjqa.retrieval.feature_set import CANDIDATE

pytestmark = pytest.mark.slow

QUESTION = "这座水库能装多少水"


@pytest.fixture(scope="module", autouse=True)
def loaded_once() -> Iterator[None]:
    """All libraries of these tests share the model's weights, which take a second to load."""
    contextual = lru_cache(ContextualEncoder)
    with pytest.MonkeyPatch.context() as patch:
        for module in (backend, meaning_search):
            patch.setattr(module, "ContextualEncoder", contextual)
        yield


@pytest.fixture(scope="module")
def deepened(model: Path, loaded_once: None, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small library, deepened; only copied."""
    if not (ENCODER / "modules.json").is_file():
        pytest.skip("the shipped encoder (embeddings/encoder) is not in this checkout")
    folder = tmp_path_factory.mktemp("deepened")
    place = Settings(folder / "资料", folder / "embeddings")
    for name, raw in DOCUMENTS.items():
        path = place.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Settings, "encoder_dir", ENCODER)
        build(place)
        done = deepen(place)
    assert done is not None and done.embedded == done.passages > 0
    return place


@pytest.fixture
def deep(deepened: Settings, reads_context: Path, place: Settings) -> Settings:
    """A copy of the small library, deepened."""
    shutil.copytree(deepened.embeddings, place.embeddings)
    return place


def test_a_deepened_library_ranks_by_meaning(deep: Settings, reads_context: Path) -> None:
    """The cosines of the questions are those of the model itself; filters hold for its candidates, too."""
    engine = Engine.open(deep)
    assert engine.status().understood == 1
    ranked = engine.retrieve(QUESTION)
    assert ranked.table == "passage_meaning" and "4200万立方米" in ranked.hits[0].passage.text
    encoder = ContextualEncoder(reads_context)
    column = CANDIDATE.column("meaning")
    vectors = encoder.encode([embedding_text(hit.passage) for hit in ranked.hits])
    wanted = vectors @ encoder.encode_questions([ranked.question.text])[0]
    assert np.allclose([hit.features[column] for hit in ranked.hits], wanted, atol=2e-3)
    assert engine.retrieve("How much water does the reservoir hold?").table == "passage_latin_meaning"
    only = engine.retrieve(QUESTION, filters=(Filter("file", "茶叶"),))
    assert {hit.passage.path for hit in only.hits} == {"茶叶.md"}


def test_a_passage_without_a_vector_is_no_worse_off(deep: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file: until it is deepened, every question that meets it is ranked as if nothing was."""
    (deep.sources / "新闻.txt").write_text("石桥水库今年蓄水3900万立方米,能装的水比往年多。", "utf-8")
    build(deep)
    engine = Engine.open(deep)
    assert 0 < (engine.status().understood or 0) < 1
    ranked = engine.retrieve(QUESTION)
    assert ranked.table == "passage"
    with monkeypatch.context() as without:
        without.setattr(Settings, "encoder_dir", None)
        shallow = Engine.open(deep).retrieve(QUESTION)
    assert [(hit.row, hit.score) for hit in ranked.hits] == [(hit.row, hit.score) for hit in shallow.hits]
    done = deepen(deep)
    assert done is not None and done.embedded == 1
    assert Engine.open(deep).retrieve(QUESTION).table == "passage_meaning"


def test_spoilt_vectors_are_not_used(deep: Settings, reads_context: Path) -> None:
    """The library answers without, says how much is understood, and makes them again."""
    name = ContextualEncoder(reads_context).name
    (volume,) = MeaningStore(deep.index_dir, name).volumes
    data = volume.path.read_bytes()
    volume.path.write_bytes(data[:-1] + bytes([data[-1] ^ 255]))
    engine = Engine.open(deep)
    assert engine.status().understood == 0 and engine.retrieve(QUESTION).table == "passage"
    done = deepen(deep)
    assert done is not None and done.damaged == 1 and done.embedded == done.passages
    assert Engine.open(deep).status().understood == 1


@pytest.mark.parametrize("factor", [np.nan, np.inf, 3e4, -7])
def test_vectors_made_to_spoil_cost_no_answer(
    deep: Settings, reads_context: Path, factor: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their hash fits: questions are answered without, `check` tells the file, with --repair it is taken away."""
    store = MeaningStore(deep.index_dir, ContextualEncoder(reads_context).name)
    (volume,) = store.volumes
    rows = volume.vectors.rows(np.arange(len(volume)))
    volume.path.unlink()
    with np.errstate(over="ignore", invalid="ignore"):
        store.add(volume.keys, np.asarray(rows * factor, np.float32))
    engine = Engine.open(deep)
    assert engine.ask("石桥水库的总库容是多少").text == "石桥水库位于白鹭河上游,始建于1958年,总库容4200万立方米。"
    assert engine.retrieve(QUESTION).table == "passage"
    (fault,) = engine.check()
    assert "加深理解" in fault.text()
    assert check(deep) == 1 and check(deep, repair=True) == 0
    assert "全部相符" in capsys.readouterr().err
    done = deepen(deep)
    assert done is not None and done.embedded == done.passages
    assert Engine.open(deep).retrieve(QUESTION).table == "passage_meaning"


def test_half_a_character_is_no_fault_of_the_model(deep: Settings) -> None:
    """Terminals and lines of JSON may pass them on; no model takes them."""
    engine = Engine.open(deep)
    for question in ("\ud800水库多大", "水库\udfff多大", "\udcff\ud83d", "文件:水\ud800库 多大"):
        assert engine.ask(question).question == question


def test_a_library_kept_fast_is_never_deepened(model: Path, reads_context: Path, place: Settings) -> None:
    """With --model fast, remembered by the library; the vectors are those of the default model."""
    build(replace(place, model="fast"))
    assert deepen(place) is None
    engine = Engine.open(place)
    assert engine.status().understood is None and engine.retrieve(QUESTION).table == "passage"
    build(place, rebuild=True)
    assert Engine.open(place).status().understood == 0


def test_the_command_tells_and_leaves_it_out(model: Path, reads_context: Path, tjqa: object) -> None:
    """`tjqa index` deepens after it has said that the index is there; with --fast it ends there."""
    run: object = tjqa
    assert callable(run)
    fast: Finished = run("index", "--fast")
    assert fast.code == 0 and "索引已建立" in fast.err and "加深" not in fast.err
    whole: Finished = run("index")
    assert "没有改动" in whole.err and "已加深理解：新读" in whole.err
    again: Finished = run("index")
    assert again.code == 0 and "加深" not in again.err
