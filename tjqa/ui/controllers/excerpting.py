"""Keeping quotes in the notebook, and copying what is selected with its place."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.citations.notebook.excerpt import Excerpt
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.results import Answer, Citation
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.notebook_access import NotebookAccess
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.controllers.sharing import Sharing, pasted_source
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.excerpt_dialog import ExcerptScreen, Kept
from tjqa.ui.widgets.passage_text import cited_places


class Excerpting:
    """Commands on the quote at hand: what is selected in the source, else what is read, else the answer.

    Args:
        view: of the main screen.
        services: windows, and work beside the screen.
        engine: cites what is selected, opens places.
        reading: knows the citation at hand.
        sharing: the clipboard.
        notebook: where quotes are kept.
    """

    def __init__(
        self,
        view: View,
        services: AppServices,
        engine: EngineThread,
        reading: Reading,
        sharing: Sharing,
        notebook: NotebookAccess,
    ) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._engine = engine
        self._reading = reading
        self._sharing = sharing
        self._notebook = notebook

    def handlers(self) -> dict[str, Handler]:
        """The commands that are done here."""
        return {"excerpt": self.keep, "copy": lambda _: self.copy()}

    # --- keeping

    def keep(self, argument: str) -> None:
        """Keep what is selected in the source, else the quote that is read, else the answer of the card at hand."""
        if not argument and (selected := self._selected()) is not None:
            self._engine.cite(*selected, "keep")
        elif citations := self._at_hand(argument):
            self._services.start(self._keep(citations), group="excerpt")

    def copy(self) -> None:
        """Copy: of a selection in the source its words and where they stand."""
        if (selected := self._selected()) is not None:
            self._engine.cite(*selected, "copy")
        else:
            self._sharing.copy_at_hand()

    def cited(self, citation: Citation, purpose: str) -> None:
        """What was selected has its citation."""
        if not self._view.is_open:
            return
        if purpose == "copy":
            text = f"{citation.quote.strip()}\n{pasted_source(citation, self._texts)}\n"
            self._sharing.copy_text(text, self._texts("selection_and_place_copied"))
        else:
            self._services.start(self._keep((citation,)), group="excerpt")

    def _selected(self) -> tuple[str, Span] | None:
        panel = self._view.source_panel
        span = panel.selected if self._view.is_shown("source") else None
        return (panel.source.view.path, span) if span is not None and panel.source is not None else None

    def _at_hand(self, argument: str) -> tuple[Citation, ...]:
        """The quote that is meant, of a card all that answers in it; none, after saying so, where there is none."""
        found = self._reading.passage_at_hand(argument)
        if found is None:
            return ()
        answer, passage = found
        is_of_card = not argument and (self._view.focused_card is not None or not self._view.is_shown("source"))
        if is_of_card and answer.strength == "none":
            self._view.notice(self._texts("refusal_not_kept"))
            return ()
        return answer.best if is_of_card else (_quote_of(answer, passage.number),)

    async def _keep(self, citations: tuple[Citation, ...]) -> None:
        try:
            held = await self._notebook.do(lambda notebook: notebook.excerpts())
            topics = tuple(dict.fromkeys(excerpt.topic for excerpt in held))
            window = ExcerptScreen(
                citations, Kept(_topic_of(citations, held), ""), topics, self._texts, "excerpt_title"
            )
            kept = await self._services.ask(window)
            if kept is None:
                return
            added = await self._notebook.do(
                lambda notebook: [notebook.add(citation, kept.topic, kept.note) for citation in citations]
            )
        except TjqaError as error:
            self._notice(self._texts.of(error.whole))
            return
        topic = " ".join(kept.topic.split())
        name = topic or self._texts("notebook_untitled")
        count = sum(one is not None for one in added)
        key = "excerpts_kept" if count > 1 else "excerpt_kept" if count else "excerpt_kept_before"
        self._notice(self._texts(key, topic=name, count=count))

    def _notice(self, text: str) -> None:
        if self._view.is_open:
            self._view.notice(text)


def _topic_of(citations: Sequence[Citation], held: Sequence[Excerpt]) -> str:
    """The topic that what was last kept of the same documents is under: of others it may be of anything."""
    paths = {citation.path for citation in citations}
    of_them = [(one.added, at, one.topic) for at, one in enumerate(held) if one.citation.path in paths]
    return max(of_them, default=("", 0, ""))[2]


def _quote_of(answer: Answer, number: int) -> Citation:
    """The sentence or cell that answers in a passage, else the passage."""
    return cited_places(answer)[number]
