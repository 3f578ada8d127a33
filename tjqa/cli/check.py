"""tjqa check, tjqa verify: an index or an export is held against its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tjqa.citations.verification import claims_of
from tjqa.citations.verification import verify as verify_claims
from tjqa.cli.index import say_built
from tjqa.cli.output import flattened, progress_line, say
from tjqa.config import Settings
from tjqa.engine import Engine, backend_of, build
from tjqa.errors import IndexUnusable
from tjqa.messages import joined
from tjqa.text.display import visible


def check(settings: Settings, repair: bool = False) -> int:
    """Re-read every source; exit code 1 when something does not hold. With `repair` the index is then made to fit."""
    if repair:
        return _repair(settings)
    engine = Engine.open(settings)
    faults = engine.check()
    for fault in faults:
        print(visible(fault.text()))
    status = engine.status()
    if status.due:
        say(joined(status.due))
    for name, why in status.skipped:
        say(f"没有编入索引:{visible(name)}({visible(why.text())})")
    say(
        f"发现 {len(faults)} 处不符,请运行 tjqa index 更新。"
        if faults
        else f"全部相符:{status.documents} 个文件,{status.passages} 段。"
    )
    return 1 if faults else 0


def _repair(settings: Settings) -> int:
    progress = progress_line()
    try:
        engine = Engine.open(settings)
        faults = engine.check()
        if not faults and not engine.status().due:
            return check(settings)
        say(f"发现 {len(faults)} 处不符,正在更新索引。" if faults else joined(engine.status().due))
        say_built(build(settings, progress))
        if not Engine.open(settings).check():
            return check(settings)
        say("更新之后仍有不符,正在从原文重建。")  # a file was changed behind its size and time
    except IndexUnusable as error:
        say(f"{error.what}正在从原文重建,原有文件到建好为止不动。")
    model = settings.model or backend_of(settings).requested_model()
    say_built(build(replace(settings, model=model), progress, rebuild=True))
    return check(settings)


def verify(settings: Settings, path: str) -> int:
    """Re-check every quote of an export; exit code 1 when one no longer holds."""
    findings = list(verify_claims(settings.sources, claims_of(Path(path))))
    broken = [(finding.claim, finding.fault) for finding in findings if finding.fault is not None]
    for claim, fault in broken:
        print(f"[{visible(claim.number)}] {visible(claim.path)}:{claim.span.start}-{claim.span.end}  {fault.text()}")
        print(f"    问:{flattened(claim.question, 60)}\n    引:{flattened(claim.quote, 60)}")
    changed = sorted({f.claim.path for f in findings if not f.fault and not f.is_same_file})
    if changed:
        say(f"注意:{'、'.join(map(visible, changed))} 的其他部分有改动,其中的引文仍在原处。")
    kept = len(findings) - len(broken)
    say(f"{len(findings)} 处引文,{kept} 处与原文相符" + (f",{len(broken)} 处不符。" if broken else "。"))
    return 1 if broken else 0
