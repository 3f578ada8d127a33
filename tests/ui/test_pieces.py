"""History, export, clipboard, commands, library rows, the log: the parts that need no screen."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest

from tjqa.reports import SourceSummary
from tjqa.ui import clipboard
from tjqa.ui.commands import COMMANDS, is_command, parse
from tjqa.ui.history import KEPT, History
from tjqa.ui.log_file import log_to_file
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells
from tjqa.ui.widgets.library_rows import summary_date, summary_title


def test_history_survives_a_session(tmp_path: Path) -> None:
    """Each question once, the newest last."""
    path = tmp_path / "deep" / "history.jsonl"
    first = History(path)
    for question in ("甲？", "乙\u2028丙？", "甲？"):
        first.add(question)
    assert History(path).questions == ["乙\u2028丙？", "甲？"]


def test_half_characters_are_remembered(tmp_path: Path) -> None:
    """Pasted from a damaged file: they cost neither this session nor the next."""
    path = tmp_path / "history.jsonl"
    History(path).add("半个\ud800字?")
    assert History(path).questions == ["半个\ud800字?"]


def test_two_windows_keep_each_others_questions(tmp_path: Path) -> None:
    """Each adds to the file as it is now; a follow-up is replaced by the whole question there, too."""
    path = tmp_path / "history.jsonl"
    first, second = History(path), History(path)
    first.add("甲？")
    second.add("那乙呢？")
    second.answered("那乙呢？", "乙怎么样？", True)
    first.add("丙？")
    assert History(path).questions == ["甲？", "乙怎么样？", "丙？"]
    assert second.questions == ["乙怎么样？"]
    assert [p.name for p in tmp_path.iterdir()] == ["history.jsonl"]


def test_a_broken_history_file_costs_only_its_broken_lines(tmp_path: Path) -> None:
    """A line cut short, a line of another kind, an empty question."""
    path = tmp_path / "history.jsonl"
    path.write_text('"好的"\n"半\n{"a": 1}\n""\n"也好"\n', encoding="utf-8")
    assert History(path).questions == ["好的", "也好"]
    path.write_bytes(b"\xff\xfe")
    assert History(path).questions == []


def test_a_history_that_cannot_be_written_is_kept_in_memory(tmp_path: Path) -> None:
    """No error for the reader, who asked a question and got an answer."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    past = History(tmp_path / "file" / "history.jsonl")
    past.add("问")
    assert past.questions == ["问"]


def test_history_is_bounded(tmp_path: Path) -> None:
    """The oldest go."""
    past = History(None)
    for number in range(KEPT + 5):
        past.add(str(number))
    assert len(past.questions) == KEPT and past.questions[0] == "5"


def test_stepping_through_history_stops_at_both_ends() -> None:
    """Nothing beyond the oldest, nothing beyond the draft."""
    past = History(None)
    assert past.step(-1, "") is None
    past.add("一")
    past.add("二")
    assert [past.step(-1, "稿"), past.step(-1, "二"), past.step(-1, "一")] == ["二", "一", None]
    assert [past.step(1, "一"), past.step(1, "二"), past.step(1, "稿")] == ["二", "稿", None]


def test_commands_have_three_ways() -> None:
    """A Chinese and an English name each, no name twice, a key or a reason to have none."""
    names = [name for command in COMMANDS for name in command.names]
    assert len(names) == len(set(names))
    for command in COMMANDS:
        assert any(name.isascii() for name in command.names) and any(not name.isascii() for name in command.names)
    keys = [key for command in COMMANDS for key in command.keys.split(",") if key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("line", "action", "argument"),
    [
        ("/原文 3", "source", "3"),
        ("/原文3", "source", "3"),
        ("、导出 ~/答案.md", "export", "~/答案.md"),
        ("\\Theme nord", "theme", "nord"),
        ("／资料库", "library", ""),
        ("/ 帮助 ", "help", ""),
    ],
)
def test_typed_commands_are_understood(line: str, action: str, argument: str) -> None:
    """With and without a blank, in any case, with any of the slashes."""
    assert is_command(line)
    command, _, rest = parse(line)
    assert command is not None and command.action == action and rest == argument


def test_other_lines_are_no_commands() -> None:
    """An unknown name is reported as typed; a question is no command."""
    assert parse("/没有")[0] is None and parse("/没有")[1] == "没有"
    assert parse("/")[0] is None
    assert not is_command("2018/2019年的收入") and not is_command("")


def test_helpers_fit_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over SSH a helper would fill the far clipboard, so none is used there."""
    monkeypatch.setattr(clipboard.shutil, "which", lambda name, path: f"/bin/{name}")
    assert clipboard.helpers({"SSH_CONNECTION": "x", "DISPLAY": ":0"}, "linux") == []
    assert clipboard.helpers({}, "darwin") == [["/bin/pbcopy"]]
    names = [
        command[0] for command in clipboard.helpers({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0", "TMUX": "t"}, "linux")
    ]
    assert names == ["/bin/wl-copy", "/bin/xclip", "/bin/xsel", "/bin/tmux"]
    assert clipboard.helpers({}, "linux") == []


def test_helpers_are_not_taken_from_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program among the documents is no helper, even where PATH names the current folder."""
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "xsel").write_text("#!/bin/sh\n", "utf-8")
        (folder / "xsel").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    assert clipboard.helpers({"DISPLAY": ":0", "PATH": ".::bin"}, "linux") == []
    path = f".:{tmp_path / 'bin'}"
    assert clipboard.helpers({"DISPLAY": ":0", "PATH": path}, "linux") == [
        [f"{tmp_path / 'bin' / 'xsel'}", "--clipboard", "--input"]
    ]


async def test_copying_is_only_claimed_when_a_helper_took_it(tmp_path: Path) -> None:
    """A helper that fails, one that is not there, one that hangs up, then one that works."""
    target = tmp_path / "clip"
    works = [
        sys.executable,
        "-c",
        f"import sys,pathlib; pathlib.Path({str(target)!r}).write_bytes(sys.stdin.buffer.read())",
    ]
    fails = [sys.executable, "-c", "import sys; sys.exit(1)"]
    assert not await clipboard.copy_with_helper("文", [fails, [str(tmp_path / "missing")]])
    assert await clipboard.copy_with_helper("京津冀" * 50_000, [fails, works])
    assert target.read_text(encoding="utf-8") == "京津冀" * 50_000


def test_a_library_title_fits_with_its_count() -> None:
    """A page of several articles says so, however long the title is of the one whose date is shown."""
    articles = (("乙", None), ("很长的标题" * 9, "2024-01-01"), ("丙", "2023-05-01"))
    summary = SourceSummary("a.txt", "", "utf-8", 10, 5, (), articles, 1)
    title = summary_title(summary, Texts(), 30)
    assert title.startswith("很长") and title.endswith("… 等 3 篇") and cells(title) <= 30
    assert summary_title(replace(summary, articles=()), Texts(), 30) == "a.txt"
    assert summary_date(summary) == "2024-01-01"


def test_unexpected_errors_leave_their_details_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen names the file; the file has the traceback."""
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *args, **options: tmp_path / "log")
    logger = logging.getLogger("tjqa")
    before = (list(logger.handlers), logger.propagate)
    path = log_to_file()
    try:
        logging.getLogger("tjqa.ui").error("出了错")
        assert path is not None and "出了错" in path.read_text(encoding="utf-8")
    finally:
        for handler in set(logger.handlers) - set(before[0]):
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = before[1]
