"""The sources of excerpts for programs that manage references: BibTeX, RIS, CSL-JSON. One entry a source, the quotes
and notes in its field for notes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tjqa.citations.gbt7714 import authors
from tjqa.citations.notebook.excerpt import CheckedExcerpt
from tjqa.citations.notebook.exporting import Source, quoted, sources, state_of, where
from tjqa.messages import Language, message
from tjqa.results import Citation
from tjqa.text.display import one_line

# Braces count for BibTeX even behind a backslash, so one without its partner needs another name.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HALF = re.compile("[\ud800-\udfff]")


def bibtex(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> bytes:
    """Entries of BibTeX; what no source tells is left out."""
    return _encoded("\n".join(_entry(source, today, language) for source in sources(excerpts, today)))


def _entry(source: Source, today: date, language: Language) -> str:
    citation = source.citation
    year, month, _ = _parts(citation.published)
    names = authors(citation.reporter)
    access = message("excerpt_accessed", day=today.isoformat()).text(language)
    file = message("excerpt_file", path=citation.path).text(language)
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in names),
        "title": f"{{{_tex(_title(citation))}}}",
        "howpublished": _tex(citation.publisher or ""),
        "year": str(year or ""),
        "note": _tex(f"[EB/DK]. {access}. {file}"),
        "annote": _tex(" ".join(_notes(source, language))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines += [f"  month = {_MONTHS[month - 1]},"] if month else []
    return "\n".join([f"@misc{{{_key(citation)},", *lines, "}", ""])


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in one_line(text))


def ris(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> bytes:
    """Records of RIS: every tag on a line of its own, each line ended by CR LF."""
    lines = [line for source in sources(excerpts, today) for line in _record(source, today, language)]
    return _encoded("".join(f"{line}\r\n" for line in lines))


def _record(source: Source, today: date, language: Language) -> Iterator[str]:
    citation = source.citation
    year, month, day = _parts(citation.published)
    yield "TY  - ELEC"
    yield f"ID  - {_key(citation)}"
    for name in authors(citation.reporter):
        yield f"AU  - {one_line(name).replace('*', ' ')}"  # which the format forbids in names
    yield f"TI  - {one_line(_title(citation))}"
    if citation.publisher:
        yield f"PB  - {one_line(citation.publisher)}"
    if year:
        yield f"PY  - {year}"
        yield f"DA  - {year}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/"
    yield f"Y2  - {today:%Y/%m/%d}/"
    yield f"N1  - {one_line(message('excerpt_file', path=citation.path).text(language))}"
    for note in _notes(source, language):
        yield f"N1  - {one_line(note)}"
    yield "ER  - "


def csl_json(excerpts: Sequence[CheckedExcerpt], today: date, language: Language) -> bytes:
    """Items of CSL-JSON."""
    items = [_item(source, today, language) for source in sources(excerpts, today)]
    return _encoded(json.dumps(items, ensure_ascii=False, indent=1) + "\n")


def _item(source: Source, today: date, language: Language) -> dict[str, Any]:
    citation = source.citation
    item: dict[str, Any] = {"id": _key(citation), "type": "webpage", "title": one_line(_title(citation))}
    if names := authors(citation.reporter):
        item["author"] = [{"literal": one_line(name)} for name in names]
    if citation.publisher:
        item["container-title"] = one_line(citation.publisher)
    if issued := [part for part in _parts(citation.published) if part]:
        item["issued"] = {"date-parts": [issued]}
    item["accessed"] = {"date-parts": [[today.year, today.month, today.day]]}
    file = message("excerpt_file", path=citation.path).text(language)
    note = "\n".join([one_line(file), *map(one_line, _notes(source, language))])
    item["note"] = note.replace("{:", "{ :")  # {:title: …} in a note takes the place of the title for CSL processors
    return item


def _title(citation: Citation) -> str:
    return citation.title or citation.path


def _parts(published: str | None) -> tuple[int, int, int]:
    """Year, month and day of a date, 0 where it does not tell."""
    found = [int(part) for part in (published or "").split("-") if part.isdecimal()]
    year, month, day = (*found, 0, 0, 0)[:3]
    return (year, month, day) if 1 <= month <= 12 else (year, 0, 0)


def _key(citation: Citation) -> str:
    """A name for a source that stays the same: letters and digits, as every program takes it."""
    digest = hashlib.sha256(f"{citation.path}\n{citation.title}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"tjqa{(citation.published or '')[:4]}{digest[:10]}"


def _notes(source: Source, language: Language) -> list[str]:
    """Each quote with its place, what is to be said of it, and the reader's note."""
    told = []
    for checked in source.excerpts:
        words = " ".join(quoted(checked.citation, checked.excerpt.told).split())
        parts = [f"“{words}”({where(checked.citation, language)})"]
        if (said := state_of(checked)) is not None:
            parts.append(f"[{said.text(language)}]")
        if note := " ".join(checked.excerpt.note.split()):
            parts.append(message("excerpt_note", note=note).text(language))
        told.append(" ".join(parts))
    return told


def _encoded(text: str) -> bytes:
    return _HALF.sub("\ufffd", text).encode("utf-8")
