"""Excerpts as files: which of them, in what form, where to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import FORMATS, export_excerpts
from tjqa.errors import reason
from tjqa.text.display import visible
from tjqa.ui.services import AppServices
from tjqa.ui.text.wrap import one_line
from tjqa.ui.view import View


class ExcerptFiles:
    """Asks for a form, then writes.

    Args:
        view: of the main screen, for its language.
        services: the window to pick in, the browser's downloads.
    """

    def __init__(self, view: View, services: AppServices) -> None:
        self._texts = view.texts
        self._services = services

    async def choose(self, topic: str) -> tuple[str | None, str] | None:
        """Which topic (None: all) and which form the reader wants; None for nothing."""
        texts = self._texts
        name = one_line(topic) or texts("notebook_untitled")
        choices: dict[str, tuple[str | None, str]] = {}
        for form in FORMATS:
            choices[texts("notebook_export_all", form=texts(f"form_excerpts_{form}"))] = None, form
        for form in FORMATS:
            choices[texts("notebook_export_topic", topic=name, form=texts(f"form_excerpts_{form}"))] = topic, form
        chosen = await self._services.pick(
            texts("notebook_export_title"), texts("pick_filter"), tuple(choices), texts("library_empty")
        )
        return choices.get(chosen) if chosen is not None else None

    def write(self, held: Sequence[CheckedExcerpt], form: str) -> str:
        """Write a new file into the current folder, or hand it to the browser; what is to be said of it."""
        texts = self._texts
        data = export_excerpts(held, form, date.today(), texts.language)
        name = f"{texts('notebook_file')}-{datetime.now():%Y%m%d-%H%M%S}.{form}"
        bad = sum(not checked.is_good for checked in held)
        if self._services.is_in_browser:
            self._services.deliver(name, data)
            return texts("notebook_delivered_bad" if bad else "notebook_delivered", name=name, bad=bad)
        path = Path(name)
        try:
            path = path.absolute()
            with path.open("xb") as file:
                file.write(data)
        except OSError as error:
            return texts("export_failed", path=visible(str(path)), reason=texts.of(reason(error)))
        return texts("notebook_exported_bad" if bad else "notebook_exported", path=path, bad=bad)
