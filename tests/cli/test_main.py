"""tjqa.cli.main: options, exit codes, and what is said of wrong usage and of damage."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, Finished, data_file, environment, python
from tjqa import __version__
from tjqa.cli.arguments import COMMANDS as ARGUMENT_COMMANDS
from tjqa.cli.arguments import with_folder
from tjqa.cli.main import main
from tjqa.config import Settings, preferences_file
from tjqa.index.generations import live_generation, write_lock

Run = Callable[..., Finished]
COMMANDS = {
    "": ["--sources", "--embeddings", "--version"],
    "index": ["--sources", "--embeddings", "--model", "--rebuild", "--json"],
    "ask": ["--sources", "--embeddings", "-k", "--json", "--batch", "--output", "--explain", "--fast", "--timings"],
    "proof": ["--sources", "--embeddings", "--output"],
    "figures": ["--sources", "--embeddings", "--地区", "--place", "--自", "--from", "--至", "--to", "--output"],
    "passages": ["--sources", "--embeddings", "--json"],
    "excerpts": ["--sources", "--embeddings", "--topic", "--output", "--json"],
    "sources": ["--sources", "--embeddings", "--json", "文件"],
    "show": ["--sources", "--embeddings", "文件:起-止", "--picture"],
    "eval": ["--sources", "--embeddings", "--json", "文件"],
    "verify": ["--sources", "--embeddings", "导出文件"],
    "web": ["--sources", "--embeddings", "--port"],
    "mcp": ["--sources", "--embeddings", "--http", "--port", "--fast"],
    "check": ["--sources", "--embeddings"],
    "completion": ["bash、zsh"],
    "help": ["命令"],
}


def parsed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Finished:
    """Run arguments that argparse itself ends."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    return Finished(int(stop.value.code or 0), *capsys.readouterr())


