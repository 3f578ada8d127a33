"""Training: small real runs from pairs to a model that loads, and the guard against evaluation questions."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "embeddings"))

from training.characters import fold_table, normalise, precompiled  # noqa: E402
from training.contrastive import Schedule, batches  # noqa: E402
from training.export import Trained, pack  # noqa: E402
from training.pairs import Exclusion, Pair, bare, read_pairs  # noqa: E402
from training.places import CODE_LENGTH, THRESHOLD, assign, code_words, presence_weights  # noqa: E402

from tjqa.encoder import StaticEncoder, TransformerEncoder  # noqa: E402

SUBJECTS = ["公园", "医院", "学校", "港口", "企业", "地铁", "水库", "图书馆"]
ACTIONS = ["新建", "改造", "关闭", "扩建"]


def _pairs() -> list[dict[str, str]]:
    """Questions and passages of a small world: each subject with each action in each year."""
    return [
        {"src": "made", "kind": "q", "a": f"{year}年{a}了多少{s}?", "b": f"{year}年全市{a}{s}{n}座,投资{n * 3}万元。"}
        for n, (year, s, a) in enumerate(((y, s, a) for y in range(2001, 2011) for s in SUBJECTS for a in ACTIONS), 3)
    ]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained by the documented command on the small world, with one question refused."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "pairs").mkdir()
    with lzma.open(folder / "pairs" / "made.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in _pairs())
    (folder / "questions.jsonl").write_text('{"question": "２００５年扩建了多少圖書館？"}\n', encoding="utf-8")
    _run(folder, "model")
    return folder


def _run(folder: Path, output: str) -> str:
    """Run the training command; its progress output."""
    command = [sys.executable, str(ROOT / "embeddings" / "train.py"), "--pairs", str(folder / "pairs")]
    command += ["--exclude", str(folder / "questions.jsonl"), "--work", str(folder / "work"), "--threads", "1"]
    command += ["--output", str(folder / output), "--dimension", "64", "--places", "128", "--batch", "64"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stderr


def test_command_writes_a_model_that_finds(trained: Path) -> None:
    """The model finds the passage of most questions of its small world."""
    encoder = StaticEncoder(trained / "model")
    pairs = _pairs()
    scores = encoder.encode([p["a"] for p in pairs]) @ encoder.encode([p["b"] for p in pairs]).T
    assert (scores.argmax(axis=1) == np.arange(len(pairs))).mean() > 0.6


def test_written_model_is_sentence_transformers_format(trained: Path) -> None:
    """The written folder loads in sentence-transformers and gives the same vectors."""
    texts = [p["b"] for p in _pairs()[:40]] + ["", "港口"]
    own = StaticEncoder(trained / "model").encode(texts)
    reference = TransformerEncoder(str(trained / "model")).encode(texts)
    assert np.allclose(own, reference, atol=1e-5)


def test_same_seed_same_model_and_work_is_taken_up(trained: Path) -> None:
    """A second run takes the tokens from the work folder, trains again from the start, and agrees."""
    for checkpoint in (trained / "work").rglob("checkpoint-*.pt"):
        checkpoint.unlink()
    progress = _run(trained, "again")
    assert "refused" not in progress
    first, second = (StaticEncoder(trained / name).encode(["2005年扩建学校"]) for name in ("model", "again"))
    assert np.allclose(first, second, atol=1e-3)


def test_evaluation_questions_are_refused() -> None:
    """A pair is refused when either side is, or contains, an evaluation question in any way of writing."""
    guard = Exclusion(["国家图书馆在哪里开放?", "谁?"])
    held = [
        Pair("g", "國家圖書館，在哪裡開放", "在城北。"),
        Pair("g", "一个问题", "有人问:“国家图书馆 在哪里开放?”答:城北。"),
        Pair("g", "谁", "某人。"),
    ]
    fine = [Pair("g", "国家图书馆在哪里?", "在城北。"), Pair("g", "谁来", "国家图书馆开放。")]
    kept, refused = guard.clean([*held, *fine])
    assert (kept, refused) == (fine, 3)
    assert guard.found_in(["", "短"]) == [False, False]


def test_command_counts_what_it_refused(trained: Path) -> None:
    """The documented command refuses the pair that holds the question of --exclude."""
    for stored in (trained / "work").rglob("tokens.npz"):
        stored.unlink()
    assert "319 pairs, 1 refused" in _run(trained, "model")


def test_pairs_are_read_from_plain_and_packed_files(tmp_path: Path) -> None:
    """Plain and .xz files are read in name order; the group names source and kind."""
    (tmp_path / "b.jsonl").write_text('{"a": "问", "b": "答"}\n', encoding="utf-8")
    with lzma.open(tmp_path / "a.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write('{"src": "s", "kind": "k", "a": "甲", "b": "乙"}\n')
    assert list(read_pairs(tmp_path)) == [Pair("s/k", "甲", "乙"), Pair("b/", "问", "答")]


def test_tokenizer_table_equals_the_python_table() -> None:
    """The packed character table does what the table says, for every character that it can meet."""
    from tokenizers.normalizers import Precompiled

    table = fold_table()
    normalizer = Precompiled(precompiled(table))
    characters = [chr(p) for p in range(0x20, 0x2FA20) if not 0xD800 <= p < 0xE000]
    assert [c for c in characters if normalizer.normalize_str(c) != table.get(c, c)] == []
    assert normalise("ＧＤＰ１２３ 國家 é ㎡") == "gdp123 国家 e m2"
    assert bare("“國家”, A-1!") == "国家a1"


def test_code_words_cannot_be_taken_for_another() -> None:
    """A code word decodes to its own place alone, whatever its weight."""
    codes = code_words(512).astype(int)
    products = codes @ codes.T
    assert (np.diag(products) == CODE_LENGTH).all()
    assert (products - np.diag(np.diag(products))).max() < THRESHOLD


def test_places_keep_latin_and_chinese_apart() -> None:
    """Frequent tokens get places of their own, Latin ones never one of a Chinese word."""
    tokens = [f"a{i}" for i in range(20)] + [chr(0x4E00 + i) for i in range(100)]
    places = assign(tokens, np.arange(120)[::-1].astype(np.int64), 64)
    assert places[:20].min() == 56
    assert places[20:].max() == 55
    assert len(set(places[20:76].tolist())) == 56


def test_common_letters_weigh_less_than_names() -> None:
    """Presence: a frequent Latin piece weighs less than a rare one, Chinese and digits by their vector alone."""
    vectors = np.ones((4, 9), dtype=np.float32)
    weights = presence_weights(["the", "tesla", "2023", "公园"], vectors, np.array([100_000, 3, 50, 50]))
    assert weights[0] < weights[1] / 100
    assert weights[2] == weights[3] == 3


def test_packing_keeps_directions() -> None:
    """8-bit rows have nearly the direction of the trained ones, and weights keep their proportion."""
    generator = np.random.default_rng(0)
    vectors = generator.standard_normal((500, 64)).astype(np.float32)
    weights = generator.uniform(0.1, 4, 500).astype(np.float32)
    packed = pack(Trained(vectors, generator.integers(0, 64, 500), weights, 64))
    rows = packed.rows.astype(np.float32)
    cosines = (rows[:, :64] * vectors).sum(1) / np.linalg.norm(rows[:, :64], axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > 0.999
    assert np.corrcoef(rows[:, -1], weights)[0, 1] > 0.999


def test_batches_cover_every_pair_as_often_as_asked() -> None:
    """Every pair is gone through as often as its group says, and the seed decides the order."""
    groups = np.repeat([0, 1, 2], [100, 37, 5])
    often = np.array([1, 2, 1])
    schedule = Schedule(batch=32, chunk=8)
    steps = batches(groups, often, schedule)
    assert np.bincount(np.concatenate(steps)).tolist() == often[groups].tolist()
    assert all(np.array_equal(a, b) for a, b in zip(steps, batches(groups, often, schedule), strict=True))
