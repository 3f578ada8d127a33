"""Text → words, by jieba's dictionary and the words of a library's reader.

jieba (0.9 s to load its dictionary) is imported at first use. What the dictionary alone says of a word (`is_verb`,
`is_measure`, `tagged`) is the same for every library.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from tjqa.config import cache_folder, may_write
from tjqa.text.normalize import fold
from tjqa.text.numbers import is_form

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    # What it says of a cache it cannot write belongs on nobody's terminal. Its cache of the dictionary is loaded with
    # marshal, so it must not lie where others can put one, as in the shared temporary folder that is its default.
    jieba.setLogLevel(logging.CRITICAL)
    kept = cache_folder()
    # It writes one wherever it finds none and can: into a folder that is not there it cannot.
    jieba.dt.tmp_dir = str(kept if may_write() or (kept / "jieba.cache").is_file() else kept / "none" / "here")
    # jieba's own asks for the current folder first, which may have been removed.
    folder = Path(jieba.__file__).parent
    jieba.get_module_res = lambda *parts: folder.joinpath(*parts).open("rb")
    jieba.initialize()
    return jieba


class Segmenter:
    """Cuts text into words: jieba's dictionary, which all share and none changes, and a library's own words.

    An index and its questions need the same words, so each library has a segmenter of its own, and several can be
    open at once. Made at no cost: the dictionary is loaded when the first text is cut.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        """`words`, the user's own in any spelling, are cut as one word each."""
        self.words = tuple(words)

    @cached_property
    def _tokenizer(self) -> Any:
        plain = _jieba().dt
        if not self.words:
            return plain
        own = _jieba().Tokenizer()
        own.FREQ, own.total, own.initialized = dict(plain.FREQ), plain.total, True  # reading it again costs 0.6 s
        for word in self.words:
            own.add_word(fold(word))
        return own

    def cut(self, text: str) -> list[str]:
        """`text` (folded) cut into words that tile it."""
        return list(self._tokenizer.cut(text))

    def cut_for_search(self, text: str) -> Iterator[str]:
        """The words of `text` (folded), long ones with the shorter words inside them; they overlap."""
        words: Iterator[str] = self._tokenizer.cut_for_search(text)
        return words

    def rarity(self, term: str) -> float:
        """How rare a term is in Chinese at large, 0 (的) to 1 (unknown), from jieba's word counts.

        A library's own idf calls 打算 and 吞吐量 equally rare when it holds neither; only one of them is what the
        question is about. Pairs of characters get 0: they are no words.
        """
        if term.startswith("·"):
            return 0.0
        if is_form(term):
            return 0.5  # a figure limits a question but is seldom its subject
        count = self._tokenizer.FREQ.get(term, 0)
        if not count and len(parts := list(self._tokenizer.cut(term, HMM=False))) > 1:
            return max(
                map(self.rarity, parts)
            )  # jieba makes words up (投了, 想冲): they tell what their rarest part does
        return min(1.0, max(0.0, 1 - (math.log10(count + 1) / 5)))  # counts run to 10^5.5

    def is_made_up(self, word: str) -> bool:
        """Whether jieba put a word together that neither its dictionary nor the user's words hold."""
        return not self._tokenizer.FREQ.get(word, 0)


# 于田县, 洛浦县: most counties of China stand in no dictionary.
AREAS = frozenset("省市区县州旗盟镇乡村")


def is_verb(word: str) -> bool:
    """Whether jieba's dictionary knows a word as a verb, adverb or preposition: no name begins with one."""
    return word in tagged()[2]


def is_adjective(word: str) -> bool:
    """Whether jieba's dictionary knows a word as an adjective: it says how a thing is and names none."""
    return word in tagged()[4]


def is_measure(word: str) -> bool:
    """Whether jieba's dictionary knows a word as a numeral, a measure or a pronoun (十个月, 亿元, 那家): it counts or
    points and names nothing."""
    return word in tagged()[3]


@lru_cache(maxsize=256)
def is_common_word(word: str) -> bool:
    """Whether jieba's dictionary knows a word as anything but a name of a person, a place or a body."""
    with _jieba().get_dict_file() as lines:  # looked for as it stands there: 10 ms, and nothing to hold in memory
        found = re.search(rb"^%s [0-9]+ (\w+)" % re.escape(word.encode("utf-8", "replace")), lines.read(), re.MULTILINE)
    return found is not None and found[1][:2] not in (b"nr", b"ns", b"nt", b"nz")


@lru_cache(maxsize=1)
def tagged() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Of jieba's dictionary: places and institutions, words that end like an area but name none (开发区), verbs,
    numerals, measures and pronouns, and adjectives."""
    named, institutions, common, verbs, measures, adjectives = set(), set(), set(), set(), set(), set()
    all_words = _jieba().dt.FREQ
    with _jieba().get_dict_file() as lines:  # "word count tag", 0.1 s
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            if tag == "nt":
                institutions.add(word)
            elif tag == "ns" or (tag.startswith("nr") and len(word) == 2):
                named.add(word)
            elif tag in ("m", "q", "r"):
                measures.add(word)
            elif tag in ("a", "ad"):
                adjectives.add(word)
            if tag[0] not in "n" or tag == "n":
                if word[-1] in AREAS:
                    common.add(word)
                if tag in ("v", "d", "p", "vd"):
                    verbs.add(word)
    # The tag ns alone is loose (城市, 美丽 carry it), and districts are tagged as persons: a short name counts when the
    # dictionary also knows it with its kind (海淀区, 日本人).
    places = {
        word for word in named
        if (len(word) > 2 and word not in common)
        or any(all_words.get(word + kind) for kind in (*"省市区县州盟国人", "特区"))
    }  # fmt: skip
    every = (frozenset(places | institutions), frozenset(common), frozenset(verbs))
    return (*every, frozenset(measures), frozenset(adjectives))
