"""The encoders: equal to sentence-transformers, independent of how text is written, clear when broken."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tjqa.encoders.identity import is_static
from tjqa.encoders.loading import encode_meaning, load_encoder, meaning_dimension
from tjqa.encoders.static import StaticEncoder
from tjqa.encoders.transformer import TransformerEncoder
from tjqa.errors import ModelError

MODEL = Path(__file__).resolve().parents[2] / "embeddings" / "model"
TEXTS = [
    "天津市西青区2023年生产总值是多少?",
    "企业开办时间力争压缩到1.5天。",
    "國家圖書館在哪裡？ Ｗｉ－Ｆｉ é",
    "How many people live in Tianjin?",
    "长" * 700,
    "新建改造城市公厕16座,新建提升口袋公园50个;" * 30,
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    """The default model, opened once."""
    return StaticEncoder(MODEL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the default model that a test may damage."""
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


@pytest.mark.slow
def test_same_vectors_as_sentence_transformers(encoder: StaticEncoder) -> None:
    """The run without torch gives what `SentenceTransformer(folder)` gives."""
    reference = TransformerEncoder(str(MODEL)).encode(TEXTS)
    own = encoder.encode(TEXTS)
    assert own.shape == reference.shape == (len(TEXTS), encoder.dimension)
    assert (own * reference).sum(axis=1).min() >= 0.9999


def test_rows_are_unit_and_do_not_depend_on_the_batch(encoder: StaticEncoder) -> None:
    """Rows have length 1 and are the same alone and together."""
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together, alone, atol=1e-5)
    assert together.dtype == np.float32


def test_many_batches_keep_their_order(encoder: StaticEncoder) -> None:
    """More texts than one batch holds come back in order."""
    texts = [f"第{i}号文件" for i in range(1300)]
    vectors = encoder.encode(texts)
    assert np.allclose(vectors[[0, 600, 1299]], encoder.encode([texts[0], texts[600], texts[1299]]), atol=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [("國家圖書館", "国家图书馆"), ("ＧＤＰ１２３", "gdp123"), ("Café", "cafe"), ("臺灣 與 香港", "台湾与香港")],
)
def test_writing_variants_are_the_same_text(encoder: StaticEncoder, one: str, other: str) -> None:
    """Traditional, full-width, capital and accented forms give the same vector."""
    first, second = encoder.encode([one, other])
    assert first @ second == pytest.approx(1, abs=1e-4)


def test_related_text_is_nearer_than_unrelated(encoder: StaticEncoder) -> None:
    """A question lies nearer to its answer than to another sentence."""
    question, answer, other = encoder.encode(
        ["企业开办要几天?", "企业开办时间力争压缩到1.5天。", "口袋公园新建提升50个。"]
    )
    assert question @ answer > question @ other + 0.05


def test_nothing_known_gives_zeros(encoder: StaticEncoder) -> None:
    """Empty text and bare punctuation give a zero row, no texts no rows."""
    assert not encoder.encode(["", "！？。"]).any()
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_token_vectors_sum_to_the_meaning_part(encoder: StaticEncoder) -> None:
    """Token vectors carry their weight: their sum points where the text's meaning does."""
    text = "國家  圖書館,2023年"
    vectors = encoder.token_rows(encoder.token_ids([text])[0])
    total = vectors.sum(axis=0)
    assert vectors.shape == (len(vectors), meaning_dimension(encoder)) and len(vectors) > 1
    assert np.allclose(total / np.linalg.norm(total), encode_meaning(encoder, [text])[0], atol=1e-5)


def test_meaning_alone_begins_like_the_whole(encoder: StaticEncoder) -> None:
    """`encode_meaning` begins with the direction of the whole vector's first part, for one text and for many."""
    whole, meaning = encoder.encode(TEXTS), encode_meaning(encoder, TEXTS)
    for one, other in zip(whole[:, : encoder.head], meaning[:, : encoder.head], strict=True):
        assert np.allclose(one / np.linalg.norm(one), other / np.linalg.norm(other), atol=1e-5)
    assert encoder.head < meaning.shape[1] == meaning_dimension(encoder)
    assert np.allclose(encode_meaning(encoder, TEXTS[:1]), meaning[:1], atol=1e-5)


def test_english_word_is_present_where_its_translation_is(encoder: StaticEncoder) -> None:
    """The presence parts of a word and of its translation overlap, those of other words do not."""
    school, other, chinese = encoder.encode(["school", "oxygen", "学校"])[:, encoder.head :]
    assert school @ chinese > 0.05
    assert other @ chinese == 0


def test_repeating_a_word_does_not_raise_its_presence(encoder: StaticEncoder) -> None:
    """The presence part is the same however often a word occurs."""
    once, often = encoder.encode(["图书馆,公园", "图书馆,公园,图书馆,图书馆"])
    one, other = once[encoder.head :], often[encoder.head :]
    assert one / np.linalg.norm(one) == pytest.approx(other / np.linalg.norm(other), abs=1e-5)


def test_name_follows_the_weights(encoder: StaticEncoder, copy: Path) -> None:
    """The name is the same for a copy and another one for other weights."""
    assert StaticEncoder(copy).name == encoder.name
    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert StaticEncoder(copy).name != encoder.name


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "5_Dense/model.safetensors"])
def test_damaged_or_missing_model_is_told(copy: Path, name: str) -> None:
    """A cut or missing file raises ModelError with a next step."""
    whole = (copy / name).read_bytes()
    (copy / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="损坏") as caught:
        load_encoder(None, copy)
    assert caught.value.hint
    (copy / name).unlink()
    with pytest.raises(ModelError, match="找不到"):
        load_encoder(None, copy)


def test_tokenizer_of_another_model_is_told(copy: Path) -> None:
    """A tokenizer with another number of entries is refused."""
    path = copy / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"].pop()
    path.write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(ModelError, match="不符"):
        load_encoder(None, copy)


def test_folder_decides_the_encoder(copy: Path, tmp_path: Path) -> None:
    """A folder in the default format is run without torch, another one is not taken for it."""
    assert is_static(copy)
    assert isinstance(load_encoder(str(copy), tmp_path), StaticEncoder)
    assert not is_static(tmp_path)


@pytest.mark.slow
def test_missing_named_model_is_told_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A model that is nowhere raises ModelError that names it and what to do."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="no-such/model") as caught:
        load_encoder("no-such/model", MODEL)
    assert "--model" in caught.value.hint


@pytest.mark.slow
def test_default_path_leaves_torch_alone() -> None:
    """Encoding with the default model imports neither torch nor sentence_transformers."""
    code = (
        "import sys; from pathlib import Path; from tjqa.encoders.loading import load_encoder;"
        f"load_encoder(None, Path({str(MODEL)!r})).encode(['甲', '乙']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
