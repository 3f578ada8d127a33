"""The figures of a measure: asking for them, showing them, opening where one stands, writing them to a file."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tjqa.errors import UsageError, reason
from tjqa.messages import message
from tjqa.results import Answer
from tjqa.retrieval.query_syntax import asked
from tjqa.text.display import visible
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import EngineReady, FiguresFailed, FiguresProgress, FiguresReady
from tjqa.ui.controllers.commands import Handler
from tjqa.ui.controllers.deepening import DeepeningApp
from tjqa.ui.services import AppServices
from tjqa.ui.view import View
from tjqa.ui.widgets.figures_panel import FiguresPanel

if TYPE_CHECKING:
    from tjqa.answers.figures.figure import Figure, FiguresAsked

_OPTION = re.compile(
    r"(?:^|\s)(?P<name>地区|place|自|从|from|since|至|到|to|until)\s*[:：]\s*(?P<value>[^\s:：]+)", re.IGNORECASE
)
_PLACE = ("地区", "place")
_SINCE = ("自", "从", "from", "since")
_EXPORT = ("导出", "export")
_BETWEEN = re.compile("[,，、;；]")


class Figures:
    """The command and the panel of figures.

    Args:
        view: of the main screen.
        services: the window to pick in.
        engine: collects, in its thread.
    """

    def __init__(self, view: View, services: AppServices, engine: EngineThread) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._engine = engine
        self._is_waiting = False
        self._wanted: FiguresAsked | Answer | None = None
        self._is_again = False  # what is being collected was shown already

    @property
    def panel(self) -> FiguresPanel:
        """The panel."""
        return self._view.figures_panel

    def handlers(self, export_answers: Handler) -> dict[str, Handler]:
        """What this does of the commands: its own, and to export where the panel has the focus."""

        def export(argument: str) -> Awaitable[None] | None:
            if argument or not self.is_at_hand:
                return export_answers(argument)
            self.export("")
            return None

        return {"figures": self.do, "export": export}

    @property
    def is_at_hand(self) -> bool:
        """True when the panel has the focus."""
        return self._view.focused is self.panel

    def do(self, argument: str) -> None:
        """The measure that was typed; without one that of the answer at hand; with the panel in focus close it."""
        name, _, rest = argument.partition(" ")
        if name.lower() in _EXPORT:
            self.export(rest.strip())
        elif argument.strip():
            self._start(parsed(argument))
        elif self.is_at_hand:
            self._view.leave()
        elif (answer := self._answer_at_hand()) is not None:
            if answer.library:
                self._view.notice(self._texts("figures_elsewhere"))
            else:
                self._start(answer)
        elif self.panel.table is not None:
            self._show()
        else:
            self._view.notice(self._texts("figures_usage"))

    def _answer_at_hand(self) -> Answer | None:
        """The answer at hand, where it holds a figure."""
        answer = self._view.answer_at_hand
        told = "" if answer is None else (answer.text or "")
        return answer if any(char.isnumeric() for char in told) else None

    def _start(self, wanted: FiguresAsked | Answer) -> None:
        self._is_waiting, self._is_again, self._wanted = True, False, wanted
        if isinstance(wanted, Answer):
            self.panel.wait(asked(wanted))
        else:
            self.panel.wait(wanted.measure, wanted)
        self._show()
        self._engine.figures(wanted)

    def put_away(self) -> None:
        """Another library is open: its figures are others, and what is being collected is of no use any more."""
        self.cancel()
        self._is_waiting, self._wanted = False, None
        self.panel.put_away()

    def look_again(self) -> None:
        """The index caught up with the documents: collect what is shown anew; what is not is put away."""
        if self._wanted is None or self._is_waiting:
            return
        if not self._view.is_shown("figures"):
            self.panel.put_away()
            return
        self._is_waiting = self._is_again = True
        self._engine.figures(self._wanted)

    def _show(self) -> None:
        self._view.to_conversation()  # in its place
        self._view.panel("figures", True)
        self.panel.focus()
        self._view.after_refresh(self.panel.speak)

    def got_on(self, told: FiguresProgress) -> None:
        """Say how far it is."""
        if self._view.is_open and self._is_waiting:
            self.panel.got_on(told.looked, told.of)

    def ready(self, told: FiguresReady) -> None:
        """Show the table, unless it is of a library that was open before."""
        is_wanted, self._is_waiting = self._is_waiting, False
        if self._view.is_open and is_wanted:
            self.panel.open(told.table, self._is_again)

    def failed(self, told: FiguresFailed) -> None:
        """Say why there is none."""
        is_wanted, self._is_waiting = self._is_waiting, False
        if self._view.is_open and is_wanted:
            self.panel.say(self._texts.of(told.error.whole))

    def cancel(self) -> bool:
        """Stop collecting; whether there was something to stop."""
        if self._is_waiting:
            self._engine.cancel_figures()
        return self._is_waiting

    def leave(self) -> None:
        """Stop what is being collected, where the panel has the focus; else close what is on top."""
        if not (self.is_at_hand and not self._is_again and self.cancel()):
            self._view.leave()

    def open(self, figure: Figure) -> None:
        """Open where a figure stands."""
        self._engine.view(figure.citation)

    # --- to a file

    def export(self, name: str) -> None:
        """Write the table that is shown to a new file, by its ending, or ask in which form."""
        if self.panel.table is None or not self.panel.table.figures:
            self._view.notice(self._texts("figures_nothing_to_export"))
        elif name:
            self._save(name)
        else:
            self._services.start(self._pick(), group="pick")

    async def _pick(self) -> None:
        from tjqa.answers.figures.files import FORMATS

        choices = {self._texts("figures_form", form=form): form for form in FORMATS}
        title, empty = self._texts("export_title"), self._texts("library_empty")
        chosen = await self._services.pick(title, self._texts("pick_filter"), tuple(choices), empty)
        if chosen is not None:
            self._save(f"tjqa-{datetime.now():%Y%m%d-%H%M%S}.{choices[chosen]}")
        self.panel.focus()

    def _save(self, name: str) -> None:
        from tjqa.answers.figures.files import FORMATS, written

        assert self.panel.table is not None
        try:
            path = Path(name).expanduser()
        except RuntimeError:  # ~name of nobody
            self._view.notice(self._texts.of(UsageError("no_such_user", "no_such_user_hint", name=name).whole))
            return
        form = path.suffix.lstrip(".").lower()
        if form not in FORMATS:
            self._view.notice(self._texts.of(UsageError("figures_format", "figures_format_hint", name=name).whole))
            return
        try:
            path = path.absolute()
            with path.open("xb") as file:
                file.write(written(self.panel.table, form))
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else message("reason_bad_name")
            self._view.notice(self._texts("export_failed", path=visible(str(path)), reason=self._texts.of(why)))
        else:
            self._view.notice(self._texts("exported", path=path))


def parsed(argument: str) -> FiguresAsked:
    """What is typed behind the command: 指标 地区:甲、乙 自:2020年 至:2024年, in any order."""
    from tjqa.answers.figures.figure import FiguresAsked

    places: list[str] = []
    since = until = None
    for option in _OPTION.finditer(argument):
        name, value = option["name"].lower(), option["value"]
        if name in _PLACE:
            places += [place for place in _BETWEEN.split(value) if place]
        elif name in _SINCE:
            since = value
        else:
            until = value
    return FiguresAsked(" ".join(_OPTION.sub(" ", argument).split()), tuple(places), since, until)


class FiguresApp(DeepeningApp):
    """The part of the app that is about this; Textual tells it what is posted."""

    figures: Figures

    def on_engine_ready(self, message: EngineReady) -> None:
        """The engine was opened, or opened again with the documents as they are now."""
        if self.screen_stack:
            self.figures.look_again()

    def on_figures_progress(self, message: FiguresProgress) -> None:
        """Collecting figures got on."""
        self.figures.got_on(message)

    def on_figures_ready(self, message: FiguresReady) -> None:
        """Figures were collected."""
        self.figures.ready(message)

    def on_figures_failed(self, message: FiguresFailed) -> None:
        """They could not be."""
        self.figures.failed(message)

    def on_figures_panel_opened(self, event: FiguresPanel.Opened) -> None:
        """A figure is wanted where it stands."""
        self.figures.open(event.figure)
