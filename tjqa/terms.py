"""Text → index terms: figures in one written form, jieba words (search mode) and pairs of characters.

Words carry meaning, pairs are the safety net where segmentation of question and document differ; measured on
public Chinese retrieval sets, one BM25 index holding both beats either kind alone. jieba (0.9 s to load its
dictionary) is imported at first use.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tjqa.config import cache_folder
from tjqa.figures import figures, is_form
from tjqa.text import fold

TERMS_VERSION = 4
"""Raised whenever the same text would give other terms: an index of other terms cannot be searched."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_STRAY_SPACE = re.compile(rf"(?<=[{_HAN}])[ \t\u3000]+(?=[{_HAN}])")
_HAN_RUN = re.compile(rf"[{_HAN}]+")
_MIXED = re.compile(r"(?<![a-z0-9.])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]+(?:[.-][a-z0-9]+)*")
_WORD = re.compile(rf"[{_HAN}]+|[a-z0-9]+(?:[.+#-][a-z0-9]+)*")


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    # What it says of a cache it cannot write belongs on nobody's terminal. Its cache of the dictionary is loaded with
    # marshal, so it must not lie where others can put one, as in the shared temporary folder that is its default.
    jieba.setLogLevel(logging.CRITICAL)
    jieba.dt.tmp_dir = str(cache_folder())
    jieba.initialize()
    return jieba


_words: tuple[str, ...] = ()


def use_words(words: tuple[str, ...]) -> None:
    """Cut `words` (the user's own, any spelling) as one word from now on; an index and its questions need the same."""
    global _words
    _words = words


def used_words() -> tuple[str, ...]:
    """The user's words in use."""
    return _words


def _cutter() -> Any:
    """jieba's segmenter with the user's words."""
    return _with_words(_words) if _words else _jieba().dt


@lru_cache(maxsize=2)
def _with_words(words: tuple[str, ...]) -> Any:
    plain = _jieba().dt
    cutter = _jieba().Tokenizer()
    cutter.FREQ, cutter.total, cutter.initialized = dict(plain.FREQ), plain.total, True  # reading it again costs 0.6 s
    for word in words:
        cutter.add_word(fold(word))
    return cutter


def terms(text: str) -> list[str]:
    """Index terms of `text` in reading order, repeats included."""
    folded = _STRAY_SPACE.sub("", fold(text))
    found: list[str] = []
    start = 0
    for figure in figures(folded):
        found.extend(_words_and_pairs(folded[start : figure.start]))
        found.extend(figure.forms)
        start = figure.end
    found.extend(_words_and_pairs(folded[start:]))
    # 5g, pm2.5: names whose letters and digits belong together, though the digits look like a figure.
    found.extend(_MIXED.findall(folded))
    return found


def rarity(term: str) -> float:
    """How rare a term is in Chinese at large, 0 (的) to 1 (unknown), from jieba's word counts.

    A library's own idf calls 打算 and 吞吐量 equally rare when it holds neither; only one of them is what the
    question is about. Pairs of characters get 0: they are no words.
    """
    if term.startswith("·"):
        return 0.0
    if is_form(term):
        return 0.5  # a figure limits a question but is seldom its subject
    count = _cutter().FREQ.get(term, 0)
    if not count and len(parts := list(_cutter().cut(term, HMM=False))) > 1:
        return max(map(rarity, parts))  # jieba makes words up (投了, 想冲): they tell what their rarest part tells
    return min(1.0, max(0.0, 1 - (math.log10(count + 1) / 5)))  # counts run to 10^5.5


def is_made_up(word: str) -> bool:
    """Whether jieba put a word together that its dictionary does not hold."""
    return not _cutter().FREQ.get(word, 0)


def is_place(term: str) -> bool:
    """Whether a word is a place or an institution: so marked in jieba's dictionary, or a name it knows as no common
    word, with the ending of an administrative area."""
    places, common, _, _ = _tagged()
    return term in places or (len(term) > 2 and term[-1] in _AREAS and term[0] != "·" and term not in common)


# 于田县, 洛浦县: most counties of China stand in no dictionary.
_AREAS = frozenset("省市区县州旗盟镇乡村")


# What stands before the word for an area and makes a name with it: not 全, 该, 两个, 新.
_NAME_START = re.compile(
    rf"(?![全本我该各两几每某此这那个]|[邻城郊山老新内外跨同双多省市区县州乡镇村]$)[{_HAN}]{{1,2}}"
)
_RARE_NAME = 0.2  # commoner words (进|村, 大|县) begin a phrase


def place_names(text: str) -> list[str]:
    """The places and institutions that a text names, each once. An area that jieba does not know is cut (白鹭|县): it
    is put together again."""
    found: list[str] = []
    before = ""
    for word in words_of(text):
        if is_place(word):
            found.append(word)
        elif word in _AREAS and _begins_name(before):
            found.append(before + word)
        before = word
    return list(dict.fromkeys(found))


def _begins_name(before: str) -> bool:
    """Whether a word and the word for an area behind it are one name: 白鹭|县, but 进|村 and 大|县 are two."""
    return bool(_NAME_START.fullmatch(before)) and rarity(before) >= _RARE_NAME and not is_verb(before)


def short_name(name: str) -> str:
    """A name without the word for the kind of area, when two characters are left: of 于田县 texts mostly say 于田."""
    return name[:-1] if len(name) > 2 and name[-1] in _AREAS else name


def is_verb(word: str) -> bool:
    """Whether jieba's dictionary knows a word as a verb, adverb or preposition: no name begins with one."""
    return word in _tagged()[2]


def is_measure(word: str) -> bool:
    """Whether jieba's dictionary knows a word as a numeral, a measure or a pronoun (十个月, 亿元, 那家): it counts or
    points and names nothing."""
    return word in _tagged()[3]


def words_of(text: str) -> list[str]:
    """`text` cut into words that tile it."""
    return list(_cutter().cut(text))


@lru_cache(maxsize=1)
def _tagged() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Of jieba's dictionary: places and institutions, words that end like an area but name none (开发区), verbs,
    and numerals, measures and pronouns."""
    named, institutions, common, verbs, measures = set(), set(), set(), set(), set()
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
            if tag[0] not in "n" or tag == "n":
                if word[-1] in _AREAS:
                    common.add(word)
                if tag in ("v", "d", "p", "vd"):
                    verbs.add(word)
    # The tag ns alone is loose (城市, 美丽 carry it), and districts are tagged as persons: a short name counts when the
    # dictionary also knows it with its kind (海淀区, 日本人).
    places = {
        word for word in named
        if (len(word) > 2 and word not in common) or any(all_words.get(word + kind) for kind in "省市区县州盟国人")
    }  # fmt: skip
    return frozenset(places | institutions), frozenset(common), frozenset(verbs), frozenset(measures)


def _words_and_pairs(text: str) -> Iterator[str]:
    if not text.strip():
        return
    for word in _cutter().cut_for_search(text):
        if _WORD.fullmatch(word):
            yield word
    for run in _HAN_RUN.findall(text):
        # Marked, so that a pair and a two-character word are counted apart: a word match is worth both.
        yield from (f"·{run[i : i + 2]}" for i in range(len(run) - 1))
