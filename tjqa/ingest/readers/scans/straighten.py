"""The picture of a page set straight, and the rules on it: tables are told by them."""

from __future__ import annotations

from typing import Any

from tjqa.ingest.readers.scans import parameters
from tjqa.ingest.readers.scans.shapes import Box


def straightened(picture: Any) -> Any:
    """The picture turned so that its lines are level: scanners take paper in at an angle of a degree or two."""
    import cv2

    angle = _slope(picture)
    if abs(angle) < parameters.LEAST_SLOPE:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def part_of(picture: Any, box: Box) -> bytes:
    """A part of the straightened picture, in shares of its width and height, as a PNG."""
    import cv2

    whole = straightened(picture)
    height, width = whole.shape[:2]
    x0, y0 = max(0, int(box.x0 * width)), max(0, int(box.y0 * height))
    part = whole[y0 : max(y0 + 1, int(box.y1 * height)), x0 : max(x0 + 1, int(box.x1 * width))]
    return bytes(cv2.imencode(".png", cv2.cvtColor(part, cv2.COLOR_RGB2BGR))[1])


def _slope(picture: Any) -> float:
    """Degrees by which the picture has to be turned: then its rows are the most unlike each other, ink and paper."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = parameters.SLOPE_WIDTH / grey.shape[1]
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(small, np.ones((7, 7), np.uint8)), (31, 31))
    ink = np.clip(paper.astype(np.float32) - small, 0, None)
    height, width = ink.shape

    def unlike(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (width, height)).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-parameters.MOST_SLOPE, parameters.MOST_SLOPE + 0.1, 0.5).tolist(), key=unlike)
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1).tolist(), key=unlike)
    return float(fine) if unlike(fine) > parameters.SURE_SLOPE * unlike(0.0) else 0.0


def rules_on(picture: Any) -> tuple[list[Box], list[Box]]:
    """Straight lines across and down the picture, longer than a word: those that frame the cells of tables."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    paper = cv2.blur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), (61, 61))
    ink = (grey < parameters.RULE_INK * paper).astype(np.uint8)
    long = max(30, round(parameters.LEAST_RULE * picture.shape[1]))
    found = []
    for shape, bridge in (((1, long), (1, 9)), ((long, 1), (9, 1))):
        strokes = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 3), np.uint8)), cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        strokes = cv2.dilate(strokes, np.ones(bridge, np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
        boxes = [Box(x, y, x + width, y + height) for x, y, width, height, _ in stats[1:].tolist()]
        thin = [b for b in boxes if min(b.x1 - b.x0, b.y1 - b.y0) <= parameters.THICKEST_RULE * picture.shape[1]]
        found.append(thin[: parameters.MOST_RULES])
    return found[0], found[1]
