"""Fit the weights of tjqa/retrieval/answering.json: what is done with ranked passages, and how strong an answer is.

    python -m embeddings.ranking.fit_answers [--bench DIR] [--sets NAME ...] [--work DIR] [--output FILE]

To be run after `embeddings.ranking.fit`, and whenever the reader's weights change. Without options: the public set of
tests/data, the gold and own questions on the seeds, and the written questions on documents that the reader was not
trained on. Fitted are, one after the other, each in use as soon as it is there:

    read          softmax over the passages of a question that were read: ranking and reader together
    answer        softmax over the sentences of the first of them
    strength*     logistic over questions with and without answer: is what is shown right? With reader and without
                  (_fast), of questions in Chinese and in Latin script (_latin)
    *_calibration isotonic regression on answers judged by weights fitted without their document
    strength_cell the same of cells of tables, on the sets that tell their cells

The file also holds a report: by set the reliability, held out by document. What was read is kept below --work, so that
only what is new is read again. Deterministic: the same files give the same weights.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from embeddings.ranking import calibration
from embeddings.ranking.answer_examples import as_asked, examples, read_choices, sentence_choices
from embeddings.ranking.calibration import Example
from embeddings.ranking.cells import cell_examples
from embeddings.ranking.fit import OWN_QUESTIONS, ROOT, weighed
from embeddings.ranking.kept_readings import KeptReadings
from embeddings.ranking.libraries import Library, own_library, public_libraries, say
from embeddings.ranking.linear import calibrated, first_right, logistic_weights, softmax_weights
from embeddings.ranking.provenance import provenance
from embeddings.ranking.written import written_library
from tjqa.answers import parameters
from tjqa.answers.reader.reader import Reader
from tjqa.config import reader_dirs
from tjqa.retrieval.feature_set import ANSWER, CELL, READ, STRENGTH, FeatureSet
from tjqa.retrieval.linear_model import ANSWERING, PROVENANCE, RANKING, Tables, read_tables, tables_on_trial

LIMIT = 60
"""Questions of each set: no set is to be above a third of all, and each is read with sixteen passages."""

STRENGTHS = ("strength", "strength_latin", "strength_fast", "strength_latin_fast")


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the libraries, ask and read, fit, write the tables with what they were fitted on."""
    options = arguments_parser().parse_args(arguments)
    parameters.READ_DEPTH = options.depth
    found = public_libraries(options.bench, options.work, options.limit, options.sets)
    libraries = [
        *found,
        written_library(options.work, 2 * options.limit),
        own_library("gold", options.gold, options.seeds, options.work, 1.0, 2 * options.limit),
        own_library("own", options.own, options.seeds, options.work, 1.0, 2 * options.limit),
    ]
    reader = KeptReadings(Reader(*reader_dirs()), options.work / "readings.jsonl")
    tables, report = fit(libraries, reader, options.bench, options.work)
    content = {**tables, "report": report, PROVENANCE: provenance(libraries, {})}
    options.output.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"wrote {options.output}")


def arguments_parser() -> argparse.ArgumentParser:
    """The options; every default is there in a clone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = ROOT / "tests" / "data"
    parser.add_argument("--bench", type=Path, default=data, help="folder of public sets (%(default)s)")
    parser.add_argument("--sets", nargs="*", default=[], help="names of those taken (default: all)")
    parser.add_argument("--gold", type=Path, default=data / "gold" / "questions.jsonl", help="questions (%(default)s)")
    parser.add_argument("--own", type=Path, default=OWN_QUESTIONS, help="more questions (%(default)s)")
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="documents they are asked on (%(default)s)")
    parser.add_argument("--output", type=Path, default=ANSWERING, help="file to write (%(default)s)")
    work = Path(tempfile.gettempdir()) / "tjqa-fit"
    parser.add_argument("--work", type=Path, default=work, help="folder of the indexes, kept for the next time")
    depth = "passages of a question that are read (%(default)s)"
    parser.add_argument("--depth", type=int, default=parameters.READ_DEPTH, help=depth)
    parser.add_argument("--limit", type=int, default=LIMIT, help="questions of each public set (%(default)s)")
    return parser


def fit(libraries: list[Library], reader: KeptReadings, bench: Path, work: Path) -> tuple[Tables, dict[str, Any]]:
    """Fit every table in turn; returns them and the report."""
    fitted: dict[str, Mapping[str, float]] = {}
    tables: dict[str, Mapping[str, float]] = {**read_tables(RANKING), **read_tables(ANSWERING)}
    with tables_on_trial(tables):

        def found(name: str, table: Mapping[str, float]) -> None:
            tables[name] = fitted[name] = table
            say(f"{name}: {dict(table)}")

        choices = [one for library in libraries for one in read_choices(library, reader)]
        say(f"read before: first right {first_right(choices, {'ranking': 1.0}):.4f} over {len(choices)}")
        found("read", calibrated(choices, softmax_weights(choices, weighed(READ, "read"))))
        say(f"read: first right {first_right(choices, fitted['read']):.4f}")
        sentences = [one for library in libraries for one in sentence_choices(library, reader)]
        say(f"answer before: first right {first_right(sentences, {'words': 1.0}):.4f} over {len(sentences)}")
        found("answer", softmax_weights(sentences, weighed(ANSWER, "answer"), ridge=1.0))
        say(f"answer: first right {first_right(sentences, fitted['answer']):.4f}")
        judged = {table: list[Example]() for table in STRENGTHS}
        for library in libraries:
            for table, example in examples(library, libraries, reader):
                judged[table].append(example)
        report = {}
        for table in STRENGTHS:
            if not judged[table]:
                say(f"{table}: no such questions, left as it was")
                fitted |= {name: tables[name] for name in (table, f"{table}_calibration")}
                continue
            listed = as_asked(judged[table])
            found(table, logistic_weights([one.row for one in listed], weighed(STRENGTH, table)))
            report[table] = _calibrate(table, STRENGTH, listed, found)
        if not (cells := cell_examples(bench, work)):
            say("strength_cell: no tables, left as it was")
            return fitted | {name: tables[name] for name in ("strength_cell", "strength_cell_calibration")}, report
        found("strength_cell", logistic_weights([one.row for one in cells], weighed(CELL, "strength_cell")))
        report["strength_cell"] = _calibrate("strength_cell", CELL, cells, found)
    return fitted, report


def _calibrate(table: str, features: FeatureSet, judged: Sequence[Example], found: Any) -> dict[str, Any]:
    """Fit the calibration of a table on answers held out by document; returns its reliability, held out once more."""
    apart = calibration.held_out(judged, weighed(features, table))
    found(f"{table}_calibration", {str(at): share for at, share in calibration.steps(apart)})
    report = calibration.report(apart)
    say(f"{table}: {json.dumps(report, ensure_ascii=False)}")
    return report


def rows_of_sets(report: Mapping[str, Any]) -> Iterator[str]:
    """The reliability of a report as lines of a table."""
    for low, high, count, said, right in report["reliability"]:
        yield f"| {low:.1f}-{high:.1f} | {count} | {said:.3f} | {right:.3f} |"


if __name__ == "__main__":
    main()
