"""Containers opened, with all that lies in them; run in a worker (readers/sandbox.py) only."""

from __future__ import annotations

import io
import json
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from tjqa.errors import SourcesError, reason
from tjqa.files import FileTooLarge, IrregularFile, read_regular
from tjqa.ingest.containers import parameters
from tjqa.ingest.containers.archive import Archive, OnDisk
from tjqa.ingest.containers.mail import Attachments
from tjqa.ingest.names import ARCHIVES, CONTAINERS, TEMPORARY, is_document, is_shown_by_page, page_folders, suffix_of


class Holder(Protocol):
    """One container."""

    weight: int

    @property
    def names(self) -> tuple[str, ...]:
        """What lies in it, by paths that no two have."""
        ...

    def size(self, key: str) -> int:
        """Bytes of a member."""
        ...

    def fault(self, key: str, name: str) -> SourcesError | None:
        """Why it cannot be read, where that is known beforehand."""
        ...

    def read(self, key: str, name: str) -> bytes:
        """Its bytes."""
        ...


class Opened:
    """A container on the disk, and every document in it at any depth by its path from there.

    Raises:
        SourcesError: it cannot be opened, or holds too much.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._name = name
        self._root = _of_disk(path, name)
        self._inner: OrderedDict[str, Holder] = OrderedDict()
        self._places: dict[str, tuple[str, str]] = {}  # path → the container it lies in, its name there
        self._faults: dict[str, SourcesError] = {}
        self._bytes = 0
        self._nested = 0
        self._enter("", self._root, 1)

    @property
    def weight(self) -> int:
        """Bytes that it holds in memory."""
        return self._root.weight + sum(holder.weight for holder in self._inner.values())

    def members(self, above: str) -> list[str]:
        """The documents below a container in it, or below itself (""), by their paths from there.

        Raises:
            SourcesError: that container cannot be opened.
        """
        if above in self._faults:
            raise self._faults[above]
        start = f"{above}/" if above else ""
        return [path[len(start) :] for path in self._places if path.startswith(start)]

    def read(self, path: str) -> bytes:
        """One document.

        Raises:
            SourcesError: it is not there, or cannot be read.
        """
        if path not in self._places:
            raise SourcesError("member_gone", "member_gone_hint", name=self._told(path), container=self._name)
        if path in self._faults:
            raise self._faults[path]
        above, key = self._places[path]
        return self._holder(above).read(key, self._told(path))

    def _told(self, path: str) -> str:
        return f"{self._name}/{path}" if path else self._name

    def _enter(self, above: str, holder: Holder, depth: int) -> None:
        """Enter the documents of a container; all of them, or none when there are too many.

        Raises:
            SourcesError: they are too many or too large.
        """
        pages = page_folders(holder.names)
        listed = (key for key in holder.names if _is_listed(key) and not is_shown_by_page(key, pages))
        found = [(f"{above}/{key}" if above else key, key) for key in listed]
        faults = {path: fault for path, key in found if (fault := holder.fault(key, self._told(path))) is not None}
        size = sum(holder.size(key) for path, key in found if path not in faults)
        count = len(self._places) + len(found)
        if count > parameters.MOST_DOCUMENTS:
            name, most = self._told(above), parameters.MOST_DOCUMENTS
            raise SourcesError("container_many", "container_hint", name=name, count=count, most=most)
        if self._bytes + size > parameters.MOST_BYTES:
            name, limit = self._told(above), parameters.MOST_BYTES // 1024**2
            raise SourcesError("container_large", "container_hint", name=name, limit=limit)
        self._bytes += size
        self._places |= {path: (above, key) for path, key in found}
        self._faults |= faults
        for path, key in found:
            if suffix_of(path) in CONTAINERS and path not in faults:
                try:
                    self._enter_inner(path, holder.size(key), depth + 1)
                except SourcesError as fault:
                    self._faults[path] = fault

    def _enter_inner(self, path: str, size: int, depth: int) -> None:
        if depth > parameters.MOST_DEPTH:
            most = parameters.MOST_DEPTH
            raise SourcesError("container_deep", "container_hint", name=self._told(path), most=most)
        self._nested += size
        if self._nested > parameters.MOST_NESTED:
            limit = parameters.MOST_NESTED // 1024**2
            raise SourcesError("container_large", "container_hint", name=self._told(path), limit=limit)
        self._enter(path, self._holder(path), depth)

    def _holder(self, path: str) -> Holder:
        if not path:
            return self._root
        if path not in self._inner:
            above, key = self._places[path]
            raw = self._holder(above).read(key, self._told(path))
            self._inner[path] = _of_bytes(raw, self._told(path))
            while len(self._inner) > 1 and self.weight > parameters.MOST_KEPT:
                self._inner.popitem(last=False)
        self._inner.move_to_end(path)
        return self._inner[path]


def _is_listed(path: str) -> bool:
    """Whether a member is a document, in no folder that is passed over."""
    return is_document(path) and not any(TEMPORARY.search(part) for part in path.split("/")[:-1])


def _of_disk(path: Path, name: str) -> Holder:
    try:
        if suffix_of(path.name) not in ARCHIVES:
            return Attachments(read_regular(path, parameters.MAX_MEMBER), name)
        file = OnDisk(path)
        if file.size > parameters.LARGEST_ARCHIVE:
            raise FileTooLarge(path, parameters.LARGEST_ARCHIVE)
        return Archive(io.BufferedReader(file, 1024 * 1024), 0, name)
    except IrregularFile as error:
        raise SourcesError("file_irregular", "file_irregular_hint", name=name) from error
    except FileTooLarge as error:
        raise SourcesError("file_large", "file_large_hint", name=name, limit=error.limit // 1024**2) from error
    except OSError as error:
        raise SourcesError("file_unreadable", "file_unreadable_hint", name=name, why=reason(error)) from error


def _of_bytes(raw: bytes, name: str) -> Holder:
    if suffix_of(name) in ARCHIVES:
        return Archive(io.BytesIO(raw), len(raw), name)
    return Attachments(raw, name)


class _Kept:
    """The containers opened last; one that was written into is opened anew."""

    def __init__(self) -> None:
        self._opened: OrderedDict[tuple[object, ...], Opened] = OrderedDict()

    def opened(self, path: Path, name: str) -> Opened:
        """The container at a path."""
        key = (str(path), name, *_signature(path, name))
        if key not in self._opened:
            self._opened[key] = Opened(path, name)
        self._opened.move_to_end(key)
        while len(self._opened) > 1 and (
            len(self._opened) > parameters.KEPT_CONTAINERS
            or sum(one.weight for one in self._opened.values()) > parameters.MOST_KEPT
        ):
            self._opened.popitem(last=False)
        return self._opened[key]


def _signature(path: Path, name: str) -> tuple[int, ...]:
    try:
        stat = path.stat()
    except OSError as error:
        raise SourcesError("file_unreadable", "file_unreadable_hint", name=name, why=reason(error)) from error
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


_kept = _Kept()


def answered(request: Mapping[str, Any]) -> bytes:
    """A worker's answer: the bytes of a member, or the list of those below one as JSON.

    Raises:
        SourcesError: see `Opened`.
    """
    path, member, name = Path(request["file"]), str(request["member"]), str(request["name"])
    told = name.removesuffix(f"/{member}") if member else name
    try:
        opened = _kept.opened(path, told)
        if request["do"] == "members":
            return json.dumps(opened.members(member)).encode()
        return opened.read(member)
    except (SourcesError, MemoryError):
        raise
    except RecursionError as error:
        raise SourcesError("nested_deep", "save_again_hint", name=name) from error
    except Exception as error:  # the parser of mails may raise anything over a damaged one
        raise SourcesError("file_damaged", "save_again_hint", name=name, why=type(error).__name__) from error
