"""Collects every price of a folder of price tables as `tjqa figures` does and holds each against the tables' own cells.

    python -m tests.benchmarks.figures DIR [--work DIR]

DIR holds workbooks that tell their period in their names: a good a row, its price, the change of it and that in per
cent. What each cell is, is read here from the files alone, by openpyxl and their names. Prints how many cells of the
measure were collected, with the right period, kind and value; how many were collected that are none; and how many
printed changes agree with the prices of two tables that follow each other. Exits with 1 below 0.98.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from openpyxl import load_workbook

from tjqa.answers.figures.figure import Against, Figure, Kind
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.text.periods import periods

LEAST = 0.98
KINDS = {
    "价格": (Kind.LEVEL, Against.UNTOLD),
    "涨跌": (Kind.CHANGE, Against.PERIOD),
    "幅": (Kind.CHANGE, Against.PERIOD),
}
"""What the end of a head says of a cell; the last that fits."""

Cells = dict[tuple[str, str], tuple[str, str, str, tuple[Kind, Against]]]
"""(file, address) → good, period, text, kind."""


def cells_of(folder: Path) -> Cells:
    """Every cell with a price or a change."""
    found: Cells = {}
    for path in sorted(folder.glob("*.xlsx")):
        period = next(dated for dated in periods(path.stem) if dated.spelled).period
        sheet = load_workbook(path).active
        head = [str(cell.value or "") for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            good = "".join(str(row[0].value or "").split())
            for cell, name in zip(row[1:], head[1:], strict=False):
                text = str(cell.value if cell.value is not None else "").strip()
                if re.fullmatch(r"[-−]?[\d.]+", text) and "（" in name:
                    bare = name.partition("（")[0]
                    kind = next(KINDS[end] for end in reversed(KINDS) if bare.endswith(end))
                    found[path.name, cell.coordinate] = (good, str(period), text, kind)
    return found


def judged(figure: Figure, wanted: tuple[str, str, str, tuple[Kind, Against]]) -> str:
    """What is wrong with a collected figure; "right" where nothing is."""
    good, period, text, kind = wanted
    if figure.text != text or float(figure.value) != float(text.replace("−", "-")):
        return "value"
    if figure.period != period:
        return "period"
    return "right" if (figure.kind, figure.against) == kind and good in figure.name.replace(" ", "") else "kind"


def main() -> int:
    """Collect each good's figures and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, help="where the index is kept, to measure again without making it anew")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Settings(options.folder, options.work or Path(temporary))
        build(place)
        engine = Engine.open(place)
    wanted = cells_of(options.folder)
    goods = sorted({good for good, *_ in wanted.values()})
    seen: dict[tuple[str, str], str] = {}
    checks: Counter[bool] = Counter()
    others = 0
    began = time.perf_counter()
    for good in goods:
        for figure in engine.figures(good).figures:
            key = (figure.citation.path, figure.citation.place.rpartition(" ")[2])
            others += key not in wanted
            if key in wanted and wanted[key][0] == good:
                seen[key] = judged(figure, wanted[key])
                if seen[key] != "right":
                    print(f"{seen[key]}: {key} {wanted[key]} told as {figure.name} {figure.period} {figure.kind}")
                if figure.check is not None:
                    checks[figure.check.agrees] += 1
    for key in [key for key in wanted if key not in seen][:20]:
        print(f"not collected: {key} {wanted[key]}")
    said = Counter(seen.values())
    share = said["right"] / len(wanted)
    print(f"{len(goods)} measures, {(time.perf_counter() - began) / len(goods):.2f} s each")
    print(f"{len(wanted)} cells, {said['right']} collected right ({share:.4f}), {dict(said)}, {others} that are none")
    print(f"{checks[True]} of {checks.total()} printed changes agree with the prices")
    return int(share < LEAST or others > 0)


if __name__ == "__main__":
    sys.exit(main())
