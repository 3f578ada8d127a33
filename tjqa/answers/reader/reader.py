"""One pass over question and passage: whether the passage answers, and from where to where.

The layers are the reader's own, in whole numbers of 8 bits; the table of pieces and the tokenizer are those of the
encoder, of which both were made. Made by `embeddings.training.reader.export`.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tjqa.answers.reader import parameters
from tjqa.answers.reader.tables import Told, told
from tjqa.documents import Passage
from tjqa.encoders.contextual import Weights
from tjqa.encoders.contextual import session as open_session
from tjqa.encoders.folders import damaged, read_file, read_json, tensors
from tjqa.encoders.parameters import MOST_VOCABULARY
from tjqa.encoders.vocabulary import read_tokenizer
from tjqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SETTINGS, GRAPH, WEIGHTS = "reader.json", "graph.onnx", "reader.safetensors"
VOCABULARY, PIECES = "tokenizer.json", "model.safetensors"  # of the encoder, or in the reader's own folder
TABLE = "embeddings.word_embeddings.weight"
QUESTION = "query: "
_KINDS = {"I8": "|i1", "F32": "<f4", "I64": "<i8"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in a passage: `start` and `end` are places in its text, in characters."""

    relevance: float  # 0 to 1: that the passage answers
    start: int
    end: int
    confidence: float  # 0 to 1: that the answer, if there is one, is this span

    @property
    def no_answer(self) -> float:
        """0 to 1: that the passage does not answer."""
        return 1.0 - self.relevance


@dataclass(frozen=True, slots=True)
class _Window:
    """Pieces of a question and a part of a passage; `own` are the places of the passage, `offsets` theirs in it."""

    pieces: list[int]
    own: range
    offsets: list[tuple[int, int]]


