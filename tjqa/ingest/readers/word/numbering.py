"""Word's automatic numbering: 第三章, 14.1, (二), counted as Word counts when it shows the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.number_formats import shown
from tjqa.ingest.readers.word.parts import W, number, switched, value
from tjqa.ingest.readers.word.styles import Style, Styles, look_of
from tjqa.ingest.readers.word.symbols import signs

LEVELS = 9
LONGEST = 255  # characters of a label's pattern that are read; Word itself takes no more
_PLACE = re.compile(r"%([1-9])")
_WIDE = re.compile(
    r"[\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff09\u3011\u300d\u300f\u3015\u300b\u3009\uff3d]$"
)  # 、 and the like: wide, with a blank of their own


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and what its label looks like."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    gap: str = " "  # between label and text
    restart: int | None = None  # level, from 1, at which it begins anew; 0 is never, None any level above
    plain: bool = False  # figures of all levels as 1, 2, 3
    style: str = ""  # the paragraph style that stands for this level
    font: str = ""
    hidden: bool = False


@dataclass(slots=True)
class _List:
    """One w:num: the levels it shows and the counters it shares with others of the same w:abstractNum."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]  # of levels that begin anew when this list is first used
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    begun: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Numbering:
    """All lists of a document, with their state."""

    styles: Styles
    elements: dict[str, Element] = field(default_factory=dict)  # w:num by id
    abstracts: dict[str, Element] = field(default_factory=dict)
    lists: dict[str, _List | None] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # of abstract lists

    @classmethod
    def of(cls, tree: Element | None, styles: Styles) -> Numbering:
        """From numbering.xml."""
        numbering = cls(styles)
        for element in tree if tree is not None else ():
            if element.tag == f"{W}abstractNum":
                numbering.abstracts.setdefault(element.get(f"{W}abstractNumId", ""), element)
            elif element.tag == f"{W}num":
                numbering.elements.setdefault(element.get(f"{W}numId", ""), element)
        return numbering

    def label(self, properties: Element | None, style: Style) -> str:
        """The next label for a paragraph, with the gap behind it; "" for one that is not numbered."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        key = value(own, "numId") or style.numbering or ""
        found = self._list(key)
        if found is None:
            return ""
        depth = value(own, "ilvl") or None
        if depth is None:
            by_style = {level.style: str(n) for n, level in found.levels.items()}
            depth = next((by_style[one] for one in style.chain if one in by_style), style.depth)
        at = min(max(number(depth), 0), LEVELS - 1)
        level = found.levels.get(at)
        if level is None:
            return ""
        self._count(found, at, level)
        return _shown(found, at, level)

    def _count(self, found: _List, at: int, level: Level) -> None:
        counters = found.counters
        before = counters[at]
        if at in found.starts and at not in found.begun:
            found.begun.add(at)
            counters[at] = found.starts[at]
        else:
            counters[at] = level.start if before is None else before + 1
        for above in range(at):
            if counters[above] is None:
                counters[above] = found.levels.get(above, Level()).start
        for below in range(at + 1, LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or at < restart:
                counters[below] = None

    def _list(self, key: str) -> _List | None:
        if not key or key == "0":
            return None
        if key not in self.lists:
            self.lists[key] = self._made(key)
        return self.lists[key]

    def _made(self, key: str) -> _List | None:
        element = self.elements.get(key)
        name = value(element, "abstractNumId")
        abstract = self.abstracts.get(name)
        if element is None or abstract is None:
            return None
        for _ in range(LEVELS):  # a list may be that of a style, which may be another's again
            link = value(abstract, "numStyleLink")
            linked = value(self.elements.get(self.styles.style(link).numbering or ""), "abstractNumId") if link else ""
            if linked not in self.abstracts:
                break
            name, abstract = linked, self.abstracts[linked]
        if name not in self.levels:
            self.levels[name] = {at: _level(one) for at, one in _by_level(abstract, "lvl")}
        levels, starts = dict(self.levels[name]), dict[int, int]()
        for at, override in _by_level(element, "lvlOverride"):
            if (other := override.find(f"{W}lvl")) is not None:
                levels[at] = _level(other)
            if override.find(f"{W}startOverride") is not None:
                starts[at] = number(value(override, "startOverride"))
                levels[at] = replace(levels.get(at, Level()), start=starts[at])
        shared = self.counters.setdefault(name, [None] * LEVELS)
        return _List(name, levels, starts, shared)


def _by_level(element: Element, name: str) -> Iterator[tuple[int, Element]]:
    for one in element.iterfind(f"{W}{name}"):
        at = number(one.get(f"{W}ilvl"))
        if 0 <= at < LEVELS:
            yield at, one


def _level(element: Element) -> Level:
    look = look_of(element.find(f"{W}rPr"))
    restart = value(element, "lvlRestart")
    gap = "" if value(element, "suff") == "nothing" else " "
    return Level(
        number(value(element, "start"), 0),
        _form(element),
        value(element, "lvlText")[:LONGEST],
        gap,
        number(restart) if restart else None,
        switched(element, "isLgl") is True,
        value(element, "pStyle"),
        look.font or "",
        look.hidden is True,
    )


def _form(element: Element) -> str:
    """Its w:numFmt; one of the kind 001, 002, … stands beside another for older programs."""
    for form in element.iter(f"{W}numFmt"):
        first = form.get(f"{W}format", "").partition(",")[0].strip()
        if form.get(f"{W}val") != "custom":
            return form.get(f"{W}val", "decimal")
        if first.isdigit() and len(first) <= LEVELS:
            return f"zeros {len(first)}"
    return "decimal"


def _shown(found: _List, at: int, level: Level) -> str:
    if level.hidden or (level.form == "none" and "%" not in level.pattern):
        return level.pattern + level.gap if level.pattern.strip() and not level.hidden else ""
    if level.form == "bullet":
        label = signs(level.pattern, level.font)
    else:

        def count(place: re.Match[str]) -> str:
            n = int(place[1]) - 1
            if n > at:
                return ""
            form = found.levels.get(n, Level()).form
            return shown(found.counters[n] or 0, "decimal" if level.plain and form != "none" else form)

        label = _PLACE.sub(count, level.pattern)
    if not label.strip():
        return ""
    return label if _WIDE.search(label) else label.rstrip(" ") + level.gap
