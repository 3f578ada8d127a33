"""A transformer encoder by ONNX Runtime, in whole numbers of 8 bits, without torch.

Its folder is one of sentence-transformers, with the matrices in 8-bit floats (E4M3) and two files more: the graph
without weights, and what keeps large channels from rounding small ones away. The real
`SentenceTransformer` loads the same weights and gives the same vectors (cosine above 0.999).

Texts are run one by one, several at a time: a product in whole numbers takes its factor from all the rows it is given,
so in a batch the vector of a text would depend on its neighbours, and the rows that fill short texts up would be paid.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tjqa.encoders import parameters
from tjqa.encoders.folders import damaged, read_file, read_json, tensors
from tjqa.encoders.identity import CHANNELS, GRAPH, WEIGHTS, contextual_name
from tjqa.encoders.vocabulary import read_tokenizer
from tjqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TABLE = "embeddings.word_embeddings.weight"
_MOST_NEGATIVE = 127  # weights are -127..127: as far below zero as above it

# Fusions of ONNX Runtime that take longer than what they are fused from (1.32: the norm four times), or change sums.
_LEFT_OUT = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion", "BiasGeluFusion", "AttentionFusion"]


class ContextualEncoder:
    """A model of `embeddings.training.encoder_export`; opened when the first text is encoded."""

    def __init__(self, folder: Path) -> None:
        """Read the settings.

        Raises:
            ModelError: a file is missing or damaged.
        """
        self.folder, self.name = folder, contextual_name(folder)
        settings = read_json(folder / "config.json")
        try:
            self.dimension = int(settings["hidden_size"])
            self._layers = int(settings["num_hidden_layers"])
            self._longest = int(settings["max_position_embeddings"])
            prompts = read_json(folder / "config_sentence_transformers.json")["prompts"]
            self._question, self._passage = str(prompts["query"]), str(prompts["document"])
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(folder / "config.json", "model_why_json") from error
        if not (1 <= self.dimension <= parameters.WIDEST and self._longest >= 3 and self._layers >= 1):
            raise damaged(folder / "config.json", "model_why_json")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32 for passages, rows of length 1; zeros for a text without any character."""
        return self._encode(self._passage, texts)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same for questions, which the model tells from passages."""
        return self._encode(self._question, texts)

    def _encode(self, mark: str, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        told = [number for number, text in enumerate(texts) if text.strip()]
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        try:
            pieces = [e.ids for e in self._tokenizer.encode_batch_fast([mark + texts[n] for n in told])]
            # One question needs no threads.
            vectors = map(self._vector, pieces) if len(told) == 1 else self._threads.map(self._vector, pieces)
            for number, vector in zip(told, vectors, strict=True):
                found[number] = vector
        except ModelError:
            raise
        except Exception as error:  # the libraries raise nothing more precise
            why = type(error).__name__
            raise ModelError("model_text_failed", "model_file_hint", model=self.folder, why=why) from error
        if not (np.abs(np.linalg.norm(found[told], axis=1) - 1) < parameters.UNIT_ERROR).all():  # nor where not finite
            raise ModelError("model_vectors", "model_file_hint", model=self.folder)
        return found

    def _vector(self, pieces: list[int]) -> NDArray[np.float32]:
        """(dimension,) of one text; a long one is cut, its last mark kept."""
        import numpy as np

        if len(pieces) > self._longest:
            pieces = [*pieces[: self._longest - 1], pieces[-1]]
        rows = self._weights.rows(_TABLE, pieces) + self._places[: len(pieces)]
        vector: NDArray[np.float32] = np.asarray(self._session.run(None, {"embedded": rows[None]})[0], np.float32)
        if vector.shape != (1, self.dimension):  # a single number would fill the row
            raise ModelError("model_vectors", "model_file_hint", model=self.folder)
        return vector.reshape(-1)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(min(os.cpu_count() or 1, parameters.ENCODER_THREADS))

    @cached_property
    def _tokenizer(self) -> Any:
        return read_tokenizer(self.folder / "tokenizer.json")

    @cached_property
    def _weights(self) -> Weights:
        return Weights(self.folder / WEIGHTS)

    @cached_property
    def _places(self) -> NDArray[np.float32]:
        """What a place in the text adds to a piece, and what the only kind of text adds."""
        part = "embeddings.{}_embeddings.weight"
        kind: NDArray[np.float32] = self._weights.floats(part.format("token_type"))[0]
        return self._weights.floats(part.format("position")) + kind

    @cached_property
    def _session(self) -> Any:
        graph = read_file(self.folder / GRAPH, parameters.MOST_JSON)
        try:
            names, values = zip(*self._given().items(), strict=True)
            return session(graph, list(names), list(values))
        except (KeyError, IndexError, ValueError) as error:
            raise damaged(self.folder / GRAPH, "model_why_tensor", name=str(error)) from error

    def _given(self) -> dict[str, NDArray[Any]]:
        """The tensors that the graph lacks, by their names in it."""
        import numpy as np

        weights, channels = self._weights, Weights(self.folder / CHANNELS)
        given = dict(weights.norm("embeddings.LayerNorm"))
        for number in range(self._layers):
            part = f"encoder.layer.{number}"
            attention = f"{part}.attention.self"
            three = [f"{attention}.{kind}" for kind in ("query", "key", "value")]
            inside = (f"{part}.attention.output.dense", f"{part}.intermediate.dense", f"{part}.output.dense")
            for name, sources in {attention: three, **{name: [name] for name in inside}}.items():
                matrix = np.concatenate([weights.floats(f"{source}.weight") for source in sources])
                given[f"{name}.bias"] = np.concatenate([weights.floats(f"{source}.bias") for source in sources])
                if name in (attention, inside[1]):
                    given[f"{name}.smooth"] = channels.floats(f"{name}.smooth")
                    matrix /= given[f"{name}.smooth"]
                elif name == inside[2]:
                    given |= apart(name, matrix, channels.whole(f"{name}.channels"))
                given |= quantised(name, matrix)
            for name in (f"{part}.attention.output.LayerNorm", f"{part}.output.LayerNorm"):
                given |= weights.norm(name)
        return given


def apart(name: str, matrix: NDArray[np.float32], channels: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """What is multiplied apart: which channels, with what, and what leaves them out of the rest."""
    import numpy as np

    mask = np.ones(matrix.shape[1], dtype=np.float32)
    mask[channels] = 0
    return {
        f"{name}.mask": mask,
        f"{name}.channels": channels,
        f"{name}.apart": np.ascontiguousarray(matrix.T[channels]),
    }


class Weights:
    """A file of tensors, mapped; 8-bit and 16-bit floats are made 32-bit ones as they are read."""

    def __init__(self, path: Path) -> None:
        """Read the table of the file.

        Raises:
            ModelError: the file is missing or damaged.
        """
        import numpy as np

        self._path = path
        self._header, self._begin = tensors(path)
        self._data = np.memmap(path, np.uint8, "r")
        self._floats = _eight_bit_floats()

    def stored(self, name: str) -> tuple[str, NDArray[np.uint8]]:
        """The kind of a tensor, and its bytes as they lie in the file."""
        entry = self._header.get(name)
        if entry is None:
            raise damaged(self._path, "model_why_tensor", name=name)
        start, end = (self._begin + place for place in entry["data_offsets"])
        return entry["dtype"], self._data[start:end]

    def floats(self, name: str) -> NDArray[np.float32]:
        """A whole tensor."""
        import numpy as np

        kind, stored = self.stored(name)
        shape = self._header[name]["shape"]
        if kind == "F8_E4M3":
            return self._floats[stored].reshape(shape)
        if kind == "BF16":  # the upper half of a float
            return (stored.view("<u2").astype("<u4") << 16).view("<f4").reshape(shape)
        if kind == "F32":
            return np.asarray(stored).view("<f4").reshape(shape)
        raise damaged(self._path, "model_why_tensor", name=name)

    def whole(self, name: str) -> NDArray[np.int64]:
        """A tensor of whole numbers."""
        kind, stored = self.stored(name)
        if kind != "I64":
            raise damaged(self._path, "model_why_tensor", name=name)
        return stored.view("<i8")

    def rows(self, name: str, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Rows of a matrix of 8-bit floats."""
        kind, stored = self.stored(name)
        if kind != "F8_E4M3" or len(self._header[name]["shape"]) != 2:
            raise damaged(self._path, "model_why_tensor", name=name)
        return self._floats[stored.reshape(self._header[name]["shape"])[numbers]]

    def norm(self, name: str) -> dict[str, NDArray[np.float32]]:
        """The two tensors of a layer norm."""
        return {f"{name}.{part}": self.floats(f"{name}.{part}") for part in ("weight", "bias")}


