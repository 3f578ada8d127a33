"""Which lines of a page are a list of links: runs of lines that are links from end to end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tjqa.ingest import parameters

_LABEL_END = (":", "：", "。", "！", "？", "!", "?", "；", ";")


def runs(fits: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last number of the lines of a kind that stand together, `LINK_LINES` of them at least."""
    start: int | None = None
    for i in range(len(fits) + 1):
        if i < len(fits) and fits[i]:
            start = i if start is None else start
            continue
        if start is not None and i - start >= parameters.LINK_LINES:
            yield start, i - 1
        start = None


def link_lists(texts: Sequence[str], linked: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last number of the lines of each list of links: with what only labels the next run, a short line
    between two of them, and with signs that part the links (|, >). `texts` are the lines, `linked` says which of them
    are links from end to end."""
    said = [i for i, text in enumerate(texts) if linked[i] or any(map(str.isalnum, text))]
    joined: list[tuple[int, int]] = []
    for first, last in runs([linked[i] for i in said]):
        if joined and first - joined[-1][1] == 2 and _labels(texts[said[first - 1]]):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return [(said[first], said[last]) for first, last in joined]


def _labels(text: str) -> bool:
    return len(text) <= parameters.LONGEST_RUN_LABEL and not text.endswith(_LABEL_END)
