"""What is shown while an index is built: a bar, what is done, what is left."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar

from tjqa.messages import message
from tjqa.progress import Pace, rounded, whole
from tjqa.reports import Progress
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.lines import OneLine


class BuildPanel(Vertical):
    """Progress of a build, how to cancel it and, with an older index, that questions are answered `meanwhile`."""

    def __init__(self, texts: Texts, meanwhile: bool) -> None:
        super().__init__(id="build")
        self.texts = texts
        self._title = "update_title" if meanwhile else "build_title"
        self._help = "build_meanwhile" if meanwhile else "build_cancel"
        self._pace = Pace()
        self._share = 0.0

    def compose(self) -> ComposeResult:
        """Phase, bar, help."""
        yield OneLine(id="build-phase")
        yield ProgressBar(show_eta=False, id="build-bar")
        yield OneLine(id="build-cancel")

    def on_mount(self) -> None:
        """Say the title and the help."""
        self.speak()

    def speak(self) -> None:
        """Say everything in the language at hand."""
        self.border_title = Content(f" {self.texts(self._title)} ")
        for line in self.query("#build-cancel").results(OneLine):
            line.say(self.texts(self._help))

    def step(self, progress: Progress) -> None:
        """Show one step, the bar of the whole; the first may come before there is anything to show it in."""
        at = whole(progress)
        if at is not None:
            self._share = max(self._share, at.share)
        for bar in self.query(ProgressBar):
            bar.update(total=1.0, progress=self._share)
        count = f" {progress.done}/{progress.total}" if progress.total > 0 else ""
        number = self.texts("build_phase", number=at.number, count=at.phases) if at is not None else ""
        left = self._pace.seconds_left(progress)
        detail = f" · {self._told(left)}" if left is not None else ""
        detail += f" · {progress.detail}" if progress.detail else ""
        for line in self.query("#build-phase").results(OneLine):
            line.say(f"{number}{self.texts.of(message(progress.phase))}{count}{detail}")

    def _told(self, left: float) -> str:
        number, minutes = rounded(left)
        return self.texts("build_minutes" if minutes else "build_seconds", number=number)

    def cancelling(self) -> None:
        """Say that the build is stopping."""
        self._help = "build_cancelling"
        self.speak()
