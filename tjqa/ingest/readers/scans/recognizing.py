"""Pictures of pages → lines of text, by RapidOCR; run in a process of its own, of which it takes 0.9 GB."""

from __future__ import annotations

import re
from typing import Any

from tjqa.ingest.readers.scans import parameters
from tjqa.ingest.readers.scans.ink import uncovered
from tjqa.ingest.readers.scans.quotation_marks import QuotationMarks
from tjqa.ingest.readers.scans.shapes import Box, ReadLine, RecognizedPage
from tjqa.ingest.readers.scans.straighten import rules_on, straightened
from tjqa.text.normalize import fold

_FIGURES = re.compile(r"[\d.,:%+/-]*\d[\d.,:%+/-]*|[〇零一二三四五六七八九十百千万亿]{2,}")
_SETTINGS = {
    "Global.use_cls": False,  # which way up a line is: it turned whole lines of figures over
    "Global.text_score": 0.0,  # what is too low is told here, and not left out
    "Global.max_side_len": parameters.LONGEST_SIDE,
    "Global.log_level": "critical",
    "Rec.rec_batch_num": parameters.LINES_AT_ONCE,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # its process is one of those that share the cores
}


class Recognizer:
    """The models, loaded once."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        models: Any = RapidOCR(params=_SETTINGS)
        self._models = models
        lines = models._load_rec_model()  # as it does itself over the first line; its release is pinned
        lines.postprocess_op = _Decoding(lines.postprocess_op)

    def page(self, picture: Any) -> RecognizedPage:
        """What stands on a picture, (height, width, 3) of 8 bits; places are those on it once it is `straightened`."""
        picture = straightened(picture)
        height, width = picture.shape[:2]
        found = self._models(picture, use_det=True, use_rec=True, use_cls=False)
        lines: list[ReadLine] = []
        unread: list[Box] = []
        quads = [] if found.boxes is None else list(found.boxes)
        for quad, text, score in zip(quads, found.txts or (), found.scores or (), strict=True):
            box = _around(quad)
            if not text.strip() or score < parameters.LEAST_SCORE:
                unread.append(box)
                continue
            lines.append(ReadLine(_without_blanks(text), box, self._is_doubtful(picture, quad, text, score)))
        covered = [line.box for line in lines] + unread
        across, upright = rules_on(picture)
        left = (*unread, *uncovered(picture, covered))
        return RecognizedPage(width, height, tuple(lines), left, tuple(across), tuple(upright))

    def _is_doubtful(self, picture: Any, quad: Any, text: str, score: float) -> bool:
        """Whether figures of a line are others at another resolution, or were hardly seen at all."""
        figures = _figures(text)
        if not figures:
            return False
        if score < parameters.LEAST_SURE_FIGURE:
            return True
        again = self._models(_cut(picture, quad), use_det=False, use_rec=True, use_cls=False)
        return _figures("".join(again.txts or ())) != figures


class _Decoding:
    """Reads quotation marks by the line as a whole, all else as the model's own decoding does."""

    def __init__(self, decode: Any) -> None:
        self._decode = decode
        self._marks = QuotationMarks(decode.character)

    def __call__(self, probabilities: Any, *arguments: Any, **options: Any) -> Any:
        return self._decode(self._marks.mended(probabilities), *arguments, **options)


def _without_blanks(text: str) -> str:
    """Without the blanks that the model puts into numbers (186. 5); a number that opens a line may count it."""
    return re.sub(r"(?<=\S\d\.) (?=\d)|(?<=\d,) (?=\d{3}(?!\d))", "", text.strip())


def _figures(text: str) -> list[str]:
    return _FIGURES.findall(fold(text).replace(" ", ""))


def _around(quad: Any) -> Box:
    xs, ys = [float(x) for x, _ in quad], [float(y) for _, y in quad]
    # Of a line that is askew the middle of its ends, not its corners: else it is as high as two.
    tops, bottoms = sorted(ys)[:2], sorted(ys)[2:]
    return Box(min(xs), sum(tops) / 2, max(xs), sum(bottoms) / 2)


def _cut(picture: Any, quad: Any) -> Any:
    """The line alone, upright, at the resolution of the second look."""
    import cv2
    import numpy as np

    corners = np.asarray(quad, dtype=np.float32)
    width = max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[2] - corners[3]))
    height = max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2]))
    longest = max(picture.shape[:2])
    first = min(1.0, parameters.LONGEST_SIDE / longest)
    # Finer than the first look where the picture has more to show, else coarser.
    scale = 1.0 if first < parameters.SECOND_LOOK else parameters.SECOND_LOOK
    size = max(8, round(float(width) * scale)), max(8, round(float(height) * scale))
    target = np.asarray([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    return cv2.warpPerspective(
        picture,
        cv2.getPerspectiveTransform(corners, target),
        size,
        flags=cv2.INTER_AREA,
        borderMode=cv2.BORDER_REPLICATE,
    )
