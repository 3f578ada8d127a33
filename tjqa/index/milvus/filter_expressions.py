"""Filters as expressions of Milvus. They let through what `index.filters` would and perhaps a little more: what comes
back is looked at again, so an expression may be coarse but must not lose anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tjqa.index.filters import EITHER, Filter
from tjqa.text.normalize import fold, squeeze

# Everything that an expression or a pattern gives a meaning to. As a pattern "_" stands for any one character, which
# needs no escapes: how they nest differs between versions of Milvus.
_SPECIAL = re.compile(r"[\\\"'%_{}]")

_AFTER = "~"  # sorts behind every digit and hyphen of a date


def searchable(text: str) -> str:
    """A text as it is stored to be looked for: folded, without white space and control characters, valid UTF-8."""
    kept = "".join(c for c in squeeze(fold(text)) if c >= " " and c != "\x7f")
    return kept.encode("utf-8", "replace").decode()


_PARTIAL = (len("2023"), len("2023-08"))  # of dates without a day


def holding(field: str, text: str) -> str:
    """True of rows whose field may hold a text."""
    pattern = _SPECIAL.sub("_", searchable(text))
    return f'{field} like "%{pattern}%"'


def expression(filters: Sequence[Filter], but: Iterable[int] = ()) -> str:
    """True of the rows that may pass all filters, and whose stamp is not among `but`; empty when all do."""
    strict = [_one(f) for f in filters if f.kind not in EITHER]
    for kind in EITHER:
        some = [_one(f) for f in filters if f.kind == kind]
        strict += [f"({' or '.join(some)})"] if some else []
    dead = sorted(but)
    return " and ".join([*strict, *([f"stamp not in {dead}"] if dead else [])])


def _one(filter_: Filter) -> str:
    if filter_.kind == "file":
        return holding("path", filter_.value)
    if filter_.kind == "place":
        return f"({holding('about', filter_.value)} or {holding('wording', filter_.value)})"
    if filter_.kind == "exact":
        return holding("wording", filter_.value)
    date = "".join(c for c in filter_.value if c.isdigit() or c == "-")
    if filter_.kind == "since":
        shorter = [f'published == "{date[:length]}"' for length in _PARTIAL if length < len(date)]
        late = " or ".join([f'published >= "{date}"', *shorter])
        return f"({late})" if shorter else late
    return f'(published != "" and published <= "{date}{_AFTER}")'
