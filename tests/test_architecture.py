"""The shape of the house: imports go down, heavy packages stay with their owners, nothing unsafe is used."""

from __future__ import annotations

import ast
import re
import statistics
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import ROOT, python
from tjqa.config import Settings

PACKAGE = ROOT / "tjqa"
FILES = sorted(PACKAGE.rglob("*.py"))

# From the ground up; a module imports only from rows below its own, or within its own package.
ROWS = (
    {"documents"},
    {"errors", "records", "tjqa"},
    {"config", "text", "headings", "models", "judgements", "arrays", "pace"},
    {"integrity", "keeping", "printing", "reading"},
    {
        *{"figures", "vectors", "store", "sources", "cleaning", "passages", "encoder", "lexical", "ranking", "samples"},
        *("filters", "references", "telling"),
    },
    {"terms", "units", "names", "export"},
    {"question", "typos", "verify", "prepared"},
    {"finding"},
    {"matching", "followup"},
    {"late", "marks"},
    {"parts", "retrieving"},
    {"features"},
    {"planning", "selection"},
    {"index", "processes"},
    {"analysing"},
    {"duplicates", "library", "search", "answers", "writing"},
    {"confidence", "intake"},
    {"updating", "shelves"},
    {"remarks", "milvus"},
    {"engine", "evaluation"},
    {"checks"},
    {"commands"},
    {"upkeep"},
    {"ui"},
    {"cli"},
    {"__main__"},
)
ROW = {name: number for number, row in enumerate(ROWS) for name in row}

# Each heavy package is named in one place, so that what it costs and how it fails is decided there.
OWNERS = {
    "faiss": {"vectors"},
    "jieba": {"terms"},
    "pypinyin": {"typos"},
    "opencc": {"text"},
    "filelock": {"store"},
    "threadpoolctl": {"processes"},
    "platformdirs": {"config", "ui"},
    "watchfiles": {"upkeep"},
    "selectolax": {"reading"},
    "pypdfium2": {"reading"},
    "openpyxl": {"reading"},
    "torch": {"encoder"},
    "sentence_transformers": {"encoder"},
    "tokenizers": {"encoder"},
    "scipy": {"encoder"},
    "textual": {"ui"},
    "rich": {"ui"},
    "textual_serve": {"ui"},
    "aiohttp": {"ui"},
    "pymilvus": {"milvus"},
    "grpc": {"milvus"},
}
LIGHT = {"numpy"}  # the currency between the modules


def part(path: Path) -> str:
    """The row entry a file belongs to: its module, or the subpackage it lies in."""
    first = path.relative_to(PACKAGE).parts[0]
    return "tjqa" if first == "__init__.py" else first.removesuffix(".py")


