"""A small engine with fixed answers over real seed files, so that screens can be tested without index or model."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.support.helpers import PLAIN
from tjqa.answers.proof.report import ProofReport
from tjqa.citations.library import Library
from tjqa.config import Settings
from tjqa.documents import Dropped, DropReason, Span
from tjqa.errors import Cancelled, IndexMissing, SourcesError, TjqaError
from tjqa.index.filters import Filter
from tjqa.messages import Message, literal, message
from tjqa.progress import BuildSummary
from tjqa.reports import Deepened, Progress, SkippedFile, SourceSummary, Status
from tjqa.results import Answer, Citation, Contribution, DocumentOutline, SourceView
from tjqa.retrieval.query_syntax import shown

SEEDS = Path(__file__).parents[2] / "seeds"
BAODI = "002_686a342d127fb6b0.txt"
XIQING = "001_59724510a70e23fc.txt"
QUESTION = "宝坻区新签约落地北京方向项目多少个"
SAMPLES = ("宝坻区新签约落地北京方向项目多少个？", "西青区城镇居民人均可支配收入是多少？", "天开园建设有什么进展？")


def read(path: str, folder: Path = SEEDS) -> str:
    """A seed as the engine decodes it."""
    return (folder / path).read_bytes().decode("utf-8")


def citation(
    path: str, quote: str, number: int, score: float, mark: str = "", date: str | None = None, folder: Path = SEEDS
) -> Citation:
    """A true citation of `quote` in a seed."""
    text = read(path, folder)
    start = text.index(quote)
    line_start = text.rfind("\n", 0, start) + 1
    at = start + quote.index(mark) if mark else start
    return Citation(
        number=number,
        path=path,
        sha256=hashlib.sha256((folder / path).read_bytes()).hexdigest(),
        span=Span(start, start + len(quote)),
        line=text.count("\n", 0, start) + 1,
        column=start - line_start + 1,
        quote=quote,
        title="天津市宝坻区加快打造创新发展宝地高地" if path == BAODI else "2019年天津市西青区政府工作报告",
        published=date,
        score=score,
        marks=(Span(at, at + len(mark)),) if mark else (),
        contributions=(
            Contribution("lexical", message("feature_lexical"), 2.4),
            Contribution("soft", message("feature_soft"), 1.1),
            Contribution("place_missed", message("feature_place_missed"), -0.6),
            Contribution("body", message("feature_body"), 0.001),
        ),
        matched=("宝坻区", "项目") if path == BAODI else (),
    )


def _between(path: str, first: str, last: str) -> str:
    text = read(path)
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)]


def found_answer(question: str = QUESTION) -> Answer:
    """Five passages of two files, the answer in the first."""
    sentence = _between(BAODI, "今年以来,该区围绕", "其中8个项目已开工建设。")
    passage = _between(BAODI, "日前,天津市政府新闻办", "其中8个项目已开工建设。")
    report = read(XIQING)
    second = _between(BAODI, "据了解,该区已经制定完成", "23项工程任务。")
    at = report.index("城镇居民人均可支配收入")
    thirds = [report[report.rindex("。", 0, at) + 1 : report.index("。", at) + 1]]
    later = report.index("。", at) + 1
    for _ in range(2):
        end = report.index("。", later) + 1
        thirds.append(report[later:end])
        later = end
    citations = (
        citation(BAODI, passage, 1, 0.83, date="2023-08-22"),
        citation(BAODI, second, 2, 0.55, date="2023-08-22"),
        *(citation(XIQING, text, n, 0.4 - n / 20, date="2019-01-09") for n, text in enumerate(thirds, start=3)),
    )
    best = citation(BAODI, sentence, 1, 0.83, mark="13个", date="2023-08-22")
    return Answer(question, "found", 0.9, (best,), citations, 0.006)


class FixedEngine:
    """Answers from `found_answer`; 没有 in a question finds nothing, 出错 fails."""

    def __init__(self, stale: tuple[str, ...] = (), folder: Path = SEEDS) -> None:
        self.folder = folder
        self.stale = stale
        self.due: tuple[Message, ...] = ()
        self.understood: float | None = None
        self.segmenter = PLAIN
        self.asked: list[tuple[str, tuple[Filter, ...]]] = []
        self.unread: tuple[SkippedFile, ...] = ()
        self.outlined: list[str] = []
        self.readable = threading.Event()
        self.readable.set()

    def status(self) -> Status:
        """Fixed counts."""
        counts = (5, 212, "2026-11-22T17:00:00", "tjqa-static")
        return Status(*counts, self.stale, self.unread, self.due, self.understood)

    def mentions(self, text: str) -> bool:
        """Whether a seed holds it."""
        return any(text in read(file.name) for file in SEEDS.glob("*.txt"))

    def ask(self, question: str, k: int = 10, filters: Sequence[Filter] = ()) -> Answer:
        """One of the fixed outcomes; a filter that names 没有 lets nothing through."""
        self.asked.append((question, tuple(filters)))
        if any("没有" in f.value for f in filters):
            return Answer(question, "nothing", 0.0, (), (), 0.001, filters=tuple(map(shown, filters)))
        if "出错" in question:
            raise TjqaError(literal("读取 002.txt 时出错。"), literal("请运行 tjqa check 查看原因。"))
        if "意外" in question:
            raise KeyError("意外")
        answer = found_answer(question)
        if "没有" in question:
            return Answer(question, "weak", 0.1, (), answer.citations, 0.004)
        return answer

    def proof(self, draft: str | Path, progress: Callable[[int, int], None]) -> ProofReport:
        """Nothing to check in any draft."""
        return ProofReport("", "", (), (), 0.0)

    def view(self, citation: Citation) -> SourceView:
        """The seed as it is."""
        if not (self.folder / citation.path).exists():
            raise SourcesError(literal(f"{citation.path} 已不存在。"), "update_hint")
        return self._view(citation.path, citation.span, citation.quote)

    def view_source(self, path: str, span: Span | None = None) -> SourceView:
        """The seed from its beginning, or at a stretch of it."""
        if any(path == file.path for file in self.unread):
            raise SourcesError(literal(f"{path} 读不出来。"))
        return self._view(path, span or Span(0, 0), "")

    def outline(self, path: str) -> DocumentOutline:
        """The true tree of the seed, once `readable` is set."""
        self.readable.wait(30)
        self.outlined.append(path)
        return Library(self.folder, ()).outline(path, None)

    def _view(self, path: str, span: Span, quote: str) -> SourceView:
        text = read(path, self.folder)
        dropped: tuple[Dropped, ...] = ()
        if path == BAODI and self.folder == SEEDS:
            lines = text.split("\n")
            start = len(lines[0]) + 1
            dropped = (Dropped(Span(start, start + len(lines[1]) + len(lines[2]) + 2), DropReason.NAVIGATION),)
        return SourceView(path, text, span, quote, dropped)

    def sources(self) -> tuple[SourceSummary, ...]:
        """The files of the folder."""
        return tuple(
            SourceSummary(
                path=file.name,
                sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
                encoding="utf-8",
                characters=len(read(file.name, self.folder)),
                kept=len(read(file.name, self.folder)) - 100,
                dropped=(Dropped(Span(0, 100), DropReason.NAVIGATION),),
                articles=((read(file.name, self.folder).strip().split("\n")[0][:40], "2023-08-22"),),
                passages=7,
            )
            for file in sorted(self.folder.glob("*.txt"))
        )

    def samples(self, count: int = 3) -> tuple[str, ...]:
        """Fixed samples."""
        return SAMPLES[:count]


class FixedBackend:
    """Opens `engine`, or fails with `error` until built; building waits at each step until `gate` is set."""

    def __init__(self, engine: FixedEngine | None = None, error: TjqaError | None = None) -> None:
        self.engine = engine or FixedEngine()
        self.error = error
        self.build_error: TjqaError | None = None
        self.opened = threading.Event()
        self.opened.set()
        self.gate = threading.Event()
        self.gate.set()
        self.builds: list[bool] = []
        self.deepenings = 0
        self.report: dict[str, Any] = {}
        self.cancelled = False
        self.ended = False

    def open(self, settings: Settings) -> FixedEngine:
        """The engine, once `opened` is set."""
        self.opened.wait(30)
        if self.error is not None:
            raise self.error
        return self.engine

    def build(self, settings: Settings, rebuild: bool) -> FixedBuild:
        """A build; it fails with `build_error`."""
        self.builds.append(rebuild)
        self.cancelled = False
        if self.build_error is not None:
            raise self.build_error
        return FixedBuild(self)

    def deepen(self, settings: Settings) -> FixedDeepening:
        """Half of it done, the rest when `gate` is set; it fails with `build_error`."""
        self.deepenings += 1
        return FixedDeepening(self)


class FixedDeepening:
    """A step; at the gate it waits; then the engine has all it lacked."""

    def __init__(self, backend: FixedBackend) -> None:
        self.backend = backend

    def follow(self, progress: Callable[[Progress], None]) -> Deepened:
        """To the end."""
        progress(Progress("phase_deepen", 636, 1000))
        self.backend.gate.wait(30)
        if self.backend.build_error is not None:
            raise self.backend.build_error
        self.backend.engine.understood = 1.0
        return Deepened(78, 212)

    def cancel(self) -> None:
        """The app has left."""
        self.backend.ended = True
        self.backend.gate.set()

    def end(self) -> None:
        """Nobody ends it so: what is done would be lost."""
        raise AssertionError


class FixedBuild:
    """Two steps; between them it waits for the gate, and stops there when it was cancelled."""

    def __init__(self, backend: FixedBackend) -> None:
        self.backend = backend

    def follow(self, progress: Callable[[Progress], None]) -> BuildSummary:
        """To the end."""
        progress(Progress("phase_read", 3, 5, BAODI))
        self.backend.gate.wait(30)
        if self.backend.cancelled or self.backend.ended:
            raise Cancelled("build_cancelled")
        progress(Progress("phase_embed", 180, 212))
        self.backend.error = None
        skipped = (SkippedFile("坏.txt", literal("不是文本")),)
        return BuildSummary(5, 212, 5, **{"skipped": skipped, **self.backend.report})

    def cancel(self) -> None:
        """Stop at the gate."""
        self.backend.cancelled = True

    def end(self) -> None:
        """Stop now."""
        self.backend.ended = True
        self.backend.gate.set()


def missing() -> IndexMissing:
    """No index yet, as the engine says it."""
    return IndexMissing("index_missing", "index_missing_hint", folder="embeddings")
