"""The page shown before the first question, in each of its states, as rows for a width."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tjqa.errors import IndexMissing, TjqaError
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.rows import Row, styled, text_rows
from tjqa.ui.widgets.styles import CITE_STYLE, QUIET_STYLE, WARN_STYLE
from tjqa.ui.widgets.targets import AskSample, DoOffered, Target

PageKind = Literal["loading", "ready", "no_index", "failed"]


@dataclass(frozen=True, slots=True)
class PageState:
    """What the first page has to tell."""

    kind: PageKind = "loading"
    samples: tuple[str, ...] = ()
    error: TjqaError | None = None
    folder: str = ""


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
    """Name and slogan, then what this state offers."""
    page = _Writer(width)
    page.add(texts("name"), "bold")
    page.add(texts("slogan"), QUIET_STYLE)
    page.gap()
    if state.kind == "loading":
        page.add(texts("loading_page"))
    elif state.kind == "ready":
        _samples(page, state, texts)
    else:
        _trouble(page, state, texts)
    page.gap()
    page.add(texts("more_help"), QUIET_STYLE)
    return page.rows


def _samples(page: _Writer, state: PageState, texts: Texts) -> None:
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
    missing = isinstance(state.error, IndexMissing)
    page.add(texts("no_index_title" if missing else "failed_title"), "bold " + WARN_STYLE)
    if state.error is not None and not missing:
        page.add(texts.of(state.error.message))
        if state.error.advice is not None:
            page.add(texts.of(state.error.advice))
    page.add(texts("no_index_text", folder=state.folder), QUIET_STYLE)
    page.gap()
    if state.kind == "no_index":
        page.add(texts("no_index_act" if missing else "rebuild_act"), CITE_STYLE, DoOffered())
        page.add(texts("same_as"), QUIET_STYLE)
    else:
        page.add(texts("retry_act"), CITE_STYLE, DoOffered())
