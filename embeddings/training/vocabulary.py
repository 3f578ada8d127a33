"""The tokenizer: words of jieba's dictionary that the text uses, every character seen, Latin words, numbers.

A Unigram model whose scores are log frequencies cuts Chinese like jieba without its guesser, needs no jieba
when used, and falls back to characters for unknown words. Counting with a large tokenizer of the same kind,
built from the whole dictionary, is many times faster than cutting with jieba.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from embeddings.training.characters import HAN, WORD_RUNS, fold_table, normalise, precompiled

PAD, UNKNOWN = "[PAD]", "[UNK]"
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly")
_SHORTEST_FORM = 5  # shorter words with such endings are mostly not forms: this, need, fly
_HAN_WORD = re.compile(f"[{HAN}]{{2,6}}")


@dataclass(frozen=True, slots=True)
class VocabularySizes:
    """How many entries of each make the tokenizer may have, the most frequent ones; characters are always all in."""

    words: int = 23_500
    latin_words: int = 12_700
    latin_pieces: int = 2_000
    numbers: int = 1_000
    minimum_count: int = 4


def new_tokenizer(scores: Sequence[tuple[str, float]]) -> Tokenizer:
    """A tokenizer over the given pieces; anything that is no word is dropped before the model sees it."""
    tokenizer = Tokenizer(models.Unigram([(PAD, 0.0), (UNKNOWN, -30.0), *scores], unk_id=1, byte_fallback=False))
    tokenizer.normalizer = normalizers.Precompiled(precompiled(fold_table()))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORD_RUNS), behavior="removed", invert=True)
    # An empty token before each text: so a text without words has a vector too (zeros, not "not a number").
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{PAD} $A", special_tokens=[(PAD, 0)])
    return tokenizer


def dictionary() -> dict[str, int]:
    """jieba's words of two to six Chinese characters, folded, with its counts."""
    import jieba

    counts: dict[str, int] = {}
    text = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, count = line.split(" ")[:2]
        folded = normalise(word)
        if _HAN_WORD.fullmatch(folded):
            counts[folded] = counts.get(folded, 0) + int(count)
    return counts


def build_tokenizer(texts: Sequence[str], sizes: VocabularySizes) -> Tokenizer:
    """Count `texts` and keep the most frequent words; scores are logarithms of the counts."""
    words, characters, runs = _count(texts)
    pieces = dict(_top(words, sizes.words, sizes.minimum_count))
    pieces |= characters
    total = sum(pieces.values())
    scores = {w: math.log(n / total) for w, n in pieces.items()}
    scores |= _latin_scores(runs, sizes)
    scores |= _number_scores(runs, sizes.numbers)
    return new_tokenizer(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _top(counts: Counter[str], limit: int, minimum: int) -> list[tuple[str, int]]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [item for item in ranked if item[1] >= minimum][:limit]


def _count(texts: Sequence[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Counts of dictionary words as a cut of `texts` uses them, of characters, of Latin and digit runs."""
    words = dictionary()
    total = sum(words.values())
    characters = Counter("".join(re.findall(f"[{HAN}]+", normalise("".join(texts)))))
    # Characters outside the dictionary's words cost as much as a word seen once.
    scores = {c: math.log(1 / total) for c in characters} | {w: math.log(max(n, 1) / total) for w, n in words.items()}
    scores |= dict.fromkeys("abcdefghijklmnopqrstuvwxyz0123456789", -10.0)
    cutter = new_tokenizer(list(scores.items()))
    counts = np.zeros(cutter.get_vocab_size(), dtype=np.int64)
    runs: Counter[str] = Counter()
    for start in range(0, len(texts), 4096):
        block = texts[start : start + 4096]
        ids = [e.ids for e in cutter.encode_batch_fast(block, add_special_tokens=False)]
        counts += np.bincount(list(chain.from_iterable(ids)), minlength=len(counts))
        runs.update(re.findall("[a-z]+|[0-9]+", normalise("\n".join(block))))
    found = {cutter.id_to_token(i) or "": int(n) for i, n in enumerate(counts) if n}
    return Counter({w: n for w, n in found.items() if len(w) > 1 and w in words}), characters, runs


def _latin_scores(runs: Counter[str], sizes: VocabularySizes) -> dict[str, float]:
    """Whole Latin words by count, and pieces for the others.

    A whole word has a translation, its pieces have none. A piece costs more than any word, so that a known word is
    never cut.
    """
    counts = _without_endings(Counter({w: n for w, n in runs.items() if w.isalpha()}))
    letters = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", -10.0)
    if not counts:
        return letters
    learner = Tokenizer(models.Unigram())
    trainer = trainers.UnigramTrainer(
        vocab_size=sizes.latin_pieces,
        initial_alphabet=list(letters),
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN],
        show_progress=False,
    )
    # The trainer takes texts, not counts: a word is repeated by the root of its count, which keeps its rank.
    learner.train_from_iterator(_repeated(sorted(counts.items(), key=lambda item: (-item[1], item[0]))), trainer)
    learned = {w: s for w, s in json.loads(learner.to_str())["model"]["vocab"] if w.isalpha() and w.isascii()}
    total, lowest = sum(counts.values()), min(learned.values())
    pieces = dict.fromkeys([*letters, *_ENDINGS], lowest) | learned
    dearest_word = math.log(1 / total)
    words = {w: math.log(n / total) for w, n in _top(counts, sizes.latin_words, sizes.minimum_count)}
    return {w: s + dearest_word for w, s in pieces.items()} | words


def _without_endings(counts: Counter[str]) -> Counter[str]:
    """Counts with regular forms added to their word: players is cut into player and s, and needs no entry.

    A form more frequent than what it would come from (united, unite) is a word of its own.
    """
    found: Counter[str] = Counter()
    for word, count in counts.items():
        bases = [word[: -len(e)] for e in _ENDINGS if word.endswith(e) and len(word) >= _SHORTEST_FORM]
        found[max((b for b in bases if counts[b] >= max(count, 2)), key=lambda b: counts[b], default=word)] += count
    return found


def _repeated(words: Iterable[tuple[str, int]]) -> Iterable[str]:
    for word, count in words:
        yield from [word] * max(1, min(1000, round(count**0.5)))


def _number_scores(runs: Counter[str], limit: int) -> dict[str, float]:
    """Frequent numbers of two to four digits, and the digits."""
    numbers = Counter({w: n for w, n in runs.items() if w.isdigit() and 2 <= len(w) <= 4})
    scores = {w: math.log(n / max(1, sum(numbers.values()))) for w, n in _top(numbers, limit, 4)}
    return scores | dict.fromkeys("0123456789", -12.0)
