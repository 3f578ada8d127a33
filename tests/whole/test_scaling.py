"""The scale benchmark: its corpora are what they say, its clocks and tables tell what happened."""

from __future__ import annotations

import json
import lzma
import random
import sys
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.scaling import corpus, peers, sentences, stages
from tests.benchmarks.scaling.against import Peers, scale_row
from tests.benchmarks.scaling.asking import must_agree, recall
from tests.benchmarks.scaling.dump import dump
from tests.benchmarks.scaling.processes import Failed, memory, run
from tests.benchmarks.scaling.sentences import Line
from tests.benchmarks.scaling.stages import STAGES, Timer, milliseconds
from tests.benchmarks.scaling.table import table
from tests.support.helpers import FakeEncoder
from tjqa.config import Settings
from tjqa.engine import Engine, build

pytestmark = pytest.mark.slow

SIZE = 150


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    """A small corpus of made sentences."""
    return corpus.prepare(tmp_path_factory.mktemp("made"), SIZE, questions=20)


def pairs(folder: Path, name: str, rows: list[tuple[str, str, str]]) -> None:
    """A file of training pairs: kind, first and second side."""
    with lzma.open(folder / f"{name}-00.jsonl.xz", "wt", encoding="utf-8") as handle:
        for kind, a, b in rows:
            handle.write(json.dumps({"src": name, "kind": kind, "a": a, "b": b}) + "\n")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_seed_writes_the_same_corpus(made: corpus.Corpus, tmp_path: Path) -> None:
    """Figures of two runs are about the same documents and questions; another seed gives others."""
    corpus.prepare(tmp_path / "same", SIZE, questions=20)
    corpus.prepare(tmp_path / "other", SIZE, questions=20, seed=1)
    assert contents(tmp_path / "same") == contents(made.sources.parent)
    assert contents(tmp_path / "other" / "sources") != contents(made.sources)


def test_a_finished_corpus_is_kept_and_another_is_never_overwritten(tmp_path: Path) -> None:
    """A second run takes what is there; other wishes for the same folder are refused."""
    first = corpus.prepare(tmp_path / "c", 30, questions=3)
    (first.sources / "报告" / "00001.txt").write_text("改过", "utf-8")
    corpus.prepare(tmp_path / "c", 30, questions=3)
    assert (first.sources / "报告" / "00001.txt").read_text("utf-8") == "改过"
    with pytest.raises(SystemExit, match="another corpus"):
        corpus.prepare(tmp_path / "c", 31, questions=3)


def test_every_question_is_answered_by_one_paragraph_of_its_file(made: corpus.Corpus) -> None:
    """The sentence asked about stands whole in a paragraph, and the question is made of its words."""
    asked = corpus.read_questions(made.questions)
    assert len(asked) == 20
    for one in asked:
        paragraphs = (made.sources / one.file).read_text("utf-8").split("\n\n")
        assert sum(one.evidence in paragraph for paragraph in paragraphs) == 1
        words = [word for word in corpus.content_words(one.evidence) if word in one.question]
        assert len(words) >= corpus.WORDS[0]
        assert one.question.endswith("\uff1f")


def test_files_are_dated_reports_of_some_dozens_of_paragraphs(made: corpus.Corpus) -> None:
    """Title, date, 20 to 50 paragraphs; only the last file may be shorter."""
    files = sorted(made.sources.rglob("*.txt"))
    sizes = []
    for path in files:
        title, date, *paragraphs = path.read_text("utf-8").rstrip("\n").split("\n\n")
        assert 4 < len(title) <= 60 and date.endswith("日")
        assert all(corpus.PARAGRAPH <= len(paragraph) < 400 for paragraph in paragraphs)
        sizes.append(len(paragraphs))
    assert all(corpus.FILE[0] <= size <= corpus.FILE[1] for size in sizes[:-1])


def test_the_index_of_a_corpus_has_about_the_size_asked_for(
    made: corpus.Corpus, encoder: FakeEncoder, tmp_path: Path
) -> None:
    """`size` counts passages as tjqa packs them, within a tenth."""
    report = build(Settings(made.sources, tmp_path / "embeddings"))
    assert abs(report.passages - SIZE) <= 0.1 * SIZE


def test_folders_stay_small() -> None:
    """The thousandth file begins another folder, so that none of a million passages holds thirty thousand files."""
    counts: dict[str, int] = {}
    names = [corpus._name("新闻", counts) for _ in range(2001)]
    assert names[0] == "新闻/00001.txt" and names[998] == "新闻/00999.txt"
    assert (names[999], names[2000]) == ("新闻/001/01000.txt", "新闻/002/02001.txt")


