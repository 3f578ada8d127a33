"""One bad document never costs the others: it is named with a reason or read as far as it can be."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.support.formats import as_docx, as_html, as_xlsx
from tests.support.helpers import DOCUMENTS, TEA, Finished
from tjqa.citations.export import export
from tjqa.config import Settings
from tjqa.documents import LONGEST_NAME, CleanedFile, Landmark, Sheet, SourceFile, Span
from tjqa.engine import Engine, build
from tjqa.ingest import pipeline
from tjqa.ingest.readers.base import Extracted, from_json, to_json

HOSTILE = {
    "表名.xlsx": lambda: as_xlsx({"长" * 100_000: [["项目", "数值"], ["甲", 12]]}),
    "标题.docx": lambda: as_docx("# " + "题" * 200_000 + "\n\n" + TEA),
    "标题.html": lambda: as_html(TEA, head='<meta charset="utf-8"><title>' + "长" * 1_000_000 + "</title>"),
    "表头.csv": lambda: ("名" * 100_000 + ",数值\n甲,12\n").encode(),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_monstrous_names_cost_no_other_file(name: str, documents: Path, tjqa: Callable[..., Finished]) -> None:
    """A name of a part without end, beside good documents: all of these are indexed."""
    (documents / name).write_bytes(HOSTILE[name]())
    done = tjqa("index", "--json")
    assert done.code == 0, done.err
    listed = tjqa("sources", "--json").out
    assert all(good in listed for good in DOCUMENTS)
    assert tjqa("passages", "--json").out.count("水库.txt") >= 2


def test_names_of_a_reader_are_bounded() -> None:
    """What comes out of the reading process has names of a length that an index can hold."""
    long = "名" * 100_000
    sent = Extracted("文", "XLSX", landmarks=(Landmark(0, long),), sheets=(Sheet(Span(0, 1), long, 0),))
    found = from_json(to_json(sent))
    assert (found.landmarks[0].name, found.sheets[0].title) == (long[:LONGEST_NAME],) * 2


def test_row_of_a_sheet_with_a_long_name_keeps_its_number() -> None:
    """The name of the sheet is shortened, not the number of the row behind it."""
    from tjqa.ingest.readers import xlsx

    found = xlsx.read(as_xlsx({"长" * 100_000: [["项目", "数值"], ["甲", 12]]}), "甲.xlsx")
    assert found.landmarks[1].name.endswith("长 第 2 行")
    assert all(len(mark.name) <= LONGEST_NAME for mark in found.landmarks)


def test_a_file_our_code_fails_on_is_left_out(
    library: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An error nobody foresaw, in cleaning one file: told with its name, logged, and the others are indexed."""
    clean = pipeline.clean

    def failing(source: SourceFile) -> CleanedFile:
        if source.path == "坏.txt":
            raise OverflowError("beyond")
        return clean(source)

    monkeypatch.setattr(pipeline, "clean", failing)
    (library.sources / "坏.txt").write_text(TEA, "utf-8")
    with caplog.at_level(logging.WARNING, "tjqa.ingest"):
        done = build(library)
    (left_out,) = done.skipped
    assert left_out.path == "坏.txt"
    assert "OverflowError" in left_out.reason.text()
    assert {summary.path for summary in Engine.open(library).sources()} == DOCUMENTS.keys()
    assert "beyond" in caplog.text
    monkeypatch.setattr(pipeline, "clean", clean)
    assert build(library).skipped == ()


def test_a_text_of_too_many_tokens_is_no_error(model: Path) -> None:
    """A count that sixteen bits do not hold: the text is taken as far as they reach."""
    from tjqa.encoders.static import StaticEncoder
    from tjqa.index.tokens import tokenise

    tokens = tokenise([["水库", "水库 大坝 " * 40_000]], StaticEncoder(model))
    assert tokens.lengths.max() == 65_535
    assert len(tokens.ids) == int(tokens.lengths.sum())


def test_a_fault_while_a_document_is_read_again_is_told(
    documents: Path, tjqa: Callable[..., Finished], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`show`, `verify` and `check` say so instead of failing themselves."""
    assert tjqa("index").code == 0
    written = tmp_path / "答案.json"
    answer = Engine.open(Settings(documents, tmp_path / "embeddings")).ask("石桥水库总库容多少")
    written.write_text(export([answer], "json", date(2026, 11, 24)), "utf-8")
    assert tjqa("verify", str(written)).code == 0

    def failing(*_: object) -> CleanedFile:
        raise OverflowError("beyond")

    with (documents / "水利" / "水库.txt").open("ab") as file:
        file.write(b"\r\n")  # what is left out of it is no longer what the index says
    monkeypatch.setattr(pipeline, "clean", failing)
    shown = tjqa("show", "水利/水库.txt:0-5")
    assert shown.code == 3
    assert "tjqa 自己出了错（OverflowError）" in shown.err
    verified = tjqa("verify", str(written))
    assert verified.code == 1
    assert "tjqa 自己出了错（OverflowError）" in verified.out + verified.err
