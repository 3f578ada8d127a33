"""Word and PDF documents: all of it is the author's text but running heads, page numbers and pages of contents.

What is furniture on a web page (服务协议, 联系方式, a form to fill in) is the matter of a contract or a tender, so
that none of the rules for pages is asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjqa.documents import Article, DropReason, Heading, Piece, Role, SourceFile
from tjqa.ingest import parameters
from tjqa.ingest.cleaning.dates import cover_date, enacted, met_date, name_date, signed_date
from tjqa.ingest.cleaning.document_titles import document_title, joined_name
from tjqa.ingest.cleaning.line_shapes import heading_like
from tjqa.ingest.cleaning.lines import Line
from tjqa.ingest.cleaning.metadata import date_only, first_date, line_reporter, publisher
from tjqa.ingest.cleaning.page import Mark
from tjqa.ingest.cleaning.titles import Title, name_title, title_span
from tjqa.ingest.cleaning.volumes import Bound
from tjqa.text.headings import numbering

# Entry, leader, page. The pattern is only asked of what stands before the page's number: it would take the square of a
# long line of blanks.
_PAGE = re.compile(r"[-－—]?\s?(?:\d{1,4}|[ivxIVX]{1,5})\s?[-－—]?$")
_LEADER = re.compile(r"(?:[.．·…‥⋯_-]{4,}|\t|\s{3})\s*$")
_CONTENTS_HEAD = re.compile(r"\s*目\s*[录錄]\s*|\s*contents\s*", re.IGNORECASE)


def contents_lines(lines: list[Line]) -> set[int]:
    """Lines of a table of contents: entry, leader, page, several of them near each other; and their heading."""
    entries = [i for i, line in enumerate(lines) if _entry(line.text)]
    runs: list[list[int]] = []
    for i in entries:
        if runs and i - runs[-1][-1] <= parameters.CONTENTS_GAP:
            runs[-1].append(i)
        else:
            runs.append([i])
    found: set[int] = set()
    for run in runs:
        headed = _headed(lines, run[0])
        if len(run) < (parameters.LEAST_HEADED_CONTENTS if headed else parameters.LEAST_CONTENTS):
            continue
        if not headed and not all(_led(lines[i]) for i in run):
            continue  # rows of a table end in figures, too
        found.update(run)
        found.update(i for i in range(run[0], run[-1]) if len(lines[i].text) <= parameters.LONGEST_HEADING)
        head = run[0] - 1
        if head >= 0 and _CONTENTS_HEAD.fullmatch(lines[head].text):
            found.add(head)
    return found


def contents_of_text(lines: list[Line]) -> dict[int, Mark]:
    """The same of a plain text or a page, where only dots before the page's number tell an entry for sure."""
    found = contents_lines(lines)
    sure = sum(_led(lines[i]) for i in found)
    return {i: Mark(None, DropReason.CONTENTS) for i in found} if 2 * sure >= max(len(found), 1) else {}


def _entry(text: str) -> bool:
    """True for a line of a table of contents."""
    if len(text) > parameters.LONGEST_CONTENTS_LINE or (page := _PAGE.search(text)) is None:
        return False
    leader = _LEADER.search(text[: page.start()])
    return leader is not None and leader.start() > 0


def _headed(lines: list[Line], at: int) -> bool:
    return any(_CONTENTS_HEAD.fullmatch(line.text) for line in lines[max(0, at - parameters.CONTENTS_GAP) : at])


def _led(line: Line) -> bool:
    """Dots between entry and page."""
    return re.search(r"[.．·…‥⋯]{4,}|……", line.text) is not None


def mark_document(source: SourceFile, lines: list[Line], given: dict[int, Mark]) -> dict[int, Mark]:
    """What each line is: given furniture and pages of contents go, headings by what the format or their number says."""
    contents = {i: Mark(None, DropReason.CONTENTS) for i in contents_lines(lines) if i not in given}
    styled = {heading.span.start: heading for heading in source.headings}
    marks = {**contents, **given}
    for i, line in enumerate(lines):
        if i not in marks:
            mark = styled.get(line.span.start)
            marks[i] = Mark(_role(line, mark), level=max(mark.level, 0) if mark else 0)
    return marks