def test_real_sentences_come_whole_and_once(tmp_path: Path) -> None:
    """A rest without an end, a repeated passage and pairs that are not running text are left out."""
    text = "全县新建农村公路六十四公里,改造小区十七个。县医院住院楼已经完成封顶!教育事业稳步发展,新建幼"
    pairs(
        tmp_path,
        "xwlb",
        [("title-passage", "年度报告", text), ("ict", "一句", text), ("q-a", "问", "不应当出现的一句话。")],
    )
    pairs(tmp_path, "classical", [("adjacent", "古", "古文不属于这里的语料范围。")])
    found = list(sentences.real(tmp_path))
    assert [line.text for line in found] == [
        "全县新建农村公路六十四公里\uff0c改造小区十七个。",
        "县医院住院楼已经完成封顶\uff01",
    ]
    assert {(line.folder, line.title) for line in found} == {("新闻", "年度报告")}


def test_a_folder_without_pairs_is_told(tmp_path: Path) -> None:
    """A wrong --train ends with its name, not with an empty corpus."""
    with pytest.raises(SystemExit, match="xwlb"):
        list(sentences.real(tmp_path))


def test_sentences_go_on_with_other_figures(tmp_path: Path) -> None:
    """After the end the same sentences come again; figures keep their length, years stay years, words stay."""
    lines = [Line("新闻", "题", "2021年新增就业3215人。"), Line("法规", "", "本条例自公布之日起施行。")]
    found = list(islice(sentences.endless(lines, random.Random(0), tmp_path), 40))
    assert found[:2] == lines
    again = {line.text for line in found[2:] if line.folder == "新闻"}
    assert len(again) > 5
    for text in again:
        year, _, rest = text.partition("年新增就业")
        assert 2008 <= int(year) <= 2026 and 1000 <= int(rest.removesuffix("人。")) <= 9999
    assert {line.text for line in found[2:] if line.folder == "法规"} == {lines[1].text}


def test_made_sentences_do_not_repeat_and_bring_new_names() -> None:
    """The vocabulary grows with the corpus, as it does in real text."""
    lines = [line.text for line in islice(sentences.made(random.Random(0)), 2000)]
    assert len(set(lines)) > 1990
    assert len({text[:4] for text in lines[1000:]} - {text[:4] for text in lines[:1000]}) > 100


def test_stages_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage within another is counted once, and what no stage does is the rest."""
    clock = [0.0]
    monkeypatch.setattr(stages.time, "perf_counter", lambda: clock[0])

    def spend(seconds: float) -> None:
        clock[0] += seconds

    timer = Timer()
    inner = timer.around("inner", lambda: spend(5))
    timer.around("outer", lambda: (spend(2), inner(), spend(1), inner()), keep=True)()
    timer.next_question(20)
    assert timer.history == [{"inner": 10, "outer": 3, "rest": 7}]
    assert len(timer.seen) == 1


def test_every_stage_is_found_in_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that was renamed is told by name; at present there is none."""
    timer = Timer()
    for names in STAGES.values():
        for name in names:
            module, _, path = name.partition(":")
            monkeypatch.setattr(f"{module}.{path}", _attribute(module, path))  # put back after this test
    timer.install({**STAGES, "gone": ("tjqa.engine:no_such_function",)})
    assert timer.missing == ["tjqa.engine:no_such_function"]


def _attribute(module: str, path: str) -> object:
    found: object = sys.modules[module]
    for part in path.split("."):
        found = getattr(found, part)
    return found


def test_percentiles_are_in_milliseconds() -> None:
    """p99 of a hundred times is the worst one."""
    assert milliseconds([0.001] * 99 + [0.5]) == {"p50": 1.0, "p99": 500.0, "mean": 5.99}


def test_a_copy_found_instead_counts_as_found() -> None:
    """Rows whose similarity reaches the tenth best are right, whichever of equal ones they are."""
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 1, 2]]
    query = np.array([1, 0.5, 0, 0], np.float32)
    best = np.array([1, 1], np.float32)
    assert recall(query, np.array([1, 0]), vectors, best) == 1.0
    assert recall(query, np.array([1, 2]), vectors, best) == 0.5


def test_recall_against_other_vectors_is_refused() -> None:
    """Rounding is accepted; a reference that embeds something else ends the run instead of giving a figure."""
    exact = np.array([0.5, 0.4], np.float32)
    must_agree(exact.astype(np.float16).astype(np.float32), exact)
    with pytest.raises(SystemExit, match="different texts"):
        must_agree(exact + np.float32(0.03), exact)


def test_dumped_vectors_are_those_of_the_index(model: Path, documents: Path, tmp_path: Path) -> None:
    """Row by row what the index stores, to half precision: the exact search is asked about the same vectors."""
    place = Settings(documents, tmp_path)
    build(place)
    dump(place, tmp_path)
    engine = Engine.open(place)
    vectors, rows = np.load(tmp_path / "vectors.npy"), np.arange(engine.status().passages)
    for query in vectors:
        assert np.allclose(engine._index.cosines(engine._encoder, query, rows), vectors @ query, atol=2e-3)
    texts = [json.loads(line)["text"] for line in (tmp_path / "passages.jsonl").read_text("utf-8").splitlines()]
    assert texts == [passage.text for passage, _ in engine.passages()]


