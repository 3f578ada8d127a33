"""What could not be read is told where it matters: when building, beside an answer, in the list of files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.formats import as_docx, as_xlsx
from tjqa.answers.wording import beside, warnings
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError
from tjqa.messages import joined

TEXT = "云溪县共有公交线路二十条,每天发车三百班。\n"


def settings(place: Path) -> Settings:
    """Of a library in `place`."""
    return Settings(sources=place / "资料", embeddings=place / "索引")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one text and documents that no reader reads."""
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "公交.txt").write_text(TEXT, encoding="utf-8")
    (folder / "国内生产总值(现价).xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "附件1.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return tmp_path


def test_they_are_reported_each_time(place: Path) -> None:
    """Also by an update that finds nothing new, which writes nothing."""
    for unchanged in (False, True):
        report = build(settings(place))
        assert [file.path for file in report.skipped] == ["国内生产总值(现价).xls", "附件1.doc"]
        assert report.unchanged is unchanged


@pytest.mark.parametrize(
    ("question", "files"),
    [
        ("2020年国内生产总值是多少", ["国内生产总值(现价).xls"]),
        ("附件1里写了什么", ["附件1.doc"]),
        ("公交线路有多少条", []),
        ("全县生产了多少粮食", []),
    ],
)
def test_a_question_that_fits_the_name_of_one_says_so(place: Path, question: str, files: list[str]) -> None:
    """And no other question does."""
    build(settings(place))
    answer = Engine.open(settings(place)).ask(question)
    assert [file.path for file in answer.unread] == files
    said = joined(warnings(answer))
    assert all(name in said for name in files) and bool(said) is bool(files)


def test_a_folder_of_nothing_else_names_files_and_reasons(place: Path) -> None:
    """Not only how many there are."""
    (place / "资料" / "公交.txt").unlink()
    with pytest.raises(SourcesError) as told:
        build(settings(place))
    said = str(told.value)
    assert "国内生产总值(现价).xls" in said and "附件1.doc" in said and ".doc" in said


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("框架.html", b"<html><frameset><frame src='a.html'></frameset></html>"),
        ("图片.docx", as_docx("")),
        ("空表.xlsx", as_xlsx({"表": []})),
    ],
)
def test_a_document_without_text_is_not_counted_as_read(place: Path, name: str, data: bytes) -> None:
    """No question can find it: it is named with the reason."""
    (place / "资料" / name).write_bytes(data)
    told = {file.path: file.reason.text() for file in build(settings(place)).skipped}
    assert "没有可读的文字" in told[name] or "文字" in told[name]


def test_a_folder_that_cannot_be_looked_into_stops_no_answer(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are told as out of reach, not as changed or gone, and the others answer."""
    (place / "资料" / "秘").mkdir()
    (place / "资料" / "秘" / "茶.txt").write_text("云溪县公交线路沿途有茶园三百亩。\n", encoding="utf-8")
    build(settings(place))
    engine = Engine.open(settings(place))
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "茶.txt":
            raise PermissionError(13, "denied", str(path))
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    answer = engine.ask("公交线路有多少条")
    assert answer.best[0].path == "公交.txt"
    assert answer.unreadable_files == ("秘/茶.txt",) and answer.changed_files == answer.gone_files == ()
    assert "现在读不到" in beside(answer)[-1] and "已改动" not in beside(answer)[-1]
    assert engine.status().stale == ()


def test_a_renamed_file_is_called_by_its_new_name(place: Path) -> None:
    """The name of a file is searched with its passages: it is read again, and embedded only where that differs."""
    build(settings(place))
    (place / "资料" / "公交.txt").rename(place / "资料" / "客运站简报.txt")
    report = build(settings(place))
    assert [(file.old, file.new) for file in report.moved] == [("公交.txt", "客运站简报.txt")]
    names = {passage.name or passage.title for passage, _ in Engine.open(settings(place)).passages()}
    assert names == {"客运站简报"}
