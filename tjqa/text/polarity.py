"""Whether a text says a word or denies it: 通过 and 未通过, 合格 and 不合格; what is counted in and left out: 含, 不含.

Works on folded text.
"""

from __future__ import annotations

import re

_NO = r"(?:未|没有?|不|无法|尚未|并未|并非|从未|非)"
_BETWEEN = r"(?:能够?|得|准|许|宜|应当?|有|予以?|曾|被|获得?|可以?|会|再|按期|按时|完全|全部|全|正常|及时|如期)?"
_BEFORE = re.compile(rf"{_NO}{_BETWEEN}$")
_REACH = 6
# 不超过, 不少于 set a limit and deny nothing.
_LIMITS = re.compile("超过|少于|低于|高于|大于|小于|多于|足|满|得")
_LEAVES_OUT = re.compile(r"不含|不包[括含]|扣除|剔除|除[^,，。;；]{1,16}?[之以]?外|除去")


def says(folded: str, word: str) -> tuple[bool, bool]:
    """Whether a text says a word, and whether it denies it."""
    said = denied = False
    at = folded.find(word)
    while at >= 0:
        if _BEFORE.search(folded[max(0, at - _REACH) : at]):
            denied = True
        else:
            said = True
        at = folded.find(word, at + 1)
    return said, denied


def turned(asked: str, text: str, words: list[str]) -> bool:
    """Whether a text says the opposite of some of the `words` of a question: only denies what is asked for, or only
    says what is asked to be denied."""
    for word in words:
        if _LIMITS.match(word):
            continue
        said, denied = says(asked, word)
        if said == denied:  # neither, or 通过和未通过
            continue
        said_there, denied_there = says(text, word)
        if said_there != denied_there and said_there != said:
            return True
    return False


def leaves_out(folded: str) -> bool:
    """Whether a text speaks of what is left out of a count: 不含, 除…外."""
    return _LEAVES_OUT.search(folded) is not None
