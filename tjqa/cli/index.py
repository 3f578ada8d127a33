"""The commands that keep an index: build, watch, what it holds of each file, check and repair.

What answers is not imported for a build: the app starts one for every edit of a document, and it is a quarter of it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any

from tjqa.cli.deepening import DeepeningBeside, deepen_apart, deepen_here
from tjqa.cli.output import end_of_line, flattened, progress_line, say
from tjqa.cli.recognizing import build_with_scans, recognize_here
from tjqa.config import Settings
from tjqa.errors import Cancelled, IndexLocked, SourcesError, TjqaError, disk_failure
from tjqa.index.building import build_index as build
from tjqa.ingest.watching import FolderWatch
from tjqa.progress import encode, summarise
from tjqa.records import json_line
from tjqa.reports import BuildReport, Progress, SkippedFile, SourceSummary
from tjqa.text.display import one_line

_LAST_STEP = 3.0
"""Seconds a cancelled build has to reach its next step; the index on disk is whole at any moment."""


def index(settings: Settings, rebuild: bool, as_json: bool, fast: bool) -> int:
    """Build or update the index, printing a line per file; then, unless it is to be `fast`, recognise scans and
    deepen it."""
    report = build_with_scans(settings, progress_line(), rebuild)
    end_of_line()
    for source in report.sources:
        print(json_line(_source(source)) if as_json else source_line(source))
    _print_skipped(report.skipped, as_json)
    say_built(report)
    sys.stdout.flush()  # the library answers now
    return 0 if fast else recognize_here(settings, report, say_built) or deepen_here(settings)


def index_apart(settings: Settings, rebuild: bool, only_deepen: bool) -> int:
    """Build or update the index for another program, or `only_deepen` the one there is: every step and the end as lines
    of JSON (tjqa/progress.py).

    The end of standard input cancels it, so it never outlives the program that started it.
    """
    teller = _Teller()
    threading.Thread(target=teller.wait_for_the_end, daemon=True).start()
    if only_deepen:
        return deepen_apart(settings, teller.step)
    if hasattr(os, "nice"):
        os.nice(5)  # the program that waits for it is answering questions meanwhile
    try:
        print(encode(summarise(build_with_scans(settings, teller.step, rebuild))))
        return 0
    except TjqaError as error:
        failed = error
    except MemoryError:
        failed = TjqaError("build_memory", "build_memory_hint")
    except OSError as error:
        failed = disk_failure(error)
    print(encode(failed))
    return failed.exit_code


class _Teller:
    """Prints the steps of a build, and stops it when nobody listens any more."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._last = ("", 0.0)

    def step(self, progress: Progress) -> None:
        """One step; of a thousand files a second, twenty are enough to be seen.

        Raises:
            Cancelled: standard input has ended.
        """
        if self._stopped.is_set():
            raise Cancelled("build_cancelled", "build_cancelled_hint")
        phase, said = self._last
        if progress.phase != phase or progress.done == progress.total or time.monotonic() - said > 0.05:
            self._last = (progress.phase, time.monotonic())
            print(encode(progress), flush=True)

    def wait_for_the_end(self) -> None:
        """Wait in a thread for the end of standard input; a build that then makes no step is ended as it is."""
        # Not through sys.stdin: a thread reading there would hold its lock when this program ends.
        with contextlib.suppress(OSError):
            while os.read(0, 1):
                pass
        self._stopped.set()
        time.sleep(_LAST_STEP)
        os._exit(Cancelled.exit_code)


def watch(settings: Settings, rebuild: bool, fast: bool) -> int:
    """Build or update the index, then again after every change in the folder, until Ctrl-C; unless it is to be `fast`,
    deepen it meanwhile."""
    say_built(build(settings, progress_line(), rebuild))
    beside = None if fast else DeepeningBeside(settings)
    try:
        if beside is not None:
            beside.go_on()
        for changed in FolderWatch(settings.sources, settings.index_dir, threading.Event()).changes():
            if changed is None:
                say(f"{flattened(str(settings.sources))} 现在不在，等它回来；原有索引不受影响。")
                continue
            if not changed:
                say(f"正在留意 {flattened(str(settings.sources))} 的变动，按 Ctrl+C 结束。")
            try:
                report = build(settings)
            except (SourcesError, IndexLocked) as error:  # emptied or busy just now: what comes next may be better
                say(str(error))
                continue
            if not report.unchanged:
                say_built(report)
                if beside is not None:
                    beside.go_on()
    finally:
        if beside is not None:
            beside.stop()
    return 0


def say_built(report: BuildReport) -> None:
    """Tell on stderr what a build did: moved and passed over files, counts, seconds."""
    for moved in report.moved:
        say(f"已移动：{moved.old} → {moved.new}")
    for path in report.removed:
        say(f"已不在，从索引移除：{path}")
    for _, why in report.kept:
        say(why.text())
    say(
        ("没有改动，索引未重写：" if report.unchanged else f"索引已{'建立' if report.is_first else '更新'}：")
        + f"{len(report.sources)} 个文件，{report.passages} 段（新向量化 {report.embedded} 段），"
        f"用时 {report.seconds:.1f} 秒。"
        + (f"有 {len(report.skipped)} 个文件读不出来，已略过。" if report.skipped else "")
    )


def sources(settings: Settings, as_json: bool) -> int:
    """List what was kept and dropped of every file."""
    from tjqa.cli.session import open_engine

    engine = open_engine(settings)
    for source in engine.sources():
        if as_json:
            print(json_line(_source(source, with_spans=True)))
        else:
            print(source_line(source))
            for reason, characters in _reasons(source):
                print(f"    略去 {characters:>6} 字  {reason}")
    _print_skipped(engine.status().skipped, as_json)
    return 0


def _print_skipped(skipped: Iterable[SkippedFile], as_json: bool) -> None:
    for name, why in skipped:
        print(
            json_line({"file": name, "skipped": why.text()})
            if as_json
            else f"{one_line(name)}  略过：{one_line(why.text())}"
        )


def _source(summary: SourceSummary, with_spans: bool = False) -> dict[str, Any]:
    row: dict[str, Any] = {
        "file": summary.path,
        "sha256": summary.sha256,
        "text_sha256": summary.text_sha256,
        "encoding": summary.encoding,
        "characters": summary.characters,
        "kept": summary.kept,
        "dropped": summary.characters - summary.kept,
        "articles": len(summary.articles),
        "passages": summary.passages,
        "keep": str(summary.keep) or None,
    }
    if with_spans:
        row["titles"] = [{"title": title, "published": date} for title, date in summary.articles]
        row["dropped_spans"] = [{"start": d.span.start, "end": d.span.end, "reason": d.reason} for d in summary.dropped]
    return row


def source_line(summary: SourceSummary) -> str:
    """A file on one line: how many articles and passages it gives, what is kept and left out of it."""
    kept = "整篇" if summary.keep.everything else one_line(str(summary.keep))
    return (
        f"{one_line(summary.path)}  {len(summary.articles)} 篇  {summary.passages} 段  保留 {summary.kept} 字"
        f"  略去 {summary.characters - summary.kept} 字" + (f"（按 .tjqa-keep 保留{kept}）" if kept else "")
    ) + f"  {one_line(summary.encoding)}"


def _reasons(summary: SourceSummary) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for d in summary.dropped:
        totals[d.reason] = totals.get(d.reason, 0) + len(d.span)
    return sorted(totals.items(), key=lambda item: -item[1])
