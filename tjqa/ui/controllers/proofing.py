"""核稿 in the app: a draft is proofed by the engine's thread, its panel stands in the conversation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.app import App

from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.messages import ProofDone, ProofFailed, ProofProgress
from tjqa.ui.commands import command_name
from tjqa.ui.text.folders import expanded
from tjqa.ui.view import View
from tjqa.ui.widgets.proof_panel import ProofPanel

_QUOTES = "\"'“”‘’"


class Proofing:
    """Starts proofs and shows them; the newest draft's panel is the one that messages are for.

    Args:
        view: of the main screen.
        engine: proofs and opens files.
    """

    def __init__(self, view: View, engine: EngineThread) -> None:
        self._view = view
        self._engine = engine
        self._panels: dict[int, ProofPanel] = {}
        self._names: dict[int, str] = {}  # as typed

    async def proof(self, argument: str) -> None:
        """Proof a file; without one go back to the newest panel."""
        name = argument.strip().strip(_QUOTES)
        if not name:
            self._go_back()
            return
        number = len(self._panels) + 1
        panel = self._panels[number] = ProofPanel(Path(name).name, self._view.texts)
        self._names[number] = name
        self._view.first_page.display = False
        self._view.to_conversation()
        await self._view.conversation.put(panel)
        self._engine.proof(number, Path(name).expanduser())
        self._view.conversation.scroll_end(animate=False)

    def _go_back(self) -> None:
        """To the newest panel that was not put away with its conversation."""
        there = [panel for panel in self._panels.values() if panel.is_attached]
        if not there:
            self._view.notice(self._view.texts("proof_which"))
            return
        self._view.to_conversation(alone=True)
        there[-1].focus()

    def cancel(self) -> bool:
        """Stop what is being proofed; whether there was something to stop."""
        is_waiting = any(panel.is_waiting for panel in self._panels.values())
        if is_waiting:
            self._engine.cancel_proofs()
        return is_waiting

    def step(self, message: ProofProgress) -> None:
        """A proof got on."""
        self._panels[message.number].step_done(message.done, message.of)

    def done(self, message: ProofDone) -> None:
        """A proof is there: its list has the focus, unless something else was turned to meanwhile."""
        panel = self._panels[message.number]
        panel.show(message.report)
        if self._view.focused is self._view.input and not self._view.input.value:
            panel.focus()
        self._view.after_refresh(panel.scroll_visible, animate=False, top=True)

    def failed(self, message: ProofFailed) -> None:
        """A draft could not be proofed."""
        self._panels[message.number].fail(message.error)
        if not _is_there(name := self._names[message.number]):  # to be mended
            self._view.input.give_back(f"{command_name('proof', self._view.texts.language)} {name}")

    def open(self, message: ProofPanel.Opened) -> None:
        """Open the source of a finding, at what the library says."""
        finding = message.finding
        if not finding.number:
            self._view.notice(self._view.texts("proof_no_source"))
            return
        citation = message.report.citations[finding.number - 1]
        marks = (finding.said_at,) if finding.said_at is not None else ()
        focused = self._view.focused
        self._view.came_from = focused if isinstance(focused, ProofPanel) else None
        self._engine.view(replace(citation, marks=marks), None)


def _is_there(name: str) -> bool:
    place = expanded(name)
    try:
        return place is not None and place.exists()
    except (OSError, ValueError):
        return False


class ProofingApp(App[int]):
    """The part of the app that is about this; Textual tells each class of an app what is posted."""

    proofing: Proofing

    def on_proof_progress(self, message: ProofProgress) -> None:
        """A proof got on."""
        self.proofing.step(message)

    def on_proof_done(self, message: ProofDone) -> None:
        """A proof is there."""
        self.proofing.done(message)

    def on_proof_failed(self, message: ProofFailed) -> None:
        """A draft could not be proofed."""
        self.proofing.failed(message)

    def on_proof_panel_opened(self, message: ProofPanel.Opened) -> None:
        """The source of a finding is wanted."""
        self.proofing.open(message)
