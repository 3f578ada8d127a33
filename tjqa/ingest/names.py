"""What the name of a file says: whether it is a document, and whether documents lie in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from tjqa.ingest.readers import SUFFIXES
from tjqa.ingest.readers.scans import PICTURES

# Emacs saves #name# beside a file; a name that only begins with # is someone's own.
TEMPORARY = re.compile(r"^(?:\.|~)|^#.*#$|(?:~|\.tmp|\.part|\.bak)$|^__MACOSX$", re.IGNORECASE)
"""Names of files and folders that are nobody's document."""

UNREAD = frozenset(
    """
    .dot .dotx .xlsb .ppt .dps .odp .pps .ceb .caj .mobi
    .xps .msg .tsv .rar .7z
    """.split()  # noqa: SIM905
)
"""Suffixes of documents, or of archives full of them, that no reader reads: told with their names, not passed over."""

ARCHIVES = frozenset({".zip"})
CONTAINERS = ARCHIVES | {".eml"}
"""Suffixes of files in which documents lie: archives, which are nothing else, and mails with what is attached."""

_PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_BESIDE_PAGE = ("_files", ".files")  # what browsers and Word call the folder of what a saved page shows

_SUFFIX = "|".join(map(re.escape, sorted(CONTAINERS)))
INSIDE = re.compile(rf"(?P<container>.+?(?:{_SUFFIX}))[/\\]", re.IGNORECASE)
"""The beginning of the path of what lies in a container, or in a folder that is called like one."""


def suffix_of(name: str) -> str:
    """The suffix of a path, in small letters."""
    return PurePosixPath(name).suffix.lower()


def is_passed_over(name: str) -> bool:
    """Whether a file or folder is hidden or temporary by its name."""
    return TEMPORARY.search(name) is not None


def is_document(name: str) -> bool:
    """Whether the last part of a path is the name of a document."""
    path = PurePosixPath(name)
    return path.suffix.lower() in SUFFIXES | UNREAD and not is_passed_over(path.name)


def page_folders(paths: Iterable[str]) -> frozenset[str]:
    """The folders of what web pages with these paths show, 页_files beside 页.html, without regard to case."""
    pages = [(path, suffix) for path in paths if (suffix := suffix_of(path)) in _PAGES]
    return frozenset(f"{path[: -len(suffix)]}{end}".casefold() for path, suffix in pages for end in _BESIDE_PAGE)


def is_shown_by_page(path: str, folders: Collection[str]) -> bool:
    """Whether it is a picture in such a folder: logos, buttons, photos of a page whose text is a document already, and
    no documents. Pictures that somebody put into a folder of their own are."""
    if not folders or suffix_of(path) not in PICTURES:
        return False
    return any(str(above).casefold() in folders for above in PurePosixPath(path).parents)
