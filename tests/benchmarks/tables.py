"""Makes tables up in every form, damages half of them, and looks at every cell; measures how fast a large one is read.

    python -m tests.benchmarks.tables [--cases 20000] [--seed 0] [--rows 100000]

A cell must be a slice of the text, have the text of its address, stand under heads that stand above it and beside

names that stand in its row. Exits with 1 when one does not, or a table takes longer than `LONGEST` seconds.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
from collections import Counter

from tests.benchmarks.fuzz import LONGEST, too_long
from tests.support.formats import as_xlsx
from tests.support.table_fuzzing import check_table
from tests.support.tables import source_of
from tjqa.documents import line_of
from tjqa.ingest.chunking import passages
from tjqa.ingest.cleaning.clean import clean


def fuzz(cases: int, seed: int) -> int:
    """Make up, damage, read, compare; returns how many fail."""
    totals: Counter[str] = Counter()
    for case in range(seed, seed + cases):
        signal.alarm(LONGEST)
        try:
            totals[check_table(random.Random(case))] += 1
        except Exception as error:  # whatever comes up is what this looks for
            totals["FAILED"] += 1
            print(f"seed {case}: {error!r}"[:300], flush=True)
        finally:
            signal.alarm(0)
    print(", ".join(f"{key}: {count}" for key, count in sorted(totals.items())))
    return totals["FAILED"]


def measure(rows: int) -> None:
    """Read, clean and pack a workbook of ten columns."""
    draw = random.Random(1)
    table: list[list[object]] = [["单位名称", "类别", *(f"{year}年产值(万元)" for year in range(2016, 2024))]]
    table += [
        [f"第{at}号企业", "甲乙丙丁"[at % 4] + "类", *(round(draw.random() * 1e4, 1) for _ in range(8))]
        for at in range(rows)
    ]
    raw = as_xlsx({"产值": table})
    del table
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    source = source_of(raw, "企业产值.xlsx")
    read = time.process_time() - began
    count = size = 0
    for passage in passages(source, clean(source)):
        count, size = count + 1, size + len(line_of(passage))
    packed = time.process_time() - began - read
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{rows * 10:,} cells: read in {read:.1f} s, packed in {packed:.1f} s, {more:.0f} MB above the file's own")
    print(
        f"{count:,} passages of {size / count:.0f} bytes, {size / len(source.text):.1f} bytes a character of the text"
    )


def main() -> int:
    """Both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, too_long)
    measure(options.rows)
    return 1 if fuzz(options.cases, options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
