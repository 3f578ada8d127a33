"""Titles that a file states in its properties, when they are titles: programs fill the field in themselves."""

from __future__ import annotations

import re

from tjqa.documents import LONGEST_NAME

# What no author has written: the name of a program, of a file, of a document that has none yet, an address.
_NONE_YET = (
    "untitled|no title|无标题|未命名|未标题|新建|title|标题|document|doc|presentation|slide|文档|演示文稿|工作簿|幻灯片"
)
_NO_TITLE = re.compile(
    r"microsoft (?:word|excel|powerpoint|office)\b.*"
    r"|(?:word|excel|powerpoint|wps(?: office| 文字)?)(?: ?(?:document|presentation|文档|演示文稿|工作簿))?[\s_-]*\d*"
    rf"|(?:{_NONE_YET})[\s_–—-]*(?:文档|文件|document)?[\s_–—-]*[(\uff08]?\d*[)\uff09]?"
    r"|.*\.(?:docx?|dotx?|docm|wps|wpt|rtf|txt|pdf|pptx?|xlsx?|html?|tmp|indd|qxd|tex|dvi)"
    r"|(?:https?|file|about):.*|www\..*",
    re.IGNORECASE,
)
_READ = 10 * LONGEST_NAME  # characters that are looked at, blanks and all
_LETTERS = 2  # a title has at least so many


def plausible_title(stated: str) -> str:
    """The title as one line, cut to the longest name; "" for what is none."""
    title = " ".join("".join(char if char.isprintable() else " " for char in stated[:_READ]).split())
    if _NO_TITLE.fullmatch(title) or sum(char.isalpha() for char in title) < _LETTERS:
        return ""
    return title[:LONGEST_NAME]
