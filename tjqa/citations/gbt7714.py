"""Citations in the form of GB/T 7714—2015, as far as a saved page tells what that form asks for.

    责任者. 题名[EB/DK]. 来源, 发布日期[引用日期]. 文件.

A saved page has no address that could be trusted, so it is described as an electronic document on disk (EB/DK) with
its file as the place of access; whoever knows the address writes [EB/OL] and puts it there instead.
"""

from __future__ import annotations

import re
from datetime import date

from tjqa.results import Citation

_BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")
# Up to three persons are named, of more the first three and 等 (8.1.2 of the standard).
_NAMED = 3


def reference(citation: Citation, today: date) -> str:
    """One reference; what the page does not say is left out, never guessed. `today` is the day of citing."""
    names = authors(citation.reporter)
    by = ", ".join(names[:_NAMED]) + (", 等" if len(names) > _NAMED else "")
    title = f"{citation.title or citation.path}[EB/DK]"
    looked_up = f"[{today.isoformat()}]"
    if citation.publisher and citation.published:
        issued = f"{citation.publisher}, {citation.published}{looked_up}"
    elif citation.publisher:
        issued = f"{citation.publisher}{looked_up}"
    else:
        issued = (f"({citation.published})" if citation.published else "") + looked_up
    return ". ".join(part for part in (by, title, issued, citation.path) if part) + "."


def authors(reporter: str | None) -> list[str]:
    """The names of those who wrote a text, as its page writes them."""
    return [name for name in _BETWEEN_NAMES.split(reporter or "") if name]
