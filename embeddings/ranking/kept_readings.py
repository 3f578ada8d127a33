"""A reader that keeps what it read in a file: reading is what a fit takes its time for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from tjqa.answers.reader.reader import SETTINGS, Reader, Reading, head_of
from tjqa.documents import Passage


class KeptReadings:
    """Reads passages as `reader` does; what the same reader read before comes out of `path`."""

    def __init__(self, reader: Reader, path: Path) -> None:
        self._reader = reader
        self._path = path
        self._identity = hashlib.sha256((reader.folder / SETTINGS).read_bytes()).hexdigest()[:16]
        self._kept: dict[str, Reading] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
            try:
                key, *values = json.loads(line)
            except ValueError:  # half a line, of a run that was stopped while it wrote
                continue
            self._kept[key] = Reading(*values)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """What each passage says to the question, in the order given."""
        keys = [self._key(question, passage) for passage in passages]
        new = {key: passage for key, passage in zip(keys, passages, strict=True) if key not in self._kept}
        if new:
            found = self._reader.read(question, list(new.values()))
            with self._path.open("a", encoding="utf-8") as file:
                for key, reading in zip(new, found, strict=True):
                    self._kept[key] = reading
                    told = [key, reading.relevance, reading.start, reading.end, reading.confidence]
                    print(json.dumps(told), file=file)
        return [self._kept[key] for key in keys]

    def _key(self, question: str, passage: Passage) -> str:
        told = "\0".join((self._identity, question, head_of(passage), passage.text))
        return hashlib.sha256(told.encode()).hexdigest()[:24]
