"""Word documents of XML of one's own: paragraphs, runs, fields, boxes, lists; and what is read of them."""

from __future__ import annotations

import html

from tests.support.formats import zipped
from tjqa.ingest.readers import extract
from tjqa.ingest.readers.base import Extracted

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def as_word(body: str, files: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word document of XML: its body, and the insides of other parts by their names (styles="<w:style …>"). `title`
    is the one of its properties, `files` are further parts as they are."""
    roots = {"numbering": "w:numbering", "styles": "w:styles", "settings": "w:settings"}
    xml = {"word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"}
    if title := parts.pop("title", ""):
        names = 'xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        inner = f"<dc:title>{html.escape(title)}</dc:title>"
        xml["docProps/core.xml"] = f"<c:coreProperties {names} {dublin}>{inner}</c:coreProperties>"
    for name, inside in parts.items():
        root = roots.get(name, f"w:{name}")
        xml[f"word/{name}.xml"] = f"<{root} {_NAMESPACES}>{inside}</{root}>"
    return zipped({name: text.encode() for name, text in xml.items()} | (files or {}))


def word_paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph for `as_word`: each run is text, or XML when it begins with "<"."""
    made = (run if run.startswith("<") else word_run(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(made)}</w:p>"


def word_run(inside: str, properties: str = "") -> str:
    """A run: text, or XML when it begins with "<"."""
    text = inside if inside.startswith("<") else f'<w:t xml:space="preserve">{inside}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{text}</w:r>"


def word_field(code: str, result: str | None = None, begin: str = "") -> str:
    """The runs of a field: its code, its result where it has one."""
    mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
    shown = (
        "" if result is None else mark.format("separate", "") + (result if result.startswith("<") else word_run(result))
    )
    return f"{mark.format('begin', begin)}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{mark.format('end', '')}"


def word_box(*paragraphs: str) -> str:
    """A run with a text box, as Word writes it: once for itself, once for older programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def read(body: str, files: dict[str, bytes] | None = None, **parts: str) -> Extracted:
    """A document made of XML, read."""
    return extract(as_word(body, files, **parts), "甲.docx")


def lines(body: str, **parts: str) -> list[str]:
    """Its lines."""
    return read(body, **parts).text.removesuffix("\n").split("\n")


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def at(level: int, number: int = 1) -> str:
    """Properties of a paragraph of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(pattern: str, form: str = "decimal", depth: int = 0, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """numbering.xml with one list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def list_of(pattern: str, form: str, more: str = "", start: int = 1) -> str:
    """numbering.xml with a list of one level."""
    return lists(level(pattern, form, more=more, start=start))
