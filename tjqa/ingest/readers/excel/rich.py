"""Texts of cells set in several ways: a raised mark or exponent is no digit, what is struck out does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tjqa.ingest.readers.word.parts import FALSE, Package, clean_xml
from tjqa.ingest.readers.word.pieces import Piece, joined

Run = tuple[str, str, bool | None]
"""Text, script, whether it is struck out; None where that is as the whole cell is."""
_SAID = (b"vertAlign", b"strike")  # one of them stands in every file with such texts, and in few others


def runs_of(element: Element) -> list[Run]:
    """The text of a string in its runs, without the reading of its characters, which Excel shows above them in small
    type, if at all."""
    runs: list[Run] = []
    for child in element:
        name = _name(child)
        if name == "t":
            runs.append((child.text or "", "", None))
        elif name == "r":
            script, struck = "", None
            for part in child:
                if _name(part) == "rPr":
                    script, struck = _said(part)
                elif _name(part) == "t":
                    runs.append((part.text or "", script, struck))
    return runs


def is_rich(runs: Sequence[Run]) -> bool:
    """Whether they say more than their texts in a row do."""
    return any(script or struck is not None for _, script, struck in runs)


def in_line(runs: Sequence[Run], *, struck: bool) -> str:
    """As one string; `struck` tells whether a line goes through the whole cell."""
    pieces: Iterator[Piece] = ((text, script, struck if own is None else own) for text, script, own in runs)
    return joined(pieces)


def shared_in(package: Package, *, struck: bool) -> Mapping[int, list[Run]]:
    """Those strings of a workbook that are set in several ways, by their numbers; `struck` tells whether any cells are
    struck out as a whole, which the runs of their strings may take back."""
    raw = package.raw(package.kinds.get("sharedStrings", ""))
    if raw is None or not (struck or any(word in raw for word in _SAID)):
        return {}
    found: dict[int, list[Run]] = {}
    count = 0
    for _, element in ElementTree.iterparse(BytesIO(clean_xml(raw))):
        if _name(element) == "si":
            runs = runs_of(element)
            if is_rich(runs):
                found[count] = runs
            count += 1
            element.clear()
    return found


def _said(properties: Element) -> tuple[str, bool]:
    """The script of a run, and whether it is struck out: its properties say all of it, the cell's no longer count."""
    script, struck = "", False
    for part in properties:
        if _name(part) == "vertAlign":
            script = part.get("val", "")
        elif _name(part) == "strike":
            struck = part.get("val", "1") not in FALSE
    return script if script in ("superscript", "subscript") else "", struck


def _name(element: Element) -> str:
    """Without its namespace, of which there are two."""
    return element.tag.rpartition("}")[2]
