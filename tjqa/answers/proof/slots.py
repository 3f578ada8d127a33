"""What a draft has in the place of something else in the sentence that it was written from: another code, another one
of a few words of which a text has one (一等 and 二等, 上午 and 下午, 甲方 and 乙方)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tjqa.answers.proof import parameters
from tjqa.answers.proof.codes import PARTS_OF_DAY, Code
from tjqa.answers.proof.facts import Fact, letters
from tjqa.answers.proof.judging import Draft, Told, told_at
from tjqa.answers.proof.matching import Around
from tjqa.answers.proof.report import FactKind, Verdict
from tjqa.answers.proof.sources import SourceText, SourceUnit
from tjqa.answers.proof.values import quantities
from tjqa.documents import Span
from tjqa.text.normalize import squeeze

# Each says one of a few in its place, and none of them is a way to write another; beside them stands the same.
_ALTERNATIVES = ("一二三四五六七八九十", "甲乙丙丁戊己", "上中下", "早中晚", "春夏秋冬", "男女", "东南西北")
_OF_ALTERNATIVES = {char: number for number, group in enumerate(_ALTERNATIVES) for char in group}
_COUNTED_BY, _HALVED = ("第", "周"), "午旬游半层级部册卷篇"
_NUMERALS = "一二三四五六七八九十百千万亿零〇两"
_NUMBERING = re.compile(r"(?:^\s*|[(（\[#]|[图表式注见条款节章页步]\s*|\d[-./])\Z")
_GOES_ON = re.compile(r"[-./]\d")
_PART_OF_DAY = re.compile("|".join(PARTS_OF_DAY))

Judged = tuple[Fact, Verdict, Told | None]


def matching(draft: Draft, told: Sequence[Told], texts: Sequence[SourceText]) -> list[SourceUnit]:
    """The sentences that a draft's was written from: those that its figures were found in, else those that say most of
    it."""
    around = Around.of(draft.folded, Span(0, 0))
    agreements = [(around.whole_agreement(unit), unit) for text in texts for unit in text.units]
    held = [(agreement, unit) for agreement, unit in agreements if agreement > parameters.OTHER_CONTEXT]
    places = {(one.passage.path, one.quote) for one in told if one.is_same}
    found = [
        pair for pair in held if (pair[1].source.passage.path, told_at(pair[1], Span(0, 0), 0, True).quote) in places
    ]
    best = max((agreement for agreement, _ in held), default=0.0)
    found = found or [pair for pair in held if pair[0] >= best - parameters.LEEWAY / 2]
    return [unit for _, unit in sorted(found, key=lambda pair: -pair[0])]


def judged_codes(
    draft: Draft, own: Sequence[Code], matched: Sequence[SourceUnit], texts: Sequence[SourceText]
) -> Iterator[Judged]:
    """The codes `own` of a draft's sentence with what is to be said of each; `matched` are the sentences of the library
    that it was written from, the likeliest first."""
    for code in own:
        fact = Fact(code.kind, code.span)
        same = _same(code, matched)
        if same is None and (rival := _rival(draft, code, own, matched)) is not None:
            yield fact, Verdict.DIFFERS, rival
        elif same is None:
            same = _same(code, [unit for text in texts for unit in text.units])
            if same is None and not _is_told(code, matched, texts):
                yield fact, Verdict.NOT_FOUND, None
        if same is not None:
            yield fact, Verdict.HOLDS, same


def _same(code: Code, units: Sequence[SourceUnit]) -> Told | None:
    for unit in units:
        for other in unit.codes:
            if code.is_same(other):
                return told_at(unit, other.span, 1.0, True)
    return None


def _rival(draft: Draft, code: Code, own: Sequence[Code], matched: Sequence[SourceUnit]) -> Told | None:
    """Another code of its kind in its place; not one that the draft has elsewhere."""
    around = Around.of(draft.folded, code.span)
    best: Told | None = None
    for unit in matched:
        for other in unit.codes:
            if not code.is_alike(other) or any(one.is_same(other) for one in own):
                continue
            agreement = around.loose(unit, other.span)
            if agreement >= parameters.OTHER_CONTEXT and (best is None or agreement > best.agreement):
                best = told_at(unit, other.span, agreement, False)
    return best


def _is_told(code: Code, matched: Sequence[SourceUnit], texts: Sequence[SourceText]) -> bool:
    """Whether a code stands in what is around the texts (titles, heads of tables), or all of its parts in the sentence
    that the draft's was written from."""
    if any(code.text in squeeze(f"{text.folded} {text.context}") for text in texts):
        return True
    if any(code.text in squeeze(cell.around) + "".join(cell.heads) for text in texts for cell in text.cells):
        return True
    parts = re.findall(r"[a-z]+|\d+(?:\.\d+)?", code.text)
    return len(parts) > 1 and any(all(_stands(part, unit.folded) for part in parts) for unit in matched)


