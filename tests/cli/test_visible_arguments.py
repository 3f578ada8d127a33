"""Whatever an argument holds, what a command prints of it obeys no terminal and forges no line."""

from __future__ import annotations

import contextlib
import unicodedata
from pathlib import Path

import pytest

from tests.support.helpers import REPORT
from tjqa.cli.main import main
from tjqa.config import Settings
from tjqa.engine import build

# ESC, BEL, CR, line breaks, C1 commands, bidi overrides and isolates, invisible, a byte of a file name.
UNSEEN = (
    "\x1b[31m",
    "\x07",
    "\r",
    "\n",
    "\x0b",
    "\x85",
    "\x9b2J",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\udcff",
)
PATHS = {
    "sources": ["ask", "--sources", "{}", "问"],
    "embeddings": ["ask", "--embeddings", "{}", "问"],
    "store": ["ask", "--store", "milvus:{}", "问"],
    "model": ["index", "--model", "./{}"],
    "model name": ["index", "--model", "~{}/x"],
    "batch": ["ask", "--batch", "{}"],
    "output": ["ask", "--batch", "{questions}", "--output", "没有/{}"],
    "count": ["ask", "-k", "{}", "问"],
    "question": ["ask", "问", "{}"],
    "asked": ["ask", "{}"],
    "place": ["show", "{}"],
    "shown": ["show", "{}:1-2"],
    "eval": ["eval", "{}"],
    "verify": ["verify", "{}"],
    "command": ["{}"],
    "option": ["ask", "--{}"],
    "choice": ["index", "--progress", "{}"],
    "value": ["index", "--rebuild={}"],
    "port": ["web", "--port", "{}"],
}


@pytest.fixture(scope="module")
def places(model: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The options that name a library with an index."""
    root = tmp_path_factory.mktemp("library")
    place = Settings(root / "资料", root / "embeddings")
    place.sources.mkdir()
    (place.sources / "报告.txt").write_text(REPORT, "utf-8")
    build(place)
    return [f"--sources={place.sources}", f"--embeddings={place.embeddings}"]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("option", PATHS)
def test_arguments_are_shown_visibly(
    option: str,
    unseen: str,
    places: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every option that takes a path or a text: what is printed of it can be seen, and begins no line of ours."""
    monkeypatch.setenv("TJQA_FAST", "1")  # who reads the passages has no part in it
    questions = tmp_path / "问题.jsonl"
    questions.write_text('{"question": "问"}\n', "utf-8")
    argument = f"甲{unseen}tjqa: 乙"
    arguments = [word.replace("{}", argument).replace("{questions}", str(questions)) for word in PATHS[option]]
    with contextlib.suppress(SystemExit):
        main([*places, *arguments])
    shown = "".join(capsys.readouterr())
    assert shown.strip()
    hidden = {sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    assert not hidden
    assert sum(line.startswith("tjqa: ") for line in shown.split("\n")) <= 1
