"""Contrastive training of token vectors: a query must be nearer to its own passage than to all others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

Tick = Callable[[int, int, float], None]
"""Called after each step: steps done, steps in all, loss."""


@dataclass(frozen=True, slots=True)
class Bags:
    """Token ids of many texts, one after the other; text i is flat[starts[i]:starts[i + 1]]."""

    flat: NDArray[np.int32]
    starts: NDArray[np.int64]

    def text(self, row: int) -> NDArray[np.int32]:
        """Ids of one text."""
        return self.flat[self.starts[row] : self.starts[row + 1]]

    def take(self, rows: NDArray[np.int64], longest: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids and offsets of the given texts, each cut to `longest` tokens, as an embedding bag wants them."""
        begin = self.starts[rows]
        size = np.minimum(self.starts[rows + 1] - begin, longest)
        offsets = np.concatenate([[0], np.cumsum(size)])
        index = np.arange(offsets[-1]) + np.repeat(begin - offsets[:-1], size)
        return torch.from_numpy(self.flat[index].astype(np.int64)), torch.from_numpy(offsets[:-1])


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Pairs as token ids; `groups` numbers source and kind, `passage_ids` is equal for equal passages.

    `often[g]` says how many times the pairs of group g are gone through.
    """

    queries: Bags
    passages: Bags
    groups: NDArray[np.int64]
    passage_ids: NDArray[np.int64]
    often: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to train; `sample` > 0 stops after about so many pairs."""

    batch: int = 2048
    chunk: int = 256
    rate: float = 0.003
    scale: float = 25.0
    longest: int = 192
    seed: int = 13
    sample: int = 0
    save_every: int = 50


def batches(groups: NDArray[np.int64], often: NDArray[np.int64], schedule: Schedule) -> list[NDArray[np.int64]]:
    """Rows of each step: chunks of one group each, so that most negatives are of the pair's own kind."""
    generator = np.random.default_rng(schedule.seed)
    chunks: list[NDArray[np.int64]] = []
    size = min(schedule.chunk, schedule.batch)
    for group in np.unique(groups[often[groups] > 0]):
        own = np.flatnonzero(groups == group)
        rows = np.concatenate([generator.permutation(own) for _ in range(often[group])])
        chunks += [rows[i : i + size] for i in range(0, len(rows), size)]
    order = generator.permutation(len(chunks))
    per_step = schedule.batch // size
    return [np.concatenate([chunks[j] for j in order[i : i + per_step]]) for i in range(0, len(order), per_step)]


def train(
    start: NDArray[np.float32], data: TrainingSet, schedule: Schedule, checkpoint: Path | None, tick: Tick
) -> NDArray[np.float32]:
    """Train token vectors from `start`; resumes from `checkpoint` when that file is there."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    vectors = torch.nn.Parameter(torch.from_numpy(start.copy()).to(device))
    optimizer = torch.optim.Adam([vectors], lr=schedule.rate, fused=True)
    steps = batches(data.groups, data.often, schedule)
    if schedule.sample:
        steps = steps[: max(1, schedule.sample // schedule.batch)]
    first = 0
    if checkpoint is not None and checkpoint.is_file():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        vectors.data.copy_(state["vectors"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    for step in range(first, len(steps)):
        for setting in optimizer.param_groups:
            setting["lr"] = schedule.rate * (1 - step / len(steps))
        loss = _loss(vectors, data, steps[step], schedule)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        tick(step + 1, len(steps), float(loss.detach()))
        if checkpoint is not None and ((step + 1) % schedule.save_every == 0 or step + 1 == len(steps)):
            torch.save({"vectors": vectors.data, "optimizer": optimizer.state_dict(), "step": step + 1}, checkpoint)
    return vectors.detach().cpu().numpy()


def _loss(vectors: torch.Tensor, data: TrainingSet, rows: NDArray[np.int64], schedule: Schedule) -> torch.Tensor:
    """Symmetric in-batch cross entropy; another copy of the same passage is no negative."""
    query = _encode(vectors, data.queries.take(rows, schedule.longest))
    passage = _encode(vectors, data.passages.take(rows, schedule.longest))
    logits = schedule.scale * query @ passage.T
    ids = torch.from_numpy(data.passage_ids[rows]).to(vectors.device)
    same = (ids[:, None] == ids[None, :]).fill_diagonal_(False)
    logits = logits.masked_fill(same, -1e4)
    target = torch.arange(len(rows), device=vectors.device)
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2


def _encode(vectors: torch.Tensor, bag: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    ids, offsets = (part.to(vectors.device) for part in bag)
    return functional.normalize(functional.embedding_bag(ids, vectors, offsets, mode="sum"), dim=1)
