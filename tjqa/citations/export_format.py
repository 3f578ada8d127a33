"""How an export is written, in one place: the lines of Markdown, the columns of CSV, the digest of all three.

`export` writes by these and `export_grammar` reads by them, so that the two cannot drift apart. An editor may change
how lines end without changing what an export says: `settled` is what both compare.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tjqa.messages import Language, catalogue
from tjqa.text.display import visible

FORMATS = ("md", "json", "csv")
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_FIELD = re.compile(r"\{(\w+)\}")
# A spreadsheet computes what begins so.
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
_WIDE_FORMULA = ("＝", "＋", "－", "＠")
"""The same of full width, which some take for it where Chinese or Japanese is set; older exports left them bare."""

# Western digits without a leading zero, few enough for any file: int() takes others, too.
WHOLE_NUMBER = r"(?:0|[1-9][0-9]{0,14})"


class LineTemplate:
    """One kind of line: a text with {fields}, and for each field what it may look like (anything unless told)."""

    def __init__(self, template: str, **patterns: str) -> None:
        self.template = template
        parts = _FIELD.split(template)
        literals = [re.escape(part) for part in parts[::2]]
        fields = [f"(?P<{name}>{patterns.get(name, '.*')})" for name in parts[1::2]]
        both = [text for pair in zip(literals, [*fields, ""], strict=True) for text in pair]
        self._pattern = re.compile("".join(both))

    def write(self, **values: object) -> str:
        """The line with these values."""
        return self.template.format_map(values)

    def read(self, line: str) -> dict[str, str] | None:
        """The values in a settled line; None when it is of another kind. A last value that is empty leaves no blank."""
        match = self._pattern.fullmatch(line) or self._pattern.fullmatch(f"{line} ")
        return match.groupdict() if match else None


QUESTION = LineTemplate("## {question}")
ANSWER = LineTemplate("{sentence} [{number}]", number=WHOLE_NUMBER)
HEADING = LineTemplate("[{number}] {heading}", number=WHOLE_NUMBER)
WHERE = LineTemplate("    {where}", where=".+")
PLACE = LineTemplate(
    "    {path} · {start}-{end} · SHA-256 {sha256}",
    start=WHOLE_NUMBER,
    end=WHOLE_NUMBER,
    sha256="[0-9a-f]{64}",
)
QUOTE = LineTemplate("    > {text}")
# One for each source, under the numbers of all passages of it; tjqa 0.1.0 wrote one for each passage.
REFERENCE = LineTemplate("[{numbers}] {reference}", numbers=rf"{WHOLE_NUMBER}(?:, {WHOLE_NUMBER})*")
BLANK = LineTemplate("")


@dataclass(frozen=True, slots=True)
class SpokenLines:
    """The lines of Markdown that are words of a language: head, seal, the answer that there is none, a headline."""

    head: LineTemplate
    seal: LineTemplate
    nothing: LineTemplate
    references: LineTemplate


@lru_cache(maxsize=2)
def spoken(language: Language) -> SpokenLines:
    """Those of a language, from the catalogue; to change them there makes older exports unreadable."""
    at = LANGUAGES.index(language)
    keys = ("export_head", "export_seal", "export_nothing", "export_references")
    head, seal, nothing, references = (catalogue()[key][at] for key in keys)
    counts = {"answers": WHOLE_NUMBER, "quotes": WHOLE_NUMBER}
    return SpokenLines(
        LineTemplate(head, version=r"[0-9A-Za-z.+-]+", exported=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", **counts),
        LineTemplate(seal, digest="[0-9a-f]{64}"),
        LineTemplate(nothing),
        LineTemplate(references),
    )


RECORD = (
    *("number", "file", "sha256", "start", "end", "line", "column", "place", "byte_start", "byte_end", "quote"),
    *("title", "section", "published", "publisher", "reporter", "score", "unchanged", "reference", "cut"),
)
"""The fields of a citation in JSON and CSV; exports of tjqa 0.1.0 lack the last one."""
SEAL_COLUMNS = ("exported", "quotes", "digest")
"""What every row of a CSV says of the whole; exports of tjqa 0.1.0 have none of it."""
COLUMNS = ("question", "role", *RECORD, *SEAL_COLUMNS)
ANSWER_KEYS = ("question", "filters", "state", "answer", "best", "citations")
OLD_RECORD = RECORD[:-1]
OLD_COLUMNS = ("question", "role", *OLD_RECORD)
SEAL_KEYS = ("quotes", "digest")
"""What JSON has more than that of tjqa 0.1.0."""


def one_line(text: str) -> str:
    """A text as it stands on one line of Markdown."""
    return visible(text).replace("\n", " ").strip()


# Pictures, links (京政[2020](12)号), HTML, entities, code, emphasis (12*15*3, a _ that is not within a word), what is
# struck out (10~20): a viewer would fetch them, or leave characters of the quote out.
_ACTIVE = re.compile(
    r"[\\<*`~]|(?<=!)\[|\](?=[(\[:])|&(?=#?[0-9A-Za-z]+;)|(?<![^\W_])_|_(?![^\W_])",
)


def inert(line: str) -> str:
    """A line of Markdown of which a viewer shows every character: no picture or link is made of it, no HTML is obeyed,
    no figure is set in italics without its asterisks."""
    return _ACTIVE.sub(r"\\\g<0>", line)


# What would make a heading, an item, a quotation, a table or a rule of a line, and take characters off its beginning:
# also of a line of a quote, which many viewers take for a quotation.
_OPENING = re.compile(
    r"(?P<lead>(?:    > )?+[ \t]*+)"
    r"(?:(?=[>|]|#+(?:[ \t]|$)|[-+](?:[ \t]|$)|[-=][-= \t]*$)|(?P<number>[0-9]{1,9})(?=[.)](?:[ \t]|$)))"
)


def unopened(line: str) -> str:
    """A line after `inert`, but one of the export's own headings, of which a viewer shows the first characters, too."""
    return _OPENING.sub(r"\g<0>\\", line, count=1) if _OPENING.match(line) else line


def from_inert(line: str) -> str | None:
    """The line that `inert` made this of, and `unopened` maybe after it; None when they make none like it."""
    plain = re.sub(r"\\(.)", r"\1", line)
    return plain if line in (inert(plain), unopened(inert(plain))) else None


def settled(text: str) -> str:
    """A file without what honest editors change: LF ends lines, no blanks before it, none of it at the end."""
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def settled_value(text: str) -> str:
    """A value inside a settled file: blanks at its own end are part of it."""
    *lines, last = text.split("\n")
    return "\n".join([*(line.rstrip() for line in lines), last])


def digest(structure: object) -> str:
    """SHA-256 of what an export says: lines, rows or the object of JSON, written in one canonical way.

    Anyone can compute it: it tells of accidents and of changes by hand, not of a forger who computes it again.
    """
    canonical = json.dumps(_plain(structure), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    """Numbers that are equal written alike: other programs write 1 for 1.0."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def cell(value: object) -> str:
    """A cell of CSV: a spreadsheet shows it instead of computing it; a ' before it says so, also before a '."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in _FORMULA + _WIDE_FORMULA and text else text


def uncell(text: str) -> str | None:
    """The text in a cell; None when `cell` does not write it so, nor did earlier versions."""
    value = text.removeprefix("'")
    is_bare = text.startswith("'\n")  # a tab or CR stood before the newline
    return value if is_bare or cell(value) == as_written_now(text) else None


def as_written_now(text: str) -> str:
    """A cell as it stands in an export, as this version writes it."""
    return f"'{text}" if text[:1] in _WIDE_FORMULA and text else text
