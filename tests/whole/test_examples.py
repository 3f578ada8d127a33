"""The programs in examples/ do what they say, on the documents that come with tjqa and on others."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, Finished
from tjqa.config import Settings

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "examples"
Run = Callable[..., Finished]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a program as `python examples/NAME ARGUMENTS` does, in this process."""

    def run(name: str, *arguments: str, embeddings: Path | None = None) -> Finished:
        monkeypatch.setattr(sys, "argv", [name, *arguments])
        if embeddings is not None:
            monkeypatch.setenv("TJQA_EMBEDDINGS", str(embeddings))
        code, said = 0, ""
        try:
            runpy.run_path(str(EXAMPLES / name), run_name="__main__")
        except SystemExit as stop:  # a text goes to standard error, with exit code 1
            code, said = (1, f"{stop.code}\n") if isinstance(stop.code, str) else (int(stop.code or 0), "")
        out, err = capsys.readouterr()
        return Finished(code, out, err + said)

    return run


def test_asking(seed_library: Settings, example: Run) -> None:
    """The answer, the place of the answer inside its sentence, and the passages it was looked for in."""
    done = example("ask_from_python.py", embeddings=seed_library.embeddings)
    assert done.code == 0, done.err
    assert "5 个文件" in done.out
    assert "其中:年底前(000_06934d4bc806f347.txt 第 23 行)" in done.out
    assert done.out.count("\n[") == 3


def test_evaluating(seed_library: Settings, example: Run) -> None:
    """Quotes become spans, and every figure of the four questions is right."""
    done = example("batch_evaluation.py", embeddings=seed_library.embeddings)
    assert done.code == 0, done.err
    figures = dict(line.split() for line in done.out.splitlines())
    for name in ("false_abstention", "wrong_as_answer", "unanswerable_as_answer"):
        assert figures.pop(name) == "0.000"
    assert figures.pop("questions") == "4.000"
    assert set(figures.values()) == {"1.000"}


def test_own_cleaning_rule(model: Path, example: Run) -> None:
    """What the reader wants comes back and goes, and nothing else."""
    done = example("own_cleaning_rule.py")
    assert done.code == 0, done.err
    before, _, after = done.out.partition("\n有规则")
    assert "略去(相关推荐) 灌区改造项目启动" in before
    assert "检索 灌区改造项目启动" in after
    assert "略去(自定规则) 本刊由" in after
    assert "略去(导航)" in after


def test_checking_quotes(seed_library: Settings, example: Run) -> None:
    """A true quote with its place, a false one with what stands there; a draft; a measure over the documents."""
    done = example("check_quotes.py", embeddings=seed_library.embeddings)
    assert done.code == 0, done.err
    assert "✓ 年底前,二期" in done.out and "000_06934d4bc806f347.txt:1377-1399" in done.out
    assert "× 年底前,三期" in done.out and "引作“三”,原文“二”" in done.out
    assert "不符 1 处" in done.out and "holds      年底前,二期" in done.out
    assert "地区生产总值:2 个数" in done.out


@pytest.mark.parametrize("name", ["ask_from_python.py", "batch_evaluation.py", "check_quotes.py"])
def test_errors_say_what_to_do(name: str, tmp_path: Path, example: Run) -> None:
    """A folder that is not there ends an example with the reason and the next step, not with a traceback."""
    done = example(name, str(tmp_path / "没有"))
    assert done.code == 1
    assert "不存在" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("paper", ["README.md", "README.en.md"])
def test_they_are_named(paper: str) -> None:
    """A reader finds every example."""
    text = (ROOT / paper).read_text("utf-8")
    assert [path.name for path in EXAMPLES.glob("*.py") if path.name not in text] == []
