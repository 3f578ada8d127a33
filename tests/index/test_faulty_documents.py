"""tjqa.index.faulty_documents: an analysis that fails on one document costs no other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.helpers import DOCUMENTS, TEA, FakeEncoder
from tjqa import engine
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.index import analyzer
from tjqa.text.segmenter import Segmenter

BAD = "炸词"


class Fragile(FakeEncoder):
    """An encoder that fails on some texts."""

    fails = BAD

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As ever, or an error of its own."""
        if any(self.fails in text for text in texts):
            raise OverflowError("beyond")
        return super().encode(texts)


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch, library: Settings) -> Fragile:
    """A library with a document that its new encoder fails on, and one more good one."""
    one = Fragile("fragile")
    monkeypatch.setattr(engine, "load_encoder", lambda asked, folder: one)
    monkeypatch.setattr(engine, "model_name", lambda asked, folder: one.name)
    (library.sources / "坏.txt").write_text(f"{TEA}\n{BAD}在这里,谁也编不出它的向量。\n", "utf-8")
    (library.sources / "更好.txt").write_text(TEA.replace("茶", "花"), "utf-8")
    return one


def test_a_document_that_cannot_be_embedded_is_left_out(library: Settings, fragile: Fragile) -> None:
    """It is named with the error; all others are indexed, and it is tried again the next time."""
    done = build(library)
    (left_out,) = done.skipped
    assert left_out.path == "坏.txt"
    assert "OverflowError" in left_out.reason.text()
    assert {summary.path for summary in Engine.open(library).sources()} == {*DOCUMENTS, "更好.txt"}
    fragile.fails = "没有这样的词"
    assert build(library).skipped == ()


def test_a_document_whose_words_cannot_be_cut_is_left_out(
    library: Settings, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for the terms of its passages."""
    real = analyzer.terms

    def failing(text: str, segmenter: Segmenter) -> list[str]:
        if BAD in text:
            raise KeyError("beyond")
        return real(text, segmenter)

    monkeypatch.setattr(analyzer, "terms", failing)
    (library.sources / "坏.txt").write_text(f"{TEA}\n{BAD}在这里,谁也切不开它。\n", "utf-8")
    (left_out,) = build(library).skipped
    assert (left_out.path, "KeyError" in left_out.reason.text()) == ("坏.txt", True)


def test_an_encoder_that_fails_on_anything_is_no_documents_fault(library: Settings, fragile: Fragile) -> None:
    """Its error comes out: no document is blamed for it, and the old index stays."""
    fragile.fails = ""
    with pytest.raises(OverflowError, match="beyond"):
        build(library, rebuild=True)
