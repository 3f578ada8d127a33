"""Ink on a page that no recognised line covers: what may be text and was lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tjqa.ingest.readers.scans import parameters
from tjqa.ingest.readers.scans.shapes import Box


def uncovered(picture: Any, boxes: Sequence[Box]) -> list[Box]:
    """The places of a picture, (height, width, 3) of 8 bits, that look like a line of text and lie in no box."""
    import cv2
    import numpy as np

    if not boxes:
        return []
    heights = sorted(box.y1 - box.y0 for box in boxes)
    usual = max(6.0, heights[len(heights) // 2])
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    size = int(usual * 3) | 1
    paper = cv2.blur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), (size, size))  # shadows darken the paper, too
    ink = (grey < parameters.INK * paper).astype(np.uint8)
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))  # specks
    for box in boxes:
        grown = 0.35 * (box.y1 - box.y0)
        x0, y0 = max(0, int(box.x0 - grown)), max(0, int(box.y0 - grown))
        ink[y0 : int(box.y1 + grown) + 1, x0 : int(box.x1 + grown) + 1] = 0
    ink = _without_rules(ink, usual)
    joined = cv2.dilate(ink, np.ones((1, max(3, int(usual))), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    low, high = (share * usual for share in parameters.LINE_HEIGHTS)
    found: list[Box] = []
    for x, y, width, height, _ in stats[1:].tolist():
        if not low <= height <= high or width < parameters.LEAST_LINE_LENGTH * height:
            continue
        if ink[y : y + height, x : x + width].mean() >= parameters.LEAST_LINE_INK:
            found.append(Box(x, y, x + width, y + height))
    return found[: parameters.MOST_UNREAD]


def _without_rules(ink: Any, usual: float) -> Any:
    """The ink without long straight strokes: frames of tables, lines below a heading."""
    import cv2
    import numpy as np

    long = max(20, int(3 * usual))
    for shape in ((1, long), (long, 1)):
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink = cv2.subtract(ink, cv2.dilate(rules, np.ones((3, 3), np.uint8)))
    return ink
