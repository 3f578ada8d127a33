"""PDF files with text at chosen places and in chosen sizes, rules, bookmarks, notes and forms."""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Text(NamedTuple):
    """A line of text that begins at `x` points from the left, its baseline `y` points from the top. In the Chinese font
    every character is as wide as the type size. A single character has to be set in Helvetica (`latin`): PDFium passes
    over those of fonts it does not have. `turn` are the quarter turns against the clock, `mode` is how it is drawn (3:
    not at all, as the text below a scan)."""

    x: float
    y: float
    text: str
    size: float = 12
    latin: bool = False
    turn: float = 0
    mode: int = 0


class Rule(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


Page = Sequence[Text | Rule | str]  # a string is content as it stands in the file


def lines(
    texts: Sequence[str], x: float = 60, y: float = 80, size: float = 12, pitch: float = 20
) -> list[Text | Rule | str]:
    """Lines below each other."""
    return [Text(x, y + pitch * n, text, size) for n, text in enumerate(texts)]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Text | Rule | str]:
    """The rules of a table."""
    across = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *(Rule(x, ys[0], x, ys[-1]) for x in xs)]


def placed_pdf(
    pages: Sequence[Page],
    title: str = "",
    bookmarks: Sequence[tuple[str, int]] = (),
    annotations: Sequence[str] = (),
    page_entries: str = "",
    trailer: str = "",
    square: float = 1,
    names: Mapping[str, str] | None = None,
    layers: Mapping[str, bool] | None = None,
    forms: Mapping[str, tuple[Page, str]] | None = None,
) -> bytes:
    """The file. `bookmarks` are names with their page (from 0), each below the one before; `annotations` are entries of
    annotations of the first page, whose appearance is the text after `|`. `square` is the part of its square that a
    Chinese character fills; `names` is what the font says that a sign stands for, where that is not itself.
    `layers` by their names are on or off; content in one stands between `/OC /name BDC` and `EMC`. `forms` are drawn by
    `/name Do`: their content, and the layer they are in as a whole, if any."""
    file = _File()
    font = _font(file, pages, square, names or {})
    latin = file.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    states = layers or {}
    numbers = {name: file.add(f"<< /Type /OCG /Name ({name}) >>".encode()) for name in states}
    groups = f"/Properties << {' '.join(f'/{name} {at} 0 R' for name, at in numbers.items())} >>" if numbers else ""
    own = f"/Font << /F {font} 0 R /H {latin} 0 R >> {groups}"
    drawn = ""
    for name, (content_of_form, layer) in (forms or {}).items():
        entries = f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] /Resources << {own} >>"
        entries += f" /OC {numbers[layer]} 0 R" if layer else ""
        drawn += f" /{name} {file.stream(chr(10).join(map(_drawn, content_of_form)), entries)} 0 R"
    resources = f"/Resources << {own} /XObject << {drawn} >> >>"
    kids = []
    for number, page in enumerate(pages):
        content = file.stream("\n".join(map(_drawn, page)))
        notes = _annotations(file, annotations, resources) if number == 0 else ""
        kids.append(
            file.add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {content} 0 R {resources} "
                f"{notes} {page_entries} >>".encode()
            )
        )
    outline = _outline(file, bookmarks, kids)
    file.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {outline} {_layers(states, numbers)} >>".encode()
    file.objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    if title:
        trailer += f" /Info {file.add(f'<< /Title <{_hex(title, bom=True)}> >>'.encode())} 0 R"
    return file.whole(trailer)


def _layers(states: Mapping[str, bool], numbers: Mapping[str, int]) -> str:
    """What the catalogue says of them."""
    if not states:
        return ""
    off = " ".join(f"{numbers[name]} 0 R" for name, shown in states.items() if not shown)
    every = " ".join(f"{number} 0 R" for number in numbers.values())
    return f"/OCProperties << /OCGs [{every}] /D << /BaseState /ON /Order [{every}] /OFF [{off}] >> >>"


