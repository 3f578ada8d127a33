"""The user's own files in the documents folder. `.tjqa-words`: words to know, one a line (names, terms of art).
`.tjqa-keep`, the user's word over the cleaner's:

# 每行一个文件(可用 * 和 ?),整篇保留,什么都不略去
网页/甲.txt
# 冒号后面写理由(tjqa sources 里显示的),只恢复以这些理由略去的部分
网页/*.html: 相关推荐、联系方式

`.tjqa-drop`, what the cleaner does not know to be no text:

# 每行:文件: 要略去的行(整行,两处都可用 * 和 ?);不写文件的对所有文件
网页/*.html: 扫码关注*
本刊讯*
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tjqa.documents import Keep
from tjqa.errors import SourcesError, reason
from tjqa.files import read_regular

FILE_NAME = ".tjqa-keep"
DROP_NAME = ".tjqa-drop"
WORDS_NAME = ".tjqa-words"
RULE_FILES = frozenset({FILE_NAME, DROP_NAME, WORDS_NAME})
_MAX_BYTES = 1024 * 1024  # such a file is written by hand: this is tens of thousands of lines
# Each pattern is compared with the path of every document, and those of lines with every line of it: 130,000 of them,
# which a megabyte holds, take minutes. Names without * and ? cost little, but not nothing.
_MOST_PATTERNS = 2000
_MOST_NAMES = 20_000
_LONGEST_RULE = 1000  # characters; one of half a million wildcards would take minutes by itself
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class KeepRule:
    """A line of `.tjqa-keep`: what is kept of the files whose path `pattern` matches (* and ? stand for anything)."""

    pattern: str
    keep: Keep


@dataclass(frozen=True, slots=True)
class DropRule:
    """A line of `.tjqa-drop`: in files whose path `pattern` matches, lines that are like `line` are left out."""

    pattern: str
    line: str


def read_keep(folder: Path) -> list[KeepRule]:
    """The rules of `.tjqa-keep` in file order; none when the file is not there.

    Raises:
        SourcesError: the file is there but cannot be read, or has more or longer rules than can be
            looked for.
    """
    rules = [_rule(row) for row in _short_rows(folder / FILE_NAME)]
    wild = sum(_WILD.search(rule.pattern) is not None for rule in rules)
    _require_few(wild, folder / FILE_NAME)
    _require_few(len(rules) - wild, folder / FILE_NAME, _MOST_NAMES)
    return rules


def read_drop(folder: Path) -> list[DropRule]:
    """The rules of `.tjqa-drop` in file order; none when the file is not there.

    Raises:
        SourcesError: the file is there but cannot be read, or has more or longer rules than can be
            looked for.
    """
    rules = [_drop_rule(row) for row in _short_rows(folder / DROP_NAME)]
    _require_few(len(rules), folder / DROP_NAME)
    return rules


def read_words(folder: Path) -> tuple[str, ...]:
    """The words of `.tjqa-words`, sorted; what is too short or too long for a word is passed over.

    Raises:
        SourcesError: the file is there but cannot be read.
    """
    return tuple(sorted({row for row in _rows(folder / WORDS_NAME) if 2 <= len(row) <= 30}))


def _rows(place: Path) -> list[str]:
    """The lines of a small file that say something; none when it is not there."""
    try:
        lines = read_regular(place, _MAX_BYTES).decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourcesError("rules_unreadable", "rules_unreadable_hint", place=place, why=reason(error)) from error
    except UnicodeDecodeError as error:
        raise SourcesError("rules_no_text", "rules_no_text_hint", place=place) from error
    rows = (line.strip() for line in lines)
    return [row for row in rows if row and not row.startswith("#")]


def _short_rows(place: Path) -> list[str]:
    rows = _rows(place)
    if any(len(row) > _LONGEST_RULE for row in rows):
        raise SourcesError("rules_long", "rules_long_hint", place=place, most=_LONGEST_RULE)
    return rows


def _require_few(rules: int, place: Path, most: int = _MOST_PATTERNS) -> None:
    if rules > most:
        raise SourcesError("rules_many", "rules_many_hint", place=place, count=rules, most=most)


def _fits(path: str, pattern: str) -> bool:
    return fnmatchcase(path, pattern) if _WILD.search(pattern) else path == pattern


def kept_of(rules: Iterable[KeepRule], path: str) -> Keep:
    """What is to be kept of a file: all that the rules for it wish together. `path` is relative to the folder."""
    wishes = [rule.keep for rule in rules if _fits(path, rule.pattern)]
    if any(wish.everything for wish in wishes):
        return Keep(everything=True)
    return Keep(reasons=tuple(sorted({reason for wish in wishes for reason in wish.reasons})))


def dropped_of(rules: Iterable[DropRule], path: str) -> tuple[str, ...]:
    """The patterns of lines to leave out of a file, sorted. `path` is relative to the folder."""
    return tuple(sorted({rule.line for rule in rules if _fits(path, rule.pattern)}))


def _drop_rule(row: str) -> DropRule:
    # The first colon parts file and line: a rule for all files whose line has one is written *: 来源:*
    pattern, colon, line = re.sub(r"[:：]", ":", row, count=1).partition(":")
    return DropRule(pattern.strip(), line.strip()) if colon else DropRule("*", row)


def _rule(row: str) -> KeepRule:
    pattern, _, reasons = re.sub(r"\s*[:：]\s*", ":", row).partition(":")
    named = [one for one in re.split(r"[、,，\s]+", reasons) if one]
    # A file without reasons is kept whole; 文件: * says the same.
    return KeepRule(pattern, Keep(everything=True) if named in ([], ["*"]) else Keep(reasons=tuple(sorted(named))))
