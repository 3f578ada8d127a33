"""What an OpenDocument text holds and does not show: sections, paragraphs, fields, shapes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from tjqa.ingest.readers.odf.names import DRAW, TEXT

_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_WHOLE = frozenset({f"{TEXT}s", f"{TEXT}tab", f"{TEXT}note", f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}text-box"})


def is_hidden(element: Element) -> bool:
    """Whether an element is not shown, as the file was saved: what hides it on a condition says how that turned out."""
    tag = element.tag
    if tag in _PARAGRAPHS:
        return len(element) > 0 and _hides_paragraph(element)
    if tag == f"{TEXT}section":
        said = element.get(f"{TEXT}display", "true")
        return said == "none" or (said == "condition" and _is_on(element))
    if tag == f"{TEXT}hidden-text":
        return _is_on(element)
    if tag == f"{TEXT}script":  # what it holds is a program
        return True
    return "none" in (element.get(f"{DRAW}display"), element.get(f"{TEXT}display"))


def _hides_paragraph(paragraph: Element) -> bool:
    """Whether a field in it does so; one in a box or a note hides what is there."""
    waiting = list(paragraph)
    while waiting:
        element = waiting.pop()
        if element.tag == f"{TEXT}hidden-paragraph" and _is_on(element):
            return True
        if element.tag not in _WHOLE:
            waiting += element
    return False


def _is_on(element: Element) -> bool:
    return element.get(f"{TEXT}is-hidden") == "true"
