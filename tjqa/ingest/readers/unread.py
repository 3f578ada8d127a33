"""The place of what a reader cannot read within a line, a picture or an object: left out without a mark, 1 and 5 on
either side of it would be told as 15."""

from __future__ import annotations

import re

from tjqa.text.numbers import UNREAD as MARK

UNREAD = "\0"
"""Stands in a line in the making where something is shown that has no text; no text of these formats can hold it."""
_FIGURE = r"[0-9０-９〇零一二三四五六七八九十百千万亿½¼¾⅓⅔⅛⁰¹²³⁴⁵⁶⁷⁸⁹]"
_LATIN = r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_DIGIT = "[0-9０-９]"
_BESIDE = r"[\w.．,，%％‰℃°+＋−－/／:：~～-]"
_BLANKS = r"[ \u3000\xa0\u2009\u202f]"
# Beside a digit it may be a digit, a sign or a part of the unit; among words it is mostly an icon.
_WITHIN = re.compile(
    rf"(?<={_DIGIT}){UNREAD}+(?={_BESIDE})|(?<={_BESIDE}){UNREAD}+(?={_DIGIT})"
    rf"|(?<={_FIGURE}){UNREAD}+(?={_FIGURE})|(?<={_LATIN}){UNREAD}+(?={_LATIN})"
)
_PARTED = re.compile(rf"({_DIGIT}{_BLANKS}*){UNREAD}({_BLANKS}*)(?={_DIGIT})")
_SEVERAL = re.compile(rf"{UNREAD}({_BLANKS}*{UNREAD})+")


def marked(text: str) -> str:
    """A line with a mark where what was not read stands in a number or a word of letters; elsewhere it leaves none."""
    if UNREAD not in text:
        return text
    text = _SEVERAL.sub(UNREAD, text)
    text = _PARTED.sub(rf"\1{MARK}\2", _WITHIN.sub(MARK, text))
    return text.replace(UNREAD, "")


def is_blank(text: str) -> bool:
    """Whether a text holds no word: blanks, and what was not read."""
    return not text.replace(UNREAD, "").strip()
