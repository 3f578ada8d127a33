"""Documents in archives and mails through the whole library: indexed, cited, shown, checked, updated, exported."""

from __future__ import annotations

import os
from datetime import date

import pytest

from tests.support.formats import as_docx, zipped
from tests.support.helpers import REPORT, TEA, WATER, FakeEncoder
from tests.support.mails import as_mail
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_reading import read_export
from tjqa.citations.library import view_slice
from tjqa.citations.verification import check_export
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError, UsageError
from tjqa.index.filters import Filter
from tjqa.ingest import containers, pipeline


@pytest.fixture
def packed(place: Settings, encoder: FakeEncoder) -> Settings:
    """A library of an archive and a mail, without an index."""
    for path in place.sources.rglob("*.*"):
        path.unlink()
    write(
        place, "包.zip", {"水利/水库.docx": as_docx(WATER), "内.zip": zipped({"茶.txt": TEA.encode()}), "旧.ppt": b"x"}
    )
    (place.sources / "信.eml").write_bytes(as_mail("见附件。", "报告的通知", [("报告.txt", REPORT.encode())]))
    return place


def write(place: Settings, name: str, files: dict[str, bytes]) -> None:
    """Put an archive there."""
    (place.sources / name).write_bytes(zipped(files))


def paths(place: Settings) -> list[str]:
    """What the index holds passages of."""
    return sorted({passage.path for passage, _ in Engine.open(place).passages()})


def test_asked_cited_and_shown(packed: Settings) -> None:
    """An answer stands in a member, is re-read from there, and is shown with its place."""
    report = build(packed)
    assert [skipped.path for skipped in report.skipped] == ["包.zip/旧.ppt"]
    assert paths(packed) == ["信.eml", "信.eml/报告.txt", "包.zip/内.zip/茶.txt", "包.zip/水利/水库.docx"]
    engine = Engine.open(packed)
    best = engine.ask("石桥水库的总库容是多少?").best[0]
    assert (
        best.path == "包.zip/水利/水库.docx"
        and "4200万立方米" in best.quote
        and best.unchanged
        and best.place == "第 2 段"
    )
    view = engine.view(best)
    assert view.span.of(view.text) == best.quote and not view.changed
    assert engine.ask("采摘标准是什么", filters=[Filter("file", "包.zip/内")]).best[0].path == "包.zip/内.zip/茶.txt"
    assert engine.ask("新增就业多少人").best[0].path == "信.eml/报告.txt"
    assert engine.check() == [] and not engine.status().stale
    slice_ = view_slice(packed.sources, best.path, best.span)
    assert slice_.quote == best.quote
    mail = next(passage for passage, _ in engine.passages() if passage.path == "信.eml" and "见附件" in passage.text)
    assert (mail.title, mail.published) == ("报告的通知", "2024-03-05")


@pytest.mark.parametrize("form", FORMATS)
def test_exports_of_members_are_verified(packed: Settings, form: str) -> None:
    """And found out when a quote was changed."""
    build(packed)
    engine = Engine.open(packed)
    text = export([engine.ask("石桥水库的总库容是多少?"), engine.ask("新增就业多少人")], form, date(2026, 11, 24))
    found = check_export(read_export(text), packed.sources)
    assert found.quotes == found.kept > 0 and not found.faults
    forged = check_export(read_export(text.replace("4200万", "4300万")), packed.sources)
    assert forged.kept < forged.quotes


