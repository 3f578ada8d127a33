"""Taking answers along: to the clipboard, to a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from tjqa.errors import UsageError, reason
from tjqa.messages import message
from tjqa.results import Answer, Citation
from tjqa.text.display import visible
from tjqa.ui.clipboard import copy_with_helper, helpers
from tjqa.ui.controllers.asking import Asking
from tjqa.ui.services import AppServices
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import display
from tjqa.ui.view import View
from tjqa.ui.widgets.passage_text import place

_COPIED = {"words": "copied_words", "references": "copied_references", "markdown": "copied_markdown"}
"""What is copied of an answer → the text that says so."""


class Sharing:
    """Copies and writes what is on the screen.

    Args:
        view: of the main screen.
        services: the clipboard, and the window to pick in.
        asking: knows the answers of the session.
    """

    def __init__(self, view: View, services: AppServices, asking: Asking) -> None:
        self._view = view
        self._texts = view.texts
        self._services = services
        self._asking = asking
        self.copies_selections = False
        self._left_out = 0  # of the last export, answers of other libraries

    def copy_at_hand(self) -> None:
        """Copy the selection, else the library's path, else the answer at hand."""
        view = self._view
        selected = view.main.get_selected_text()
        path = view.library_panel.highlighted if view.is_library_focused else None
        answer = view.answer_at_hand
        if selected:
            self.copy_selection(selected)
        elif path:
            self._start_copying(path, self._texts("path_copied", path=path))
        elif answer is not None:
            self._copy_answer(answer)
        else:
            view.notice(self._texts("nothing_to_copy"))

    def copy_as(self, form: str) -> None:
        """Copy the answer at hand as its words alone, as references, or as a quotation in Markdown ("words",
        "references", "markdown")."""
        answer = self._asking.answer_at_hand()
        if answer is None:
            self._view.notice(self._texts("nothing_to_copy"))
        elif not answer.best:
            self._view.notice(self._texts("refusal_not_copied"))
        else:
            text = pasted_as(answer, form, date.today(), self._texts)
            self._start_copying(text, self._texts(_COPIED[form]))

    def _copy_answer(self, answer: Answer) -> None:
        if answer.best:
            self._start_copying(pasted(answer, self._texts), self._texts("answer_copied"))
        else:
            self._view.notice(self._texts("refusal_not_copied"))

    def selected(self) -> None:
        """Something was selected with the mouse: copy it, if that is wanted."""
        selected = self._view.main.get_selected_text()
        if self.copies_selections and selected and selected.strip():
            self.copy_selection(selected)

    def copy_selection(self, text: str) -> None:
        """Copy a selected text."""
        self._start_copying(text, self._texts("selection_copied"))

    def copy_text(self, text: str, what: str) -> None:
        """Copy a text; `what` says what it is."""
        self._start_copying(text, what)

    def _start_copying(self, text: str, what: str) -> None:
        self._services.start(self._copy(text, what), group="copy")

    async def _copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard and say how that went."""
        safe = display(text)
        if await copy_with_helper(safe, helpers()):
            self._services.remember_copied(safe)
            self._view.notice(self._texts("copied", what=what))
        else:
            self._services.send_to_terminal(safe)
            self._view.notice(self._texts("copied_maybe_web" if self._services.is_in_browser else "copied_maybe"))

    def export(self, argument: str) -> None:
        """Write one answer or the conversation to a file: by the name typed, else ask which and in what form."""
        this, *name = argument.split(maxsplit=1) if argument else [""]
        if (answer := self._asking.answer_at_hand()) is None:
            self._view.notice(self._texts("nothing_to_export"))
        elif this in ("本条", "this"):
            self._save([answer], name[0] if name else _file_name("md"))
        elif argument:
            self._save(self._asking.session, argument)
        else:
            self._services.start(self._pick_export(answer), group="pick")

    async def _pick_export(self, answer: Answer) -> None:
        """Ask what to export and in what form."""
        from tjqa.citations.export import FORMATS  # not before the first paint

        texts = self._texts
        what = {"export_all": self._asking.session, "export_one": [answer]}
        choices = {
            texts(key, form=texts(f"form_{form}"), count=len(answers)): (answers, form)
            for key, answers in what.items()
            for form in FORMATS
        }
        title, empty = texts("export_title"), texts("library_empty")
        chosen = await self._services.pick(title, texts("pick_filter"), tuple(choices), empty)
        if chosen is not None:
            answers, form = choices[chosen]
            self._save(answers, _file_name(form))
        self._view.input.focus()

    def _save(self, answers: Sequence[Answer], name: str) -> None:
        """Write answers to a new file, its form told by its ending; an older file is never written over. All are of one
        library, that an export can be verified in it: where they are not, those of the open one."""
        from tjqa.citations.export import FORMATS, export

        if len({answer.library for answer in answers}) > 1:
            here = [answer for answer in answers if not answer.library]
            self._left_out, answers = len(answers) - len(here), here
        else:
            self._left_out = 0
        try:
            path = Path(name).expanduser()
        except RuntimeError:  # ~name of nobody, or of a user without a home
            self._view.notice(self._texts.of(UsageError("no_such_user", "no_such_user_hint", name=name).whole))
            return
        form = path.suffix.lstrip(".").lower()
        if form not in FORMATS:
            self._view.notice(self._texts("export_format"))
            return
        if self._services.is_in_browser:  # a file beside the server is of no use to the reader
            self._services.deliver(path.name, export(answers, form, date.today(), self._texts.language).encode("utf-8"))
            self._view.notice(self._texts("exported_web", name=path.name))
            return
        try:
            path = path.absolute()  # the folder that the app was started in may be gone
            with path.open("x", encoding="utf-8", errors="replace", newline="") as file:
                file.write(export(answers, form, date.today(), self._texts.language))
        except (OSError, ValueError) as error:  # ValueError: of a name with NUL, or half a character
            why = reason(error) if isinstance(error, OSError) else message("reason_bad_name")
            self._view.notice(self._texts("export_failed", path=visible(str(path)), reason=self._texts.of(why)))
        else:
            key = "exported_but" if self._left_out else "exported"
            self._view.notice(self._texts(key, path=path, count=self._left_out))


def pasted(answer: Answer, texts: Texts) -> str:
    """An answer as people put it into a text of their own: what answers, and below it in a line where it stands; of
    several sources one after the other. All that proves it is in an export."""
    parts = [one.statement.text(texts.language) for one in answer.computed]
    parts += ["\n".join([*said, pasted_source(first, texts)]) for first, said in _said(answer)]
    return "\n".join(parts) + "\n"


def pasted_as(answer: Answer, form: str, today: date, texts: Texts) -> str:
    """An answer's words alone, its references (GB/T 7714, one a source), or both as a quotation in Markdown."""
    from tjqa.citations.export_format import inert, one_line, unopened
    from tjqa.citations.gbt7714 import reference

    if form == "words":
        return "\n".join(line for _, said in _said(answer) for line in said) + "\n"
    if form == "references":
        return "\n".join(dict.fromkeys(reference(first, today) for first, _ in _said(answer))) + "\n"
    quotations = ([*said, pasted_source(first, texts)] for first, said in _said(answer))
    rows = (["> " + unopened(inert(one_line(line))) for line in lines] for lines in quotations)
    return "\n\n".join("\n>\n".join(lines) for lines in rows) + "\n"


def _said(answer: Answer) -> list[tuple[Citation, list[str]]]:
    """What answers, by the passage it stands in: the first citation of each, and the sentences or cells."""
    shown: dict[int, list[str]] = {}
    for at, best in enumerate(answer.best):
        said = answer.cells[at].statement if answer.cells else best.with_cuts(best.quote.strip())
        shown.setdefault(best.number, []).append(said)
    firsts = {best.number: best for best in reversed(answer.best)}
    return [(firsts[number], said) for number, said in shown.items()]


def pasted_source(citation: Citation, texts: Texts) -> str:
    """The line that says where a quote stands."""
    title = texts("pasted_title", title=citation.title) if citation.title else citation.path
    told = (title, citation.publisher, citation.published, place(citation, texts))
    return texts("pasted_from", source=texts("pasted_between").join(part for part in told if part))


def _file_name(form: str) -> str:
    return f"tjqa-{datetime.now():%Y%m%d-%H%M%S}.{form}"
