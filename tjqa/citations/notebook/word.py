"""Excerpts as a Word document: quotes under their topics, each with a real footnote that names its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tjqa.citations.docx_writer import Footnote, Paragraph, Run, docx
from tjqa.citations.gbt7714 import reference
from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import by_topic, counted, quoted, state_of, topic_name, where
from tjqa.messages import Language, message
from tjqa.text.display import visible

_WARNING = "C00000"  # red


def word(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> bytes:
    """The file. The footnote tells source and place by GB/T 7714, and of a quote that does not stand any more that."""
    title = message("excerpts_title").text(language)
    paragraphs = [_paragraph(title, "Title"), _paragraph(f"{counted(excerpts).text(language)} {today.isoformat()}")]
    for topic, held in by_topic(excerpts):
        paragraphs.append(_paragraph(topic_name(topic, language), "Heading1"))
        for checked in held:
            paragraphs += _excerpt(checked, today, language)
    return docx(paragraphs, title)


def _excerpt(checked: CheckedExcerpt, today: date, language: Language) -> Iterator[Paragraph]:
    citation = checked.citation
    stop = "。" if language == "zh" else "."
    note = f"{reference(citation, today)} {where(citation, language)}{stop}"
    said = state_of(checked)
    if said is not None:
        note += f"{said.text(language)}{stop}"
    footnote = Footnote((Run(_plain(note)),))
    yield Paragraph((Run(_plain(quoted(citation, checked.excerpt.told)), notes=(footnote,)),), "Quote")
    if said is not None and not checked.is_good:
        yield Paragraph((Run(_plain(said.text(language)), bold=True, colour=_WARNING),))
    if checked.excerpt.note:
        yield _paragraph(message("excerpt_note", note="").text(language) + checked.excerpt.note)


def _paragraph(text: str, style: str = "") -> Paragraph:
    return Paragraph((Run(_plain(text)),), style)


def _plain(text: str) -> str:
    """What would steer or hide other text is shown as a sign; line breaks stay."""
    return "\n".join(map(visible, text.split("\n")))
