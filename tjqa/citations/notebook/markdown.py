"""Excerpts in Markdown: under their topics, each quote with the number of its source; one list of references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tjqa.citations.export_format import inert, unopened
from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import by_topic, counted, quoted, sources, state_of, topic_name, where
from tjqa.messages import Language, message
from tjqa.text.display import one_line, visible


def markdown(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> bytes:
    """The file, in UTF-8."""
    return ("\n".join(_lines(excerpts, today, language)) + "\n").encode("utf-8", "backslashreplace")


def _lines(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> Iterator[str]:
    found = sources(excerpts, today)
    numbers = {checked.excerpt.key: source.number for source in found for checked in source.excerpts}
    yield f"# {message('excerpts_title').text(language)}"
    yield from ("", f"{counted(excerpts).text(language)} {today.isoformat()}")
    for topic, held in by_topic(excerpts):
        yield from ("", f"## {inert(one_line(topic_name(topic, language)))}")
        for checked in held:
            yield ""
            for line in quoted(checked.citation, checked.excerpt.told).split("\n"):
                yield f"> {unopened(inert(visible(line)))}".rstrip()
            yield ""
            yield f"—— [{numbers[checked.excerpt.key]}] {inert(one_line(where(checked.citation, language)))}"
            if (said := state_of(checked)) is not None:
                yield from ("", f"**{said.text(language)}**")
            if checked.excerpt.note:
                note = message("excerpt_note", note="").text(language)
                first, *rest = visible(checked.excerpt.note).split("\n")
                yield from ("", inert(note + first), *(unopened(inert(line)) for line in rest))
    if found:
        yield from ("", f"## {message('export_references').text(language)}", "")
        for source in found:
            yield f"[{source.number}] {inert(one_line(source.reference))}  "
