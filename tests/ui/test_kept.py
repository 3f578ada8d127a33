"""What stays from one session to the next: libraries, conversations, history, settings; and what a bad file costs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tjqa.config import Remote, Settings
from tjqa.errors import TjqaError
from tjqa.index.filters import Filter
from tjqa.ui.controllers.recalling import _line
from tjqa.ui.history import History
from tjqa.ui.kept.conversations import KEPT as TURNS_KEPT
from tjqa.ui.kept.conversations import Conversations, Turn
from tjqa.ui.kept.libraries import KEPT, Libraries
from tjqa.ui.kept.settings_file import write_settings
from tjqa.ui.kept.store import Kept
from tjqa.ui.preferences import load


def settings(folder: Path, name: str) -> Settings:
    """A library by its name."""
    return Settings(folder / name, folder / f"{name}.index")


def test_libraries_are_listed_newest_first(tmp_path: Path) -> None:
    """Each once, with where its index is and how it was left; another window's are not lost."""
    first, second = Libraries(tmp_path / "l.jsonl"), Libraries(tmp_path / "l.jsonl")
    first.remember(settings(tmp_path, "甲"))
    second.remember(settings(tmp_path, "乙"), (Filter("file", "a b.txt"), Filter("since", "2023")), panel=True)
    first.remember(Settings(tmp_path / "丙", tmp_path / "i", store=Remote("http://h:1", "n", "secret")))
    first.remember(settings(tmp_path, "甲"))
    known = Libraries(tmp_path / "l.jsonl").all()
    assert [Path(one.folder).name for one in known] == ["甲", "丙", "乙"]
    assert known[2].filters == (Filter("file", "a b.txt"), Filter("since", "2023")) and known[2].panel
    assert known[1].store == "milvus:http://h:1#n" and "secret" not in (tmp_path / "l.jsonl").read_text()
    first.forget(str(tmp_path / "丙"))
    assert [Path(one.folder).name for one in second.all()] == ["甲", "乙"]
    for number in range(KEPT + 3):
        first.remember(settings(tmp_path, str(number)))
    assert len(second.all()) == KEPT


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "null",
        "[]",
        '{"folder": "/x"}',
        '{"folder": "x", "embeddings": "", "store": "", "opened": "", "filters": [], "panel": false}',
        '{"folder": 1, "embeddings": "", "store": "", "opened": "", "filters": [], "panel": false}',
        '{"folder": "/x", "embeddings": "", "store": "", "opened": "\\u001b", "filters": [], "panel": false}',
        '{"folder": "/x", "embeddings": "", "store": "", "opened": "", "panel": true, '
        '"filters": [{"kind": "x", "value": ""}]}',
        '{"folder": "/x", "embeddings": "", "store": "", "opened": "", "filters": [3], "panel": true}',
    ],
)
def test_a_line_that_is_no_library_costs_only_itself(tmp_path: Path, line: str) -> None:
    """Edited by hand, cut short, of another version."""
    kept = Libraries(tmp_path / "l.jsonl")
    kept.remember(settings(tmp_path, "甲"))
    with (tmp_path / "l.jsonl").open("a") as file:
        file.write(line + "\n")
    assert [Path(one.folder).name for one in Libraries(tmp_path / "l.jsonl").all()] == ["甲"]


def test_nothing_can_be_written_and_nothing_is_lost(tmp_path: Path) -> None:
    """A file where the folder should be: what is kept is kept in memory."""
    (tmp_path / "x").write_text("")
    kept = Kept(tmp_path / "x")
    kept.libraries.remember(settings(tmp_path, "甲"))
    kept.conversations.keep("/甲", [Turn("问？")])
    assert kept.libraries.of(str(tmp_path / "甲")) is not None
    assert kept.conversations.of("/甲") == (Turn("问？"),)


def test_conversations_are_kept_by_library(tmp_path: Path) -> None:
    """The last of each, with filters and whether it was answered; half characters too; the oldest questions go."""
    turns = (Turn("甲有多少？", (Filter("place", "白鹭"),), True), Turn("\ud800？", (), False, "/乙"))
    Conversations(tmp_path).keep("/甲", turns)
    Conversations(tmp_path).keep("/乙", [Turn(str(n)) for n in range(TURNS_KEPT + 5)])
    read = Conversations(tmp_path)
    assert read.of("/甲") == turns and read.of("/丙") == ()
    assert len(read.of("/乙")) == TURNS_KEPT and read.of("/乙")[0].question == "5"
    file = next(path for path in tmp_path.iterdir() if "白鹭" in path.read_text("utf-8"))
    file.write_text(file.read_text("utf-8") + '{"question": " "}\n{"question": 3}\nx\n', "utf-8")
    assert Conversations(tmp_path).of("/甲") == turns


