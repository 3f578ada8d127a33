"""Recognition of scanned pages, one after the other, each kept as soon as it is done (readers/scans): stopped at any
moment, nothing is done twice. It follows a build, which reads what was recognised the next time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tjqa.errors import SourcesError, UsageError
from tjqa.ingest.readers.sandbox import Sandbox
from tjqa.ingest.readers.scans import SCANNED, UNRECOGNIZED, is_installed, stored
from tjqa.ingest.readers.scans.shapes import Box, RecognizedPage, from_json
from tjqa.ingest.sources import sha256_of
from tjqa.messages import cause
from tjqa.reports import Progress, SkippedFile, SourceState, SourceSummary

_MEMORY = 3 * 1024**3
"""Address space of the worker, of which models and pictures fill a third."""


def pending(skipped: Iterable[SkippedFile], sources: Iterable[SourceSummary]) -> list[str]:
    """The documents with pages that have no text and were not recognised; none where that cannot be done."""
    if not is_installed():
        return []
    whole = [file.path for file in skipped if cause(file.reason).key in SCANNED]
    return whole + [source.path for source in sources if UNRECOGNIZED in source.encoding]


def recognized_since(before: SourceState, held: SourceSummary | None) -> bool:
    """Whether pages of a document that had no text when it was last read have been recognised since.

    Args:
        before: what is known of it.
        held: what the index holds of it, if it gave text.
    """
    told = before.skipped is not None and cause(before.skipped).key in SCANNED
    lacks = told or (held is not None and UNRECOGNIZED in held.encoding)
    return lacks and stored.is_finished(before.sha256)


def recognize(folder: Path, names: Sequence[str], progress: Callable[[Progress], None]) -> int:
    """Recognise all pages without text of these documents; returns of how many documents all are
    done now, those without such pages not counted.

    Args:
        folder: the documents.
        names: their paths from there.
        progress: told of each page before it is begun; what it raises ends the work, and what is done stays.

    Raises:
        OSError: pages cannot be kept.
    """
    worker = Sandbox(_MEMORY)
    try:
        return sum(_document(folder, name, worker, progress) for name in names)
    finally:
        worker.close()


def picture(folder: Path, name: str, sha256: str, number: int, box: Box) -> bytes:
    """A part of a page, in shares of its width and height, as a PNG.

    Raises:
        SourcesError: it cannot be drawn.
        UsageError: nothing is installed that draws it.
    """
    if not is_installed():
        raise UsageError("picture_extra", "picture_extra_hint")
    worker = Sandbox(_MEMORY)
    try:
        asked = {
            "do": "picture",
            "file": str(folder / name),
            "name": name,
            "sha256": sha256,
            "page": number,
            "box": box,
        }
        return worker.ask(asked, b"", name)
    finally:
        worker.close()


def _document(folder: Path, name: str, worker: Sandbox, progress: Callable[[Progress], None]) -> bool:
    try:
        sha256 = sha256_of(folder / name)
        asked = {"file": str(folder / name), "name": name, "sha256": sha256}
        numbers = [int(number) for number in json.loads(worker.ask({"do": "scanned"} | asked, b"", name))]
    except (SourcesError, ValueError):  # it was changed, or is gone: the next build tells
        return False
    for done, number in enumerate(numbers):
        progress(Progress("phase_recognize", done, len(numbers), name))
        if stored.page(sha256, number) is None:
            found = _page(worker, asked, number, name)
            if found is None:
                return False
            stored.keep(sha256, number, found)
    stored.finish(sha256, numbers)
    return bool(numbers)


def _page(worker: Sandbox, asked: dict[str, str], number: int, name: str) -> RecognizedPage | None:
    """A page; one that the worker fails over is all unread, and told as that. None where it hardly came to run: other
    programs took the processor, and the page is as good as any."""
    try:
        return from_json(worker.ask({"do": "recognize", "page": number} | asked, b"", name))
    except (SourcesError, ValueError, TypeError, KeyError) as error:
        if isinstance(error, SourcesError) and error.message.key == "reader_stuck":
            return None
        return RecognizedPage(1, 1, (), (Box(0.0, 0.0, 1.0, 1.0),))
