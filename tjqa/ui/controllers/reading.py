"""Reading what an answer rests on: opening citations, why a passage was found, marking whether it answers."""

from __future__ import annotations

from tjqa.citations.judgements import Judgements
from tjqa.citations.quote_search import moved
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.results import Answer, Citation
from tjqa.retrieval.query_syntax import asked
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import SourceOpened
from tjqa.ui.controllers.headings import heading_of, headings_of
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.passage_text import cited_places
from tjqa.ui.widgets.source_panel import top_to_keep
from tjqa.ui.widgets.why import WhyScreen, WhyText

_MOST_SHOWN = 12  # digits of a number that no passage can have: a notice is one line


class Reading:
    """Commands on a passage. Without a number they mean the one that is being read in the source panel, else the
    first of the answer in focus, else that of the answer that is looked at.

    Args:
        view: of the main screen.
        services: windows over it.
        engine: opens files.
        judgements: the reader's marks.
    """

    def __init__(self, view: View, services: AppServices, engine: EngineThread, judgements: Judgements) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._engine = engine
        self._judgements = judgements
        self._read: Answer | None = None  # the answer whose citation the source panel was opened at
        self._opened: Citation | None = None

    def open_library(self, judgements: Judgements) -> None:
        """Another library is open, with other marks; nothing of it is being read."""
        self._judgements = judgements
        self._read, self._opened = None, None

    # --- the source panel

    def open_at_hand(self, number: int) -> None:
        """Open citation `number` of the answer at hand."""
        self.open_citation(self._view.answer_at_hand, number)

    def open_citation(self, answer: Answer | None, number: int) -> None:
        """Open citation `number`, at the answering sentence when there is one in it."""
        found = cited_places(answer).get(number) if answer is not None else None
        if answer is None or found is None:
            self._view.notice(self._texts("no_citation", number=number))
        else:
            self._engine.view(found, answer)

    def open_file(self, path: str, span: Span | None = None) -> None:
        """Open a document from the library, or a part of it."""
        self._engine.view_source(path, span)

    def read_tree(self, path: str) -> None:
        """Read a document for its tree in the library."""
        self._engine.outline(path)

    def look_again(self) -> None:
        """The index caught up with the documents: read the one that is shown anew."""
        source = self._view.source_panel.source
        if source is not None and self._view.is_shown("source"):
            self._engine.view_again(source.view.path, self._opened, self._read)

    def opened(self, message: SourceOpened) -> None:
        """Show the file at the citation; one that is shown again stays where it is, unless its quote was in sight."""
        panel = self._view.source_panel
        shown = panel.source.view.path if panel.source is not None and self._view.is_shown("source") else None
        if not self._view.is_open or (message.again and message.view.path != shown):
            return
        top = top_to_keep(panel) if message.again else None
        citation, answer = message.citation, message.answer
        self._read, self._opened = answer, citation
        self._view.panel("source", True)
        self._view.conversation.open(answer, citation.number if citation is not None else 0)
        by = message.view.span.start - citation.span.start if citation else 0
        marks = tuple(moved(mark, by) for mark in citation.marks) if citation else ()
        over = heading_of(message, self._view.library_panel.summaries, self._texts)
        panel.open(message.view, marks, headings_of(message, over, self._texts), over, top)
        table = message.view.table if citation is not None else None
        self._view.panel("grid", table is not None)
        if table is not None:
            self._view.grid_panel.open(message.view, table, message.view.span, over)
        self._view.hint_for(self._view.focused)
        if message.again:
            return
        self._view.reader.focus()
        if message.view.changed:
            self._view.notice(self._texts("quote_gone" if message.view.is_current else "source_changed"))
        elif message.view.moved:
            line = message.view.text.count("\n", 0, message.view.span.start) + 1
            self._view.notice(self._texts("source_moved", line=line))

    def stepped(self) -> None:
        """The panel went to another citation: its card says which one is open."""
        self._view.hint_for(self._view.focused)
        if (read := self._being_read()) is not None:
            self._view.conversation.open(*read)

    def failed(self, error: TjqaError) -> None:
        """The file is gone: say so where notices are."""
        if not self._view.is_open:
            return
        self._view.notice(self._texts.of(error.whole))

    def toggle_source(self, argument: str) -> None:
        """Source panel on or off; with a number, that citation."""
        view, answer = self._view, self._view.answer_at_hand
        if argument.isdecimal():
            self._open_numbered(argument)
        elif view.is_shown("source"):
            view.panel("source", False)
            view.input.focus()
        elif answer is not None and answer.citations:
            self.open_citation(answer, _first_number(answer))
        elif view.source_panel.source is not None:
            view.panel("source", True)
            view.reader.focus()
        else:
            view.notice(self._texts("source_none"))

    def _open_numbered(self, argument: str) -> None:
        if (number := _whole_number(argument)) is None:
            self._no_such_number(argument)
        else:
            self.open_at_hand(number)

    def _no_such_number(self, argument: str) -> None:
        """Say so of a number that no passage can have, however long it is."""
        self._view.notice(self._texts("no_citation", number=f"{argument[:_MOST_SHOWN]}…"))

    # --- the passage at hand

    def passage_at_hand(self, argument: str) -> tuple[Answer, Citation] | None:
        """The answer and the passage that a command means; None, after saying so, when there is none."""
        card, answer = self._view.focused_card, self._view.answer_at_hand
        number = _whole_number(argument) if argument.isdecimal() else 0
        if number is None:
            self._no_such_number(argument)
            return None
        if not number and card is None and self._view.is_shown("source") and self._view.source_panel.source is not None:
            if (read := self._being_read()) is None:
                self._view.notice(self._texts("nothing_cited"))
                return None
            answer, number = read
        if answer is None or not answer.citations:
            self._view.notice(self._texts("source_none"))
            return None
        number = number or _first_number(answer)
        if (found := next((c for c in answer.citations if c.number == number), None)) is None:
            self._view.notice(self._texts("no_citation", number=number))
            return None
        return answer, found

    def _being_read(self) -> tuple[Answer, int] | None:
        source = self._view.source_panel.source
        if source is None or self._read is None:
            return None
        if source.span is None:  # the file changed: the panel says so and shows what was quoted
            return (self._read, self._opened.number) if self._opened is not None else None
        if source.view.moved:
            return (self._read, self._opened.number) if self._opened is not None else None
        places = cited_places(self._read).items()
        at = next((n for n, c in places if (c.path, c.span) == (source.view.path, source.span)), None)
        return (self._read, at) if at is not None else None

    def why(self, argument: str) -> None:
        """Say what a passage was found by."""
        if (at_hand := self.passage_at_hand(argument)) is not None:
            answer, citation = at_hand
            title = self._texts("why_title", number=citation.number)
            window = WhyScreen(title, self._texts("help_close"), WhyText(citation, answer, self._texts))
            self._services.open_window(window)

    # --- the reader's marks

    def mark_right(self, argument: str) -> None:
        """Mark a passage as answering the question; marked so already, take the mark back."""
        self._judge(argument, True)

    def mark_wrong(self, argument: str) -> None:
        """Mark a passage as not answering the question; marked so already, take the mark back."""
        self._judge(argument, False)

    def _judge(self, argument: str, answers: bool) -> None:
        if (at_hand := self.passage_at_hand(argument)) is None:
            return
        answer, citation = at_hand
        if answer.library:
            self._view.notice(self._texts("judged_elsewhere"))
            return
        again = self._judgements.verdict(asked(answer), citation) is answers
        try:
            self._judgements.judge(asked(answer), citation, None if again else answers)
        except TjqaError as error:
            self._view.notice(self._texts.of(error.whole))
            return
        for card in self._view.conversation.cards:
            if card.answer is not None:
                card.judged(self.verdicts(card.answer))
        key = "judged_none" if again else "judged_right" if answers else "judged_wrong"
        self._view.notice(self._texts(key, number=citation.number))

    def verdicts(self, answer: Answer) -> dict[int, bool]:
        """The reader's marks on an answer's passages, by their numbers."""
        if answer.library:
            return {}
        found = {c.number: self._judgements.verdict(asked(answer), c) for c in answer.citations}
        return {number: verdict for number, verdict in found.items() if verdict is not None}


def _first_number(answer: Answer) -> int:
    """The number of the passage that the answer stands in, of a refusal that of the nearest."""
    return answer.best[0].number if answer.best else 1


def _whole_number(text: str) -> int | None:
    from tjqa.text.numbers import whole_number  # not before the first paint

    return whole_number(text)
