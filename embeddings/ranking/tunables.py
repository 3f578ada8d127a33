"""The numbers that steer the product, found by themselves: every UPPER number of a `parameters` module below tjqa/."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

import tjqa

_AROUND = (0.5, 0.75, 1.25, 1.5)
_QUICKLY = (0.5, 1.5)
_FEW = 4
"""Whole numbers up to this are moved by one, not by a share."""


@dataclass(frozen=True, slots=True)
class Tunable:
    """A number of a `parameters` module; `package` is the one it steers: ingest, index, retrieval, answers."""

    module: str
    name: str
    value: int | float

    @property
    def package(self) -> str:
        """The package the module belongs to."""
        return self.module.split(".")[-2]

    def values_around(self, quick: bool = False) -> list[int | float]:
        """Values to try, its own among them, ascending. Shares (0 to 1) stay shares, whole numbers whole."""
        if isinstance(self.value, int) and abs(self.value) <= _FEW:
            return sorted({self.value, max(0, self.value - 1), self.value + 1})
        tried = [self.value * factor for factor in (_QUICKLY if quick else _AROUND)]
        if isinstance(self.value, int):
            return sorted({self.value, *map(round, tried)})
        most = 1.0 if 0 <= self.value <= 1 else float("inf")
        return sorted({self.value, *(min(most, round(value, 6)) for value in tried)})


def tunables(package: ModuleType = tjqa) -> list[Tunable]:
    """Every tunable number below a package, in the order of the modules' names and of the lines in them."""
    names = [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in sorted(names) if name.endswith(".parameters")]
    return [
        Tunable(module.__name__, name, value)
        for module in modules
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float) and not isinstance(value, bool)
    ]


@contextmanager
def moved(tunable: Tunable, value: int | float) -> Iterator[None]:
    """In the block the number has another value, and nothing that was remembered with its own is used; afterwards all
    is as before, whatever happens. In this process only."""
    module = importlib.import_module(tunable.module)
    setattr(module, tunable.name, value)
    forget()
    try:
        yield
    finally:
        setattr(module, tunable.name, tunable.value)
        forget()


def forget() -> None:
    """Empty the memory of every function of tjqa that remembers results (`functools.lru_cache`)."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "tjqa":
            for thing in list(vars(module).values()):
                clear = getattr(thing, "cache_clear", None)
                if callable(clear):
                    clear()
