"""Excerpts as a file. What no longer stands in its document is exported with a mark that says so, in every form: a file
that leaves the program must not pass an old quote off as a good one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from tjqa.citations.gbt7714 import reference
from tjqa.citations.notebook import parameters
from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.errors import UsageError
from tjqa.messages import Language, Message, message
from tjqa.results import Citation
from tjqa.text.display import visible

_STATES = {
    "moved": "excerpt_state_moved",
    "changed": "excerpt_state_changed",
    "unread": "excerpt_state_unread",
}

FORMATS = ("md", "docx", "bib", "ris", "json")


class Source(NamedTuple):
    """A source that is referred to: one text of one file, whatever number of quotes is of it."""

    number: int
    reference: str
    excerpts: tuple[CheckedExcerpt, ...]

    @property
    def citation(self) -> Citation:
        """One of its citations, for author, title, date."""
        return self.excerpts[0].citation


def export_excerpts(excerpts: Sequence[CheckedExcerpt], form: str, today: date, language: Language = "zh") -> bytes:
    """Excerpts as a file in one of `FORMATS`.

    Args:
        excerpts: as they were just checked, in the reader's order.
        form: md, docx (footnotes), bib (BibTeX), ris, json (CSL-JSON).
        today: the day of citing.
        language: of the words around the quotes.

    Raises:
        UsageError: there is no such form.
    """
    writer = _writers().get(form)
    if writer is None:
        raise UsageError("excerpts_format", "excerpts_format_hint", name=form)
    return writer(excerpts, today, language)


def _writers() -> dict[str, Callable[[Sequence[CheckedExcerpt], date, Language], bytes]]:
    from tjqa.citations.notebook import bibliography, markdown, word

    return {
        "md": markdown.markdown,
        "docx": word.word,
        "bib": bibliography.bibtex,
        "ris": bibliography.ris,
        "json": bibliography.csl_json,
    }


def sources(excerpts: Sequence[CheckedExcerpt], today: date) -> list[Source]:
    """The sources of excerpts, numbered in the order in which they are first quoted."""
    of: dict[str, list[CheckedExcerpt]] = {}
    for checked in excerpts:
        of.setdefault(reference(checked.citation, today), []).append(checked)
    return [Source(number, text, tuple(held)) for number, (text, held) in enumerate(of.items(), 1)]


def by_topic(excerpts: Sequence[CheckedExcerpt]) -> list[tuple[str, list[CheckedExcerpt]]]:
    """Excerpts under their topics, both in the reader's order."""
    of: dict[str, list[CheckedExcerpt]] = {}
    for checked in excerpts:
        of.setdefault(checked.excerpt.topic, []).append(checked)
    return list(of.items())


def topic_name(topic: str, language: Language) -> str:
    """How a topic is called; excerpts without one have a name for that."""
    return visible(topic) or message("excerpts_untitled").text(language)


def counted(excerpts: Sequence[CheckedExcerpt]) -> Message:
    """How many there are, and how many of them stand in their documents."""
    good = sum(checked.is_good for checked in excerpts)
    count = len(excerpts)
    if good == count:
        return message("excerpts_counted", count=count, good=good)
    return message("excerpts_faulty", count=count, good=good, bad=count - good)


def state_of(checked: CheckedExcerpt) -> Message | None:
    """What is to be said of a quote that does not stand where it was kept; None of one that does."""
    key = _STATES.get(checked.state)
    return message(key, day=checked.excerpt.added[:10]) if key is not None else None


def where(citation: Citation, language: Language) -> str:
    """The page, row or cell of a quote, else its line, and the character in one that is long."""
    if citation.place:
        return citation.place
    key = "excerpt_line_column" if citation.column > parameters.LONG_LINE else "excerpt_line"
    return message(key, line=citation.line, column=citation.column).text(language)


def quoted(citation: Citation, told: str = "") -> str:
    """A quote as it is read: … where its sentence goes on, before a part of a table the heads that say what it is and
    what else was `told` beside it."""
    heads = " · ".join(filter(None, [*(head.strip() for head in citation.heads), told]))
    words = citation.with_cuts(citation.quote.strip())
    return f"{heads}：{words}" if heads else words