def test_a_program_is_measured_with_all_its_children() -> None:
    """Memory of a child's child counts, cores are limited, and the output comes back."""
    child = "import time; held = bytearray(80_000_000); time.sleep(0.5)"
    code = (
        "import os, subprocess, sys\n"
        "print(len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else 1)\n"
        f"subprocess.run([sys.executable, '-c', {child!r}])"
    )
    ran = run([sys.executable, "-c", code], threads=1)
    assert ran.output == "1\n" and not ran.stopped
    assert ran.peak > 80_000_000
    if memory():  # only /proc tells the whole tree
        assert ran.peak_anonymous > 80_000_000
    assert ran.seconds > 0 and ran.processor > 0


def test_a_program_that_takes_too_much_is_stopped() -> None:
    """Too long, too large: it is ended with the reason; an error of its own is raised with its last words."""
    assert "time" in run([sys.executable, "-c", "import time; time.sleep(60)"], 1, longest=0.3).stopped
    if memory():
        code = "import time; held = bytearray(200_000_000); time.sleep(60)"
        assert "memory" in run([sys.executable, "-c", code], 1, largest=100_000_000).stopped
    with pytest.raises(Failed, match="oh no"):
        run([sys.executable, "-c", "raise SystemExit('oh no')"], 1)


def test_a_peer_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, made: corpus.Corpus, tmp_path: Path
) -> None:
    """Its row says so, in the table, too; so does that of a Python that is not there."""
    monkeypatch.setitem(peers.PACKAGES, "bm25s", ("no-such-package",))
    monkeypatch.setattr(sys, "argv", ["peers.py", "bm25s", "--model=", *_peer_files(made, tmp_path)])
    assert peers.main() == peers.NOT_INSTALLED
    absent = Peers(tmp_path / "python", 1, 60, 1 << 30)
    row = absent.ask("txtai", made.questions, made.questions, tmp_path, SIZE)
    assert "no Python at" in row["not_run"]
    shown = table([{"kind": "peer", "size": SIZE, "who": "txtai", **scale_row(row, made.questions, [])}])
    assert "| 150 | txtai | – | 没有跑:no Python at" in shown


def _peer_files(made: corpus.Corpus, folder: Path) -> list[str]:
    return [f"--passages={made.questions}", f"--questions={made.questions}", f"--report={folder / 'report.json'}"]


def test_a_peer_is_judged_by_the_sentence_asked_about(made: corpus.Corpus, tmp_path: Path) -> None:
    """A hit is any of the rows whose text holds the evidence; questions that were not asked do not count."""
    asked = corpus.read_questions(made.questions)[:3]
    passages = tmp_path / "passages.jsonl"
    rows = [{"text": "别的段落"}, *({"text": f"前文。{one.evidence}后文。"} for one in asked)]
    passages.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    report = {
        "found": [[0, 1], [0]],
        "times": [0.001, 0.003],
        "processor_times": [0.001, 0.001],
        "versions": {"p": "1"},
        "passages": 4,
    }
    row = scale_row(report, passages, asked)
    assert (row["hit@10"], row["questions"], row["latency"]["p50"]) == (0.5, 2, 2.0)


def test_peers_with_a_part_of_the_vectors_are_marked() -> None:
    """Where a peer did not get the whole vectors the table says that its hits are no comparison."""
    row = {"kind": "peer", "size": 1_000_000, "who": "numpy", "dimension": 384, "hit@10": 0.7}
    assert "不能与 tjqa 比较" in table([{**row, "handicapped": True}])
    assert "不能与 tjqa 比较" not in table([{**row, "handicapped": False}])


def test_the_table_joins_the_parts_of_several_runs() -> None:
    """A later run of one part keeps the figures of the others, and what was never measured is a dash."""
    memory_row = {"VmRSS": 2**28, "RssAnon": 2**27, "RssFile": 2**27}
    shown = table(
        [
            {"kind": "own", "size": 10000, "passages": 9606, "cold_seconds": 1.5, "memory": memory_row},
            {"kind": "own", "size": 10000, "cold_seconds": 1.25},
            {"kind": "own", "size": 100000, "passages": 99000},
            {"kind": "set", "set": "xquad-zh", "who": "bm25s", "versions": {"bm25s": "0.3"}, "ndcg@10": 0.95},
        ]
    )
    assert "| tjqa | 10,000 | 100,000 |" in shown
    assert "| 段 | 9,606 | 99,000 |" in shown
    assert "| `tjqa ask` 冷启动,秒 | 1.25 | – |" in shown
    assert "| 其中匿名 / 映射的文件 | 128 MiB / 128 MiB | – |" in shown
    assert "版本:bm25s:bm25s 0.3" in shown
    assert "| xquad-zh | bm25s | 0.9500 | – | – |" in shown
