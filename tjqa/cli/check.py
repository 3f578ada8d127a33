"""tjqa check, tjqa verify: an index or an export is held against its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tjqa.citations.export_grammar import ExportFault
from tjqa.citations.export_reading import load_export
from tjqa.citations.verification import Verification, check_export
from tjqa.cli.index import say_built
from tjqa.cli.output import flattened, progress_line, say
from tjqa.config import Settings
from tjqa.engine import Engine, backend_of, build
from tjqa.errors import IndexUnusable
from tjqa.index.building import drop_damaged_meanings
from tjqa.messages import joined
from tjqa.text.display import one_line

# More than a reader looks through: the export is another one, or the documents are.
_MOST_FAULTS = 60


def check(settings: Settings, repair: bool = False) -> int:
    """Re-read every source; exit code 1 when something does not hold. With `repair` the index is then made to fit."""
    if repair:
        return _repair(settings)
    engine = Engine.open(settings)
    faults = engine.check()
    for fault in faults:
        print(one_line(fault.text()))
    status = engine.status()
    if status.due:
        say(joined(status.due))
    for name, why in status.skipped:
        say(f"没有编入索引：{name}（{why.text()}）")
    say(
        f"发现 {len(faults)} 处不符，请运行 tjqa index 更新。"
        if faults
        else f"全部相符：{status.documents} 个文件，{status.passages} 段。"
    )
    return 1 if faults else 0


def _repair(settings: Settings) -> int:
    progress = progress_line()
    try:
        engine = Engine.open(settings)
        faults = engine.check()
        if not faults and not engine.status().due:
            return check(settings)
        say(f"发现 {len(faults)} 处不符，正在更新索引。" if faults else joined(engine.status().due))
        drop_damaged_meanings(settings)
        say_built(build(settings, progress))
        if not Engine.open(settings).check():
            return check(settings)
        say("更新之后仍有不符，正在从原文重建。")  # a file was changed behind its size and time
    except IndexUnusable as error:
        say(f"{error.what}正在从原文重建，原有文件到建好为止不动。")
    model = settings.model or backend_of(settings).requested_model()
    say_built(build(replace(settings, model=model), progress, rebuild=True))
    return check(settings)


def verify(settings: Settings, path: str) -> int:
    """Hold an export against the documents; exit code 1 when something in it does not hold."""
    found = check_export(load_export(Path(path)), settings.sources)
    for fault in found.faults[:_MOST_FAULTS]:
        _print_fault(fault)
    if len(found.faults) > _MOST_FAULTS:
        print(f"另有 {len(found.faults) - _MOST_FAULTS} 处不符，没有列出。")
    if found.changed:
        say(f"注意：{'、'.join(found.changed)} 的其他部分有改动，其中的引文仍在原处。")
    if not found.is_sealed:
        say("这份导出由旧版本写成，没有自身的校验。")
    say("问题、筛选、分数、各段的先后和导出日期无从与原文核对，只由导出自身的校验看管。")
    say(_summary(found))
    return 1 if found.faults else 0


def _print_fault(fault: ExportFault) -> None:
    told = flattened(fault.reason.text(), 400)
    quote = fault.quote
    if quote is None:
        print(f"导出第 {fault.line} 行  {told}")
        return
    place = f"{flattened(quote.path)}:{quote.span.start}-{quote.span.end}"
    print(f"导出第 {fault.line} 行  [{quote.number}] {place}  {told}")
    print(f"    问：{flattened(quote.question, 60)}\n    引：{flattened(quote.quote, 60)}")


def _summary(found: Verification) -> str:
    counted = f"{found.quotes} 处引文，{found.kept} 处与原文相符"
    if not found.faults:
        return f"{counted}。"
    elsewhere = sum(fault.quote is None for fault in found.faults)
    broken = [f"{found.quotes - found.kept} 处不符"] if found.kept < found.quotes else []
    broken += [f"导出本身 {elsewhere} 处不对"] if elsewhere else []
    return f"{counted}，{'，'.join(broken)}。"
