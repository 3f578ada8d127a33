"""What each command prints. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from tjqa.confidence import NEAREST
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.engine import show as show_source
from tjqa.errors import UsageError, reason
from tjqa.evaluation import by_type, judge, read_questions, summary
from tjqa.library import marked_lines
from tjqa.ranking import LABELS
from tjqa.records import Answer, Citation, Progress, SourceSummary, Span
from tjqa.text import visible

_HALF = re.compile("[\ud800-\udfff]")


def index(place: Settings, rebuild: bool, as_json: bool) -> int:
    """Build or update the index; prints a line per file."""
    report = build(place, _progress if sys.stderr.isatty() else _quiet, rebuild)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    for source in report.sources:
        print(_json(_source(source)) if as_json else _source_line(source))
    _print_skipped(report.skipped, as_json)
    _say(
        f"索引已建立:{len(report.sources)} 个文件,{report.passages} 段(新向量化 {report.embedded} 段),"
        f"用时 {report.seconds:.1f} 秒。"
        + (f"有 {len(report.skipped)} 个文件读不出来,已略过。" if report.skipped else "")
    )
    return 0


def ask(place: Settings, question: str, k: int, as_json: bool, why: bool = False) -> int:
    """Ask one question; with `why` each passage says what it was found by."""
    engine = _open(place)
    answer = engine.ask(question, k)
    if as_json:
        print(_json(_answer(answer)))
    else:
        _print_answer(answer, why)
    return 0


def evaluate(place: Settings, path: str, as_json: bool) -> int:
    """Ask the questions of a file and compare with their evidence."""
    questions = list(read_questions(Path(path)))
    engine = _open(place)
    outcomes = [judge(row, engine.ask(row["question"], 10)) for row in questions if row["question"].strip()]
    if as_json:
        rows = [{**asdict(o), "right": o.right} for o in outcomes]
        print(_json({"summary": summary(outcomes), "questions": rows}))
        return 0
    for outcome in outcomes:
        if not outcome.right or (outcome.answerable and outcome.recall(5) < 1):
            ranks = "、".join(str(r) if r else "没找到" for r in outcome.ranks) or "无需证据"
            verdict = "拒答" if outcome.abstained else "答对" if outcome.answered else "答错"
            print(f"{visible(outcome.id)}  证据名次 {ranks}  {verdict}  {_one_line(outcome.question)}")
    groups = by_type(outcomes)
    for name, group in [("全部", outcomes), *(sorted(groups.items()) if len(groups) > 1 else ())]:
        figures = "  ".join(f"{k}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in summary(group).items())
        print(f"{visible(name)}: {figures}")
    return 0


def ask_batch(place: Settings, batch: str, output: str | None, k: int) -> int:
    """Ask every question of a JSON-lines file; one result line each, in order."""
    questions = list(_questions(batch))
    if output and Path(output).exists() and Path(batch).exists() and Path(output).samefile(batch):
        raise UsageError(f"--output 不能写到批量文件 {batch} 自己上面。", "请换一个文件名。")
    engine = _open(place)
    with _writer(output) as out:
        for number, (identity, question) in enumerate(questions, 1):
            row = (
                {"id": identity, **_answer(engine.ask(question, k))} if question.strip() else _empty(identity, question)
            )
            print(_json(row), file=out)
            if output and sys.stderr.isatty():
                print(f"\r{number}/{len(questions)}", end="", file=sys.stderr)
    return 0


def passages(place: Settings, as_json: bool) -> int:
    """List every stored passage."""
    for passage, line, column in _open(place).passages():
        if as_json:
            fields = passage.path, passage.span, line, column, passage.text, passage.title, passage.published, 0.0
            print(_json(_fields(*fields)))
        else:
            place_text = f"{visible(passage.path)}:{passage.span.start}-{passage.span.end}"
            print(f"{place_text}  {_where(line, column)}  {_one_line(passage.text, 60)}")
    return 0


def sources(place: Settings, as_json: bool) -> int:
    """List what was kept and dropped of every file."""
    engine = _open(place)
    for source in engine.sources():
        if as_json:
            print(_json(_source(source, with_spans=True)))
        else:
            print(_source_line(source))
            for reason, characters in _reasons(source):
                print(f"    略去 {characters:>6} 字  {reason}")
    _print_skipped(engine.status().skipped, as_json)
    return 0


def show(place: Settings, path: str, start: int, end: int) -> int:
    """Print a cited stretch in its surroundings."""
    view = show_source(place, path, Span(start, end))
    print("\n".join(visible(line) for line in marked_lines(view)))
    return 0


def check(place: Settings) -> int:
    """Re-read every source; exit code 1 when something does not hold."""
    engine = _open(place, warn=False)
    faults = engine.check()
    for fault in faults:
        print(visible(fault))
    status = engine.status()
    for name, why in status.skipped:
        _say(f"没有编入索引:{visible(name)}({visible(why)})")
    _say(
        f"发现 {len(faults)} 处不符,请运行 tjqa index 更新。"
        if faults
        else f"全部相符:{status.documents} 个文件,{status.passages} 段。"
    )
    return 1 if faults else 0


def _open(place: Settings, warn: bool = True) -> Engine:
    engine = Engine.open(place)
    stale = engine.status().stale if warn else ()
    if stale:
        names = "、".join(visible(name) for name in stale[:5]) + (" 等" if len(stale) > 5 else "")
        _say(f"注意:{len(stale)} 个文件在建立索引之后有改动({names}),请运行 tjqa index 更新。")
    return engine


def _questions(batch: str) -> Iterator[tuple[Any, str]]:
    try:
        raw = sys.stdin.buffer.read() if batch == "-" else Path(batch).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"读不出批量文件 {batch}:{reason(error)}。", "请检查文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"批量文件 {batch} 的第 {error.start} 字节不是 UTF-8。", "请另存为 UTF-8 文本。") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise UsageError(
                f'{batch} 第 {number} 行不是 {{"id": …, "question": "…"}} 的 JSON。', "请改正后再试,什么都没有写出。"
            )
        yield row.get("id", number), row["question"]


@contextmanager
def _writer(output: str | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        handle = Path(output).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115  closed by the with below
    except OSError as error:
        raise UsageError(f"写不了 {output}:{reason(error)}。", "请用 --output 指定另一个文件。") from error
    with handle:
        yield handle


def _fields(
    path: str, span: Span, line: int, column: int, text: str, title: str, published: str | None, score: float
) -> dict[str, Any]:
    return {
        "file": path,
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "text": text,
        "title": title,
        "published": published,
        "score": round(score, 6),
    }


def _hit(c: Citation) -> dict[str, Any]:
    return _fields(c.path, c.span, c.line, c.column, c.quote, c.title, c.published, c.score)


def _answer(answer: Answer) -> dict[str, Any]:
    shown = [c for c in answer.citations if c.unchanged]
    if len(shown) < len(answer.citations):
        _say(answer.note)
    return {
        "question": answer.question,
        "abstained": answer.state != "found",
        "answer": answer.text,
        "hits": [_hit(c) for c in shown],
        "ms": round(answer.seconds * 1000, 3),
    }


def _empty(identity: Any, question: str) -> dict[str, Any]:
    return {"id": identity, "question": question, "abstained": True, "answer": None, "hits": [], "ms": 0.0}


def _print_answer(answer: Answer, why: bool) -> None:
    for best in answer.best:
        print(f"{_one_line(best.quote)}  [{best.number}]")
    if not answer.best:
        print(
            "资料里没有找到可靠的答案。" + ("下面是最接近的几段,不是答案:" if answer.citations else "请换个说法再问。")
        )
    for c in answer.citations if answer.best else answer.citations[:NEAREST]:
        date = c.published or "日期不详"
        print(f"\n[{c.number}] {visible(c.path)}:{c.span.start}-{c.span.end}  {_where(c.line, c.column)}  {date}")
        print(f"    {_one_line(c.title)}\n    {_one_line(c.quote)}")
        if why:
            shares = "  ".join(f"{LABELS.get(name, name)} {share:+.2f}" for name, share in c.parts.items())
            print(f"    匹配:{visible('、'.join(c.matched)) or '无相同的词'}\n    得分:{shares}")
    if answer.note:
        _say(answer.note)


def _json(row: dict[str, Any]) -> str:
    """One line of JSON; half characters, which no output takes, are escaped."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(row, ensure_ascii=False))


