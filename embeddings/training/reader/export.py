"""Write the folder of the reader out of trained weights.

    python -m embeddings.training.reader.export TRAINED.pt ... --trunk TRUNK --encoder FOLDER --questions FILE.jsonl ...
        --output FOLDER [--layers 8] [--alone]

Of several trained states the mean is taken (Izmailov et al. 2018). ENCODER is the folder whose tokenizer and table of
pieces the reader uses; with --alone it gets its own copy of both.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from embeddings.training.encoder_export import WIDE, channel_tensors
from embeddings.training.graph import sizes
from embeddings.training.reader.examples import Example, written
from embeddings.training.reader.graph import reader_graph
from embeddings.training.reader.model import LONGEST, QUESTION, Reader
from tjqa.answers.reader.reader import GRAPH, PIECES, SETTINGS, TABLE, VOCABULARY, WEIGHTS
from tjqa.encoders.contextual import Weights, apart, quantised

_TEXTS = 48  # examples that the range of each channel is taken from
_EVERY = 53  # one written question in so many


def load(states: Sequence[Path], trunk: Path, layers: int) -> Reader:
    """The reader with the mean of the trained weights."""
    model = Reader(trunk, layers, 0)
    read = [torch.load(path) for path in states]
    model.load_state_dict({name: sum(state[name] for state in read) / len(read) for name in read[0]})
    return model.eval()


def export(model: Reader, tokenizer: Any, examples: Sequence[Example], shared: Path, output: Path) -> None:
    """Write the folder; `shared` holds tokenizer and table of pieces, and may be the folder itself."""
    from safetensors.numpy import save_file

    output.mkdir(parents=True, exist_ok=True)
    size = model.base.config
    graph = reader_graph(*sizes(size), WIDE)
    onnx.save(graph, output / GRAPH)
    texts = [f"{QUESTION}{one.question}</s></s>{one.head}\n{one.text}" for one in examples]
    save_file(given(model, channel_tensors(model.base, tokenizer, texts)), output / WEIGHTS)
    table = Weights(shared / PIECES).stored(TABLE)[1].tobytes()
    digests = {name: _digest((output / name).read_bytes()) for name in (GRAPH, WEIGHTS)}
    digests |= {VOCABULARY: _digest((shared / VOCABULARY).read_bytes()), PIECES: _digest(table)}
    (output / SETTINGS).write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def given(model: Reader, channels: dict[str, torch.Tensor]) -> dict[str, NDArray[Any]]:
    """Every tensor of the graph, and what the places add to a piece."""
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    base = {name.removeprefix("base."): value for name, value in state.items() if name.startswith("base.")}
    part = "embeddings.{}_embeddings.weight"
    found: dict[str, NDArray[Any]] = {
        "places": base[part.format("position")][:LONGEST] + base[part.format("token_type")][0]
    }
    found |= {n: v for n, v in base.items() if ".LayerNorm." in n or n.startswith("embeddings.LayerNorm")}
    for number in range(model.base.config.num_hidden_layers):
        layer = f"encoder.layer.{number}"
        attention = f"{layer}.attention.self"
        products = {attention: [f"{attention}.{kind}" for kind in ("query", "key", "value")]}
        for inside in ("attention.output.dense", "intermediate.dense", "output.dense"):
            products[f"{layer}.{inside}"] = [f"{layer}.{inside}"]
        for name, sources in products.items():
            matrix = np.concatenate([base[f"{source}.weight"] for source in sources])
            found[f"{name}.bias"] = np.concatenate([base[f"{source}.bias"] for source in sources])
            if f"{name}.smooth" in channels:
                found[f"{name}.smooth"] = channels[f"{name}.smooth"].numpy()
                matrix = matrix / found[f"{name}.smooth"]
            elif f"{name}.channels" in channels:
                found |= apart(name, matrix, channels[f"{name}.channels"].numpy())
            found |= quantised(name, matrix)
    for name in ("span", "first", "second"):
        found[f"{name}.weight"], found[f"{name}.bias"] = (
            np.ascontiguousarray(state[f"{name}.weight"].T),
            state[f"{name}.bias"],
        )
    return {name: np.ascontiguousarray(value) for name, value in found.items()}


def keep_pieces(model: Reader, trunk: Path, output: Path) -> None:
    """The reader's own copy of tokenizer and table, in 8-bit floats."""
    from safetensors.torch import save_file

    output.mkdir(parents=True, exist_ok=True)
    table = model.base.embeddings.word_embeddings.weight.detach()
    save_file({TABLE: table.to(torch.float8_e4m3fn)}, output / PIECES)
    shutil.copyfile(trunk / VOCABULARY, output / VOCABULARY)


def main() -> None:
    """The command."""
    from transformers import AutoTokenizer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path, nargs="+")
    parser.add_argument("--trunk", type=Path, required=True)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--alone", action="store_true")
    chosen = parser.parse_args()
    model = load(chosen.trained, chosen.trunk, chosen.layers)
    if chosen.alone:
        keep_pieces(model, chosen.trunk, chosen.output)
    shared = chosen.output if chosen.alone else chosen.encoder
    examples = list(written(chosen.questions, "train"))[::_EVERY][:_TEXTS]
    export(model, AutoTokenizer.from_pretrained(chosen.trunk), examples, shared, chosen.output)


if __name__ == "__main__":
    main()
