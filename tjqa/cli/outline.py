"""tjqa sources FILE: the tree of a document, with what was left out of it and why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from tjqa.citations.library import Library
from tjqa.cli.index import source_line
from tjqa.cli.output import flattened, say
from tjqa.cli.session import open_index
from tjqa.config import Settings
from tjqa.errors import SourcesError, UsageError
from tjqa.ingest.sources import find_sources
from tjqa.messages import Message
from tjqa.records import json_line
from tjqa.results import DocumentOutline, OutlineKind, OutlineNode, StartingPlace
from tjqa.text.display import one_line
from tjqa.text.normalize import fold

_NAMED = 5
"""Documents that are named when several fit."""


def outlines(settings: Settings, names: Sequence[str], as_json: bool) -> int:
    """Print the trees of documents.

    Args:
        settings: where documents and index are; without an index the documents are read by the rules as they are.
        names: of documents, or parts of their paths.
        as_json: one line of JSON a node.

    Raises:
        UsageError: a name fits no document, or several.
        SourcesError: the folder is missing.
    """
    index = open_index(settings)
    states = {state.path: state for state in index.sources} if index is not None else {}
    present = [path.relative_to(settings.sources).as_posix() for path in find_sources(settings.sources)]
    known = sorted({*present, *states})
    chosen = list(dict.fromkeys(_named(known, name, settings.sources) for name in names))
    library = Library(settings.sources, tuple(states.values()))
    for path in chosen:
        if (state := states.get(path)) is not None and state.skipped is not None:
            _print_unread(path, state.skipped, as_json)
            continue
        try:
            found = library.outline(path, index.summary(path) if index is not None else None)
        except SourcesError as error:
            _print_unread(path, error.whole, as_json)
            continue
        if index is not None and found.changed:
            say(f"注意：{path} 与索引里的不同，这是它现在的样子；请运行 tjqa index 更新。")
        _print_tree(found, as_json)
    return 0


def _named(known: Sequence[str], wanted: str, folder: Path) -> str:
    """The one document that a name means: its path from the folder or on the disk, its name, or a part of its path as
    in the filter 文件:.

    Raises:
        UsageError: there is none, or there are several.
    """
    for exact in (wanted, _from_folder(wanted, folder)):
        if exact in known:
            return exact
    parts = [path for path in known if wanted.strip() and fold(wanted) in fold(path)]
    whole = [path for path in parts if fold(wanted) in map(fold, _names(path))]
    found = whole if len(whole) == 1 else parts
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError("document_unknown", "document_unknown_hint", name=wanted)
    names = "、".join(found[:_NAMED]) + ("……" if len(found) > _NAMED else "")
    raise UsageError("document_several", "document_several_hint", name=wanted, count=len(found), names=names)


def _from_folder(wanted: str, folder: Path) -> str:
    try:
        return os.path.relpath(wanted, folder).replace(os.sep, "/")
    except ValueError:  # empty, or on another drive
        return ""


def _names(path: str) -> Iterable[str]:
    return PurePosixPath(path).name, PurePosixPath(path).stem


def _print_unread(path: str, why: Message, as_json: bool) -> None:
    row = {"file": path, "skipped": why.text()}
    print(json_line(row) if as_json else f"{one_line(path)}  略过：{one_line(why.text())}")


def _print_tree(found: DocumentOutline, as_json: bool) -> None:
    if not as_json:
        print(source_line(found.summary))
    for node, place in zip(found.nodes, found.places, strict=True):
        print(json_line(_fields(found.summary.path, node, place)) if as_json else _line(node, place))


def _fields(path: str, node: OutlineNode, place: StartingPlace) -> dict[str, Any]:
    return {
        "file": path,
        "level": node.level,
        "kind": str(node.kind),
        "title": node.title,
        "published": node.published,
        "start": node.span.start,
        "end": node.span.end,
        "line": place.line,
        "page": place.name or None,
        "characters": node.characters,
        "passages": node.passages,
        "reason": str(node.reason) if node.reason is not None else None,
    }


def _line(node: OutlineNode, place: StartingPlace) -> str:
    where = place.name or f"第 {place.line} 行"
    parts = [f"× 略去：{node.reason}" if node.reason is not None else flattened(node.title) or "（没有题名）"]
    parts += [node.published] if node.published else []
    parts += [flattened(where), f"{node.characters} 字"]
    if node.kind not in (OutlineKind.ITEM, OutlineKind.LEFT_OUT):
        parts.append(f"{node.passages} 段")
    return "  " * (node.level + 1) + "  ".join(parts)