class _File:
    def __init__(self) -> None:
        self.objects: list[bytes] = [b"", b""]  # catalogue and page tree come first, filled in at the end

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, content: str, entries: str = "") -> int:
        packed = zlib.compress(content.encode("latin-1"))
        head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >> stream\n".encode()
        return self.add(head + packed + b"\nendstream")

    def whole(self, trailer: str) -> bytes:
        out = io.BytesIO()
        out.write(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.objects) + 1))
        out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
        out.write(f"trailer << /Size {len(self.objects) + 1} /Root 1 0 R {trailer} >>\n".encode())
        out.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()


def _hex(text: str, *, bom: bool = False) -> str:
    return (b"\xfe\xff" * bom + text.encode("utf-16-be", "surrogatepass")).hex()


def _font(file: _File, pages: Sequence[Page], square: float, names: Mapping[str, str]) -> int:
    used = sorted({char for page in pages for item in page if isinstance(item, Text) for char in item.text})
    # Codes are those of the characters; one beyond 65,535 takes a code of its own.
    pairs = "\n".join(f"<{ord(char) & 0xFFFF:04X}> <{_hex(names.get(char, char))}>" for char in used)
    blocks = f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{len(used)} beginbfchar\n{pairs}\nendbfchar"
    cmap = file.stream(f"begincmap\n/CMapName /X def\n{blocks}\nendcmap\n")
    high = round(900 * square)
    descendant = file.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW {round(1000 * square)} "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
        f"/Ascent {high} /Descent {-high // 9} /CapHeight {high} /StemV 80 >> >>".encode()
    )
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] "
        f"/ToUnicode {cmap} 0 R >>".encode()
    )


def _drawn(item: Text | Rule | str) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, Rule):
        return f"{item.x0} {HEIGHT - item.y0} m {item.x1} {HEIGHT - item.y1} l S"
    angle = item.turn * math.pi / 2
    a, b = round(math.cos(angle), 6), round(math.sin(angle), 6)
    if item.latin:
        shown = "<" + item.text.encode("cp1252").hex() + ">"
    else:
        shown = "<" + "".join(f"{ord(char) & 0xFFFF:04X}" for char in item.text) + ">"
    name = "H" if item.latin else "F"
    place = f"{a} {b} {-b} {a} {item.x} {HEIGHT - item.y}"
    return f"BT /{name} {item.size} Tf {item.mode} Tr {place} Tm {shown} Tj ET"


def _annotations(file: _File, annotations: Sequence[str], resources: str) -> str:
    made = []
    for entry in annotations:
        entries, _, shown = entry.partition("|")
        look = file.stream(
            f"BT /H 12 Tf 2 4 Td ({shown}) Tj ET", f"/Type /XObject /Subtype /Form /BBox [0 0 200 20] {resources}"
        )
        made.append(
            file.add(f"<< /Type /Annot /Rect [60 600 260 620] /F 4 /AP << /N {look} 0 R >> {entries} >>".encode())
        )
    return f"/Annots [{' '.join(f'{number} 0 R' for number in made)}]" if made else ""


def _outline(file: _File, bookmarks: Sequence[tuple[str, int]], kids: Sequence[int]) -> str:
    if not bookmarks:
        return ""
    root = len(file.objects) + 1
    file.add(f"<< /Type /Outlines /First {root + 1} 0 R /Last {root + 1} 0 R /Count 1 >>".encode())
    for at, (name, page) in enumerate(bookmarks):
        number = root + 1 + at
        below = f"/First {number + 1} 0 R /Last {number + 1} 0 R /Count 1" if at + 1 < len(bookmarks) else ""
        file.add(
            f"<< /Title <{_hex(name, bom=True)}> /Parent {number - 1} 0 R "
            f"/Dest [{kids[page]} 0 R /Fit] {below} >>".encode()
        )
    return f"/Outlines {root} 0 R"
