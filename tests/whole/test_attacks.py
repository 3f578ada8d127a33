"""What an attacker would try, a few hundred times; `python -m tests.attacks.NAME` tries thousands."""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import sys
from pathlib import Path

import pytest

from tests.attacks import edited_indexes, hostile_documents
from tests.attacks.forgeries import answers_of, attack, cut_numbers, write_documents
from tests.attacks.model_folders import attack as attack_models
from tests.support.attacking import Enough, Ground, Tally
from tests.support.helpers import FakeEncoder
from tjqa.citations.documents_now import DocumentsNow
from tjqa.config import Settings
from tjqa.engine import build


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_no_forged_export_passes(tmp_path: Path, encoder: FakeEncoder, seed: int) -> None:
    """Every kind of line and field, removed, added, moved, changed; and no genuine export is refused."""
    folder = tmp_path / "资料"
    write_documents(folder)
    place = Settings(folder, tmp_path / "embeddings")
    build(place)
    outcome = attack(answers_of(place), folder, 200, random.Random(seed))
    assert outcome.bad == []
    assert outcome.tries.total() > 200


def test_no_cut_number_passes(tmp_path: Path, encoder: FakeEncoder) -> None:
    """A number, a range, a code, a cell in quotation marks, one over two lines; and what is whole is not refused."""
    folder = tmp_path / "资料"
    write_documents(folder)
    place = Settings(folder, tmp_path / "embeddings")
    build(place)
    answer = next(one for one in answers_of(place) if one.best)
    outcome = cut_numbers(answer, DocumentsNow(folder))
    assert outcome.bad == []
    assert outcome.tries.total() > 60


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory, pipes and devices")
def test_no_model_folder_does_harm(tmp_path: Path, model: Path) -> None:
    """A folder with a fault of weights, tokenizer or modules ends in one sentence, or in an index that can be asked."""
    outcome = attack_models(tmp_path, 6, random.Random(0), model)
    assert outcome.bad == []
    assert outcome.tries.total() == 6


@pytest.mark.slow
def test_no_hostile_document_costs_another(tmp_path: Path, encoder: FakeEncoder) -> None:
    """Bombs, depth, lies, huge numbers, texts that some step might take the square of: each beside a good document."""
    outcome = hostile_documents.attack(tmp_path, 3000, every=12)
    assert outcome.bad == []
    assert outcome.tries >= 14
    assert len(hostile_documents.hostile()) >= 110


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(os.name == "nt", reason="pipes, devices and limits have no names there")
@pytest.mark.parametrize("kind", edited_indexes.KINDS)
def test_no_edited_index_is_believed(tmp_path: Path, model: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields, arrays, vectors, names and files that are none, with hashes made to fit: told, or answered rightly."""
    monkeypatch.setenv("TJQA_FAST", "1")  # of commands; what the app does with the index goes by way of the reader
    cases = {"exact": 12, "coded": 4}[kind]  # two of every part that is edited
    outcome = edited_indexes.attack(tmp_path.resolve(), kind, cases, random.Random(3))
    assert outcome.bad == []
    assert outcome.tries.total() == cases


# How many tries there are: all tests together have twenty minutes. By command the scripts make hundreds, and with the
# models that read context, which here only the attack on them does: without them a command takes half as long.
SCRIPTS = {
    "deepening_and_edits": 3,
    "disk_and_writers": 16,
    "killed_builds": 4,
    "milvus_filters": 30,
    "names_and_streams": 9,
    "rule_files": 6,
    "terminals": 6,
    "web_door": 300,
}


@pytest.mark.slow
@pytest.mark.timeout(900)  # the real program many times over, on a machine that may be busy
@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals, signals and links")
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_short_round_of_each_attack(model: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing gets through; what the system does not allow to be tried is left out and said."""
    monkeypatch.setattr(Ground, "plain", name != "deepening_and_edits")
    monkeypatch.setattr(Ground, "warm", True)
    if name == "web_door":
        pytest.importorskip("textual_serve")
    if name == "milvus_filters":
        pytest.importorskip("pymilvus")
        pytest.importorskip("milvus_lite.server_manager")
    # Cut short in the middle its writers would go on, and its clocks stay moved.
    tally = Tally(most=0 if name == "disk_and_writers" else SCRIPTS[name])
    with contextlib.suppress(Enough):
        importlib.import_module(f"tests.attacks.{name}").attack(tmp_path / "attack", tally, 0, 0)
    assert tally.bad == []
    assert tally.tries.total() >= SCRIPTS[name]