def test_nothing_is_opened_while_nothing_changes(packed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not to update, nor to tell what is stale: size and time of the container say so; a new time alone changes no
    document."""
    build(packed)
    opened: list[str] = []
    real = containers._asked
    monkeypatch.setattr(containers, "_asked", lambda what, path, name: (opened.append(name), real(what, path, name))[1])
    assert build(packed).unchanged and not Engine.open(packed).status().stale and opened == []
    os.utime(packed.sources / "包.zip", ns=(1, 2_000_000_000))
    assert build(packed).unchanged and opened


def test_an_archive_with_one_member_more(packed: Settings) -> None:
    """Is stale, and after an update its members are what they are now; those that stayed are not embedded again."""
    build(packed)
    write(
        packed,
        "包.zip",
        {"水利/水库.docx": as_docx(WATER), "新.txt": b"\xe6\xb8\x94" * 9 + "渔业试点1200亩。".encode()},
    )
    assert set(Engine.open(packed).status().stale) >= {"包.zip", "包.zip/新.txt", "包.zip/内.zip/茶.txt"}
    report = build(packed)
    assert set(report.removed) == {"包.zip/内.zip", "包.zip/内.zip/茶.txt", "包.zip/旧.ppt"}
    assert report.embedded == 1
    assert "包.zip/新.txt" in paths(packed) and not Engine.open(packed).status().stale


def test_a_moved_archive(packed: Settings) -> None:
    """Takes what lies in it along: nothing is read again."""
    build(packed)
    (packed.sources / "档").mkdir()
    (packed.sources / "包.zip").rename(packed.sources / "档" / "包.zip")
    report = build(packed)
    assert ("包.zip/水利/水库.docx", "档/包.zip/水利/水库.docx") in report.moved
    assert report.embedded == 0 and not report.removed


def test_a_quote_whose_archive_changed_or_is_gone(packed: Settings) -> None:
    """Is told, with the stored words; a member that was taken out is told as its document."""
    build(packed)
    engine = Engine.open(packed)
    best = engine.ask("石桥水库的总库容是多少?").best[0]
    write(packed, "包.zip", {"水利/水库.docx": as_docx(WATER.replace("4200", "4300"))})
    answer = engine.ask("石桥水库的总库容是多少?")
    assert not answer.best and best.path in answer.changed_files
    write(packed, "包.zip", {"文.txt": b"text"})
    with pytest.raises(SourcesError, match="没有"):
        engine.view(best)
    (packed.sources / "包.zip").unlink()
    assert best.path in engine.ask("石桥水库的总库容是多少?").gone_files


def test_no_path_leads_out_by_way_of_a_container(packed: Settings) -> None:
    """A link to an archive outside is no archive of this library; no path climbs out of one."""
    outside = packed.sources.parent / "外.zip"
    outside.write_bytes(zipped({"密.txt": b"secret"}))
    (packed.sources / "链.zip").symlink_to(outside)
    report = build(packed)
    assert [skipped.path for skipped in report.skipped if "链" in skipped.path] == ["链.zip"]
    for path in ("链.zip/密.txt", "包.zip/../../外.zip/密.txt"):
        with pytest.raises(UsageError):
            view_slice(packed.sources, path, Span(0, 1))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights say nothing here")
def test_an_archive_that_is_refused_keeps_its_members(packed: Settings) -> None:
    """Rights that were taken away for a while lose nothing of the index."""
    build(packed)
    before = paths(packed)
    place = packed.sources / "包.zip"
    place.chmod(0)
    os.utime(place, ns=(1, 1))
    build(packed)
    place.chmod(0o644)
    assert paths(packed) == before


def test_one_document_that_fails_costs_no_other(packed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours over one member is told with its path."""
    real = pipeline.clean

    def failing(source: object) -> object:
        if getattr(source, "path", "") == "信.eml/报告.txt":
            raise ZeroDivisionError
        return real(source)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "clean", failing)
    monkeypatch.setattr("tjqa.ingest.apart.take_in_apart", lambda document, sandbox: pipeline.take_in(document))
    build(packed)
    assert paths(packed) == ["信.eml", "包.zip/内.zip/茶.txt", "包.zip/水利/水库.docx"]


def test_empty_notes_do_not_spoil_updates(place: Settings, encoder: FakeEncoder) -> None:
    """Files that give no passage are known again, wherever they stand among the others."""
    for name in ("0.txt", "水利/空.txt", "龘.txt"):
        (place.sources / name).write_bytes(b"")
    first = build(place)
    again = build(place)
    assert again.unchanged and [s.path for s in again.sources] == [s.path for s in first.sources]
    (place.sources / "新.txt").write_text(TEA)
    assert {s.path for s in build(place).sources if not s.passages} == {"0.txt", "水利/空.txt", "龘.txt"}
    assert Engine.open(place).check() == []
