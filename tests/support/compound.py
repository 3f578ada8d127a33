"""Office files of before 2007: the container they lie in, and workbooks."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR, _END, _FREE = 512, 0xFFFFFFFE, 0xFFFFFFFF


def compound(streams: dict[str, bytes]) -> bytes:
    """A container of named streams, each in sectors one after the other."""
    chains, data = [], bytearray()
    for raw in streams.values():
        start = len(data) // _SECTOR
        padded = raw + bytes(max(4096, -(-len(raw) // _SECTOR) * _SECTOR) - len(raw))  # shorter ones lie elsewhere
        data += padded
        chains.append((start, len(padded)))
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, (start, size)) in enumerate(zip(streams, chains, strict=True), 1):
        entries.append(_entry(name, 2, start, size, right=number + 1 if number < len(streams) else _FREE))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    chains.append((len(data) // _SECTOR, len(directory)))
    data += directory
    table: list[int] = []
    for start, size in chains:
        end = start + size // _SECTOR
        table += [*range(start + 1, end), _END]
    count = -(-(len(table) + 1) // 127)
    first = len(table)
    table += [0xFFFFFFFD] * count
    table += [_FREE] * (count * 128 - len(table))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 62, 3, 0xFFFE, 9, 6,
        0, count, chains[-1][0], 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(first, first + count), *[_FREE] * (109 - count))
    return header + bytes(data) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    written = name.encode("utf-16-le").ljust(64, b"\0")
    links = struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, _FREE, right, child)
    return written + links + bytes(36) + struct.pack("<II", start, size) + bytes(4)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def as_xls(
    sheets: dict[str, Sequence[Sequence[object]]],
    *,
    formats: Sequence[str] = (),
    styles: Sequence[Sequence[int]] = (),
    hidden: Sequence[str] = (),
    records: bytes = b"",
    fonts: bytes = b"",
    epoch: int = 0,
) -> bytes:
    """A workbook (BIFF8). `formats` are those of the styles from 1; `styles` of the first sheet's cells say which;
    `hidden` sheets are named; `records` stand behind the rows of each sheet, `fonts` in
    place of the one there is."""
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0x306)) + _record(0x22, struct.pack("<H", epoch))
    begin += fonts or _record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + b"\x01\x00A")
    begin += b"".join(_record(0x41E, struct.pack("<H", 170 + n) + _string(code)) for n, code in enumerate(formats))
    for key in (0, *range(170, 170 + len(formats))):
        begin += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, key, 0, 0, 0, 0, 0, 0, 0, 0))
    bodies = [
        _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0x306))
        + b"".join(
            _cell(at, column, value, (styles[at][column] if number == 0 and styles else 0))
            for at, row in enumerate(rows)
            for column, value in enumerate(row)
            if value is not None
        )
        + records
        + _record(0xA)
        for number, rows in enumerate(sheets.values())
    ]
    names = [(name, struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")) for name in sheets]
    place = len(begin) + sum(10 + len(written) for _, written in names) + 4
    for (name, written), body in zip(names, bodies, strict=True):
        begin += _record(0x85, struct.pack("<IBB", place, name in hidden, 0) + written)
        place += len(body)
    return compound({"Workbook": begin + _record(0xA) + b"".join(bodies)})


def _cell(row: int, column: int, value: object, style: int) -> bytes:
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, bool):
        return _record(0x205, place + struct.pack("<BB", value, 0))
    if isinstance(value, int | float):
        return _record(0x203, place + struct.pack("<d", value))
    return _record(0x204, place + _string(str(value)))


def merged_cells(top: int, bottom: int, left: int, right: int) -> bytes:
    """A record for `as_xls`."""
    return _record(0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def hidden_row(row: int) -> bytes:
    """A record for `as_xls`."""
    return _record(0x208, struct.pack("<HHHHHHI", row, 0, 2, 255, 0, 0, 0x20))


def hidden_column(column: int) -> bytes:
    """A record for `as_xls`."""
    return _record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))


def sprm(code: int, value: int, size: int) -> bytes:
    """A property for `as_doc`."""
    return struct.pack("<H", code) + value.to_bytes(size, "little")


CELL, ROW = sprm(0x2416, 1, 1), sprm(0x2416, 1, 1) + sprm(0x2417, 1, 1)
"""Properties of paragraphs for `as_doc`: in a table, and the one that ends its row."""
HIDDEN, DELETED, RAISED, SPECIAL, STRUCK = (sprm(code, 1, 1) for code in (0x83C, 0x800, 0x2A48, 0x855, 0x837))
"""Properties of runs for `as_doc`."""


def row_edges(*edges: int, below: Sequence[int] = ()) -> bytes:
    """A property of `ROW`: where cells begin and end; `below` are the codes of cells merged with those above."""
    count = len(edges) - 1
    cells = b"".join(struct.pack("<H18x", kind << 5) for kind in [*below, *[0] * (count - len(below))])
    data = struct.pack(f"<B{count + 1}h", count, *edges) + cells
    return struct.pack("<HH", 0xD608, len(data) + 1) + data


def as_doc(
    paragraphs: Sequence[str | tuple[str, bytes]],
    runs: Sequence[tuple[int, int, bytes]] = (),
    *,
    narrow: bool = False,
    flags: int = 0,
    version: int = 0xC1,
    notes: Sequence[str] = (),
) -> bytes:
    """A Word file of 97. A paragraph is its text, or that with its mark and properties; `runs` are properties of
    characters from one to another; `narrow` text has a byte a character; `notes` are footnotes, whose marks are the
    characters 2 of the text."""
    made = [(p + "\r", b"") if isinstance(p, str) else p for p in paragraphs]
    main = "".join(text for text, _ in made)
    text = main + "".join(f"\x02{note}\r" for note in notes)
    width = 1 if narrow else 2
    stored = text.encode("cp1252" if narrow else "utf-16-le")
    start = 1024
    body = bytearray(start) + stored
    body += bytes(-len(body) % 512)
    ends = [0]
    for one, _ in made:
        ends.append(ends[-1] + len(one))
    shapes = [(start + width * a, start + width * b, p) for a, b, (_, p) in zip(ends, ends[1:], made, strict=False)]
    cuts = [(start + width * a, start + width * b, p) for a, b, p in runs] or [(start, start + len(stored), b"")]
    pages = {"shapes": len(body) // 512, "cuts": len(body) // 512 + 1}
    body += _page(shapes, 13, b"\0\0") + _page(cuts, 1, b"")
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, start * 2 | 1 << 30 if narrow else start, 0)
    parts = {
        33: b"\x02" + struct.pack("<I", len(pieces)) + pieces,
        13: struct.pack("<III", shapes[0][0], shapes[-1][1], pages["shapes"]),
        12: struct.pack("<III", cuts[0][0], cuts[-1][1], pages["cuts"]),
    }
    if notes:
        marks = [at for at, char in enumerate(main) if char == "\x02"]
        parts[2] = struct.pack(f"<{len(marks) + 1}I", *marks, len(main)) + bytes(2 * len(marks))
        at, places = 0, [0]
        for note in notes:
            at += len(note) + 2
            places.append(at)
        parts[3] = struct.pack(f"<{len(places) + 1}I", *places, at + 1)
    table = b""
    for which, part in parts.items():
        struct.pack_into("<II", body, 0x9A + 8 * which, len(table), len(part))
        table += part
    struct.pack_into("<HH", body, 0, 0xA5EC, version)
    struct.pack_into("<H", body, 10, 0x200 | flags)
    struct.pack_into("<II", body, 0x4C, len(main), len(text) - len(main))
    return compound({"WordDocument": bytes(body), "1Table": table})


def _page(stretches: Sequence[tuple[int, int, bytes]], size: int, before: bytes) -> bytes:
    """A page of properties: places, offsets, and from the end the properties themselves."""
    page = bytearray(512)
    page[-1] = len(stretches)
    struct.pack_into(f"<{len(stretches) + 1}I", page, 0, *(one[0] for one in stretches), stretches[-1][1])
    at, known = 510, dict[bytes, int]()
    for count, (_, _, said) in enumerate(stretches):
        data = before + said
        if data and said not in known:
            data += bytes((len(data) + 1) % 2)  # with its length an even number of bytes
            at = known[said] = (at - len(data) - 1) & ~1
            page[at] = (len(data) + 1) // 2 if before else len(said)
            page[at + 1 : at + 1 + len(data)] = data
        page[4 * (len(stretches) + 1) + size * count] = known.get(said, 0) // 2
    assert at >= 4 * (len(stretches) + 1) + size * len(stretches), "too much for one page"
    return bytes(page)
