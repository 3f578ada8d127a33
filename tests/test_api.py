"""What `import tjqa` offers: its names, what importing costs, and the same places as the command line."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import tjqa
from tests.support.helpers import ROOT, FakeEncoder, python
from tjqa import api, errors
from tjqa.config import Settings

_PROGRAM = """
import tjqa

library = tjqa.open("~/资料")
answer = library.ask("全年新增就业多少人", filters=[tjqa.Filter("since", "2023")])
quotes: list[str] = [citation.quote for citation in answer.citations]
first: tjqa.Span = answer.citations[0].span
report: tjqa.BuildReport = tjqa.build(tjqa.settings("~/资料"), rebuild=True)
reveal_type(report.passages)
tjqa.opne
"""


def test_everything_exported_is_there() -> None:
    """Each name of `__all__` is found, says what it is, and stands in `dir`; names of errors are complete."""
    assert tjqa.__all__ == sorted(tjqa.__all__)
    for name in tjqa.__all__:
        assert inspect.getdoc(getattr(tjqa, name)), name
        assert name in dir(tjqa)
    family = {name for name, kind in vars(errors).items() if inspect.isclass(kind)}
    assert family <= set(tjqa.__all__)
    with pytest.raises(AttributeError, match="opne"):
        tjqa.opne  # noqa: B018


@pytest.mark.slow
def test_importing_is_light() -> None:
    """`import tjqa` and a look at its names import no other module of it and no numpy; a type pays for itself only."""
    code = "import sys, tjqa; dir(tjqa); print([name for name in sys.modules if name.startswith(('tjqa.', 'numpy'))])"
    assert python("-c", code).stdout == "[]\n"
    assert "numpy" not in python("-c", "import sys, tjqa; tjqa.Answer, tjqa.settings; print(*sys.modules)").stdout


@pytest.mark.parametrize("form", [str, Path, Settings])
def test_built_and_asked_by_folder(
    form: type, library: Settings, monkeypatch: pytest.MonkeyPatch, encoder: FakeEncoder
) -> None:
    """A folder as text, path or settings: built and asked where the command line would build and ask."""
    monkeypatch.setenv("HOME", str(library.sources.parent))
    named = library if form is Settings else form(f"~/{library.sources.name}")
    report = tjqa.build(named)
    answer = tjqa.open(named).ask("全年新增就业多少人")
    assert (len(report.sources), report.unchanged) == (3, True)  # made by the fixture, in the default place
    assert answer.citations[0].path == "报告.txt"


def test_quotes_are_kept_from_python(library: Settings) -> None:
    """With an index any stretch has the title of the text it is of; without one the notebook is still there."""
    opened = tjqa.open(library)
    answer = opened.ask("全年新增就业多少人")
    quote = answer.best[0] if answer.best else answer.citations[0]
    kept = opened.notebook.add(quote, "就业", "好句")
    assert kept is not None and opened.notebook.add(quote, "就业") is None
    part = tjqa.Span(quote.span.start, quote.span.start + 4)
    cited = opened.notebook.cite(quote.path, part)
    assert (cited.quote, cited.title) == (quote.quote[:4], quote.title)
    again = tjqa.notebook(library)
    assert [checked.state for checked in again.checked()] == ["holds"]
    assert quote.quote.strip() in again.export("md").decode()
    (library.sources / quote.path).unlink()
    assert [checked.state for checked in again.checked("就业")] == ["unread"]
    assert "3215" in answer.citations[0].quote


def test_without_a_folder_it_is_the_command_lines(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder given means TJQA_SOURCES; a folder that is not there, or not indexed, is told."""
    monkeypatch.setenv("TJQA_SOURCES", str(documents))
    with pytest.raises(tjqa.IndexMissing):
        tjqa.open()
    with pytest.raises(tjqa.SourcesError):
        tjqa.build(documents / "没有")
    with pytest.raises(tjqa.UsageError):
        api.open("")


@pytest.mark.slow
def test_types_reach_the_user(tmp_path: Path) -> None:
    """A program of a careful user is checked against tjqa's own types: the examples and right calls pass, a wrong name
    is found."""
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, "utf-8")
    check = [sys.executable, "-m", "mypy", "--strict", str(program), str(ROOT / "examples")]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, timeout=300)
    told = [line.partition(": ")[2] for line in done.stdout.splitlines()]
    assert [line.partition(": ")[0] for line in told[:-1]] == ["note", "error"], done.stdout
    assert '"builtins.int"' in told[0] or '"int"' in told[0]
    assert '"opne"' in told[1]
