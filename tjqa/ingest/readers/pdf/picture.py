"""A page as a picture."""

from __future__ import annotations

import math
from typing import Any

from tjqa.errors import SourcesError

_POINTS = 72  # in an inch


def drawn(raw: bytes, number: int, dpi: int, most: int, name: str) -> Any:
    """The page with this number (from 0) as it is printed, an array (height, width, 3) of 8 bits.

    Args:
        raw: the PDF.
        number: of the page.
        dpi: the resolution.
        most: pixels; a larger page is drawn at a lower resolution.
        name: of the document, told in messages.

    Raises:
        SourcesError: it cannot be drawn.
    """
    import pypdfium2

    try:
        page = pypdfium2.PdfDocument(raw)[number]
        width, height = page.get_size()
        scale = dpi / _POINTS
        scale *= min(1.0, math.sqrt(most / max(1.0, width * height * scale * scale)))
        return page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()[:, :, :3].copy()
    except (pypdfium2.PdfiumError, ValueError, IndexError) as error:
        raise SourcesError("pdf_damaged", "view_and_save_hint", name=name) from error
