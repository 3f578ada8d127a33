"""A small writer of .docx: paragraphs in a few styles and real footnotes, nothing else.

python-docx has no footnotes, and what is needed here is six parts of a zip archive (ECMA-376, parts 1 and 2): what may
stand in them is text of documents, so everything is escaped and freed of what XML cannot hold.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from tjqa.text.display import visible

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# What XML 1.0 cannot hold, half characters among it.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FIRST_NOTE = 1
"""Number of the first footnote; -1 and 0 are the lines above footnotes."""

_STYLES = (
    ("Normal", "Normal", "", '<w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="24"/></w:rPr>'),
    ("Title", "Title", "Normal", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr>'),
    (
        "Heading1",
        "heading 1",
        "Normal",
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr>',
    ),
    ("Quote", "Quote", "Normal", '<w:pPr><w:ind w:left="480"/></w:pPr>'),
    ("Warning", "Warning", "Normal", '<w:rPr><w:b/><w:color w:val="C00000"/></w:rPr>'),
    ("FootnoteText", "footnote text", "Normal", '<w:rPr><w:sz w:val="18"/></w:rPr>'),
)


class Document:
    """A document that grows paragraph by paragraph.

    Args:
        title: told by the properties of the file.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._body: list[str] = []
        self._notes: list[str] = []

    def paragraph(self, text: str, style: str = "Normal", footnote: str = "") -> None:
        """Add a paragraph; line breaks in it stay, the footnote stands at its end."""
        runs = _runs(text)
        if footnote:
            runs += f'<w:r>{_RAISED}<w:footnoteReference w:id="{_FIRST_NOTE + len(self._notes)}"/></w:r>'
            self._notes.append(footnote)
        self._body.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>')

    def data(self) -> bytes:
        """The bytes of the file; the same for the same content."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self._files().items():
                entry = zipfile.ZipInfo(name)  # of 1980: the content alone decides the bytes
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, (_HEAD + text).encode("utf-8"))
        return out.getvalue()

    def _files(self) -> dict[str, str]:
        size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"'
        margins = f'{size} w:header="851" w:footer="992" w:gutter="0"/>'
        body = f"{''.join(self._body)}<w:sectPr>{margins}</w:sectPr>"
        return {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships(
                ("officeDocument", _OFFICE, "word/document.xml"),
                ("metadata/core-properties", f"{_PACKAGE}/relationships", "docProps/core.xml"),
            ),
            "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{_text(self._title)}</dc:title></cp:coreProperties>',
            "word/_rels/document.xml.rels": _relationships(
                ("styles", _OFFICE, "styles.xml"),
                ("footnotes", _OFFICE, "footnotes.xml"),
                ("settings", _OFFICE, "settings.xml"),
            ),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {_W}>{''.join(self._footnotes())}</w:footnotes>",
            "word/settings.xml": f'<w:settings {_W}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
            "</w:footnotePr></w:settings>",
            "word/styles.xml": f"<w:styles {_W}>{''.join(map(_style, _STYLES))}</w:styles>",
        }

    def _footnotes(self) -> list[str]:
        lines = (("-1", "separator"), ("0", "continuationSeparator"))
        found = [f'<w:footnote w:type="{k}" w:id="{n}"><w:p><w:r><w:{k}/></w:r></w:p></w:footnote>' for n, k in lines]
        for number, note in enumerate(self._notes, _FIRST_NOTE):
            mark = f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
            style = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            found.append(f'<w:footnote w:id="{number}"><w:p>{style}{mark}{_runs(" " + note)}</w:p></w:footnote>')
        return found


_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def _text(text: str) -> str:
    """A text as XML holds it; what would steer or hide other text is shown as a sign."""
    return escape(_FORBIDDEN.sub("\ufffd", visible(text)))


def _runs(text: str) -> str:
    lines = [f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n")]
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def _style(told: tuple[str, str, str, str]) -> str:
    identity, name, base, properties = told
    default = "" if base else ' w:default="1"'
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    inside = f'<w:name w:val="{name}"/>{based}{properties}'
    return f'<w:style w:type="paragraph"{default} w:styleId="{identity}">{inside}</w:style>'


def _relationships(*told: tuple[str, str, str]) -> str:
    rows = (
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, base, target) in enumerate(told, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/footnotes.xml": f"{_TYPE}.footnotes+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    usual += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{usual}{rows}</Types>'
