"""tjqa show: what it marks as left out is what the index leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.cleaning.test_templates import HEAD, NEWS, TAIL, TOWNS, page
from tests.support.helpers import FakeEncoder
from tjqa.cli.show import show
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError

LINKS = "灌区改造启动"


@pytest.fixture
def news(place: Settings) -> Path:
    """A document with a menu above and links below."""
    path = place.sources / "新闻.txt"
    path.write_text(NEWS)
    return path


def printed(place: Settings, capsys: pytest.CaptureFixture[str], path: str = "新闻.txt") -> str:
    """What `tjqa show` prints of a whole document."""
    capsys.readouterr()
    assert show(place, path, 0, len((place.sources / path).read_text())) == 0
    return capsys.readouterr().out


def in_the_panel(place: Settings, path: str = "新闻.txt") -> dict[str, str]:
    """What the source panel of the app marks as left out: text and reason."""
    view = Engine.open(place).view_source(path)
    return {d.span.of(view.text): str(d.reason) for d in view.dropped if d.reason != "空白"}


@pytest.mark.parametrize("indexed", [True, False])
def test_a_file_kept_whole_has_nothing_left_out(
    place: Settings, news: Path, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str], indexed: bool
) -> None:
    """Named in .tjqa-keep a file is shown without marks of omission, with an index and without."""
    assert f"‹略去（相关推荐）：{LINKS}›" in printed(place, capsys)
    (place.sources / ".tjqa-keep").write_text("新闻.txt\n")
    if indexed:
        build(place)
        assert in_the_panel(place) == {}
    assert "略去" not in printed(place, capsys)


@pytest.mark.parametrize("indexed", [True, False])
def test_parts_kept_for_their_reason_are_not_left_out(
    place: Settings, news: Path, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str], indexed: bool
) -> None:
    """`file: reason` takes back the omissions of that reason and no others."""
    (place.sources / ".tjqa-keep").write_text("新*.txt: 相关推荐\n")
    if indexed:
        build(place)
        assert set(in_the_panel(place).values()) == {"导航"}
    shown = printed(place, capsys)
    assert "略去（相关推荐）" not in shown and LINKS in shown
    assert "略去（导航）" in shown


def test_a_template_of_the_folder_is_left_out(
    place: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines that all pages of a folder share are marked as in the index and in the source panel; after a change to the
    file they still are, while the index has not been made again."""
    for number, town in enumerate(TOWNS):
        (place.sources / f"{number}.txt").write_text(page(number, town))
    build(place)
    assert in_the_panel(place, "0.txt") == {HEAD: "各页重复", TAIL: "各页重复"}
    shown = printed(place, capsys, "0.txt")
    assert f"‹略去（各页重复）：{HEAD}›" in shown and f"‹略去（各页重复）：{TAIL}›" in shown
    changed = page(0, "云岭").replace("日前完工", "昨天完工")
    (place.sources / "0.txt").write_text(changed)
    shown = printed(place, capsys, "0.txt")
    assert "昨天完工" in shown and f"‹略去（各页重复）：{HEAD}›" in shown


@pytest.mark.parametrize("path", ["./0.txt", "{folder}/0.txt"])
def test_a_path_may_be_written_otherwise(
    place: Settings, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    """The index is asked for the file, however its path was written."""
    for number, town in enumerate(TOWNS):
        (place.sources / f"{number}.txt").write_text(page(number, town))
    build(place)
    assert f"‹略去（各页重复）：{HEAD}›" in printed(place, capsys, path.format(folder=place.sources))


def test_what_the_index_holds_is_shown_until_it_is_made_again(
    place: Settings, news: Path, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """New wishes count from the next update on, in `show` as in the source panel."""
    build(place)
    (place.sources / ".tjqa-keep").write_text("新闻.txt\n")
    assert LINKS in in_the_panel(place)
    assert f"‹略去（相关推荐）：{LINKS}›" in printed(place, capsys)
    build(place)
    assert in_the_panel(place) == {} and "略去" not in printed(place, capsys)


def test_a_damaged_index_is_done_without(
    place: Settings, news: Path, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the index cannot be read the file is cleaned by the rules of the folder, and that is said."""
    build(place)
    (place.index_dir / "CURRENT").write_text("?")
    assert show(place, "新闻.txt", 0, 4) == 0
    out, err = capsys.readouterr()
    assert "略去（导航）" in out and "CURRENT" in err


def test_rules_that_cannot_be_read_are_told(place: Settings, news: Path) -> None:
    """Without an index the rules of the folder decide; a damaged file of rules is told with its next step."""
    (place.sources / ".tjqa-keep").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourcesError, match=r"\.tjqa-keep"):
        show(place, "新闻.txt", 0, 4)


def test_a_span_of_the_view_is_a_span_of_the_file(place: Settings, news: Path, encoder: FakeEncoder) -> None:
    """Both ways give the same omissions, character for character."""
    from tjqa.citations.library import view_slice

    (place.sources / ".tjqa-keep").write_text("新闻.txt: 导航\n")
    alone = view_slice(place.sources, "新闻.txt", Span(0, 2))
    build(place)
    assert alone.dropped == Engine.open(place).view_source("新闻.txt").dropped


@pytest.mark.parametrize("change", ["another figure", "a line above", "the end cut off", "nothing"])
def test_a_file_that_changed_since_it_was_indexed_is_told(
    place: Settings, news: Path, encoder: FakeEncoder, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    """The place may have been copied from an answer, of which another stretch stands there now."""
    build(place)
    text = news.read_text()
    after = {"another figure": text.replace("二", "三", 1), "a line above": f"新的一行\n{text}", "nothing": text}
    news.write_text(after.get(change, text[: len(text) // 2]))
    assert show(place, "新闻.txt", 0, 10) == 0
    told = capsys.readouterr()
    assert ("在建立索引之后有改动" in told.err) == (news.read_text() != text)