def _all_help() -> str:
    """The help of the program and of each of its commands."""
    texts = []
    for command in COMMANDS:
        with redirect_stdout(StringIO()) as shown, pytest.raises(SystemExit):
            main([*([command] if command else []), "--help"])
        texts.append(shown.getvalue())
    return "".join(texts)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_names_every_option(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command's help lists its options in one group, with no English heading left."""
    shown = parsed(capsys, *([command] if command else []), "--help")
    assert (shown.code, shown.err) == (0, "")
    assert all(option in shown.out for option in COMMANDS[command])
    assert shown.out.count("选项:") == 1
    assert shown.out.startswith("用法：tjqa")
    assert not re.search(r"options|usage|positional|arguments|show this|exit", shown.out)
    if not command:
        assert str(preferences_file()) in shown.out
        assert all(f"    {name} " in shown.out for name in COMMANDS if name)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is that of the package."""
    assert parsed(capsys, "--version").out == f"tjqa {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["搜索"], "没有“搜索”这个命令"),
        (["check", "多余"], "不认识 多余"),
        (["ask", "--bacth", "x"], "不认识 --bacth"),
        (["ask", "--emb", "x", "问"], "不认识 --emb"),  # no abbreviations
        (["ask", "-5度"], "写在 -- 后面"),
        (["ask", "-k"], "-k 后面要写一个值"),
        (["ask", "-k", "五个", "问"], "-k 应为整数"),
        (["index", "--json=1"], "--json 后面不带值"),
        (["show"], "缺少 文件:起-止"),
        (["check", "\x1b[31m", "\udcff"], "不认识 ·"),
    ],
)
def test_wrong_options(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong options are told in Chinese on stderr, with exit code 2 and where to read more."""
    shown = parsed(capsys, *arguments)
    assert (shown.code, shown.out) == (2, "")
    assert said in shown.err
    assert "--help" in shown.err
    assert not re.search(r"argument|expected|invalid|required|choose|error", shown.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "问题是空的"),
        (["ask", ""], "问题是空的"),
        (["ask", " \u3000\n"], "问题是空的"),
        (["ask", "-k", "0", "问"], "-k 应为 1 到 100"),
        (["ask", "-k", "101", "问"], "-k 应为 1 到 100"),
        (["ask", "问", "--batch", "a"], "只能用一个"),
        (["ask", "问", "--output", "a"], "--batch"),
        (["ask", "--batch", ""], "读不出批量文件"),
        (["ask", "--batch", "没有.jsonl"], "不存在"),
        (["show", "报告.txt"], "文件:起-止"),
        (["show", "报告.txt:5-3"], "文件:起-止"),
        (["show", "报告.txt:-1-3"], "文件:起-止"),
        (["show", "报告.txt:0-长"], "文件:起-止"),
        (["show", "报告.txt:٣-٤"], "文件:起-止"),
        (["show", "../外.txt:0-1"], "不在资料文件夹"),
        (["show", "/etc/passwd:0-1"], "不在资料文件夹"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, tjqa: Run) -> None:
    """What cannot be meant ends with exit code 2 and a sentence, before anything is opened."""
    shown = tjqa(*(argument.replace("长", "9" * 5000) for argument in arguments))
    assert (shown.code, shown.out) == (2, "")
    assert said in shown.err


@pytest.mark.slow
def test_options_stand_before_or_after_the_command(model: Path, documents: Path, tmp_path: Path) -> None:
    """--sources and --embeddings mean the same on both sides of the command."""
    places = [f"--sources={documents}", f"--embeddings={tmp_path / 'e'}"]
    assert main([*places, "index"]) == 0
    assert main(["check", *places]) == 0
    assert main([places[0], "check", places[1]]) == 0


def test_question_may_begin_with_a_dash(tjqa: Run) -> None:
    """After -- everything is the question."""
    tjqa("index")
    assert tjqa("ask", "--", "-5度").code == 0


@pytest.mark.parametrize("command", [["ask", "问"], ["passages"], ["sources"], ["check"]])
def test_no_index_yet(command: list[str], tjqa: Run) -> None:
    """Without an index each command says which one builds it, with exit code 3."""
    shown = tjqa(*command)
    assert (shown.code, shown.out) == (3, "")
    assert "tjqa index" in shown.err


@pytest.mark.parametrize("command", [["index"], ["ask", "问"], ["check"]])
@pytest.mark.parametrize("sources", ["没有", "长", "a/b"])
def test_no_sources(command: list[str], sources: str, tjqa: Run, tmp_path: Path) -> None:
    """A folder that is not there ends with exit code 3 and names the option."""
    shown = tjqa(*command, sources=tmp_path / sources.replace("长", "长" * 1000))
    assert (shown.code, shown.out) == (3, "")
    assert "Traceback" not in shown.err
    assert len(shown.err.strip().split("\n")) == 2


def test_empty_sources(tjqa: Run, tmp_path: Path) -> None:
    """An empty folder says what to put into it."""
    (tmp_path / "空").mkdir()
    shown = tjqa("index", sources=tmp_path / "空")
    assert shown.code == 3
    assert ".txt" in shown.err


@pytest.mark.parametrize("damage", ["model.safetensors", "tokenizer.json"])
def test_missing_model(damage: str, tjqa: Run, model: Path, tmp_path: Path) -> None:
    """A model folder without its weights or tokenizer ends with exit code 3 and names the file."""
    own = tmp_path / "embeddings" / "model"
    own.mkdir(parents=True)
    for path in model.iterdir():
        if path.name != damage:
            (own / path.name).symlink_to(path)
    shown = tjqa("index")
    assert (shown.code, shown.out) == (3, "")
    assert damage in shown.err


@pytest.mark.slow
def test_damaged_index(tjqa: Run, tmp_path: Path) -> None:
    """Whatever file of the index is cut, changed or gone: exit code 3, the next step, and it helps."""
    tjqa("index")
    folder = tmp_path / "embeddings" / "index"
    generation, _ = live_generation(folder)
    for path in [folder / "CURRENT", *sorted(generation.iterdir())]:
        raw = path.read_bytes()
        for damaged in (raw[:-1], raw[: len(raw) // 2] + b"\x7f" + raw[len(raw) // 2 + 1 :], None):
            path.unlink() if damaged is None else path.write_bytes(damaged)
            shown = tjqa("ask", "新增就业多少人")
            assert (shown.code, shown.out) == (3, ""), path.name
            assert "tjqa index" in shown.err
            path.write_bytes(raw)
    data_file(generation, "vectors.faiss").unlink()
    assert tjqa("index").code == 0
    assert tjqa("check").code == 0


@pytest.mark.slow
def test_index_being_built_by_another(tjqa: Run, tmp_path: Path) -> None:
    """A second writer is told to wait; a question is answered meanwhile."""
    tjqa("index")
    with write_lock(tmp_path / "embeddings" / "index"):
        shown = tjqa("index")
        assert (shown.code, shown.out) == (3, "")
        assert "另一个 tjqa" in shown.err
        assert tjqa("ask", "新增就业多少人").code == 0


@pytest.mark.parametrize("folder", ["文件", "/sys/tjqa", "/proc/tjqa"])
def test_unwritable_index(tjqa: Run, tmp_path: Path, folder: str) -> None:
    """An index below a file, or where even root may not write: exit code 3, and the option that helps."""
    (tmp_path / "文件").write_text("")
    shown = tjqa("index", embeddings=tmp_path / folder / "embeddings")
    assert (shown.code, shown.out) == (3, "")
    assert "--embeddings" in shown.err


def test_messages_hold_no_terminal_commands(tjqa: Run, tmp_path: Path) -> None:
    """A name with an escape sequence is shown, not obeyed."""
    shown = tjqa("index", sources=tmp_path / "\x1b[2J\u202e")
    assert shown.code == 3
    assert "\x1b" not in shown.err and "\u202e" not in shown.err


@pytest.mark.slow
def test_same_sources_same_index_in_every_process(documents: Path, tmp_path: Path, model: Path) -> None:
    """No hash seed, order or clock of a process gets into the data files."""
    listed = []
    for seed in ("1", "2"):
        place = tmp_path / f"embeddings-{seed}"
        arguments = ["-m", "tjqa", "index", "--fast", f"--sources={documents}", f"--embeddings={place}"]
        assert python(*arguments, PYTHONHASHSEED=seed).returncode == 0
        listed.append(live_generation(place / "index")[1]["files"])
    assert listed[0] == listed[1]


@pytest.mark.slow
def test_screen_needs_a_terminal() -> None:
    """Without a terminal on both sides `tjqa` writes no screen into a file, but says which command to use."""
    done = python("-m", "tjqa")
    assert (done.returncode, done.stdout) == (2, "")
    assert "tjqa ask" in done.stderr


def test_readmes_know_the_commands() -> None:
    """What the READMEs show can be typed; both show every command, in one order, and the same two to begin with."""
    shown = []
    for name in ("README.md", "README.en.md"):
        blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
        typed = re.findall(r"^tjqa ([a-z]+)", "".join(blocks), re.MULTILINE)
        assert set(typed) == set(COMMANDS) - {""}, name
        assert set(re.findall(r"--[a-z]+", "".join(blocks))) <= set(re.findall(r"--[a-z]+", _all_help())), name
        shown.append((blocks[:2], typed))
    assert shown[0] == shown[1]


@pytest.mark.slow
def test_half_characters_from_the_command_line(seed_library: Settings) -> None:
    """Bytes that are no UTF-8 in an argument are searched as well as they can be, and the output is UTF-8."""
    places = [f"--embeddings={seed_library.embeddings}", f"--sources={seed_library.sources}"]
    both = "import sys; from tjqa.cli import main; sys.exit(main(sys.argv[1:]) or main([*sys.argv[1:], '--json']))"
    done = python("-c", both, "ask", "津南区\udcff会展".encode("utf-8", "surrogateescape"), *places)
    assert done.returncode == 0, done.stderr
    told, _, row = done.stdout.rstrip("\n").rpartition("\n")
    assert "会展" in told and "会展" in row and json.loads(row)["question"] == "津南区\udcff会展"


@pytest.mark.slow
def test_data_is_utf8_whatever_the_locale(seed_library: Settings) -> None:
    """A pipe gets UTF-8 even where Python would write another encoding."""
    places = [f"--embeddings={seed_library.embeddings}", f"--sources={seed_library.sources}"]
    done = python("-m", "tjqa", "passages", *places, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "天津" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full (Linux)")
@pytest.mark.parametrize(
    ("words", "streams", "code"),
    [
        ("show 报告.txt:0-4", ">&-", 0),
        ("show 报告.txt:0-4", "2>&-", 0),
        ("show 报告.txt:0-4", "<&- >&- 2>&-", 0),
        ("ask", ">&-", 2),
        ("index --json", "<&- >&-", 0),
        ("--version", ">/dev/full", 3),
        ("--help", ">/dev/full", 3),
    ],
)
def test_streams_that_are_closed_or_full(words: str, streams: str, code: int, documents: Path, tmp_path: Path) -> None:
    """No traceback; what could not be written is no success, what nobody wanted to read is one."""
    places = f"--sources={documents} --embeddings={tmp_path / 'embeddings'}"
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m tjqa {words} {places} {streams}"],
        cwd=ROOT,
        env=environment(PYTHONUNBUFFERED="1"),
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr


@pytest.mark.slow
def test_a_name_writes_no_line_of_its_own(documents: Path, tjqa: Run) -> None:
    """Line breaks and commands in names of files are shown as signs, in every list and message."""
    (documents / "行\n全部相符\x1b[2J\u202e.txt").write_text("白鹭县建成图书馆107座。\n", "utf-8")
    (documents / "坏\n\x1b[2J.docx").write_bytes(b"no such format")
    for command in (
        ("index",),
        ("sources",),
        ("passages",),
        ("ask", "建成图书馆几座"),
        ("check",),
        ("ask", "--json", "图书馆"),
    ):
        done = tjqa(*command)
        assert done.code == 0
        assert not re.search("[\x1b\u202e]|^全部相符·", done.out + done.err, re.MULTILINE), command


def test_wrong_usage_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Not that of the whole program; a command of no such name is quoted the Chinese way."""
    assert "请用 tjqa ask --help 查看说明" in parsed(capsys, "ask", "--foo").err
    told = parsed(capsys, "搜索").err
    assert "请用 tjqa --help 查看说明" in told and "'" not in told


def test_the_next_step_names_the_folders_that_were_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is offered can be run as it stands."""
    (tmp_path / "我的 资料").mkdir()
    at = ["--sources", str(tmp_path / "我的 资料"), "--embeddings", str(tmp_path / "索引")]
    assert main(["ask", "甲", *at]) == 3
    assert f"请运行 tjqa index {' '.join(map(shlex.quote, at))} 建立索引" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["index", "ask"])
def test_a_file_given_as_the_folder_is_called_that(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nobody is told to delete it."""
    file = tmp_path / "一篇.txt"
    file.write_text("一句话。", "utf-8")
    assert main([command, *(["甲"] if command == "ask" else []), "--sources", str(file)]) == 3
    told = capsys.readouterr().err
    assert "不是文件夹" in told and "删除" not in told


def test_a_folder_in_place_of_a_command_is_that_of_the_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`tjqa 文件夹` opens the app there, which a pipe cannot show; a command's name is a command."""
    assert main([str(tmp_path)]) == 2
    assert "终端界面要在终端里打开" in capsys.readouterr().err
    assert with_folder([str(tmp_path), "--embeddings", "x"]) == ["--sources", str(tmp_path), "--embeddings", "x"]
    assert with_folder(["index"]) == ["index"] and set(ARGUMENT_COMMANDS) == set(COMMANDS) - {""}


def test_a_document_in_place_of_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`tjqa 报告.txt` opens its folder to ask it alone; what is no document, or a command after it, is told."""
    report, picture = tmp_path / "报告.txt", tmp_path / "照片.svg"
    report.write_text("一句话。", "utf-8")
    picture.write_bytes(b"")
    assert with_folder([str(report), "--embeddings", "x"]) == [
        *("--sources", str(tmp_path), "--only=报告.txt", "--embeddings", "x")
    ]
    assert main([str(report)]) == 2 and "终端界面要在终端里打开" in capsys.readouterr().err
    assert main([str(picture)]) == 2 and "照片.svg 不是本程序读的文件" in capsys.readouterr().err
    assert main([str(report), "ask", "甲"]) == 2 and "tjqa ask 文件:报告.txt 问题" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path / "没有.txt")])
    assert "没有.txt”这个文件夹或文件" in capsys.readouterr().err
