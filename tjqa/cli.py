"""The command line: tjqa | tjqa index | ask | passages | sources | show | check. stdout is data, stderr is talk.

Exit codes: 0 fine (an honest "not found" included), 1 `check` found something, 2 wrong usage, 3 no usable index,
model or sources, 130 interrupted. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from tjqa import __version__
from tjqa.config import Settings, settings
from tjqa.errors import Cancelled, TjqaError, UsageError


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "用法: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and errors."""

    def __init__(self, helps: bool = True, **options: object) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        if helps:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        print(f"tjqa: 用法不对:{message}\n请用 {self.prog} --help 查看说明。", file=sys.stderr)
        sys.exit(UsageError.exit_code)


def _parser() -> _Parser:
    places = _Parser(helps=False)
    places.add_argument(
        "--sources", metavar="DIR", default=argparse.SUPPRESS, help="文档文件夹(默认 ./seeds,没有则用自带的)"
    )
    places.add_argument(
        "--embeddings", metavar="DIR", default=argparse.SUPPRESS, help="索引所在的文件夹(默认在文档文件夹旁)"
    )
    parser = _Parser(
        prog="tjqa",
        parents=[places],
        description="用中文提问,从自己的文档里找到原文并注明出处。不带命令时打开终端界面。",
        epilog="环境变量 TJQA_SOURCES、TJQA_EMBEDDINGS、TJQA_MODEL 可代替相应选项。",
    )
    parser.add_argument("--version", action="version", version=f"tjqa {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=_Parser)

    index = commands.add_parser("index", parents=[places], help="建立或更新索引", description="建立或更新索引。")
    index.add_argument("--model", metavar="DIR_OR_NAME", help="sentence-transformers 模型文件夹或名称(默认自带模型)")
    index.add_argument("--rebuild", action="store_true", help="全部重做,不沿用旧索引")
    index.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")

    ask = commands.add_parser(
        "ask", parents=[places], help="提一个问题", description="提一个问题,或用 --batch 批量提问。"
    )
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="问题")
    ask.add_argument("-k", type=int, metavar="N", help="最多几段原文(默认 5,批量 10)")
    ask.add_argument("--json", action="store_true", help="输出 JSON")
    ask.add_argument("--batch", metavar="FILE", help='JSON lines 文件,每行 {"id","question"},- 为标准输入')
    ask.add_argument("--output", metavar="FILE", help="批量结果写到文件(默认标准输出)")

    for name, text in (("passages", "列出索引里的每一段"), ("sources", "列出每个文件保留和略去了什么")):
        listing = commands.add_parser(name, parents=[places], help=text, description=text + "。")
        listing.add_argument("--json", action="store_true", help="每行一个 JSON 对象")

    show = commands.add_parser(
        "show", parents=[places], help="显示引文和上下文", description="显示引文和上下文,略去的部分有标记。"
    )
    show.add_argument("place", metavar="FILE:START-END", help="文件(相对文档文件夹)和字符区间")
    commands.add_parser(
        "check", parents=[places], help="核对索引和原文", description="重读每个文件,核对哈希、引文和数目。"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        place = settings(
            getattr(options, "sources", None), getattr(options, "embeddings", None), getattr(options, "model", None)
        )
        return _run(options, place)
    except TjqaError as error:
        print(f"tjqa: {error.what}" + (f"\n{error.hint}" if error.hint else ""), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\ntjqa: 已中断,原有索引不受影响。", file=sys.stderr)
        return Cancelled.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (… | head). Python would complain again while closing stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(options: argparse.Namespace, place: Settings) -> int:
    if options.command is None:
        from tjqa.ui.app import run

        return run(place)
    from tjqa import commands

    if options.command == "index":
        return commands.index(place, rebuild=options.rebuild, as_json=options.json)
    if options.command == "ask":
        return _ask(options, place)
    if options.command == "show":
        return commands.show(place, *_place(options.place))
    if options.command == "check":
        return commands.check(place)
    listing = commands.passages if options.command == "passages" else commands.sources
    return listing(place, as_json=options.json)


def _ask(options: argparse.Namespace, place: Settings) -> int:
    from tjqa import commands

    if options.k is not None and not 1 <= options.k <= 100:
        raise UsageError("-k 应为 1 到 100。")
    if options.batch:
        if options.question:
            raise UsageError("--batch 和 QUESTION 只能用一个。")
        return commands.ask_batch(place, options.batch, options.output, options.k or 10)
    if options.question is None:
        raise UsageError("没有问题。", "例如:tjqa ask 全年新增就业多少人")
    return commands.ask(place, options.question, options.k or 5, as_json=options.json)


def _place(text: str) -> tuple[str, int, int]:
    match = re.fullmatch(r"(.+):(\d+)-(\d+)", text)
    if not match or int(match[2]) > int(match[3]):
        raise UsageError(f"{text!r} 不是 FILE:START-END。", "例如:tjqa show 报告.txt:120-180")
    return match[1], int(match[2]), int(match[3])


if __name__ == "__main__":
    sys.exit(main())
