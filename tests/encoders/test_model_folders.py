"""Model folders that are damaged or made to do harm: each fault ends in a ModelError with a next step."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.attacks.model_folders import JSON, WEIGHTS, spoil
from tests.support.helpers import MODEL
from tjqa.encoders.folders import check_files
from tjqa.encoders.loading import load_encoder
from tjqa.encoders.static import StaticEncoder
from tjqa.encoders.tokenizer_rules import check_tokenizer
from tjqa.errors import ModelError

# Those that are found without handing anything to a library.
FOUND = [
    *(f"{name} {what}" for name in WEIGHTS for what in ("declared", "deep header", "place")),
    *(f"{name} {what}" for name in JSON for what in ("deep", "no text", "cut", "empty", "folder", "pipe", "circle")),
    *(f"tokenizer {what}" for what in ("prepends", "doubles", "replaces", "nests", "never ends", "compiles")),
    *(f"tokenizer {what}" for what in ("numbers oddly", "word long", "is another model", "adds oddly")),
    "many files",
    "deep folders",
]


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices have no path there")
@pytest.mark.parametrize("fault", FOUND)
def test_faults_are_found_before_a_library_sees_them(fault: str, tmp_path: Path) -> None:
    """One sentence and a next step, from measuring and reading alone."""
    folder = Path(shutil.copytree(MODEL, tmp_path / "model"))
    spoil(folder, fault, random.Random(0))
    with pytest.raises(ModelError) as caught:
        check_files(folder)
        check_tokenizer(folder / "tokenizer.json", only_classes=True)
    assert caught.value.what and caught.value.hint and "\n" not in caught.value.what


@pytest.mark.parametrize("value", ["1e999", "-1e999", '"' + "9" * 5000 + '"', '"many"', "[1]"])
def test_numbers_that_are_none_are_refused(value: str, tmp_path: Path) -> None:
    """JSON gives infinities, texts and lists for a number, too."""
    path = tmp_path / "tokenizer.json"
    data = json.loads((MODEL / "tokenizer.json").read_text("utf-8"))
    data["model"]["max_input_chars_per_word"] = "to be put here"
    path.write_text(json.dumps(data).replace('"to be put here"', value), "utf-8")
    with pytest.raises(ModelError):
        check_tokenizer(path, only_classes=True)


@pytest.mark.slow
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
