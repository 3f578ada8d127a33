"""Quotation marks as the recogniser's probabilities tell them, beyond what its own decoding takes from them.

It divides what it sees of one mark among “ ‘ " ': each may then be less likely than that nothing stands there, and the
mark is lost, or the likeliest one is the wrong one of a pair. Here a mark stands where all of them together are likely,
and which one it is the line as a whole decides: marks open and close, ‘ ’ stand within “ ” or alone, and between
Chinese characters no straight mark is printed.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import Any

LEAST_MARK = 0.03
"""Probability of all marks together from which on one may stand where the decoder saw none. Of clean print nothing else
has so much, but the columns beside a mark."""
LOST = 0.3
"""How much what speaks for nothing there counts: a mark alone needs a quarter of the probability, one that another mark
calls for a fiftieth."""
_ECHO = 1  # columns
_CURLED = "“”‘’"
_STRAIGHT = "\"'"
_UNSURE = 0.01  # of a mark that is surely a double one it is yet so likely that it is a single one, and the other way
_LEAST = 1e-5  # of a kind that was not seen at all: no pairing turns a mark around that is surely curled one way
_ODD = math.log(0.02)  # for a mark that does not fit what is open
# What is open → mark → what is open then. A line may begin within a quotation.
_FITTING = {
    "": {"“": "“", "‘": "‘"},
    "“": {"”": "", "‘": "“‘"},
    "‘": {"’": ""},
    "“‘": {"’": "“"},
}
_OTHERWISE = {"“": "“", "‘": "‘", "”": "", "’": ""}
_AT_FIRST = {"": 0.0, "“": math.log(0.3), "‘": math.log(0.03), "“‘": math.log(0.03)}


class QuotationMarks:
    """Mends the probabilities of lines before they are decoded.

    Args:
        characters: what the columns of the probabilities stand for; the first one is for nothing.
    """

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters
        self._ids = {char: characters.index(char) for char in (*_CURLED, *_STRAIGHT) if char in characters}

    def mended(self, lines: Any) -> Any:
        """Probabilities (lines, columns, characters), changed in their place where they may be: the likeliest are the
        marks that were printed."""
        if not set(_CURLED) <= self._ids.keys():
            return lines
        lines = lines if lines.flags.writeable else lines.copy()
        for line in lines:
            self._mend(line)
        return lines

    def _mend(self, line: Any) -> None:
        best = line.argmax(axis=1)
        chinese = [group for group in self._marks(line, best) if self._beside_chinese(best, group)]
        kinds = likeliest([self._kinds(line, best, group) for group in chinese])
        for group, kind in zip(chinese, kinds, strict=True):
            if kind:
                line[group, self._ids[kind]] = line[group].max(axis=1) + 1e-6

    def _marks(self, line: Any, best: Any) -> list[list[int]]:
        """The columns of each mark that is seen, and of each that may have been lost."""
        ids = list(self._ids.values())
        seen = [at for at, char in enumerate(best.tolist()) if char in ids]
        near = {at + step for at in seen for step in range(-_ECHO, _ECHO + 1)}
        likely = line[:, ids].sum(axis=1)
        lost = [at for at in (likely >= LEAST_MARK).nonzero()[0].tolist() if best[at] == 0 and at not in near]
        groups: list[list[int]] = []
        for at in sorted([*seen, *lost]):
            if groups and at == groups[-1][-1] + 1 and best[at] == best[at - 1]:
                groups[-1].append(at)
            else:
                groups.append([at])
        return groups

    def _beside_chinese(self, best: Any, group: Sequence[int]) -> bool:
        """Whether the character before or behind a mark is one of Chinese print."""
        before, after = best[: group[0]], best[group[-1] + 1 :]
        near = [self._characters[char] for char in (*before[before > 0][-1:], *after[after > 0][:1])]
        return any(unicodedata.east_asian_width(char[0]) in "WF" or char in _CURLED for char in near)

    def _kinds(self, line: Any, best: Any, group: Sequence[int]) -> dict[str, float]:
        """How likely a mark is each of the four, and that it is none, where none was seen. Which way a mark is curled
        is seen far better than whether it is a double one, and by itself: a straight one is either."""
        column = max(group, key=lambda at: float(line[at, list(self._ids.values())].sum()))
        at = {kind: float(line[column, number]) for kind, number in self._ids.items()}
        total = sum(at.values())
        opening, closing = at["“"] + at["‘"], at["”"] + at["’"]
        opens = opening / (opening + closing) if opening + closing else 0.5
        single = (at["‘"] + at["’"] + at.get("'", 0.0)) / total
        single = (1 - 2 * _UNSURE) * single + _UNSURE
        found = {
            "“": total * opens * (1 - single),
            "‘": total * opens * single,
            "”": total * (1 - opens) * (1 - single),
            "’": total * (1 - opens) * single,
        }
        if best[column] == 0:
            found[""] = LOST * (1.0 - total)
        return found


def likeliest(marks: Sequence[dict[str, float]]) -> list[str]:
    """The kinds of marks that follow each other, by how likely each is and how they fit.

    Args:
        marks: of each, how likely it is “ ” ‘ ’, and "" for none where it need not be one.
    """
    ways: dict[str, tuple[float, list[str]]] = {state: (cost, []) for state, cost in _AT_FIRST.items()}
    for mark in marks:
        following: dict[str, tuple[float, list[str]]] = {}
        for state, (score, kinds) in ways.items():
            for kind, likely in mark.items():
                then = _FITTING[state].get(kind) if kind else state
                worth = score + math.log(max(_LEAST, likely)) + (_ODD if then is None else 0.0)
                after = _OTHERWISE[kind] if then is None else then
                if after not in following or worth > following[after][0]:
                    following[after] = worth, [*kinds, kind]
        ways = following
    return max(ways.values(), key=lambda way: way[0])[1]
