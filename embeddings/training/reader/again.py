"""The weights of a reader as it is shipped, as floats again: a state that training goes on from.

    python -m embeddings.training.reader.again READER STATE.pt --trunk TRUNK [--layers 8]

Nearly nothing is lost: a matrix of 8-bit whole numbers with a factor for each output differs from its floats by 1 %.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from embeddings.training.reader.model import Reader
from tjqa.answers.reader.reader import WEIGHTS

_HEADS = ("span", "first", "second")
_KINDS = ("query", "key", "value")


def floats(folder: Path, model: Reader) -> dict[str, torch.Tensor]:
    """The state of `model` with the weights in `folder`; the table of pieces and the places stay those of the model."""
    from safetensors.numpy import load_file

    given = load_file(folder / WEIGHTS)
    state = model.state_dict()
    found = {name: _tensor(name.removeprefix("base."), given) for name in state}
    return {
        name: state[name] if value is None else torch.from_numpy(np.ascontiguousarray(value, np.float32))
        for name, value in found.items()
    }


def _tensor(name: str, given: dict[str, NDArray[Any]]) -> NDArray[Any] | None:
    if name.startswith(_HEADS):
        return given[name].T if name.endswith("weight") else given[name]
    if ".attention.self." in name:
        part, kind, which = name.rsplit(".", 2)
        three = given[f"{part}.bias"] if which == "bias" else _matrix(part, given)
        return np.split(three, len(_KINDS))[_KINDS.index(kind)]
    if name.endswith(".dense.weight"):
        return _matrix(name.removesuffix(".weight"), given)
    return given.get(name)


def _matrix(name: str, given: dict[str, NDArray[Any]]) -> NDArray[Any]:
    """(outputs, inputs) floats of a matrix that `embeddings.training.reader.export` wrote."""
    matrix = given[f"{name}.weight"].T * given[f"{name}.factors"][:, None]
    if f"{name}.smooth" in given:
        matrix = matrix * given[f"{name}.smooth"]
    if f"{name}.channels" in given:
        matrix[:, given[f"{name}.channels"]] = given[f"{name}.apart"].T
    return np.asarray(matrix)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--trunk", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=8)
    chosen = parser.parse_args()
    torch.save(floats(chosen.reader, Reader(chosen.trunk, chosen.layers, 0)), chosen.state)


if __name__ == "__main__":
    main()
