"""An index in several segments: how files are shared out, that segments answer like one, that a build goes on where it
was interrupted, that processes make the same files, that codes lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.helpers import FakeEncoder
from tjqa.answers.wording import remarks
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.errors import Cancelled
from tjqa.index import analyzer, parameters, scan, workers
from tjqa.index.generations import live_generation, verify
from tjqa.index.partitioning import FileContents, share_out
from tjqa.reports import Progress, SourceState, SourceSummary
from tjqa.results import Answer

QUESTIONS = ("第17号村的水库总库容是多少?", "哪个施工队修了第31号村的公路?", "第8号村今年惠及农户多少户", "茶叶 采摘")


def write(folder: Path, numbers: Iterator[int] | range) -> None:
    """Small documents about villages, no two alike."""
    for number in numbers:
        path = folder / f"{number % 3}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"第{number}号村建设情况\n\n第{number}号村公路全长{number + 3}公里,投资{number * 7 + 11}万元,"
            f"由第{number % 13}施工队承建。\n\n第{number}号村水库总库容{number * 5 + 2}万立方米,"
            f"惠及农户{number * 3 + 20}户。\n"
        )


@pytest.fixture
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of at most eight passages."""
    monkeypatch.setattr(parameters, "SEGMENT_PASSAGES", 8)
    monkeypatch.setattr(parameters, "SEGMENT_AT_LEAST", 4)
    monkeypatch.setattr(parameters, "SEGMENT_ENDS_AFTER", 4)


@pytest.fixture
def villages(tmp_path: Path) -> Settings:
    """A library of forty documents, not yet indexed."""
    place = Settings(tmp_path / "资料", tmp_path / "embeddings")
    write(place.sources, range(40))
    return place


def answers(place: Settings) -> list[Answer]:
    """What the library says to some questions."""
    engine = Engine.open(place)
    return [engine.ask(question) for question in QUESTIONS]


def told(found: list[Answer], digits: int = 4) -> list[object]:
    """Everything of answers but the time they took; scores to some digits."""
    return [
        (
            a.state,
            [c.quote for c in a.best],
            [(c.path, c.span, round(c.score, digits)) for c in a.citations],
            remarks(a),
        )
        for a in found
    ]


def names(place: Settings) -> list[str]:
    """The names of the segments of the live index."""
    return [segment["name"] for segment in live_generation(place.index_dir)[1]["parts"]]


def data(place: Settings) -> dict[str, bytes]:
    """The live generation's data files."""
    generation, manifest = live_generation(place.index_dir)
    return {name: (generation / name).read_bytes() for name in manifest["files"]}


class TestSharingOut:
    """Which files go into which segment."""

    def shared(self, *counts: int) -> list[list[tuple[str, int, int]]]:
        """The segments of files with some numbers of passages."""
        files = [
            FileContents(SourceState(f"{n}", "", 0, 0), SourceSummary(f"{n}", "", "", 0, 0, (), (), count))
            for n, count in enumerate(counts)
        ]
        return [[(s.file.state.path, s.start, s.end) for s in segment] for segment in share_out(files)]

    @given(st.lists(st.integers(0, 30), max_size=60))
    def test_everything_once_and_nothing_too_large(self, counts: list[int]) -> None:
        """Every passage is in one segment, in order, and none is larger than it may be, or empty beside another."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parameters, "SEGMENT_PASSAGES", 8)
            patch.setattr(parameters, "SEGMENT_AT_LEAST", 4)
            patch.setattr(parameters, "SEGMENT_ENDS_AFTER", 4)
            found = self.shared(*counts)
        sizes = [sum(end - start for _, start, end in segment) for segment in found]
        assert all(0 < size <= 8 for size in sizes) or sizes == [0]
        rows = [(int(path), row) for segment in found for path, start, end in segment for row in range(start, end)]
        assert rows == [(path, row) for path, count in enumerate(counts) for row in range(count)]

    def test_a_small_library_is_one_part(self) -> None:
        """Nothing is cut before it has to be; what has no passage is with the others."""
        assert self.shared(5, 0, 30_000) == [[("0", 0, 5), ("1", 0, 0), ("2", 0, 30_000)]]
        assert self.shared() == [] and self.shared(0, 0) == [[("0", 0, 0), ("1", 0, 0)]]


def test_parts_answer_like_one(
    villages: Settings, encoder: FakeEncoder, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Cut into many segments the library gives the same answers, scores and citations as in one."""
    build(villages)
    whole = answers(villages)
    assert len(names(villages)) == 1 and {a.state for a in whole} == {"found", "weak"}
    request.getfixturevalue("small_segments")
    cut = Settings(villages.sources, tmp_path / "cut")
    build(cut)
    assert len(names(cut)) > 8
    assert told(answers(cut)) == told(whole)
    assert Engine.open(cut).check() == []
    engine = Engine.open(cut)
    assert [s.path for s in engine.sources()] == [s.path for s in Engine.open(villages).sources()]
    assert all(engine.view_source(s.path).dropped == s.dropped for s in engine.sources())


@pytest.mark.usefixtures("small_segments")
def test_a_change_costs_its_part(villages: Settings, encoder: FakeEncoder, tmp_path: Path) -> None:
    """After a change most segments are the very same files, and the index is that of a new build."""
    build(villages)
    before = set(names(villages))
    (villages.sources / "1" / "016.txt").unlink()
    write(villages.sources, range(100, 101))
    path = villages.sources / "2" / "020.txt"
    path.write_text(path.read_text().replace("公路", "隧道"))
    made = len(encoder.encoded)
    build(villages)
    now = names(villages)
    assert len(before & set(now)) > len(now) / 2
    assert len(encoder.encoded) - made <= 4
    fresh = Settings(villages.sources, tmp_path / "fresh")
    build(fresh)
    assert data(villages) == data(fresh)


