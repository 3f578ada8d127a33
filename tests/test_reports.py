"""tjqa.reports: what an index notes of its files stays readable."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tjqa.documents import Dropped, DropReason, Keep, Span
from tjqa.errors import SourcesError
from tjqa.messages import literal, message
from tjqa.reports import ArticleTitle, SourceState, SourceSummary, row_of, state_of, summary_of

# As they stand in the files of indexes that were made when these were plain texts and pairs.
STATE = {
    "path": "甲.txt", "sha256": "00" * 32, "size": 10, "mtime_ns": 20, "skipped": "", "reader": "txt",
    "keep": "导航、页码",
}  # fmt: skip
SUMMARY = {
    "path": "甲.txt", "sha256": "00" * 32, "encoding": "UTF-8", "characters": 10, "kept": 7,
    "dropped": [{"span": {"start": 0, "end": 3}, "reason": "相关推荐"}], "articles": [["题", "2024-01-02"], ["", None]],
    "passages": 1, "text_sha256": "11" * 32, "edges": ["ab"], "lines": 2, "repeats": ["ab"], "keep": "*",
}  # fmt: skip


def test_what_was_written_is_read_and_written_alike() -> None:
    """State and summary come back, and are written as before, key by key; what came later stands behind."""
    state = state_of(STATE)
    assert state.keep == Keep(reasons=("导航", "页码"))
    assert json.dumps(row_of(state)) == json.dumps({**STATE, "drop": [], "ctime_ns": 0})  # came later
    summary = summary_of(SUMMARY)
    assert summary.keep.everything
    assert summary.dropped == (Dropped(Span(0, 3), DropReason.RELATED_LINKS),)
    assert summary.articles == (ArticleTitle("题", "2024-01-02"), ArticleTitle("", None))
    assert json.dumps(row_of(summary)) == json.dumps(SUMMARY)


def test_notes_of_older_indexes_lack_fields() -> None:
    """Fields that came later are filled in."""
    short = {name: STATE[name] for name in ("path", "sha256", "size", "mtime_ns")}
    assert state_of(short) == SourceState("甲.txt", "00" * 32, 10, 20)
    assert not state_of(short).keep


def test_times_that_were_not_noted_are_not_compared() -> None:
    """Of an older index size and time tell that a file is as it was; else the other time does, too."""
    older, noted = SourceState("甲.txt", "00" * 32, 10, 20), SourceState("甲.txt", "00" * 32, 10, 20, ctime_ns=30)
    assert older.has_times_of(noted) and noted.has_times_of(older) and noted.has_times_of(noted)
    assert not noted.has_times_of(replace(noted, ctime_ns=31)) and not older.has_times_of(replace(noted, size=11))


def test_why_a_file_was_skipped_is_kept_as_data() -> None:
    """Key and values come back; what an index of older days says in plain text is taken as it is."""
    why = SourcesError("file_unreadable", "file_unreadable_hint", name="甲.txt", why=message("reason_forbidden")).whole
    row = json.loads(json.dumps(row_of(SourceState("甲.txt", "00" * 32, 10, 20, skipped=why))))
    assert state_of(row).skipped == why
    old = state_of({**STATE, "skipped": "文件 甲.txt 不是文本。"}).skipped
    assert old == literal("文件 甲.txt 不是文本。")


def test_a_reason_of_a_later_version_is_other() -> None:
    """An index made by a later version is read; what it left out for a reason of its own is left out all the same."""
    dropped = [{"span": {"start": 0, "end": 3}, "reason": "水印"}]
    assert summary_of({**SUMMARY, "dropped": dropped}).dropped == (Dropped(Span(0, 3), DropReason.OTHER),)


@pytest.mark.parametrize(
    "row", [{"path": "甲.txt"}, [], "甲", {**STATE, "more": 1}, {**STATE, "skipped": {"key": "no_text", "values": 1}}]
)
def test_what_is_no_note_is_refused(row: object) -> None:
    """With an error that readers of an index turn into a damaged one."""
    with pytest.raises((KeyError, TypeError, ValueError)):
        state_of(row)  # type: ignore[arg-type]


@pytest.mark.parametrize("label", ["", "*", "导航", "导航、页码", "没有的理由"])
def test_wishes_are_written_as_they_are_read(label: str) -> None:
    """A label of .tjqa-keep and what it is read as say the same."""
    keep = Keep.read(label)
    assert (str(keep), bool(keep)) == (label, label != "")
    assert keep.covers(DropReason.NAVIGATION) is (label == "*" or "导航" in label)


def test_labels_of_reasons_are_fixed() -> None:
    """They stand in indexes and in the users' own files."""
    assert {str(reason) for reason in DropReason} == {
        "空白", "导航", "相关推荐", "分享评论", "页码", "版权声明", "联系方式", "投稿须知", "图片说明", "广告", "标签",
        "重复标题", "网页代码", "正文之后", "各页重复", "页脚", "侧栏", "按钮", "链接列表", "页眉页脚",
        "目录", "自定规则", "识别存疑", "其他",
    }  # fmt: skip


def test_a_summary_needs_no_wishes() -> None:
    """Without a word of the user's nothing is kept against the cleaner."""
    assert not SourceSummary("甲.txt", "", "UTF-8", 0, 0, (), (), 0).keep
