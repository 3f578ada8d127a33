"""What may be written after `tjqa`: commands and options, and what is said of wrong usage."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from tjqa import __version__
from tjqa.cli.excerpt_options import add_excerpts
from tjqa.cli.figure_options import add_figures
from tjqa.cli.help_format import Formatter
from tjqa.cli.proof_options import add_proof
from tjqa.cli.server_options import add_servers
from tjqa.config import preferences_file
from tjqa.errors import UsageError
from tjqa.text.display import one_line

# argparse speaks English; what it says of wrong usage, in Chinese.
_COMPLAINTS = (
    (r"argument (--\S+): invalid choice: (.+?) \(choose from (.+)\)", "{0} 后面不能是 {1}，可以是 {2}"),
    (r"argument \S+: invalid choice: '(.+)' \(choose from (.+)\)", "没有“{0}”这个命令，可用的命令是 {1}"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r"argument (.+?): expected one argument", "{0} 后面要写一个值"),
    (r"argument (.+?): invalid int value: (.+)", "{0} 应为整数，不是 {1}"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不带值，多出了 {1}"),
    (r"the following arguments are required: (.+)", "缺少 {0}"),
)


COMMANDS = (
    *("index", "ask", "figures", "proof", "sources", "passages", "show", "eval", "check", "verify"),
    *("excerpts", "web", "mcp", "completion", "help"),
)
INDEX = "tjqa index"
"""How messages write the command that makes an index."""


class _Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and errors; every command takes --sources and --embeddings."""

    def __init__(self, **options: Any) -> None:
        # Abbreviated options would become part of what users rely on, and break when an option is added.
        super().__init__(formatter_class=Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")
        # Not given means not set: given before the command, it must outlive the command's own default.
        hidden = argparse.SUPPRESS
        self.add_argument(
            "--sources", metavar="文件夹", default=hidden, help="文档文件夹（默认 ./seeds，没有则用自带的）"
        )
        self.add_argument(
            "--embeddings", metavar="文件夹", default=hidden, help="索引所在的文件夹（默认在文档文件夹旁）"
        )
        self.add_argument("--store", metavar="milvus:URI", default=hidden, help="索引放在 Milvus 服务器上，几个人共用")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What nobody knows is told with the help of the command that it was written after."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.prog = f"{self.prog} {getattr(found, 'command', None) or ''}".strip()
            self.error(f"unrecognized arguments: {' '.join(unknown)}", self._near(found, unknown[0]))
        return found

    def _near(self, found: Any, unknown: str) -> str:
        """The option that was meant, of those of the command that was given; "" when none is like it."""
        commands = next(action for action in self._actions if isinstance(action, argparse._SubParsersAction))
        chosen = commands.choices.get(getattr(found, "command", None) or "", self)
        known = [name for action in chosen._actions for name in action.option_strings]
        return next(iter(get_close_matches(unknown.partition("=")[0], known, 1)), "")

    def error(self, message: str, meant: str = "") -> NoReturn:
        """Say it in Chinese, and what may have been meant."""
        for pattern, chinese in _COMPLAINTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = chinese.format(*(part.replace("'", "") for part in match.groups()))
                if chinese.startswith("没有“") and os.sep in match[1]:
                    message = f"没有“{match[1]}”这个文件夹或文件"
                elif chinese.startswith("没有“"):
                    meant = next(iter(get_close_matches(match[1].lower(), COMMANDS, 1)), "")
                break
        hint = (
            f"是不是 {meant}？"
            if meant
            else "以 - 开头的问题请写在 -- 后面。"
            if message.startswith("不认识 -")
            else ""
        )
        print(f"tjqa: 用法不对：{one_line(message)}。{hint}\n请用 {self.prog} --help 查看说明。", file=sys.stderr)
        sys.exit(UsageError.exit_code)

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse would pass over a disk that is full, and the exit code would say that all was well.
        print(message, end="", file=file or sys.stderr)


def _add_ask(add: Callable[[str, str, str], _Parser]) -> None:
    ask = add("ask", "提一个问题", "提一个问题，或用 --batch 批量提问。")
    ask.epilog = (
        '问题里可以写筛选，只查符合的资料：文件:路径里的字 地区:地名 自:2023 至:2024-06，和一字不差的 "原词"。\n'
        "例：tjqa ask 地区:某区 自:2023 新增就业多少人"
    )
    ask.add_argument("question", nargs="*", metavar="问题", help="问题；用空格隔开的几个词算一个问题")
    ask.add_argument("-k", type=int, metavar="N", help="最多几段原文（默认 5，批量 10）")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.add_argument("--explain", action="store_true", help="说明每段为什么排在这里")
    ask.add_argument("--fast", action="store_true", help="不用读者模型，快十几倍，少答对一些")
    ask.add_argument("--timings", action="store_true", help="说明每一步用了多久")
    ask.add_argument("--batch", metavar="文件", help='JSON lines 文件，每行 {"id","question"}，- 为标准输入')
    ask.add_argument("--output", metavar="文件", help="批量结果写到文件（默认标准输出）")


def _add_index(add: Callable[..., _Parser]) -> None:
    index = add("index", "建立或更新索引")
    index.add_argument(
        "--model", metavar="文件夹或名称", help="模型文件夹或名称，或 fast：只用自带的快模型（默认沿用）"
    )
    index.add_argument("--fast", action="store_true", help="建好就结束，不接着加深理解（以后再做）")
    index.add_argument("--rebuild", action="store_true", help="全部重做，不沿用旧索引和旧模型")
    index.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    index.add_argument("--progress", choices=["json", "deepen"], help="供别的程序用：逐行输出 JSON，标准输入关闭即取消")
    index.add_argument("--watch", action="store_true", help="建好后留意文件夹，有改动就更新，直到 Ctrl+C")


def parser() -> _Parser:
    """The parser of the whole command line."""
    whole = _Parser(
        prog="tjqa",
        description="用中文提问，从自己的文档里找到原文并注明出处。不带命令时打开终端界面。",
        epilog="环境变量 TJQA_SOURCES、TJQA_EMBEDDINGS、TJQA_MODEL、TJQA_STORE、TJQA_FAST 可代替相应选项。\n"
        f"界面的设置（可以没有）：{preferences_file()}",
    )
    whole.add_argument("--only", help=argparse.SUPPRESS)  # what `with_folder` makes of a document
    whole.add_argument("--version", action="version", version=f"tjqa {__version__}", help="显示版本")
    commands = whole.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=_Parser)

    def add(name: str, brief: str, description: str = "") -> _Parser:
        return commands.add_parser(name, help=brief, description=description or f"{brief}。")

    _add_index(add)
    _add_ask(add)
    add_figures(add)
    add_proof(add)
    tree = "列出每个文件保留和略去了什么，读不出来的为什么；写了文件则列出它的章、节、条、项和略去的部分。"
    sources = add("sources", "列出每个文件保留和略去了什么", tree)
    sources.add_argument("files", nargs="*", metavar="文件", help="文件的路径，或路径里的一部分字")
    for listing in (sources, add("passages", "列出索引里的每一段")):
        listing.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    show = add("show", "显示引文和上下文", "显示引文和上下文，略去的部分有标记。")
    show.add_argument("place", metavar="文件:起-止", help="文件（相对文档文件夹）和字符区间")
    show.add_argument("--picture", metavar="图片", help="把扫描件上的这一处存成图片（PNG）")
    evaluate = add("eval", "用带证据的问题打分", "用带证据的问题给自己的资料库打分：找到、答对、如实拒答。")
    evaluate.add_argument(
        "file",
        nargs="?",
        metavar="文件",
        help="JSON lines 问题文件（格式见 tjqa/evaluation.py）；不写则用界面里做的标记",
    )
    evaluate.add_argument("--json", action="store_true", help="输出 JSON")
    check = add("check", "核对索引和原文", "重读每个文件，核对哈希、引文和数目。")
    check.add_argument("--repair", action="store_true", help="不符或损坏时从原文更新或重建索引，再核对一次")
    check_export = add("verify", "核对导出的引文", "核对一份导出：写的每一项是否与原文相符，列出不符的和它在第几行。")
    check_export.add_argument("file", metavar="导出文件", help="用 /导出 写成的 .md、.json 或 .csv 文件")
    add_excerpts(add)
    add_servers(add)
    shells = "为 bash、zsh、fish 印出补全命令、选项和文件名的脚本；写法见 README。"
    add("completion", "命令行补全", shells).add_argument("shell", metavar="外壳", help="bash、zsh 或 fish")
    add("help", "显示说明", "显示说明，或一个命令的说明。").add_argument(
        "about", nargs="?", metavar="命令", help="哪个命令"
    )
    return whole


