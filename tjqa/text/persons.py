"""The person that a question asks about by name (李四是谁), and whether a text speaks of that person."""

from __future__ import annotations

import re

from tjqa.text.entities import FAMILY, OFFICE, begins_like_a_person
from tjqa.text.normalize import squeeze
from tjqa.text.segmenter import is_common_word

_HAN = r"[\u4e00-\u9fff]"
_WHO = r"谁|哪一?位|何许?人|什么人|(?:做|干)什么的"
_NAME = rf"{_HAN}{{1,7}}(?:[·•.]{_HAN}{{1,7}})+|(?:{FAMILY}){_HAN}{{1,2}}"
# The name is all that stands before 是谁, but for a word that opens the question, the office, or what ends in 的.
_ASKED = re.compile(
    rf"(?:^|[,。?:;!的]|请问|知道|问一?下|那么?|{OFFICE})(?:(?P<name>{_NAME})(?:这个?人|此人)?(?:到底|究竟|又|先生|女士|同志)?是(?:{_WHO})"
    rf"|谁(?:又|到底|究竟)?是(?P<after>{_NAME})(?=$|[,。?!]))"
)
# What somebody is and not what he is called: 施工方, 金主, 高校长; made up of words, in no dictionary perhaps.
_ROLE = re.compile(rf"(?:{OFFICE}|[员者方人长师手商主户办局部司院所厂站团组家店氏])$")
_FAMILY_NAME = re.compile(FAMILY)


def asked_person(question: str) -> str:
    """The person whose name a folded question gives and asks about; "" when it asks about nobody so. By the form of
    the name alone: a family name and one or two characters that are no word, or the parts of a foreign name."""
    asked = _ASKED.search(squeeze(question))
    name = (asked["name"] or asked["after"]) if asked else ""
    return "" if not name or _ROLE.search(name) or is_common_word(name) else name


def speaks_of_person(folded: str, name: str) -> bool:
    """Whether a folded text names a person, also with blanks between the characters, by the given name alone (小平), by
    a part of a foreign one, or by the family name with what people are called by (李某, 李局长, 老李)."""
    text = squeeze(folded)
    if name in text:
        return True
    parts = [part for part in re.split("[·•.]", name) if len(part) > 1]
    if parts[0] != name:
        return any(part in text for part in parts)
    family = _FAMILY_NAME.match(name)
    if family is None:
        return False
    given = name[family.end() :]
    if len(given) > 1 and not is_common_word(given):
        before = [text[at.start() - 1 : at.start()] for at in re.finditer(given, text)]
        if any(not begins_like_a_person(char) for char in before):  # not that of a namesake
            return True
    called = rf"{family[0]}(?:某|总|老|工(?!作)|氏|{OFFICE})|[老小阿]{family[0]}(?!{_HAN})"
    return re.search(called, text) is not None
