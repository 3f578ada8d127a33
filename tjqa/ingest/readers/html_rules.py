"""The rules of the style sheets in a page that set text off its line, strike it out or turn it round, as Excel and
editors write them: .c {vertical-align: super}, td.c {text-decoration: line-through}. No other selector and nothing else
is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tjqa.ingest.readers.html_styles import Attributes, may_change_words

_MOST = 500_000  # characters of style sheets that are looked at; those of whole sites have as many
# Of one class the last rules, and none longer: each element of the class has them all read again.
_MOST_OF_CLASS, _LONGEST = 5, 500
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
# @media print {…} holds for some other day; no part of this is tried twice.
_AT_RULE = re.compile(r"@[^{};@]*+(?:;|\{(?:[^{}]++|\{[^{}]*+\})*+\}?)")
_SELECTOR = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*)?\.([\w-]+)\s*")


@dataclass(slots=True)
class Rules:
    """By class: the element that it must be ("" for any), and what is said of it."""

    by_class: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @staticmethod
    def read(sheets: Iterable[str]) -> Rules:
        """Those of style sheets, in their order."""
        found = Rules()
        text = _AT_RULE.sub("", _COMMENT.sub("", "\n".join(sheets)[:_MOST]))
        for rule in text.split("}"):
            selectors, _, declared = rule.rpartition("{")
            if len(declared) > _LONGEST or not may_change_words(declared):
                continue
            for part in selectors.split(","):
                if (one := _SELECTOR.fullmatch(part)) is not None:
                    known = found.by_class.setdefault(one[2], [])
                    known.append(((one[1] or "").lower(), declared))
                    del known[:-_MOST_OF_CLASS]
        return found

    def of(self, tag: str, attributes: Attributes) -> Attributes:
        """What is written on an element, its style with that of the rules before it."""
        if not self.by_class or not attributes.get("class"):
            return attributes
        said = [one for name in (attributes["class"] or "").split() for one in self.by_class.get(name, ())]
        said = [one for one in said if one[0] in ("", tag)]
        if not said:
            return attributes
        said.sort(key=lambda one: one[0] != "")  # the narrower one counts
        style = ";".join([*(declared for _, declared in said), attributes.get("style") or ""])
        return {**attributes, "style": style}
