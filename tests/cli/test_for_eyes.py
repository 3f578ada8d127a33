"""What the command line shows to people: rows broken the Chinese way, bold answers, near misses named, completion."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.helpers import Finished
from tests.support.ui_standin import found_answer
from tests.support.ui_terminal import Terminal
from tjqa.cli.answer_page import Page, print_answer
from tjqa.cli.arguments import COMMANDS, parser, places_given, with_folder
from tjqa.cli.main import main
from tjqa.cli.shell_completion import script
from tjqa.errors import UsageError
from tjqa.text.display import width

Run = Callable[..., Finished]


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_rows_fit_and_break_where_chinese_may(columns: int, capsys: pytest.CaptureFixture[str]) -> None:
    """No row begins with a stop, none parts a figure, all fit; below the first they are indented alike."""
    print_answer(found_answer(), True, Page(columns))
    rows = [re.sub(r"\x1b\[\d*m", "", row) for row in capsys.readouterr().out.splitlines()]
    assert max(map(width, rows)) <= columns
    assert not any(row.strip().startswith(tuple(",。、;:?!)》”")) for row in rows)
    figures = set(re.findall(r"\d+[.\d]*(?:亿元|%|个)", found_answer().citations[0].quote))
    assert {"81.7亿元", "62.8%", "13个"} <= figures
    assert all(any(figure in row for row in rows) for figure in figures)


def test_the_answer_is_bold_and_its_place_dim(capsys: pytest.CaptureFixture[str]) -> None:
    """Words of the sentence only; what is written to a file holds neither."""
    print_answer(found_answer(), False, Page(80))
    shown = capsys.readouterr().out
    assert "\x1b[1m13个\x1b[0m" in shown and shown.count("\x1b[1m") == 1
    assert "\x1b[2m[1] 002_686a342d127fb6b0.txt" in shown
    print_answer(found_answer(), False, Page(None))
    plain = capsys.readouterr().out
    assert "\x1b" not in plain and "13个,计划总投资81.7亿元" in plain


def test_warnings_stand_under_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output, before the passages, so that they go where the answer goes."""
    answer = replace(found_answer(), unsaid=("2018年",), changed_files=("甲.txt",))
    print_answer(answer, False, Page(None))
    shown = capsys.readouterr().out.split("\n\n")[0]
    assert "2018年" in shown and "甲.txt" in shown


def test_a_filter_that_leaves_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """And names it."""
    empty = replace(found_answer(), best=(), citations=(), filters=("文件:没有",))
    print_answer(empty, False, Page(None))
    assert "没有资料符合筛选 文件:没有" in capsys.readouterr().out


@pytest.mark.slow
def test_words_without_quotes_are_one_question(tjqa: Run) -> None:
    """As they are typed; an unknown filter among them is told on stderr."""
    assert tjqa("index").code == 0
    done = tjqa("ask", "白鹭县", "全年", "新增就业", "日期:2021")
    assert done.code == 0 and "3215人" in done.out
    assert "没有“日期:”这个筛选" in done.err


@pytest.mark.slow
def test_in_a_terminal(model: Path, documents: Path, tmp_path: Path) -> None:
    """The real program, 60 columns wide: bold, and nothing in the last column that is not its own."""
    places = ["--sources", str(documents), "--embeddings", str(tmp_path / "emb")]
    assert main(["index", "--fast", *places]) == 0
    with Terminal(["ask", "--fast", *places, "白鹭县全年新增就业多少人"], tmp_path, (60, 120)) as terminal:
        assert terminal.wait_exit(90) == 0
        terminal.read(0.5)
        text = terminal.text
        row, column = terminal.places_of("3215人")[0]
        assert terminal.screen.buffer[row][column].bold
    assert not any(line.strip().startswith(("。", ",")) for line in text.splitlines())


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> Finished:
    """Run arguments that argparse itself ends."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    return Finished(int(stop.value.code or 0), *capsys.readouterr())


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["indx"], "是不是 index？"),
        (["Verify "], "是不是 verify？"),
        (["ask", "--exlpain", "问"], "是不是 --explain？"),
        (["index", "--rebiuld"], "是不是 --rebuild？"),
        (["figures", "--outptu=csv", "x"], "是不是 --output？"),
        (["help", "chekc"], "是不是 check？"),
    ],
)
def test_near_misses_are_named(arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of commands and of the options of the command that was given."""
    told = shown(capsys, *arguments)
    assert told.code == 2 and meant in told.err


def test_what_is_like_nothing_is_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nor are questions that begin with a dash."""
    assert "是不是" not in shown(capsys, "搜索一下").err
    told = shown(capsys, "ask", "-5度").err
    assert "是不是" not in told and "写在 -- 后面" in told


def test_help_is_a_command_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the program and of a command; that of `ask` names the filters."""
    assert shown(capsys, "help").out == shown(capsys, "--help").out
    asked = shown(capsys, "help", "ask").out
    assert asked == shown(capsys, "ask", "--help").out
    assert all(name in asked for name in ("文件:", "地区:", "自:", "至:", '"原词"'))


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_help_fits_the_terminal(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In cells, of which Chinese takes two; explanations begin in one column."""
    monkeypatch.setenv("COLUMNS", columns)
    for command in COMMANDS:
        lines = shown(capsys, command, "--help").out.splitlines()
        told = [line for line in lines if not line.startswith(("用法", " " * 10))]
        assert max(map(width, told)) <= min(int(columns), 100)
        if int(columns) > 60:
            starts = {
                width(line[: line.rindex("  ") + 2]) for line in told if line.startswith("  -") and "    " in line
            }
            assert len(starts) <= 1, command


def test_the_next_step_names_the_folders_however_they_were_written() -> None:
    """With a blank, with =, as the folder alone."""
    assert places_given(["ask", "--sources=我 的", "问"]) == " --sources '我 的'"
    assert places_given(["--embeddings", "x", "ask", "问"]) == " --embeddings x"
    assert places_given(["ask", "--sources"]) == ""


def test_the_next_step_of_a_folder(tmp_path: Path) -> None:
    """It is named as --sources."""
    assert places_given(with_folder([str(tmp_path)])) == f" --sources {tmp_path}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of every shell."""
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    assert all(command in text for command in COMMANDS) and "explain" in text
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=text, capture_output=True, text=True, timeout=60)
        assert (checked.returncode, checked.stderr) == (0, "")


def test_completion_of_another_shell_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert main(["completion", "ksh"]) == 2
    assert "bash、zsh、fish" in capsys.readouterr().err
    with pytest.raises(UsageError):
        script(parser(), "")


_TAB = """
source {script}
COMP_WORDS=(tjqa {words}) COMP_CWORD={at} COMP_LINE="tjqa {words}" COMP_POINT=99
_shtab_tjqa
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize(
    ("words", "at", "found"), [("ind", 1, "index"), ("index --reb", 2, "--rebuild"), ("ask --js", 2, "--json")]
)
def test_bash_completes(words: str, at: int, found: str, tmp_path: Path) -> None:
    """What it does at Tab, with the script sourced."""
    place = tmp_path / "tjqa.bash"
    place.write_text(script(parser(), "bash"), "utf-8")
    done = subprocess.run(
        ["bash", "--norc", "-c", _TAB.format(script=place, words=words, at=at)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == [found], done.stderr