@pytest.mark.usefixtures("small_segments")
class TestInterrupted:
    """A build that was stopped goes on where it was."""

    def stop_after(self, place: Settings, passages: int) -> None:
        """Build until so many passages are done."""

        def progress(step: Progress) -> None:
            if step.phase == "phase_embed" and step.done >= passages:
                raise Cancelled("build_cancelled")

        with pytest.raises(Cancelled):
            build(place, progress)

    def test_it_goes_on(self, villages: Settings, encoder: FakeEncoder, tmp_path: Path) -> None:
        """Finished segments are not embedded again, and the result is that of an undisturbed build."""
        self.stop_after(villages, 50)
        assert not list(villages.index_dir.glob("gen-*"))
        made = len(encoder.encoded)
        assert made >= 40
        report = build(villages)
        assert len(encoder.encoded) - made == report.embedded <= report.passages - 40
        fresh = Settings(villages.sources, tmp_path / "fresh")
        build(fresh)
        assert data(villages) == data(fresh)
        assert {path.name for path in villages.index_dir.iterdir()} == {"gen-000001", "CURRENT", "LOCK"}

    def test_what_was_damaged_or_changed_since_is_made_again(self, villages: Settings, encoder: FakeEncoder) -> None:
        """Left-over files are compared with their hashes, and one of a document that changed since is not used."""
        self.stop_after(villages, 50)
        (left,) = villages.index_dir.glob("tmp-*")
        for path in sorted(left.glob("*.arrays"))[:3]:
            raw = path.read_bytes()
            path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
        path = villages.sources / "0" / "000.txt"
        path.write_text(path.read_text().replace("公路", "隧道"))
        made = len(encoder.encoded)
        build(villages)
        assert len(encoder.encoded) - made >= 30 + 3 * 4
        verify(villages.index_dir)
        assert Engine.open(villages).check() == []

    def test_an_old_index_stays_meanwhile(self, villages: Settings, encoder: FakeEncoder) -> None:
        """A stopped update leaves the index that was there, and its files as they were."""
        build(villages)
        before = data(villages)
        write(villages.sources, range(100, 130))
        self.stop_after(villages, 100)
        assert data(villages) == before
        verify(villages.index_dir)
        build(villages)
        verify(villages.index_dir)
        assert Engine.open(villages).check() == []


@pytest.mark.slow
def test_processes_make_the_same_files(
    model: Path, villages: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Analysed by several processes, every file of the index is byte for byte that of one process."""
    build(villages)
    monkeypatch.setattr(analyzer, "WORTH_IT", 1)
    monkeypatch.setattr(scan, "_WORTH_IT", 1)
    monkeypatch.setattr(analyzer, "CHUNK", 7)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    started = []
    real = workers.ProcessPoolExecutor
    monkeypatch.setattr(workers, "ProcessPoolExecutor", lambda *a: started.append(a) or real(*a))
    (villages.sources.parent / "资料" / ".tjqa-words").write_text("号村公路\n")
    one, many = Settings(villages.sources, tmp_path / "one"), Settings(villages.sources, tmp_path / "many")
    build(many)
    assert len(started) == 1
    monkeypatch.setattr(analyzer, "WORTH_IT", 10**9)
    monkeypatch.setattr(scan, "_WORTH_IT", 10**9)
    build(one)
    assert len(started) == 1
    assert data(one) == data(many)


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes libraries be searched by codes from now on."""

    def switch() -> None:
        monkeypatch.setattr(parameters, "CODED_FROM", 50)
        monkeypatch.setattr(parameters, "SMALLEST_CODED_SEGMENT", 50)

    return switch


@pytest.mark.slow
def test_codes_answer_like_exact_vectors(
    model: Path, villages: Settings, tmp_path: Path, codes: Callable[[], None]
) -> None:
    """A library searched by codes gives the same answers: the codes only find what is then compared exactly."""
    build(villages)
    exact = answers(villages)
    codes()
    coded = Settings(villages.sources, tmp_path / "coded")
    build(coded)
    kinds = {name.partition(".")[2] for name in live_generation(coded.index_dir)[1]["files"]}
    assert "codes.faiss" in kinds and "vectors.faiss" not in kinds
    found = answers(coded)
    for ours, theirs in zip(found[:3], exact[:3], strict=True):
        # Of the last of ten, hardly apart in score, the codes may find another one; which, differs by processor.
        ours, theirs = (replace(one, citations=one.citations[:5]) for one in (ours, theirs))
        assert told([ours], 1) == told([theirs], 1)
    (villages.sources / "0" / "000.txt").unlink()
    build(coded)
    fresh = Settings(villages.sources, tmp_path / "fresh")
    build(fresh)
    assert data(coded) == data(fresh)


def test_codes_of_a_model_without_tokens(
    villages: Settings, encoder: FakeEncoder, codes: Callable[[], None], tmp_path: Path
) -> None:
    """Such a model's vectors cannot be made again from tokens, so they are kept beside the codes."""
    build(villages)
    exact = told(answers(villages))
    codes()
    coded = Settings(villages.sources, tmp_path / "coded")
    build(coded)
    kinds = {name.partition(".")[2] for name in live_generation(coded.index_dir)[1]["files"]}
    assert {"codes.faiss", "vectors.faiss"} <= kinds
    assert told(answers(coded)) == exact
