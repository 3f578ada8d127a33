"""embeddings/ranking: the numbers that steer the product are found, moved, measured and put back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings.ranking.measures import Measure, cleaning
from embeddings.ranking.sweep import append, results, selected, sweep, table
from embeddings.ranking.tunables import Tunable, moved, tunables
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.index import parameters
from tjqa.index.postings import term_key

QUESTION = "新增就业多少人"


def k1() -> Tunable:
    """The number k1 of BM25, found among the others."""
    return next(one for one in tunables() if one.name == "K1")


def scores(library: Settings) -> list[float]:
    """The score of each passage found, of which words are a part, by an engine opened now."""
    return [hit.score for hit in Engine.open(library).retrieve(QUESTION).hits]


def test_numbers_are_found_by_themselves() -> None:
    """Every number of a parameters module is found with its package, and nothing else of it."""
    found = tunables()
    assert k1() == Tunable("tjqa.index.parameters", "K1", parameters.K1) and k1().package == "index"
    assert len({(one.module, one.name) for one in found}) == len(found)
    assert all(isinstance(one.value, int | float) and one.module.endswith(".parameters") for one in found)


def test_values_around() -> None:
    """Small whole numbers are moved by one, others by shares; whole numbers stay whole and shares stay shares."""
    assert Tunable("a.b.parameters", "N", 3).values_around() == [2, 3, 4]
    assert Tunable("a.b.parameters", "N", 0).values_around() == [0, 1]
    assert Tunable("a.b.parameters", "N", 40).values_around() == [20, 30, 40, 50, 60]
    assert Tunable("a.b.parameters", "N", 40).values_around(quick=True) == [20, 40, 60]
    assert Tunable("a.b.parameters", "N", 0.9).values_around() == [0.45, 0.675, 0.9, 1.0]
    assert Tunable("a.b.parameters", "N", 1.2).values_around(quick=True) == [0.6, 1.2, 1.8]


def test_a_number_is_moved_and_put_back(library: Settings, encoder: FakeEncoder) -> None:
    """In the block the product works with the other value, after it with its own, even when the block fails."""
    before, own = scores(library), parameters.K1
    term_key("水库")
    with moved(k1(), 0.1):
        assert term_key.cache_info().currsize == 0  # nothing remembered from before
        changed = scores(library)
    with pytest.raises(ZeroDivisionError), moved(k1(), 5.0):
        raise ZeroDivisionError
    assert changed != before and scores(library) == before and own == parameters.K1


def measure_of(library: Settings, work: Path) -> Measure:
    """One question about the tiny library, and a public set of two documents."""
    folder = work / "small"
    folder.mkdir(parents=True)
    corpus = [
        {"id": "d1", "title": "", "text": "水库总库容三百万立方米。"},
        {"id": "d2", "title": "", "text": "茶叶的采摘。"},
    ]
    for name, rows in (("corpus", corpus), ("queries", [{"id": "q1", "text": "水库总库容是多少"}])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n", "utf-8")
    question = {"question": QUESTION, "evidence": [{"file": "没有.txt", "start": 0, "end": 5}], "answer_spans": ["一"]}
    return Measure(library.sources, [question], [folder], work)


@pytest.mark.slow
def test_a_sweep_goes_on_where_it_was(
    library: Settings, encoder: FakeEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each value is measured once, with the number moved; a second run measures only what is missing."""
    measure, output = measure_of(library, tmp_path / "work"), tmp_path / "sweep.jsonl"
    asked: list[float] = []
    figures = Measure.figures
    monkeypatch.setattr(Measure, "figures", lambda self, package: asked.append(parameters.K1) or figures(self, package))
    sweep([k1()], measure, output, "run", quick=True)
    assert asked == [0.6, 1.2, 1.8]
    found = results(output, "run")
    assert found["tjqa.index.parameters", "K1", 1.2]["small nDCG@10"] == 1
    whole = output.read_text("utf-8")
    output.write_text(whole[: whole.rindex("{") - 30], "utf-8")  # stopped in the middle of the last line
    sweep([k1()], measure, output, "run", quick=True)
    assert asked == [0.6, 1.2, 1.8, 1.8] and results(output, "run") == found
    assert results(output, "another run") == {}


@pytest.mark.slow
def test_the_same_passages_are_asked_once(library: Settings, encoder: FakeEncoder, tmp_path: Path) -> None:
    """A number of ingest that leaves the passages as they were is not asked about again; one that moves them is."""
    measure = measure_of(library, tmp_path / "work")
    first = measure.figures("ingest")
    assert measure.figures("ingest") == first and len(measure._of_passages) == 2
    with moved(next(one for one in tunables() if one.name == "TARGET_PASSAGE"), 1):
        measure.figures("ingest")
    assert len(measure._of_passages) > 2


def test_the_table_shows_what_moves(tmp_path: Path) -> None:
    """A figure that never changes is left out, the value in use is marked, a refused value is named."""
    one, still = Tunable("a.b.parameters", "N", 2), Tunable("a.b.parameters", "M", 2)
    for name in "NM":
        for value in (1, 2, 3):
            figures = {"recall": 0.5 + value / 10 if name == "N" else 0.5, "same": 1.0}
            figures = {} if (name, value) == ("N", 3) else figures
            row = {"run": "r", "module": "a.b.parameters", "name": name, "value": value, "figures": figures}
            append(tmp_path / "out", row)
    lines = table([one, still], results(tmp_path / "out", "r")).splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["a.b.parameters.N"], ["1", "recall", "0.6000"], ["2*", "recall", "0.7000"], ["3", "refused"],
    ]  # fmt: skip
    assert lines[4] == "a.b.parameters.M  moves nothing"


def test_numbers_are_chosen_by_name_or_package() -> None:
    """--only takes both, and says what there is when a name is unknown."""
    found = tunables()
    assert [one.name for one in selected(found, ["K1"])] == ["K1"]
    assert {one.package for one in selected(found, ["index"])} == {"index"}
    with pytest.raises(SystemExit, match="K1"):
        selected(found, ["KX"])


def test_cleaning_is_measured_on_the_labelled_pages() -> None:
    """Nearly all text of the labelled pages is kept, and little of their furniture."""
    figures = cleaning()
    assert figures["body_recall"] > 0.95 and figures["noise_kept"] < 0.1
