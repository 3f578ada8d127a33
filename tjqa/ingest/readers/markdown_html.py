"""Markdown with HTML in it, as converters of PDF and sites of documentation write it: tables in `table`, paragraphs in
`p`, `&emsp;` and `<br>` within lines. Read as it is shown, not as it is typed.
"""

from __future__ import annotations

from dataclasses import replace

from tjqa.documents import DocumentKind, Landmark
from tjqa.ingest.readers.base import Extracted, joined
from tjqa.ingest.readers.csv_tables import markdown_tables
from tjqa.ingest.readers.decoding import decode
from tjqa.ingest.readers.front_matter import front_matter
from tjqa.ingest.readers.html import fragment
from tjqa.ingest.readers.markdown_blocks import Block, blocks, shown


def read(raw: bytes, name: str) -> Extracted:
    """The text as it is shown; each place is told by the line of the file.

    Raises:
        SourcesError: not decodable, or a tag of more attributes than any page has.
    """
    text, encoding = decode(raw, name)
    parts = [_extracted(block, name) for block in blocks(text.removeprefix("\ufeff"))]
    whole = joined(parts or [Extracted("", "")])
    title, aside = front_matter(whole.text)
    return replace(
        whole,
        encoding=f"{encoding}(含 HTML)",
        kind=DocumentKind.TEXT,
        title=title,
        furniture=tuple(sorted((*aside, *whole.furniture), key=lambda part: part.span.start)),
    )


def _extracted(block: Block, name: str) -> Extracted:
    if block.is_html:
        found = fragment("".join(block.lines), name)
        return replace(found, landmarks=(_landmark(0, block.number),), kind=DocumentKind.TEXT, title="", published="")
    parts: list[str] = []
    landmarks: list[Landmark] = []
    length = 0
    for number, line in enumerate(block.lines, block.number):
        part = line if block.is_code else shown(line)
        if part.strip():
            landmarks.append(_landmark(length, number))
        parts.append(part)
        length += len(part)
    text = "".join(parts)
    return Extracted(text, "", landmarks=tuple(landmarks), tables=() if block.is_code else markdown_tables(text))


def _landmark(start: int, number: int) -> Landmark:
    return Landmark(start, f"第 {number + 1} 行")
