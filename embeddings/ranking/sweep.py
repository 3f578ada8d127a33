"""Move each number that steers the product and say what that does.

    python -m embeddings.ranking.sweep [--only NAME ...] [--quick] [--bench DIR ...] [--output FILE]

The numbers are those of the modules tjqa/*/parameters.py, each tried at some values around its own while the others
stay. Measured are the gold and the own questions on the seeds, nDCG@10 of the public sets below each --bench, and for
numbers of ingest what cleaning keeps of the labelled pages. Numbers of ingest and index need the libraries indexed
anew for each value. About ten seconds a value; all of them together take an hour or two, so name some.

--output holds a line of JSON for each value; the same command goes on where it was. --only takes names or whole
packages (retrieval). --quick tries two values and every fifth public question. No time of a clock is in the figures:
the same code gives the same table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from embeddings.ranking.fit import OWN_QUESTIONS, ROOT
from embeddings.ranking.libraries import public_sets, say
from embeddings.ranking.measures import Figures, Measure
from embeddings.ranking.provenance import commit, sha256_of
from embeddings.ranking.tunables import Tunable, moved, tunables
from tjqa.evaluation import read_questions
from tjqa.records import json_line

GOLD_QUESTIONS = ROOT / "tests" / "data" / "gold" / "questions.jsonl"
_QUICK_STEP = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is not in the output yet, then print the table."""
    options = arguments_parser().parse_args(arguments)
    chosen = selected(tunables(), options.only)
    sets = [folder for bench in options.bench for folder in public_sets(bench)]
    files = [GOLD_QUESTIONS, OWN_QUESTIONS]
    questions = [row for file in files for row in read_questions(file)]
    measure = Measure(options.seeds, questions, sets, options.work, _QUICK_STEP if options.quick else 1)
    made_of = [*files, *(folder / "corpus.jsonl" for folder in sets)]
    run = identity(made_of, options.quick)
    sweep(chosen, measure, options.output, run, options.quick)
    print(table(chosen, results(options.output, run)))


def arguments_parser() -> argparse.ArgumentParser:
    """The options; every default is there in a clone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], help="names of numbers, or packages (default: all)")
    parser.add_argument("--quick", action="store_true", help="two values each, a fifth of the public questions")
    data = [ROOT / "tests" / "data"]
    parser.add_argument("--bench", type=Path, nargs="*", default=data, help="folders of public sets")
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="documents of the gold questions")
    work = Path(tempfile.gettempdir()) / "tjqa-sweep"
    parser.add_argument("--work", type=Path, default=work, help="folder of the indexes, kept for the next time")
    parser.add_argument("--output", type=Path, default=work / "sweep.jsonl", help="what was measured (%(default)s)")
    return parser


def selected(found: Sequence[Tunable], only: Sequence[str]) -> list[Tunable]:
    """The numbers that are named, by themselves or by their package; all of them when none is.

    Raises:
        SystemExit: a name is that of no number and no package.
    """
    known = {name for one in found for name in (one.name, one.package)}
    unknown = sorted(set(only) - known)
    if unknown:
        raise SystemExit(f"no such number or package: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return [one for one in found if not only or one.name in only or one.package in only]


def sweep(chosen: Iterable[Tunable], measure: Measure, output: Path, run: str, quick: bool = False) -> None:
    """Measure every value of the numbers that `output` does not hold for this run yet, and add a line for each."""
    output.parent.mkdir(parents=True, exist_ok=True)
    done = results(output, run)
    standing: dict[str, Figures] = {}  # of each package with nothing moved, which is the same for all its numbers
    for one in chosen:
        for value in one.values_around(quick):
            if (one.module, one.name, value) in done:
                continue
            if value != one.value:
                figures = trial(one, value, measure)
            else:
                if one.package not in standing:
                    standing[one.package] = measure.figures(one.package)
                figures = standing[one.package]
            append(output, {"run": run, "module": one.module, "name": one.name, "value": value, "figures": figures})
            say(f"{one.module}.{one.name} = {value}: {figures}")


def append(output: Path, row: dict[str, Any]) -> None:
    """Add a line to the output; half a line that a stopped run left there is closed first."""
    held = output.read_bytes() if output.is_file() else b""
    with output.open("ab") as file:
        file.write((b"" if held.endswith(b"\n") or not held else b"\n") + json_line(row).encode() + b"\n")


def trial(one: Tunable, value: int | float, measure: Measure) -> Figures:
    """The figures with a number moved; none where the product refuses the value."""
    try:
        with moved(one, value):
            return measure.figures(one.package)
    except (ArithmeticError, ValueError, IndexError, RuntimeError) as error:
        say(f"{one.module}.{one.name} = {value}: {type(error).__name__}: {error}")
        return {}


def identity(files: Iterable[Path], quick: bool) -> str:
    """What a run is made of, in twelve characters: the code, the sets, how many values. Lines of another run stay in
    the output and are not looked at."""
    told = [commit(ROOT), quick, *map(sha256_of, files)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def results(output: Path, run: str) -> dict[tuple[str, str, float], Figures]:
    """What was measured in a run: module, name and value → figures."""
    if not output.is_file():
        return {}
    found = {}
    for line in output.read_text("utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:  # half a line, of a run that was stopped while it wrote
            continue
        if row["run"] == run:
            found[row["module"], row["name"], row["value"]] = row["figures"]
    return found


def table(chosen: Iterable[Tunable], found: dict[tuple[str, str, float], Figures]) -> str:
    """A block for each number: a line for each value with its figures, * at the value in use; a figure that stays the
    same at every value is left out, and a number that moves nothing says so."""
    blocks = []
    for one in chosen:
        rows = {value: found[key] for value in one.values_around() if (key := (one.module, one.name, value)) in found}
        measured = [figures for figures in rows.values() if figures]
        names = list(measured[0]) if measured else []
        moving = [name for name in names if len({figures[name] for figures in measured}) > 1]
        head = f"{one.module}.{one.name}" + ("" if moving else "  moves nothing")
        lines = [
            f"  {value:>10}{'*' if value == one.value else ' '}  "
            + ("  ".join(f"{name} {figures[name]:.4f}" for name in moving) if figures else "refused")
            for value, figures in rows.items()
        ]
        blocks.append("\n".join([head, *lines]))
    return "\n".join(blocks)


if __name__ == "__main__":
    main()
