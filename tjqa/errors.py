"""Everything that can go wrong and is worth telling the user.

    TjqaError                what happened + what to do next          exit code 3
    ├── UsageError           the question or an option is wrong       exit code 2
    ├── SourcesError         no folder, no documents, unreadable      exit code 3
    ├── ModelError           the embedding model cannot be loaded     exit code 3
    ├── IndexUnusable        the index cannot be used                 exit code 3
    │   ├── IndexMissing     there is none yet
    │   ├── IndexDamaged     its files disagree with the manifest
    │   └── IndexOutdated    another format, model or cleaner made it
    ├── StoreError           the server that keeps the index fails    exit code 3
    ├── IndexLocked          another process is writing it            exit code 3
    └── Cancelled            the user stopped a build                 exit code 130

Messages are Chinese, complete sentences; `hint` is the next step.
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "那里已有一个同名文件",
    errno.EISDIR: "那是一个文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.EADDRINUSE: "已被占用",
    errno.EIO: "磁盘读写错误",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a common reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


class TjqaError(Exception):
    """Something the user should read: what happened, and the next step.

    Args:
        what: one Chinese sentence saying what happened, with the names and numbers that matter.
        hint: one Chinese sentence saying what to do next; may be empty.
    """

    exit_code = 3

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}{self.hint}"


class UsageError(TjqaError):
    """The question or an option cannot be used as given."""

    exit_code = 2


class SourcesError(TjqaError):
    """The sources folder is missing, empty or unreadable."""


class ModelError(TjqaError):
    """The embedding model is missing or cannot be loaded."""


class IndexUnusable(TjqaError):
    """The index cannot be used; the children say why."""


class IndexMissing(IndexUnusable):
    """No index has been built yet."""


class IndexDamaged(IndexUnusable):
    """A file of the index is missing or differs from what the manifest says."""


class IndexOutdated(IndexUnusable):
    """The index was made by another format, model or cleaner version."""


class StoreError(TjqaError):
    """The server that keeps the index is away, refuses, or holds something else. Not an IndexUnusable: nothing says
    that an index should be made anew."""


class IndexLocked(TjqaError):
    """Another process is building the index."""


class Cancelled(TjqaError):
    """The user stopped the build; the old index is untouched."""

    exit_code = 130
