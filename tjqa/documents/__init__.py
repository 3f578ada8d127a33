"""A document and its parts; the ground of `tjqa.results`, where every other module finds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from tjqa import records
from tjqa.documents.spans import ByteRange, Landmark, Position, Printed, Span
from tjqa.documents.table_rows import part_of_row, row_of_part
from tjqa.documents.tables import TablePart

__all__ = ["ByteRange", "Landmark", "Position", "Printed", "Span", "TablePart"]  # the others are at home here

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST_NAME = 255
"""Characters of a title, a publisher, a sheet or a place: what names a part of a document. The longest name that a file
can have; Excel allows a sheet 31. They are kept with every passage, so that one without end would fill the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What a page says of when and by whom an article was published; None for what it does not say.

    Dates are ISO (2023-08-22; 2023-08 where no day is told). `page_date` is the date shown on the page, `text_date` the
    date the text itself bears (the head of a speech, its headline, its signature, a law's last amendment). `reporter`
    are names joined by 、.
    """

    page_date: str | None = None
    text_date: str | None = None
    publisher: str | None = None
    reporter: str | None = None

    @property
    def published(self) -> str | None:
        """The date to show with a citation: the text's own, else the page's."""
        return self.text_date or self.page_date


@dataclass(frozen=True, slots=True)
class Article(Byline):
    """One article of a file: its pieces in file order, its headline and where that stands, its sheet in a workbook."""

    title: str
    pieces: tuple[Piece, ...]
    title_span: Span | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class CleanedFile:
    """Articles and dropped spans; together their spans tile the file's text without gap or overlap."""

    articles: tuple[Article, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Passage(Byline):
    """Whole sentences of one article; `text` is exactly the slice of the file at `span`. `section` are the headings and
    the sentence before a list that it stands under, `name` is what its file's name says beside its title; `table` says
    what its rows are where it is a part of a table."""

    path: str
    sha256: str
    span: Span
    text: str
    role: Role
    title: str
    section: str = ""
    name: str = ""
    table: TablePart | None = None


class Context(NamedTuple):
    """What is true of all passages of a section: what filters ask for."""

    path: str
    title: str
    section: str
    publisher: str | None
    published: str | None


def context(passage: Passage) -> str:
    """What is searched with a passage beside its own text: of 2023年收入情况 not the year in which it was published;
    with rows of a table its name and heads."""
    table = passage.table.words() if passage.table is not None else ""
    named = " ".join((passage.title, passage.section, passage.name, table))
    published = "" if _YEAR.search(named) else passage.published or ""
    parts = (passage.title, passage.section, passage.publisher or "", published, passage.name, table)
    return " ".join(part for part in parts if part)


def line_of(passage: Passage) -> bytes:
    """A passage as a line of JSON."""
    row = {name: getattr(passage, name) for name in records.PASSAGE}  # asdict would copy every value of a table
    row["span"] = {"start": passage.span.start, "end": passage.span.end}
    if passage.table is None:
        del row["table"]
    else:
        row["table"] = row_of_part(passage.table, passage.span.start)
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def passage_of(line: bytes) -> Passage:
    """The passage of such a line.

    Raises:
        ValueError, TypeError, RecursionError: it is none.
    """
    row = json.loads(line.decode("utf-8", "surrogatepass"))  # of bytes it would find out the encoding first
    fields = records.fitting(row, records.PASSAGE, records.PASSAGE_MISSING)
    fields["span"] = span = Span(**fields["span"])
    if "table" in fields:
        fields["table"] = part_of_row(fields["table"], span)
    if len(span) != len(fields["text"]):
        raise records.Unfit("span")
    return Passage(**fields)


def context_of(row: Any) -> Context:
    """The context of a row of JSON.

    Raises:
        ValueError, TypeError: it is none.
    """
    found = Context(*row)
    records.fitting(found._asdict(), records.CONTEXT)
    return found


Role = Literal["title", "meta", "heading", "body"]
"""What a kept piece is: headline, byline or date line, section heading, article text."""


class DocumentKind(StrEnum):
    """What a file is to its readers: it decides what may be left out of it as no text of the document."""

    PAGE = "page"  # a web page: menus, links, footers stand around the text
    DOCUMENT = "document"  # Word, PDF: all is the author's, but running heads, page numbers, contents pages
    TEXT = "text"  # plain text: mostly copied from a page, so that its lines must show what it is
    TABLE = "table"  # rows and columns: nothing is left out


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells of a table that are one: `rows` × `columns` of them, from line `row` and cell `column` on, counted from 0
    within the table's text."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in a text, a line a row, as its format marks it; what its rows are is found by `tjqa.ingest.tables`.

    `title` is the tab of a sheet or a caption, `separator` what parts the cells ("\t"; "," ";" of a CSV file, which
    quotes; "|" of Markdown; " " where they stand in columns of a fixed pitch that begin at `cuts`); `head` is how many
    rows its format says are heads, 0 where it does not say; `numbers` are those of the rows where they do not count on
    from 1; `leads` are how many blank cells stand before the first one that a row's line shows, empty where none do.
    `loose`: cells were told by the gaps between them, so that a row with fewer cells than the head may be shifted.
    """

    span: Span
    title: str = ""
    separator: str = "\t"
    head: int = 0
    merged: tuple[Merged, ...] = ()
    numbers: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()
    loose: bool = False
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that the format marks as a heading: `level` 0 is a title of the document, 1 the outermost section (Word's
    styles, h1 to h6, bookmarks), -1 what is only set larger. `size` is its type size in those of the body."""

    span: Span
    level: int
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A kept range of a file and what it is; `level` is that of `Heading`, 0 where the format marks none."""

    span: Span
    role: Role
    level: int = 0


class DropReason(StrEnum):
    """Why a part of a file is not searched. The values are what people read, what they write into `.tjqa-keep`, and
    what stands in the files of an index: none may be changed."""

    BLANK = "空白"
    NAVIGATION = "导航"
    RELATED_LINKS = "相关推荐"
    SHARING = "分享评论"
    PAGINATION = "页码"
    COPYRIGHT = "版权声明"
    CONTACT = "联系方式"
    SUBMISSIONS = "投稿须知"
    CAPTION = "图片说明"
    ADVERTISING = "广告"
    TAGS = "标签"
    REPEATED_TITLE = "重复标题"
    SCRIPT = "网页代码"
    AFTER_TEXT = "正文之后"
    FOLDER_TEMPLATE = "各页重复"
    # What the format of a file itself marks as no text of the document.
    FOOTER = "页脚"
    SIDEBAR = "侧栏"
    BUTTON = "按钮"
    LINK_LIST = "链接列表"
    RUNNING_HEAD = "页眉页脚"
    CONTENTS = "目录"
    DOUBTFUL = "识别存疑"  # figures of a scan that a second look saw otherwise: they never answer
    BY_USER = "自定规则"  # what `.tjqa-drop` names
    OTHER = "其他"  # in an index that a later version made: a reason this one does not know


@dataclass(frozen=True, slots=True)
class Dropped:
    """A range of a file that is not searched, and the reason."""

    span: Span
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Keep:
    """What the user wants kept of a file against the cleaner: `everything`, or what is dropped for one of `reasons`:
    sorted, and as the user wrote them; one that is no `DropReason` is told back, and keeps nothing."""

    everything: bool = False
    reasons: tuple[str, ...] = ()

    @classmethod
    def read(cls, label: str) -> Keep:
        """What `str` made of it, as it stands in an index."""
        if label == _EVERYTHING:
            return cls(everything=True)
        return cls(reasons=tuple(reason for reason in label.split(_AND) if reason))

    def __str__(self) -> str:
        return _EVERYTHING if self.everything else _AND.join(self.reasons)

    def __bool__(self) -> bool:
        return self.everything or bool(self.reasons)

    def covers(self, reason: DropReason) -> bool:
        """Whether what is dropped for this reason is to be kept."""
        return self.everything or reason in self.reasons


NOTHING_KEPT = Keep()
_EVERYTHING, _AND = "*", "、"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One document as read. Of plain text `text` is the strict decoding of the bytes, newlines untouched; of other
    formats it is what their reader extracts.

    `path` is relative to the sources folder with forward slashes; `sha256` is over the raw bytes. `codec`, where there
    is one, turns any slice of the text back into the file's bytes. `furniture` is what the format itself marks as no
    text of the document, `sheets` are tables that make up the whole text, `tables` those within one. `title` is what
    the file calls itself beside its text (a page's title element, a Word file's properties), `headings` what its format
    marks as such, in order. `published` is the day (ISO) that the format says it bears, as a mail's header does.
    `printed` are the places of recognised lines, in the order of the text.
    """

    path: str
    sha256: str
    encoding: str
    text: str
    codec: str = ""
    landmarks: tuple[Landmark, ...] = ()
    furniture: tuple[Dropped, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    kind: DocumentKind = DocumentKind.TEXT
    title: str = ""
    headings: tuple[Heading, ...] = ()
    tables: tuple[Sheet, ...] = ()
    published: str = ""
    printed: tuple[Printed, ...] = ()