def _role(line: Line, styled: Heading | None) -> Role:
    if date_only(line.text) or publisher(line.text):
        return "meta"
    marked = styled is not None and (styled.level >= 1 or styled.size >= parameters.LARGER_HEADING)
    if "\t" not in line.text and (marked or (heading_like(line) and numbering(line.text) is not None)):
        return "heading"
    return "body"


def documents_of(
    source: SourceFile, lines: list[Line], marks: dict[int, Mark], texts: list[Bound]
) -> Iterator[tuple[Title, list[int]]]:
    """Each text with its title, whose lines are marked as such."""
    for number, text in enumerate(texts):
        members = text.members
        if text.name:
            title = Title(joined_name(lines, text.name), text.name)
        else:
            title = _own_title(source, lines, marks, members, number == 0)
        for i in title.lines:
            marks[i] = Mark("title")
        yield title, members


def _own_title(
    source: SourceFile, lines: list[Line], marks: dict[int, Mark], members: list[int], is_first: bool
) -> Title:
    """The title that the head of a text shows; the file's properties and name speak of the first one."""
    near = _head(lines, marks, members)
    shown = [*near, *_large(source, lines, members, near[-1] if near else -1)]
    names = (source.title, name_title(source.path)) if is_first else ("", "")
    title = document_title([lines[i] for i in shown], source.headings, *names)
    return Title(title.text, tuple(shown[n] for n in title.lines))


def _large(source: SourceFile, lines: list[Line], members: list[int], last: int) -> list[int]:
    """Lines of the first page below line `last` that are set much larger than the text, as on a poster."""
    page = source.landmarks[1].start if len(source.landmarks) > 1 else len(source.text)
    sizes = {heading.span.start: heading.size for heading in source.headings if heading.span.start < page}
    return [i for i in members if i > last and sizes.get(lines[i].span.start, 0) >= parameters.POSTER_TYPE]


def _head(lines: list[Line], marks: dict[int, Mark], members: list[int]) -> list[int]:
    """The first lines of a text, up to its contents or its second paragraph."""
    head: list[int] = []
    prose = 0
    for i in members[: parameters.HEAD_LINES]:
        if head and i > head[-1] + 1 and marks[i - 1].reason is DropReason.CONTENTS:
            break
        prose += lines[i].prose
        if prose > 1:
            break
        head.append(i)
    return head


def article_of(
    source: SourceFile, lines: list[Line], marks: dict[int, Mark], title: Title, members: list[int], pieces: list[Piece]
) -> Article:
    """One text of a document with what it says about itself."""
    head = [lines[i] for i in _head(lines, marks, members)]
    tail = [lines[i] for i in members[-parameters.SIGNATURE_REACH :]]
    metas = [lines[i].text for i in members if marks[i].role == "meta"]
    first = bool(members) and members[0] == min((i for i, mark in marks.items() if mark.role), default=0)
    path = source.path if first else ""
    below = [line for line in head if not title.lines or line.span.start > lines[title.lines[-1]].span.start]
    declared = source.published if path else ""
    found = declared or enacted(below[: parameters.ENACTMENT_LINES], title.text, path) or cover_date(head)
    found = found or signed_date(tail) or met_date(head, title.text)
    stamp = [lines[i].text for i in _head(lines, marks, members) if marks[i].role == "meta" and lines[i] in below]
    return Article(
        page_date=None
        if found
        else next((day for text in stamp if publisher(text) and (day := first_date(text))), None),
        title=title.text,
        title_span=title_span(lines, title),
        pieces=tuple(pieces),
        text_date=found or (name_date(path) if path else None),
        publisher=next((name for text in metas if (name := publisher(text))), None),
        reporter=next((names for text in metas if (names := line_reporter(text))), None),
    )
