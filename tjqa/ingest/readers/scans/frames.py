"""Picture files: their pages, decoded within limits."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterator
from typing import Any

from tjqa.errors import SourcesError
from tjqa.ingest.readers.scans import parameters

# What is inside decides, not the suffix; others of Pillow's fifty formats are not tried.
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
# What Pillow's decoders raise over damaged files.
_BROKEN = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, SyntaxError, RuntimeError),
    *(struct.error, OverflowError, ZeroDivisionError, AssertionError),
)


def pages_of(raw: bytes, name: str) -> int:
    """How many pages a picture has: those of a TIFF, else one. The first is decoded, to see that it can be.

    Raises:
        SourcesError: it is no picture, damaged, too large or too small, or has too many pages.
    """
    with _opened(raw, name) as image:
        count = 1
        if image.format == "TIFF":
            while _turned_to(image, count):
                count += 1
                if count > parameters.MOST_FRAMES:
                    most = parameters.MOST_FRAMES
                    raise SourcesError("image_pages", "split_file_hint", name=name, most=most)
            image.seek(0)
        width, height = image.size
        if width * height < parameters.LEAST_PIXELS:
            raise SourcesError("image_small", "image_small_hint", name=name, width=width, height=height)
        image.load()
    return count


def frame(raw: bytes, number: int, name: str) -> Any:
    """The page with this number (from 0) of a picture, an array (height, width, 3) of 8 bits: as it is to be held, on
    white, and as large as a page of paper is drawn.

    Raises:
        SourcesError: see `pages_of`.
    """
    import numpy as np

    with _opened(raw, name) as image:
        if number:
            image.seek(number)
            _check_size(image, name)
        return np.array(_sized(_upright(image)))


@contextlib.contextmanager
def _opened(raw: bytes, name: str) -> Iterator[Any]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(raw), formats=_FORMATS) as image:
            _check_size(image, name)
            yield image
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except SourcesError:
        raise
    except _BROKEN as error:
        raise SourcesError("image_damaged", "save_again_hint", name=name) from error


def _turned_to(image: Any, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    return True


def _check_size(image: Any, name: str) -> None:
    width, height = image.size
    if width * height > parameters.LARGEST_PICTURE or max(width, height) > parameters.LONGEST_PICTURE:
        raise _too_large(name)


def _too_large(name: str) -> SourcesError:
    most = parameters.LARGEST_PICTURE // 1_000_000
    return SourcesError("image_large", "image_large_hint", name=name, most=most)


def _upright(image: Any) -> Any:
    """In three colours, on white paper, as the camera was held; made smaller before it is copied."""
    from PIL import Image, ImageOps

    if image.mode == "1":
        image = image.convert("L")
    elif image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = _eight_bits(image)
    elif image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    times = int((image.width * image.height / parameters.MOST_PIXELS) ** 0.5)
    orientation = image.getexif()
    image = image.reduce(times) if times > 1 else image
    image.getexif().update(orientation)
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


def _eight_bits(image: Any) -> Any:
    """Of grey values that go beyond 255 the upper eight bits of those that are used."""
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255 / max(1e-6, high - low))).astype(np.uint8))


def _sized(image: Any) -> Any:
    """As many pixels as a page that is drawn: a small one is enlarged, as its letters are too low for the model."""
    from PIL import Image

    longest = max(image.size)
    times = min(parameters.MOST_ENLARGED, parameters.PAGE_HEIGHT / longest)
    times = min(times, (parameters.MOST_PIXELS / (image.width * image.height)) ** 0.5)
    if abs(times - 1.0) < 0.05 or (times > 1 and longest >= parameters.LONGEST_SIDE):
        return image
    size = (max(1, round(image.width * times)), max(1, round(image.height * times)))
    return image.resize(size, Image.Resampling.BICUBIC if times > 1 else Image.Resampling.BOX)
