"""tjqa.ingest.apart: a document's whole way within the limits of a sandbox."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.formats import as_html, as_xlsx
from tests.support.helpers import TEA
from tjqa.config import part_command, python_command
from tjqa.ingest import apart, parameters
from tjqa.ingest.apart import Intake, take_in_apart
from tjqa.ingest.pipeline import Document, IngestedFile, take_in
from tjqa.ingest.readers import base, sandbox
from tjqa.ingest.readers.sandbox import Sandbox
from tjqa.reports import SourceState

LONG = (TEA + "\n") * 400


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox of this test's own."""
    one = Sandbox()
    yield one
    one.close()


def document(folder: Path, name: str, raw: bytes) -> Document:
    """A document that was just written."""
    path = folder / name
    path.write_bytes(raw)
    return Document(folder, SourceState(name, "", len(raw), path.stat().st_mtime_ns, drop=("没有这一行",)))


def why(taken: IngestedFile) -> str:
    """What a document was left out for."""
    assert taken.summary is None and taken.lines == b""
    assert taken.state.skipped is not None
    return taken.state.skipped.text()


def test_worker_gives_the_same(tmp_path: Path, box: Sandbox) -> None:
    """State, summary and passages are those that this process makes, of plain text and of other formats."""
    for name, raw in {
        "茶.txt": TEA.encode(),
        "页.html": as_html(TEA),
        "表.xlsx": as_xlsx({"表": [["项目", "数值"], ["甲", 12]]}),
        "空.txt": b"",
        "坏.pdf": b"no",
        "二进制.md": bytes(range(256)),
    }.items():
        one = document(tmp_path, name, raw)
        assert take_in_apart(one, box) == take_in(one)


def test_small_texts_need_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few notes start none; a long text and other formats do."""
    asked = []
    monkeypatch.setattr(apart, "take_in_apart", lambda one, box: asked.append(one.state.path) or take_in(one))
    files = {"短.txt": TEA.encode(), "长.txt": LONG.encode(), "页.html": as_html(TEA)}
    assert len(LONG.encode()) > apart.HARMLESS
    with Intake(1) as intake:
        taken = list(intake.take_in([document(tmp_path, name, raw) for name, raw in files.items()]))
    assert all(one.summary is not None for one in taken)
    assert asked == ["长.txt", "页.html"]


@pytest.mark.slow
def test_several_at_once_in_order(tmp_path: Path) -> None:
    """Two sandboxes take documents in at once; what came of them comes in order, and they end with the intake."""
    documents = [document(tmp_path, f"{n}.txt", f"第{n}篇。{TEA}".encode()) for n in range(30)]
    with Intake(2) as intake:
        taken = list(intake.take_in(documents))
        workers = [one._worker for one in intake._own]
    assert taken == [take_in(one) for one in documents]
    assert all(worker is not None and worker.poll() is not None for worker in workers)


@pytest.mark.slow
def test_leaving_early_waits_for_nothing(tmp_path: Path) -> None:
    """Cancelled in the middle of a long document the sandboxes end at once: no process is left."""
    long = document(tmp_path, "长.txt", ("甲乙。\n" * 250_000).encode())
    with pytest.raises(KeyboardInterrupt), Intake(2) as intake:
        results = intake.take_in([document(tmp_path, "短.txt", TEA.encode()), long, long, long])
        next(results)
        workers = [one._worker for one in intake._own]
        raise KeyboardInterrupt
    assert all(worker is None or worker.poll() is not None for worker in workers)


@pytest.mark.slow
def test_worker_that_is_killed_costs_its_document_alone(tmp_path: Path, box: Sandbox) -> None:
    """Killed each time it reads it, the document is left out; killed once, by whomever, it is read in a new worker."""
    good, long = (
        document(tmp_path, "好.txt", TEA.encode()),
        document(tmp_path, "长.txt", ("甲乙。\n" * 60_000).encode()),
    )
    ends = threading.Event()

    def kill(times: int) -> None:
        killed: set[int] = set()
        while len(killed) < times and not ends.is_set():
            worker = box._worker
            if worker is not None and worker.pid not in killed and box._served and box._one_at_a_time.locked():
                time.sleep(0.3)
                killed.add(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)
            time.sleep(0.01)

    for times, lost in ((1, False), (2, True)):
        assert take_in_apart(good, box).summary is not None  # now the worker had a document before
        killer = threading.Thread(target=kill, args=(times,))
        killer.start()
        taken = take_in_apart(long, box)
        ends.set()
        killer.join()
        ends.clear()
        assert (taken.summary is None) == lost
        assert not lost or "出错退出" in why(taken)
    assert take_in_apart(good, box).summary is not None


@pytest.mark.slow
def test_time_holds_for_cleaning(tmp_path: Path, box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain text, which no parser reads: what takes long is to clean it."""
    assert take_in_apart(document(tmp_path, "热.txt", TEA.encode()), box).summary is not None
    monkeypatch.setattr(sandbox, "SECONDS", 0.5)
    late = take_in_apart(document(tmp_path, "慢.txt", ("甲乙。\n" * 400_000).encode()), box)
    assert "超过 0 秒" in why(late) or "超过 1 秒" in why(late)
    assert late.state.sha256  # the same file is not tried again each time
    monkeypatch.undo()
    assert take_in_apart(document(tmp_path, "好.txt", TEA.encode()), box).summary is not None


