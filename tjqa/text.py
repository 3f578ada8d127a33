"""Text functions shared by indexing and asking. All keep character offsets: `len(fold(t)) == len(t)`.

Folding maps one character to one character, so a position in folded text *is* the position in the file:
no offset table has to be kept or trusted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tjqa.records import Span

TEXT_VERSION = 2
"""Raised whenever folding or the cutting of sentences changes: an index holds what late interaction saw of each."""

# A sentence ends after a run of stops and the closing quotes or brackets that follow, or at a newline.
# Half-width ; ! ? count (scraped pages use them); the half-width full stop does not: it stands in 5.2% and
# in addresses. 。 inside brackets still ends a sentence; that is harmless for retrieval.
_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)】》\"']*|\n+")


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """Sentences of `text` inside `span`, tiling it exactly; white space stays with the sentence before it."""
    if span is None:  # not `or`: an empty span is false
        span = Span(0, len(text))
    found: list[Span] = []
    start = span.start
    for cut in [*(m.end() for m in _SENTENCE_END.finditer(text, span.start, span.end)), span.end]:
        if cut > start and not text[start:cut].isspace():
            found.append(Span(start, cut))
            start = cut
    if start < span.end:  # trailing white space, or nothing but white space
        found = [*found[:-1], Span(found[-1].start, span.end)] if found else [Span(start, span.end)]
    return found


# A comma or colon inside a number (1,000; 10:30) ends nothing. The marks stand first, what may be around them after:
# so most characters are passed by at once (three times as fast as alternatives that begin with a look behind).
_CLAUSE_END = re.compile(r"[,:，：](?:(?<=[，：])|(?!\d)|(?<!\d.))")


def clauses(text: str) -> list[list[Span]]:
    """The clauses of each sentence of `text`, tiling it: cut after commas and colons."""
    found = []
    for sentence in sentences(text):
        cuts = [m.end() for m in _CLAUSE_END.finditer(text, sentence.start, sentence.end)]
        bounds = [sentence.start, *(cut for cut in cuts if cut < sentence.end), sentence.end]
        found.append([Span(a, b) for a, b in pairwise(bounds)])
    return found


def clause_counts(text: str, spans: Sequence[Span]) -> list[int]:
    """How many clauses each of the sentences `spans` of `text` has."""
    cuts = [m.end() for m in _CLAUSE_END.finditer(text)]
    # A cut at the very end of a sentence parts nothing.
    return [bisect_left(cuts, span.end) - bisect_right(cuts, span.start) + 1 for span in spans]


def trim(text: str, span: Span) -> Span:
    """`span` without white space at either end (empty at its start when there is nothing else)."""
    piece = span.of(text)
    lead = len(piece) - len(piece.lstrip())
    return Span(span.start + lead, span.start + max(lead, len(piece.rstrip())))


def squeeze(text: str) -> str:
    """`text` without white space, for comparing wording only (positions are lost)."""
    return "".join(text.split())


class _FoldTable(dict[int, int]):
    """Fills itself: code point → folded code point, each worked out once."""

    def __missing__(self, point: int) -> int:
        char = chr(point)
        if 0xD800 <= point < 0xE000:  # half of a character, from a broken command line: no encoder takes it
            self[point] = 0xFFFD
            return self[point]
        wide = unicodedata.normalize("NFKC", char)
        if len(wide) != 1:  # ㎡, ½, … become several characters: kept, or offsets would move
            wide = char
        lower = wide.lower()
        folded = lower if len(lower) == 1 else wide
        self[point] = ord(_simplified().get(folded, folded))
        return self[point]


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Traditional → simplified, one character for one character, from OpenCC's own table."""
    from opencc import OpenCC

    # Each character on a line of its own, so that no phrase rule applies and the mapping stays one to one.
    han = [chr(c) for block in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)) for c in range(*block)]
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {t: s for t, s in zip(han, simple, strict=True) if t != s and len(s) == 1}


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """`text` for matching: half width, lower case, simplified characters; the same length as `text`."""
    return text.translate(_FOLD)


class _VisibleTable(dict[int, int]):
    """Code point → what a terminal may be sent for it; every entry worked out once."""

    def __missing__(self, point: int) -> int:
        # Cc: ESC and other commands; Cf: bidi and zero-width characters that hide or reorder text; Cs: lone
        # surrogates that cannot be encoded; Zl, Zp: line breaks for some terminals.
        hidden = unicodedata.category(chr(point)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and point not in (0x0A, 0x09)
        self[point] = ord("·") if hidden else point
        return self[point]


_VISIBLE = _VisibleTable()


def visible(text: str) -> str:
    """`text` safe to send to a terminal: every control, bidi or zero-width character shown as ·; the same length."""
    return text.translate(_VISIBLE)
