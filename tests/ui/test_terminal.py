"""The real program, engine and model in a real terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.support.ui_standin import BAODI, SEEDS
from tjqa.cli.main import main
from tjqa.config import shipped

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)
if not (shipped("embeddings/model", "model") / "modules.json").is_file():
    pytest.skip("the default model is not here", allow_module_level=True)

from tests.support.ui_terminal import Terminal

pytestmark = pytest.mark.slow

HOSTILE = (
    "蓟州区生态项目通报\n\n"
    "2024年,蓟州区\x1b[31m红\x1b[0m色旅游项目投资\u202e7.5亿元\u202c,其中[/b]一期[red]工程\u200b已\x9b2J完工。\n"
    "\x1b]0;被改的标题\x07项目负责人表示,下一步将继续推进。\n" + "长行不断重复的内容," * 20_000 + "\n"
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one seed and one hostile document."""
    folder = tmp_path_factory.mktemp("terminal") / "资料"
    folder.mkdir()
    shutil.copy(SEEDS / BAODI, folder / BAODI)
    (folder / "[").mkdir()  # its path is markup: [/]恶意.txt
    (folder / "[" / "]恶意.txt").write_text(HOSTILE, encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def library(sources: Path) -> list[str]:
    """The arguments for it with an index, made once and only read."""
    arguments = ["--sources", str(sources), "--embeddings", str(sources.with_name("索引"))]
    assert main(["index", "--fast", *arguments]) == 0
    return arguments


@pytest.fixture
def cache(sources: Path) -> dict[str, str]:
    """The variable with which the app need not make the dictionary anew in every home; the first one does."""
    return {"XDG_CACHE_HOME": str(sources.with_name("缓存"))}


@pytest.fixture
def quick(cache: dict[str, str]) -> dict[str, str]:
    """Variables with which the app does not load the models that read context either, where a test is not about what
    they do."""
    return {"TJQA_FAST": "1", **cache}


def test_from_no_index_to_the_cited_words(sources: Path, tmp_path: Path) -> None:
    """Build, ask in Chinese, open the citation, resize, export, quit with code 0."""
    home, arguments = tmp_path, ["--sources", str(sources), "--embeddings", str(tmp_path / "索引")]
    with Terminal(arguments, home) as terminal:
        terminal.wait_for("按 Enter 建立索引")
        terminal.send("\r")
        terminal.wait_for("索引已建立：2 个文件")
        terminal.send("宝坻区新签约落地北京方向项目多少个？")
        terminal.wait_for("多少个？")
        terminal.send("\r")
        terminal.wait_for("13个")
        terminal.wait_for("其他相关")
        terminal.send("1")
        terminal.send("\r")
        terminal.wait_for("▌")
        terminal.wait_for("[1] 天津市宝坻区")
        terminal.resize((120, 36))
        terminal.wait_for(lambda text: "▌" in text and "其他相关" in text)
        terminal.send("\x1b")
        terminal.wait_for(lambda text: "▌" not in text)
        terminal.send("/导出 答案.md\r")
        terminal.wait_for("已导出")
        terminal.send("\x1b[24~")  # F12
        terminal.wait_for("摘下引文")
        terminal.send("\r")
        terminal.wait_for("已摘到")
        terminal.send("\x1b[24;2~")  # Shift+F12
        terminal.wait_for("全部相符")
        terminal.send("\x1b")
        terminal.wait_for(lambda text: "全部相符" not in text)
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
    assert main(["excerpts", *arguments]) == 0
    exported = (home / "答案.md").read_text(encoding="utf-8")
    assert "13个" in exported and re.search(r"SHA-256 [0-9a-f]{64}", exported)
    assert main(["verify", str(home / "答案.md"), *arguments]) == 0
    history = list(home.rglob("history.jsonl"))
    assert history and "宝坻区" in history[0].read_text(encoding="utf-8")
    # The kitty keyboard protocol breaks input methods: it must not be asked for.
    assert not re.search(rb"\x1b\[>\d*u", terminal.raw)


def test_a_hostile_document_steers_nothing(library: list[str], cache: dict[str, str], tmp_path: Path) -> None:
    """Escape sequences, markup, bidi and zero-width characters of a document never reach the terminal."""
    with Terminal(library, tmp_path, (100, 30), cache) as terminal:
        terminal.wait_for("试着问")
        terminal.send("蓟州区红色旅游项目投资多少亿元")
        terminal.wait_for("多少亿元")
        terminal.send("\r")
        terminal.wait_for("其他相关")
        terminal.send("1")
        terminal.send("\r")
        terminal.wait_for("▌")
        terminal.wait_for("␛[31m红")
        terminal.send("\x1b")
        terminal.wait_for(lambda text: "▌" not in text)
        terminal.send("哪个长行不断重复的内容最多\r")  # the line of 200,000 characters: opened far inside it
        terminal.wait_for(lambda text: "第 5 行" in text and "─  2  ─" in text)
        terminal.send("1\r")
        terminal.wait_for(lambda text: "▌" in text and "长行不断重复的内容" in text)
        terminal.send("\x1b[6~" * 3)
        terminal.send("\x14")
        terminal.wait_for("资料库  2 个文件")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
    for forbidden in ("\x1b[31m红", "\x1b]0;被改", "\u202e", "\u200b", "\x9b2J"):
        assert forbidden.encode() not in terminal.raw
    assert "[/]恶意.txt".encode() in terminal.raw and b"[red]" in terminal.raw


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM=xterm"])
def test_without_colours_answer_citation_and_dropped_text_differ(
    library: list[str], quick: dict[str, str], tmp_path: Path, variable: str
) -> None:
    """On a terminal that shows none, or few: the answer is bold and on another ground, cited rows have ▌, dropped ×."""
    name, _, value = variable.partition("=")
    with Terminal(library, tmp_path, (120, 36), {**quick, name: value or "1"}) as terminal:
        terminal.wait_for("试着问")
        terminal.send("宝坻区新签约落地北京方向项目多少个？\r")
        terminal.wait_for("其他相关")
        terminal.send("1\r")
        terminal.wait_for("▌")
        (row, at), *_ = terminal.places_of("13个")
        cells, other = terminal.screen.buffer[row][at], terminal.screen.buffer[row][at - 6]
        assert cells.bold and (cells.bg, cells.reverse) != (other.bg, other.reverse)
        terminal.send("\x1b[1~")
        terminal.wait_for("×")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0


def test_a_long_commit_of_an_input_method_arrives_whole(
    library: list[str], quick: dict[str, str], tmp_path: Path
) -> None:
    """Twelve characters in one write, and a bracketed paste of two lines."""
    with Terminal(library, tmp_path, extra=quick) as terminal:
        terminal.wait_for("试着问")
        terminal.send("京津冀协同发展走深走实吗")
        terminal.wait_for("京津冀协同发展走深走实吗")
        terminal.send("\x1b[200~第一行\r\n第二行？\x1b[201~")
        terminal.wait_for("走实吗第一行 第二行？")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0


def test_bytes_that_are_no_text_are_typed_as_signs(library: list[str], tmp_path: Path) -> None:
    """Keys of a terminal in another encoding, a paste of something else: the app stays and goes on reading."""
    with Terminal(library, tmp_path) as terminal:
        terminal.wait_for("政策问答")
        for data in ("宝坻区".encode("gb18030"), b"\xff\xfe\xe8", b"\xe8\xe8\x80"):
            os.write(terminal.master, data)
            terminal.read(0.3)
        terminal.send("还在")
        terminal.wait_for("还在")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
    assert b"Traceback" not in terminal.raw


def test_the_app_ends_when_its_terminal_is_gone(library: list[str], tmp_path: Path) -> None:
    """Even where no signal says so, as under nohup."""
    with Terminal(library, tmp_path) as terminal:
        terminal.wait_for("政策问答")
        os.close(terminal.master)
        try:
            assert terminal.process.wait(60) == 0
        finally:
            terminal.master = os.open(os.devnull, os.O_RDWR)
