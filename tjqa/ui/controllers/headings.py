"""What stands on top of a document that is read."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.documents import Span
from tjqa.reports import SourceSummary
from tjqa.ui.background.messages import SourceOpened
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.passage_text import cited_places, heading, place


def heading_of(message: SourceOpened, summaries: Sequence[SourceSummary], texts: Texts) -> str:
    """Of a citation its number and title and where it stands now, of a document its title and file; "" where nothing
    is known of it."""
    view, citation = message.view, message.citation
    if citation is None:
        articles = next((summary.articles for summary in summaries if summary.path == view.path), ())
        title = next((title for title, _ in articles if title), "")
        return f"{title} · {view.path}" if title else ""
    if view.changed:
        return heading(citation, "")
    line = view.text.count("\n", 0, view.span.start) + 1
    return heading(citation, texts("line", line=line) if view.moved else place(citation, texts))


def headings_of(message: SourceOpened, over: str, texts: Texts) -> dict[Span, str]:
    """The cited spans of the file, each with what stands on top while it is looked at. Where the file changed, the
    other citations of it may stand anywhere.

    Args:
        message: the file and the citation that it was opened at.
        over: what stands over that one.
        texts: in the language at hand.
    """
    view, answer = message.view, message.answer
    if answer is None or view.changed:
        return {}
    if view.moved:
        return {view.span: over}
    places = [c for c in cited_places(answer).values() if c.path == view.path]
    return {c.span: heading(c, place(c, texts)) for c in places}
