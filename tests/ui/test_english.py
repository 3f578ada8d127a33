"""The English interface speaks English: whatever the engine has to say, only the documents are Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.ui_pilot import ask, make_app, ready, screen_text, wait_until
from tests.support.ui_standin import QUESTION, FixedBackend, FixedEngine, missing
from tjqa.errors import IndexDamaged, SourcesError, TjqaError
from tjqa.index.filters import Filter
from tjqa.messages import message
from tjqa.reports import SkippedFile
from tjqa.results import Answer, Citation, SourceView
from tjqa.ui.app import TjqaApp
from tjqa.ui.preferences import Preferences

SIZE = (120, 40)
HAN = re.compile(r"[\u4e00-\u9fff，。；：]+")


class TalkativeEngine(FixedEngine):
    """Has something to say beside every answer, and opens files that have changed."""

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """A refusal with missing words for 没有, else an answer to a corrected question out of a changed file."""
        answer = super().ask(question, k, filters)
        if answer.state == "weak":
            return replace(answer, citations=(), missing=("bauxite", "2031"))
        return replace(
            answer,
            citations=(),
            best=tuple(replace(best, quote="Q", marks=(), title="Baodi") for best in answer.best),
            corrected="How many?",
            unsaid=("2031",),
            changed_files=("a.txt",),
            gone_files=("b.txt",),
            due=(message("index_due", names=[message("version_cleaner")]),),
        )

    def sampling(self, count: int = 3) -> Iterator[str | None]:
        """Documents in English, as it were."""
        yield "How many?"

    def view(self, citation: Citation) -> SourceView:
        """A file that has changed."""
        return SourceView(citation.path, "Text.", citation.span, "Q", (), changed=True)


def english(engine: FixedEngine | None = None, error: TjqaError | None = None) -> tuple[TjqaApp, FixedBackend]:
    """The app in English."""
    backend = FixedBackend(engine or TalkativeEngine(folder=Path("/documents")), error)
    return make_app(backend, folder=Path("/documents"), preferences=Preferences(language="en")), backend


def chinese(app: TjqaApp, *of_documents: str) -> list[str]:
    """The Chinese on the screen but for what documents and the user say."""
    shown = "".join(screen_text(app))
    for text in of_documents:
        shown = shown.replace(text, "")
    return HAN.findall(shown)


async def test_what_is_said_beside_answers() -> None:
    """A corrected question, changed and vanished files, an index that is due; missing words of a refusal."""
    app, _ = english()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await ask(pilot, "many")
        for words in ("“How many?” was searched", "may not be about “2031”", "Changed since indexing: a.txt",
                      "Moved away or deleted: b.txt", "cleaning rules"):  # fmt: skip
            assert words in " ".join(screen_text(app).replace("│", " ").split()), words
        await ask(pilot, "没有")
        assert "do not have “bauxite”, “2031”" in screen_text(app)
        assert chinese(app, "没有") == []


@pytest.mark.slow
async def test_a_changed_file_that_is_opened() -> None:
    """The panel and the notice say so."""
    app, _ = english()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await ask(pilot, "many")
        await pilot.press("1", "enter")
        await wait_until(pilot, lambda: "The file has changed; Ctrl+G updates" in screen_text(app))
        assert chinese(app) == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (missing(), "not indexed yet"),
        (IndexDamaged("index_file_damaged", path="/x"), "The index file /x is damaged"),
        (IndexDamaged("manifest_unreadable", path="/x", why=message("reason_forbidden")), "permission denied"),
        (SourcesError("sources_missing", "sources_hint", folder="/x"), "The documents folder does not exist"),
    ],
    ids=["missing", "damaged", "unreadable", "sources"],
)
async def test_why_it_cannot_answer(error: TjqaError, words: str) -> None:
    """On the first page, with the next step."""
    app, _ = english(error=error)
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: words in screen_text(app))
        assert chinese(app) == []


async def test_errors_on_cards_and_in_notices() -> None:
    """An unexpected error on a card, a filter without a value as a notice, a filter as a chip."""
    app, _ = english()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await ask(pilot, "意外")
        assert "Internal error (KeyError)" in screen_text(app)
        assert chinese(app, "意外") == []
        app.view.input.value = ""
        await app.asking.ask("from:x many")
        await wait_until(pilot, lambda: "The date x is not understood" in screen_text(app))
        await app.asking.ask("文件:a many")
        await wait_until(pilot, lambda: "file:a ×" in screen_text(app))
        assert chinese(app, "意外") == []


async def test_a_build_and_what_it_skipped() -> None:
    """Phases while it runs; the reason of a file that could not be read."""
    app, backend = english()
    why = SourcesError("pdf_locked", "pdf_locked_hint", name="a.pdf").whole
    backend.report = {"skipped": (SkippedFile("a.pdf", why),)}
    backend.gate.clear()
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await app.commands.run_line("/index")
        await wait_until(pilot, lambda: "Reading and cleaning 3/5" in screen_text(app))
        assert chinese(app) == []
        backend.gate.set()
        await wait_until(pilot, lambda: "a.pdf has a password. Remove the password" in screen_text(app))
        backend.build_error = SourcesError("nothing_to_index", folder="/documents", why=message("no_documents"))
        await app.commands.run_line("/index")
        await wait_until(pilot, lambda: "Nothing to index in /documents" in screen_text(app))
        assert chinese(app) == []


async def test_an_answer_is_copied_and_exported_in_english(tmp_path: Path) -> None:
    """The headings are the interface's."""
    app, _ = english(FixedEngine())
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await ask(pilot, QUESTION)
        await app.commands.run_line(f"/export {tmp_path}/a.md")
    text = (tmp_path / "a.md").read_text("utf-8")
    assert "References (GB/T 7714—2015)" in text and "] Answer · " in text and "答句" not in text
