"""The same question in other names: GDP as 地区生产总值, 市数管局 as the name that a passage says it is short for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tjqa.retrieval import parameters
from tjqa.text.normalize import fold
from tjqa.text.synonyms import defined, same_names

_BEGINS = re.compile(r"^(?:根据|按照|依据|依照|关于|由|向|经|是|为|和|与|及|的|在|对|即|我[市区县省]|本[市区县省])+")


def other_wordings(folded: str, passages: Iterable[str], written: Callable[[str], bool]) -> list[str]:
    """A folded question in the other names of what it names, at most `OTHER_WORDINGS`: those that the `passages` found
    for it say are the same, and those of the table that are `written` somewhere in the documents."""
    found: dict[str, None] = {}
    for mine, other in _defined(folded, passages):
        found[folded.replace(mine, fold(other))] = None
    for mine, other in same_names(folded):
        if len(found) >= parameters.OTHER_WORDINGS:
            break
        if written(other):
            found[folded.replace(mine, fold(other))] = None
    return list(found)[: parameters.OTHER_WORDINGS]


def _defined(folded: str, passages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of the question, folded, with the others that passages give them."""
    for text in passages:
        for long, short in defined(text):
            whole, brief = fold(_BEGINS.sub("", long)), fold(short)
            if brief in folded and whole not in folded:
                yield brief, whole
            elif brief not in folded and (named := _end_in(whole, folded)):
                yield named, brief


def _end_in(long: str, folded: str) -> str:
    """The longest end of a name that stands in the question; more than half of it, for the name may begin later."""
    for start in range(len(long) // 2 + 1):
        if len(long) - start >= parameters.SHORTEST_NAME and long[start:] in folded:
            return long[start:]
    return ""