def test_questions_need_not_be_kept(tmp_path: Path) -> None:
    """Then nothing of them is written, and nothing read; libraries stay known."""
    Kept(tmp_path).conversations.keep("/甲", [Turn("问？")])
    kept = Kept(tmp_path, questions=False)
    assert kept.history is None and kept.conversations.of("/甲") == ()
    kept.conversations.keep("/甲", [Turn("另一问？")])
    assert Kept(tmp_path).conversations.of("/甲") == (Turn("问？"),)
    kept.libraries.remember(settings(tmp_path, "甲"))
    assert len(Kept(tmp_path).libraries.all()) == 1


def test_history_is_that_of_the_library(tmp_path: Path) -> None:
    """With the day and whether an answer was found; questions of an older version belong to every library."""
    path = tmp_path / "history.jsonl"
    path.write_text('"旧问？"\n', "utf-8")
    past = History(path, "/甲")
    past.add("甲问？")
    past.answered("甲问？", "甲问？", True)
    past.open("/乙")
    past.add("乙问？")
    past.add("那丙呢？")
    past.answered("那丙呢？", "丙有多少？", False)
    assert past.questions == ["旧问？", "乙问？", "丙有多少？"]
    again = History(path, "/甲")
    assert again.questions == ["旧问？", "甲问？"]
    assert [(one.found, len(one.at) > 10) for one in again.asked] == [(None, False), (True, True)]
    assert [one.found for one in History(path, "/乙").asked] == [None, None, False]
    assert [one.typed for one in History(path, "/乙").asked] == ["", "", "那丙呢？"]


def test_history_tells_what_was_typed_and_what_only_may_be_an_answer(tmp_path: Path) -> None:
    """Also in the next session; a line of a version that did not note it is read."""
    path = tmp_path / "history.jsonl"
    path.write_text('{"question":"旧问？","library":"","at":"2026-01-02T03:04","found":true}\n', "utf-8")
    past = History(path, "/乙")
    for line, question, possible in (("那丙呢？", "丙有多少？", True), ("丁有多少？", "丁有多少？", False)):
        past.add(line)
        past.answered(line, question, True, possible)
    lines = [_line(one)[11:] for one in History(path, "/乙").asked]
    assert lines == ["✓ 旧问？", "≈ 那丙呢？ → 丙有多少？", "✓ 丁有多少？"]


CONFIG = """# mine
[ui]
theme = "nord" # cold
history = true

[ui.keys]
"复制" = "shift+f5"   # by my left hand
"""


def test_a_setting_is_written_beside_what_stands_there(tmp_path: Path) -> None:
    """Comments, order and keys stay; what is new comes into [ui]; the file is understood again."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, "utf-8")
    write_settings(path, {"theme": "gruvbox", "compact": True})
    text = path.read_text("utf-8")
    for line in CONFIG.split("\n"):
        assert line.replace("nord", "gruvbox") in text
    found = load(path)
    assert (found.theme, found.compact, found.keys, found.problems) == ("gruvbox", True, {"app.copy": "f17"}, ())


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "[other]\nx = 1\n", "ui.theme = 'nord'\n"])
def test_a_setting_is_written_where_there_is_no_table(tmp_path: Path, text: str | None) -> None:
    """Without a file, in an empty one, beside a foreign table, with dotted names."""
    path = tmp_path / "deep" / "config.toml"
    if text is not None:
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    write_settings(path, {"language": "en"})
    assert load(path).language == "en"
    assert all(line in path.read_text("utf-8") for line in (text or "").split("\n"))


@pytest.mark.parametrize("text", ["[ui\n", "ui = 3\n", "\xff", "x = " + "[" * 3000])
def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    """It may hold what its owner wants back; the error says which file."""
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(TjqaError, match=r"config\.toml"):
        write_settings(path, {"theme": "nord"})
    assert path.read_bytes() == text.encode("latin-1")


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A folder stands in its place."""
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(TjqaError, match="写不了"):
        write_settings(tmp_path / "config.toml", {"theme": "nord"})


def test_what_is_written_is_plain_json(tmp_path: Path) -> None:
    """So that a person, or another program, can read it."""
    kept = Kept(tmp_path)
    kept.libraries.remember(settings(tmp_path, "甲"))
    kept.conversations.keep("/甲", [Turn("问？")])
    rows = [json.loads(line) for path in tmp_path.rglob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    assert len(rows) == 2 and all(isinstance(row, dict) for row in rows)
