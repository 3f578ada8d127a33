"""What the style written on an element of a page does to its text: hides it, sets it higher or lower than its line,
strikes it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

Attributes = Mapping[str, str | None]

# What a style that hides, sizes, strikes out or moves a text holds: few hold any of it.
_MAY_HIDE = re.compile(r"none|hidden|collapse", re.IGNORECASE)
_MAY_SIZE = re.compile(r"font", re.IGNORECASE)
_MAY_STRIKE = re.compile(r"text-decoration", re.IGNORECASE)
_MAY_SHIFT = re.compile(r"vertical-align|relative|translate|font-variant", re.IGNORECASE)
_MAY_TURN = re.compile(r"unicode-bidi|(?<![\w-])direction", re.IGNORECASE)
_ANY = re.compile("")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_HIDING = {"visibility": ("hidden", "collapse"), "content-visibility": ("hidden",)}
_HIDDEN_UNLESS_SAID = ("hidden", "popover")  # attributes whose `display: none` is the browser's, not the author's
_NO_SIZE = re.compile(r"[+-]?(?:0++(?:\.0*+)?|\.0++)(?:[a-z]{1,4}|%)?")
_LENGTH = re.compile(r"([+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6}))(px|pt|em|rem|ex|%)")
_IN_EM = {"px": 1 / 16, "pt": 1 / 12, "em": 1.0, "rem": 1.0, "ex": 0.5, "%": 0.01}
_SMALL_WORDS = frozenset(("smaller", "x-small", "xx-small"))
_SMALL = 0.75  # of a text of 16 pixels: no page sets its text so, notes and exponents are
_SMALL_SHARE = 0.95  # of the text around, where the size is told in shares of it
_MOVED_DOWN = re.compile(r"translate(?:y\(|(?:3d)?\([^,()]*,)\s*([^,()]+?)\s*[,)]")
# In em: what is smaller and at all off its line is an exponent or a mark; what is not may have been moved by a little
# to stand well beside a picture, exponents are moved by a third and more.
_LEAST_SHIFT, _CLEAR_SHIFT = 0.1, 0.25
_SHIFTED = {"super": "sup", "sub": "sub"}
_AT_EDGE = {"text-top": "sup", "top": "sup", "text-bottom": "sub", "bottom": "sub"}


class Shift(NamedTuple):
    """Text off its line: `script` is the element that says the same, sup or sub, "" for none. One that is not `sure`
    is one only where it goes on a word or a number."""

    script: str = ""
    sure: bool = True


def is_closed(tag: str, attributes: Attributes) -> bool:
    """Whether an element that may be shown is not, by what is written on it."""
    if not attributes and tag != "dialog":
        return False
    by_browser = (tag == "dialog" and "open" not in attributes) or any(key in attributes for key in _HIDDEN_UNLESS_SAID)
    declared = _declared(attributes, _ANY if by_browser else _MAY_HIDE)
    display = declared.get("display", "")
    if display == "none" or (by_browser and not display):
        return True
    return any(declared.get(name) in values for name, values in _HIDING.items())


def has_no_size(attributes: Attributes) -> bool:
    """Whether the text right in an element is of no size. That of elements in it may well have one by a style sheet:
    pages close the gaps between boxes so."""
    return any(_NO_SIZE.fullmatch(part) for part in _sizes(_declared(attributes, _MAY_SIZE)))


def may_change_words(style: str) -> bool:
    """Whether a style may strike text out, set it off its line or turn it round."""
    return any(telling.search(style) is not None for telling in (_MAY_STRIKE, _MAY_SHIFT, _MAY_TURN))


def strikes(attributes: Attributes) -> bool | None:
    """Whether the style of an element strikes its text out; None where it says nothing of it."""
    declared = _declared(attributes, _MAY_STRIKE)
    said = [declared[name] for name in ("text-decoration", "text-decoration-line") if name in declared]
    if not said:
        return None
    return any("line-through" in value for value in said)


def direction_of(attributes: Attributes) -> str:
    """In which direction an element says that its text runs, rtl or ltr; "" where it says nothing of it."""
    said = _declared(attributes, _MAY_TURN).get("direction") or (attributes.get("dir") or "").strip().lower()
    return said if said in ("rtl", "ltr") else ""


def overrides_direction(attributes: Attributes) -> bool:
    """Whether all signs in an element run in its direction, figures and Chinese characters among them."""
    return _declared(attributes, _MAY_TURN).get("unicode-bidi") in ("bidi-override", "isolate-override")


def shift_of(attributes: Attributes) -> Shift:
    """Whether the style of an element within a line sets its text higher or lower, as sup and sub do."""
    declared = _declared(attributes, _MAY_SHIFT)
    if not declared:
        return Shift()
    align = declared.get("vertical-align", "")
    said = _SHIFTED.get(align) or _SHIFTED.get(declared.get("font-variant-position", ""))
    if said:
        return Shift(said)
    small = any(map(_is_small, _sizes(declared)))
    if small and align in _AT_EDGE:
        return Shift(_AT_EDGE[align])
    rise = _em(align) or _moved_up(declared)
    if abs(rise) < (_LEAST_SHIFT if small else _CLEAR_SHIFT):
        return Shift()
    return Shift("sup" if rise > 0 else "sub", small)


def _moved_up(declared: Mapping[str, str]) -> float:
    """How far a box is moved from where it stands, in em; up is more than 0."""
    if (moved := _MOVED_DOWN.search(declared.get("transform", ""))) is not None and not moved[1].endswith("%"):
        return -_em(moved[1])
    if declared.get("position") != "relative":
        return 0.0
    top, bottom = declared.get("top", ""), declared.get("bottom", "")
    if _LENGTH.fullmatch(top):
        return 0.0 if top.endswith("%") else -_em(top)
    return 0.0 if bottom.endswith("%") else _em(bottom)


def _em(value: str) -> float:
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _IN_EM[found[2]] if found is not None else 0.0


def _sizes(declared: Mapping[str, str]) -> list[str]:
    """What may be the size of the text in what is said of its font."""
    said = declared.get("font-size", declared.get("font", ""))
    return [part.partition("/")[0] for part in said.split()]


def _is_small(size: str) -> bool:
    found = _LENGTH.fullmatch(size)
    if found is None:
        return size in _SMALL_WORDS
    shares = found[2] in ("em", "rem", "ex", "%")
    return _em(size) < (_SMALL_SHARE if shares else _SMALL)


def _declared(attributes: Attributes, telling: re.Pattern[str]) -> dict[str, str]:
    """What the style of an element says, in small letters: of a property said twice the last, the important first.
    Nothing of one that does not hold what is `telling`."""
    style = attributes.get("style") or ""
    if not telling.search(style):
        return {}
    found: dict[str, str] = {}
    important: dict[str, str] = {}
    for part in _COMMENT.sub(" ", style).lower().split(";"):
        name, _, value = part.partition(":")
        value, mark, _ = value.partition("!")
        (important if mark else found)[name.strip()] = value.strip()
    return found | important
