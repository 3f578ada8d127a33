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

An error names the sentences of the catalogue (messages.toml) that say it; `what` and `hint` are they in Chinese, the
command line's language, `message` and `advice` as data for any other.
"""

from __future__ import annotations

import errno

from tjqa.messages import Message, literal, message

_REASONS = {
    errno.ENOENT: "reason_missing",
    errno.EACCES: "reason_forbidden",
    errno.EPERM: "reason_forbidden",
    errno.EROFS: "reason_read_only",
    errno.ENOSPC: "reason_disk_full",
    errno.EDQUOT: "reason_quota",
    errno.ENOTDIR: "reason_no_folder",
    errno.EEXIST: "reason_exists",
    errno.EISDIR: "reason_is_folder",
    errno.ENAMETOOLONG: "reason_long_name",
    errno.EADDRINUSE: "reason_in_use",
    errno.ENXIO: "reason_irregular",
    errno.EFBIG: "reason_too_large",
    errno.ELOOP: "reason_loop",
    errno.EIO: "reason_disk_error",
}


def reason(error: OSError) -> Message:
    """Why the system refused: in our words where it is a common reason, else in its own."""
    key = _REASONS.get(error.errno or 0)
    return message(key) if key is not None else literal(error.strerror or type(error).__name__)


def disk_failure(error: OSError) -> TjqaError:
    """What is told of an error of the system that nothing else told."""
    return TjqaError("read_write_failed", "disk_hint", why=reason(error), file=error.filename or "")


class TjqaError(Exception):
    """Something the user should read: what happened, and the next step.

    Args:
        what: key of the sentence that says what happened, or the whole message.
        hint: the same for what to do next; empty where there is nothing to do, or for the `usual_hint` of the class.
        values: the names and numbers that matter, for both sentences.
    """

    exit_code = 3
    usual_hint = ""

    def __init__(self, what: str | Message, hint: str | Message = "", /, **values: object) -> None:
        hint = hint or self.usual_hint
        super().__init__(what, hint)
        self.message = _said(what, values)
        self.advice = _said(hint, values) if hint else None

    @property
    def what(self) -> str:
        """What happened, in Chinese."""
        return self.message.text()

    @property
    def hint(self) -> str:
        """The next step, in Chinese; may be empty."""
        return self.advice.text() if self.advice is not None else ""

    @property
    def whole(self) -> Message:
        """Both sentences as one message."""
        return self.message if self.advice is None else message("sentences", what=self.message, hint=self.advice)

    def __str__(self) -> str:
        return self.whole.text()


def _said(what: str | Message, values: dict[str, object]) -> Message:
    return what if isinstance(what, Message) else message(what, **values)


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

    usual_hint = "rebuild_hint"


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