def place_of(text: str) -> tuple[str, int, int]:
    """The file, start and end of FILE:START-END.

    Raises:
        UsageError: it is not in this form, or ends before it begins.
    """
    match = re.fullmatch(r"(.+):([0-9]{1,12})-([0-9]{1,12})", text, re.DOTALL)
    if not match or int(match[2]) > int(match[3]):
        raise UsageError("place_form", "place_form_hint", text=repr(text))
    return match[1], int(match[2]), int(match[3])


def with_folder(arguments: Sequence[str]) -> list[str]:
    """`tjqa 文件夹` opens the app on a folder: that, in place of a command, is where the documents are. A document in
    place of it is one of those of its folder, and the only one that is asked. Of a command `tjqa help 命令` is the
    --help."""
    if arguments and arguments[0] == "help" and arguments[1:2] != ["--help"]:
        return [*arguments[1:2], "--help"]
    if arguments and arguments[0] not in COMMANDS and os.path.isdir(arguments[0]):  # noqa: PTH112 (any text is asked)
        return ["--sources", *arguments]
    if arguments and arguments[0] not in COMMANDS and os.path.isfile(arguments[0]):  # noqa: PTH113 (the same)
        folder, name = os.path.split(arguments[0])
        return ["--sources", folder or os.curdir, f"--only={name}", *arguments[1:]]
    return list(arguments)


def places_given(arguments: Sequence[str]) -> str:
    """The options that say where documents and index are, as they were written, for a command to run next."""
    given = ""
    named = ("--sources", "--embeddings", "--store")
    for at, argument in enumerate(arguments):
        option, sign, value = argument.partition("=")
        if option in named and (sign or at + 1 < len(arguments)):
            given += f" {option} {shlex.quote(value if sign else arguments[at + 1])}"
    return given
