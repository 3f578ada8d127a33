"""Excerpts as a Word document: quotes under their topics, each with a real footnote that names its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tjqa.citations.gbt7714 import reference
from tjqa.citations.notebook.docx_file import Document
from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import by_topic, counted, quoted, state_of, topic_name, where
from tjqa.messages import Language, message


def word(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> bytes:
    """The file. The footnote tells source and place by GB/T 7714, and of a quote that does not stand any more that."""
    document = Document(message("excerpts_title").text(language))
    document.paragraph(message("excerpts_title").text(language), "Title")
    document.paragraph(f"{counted(excerpts).text(language)} {today.isoformat()}")
    for topic, held in by_topic(excerpts):
        document.paragraph(topic_name(topic, language), "Heading1")
        for checked in held:
            _excerpt(document, checked, today, language)
    return document.data()


def _excerpt(document: Document, checked: CheckedExcerpt, today: date, language: Language) -> None:
    citation = checked.citation
    stop = "。" if language == "zh" else "."
    note = f"{reference(citation, today)} {where(citation, language)}{stop}"
    said = state_of(checked)
    if said is not None:
        note += f"{said.text(language)}{stop}"
    document.paragraph(quoted(citation), "Quote", note)
    if said is not None and not checked.is_good:
        document.paragraph(said.text(language), "Warning")
    if checked.excerpt.note:
        document.paragraph(message("excerpt_note", note="").text(language) + checked.excerpt.note)
