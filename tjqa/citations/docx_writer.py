"""Word documents written anew: paragraphs of runs, with real footnotes. Standard library alone.

    note = Footnote((Run("资料.txt 第 3 行"),))
    docx((Paragraph((Run("新增就业"), Run("3215人", bold=True, notes=(note,)))),), title="核稿")

Nothing of a text is obeyed: it stands as characters, without those that XML cannot hold. The same content always gives
the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note below the page: its runs, which have no notes of their own."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set alike, with the footnotes that stand behind it. A line break in it is one in Word, a tab a
    tab. `colour` is RRGGBB, `highlight` one of Word's names of colours (yellow)."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""
    highlight: str = ""
    notes: tuple[Footnote, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs on lines of their own; `style` is one of `STYLES`, "" for running text."""

    runs: tuple[Run, ...]
    style: str = ""


STYLES = ("Title", "Heading1", "Heading2", "Quote", "ListParagraph")

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_NOTE = 1
"""Word keeps the numbers -1 and 0 for the line above the notes."""

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP archive can tell


def docx(paragraphs: Sequence[Paragraph], title: str = "") -> bytes:
    """The bytes of a Word document.

    Args:
        paragraphs: its text.
        title: of its properties.
    """
    notes: list[Footnote] = []
    body = "".join(_paragraph(paragraph, notes) for paragraph in paragraphs)
    edges = " ".join(f'w:{side}="1440"' for side in ("top", "right", "bottom", "left"))
    margins = f'<w:pgMar {edges} w:header="720" w:footer="720" w:gutter="0"/>'
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    document = f'{_DECLARATION}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{page}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_R}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(title),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            *((f"{_R}/{name}", f"{name}.xml") for name in ("styles", "footnotes", "settings"))
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/footnotes.xml": _footnotes(notes),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(paragraph: Paragraph, notes: list[Footnote]) -> str:
    style = f'<w:pPr><w:pStyle w:val="{paragraph.style}"/></w:pPr>' if paragraph.style in STYLES else ""
    return f"<w:p>{style}{''.join(_run(run, notes) for run in paragraph.runs)}</w:p>"


def _run(run: Run, notes: list[Footnote]) -> str:
    properties = "".join(_properties_of(run))
    made = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(_text(run.text))}</w:r>"
    for note in run.notes:
        made += _reference(len(notes) + _FIRST_NOTE)
        notes.append(note)
    return made


def _properties_of(run: Run) -> Iterator[str]:
    """In the order that the format wants."""
    if run.bold:
        yield "<w:b/>"
    if run.italic:
        yield "<w:i/>"
    if re.fullmatch(r"[0-9A-Fa-f]{6}", run.colour):
        yield f'<w:color w:val="{run.colour}"/>'
    if run.highlight.isalpha():
        yield f'<w:highlight w:val="{run.highlight}"/>'
    if run.underline:
        yield '<w:u w:val="single"/>'


def _text(text: str) -> Iterator[str]:
    for at, line in enumerate(_FORBIDDEN.sub("�", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")):
        if at:
            yield "<w:br/>"
        for number, piece in enumerate(line.split("\t")):
            if number:
                yield "<w:tab/>"
            if piece:
                yield f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def _reference(number: int) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _footnotes(notes: Sequence[Footnote]) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    for number, note in enumerate(notes, _FIRST_NOTE):
        runs = "".join(_run(run, []) for run in (Run(" "), *note.runs))
        style = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        lines += f'<w:footnote w:id="{number}"><w:p>{style}{mark}{runs}</w:p></w:footnote>'
    return f'{_DECLARATION}<w:footnotes xmlns:w="{_W}">{lines}</w:footnotes>'


def _settings() -> str:
    """That the two lines above the notes are those of the footnotes' part, and that the file is of today's Word."""
    own = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    word = 'w:uri="http://schemas.microsoft.com/office/word"'
    mode = f'<w:compat><w:compatSetting w:name="compatibilityMode" {word} w:val="15"/></w:compat>'
    return f'{_DECLARATION}<w:settings xmlns:w="{_W}">{own}{mode}</w:settings>'


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    kinds = (
        _style("Normal", "Normal", is_default=True),
        _style("Title", "Title", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>'),
        _style("Heading1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="30"/>'),
        _style("Heading2", "heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="26"/>'),
        _style("Quote", "Quote", '<w:ind w:left="480"/>', '<w:color w:val="404040"/>'),
        _style("ListParagraph", "List Paragraph", '<w:ind w:left="480" w:hanging="480"/>'),
        _style(
            "FootnoteText",
            "footnote text",
            '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
            '<w:sz w:val="18"/>',
        ),
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    )
    return f'{_DECLARATION}<w:styles xmlns:w="{_W}">{defaults}{"".join(kinds)}</w:styles>'


def _style(identity: str, name: str, paragraph: str = "", run: str = "", *, is_default: bool = False) -> str:
    default = ' w:default="1"' if is_default else ""
    based = "" if is_default else '<w:basedOn w:val="Normal"/>'
    own = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
    return f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{based}{own}</w:style>'


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = {f"/word/{name}.xml": f"{word}.{name}+xml" for name in ("styles", "footnotes", "settings")}
    overrides["/word/document.xml"] = f"{word}.document.main+xml"
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    lines = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{lines}</Types>'


def _properties(title: str) -> str:
    names = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    text = escape(_FORBIDDEN.sub("�", title))
    return f"{_DECLARATION}<cp:coreProperties {names}><dc:title>{text}</dc:title></cp:coreProperties>"