def _eight_bit_floats() -> NDArray[np.float32]:
    """The value of each byte as an E4M3 float: sign, four bits of exponent around 7, three of fraction
    (Micikevicius et al. 2022); 127 and 255 are no numbers."""
    import numpy as np

    byte = np.arange(256)
    exponent, fraction = byte >> 3 & 15, byte & 7
    value = np.where(exponent > 0, (8 + fraction) * 2.0 ** (exponent - 10), fraction * 2.0**-9)
    value[byte & 127 == 127] = np.nan
    return np.where(byte > 127, -value, value).astype(np.float32)


def quantised(name: str, matrix: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """A matrix (outputs, inputs) in whole numbers, a factor for each output."""
    import numpy as np

    factors = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / _MOST_NEGATIVE
    whole = np.rint(matrix / factors[:, None]).astype(np.int8)
    zeros = np.zeros(len(factors), dtype=np.int8)
    return {f"{name}.weight": np.ascontiguousarray(whole.T), f"{name}.factors": factors, f"{name}.zeros": zeros}


def session(graph: bytes, names: list[str], values: list[NDArray[Any]]) -> Any:
    """A session of ONNX Runtime over a graph with the given tensors, one thread each run."""
    # Its official builds report to their maker, and give the computer a number in the user's cache folder, unless they
    # are told before they are loaded (Privacy.md beside the package).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    # Where a processor adds up products of 8 bits in 16 and cuts what is too large (AVX2 and AVX-512 without VNNI),
    # weights are made unsigned: the same figures on every computer, a little slower there. Others leave it unused.
    options.add_session_config_entry("session.x64quantprecision", "1")
    options.log_severity_level = 4
    # Of tensors that a graph says lie in files of their own none is read: no such file is part of the model.
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", os.devnull)
    given = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in values]
    options.add_external_initializers(names, given)
    try:
        return onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=_LEFT_OUT
        )
    except Exception as error:  # the library raises nothing more precise
        raise ValueError(type(error).__name__) from error
