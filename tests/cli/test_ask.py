"""tjqa.cli: what each command prints, through the command line and the shipped model."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.helpers import DOCUMENTS, REPORT, WATER, Finished
from tjqa.config import Settings
from tjqa.ingest.sources import read_source

Run = Callable[..., Finished]
HIT = ["file", "start", "end", "line", "column", "text", "title", "published", "score"]
HIT += ["page", "byte_start", "byte_end", "sha256", "strength"]
ANSWER = ["id", "question", "abstained", "strength", "confidence", "answer", "hits", "ms", "cut"]


def rows(out: str) -> list[dict[str, Any]]:
    """The JSON lines of an output; everything on stdout has to be one."""
    return [json.loads(line) for line in out.split("\n") if line]


def check_hit(hit: dict[str, Any], folder: Path) -> None:
    """A hit's text is the slice of its file, and line and column lead to it."""
    assert list(hit) in (HIT, HIT[:-5])  # stored passages are listed without what belongs to an answer
    raw = (folder / hit["file"]).read_bytes()
    text = raw.decode("gb18030" if hit["file"].endswith(".md") else "utf-8")  # the mark is character 0
    assert text[hit["start"] : hit["end"]] == hit["text"]
    if "byte_start" in hit:
        written = raw[hit["byte_start"] : hit["byte_end"]]
        assert written.decode("gb18030" if hit["file"].endswith(".md") else "utf-8") == hit["text"]
    assert 0 < len(hit["text"]) <= 500
    assert text.split("\n")[hit["line"] - 1][hit["column"] - 1 :].startswith(hit["text"].split("\n")[0])
    assert hit["published"] is None or len(hit["published"]) == 10


@pytest.fixture
def asked(tjqa: Run, tmp_path: Path) -> Callable[..., Finished]:
    """Asks the lines of a batch file on an indexed library."""
    assert tjqa("index").code == 0

    def ask(*lines: str, mark: bytes = b"", end: str = "\n", options: tuple[str, ...] = ()) -> Finished:
        path = tmp_path / "batch.jsonl"
        path.write_bytes(mark + "".join(line + end for line in lines).encode("utf-8", "surrogatepass"))
        return tjqa("ask", "--batch", str(path), *options)

    return ask


@pytest.mark.slow
def test_index_prints_a_line_per_file(tjqa: Run) -> None:
    """Articles, passages, characters kept and dropped and encoding of each file; the summary goes to stderr."""
    shown = tjqa("index")
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(DOCUMENTS)
    assert [line.split()[-1] for line in lines] == ["UTF-8", "BOM", "GB18030"]
    assert all(word in line for line in lines for word in (" 篇", " 段", "保留", "略去"))
    assert "索引已建立：3 个文件" in shown.err


def test_index_json(tjqa: Run, documents: Path) -> None:
    """The same as JSON lines, a skipped file with its reason."""
    (documents / "坏.txt").write_bytes(b"\0\1\2" * 99)
    found = {row["file"]: row for row in rows(tjqa("index", "--json").out)}
    assert found.pop("坏.txt").keys() == {"file", "skipped"}
    assert found.keys() == DOCUMENTS.keys()
    for name, row in found.items():
        source = read_source(documents, documents / name)
        assert (row["encoding"], row["characters"], row["sha256"]) == (source.encoding, len(source.text), source.sha256)
        assert row["text_sha256"] == hashlib.sha256(source.text.encode()).hexdigest()
        assert row["kept"] + row["dropped"] == row["characters"]


def test_second_index_embeds_nothing(tjqa: Run) -> None:
    """Without a change nothing is embedded again; --rebuild embeds everything."""
    tjqa("index")
    assert "新向量化 0 段" in tjqa("index").err
    assert "新向量化 0 段" not in tjqa("index", "--rebuild").err


def test_ask_prints_answer_and_citations(tjqa: Run) -> None:
    """The answer with its number first, then the places: file, span, line and column, date, title, text."""
    tjqa("index")
    shown = tjqa("ask", "石桥水库的总库容是多少?")
    assert shown.code == 0
    first, _, rest = shown.out.partition("\n")
    assert "4200万立方米" in first and first.endswith("[1]")
    assert "[1] 水利/水库.txt:" in rest and "第 3 行第 1 字" in rest
    assert shown.err == ""


