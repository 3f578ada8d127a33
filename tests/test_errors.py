"""tjqa.errors: the tree, what it says, and the exit codes users rely on."""

from __future__ import annotations

import errno
import re

import pytest

from tjqa import errors
from tjqa.errors import TjqaError, reason
from tjqa.messages import literal

CLASSES = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and kind.__module__ == errors.__name__
}


def test_drawn_tree_is_the_real_one() -> None:
    """The tree at the top of the module names every class, its exit code and its parent."""
    drawn = dict(re.findall(r"(?:── |^ {4})(\w+) +.*?(?:exit code (\d+))?$", errors.__doc__ or "", re.MULTILINE))
    assert drawn.keys() == CLASSES.keys()
    for name, code in drawn.items():
        assert not code or CLASSES[name].exit_code == int(code)  # type: ignore[attr-defined]
    for child in ("IndexMissing", "IndexDamaged", "IndexOutdated"):
        assert CLASSES[child].__base__ is errors.IndexUnusable


def test_message_holds_what_and_hint() -> None:
    """An error shown whole says what happened and what to do."""
    error = TjqaError(literal("没有索引。"), literal("请运行 tjqa index。"))
    assert str(error) == "没有索引。请运行 tjqa index。"
    assert (error.what, error.hint, error.exit_code) == ("没有索引。", "请运行 tjqa index。", 3)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.ENOENT, "不存在")]
)
def test_common_reasons_are_chinese(number: int, said: str) -> None:
    """Why the system refused is told in Chinese."""
    assert reason(OSError(number, "English")).text() == said


def test_rare_reason_is_still_told() -> None:
    """A reason without a translation is passed on, and an error without any names its kind."""
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")).text() == "Invalid cross-device link"
    assert reason(OSError()).text() == "OSError"
