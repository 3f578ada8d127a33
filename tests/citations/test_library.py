"""tjqa.citations.library: documents as they lie in the folder now, against what the index says of them."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ingest.test_outline import MADE
from tests.support.helpers import REPORT, WATER
from tests.support.hits import hit_of, matcher_of
from tjqa.citations.library import Library
from tjqa.citations.locations import place_name, position
from tjqa.cli.show import marked_lines
from tjqa.documents import Dropped, DropReason, Span
from tjqa.errors import SourcesError
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.pipeline import cleaned, summarise
from tjqa.ingest.sources import read_source
from tjqa.messages import literal
from tjqa.reports import SourceState
from tjqa.results import SourceView
from tjqa.retrieval.hit import Hit


def opened(folder: Path) -> Library:
    """A library over the folder as it is now."""
    states = []
    for path in sorted(folder.rglob("*.*")):
        source, stat = read_source(folder, path), path.stat()
        states.append(SourceState(source.path, source.sha256, stat.st_size, stat.st_mtime_ns))
    return Library(folder, states)


def hit(folder: Path, name: str, text: str) -> Hit:
    """A hit on the first place where `text` stands in a document."""
    source = read_source(folder, folder / name)
    start = source.text.index(text)
    made = hit_of(matcher_of("就业"), text, path=name, start=start)
    return replace(made, passage=replace(made.passage, sha256=source.sha256))


def test_citation_is_read_from_the_file(documents: Path) -> None:
    """Line and column lead an editor to the quote; in a file with BOM and CRLF too."""
    library = opened(documents)
    for name, text in (
        ("报告.txt", "新建幼儿园6所"),
        ("水利/水库.txt", "县水利局局长沈怀民介绍"),
        ("茶叶.md", "杀青的锅温"),
    ):
        found = hit(documents, name, text)
        cited = library.cite(1, found, found.passage.span)
        whole = read_source(documents, documents / name).text
        line = whole.split("\n")[cited.line - 1]
        assert cited.unchanged
        assert (cited.quote, line[cited.column - 1 :][: len(text)]) == (text, text)
        assert cited.span.of(whole) == text


def test_citation_of_a_part_and_its_mark(documents: Path) -> None:
    """A sentence of a passage is cited at its own place."""
    found = hit(documents, "报告.txt", "增长7.2%。一般公共预算收入完成12.8亿元")
    part = Span(found.passage.span.start + 7, found.passage.span.end)
    marks = (Span(part.end - 6, part.end),)
    cited = opened(documents).cite(2, found, part, marks)
    assert cited.quote == "一般公共预算收入完成12.8亿元"
    assert [m.of(REPORT) for m in cited.marks] == ["12.8亿元"]


@pytest.mark.parametrize("change", ["above", "cut", "again"])
def test_a_quote_whose_file_was_edited_elsewhere_is_found_at_its_new_place(documents: Path, change: str) -> None:
    """A line put in or taken out above it: the quote is re-read where it stands now, and the change is told."""
    library = opened(documents)
    found = hit(documents, "报告.txt", "新建幼儿园6所")
    span = found.passage.span
    edits = {"above": "补记一行。\n" + REPORT, "cut": REPORT[5:], "again": REPORT + "\n" + REPORT}
    text = edits[change]
    (documents / "报告.txt").write_text(text)
    mark = Span(span.end - 2, span.end)
    cited = library.cite(1, found, span, (mark,))
    assert cited.unchanged and cited.span.of(text) == cited.quote == found.passage.text
    assert cited.edited and cited.sha256 != found.passage.sha256
    assert [part.of(text) for part in cited.marks] == [mark.of(REPORT)]
    assert text.splitlines()[cited.line - 1][cited.column - 1 :].startswith(cited.quote[:5])
    view = library.view(cited, ())
    assert view.span.of(view.text) == cited.quote
    assert library.stale() == ("报告.txt",)


@pytest.mark.parametrize("change", ["edit", "gone", "binary", "folder"])
def test_changed_file_is_never_quoted_as_if_it_were_not(documents: Path, change: str) -> None:
    """Once the words no longer stand at their place the citation says so, and gives no line and no mark."""
    library = opened(documents)
    found = hit(documents, "报告.txt", "新建幼儿园6所")
    assert library.cite(1, found, found.passage.span).unchanged
    path = documents / "报告.txt"
    if change in ("gone", "folder"):
        path.unlink()
    if change == "folder":
        path.mkdir()
    if change == "edit":
        path.write_text(REPORT.replace("新建幼儿园6所", "新建幼儿园9所"))
    if change == "binary":
        path.write_bytes(b"\0\1\2" * 500)
    cited = library.cite(1, found, found.passage.span, (found.passage.span,))
    assert not cited.unchanged
    assert (cited.line, cited.column, cited.marks) == (0, 0, ())
    assert library.position(found.passage) is None
    assert library.stale() == ("报告.txt",)


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("change", ["file", "folder", "folder, relative", "by way of another"])
def test_what_leads_outside_by_now_is_not_read(documents: Path, tmp_path: Path, change: str, held: bool) -> None:
    """A document, or a folder on its way, replaced by a link that leads out of the folder: not even the same words
    are quoted from there; nor from memory, when the file was read before."""
    library = opened(documents)
    path = "水利/水库.txt"
    found = hit(documents, path, "总库容4200万立方米")
    if held:
        assert library.cite(1, found, found.passage.span).unchanged
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "水库.txt").write_bytes((documents / path).read_bytes())
    (documents / path).unlink()
    if change == "file":
        (documents / path).symlink_to(outside / "水库.txt")
    elif change == "by way of another":
        (documents / "环").symlink_to(outside, target_is_directory=True)
        (documents / path).symlink_to(documents / "环" / "水库.txt")
    else:
        (documents / "水利").rmdir()
        target = outside if change == "folder" else Path("..") / "outside"
        (documents / "水利").symlink_to(target, target_is_directory=True)
    assert (documents / path).read_bytes() == (outside / "水库.txt").read_bytes()
    cited = library.cite(1, found, found.passage.span, (found.passage.span,))
    assert not cited.unchanged and cited.line == 0
    assert library.position(found.passage) is None
    for open_it in (lambda: library.view(cited, ()), lambda: library.view_source(path, ())):
        with pytest.raises(SourcesError, match=r"水库\.txt.*外面的链接"):
            open_it()
    assert path in library.stale()


def test_links_within_the_folder_are_read(documents: Path, tmp_path: Path) -> None:
    """The documents folder may itself be a link, and a document a link to another."""
    (documents / "同.txt").symlink_to(documents / "水利" / "水库.txt")
    (tmp_path / "link").symlink_to(documents, target_is_directory=True)
    for folder in (documents, tmp_path / "link"):
        assert opened(folder).view_source("同.txt", ()).text == opened(folder).view_source("水利/水库.txt", ()).text


def test_same_size_edit_is_noticed(documents: Path) -> None:
    """An edit that keeps the size is found by its time and hash; a new time alone is no change."""
    library = opened(documents)
    path = documents / "报告.txt"
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 10**9))
    assert library.stale() == ()
    path.write_text(REPORT.replace("3215", "3216"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 2 * 10**9))
    assert library.stale() == ("报告.txt",)


@pytest.mark.parametrize("rested", [True, False])
@pytest.mark.parametrize("replaced", [True, False])
def test_an_edit_behind_size_and_time_is_noticed(
    documents: Path, monkeypatch: pytest.MonkeyPatch, rested: bool, replaced: bool
) -> None:
    """A file read before is read again when it was written into, or replaced, with its old size and time."""
    if rested:
        monkeypatch.setattr("tjqa.citations.files_now._RESTED", -1.0)
    library, found = opened(documents), hit(documents, "报告.txt", "全年新增就业3215人")
    assert library.cite(1, found, found.passage.span).unchanged
    path = documents / "报告.txt"
    stat = path.stat()
    time.sleep(0.02)  # past the tick of the file system's clock
    target = path.with_suffix(".part") if replaced else path
    target.write_text(REPORT.replace("3215", "3216"))
    target.replace(path)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    assert not library.cite(1, found, found.passage.span).unchanged


def test_stale_names_what_changed_vanished_or_came(documents: Path) -> None:
    """Every difference between folder and index is listed, and a vanished folder lists everything."""
    library = opened(documents)
    assert library.stale() == ()
    (documents / "报告.txt").write_text("改了。")
    (documents / "茶叶.md").unlink()
    (documents / "新的.txt").write_text("新来的文档。")
    assert library.stale() == ("报告.txt", "新的.txt", "茶叶.md")
    documents.rename(documents.with_name("别处"))
    assert library.stale() == ("报告.txt", "水利/水库.txt", "茶叶.md")


def test_skipped_file_is_no_news_until_it_changes(documents: Path) -> None:
    """A file that could not be read when indexing is not reported as new on every question."""
    path = documents / "坏.txt"
    path.write_bytes(b"\0" * 10)
    stat = path.stat()
    state = SourceState("坏.txt", "", 10, stat.st_mtime_ns, skipped=literal("不是文本。"))
    others = [s for s in opened_states(documents) if s.path != "坏.txt"]
    library = Library(documents, [*others, state])
    assert library.stale() == ()
    path.write_text("现在是文本了。")
    assert library.stale() == ("坏.txt",)


def opened_states(folder: Path) -> list[SourceState]:
    """States of every readable document."""
    states = []
    for path in sorted(folder.rglob("*.*")):
        try:
            source = read_source(folder, path)
        except SourcesError:
            continue
        states.append(SourceState(source.path, source.sha256, path.stat().st_size, path.stat().st_mtime_ns))
    return states


def test_view_of_an_unchanged_file(documents: Path) -> None:
    """The source panel gets the whole text, the cited span and what was dropped."""
    library = opened(documents)
    found = hit(documents, "报告.txt", "新建幼儿园6所")
    cited = library.cite(1, found, found.passage.span)
    dropped = (Dropped(Span(0, 3), "导航"),)
    view = library.view(cited, dropped)
    assert (view.text, view.span, view.quote, view.dropped) == (REPORT, cited.span, cited.quote, dropped)
    assert not view.changed
    assert library.view_source("报告.txt", dropped).text == REPORT


def test_view_of_a_changed_file_warns(documents: Path) -> None:
    """A changed file is shown as it is now, without old marks, and says that it changed."""
    library = opened(documents)
    found = hit(documents, "报告.txt", "新建幼儿园6所")
    cited = library.cite(1, found, found.passage.span)
    (documents / "报告.txt").write_text("全新的内容。")
    for view in (library.view(cited, (Dropped(Span(0, 3), "导航"),)), library.view_source("报告.txt", ())):
        assert view.changed
        assert view.text == "全新的内容。"
        assert view.dropped == ()


def test_a_quote_that_moved_since_it_was_cited_is_opened_where_it_stands(documents: Path) -> None:
    """The answer is older than the change: the file is shown at the quote, and said to have changed."""
    library = opened(documents)
    found = hit(documents, "报告.txt", "新建幼儿园6所")
    cited = library.cite(1, found, found.passage.span)
    (documents / "报告.txt").write_text("补记一行。\n" + REPORT)
    view = library.view(cited, (Dropped(Span(0, 3), "导航"),))
    assert (view.changed, view.moved, view.dropped) == (False, True, ())
    assert view.span.of(view.text) == cited.quote and view.span.start == cited.span.start + len("补记一行。\n")


def test_view_of_a_stretch_of_a_file(documents: Path) -> None:
    """At the stretch while the file is as it was indexed, else from its beginning."""
    library = opened(documents)
    text = (documents / "报告.txt").read_text()
    span = Span(text.index("二、2022年"), text.index("今年全县"))
    view = library.view_source("报告.txt", (), span)
    assert (view.span, view.quote, view.changed) == (span, span.of(text), False)
    for changed in ("前言\n" + text, "短"):
        (documents / "报告.txt").write_text(changed)
        view = library.view_source("报告.txt", (), span)
        assert (view.span, view.quote, view.changed) == (Span(0, 0), "", True)


@pytest.mark.parametrize("name", ["办法.docx", "办法.pdf", "补贴.xlsx", "办法.txt"])
def test_places_of_a_tree_are_those_of_its_parts(documents: Path, name: str) -> None:
    """Found in one pass, they are what each would be alone."""
    (documents / name).write_bytes(MADE[name])
    source = read_source(documents, documents / name)
    found = opened(documents).outline(name, None)
    assert len(found.places) == len(found.nodes) > 3
    for node, place in zip(found.nodes, found.places, strict=True):
        assert place.line == position(source.text, node.span.start).line
        assert place.name == place_name(source, Span(node.span.start, node.span.start))


def test_a_tree_follows_the_rules_the_file_was_indexed_with(documents: Path) -> None:
    """Until the file changes; from then on those of the folder."""
    source = read_source(documents, documents / "报告.txt")
    state = SourceState("报告.txt", source.sha256, 0, 0, drop=("教育事业*",))
    held = summarise(source, cleaned(source, drop=state.drop), 4)
    library = Library(documents, [state])
    assert [node.reason for node in library.outline("报告.txt", held).nodes if node.reason] == [DropReason.BY_USER]
    (documents / ".tjqa-drop").write_text("二、2022年工作安排\n")
    assert not library.outline("报告.txt", held).changed
    (documents / "报告.txt").write_text(REPORT + "完。\n")
    found = library.outline("报告.txt", held)
    lost = [node.span.of(REPORT) for node in found.nodes if node.reason]
    assert (found.changed, lost) == (True, ["二、2022年工作安排"])


def test_view_of_a_vanished_file_is_an_error(documents: Path) -> None:
    """A file that is gone is told with the next step."""
    library = opened(documents)
    found = hit(documents, "报告.txt", "新建幼儿园6所")
    cited = library.cite(1, found, found.passage.span)
    (documents / "报告.txt").unlink()
    with pytest.raises(SourcesError, match="tjqa index"):
        library.view(cited, ())


def test_summary_counts_every_character(documents: Path) -> None:
    """Kept and dropped characters add up to the file."""
    source = read_source(documents, documents / "水利" / "水库.txt")
    cleaned = clean(source)
    summary = summarise(source, cleaned, 2)
    assert summary.kept + sum(len(d.span) for d in summary.dropped) == summary.characters == len(source.text)
    assert [title for title, _ in summary.articles] == [WATER.partition("\n")[0]]


def shown(span: Span, *dropped: Dropped, text: str = "零一二三四五六七八九", around: int = 3) -> str:
    """What `marked_lines` makes of a text of ten characters."""
    return "\n".join(marked_lines(SourceView("甲", text, span, span.of(text), dropped), around))


@pytest.mark.parametrize(
    ("span", "dropped", "expected"),
    [
        (Span(4, 6), [], "一二三【四五】六七八"),
        (Span(0, 10), [], "【零一二三四五六七八九】"),
        (Span(4, 6), [Span(1, 3)], "‹略去（导航）：一二›三【四五】六七八"),
        (Span(4, 6), [Span(0, 5)], "‹略去（导航）：一二三›【‹略去（导航）：四›五】六七八"),
        (Span(4, 6), [Span(5, 10)], "一二三【四‹略去（导航）：五›】‹略去（导航）：六七八›"),
        (Span(4, 6), [Span(0, 10)], "‹略去（导航）：一二三›【‹略去（导航）：四五›】‹略去（导航）：六七八›"),
    ],
)
def test_marks_never_cross(span: Span, dropped: list[Span], expected: str) -> None:
    """The citation is always marked, and dropped parts are cut where it begins and ends."""
    assert shown(span, *(Dropped(d, "导航") for d in dropped)) == expected


def test_blank_dropped_parts_and_carriage_returns_are_not_marked() -> None:
    """White space between paragraphs is no news, and CRLF ends a line like LF."""
    assert shown(Span(5, 6), Dropped(Span(1, 5), "空白"), text="一\r\n\r\n二\r\n", around=9) == "一\n\n【二】\n"