def test_ask_json(tjqa: Run, documents: Path) -> None:
    """One JSON object, hits best first, at most k."""
    tjqa("index")
    (row,) = rows(tjqa("ask", "县水利局局长是谁?", "--json", "-k", "3").out)
    assert list(row) == ANSWER[1:]
    assert [hit["strength"] for hit in row["hits"]].count(row["strength"]) == 1
    for hit in row["hits"]:
        assert hit["sha256"] == hashlib.sha256((documents / hit["file"]).read_bytes()).hexdigest()
    assert not row["abstained"] and "沈怀民" in row["answer"]
    assert 1 <= len(row["hits"]) <= 3
    for hit in row["hits"]:
        check_hit(hit, documents)
    assert [hit["score"] for hit in row["hits"]] == sorted((hit["score"] for hit in row["hits"]), reverse=True)


def test_strength_and_confidence_belong_together(asked: Callable[..., Finished]) -> None:
    """From 0.9 on an answer, below it a possible one; what is refused has no answer."""
    for row in rows(asked('{"question": "石桥水库的总库容是多少?"}', '{"question": "火星上有几家饭店"}').out):
        assert 0 <= row["confidence"] <= 1
        assert (row["strength"] == "none") == row["abstained"] == (row["answer"] is None)
        if row["strength"] != "none":
            assert (row["strength"] == "answer") == (row["confidence"] >= 0.9)


def test_timings_name_every_stage(tjqa: Run) -> None:
    """One line a stage on standard error, and all of it last; in JSON a field of its own, only if asked for."""
    tjqa("index")
    told = tjqa("ask", "石桥水库的总库容是多少?", "--timings").err.splitlines()
    assert [line.split("  ")[0] for line in told][-1] == "一共" and "读者模型" in "".join(told)
    assert all(line.endswith(" ms") for line in told)
    (row,) = rows(tjqa("ask", "石桥水库的总库容是多少?", "--timings", "--json").out)
    assert next(iter(row["stages_ms"])) == "analysis" and "reading" in row["stages_ms"]


