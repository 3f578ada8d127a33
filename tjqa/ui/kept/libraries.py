"""The libraries that were open lately, newest first, and how each was left; one JSON object a line.

{"folder", "embeddings", "store", "opened", "filters": [{"kind", "value"}], "panel"}
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from tjqa import records
from tjqa.config import Settings
from tjqa.files import write_atomically
from tjqa.index.filters import Filter, FilterKind
from tjqa.ui.kept.lines import rows_of

KEPT = 20
"""Libraries that are remembered."""

_MAX_BYTES = 1024 * 1024  # some thousands of times what one takes

_LIBRARY: Mapping[str, records.Check] = {
    "folder": records.text,
    "embeddings": records.text,
    "store": records.text,
    "opened": records.label,
    "filters": records.rows,
    "panel": records.truth,
}
_FILTER: Mapping[str, records.Check] = {"kind": get_args(FilterKind).__contains__, "value": records.text}


@dataclass(frozen=True, slots=True)
class Known:
    """A library: its folder, where its index is, when it was opened last (ISO, local); the filters in force and whether
    the library panel was open when it was left."""

    folder: str
    embeddings: str
    store: str = ""
    opened: str = ""
    filters: tuple[Filter, ...] = ()
    panel: bool = False


class Libraries:
    """The list, read again before every change: another window may have changed it.

    Args:
        path: the file; None keeps the list in memory only.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: list[Known] = []

    def all(self) -> tuple[Known, ...]:
        """Newest first."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._known = _read(self._path)
        return tuple(self._known)

    def of(self, folder: str) -> Known | None:
        """What is known of the library of a folder."""
        return next((known for known in self.all() if known.folder == folder), None)

    def remember(self, settings: Settings, filters: Sequence[Filter] = (), panel: bool = False) -> None:
        """Note a library as the newest. A file that cannot be written costs the next session, not this one."""
        known = Known(
            str(settings.sources),
            str(settings.embeddings),
            str(settings.store) if settings.store is not None else "",
            datetime.now().astimezone().isoformat(timespec="seconds"),
            tuple(filters),
            panel,
        )
        self._write([known, *(old for old in self.all() if old.folder != known.folder)][:KEPT])

    def forget(self, folder: str) -> None:
        """Take a library out of the list; nothing of it is touched."""
        self._write([known for known in self.all() if known.folder != folder])

    def _write(self, known: list[Known]) -> None:
        self._known = known
        if self._path is not None:
            text = "".join(records.json_line(_row(one)) + "\n" for one in known)
            with contextlib.suppress(OSError):
                write_atomically(self._path, text.encode("utf-8", "backslashreplace"))


def _row(known: Known) -> dict[str, Any]:
    filters = [{"kind": one.kind, "value": one.value} for one in known.filters]
    return {
        "folder": known.folder,
        "embeddings": known.embeddings,
        "store": known.store,
        "opened": known.opened,
        "filters": filters,
        "panel": known.panel,
    }


def filters_of(rows: Sequence[Any]) -> tuple[Filter, ...]:
    """Filters out of their rows.

    Raises:
        Unfit: one is none.
    """
    return tuple(Filter(row["kind"], row["value"]) for row in rows if records.fitting(row, _FILTER))


def _read(path: Path) -> list[Known]:
    """The libraries of a file; a line that is none costs only itself.

    Raises:
        OSError: it is there and cannot be read, is no regular file or too large.
    """
    found: dict[str, Known] = {}
    for row in rows_of(path, _MAX_BYTES):
        with contextlib.suppress(records.Unfit):
            fields = {**records.fitting(row, _LIBRARY)}
            fields["filters"] = filters_of(fields["filters"])
            if Path(fields["folder"]).is_absolute():
                found.setdefault(fields["folder"], Known(**{name: fields[name] for name in _LIBRARY}))
    return list(found.values())[:KEPT]
