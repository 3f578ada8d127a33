"""Documents that lie in other files: members of an archive, attachments of a mail, and those of what is attached.

Such a document has a path like any other, with the file it lies in as if that were a folder: 包.zip/目录/文件.docx,
邮件.eml/附件.zip/表.xlsx. All that opens a document by its path comes here: `on_disk` says which file to look at,
`members` what lies in it, `read_member` gives one's bytes. Nothing is ever unpacked onto the disk. The opening itself
is a worker's work (opening.py, in readers/sandbox.py), which keeps the last containers open.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from tjqa.errors import SourcesError
from tjqa.ingest.names import CONTAINERS, INSIDE, suffix_of
from tjqa.ingest.readers import sandbox


def on_disk(path: Path) -> tuple[Path, str]:
    """The file on the disk that a document is, or lies in; and its path within that, empty for the file itself."""
    if INSIDE.match(str(path)):
        for above in reversed(path.parents):
            if suffix_of(above.name) in CONTAINERS and os.path.isfile(above):  # noqa: PTH113  an error over long paths
                return above, path.relative_to(above).as_posix()
    return path, ""


def members(path: Path, name: str) -> tuple[str, ...]:
    """The documents in a container, at any depth, by their paths from it; those that cannot be read are among them.

    Args:
        path: the container, which may lie in another one.
        name: of it, told in messages.

    Raises:
        SourcesError: it cannot be opened, or holds too much.
    """
    listed = json.loads(_asked("members", path, name))
    return tuple(map(str, listed))


def read_member(path: Path, name: str) -> bytes:
    """The bytes of a document in a container.

    Raises:
        SourcesError: it is not there, is locked, damaged or too large, or lies too deep.
    """
    return _asked("member", path, name)


def _asked(what: str, path: Path, name: str) -> bytes:
    file, member = on_disk(path)
    request = {"do": what, "file": str(file), "member": member, "name": name}
    if sandbox.is_worker:
        from tjqa.ingest.containers.opening import answered

        return answered(request)
    try:
        return sandbox.shared().ask(request, b"", name)
    except ValueError as error:
        raise SourcesError("reader_crashed", "reader_hint", name=name) from error
