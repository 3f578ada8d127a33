"""What a page shows again and again: the counts below each of its posts, and what always stands beside its buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tjqa.documents import DropReason
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.boilerplate import Boilerplate
from tjqa.ingest.cleaning.lines import INVISIBLE, Line

_COMMENT_COUNT = re.compile(r"\d+\s*条评论|(?:添加|暂无)评论")
_COMMENT_LINK = re.compile(r"评论(?:\(\d+\))?")


def posts(lines: Sequence[Line], prose_from: Sequence[int]) -> range:
    """From the first to the last of the lines that count a post's comments ("3 条评论"), on a page of posts: there none
    of them heads the comments that end a page. `prose_from`: characters of paragraphs from each line on."""
    for pattern, least in ((_COMMENT_COUNT, parameters.LEAST_POSTS), (_COMMENT_LINK, parameters.LEAST_POST_LINKS)):
        at = [i for i, line in enumerate(lines) if pattern.fullmatch(line.folded.strip(INVISIBLE))]
        if len(at) >= least and all(prose_from[a] > prose_from[b] for a, b in pairwise(at)):
            return range(at[0], at[-1] + 1)
    return range(0)


def companions(lines: Sequence[Line], found: list[Boilerplate | None]) -> None:
    """Adds to `found`, in place, the very short lines that stand again and again, each time beside furniture: 编辑 goes
    with 播报."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if len(line.core) <= parameters.LONGEST_COMPANION and not found[i]:
            places.setdefault(line.core, []).append(i)
    for at in places.values():
        beside = all(any(found[max(0, i - 1) : i] + found[i + 1 : i + 2]) for i in at)
        if len(at) >= parameters.REPEATED_FUNCTION and beside:
            for i in at:
                found[i] = Boilerplate(DropReason.BUTTON, "aside")


def blocks(lines: Sequence[Line], found: list[Boilerplate | None]) -> None:
    """Adds to `found`, in place, lines that stand again and again in the same order, furniture among them: the menu
    below each advertisement. A refrain has no furniture."""
    size = parameters.REPEATED_BLOCK
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(lines) - size + 1):
        places.setdefault(tuple(line.core for line in lines[i : i + size]), []).append(i)
    again = sorted(i for at in places.values() if len(at) >= parameters.REPEATED_FUNCTION for i in at)
    for at in (*again, *reversed(again)):  # down and up, from the lines that are known
        known = next((one for one in found[at : at + size] if one), None)
        if known:
            found[at : at + size] = [one or Boilerplate(known.reason, "aside") for one in found[at : at + size]]
