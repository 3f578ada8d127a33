"""The command line: tjqa and its commands; stdout is data, stderr is talk.

Exit codes: 0 fine (an honest "not found" included), 1 `check`, `verify`, `proof` or `excerpts` found something,
2 wrong usage, 3 no usable index, model or sources, 130 interrupted. Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import Literal, TextIO

from tjqa import config
from tjqa.cli.arguments import INDEX, parser, place_of, places_given, with_folder
from tjqa.config import Settings, child_environment, is_frozen, python_command
from tjqa.errors import Cancelled, TjqaError, UsageError, disk_failure
from tjqa.text.display import one_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    if arguments is None:
        _know_all_names()
    _one_thread_for_matrices()
    _no_modules_from_here()
    _prepare_output()
    try:
        try:
            return _run(parser().parse_args(with_folder(sys.argv[1:] if arguments is None else arguments)))
        finally:
            sys.stdout.flush()  # here, so that a full disk or a closed pipe is met below and not at exit
    except TjqaError as error:
        given = places_given(with_folder(sys.argv[1:] if arguments is None else arguments))
        _complain(error.what, error.hint.replace(INDEX, f"{INDEX}{given}") if given else error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        if arguments is None:  # a second Ctrl+C must not tear the sentence apart
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        _complain("已中断，原有索引不受影响。")
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
    if sys.getfilesystemencoding() == "ascii" and not is_frozen():  # which is made to be in it always
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
    sources, embeddings, model, store = (given.get(name) for name in ("sources", "embeddings", "model", "store"))
    is_fast = options.command in ("ask", "mcp") and options.fast
    settings = config.settings(sources, embeddings, model, store, fast=is_fast)
    if options.only is not None:
        _require_askable(options.only, options.command)
    if options.command == "completion":
        from tjqa.cli.shell_completion import script

        print(script(parser(), options.shell), end="")
        return 0
    if options.command == "web":
        return _web(settings, options.port)
    if options.command == "mcp":
        return _mcp(settings, options.port, by_http=options.http)
    if options.command is None:
        in_browser = "TEXTUAL_DRIVER" in os.environ  # set by textual-serve: the terminal is in the browser
        if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError("not_a_terminal", "not_a_terminal_hint")
        from tjqa.ui.running import run

        return run(settings, options.only)
    if options.command in ("index", "ask"):
        return _index(options, settings) if options.command == "index" else _ask(options, settings)
    return _look_up(options, settings)


def _require_askable(name: str, command: str | None) -> None:
    """A document was given in place of a command: one that the app can open, and nothing after it."""
    from tjqa.ingest.names import is_document
    from tjqa.ingest.readers import NAMES

    if command is not None:
        raise UsageError("document_with_command", "document_with_command_hint", name=name, command=command)
    if not is_document(name):
        raise UsageError("document_unread", "document_unread_hint", name=name, names=NAMES)


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
    if options.command == "figures":
        from tjqa.cli import figures

        wanted = (options.measure, options.places, options.since, options.until, options.output)
        return figures.figures(settings, figures.Wanted(*wanted))
    if options.command == "proof":
        from tjqa.cli import proof

        return proof.proof(settings, options.draft, options.output)
    if options.command == "excerpts":
        from tjqa.cli import excerpts

        return excerpts.excerpts(settings, options.topic, options.output, as_json=options.json)
    from tjqa.cli import show

    if options.command == "passages":
        return show.passages(settings, as_json=options.json)
    return show.show(settings, *place_of(options.place), picture=options.picture)


def _index(options: argparse.Namespace, settings: Settings) -> int:
    from tjqa.cli import index

    if options.watch + options.json + bool(options.progress) > 1:
        raise UsageError("one_form", "one_form_hint")
    if options.watch:
        return index.watch(settings, rebuild=options.rebuild, fast=options.fast)
    if options.progress:
        return index.index_apart(settings, rebuild=options.rebuild, only_deepen=options.progress == "deepen")
    return index.index(settings, rebuild=options.rebuild, as_json=options.json, fast=options.fast)


def _web(settings: Settings, port: int) -> int:
    if not 1 <= port <= 65535:
        raise UsageError("port_range")
    try:
        from tjqa.ui.browser import serve
    except ModuleNotFoundError as error:
        raise TjqaError("web_missing", "web_missing_hint", name=error.name or "") from error
    return serve(settings, port)


def _mcp(settings: Settings, port: int, by_http: bool) -> int:
    if not 1 <= port <= 65535:
        raise UsageError("port_range")
    from tjqa.cli.mcp.server import serve

    try:
        return serve(settings, port if by_http else None)
    except ModuleNotFoundError as error:
        raise TjqaError("mcp_missing", "mcp_missing_hint", name=error.name or "") from error


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from tjqa.cli import ask

    if options.k is not None and not 1 <= options.k <= 100:
        raise UsageError("k_range")
    if options.batch is not None:
        if options.question:
            raise UsageError("batch_or_question")
        return ask.ask_batch(settings, options.batch, options.output, options.k or 10, options.timings)
    if options.output is not None:
        raise UsageError("output_alone", "output_alone_hint")
    question = " ".join(options.question)
    if not question.strip():
        raise UsageError("question_empty", "question_example_hint")
    told = {"as_json": options.json, "why": options.explain, "timings": options.timings}
    return ask.ask(settings, question, options.k or 5, **told)


if __name__ == "__main__":
    sys.exit(main())
