"""Chinese questions in English words, taken word by word from a dictionary.

The words stand in Chinese order and the sense is the dictionary's first, so it is poor English; but that is enough to
learn that an English word in a question means a Chinese one in a passage (code-switching; Litschko et al. 2023).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import jieba
from pypinyin import lazy_pinyin

from embeddings.training.pairs import read_pairs

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[㐀-鿿]+|\|")
_LEAST_SHARE = 0.6  # of the words that carry meaning must be found, else the question is left out
_LONGEST = 4  # English words of one Chinese word; more is an explanation
_EMPTY = frozenset("的了是在着过吗呢吧啊之其所被把将与和及或等对于为以")
_HAN = re.compile("[㐀-鿿]")


@dataclass(frozen=True)
class Glosses:
    """The first English sense of each Chinese word."""

    sense: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Glosses:
        """From the pairs of kind `word-en`."""
        sense: dict[str, str] = {}
        for pair in read_pairs(folder):
            if pair.group.endswith("/word-en") and pair.query not in sense and (told := _first(pair.passage)):
                sense[pair.query] = told
        return cls(sense)

    def told(self, question: str) -> str:
        """The question in English words; nothing when too few are known."""
        words, known, asked = [], 0, 0
        for word in jieba.lcut(question):
            if not word.strip() or word in _EMPTY:
                continue
            if not _HAN.search(word):
                words.append(word)
                continue
            asked += 1
            if word in self.sense:
                known += 1
                words.append(self.sense[word])
            elif parts := self._parts(word):
                known += 1
                words.append(parts)
            else:  # a name, mostly
                words.append("".join(lazy_pinyin(word)).capitalize())
        return " ".join(words) if asked and known >= _LEAST_SHARE * asked else ""

    def _parts(self, word: str) -> str:
        """A word of several, each known."""
        for cut in range(len(word) - 2, 1, -1):
            if word[:cut] in self.sense and word[cut:] in self.sense:
                return f"{self.sense[word[:cut]]} {self.sense[word[cut:]]}"
        return ""


def _first(gloss: str) -> str:
    """The first sense that is short, without asides."""
    for sense in gloss.split(";"):
        told = _ASIDE.sub("", sense).strip(" ,?!.").removeprefix("to ")
        told = told.split(",")[0].strip()
        if (
            told
            and len(told.split()) <= _LONGEST
            and not told.startswith(("lit", "fig", "surname", "old variant", "variant"))
        ):
            return told
    return ""
