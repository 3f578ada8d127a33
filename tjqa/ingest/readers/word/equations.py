"""Equations of Office (OMML) in one line: a/b, x², √(a+b), ∑_(i=1)^n."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.parts import M, W
from tjqa.ingest.readers.word.scripts import lowered, raised

_DROPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}delText"})


def linear(element: Element) -> str:
    """The text of an equation or of a part of one, parts that stand above each other set side by side."""
    if element.tag in (f"{M}t", f"{W}t"):
        return element.text or ""
    if element.tag in _DROPPED or element.tag.endswith("Pr"):
        return ""
    make = _SHAPES.get(element.tag.removeprefix(M))
    return make(element) if make is not None else _inside(element)


def _inside(element: Element) -> str:
    return "".join(linear(child) for child in element)


def _of(element: Element, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else _inside(found).strip()


def _set(element: Element, name: str, default: str) -> str:
    """A property of an equation's part: a sign."""
    found = element.find(f"{M}{element.tag.removeprefix(M)}Pr/{M}{name}")
    return default if found is None else found.get(f"{M}val", "")


def _whole(text: str) -> str:
    """In brackets, unless it cannot be read otherwise."""
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _fraction(element: Element) -> str:
    over, under = _of(element, "num"), _of(element, "den")
    return f"({over} {under})" if _set(element, "type", "bar") == "noBar" else f"{_whole(over)}/{_whole(under)}"


def _root(element: Element) -> str:
    degree, inner = _of(element, "deg"), _of(element, "e")
    return f"{raised(degree) if degree else ''}√{_whole(inner)}"


def _large(element: Element) -> str:
    sign = _set(element, "chr", "∫")
    below, above, inner = _of(element, "sub"), _of(element, "sup"), _of(element, "e")
    return sign + (lowered(below) if below else "") + (raised(above) if above else "") + inner


def _brackets(element: Element) -> str:
    parts = [_inside(part).strip() for part in element.iterfind(f"{M}e")]
    return _set(element, "begChr", "(") + _set(element, "sepChr", "|").join(parts) + _set(element, "endChr", ")")


def _rows(element: Element) -> str:
    rows = element.iterfind(f"{M}mr") if element.tag == f"{M}m" else iter([element])
    parts = (" ".join(_inside(cell).strip() for cell in row.iterfind(f"{M}e")) for row in rows)
    return "; ".join(parts) if element.tag == f"{M}m" else "; ".join(_inside(e) for e in element.iterfind(f"{M}e"))


def _scripts(element: Element) -> str:
    below, above = _of(element, "sub"), _of(element, "sup")
    return _of(element, "e") + (lowered(below) if below else "") + (raised(above) if above else "")


def _before(element: Element) -> str:
    below, above = _of(element, "sub"), _of(element, "sup")
    return (lowered(below) if below else "") + (raised(above) if above else "") + _of(element, "e")


def _hat(element: Element) -> str:
    return _of(element, "e") + _set(element, "chr", "\u0302")


def _line(element: Element) -> str:
    return _of(element, "e") + ("\u0332" if _set(element, "pos", "bot") == "bot" else "\u0305")


_SHAPES: dict[str, Callable[[Element], str]] = {
    "f": _fraction,
    "rad": _root,
    "nary": _large,
    "d": _brackets,
    "m": _rows,
    "eqArr": _rows,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sPre": _before,
    "acc": _hat,
    "bar": _line,
    "func": lambda element: f"{_of(element, 'fName')} {_of(element, 'e')}",
    "limLow": lambda element: f"{_of(element, 'e')}{lowered(_of(element, 'lim'))}",
    "limUpp": lambda element: f"{_of(element, 'e')}{raised(_of(element, 'lim'))}",
    "phant": lambda element: "" if _set(element, "show", "1") in ("0", "off", "false") else _of(element, "e"),
}
