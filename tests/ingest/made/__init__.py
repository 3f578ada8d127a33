"""Small made documents, a dozen for each family of formats: each keeps what went wrong with some document of others."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCE = "新馆建筑面积三万二千平方米,设阅览座位一千八百个,藏书九十六万册,每周开放六天。"


@dataclass(frozen=True)
class Made:
    """A document and what must come of it.

    `title` and `day` of its first text, where they are asked; `says` are passages, each by a piece of its path and a
    piece of its text, blanks aside; `never` are pieces that no passage holds.
    """

    fault: str
    name: str
    raw: bytes
    title: str | None = None
    day: str | None = ""
    says: tuple[tuple[str, str], ...] = ()
    never: tuple[str, ...] = ()
