"""What an attacker would try, a few hundred times; `python -m tests.attacks.NAME` tries thousands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.attacks.forgeries import answers_of, attack, write_documents
from tests.support.helpers import FakeEncoder
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
    outcome = attack(answers_of(place), folder, 300, random.Random(seed))
    assert outcome.bad == []
    assert outcome.tries.total() > 300
