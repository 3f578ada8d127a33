"""Two exhaustive checks on a library: every sentence and every figure of it can be found by asking for it.

    python -m tests.benchmarks.wording [--sources DIR] [--embeddings DIR]

1. Every sentence of at least 12 characters of every article, asked verbatim: share that is the first hit.
2. Every percentage, 亿/万 amount and count with the words before it, its figure in three spellings (as written, full
   width, Chinese numerals or without the unit sign): share whose sentence is among the first three hits.

Prints the misses and the median time of a question. Needs an index (`tjqa index`).
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Iterator

from tjqa.config import settings
from tjqa.documents import Passage, Span
from tjqa.engine import Engine
from tjqa.results import Answer
from tjqa.text.sentences import sentences, trim

SHORTEST = 12

# The words before a figure say what it counts; a question of a figure alone would be a guessing game.
FIGURE = re.compile(
    r"(?P<before>[\u4e00-\u9fff“”]{4,14})(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>%|[万亿]?[\u4e00-\u9fff])"
)

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def main() -> None:
    """Run both checks and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources")
    parser.add_argument("--embeddings")
    options = parser.parse_args()
    engine = Engine.open(settings(options.sources, options.embeddings))
    passages = [p for p, _ in engine.passages() if p.role in ("body", "heading")]
    times: list[float] = []
    for name, asked, first in (
        ("verbatim sentences, first hit", verbatim(passages), 1),
        ("figures in three spellings, first three", figures(passages), 3),
    ):
        report(name, [check(engine, text, found_in(*place), first, times) for text, *place in asked])
    print(f"median {statistics.median(times) * 1000:.1f} ms over {len(times)} questions")


def verbatim(passages: list[Passage]) -> Iterator[tuple[str, Passage, Span]]:
    """Each sentence with where it stands in the file."""
    for passage in passages:
        for span in sentences(passage.text):
            inner = trim(passage.text, span)
            if len(inner) >= SHORTEST:
                start = passage.span.start + inner.start
                yield inner.of(passage.text), passage, Span(start, start + len(inner))


def figures(passages: list[Passage]) -> Iterator[tuple[str, Passage, Span]]:
    """Each figure with its words, three times, with where it stands in the file."""
    for passage in passages:
        for match in FIGURE.finditer(passage.text):
            span = Span(passage.span.start + match.start(), passage.span.start + match.end())
            for number in spellings(match["number"] + match["unit"]):
                yield f"{match['before']}{number}", passage, span


def spellings(figure: str) -> tuple[str, str, str]:
    """A figure as written, in full-width characters, and in another common form."""
    if figure.endswith("%"):
        other = "百分之" + chinese(figure[:-1])
    elif "万" in figure or "亿" in figure:
        unit = 10**4 if "万" in figure else 10**8
        number, tail = re.split("[万亿]", figure, maxsplit=1)
        other = f"{round(float(number.replace(',', '')) * unit)}{tail}"
    else:
        other = figure[:-1].replace(",", "") + " " + figure[-1]
    return figure, figure.translate(FULL_WIDTH), other


def chinese(number: str) -> str:
    """62.8 → 六十二点八 (below 1,000)."""
    digits = "零一二三四五六七八九"
    whole, _, fraction = number.replace(",", "").partition(".")
    value = int(whole)
    parts = []
    for unit, sign in ((100, "百"), (10, "十")):
        if value >= unit:
            parts.append(("" if unit == 10 and value < 20 and not parts else digits[value // unit]) + sign)
            value %= unit
    if value or not parts:
        parts.append(digits[value])
    return "".join(parts) + ("点" + "".join(digits[int(d)] for d in fraction) if fraction else "")


def found_in(passage: Passage, where: Span) -> str:
    """The words at a place of the file."""
    return passage.text[where.start - passage.span.start : where.end - passage.span.start]


def check(engine: Engine, question: str, words: str, first: int, times: list[float]) -> tuple[bool, str]:
    """Whether one of the first hits holds the words; those that stand in two places may come from either."""
    began = time.perf_counter()
    answer: Answer = engine.ask(question, 10)
    times.append(time.perf_counter() - began)
    return any(words in c.quote for c in answer.citations[:first]), question


def report(name: str, results: list[tuple[bool, str]]) -> None:
    """The share of successes, and the misses."""
    good = sum(ok for ok, _ in results)
    print(f"{name}: {good}/{len(results)} = {good / max(len(results), 1):.4f}")
    for ok, question in results:
        if not ok:
            print(f"  missed: {question[:100]}")


if __name__ == "__main__":
    main()
