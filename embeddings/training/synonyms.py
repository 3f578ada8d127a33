"""Synonyms out of a dictionary: words that share one of their English glosses (公厕 and 卫生间: "public toilet").

Texts that ask in other words than the passage are rare among the pairs; these teach which words stand for another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from embeddings.training.pairs import Pair

GROUP = "synonyms/word-word"
_BRACKETED = re.compile(r"\([^)]*\)")
_LEADING = re.compile(r"^(to|a|an|the) ")
_REFERENCE = re.compile("^(variant of|abbr|surname|see |old |erhua|cl:)")
_NO_GLOSS = re.compile("[㐀-鿿]")
_SHORTEST = 3
_MOST = 6  # words that share a gloss; those that more share ("to fly") say little


def synonyms(pairs: Iterable[Pair], kind: str) -> Iterator[Pair]:
    """A pair for every two words with a common gloss, out of the pairs of `kind` (word, glosses parted by ; or /)."""
    sharing: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        if pair.group.endswith(kind):
            for gloss in re.split("[;/]", pair.passage):
                bare = _LEADING.sub("", _BRACKETED.sub("", gloss).strip().lower()).strip()
                if len(bare) >= _SHORTEST and not _NO_GLOSS.search(bare) and not _REFERENCE.match(bare):
                    sharing[bare][pair.query] = None
    for words in sharing.values():
        if len(words) <= _MOST:
            for one, other in combinations(words, 2):
                yield Pair(GROUP, one, other)
