"""Model folders that are damaged or made to do harm: each fault ends in a ModelError with a next step."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.attacks.model_folders import FAULTS, spoil
from tests.support.helpers import MODEL
from tjqa.encoders.loading import load_encoder
from tjqa.encoders.static import StaticEncoder
from tjqa.encoders.tokenizer_rules import check_tokenizer
from tjqa.errors import ModelError


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_no_fault_escapes(fault: str, tmp_path: Path) -> None:
    """Whatever is wrong with the folder, before anything of it is handed to a library or apart: one sentence."""
    folder = Path(shutil.copytree(MODEL, tmp_path / "model"))
    spoil(folder, fault, random.Random(0))
    try:
        load_encoder(str(folder), tmp_path).encode(["全市生产总值"])
    except ModelError as error:
        assert error.what and error.hint and "\n" not in error.what


def test_padding_and_truncation_change_no_vector(tmp_path: Path) -> None:
    """A tokenizer that fills texts up, or cuts them off, is asked for the tokens of the text alone."""
    folder = Path(shutil.copytree(MODEL, tmp_path / "model"))
    expected = StaticEncoder(folder).encode(["全市生产总值是多少"])
    for fault in ("tokenizer pads", "tokenizer cuts"):
        spoil(folder, fault, random.Random(0))
        assert (load_encoder(str(folder), tmp_path).encode(["全市生产总值是多少"]) == expected).all()


def test_the_shipped_tokenizer_keeps_the_rules(tmp_path: Path) -> None:
    """What holds for foreign models holds for our own, which is not tried."""
    check_tokenizer(MODEL / "tokenizer.json", only_classes=True)
