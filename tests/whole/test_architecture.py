"""The shape of the house: imports go down, heavy packages stay with their owners, nothing unsafe is used."""

from __future__ import annotations

import ast
import graphlib
import re
import statistics
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, python
from tjqa.config import Settings

PACKAGE = ROOT / "tjqa"
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES}

# The contract of the house, from the ground up. A room is a package or a module beside them; it imports only from
# lines above its own, or from itself. README's map and docs/architecture.md are held against the same lines.
LAYERS = (
    "messages records",  # what can be said, as data; what a record that is read must be
    "errors documents files",  # the nouns, and what can go wrong
    "reports config",  # what is known of files and builds; the settings
    "views",  # what is shown of a file
    "results",  # what is handed from room to room
    "progress text encoders",  # how far a build is; of a string alone; text -> vectors
    "ingest",  # file -> passages
    "index",  # passages -> segments
    "retrieval",  # question -> ranked hits
    "citations",  # hit -> a place that can be checked
    "answers",  # hits -> answer
    "engine evaluation",  # where all of it meets
    "api",  # what a program that imports tjqa calls
    "ui",  # the screens
    "cli",  # the commands, of which one opens the screens
    "__main__",
)
FLOOR = {room: floor for floor, rooms in enumerate(LAYERS) for room in rooms.split()}
EXCEPTIONS: dict[tuple[str, str], str] = {}  # (room, room above it) -> why

# Each heavy package is named in one place, so that what it costs and how it fails is decided there.
OWNERS = {
    "faiss": "index/vectors.py",
    "jieba": "text/segmenter.py",
    "pypinyin": "retrieval/spelling.py",
    "opencc": "text/normalize.py",
    "filelock": "index/generations.py citations/notebook/file.py",
    "threadpoolctl": "index/workers.py",
    "platformdirs": "config.py ui/",
    "shtab": "cli/shell_completion.py",
    "watchfiles": "ingest/watching.py",
    "selectolax": "ingest/readers/html.py",
    "pypdfium2": "ingest/readers/pdf/",
    "rapidocr": "ingest/readers/scans/recognizing.py",
    "cv2": "ingest/readers/scans/",
    "PIL": "ingest/readers/scans/frames.py",
    "xlrd": "ingest/readers/xls.py",
    "olefile": "ingest/readers/doc.py",
    "openpyxl": "ingest/readers/xlsx.py answers/figures/workbook.py",
    "tomlkit": "ui/kept/settings_file.py",
    "torch": "encoders/transformer.py",
    "sentence_transformers": "encoders/transformer.py",
    "tokenizers": "encoders/vocabulary.py",
    "onnxruntime": "encoders/contextual.py",
    "scipy": "encoders/static.py",
    "textual": "ui/",
    "rich": "ui/",
    "textual_serve": "ui/",
    "aiohttp": "ui/",
    "mcp": "cli/mcp/",
    "uvicorn": "cli/mcp/",
    "pymilvus": "index/milvus/",
    "grpc": "index/milvus/",
}
LIGHT = {"numpy"}  # the currency between the modules


def room(path: Path) -> str:
    """The room a file belongs to: the package, or the module beside the packages."""
    first = path.relative_to(PACKAGE).parts[0]
    return "tjqa" if first == "__init__.py" else first.removesuffix(".py")


def owns(path: Path, package: str) -> bool:
    """Whether a file is the one, or lies in the one folder, that may name a package."""
    name = path.relative_to(PACKAGE).as_posix()
    return any(name == o or (o.endswith("/") and name.startswith(o)) for o in OWNERS.get(package, "").split())


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
    """A room knows only what lies below it; types may be named from anywhere."""
    own = room(path)
    assert own in FLOOR or own == "tjqa", f"{own} stands in no line of LAYERS: say where it belongs"
    for name, checking in imports(ast.parse(path.read_text("utf-8"))):
        other = name.removeprefix("tjqa").removeprefix(".").partition(".")[0]
        if name.split(".")[0] == "tjqa" and other in FLOOR and other != own and not checking:
            assert FLOOR[other] < FLOOR.get(own, 99) or (own, other) in EXCEPTIONS, f"{own} imports {other}"


def test_no_circle_of_modules() -> None:
    """Inside a package, too, no module needs itself by way of others when it is imported."""
    graph = {}
    for path in FILES:
        own = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        top = [n for n in ast.parse(path.read_text("utf-8")).body if isinstance(n, ast.Import | ast.ImportFrom)]
        whole = {name for name, _ in imports(ast.Module([*top], []))}
        parts = {f"{n.module}.{a.name}" for n in top if isinstance(n, ast.ImportFrom) for a in n.names}
        graph[own] = {name for name in whole if not any(part.rpartition(".")[0] == name for part in parts & MODULES)}
        graph[own] |= parts & MODULES
    order = graphlib.TopologicalSorter({own: names & graph.keys() - {own} for own, names in graph.items()})
    order.prepare()  # raises CycleError with the circle


def test_the_house_is_small() -> None:
    """Few rooms, so that a newcomer sees all of them at once."""
    rooms = {room(path) for path in FILES}
    packages = {name for name in rooms if (PACKAGE / name).is_dir()}
    assert len(packages) <= 10, packages
    assert len({path.stem for path in PACKAGE.glob("*.py")}) <= 14


