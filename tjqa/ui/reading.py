"""Reading what an answer rests on: opening citations, why a passage was found, marking whether it answers."""

from __future__ import annotations

from tjqa.citations.judgements import Judgements
from tjqa.documents import Span
from tjqa.errors import TjqaError
from tjqa.results import Answer, Citation
from tjqa.retrieval.query_syntax import asked
from tjqa.ui.background.messages import SourceFailed, SourceOpened
from tjqa.ui.building import BuildActions
from tjqa.ui.history import History
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.card_text import cited_places
from tjqa.ui.widgets.cards import AnswerCard
from tjqa.ui.widgets.dialogs import ReadScreen
from tjqa.ui.widgets.library_panel import LibraryPanel
from tjqa.ui.widgets.why import WhyText


class ReadingActions(BuildActions):
    """Commands on a passage. Without a number they mean the one that is being read in the source panel, else the
    first of the answer in focus, else that of the newest answer."""

    def __init__(self, texts: Texts, past: History, judgements: Judgements) -> None:
        super().__init__(texts, past)
        self.judgements = judgements
        self._read: Answer | None = None  # the answer whose citation the source panel was opened at

    # --- the source panel

    def open_newest(self, number: int) -> None:
        """Open a citation of the newest answer."""
        self.open_citation(self.answers[-1] if self.answers else None, number)

    def open_citation(self, answer: Answer | None, number: int) -> None:
        """Open citation `number`, at the answering sentence when there is one in it."""
        found = cited_places(answer).get(number) if answer is not None else None
        if found is None:
            self.notice(self.texts("no_citation", number=number))
        elif answer is not None:
            self.engine.view(found, answer)

    def on_library_panel_picked(self, event: LibraryPanel.Picked) -> None:
        """Open a document from the library."""
        self.engine.view_source(event.path)

    def on_source_opened(self, message: SourceOpened) -> None:
        """Show the file at the citation."""
        citation, self._read = message.citation, message.answer
        others: tuple[Span, ...] = ()
        if self._read is not None:
            others = tuple(c.span for c in cited_places(self._read).values() if c.path == message.view.path)
        self.panel("source", True)
        self.source_panel.open(message.view, citation.marks if citation else (), others)
        self.source_panel.focus()
        if message.view.warning:
            self.notice(message.view.warning)

    def on_source_failed(self, message: SourceFailed) -> None:
        """The file is gone: say so where notices are."""
        self.notice(str(message.error))

    # --- the passage at hand

    def passage_at_hand(self, argument: str) -> tuple[Answer, Citation] | None:
        """The answer and the passage that a command means; None, after saying so, when there is none."""
        card = self.focused if isinstance(self.focused, AnswerCard) else None
        answer = card.answer if card is not None else self.answers[-1] if self.answers else None
        number = int(argument) if argument.isdecimal() else 0
        if not number and card is None and (read := self._being_read()) is not None:
            answer, number = read
        if answer is None or not answer.citations:
            self.notice(self.texts("source_none"))
            return None
        number = number or (answer.best[0].number if answer.best else 1)
        if (found := next((c for c in answer.citations if c.number == number), None)) is None:
            self.notice(self.texts("no_citation", number=number))
            return None
        return answer, found

    def _being_read(self) -> tuple[Answer, int] | None:
        source = self.source_panel.source if self.is_shown("source") else None
        if source is None or source.span is None or self._read is None:
            return None
        places = cited_places(self._read).items()
        at = next((n for n, c in places if (c.path, c.span) == (source.view.path, source.span)), None)
        return (self._read, at) if at is not None else None

    def do_why(self, argument: str) -> None:
        """Say what a passage was found by."""
        if (at_hand := self.passage_at_hand(argument)) is not None:
            _, citation = at_hand
            title = self.texts("why_title", number=citation.number)
            self.push_screen(ReadScreen(title, self.texts("help_close"), WhyText(citation, self.texts)))

    def do_right(self, argument: str) -> None:
        """Mark a passage as answering the question."""
        self._judge(argument, True)

    def do_wrong(self, argument: str) -> None:
        """Mark a passage as not answering the question."""
        self._judge(argument, False)

    def _judge(self, argument: str, answers: bool) -> None:
        if (at_hand := self.passage_at_hand(argument)) is None:
            return
        answer, citation = at_hand
        again = self.judgements.verdict(asked(answer), citation) is answers
        try:
            self.judgements.judge(asked(answer), citation, None if again else answers)
        except TjqaError as error:
            self.notice(str(error))
            return
        for card in self.conversation.cards:
            if card.answer is not None:
                card.judged(self.verdicts(card.answer))
        key = "judged_none" if again else "judged_right" if answers else "judged_wrong"
        self.notice(self.texts(key, number=citation.number))

    def verdicts(self, answer: Answer) -> dict[int, bool]:
        """The reader's marks on an answer's passages, by their numbers."""
        found = {c.number: self.judgements.verdict(asked(answer), c) for c in answer.citations}
        return {number: verdict for number, verdict in found.items() if verdict is not None}
