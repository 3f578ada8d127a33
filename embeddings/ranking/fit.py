"""Fit the weights of tjqa/retrieval/ranking.json on public question sets and questions about a library.

    python -m embeddings.ranking.fit [--bench DIR] [--gold FILE] [--own FILE] [--seeds DIR] [--output FILE]

Without options it takes what a clone has: the public set in tests/data, the gold questions of the seeds. --bench holds
folders of public retrieval sets (corpus.jsonl {"id","title","text"}, queries.jsonl {"id","text"}, qrels.tsv,
answers.jsonl {"id","answers"}, optionally queries.en.jsonl); each document becomes one text file of a library, indexed
by the product itself. --gold is a file in the format of `tjqa eval`, asked on --seeds; so is --own (questions.jsonl),
written for the fit alone: half of it cannot be answered, a quarter of the rest says it in other words. Fitted are:

    passage, passage_latin, passage_plain   softmax over the candidates of a question, positives hold the answer
    passage_meaning, passage_latin_meaning  the same weights beside that of the model that reads context (MEANING)
    sentence                                softmax over the sentences of the first hits, positives hold the answer
    confidence                              logistic; negatives are questions whose documents were taken away
    threshold                               the confidence from which on an answer is given: the fairest on the own
                                            questions and near misses made of them, each judged by weights fitted
                                            without it, of those that keep 95 % of the answerable ones; for
                                            questions in Latin script it keeps 95 % of the public ones

The file written also says what it was fitted on ("fitted_on"): code, day, sets with the hashes of their files, figures
held out. Deterministic: the same files give the same weights. Takes one to ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean

from embeddings.ranking.examples import balanced, decisions, focus_words
from embeddings.ranking.libraries import Library, own_library, public_libraries, say
from embeddings.ranking.linear import (
    Asked,
    Decision,
    auroc,
    calibrated,
    fairest,
    first_right,
    held_out,
    logistic_weights,
    softmax_weights,
    weighted,
)
from embeddings.ranking.provenance import provenance
from tjqa.answers.parameters import SENTENCE_DEPTH
from tjqa.answers.sentence_selection import weigh
from tjqa.retrieval.feature_set import CANDIDATE, CONFIDENCE, SENTENCE, FeatureSet
from tjqa.retrieval.linear_model import (
    PROVENANCE,
    RANKING,
    Tables,
    probability,
    read_tables,
    tables_on_trial,
    weights,
)
from tjqa.text.normalize import fold

OWN_QUESTIONS = Path(__file__).with_name("questions.jsonl")
ROOT = Path(__file__).resolve().parents[2]

# Questions used of each set; some hundreds pin a dozen weights down well enough.
LIMIT = 400

# A library's own questions are few but are what the product is for; each counts like two public ones.
OWN_WEIGHT = 2.0

# Of the answerable questions at least this share is answered: what is there has to be found, and a refusal shows the
# nearest passages all the same.
KEPT = 0.95

# What the cosine of the model that reads context weighs beside the other features, as they were fitted: one number of
# each table, from a plateau (24 to 40; 24 to 96). Fitted together with all the others on the same questions, the public
# sets gained as much, but of the gold questions about the seeds, held out, 0.04 fewer had the right passage first.
MEANING = {"passage": 28.0, "passage_latin": 32.0}

FITTED_ON = 24
"""Candidates of a question: more than the product looks at, for what is hard to tell apart stands further down, too."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the libraries, collect features, fit, write the tables with what they were fitted on."""
    options = arguments_parser().parse_args(arguments)
    libraries = [
        *public_libraries(options.bench, options.work, options.limit),
        own_library("gold", options.gold, options.seeds, options.work, OWN_WEIGHT),
        own_library("own", options.own, options.seeds, options.work, OWN_WEIGHT),
    ]
    tables, figures = fit(libraries)
    content = {**tables, PROVENANCE: provenance(libraries, figures)}
    options.output.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"wrote {options.output}")