class Reader:
    """A model of `embeddings.training.reader.export`; its weights are read when the first passage is."""

    def __init__(self, folder: Path, encoder: Path) -> None:
        """Read the settings; `encoder` holds tokenizer and table of pieces unless `folder` does.

        Raises:
            ModelError: a file is missing, damaged, or another one than the reader was made with.
        """
        self.folder = folder
        self._shared = folder if (folder / VOCABULARY).is_file() else encoder
        settings = read_json(folder / SETTINGS, parameters.MOST_GRAPH)
        if not isinstance(settings, dict) or not all(isinstance(settings.get(name), str) for name in _digested()):
            raise damaged(folder / SETTINGS, "model_why_json")
        self._digests: dict[str, str] = settings

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What each passage says to the question, in the order given; places are those in the passage's text.

        Raises:
            ModelError: a file of the model is missing or damaged, or the model fails on a text.
        """
        texts = [told(passage) for passage in passages]
        heads = [head_of(passage) for passage in passages]
        found = self.read_texts(question, [(head, text.text) for head, text in zip(heads, texts, strict=True)])
        return [_back(reading, text) for reading, text in zip(found, texts, strict=True)]

    def read_texts(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """The same for texts, each with what stands above it."""
        # Half a character, which a terminal may send, is none that a tokenizer takes.
        asked = QUESTION + question[: parameters.LONGEST_QUESTION].encode("utf-8", "replace").decode()
        parts = [self._windows(asked, head, text) for head, text in texts]
        flat = [window for windows in parts for window in windows]
        if not flat:
            return []
        found = iter([self._read(flat[0])])  # opens every file, before several threads ask for them
        found = chain(found, self._threads.map(self._read, flat[1:]))
        return [max((next(found) for _ in windows), key=lambda reading: reading.relevance) for windows in parts]

    def _windows(self, asked: str, head: str, text: str) -> list[_Window]:
        head = head[: parameters.LONGEST_HEAD] + "\n"
        told = self._tokenizer.encode(asked, head + text)
        places = [(a - len(head), b - len(head)) for a, b in told.offsets]
        own = [
            n for n, (of, place) in enumerate(zip(told.sequence_ids, places, strict=True)) if of == 1 and place[1] > 0
        ]
        if not own:
            return [_Window(told.ids[: parameters.LONGEST], range(0), [])]
        before, last = told.ids[: own[0]], told.ids[-1]
        size = max(1, parameters.LONGEST - len(before) - 1)
        step = max(1, size - parameters.OVERLAP)
        windows = []
        for begin in range(own[0], own[-1] + 1, step):
            end = min(begin + size, own[-1] + 1)
            inside = range(len(before), len(before) + end - begin)
            windows.append(_Window([*before, *told.ids[begin:end], last], inside, places[begin:end]))
            if end == own[-1] + 1:
                break
        return windows

    def _read(self, window: _Window) -> Reading:
        import numpy as np

        rows = self._pieces.rows(TABLE, window.pieces) + self._places[: len(window.pieces)]
        inside = np.zeros((1, len(window.pieces)), dtype=np.float32)
        inside[0, window.own] = 1
        session = self._session  # a damaged file is told as such
        try:
            score, starts, ends = session.run(None, {"embedded": rows[None], "passage": inside})
        except Exception as error:  # the library raises nothing more precise
            why = type(error).__name__
            raise ModelError("model_text_failed", "model_file_hint", model=self.folder, why=why) from error
        if not np.isfinite(score).all():
            raise ModelError("model_vectors", "model_file_hint", model=self.folder)
        relevance = 1 / (1 + math.exp(-float(np.clip(score[0], -30, 30))))
        if not window.offsets:
            return Reading(relevance, 0, 0, 0.0)
        own = slice(window.own.start, window.own.stop)
        first, last, confidence = best_span(starts[0, own], ends[0, own])
        return Reading(relevance, max(0, window.offsets[first][0]), window.offsets[last][1], confidence)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(min(os.cpu_count() or 1, parameters.THREADS))

    @cached_property
    def _tokenizer(self) -> Any:
        path = self._shared / VOCABULARY
        self._check(VOCABULARY, read_file(path, MOST_VOCABULARY), path)
        return read_tokenizer(path)

    @cached_property
    def _pieces(self) -> Weights:
        path = self._shared / PIECES
        weights = Weights(path)
        self._check(PIECES, weights.stored(TABLE)[1].tobytes(), path)
        return weights

    @cached_property
    def _given(self) -> dict[str, NDArray[Any]]:
        """Every tensor of the reader's own file."""
        import numpy as np

        path = self.folder / WEIGHTS
        header, begin = tensors(path)
        raw = read_file(path, parameters.MOST_WEIGHTS)
        self._check(WEIGHTS, raw, path)
        data = np.frombuffer(raw, np.uint8)
        given = {}
        for name, entry in header.items():
            if name != "__metadata__":
                if entry["dtype"] not in _KINDS:
                    raise damaged(path, "model_why_tensor", name=name)
                start, end = (begin + place for place in entry["data_offsets"])
                given[name] = data[start:end].view(_KINDS[entry["dtype"]]).reshape(entry["shape"])
        return given

    @cached_property
    def _places(self) -> NDArray[np.float32]:
        """What a place in the text adds to a piece."""
        return self._given["places"]

    @cached_property
    def _session(self) -> Any:
        path = self.folder / GRAPH
        graph = read_file(path, parameters.MOST_GRAPH)
        self._check(GRAPH, graph, path)
        given = {name: value for name, value in self._given.items() if name != "places"}
        try:
            return open_session(graph, list(given), list(given.values()))
        except (KeyError, ValueError) as error:
            raise damaged(path, "model_why_tensor", name=str(error)) from error

    def _check(self, name: str, raw: bytes, path: Path) -> None:
        if hashlib.sha256(raw).hexdigest() != self._digests[name]:
            raise damaged(path, "model_why_digest")


def head_of(passage: Passage) -> str:
    """What stands above a passage, in one line, as in training: title, headings, what the file is called, date."""
    parts = (passage.title, passage.section, passage.name, passage.published)
    return " | ".join(dict.fromkeys(part for part in parts if part))


def _back(reading: Reading, text: Told) -> Reading:
    start, end = text.back(reading.start, reading.end)
    return replace(reading, start=start, end=end)


def _digested() -> tuple[str, ...]:
    return GRAPH, WEIGHTS, VOCABULARY, PIECES


def best_span(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[int, int, float]:
    """First and last piece of the likeliest span, and its probability: start and end taken as independent, as in
    BERT's reading of SQuAD (Devlin et al. 2019)."""
    import numpy as np

    both = _softmax(starts)[:, None] * _softmax(ends)[None, :]
    allowed = np.triu(both) - np.triu(both, parameters.LONGEST_ANSWER)
    first, last = np.unravel_index(int(allowed.argmax()), allowed.shape)
    return int(first), int(last), float(allowed[first, last])


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    raised = np.exp(scores - scores.max())
    return raised / raised.sum()  # type: ignore[no-any-return]
