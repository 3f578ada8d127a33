"""The five real documents: golden spans and metadata, and the share of text and furniture that is kept.

`seeds.json` holds for each seed what cleaning is to find (`articles`, `dropped`) and how people labelled its lines
(`labels`: keep, title, meta, noise, skip). When a rule changes a span on purpose, change the file with it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.cleaning_pages import DATA, SEEDS, kept_positions
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.sources import find_sources, read_source

GOLDEN: dict[str, dict[str, Any]] = json.loads((DATA / "seeds.json").read_text(encoding="utf-8"))
LEAST_TEXT, MOST_NOISE = 0.995, 0.01


def test_the_seeds_are_these_files() -> None:
    """Five documents, byte for byte those the spans were taken from."""
    found = {path.name: read_source(SEEDS, path) for path in find_sources(SEEDS)}
    assert {name: source.sha256 for name, source in found.items()} == {n: g["sha256"] for n, g in GOLDEN.items()}
    assert {source.encoding for source in found.values()} == {"UTF-8"}


@pytest.mark.parametrize("name", GOLDEN)
def test_kept_and_dropped_spans(name: str) -> None:
    """Every article with its metadata and pieces, every dropped span with its reason."""
    golden = GOLDEN[name]
    cleaned = clean(read_source(SEEDS, SEEDS / name))
    fields = ("title", "page_date", "text_date", "publisher", "reporter")
    for article, wanted in zip(cleaned.articles, golden["articles"], strict=True):
        assert {field: getattr(article, field) for field in fields} == {field: wanted[field] for field in fields}
        assert [[piece.span.start, piece.span.end, piece.role] for piece in article.pieces] == wanted["kept"]
    dropped = [[d.span.start, d.span.end, d.reason] for d in cleaned.dropped if d.reason != "空白"]
    assert dropped == golden["dropped"]


def test_text_is_kept_and_furniture_is_not() -> None:
    """Over all labelled lines: at least 99.5 % of the text, at most 1 % of the furniture."""
    counts = {"keep": [0, 0], "noise": [0, 0]}
    for name, golden in GOLDEN.items():
        source = read_source(SEEDS, SEEDS / name)
        kept = kept_positions(clean(source))
        for start, end, label in golden["labels"]:
            if label in counts:
                places = [i for i in range(start, end) if not source.text[i].isspace()]
                counts[label][0] += sum(i in kept for i in places)
                counts[label][1] += len(places)
    assert counts["keep"][1] > 20_000 and counts["noise"][1] > 4_000
    assert counts["keep"][0] / counts["keep"][1] >= LEAST_TEXT
    assert counts["noise"][0] / counts["noise"][1] <= MOST_NOISE


def test_dates_sources_and_bylines_can_be_cited() -> None:
    """Each labelled date, source and byline of the pages with their own stands in a passage."""
    for name in GOLDEN:
        source = read_source(SEEDS, SEEDS / name)
        covered = {i for p in pack(source, clean(source)) for i in range(p.span.start, p.span.end)}
        for start, end, label in GOLDEN[name]["labels"]:
            text = source.text[start:end].strip()
            if label == "meta" and not text.startswith("http"):
                begin = start + source.text[start:end].index(text)
                assert covered.issuperset(range(begin, begin + len(text))), (name, text)


def test_the_report_date_is_not_the_page_date() -> None:
    """The listing's first article is shown under 2025 and speaks of 2019: both are known, the text's own is shown."""
    name = next(name for name in GOLDEN if len(GOLDEN[name]["articles"]) == 10)
    first = clean(read_source(SEEDS, SEEDS / name)).articles[0]
    assert (first.page_date, first.text_date, first.published) == ("2025-07-08", "2019-01-09", "2019-01-09")
