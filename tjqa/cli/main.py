"""The command line: tjqa and its commands; stdout is data, stderr is talk.

Exit codes: 0 fine (an honest "not found" included), 1 `check` or `verify` found something, 2 wrong usage,
3 no usable index, model or sources, 130 interrupted. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, Literal, NoReturn, TextIO

from tjqa import __version__, config
from tjqa.config import Settings, child_environment, preferences_file, python_command
from tjqa.errors import Cancelled, TjqaError, UsageError, disk_failure
from tjqa.text.display import one_line

# argparse speaks English; what it says of wrong usage, in Chinese.
_COMPLAINTS = (
    (r"argument (--\S+): invalid choice: (.+?) \(choose from (.+)\)", "{0} 后面不能是 {1},可以是 {2}"),
    (r"argument \S+: invalid choice: (.+?) \(choose from (.+)\)", "没有 {0} 这个命令,可用的命令是 {1}"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r"argument (.+?): expected one argument", "{0} 后面要写一个值"),
    (r"argument (.+?): invalid int value: (.+)", "{0} 应为整数,不是 {1}"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不带值,多出了 {1}"),
    (r"the following arguments are required: (.+)", "缺少 {0}"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and errors; every command takes --sources and --embeddings."""

    def __init__(self, **options: Any) -> None:
        # Abbreviated options would become part of what users rely on, and break when an option is added.
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")
        # Not given means not set: given before the command, it must outlive the command's own default.
        hidden = argparse.SUPPRESS
        self.add_argument("--sources", metavar="DIR", default=hidden, help="文档文件夹(默认 ./seeds,没有则用自带的)")
        self.add_argument("--embeddings", metavar="DIR", default=hidden, help="索引所在的文件夹(默认在文档文件夹旁)")
        self.add_argument("--store", metavar="milvus:URI", default=hidden, help="索引放在 Milvus 服务器上,几个人共用")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _COMPLAINTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = chinese.format(*match.groups())
                break
        hint = "以 - 开头的问题请写在 -- 后面。" if message.startswith("不认识 -") else ""
        print(f"tjqa: 用法不对:{one_line(message)}。{hint}\n请用 {self.prog} --help 查看说明。", file=sys.stderr)
        sys.exit(UsageError.exit_code)

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse would pass over a disk that is full, and the exit code would say that all was well.
        print(message, end="", file=file or sys.stderr)