@pytest.mark.skipif(not sandbox.COUNTED, reason="the system counts no processor time")
@pytest.mark.parametrize(
    ("seconds", "clock", "code", "said"),
    [
        (0.3, 60.0, "while True: pass", "占用处理器超过 0 秒"),
        (60.0, 1.5, "import time; time.sleep(60)", "过了 2 秒还没有完成"),
        (2.0, 60.0, "import time; time.sleep(2.5)", ""),
    ],
    ids=["busy", "asleep", "waits"],
)
def test_time_is_the_processors(
    tmp_path: Path, box: Sandbox, monkeypatch: pytest.MonkeyPatch, seconds: float, clock: float, code: str, said: str
) -> None:
    """What uses the processor ends by its time; what sleeps by the clock, and a short wait costs nothing."""
    assert take_in_apart(document(tmp_path, "热.txt", TEA.encode()), box).summary is not None
    monkeypatch.setattr(sandbox, "SECONDS", seconds)
    monkeypatch.setattr(sandbox, "CLOCK", clock)
    monkeypatch.setattr(sandbox, "part_command", _beginning_with(code))
    box.close()
    other = Sandbox()
    try:
        taken = take_in_apart(document(tmp_path, "慢.txt", TEA.encode()), other)
        assert said in why(taken) if said else taken.summary is not None
        monkeypatch.undo()
        assert take_in_apart(document(tmp_path, "好.txt", TEA.encode()), other).summary is not None
    finally:
        other.close()


def _beginning_with(code: str) -> Callable[..., list[str]]:
    """The command of a worker that does something before it answers its first request."""

    def command(module: str, *numbers: int) -> list[str]:
        *_, program = part_command(module, *numbers)
        first = (
            "import tjqa.ingest.sandbox_worker as worker; true = worker.answer\n"
            "def answer(request, raw):\n"
            f"    worker.answer = true\n    {code}\n    return true(request, raw)\n"
            "worker.answer = answer"
        )
        path, _, rest = program.partition("; from tjqa.ingest.sandbox_worker")
        return python_command("-c", f"{path}\n{first}\nfrom tjqa.ingest.sandbox_worker{rest}")

    return command


@pytest.mark.slow
def test_a_document_beyond_the_limits_costs_no_other(
    tmp_path: Path, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two million sentences of one character each need more memory than a worker may have here, on a busy computer more
    time; the next document is read."""
    monkeypatch.setattr(sandbox, "MEMORY", 200 * 1024**2)
    taken = take_in_apart(document(tmp_path, "满.txt", ("甲。" * 2_000_000).encode()), box)
    assert "太多内存" in why(taken) or "占用处理器超过 120 秒" in why(taken)
    assert take_in_apart(document(tmp_path, "好.txt", TEA.encode()), box).summary is not None


class TestBounds:
    """How much one document may hold; the numbers are made small here."""

    def test_characters(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Plain text, too, has a longest text."""
        monkeypatch.setattr(base, "MAX_CHARACTERS", 1000)
        assert "最多 1000 个字" in why(take_in(document(tmp_path, "长.txt", LONG.encode())))
        assert take_in(document(tmp_path, "好.txt", TEA[:900].encode())).summary is not None

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
        """Lines count with any ending; those of a table do not."""
        monkeypatch.setattr(parameters, "MOST_LINES", 100)
        many = ("甲,乙。" + end) * 100
        assert "有 101 行" in why(take_in(document(tmp_path, "多.txt", many.encode())))
        assert take_in(document(tmp_path, "好.txt", many[: -len(end)].encode())).summary is not None
        assert take_in(document(tmp_path, "表.csv", many.encode())).summary is not None

    def test_passages(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A heading above each sentence makes a passage of each."""
        monkeypatch.setattr(parameters, "MOST_PASSAGES", 100)
        many = "".join(f"一、公园\n今年建成第{n}座公园。\n" for n in range(101))
        assert "最多 100 段" in why(take_in(document(tmp_path, "多.txt", many.encode())))


@pytest.mark.parametrize("row", [1_048_577, 10**12, 10**30])
def test_row_numbers_beyond_the_largest_sheet(row: int) -> None:
    """A sheet has a million rows at most: one with a higher number is refused, and nothing is made of those between."""
    from tjqa.errors import SourcesError
    from tjqa.ingest.readers import xlsx

    far = f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>'
    with pytest.raises(SourcesError, match="内容太多"):
        xlsx.read(as_xlsx({"表": [["年份", "收入"], [2021, 3.5]]}, after_rows=far), "远.xlsx")


def test_cells_far_to_the_right_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty cells that a far one leaves before it are gone over, so many in all."""
    from tjqa.errors import SourcesError
    from tjqa.ingest.readers import xlsx
    from tjqa.ingest.readers.excel import lines

    far = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(3, 30))
    assert xlsx.read(as_xlsx({"表": [["年份", "收入"]]}, after_rows=far), "宽.xlsx").text == "年份\t收入\n"
    monkeypatch.setattr(lines, "MOST_VISITED", 20 * 16_384)
    with pytest.raises(SourcesError, match="内容太多"):
        xlsx.read(as_xlsx({"表": [["年份", "收入"]]}, after_rows=far), "宽.xlsx")
