"""tjqa excerpts: what was kept of the documents, held against them; listed, or written into a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tjqa.citations.gbt7714 import reference
from tjqa.citations.notebook.excerpt import CheckedExcerpt, row_of
from tjqa.citations.notebook.exporting import by_topic, counted, export_excerpts, quoted, state_of, topic_name, where
from tjqa.citations.notebook.notebook import Notebook
from tjqa.cli.output import flattened, say
from tjqa.cli.output_file import output_file, write_output
from tjqa.config import Settings
from tjqa.errors import UsageError
from tjqa.ingest.sources import require_folder
from tjqa.messages import message
from tjqa.records import json_line


def excerpts(settings: Settings, topic: str | None, output: str | None, as_json: bool) -> int:
    """List or export the excerpts of a library; exit code 1 when one of them does not stand in its document any more.

    Args:
        settings: where documents and excerpts are; no index is needed.
        topic: only those of it; None for all.
        output: the file to write, its form told by its ending; None to list them.
        as_json: one line of JSON an excerpt.

    Raises:
        UsageError: there is no such topic or form, or the file cannot be written.
        SourcesError: the folder of the documents is missing.
    """
    if output is not None and as_json:
        raise UsageError("one_form", "one_form_hint")
    require_folder(settings.sources)
    notebook = Notebook.of(settings)
    topics = notebook.topics()
    if topic is not None and topic not in topics:
        known = "、".join(topic_name(name, "zh") for name in topics)
        hint = message("excerpts_topics_hint", topics=known) if topics else message("excerpts_none_hint")
        raise UsageError(message("excerpts_no_topic", topic=topic), hint)
    form = Path(output).suffix.lower().removeprefix(".") if output is not None else ""
    found = notebook.checked(topic)
    if output is not None:
        write_output(export_excerpts(found, form, date.today()), output_file(settings, output))
        _name_faulty(found)
    elif as_json:
        for checked in found:
            print(json_line(_fields(checked)))
    else:
        _print(found)
    say(counted(found).text() if found else message("excerpts_none_hint").text())
    return 0 if all(checked.is_good for checked in found) else 1


def _name_faulty(found: Sequence[CheckedExcerpt]) -> None:
    for checked in found:
        if not checked.is_good and (said := state_of(checked)) is not None:
            say(f"{checked.citation.path}「{flattened(checked.excerpt.quote, 30)}」{said.text()}")


def _fields(checked: CheckedExcerpt) -> dict[str, Any]:
    """What was kept, where it stands now, and what it is cited as."""
    kept, now = row_of(checked.excerpt), checked.citation
    place = {"start": now.span.start, "end": now.span.end, "line": now.line, "column": now.column, "place": now.place}
    return kept | place | {"state": checked.state, "reference": reference(now, date.today())}


def _print(found: Sequence[CheckedExcerpt]) -> None:
    for topic, held in by_topic(found):
        print(flattened(topic_name(topic, "zh")))
        for number, checked in enumerate(held, 1):
            citation = checked.citation
            print(f"  {number}. {flattened(quoted(citation, checked.excerpt.told))}")
            title = f"《{flattened(citation.title)}》" if citation.title else ""
            told = [
                title,
                citation.publisher or "",
                citation.published or "",
                f"{citation.path} {where(citation, 'zh')}",
            ]
            print("     " + " · ".join(flattened(part) for part in told if part))
            if checked.excerpt.note:
                print("     " + flattened(message("excerpt_note", note=checked.excerpt.note).text()))
            if (said := state_of(checked)) is not None:
                print("     " + flattened(said.text()))
    sys.stdout.flush()
