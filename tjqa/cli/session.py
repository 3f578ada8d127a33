"""An engine for a command, with what it has to say first; or the index alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tjqa.cli.output import say
from tjqa.config import Settings
from tjqa.errors import IndexMissing, IndexUnusable, StoreError
from tjqa.index.base import Index
from tjqa.index.building import backend_of
from tjqa.index.versions import index_versions
from tjqa.messages import joined

if TYPE_CHECKING:
    from tjqa.engine import Engine


def open_engine(settings: Settings, tell_due: bool = True) -> Engine:
    """The engine; that the index is due for a rebuild and which files changed since it was built is said on stderr."""
    from tjqa.engine import Engine

    engine = Engine.open(settings)
    status = engine.status()
    if status.due and tell_due:
        say(f"注意：{joined(status.due)}")
    stale = status.stale
    if stale:
        names = "、".join(stale[:5]) + (" 等" if len(stale) > 5 else "")
        say(f"注意：{len(stale)} 个文件在建立索引之后有改动（{names}），请运行 tjqa index 更新。")
    return engine


def open_index(settings: Settings) -> Index | None:
    """The index without its model, which showing does not need; one that cannot be read is done without."""
    try:
        return backend_of(settings).open(index_versions(()))
    except IndexMissing:
        return None
    except (IndexUnusable, StoreError) as error:
        say(f"{error.what}略去的部分按现在的规则标出。")
        return None
