"""Each format's text held against what other programs read from the same files.

    python -m tests.benchmarks.extraction [FOLDER] [--show]

Without a folder, the samples of the tests. LibreOffice (`soffice`) reads Word, RTF and OpenDocument texts and workbooks
(as shown, a table after the other); of OFD, slides, books and mails the standard library takes the characters out of
the markup. Of each file: the share of the other program's characters that tjqa has, the share of tjqa's that the other
program has (both without blanks, as bags), and with `--show` which are missing on either side.
"""

from __future__ import annotations

import argparse
import csv
import email
import email.policy
import io
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from tests.support.fuzzing import WHOLE
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract

TEXTS = (".doc", ".wps", ".docx", ".rtf", ".odt")
SHEETS = (".xls", ".et", ".xlsx", ".ods")
# Columns by tabs, UTF-8, as shown, every sheet into a file of its own.
SHOWN = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1"


class Words(HTMLParser):
    """The text of a page, without its head, scripts and what is hidden by its element."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Counts what is not shown."""
        self._inside += tag in ("head", "script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        """The same."""
        self._inside -= tag in ("head", "script", "style", "title")

    def handle_data(self, data: str) -> None:
        """Keeps text."""
        if self._inside <= 0:
            self.parts.append(data)


def words_of(page: str) -> str:
    """The text of a page."""
    parser = Words()
    parser.feed(page)
    parser.close()
    return "".join(parser.parts)


def by_office(path: Path, kind: str) -> str:
    """What LibreOffice makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        done = ["soffice", f"-env:UserInstallation=file://{tempfile.gettempdir()}/tjqa-office", "--headless"]
        subprocess.run(
            [*done, "--convert-to", kind, "--outdir", folder, str(path)], check=True, capture_output=True, timeout=300
        )
        texts = [made.read_text("utf-8-sig", "replace") for made in sorted(Path(folder).iterdir())]
    if kind != SHOWN:
        return "\n".join(texts)
    return "\n".join("\t".join(row) for text in texts for row in csv.reader(io.StringIO(text), delimiter="\t"))


def by_markup(raw: bytes, suffix: str) -> str:
    """The characters in the markup of OFD, slides, books and mails."""
    if suffix == ".eml":
        return "".join(mail_texts(email.message_from_bytes(raw, policy=email.policy.default)))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        if suffix == ".epub":
            return "".join(
                words_of(archive.read(name).decode("utf-8", "replace"))
                for name in names
                if name.endswith((".xhtml", ".html", ".htm")) and "nav" not in name and "toc" not in name
            )
        tag = "TextCode" if suffix == ".ofd" else "t"
        start = "" if suffix == ".ofd" else ("ppt/slides/slide", "ppt/notesSlides/", "ppt/diagrams/data")
        wanted = [name for name in names if name.endswith(".xml") and name.startswith(start) and "Tpl" not in name]
        return "".join(
            element.text or ""
            for name in wanted
            if suffix != ".ofd" or "Content" in name
            for element in ElementTree.fromstring(archive.read(name)).iter()
            if element.tag.rpartition("}")[2] == tag
        )


def mail_texts(mail: email.message.Message) -> Iterator[str]:
    """Fields and text of a mail."""
    yield from (str(mail.get(field, "")) for field in ("subject", "from", "to", "cc"))
    body = mail.get_body(("plain", "html")) if isinstance(mail, email.message.EmailMessage) else None
    if body is not None:
        text = body.get_content()
        yield words_of(text) if body.get_content_type() == "text/html" else text


def other_text(path: Path) -> str | None:
    """What another program reads; None where there is none for the format."""
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        return by_office(path, "txt:Text (encoded):UTF8")
    if suffix in SHEETS:
        return by_office(path, SHOWN)
    if suffix in (".ofd", ".pptx", ".epub", ".eml"):
        return by_markup(path.read_bytes(), suffix)
    return None


def bag(text: str) -> Counter[str]:
    """Its characters without blanks and marks of width."""
    return Counter(char for char in unicodedata.normalize("NFKC", text) if not char.isspace() and char != "\ufeff")


def compare(path: Path, show: bool) -> tuple[int, int, int] | None:
    """Characters in both, in the other program's, in ours."""
    try:
        ours = bag(extract(path.read_bytes(), path.name).text)
    except SourcesError as error:
        print(f"{path.name}: {error}")
        return None
    try:
        text = other_text(path)
    except (subprocess.SubprocessError, OSError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        print(f"{path.name}: not read by the other program: {error!r}"[:200])
        return None
    if text is None:
        return None
    other = bag(text)
    both = (ours & other).total()
    print(
        f"{path.name}: {both / max(1, other.total()):.4f} of theirs ({other.total()}), "
        f"{both / max(1, ours.total()):.4f} of ours ({ours.total()})",
        flush=True,
    )
    if show:
        for label, rest in (("missing", other - ours), ("more", ours - other)):
            print(f"    {label}:", " ".join(f"{char}{count}" for char, count in rest.most_common(40)))
    return both, other.total(), ours.total()


def main() -> int:
    """Compare file by file, then by format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--show", action="store_true", help="print which characters differ")
    options = parser.parse_args()
    if shutil.which("soffice") is None:
        print("soffice is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if options.folder is None:
            for name, raw in WHOLE.items():
                (folder / name).write_bytes(raw)
        totals: dict[str, list[int]] = {}
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found = compare(path, options.show) if path.suffix.lower() not in (".pdf", ".zip") else None
            if found is not None:
                sums = totals.setdefault(path.suffix.lower(), [0, 0, 0])
                totals[path.suffix.lower()] = [a + b for a, b in zip(sums, found, strict=True)]
    for suffix, (both, theirs, ours) in sorted(totals.items()):
        print(f"{suffix}: {both / max(1, theirs):.4f} of theirs, {both / max(1, ours):.4f} of ours")
    return 0


if __name__ == "__main__":
    sys.exit(main())
