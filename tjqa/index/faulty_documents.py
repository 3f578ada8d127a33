"""Which document it is that an analysis fails on, so that it costs no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from tjqa.documents import Passage, Span

_log = logging.getLogger("tjqa.index")
_log.addHandler(logging.NullHandler())

_HARMLESS = Passage(path="", sha256="", span=Span(0, 2), text="文字", role="body", title="")


class FaultyDocuments(Exception):
    """Documents whose passages cannot be analysed or embedded: `faults` are the names of the errors, by path."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def blame(passages: Sequence[Passage], work: Callable[[Sequence[Passage]], object], error: Exception) -> None:
    """Find the documents at fault, after `work` failed on all of their passages at once; returns when it is none.

    Raises:
        FaultyDocuments: `work` fails on the passages of these documents alone.
        Exception: it fails on the most harmless passage, too: `error`, which is no document's fault.
    """
    try:
        work([_HARMLESS])
    except Exception:
        raise error from None
    faults: dict[str, str] = {}
    for path in dict.fromkeys(passage.path for passage in passages):
        try:
            work([passage for passage in passages if passage.path == path])
        except Exception as fault:
            _log.warning("%a could not be analysed", path, exc_info=True)
            faults[path] = type(fault).__name__
    if faults:
        raise FaultyDocuments(faults) from error
