"""The files that tjqa keeps or is given, as pipes, devices, folders, or far too large: one sentence, and it returns."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.helpers import Finished
from tjqa.citations.judgements import Judgements
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.errors import IndexDamaged, SourcesError, TjqaError
from tjqa.index.generations import live_generation, verify
from tjqa.ingest.user_rules import read_drop, read_keep, read_words
from tjqa.results import Citation
from tjqa.ui.history import History
from tjqa.ui.preferences import Preferences, load

PLACE = Citation(1, "报告.txt", "0" * 64, Span(3, 9), 1, 4, "引文", "题", None, 0.5)
Run = Callable[..., Finished]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices have no path there")


def as_pipe(path: Path) -> None:
    """A pipe that nobody writes into."""
    os.mkfifo(path)


def as_device(path: Path) -> None:
    """A link to bytes without end."""
    path.symlink_to("/dev/zero")


def as_folder(path: Path) -> None:
    """A folder of the file's name."""
    path.mkdir()


def as_giant(path: Path) -> None:
    """Two gigabytes, none of them on the disk."""
    with path.open("wb") as file:
        file.truncate(2**31)


every_kind = pytest.mark.parametrize("made", [as_pipe, as_device, as_folder, as_giant])


def instead(path: Path, made: Callable[[Path], None]) -> Path:
    """Put something else in the place of a file."""
    path.unlink(missing_ok=True)
    made(path)
    return path


@every_kind
@pytest.mark.parametrize("name", [".tjqa-keep", ".tjqa-drop", ".tjqa-words"])
def test_rules_of_the_folder(name: str, made: Callable[[Path], None], documents: Path) -> None:
    """The user's own rules are told as unreadable; nothing is indexed by half of them."""
    read = {".tjqa-keep": read_keep, ".tjqa-drop": read_drop, ".tjqa-words": read_words}[name]
    instead(documents / name, made)
    with pytest.raises(SourcesError, match="无法读取"):
        read(documents)


@pytest.mark.slow
@pytest.mark.parametrize("name", [".tjqa-keep", ".tjqa-drop", ".tjqa-words"])
def test_commands_say_so_in_one_sentence(name: str, documents: Path, tjqa: Run) -> None:
    """Exit code 3 and the name of the file, no traceback; the index stays."""
    assert tjqa("index").code == 0
    instead(documents / name, as_pipe)
    done = tjqa("index")
    assert (done.code, done.out) == (3, "")
    assert name in done.err and "不是普通文件" in done.err and "Traceback" not in done.err
    (documents / name).unlink()
    assert tjqa("passages").code == 0


@every_kind
def test_settings_of_the_app(made: Callable[[Path], None], tmp_path: Path) -> None:
    """The app starts with what it has, and says why."""
    found = load(instead(tmp_path / "config.toml", made))
    assert len(found.problems) == 1
    assert found == Preferences(problems=found.problems)


@every_kind
def test_past_questions(made: Callable[[Path], None], tmp_path: Path) -> None:
    """Questions are remembered for this session; what lies there is left as it is."""
    path = instead(tmp_path / "history.jsonl", made)
    before = path.lstat()
    history = History(path)
    history.add("石桥水库建于哪一年?")
    assert history.questions == ["石桥水库建于哪一年?"]
    assert path.lstat().st_ino == before.st_ino


@every_kind
def test_marks(made: Callable[[Path], None], tmp_path: Path) -> None:
    """Marks that cannot be read are not overwritten by a new one; that it is not kept is said."""
    path = instead(tmp_path / "judgements.jsonl", made)
    before = path.lstat()
    marks = Judgements(path)
    assert len(marks) == 0
    with pytest.raises(TjqaError):
        marks.judge("问?", PLACE, True)
    assert path.lstat().st_ino == before.st_ino


@every_kind
@pytest.mark.parametrize("name", ["CURRENT", "manifest", "data"])
def test_files_of_an_index(name: str, made: Callable[[Path], None], library: Settings) -> None:
    """The index is told as damaged, and how to make it anew."""
    folder = library.index_dir
    generation, _ = live_generation(folder)
    paths = {"CURRENT": folder / "CURRENT", "manifest": generation / "manifest.json"}
    instead(paths.get(name) or next(generation.glob("*.arrays")), made)
    with pytest.raises(IndexDamaged) as caught:
        verify(folder)
    assert caught.value.hint


@pytest.mark.slow
def test_an_index_of_pipes_is_built_anew(documents: Path, tmp_path: Path, tjqa: Run) -> None:
    """Exit code 3 and one sentence; --rebuild mends it."""
    assert tjqa("index").code == 0
    instead(tmp_path / "embeddings" / "index" / "CURRENT", as_pipe)
    done = tjqa("ask", "石桥水库建于哪一年?")
    assert (done.code, done.out) == (3, "")
    assert "CURRENT" in done.err and "Traceback" not in done.err
    assert tjqa("index", "--rebuild").code == 0
    assert tjqa("ask", "石桥水库建于哪一年?").code == 0


@pytest.mark.slow
def test_links_in_a_circle(documents: Path, tjqa: Run) -> None:
    """A document that leads to itself cannot be shown, and is not indexed; neither ends in a traceback."""
    (documents / "圈.txt").symlink_to("圈.txt")
    done = tjqa("show", "圈.txt:0-5")
    assert (done.code, done.out) == (3, "")
    assert "链接绕成了圈" in done.err
    assert tjqa("index").code == 0


@pytest.mark.parametrize("name", ["gen-²", "gen-" + "9" * 5000, "gen-x", "gen-"])
def test_strange_names_in_the_index_folder(name: str, library: Settings) -> None:
    """A folder that only looks like a generation does not stop a build."""
    from tjqa.index.generations import Staging
    from tjqa.index.own_folders import number_of

    assert number_of(Path(name)) == 0
    if len(name) < 255:
        (library.index_dir / name).mkdir()
        Staging(library.index_dir)
