"""embeddings/ranking: examples and weights that the ranking and the decision to answer are fitted with."""

from __future__ import annotations

import ast
import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.ranking.answer_examples import examples
from embeddings.ranking.examples import balanced
from embeddings.ranking.fit import OWN_QUESTIONS, arguments_parser, main
from embeddings.ranking.libraries import (
    Library,
    Probe,
    judge_by_span,
    public_libraries,
    public_sets,
    query_files,
    read_qrels,
    rows_of,
)
from embeddings.ranking.linear import (
    Asked,
    Decision,
    auroc,
    fairest,
    first_right,
    held_out,
    logistic_weights,
    softmax_weights,
    weighted,
)
from embeddings.ranking.near_misses import focus_word, swapped
from tests.support.helpers import ROOT, SEEDS, FakeEncoder
from tjqa.answers.strength import strength
from tjqa.config import Settings
from tjqa.engine import Engine
from tjqa.evaluation import read_questions
from tjqa.retrieval.feature_set import STRENGTH
from tjqa.retrieval.linear_model import PROVENANCE, RANKING, read_tables, weights
from tjqa.text.normalize import fold

GOLD_QUESTIONS = ROOT / "tests" / "data" / "gold" / "questions.jsonl"


@pytest.mark.slow
def test_swapped_questions_ask_for_what_is_not_there(library: Settings, encoder: FakeEncoder) -> None:
    """One thing is exchanged, its subject, place, year or unit, for something that no passage holds; the rest stays."""
    engine = Engine.open(library)
    text = "北京市2021年新增就业多少人?"
    word = focus_word(engine.understand(text))
    assert word in ("新增", "就业")  # what stands by the question word, not the place or the year
    made = list(swapped(engine, text, ["就业", "水库", "航空母舰"], random.Random(1)))
    assert len(made) == 4
    assert made[0] == text.replace(word, "航空母舰")
    assert "北京市" not in made[1] and made[1].endswith("2021年新增就业多少人?")
    assert made[2].startswith("北京市") and made[2].endswith("年新增就业多少人?") and "2021" not in made[2]
    assert made[3].startswith("北京市2021年新增就业多少") and "人?" not in made[3]
    assert list(swapped(engine, "怎么烘干", [], random.Random(1))) == []


def test_fairest_cut() -> None:
    """The cut lies between the classes; where they mix it keeps the share of positives that was asked for."""
    assert fairest([(0.9, True), (0.8, True), (0.2, False), (0.1, False)], 0.9) == pytest.approx(0.5)
    mixed = [(0.1, True), *((0.5 + i / 100, True) for i in range(9)), *((0.3, False) for _ in range(10))]
    assert fairest(mixed, 0.9) == pytest.approx(0.4)
    assert fairest(mixed, 1.0) == pytest.approx(0.2)


def test_area_under_the_curve() -> None:
    """1 when every positive scores higher, 0 when lower, a half without both classes."""
    assert auroc([(3, True), (2, True), (1, False)]) == 1
    assert auroc([(1, True), (2, False), (3, False)]) == 0
    assert auroc([(1, True)]) == 0.5


def test_weights_follow_what_tells_right_from_wrong() -> None:
    """The feature that tells gets the weight, noise next to none."""
    rng = random.Random(3)
    asked = [
        Asked("a", 1.0, False, [{"tells": 1.0, "noise": rng.random()}, {"tells": 0.0, "noise": rng.random()}],
              [True, False], [True, True])
        for _ in range(50)
    ]  # fmt: skip
    fitted = softmax_weights(asked, ["tells", "noise"])
    assert fitted["tells"] > 3 * abs(fitted["noise"]) and first_right(asked, fitted) == 1
    rows = [Decision("a", "", {"tells": float(i % 2), "noise": rng.random()}, bool(i % 2)) for i in range(60)]
    assert logistic_weights(rows, ["tells", "noise"])["tells"] > 1


def test_held_out_rows_are_judged_by_the_others() -> None:
    """What only a question itself teaches does not help it when it is held out; what the others teach does."""
    rows = [
        Decision("a", kind, {"tells": float(i % 2), "own": float(i == 0)}, bool(i % 2) or i == 0, 20.0, str(i))
        for i in range(32)
        for kind in ("own", "own swapped")
    ]
    judged = held_out(rows, ["tells", "own"], "own")
    assert len(judged) == 32
    assert sum((score > 0) != answerable for score, answerable in judged) == 1
    fitted = logistic_weights(rows, ["tells", "own"])
    assert all((weighted(fitted, row.features) > 0) == row.answerable for row in rows)


def test_kinds_of_examples_weigh_alike_however_many() -> None:
    """A kind of examples weighs the same in all, be they two or two hundred."""
    weighed = balanced([Decision("a", kind, {}, True) for kind in ("own", "own", "", *["gone"] * 200)])
    assert weighed[0].weight * 2 == pytest.approx(2400)
    assert weighed[-1].weight * 200 == pytest.approx(1200)


def test_own_questions_quote_the_documents() -> None:
    """The evidence of the questions written for the fit is what stands there in the files, and holds the answers."""
    rows = list(read_questions(OWN_QUESTIONS))
    assert len({row["question"] for row in rows}) == len(rows) > 100
    for row in rows:
        texts = [(SEEDS / e["file"]).read_bytes().decode()[e["start"] : e["end"]] for e in row["evidence"]]
        assert texts == [e["text"] for e in row["evidence"]]
        assert bool(texts) is row["answerable"]
        assert all(any(span in text for text in texts) for span in row["answer_spans"])


