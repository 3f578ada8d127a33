"""A draft's proof in the conversation: a list of what was looked up; Enter opens where the library says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.widget import Widget

from tjqa.answers.proof.report import Finding, ProofReport, Verdict
from tjqa.answers.proof.wording import beside, kind_of, summary, verdict_of
from tjqa.citations.short_names import short_names
from tjqa.errors import TjqaError
from tjqa.ui.keys import local
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line, shorten
from tjqa.ui.widgets.rows import Row, Rows, text_rows
from tjqa.ui.widgets.styles import QUIET_STYLE, WARN_STYLE

_SIGNS = {Verdict.HOLDS: "✓ ", Verdict.NOT_FOUND: "? "}
_CURSOR_STYLE = "reverse"
_DIFFERS_STYLE = f"bold underline {WARN_STYLE}"
_LONGEST = 160
"""Columns of a text of the draft or of the library in the list; all of it stands in the source."""


class ProofPanel(Rows, can_focus=True):
    """What does not hold, or everything that was looked up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        local("card.previous", "step(-1)"),
        local("card.next", "step(1)"),
        local("card.open", "open"),
        local("card.fold", "fold"),
    ]

    @dataclass
    class Opened(Message):
        """The source of a finding is wanted."""

        report: ProofReport
        finding: Finding

    def __init__(self, name: str, texts: Texts) -> None:
        super().__init__(classes="card")
        self.texts = texts
        self.report: ProofReport | None = None
        self.error: TjqaError | None = None
        self.shows_all = False
        self.cursor = 0
        self._name = one_line(name)
        self._names = short_names(())
        self._done = (0, 0)
        self._places: list[int] = []  # of each row, the finding it shows; -1 for none
        self.changed()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those in the list."""
        if self.report is None:
            return ()
        return self.report.findings if self.shows_all else self.report.faults

    @property
    def is_waiting(self) -> bool:
        """True until there is a proof, or why there is none."""
        return self.report is None and self.error is None

    def step_done(self, done: int, of: int) -> None:
        """So many sentences of so many are done."""
        self._done = (done, of)
        self.changed()

    def show(self, report: ProofReport) -> None:
        """Fill in the proof."""
        self.report = report
        self._names = short_names(report.citations)
        self.shows_all = not report.faults
        self.changed()

    def fail(self, error: TjqaError) -> None:
        """Fill in why there is none."""
        self.error = error
        self.changed()

    def changed(self) -> None:
        """Lay out again, border included."""
        self.border_title = Content(f" {self.texts('proof_title', name=self._name)} ")
        self.border_subtitle = Content(f" {self.texts('proof_keys')} " if self.findings else "")
        super().changed()

    def build_rows(self, width: int) -> Iterable[Row]:
        """The summary, then a line a finding, with what the library has below it."""
        self._places = []
        for place, row in self._lines(width):
            self._places.append(place)
            yield row

    def _lines(self, width: int) -> Iterable[tuple[int, Row]]:
        if self.error is not None:
            yield from ((-1, row) for row in _plain(self.texts.of(self.error.whole), width, WARN_STYLE))
        elif self.report is None:
            told = self.texts("proof_running", done=self._done[0], of=self._done[1])
            yield from ((-1, row) for row in _plain(told, width, QUIET_STYLE))
        else:
            yield from ((-1, row) for row in _plain(self.texts.of(summary(self.report)), width, ""))
            if not self.report.faults:
                yield from ((-1, row) for row in _plain(self.texts("proof_clean"), width, QUIET_STYLE))
            for at, finding in enumerate(self.findings):
                yield from ((at, row) for row in self._finding(at, finding, width))

    def _finding(self, at: int, finding: Finding, width: int) -> Iterable[Row]:
        assert self.report is not None
        sign = _SIGNS.get(finding.verdict, "× ")
        line = self.report.text.count("\n", 0, finding.span.start) + 1
        kind, verdict = self.texts.of(kind_of(finding)), self.texts.of(verdict_of(finding))
        text = shorten(one_line(finding.text), _LONGEST)
        told = f"{verdict} · {kind} {text} · {self.texts('proof_line', line=line)}"
        style = WARN_STYLE if finding.is_fault else QUIET_STYLE
        marks = [(0, len(verdict), style)]
        begin = len(verdict) + len(kind) + len(" · ") + 1 - finding.span.start
        if finding.differing != (finding.span,):  # of quoted words the characters that differ
            end = begin + finding.span.start + len(text)
            marks += [(begin + s.start, min(begin + s.end, end), _DIFFERS_STYLE) for s in finding.differing]
        if at == self.cursor and self.has_focus:
            marks = [(0, len(told), _CURSOR_STYLE)]
        yield from text_rows(told, width, marks, sign)
        said = beside(finding)
        if said is not None:
            source = self._names.of(self.report.citations[finding.number - 1]) if finding.number else ""
            below = shorten(one_line(self.texts.of(said)), _LONGEST) + (f" · {source}" if source else "")
            yield from text_rows(below, width, [(0, len(below), QUIET_STYLE)], "    ")

    def on_focus(self) -> None:
        """The cursor is shown."""
        self.changed()

    def on_blur(self) -> None:
        """And is not."""
        self.changed()

    def on_click(self, event: events.Click) -> None:
        """A click on a finding opens its source, unless it ended a drag over text."""
        offset = event.get_content_offset(self)
        if offset is None or self.text_selection is not None or offset.y >= len(self._places):
            return
        if (place := self._places[offset.y]) >= 0:
            event.stop()
            self.cursor = place
            self.action_open()

    def action_step(self, direction: int) -> None:
        """To the finding above or below."""
        self.cursor = max(0, min(self.cursor + direction, len(self.findings) - 1))
        self.changed()
        self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        """Scroll the row of the cursor into view."""
        rows = [y for y, place in enumerate(self._places) if place == self.cursor]
        around = self.parent
        if rows and isinstance(around, Widget) and not isinstance(around, ScrollView):
            top = self.virtual_region.y + 1 + rows[0] - (1 if self.cursor == 0 else 0)
            region = Region(0, max(top, 0), 1, len(rows) + 1)
            around.scroll_to_region(region, animate=False)

    def action_fold(self) -> None:
        """All that was looked up, or what does not hold."""
        if self.report is not None and self.report.faults:
            self.shows_all = not self.shows_all
            self.cursor = 0
            self.changed()

    def action_open(self) -> None:
        """Ask for the source of the finding under the cursor."""
        if self.report is not None and self.cursor < len(self.findings):
            self.post_message(self.Opened(self.report, self.findings[self.cursor]))


def _plain(text: str, width: int, style: str) -> Iterable[Row]:
    shown = one_line(text)
    return text_rows(shown, width, [(0, len(shown), style)] if style else ())
