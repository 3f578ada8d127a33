"""The same question in other words: GDP as 地区生产总值, 市数管局 as the name that a passage says it is short for, 老板
as 用人单位, 市监局 as the name that it takes characters of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tjqa.retrieval import parameters
from tjqa.text.entities import ORGANISATION
from tjqa.text.lay_words import official
from tjqa.text.normalize import fold
from tjqa.text.segmenter import Segmenter
from tjqa.text.synonyms import defined, same_names

_BEGINS = re.compile(r"^(?:根据|按照|依据|依照|关于|由|向|经|是|为|和|与|及|的|在|对|即|我[市区县省]|本[市区县省])+")
_HAN = re.compile("[\u4e00-\u9fff]+")


def other_wordings(
    folded: str, passages: Iterable[str], segmenter: Segmenter, written: Callable[[str], bool]
) -> list[str]:
    """A folded question in the other names of what it names, at most `OTHER_WORDINGS`: those that the `passages` found
    for it (best first, with their titles) say are the same or hold in full, and those of the tables that are `written`
    somewhere in the documents."""
    found: dict[str, None] = {}
    texts = list(passages)
    for mine, other in (*_defined(folded, texts), *_shortened(folded, texts[: parameters.NAMING_PASSAGES], written)):
        found[folded.replace(mine, fold(other))] = None
    if (formal := official(folded, segmenter, written)) != folded:
        found[formal] = None
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


def _shortened(folded: str, texts: Iterable[str], written: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """What in a question is made of a body's name as people shorten one, with the shortest such name, where no document
    writes it so."""
    bodies = {body[0] for text in texts for body in ORGANISATION.finditer(fold(text))}
    names = sorted(filter(_HAN.fullmatch, bodies), key=len)
    found: set[str] = set()
    for name in (name for name in names if name not in folded):
        for start in (at for at, char in enumerate(folded) if char == name[0]):
            short = _initials(folded[start:], name)
            if len(short) >= parameters.SHORTEST_INITIALS and short not in found and not written(short):
                found.add(short)
                yield short, name


def _initials(text: str, name: str) -> str:
    """What a text begins with of a name: its first character, others each out of a further word, and, whole, what
    is left of it then: 市监局 of 市场监督管理局, 青大图书馆."""
    end, place = 1, 0
    while end < len(text) and (further := name.find(text[end], place + 2)) > 0:
        end, place = end + 1, further
    rest = name[place + 1 :]
    return text[: end + len(rest)] if text.startswith(rest, end) else text[:end]


def _end_in(long: str, folded: str) -> str:
    """The longest end of a name that stands in the question; more than half of it, for the name may begin later."""
    for start in range(len(long) // 2 + 1):
        if len(long) - start >= parameters.SHORTEST_NAME and long[start:] in folded:
            return long[start:]
    return ""
