"""tjqa proof: the list, the files it writes, its exit codes, what it refuses."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, FakeEncoder
from tjqa.cli.main import main
from tjqa.config import Settings
from tjqa.ingest.readers import extract

TRUE = "全年新增就业3215人。水库加固大坝812米，总库容4200万立方米。\n"
FALSE = "全年新增就业3251人。我们要更加努力。“茶园每年施三次有机肥”。\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft with faults, and true sentences before them."""
    path = tmp_path / "稿.txt"
    path.write_text(TRUE + FALSE, "utf-8")
    return path


def run(place: Settings, *options: str) -> int:
    """The command."""
    return main(["proof", *options, f"--sources={place.sources}", f"--embeddings={place.embeddings}"])


def test_exit_codes(library: Settings, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1 where something does not hold, 0 where all does or there is nothing to judge; a term not found is no fault."""
    assert run(library, str(draft)) == 1
    for number, text in enumerate((TRUE, "我们要更加努力。\n", "所谓“太空茶馆”。\n")):
        path = tmp_path / f"{number}.md"
        path.write_text(text, "utf-8")
        assert run(library, str(path)) == 0, text
    capsys.readouterr()


def test_the_list_names_what_differs_and_where(
    library: Settings, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under each sentence what was looked up, then the sources, then the count."""
    run(library, str(draft))
    lines = capsys.readouterr().out.splitlines()
    assert any("× 数字不同" in line and "3251人" in line and "原文 3215人" in line for line in lines)
    assert any("✓ 有原文" in line and "812米" in line for line in lines)
    assert any(re.match(r"\[\d+\] 2021年白鹭县政府工作报告  报告\.txt:\d+-\d+", line) for line in lines)
    assert "我们要更加努力" not in "\n".join(lines) and "2 处不同" in lines[-1]


def test_json_is_as_described(library: Settings, draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object; its fields stand in docs/output.md, and citations have those of `ask --json`."""
    assert run(library, str(draft), "--output", "json") == 1
    row = json.loads(capsys.readouterr().out)
    assert list(row) == ["draft", "holds", "counts", "judged", "sentences", "citations", "ms"]
    assert row["draft"] == "稿.txt" and row["holds"] is False
    assert set(row["counts"]) == {"holds", "other_time", "other_place", "differs", "not_found"}
    text = TRUE + FALSE
    assert "".join(sentence["text"] for sentence in row["sentences"]) == text
    findings = [finding for sentence in row["sentences"] for finding in sentence["findings"]]
    paper = (ROOT / "docs" / "output.md").read_text("utf-8")
    assert all(f"`{name}`" in paper for name in [*row, *findings[0], *row["sentences"][0]])
    for finding in findings:
        assert text[finding["start"] : finding["end"]] == finding["text"]
        assert finding["citation"] is None or finding["citation"] <= len(row["citations"])
    assert main(["ask", "--json", "--fast", "全年新增就业多少人", f"--sources={library.sources}",
                 f"--embeddings={library.embeddings}"]) == 0  # fmt: skip
    hit = json.loads(capsys.readouterr().out)["hits"][0]
    assert hit.keys() - {"also", "cut"} <= row["citations"][0].keys()


@pytest.mark.parametrize("form", ["md", "docx", "html", "json"])
def test_files_hold_the_draft_with_its_notes(
    library: Settings, draft: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the form and a name, or by the name's ending alone: the same."""
    one, other = tmp_path / f"甲.{form}", tmp_path / f"乙.{form}"
    assert run(library, str(draft), "--output", form, str(one)) == 1
    assert run(library, str(draft), "--output", str(other)) == 1
    assert capsys.readouterr().out == ""
    raw = one.read_bytes()
    if form != "json":
        assert raw == other.read_bytes()
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert archive.read("word/document.xml").count(b"<w:footnoteReference ") >= 2
            assert "报告.txt" in archive.read("word/footnotes.xml").decode()
        text = extract(raw, "甲.docx").text
    else:
        text = raw.decode()
    assert "全年新增就业3215人" in text and "水库加固大坝812米" in text
    if form == "md":
        assert "全年新增就业3215人。[^tjqa-1]" in text and "\n[^tjqa-1]: " in text and "**3251人**" in text
    if form == "html":
        assert '<a href="#n1">1</a>' in text and '<li id="n1">' in text and "<mark>3251人</mark>" in text


def test_hostile_words_are_shown_and_not_obeyed(
    library: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No tag, link or escape of a draft lives on in what is written or printed."""
    path = tmp_path / "稿.txt"
    path.write_text("<script>全年新增就业3251人</script>![图](http://x/3251人)\x1b[31m，新增床位310张。\n", "utf-8")
    assert run(library, str(path)) == 1
    assert "\x1b" not in capsys.readouterr().out
    for form in ("md", "html"):
        run(library, str(path), "--output", form)
        text = capsys.readouterr().out
        assert "\x1b" not in text and "<script" not in text.replace("\\<script", "")
        assert form == "html" or "![图](" not in text  # in HTML they are characters like others


@pytest.mark.parametrize(
    "options",
    [["没有.txt"], ["稿.txt", "--output", "pdf"], ["稿.txt", "--output", "甲.pdf"], ["稿.txt", "--output", "稿.txt"],
     ["稿.md", "--output", "md", "稿.md"], ["稿.txt", "--output", "md", "没有/甲.md"], [], ["稿.txt", "--output"]],
)  # fmt: skip
def test_wrong_use(
    library: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 2 and a sentence; no draft is written over."""
    monkeypatch.chdir(tmp_path)
    for name in ("稿.txt", "稿.md"):
        Path(name).write_text(TRUE, "utf-8")
    try:
        code = run(library, *options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 2 and "tjqa: " in capsys.readouterr().err
    assert Path("稿.txt").read_text("utf-8") == TRUE == Path("稿.md").read_text("utf-8")


def test_without_an_index(
    place: Settings, draft: Path, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, and what to run."""
    assert run(place, str(draft)) == 3
    assert "tjqa index" in capsys.readouterr().err


def test_help_tells_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit codes and rounding."""
    with pytest.raises(SystemExit):
        main(["proof", "--help"])
    told = "".join(capsys.readouterr().out.split())
    assert "退出码" in told and "没有找到的" in told and "约八成合" in told