def _parser() -> _Parser:
    parser = _Parser(
        prog="tjqa",
        description="用中文提问,从自己的文档里找到原文并注明出处。不带命令时打开终端界面。",
        epilog="环境变量 TJQA_SOURCES、TJQA_EMBEDDINGS、TJQA_MODEL、TJQA_STORE、TJQA_FAST 可代替相应选项。\n"
        f"界面的设置(可以没有):{preferences_file()}",
    )
    parser.add_argument("--version", action="version", version=f"tjqa {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=_Parser)

    def add(name: str, brief: str, description: str = "") -> _Parser:
        return commands.add_parser(name, help=brief, description=description or f"{brief}。")

    index = add("index", "建立或更新索引")
    index.add_argument("--model", metavar="DIR_OR_NAME", help="模型文件夹或名称(默认沿用原来的,最初为自带模型)")
    index.add_argument("--rebuild", action="store_true", help="全部重做,不沿用旧索引和旧模型")
    index.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    index.add_argument("--progress", choices=["json"], help="供别的程序用:逐行输出 JSON 进度和结果,标准输入关闭即取消")
    index.add_argument("--watch", action="store_true", help="建好后留意文件夹,有改动就更新,直到 Ctrl+C")

    ask = add("ask", "提一个问题", "提一个问题,或用 --batch 批量提问。")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="问题")
    ask.add_argument("-k", type=int, metavar="N", help="最多几段原文(默认 5,批量 10)")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.add_argument("--explain", action="store_true", help="说明每段为什么排在这里")
    ask.add_argument("--fast", action="store_true", help="不用读者模型,快十几倍,少答对一些")
    ask.add_argument("--timings", action="store_true", help="说明每一步用了多久")
    ask.add_argument("--batch", metavar="FILE", help='JSON lines 文件,每行 {"id","question"},- 为标准输入')
    ask.add_argument("--output", metavar="FILE", help="批量结果写到文件(默认标准输出)")

    tree = "列出每个文件保留和略去了什么,读不出来的为什么;写了 FILE 则列出它的章、节、条、项和略去的部分。"
    sources = add("sources", "列出每个文件保留和略去了什么", tree)
    sources.add_argument("files", nargs="*", metavar="FILE", help="文件的路径,或路径里的一部分字")
    for listing in (sources, add("passages", "列出索引里的每一段")):
        listing.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    show = add("show", "显示引文和上下文", "显示引文和上下文,略去的部分有标记。")
    show.add_argument("place", metavar="FILE:START-END", help="文件(相对文档文件夹)和字符区间")
    evaluate = add("eval", "用带证据的问题打分", "用带证据的问题给自己的资料库打分:找到、答对、如实拒答。")
    evaluate.add_argument(
        "file", nargs="?", metavar="FILE", help="JSON lines 问题文件(格式见 tjqa/evaluation.py);不写则用界面里做的标记"
    )
    evaluate.add_argument("--json", action="store_true", help="输出 JSON")
    check = add("check", "核对索引和原文", "重读每个文件,核对哈希、引文和数目。")
    check.add_argument("--repair", action="store_true", help="不符或损坏时从原文更新或重建索引,再核对一次")
    check_export = add("verify", "核对导出的引文", "核对一份导出:写的每一项是否与原文相符,列出不符的和它在第几行。")
    check_export.add_argument("file", metavar="EXPORT", help="用 /导出 写成的 .md、.json 或 .csv 文件")
    web = add(
        "web", "在浏览器里使用", "在浏览器里使用同一个界面;只在本机 127.0.0.1 上提供,需要 pip install 'tjqa[web]'。"
    )
    web.add_argument("--port", type=int, default=8000, metavar="N", help="端口(默认 8000)")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    if arguments is None:
        _know_all_names()
    _one_thread_for_matrices()
    _no_modules_from_here()
    _prepare_output()
    try:
        try:
            return _run(_parser().parse_args(arguments))
        finally:
            sys.stdout.flush()  # here, so that a full disk or a closed pipe is met below and not at exit
    except TjqaError as error:
        _complain(error.what, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        _complain("已中断,原有索引不受影响。")
        return Cancelled.exit_code
    except BrokenPipeError:  # the reader of our output has gone (… | head)
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        failed = disk_failure(error)
        _complain(failed.what, failed.hint)
        return failed.exit_code


def _know_all_names() -> None:
    """Begin anew in Python's UTF-8 mode where names of files are ASCII: no document with a Chinese name, nor an index
    that holds one, could be opened. Python does so by itself in the locale C, unless PYTHONUTF8 forbids it."""
    if sys.getfilesystemencoding() == "ascii":
        command = python_command("-X", "utf8", *sys.orig_argv[1:])
        os.execve(command[0], command, child_environment())


def _one_thread_for_matrices() -> None:
    """Questions multiply small matrices: a second BLAS thread waits by spinning and triples the CPU time of an answer
    (48 against 17 ms, measured). Set before numpy is imported, which reads it once; encoding does not use BLAS."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _no_modules_from_here() -> None:
    """A process that a library starts on its own, as multiprocessing does its tracker, would look for modules in the
    current folder, among the documents perhaps; ours are started with `config.child_environment` besides."""
    os.environ["PYTHONSAFEPATH"] = "1"


def _prepare_output() -> None:
    """Data is UTF-8 wherever it goes; a terminal keeps its own encoding and shows what that lacks as escapes. A stream
    that came closed leads nowhere: else the next file opened, one of the index perhaps, would take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, _leading_nowhere(number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _leading_nowhere(number: int) -> TextIO:
    mode: Literal["r", "w"] = "w" if number else "r"
    nowhere = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    with contextlib.suppress(OSError):
        os.fstat(number)
        number = nowhere  # this one is another file's by now
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
    os.set_inheritable(number, number <= 2)
    return os.fdopen(number, mode, encoding="utf-8", closefd=False)


def _discard_output() -> None:
    """Python would complain again while closing stdout."""
    with contextlib.suppress(io.UnsupportedOperation):  # not a file, so nothing to close
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(what: str, hint: str = "") -> None:
    print(f"tjqa: {one_line(what)}" + (f"\n{one_line(hint)}" if hint else ""), file=sys.stderr)


def _run(options: argparse.Namespace) -> int:
    given = vars(options)
    named = (given.get(name) for name in ("sources", "embeddings", "model", "store"))
    settings = config.settings(*named, fast=given.get("fast", False))
    if options.command == "web":
        return _web(settings, options.port)
    if options.command is None:
        in_browser = "TEXTUAL_DRIVER" in os.environ  # set by textual-serve: the terminal is in the browser
        if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError("not_a_terminal", "not_a_terminal_hint")
        from tjqa.ui.app import run

        return run(settings)
    if options.command in ("index", "ask"):
        return _index(options, settings) if options.command == "index" else _ask(options, settings)
    return _look_up(options, settings)


def _look_up(options: argparse.Namespace, settings: Settings) -> int:
    """The commands that neither build nor ask; each pays only for its own module."""
    if options.command in ("check", "verify"):
        from tjqa.cli import check

        if options.command == "check":
            return check.check(settings, repair=options.repair)
        return check.verify(settings, options.file)
    if options.command == "eval":
        from tjqa.cli import evaluate

        return evaluate.evaluate(settings, options.file, as_json=options.json)
    if options.command == "sources":
        from tjqa.cli import index, outline

        if options.files:
            return outline.outlines(settings, options.files, as_json=options.json)
        return index.sources(settings, as_json=options.json)
    from tjqa.cli import show

    if options.command == "passages":
        return show.passages(settings, as_json=options.json)
    return show.show(settings, *_place(options.place))


def _index(options: argparse.Namespace, settings: Settings) -> int:
    from tjqa.cli import index

    if options.watch + options.json + bool(options.progress) > 1:
        raise UsageError("one_form", "one_form_hint")
    if options.watch:
        return index.watch(settings, rebuild=options.rebuild)
    if options.progress:
        return index.index_apart(settings, rebuild=options.rebuild)
    return index.index(settings, rebuild=options.rebuild, as_json=options.json)


def _web(settings: Settings, port: int) -> int:
    if not 1 <= port <= 65535:
        raise UsageError("port_range")
    try:
        from tjqa.ui.browser import serve
    except ModuleNotFoundError as error:
        raise TjqaError("web_missing", "web_missing_hint", name=error.name or "") from error
    return serve(settings, port)


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from tjqa.cli import ask

    if options.k is not None and not 1 <= options.k <= 100:
        raise UsageError("k_range")
    if options.batch is not None:
        if options.question is not None:
            raise UsageError("batch_or_question")
        return ask.ask_batch(settings, options.batch, options.output, options.k or 10, options.timings)
    if options.output is not None:
        raise UsageError("output_alone", "output_alone_hint")
    if options.question is None or not options.question.strip():
        raise UsageError("question_empty", "question_example_hint")
    told = {"as_json": options.json, "why": options.explain, "timings": options.timings}
    return ask.ask(settings, options.question, options.k or 5, **told)


def _place(text: str) -> tuple[str, int, int]:
    match = re.fullmatch(r"(.+):([0-9]{1,12})-([0-9]{1,12})", text, re.DOTALL)
    if not match or int(match[2]) > int(match[3]):
        raise UsageError("place_form", "place_form_hint", text=repr(text))
    return match[1], int(match[2]), int(match[3])


if __name__ == "__main__":
    sys.exit(main())
