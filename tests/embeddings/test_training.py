"""Training: small real runs from pairs to a model that loads, and the guard against evaluation questions."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.training.characters import fold_table, normalise, precompiled
from embeddings.training.codes import LENGTH, THRESHOLD, code_words, exclude_each_other, superpose
from embeddings.training.contrastive import Bags, Schedule, batches
from embeddings.training.cooccurrence import cooccurrence
from embeddings.training.export import Trained, pack
from embeddings.training.pairs import Exclusion, Pair, bare, read_pairs
from embeddings.training.places import Presence, assign, presence, presence_weights
from embeddings.training.synonyms import GROUP, synonyms
from embeddings.training.translation import Translations, translations
from embeddings.training.vectors import blend, company, principal, unit
from embeddings.training.vocabulary import VocabularySizes, build_tokenizer
from tjqa.encoders.static import StaticEncoder
from tjqa.encoders.transformer import TransformerEncoder

SUBJECTS = ["公园", "医院", "学校", "港口", "企业", "地铁", "水库", "图书馆"]
ACTIONS = ["新建", "改造", "关闭", "扩建"]


def _pairs() -> list[dict[str, str]]:
    """Questions and passages of a small world: each subject with each action in each year."""
    return [
        {"src": "made", "kind": "q", "a": f"{year}年{a}了多少{s}?", "b": f"{year}年全市{a}{s}{n}座,投资{n * 3}万元。"}
        for n, (year, s, a) in enumerate(((y, s, a) for y in range(2001, 2011) for s in SUBJECTS for a in ACTIONS), 3)
    ]


AGAIN = "= again\n"
# The documented command, and once more as if it had been stopped before the first step, in one interpreter: torch is
# imported once.
TWICE = f"""
import runpy, sys
from pathlib import Path
folder, *options = sys.argv[1:]
for name in ("model", "again"):
    sys.argv[1:] = [*options, "--work", f"{{folder}}/work", "--output", f"{{folder}}/{{name}}"]
    runpy.run_module("embeddings.training.train", run_name="__main__")
    if name == "model":
        print({AGAIN!r}, end="", file=sys.stderr, flush=True)
        for checkpoint in Path(folder, "work").rglob("checkpoint-*.pt"):
            checkpoint.unlink()
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models trained by the documented command on the small world, with one question refused."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "pairs").mkdir()
    with lzma.open(folder / "pairs" / "made.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in _pairs())
    (folder / "questions.jsonl").write_text('{"question": "２００５年扩建了多少圖書館？"}\n', encoding="utf-8")
    options = ["--pairs", str(folder / "pairs"), "--exclude", str(folder / "questions.jsonl"), "--threads", "1"]
    options += ["--dimension", "64", "--meaning", "48", "--company", "16", "--places", "256", "--batch", "64"]
    run = subprocess.run(
        [sys.executable, "-c", TWICE, str(folder), *options], capture_output=True, text=True, check=True
    )
    for name, progress in zip(("progress.txt", "again.txt"), run.stderr.split(AGAIN), strict=True):
        (folder / name).write_text(progress, "utf-8")
    return folder


@pytest.mark.slow
def test_command_writes_a_model_that_finds(trained: Path) -> None:
    """The model finds the passage of most questions of its small world."""
    encoder = StaticEncoder(trained / "model")
    pairs = _pairs()
    scores = encoder.encode([p["a"] for p in pairs]) @ encoder.encode([p["b"] for p in pairs]).T
    assert (scores.argmax(axis=1) == np.arange(len(pairs))).mean() > 0.6


@pytest.mark.slow
def test_written_model_is_sentence_transformers_format(trained: Path) -> None:
    """The written folder loads in sentence-transformers and gives the same vectors."""
    texts = [p["b"] for p in _pairs()[:40]] + ["", "港口"]
    own = StaticEncoder(trained / "model").encode(texts)
    reference = TransformerEncoder(str(trained / "model")).encode(texts)
    assert np.allclose(own, reference, atol=1e-5)


@pytest.mark.slow
def test_same_seed_same_model_and_work_is_taken_up(trained: Path) -> None:
    """A second run takes the tokens from the work folder, trains again from the start, and agrees."""
    assert "refused" not in (trained / "again.txt").read_text("utf-8")
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


@pytest.mark.slow
def test_command_counts_what_it_refused(trained: Path) -> None:
    """The documented command refuses the pair that holds the question of --exclude."""
    assert "319 pairs, 1 refused" in (trained / "progress.txt").read_text("utf-8")


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


@pytest.mark.slow
def test_code_words_are_far_apart() -> None:
    """The product of two different code words never exceeds the threshold."""
    codes = code_words().astype(np.float32)
    products = codes @ codes.T
    assert codes.shape == (4096, LENGTH)
    assert (np.diag(products) == LENGTH).all()
    np.fill_diagonal(products, 0)
    assert products.max() == THRESHOLD


def test_sums_of_code_words_decode_to_their_places() -> None:
    """Up to three places and their weights come back from one row, and nothing anywhere else."""
    generator = np.random.default_rng(0)
    places = np.array([generator.choice(1000, 3, replace=False) for _ in range(300)])
    weights = generator.uniform(0.2, 1, (300, 3)).astype(np.float32)
    weights[:100, 1:] = 0
    weights[100:110] = 0
    rows, step = superpose(places, weights, 1000)
    products = rows[:, :LENGTH].astype(np.float32) @ code_words()[:1000].astype(np.float32).T
    decoded = np.maximum(products - THRESHOLD * rows[:, LENGTH:].astype(np.float32), 0)
    wanted = np.zeros_like(decoded)
    np.put_along_axis(wanted, places, weights, 1)
    assert np.abs(decoded * step / (LENGTH - THRESHOLD) - wanted).max() < 0.04
    assert not decoded[wanted == 0].any()


def test_places_keep_latin_and_chinese_apart() -> None:
    """Frequent tokens get places of their own, Latin words and numbers never one of a Chinese word by chance."""
    tokens = ["a" * (i + 1) for i in range(20)] + ["2023"] + [chr(0x4E00 + i) for i in range(100)]
    loads = np.arange(121, 0, -1).astype(np.float64)
    places = assign(tokens, loads, 64)
    assert places[:21].min() == 60
    assert places[21:].max() == 59
    assert len(set(places[21:81].tolist())) == 60
    shared = np.bincount(places[21:], weights=loads[21:])
    assert shared[:60].max() < 2 * shared[:60].min()


def test_latin_word_is_present_where_its_translations_are() -> None:
    """A translated word owns the places of its translations, the more frequent one with more weight."""
    tokens = ["park", "xyz", "公园", "园林", "港口"]
    translated = Translations(np.array([0, 0]), np.array([2, 3]), np.array([0.8, 0.2]))
    found = presence(tokens, np.ones((5, 4), np.float32), np.array([9, 8, 7, 6, 5]), translated, 64)
    own = found.places[:, 0]
    assert found.places[0].tolist() == [own[2], own[3]]
    assert found.weights[0, 0] == pytest.approx(2 * found.weights[0, 1])
    assert (found.weights[1:, 0] > 0).all() and not found.weights[1:, 1].any()


def test_a_place_is_owned_once() -> None:
    """Of two translations at one place, or at places with opposite code words, only the heavier one counts."""
    tokens = ["park"] + [chr(0x4E00 + i) for i in range(4096)]
    translated = Translations(np.array([0, 0]), np.array([1, 2]), np.array([0.8, 0.2]))
    vectors, counts = np.ones((4097, 2), np.float32), np.ones(4097, np.int64)
    for place_count in (16, 4096):
        found = presence(tokens, vectors, counts, translated, place_count)
        one, other = found.places[0]
        kept = 1 if exclude_each_other(one, other) else 2
        assert np.count_nonzero(found.weights[0]) == kept


def test_translations_are_learned_from_pairs() -> None:
    """Words that occur together translate each other, although other words of the pair are there too."""
    latin, chinese = ["red", "blue", "car", "house"], ["红", "蓝", "车", "房"]
    pairs = [np.array([c, k, 4 + c, 4 + k]) for c in (0, 1) for k in (2, 3)]
    is_latin = np.arange(8) < 4
    best = translations(pairs, is_latin, ~is_latin).best(1)
    assert [(latin[a], chinese[b - 4]) for a, b in zip(best.latin, best.chinese, strict=True)] == list(
        zip(latin, chinese, strict=True)
    )
    assert not len(translations([], is_latin, ~is_latin).latin)


def test_words_with_a_common_gloss_are_synonyms() -> None:
    """A shared gloss makes a pair, whatever its article; references, other kinds and too common glosses do not."""
    rows = [
        ("公厕", "public toilet; (old) privy"),
        ("卫生间", "a public toilet"),
        ("旧字", "variant of 字"),
        ("别字", "variant of 字"),
    ]
    many = [(f"词{i}", "thing") for i in range(9)]
    pairs = [Pair("d/word-en", *row) for row in rows + many] + [Pair("d/zh-en", "厕所", "public toilet")]
    assert list(synonyms(pairs, "/word-en")) == [Pair(GROUP, "公厕", "卫生间")]


@pytest.mark.slow
def test_known_latin_words_are_not_cut() -> None:
    """A frequent word is one token, its regular form two, an unknown word pieces of it; Chinese is cut into words."""
    texts = ["the player plays football", "players of the football club", "football player in 北京 2008年"] * 20
    tokenizer = build_tokenizer(texts, VocabularySizes())
    assert tokenizer.encode("Football players", add_special_tokens=False).tokens == ["football", "player", "s"]
    assert "".join(tokenizer.encode("Foozle", add_special_tokens=False).tokens) == "foozle"
    assert tokenizer.encode("北京2008年", add_special_tokens=False).tokens == ["北京", "2008", "年"]


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
    owned = Presence(generator.integers(0, 64, (500, 1)), weights[:, None])
    packed = pack(Trained(vectors, vectors[:, :16], owned, 64))
    rows = packed.rows.astype(np.float32)
    cosines = (rows[:, :64] * vectors).sum(1) / np.linalg.norm(rows[:, :64], axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > 0.999
    assert np.corrcoef(np.abs(rows[:, 80:-1]).max(axis=1), weights)[0, 1] > 0.999


def test_batches_cover_every_pair_as_often_as_asked() -> None:
    """Every pair is gone through as often as its group says, and the seed decides the order."""
    groups = np.repeat([0, 1, 2], [100, 37, 5])
    often = np.array([1, 2, 1])
    schedule = Schedule(batch=32, chunk=8)
    steps = batches(groups, often, schedule)
    assert np.bincount(np.concatenate(steps)).tolist() == often[groups].tolist()
    assert all(np.array_equal(a, b) for a, b in zip(steps, batches(groups, often, schedule), strict=True))


def test_words_in_the_same_company_have_similar_vectors() -> None:
    """Two words that stand beside the same words are near each other, a word of other company is not."""
    generator = np.random.default_rng(0)
    company = {0: (10, 20), 1: (10, 20), 2: (20, 30)}  # the tokens that stand around 0, 1 and 2
    texts = np.concatenate([generator.integers(*company[word], (8000, 12)) for word in company])
    texts[:, ::3] = np.repeat(list(company), 8000)[:, None]
    bags = Bags(texts.reshape(-1).astype(np.int32), np.arange(0, texts.size + 1, 12))
    vectors = cooccurrence(bags, np.arange(len(texts)), 30, seed=0)
    assert vectors[0] @ vectors[1] > 0.1 > vectors[0] @ vectors[2] + 0.05
    assert vectors[10] @ vectors[11] > 0.3 > vectors[10] @ vectors[25] + 0.2


def test_principal_values_keep_the_angles_of_texts() -> None:
    """Rows that lie in few directions lose nothing; the company beside them has the asked share of the length."""
    generator = np.random.default_rng(0)
    rows = (generator.standard_normal((50, 8)) @ generator.standard_normal((8, 32))).astype(np.float32)
    kept = principal(rows, np.full(50, 3), 8)
    assert np.allclose(kept @ kept.T, rows @ rows.T, atol=1e-2)
    beside = company(kept, generator.standard_normal((50, 20)).astype(np.float32), 0.2, 10)
    assert beside.shape == (50, 10)
    assert np.allclose((beside**2).sum(axis=1), 0.25 * (kept**2).sum(axis=1), rtol=1e-4)


def test_blend_keeps_unknown_tokens_lexical() -> None:
    """Blending moves tokens with company towards one another and leaves the others as they were."""
    generator = np.random.default_rng(0)
    start = unit(generator.standard_normal((3, 64)).astype(np.float32))
    context = np.array([[1, 0], [1, 0], [0, 0]], dtype=np.float32)
    mixed = blend(start, context, 0.5, seed=0)
    assert mixed[0] @ mixed[1] > 0.3 > abs(start[0] @ start[1])
    assert np.array_equal(mixed[2], start[2])
    assert np.allclose(np.linalg.norm(mixed, axis=1), 1, atol=1e-5)