def test_fast_is_answered_without_the_reader(tjqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same command without the reader, which is not even looked for."""
    tjqa("index")
    monkeypatch.setattr("tjqa.answers.reading.Reader", None)
    shown = tjqa("ask", "石桥水库的总库容是多少?", "--fast")
    assert shown.code == 0 and "4200万立方米" in shown.out and shown.err == ""


@pytest.mark.slow
@pytest.mark.parametrize("question", ["?", "。。。", "\x1b]0;x\x07", "长", "\u202e\u200b", "a", "😀", "zzz qqq"])
def test_odd_questions_are_answered_or_refused(tjqa: Run, question: str) -> None:
    """Punctuation, escapes, ten thousand characters: exit code 0, no traceback, nothing a terminal obeys."""
    tjqa("index")
    question = question.replace("长", "多少" * 5000)
    shown = tjqa("ask", question)
    assert shown.code == 0
    assert not set("\x1b\x07\u202e\u200b") & set(shown.out + shown.err)
    (row,) = rows(tjqa("ask", "--json", question).out)
    assert row["question"] == question


def test_batch_contract(asked: Callable[..., Finished], documents: Path) -> None:
    """One line out for each line in, in order, with the agreed fields, ten hits at most."""
    shown = asked(
        '{"id": "a", "question": "一般公共预算收入完成多少?"}',
        '{"id": 7, "question": "采摘标准是什么"}',
        '{"question": "没有编号"}',
        '{"id": null, "question": ""}',
        '{"id": {"x": [1]}, "question": "  "}',
    )
    assert (shown.code, shown.err) == (0, "")
    found = rows(shown.out)
    assert [row["id"] for row in found] == ["a", 7, 3, None, {"x": [1]}]
    for row in found:
        assert list(row) == ANSWER + ["reason"] * row["abstained"]
        assert not row["abstained"] or row["reason"].endswith("。")
        assert isinstance(row["abstained"], bool) and isinstance(row["ms"], float)
        assert (row["answer"] is None) == row["abstained"]
        assert len(row["hits"]) <= 10
        for hit in row["hits"]:
            check_hit(hit, documents)
    assert "12.8亿元" in found[0]["answer"]
    assert [row["abstained"] for row in found[3:]] == [True, True]


@pytest.mark.slow
@pytest.mark.parametrize(("mark", "end"), [(b"\xef\xbb\xbf", "\n"), (b"", "\r\n"), (b"", "\n\n  \n")])
def test_batch_files_as_editors_write_them(asked: Callable[..., Finished], mark: bytes, end: str) -> None:
    """A byte-order mark, CRLF and blank lines change nothing."""
    lines = ('{"id": 1, "question": "新增就业多少人?"}', '{"id": 2, "question": "总库容\u2028多少"}')
    plain, odd = (rows(shown.out) for shown in (asked(*lines), asked(*lines, mark=mark, end=end)))
    assert [{**row, "ms": 0} for row in plain] == [{**row, "ms": 0} for row in odd]


def test_batch_from_stdin(asked: Callable[..., Finished], tjqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """- reads standard input as UTF-8, with or without a mark."""
    raw = b"\xef\xbb\xbf" + '{"id": 1, "question": "总库容多少"}'.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))
    (row,) = rows(tjqa("ask", "--batch", "-").out)
    assert "4200万" in row["answer"]


def test_batch_question_of_half_characters(asked: Callable[..., Finished]) -> None:
    """An escape of half a character goes in and comes out as it was."""
    (row,) = rows(asked('{"id": 1, "question": "就业\\ud83d人数"}').out)
    assert row["question"] == "就业\ud83d人数"


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "不是 JSON",
        "[1]",
        '"question"',
        "3",
        "null",
        '{"id": 1}',
        '{"question": null}',
        '{"question": ["a"]}',
        '{"id": NaN, "question": "总库容多少"}',
        '{"id": 1e999, "question": "总库容多少"}',
        '{"id": {"x": [-Infinity]}, "question": ""}',
        '{"id": 9999, "question": "自:0001-99 总库容多少"}',
        '{"question": "总库容多少 地区:"}',
        '{"question": "至:昨天"}',
        "深",
    ],
)
def test_bad_batch_line(asked: Callable[..., Finished], line: str, tmp_path: Path) -> None:
    """A line that is no question stops everything before a result is written, and is named."""
    output = tmp_path / "out.jsonl"
    output.write_text("before")
    shown = asked('{"question": "新增就业"}', line.replace("深", "[" * 100_000), options=("--output", str(output)))
    assert (shown.code, shown.out) == (2, "")
    assert "第 2 行" in shown.err
    assert output.read_text() == "before"


def test_batch_file_that_is_no_text(asked: Callable[..., Finished], tjqa: Run, tmp_path: Path) -> None:
    """A batch file in another encoding, and a folder, are told."""
    assert "不是 UTF-8" in asked(mark="问题".encode("gb18030")).err
    assert tjqa("ask", "--batch", str(tmp_path)).code == 2


def test_batch_output(asked: Callable[..., Finished], tmp_path: Path) -> None:
    """--output writes the lines to a file as UTF-8 with \\n, and nothing to stdout."""
    output = tmp_path / "out.jsonl"
    shown = asked('{"id": 1, "question": "新增就业多少人?"}', options=("--output", str(output)))
    assert (shown.code, shown.out) == (0, "")
    assert output.read_bytes().endswith(b"}\n") and b"\r" not in output.read_bytes()
    assert rows(output.read_text("utf-8"))[0]["id"] == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("output", "code"), [("folder", 2), ("missing/out.jsonl", 2), ("/dev/full", 3), ("batch.jsonl", 2)]
)
def test_batch_output_that_cannot_be_written(
    asked: Callable[..., Finished], tmp_path: Path, output: str, code: int
) -> None:
    """A folder, a missing folder, a full disk, the batch file itself: a message, and the questions are still there."""
    (tmp_path / "folder").mkdir()
    line = '{"id": 1, "question": "新增就业多少人?"}'
    shown = asked(line, options=("--output", str(tmp_path / output)))
    assert (shown.code, shown.out) == (code, "")
    assert "请" in shown.err and "Traceback" not in shown.err
    assert (tmp_path / "batch.jsonl").read_text() == line + "\n"


@pytest.mark.slow
def test_passages(tjqa: Run, documents: Path) -> None:
    """Every stored passage, with the fields of a hit; together they hold the whole of a clean document."""
    tjqa("index")
    found = rows(tjqa("passages", "--json").out)
    for row in found:
        check_hit(row, documents)
    kept = "".join(row["text"] for row in found if row["file"] == "报告.txt")
    assert "".join(kept.split()) == "".join(REPORT.split())
    lines = tjqa("passages").out.splitlines()
    assert len(lines) == len(found)
    assert lines[0].startswith(f"报告.txt:{found[0]['start']}-{found[0]['end']}  第 1 行")


def test_sources(tjqa: Run, documents: Path) -> None:
    """Each file with its articles and the reasons of what was left out; spans tile the file."""
    (documents / "坏.txt").write_bytes(b"\0\1\2" * 99)
    tjqa("index")
    shown = tjqa("sources")
    assert "坏.txt  略过：" in shown.out and "略去" in shown.out
    found = {row["file"]: row for row in rows(tjqa("sources", "--json").out)}
    assert found.pop("坏.txt")["skipped"]
    assert found["水利/水库.txt"]["titles"] == [{"title": WATER.partition("\n")[0], "published": None}]
    for row in found.values():
        dropped = sum(span["end"] - span["start"] for span in row["dropped_spans"])
        assert dropped == row["dropped"]
        assert all(span["reason"] for span in row["dropped_spans"])


def test_show_marks_the_citation(tjqa: Run) -> None:
    """The cited words stand in brackets in their surroundings; no index is needed."""
    start = REPORT.index("新增就业3215人")
    shown = tjqa("show", f"报告.txt:{start}-{start + 9}")
    assert shown.code == 0
    assert "全年【新增就业3215人】,城镇" in shown.out


@pytest.mark.parametrize(
    ("place", "said"), [("报告.txt:0-99999", "没有 0-99999"), ("没有.txt:0-1", "没有.txt"), ("水利:0-1", "水利")]
)
def test_show_of_what_is_not_there(tjqa: Run, place: str, said: str) -> None:
    """A place beyond the end, a missing file and a folder end with exit code 3."""
    shown = tjqa("show", place)
    assert (shown.code, shown.out) == (3, "")
    assert said in shown.err


@pytest.mark.slow
def test_check_holds_and_fails(tjqa: Run, documents: Path) -> None:
    """Exit code 0 while everything agrees, 1 with the file named as soon as it does not."""
    tjqa("index")
    shown = tjqa("check")
    assert (shown.code, shown.out) == (0, "")
    assert "全部相符：3 个文件" in shown.err
    path = documents / "报告.txt"
    stat = path.stat()
    path.write_text(REPORT.replace("3215", "3216"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 10**9))
    shown = tjqa("check")
    assert shown.code == 1
    assert "报告.txt" in shown.out
    tjqa("index")
    assert tjqa("check").code == 0
    (documents / "新.txt").write_text("新来的文档,还没有索引。")
    assert tjqa("check").code == 1


@pytest.mark.parametrize("change", ["binary", "folder", "gone"])
def test_check_tells_what_it_cannot_read_from_what_differs(tjqa: Run, documents: Path, change: str) -> None:
    """Of a file that cannot be read nobody knows what its passages say now."""
    tjqa("index")
    path = documents / "茶叶.md"
    path.unlink()
    if change == "binary":
        path.write_bytes(b"\0\1\2" * 500)
    if change == "folder":
        path.mkdir()
    shown = tjqa("check")
    assert shown.code == 1
    assert shown.out.count("茶叶.md：没能读出来核对") == 1 and "引文不符" not in shown.out
    if path.is_dir():
        path.rmdir()
    path.write_text("别的话,一个字也不同。", "utf-8")
    assert "引文不符" in tjqa("check").out


@pytest.mark.slow
def test_changed_source_is_told_and_never_quoted(tjqa: Run, documents: Path) -> None:
    """After an edit the answer warns and leaves the old words out, and listings say that they are old."""
    tjqa("index")
    path = documents / "水利" / "水库.txt"
    path.write_bytes(path.read_bytes().replace("4200万".encode(), "4300万".encode()))
    shown = tjqa("ask", "石桥水库的总库容是多少?")
    assert shown.code == 0
    assert "水利/水库.txt" in shown.out and "tjqa index" in shown.out
    for block in shown.out.split("\n\n"):
        assert "4200万" not in block or "原文已改动" in block
    (row,) = rows(tjqa("ask", "石桥水库的总库容是多少?", "--json").out)
    assert "4200万" not in json.dumps(row["hits"], ensure_ascii=False) + str(row["answer"])
    for hit in row["hits"]:
        check_hit(hit, documents)
    listed = [line for line in tjqa("passages").out.splitlines() if line.startswith("水利") and "总库容" in line]
    assert all("原文已改动" in line for line in listed) and listed


def test_vanished_source(tjqa: Run, documents: Path) -> None:
    """A file that is gone is told, and nothing of it is an answer."""
    tjqa("index")
    (documents / "茶叶.md").unlink()
    shown = tjqa("ask", "云岭毛峰的采摘标准是什么?", "--json")
    assert "茶叶.md" in shown.err
    assert all(hit["file"] != "茶叶.md" for hit in rows(shown.out)[0]["hits"])


@pytest.mark.slow
def test_check_of_the_seeds(seed_library: Settings, tjqa: Run) -> None:
    """The five documents agree with their index."""
    assert tjqa("check", sources=seed_library.sources, embeddings=seed_library.embeddings).code == 0


def test_words_without_quotes_are_one_question(tjqa: Run) -> None:
    """And what is said beside an answer stands under it, in what is written to a file."""
    tjqa("index")
    asked = tjqa("ask", "石桥水库", "的总库容", "是多少")
    assert asked.code == 0 and asked.out == tjqa("ask", "石桥水库 的总库容 是多少").out
    refused = tjqa("ask", "石桥水库1999年的总库容是多少")
    assert "1999年" in refused.out.split("\n\n")[0] and refused.err == ""
