"""What the commands do; each is reached by a key, from the palette and by typing its name."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from textual import work
from textual.widgets import Input

from tjqa.citations.export import FORMATS, export, markdown
from tjqa.errors import reason
from tjqa.results import Answer
from tjqa.ui.clipboard import copy_with_helper, helpers
from tjqa.ui.commands import COMMANDS, parse
from tjqa.ui.frame import Frame
from tjqa.ui.history import History
from tjqa.ui.language import Language
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import display
from tjqa.ui.widgets.cards import AnswerCard
from tjqa.ui.widgets.dialogs import HelpScreen, PickScreen, ReadScreen


class CommandActions(Frame):
    """The commands. What needs the engine is left to the classes built on this one: `start_build`, `open_newest`."""

    def __init__(self, texts: Texts, past: History) -> None:
        super().__init__(texts)
        self.past = past
        self.session: list[Answer] = []

    def start_build(self, rebuild: bool) -> None:
        """Build the index; the app knows how."""
        raise NotImplementedError

    def open_newest(self, number: int) -> None:
        """Open a citation of the newest answer; the app knows how."""
        raise NotImplementedError

    async def restart_conversation(self) -> None:
        """Back to the first page; the app knows how."""
        raise NotImplementedError

    async def action_command(self, name: str, argument: str = "") -> None:
        """Do the command `name`; over a window only quit makes sense, or the key that opened it, to close it."""
        if self.screen is not self.main and name != "quit":
            if isinstance(self.screen, ReadScreen) and name in ("help", "why"):
                self.screen.dismiss()
            return
        known = {command.action for command in COMMANDS}
        assert name in known, name
        result = getattr(self, f"do_{name}")(argument)
        if inspect.isawaitable(result):
            await result

    async def run_line(self, line: str) -> None:
        """Do a typed command."""
        command, name, argument = parse(line)
        if command is None:
            self.notice(self.texts("unknown_command", name=f"/{name}"))
            return
        self.input.value = ""
        await self.action_command(command.action, argument)

    @property
    def answers(self) -> list[Answer]:
        """All answers on the screen, oldest first."""
        return [card.answer for card in self.conversation.cards if card.answer is not None]

    def do_quit(self, _: str) -> None:
        """Leave."""
        self.exit(0)

    def do_help(self, _: str) -> None:
        """Keys, commands, signs."""
        self.push_screen(HelpScreen(self.texts))

    def do_library(self, _: str) -> None:
        """Library panel on or off."""
        if self.panel("library"):
            self.call_after_refresh(self.library_panel.fit)
            self.library_panel.query_one(Input).focus()
        else:
            self.input.focus()

    def do_source(self, argument: str) -> None:
        """Source panel on or off; with a number, that citation."""
        if argument.isdecimal():
            self.open_newest(int(argument))
        elif self.is_shown("source"):
            self.panel("source", False)
            self.input.focus()
        elif self.answers and self.answers[-1].citations:
            self.open_newest(self.answers[-1].best[0].number if self.answers[-1].best else 1)
        elif self.source_panel.source is not None:
            self.panel("source", True)
            self.source_panel.focus()
        else:
            self.notice(self.texts("source_none"))

    def do_copy(self, _: str) -> None:
        """Copy the selection, else the library's path, else the focused or newest answer."""
        selected = self.main.get_selected_text()
        in_library = self.focused is not None and self.focused.parent is self.library_panel
        path = self.library_panel.highlighted if in_library else None
        card = self.focused if isinstance(self.focused, AnswerCard) else None
        answer = card.answer if card is not None else (self.answers[-1] if self.answers else None)
        if selected:
            self.copy(selected, self.texts("selection_copied"))
        elif path:
            self.copy(path, self.texts("path_copied", path=path))
        elif answer is not None:
            self.copy(markdown(answer, date.today()), self.texts("answer_copied"))
        else:
            self.notice(self.texts("nothing_to_copy"))

    def copy_to_clipboard(self, text: str) -> None:
        """What Ctrl+C in the input or over a selection does: the same chain."""
        self.copy(text, self.texts("selection_copied"))

    @work(group="copy", exit_on_error=False)
    async def copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard and say how that went."""
        safe = display(text)
        if await copy_with_helper(safe, helpers()):
            self._clipboard = safe  # for Ctrl+V in the input
            self.notice(self.texts("copied", what=what))
        else:
            super().copy_to_clipboard(safe)
            self.notice(self.texts("copied_maybe"))

    async def do_export(self, argument: str) -> None:
        """Write one answer or the conversation to a file: by the name typed, else ask which and in what form."""
        this, *name = argument.split(maxsplit=1) if argument else [""]
        if not self.session:
            self.notice(self.texts("nothing_to_export"))
        elif this in ("本条", "this"):
            self.save([self.answer_at_hand()], name[0] if name else _file_name("md"))
        elif argument:
            self.save(self.session, argument)
        else:
            self.choose_export()

    @work(group="pick", exit_on_error=False)
    async def choose_export(self) -> None:
        """Ask what to export and in what form."""
        texts = self.texts
        what = {"export_all": self.session, "export_one": [self.answer_at_hand()]}
        choices = {
            texts(key, form=texts(f"form_{form}"), count=len(answers)): (answers, form)
            for key, answers in what.items()
            for form in FORMATS
        }
        chosen = await self.push_screen_wait(
            PickScreen(texts("export_title"), texts("pick_filter"), tuple(choices), texts("library_empty"))
        )
        if chosen is not None:
            answers, form = choices[chosen]
            self.save(answers, _file_name(form))
        self.input.focus()

    def answer_at_hand(self) -> Answer:
        """The answer of the card in focus, else the newest."""
        card = self.focused if isinstance(self.focused, AnswerCard) else None
        return card.answer if card is not None and card.answer is not None else self.session[-1]

    def save(self, answers: Sequence[Answer], name: str) -> None:
        """Write answers to a new file, its form told by its ending; an older file is never written over."""
        path = Path(name).expanduser().absolute()
        form = path.suffix.lstrip(".").lower()
        if form not in FORMATS:
            self.notice(self.texts("export_format"))
            return
        try:
            with path.open("x", encoding="utf-8", errors="replace", newline="") as file:
                file.write(export(answers, form, date.today()))
        except OSError as error:
            self.notice(self.texts("export_failed", path=path, reason=reason(error)))
        else:
            self.notice(self.texts("exported", path=path))

    @work(group="pick", exit_on_error=False)
    async def do_history(self, argument: str) -> None:
        """Find a past question and put it back into the input."""
        texts = self.texts
        choices = [q for q in reversed(self.past.questions) if argument in q]
        screen = PickScreen(texts("history_title"), texts("history_filter"), choices, texts("history_empty"))
        chosen = await self.push_screen_wait(screen)
        if chosen is not None:
            self.input.put(chosen)
        self.input.focus()

    @work(group="pick", exit_on_error=False)
    async def do_theme(self, argument: str) -> None:
        """Another theme, by name or from a list."""
        known = sorted(self.available_themes)
        chosen: str | None = argument
        if not argument:
            chosen = await self.push_screen_wait(
                PickScreen(self.texts("theme_title"), self.texts("pick_filter"), known, self.texts("library_empty"))
            )
        if chosen is None:
            return
        if chosen not in known:
            self.notice(self.texts("theme_unknown", name=chosen, names=json.dumps(known)))
            return
        self.theme = chosen
        self.notice(self.texts("theme_set", name=chosen))

    def do_language(self, argument: str) -> None:
        """Chinese or English; without a name, the other one."""
        named = {"zh": "zh", "中文": "zh", "en": "en", "英文": "en", "english": "en"}.get(argument.lower())
        if argument and named is None:
            self.notice(self.texts("language_unknown", name=argument))
            return
        other: Language = "en" if self.texts.language == "zh" else "zh"
        self.speak("zh" if named == "zh" else "en" if named == "en" else other)
        self.notice(self.texts("language_set"))

    def do_rebuild(self, _: str) -> None:
        """Update the index."""
        self.start_build(rebuild=False)

    async def do_clear(self, _: str) -> None:
        """Empty the conversation."""
        await self.restart_conversation()
        self.notice(self.texts("cleared"))


def _file_name(form: str) -> str:
    return f"tjqa-{datetime.now():%Y%m%d-%H%M%S}.{form}"
