"""Fuzzes every reader, the cleaner and the packer with broken documents, and the index with damages.

    python -m tests.benchmarks.fuzz [--cases 20000] [--seed 0] [--only .eml .zip]

Each document is read in the worker, cleaned, packed and outlined; every slice and byte span is compared, and that each
character is kept in one passage or left out for a reason. 20,000 small documents take some minutes of one core, at the
lowest priority that leaves the machine usable; scans take half a second each, as their pages are drawn (`--only` the
other formats leaves them out). (Damaged indexes: `python -m tests.benchmarks.damage`.) Failing documents are written
to the folder named at the end; exits with 1 then.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.support.fuzzing import bent, check_document

LONGEST = 20  # seconds a document may take


def too_long(number: int, frame: object) -> None:
    """What no document may do; found this way was a pattern that tried every way to cut a run of digits."""
    raise TimeoutError(f"more than {LONGEST} s")


def main() -> int:
    """Bend, read, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="+", default=[""], help="suffixes of the formats")
    options = parser.parse_args()
    os.nice(10)
    signal.signal(signal.SIGALRM, too_long)
    draw = random.Random(options.seed)
    recognized = tempfile.TemporaryDirectory(prefix="tjqa-fuzz-")
    os.environ["XDG_DATA_HOME"] = recognized.name  # what is kept of scans is not the user's
    totals: Counter[str] = Counter()
    folder, slowest = Path(tempfile.gettempdir()) / "tjqa-fuzz", (0.0, "")
    for case in range(options.cases):
        name, raw = bent(draw, options.only)
        began = time.perf_counter()
        signal.alarm(LONGEST)
        try:
            outcome = check_document(name, raw, draws=True)
        except Exception as error:  # whatever comes up is what this looks for
            outcome = "FAILED"
            folder.mkdir(exist_ok=True)
            (folder / f"{case}-{name}").write_bytes(raw)
            print(f"case {case} {name}: {error!r}"[:300], flush=True)
        finally:
            signal.alarm(0)
        slowest = max(slowest, (time.perf_counter() - began, f"case {case} {name}"))
        totals[outcome] += 1
        totals[f"{outcome} {name}"] += 1
    print(", ".join(f"{key}: {count}" for key, count in sorted(totals.items())))
    print(f"slowest: {slowest[0]:.2f} s ({slowest[1]})")
    if totals["FAILED"]:
        print(f"documents that failed: {folder}")
    return 1 if totals["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main())
