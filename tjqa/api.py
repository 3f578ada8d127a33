"""What a program that imports tjqa calls: `tjqa.open` and `tjqa.build`, with the places of the command line.

import tjqa

tjqa.build("~/资料")
library = tjqa.open("~/资料")
answer = library.ask("全年新增就业多少人")
for citation in answer.citations:
    print(citation.path, citation.span, citation.quote)
"""

from __future__ import annotations

import os
from collections.abc import Callable

from tjqa.citations.notebook.notebook import Notebook
from tjqa.config import Settings, settings
from tjqa.engine import Engine
from tjqa.engine import build as build_index
from tjqa.reports import BuildReport, Progress

Sources = str | os.PathLike[str] | Settings


def open(sources: Sources | None = None) -> Engine:
    """Open a library that has been built, for asking; see `Engine.ask`.

    Args:
        sources: the documents folder (~ is the user's home), or `tjqa.settings(…)` where index or model lie elsewhere;
            None for the folder the command line takes: TJQA_SOURCES, else ./seeds, else the documents of tjqa itself.

    Returns:
        An engine, for one thread: BLAS, which numpy shares with the whole program, keeps to one thread from now on,
        because a question multiplies only small matrices.

    Raises:
        UsageError: the folder is an empty string or an unknown ~name.
        SourcesError: there is no such folder.
        IndexMissing, IndexDamaged, IndexOutdated: `tjqa.build` mends it.
        ModelError: the model of the index cannot be loaded.
        StoreError: the server that keeps the index is away.
    """
    return Engine.open(_settled(sources))


def build(
    sources: Sources | None = None,
    progress: Callable[[Progress], None] = lambda step: None,
    rebuild: bool = False,
) -> BuildReport:
    """Make the index of a folder, or bring it up to date: only what changed is read again.

    Many documents are read by several processes, which import the calling program anew: a script calls this under
    `if __name__ == "__main__":`.

    Args:
        sources: as of `open`.
        progress: called now and then with the step and its counts; what it raises (`tjqa.Cancelled`) ends the build,
            and the old index stays as it was.
        rebuild: use nothing of the old index, nor its model.

    Raises:
        UsageError: the folder is an empty string or an unknown ~name.
        SourcesError: there is no such folder, or nothing readable in it.
        ModelError: the model cannot be loaded.
        IndexLocked: another process is writing this index.
        StoreError: the server that keeps the index is away.
    """
    return build_index(_settled(sources), progress, rebuild)


def notebook(sources: Sources | None = None) -> Notebook:
    """The excerpts kept of a library, whether it has an index or not; with one, `Engine.notebook` knows more titles.

    Args:
        sources: as of `open`.

    Raises:
        UsageError: the folder is an empty string or an unknown ~name.
    """
    return Notebook.of(_settled(sources))


def _settled(sources: Sources | None) -> Settings:
    if isinstance(sources, Settings):
        return sources
    return settings(None if sources is None else os.fspath(sources))
