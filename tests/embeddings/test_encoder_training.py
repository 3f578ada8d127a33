"""What the encoder is tuned on and from: the file of first weights, glosses, rows, batches."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path

import numpy as np
import pytest

from embeddings.training.encoder import parts
from embeddings.training.glosses import Glosses
from embeddings.training.mixture import Item, batches, window
from embeddings.training.origin import read_origin, tokenizer
from embeddings.training.rows import table_rows
from tests.support.helpers import MODEL
from tjqa.encoders.contextual import quantised
from tjqa.encoders.static import StaticEncoder


def packed(values: np.ndarray) -> bytes:
    """Blocks of 32 values in 4 bits, as the origin keeps them."""
    raw = b""
    for block in values.reshape(-1, 32):
        factor = np.float16(np.abs(block).max() / 7)
        whole = (np.rint(block / np.float32(factor)) + 8).astype(np.uint8)
        raw += factor.tobytes() + (whole[:16] | whole[16:] << 4).tobytes()
    return raw


def test_the_first_weights_are_read() -> None:
    """Sizes, pieces, scores, floats as they are, matrices within half a step of 4 bits."""
    pieces = [piece.encode() for piece in ("<s>", "<pad>", "</s>", "<unk>", "▁水", "库")]
    starts = np.cumsum([0, *map(len, pieces)]).astype("<u4")
    matrix = np.random.default_rng(0).normal(size=64).astype("<f4")
    bias = np.array([0.5, -2.0], "<f4")
    head = b"E5S1" + struct.pack("<i7ifi5iQ", 1, 32, 1, 2, 64, 6, 8, 2, 1e-12, 0, 6, 0, 2, 1, 3, int(starts[-1]))
    head += starts.tobytes() + np.arange(6, dtype="<f4").tobytes() + b"".join(pieces) + struct.pack("<iI", 0, 0)
    names = [("emb.word", 1, 64, packed(matrix)), ("emb.ln.b", 0, 2, bias.tobytes())]
    at = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in names)
    directory, data = struct.pack("<i", len(names)), b""
    for name, kind, count, raw in names:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, at + len(data), len(raw))
        data += raw
    origin = read_origin(head + directory + data)
    assert (origin.width, origin.layers, origin.heads, origin.inner, origin.positions) == (32, 1, 2, 64, 8)
    assert origin.pieces == [piece.decode() for piece in pieces] and origin.scores[5] == 5
    assert (origin.tensors["emb.ln.b"] == bias).all()
    assert np.abs(origin.tensors["emb.word"] - matrix).max() <= np.abs(matrix).max() / 7 / 2 + 0.01
    ids = tokenizer(origin.pieces, origin.scores).encode("水库").ids
    assert [origin.pieces[number] for number in ids] == ["<s>", "▁水", "库", "</s>"]
    with pytest.raises(ValueError):
        read_origin(b"GGUF" + head)


def test_questions_are_told_in_english_words(tmp_path: Path) -> None:
    """Word by word, the first short sense; names in pinyin; nothing when too little is known."""
    senses = {"水库": "reservoir", "什么": "what?; who?", "时候": "time", "建成": "to build (a bridge); to complete"}
    rows = [{"src": "d", "kind": "word-en", "a": word, "b": sense} for word, sense in senses.items()]
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    glosses = Glosses.read(tmp_path)
    assert glosses.told("水库什么时候建成?") == "reservoir what time build ?"
    assert glosses.told("猴子爱吃香蕉") == ""


def test_rows_hold_what_is_asked() -> None:
    """The name that is asked for stands in its row; rows of a table differ."""
    texts = ["水库向城市供水,企业生产水泥,学校招收学生,医院救治病人。"] * 5
    made = table_rows(texts, 16, seed=0)
    assert len(made) == 16 == len({pair.passage for pair in made})
    assert made == table_rows(texts, 16, seed=0)
    for pair in made:
        cells = {
            part.rpartition(":")[2] for line in pair.passage.splitlines() for part in line.replace("\t", " ").split()
        }
        assert any(cell in pair.query for cell in cells if len(cell) > 1), pair


def test_a_window_holds_what_is_asked() -> None:
    """Of a long passage the sentences around the one that shares most with the question; a short one stays whole."""
    passage = (
        "".join(f"第{i}段说的是别的事情,与它没有关系。" for i in range(40))
        + "石桥水库的总库容是4200万立方米。"
        + "后面还有话。" * 40
    )
    cut = window("石桥水库的总库容是多少?", passage, random.Random(0))
    assert "4200万" in cut and len(cut) < 260 and cut in passage
    assert window("多少?", "总库容很大。", random.Random(0)) == "总库容很大。"


def test_batches_hold_near_passages_against_each_other() -> None:
    """Each question has its own passage among those it is held against, and none that is all but the same."""
    topics = ["水库的库容和大坝", "小学的招生和课程", "医院的门诊和挂号", "法院的开庭和判决"]
    items = [Item(f"{topic}情况介绍之{i}", [f"{topic}{i}?"]) for topic in topics for i in range(12)]
    items.append(Item(items[0].passage, ["重复的一段?"]))
    made = batches({"own": items}, StaticEncoder(MODEL), seed=0)
    assert sum(len(batch.passages) for batch in made) == len(items)
    for batch in made:
        for row, right in enumerate(batch.right):
            assert batch.against[row, right]
            same = [i for i, text in enumerate(batch.passages) if text == batch.passages[right] and i != right]
            assert not batch.against[row, same].any()


def test_passes_are_of_one_length_and_hold_every_text() -> None:
    """Sorted by length, each pass below the limit, nothing lost."""
    lengths = [random.Random(0).randint(3, 200) for _ in range(100)]
    found = list(parts(lengths))
    assert sorted(number for part in found for number in part) == list(range(100))
    assert all(len(part) == 1 or len(part) * max(lengths[n] for n in part) <= 2600 for part in found)


def test_whole_numbers_stay_within_half_a_step() -> None:
    """Each output has its own factor."""
    matrix = np.random.default_rng(0).normal(size=(4, 9)).astype(np.float32) * np.array([[1], [10], [0.1], [0]], "f4")
    given = quantised("p", matrix)
    back = given["p.weight"].T * given["p.factors"][:, None]
    assert (np.abs(back - matrix) <= given["p.factors"][:, None] / 2 + 1e-7).all()
