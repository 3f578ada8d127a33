"""The page shown before the first question, in each of its states, as rows for a width."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tjqa.errors import IndexMissing, SourcesError, TjqaError
from tjqa.ui.background.messages import FoundFiles
from tjqa.ui.text.folders import folder_name, short_path, size_shown
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import cells, one_line, shorten
from tjqa.ui.widgets.overview import Overview, facts, newest_rows
from tjqa.ui.widgets.rows import Row, styled, text_rows
from tjqa.ui.widgets.styles import CITE_STYLE, QUIET_STYLE, WARN_STYLE
from tjqa.ui.widgets.targets import AskSample, ChooseFolder, DoOffered, OpenKnown, Resume, Target

PageKind = Literal["loading", "ready", "no_index", "failed"]

# Of a build: to start it, for each file, and bytes a second (five files of 76 KB took 2.5 s, 1,500 small ones 40 s;
# docs/benchmarks.md has 600 passages a second, of some 700 bytes each).
_START, _EACH, _RATE = 2.0, 0.02, 400_000


@dataclass(frozen=True, slots=True)
class PageState:
    """What the first page has to tell. `samples` are None while they are looked for; `recent` are folders of other
    libraries, `resumable` the questions of the last conversation, `found` what a folder without an index holds."""

    kind: PageKind = "loading"
    samples: tuple[str, ...] | None = None
    error: TjqaError | None = None
    folder: str = ""
    overview: Overview | None = None
    recent: tuple[str, ...] = ()
    resumable: int = 0
    found: FoundFiles | None = None


@dataclass(frozen=True, slots=True)
class _Writer:
    width: int
    rows: list[Row] = field(default_factory=list)

    def add(self, text: str, style: str = "", target: Target | None = None, lead: str = "") -> None:
        shown = one_line(text)
        self.rows.extend(text_rows(shown, self.width, [(0, len(shown), style)] if style else [], lead, target))

    def gap(self) -> None:
        self.rows.append(Row(styled("", "")))


def page_rows(state: PageState, texts: Texts, width: int) -> list[Row]:
    """Name and library, then what this state offers."""
    page = _Writer(width)
    _head(page, state, texts)
    page.gap()
    if state.kind == "loading":
        page.add(texts("loading_page"))
    elif state.kind == "ready":
        _ready(page, state, texts)
    else:
        _trouble(page, state, texts)
    page.gap()
    page.add(texts("more_help"), QUIET_STYLE)
    return page.rows


def _head(page: _Writer, state: PageState, texts: Texts) -> None:
    """The program and the folder; at the right, where there is room, what is in it."""
    name = texts("name")
    told = f" · {one_line(short_path(state.folder))}" if state.folder else ""
    said = facts(state.overview, texts) if state.overview is not None else texts("slogan")
    left = name + shorten(told, max(page.width - cells(name), 4))
    gap = page.width - cells(left) - cells(said)
    whole = left + " " * gap + said if gap > 1 else left
    marks = [(0, len(name), "bold"), (len(left), len(whole), QUIET_STYLE)]
    page.rows.extend(text_rows(whole, page.width, marks))
    if gap <= 1:
        page.add(said, QUIET_STYLE)


def _ready(page: _Writer, state: PageState, texts: Texts) -> None:
    if state.overview is not None and state.overview.newest:
        page.rows.extend(newest_rows(state.overview, texts, page.width))
        page.gap()
    if state.resumable:
        page.add(texts("resume", count=state.resumable), CITE_STYLE, Resume())
        page.gap()
    if state.samples is None:
        page.add(texts("samples_loading"), QUIET_STYLE)
        return
    if not state.samples:
        page.add(texts("placeholder_plain"))
        return
    page.add(texts("samples"))
    for number, sample in enumerate(state.samples, start=1):
        lead = f"  {number}  "
        page.rows.extend(
            text_rows(one_line(sample), page.width, [(0, len(sample), CITE_STYLE)], lead, AskSample(number))
        )


def _trouble(page: _Writer, state: PageState, texts: Texts) -> None:
    missing, folderless = isinstance(state.error, IndexMissing), is_without_folder(state.error)
    empty = missing and state.found is not None and not state.found.count
    page.add(texts(_title(state)), "bold " + WARN_STYLE)
    if state.error is not None and not missing:
        page.add(texts.of(state.error.message))
        if state.error.advice is not None and not folderless:
            page.add(texts.of(state.error.advice))
    if empty:
        page.add(texts("empty_folder_text"))
    elif missing and state.found is not None:
        page.add(_found(state.found, texts))
    page.gap()
    if state.kind == "no_index" and not empty:
        page.add(texts("no_index_act" if missing else "update_act"), CITE_STYLE, DoOffered())
        page.add(texts("same_as"), QUIET_STYLE)
    elif state.kind == "failed" or empty:
        page.add(texts("retry_act"), CITE_STYLE, DoOffered())
    page.add(texts("choose_act"), CITE_STYLE, ChooseFolder())
    for folder in state.recent:
        page.add(texts("open_act", name=folder_name(folder), folder=short_path(folder)), CITE_STYLE, OpenKnown(folder))


def is_without_folder(error: TjqaError | None) -> bool:
    """Whether there is no folder where the documents should be."""
    return isinstance(error, SourcesError) and error.message.key in ("sources_missing", "sources_no_folder")


def _title(state: PageState) -> str:
    """The key of what is wrong, in a few words."""
    if is_without_folder(state.error):
        return "no_folder_title"
    if isinstance(state.error, IndexMissing):
        return "empty_folder_title" if state.found is not None and not state.found.count else "no_index_title"
    return "failed_title"


def _found(found: FoundFiles, texts: Texts) -> str:
    seconds = _START + _EACH * found.count + found.size / _RATE
    key, number = ("found_files", round(seconds)) if seconds < 90 else ("found_files_minutes", round(seconds / 60))
    return texts(key, count=found.count, size=size_shown(found.size), number=number)
