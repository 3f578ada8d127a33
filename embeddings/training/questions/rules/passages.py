"""Plain text of a document in a Git repository, cut into numbered passages.

The questions name passages by number, so the same bytes must always give the
same passages. Hence no reader of the product is used here: those may change.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

# Lengths in characters. Shorter pieces say too little to be asked about alone, longer ones are cut by the reader.
LEAST, MOST = 100, 500
_LONGEST_HEADING = 60

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMERAL = "一二三四五六七八九十百零"
_HEADING = re.compile(rf"^(#{{1,6}}\s|第[{_NUMERAL}]+[编章节部分]+(\s|　|$)|[一二三四五六七八九十]+、\S{{1,28}}$)")
_ARTICLE = re.compile(rf"^第[{_NUMERAL}]+条")
_NO_TEXT = re.compile(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->|<%.*?%>")
_BLOCK = re.compile(r"(?i)</?(p|div|br|li|tr|h[1-6]|table|ul|ol|section|article|title|hr)\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` of one passage and the headings above it, outermost first, joined by " > "."""

    path: str
    text: str


def read_source(repository: str, commit: str, path: str) -> bytes:
    """Read `path` at `commit` of the Git directory `repository`; raises CalledProcessError where it is not there."""
    command = ["git", "-C", repository, "show", f"{commit}:{path}"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _docx_lines(data: bytes) -> Iterator[str]:
    body = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")).find(f"{_WORD}body")
    for block in body if body is not None else ():
        if block.tag == f"{_WORD}tbl":
            for row in block.iter(f"{_WORD}tr"):
                cells = ["".join(t.text or "" for t in cell.iter(f"{_WORD}t")) for cell in row.iter(f"{_WORD}tc")]
                yield " | ".join(cell.strip() for cell in cells if cell.strip())
        else:
            yield "".join(t.text or "" for t in block.iter(f"{_WORD}t"))


def _html_lines(text: str) -> list[str]:
    text = re.sub(r"\s*\n\s*", "", _NO_TEXT.sub("", text))
    text = re.sub(r"(?i)</t[dh]>", " | ", text)
    return html.unescape(re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", text))).split("\n")


def lines_of(data: bytes, path: str) -> list[str]:
    """Split a .docx, .html, .jsp, .md or .txt file into lines; white space is normalised, empty lines are left out."""
    if path.endswith(".docx"):
        lines = list(_docx_lines(data))
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        lines = _html_lines(text) if path.endswith((".html", ".jsp")) else text.split("\n")
    lines = [re.sub(r"[\s\u200b\ufeff]+", " ", line).strip(" |") for line in lines]
    return [line for line in lines if line]


def _pieces(line: str) -> Iterator[str]:
    """Cut a line behind sentence ends into pieces of at most MOST characters."""
    while len(line) > MOST:
        end = max(line.rfind(mark, LEAST, MOST) for mark in "。；;")
        end = end + 1 if end > 0 else MOST
        yield line[:end]
        line = line[end:].strip()
    if line:
        yield line


def _below(path: list[tuple[int, str]], line: str) -> list[tuple[int, str]]:
    """Return the path of headings after the heading `line`, each with its level."""
    level = len(line) - len(line.lstrip("#")) or (8 if "节" in line[:5] else 9 if "、" in line[:4] else 7)
    return [*((deep, name) for deep, name in path if deep < level), (level, line.lstrip("# ").strip())]


def _join_last(found: list[Passage]) -> list[Passage]:
    """Join a last passage that is too short to the one before it under the same heading."""
    if len(found) > 1 and len(found[-1].text) < LEAST and found[-2].path == found[-1].path:
        text = f"{found[-2].text}\n{found[-1].text}"
        if len(text) <= MOST:
            return [*found[:-2], Passage(found[-1].path, text)]
    return found


def passages_of(lines: list[str]) -> list[Passage]:
    """Pack lines into passages of LEAST to MOST characters where headings and articles allow it."""
    found: list[Passage] = []
    path: list[tuple[int, str]] = []
    held, held_path = "", ""
    for line in lines:
        if _HEADING.match(line) and not _ARTICLE.match(line) and len(line) < _LONGEST_HEADING:
            path = _below(path, line)
            if not 0 < len(held) < LEAST:
                if held:
                    found.append(Passage(held_path, held))
                held = ""
                continue  # a passage too short to stand alone keeps the heading
        for piece in _pieces(line):
            ends = len(held) + 1 + len(piece) > MOST or (len(held) >= LEAST and bool(_ARTICLE.match(piece)))
            if held and ends:
                found.append(Passage(held_path, held))
                held = ""
            if not held:
                held_path = " > ".join(name for _, name in path)
            held = f"{held}\n{piece}" if held else piece
    if held:
        found.append(Passage(held_path, held))
    return _join_last(found)
