"""Documents of every format, made from plain text by other means than the readers' libraries."""

# ruff: noqa: E501  the markup of these formats is long

from __future__ import annotations

import html
import io
import zipfile
import zlib
from collections.abc import Sequence
from itertools import zip_longest

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_html(text: str, head: str = '<meta charset="utf-8">', encoding: str = "utf-8") -> bytes:
    """A page with one paragraph a line; a blank line stays one to see."""
    lines = [f"<p>{html.escape(line) if line.strip() else '&nbsp;'}</p>" for line in text.split("\n")]
    page = f"<!DOCTYPE html><html><head>{head}<title>页面</title></head><body>\n{''.join(lines)}\n</body></html>"
    return page.encode(encoding)


def as_mhtml(page: bytes) -> bytes:
    """A saved page with a picture beside it."""
    import base64

    body = base64.encodebytes(page).decode()
    return (
        'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n'
        "----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        f"----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n----x--\r\n"
    ).encode()


def as_docx(text: str, extra: str = "") -> bytes:
    """A document with one paragraph a line, then `extra` XML."""
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line, quote=False)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
    body = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{paragraphs}{extra}</w:body></w:document>'
    return zipped({"word/document.xml": body.encode()})


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A table for `as_docx`."""
    cells = ("".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def as_xlsx(
    sheets: dict[str, Sequence[Sequence[object]]],
    before_rows: str = "",
    after_rows: str = "",
    *,
    formats: Sequence[str | int] = (),
    states: Sequence[str] = (),
    workbook: tuple[str, str] = ("", ""),
    strings: Sequence[str] = (),
) -> bytes:
    """A workbook with inline strings; XML of one's own may stand before and after the rows of each sheet. `formats` are
    those of the styles from 1, by code or by number; `states` of the sheets say which are hidden; `workbook` is XML
    before and after the list of sheets; `strings` are the insides of those that cells share. A value that begins with
    "<c " is the XML of its cell."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}">{workbook[0]}<sheets>'
        + "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" state="{state}"/>'
            for n, (name, state) in enumerate(zip_longest(sheets, states, fillvalue="visible"), 1)
        )
        + f"</sheets>{workbook[1]}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + (f'<Relationship Id="s" Type="{rel}/styles" Target="styles.xml"/>' if formats else "")
        + (f'<Relationship Id="t" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/>' if strings else "")
        + "</Relationships>",
    }
    if strings:
        files["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{"".join(f"<si>{one}</si>" for one in strings)}</sst>'
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
            "</Types>",
            '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        )
    if formats:
        files["xl/styles.xml"] = _styles(formats)
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
            "</Types>",
            '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
        )
    for n, rows in enumerate(sheets.values(), 1):
        data = "".join(f"<row>{''.join(_cell(value) for value in row)}</row>" for row in rows)
        files[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{main}">{before_rows}<sheetData>{data}{after_rows}</sheetData></worksheet>'
        )
    return zipped({name: text.encode() for name, text in files.items()})


def _styles(formats: Sequence[str | int]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{html.escape(code)}"/>'
        for n, code in enumerate(formats)
        if isinstance(code, str)
    )
    styles = "".join(
        f'<xf numFmtId="{200 + n if isinstance(code, str) else code}" applyNumberFormat="1"/>'
        for n, code in enumerate(formats)
    )
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<numFmts>{codes}</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _cell(value: object) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if str(value).startswith("<c "):
        return str(value)
    return f'<c t="inlineStr"><is><t>{html.escape(str(value), quote=False)}</t></is></c>'


def as_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF of so many lines a page, in a font of the reader's own with a map back to Unicode."""
    objects: list[bytes] = [b"", b""]  # catalogue and page tree come first, filled in below

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes) -> bytes:
        packed = zlib.compress(data)
        return b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed)

    used = sorted({char for page in pages for line in page for char in line if ord(char) < 0x10000})
    pairs = "\n".join(f"<{ord(char):04X}> <{ord(char):04X}>" for char in used)
    blocks = f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{len(used)} beginbfchar\n{pairs}\nendbfchar"
    cmap = add(stream(f"begincmap\n/CMapName /X def\n{blocks}\nendcmap\n".encode()))
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
        b"/Ascent 900 /Descent -100 /CapHeight 700 /StemV 80 >> >>"
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [%d 0 R] "
        b"/ToUnicode %d 0 R >>" % (descendant, cmap)
    )
    kids = []
    for lines in pages:
        shown = "\n".join(
            f"1 0 0 1 50 {780 - 20 * n} Tm <{''.join(f'{ord(c):04X}' for c in line)}> Tj"
            for n, line in enumerate(lines)
        )
        content = add(stream(f"BT /F 12 Tf\n{shown}\nET".encode()))
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F %d 0 R >> >> >>" % (content, font)
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()