def test_the_public_set_is_whole() -> None:
    """The committed set has an answer for every question, and each stands in a passage that is marked as relevant."""
    folder = ROOT / "tests" / "data" / "xquad-zh"
    passages = {row["id"]: fold(row["text"]) for row in rows_of(folder / "corpus.jsonl")}
    relevant = read_qrels(folder / "qrels.tsv")
    answers = {row["id"]: row["answers"] for row in rows_of(folder / "answers.jsonl")}
    for file in query_files(folder):
        for row in rows_of(file):
            texts = [passages[document] for document in relevant[row["id"]]]
            assert any(fold(answer) in text for answer in answers[row["id"]] for text in texts), row


def test_defaults_are_there_in_a_clone() -> None:
    """Without options the fit reads only files that are committed, and has a public set to fit on."""
    options = arguments_parser().parse_args([])
    assert options.output == RANKING
    for path in (options.bench, options.gold, options.own, options.seeds):
        assert path.exists() and path.is_relative_to(ROOT)
    assert any((folder / "answers.jsonl").is_file() for folder in public_sets(options.bench))


def a_fifth(questions: Path, target: Path) -> Path:
    """Every fifth line of a file, in another, for a fit of seconds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = questions.read_text("utf-8").splitlines(keepends=True)
    target.write_text("".join(lines[::5]), "utf-8")
    return target


@pytest.mark.slow
def test_a_fit_from_what_is_committed(model: Path, tmp_path: Path) -> None:
    """A fit writes the tables that the product reads, with what they were fitted on; the weights in use stay."""
    before = {name: dict(weights(name)) for name in read_tables()}
    gold = a_fifth(GOLD_QUESTIONS, tmp_path / "gold" / "questions.jsonl")
    own = a_fifth(OWN_QUESTIONS, tmp_path / "own" / "questions.jsonl")
    output = tmp_path / "ranking.json"
    main([f"--gold={gold}", f"--own={own}", f"--output={output}", f"--work={tmp_path / 'work'}", "--limit=9"])
    fitted = read_tables(output)
    assert {name: table.keys() for name, table in fitted.items()} == {n: t.keys() for n, t in before.items()}
    assert fitted != before and {name: dict(weights(name)) for name in before} == before
    record = json.loads(output.read_text("utf-8"))[PROVENANCE]
    assert {one["name"]: one["questions"] for one in record["sets"]} == {
        "xquad-zh": 9, "xquad-zh.en": 9, "gold": 18, "own": 46,
    }  # fmt: skip
    assert record["sets"][2]["files"]["gold/questions.jsonl"] == hashlib.sha256(gold.read_bytes()).hexdigest()
    assert 0.5 < record["held_out"]["auroc"] <= 1


def test_the_shipped_weights_say_what_they_were_fitted_on() -> None:
    """The files of the record that are committed are those there now; every file has a hash."""
    record = json.loads(RANKING.read_text("utf-8"))[PROVENANCE]
    hashes = {name: digest for one in record["sets"] for name, digest in one["files"].items()}
    assert all(len(digest) == 64 for digest in hashes.values())
    data = ROOT / "tests" / "data"
    committed = {f"seeds/{path.name}": path for path in SEEDS.iterdir()}
    committed |= {f"xquad-zh/{path.name}": path for path in (data / "xquad-zh").iterdir() if path.suffix != ".md"}
    committed |= {"gold/questions.jsonl": data / "gold" / "questions.jsonl", "ranking/questions.jsonl": OWN_QUESTIONS}
    for name, path in committed.items():
        assert hashes[name] == hashlib.sha256(path.read_bytes()).hexdigest(), name


def test_a_set_without_answers_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A set that cannot say what a right answer is does not stop a fit; it is named."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "corpus.jsonl").write_text('{"id": "1", "title": "", "text": "水库"}\n', "utf-8")
    assert list(public_libraries(tmp_path, tmp_path / "work", 5)) == []
    assert "bare" in capsys.readouterr().err


@pytest.mark.slow
def test_what_is_fitted_is_what_the_product_does(seed_library: Settings) -> None:
    """For every fourth committed question on the seeds the hits that the weights are fitted on are the citations of the
    answer, in their order, and the shipped weights are as sure of the features fitted on as the product is of its
    answer, where that is no cell and not set to 0 for speaking of something else."""
    engine = Engine.open(replace(seed_library, fast=True))  # the way is the same with the reader, and much longer
    rows = [row for file in (GOLD_QUESTIONS, OWN_QUESTIONS) for row in read_questions(file)][::4]
    probes = [Probe(row["question"], judge_by_span(row), (), False) for row in rows]  # so that none is made of another
    library = Library("seeds", engine, probes, 1.0, public=False, files={})
    fitted = {
        one.document.partition("/")[2]: strength(table, STRENGTH.row(one.row.features))
        for table, one in examples(library, [library], None)
    }
    assert len(probes) == 80
    judged = 0
    for probe in probes:
        answer = engine.ask(probe.text)
        cited = [(citation.path, citation.span) for citation in answer.citations]
        assert [(hit.passage.path, hit.passage.span) for hit in engine.retrieve(probe.text).contrast] == cited
        if answer.confidence and not answer.cells:
            judged += 1
            assert fitted[probe.text] == pytest.approx(answer.confidence, abs=1e-12)
    assert judged > 50


def test_nothing_private_of_the_product_is_used() -> None:
    """The fit goes the product's own way: it reaches for no name with an underscore of another object."""
    for path in sorted((ROOT / "embeddings" / "ranking").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) != "self":
                assert not node.attr.startswith("_") or node.attr.startswith("__"), f"{path.name}:{node.lineno}"
