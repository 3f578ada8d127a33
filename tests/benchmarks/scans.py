"""How well scans are read: text of the seeds printed, scanned badly and recognised again.

    python -m tests.benchmarks.scans [--pages 2] [--font FILE]

Needs `tjqa[ocr]` and a font with Chinese characters. Of each quality: wrong characters of all, figures that are
wrong and not doubted, doubtful lines, places of ink that are named as unread, processor time of a page.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.support.helpers import SEEDS
from tjqa.ingest.readers.pdf.picture import drawn
from tjqa.ingest.readers.scans import parameters
from tjqa.ingest.readers.scans.pages import lines_on
from tjqa.ingest.readers.scans.recognizing import Recognizer
from tjqa.text.normalize import fold, squeeze

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
WIDTH, HEIGHT = 2480, 3508  # A4 at 300 dpi


def printed(
    lines: list[str], font: ImageFont.FreeTypeFont, pitch: int, left: int = 240, page: Image.Image | None = None
) -> Image.Image:
    """A page of these lines."""
    page = page or Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((left, 260 + number * pitch), line, font=font, fill=0)
    return page


def wrapped(text: str, count: int) -> Iterator[str]:
    """Paragraphs as lines of so many full-width characters."""
    for paragraph in text.split("\n"):
        line, width = "", 0.0
        for char in paragraph.strip():
            wide = 1.0 if ord(char) > 0x2000 else 0.5
            if width + wide > count:
                yield line
                line, width = "", 0.0
            line, width = line + char, width + wide
        if line:
            yield line


def noisy(page: Image.Image, amount: float, draw: random.Random) -> Image.Image:
    """With the noise of a sensor, specks and a little blur."""
    values = np.asarray(page, dtype=np.float32)
    source = np.random.default_rng(draw.randrange(2**32))
    values = values * 0.9 + 15 + source.normal(0, amount, values.shape)
    values[source.random(values.shape) < 0.0004] = 60
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))


def scaled(page: Image.Image, dpi: int) -> Image.Image:
    """At a lower resolution."""
    return page.resize((WIDTH * dpi // 300, HEIGHT * dpi // 300), Image.Resampling.LANCZOS)


def photographed(page: Image.Image) -> Image.Image:
    """From an angle, with the shadow of a hand over it."""
    small = scaled(page, 200)
    width, height = small.size
    small = small.transform(
        small.size,
        Image.Transform.QUAD,
        (-60, -90, 40, height + 70, width - 20, height + 120, width + 90, -30),
        Image.Resampling.BICUBIC,
        fillcolor=120,
    )
    shade = np.linspace(0.55, 1.0, width)[None, :] * np.linspace(1.0, 0.75, height)[:, None]
    return noisy(Image.fromarray((np.asarray(small, dtype=np.float32) * shade).astype(np.uint8)), 6, random.Random(3))


def qualities() -> dict[str, Callable[[Image.Image], Image.Image]]:
    """What becomes of a printed page."""
    draw = random.Random(5)
    return {
        "300 dpi": lambda page: page,
        "150 dpi, askew, noisy": lambda page: noisy(
            scaled(page, 150).rotate(0.9, fillcolor=255, resample=Image.Resampling.BICUBIC), 12, draw
        ),
        "100 dpi, noisy": lambda page: noisy(scaled(page, 100), 10, draw),
        "photographed": photographed,
    }


def wrong_characters(said: str, read: str) -> int:
    """Edits from one text to the other, by the blocks that both have."""
    edits = 0
    for kind, a, b, c, d in SequenceMatcher(None, said, read, autojunk=False).get_opcodes():
        edits += max(b - a, d - c) if kind != "equal" else 0
    return edits


def figures(text: str) -> set[str]:
    """The numbers of a text."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def seed_lines(count: int) -> Iterator[list[str]]:
    """Lines of pages."""
    for path in sorted(SEEDS.rglob("*.txt"))[:count]:
        yield list(wrapped(path.read_text("utf-8-sig")[300:3000], 38))[:32]


def main() -> None:
    """Print, spoil, read, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--font", default=FONT)
    parser.add_argument("--show", action="store_true", help="print each difference")
    options = parser.parse_args()
    font = ImageFont.truetype(options.font, 50)
    recognizer = Recognizer()
    pages = {"one column": [(lines, printed(lines, font, 88)) for lines in seed_lines(options.pages)]}
    for layout, made in pages.items():
        for quality, spoil in qualities().items():
            report(f"{layout}, {quality}", [(lines, spoil(page)) for lines, page in made], recognizer)
    narrow = [
        list(wrapped(path.read_text("utf-8-sig")[300:3000], 18))[:64]
        for path in sorted(SEEDS.rglob("*.txt"))[: options.pages]
    ]
    columns = [(lines, printed(lines[32:], font, 88, 1300, printed(lines[:32], font, 88))) for lines in narrow]
    report("two columns, 300 dpi", columns, recognizer)
    report("a table, 300 dpi", [table(font)], recognizer)


def table(font: ImageFont.FreeTypeFont) -> tuple[list[str], Image.Image]:
    """A page with a table of figures, with rules."""
    draw_figures = random.Random(9)
    rows = [["街道", "2019年", "2020年", "2021年"]] + [
        [f"{name}街道", *(f"{draw_figures.randrange(10, 99999) / 10:,.1f}" for _ in range(3))]
        for name in "东南西北上下前后左右内外新旧"
    ]
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(page)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = (250 + column * 480, 300 + number * 100)
            draw.rectangle((*place, place[0] + 480, place[1] + 100), outline=0, width=3)
            draw.text((place[0] + 20, place[1] + 15), cell, font=font, fill=0)
    return ["".join(row) for row in rows], page


def options_show() -> bool:
    """Whether each difference is printed."""
    return "--show" in sys.argv


def report(label: str, pages: list[tuple[list[str], Image.Image]], recognizer: Recognizer) -> None:
    """One line of what was found."""
    wrong = total = doubted = unread = 0
    lost_figures: set[str] = set()
    began = time.process_time()
    for lines, page in pages:
        out = io.BytesIO()
        page.save(out, "PDF", resolution=72 * page.width / 595, quality=90)  # A4, whatever its resolution
        found = recognizer.page(drawn(out.getvalue(), 0, parameters.DPI, parameters.MOST_PIXELS, "a.pdf"))
        _, composed = lines_on(found, 595, 842, 0)
        said, read = (squeeze(fold("".join(texts))) for texts in (lines, [line.text for line in composed]))
        wrong, total = wrong + wrong_characters(said, read), total + len(said)
        if options_show():
            blocks = SequenceMatcher(None, said, read, autojunk=False).get_opcodes()
            print("   ", [(said[a:b], read[c:d]) for kind, a, b, c, d in blocks if kind != "equal"][:20])
        doubted += sum(line.doubtful for line in found.lines)
        unread += len(found.unread)
        sure = figures(" ".join(line.text for line in found.lines if not line.doubtful))
        lost_figures |= {figure for figure in sure if figure not in figures(" ".join(lines)) and figure not in said}
    seconds = (time.process_time() - began) / len(pages)
    print(
        f"{label}: {wrong} of {total} wrong ({wrong / total:.2%}), wrong figures not doubted: {sorted(lost_figures)}, "
        f"doubted lines {doubted}, unread {unread}, {seconds:.1f} s a page",
        flush=True,
    )


if __name__ == "__main__":
    main()
