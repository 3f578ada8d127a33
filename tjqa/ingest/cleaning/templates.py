"""What one page alone cannot tell: lines that all pages of a site end or begin with, and what the user wants kept."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import PurePosixPath

from tjqa.documents import Article, CleanedFile, DocumentKind, Dropped, DropReason, Keep, Piece, SourceFile, Span
from tjqa.ingest import parameters
from tjqa.ingest.cleaning import patterns
from tjqa.ingest.cleaning.boilerplate import legal
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.lines import Line, split_lines
from tjqa.text.normalize import squeeze

_HASH_BYTES = 6
_PARTICULAR = re.compile(r"[^:：]{2,12}[:：]\s*\S")  # 咨询电话:…, 受理地址:…
_BESIDE = (DropReason.BLANK, DropReason.CONTENTS, DropReason.BY_USER)  # said of any text, not of a page alone
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两]+(?:[年月日天周万亿元人名个项次成倍岁]|公[里斤顷])")


def edges(source: SourceFile, cleaned: CleanedFile) -> tuple[str, ...]:
    """Hashes of the kept lines at both ends of a file, none twice; dates and bylines are no furniture.

    Nor are sentences that tell a figure and do not speak of the site: six notices that all end in 本政策有效期五年。
    say so each; nor, in a text in which nothing of a page was found, particulars with a figure (咨询电话:…). Word and
    PDF documents have no template of a site.
    """
    if source.kind is DocumentKind.DOCUMENT:
        return ()
    pieces = _lines(cleaned)
    edge = parameters.TEMPLATE_EDGE
    ends = pieces[:edge] + pieces[max(edge, len(pieces) - edge) :]
    plain = source.kind is DocumentKind.TEXT and all(dropped.reason in _BESIDE for dropped in cleaned.dropped)
    return tuple(dict.fromkeys(_hash(source, piece) for piece in ends if not _tells(source, piece, plain)))


def _tells(source: SourceFile, piece: Piece, plain: bool) -> bool:
    line = Line(piece.span, piece.span.of(source.text).strip(), 0)
    if not _FIGURE.search(line.folded):
        return False
    if plain and _PARTICULAR.match(line.folded):
        return True
    return line.stopped and not (legal(line.folded) or patterns.NOTICE.search(line.folded))


def repeated(edges_of: Mapping[str, Collection[str]], lines_of: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """For each path the hashes among its edges that are its folder's template; `lines_of` counts its kept lines."""
    folders: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for path, hashes in edges_of.items():
        folder = str(PurePosixPath(path).parent)
        folders.setdefault(folder, Counter()).update(hashes)
        sizes[folder] += 1
    found = {}
    for path, hashes in edges_of.items():
        folder = str(PurePosixPath(path).parent)
        least = max(parameters.TEMPLATE_FILES, parameters.TEMPLATE_SHARE * sizes[folder])
        common = tuple(line for line in hashes if folders[folder][line] >= least)
        found[path] = common if len(common) <= parameters.LARGEST_TEMPLATE_SHARE * lines_of[path] else ()
    return found


def kept_lines(cleaned: CleanedFile) -> int:
    """How many lines are kept, dates and bylines apart."""
    return len(_lines(cleaned))


def drop_repeats(source: SourceFile, cleaned: CleanedFile, hashes: Collection[str]) -> CleanedFile:
    """The file cleaned again without the unbroken runs of repeated lines at either end.

    Without the site's slogan the headline below it is found. Where no headline is found then, the line was the headline
    itself, as on weekly notes that all have the same one: it stays.
    """
    runs = [list(_run(source, lines, hashes)) for lines in (_lines(cleaned), _lines(cleaned)[::-1])]
    gone = {piece for run in runs for piece in run}
    if not gone:
        return cleaned
    again = _cleaned_without(source, gone)
    headless = not again.articles or again.articles[0].title_span is None
    if headless and any(piece.role == "title" for piece in gone):
        again = _cleaned_without(source, {piece for piece in gone if piece.role != "title"})
    return again


def _run(source: SourceFile, lines: list[Piece], hashes: Collection[str]) -> Iterator[Piece]:
    return takewhile(lambda piece: _hash(source, piece) in hashes, lines)


def _cleaned_without(source: SourceFile, gone: Collection[Piece]) -> CleanedFile:
    repeats = tuple(Dropped(piece.span, DropReason.FOLDER_TEMPLATE) for piece in gone)
    return clean(replace(source, furniture=(*source.furniture, *repeats)))


def without_lines(source: SourceFile, patterns: Collection[str]) -> SourceFile:
    """The file with the lines that the user wants left out marked as no text of it; tables stay as they are.

    Args:
        source: the file as read.
        patterns: of whole lines, without the blanks around them; * and ? stand for anything.
    """
    if not patterns:
        return source
    gone = (line for line in split_lines(source.text) if any(fnmatchcase(line.text, one) for one in patterns))
    marked = tuple(Dropped(line.span, DropReason.BY_USER) for line in gone)
    return replace(source, furniture=(*source.furniture, *marked))


def restore(cleaned: CleanedFile, keep: Keep) -> CleanedFile:
    """With those dropped parts back as text that the user wants kept; blanks are no text, and a line that the user
    wants dropped by name stays dropped."""
    final = (DropReason.BLANK, DropReason.BY_USER)
    back = {d: None for d in cleaned.dropped if d.reason not in final and keep.covers(d.reason)}
    if not back:
        return cleaned
    articles = cleaned.articles or (Article("", ()),)
    # Each goes to the last article that begins before it, the first one's head to the first.
    starts = [article.pieces[0].span if article.pieces else Span(0, 0) for article in articles]
    added: list[list[Piece]] = [[] for _ in articles]
    for dropped in back:
        added[max(0, bisect_left(starts, dropped.span) - 1)].append(Piece(dropped.span, "body"))
    whole = (
        replace(article, pieces=tuple(sorted([*article.pieces, *more], key=lambda piece: piece.span)))
        for article, more in zip(articles, added, strict=True)
    )
    return CleanedFile(tuple(whole), tuple(d for d in cleaned.dropped if d not in back))


def _lines(cleaned: CleanedFile) -> list[Piece]:
    pieces = (piece for article in cleaned.articles for piece in article.pieces)
    return sorted((piece for piece in pieces if piece.role != "meta"), key=lambda piece: piece.span)


def _hash(source: SourceFile, piece: Piece) -> str:
    text = squeeze(piece.span.of(source.text)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=_HASH_BYTES).hexdigest()
