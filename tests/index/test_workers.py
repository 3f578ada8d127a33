"""tjqa.index.workers: work in order, in processes that never outlive the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.helpers import ROOT, environment
from tjqa.documents import Passage, Span
from tjqa.encoders.static import StaticEncoder
from tjqa.index import analyzer, workers
from tjqa.index.workers import ProcessDied, Processes
from tjqa.text.segmenter import Segmenter


def squared(number: int) -> tuple[int, int]:
    """Work for a process: the result, and who did it."""
    if number == 13:
        raise ZeroDivisionError("thirteen")
    return number * number, os.getpid()


@pytest.mark.slow
def test_results_come_in_order_from_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every result at its place; an error is that of its item; afterwards no process is left."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    with Processes() as pool:
        results = list(pool.map(squared, range(10), worth_it=True))
        assert [result for result, _ in results] == [n * n for n in range(10)]
        others = {pid for _, pid in results}
        assert os.getpid() not in others
        assert [pid for _, pid in pool.map(squared, range(3), worth_it=False)] == [os.getpid()] * 3
        with pytest.raises(ZeroDivisionError, match="thirteen"):
            list(pool.map(squared, [1, 13, 2], worth_it=True))
    assert not any(map(lives, others))


@pytest.mark.skipif(sys.platform == "win32", reason="a current folder cannot be removed there")
def test_the_current_folder_may_be_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process is told where the program is, and so cannot be started from nowhere."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    with Processes() as pool:
        results = list(pool.map(squared, range(4), worth_it=True))
        assert [result for result, _ in results] == [0, 1, 4, 9]
        assert os.getpid() not in {pid for _, pid in results}
        assert pool.alone(squared, 5)[0] == 25
    with pytest.raises(FileNotFoundError):  # names relative to it still name nothing
        Path.cwd()


def test_small_work_starts_nothing() -> None:
    """What is not worth a process is done when it is asked for, one after the other."""
    with Processes() as pool:
        results = pool.map(squared, [3, 13], worth_it=False)
        assert next(results) == (9, os.getpid())
        with pytest.raises(ZeroDivisionError):
            next(results)


def mortal(work: tuple[int, str]) -> int:
    """Work that ends its process: always for 13, for 7 only as long as its marker is not there."""
    number, marker = work
    if number == 13 or (number == 7 and not Path(marker).exists()):
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@pytest.mark.slow
def test_a_process_that_dies_costs_its_item_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Killed once, by whomever, its work is done again; what kills each process is told in its place."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    work = [(number, str(tmp_path / "marker")) for number in (1, 7, 13, 2, 3, 4, 5)]
    found: list[int | str] = []
    with Processes() as pool:
        results = pool.map(mortal, work, worth_it=True)
        for _ in work:
            try:
                found.append(next(results))
            except ProcessDied:
                found.append("died")
        assert found == [1, 49, "died", 4, 9, 16, 25]
        assert list(pool.map(mortal, [(2, "")] * 3, worth_it=True)) == [4, 4, 4]


PROGRAM = """
from tests.index.test_workers import squared
from tjqa.index import workers
workers.cores = lambda: 2
with workers.Processes() as pool:
    print(*{pid for _, pid in pool.map(squared, [2] * 50, True)}, flush=True)
    input()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGINT])
def test_processes_end_with_the_program(killed: signal.Signals) -> None:
    """Killed or interrupted, the program leaves no process behind, and the processes say nothing."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert program.stdout is not None and program.stdin is not None and program.stderr is not None
    pids = [int(pid) for pid in program.stdout.readline().split()]
    assert pids and all(map(lives, pids))
    os.killpg(program.pid, killed) if killed == signal.SIGINT else program.kill()
    program.wait()
    told = program.stderr.read()
    assert told.count("Traceback") == (killed == signal.SIGINT), told
    while any(map(lives, pids)):  # pytest's time limit ends this when they stay
        time.sleep(0.05)
    for pipe in (program.stdin, program.stdout, program.stderr):
        pipe.close()


def lives(pid: int) -> bool:
    """Whether there is such a process that is not only waiting to be collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # not on every system; there a zombie counts as alive
    return not stat.exists() or stat.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.slow
def test_processes_cut_with_the_words_of_the_build(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that served another library before give the terms that this program itself would have made."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.setattr(analyzer, "WORTH_IT", 1)
    encoder, passages = StaticEncoder(model), [Passage("甲.txt", "0" * 64, Span(0, 6), "云岭毛峰茶叶", "body", "标题")]
    segmenters = [Segmenter(words) for words in (("云岭毛峰",), (), ("毛峰茶叶",))]
    expected = [analyzer.analyse(passages, encoder, segmenter).postings.keys.tolist() for segmenter in segmenters]
    assert expected[0] != expected[1] != expected[2]
    with Processes() as pool:
        for segmenter, keys in zip(segmenters, expected, strict=True):
            (made,) = analyzer.analysed(passages, encoder, segmenter, pool)
            assert made.postings.keys.tolist() == keys