def _stands(part: str, folded: str) -> bool:
    sign = r"\d" if part[0].isdigit() else "a-z"
    return re.search(rf"(?<![{sign}]){re.escape(part)}(?![{sign}])", folded) is not None


def is_nowhere(draft: Draft, fact: Fact, texts: Sequence[SourceText]) -> bool:
    """Whether a number without a unit stands in none of some texts, however it is written there; not one that may
    number a line, a picture, a step, nor a part of a run (3-12)."""
    number = fact.quantity
    if number is None or fact.is_ordinal or _GOES_ON.match(draft.folded, fact.span.end):
        return False
    if _NUMBERING.search(draft.folded[: fact.span.start]):
        return False
    written = number.number.of(draft.folded).replace(",", "")
    if len(written) < parameters.SHORTEST_NUMBER or not written.replace(".", "").isdecimal():
        return False
    if any(_stands(written, f"{text.folded} {text.context}".replace(",", "")) for text in texts):
        return False
    told = (one.value for text in texts for unit in text.units for one in quantities(unit.folded))
    return number.value not in {*told, *(cell.quantity.value for text in texts for cell in text.cells)}


def judged_words(draft: Draft, done: Sequence[Span], matched: Sequence[SourceUnit]) -> Iterator[Judged]:
    """The words of a draft's sentence that have another one of their few in their place in the sentence that it was
    taken from nearly as it stands; nothing where one of those sentences has them all."""
    found: list[Judged] = []
    for unit in matched:
        if not _is_near_copy(draft.folded, unit.folded):
            continue
        pairs = [pair for pair in _exchanged(draft.folded, unit.folded) if not _met(pair[0], done)]
        if not pairs:
            return
        told = [(mine, told_at(unit, other, 1.0, False)) for mine, other in pairs]
        found = found or [(Fact(_kind(mine.of(draft.folded)), mine), Verdict.DIFFERS, one) for mine, one in told]
    yield from found


def _kind(word: str) -> FactKind:
    return FactKind.DATE if word in PARTS_OF_DAY else FactKind.NAME


def _is_near_copy(mine: str, other: str) -> bool:
    blocks = SequenceMatcher(None, other, mine, autojunk=False).get_matching_blocks()
    same = sum(len(letters(mine[block.b : block.b + block.size])) for block in blocks)
    return same > 0 and same >= parameters.NEAR_COPY * len(letters(mine))


def _exchanged(mine: str, other: str) -> list[tuple[Span, Span]]:
    """The words of one sentence and those in their place in the other."""
    lead = len(mine) - len(mine.lstrip())  # the line end before a sentence is no part of what was changed
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, other, mine[lead:], autojunk=False).get_opcodes():
        c, d = c + lead, d + lead
        if tag == "replace" and b - a == d - c == 1 and _is_exchange(mine, c, other, a):
            # The word that it makes with its neighbour tells what it is: 二等, 乙方.
            end = 1 + (mine[d : d + 1] == other[b : b + 1] != "")
            found.append((Span(c, c + end), Span(a, a + end)))
    own, others = list(_PART_OF_DAY.finditer(mine)), list(_PART_OF_DAY.finditer(other))
    if len(own) == len(others) == 1 and PARTS_OF_DAY[own[0][0]] != PARTS_OF_DAY[others[0][0]]:
        pair = Span(*own[0].span()), Span(*others[0].span())
        found = [one for one in found if not _met(one[0], [pair[0]])] + [pair]
    return found


def _is_exchange(mine: str, at: int, other: str, there: int) -> bool:
    one, two = mine[at], other[there]
    group = _OF_ALTERNATIVES.get(one)
    if group is None or group != _OF_ALTERNATIVES.get(two):
        return False
    before, behind = mine[at - 1 : at], mine[at + 1 : at + 2]
    if before == other[there - 1 : there] and before in _COUNTED_BY:
        return True
    if not behind or behind != other[there + 1 : there + 2]:
        return False
    if one in "上中下":
        return behind in _HALVED
    return one not in _NUMERALS or (behind not in _NUMERALS and before not in tuple(_NUMERALS))  # 三十五: a figure


def _met(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
