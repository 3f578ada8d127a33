"""What follows a build: the scanned pages that it met, recognised while the library already answers."""

from __future__ import annotations

from collections.abc import Callable

from tjqa.cli.output import end_of_line, progress_line, say
from tjqa.cli.session import open_index
from tjqa.config import Settings
from tjqa.errors import Cancelled, SourcesError, TjqaError, disk_failure
from tjqa.index.building import build_index as build
from tjqa.ingest.names import suffix_of
from tjqa.ingest.readers.scans import PICTURES, is_installed
from tjqa.ingest.recognition import pending, recognize
from tjqa.ingest.sources import look_into
from tjqa.reports import BuildReport, Progress, skipped_files


def build_with_scans(settings: Settings, progress: Callable[[Progress], None], rebuild: bool) -> BuildReport:
    """Build; where scans are all there is, recognise them first: without them there is nothing to make an index of.

    Raises:
        TjqaError: see `build`.
    """
    try:
        return build(settings, progress, rebuild)
    except SourcesError as error:
        if error.message.key != "nothing_to_index" or not is_installed():
            raise
        names = [name for name in look_into(settings.sources).documents if suffix_of(name) in PICTURES | {".pdf"}]
        if not _recognized(settings, names, progress):
            raise
    return build(settings, progress, rebuild)


def recognize_here(settings: Settings, report: BuildReport, told: Callable[[BuildReport], None]) -> int:
    """Recognise what a build met, then build again; Ctrl-C keeps what is done. Returns the exit code: 0, unless it was
    stopped.

    Args:
        settings: the library.
        report: of the build.
        told: says what the second build did.
    """
    names = pending(report.skipped, report.sources)
    if not names:
        return 0
    say(f"有 {len(names)} 份扫描件，现在逐页识别；已经可以提问，按 Ctrl+C 停下，识别过的页会保留。")
    try:
        done = _recognized(settings, names, progress_line())
        end_of_line()
        if done:
            told(build(settings, progress_line()))
    except KeyboardInterrupt:
        end_of_line()
        say("已停下：索引已经可以提问，识别过的页已保留，再运行 tjqa index 时接着识别。")
        return Cancelled.exit_code
    except TjqaError as error:
        end_of_line()
        say(f"索引已经可以提问，但没能识别扫描件：{error}")
    return 0


def recognize_apart(settings: Settings, step: Callable[[Progress], None]) -> int:
    """The same for another program, of the index that there is; returns how many documents were recognised.

    Raises:
        TjqaError: the pages cannot be kept, or the index cannot be made.
    """
    index = open_index(settings)
    names = pending(skipped_files(index.sources), index.summaries()) if index is not None else []
    done = _recognized(settings, names, step) if names else 0
    if done:
        build(settings, step)
    return done


def _recognized(settings: Settings, names: list[str], step: Callable[[Progress], None]) -> int:
    try:
        return recognize(settings.sources, names, step)
    except OSError as error:
        raise disk_failure(error) from error
