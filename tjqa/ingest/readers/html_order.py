"""The elements and texts of a page in the order in which a browser shows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tjqa.ingest.readers import html_nodes as nodes
from tjqa.ingest.readers.html_styles import Attributes

_HOSTS = frozenset("article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split())  # noqa: SIM905


def events(root: Any, all_shown: bool = False) -> Iterator[tuple[Any, str, Attributes | None]]:
    """Every text and element on entering with its attributes, every element on leaving with None; no recursion, so any
    depth will do. `all_shown`: what is hidden as well."""
    node = root
    order: dict[int, Any] = {}  # of what a browser shows elsewhere: what follows, by `mem_id`
    templates: list[Any] = []  # that are open
    while node is not None:
        tag = node.tag or ""
        attributes = {} if tag.startswith("-") else node.attributes
        yield node, tag, attributes
        closed = not all_shown and nodes.is_closed(tag, attributes)
        if not closed and (child := _shown_child(node, tag, attributes, order)) is not None:
            if tag == "template":
                templates.append(node)
            node = child
            continue
        while node is not None:
            if not node.tag:  # what holds the content of a template knows nothing of it
                node = templates.pop() if templates else None
                continue
            if not node.tag.startswith("-"):
                yield node, node.tag, None
            if (following := order.get(node.mem_id, node.next)) is not None:
                node = following
                break
            node = node.parent


def _shown_child(node: Any, tag: str, attributes: Attributes, order: dict[int, Any]) -> Any:
    """The first node in an element of which a browser shows what it holds. A template is none, but one that says what
    stands in the box around it (a shadow root)."""
    if tag == "table":
        return _first_of_table(node, order)
    if tag not in nodes.UNSEEN:
        return node.child
    if tag != "template" or (attributes.get("shadowrootmode") or "").lower() not in ("open", "closed"):
        return None
    host = node.parent.tag or ""
    fragments = node.template_fragments() if host in _HOSTS or "-" in host.strip("-") else ()
    return fragments[0].child if fragments else None


def _first_of_table(table: Any, order: dict[int, Any]) -> Any:
    """The first part of a table: its captions stand above it, its first head above all rows, its first foot below them,
    wherever they are written."""
    parts = list(table.iter(include_text=True))
    foot = next((part for part in parts if part.tag == "tfoot"), None)
    head = next((part for part in parts if part.tag == "thead"), None)
    if foot is None and head is None:
        return table.child

    def place(part: Any) -> int:
        if part.tag == "caption":
            return 0
        return 1 if part is head else 3 if part is foot else 2

    shown = sorted(parts, key=place)
    order.update((one.mem_id, following) for one, following in pairwise([*shown, None]))
    return shown[0]