def imports(tree: ast.AST, checking: bool = False) -> Iterator[tuple[str, bool]]:
    """Every module imported anywhere in a tree, and whether only for type checking."""
    for node in ast.iter_child_nodes(tree):
        inner = checking or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        if isinstance(node, ast.Import):
            yield from ((alias.name, inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            names = [f"tjqa.{alias.name}" for alias in node.names] if node.module == "tjqa" else [node.module or ""]
            yield from ((name, inner) for name in names)
        yield from imports(node, inner)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    """A module knows only what lies below it; types may be named from anywhere."""
    own = part(path)
    assert own in ROW, f"{own} has no row in ROWS: say where it belongs"
    for name, checking in imports(ast.parse(path.read_text("utf-8"))):
        if name.split(".")[0] != "tjqa" or checking:
            continue
        first = name.removeprefix("tjqa").removeprefix(".").partition(".")[0]
        other = first if first in ROW else "tjqa"  # from tjqa import __version__
        assert other == own or ROW[other] < ROW[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_package_has_its_owner(path: Path) -> None:
    """Packages from outside are named only by their owners, and every one has an owner."""
    for name, checking in imports(ast.parse(path.read_text("utf-8"))):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top == "tjqa" or (checking and top in OWNERS):
            continue
        assert top in LIGHT or part(path) in OWNERS.get(top, set()), f"{part(path)} imports {top}"


def test_what_is_imported_is_declared() -> None:
    """Every package the code names is a dependency of its own, not one that happens to come with another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["web"]]
    declared += project["optional-dependencies"]["milvus"]
    names = {re.split(r"[<>=\[ ]", line)[0].replace("-", "_") for line in declared} | {"rich"}  # rich is Textual's own
    called = {"faiss": "faiss_cpu", "grpc": "grpcio"}  # what their packages are called
    assert {called.get(name, name) for name in {*OWNERS, *LIGHT}} <= names


def test_heavy_packages_are_imported_inside_functions() -> None:
    """No module but the screens and those that live on arrays pays for a heavy package when it is imported."""
    for path in FILES:
        if part(path) == "ui":
            continue
        top = [
            node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        names = {name.split(".")[0] for node in top for name, _ in imports(ast.Module([node], []))}
        assert not names & OWNERS.keys(), f"{path.name} imports {names & OWNERS.keys()} at its top"


def modules_after(code: str, *arguments: str) -> set[str]:
    """Top-level modules in a fresh interpreter after it ran `code`."""
    done = python(
        "-c", f"{code}\nimport sys\nprint('MODULES', *{{name.split('.')[0] for name in sys.modules}})", *arguments
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("MODULES")[2].split())


def test_the_app_does_without_its_extras() -> None:
    """Only `tjqa web` and --store need what is not installed with tjqa itself."""
    assert not modules_after("import tjqa.ui.app, tjqa.commands") & {"textual_serve", "aiohttp", "pymilvus"}


def test_the_app_paints_before_anything_heavy() -> None:
    """What the first screen imports is Textual and the standard library."""
    assert not modules_after("import tjqa.ui.app") & ({*OWNERS, "numpy"} - {"textual", "rich", "platformdirs"})


def test_command_line_starts_light() -> None:
    """`tjqa --help` and a wrong option pay for nothing heavy."""
    found = modules_after("import tjqa.cli")
    assert "argparse" in found
    assert not found & {*OWNERS, "numpy"}


def test_asking_leaves_torch_out(seed_library: Settings) -> None:
    """The default path never imports torch or sentence_transformers, nor the screens."""
    found = modules_after(
        "import sys; from tjqa.cli import main; assert main(sys.argv[1:]) == 0",
        *("ask", "津南区会展", f"--sources={seed_library.sources}", f"--embeddings={seed_library.embeddings}"),
    )
    assert {"faiss", "numpy", "jieba"} <= found
    assert not found & {"torch", "sentence_transformers", "transformers", "textual", "scipy", "sklearn"}


def test_indexing_leaves_torch_out(model: Path, documents: Path, tmp_path: Path) -> None:
    """Building with the default model needs no torch either."""
    found = modules_after(
        "import sys; from tjqa.cli import main; assert main(sys.argv[1:]) == 0",
        *("index", f"--sources={documents}", f"--embeddings={tmp_path}"),
    )
    assert "faiss" in found
    assert not found & {"torch", "sentence_transformers", "transformers", "textual"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_modules_and_functions_stay_small() -> None:
    """Modules up to 300 lines, functions up to 60 and ten in the median."""
    lengths = []
    for path in FILES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 300, path.name
        lengths += [((f.end_lineno or 0) - f.lineno + 1, f"{path.name}:{f.name}") for f in functions(ast.parse(text))]
    assert max(lengths)[0] <= 60, max(lengths)
    assert statistics.median(length for length, _ in lengths) <= 10


def test_every_return_type_is_written() -> None:
    """A reader sees what a function gives without reading it."""
    bare = [
        f"{p.name}:{f.name}" for p in FILES for f in functions(ast.parse(p.read_text("utf-8"))) if f.returns is None
    ]
    assert bare == []


def test_every_test_says_what_it_holds() -> None:
    """Each test function has a docstring."""
    tests = [
        (p, f) for p in sorted((ROOT / "tests").rglob("test_*.py")) for f in functions(ast.parse(p.read_text("utf-8")))
    ]
    assert [f"{p.name}:{f.name}" for p, f in tests if f.name.startswith("test_") and not ast.get_docstring(f)] == []


def test_nothing_is_unpickled_or_evaluated() -> None:
    """No file of an index, a model or a document can run code."""
    modules = {"pickle", "marshal", "shelve", "dill", "joblib", "xmlrpc"}
    for path in FILES:
        text = path.read_text("utf-8")
        assert not modules & {name.split(".")[0] for name, _ in imports(ast.parse(text))}, path.name
        calls = [ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        assert not {"eval", "exec", "os.system", "np.fromfile", "torch.load"} & set(calls), path.name
        assert "allow_pickle=True" not in text and "shell=True" not in text, path.name


def test_broad_except_only_where_it_reports() -> None:
    """Errors are caught by name; the exceptions to this are named here, each reports what it caught."""
    allowed = {
        "encoder.py",  # tokenizers raises bare Exception; turned into a ModelError
        "serving.py",  # parsers of foreign formats raise anything; told as a damaged document
        "worker.py",  # the engine thread: a screen that waits forever would be worse
    }
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in ("everything", "Exception", "BaseException") or path.name in allowed, path.name


def test_version_and_changelog_agree() -> None:
    """The newest entry of the changelog is the version of the package."""
    from tjqa import __version__

    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None and newest[1] == __version__
