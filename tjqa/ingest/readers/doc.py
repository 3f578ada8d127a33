"""Binary Word files (.doc of 97 to 2003, .wps): made into a Word file of today, and read as one.

olefile opens the container; what stands in it is in word97/. What goes under this name and is another format is read as
what it is, as Word does."""

from __future__ import annotations

import re
from dataclasses import replace

from tjqa.errors import SourcesError
from tjqa.ingest.readers import docx, html
from tjqa.ingest.readers.base import Extracted
from tjqa.ingest.readers.word.made import packed
from tjqa.ingest.readers.word97.body import Body
from tjqa.ingest.readers.word97.file import WordFile, number
from tjqa.ingest.readers.word97.sheets import fonts_of, lists_of, styles_of
from tjqa.ingest.readers.word97.summary import title_in
from tjqa.messages import message

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page says that it is one
_WORD, _WORD_97 = 0xA5EC, 0xC1  # how the text begins; the first version whose files are like this
_SUMMARY = "\x05SummaryInformation"
_LOCKED, _SECOND_TABLE = 0x0100, 0x0200


def read(raw: bytes, name: str) -> Extracted:
    """Text of the document as Word shows it.

    Raises:
        SourcesError: no Word document, with a password, of before Word 97, or damaged.
    """
    if raw.startswith(b"PK"):
        return docx.read(raw, name)
    if not raw.startswith(_COMPOUND) and _PAGE.search(raw[:_HEAD]):
        return html.read(raw, name)
    file, title = _opened(raw, name)
    fonts = fonts_of(file)
    body = Body.of(file, fonts)
    parts = {"document": body.main(), "styles": styles_of(file, fonts), "numbering": lists_of(file, fonts)}
    parts |= {f"{kind}s": body.notes(kind) for kind in ("footnote", "endnote")}
    found = docx.read(packed(parts, title), name)
    return replace(found, encoding=found.encoding.replace("DOCX", "DOC", 1))


def _opened(raw: bytes, name: str) -> tuple[WordFile, str]:
    import olefile

    damaged = SourcesError("archive_damaged", "save_again_hint", name=name, kind=message("kind_word"))
    if not raw.startswith(_COMPOUND):
        raise damaged
    with olefile.OleFileIO(raw) as container:
        if not container.exists("WordDocument"):
            raise damaged
        data = container.openstream("WordDocument").read()
        flags = number(data, 10, 2)
        if number(data, 0, 2) != _WORD:
            raise damaged
        if flags & _LOCKED:
            raise SourcesError("pdf_locked", "pdf_locked_hint", name=name)
        table = "1Table" if flags & _SECOND_TABLE else "0Table"
        if number(data, 2, 2) < _WORD_97:
            raise SourcesError("word_old", "save_again_hint", name=name)
        if not container.exists(table):
            raise damaged
        found = WordFile.of(data, container.openstream(table).read(), name)
        summary = _SUMMARY if container.exists(_SUMMARY) else None
        return found, title_in(container.openstream(summary).read()) if summary else ""