def arguments_parser() -> argparse.ArgumentParser:
    """The options; every default is there in a clone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data = ROOT / "tests" / "data"
    folder, file = "folder of public sets", "questions in the format of `tjqa eval`"
    parser.add_argument("--bench", type=Path, default=data, help=f"{folder} (%(default)s)")
    parser.add_argument("--gold", type=Path, default=data / "gold" / "questions.jsonl", help=f"{file} (%(default)s)")
    parser.add_argument("--own", type=Path, default=OWN_QUESTIONS, help=f"more {file} (%(default)s)")
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="documents they are asked on (%(default)s)")
    parser.add_argument("--output", type=Path, default=RANKING, help="file to write (%(default)s)")
    work = Path(tempfile.gettempdir()) / "tjqa-fit"
    parser.add_argument("--work", type=Path, default=work, help="folder of the indexes, kept for the next time")
    parser.add_argument("--limit", type=int, default=LIMIT, help="questions of each public set (%(default)s)")
    return parser


def fit(libraries: list[Library]) -> tuple[Tables, dict[str, float]]:
    """Fit every table in turn, each in use as soon as it is there: a later one sees the ranking of the earlier.

    Returns the tables and the figures on the library's own questions, held out.
    """
    tables: dict[str, Mapping[str, float]] = dict(read_tables())
    with tables_on_trial(tables):
        asked = [(library, list(ask_all(library))) for library in libraries]
        everything = [a for _, listed in asked for a in listed if a.answerable]
        tables |= passage_tables(everything)
        sentences = [s for library, listed in asked for s in sentence_choices(library, listed)]
        tables["sentence"] = softmax_weights(sentences, weighed(SENTENCE, "sentence"), ridge=1.0)
        say(f"sentence: {len(sentences)} questions, first right {first_right(sentences, tables['sentence']):.4f}")
        donors = focus_words(libraries)
        rows = balanced([row for library, listed in asked for row in decisions(library, listed, donors)])
        tables["confidence"] = logistic_weights(rows, weighed(CONFIDENCE, "confidence"))
        say(f"confidence: {tables['confidence']}")
        threshold, figures = own_threshold(rows)
        tables["threshold"] = {"confidence": threshold, "latin": latin_threshold(asked)}
        say(f"threshold: {tables['threshold']}")
        say_areas(rows, tables["confidence"])
    return tables, figures


def weighed(features: FeatureSet, table: str) -> list[str]:
    """The features that a table weighs; the bias comes of the fit itself."""
    return [name for name in features.names_of(table) if name != "bias"]


def passage_tables(everything: list[Asked]) -> dict[str, Mapping[str, float]]:
    """The tables that rank passages: of questions in Chinese, in Latin script, and for a model without tokens."""
    tables: dict[str, Mapping[str, float]] = {}
    for name, chosen in (
        ("passage", [a for a in everything if not a.latin]),
        ("passage_plain", everything),
        ("passage_latin", [a for a in everything if a.latin]),
    ):
        if not chosen:
            say(f"{name}: no such questions, left as it was")
            continue
        tables[name] = calibrated(chosen, softmax_weights(chosen, weighed(CANDIDATE, name)))
        say(f"{name}: {len(chosen)} questions, first right {first_right(chosen, tables[name]):.4f}  {tables[name]}")
    return tables | meaning_tables(everything, tables)


def meaning_tables(everything: list[Asked], fitted: Tables) -> dict[str, Mapping[str, float]]:
    """The tables for questions with cosines of the model that reads context, made of those without; none where the
    libraries have no such vectors."""
    tables: dict[str, Mapping[str, float]] = {}
    for name, weight in MEANING.items():
        of_kind = [asked for asked in everything if asked.latin == (name == "passage_latin")]
        chosen = [asked for asked in of_kind if any(features["meaning"] for features in asked.features)]
        if chosen and name in fitted:
            named = {n: fitted[name].get(n, weight) for n in weighed(CANDIDATE, f"{name}_meaning")}
            tables[f"{name}_meaning"] = calibrated(chosen, named)
            say(f"{name}_meaning: {len(chosen)} questions, first right {first_right(chosen, named):.4f}")
    return tables


def own_threshold(rows: list[Decision]) -> tuple[float, dict[str, float]]:
    """The threshold, and what it does to the library's own questions and near misses made of them, each judged by
    weights fitted without it."""
    own, near = (
        [
            (probability(log_odds), answerable)
            for log_odds, answerable in held_out(rows, weighed(CONFIDENCE, "confidence"), kind)
        ]
        for kind in ("own", "own swapped")
    )

    def figures(cut: float) -> dict[str, float]:
        return {
            "answered": above(own, cut, True),
            "unanswerable_refused": 1 - above(own, cut, False),
            "near_misses_refused": 1 - above(near, cut, False),
        }

    area = auroc(own)
    say(f"confidence on own questions, held out: AUROC {area:.4f} over {len(own)}")
    for kept in (0.97, 0.95, 0.94, 0.93, 0.92, 0.9, 0.87):
        cut = fairest(own + near, kept)
        shown = ", ".join(f"{name} {value:.3f}" for name, value in figures(cut).items())
        say(f"  keeping {kept}: threshold {cut:.4f} {shown}")
    cut = round(fairest(own + near, KEPT), 4)
    return cut, {"questions": len(own), "near_misses": len(near), "auroc": area, **figures(cut)}


def latin_threshold(asked: list[tuple[Library, list[Asked]]]) -> float:
    """The score of the best hit that 95 % of the answerable questions in Latin script reach; without any such
    question, the threshold there was."""
    wanted = [(library, one.text) for library, listed in asked for one in listed if one.latin and one.answerable]
    found = [library.engine.retrieve(text).contrast[:1] for library, text in wanted]
    scores = sorted(hit.score for best in found for hit in best)
    if not scores:
        return weights("threshold")["latin"]
    return round(scores[int(0.05 * len(scores))] - 1e-4, 4)


def say_areas(rows: list[Decision], table: Mapping[str, float]) -> None:
    """How well confidence tells the answerable questions of each set from each kind of unanswerable ones."""
    for name, kind in sorted({(row.source, row.kind) for row in rows if not row.answerable}):
        pairs = [
            (weighted(table, row.features), row.answerable)
            for row in rows
            if row.source == name and (row.answerable or row.kind == kind)
        ]
        say(f"confidence on {name} {kind}: AUROC {auroc(pairs):.4f} over {len(pairs)}")


def above(judged: list[tuple[float, bool]], cut: float, answerable: bool) -> float:
    """The share of the answerable, or of the other questions, that are answered from a threshold on."""
    return mean(score >= cut for score, is_answerable in judged if is_answerable is answerable)


def ask_all(library: Library) -> Iterator[Asked]:
    """The candidates of every question, judged, in the order the product ranks them."""
    for probe in library.probes:
        ranked = library.engine.retrieve(probe.text, depth=FITTED_ON)
        verdicts = [probe.judge(hit.passage) for hit in ranked.hits]
        yield Asked(
            library.name,
            library.weight,
            ranked.question.is_latin,
            [CANDIDATE.named(hit.features) for hit in ranked.hits],
            [right for right, _ in verdicts],
            [counts for _, counts in verdicts],
            probe.text,
            list(ranked.hits),
            list(probe.answers),
            probe.answerable,
        )


def sentence_choices(library: Library, listed: list[Asked]) -> Iterator[Asked]:
    """Sentences of the first hits of every answerable question, as the product weighs them; right ones hold the answer
    in a right passage."""
    for asked in listed:
        if not asked.answerable:
            continue
        ranked = library.engine.retrieve(asked.text)
        hits = ranked.contrast[:SENTENCE_DEPTH]
        right_rows = {hit.row for hit, right in zip(asked.hits, asked.right, strict=True) if right}
        found = weigh(ranked.matcher, hits)
        folded = [fold(a) for a in asked.answers]
        right = [
            hits[s.hit].row in right_rows and any(a in fold(s.span.of(hits[s.hit].passage.text)) for a in folded)
            for s in found
        ]
        features = [SENTENCE.named(s.features) for s in found]
        yield Asked(library.name, library.weight, asked.latin, features, right, [True] * len(found))


if __name__ == "__main__":
    main()
