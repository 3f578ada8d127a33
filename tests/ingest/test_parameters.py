"""tjqa.ingest.parameters: every number that steers cleaning and chunking can be set, and does something."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import pytest

from tests.support.cleaning_pages import PAGES, read_page
from tests.support.helpers import REPORT, ROOT
from tjqa.documents import SourceFile
from tjqa.ingest import parameters
from tjqa.ingest.chunking import pack
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.containers import parameters as container_parameters
from tjqa.ingest.readers.ofd import parameters as ofd_parameters
from tjqa.ingest.readers.pdf import parameters as pdf_parameters
from tjqa.ingest.readers.scans import parameters as scan_parameters

NAMES = sorted(name for name in vars(parameters) if name.isupper())
INGEST = ROOT / "tjqa" / "ingest"
OWN = {
    INGEST / "readers" / "pdf": pdf_parameters,
    INGEST / "readers" / "ofd": ofd_parameters,
    INGEST / "readers" / "scans": scan_parameters,
    INGEST / "containers": container_parameters,
}  # with numbers of their own
CODE = {path: path.read_text("utf-8") for path in sorted(INGEST.rglob("*.py")) if path.parent not in OWN}


def test_every_number_is_read_where_it_is_needed() -> None:
    """As `parameters.NAME`, so that a sweep that sets it is heard; never imported by itself."""
    parts = [
        ({path: path.read_text("utf-8") for path in sorted(folder.glob("*.py"))}, [n for n in vars(of) if n.isupper()])
        for folder, of in OWN.items()
    ]
    for code, names in ((CODE, NAMES), *parts):
        read = {name for text in code.values() for name in re.findall(r"\bparameters\.([A-Z_]+)", text)} - {"NAME"}
        assert read == set(names)
        for path, text in code.items():
            nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
            modules = {node.module for node in nodes}
            assert not {"tjqa.ingest.parameters", "tjqa.ingest.readers.pdf.parameters"} & modules, path.name


def test_no_number_is_fixed_when_a_module_is_imported() -> None:
    """Neither as the default of an argument nor in a constant of a module."""
    for path, text in CODE.items():
        tree = ast.parse(text)
        defaults = [
            default
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            for default in (*node.args.defaults, *filter(None, node.args.kw_defaults))
        ]
        fixed = [*defaults, *(node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))]
        assert not [node for node in fixed if "parameters." in ast.unparse(node)], path.name


def test_every_number_says_what_it_is() -> None:
    """A comment beside it or in the lines right above."""
    lines = (ROOT / "tjqa" / "ingest" / "parameters.py").read_text("utf-8").split("\n")
    for above, line in pairwise(lines):
        name = line.partition(" = ")[0]
        if name in NAMES:
            assert "  # " in line or above.startswith("# "), name


def cleaned_and_packed() -> list[object]:
    """What becomes of the labelled pages."""
    sources = [read_page(path).source for path in PAGES]
    return [(cleaned, pack(source, cleaned)) for source in sources for cleaned in [clean(source)]]


@pytest.mark.parametrize(
    ("name", "value"),
    [("LONGEST_PASSAGE", 100), ("SHORTEST_PROSE", 75), ("SHORTEST_HEADLINE", 30), ("MENU_SHARE", 2.0)],
)
def test_a_number_that_is_set_is_heard(name: str, value: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages come out otherwise."""
    before = cleaned_and_packed()
    monkeypatch.setattr(parameters, name, value)
    assert cleaned_and_packed() != before


def test_a_longer_target_makes_fewer_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same text."""
    source = SourceFile("报告.txt", "", "UTF-8", REPORT)
    many = len(pack(source, clean(source)))
    monkeypatch.setattr(parameters, "TARGET_PASSAGE", 60)
    monkeypatch.setattr(parameters, "FULL_PARAGRAPH", 40)
    assert len(pack(source, clean(source))) > many
