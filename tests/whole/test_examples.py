"""The programs in examples/ do what they say, on the documents that come with tjqa and on others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import ROOT, python
from tjqa.config import Settings

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "examples"


def test_asking(seed_library: Settings) -> None:
    """The answer, the place of the answer inside its sentence, and the passages it was looked for in."""
    done = python(str(EXAMPLES / "ask_from_python.py"), TJQA_EMBEDDINGS=str(seed_library.embeddings))
    assert done.returncode == 0, done.stderr
    assert "5 个文件" in done.stdout
    assert "其中:年底前(000_06934d4bc806f347.txt 第 23 行)" in done.stdout
    assert done.stdout.count("\n[") == 3


def test_evaluating(seed_library: Settings) -> None:
    """Quotes become spans, and every figure of the four questions is right."""
    done = python(str(EXAMPLES / "batch_evaluation.py"), TJQA_EMBEDDINGS=str(seed_library.embeddings))
    assert done.returncode == 0, done.stderr
    figures = dict(line.split() for line in done.stdout.splitlines())
    for name in ("false_abstention", "wrong_as_answer", "unanswerable_as_answer"):
        assert figures.pop(name) == "0.000"
    assert figures.pop("questions") == "4.000"
    assert set(figures.values()) == {"1.000"}


def test_own_cleaning_rule(model: Path) -> None:
    """What the reader wants comes back and goes, and nothing else."""
    done = python(str(EXAMPLES / "own_cleaning_rule.py"))
    assert done.returncode == 0, done.stderr
    before, _, after = done.stdout.partition("\n有规则")
    assert "略去(相关推荐) 灌区改造项目启动" in before
    assert "检索 灌区改造项目启动" in after
    assert "略去(自定规则) 本刊由" in after
    assert "略去(导航)" in after


def test_checking_quotes(seed_library: Settings) -> None:
    """A true quote with its place, a false one with what stands there; a draft; a measure over the documents."""
    done = python(str(EXAMPLES / "check_quotes.py"), TJQA_EMBEDDINGS=str(seed_library.embeddings))
    assert done.returncode == 0, done.stderr
    assert "✓ 年底前,二期" in done.stdout and "000_06934d4bc806f347.txt:1377-1399" in done.stdout
    assert "× 年底前,三期" in done.stdout and "引作“三”,原文“二”" in done.stdout
    assert "不符 1 处" in done.stdout and "holds      年底前,二期" in done.stdout
    assert "地区生产总值:2 个数" in done.stdout


@pytest.mark.parametrize("name", ["ask_from_python.py", "batch_evaluation.py", "check_quotes.py"])
def test_errors_say_what_to_do(name: str, tmp_path: Path) -> None:
    """A folder that is not there ends an example with the reason and the next step, not with a traceback."""
    done = python(str(EXAMPLES / name), str(tmp_path / "没有"))
    assert done.returncode == 1
    assert "不存在" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("paper", ["README.md", "README.en.md"])
def test_they_are_named(paper: str) -> None:
    """A reader finds every example."""
    text = (ROOT / paper).read_text("utf-8")
    assert [path.name for path in EXAMPLES.glob("*.py") if path.name not in text] == []