@pytest.mark.parametrize("paper", ["README.md", "README.en.md", "docs/architecture.md"])
def test_the_map_is_the_contract(paper: str) -> None:
    """The map names the packages in the order of LAYERS, and every module beside them."""
    lines = (ROOT / paper).read_text("utf-8").partition("\ntjqa/\n")[2].partition("```")[0].splitlines()
    named = [word for line in lines for word in line.split("  ")[1:2] for word in [word.strip()]]
    listed = [room.removesuffix("/").removesuffix(".py") for row in named for room in row.split()]
    assert listed, f"{paper} has no map of tjqa/"
    assert [FLOOR[name] for name in listed] == sorted(FLOOR[name] for name in listed)
    assert set(listed) == FLOOR.keys() - {"__main__"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_package_has_its_owner(path: Path) -> None:
    """Packages from outside are named only by their owners, and every one has an owner."""
    for name, checking in imports(ast.parse(path.read_text("utf-8"))):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top == "tjqa" or (checking and top in OWNERS):
            continue
        assert top in LIGHT or owns(path, top), f"{path} imports {top}"


def test_what_is_imported_is_declared() -> None:
    """Every package the code names is a dependency of its own, not one that happens to come with another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["web"]]
    declared += [line for extra in ("milvus", "mcp", "ocr") for line in project["optional-dependencies"][extra]]
    names = {re.split(r"[<>=\[ ]", line)[0].replace("-", "_") for line in declared} | {"rich"}  # rich is Textual's own
    called = {
        "faiss": "faiss_cpu",
        "grpc": "grpcio",
        "cv2": "opencv_python_headless",
        "PIL": "pillow",
    }  # what their packages are called
    assert {called.get(name, name) for name in {*OWNERS, *LIGHT}} <= names


def test_heavy_packages_are_imported_inside_functions() -> None:
    """No module but the screens and those that live on arrays pays for a heavy package when it is imported."""
    for path in FILES:
        if room(path) == "ui":
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


@pytest.mark.slow
def test_the_app_does_without_its_extras() -> None:
    """Only `tjqa web` and --store need what is not installed with tjqa itself."""
    assert not modules_after("import tjqa.ui.app, tjqa.cli.ask") & {"textual_serve", "aiohttp", "pymilvus"}


@pytest.mark.slow
def test_the_app_paints_before_anything_heavy() -> None:
    """What the first screen imports is Textual and the standard library."""
    assert not modules_after("import tjqa.ui.app") & ({*OWNERS, "numpy"} - {"textual", "rich", "platformdirs"})


@pytest.mark.slow
def test_command_line_starts_light() -> None:
    """`tjqa --help` and a wrong option pay for nothing heavy."""
    found = modules_after("import tjqa.cli")
    assert "argparse" in found
    assert not found & {*OWNERS, "numpy"}


@pytest.mark.slow
def test_asking_leaves_torch_out(seed_library: Settings) -> None:
    """The default path never imports torch or sentence_transformers, nor the screens."""
    found = modules_after(
        "import sys; from tjqa.cli import main; assert main(sys.argv[1:]) == 0",
        *("ask", "津南区会展", f"--sources={seed_library.sources}", f"--embeddings={seed_library.embeddings}"),
    )
    assert {"faiss", "numpy", "jieba"} <= found
    assert not found & {"torch", "sentence_transformers", "transformers", "textual", "scipy", "sklearn"}


@pytest.mark.slow
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
    """Modules up to 300 lines, functions up to 50 and ten in the median."""
    lengths = []
    for path in FILES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 300, path.name
        lengths += [((f.end_lineno or 0) - f.lineno + 1, f"{path.name}:{f.name}") for f in functions(ast.parse(text))]
    assert max(lengths)[0] <= 50, max(lengths)
    assert statistics.median(length for length, _ in lengths) <= 10


def test_classes_stay_small() -> None:
    """Classes up to 200 lines and 30 methods, so that none grows into the whole app."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                methods = [part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
                assert (node.end_lineno or 0) - node.lineno + 1 <= 200, f"{path.name}: {node.name}"
                assert len(methods) <= 30, f"{path.name}: {node.name}"


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
        # Raised again once the reading process is stopped: its pipes are out of step. Inside that process parsers of
        # foreign formats raise anything; told as a damaged document.
        "sandbox.py",
        "static.py",  # tokenizers raises bare Exception; turned into a ModelError
        "vocabulary.py",  # the same
        "contextual.py",  # so does ONNX Runtime
        "reader.py",  # the same
        "transformer.py",  # models of foreign files make the libraries raise anything; turned into a ModelError
        "analyzer.py",  # any analyser or model may fail on a document: which one it is is found and told
        "faulty_documents.py",  # the same: raised again when it is no document's fault
        "opening.py",  # the standard library's parser of mails, in that process; told as a damaged file
        "pipeline.py",  # one file that our code fails on must not cost the others; told as a skipped file, and logged
        "engine_thread.py",  # the engine thread: a screen that waits forever would be worse
    }
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in ("everything", "Exception", "BaseException") or path.name in allowed, path.name


def test_version_and_changelog_agree() -> None:
    """The newest version of the changelog is that of the package, also where it is cited; only what is not released
    may stand above it."""
    from tjqa import __version__

    entries = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    released = entries[1:] if entries[0] == "Unreleased" else entries
    assert released[0] == __version__
    assert "Unreleased" not in released
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