def _where(line: int, column: int) -> str:
    """The place in the file; line 0 says that the text no longer stands there (`Library.position`)."""
    return f"第 {line} 行第 {column} 字" if line else "原文已改动,这是建立索引时的文字"


def _print_skipped(skipped: Iterable[tuple[str, str]], as_json: bool) -> None:
    for name, why in skipped:
        print(_json({"file": name, "skipped": why}) if as_json else f"{visible(name)}  略过:{visible(why)}")


def _source(summary: SourceSummary, with_spans: bool = False) -> dict[str, Any]:
    row: dict[str, Any] = {
        "file": summary.path,
        "sha256": summary.sha256,
        "encoding": summary.encoding,
        "characters": summary.characters,
        "kept": summary.kept,
        "dropped": summary.characters - summary.kept,
        "articles": len(summary.articles),
        "passages": summary.passages,
    }
    if with_spans:
        row["titles"] = [{"title": title, "published": date} for title, date in summary.articles]
        row["dropped_spans"] = [{"start": d.span.start, "end": d.span.end, "reason": d.reason} for d in summary.dropped]
    return row


def _source_line(summary: SourceSummary) -> str:
    return (
        f"{visible(summary.path)}  {len(summary.articles)} 篇  {summary.passages} 段  保留 {summary.kept} 字"
        f"  略去 {summary.characters - summary.kept} 字  {summary.encoding}"
    )


def _reasons(summary: SourceSummary) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for d in summary.dropped:
        totals[d.reason] = totals.get(d.reason, 0) + len(d.span)
    return sorted(totals.items(), key=lambda item: -item[1])


def _one_line(text: str, limit: int = 10_000) -> str:
    flat = visible(" ".join(text.split()))
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _progress(step: Progress) -> None:
    count = f" {step.done}/{step.total}" if step.total else ""
    print(f"\r\033[K{step.phase}{count} {visible(step.detail)}", end="", file=sys.stderr, flush=True)


def _quiet(step: Progress) -> None:
    """No progress bar into a file or pipe."""


def _say(text: str) -> None:
    print(text, file=sys.stderr)
