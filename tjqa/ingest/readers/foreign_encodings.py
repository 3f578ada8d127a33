"""Encodings of other languages whose bytes pass for Chinese ones: EUC-KR and EUC-JP use the same pairs of bytes as
GB2312, an accented capital before a letter is a character of Big5.

A text read in the wrong encoding is made of real but random characters. So the two readings are compared by what each
language uses most: the one in which frequent characters are frequent is right. Nothing is read in these encodings:
the file is told as doubtful, and its owner knows what it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tjqa.ingest import parameters
from tjqa.ingest.readers.frequent_characters import CHINESE, JAPANESE, KOREAN


class _Language(NamedTuple):
    """A way to write it down, the letters it is written with, and those that make up half of its running text."""

    codec: str
    label: str
    letters: re.Pattern[str]
    frequent: frozenset[str]


_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_IDEOGRAPHS = re.compile(r"[\u3005\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u045f]")
_RUSSIAN = frozenset("оеаинтсрвл")
_LANGUAGES = (
    _Language("euc_kr", "EUC-KR", _HANGUL, KOREAN),
    _Language("euc_jp", "EUC-JP", _IDEOGRAPHS, JAPANESE),
    _Language("shift_jis", "Shift-JIS", _IDEOGRAPHS, JAPANESE),
    _Language("koi8_r", "KOI8-R", _CYRILLIC, _RUSSIAN),
    _Language("cp1251", "Windows-1251", _CYRILLIC, _RUSSIAN),
    _Language("iso8859_5", "ISO-8859-5", _CYRILLIC, _RUSSIAN),
    _Language("iso8859_7", "ISO-8859-7", re.compile(r"[\u0370-\u03ff]"), frozenset("αοιετσνηυρ")),
    _Language("cp1255", "Windows-1255", re.compile(r"[\u0590-\u05ff]"), frozenset("יוהלארתבשמ")),
    _Language("cp1256", "Windows-1256", re.compile(r"[\u0600-\u06ff]"), frozenset("اليمنرتوبة")),
    _Language("tis_620", "TIS-620", re.compile(r"[\u0e00-\u0e7f]"), frozenset("านรอกเงมยลวดทสต่้ัี")),
)
_KANA = re.compile(r"[\u3041-\u30fe]")
_SHARED = re.compile(r"[\u2010-\u2026\u3000-\u3004\u3006-\u30ff\uff00-\uff5e]")
_HIGH = re.compile(rb"[\x80-\xff]+")
# A letter with an accent, or a sign that stands next to letters and figures (25 °C, ¿Qué), alone between ASCII bytes.
_LATIN = re.compile(rb"(?<![\x80-\xff])[\xa1\xa3\xa7\xab\xb0\xb1\xb7\xba\xbb\xbf-\xff](?![\x80-\xff])")


def rival(raw: bytes, chinese: str) -> str | None:
    """The name of another encoding that the bytes are in more likely than in the Chinese one; None when there is none.

    Args:
        raw: the bytes, in no form of Unicode.
        chinese: what they are when they are read as Chinese.
    """
    own = _share(chinese[: parameters.TELLING_START], _IDEOGRAPHS, CHINESE)
    own = own if own >= parameters.SURELY_CHINESE else _share(chinese, _IDEOGRAPHS, CHINESE)
    if own < parameters.SURELY_CHINESE and len(_LATIN.findall(raw)) >= parameters.LATIN_RUNS * len(_HIGH.findall(raw)):
        return "Windows-1252"
    for language in _LANGUAGES:
        try:
            text = raw.decode(language.codec)
        except UnicodeDecodeError:
            continue
        kana = len(_KANA.findall(text)) >= parameters.JAPANESE_KANA * sum(char > "\x7f" for char in text)
        if text == chinese or (own >= parameters.SURELY_CHINESE and not kana):
            continue
        more = parameters.MORE_BESIDE_KANA if kana else parameters.MORE_FOREIGN
        if _share(text, language.letters, language.frequent) >= max(parameters.SURELY_FOREIGN, more * own):
            return language.label
    return None


class Part(NamedTuple):
    """A part of a text that is in another encoding than the rest: its line, from 1, and the name of the encoding."""

    line: int
    label: str


_PAIRS = (
    ("utf-8", "UTF-8", _IDEOGRAPHS, CHINESE),
    ("gb18030", "GB18030", _IDEOGRAPHS, CHINESE),
    ("big5hkscs", "Big5", _IDEOGRAPHS, CHINESE),
    ("euc_kr", "EUC-KR", _HANGUL, KOREAN),
    ("euc_jp", "EUC-JP", _IDEOGRAPHS, JAPANESE),
)


def part_in_another(raw: bytes, codec: str) -> Part | None:
    """The first part of a Chinese text that is in another encoding, as where files were put together; None when there
    is none. Lines are looked at by themselves, short ones together.

    Args:
        raw: the bytes, all of which `codec` reads.
        codec: an encoding in which no character holds the byte of a newline.
    """
    begun, part = 1, b""
    for number, line in enumerate(raw.split(b"\n"), 1):
        begun, part = (begun, part + b"\n" + line) if part else (number, line)
        high = sum(len(run) for run in _HIGH.findall(part))
        if high < 2 * parameters.LEAST_PART:
            continue
        frequent = sum(char in CHINESE for char in part.decode(codec))
        if frequent < parameters.RARE_PART * high / 2 and (label := _of_part(part, codec)):
            return Part(begun, label)
        part = b""
    return None


def _of_part(part: bytes, codec: str) -> str:
    """The encoding in which a part is made of frequent characters, "" for none but its own."""
    for other, label, letters, frequent in _PAIRS:
        try:
            text = part.decode(other) if other != codec else ""
        except UnicodeDecodeError:
            continue
        if _share(text, letters, frequent) >= parameters.SURELY_PART:
            return label
    return ""


def chinese_share(text: str) -> float:
    """How many of the ideographs of a text are frequent ones of Chinese, 0 to 1; 0 when it is written with others, or
    with kana."""
    kana = len(_KANA.findall(text))
    if kana and kana >= parameters.JAPANESE_KANA * sum(char > "\x7f" for char in text):
        return 0.0
    return _share(text, _IDEOGRAPHS, CHINESE)


def _share(text: str, letters: re.Pattern[str], frequent: frozenset[str]) -> float:
    """How many of the letters of a language in a text are frequent ones, 0 to 1; 0 when what is beyond ASCII in it is
    not written with these letters. Kana and marks do not count: GB2312, EUC-KR and EUC-JP have them in common."""
    wide = [char for char in text if ord(char) > 127 and not _SHARED.match(char)]
    own = [char for char in wide if letters.match(char)]
    least = parameters.LEAST_SYLLABLES if letters in (_IDEOGRAPHS, _HANGUL) else parameters.LEAST_LETTERS
    if len(own) < max(least, parameters.PURE_SCRIPT * len(wide)):
        return 0.0
    return sum(char in frequent for char in own) / len(own)
