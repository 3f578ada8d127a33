"""What looks like an answer and is none: made by rule from questions that are answered.

Another year, place, name or number in the question; the sentence with the answer taken out; another passage of the
document; a passage of another document that shares the question's words; a line that only echoes the question.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import jieba.posseg
import numpy as np

from embeddings.training.reader.examples import Example, Group, pairs_of, sentences, window

KINDS = ("exchanged", "taken out", "sister", "likely", "echo")
_SHARES = {"exchanged": 0.33, "taken out": 0.17, "sister": 0.2, "likely": 0.27, "echo": 0.03}
_TAGS = ("nr", "ns", "nt", "nz", "nrt")  # names of jieba's tagger: persons, places, bodies, others
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百]+(?=[条章款届次期季月号级年])")
_DIGITS = "一二三四五六七八九十"
_COMMON = 400  # passages that share a pair of characters; commoner pairs are not looked at
_LIKELY = 10  # best passages that one is chosen of
_ECHO = ("关于{}的通知", "{}", "附件:{}", "{}?", "目录\n一、{}\n二、其他事项", "{}\n(填写说明见背面)", "点击查看:{}")


class NearMisses:
    """Makes them out of a collection of examples."""

    def __init__(self, examples: Sequence[Example], chooser: random.Random) -> None:
        self._chooser = chooser
        self._examples = list({(e.head, e.text): e for e in examples}.values())
        self._names: dict[str, list[str]] = defaultdict(list)
        self._documents: dict[str, list[Example]] = defaultdict(list)
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._examples):
            self._documents[one.document].append(one)
            for pair in pairs_of(one.head + one.text):
                self._holders[pair].append(number)
        for one in examples:
            for name, tag in _names(one.question):
                self._names[tag].append(name)

    def one(self, answered: Example) -> Example | None:
        """A passage that does not answer, of a kind drawn by its share; of another kind where that cannot be made."""
        order = sorted(KINDS, key=lambda kind: self._chooser.random() ** (1 / _SHARES[kind]), reverse=True)
        ways = {
            "exchanged": self._exchanged,
            "taken out": self._taken_out,
            "sister": self._sister,
            "likely": self._likely,
            "echo": self._echo,
        }
        for kind in order:
            if (found := ways[kind](answered)) is not None:
                return found
        return None

    def _exchanged(self, one: Example) -> Example | None:
        places: list[tuple[int, int, str]] = []
        for number in _NUMBER.finditer(one.question):
            places.append((number.start(), number.end(), ""))
        at = 0
        for name, tag in _names(one.question):
            at = one.question.find(name, at)
            if name in one.text or name in one.head:
                places.append((at, at + len(name), tag))
            at += len(name)
        if not places:
            return None
        start, end, tag = self._chooser.choice(places)
        old = one.question[start:end]
        new = self._chooser.choice(self._names[tag]) if tag else self._other_number(old)
        if new in old or old in new or new in one.text or new in one.head:
            return None
        return _unanswered(one, question=one.question[:start] + new + one.question[end:])

    def _other_number(self, old: str) -> str:
        if not old[0].isdigit():
            return self._chooser.choice(_DIGITS)
        if old.isdigit() and old[:2] in ("19", "20") and len(old) == 4:
            return str(int(old) + self._chooser.choice((-3, -2, -1, -1, 1, 1, 2)))
        value = max(1, int(float(old)) + self._chooser.choice((-2, -1, 1, 2, 3)))
        return str(value)

    def _taken_out(self, one: Example) -> Example | None:
        answer = one.text[one.start : one.end]
        rest = "".join(one.text[a:b] for a, b in sentences(one.text) if b <= one.start or a >= one.end)
        if one.start < 0 or len(rest) < 30 or answer in rest:
            return None
        return _unanswered(one, text=rest)

    def _sister(self, one: Example) -> Example | None:
        answer = one.text[one.start : one.end] if one.start >= 0 else one.text
        own = [s for s in self._documents[one.document] if answer not in s.text and s.text not in one.text]
        if not own or not one.document:
            return None
        sister = self._chooser.choice(own)
        return _unanswered(one, text=sister.text, head=sister.head)

    def _likely(self, one: Example) -> Example | None:
        scores: dict[int, float] = defaultdict(float)
        for pair in pairs_of(one.question):
            holders = self._holders.get(pair, ())
            if 0 < len(holders) < _COMMON:
                for number in holders:
                    scores[number] += float(np.log(len(self._examples) / len(holders)))
        answer = one.text[one.start : one.end] if one.start >= 0 else one.text
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:_LIKELY]
        fitting = [self._examples[n] for n in best if self._examples[n].document != one.document]
        fitting = [e for e in fitting if answer not in e.text]
        if not fitting:
            return None
        other = self._chooser.choice(fitting)
        return _unanswered(one, text=other.text, head=other.head)

    def _echo(self, one: Example) -> Example | None:
        told = self._chooser.choice(_ECHO).format(one.question.rstrip("?\uff1f"))
        if one.start >= 0 and one.text[one.start : one.end] in told:
            return None
        return _unanswered(one, text=told)


def _unanswered(one: Example, **changed: str) -> Example:
    return replace(one, answers=False, start=-1, end=-1, **changed)


def _names(text: str) -> list[tuple[str, str]]:
    return [(word, tag) for word, tag in jieba.posseg.lcut(text) if tag in _TAGS and len(word) > 1]


def groups(
    examples: Sequence[Example], known: NearMisses, sizes: Sequence[int], chooser: random.Random, misses: float
) -> list[Group]:
    """A group for each example; each answered one gets `misses` near misses on average."""
    made = []
    for one in examples:
        group = Group([window(one, chooser.choice(sizes), chooser)])
        count = int(misses) + (chooser.random() < misses % 1) if one.answers else 0
        for _ in range(count):
            if (miss := known.one(one)) is not None:
                group.examples.append(window(miss, chooser.choice(sizes), chooser))
        made.append(group)
    return made
