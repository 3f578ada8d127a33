"""What a click on a row of a card or of the first page, or the key for it, chooses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenCitation:
    """Open citation `number` (from 1) of the card's answer."""

    number: int


@dataclass(frozen=True, slots=True)
class FoldPassages:
    """Unfold the card's passages, or fold them again."""


@dataclass(frozen=True, slots=True)
class EditQuestion:
    """Put the question really searched into the input."""


@dataclass(frozen=True, slots=True)
class AskInstead:
    """Ask another question in place of the card's."""

    question: str


@dataclass(frozen=True, slots=True)
class DropFilter:
    """Ask again without the card's filter at `index` (from 0)."""

    index: int


@dataclass(frozen=True, slots=True)
class AskSample:
    """Ask sample question `number` (from 1) of the first page."""

    number: int


@dataclass(frozen=True, slots=True)
class DoOffered:
    """Do what the first page offers: build the index, or try again."""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Open the document at `path` of the library."""

    path: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with the last conversation."""


@dataclass(frozen=True, slots=True)
class ChooseFolder:
    """Let the reader choose the folder of another library."""


@dataclass(frozen=True, slots=True)
class OpenKnown:
    """Open the library of a `folder` that was open before."""

    folder: str


CardTarget = OpenCitation | FoldPassages | EditQuestion | AskInstead | DropFilter
PageTarget = AskSample | DoOffered | OpenDocument | Resume | ChooseFolder | OpenKnown
Target = CardTarget | PageTarget
