"""Documents of others, made small: every one keeps what was once read wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.made import Made, pages, sheets, texts, web, word
from tjqa.documents import Passage
from tjqa.ingest.chunking import pack
from tjqa.ingest.pipeline import cleaned
from tjqa.ingest.sources import read_source
from tjqa.text.normalize import squeeze

FAMILIES = {"docx": word, "pdf": pages, "html": web, "text": texts, "table": sheets}
CASES = [
    pytest.param(case, id=f"{family}: {case.fault}") for family, module in FAMILIES.items() for case in module.CASES
]


def told(passage: Passage) -> tuple[str, str]:
    """Its path and its text, blanks aside."""
    return squeeze(passage.section), squeeze(passage.text)


@pytest.mark.parametrize("case", CASES)
def test_what_went_wrong_stays_mended(case: Made, tmp_path: Path) -> None:
    """Title, day, the passages that must be there with their paths, and what no passage may hold."""
    (tmp_path / case.name).write_bytes(case.raw)
    source = read_source(tmp_path, tmp_path / case.name)
    document = cleaned(source)
    if case.title is not None:
        assert squeeze(document.articles[0].title) == squeeze(case.title)
    if case.day != "":
        assert document.articles[0].published == case.day
    passages = [told(passage) for passage in pack(source, document)]
    for path, text in case.says:
        wanted = squeeze(path), squeeze(text)
        assert any(wanted[0] in section and wanted[1] in said for section, said in passages), passages
    for piece in case.never:
        assert not any(squeeze(piece) in said for _, said in passages), passages


def test_a_dozen_for_each_family() -> None:
    """No family is covered by a few of its documents."""
    assert all(len(module.CASES) >= 12 for module in FAMILIES.values())
