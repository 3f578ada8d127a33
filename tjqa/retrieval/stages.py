"""The stages from a question to its answer, by name: how long each took, and which are left out for measuring.

What runs in a stage says so with `stage(NAME)`; who wants to know runs the question within `measured(Stages())`.
Outside of such a block nothing is kept and nothing is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, get_args

Stage = Literal["analysis", "candidates", "late_interaction", "features", "reading", "selection", "strength", "citing"]

STAGES: tuple[Stage, ...] = get_args(Stage)
"""In the order a question goes through them."""

Part = Literal["words", "vectors", "late_interaction", "features", "reading", "selection", "strength"]

PARTS: tuple[Part, ...] = get_args(Part)
"""What can be left out: a question is still answered without it, only worse. `words` and `vectors` are the two legs of
the candidates."""


@dataclass
class Stages:
    """What a question was put through: seconds of each stage, and the parts left out."""

    without: frozenset[Part] = frozenset()
    seconds: dict[Stage, float] = field(default_factory=dict)

    def milliseconds(self) -> dict[str, float]:
        """How long each stage took, in the order they are gone through; those that did not run are not there."""
        return {name: round(self.seconds[name] * 1000, 3) for name in STAGES if name in self.seconds}


_current: ContextVar[Stages | None] = ContextVar("stages", default=None)


@contextmanager
def measured(stages: Stages) -> Iterator[Stages]:
    """The questions asked in the block are timed in `stages`, and go without what it leaves out."""
    before = _current.set(stages)
    try:
        yield stages
    finally:
        _current.reset(before)


@contextmanager
def stage(name: Stage) -> Iterator[None]:
    """The block is a stage, or a part of one."""
    stages = _current.get()
    began = time.perf_counter()
    try:
        yield
    finally:
        if stages is not None:
            stages.seconds[name] = stages.seconds.get(name, 0.0) + time.perf_counter() - began


def is_left_out(part: Part) -> bool:
    """Whether a part of the way is left out, for measuring."""
    stages = _current.get()
    return stages is not None and part in stages.without
