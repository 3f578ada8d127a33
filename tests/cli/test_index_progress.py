"""tjqa.progress and `tjqa index --progress json`: what a build tells the program that started it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, environment
from tjqa.cli.main import main
from tjqa.errors import Cancelled, IndexLocked, ModelError, SourcesError, TjqaError
from tjqa.messages import literal, message
from tjqa.progress import BuildSummary, decode, encode, summarise
from tjqa.reports import BuildReport, MovedFile, Progress, SkippedFile

pytestmark = pytest.mark.slow

WHY = message("no_text", name="坏.txt")
BUILT = BuildSummary(
    5, 212, 7, (SkippedFile("坏.txt", WHY),), (MovedFile("旧.txt", "新\ud800.txt"),), ("走.txt",), (), True
)


def apart(*arguments: str, stdin: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tjqa", "index", "--progress", "json", *arguments],
        cwd=ROOT,
        env=environment(),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize("said", [Progress("phase_read", 3, 5, "[/]名.txt"), BUILT, BuildSummary(0, 0, 0)])
def test_what_is_told_is_heard(said: Progress | BuildSummary) -> None:
    """One line each, names with half characters and line breaks included."""
    assert "\n" not in encode(said) and decode(encode(said)) == said


@pytest.mark.parametrize(
    "error",
    [
        SourcesError("sources_missing", "sources_hint", folder="/甲"),
        IndexLocked("index_locked"),
        TjqaError(literal("坏。")),
    ],
)
def test_an_error_keeps_its_kind_and_its_sentences(error: TjqaError) -> None:
    """The screen offers different things for different kinds."""
    again = decode(encode(error))
    assert type(again) is type(error) and isinstance(again, TjqaError)
    assert (again.message, again.advice) == (error.message, error.advice)


@pytest.mark.parametrize(
    "line", ["", "Loading…", "[]", "3", "null", '{"built": 3}', '{"phase": 1, "x": 2}', "[" * 9999]
)
def test_what_a_library_prints_is_passed_over(line: str) -> None:
    """Nothing of it is a step or an end."""
    assert decode(line) is None


def test_an_unknown_kind_of_error_is_still_an_error() -> None:
    """Names of anything but our errors mean the general one."""
    for name in ("Neu", "annotations", "errno"):
        assert type(decode(f'{{"error": "{name}", "what": "a", "hint": ""}}')) is TjqaError


def test_a_report_is_summed_up() -> None:
    """Counts instead of the spans of every file."""
    report = BuildReport((), (SkippedFile("坏.txt", WHY),), 212, 3, 0.5, removed=("走.txt",))
    assert summarise(report) == BuildSummary(0, 212, 0, (SkippedFile("坏.txt", WHY),), removed=("走.txt",))


def test_a_build_tells_its_steps_and_its_end(model: Path, documents: Path, tmp_path: Path) -> None:
    """Nothing else on standard output; the second build has nothing to do."""
    place = (f"--sources={documents}", f"--embeddings={tmp_path / 'e'}")
    for again in (False, True):
        with apart(*place) as process:
            assert process.stdout is not None and process.stdin is not None
            print("a line", file=process.stdin, flush=True)  # what it is sent means nothing; only the end does
            lines = [decode(line) for line in process.stdout]
            assert process.wait() == 0
        assert all(isinstance(line, Progress) for line in lines[:-1]) and (again or len(lines) > 3)
        assert isinstance(lines[-1], BuildSummary) and lines[-1].documents == 3 and lines[-1].unchanged is again


def test_the_end_of_its_input_cancels_it(documents: Path, tmp_path: Path) -> None:
    """The program that started it is gone: no index, the exit code of an interruption."""
    for number in range(400):
        (documents / f"{number}.txt").write_text(f"第{number}号文件。" + "全县新增就业3215人,增长7.2%。" * 50, "utf-8")
    with apart(f"--sources={documents}", f"--embeddings={tmp_path / 'e'}", stdin=subprocess.DEVNULL) as process:
        out, err = process.communicate()
    assert process.returncode == Cancelled.exit_code, err
    assert not out.strip() or isinstance(decode(out.splitlines()[-1]), Cancelled)
    assert not (tmp_path / "e" / "index" / "CURRENT").exists()


def test_what_goes_wrong_is_told_in_its_line(tmp_path: Path) -> None:
    """A missing folder, with the next step."""
    with apart(f"--sources={tmp_path / '没有'}", f"--embeddings={tmp_path}") as process:
        assert process.stdout is not None
        said = decode(process.stdout.readlines()[-1])
        assert process.wait() == SourcesError.exit_code
    assert isinstance(said, SourcesError) and said.hint


def test_it_goes_with_no_other_form(capsys: pytest.CaptureFixture[str]) -> None:
    """One kind of lines on standard output; an unknown form is named."""
    assert main(["index", "--progress", "json", "--json"]) == 2
    assert "只能用一个" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["index", "--progress", "xml"])
    assert "--progress 后面不能是 xml" in capsys.readouterr().err


def test_errors_of_the_model_are_told(documents: Path, tmp_path: Path) -> None:
    """As the command line tells them."""
    with apart(f"--sources={documents}", f"--embeddings={tmp_path}", f"--model={tmp_path / '没有'}") as process:
        assert process.stdout is not None
        assert isinstance(decode(process.stdout.readlines()[-1]), ModelError)
